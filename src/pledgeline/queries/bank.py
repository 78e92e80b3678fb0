"""Bank entries and what they may be: receipts from partners, money returned, orders paid; each with its reasons.

An entry is only ever proposed as something that is outstanding in the books or in the orders. It is certain where it
is named, by its key or its agreement, and the amount is exactly what is outstanding, or where the other side has only
one such sum. A person decides.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pledgeline.accounts.rights import Act, Person, may
from pledgeline.ledger import Account, Balances
from pledgeline.money import Amount
from pledgeline.programme.sentences import Sentence, sentence
from pledgeline.programme.steps import State as Stage
from pledgeline.queries.contributions import newest_terms, state_now
from pledgeline.records.models import (
    BankEntry,
    BankStatement,
    Decision,
    HeldAct,
    OrderRecord,
    ProgrammeRecord,
)
from pledgeline.records.models.bank import OPEN
from pledgeline.records.models.parties import parties_named

RECEIVE, RETURN, PAY = "receive", "return_to_partner", "pay"
"""What an entry can be entered as: two events of a contribution, or the payment of an order."""

PAID_ORDERS = (Stage.ACCEPTED, Stage.CLOSED)

SHORTEST_NAME = 3
"""Units: characters. A shorter key stands in many texts by chance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outstanding:
    """Money that may come or go: of which contribution or order, how much, whose, and how texts may name it.

    It `is_there` unless the cash book has less of it in the bank than would go out.
    """

    kind: str
    key: str
    amount: Amount
    other_side: str
    named: tuple[tuple[str, str], ...]
    is_there: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class BankProposal:
    """What an entry may be, why, and whether that is certain."""

    kind: str
    key: str
    amount: Amount
    reasons: Sequence[Sentence]
    is_certain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedEntry:
    """An entry with what it may be, the likeliest first, or with what it waits for."""

    entry: BankEntry
    amount: Amount
    proposals: Sequence[BankProposal]
    waits: Sentence | None = None

    @property
    def statement(self) -> Sentence:
        return called(self.entry.statement)

    @property
    def certain(self) -> BankProposal | None:
        return certain_of(self.proposals)


def certain_of(proposals: Sequence[BankProposal]) -> BankProposal | None:
    """Give the one proposal that is certain; nothing where none is, or several are."""
    sure = [proposal for proposal in proposals if proposal.is_certain]
    return sure[0] if len(sure) == 1 else None


def may_see(programme: ProgrammeRecord, person: Person) -> bool:
    """Say whether `person` may see what a bank says."""
    return may(person, Act.KEEP_BOOKS, programme.slug)


def statements_of(programme: ProgrammeRecord, most: int) -> list[BankStatement]:
    """Give the statements that were taken in last, the newest first."""
    return list(BankStatement.objects.filter(programme=programme)[:most])


def called(statement: BankStatement) -> Sentence:
    """Say which statement is meant: of which account, and from when to when."""
    first, last = statement.first_on, statement.last_on
    if first is None or last is None:
        return sentence("bank.statement.empty", account=statement.account)
    if first == last:
        return sentence("bank.statement.day", account=statement.account, day=first)
    return sentence("bank.statement.days", account=statement.account, first=first, last=last)


def answered_entries(programme: ProgrammeRecord, most: int) -> list[BankEntry]:
    """Give the entries that were answered last, the newest answer first."""
    rows = BankEntry.objects.filter(programme=programme).exclude(state=OPEN)
    rows = rows.select_related("statement")
    return list(rows.order_by("-answered_at", "state", "booked_on", "pk")[:most])


def open_entries(programme: ProgrammeRecord) -> list[ProposedEntry]:
    """Give the entries that nobody has answered, each with what it may be now."""
    entries = list(BankEntry.objects.filter(programme=programme, state=OPEN).select_related("statement"))
    there = list(outstanding(programme, state_now(programme))) if entries else []
    asked = asked_for(programme, entries)
    names = [entry.party for entry in entries] + [item.other_side for item in there]
    parties = parties_named(programme, {name for name in names if name})
    return [_proposed(entry, there, parties, asked.get(entry.event_key, [])) for entry in entries]


def _proposed(
    entry: BankEntry, there: Sequence[Outstanding], parties: dict[str, int], asked: Sequence[HeldAct]
) -> ProposedEntry:
    amount = Amount(entry.amount_minor, entry.currency)
    if asked and asked[-1].decision == Decision.WAITING:
        return ProposedEntry(entry=entry, amount=amount, proposals=(), waits=waiting_for(asked[-1]))
    proposals = _approved(asked) or proposals_for(entry, there, parties)
    return ProposedEntry(entry=entry, amount=amount, proposals=proposals)


def proposals_of(programme: ProgrammeRecord, entry: BankEntry) -> list[BankProposal]:
    """Give what one entry may be now."""
    if approved := _approved(asked_for(programme, [entry]).get(entry.event_key, [])):
        return approved
    there = list(outstanding(programme, state_now(programme)))
    names = {name for name in (entry.party, *(item.other_side for item in there)) if name}
    return proposals_for(entry, there, parties_named(programme, names))


def asked_for(programme: ProgrammeRecord, entries: Iterable[BankEntry]) -> dict[str, list[HeldAct]]:
    """Give the acts for which approval was asked when entries were to be entered, by their keys, the oldest first."""
    keys = {entry.event_key for entry in entries}
    asked: dict[str, list[HeldAct]] = {}
    rows = HeldAct.objects.filter(programme=programme, asked_with__startswith="bank-")
    for held in rows.order_by("pk") if keys else ():
        key = "-".join(held.asked_with.split("-")[:2])
        if key in keys:
            asked.setdefault(key, []).append(held)
    return asked


def waiting_for(held: HeldAct) -> Sentence:
    """Say what an entry waits for."""
    return sentence("bank.waits.approval", amount=held.amount, target=held.key, role=held.role)


def _approved(asked: Sequence[HeldAct]) -> list[BankProposal]:
    """Give what an entry is of which the approval was given: it is in the books, and the entry not yet answered."""
    if not asked or asked[-1].decision != Decision.APPROVED:
        return []
    held = asked[-1]
    reasons = [sentence("bank.reason.approved", who=held.decided_by)]
    return [BankProposal(kind=held.step, key=held.key, amount=held.amount, reasons=reasons, is_certain=False)]


def outstanding(programme: ProgrammeRecord, state: Balances) -> Iterator[Outstanding]:
    """List the money that may come or go now."""
    terms = newest_terms(programme)
    for key, partner in state.contributions().items():
        agreement = (terms[key].agreement if key in terms else "") or ""
        named = (("key", key), ("agreement", agreement))
        for kind, account in ((RECEIVE, Account.COMMITTED), (RETURN, Account.AVAILABLE)):
            for currency in state.currencies_of(key, account):
                minor = state.total_of(key, account, currency)
                if minor > 0:
                    amount = Amount(minor, currency)
                    yield Outstanding(kind=kind, key=key, amount=amount, other_side=partner, named=named)
    orders = OrderRecord.objects.filter(programme=programme, is_newest=True, state__in=PAID_ORDERS)
    for order in orders.prefetch_related("lines__package_line"):
        left = to_pay_of_order(order, state)
        minor = sum(left.values())
        if minor > 0:
            yield Outstanding(
                kind=PAY,
                key=order.key,
                amount=Amount(minor, order.currency),
                other_side=order.supplier,
                named=(("key", order.key), ("contract", order.contract or "")),
                is_there=_is_in_the_bank(left, order.currency, state),
            )


def _is_in_the_bank(left: dict[tuple[str, str], int], currency: str, state: Balances) -> bool:
    """Say whether the bank has of each contribution what it is to pay."""
    needed: Counter[str] = Counter()
    for (contribution, _line), minor in left.items():
        needed[contribution] += minor
    return all(state.total_of(key, Account.BANK, currency) >= minor for key, minor in needed.items())


def to_pay_of_order(order: OrderRecord, state: Balances) -> dict[tuple[str, str], int]:
    """Give what is still to be paid of an order, by contribution and line: what lies bound, less what was paid."""
    lines = {part.package_line.line for part in order.lines.all()}
    bound = (Account.ORDERED, Account.DELIVERED, Account.ACCEPTED)
    left: dict[tuple[str, str], int] = {}
    for spot, minor in state.money().items():
        if spot.line not in lines or spot.currency != order.currency:
            continue
        paid = spot.account in (Account.SUPPLIER_PAYABLE, Account.SUPPLIER_ADVANCE)
        if spot.account in bound or paid:
            at = (spot.contribution, spot.line)
            left[at] = left.get(at, 0) + (-minor if paid else minor)
    return {at: minor for at, minor in left.items() if minor > 0}


def proposals_for(
    entry: BankEntry, there: Sequence[Outstanding], parties: dict[str, int]
) -> list[BankProposal]:
    """Say what an entry may be of what is outstanding, the likeliest first."""
    amount = Amount(abs(entry.amount_minor), entry.currency)
    kinds = (RECEIVE,) if entry.amount_minor > 0 else (RETURN, PAY)
    fitting = [item for item in there if item.kind in kinds and item.amount.currency == amount.currency]
    found = []
    for item in fitting:
        if item.amount.minor < amount.minor:
            continue
        named = [
            sentence(f"bank.reason.{code}", name=name)
            for code, name in item.named
            if _is_named(name, entry.text)
        ]
        is_other_side = _is_same_name(entry.party, item.other_side, parties)
        if not named and not is_other_side:
            continue
        reasons = list(named)
        if is_other_side:
            reasons.append(sentence("bank.reason.party", name=item.other_side))
        is_exact = item.amount == amount
        if is_exact:
            reasons.append(
                sentence(f"bank.reason.{'total' if item.kind == PAY else 'amount'}", amount=amount)
            )
        found.append((bool(named), is_other_side, is_exact, item, reasons))
    exact = [item for _, _, is_exact, item, _ in found if is_exact]
    proposals = [
        BankProposal(
            kind=item.kind,
            key=item.key,
            amount=amount,
            reasons=reasons,
            is_certain=is_exact
            and (is_named or (is_other_side and len(exact) == 1))
            and item.kind != RETURN
            and item.is_there,
        )
        for is_named, is_other_side, is_exact, item, reasons in sorted(
            found, key=lambda one: (-one[0], -one[2], -one[1], one[3].kind, one[3].key)
        )
    ]
    return proposals


def _is_named(name: str, text: str) -> bool:
    """Say whether a text names a key or an agreement as a word of its own."""
    if len(name) < SHORTEST_NAME:
        return False
    name, text = name.casefold(), text.casefold()
    begin = text.find(name)
    while begin >= 0:
        end = begin + len(name)
        if not (_joins(text[begin - 1 : begin]) or _joins(text[end : end + 1])):
            return True
        begin = text.find(name, begin + 1)
    return False


def _joins(sign: str) -> bool:
    """Say whether a sign beside a name makes it a part of a longer one."""
    return sign.isalnum() or sign in ("-", "_")


def _is_same_name(party: str, other_side: str, parties: dict[str, int]) -> bool:
    if not party or not other_side:
        return False
    known = parties.get(party)
    return party.casefold() == other_side.casefold() or (
        known is not None and known == parties.get(other_side)
    )
