"""Bank entries: taken in once, proposed with reasons, and entered into the books only as a person says."""

from contextlib import suppress
from datetime import timedelta

import pytest

from pledgeline.accounts.roles import MACHINE
from pledgeline.actions import approvals, bank
from pledgeline.actions.books import BooksThere, open_books, post
from pledgeline.actions.contributions import Doubts, write_terms
from pledgeline.exchange.bank.read import read_statement
from pledgeline.ledger import Account
from pledgeline.money import Amount
from pledgeline.programme.roles import Role
from pledgeline.queries.bank import open_entries
from pledgeline.queries.contributions import state_now
from pledgeline.records.models import BankEntry, BankStatement, EntryRecord, HeldAct
from tests.actions.test_approvals import band
from tests.chain import a_fund, formed, ordered, worker
from tests.exchange.bank_files import camt, entry
from tests.ledger.stories import TODAY
from tests.people import NOW

LATER = NOW + timedelta(days=30)

pytestmark = pytest.mark.django_db


@pytest.fixture
def fund():
    """NL-1 owes 500.00, NL-2 owes 300.00 under the agreement AG-77, both of the Netherlands."""
    row = a_fund()
    pledge_and_commit(row, {"NL-1": 500_00, "NL-2": 300_00})
    write_terms({"key": "NL-2", "agreement": "AG-77"}, programme=row, person=MACHINE, now=NOW)
    return row


def pledge_and_commit(fund, amounts):
    with suppress(BooksThere):
        open_books(fund.slug)
    for key, minor in amounts.items():
        event = {"contribution": key, "amount": minor, "currency": "USD", "effective_on": "2026-01-01"}
        for kind in ("pledge", "commit"):
            more = {"partner": "Netherlands"} if kind == "pledge" else {}
            answer = post(fund.slug, {**event, **more, "id": f"{kind} {key}", "type": kind}, today=TODAY)
            assert hasattr(answer, "entry"), answer


def taken(fund, *entries, closing, person=MACHINE, **more):
    file = read_statement(camt(*entries, closing=closing), "s.xml", b"", "")
    return bank.take_statements(file, "s.xml", programme=fund, person=person, now=NOW, **more)


def asked(fund, person=MACHINE):
    return {"programme": fund, "person": person, "now": NOW, "today": TODAY}


def balances(fund, key, *accounts):
    state = state_now(fund)
    return [state.total_of(key, account, "USD") for account in accounts]


def test_a_statement_is_taken_once_and_what_its_entries_may_be_is_said_with_reasons(fund):
    entries = (
        entry(ref="R-1", amount="500.00", text="Payment NL-1", party="Somebody"),
        entry(ref="R-2", amount="300.00", text="agreement AG-77", party="Netherlands"),
        entry(ref="R-3", amount="120.00", text="NL-1 part", party="Somebody"),
        entry(ref="R-4", amount="7.00", text="XNL-1, NL-12 and NL-1-A are others", party="Bank"),
    )
    assert taken(fund, *entries, closing="1927.00", dry_run=True).new == 4
    assert not BankStatement.objects.exists()
    assert taken(fund, *entries, closing="1927.00") == bank.TakenIn(statements=1, new=4, known=0)
    assert taken(fund, *entries, closing="1927.00") == bank.TakenIn(statements=0, new=0, known=4)
    assert BankEntry.objects.count() == 4
    rows = {row.entry.ref: row for row in open_entries(fund)}
    said = {ref: [(p.kind, p.key, p.is_certain) for p in row.proposals] for ref, row in rows.items()}
    assert said == {
        "R-1": [("receive", "NL-1", True)],
        "R-2": [("receive", "NL-2", True), ("receive", "NL-1", False)],
        "R-3": [("receive", "NL-1", False)],
        "R-4": [],
    }
    reasons = list(map(str, rows["R-2"].proposals[0].reasons))
    assert reasons[:2] == ["the text names the agreement AG-77", "Netherlands is the name of the other side"]


def test_what_is_certain_is_entered_at_once_and_the_rest_as_a_person_says_or_is_set_aside(fund):
    taken(
        fund,
        entry(ref="R-1", amount="300.00", text="AG-77"),
        entry(ref="R-2", amount="120.00", text="NL-1"),
        entry(ref="R-3", amount="7.00", way="DBIT", text="Fee"),
        closing="1413.00",
    )
    entered, findings = bank.enter_certain(**asked(fund))
    assert ([row.ref for row in entered], findings) == (["R-1"], [])
    assert balances(fund, "NL-2", Account.COMMITTED, Account.AVAILABLE, Account.BANK) == [0, 300_00, 300_00]
    two, three = (row.entry.pk for row in open_entries(fund))

    (wrong,) = bank.enter_entry(two, "receive", "NL-2", **asked(fund))
    assert wrong.code == "bank.not-possible"
    done = bank.enter_entry(two, "receive", "NL-1", **asked(fund))
    assert (done.state, done.contribution, done.answered_by) == ("entered", "NL-1", MACHINE.name)
    assert balances(fund, "NL-1", Account.COMMITTED, Account.AVAILABLE, Account.BANK) == [
        380_00,
        120_00,
        120_00,
    ]
    (again,) = bank.enter_entry(two, "receive", "NL-1", **asked(fund))
    assert again.code == "bank.answered"

    given = {"programme": fund, "person": MACHINE, "now": NOW}
    (reason,) = bank.set_aside(three, " ", **given)
    assert (reason.code, reason.place.path) == ("bank.no-reason", ("reason",))
    assert bank.set_aside(three, "A fee, entered by hand", **given).state == "set-aside"
    assert open_entries(fund) == []
    assert EntryRecord.objects.filter(key__startswith="bank-", kind="receive").count() == 2


def test_two_payments_that_look_the_same_are_asked_about(fund):
    pledge_and_commit(fund, {"NL-3": 500_00})
    taken(
        fund,
        entry(ref="R-1", amount="100.00", text="NL-3"),
        entry(ref="R-2", amount="100.00", text="NL-3"),
        closing="1200.00",
    )
    one, two = (row.entry.pk for row in open_entries(fund))
    assert bank.enter_entry(one, "receive", "NL-3", **asked(fund)).state == "entered"
    doubts = bank.enter_entry(two, "receive", "NL-3", **asked(fund))
    assert isinstance(doubts, Doubts)
    assert BankEntry.objects.get(pk=two).state == "open"
    assert bank.enter_entry(two, "receive", "NL-3", sure=doubts.sure, **asked(fund)).state == "entered"


def test_a_return_takes_the_money_out_again_and_is_never_certain(fund):
    taken(fund, entry(ref="R-1", amount="500.00", text="NL-1"), closing="1500.00")
    bank.enter_certain(**asked(fund))
    back = entry(ref="R-9", amount="500.00", way="DBIT", text="NL-1")
    data = camt(back, closing="500.00").replace(b"ST-1", b"ST-2")
    bank.take_statements(
        read_statement(data, "t.xml", b"", ""), "t.xml", programme=fund, person=MACHINE, now=NOW
    )
    (row,) = open_entries(fund)
    assert [(p.kind, p.is_certain) for p in row.proposals] == [("return_to_partner", False)]
    bank.enter_entry(row.entry.pk, "return_to_partner", "NL-1", **asked(fund))
    assert balances(fund, "NL-1", Account.AVAILABLE, Account.RETURNED, Account.BANK) == [0, 500_00, 0]


@pytest.fixture
def refund():
    """R-2 gives the partner of NL-1 back all of the 500.00 that R-1 brought; an administrator approves that."""
    row = a_fund(approvals=(band("refund", 0, Role.ADMINISTRATOR),))
    pledge_and_commit(row, {"NL-1": 500_00})
    out = entry(ref="R-2", amount="500.00", way="DBIT", text="NL-1")
    taken(row, entry(ref="R-1", amount="500.00", text="NL-1"), out, closing="1000.00")
    bank.enter_certain(**asked(row))
    return BankEntry.objects.get(ref="R-2")


def confirmed(refund):
    given = asked(refund.programme, worker(Role.FINANCE))
    return bank.enter_entry(refund.pk, "return_to_partner", "NL-1", **given)


def test_a_return_that_waits_for_approval_stays_open_and_is_entered_whole_when_confirmed_after_it(refund):
    fund, where = refund.programme, (Account.AVAILABLE, Account.RETURNED, Account.BANK)
    assert isinstance(confirmed(refund), HeldAct)
    (row,) = open_entries(fund)
    assert (row.entry, row.proposals, row.waits is not None) == (refund, (), True)
    assert balances(fund, "NL-1", *where) == [500_00, 0, 500_00]
    (waits,) = confirmed(refund)
    (not_aside,) = bank.set_aside(refund.pk, "No", programme=fund, person=MACHINE, now=NOW)
    assert (waits.code, not_aside.code) == ("bank.waits", "bank.waits")

    approvals.approve(HeldAct.objects.get(), person=worker(Role.ADMINISTRATOR), now=LATER)
    assert balances(fund, "NL-1", *where) == [0, 500_00, 500_00]
    (row,) = open_entries(fund)
    assert [(offer.kind, offer.key) for offer in row.proposals] == [("return_to_partner", "NL-1")]
    assert confirmed(refund).state == "entered"
    assert balances(fund, "NL-1", *where) == [0, 500_00, 0]
    assert (open_entries(fund), HeldAct.objects.count()) == ([], 1)


def test_a_return_that_was_refused_is_open_again_and_can_be_asked_for_anew(refund):
    fund = refund.programme
    held = confirmed(refund)
    approvals.refuse(held, person=worker(Role.ADMINISTRATOR), now=NOW, reason="Not so")
    (row,) = open_entries(fund)
    assert (row.waits, [offer.key for offer in row.proposals]) == (None, ["NL-1"])
    again = confirmed(refund)
    assert (isinstance(again, HeldAct), again.pk == held.pk) == (True, False)
    approvals.approve(again, person=worker(Role.ADMINISTRATOR), now=LATER)
    assert confirmed(refund).state == "entered"
    assert balances(fund, "NL-1", Account.AVAILABLE, Account.BANK) == [0, 0]


def another(fund, number, opening, closing, *entries, currency="USD"):
    """Take a statement in that is called ST-`number`."""
    data = camt(*entries, closing=closing).replace(b"ST-1", f"ST-{number}".encode())
    data = data.replace(b">1000.00<", f">{opening}<".encode(), 1).replace(b"USD", currency.encode())
    return bank.take_statements(
        read_statement(data, "s", b"", ""), "s", programme=fund, person=MACHINE, now=NOW
    )


def test_an_entry_is_known_by_reference_day_amount_and_currency_together(fund):
    begin = entry(ref="A", amount="2.00")
    others = [
        (2, entry(ref="A", amount="3.00"), "1003.00", "USD"),
        (3, entry(ref="A", amount="2.00", day="2026-01-09"), "1002.00", "USD"),
        (4, entry(ref="A", amount="2.00", currency="EUR"), "1002.00", "EUR"),
    ]
    assert another(fund, 1, "1000.00", "1002.00", begin) == bank.TakenIn(statements=1, new=1, known=0)
    for number, other, closing, currency in others:
        done = another(fund, number, "1000.00", closing, other, currency=currency)
        assert (done.new, done.known) == (1, 0)
    overlapping = (entry(ref="A", amount="3.00"), begin, begin)
    done = another(fund, 5, "1000.00", "1007.00", *overlapping)
    assert (done.new, done.known) == (1, 2)
    assert another(fund, 5, "1000.00", "1007.00", *overlapping) == bank.TakenIn(known=3)
    assert len({row.event_key for row in BankEntry.objects.all()}) == BankEntry.objects.count() == 5


def test_references_that_look_numbered_do_not_get_in_each_others_way(fund):
    entries = [entry(ref=ref, amount=f"{n}.00") for n, ref in enumerate(("A/2", "A", "A"), start=1)]
    assert taken(fund, *entries, closing="1006.00").new == 3
    assert taken(fund, *entries, closing="1006.00").known == 3


def test_a_statement_with_other_balances_is_refused_and_of_another_year_another(fund):
    first = entry(ref="A", amount="2.00")
    another(fund, 1, "1000.00", "1002.00", first)
    (finding,) = another(fund, 1, "7000.00", "7002.00", first)
    assert finding.code == "bank.changed"
    for balance in ("1,000", "1,002", "7,000", "7,002"):
        assert balance in finding.wrong
    later = another(fund, 1, "7000.00", "7007.00", entry(ref="B", amount="7.00", day="2027-01-05"))
    assert later == bank.TakenIn(statements=1, new=1, known=0)
    assert [row.entries.get().ref for row in BankStatement.objects.order_by("number")] == ["A", "B"]
    assert another(fund, 1, "1000.00", "1002.00", first) == bank.TakenIn(known=1)


def test_what_does_not_add_up_or_was_changed_by_the_bank_is_taken_in_nowhere(fund):
    (wrong,) = taken(fund, entry(), closing="1600.00")
    assert wrong.code == "bank.balance"
    taken(fund, entry(ref="R-1", amount="500.00"), closing="1500.00")
    later = (entry(ref="R-0", amount="1.00"), entry(ref="R-1", amount="400.00"))
    (changed,) = taken(fund, *later, closing="1401.00")
    assert changed.code == "bank.changed"
    assert [row.ref for row in BankEntry.objects.all()] == ["R-1"]


def test_only_finance_takes_statements_in_and_answers_their_entries(fund):
    coordinator = worker(Role.COORDINATOR)
    (refused,) = taken(fund, entry(), closing="1500.00", person=coordinator)
    assert refused.code == "bank.no-right"
    finance = worker(Role.FINANCE)
    assert taken(fund, entry(), closing="1500.00", person=finance).new == 1
    number = BankEntry.objects.get().pk
    (refused,) = bank.enter_entry(number, "receive", "NL-1", **asked(fund, coordinator))
    assert refused.code == "bank.no-right"
    assert bank.enter_entry(number, "receive", "NL-1", **asked(fund, finance)).state == "entered"


def test_an_order_is_paid_by_each_contribution_and_line_its_part_once_the_bank_has_the_money():
    """ORD-1 costs 1,200.00: A pays 900.00 of it, and B 300.00."""
    fund = a_fund()
    formed(fund)
    ordered(fund)
    paid_out = entry(ref="R-1", amount="1200.00", way="DBIT", text="Contract C-77", party="Maker A")
    data = camt(paid_out, closing="100.00").replace(b">1000.00<", b">1300.00<")
    bank.take_statements(read_statement(data, "s", b"", ""), "s", programme=fund, person=MACHINE, now=NOW)
    (row,) = open_entries(fund)
    assert [(p.kind, p.key, p.is_certain) for p in row.proposals] == [("pay", "ORD-1", False)]
    (refused,) = bank.enter_entry(row.entry.pk, "pay", "ORD-1", **asked(fund))
    assert refused.code == "ledger.below-zero"
    for key, minor in (("A", 900_00), ("B", 300_00)):
        for kind in ("cash_owed", "cash_in"):
            event = {"id": f"{kind} {key}", "type": kind, "contribution": key, "amount": minor}
            event |= {"currency": "USD", "effective_on": "2026-01-01"}
            assert hasattr(post(fund.slug, event, today=TODAY), "entry")
    (row,) = open_entries(fund)
    assert row.certain is not None
    assert next(str(reason) for reason in row.certain.reasons) == "the text names the contract C-77"
    done = bank.enter_entry(row.entry.pk, "pay", "ORD-1", **asked(fund))
    assert (done.state, done.contribution) == ("entered", "ORD-1")
    assert [balances(fund, key, Account.BANK) for key in "AB"] == [[0], [0]]
    assert EntryRecord.objects.filter(kind="cash_paid").count() == 2


def test_returns_of_a_day_that_pass_a_band_together_are_asked_about():
    """Above 400.00 an administrator approves a refund. 300.00 and 150.00 to one partner on one day make 450.00."""
    fund = a_fund(approvals=(band("refund", 400_00),))
    pledge_and_commit(fund, {"NL-1": 500_00, "NL-2": 300_00})
    back = {"way": "DBIT", "text": "NL-1"}
    entries = [
        entry(ref="R-1", amount="500.00", text="NL-1"),
        entry(ref="R-2", amount="300.00", **back),
        entry(ref="R-3", amount="150.00", **back),
        entry(ref="R-4", amount="50.00", day="2026-01-06", **back),
    ]
    taken(fund, *entries, closing="1000.00")
    numbers = dict(BankEntry.objects.values_list("ref", "pk"))
    bank.enter_entry(numbers["R-1"], "receive", "NL-1", **asked(fund))
    done = bank.enter_entry(numbers["R-2"], "return_to_partner", "NL-1", **asked(fund))
    assert isinstance(done, BankEntry)
    doubts = bank.enter_entry(numbers["R-3"], "return_to_partner", "NL-1", **asked(fund))
    assert isinstance(doubts, Doubts)
    assert [doubt.code for doubt in doubts.findings] == ["contribution.takes-away", "contribution.split"]
    told = doubts.findings[1].said.params
    assert (told["together"], told["above"]) == (Amount(450_00, "USD"), Amount(400_00, "USD"))
    assert balances(fund, "NL-1", Account.RETURNED) == [300_00]
    sure = bank.enter_entry(numbers["R-3"], "return_to_partner", "NL-1", sure=doubts.sure, **asked(fund))
    assert isinstance(sure, BankEntry)
    other_day = bank.enter_entry(numbers["R-4"], "return_to_partner", "NL-1", **asked(fund))
    assert isinstance(other_day, BankEntry)
