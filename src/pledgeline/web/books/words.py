"""The words of the books as the pages write them: stages, events, terms."""

from django.utils.translation import gettext_lazy as _

from pledgeline.ledger import Account
from pledgeline.web.words import Words

ACCOUNTS: Words = {
    Account.SOURCE: _("source"),
    Account.PLEDGED: _("pledged"),
    Account.COMMITTED: _("signed"),
    Account.AVAILABLE: _("free"),
    Account.ALLOCATED: _("allocated"),
    Account.ORDERED: _("on order"),
    Account.DELIVERED: _("delivered"),
    Account.ACCEPTED: _("accepted"),
    Account.LAPSED: _("lapsed"),
    Account.RETURNED: _("returned"),
    Account.WRITTEN_OFF: _("written off"),
    Account.FEES: _("fees"),
    Account.FX: _("changed"),
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
    Account.PLEDGED: _("Promised, not yet signed."),
    Account.COMMITTED: _("Signed, not yet received: the partner owes it."),
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
    "commit": _("Signature"),
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
}

TERMS: Words = {
    "partner": _("Partner"),
    "currency": _("Currency"),
    "use_by": _("To be used by"),
    "reserved_until": _("Reserved until"),
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
