"""Terms of contributions are written down, and their money is entered, by whoever the table of rights says."""

from datetime import date, timedelta

import pytest

from pledgeline.accounts.rights import Act
from pledgeline.accounts.roles import MACHINE
from pledgeline.actions import contributions
from pledgeline.actions.contributions import RIGHT_TO, Doubts
from pledgeline.ledger import Posted, Replayed
from pledgeline.ledger.contributions import figures_of
from pledgeline.money import Amount
from pledgeline.programme.nouns import field_of
from pledgeline.programme.roles import Role
from pledgeline.queries.contributions import contributions as shown
from pledgeline.queries.contributions import state_now
from pledgeline.records.models import ContributionRecord, EntryRecord, PartyName, PartyRecord
from tests.chain import TODAY, a_fund, paid, worker
from tests.people import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def fund():
    row = a_fund()
    paid(row, "N-1", 1_000_00, partner="Northland", use_by="2026-06-30")
    return row


def a_party(ref="NORTH", name="Northland"):
    party = PartyRecord.objects.create(ref=ref, name=name, kind="state")
    PartyName.objects.create(party=party, name=name, key=name.casefold())
    return party


def write(fund, person=MACHINE, seen=None, **said):
    return contributions.write_terms(
        {"key": "N-1", **said}, programme=fund, person=person, now=NOW, seen=seen
    )


def enter(fund, kind, person=MACHINE, sure="", form="form-1", on=TODAY, major=100, today=TODAY, **more):
    said = {
        "id": form,
        "contribution": "N-1",
        "amount": major * 100,
        "currency": "USD",
        "effective_on": on.isoformat(),
        **({"partner": "Northland"} if kind == "pledge" else {}),
        **more,
    }
    said = {name: value for name, value in said.items() if value is not None}
    return contributions.enter(kind, said, programme=fund, person=person, today=today, sure=sure)


def entered(fund, kind, **more):
    """Enter something, and answer what is asked about it."""
    answer = enter(fund, kind, **more)
    return enter(fund, kind, sure=answer.sure, **more) if isinstance(answer, Doubts) else answer


LATE = date(2026, 7, 1)
"""The day after the last one of N-1."""

AS_TYPED = {
    "revise": {"major": 1_200},
    "lapse": {"amount": None, "currency": None, "on": LATE, "today": LATE},
    "carry_over": {"major": 10, "on": LATE, "today": LATE, "use_by": "2027-01-31"},
}


def let_lapse(fund):
    answer = entered(fund, "lapse", form="late", **AS_TYPED["lapse"])
    assert isinstance(answer, Posted), answer


def codes(answer):
    return [finding.code for finding in (answer.findings if isinstance(answer, Doubts) else answer)]


# Terms


def test_terms_are_versions_that_keep_whose_money_it_is(fund):
    party = a_party()
    first = write(fund, pays_for=["Item:  interceptor", "category: air"], largest_share=50)
    again = write(fund, pays_for=["item: interceptor", "category: air"], largest_share=50)
    second = write(fund, last_day="2026-03-31")

    assert (first.version, first.party, first.partner, first.currency) == (1, party, "Northland", "USD")
    assert first.pays_for == ["item: interceptor", "category: air"]
    assert again == first
    assert (second.version, second.largest_share, second.last_day) == (2, None, date(2026, 3, 31))
    assert ContributionRecord.objects.count() == 2
    (row,) = shown(fund, MACHINE, state_now(fund))
    assert (row.terms, row.last_day, row.party) == (second, date(2026, 3, 31), "NORTH")


@pytest.mark.parametrize(
    ("said", "field", "code"),
    [
        ({"key": "N-2", "partner": "Northland", "currency": "USD"}, "key", "contribution.unknown"),
        ({"partner": "Westmark"}, "partner", "contribution.another"),
        ({"currency": "EUR"}, "currency", "contribution.another"),
        ({"last_day": "2026-07-01"}, "last_day", "contribution.later-than-pledged"),
        ({"first_day": "2026-03-02", "last_day": "2026-03-01"}, "last_day", "noun.ends-before-it-begins"),
        ({"pays_for": ["interceptors"]}, "pays_for", "noun.not-an-earmark"),
        ({"pays_for": ["supplier: Maker A"]}, "pays_for", "noun.not-an-earmark"),
        ({"pays_for": "item: interceptor"}, "pays_for", "noun.not-an-earmark"),
        ({"pays_for": ["item: "]}, "pays_for", "noun.not-a-key"),
        ({"largest_share": 0}, "largest_share", "noun.out-of-range"),
        ({"largest_share": 101}, "largest_share", "noun.out-of-range"),
        ({"largest_share": True}, "largest_share", "noun.out-of-range"),
        ({"whole_packages_only": True, "largest_share": 30}, "largest_share", "noun.all-and-a-share"),
        ({"whole_packages_only": "yes"}, "whole_packages_only", "noun.out-of-range"),
        ({"state": "pledged"}, "state", "noun.unknown-field"),
        ({"key": 5}, "key", "noun.not-a-key"),
    ],
)
def test_terms_that_cannot_be_meant_are_said_at_their_field(fund, said, field, code):
    (finding, *_) = write(fund, **said)
    assert (field_of(finding), finding.code) == (field, code)
    assert not ContributionRecord.objects.exists()


def test_of_two_people_with_the_form_open_the_second_is_told(fund):
    write(fund, seen=0, largest_share=50)
    assert codes(write(fund, seen=0, largest_share=60)) == ["contribution.changed-meanwhile"]
    assert ContributionRecord.objects.get().largest_share == 50


# Who may


@pytest.mark.parametrize("role", Role)
def test_terms_are_written_by_a_coordinator_or_the_partner_itself(fund, role):
    a_party()
    made = write(fund, worker(role), largest_share=50)
    assert isinstance(made, ContributionRecord) == (role is Role.COORDINATOR)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("kind", RIGHT_TO)
def test_an_act_is_for_the_roles_of_the_table(fund, role, kind):
    wanted = {
        "pledge": {Role.COORDINATOR},
        "commit": {Role.COORDINATOR},
        "receive": {Role.FINANCE},
        "revise": {Role.COORDINATOR},
        "reduce": {Role.FINANCE},
        "return_to_partner": {Role.FINANCE},
        "lapse": {Role.FINANCE},
        "carry_over": {Role.FINANCE},
    }
    entered(fund, "pledge", form="more")
    entered(fund, "commit", form="more-signed", major=50)
    if kind == "carry_over":
        let_lapse(fund)
    before = EntryRecord.objects.count()

    answer = entered(fund, kind, person=worker(role), **AS_TYPED.get(kind, {"major": 10}))

    assert isinstance(answer, Posted) == (role in wanted[kind])
    assert EntryRecord.objects.count() - before == isinstance(answer, Posted)


def test_a_partner_pledges_and_writes_terms_for_its_own_and_for_nobody_else(fund):
    a_party()
    a_party("WEST", "Westmark")
    mine, other = worker(Role.PARTNER, party="NORTH"), worker(Role.PARTNER, name="other", party="WEST")

    assert isinstance(entered(fund, "pledge", person=mine), Posted)
    assert isinstance(write(fund, mine, largest_share=50), ContributionRecord)
    assert codes(entered(fund, "pledge", person=other, form="x")) == ["contribution.no-right"]
    assert codes(write(fund, other, largest_share=60)) == ["contribution.no-right"]
    new = {"contribution": "W-1", "form": "y"}
    assert codes(entered(fund, "pledge", person=other, **new)) == ["contribution.no-right"]
    assert isinstance(entered(fund, "pledge", person=other, partner="Westmark", **new), Posted)
    assert codes(entered(fund, "commit", person=mine, form="z")) == ["contribution.no-right"]
    assert [row.key for row in shown(fund, mine, state_now(fund))] == ["N-1"]
    assert [row.key for row in shown(fund, other, state_now(fund))] == ["W-1"]


def test_a_partner_of_another_programme_sees_nothing(fund):
    a_party()
    from pledgeline.accounts.models import Membership, User

    person = worker(Role.PARTNER, party="NORTH")
    Membership.objects.update(programme="energy")
    assert shown(fund, User.objects.get(pk=person.pk), state_now(fund)) == []


# What is entered


def test_money_goes_its_way_in_parts(fund):
    entered(fund, "pledge", form="p", major=500)
    entered(fund, "commit", form="c", major=400)
    entered(fund, "receive", form="r1", major=150)
    entered(fund, "receive", form="r2", major=100)
    entered(fund, "reduce", form="d", major=30)
    entered(fund, "return_to_partner", form="b", major=200)

    figures = figures_of(state_now(fund), "N-1")
    (pledged,), (committed,), (received,) = figures.pledged, figures.committed, figures.received
    assert (pledged, committed, received) == tuple(Amount(n * 100, "USD") for n in (1_470, 1_400, 1_250))
    assert figures.owed == [Amount(150_00, "USD")]
    assert figures.available == [Amount(1_050_00, "USD")]


def test_what_lapses_is_carried_over_in_part_and_the_rest_is_refunded(fund):
    """Of USD 1,000 that lapse 400 may be used until January, 350 go back, and 250 stay lapsed."""
    entered(fund, "pledge", form="p", major=500)
    entered(fund, "commit", form="c", major=200)
    write(fund, last_day="2026-03-31", largest_share=50)
    asked = enter(fund, "lapse", form="late", **AS_TYPED["lapse"])
    assert codes(asked) == ["contribution.takes-away"]
    let_lapse(fund)
    figures = figures_of(state_now(fund), "N-1")
    assert (figures.lapsed, figures.available, figures.owed) == ([Amount(1_000_00, "USD")], [], [])
    assert figures.pledged == [Amount(1_000_00, "USD")]  # the 500 that nobody paid ended with the day

    entered(fund, "carry_over", form="o", major=400, on=LATE, today=LATE, use_by="2027-01-31")
    refund = {"on": LATE, "today": LATE, "from": "lapsed"}
    entered(fund, "return_to_partner", form="b", major=350, **refund)

    figures = figures_of(state_now(fund), "N-1")
    assert figures.available == [Amount(400_00, "USD")]
    assert figures.lapsed == [Amount(250_00, "USD")]
    (row,) = shown(fund, MACHINE, state_now(fund))
    assert (row.last_day, row.terms.version, row.terms.largest_share) == (date(2027, 1, 31), 2, 50)
    assert codes(entered(fund, "return_to_partner", form="x", major=251, **refund)) == ["ledger.below-zero"]
    past = {"major": 1, "on": LATE, "today": LATE, "use_by": "2026-06-30"}
    assert codes(entered(fund, "carry_over", form="y", **past)) == ["ledger.past-use-by"]


def test_a_promise_is_revised_to_another_sum_but_not_below_what_is_signed(fund):
    entered(fund, "pledge", form="p", major=500)
    entered(fund, "commit", form="c", major=200)
    entered(fund, "revise", form="r", major=1_300)

    figures = figures_of(state_now(fund), "N-1")
    assert (figures.pledged, figures.committed) == ([Amount(1_300_00, "USD")], [Amount(1_200_00, "USD")])
    assert codes(entered(fund, "revise", form="s", major=1_199)) == ["ledger.below-signed"]
    assert codes(enter(fund, "revise", form="t", major=2_600)) == ["contribution.twice"]
    assert codes(enter(fund, "lapse", form="u", amount=None, currency=None)) == ["ledger.not-lapsed-yet"]


def test_the_same_form_again_is_entered_once(fund):
    assert isinstance(entered(fund, "pledge"), Posted)
    assert isinstance(entered(fund, "pledge"), Replayed)
    assert figures_of(state_now(fund), "N-1").pledged == [Amount(1_100_00, "USD")]


def test_a_form_that_says_something_else_now_is_refused(fund):
    entered(fund, "pledge")
    assert codes(entered(fund, "pledge", major=200)) == ["contribution.entered-before"]


def test_what_looks_like_a_slip_is_asked_about_and_entered_as_it_was_asked(fund):
    asked = enter(fund, "pledge", major=2_000)
    assert codes(asked) == ["contribution.twice"]
    other = enter(fund, "pledge", major=3_000, sure=asked.sure)
    assert codes(other) == ["contribution.twice"]
    assert isinstance(enter(fund, "pledge", major=2_000, sure=asked.sure), Posted)

    again = enter(fund, "pledge", major=2_000, form="form-2")
    assert codes(again) == ["contribution.again"]
    assert isinstance(enter(fund, "pledge", major=2_000, form="form-2", on=TODAY - timedelta(1)), Posted)


def test_what_takes_away_is_asked_about(fund):
    assert codes(enter(fund, "return_to_partner")) == ["contribution.takes-away"]
    assert codes(enter(fund, "return_to_partner", major=1_001)) == ["ledger.below-zero"]


@pytest.mark.parametrize(
    ("kind", "more", "field", "code"),
    [
        ("commit", {"major": 1}, "amount", "ledger.below-zero"),
        ("receive", {"major": 1}, "amount", "ledger.below-zero"),
        ("reduce", {"major": 1}, "amount", "ledger.not-enough"),
        ("pledge", {"on": TODAY + timedelta(1)}, "effective_on", "ledger.in-the-future"),
        ("pledge", {"currency": "EUR"}, "currency", "ledger.another-currency"),
        ("pledge", {"partner": "Westmark"}, "partner", "ledger.another-partner"),
        ("commit", {"contribution": "X"}, "contribution", "ledger.unknown-contribution"),
    ],
)
def test_what_the_books_do_not_take_is_said_at_its_field(fund, kind, more, field, code):
    before = EntryRecord.objects.count()
    answer = entered(fund, kind, **more)
    assert [(field_of(finding), finding.code) for finding in answer] == [(field, code)]
    assert EntryRecord.objects.count() == before


def test_without_books_nothing_is_entered():
    row = a_fund()
    assert codes(enter(row, "pledge")) == ["contribution.no-books"]
    assert codes(write(row, partner="Northland", currency="USD")) == ["contribution.unknown"]


def test_each_act_has_its_right():
    assert set(RIGHT_TO.values()) == {
        *(Act.PLEDGE, Act.COMMIT, Act.RECEIVE, Act.REVISE, Act.REDUCE, Act.RETURN_MONEY, Act.LAPSE),
        Act.CARRY_OVER,
    }
