"""Write the terms of a contribution down, and enter what happens to its money: one event of the books for each act.

Whoever may do what says the table of rights; a partner acts for its own contributions alone. What looks like a slip
is asked about before it is entered, and entered only as it was asked about. The same form again, by its id, gives
the first answer.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from pledgeline.accounts.rights import Act, Person, username_of
from pledgeline.actions.books import enter_now, read_for_now
from pledgeline.actions.changes import NothingDone
from pledgeline.actions.holding import hold
from pledgeline.audit import trail
from pledgeline.audit.acts import AuditAct
from pledgeline.ledger import Account, Balances, Posted, Refusal, Replayed, Spot, foresee, trace
from pledgeline.ledger.contributions import figures_of
from pledgeline.money import Amount
from pledgeline.programme.approvals import Approvable
from pledgeline.programme.contributions import Contribution
from pledgeline.programme.findings import Finding, Place, Severity
from pledgeline.programme.nouns import at_field, read_noun
from pledgeline.programme.sentences import Param, sentence
from pledgeline.queries.approvals import approval_needed, same_acts
from pledgeline.queries.contributions import may_do, state_now
from pledgeline.queries.slips import entered_that_day, is_same_again
from pledgeline.records.books import Locked, NoBooks, locked, sql
from pledgeline.records.models import ContributionRecord, Decision, HeldAct, ProgrammeRecord
from pledgeline.records.models.parties import party_named

NOUN = Contribution.NAME

RIGHT_TO: dict[str, Act] = {
    "pledge": Act.PLEDGE,
    "commit": Act.COMMIT,
    "receive": Act.RECEIVE,
    "revise": Act.REVISE,
    "reduce": Act.REDUCE,
    "return_to_partner": Act.RETURN_MONEY,
    "lapse": Act.LAPSE,
    "carry_over": Act.CARRY_OVER,
}
"""The events that people enter on the page of a contribution, and the right that each takes."""

APPROVED_AS = {"commit": Approvable.COMMITMENT, "return_to_partner": Approvable.REFUND}
"""Events that a programme may have approved by a second person, from a sum on."""

REFUND = "refund"
SAID_AS: dict[str, tuple[str, Mapping[str, str]]] = {REFUND: ("return_to_partner", {"from": "lapsed"})}
"""What people call by a word of its own, and as which event the books are told it."""

TAKES_AWAY = {"reduce": "reduce", "return_to_partner": "return", "lapse": "lapse"}
LAPSING = (Account.PLEDGED, Account.COMMITTED, Account.AVAILABLE, Account.ALLOCATED)
"""Where money lies that ends, or lapses, with the last day of its contribution."""

FIELD_OF = {
    "ledger.below-zero": "amount",
    "ledger.not-enough": "amount",
    "ledger.another-partner": "partner",
    "ledger.another-currency": "currency",
    "ledger.looks-the-same": "contribution",
    "ledger.unknown-contribution": "contribution",
}
"""The field that a refusal of the books is about, where it does not say so itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubts:
    """What is asked before something is entered. Sent again with `sure`, it is entered as it was asked about."""

    findings: list[Finding]
    sure: str


def write_terms(
    raw: Mapping[str, object],
    *,
    programme: ProgrammeRecord,
    person: Person,
    now: datetime,
    seen: int | None = None,
) -> ContributionRecord | list[Finding]:
    """Write the terms of a contribution of the books down: a new version, beside those that held before.

    Partner and currency are those of the books, and need not be said. `seen` is the version that a form was filled
    in by, 0 where there was none: where there is another since, nothing is changed.
    """
    state, key = state_now(programme), raw.get("key")
    if isinstance(key, str) and not state.knows(key):
        return _terms_refused([_finding(key, "unknown.key", at="key")], key, programme)
    known = {name: state.term(name, key) for name in ("partner", "currency")} if isinstance(key, str) else {}
    said = read_noun(Contribution, {**known, **raw}, Place(file=NOUN))
    if isinstance(said, list):
        return said
    try:
        with transaction.atomic():
            return _written(said, state, programme, person, now, seen)
    except NothingDone as refused:
        return _terms_refused(refused.findings, said.key, programme)
    except IntegrityError:  # somebody else has just written the same version
        return [_finding(said.key, "changed-meanwhile.terms")]


def _terms_refused(findings: list[Finding], key: str, programme: ProgrammeRecord) -> list[Finding]:
    trail.refused(AuditAct.NOUN_WRITTEN, NOUN, key, code=findings[0].code, programme=programme.slug)
    return findings


def _written(
    said: Contribution,
    state: Balances,
    programme: ProgrammeRecord,
    person: Person,
    now: datetime,
    seen: int | None,
) -> ContributionRecord:
    key = said.key
    if why := why_not_terms(said, state, programme=programme, person=person):
        raise NothingDone(why)
    rows = ContributionRecord.objects.select_for_update().filter(programme=programme, key=key)
    before = rows.order_by("-version").first()
    version = before.version if before else 0
    if seen is not None and seen != version:
        raise NothingDone(_finding(key, "changed-meanwhile.terms"))
    if before is not None and before.to_value() == said:
        return before
    return _keep_version(said, before, programme, person, now)


def _keep_version(
    said: Contribution,
    before: ContributionRecord | None,
    programme: ProgrammeRecord,
    person: Person,
    now: datetime,
) -> ContributionRecord:
    """Keep terms as the version that holds from now on."""
    made = ContributionRecord(
        programme=programme,
        version=before.version + 1 if before else 1,
        party_id=party_named(programme, said.partner),
        made_by=username_of(person),
        made_at=now,
    )
    made.take_over(said)
    made.save_in_the_place_of(before)
    trail.record(AuditAct.NOUN_WRITTEN, NOUN, said.key, programme=programme.slug, version=made.version)
    return made


def why_not_terms(
    said: Contribution, state: Balances, *, programme: ProgrammeRecord, person: Person
) -> Finding | None:
    """Say why `person` may not write these terms down; nothing where they may."""
    key = said.key
    if not state.knows(key):
        return _finding(key, "unknown.key", at="key")
    partner, currency = state.term("partner", key), state.term("currency", key)
    if not may_do(Act.WRITE_TERMS, programme, person, partner):
        return _finding(key, "no-right.terms")
    if said.partner != partner:
        return _finding(key, "another.partner", at="partner", partner=partner)
    if said.currency != currency:
        return _finding(key, "another.currency", at="currency", currency=currency)
    last = state.term("use_by", key)
    if last and said.last_day and said.last_day.isoformat() > last:
        return _finding(key, "later-than-pledged.last-day", at="last_day", last=date.fromisoformat(last))
    return None


def enter(
    kind: str,
    said: Mapping[str, Any],
    *,
    programme: ProgrammeRecord,
    person: Person,
    today: date,
    sure: str = "",
) -> Posted | Replayed | Doubts | HeldAct | list[Finding]:
    """Enter an event of a contribution as `RIGHT_TO` lists them, `said` in the words of the books without its type.

    What looks like a slip is asked about first; what a second person has to approve is held. Findings have the field
    as the last part of their path.
    """
    key, slug = str(said["contribution"]), programme.slug
    try:
        with sql.in_turn():
            return entered(kind, {**said, "type": kind}, programme, person, today, sure=sure)
    except NothingDone as refused:
        code = refused.findings[0].code
        trail.refused(AuditAct.ENTRY_MADE, "entry", said["id"], code=code, programme=slug, type=kind)
        return refused.findings
    except NoBooks:
        return [_finding(key, "no-books.programme")]


def entered(
    kind: str,
    event: Mapping[str, Any],
    programme: ProgrammeRecord,
    person: Person,
    today: date,
    *,
    sure: str = "",
    is_approved: bool = False,
) -> Posted | Replayed | Doubts | HeldAct:
    """Enter an event as a part of a transaction; once it is approved, nothing is asked about it again.

    Raises:  NothingDone.
    """
    key = str(event["contribution"])
    books = locked(programme.slug, key=event["id"])
    partner = books.state.term("partner", key) or str(event.get("partner", ""))
    if not may_do(RIGHT_TO[kind], programme, person, partner):
        raise NothingDone(_finding(key, "no-right.act"))
    is_new = books.entry(event["id"]) is None and not is_approved
    if is_new and (held := _held_before(programme, event)):
        return held
    doubts = (
        [
            *_doubts(books, event),
            *_waits_again(programme, books, event),
            *_split_up(programme, books, event, today),
        ]
        if is_new
        else []
    )
    if doubts and sure != _digest(event, doubts):
        _must_be_taken(books, event, today)
        return Doubts(findings=doubts, sure=_digest(event, doubts))
    if is_new and (held := _held(books, event, programme, person, today)):
        return held
    answer = enter_now(books, event, today=today, by=username_of(person))
    if isinstance(answer, Refusal):
        is_used = answer.code == "ledger.key-used"
        raise NothingDone(_finding(key, "entered-before.form") if is_used else _refused(key, answer))
    books.keep()
    if isinstance(answer, Posted):
        if kind == "carry_over":
            _prolong(programme, key, date.fromisoformat(event["use_by"]), person, books.now)
        trail.record(AuditAct.ENTRY_MADE, "entry", event["id"], programme=programme.slug, type=kind)
    return answer


def _held_before(programme: ProgrammeRecord, event: Mapping[str, object]) -> HeldAct | None:
    """Give the act that the same form was held as, if it was."""
    held = HeldAct.objects.filter(programme=programme, asked_with=event["id"]).first()
    if held is not None and held.said["event"] != dict(event):
        raise NothingDone(_finding(str(event["contribution"]), "entered-before.form"))
    return held


def _held(
    books: Locked, event: Mapping[str, Any], programme: ProgrammeRecord, person: Person, today: date
) -> HeldAct | None:
    """Hold an event that a second person has to approve, and that the books would take."""
    kind, key = event["type"], str(event["contribution"])
    if kind not in APPROVED_AS:
        return None
    _must_be_taken(books, event, today)
    return hold(
        programme,
        what=APPROVED_AS[kind],
        about=(NOUN, key, kind),
        amount=_amount(books, event),
        said={"event": dict(event)},
        person=person,
        now=books.now,
        today=today,
        asked_with=event["id"],
    )


def _prolong(programme: ProgrammeRecord, key: str, last_day: date, person: Person, now: datetime) -> None:
    """Let terms that end earlier end with the day to which money is carried over, in a version of their own."""
    rows = ContributionRecord.objects.select_for_update().filter(programme=programme, key=key)
    before = rows.filter(is_newest=True).first()
    if before is None or before.last_day is None or before.last_day >= last_day:
        return
    _keep_version(before.to_value().restated(last_day=last_day.isoformat()), before, programme, person, now)


def _must_be_taken(books: Locked, event: Mapping[str, Any], today: date) -> None:
    """Refuse what the books would not take: nobody is asked about that."""
    read = read_for_now(event, today=today)
    answer = read if isinstance(read, Refusal) else foresee(books, read)
    if isinstance(answer, Refusal):
        raise NothingDone(_refused(str(event["contribution"]), answer))


def _doubts(books: Locked, event: Mapping[str, object]) -> Iterator[Finding]:
    """List what somebody should look at again before an event is entered."""
    kind, key = event["type"], str(event["contribution"])
    if kind == "lapse":
        lapsing = money_in(trace.where_now(books.state, key), LAPSING)
        yield _asked(key, "takes-away.lapse", amounts=tuple(lapsing))
    if event.get("amount") is None:
        return
    amount = _amount(books, event)
    if kind in ("pledge", "revise") and books.state.knows(key):
        there = next(
            (sum_ for sum_ in figures_of(books.state, key).pledged if sum_.currency == amount.currency), None
        )
        if there and amount.minor >= 2 * there.minor:
            yield _asked(key, "twice.pledged", amount=amount, there=there)
    if kind in TAKES_AWAY:
        yield _asked(key, f"takes-away.{TAKES_AWAY[kind]}", amount=amount)
    if is_same_again(books, {**event, "currency": amount.currency}):
        yield _asked(key, "again.same-day", amount=amount)


def _waits_again(programme: ProgrammeRecord, books: Locked, event: Mapping[str, object]) -> Iterator[Finding]:
    """Ask about an event that was asked for in another form, and waits for a second person."""
    kind, key = event["type"], str(event["contribution"])
    if kind not in APPROVED_AS or event.get("amount") is None:
        return
    amount = _amount(books, event)
    if any(held.decision == Decision.WAITING for held in same_acts(programme, event, amount)):
        yield _asked(key, "again.waiting", amount=amount)


def _split_up(
    programme: ProgrammeRecord, books: Locked, event: Mapping[str, object], today: date
) -> Iterator[Finding]:
    """Ask about an event that needs no approval, where with what its partner did on the same day it would."""
    kind, key = event["type"], str(event["contribution"])
    if kind not in APPROVED_AS or event.get("amount") is None:
        return
    amount, whose = _amount(books, event), books.state.contributions()
    of_partner = [other for other, partner in whose.items() if partner == whose.get(key)]
    there = entered_that_day(books, {**event, "currency": amount.currency}, of_partner)
    if not there or approval_needed(programme, APPROVED_AS[kind], amount, today):
        return
    together = Amount(amount.minor + there, amount.currency)
    needed = approval_needed(programme, APPROVED_AS[kind], together, today)
    if needed is not None:
        yield _asked(
            key,
            "split.same-day",
            amount=amount,
            together=together,
            above=needed.above,
            role=str(needed.role),
        )


def _amount(books: Locked, event: Mapping[str, Any]) -> Amount:
    """Give the amount of an event, in the currency of its contribution where it names none."""
    currency = event.get("currency") or books.state.term("currency", str(event["contribution"]))
    return Amount(event["amount"], currency)


def money_in(money: Mapping[Spot, int], accounts: Collection[Account]) -> list[Amount]:
    """Give what of some money lies in some accounts, by currency."""
    sums: Counter[str] = Counter()
    for spot, minor in money.items():
        if spot.account in accounts:
            sums[spot.currency] += minor
    return [Amount(minor, code) for code, minor in sorted(sums.items()) if minor > 0]


def _digest(event: Mapping[str, Any], doubts: list[Finding]) -> str:
    """Stand for what was asked about an event: other figures, or another question, are asked about anew."""
    figures = {name: event.get(name) for name in ("type", "contribution", "amount", "currency")}
    asked = {**figures, "on": str(event["effective_on"]), "codes": [doubt.code for doubt in doubts]}
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def _refused(key: str, refusal: Refusal) -> Finding:
    """Say what the books do not take at the field that it is about."""
    at = refusal.at.split("/")[1] if refusal.at else FIELD_OF.get(refusal.code, "")
    place = Place(file=key)
    return Finding(place=at_field(place, at), said=refusal.said)


def _finding(key: str, code: str, *, at: str = "", **params: Param) -> Finding:
    place = Place(file=f"{NOUN} {key}")
    said = sentence(f"contribution.{code}", key=key, **params)
    return Finding(place=at_field(place, at), said=said)


def _asked(key: str, code: str, **params: Param) -> Finding:
    said = sentence(f"contribution.{code}", **params)
    return Finding(place=Place(file=f"{NOUN} {key}"), said=said, severity=Severity.WARNING)
