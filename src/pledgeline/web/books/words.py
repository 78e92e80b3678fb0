"""The words of the books as the pages write them: stages, events, terms."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pledgeline.ledger import Account
from pledgeline.web.words import Words

ACCOUNTS: Words = {
    Account.SOURCE: _("source"),
    Account.PLEDGED: _("pledged"),
    Account.COMMITTED: _("committed"),
    Account.AVAILABLE: _("available"),
    Account.ALLOCATED: _("allocated"),
    Account.ORDERED: _("ordered"),
    Account.DELIVERED: _("delivered"),
    Account.ACCEPTED: _("accepted"),
    Account.LAPSED: _("lapsed"),
    Account.RETURNED: _("returned"),
    Account.WRITTEN_OFF: _("written off"),
    Account.FEES: _("fees"),
    Account.FX: pgettext_lazy("a stage of money", "changed"),
    Account.BANK: _("bank"),
    Account.RECEIVABLE: _("receivable"),
    Account.SUPPLIER_ADVANCE: _("supplier advance"),
    Account.SUPPLIER_PAYABLE: _("supplier payable"),
    Account.PROGRAMME_EXPENSE: _("programme expense"),
    Account.CONTRIBUTIONS: _("contributions"),
    Account.EXCHANGE: _("exchange"),
}

ACCOUNT_MEANINGS: Words = {
    Account.SOURCE: _("Where money comes from: below zero by what was pledged."),
    Account.PLEDGED: _("Promised, not yet committed."),
    Account.COMMITTED: _("Committed by a signature, not yet received: the partner owes it."),
    Account.AVAILABLE: _("Received and bound to nothing: it can be allocated."),
    Account.ALLOCATED: _("Set aside for a line, not yet ordered."),
    Account.ORDERED: _("Behind units of a line that are ordered and not yet delivered."),
    Account.DELIVERED: _("Behind units of a lot that arrived and are not yet accepted."),
    Account.ACCEPTED: _("Behind units of a lot that the recipient took over: spent."),
    Account.LAPSED: _("Not used by its last day."),
    Account.RETURNED: _("Given back to the partner."),
    Account.WRITTEN_OFF: _("A promise that is never paid, or units that were lost."),
    Account.FEES: _("Taken by a bank or an agent."),
    Account.FX: _("Changed into another currency (above zero) or bought with one (below zero)."),
    Account.BANK: _("In the bank account."),
    Account.RECEIVABLE: _("Owed by partners."),
    Account.SUPPLIER_ADVANCE: _("Paid to a supplier ahead of delivery."),
    Account.SUPPLIER_PAYABLE: _("Owed to a supplier."),
    Account.PROGRAMME_EXPENSE: _("Spent on goods and services."),
    Account.CONTRIBUTIONS: _("Income from partners: below zero."),
    Account.EXCHANGE: _("Changed between currencies, in the cash book."),
}

KINDS: Words = {
    "pledge": _("Pledge"),
    "revise": _("Pledge revised"),
    "reduce": _("Promise reduced"),
    "commit": _("Commitment"),
    "receive": _("Receipt"),
    "convert": _("Currency trade"),
    "fee": _("Fee"),
    "allocate": _("Allocation"),
    "release": _("Release"),
    "order": _("Order"),
    "price_change": _("Price change"),
    "cancel_units": _("Cancellation"),
    "swap": _("Take-over"),
    "deliver": _("Delivery"),
    "accept": _("Acceptance"),
    "reject": _("Rejection"),
    "refund": _("Refund"),
    "return_to_partner": _("Return to partner"),
    "lapse": _("Lapse"),
    "carry_over": _("Carry-over"),
    "write_off": _("Write-off"),
    "correct": _("Correction"),
    "reverse": _("Taken back"),
    "journal": _("Free entry"),
    "cash_owed": _("Cash: owed by a partner"),
    "cash_in": _("Cash: paid by a partner"),
    "cash_fee": _("Cash: fee of the bank"),
    "cash_sold": _("Cash: currency given in a trade"),
    "cash_bought": _("Cash: currency got in a trade"),
    "cash_advance": _("Cash: advance to a supplier"),
    "cash_invoice": _("Cash: invoice of a supplier"),
    "cash_settle": _("Cash: advance set against an invoice"),
    "cash_paid": _("Cash: supplier paid"),
    "cash_refund": _("Cash: refund of a supplier"),
    "cash_returned": _("Cash: given back to a partner"),
}

KIND_MEANINGS: Words = {
    "pledge": _("A partner promises money. A second pledge under the same key adds to the first."),
    "revise": _(
        "A partner changes the sum of its promise: the amount is the new sum, the committed part included."
    ),
    "reduce": _("A partner takes back a part of its promise that it has not paid."),
    "commit": _("The promise, or a part of it, is committed by a signature: it is owed from now on."),
    "receive": _("The money, or a part of it, has arrived and can be allocated."),
    "convert": _("The bank changes money of one or more contributions in one trade."),
    "fee": _("A bank or an agent takes a fee out of available money."),
    "allocate": _(
        "Available money is set aside for a line. With a last day it is a reservation that expires."
    ),
    "release": _(
        "Money that was set aside for a line is available again; all of it where no amount is named."
    ),
    "order": _("Units are ordered with the money that was set aside for the line."),
    "price_change": _("Units that are still to be delivered cost another price from now on."),
    "cancel_units": _(
        "Units that are not yet delivered are cancelled; the money behind them is available again."
    ),
    "swap": _("On an ordered line one contribution takes over from another."),
    "deliver": _("Units of an ordered line have arrived as a lot."),
    "accept": _("The recipient takes units of a lot over: the money behind them is spent."),
    "reject": _("The recipient sends units of a lot back; the supplier owes them again."),
    "refund": _("The supplier gives money back for a lot; it is available again."),
    "return_to_partner": _("Money goes back to the partner that gave it."),
    "lapse": _("The last day of a contribution has passed: what is not ordered can no longer be used."),
    "carry_over": _("The partner lets lapsed money be used up to a later day."),
    "write_off": _("Committed money will never come. It stays visible what became of the promise."),
    "write_off_lot": _("Units of a lot are lost before they were accepted, and nobody replaces them."),
    "correct": _("A slip is put right: the entry is taken back and the right one put in its place."),
    "reverse": _("An entry is taken back whole; both stay in the journal."),
    "journal": _("Moves money freely, for what no other event says."),
    "cash_owed": _("A contribution was committed, and the partner owes it."),
    "cash_in": _("The partner has paid: what it owed lies in the bank."),
    "cash_fee": _("The bank took a fee."),
    "cash_sold": _("The bank took one currency in a trade."),
    "cash_bought": _("The bank gave another currency in a trade."),
    "cash_advance": _("A supplier was paid before it delivered."),
    "cash_invoice": _("A supplier has delivered and is to be paid."),
    "cash_settle": _("An advance pays an invoice, wholly or in part."),
    "cash_paid": _("A supplier was paid out of the bank."),
    "cash_refund": _("A supplier gave money back into the bank."),
    "cash_returned": _("Money went out of the bank back to the partner."),
}
"""What each event says has happened, for whoever has to choose one."""

TERMS: Words = {
    "partner": _("Partner"),
    "currency": _("Currency"),
    "use_by": _("Use by"),
    "reserved_until": _("Reserved until"),
    "package": _("Package"),
    "unit_price": _("Unit price"),
    "line of lot": _("Line of the lot"),
    "currency of lot": _("Currency of the lot"),
}

PRIVATE: Words = {"note": _("Note"), "by": _("Entered by")}


def account_name(account: Account) -> str:
    """Name a stage, or an account of the cash book."""
    return str(ACCOUNTS[account])


def kind_name(kind: str) -> str:
    """Name a kind of event; one that is not in the list is shown as its own words."""
    return str(KINDS.get(kind) or kind.replace("_", " ").capitalize())
