"""Rows of the public record entered on pages: checked like a file, shown before, entered once, taken away again."""

from datetime import date

import pytest

from pledgeline.accounts.roles import MACHINE
from pledgeline.actions.records import load_record
from pledgeline.money import Amount
from pledgeline.programme.announcements import Relation
from pledgeline.programme.roles import Role
from pledgeline.records.models import LoadNote, ProgrammeRecord, StepTaken
from pledgeline.records.snapshot import snapshot
from tests.builders import a_programme, a_record, a_stated_total, an_announcement
from tests.forms import hidden
from tests.people import a_person
from tests.web.books import text_of

pytestmark = pytest.mark.django_db

SITE = "/p/harbour/record/"
SOURCE = {
    "id": "S9",
    "url": "https://example.org/9",
    "publisher": "A paper",
    "published_on": "2025-08-20",
    "title": "A page",
    "accessed_as": "page",
}
ANNOUNCEMENT = {
    "id": "C9",
    "partner": "NOR",
    "announced_on": "2025-09-24",
    "amount": "250000000.50",
    "currency": "EUR",
    "stage": "announced",
    "title": "Norway gives more",
    "source_ids": "S001",
}
TOTAL = {
    "as_of": "2025-09-30",
    "measure": "total_contributed_eur",
    "value": "800000000",
    "unit": "EUR",
    "said_by": "a minister",
    "source_ids": "S001",
}
ROWS = {"source": SOURCE, "announcement": ANNOUNCEMENT, "stated-total": TOTAL}
A_RECORD = a_record(
    announcements=(an_announcement(), an_announcement("C002", partners=("DNK",), amount=Amount(1_00, "EUR"))),
    stated_totals=(a_stated_total(),),
)


@pytest.fixture
def coordinator(client):
    load(A_RECORD)
    client.force_login(a_person("cora", Role.COORDINATOR, programme="harbour"))
    return client


def load(record, **more):
    given = {"programme": a_programme(), "prune": False, "today": date(2026, 1, 1), "by": "a file"} | more
    return load_record(record=record, **given)


def record():
    return snapshot("harbour", MACHINE).record


def press(client, address, cells, **more):
    """Look at what a form would change, and enter it."""
    page = client.get(address)
    sent = {**cells, **{name: hidden(page, name) for name in ("seen", "asked_with")}, **more}
    look = client.post(address, {**sent, "look": "1"})
    return client.post(address, {**sent, "enter": "1", "foreseen": hidden(look, "foreseen")})


def test_a_row_is_shown_with_the_sums_before_and_entered_after(coordinator):
    look = coordinator.post(f"{SITE}new/announcement/", {**ANNOUNCEMENT, "look": "1"})
    assert "Counted by today: EUR 500,000,001; afterwards EUR 750,000,001.50." in text_of(look)
    assert 2 == len(record().announcements)

    done = press(coordinator, f"{SITE}new/announcement/", ANNOUNCEMENT)
    assert done["Location"] == "/p/harbour/announcements/C9/"
    assert record().announcements[:2] == A_RECORD.announcements
    assert record().announcements[2].amount == Amount(250_000_000_50, "EUR")
    assert "cora entered it" in text_of(coordinator.get(f"{SITE}correct/announcement/?key=C9"))
    assert LoadNote.objects.last().loaded_by == "cora"


@pytest.mark.parametrize("noun", ROWS)
def test_each_kind_is_entered_corrected_and_taken_away(coordinator, noun):
    kind = {"source": "sources", "announcement": "announcements", "stated-total": "stated_totals"}[noun]
    before = getattr(record(), kind)
    assert 302 == press(coordinator, f"{SITE}new/{noun}/", ROWS[noun]).status_code
    key = StepTaken.objects.last().key

    change = {"value": "900000000"} if noun == "stated-total" else {"title": "Better said"}
    address = f"{SITE}correct/{noun}/?key={key}"
    assert 302 == press(coordinator, address, {**ROWS[noun], **change}, reason="read again").status_code
    key = StepTaken.objects.last().key
    assert len(getattr(record(), kind)) == len(before) + 1
    (text,) = change.values()
    assert text in str(getattr(record(), kind)[-1])

    address = f"{SITE}remove/{noun}/?key={key}"
    page = coordinator.get(address)
    asked_first = coordinator.post(address, {"seen": hidden(page, "seen"), "reason": ""})
    assert 'id="id_reason_error"' in asked_first.content.decode()
    for _press in range(2):
        assert 302 == coordinator.post(address, {"seen": hidden(page, "seen"), "reason": "twice"}).status_code
    assert getattr(record(), kind) == before
    assert [taken.step for taken in StepTaken.objects.all()] == ["enter", "correct", "remove"]


@pytest.mark.parametrize(
    ("noun", "cells", "field"),
    [
        *(
            (noun, {column: ""}, column)
            for noun, columns in (
                ("source", ("id", "url", "publisher", "title", "accessed_as")),
                (
                    "announcement",
                    ("id", "partner", "announced_on", "stage", "title", "source_ids", "currency"),
                ),
                ("stated-total", ("as_of", "measure", "value", "unit", "said_by", "source_ids")),
            )
            for column in columns
        ),
        ("source", {"id": "S 9"}, "id"),
        ("source", {"id": "S001"}, "id"),
        ("source", {"url": "example.org"}, "url"),
        ("source", {"published_on": "20.8.2025"}, "published_on"),
        ("source", {"title": "a\u202eb"}, "title"),
        ("source", {"title": "x" * 10_001}, "title"),
        ("announcement", {"partner": "Norway"}, "partner"),
        ("announcement", {"amount": "250,000,000"}, "amount"),
        ("announcement", {"amount": "0.001"}, "amount"),
        ("announcement", {"amount": "-1"}, "amount"),
        ("announcement", {"currency": "XXZ"}, "currency"),
        ("announcement", {"amount_usd_as_reported": "many"}, "amount_usd_as_reported"),
        ("announcement", {"package": "PKG99"}, "package"),
        ("announcement", {"stage": "promised"}, "stage"),
        ("announcement", {"source_ids": "S001; S404"}, "source_ids"),
        ("announcement", {"relation": "replaces"}, "relates_to"),
        ("announcement", {"relation": "replaces", "relates_to": "C404"}, "relates_to"),
        ("announcement", {"relation": "withdraws", "relates_to": "C001"}, "partner"),
        ("stated-total", {"value": "1.000.000"}, "value"),
        ("stated-total", {"measure": "partner_total_eur:Norway"}, "measure"),
        ("stated-total", {"as_of": "2025-02-30"}, "as_of"),
        ("stated-total", {"unit": "DEM"}, "unit"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_entered(coordinator, noun, cells, field):
    stamp = ProgrammeRecord.objects.get().stamp
    for button in ("look", "enter"):
        answer = coordinator.post(f"{SITE}new/{noun}/", {**ROWS[noun], **cells, button: "1"})
        assert answer.status_code == 400
        assert f'id="id_{field}_error"' in answer.content.decode()
    assert ProgrammeRecord.objects.get().stamp == stamp


def test_a_question_is_asked_and_may_stand(coordinator):
    """EUR 500 million of the Netherlands again, 31 days later at most: is it the same money?"""
    again = {**ANNOUNCEMENT, "partner": "NLD", "amount": "500000000", "announced_on": "2025-08-10"}
    look = coordinator.post(f"{SITE}new/announcement/", {**again, "look": "1"})

    assert "To be asked first" in text_of(look)
    assert "C001" in text_of(look)
    assert 302 == press(coordinator, f"{SITE}new/announcement/", again).status_code


def test_a_button_pressed_twice_enters_one_row(coordinator):
    address = f"{SITE}new/stated-total/"
    page = coordinator.get(address)
    sent = {**TOTAL, "asked_with": hidden(page, "asked_with")}
    look = coordinator.post(address, {**sent, "look": "1"})
    sent |= {"enter": "1", "foreseen": hidden(look, "foreseen")}
    first, again = coordinator.post(address, sent), coordinator.post(address, sent)

    assert first["Location"] == again["Location"]
    assert 2 == len(record().stated_totals)


def test_what_was_shown_and_is_no_longer_so_is_shown_again(coordinator):
    address = f"{SITE}new/announcement/"
    look = coordinator.post(address, {**ANNOUNCEMENT, "look": "1"})
    load(a_record(announcements=(an_announcement("C003", amount=Amount(7_00, "EUR"), partners=("SWE",)),)))
    answer = coordinator.post(address, {**ANNOUNCEMENT, "enter": "1", "foreseen": hidden(look, "foreseen")})

    assert "Counted by today: EUR 500,000,008; afterwards EUR 750,000,008.50." in text_of(answer)
    assert 3 == len(record().announcements)


def test_of_two_who_correct_a_row_at_once_the_second_is_told(coordinator):
    press(coordinator, f"{SITE}new/source/", SOURCE)
    address = f"{SITE}correct/source/?key=S9"
    page = coordinator.get(address)
    press(coordinator, address, {**SOURCE, "title": "Mine"}, reason="r")
    look = coordinator.post(address, {**SOURCE, "title": "Theirs", "look": "1"})
    late = coordinator.post(
        address,
        {**SOURCE, "title": "Theirs", "reason": "r", "enter": "1", "seen": hidden(page, "seen"),
         "foreseen": hidden(look, "foreseen")},
    )  # fmt: skip

    assert "has been changed since you opened it" in text_of(late, status=400)
    assert record().sources[-1].title == "Mine"


def test_what_others_rest_on_stays(coordinator):
    load(a_record(announcements=(an_announcement("C003", relation=Relation.REPEATS, relates_to=("C002",)),)))
    for noun, key, named in (("source", "S001", "C001"), ("announcement", "C002", "C003")):
        page = coordinator.get(f"{SITE}remove/{noun}/?key={key}")
        assert named in text_of(page, status=409)
        assert 409 == coordinator.post(f"{SITE}remove/{noun}/?key={key}", {"reason": "r"}).status_code
    assert 3 == len(record().announcements)


def test_a_correction_that_a_dependent_row_cannot_stand_beside_is_refused(coordinator):
    """C003 takes EUR 100 million of C001 back: less than that cannot have been announced."""
    taken = an_announcement(
        "C003", relation=Relation.WITHDRAWS, relates_to=("C001",), amount=Amount(100_000_000_00, "EUR"),
        announced_on=date(2025, 9, 1),
    )  # fmt: skip
    load(a_record(announcements=(*A_RECORD.announcements, taken)))
    address = f"{SITE}correct/announcement/?key=C001"
    less = {**ANNOUNCEMENT, "id": "C001", "partner": "NLD", "amount": "1000", "announced_on": "2025-08-04"}
    answer = press(coordinator, address, less, reason="read again")

    assert "C003" in text_of(answer, status=400)
    assert record().announcements[0].amount == Amount(500_000_000_00, "EUR")


def test_a_file_loaded_afterwards_keeps_what_was_entered_on_pages_and_prunes_as_ever(coordinator):
    for noun, cells in ROWS.items():
        press(coordinator, f"{SITE}new/{noun}/", cells)
    kept = load(A_RECORD)
    assert kept.kinds["announcements"].kept == ("C9",)
    assert kept.kinds["sources"].kept == ("S9",)
    assert 2 == len(record().sources)

    assert load(A_RECORD, prune=True).changes()["removed"] == 3
    assert record() == A_RECORD


@pytest.mark.parametrize("noun", ROWS)
def test_others_are_told_who_may(coordinator, client, noun):
    client.force_login(a_person("bo", *(role for role in Role if role != Role.COORDINATOR)))
    for page in (f"new/{noun}/", f"correct/{noun}/?key=S001", f"remove/{noun}/?key=S001"):
        assert 403 == client.get(SITE + page).status_code
        assert 403 == client.post(SITE + page, ROWS[noun]).status_code
    assert "Enter a source" not in text_of(client.get("/p/harbour/sources/"))


def test_what_is_not_there_is_not_found(coordinator):
    assert 404 == coordinator.get(f"{SITE}new/rate/").status_code
    assert 404 == coordinator.get(f"{SITE}correct/source/?key=S404").status_code
    assert 404 == coordinator.get(f"{SITE}remove/stated-total/?key=").status_code
