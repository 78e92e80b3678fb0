"""Events from a file on a page: shown first, entered as shown, and never as if they had been written down earlier."""

import json
import re
from datetime import UTC, datetime
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pledgeline.actions.books import post
from pledgeline.actions.records import load_record
from pledgeline.jobs import claims
from pledgeline.jobs.doing import do
from pledgeline.jobs.models import Job, JobFile
from pledgeline.programme.record import PublicRecord
from pledgeline.programme.roles import Role
from pledgeline.records.books import books_of
from pledgeline.records.models import BooksRecord
from tests.builders import A_DAY, a_programme
from tests.people import a_person, publish_all
from tests.web.books import text_of
from tests.working import claimed, led_to

pytestmark = pytest.mark.django_db

PAGE = "/p/harbour/books/events/"


def sign_in(client, role=Role.FINANCE):
    client.force_login(a_person("ada", role, programme="harbour"))
    return client


@pytest.fixture
def keeper(harbour):
    """A bookkeeper of the worked package, signed in."""
    return sign_in(harbour)


def a_pledge(key="p1", amount=500, **more):
    return {
        "id": key,
        "type": "pledge",
        "contribution": key,
        "partner": "Vest",
        "currency": "EUR",
        "amount": amount,
        "effective_on": "2025-11-03",
        **more,
    }


def signed(of="p1", amount=500):
    return {
        "id": f"{of}-signed",
        "type": "commit",
        "contribution": of,
        "amount": amount,
        "effective_on": "2025-11-04",
    }


def look(client, content, into="these", **more):
    """Hand a file in, as events or as bytes, and give what is shown of it."""
    data = content if isinstance(content, bytes) else json.dumps({"events": content}).encode()
    sent = {"file": SimpleUploadedFile("events.json", data), "into": into, **more}
    return led_to(client, client.post(PAGE, sent))


def answer(client, shown):
    """Press the button of what was shown, and give what comes of it."""
    return led_to(client, client.post(address_of(shown)))


def address_of(shown):
    """Give the address behind the button."""
    page = shown.content.decode()
    (address,) = re.findall(r'<form method="post" action="([^"]+events/[0-9a-f]{32}/)"', page)
    return address


def newest(number):
    return list(books_of("harbour").entries)[-number:]


def test_a_file_is_shown_first_and_entered_when_that_is_answered(keeper):
    before = datetime.now(UTC)
    said = json.dumps({"events": [a_pledge(recorded_at="2020-01-01T00:00:00Z"), signed()]}, indent=2)
    shown = look(keeper, said.encode())

    page = text_of(shown)
    assert "events.json: nothing is entered yet" in page
    assert "Would be entered 2 Refused 0 There already 0" in page
    assert "2 p1-signed Commitment 4 Nov 2025 p1 – EUR 5" in page
    assert len(books_of("harbour")) == 22

    done = answer(keeper, shown)
    assert "Events entered: 2." in text_of(done)
    assert not JobFile.objects.exists()
    pledge, signature = newest(2)
    assert ("p1", "p1-signed") == (pledge.key, signature.key)
    assert before <= pledge.recorded_at <= signature.recorded_at
    assert "Entered by ada" in text_of(keeper.get("/p/harbour/books/journal/22/"))
    assert () == books_of("harbour").verify().problems


def test_what_is_refused_is_named_and_the_rest_is_entered(keeper):
    shown = look(keeper, [a_pledge(), signed(amount=501), {"type": "pledge"}, a_pledge("p2", 7)])

    page = text_of(shown)
    assert "Would be entered 2 Refused 2 There already 0" in page
    assert "p1, pledged: there is EUR 5, and EUR 5.01 would be taken out. ledger.below-zero" in page
    assert "What is refused changes nothing" in page
    answer(keeper, shown)
    assert ["p1", "p2"] == [entry.key for entry in newest(2)]


def test_what_is_there_already_is_not_entered_again(keeper):
    answer(keeper, look(keeper, [a_pledge()]))
    shown = look(keeper, [a_pledge(), signed()])

    assert "Would be entered 1 Refused 0 There already 1" in text_of(shown)
    answer(keeper, shown)
    assert ["p1", "p1-signed"] == [entry.key for entry in newest(2)]
    assert "There is nothing to enter." in text_of(look(keeper, [a_pledge()]))


def test_a_button_pressed_twice_enters_a_file_once(keeper):
    shown = look(keeper, [a_pledge()])
    assert "Events entered: 1." in text_of(answer(keeper, shown))

    assert "Events entered: 1." in text_of(answer(keeper, shown))  # the same answer, and nothing more
    assert len(books_of("harbour")) == 23


def test_the_same_file_looked_over_twice_is_entered_once(keeper):
    first, second = look(keeper, [a_pledge()]), look(keeper, [a_pledge()])
    answer(keeper, first)
    again = text_of(answer(keeper, second))

    assert "Nothing was entered: the books have changed meanwhile." in again
    assert "There already 1" in again
    assert len(books_of("harbour")) == 23


def test_nothing_is_entered_if_the_books_would_now_take_it_otherwise(keeper):
    """Both send the 3,780 dollars back that Westmark has free; the other one was quicker."""
    back = {"type": "return_to_partner", "contribution": "W", "currency": "USD", "amount": 37800000}
    shown = look(keeper, [a_pledge(), {"id": "mine", **back, "effective_on": "2025-11-03"}])
    assert "Would be entered 2" in text_of(shown)
    event = {"id": "theirs", **back, "effective_on": "2025-11-03"}
    post("harbour", event, today=datetime.now(UTC).date())

    page = text_of(answer(keeper, shown))
    assert "Nothing was entered: the books have changed meanwhile." in page
    assert "Would be entered 1 Refused 1" in page
    assert ["theirs"] == [entry.key for entry in newest(1)]


def test_a_case_is_tried_in_new_books_and_its_figures_are_compared(keeper):
    """Five euros pledged, all of them signed."""
    case = {
        "title": "A signature",
        "currencies": {"EUR": 2},
        "events": [a_pledge(), signed(), {**signed(), "id": "twice", "expect": "refused"}],
        "expected": {
            "balances": [
                {"contribution": "p1", "currency": "EUR", "stages": {"pledged": 0, "committed": 500}}
            ]
        },
    }
    page = text_of(look(keeper, json.dumps(case).encode(), into="new"))
    assert "events.json in new books; nothing was kept" in page
    assert "Taken 2 Refused 1 There already 0 Figures compared 3 Different 0" in page
    assert "Every figure that the file expects is the same here." in page
    assert "p1 committed – – EUR 5" in page
    assert "for good" not in page

    case["expected"]["balances"][0]["stages"]["committed"] = 499
    page = text_of(look(keeper, json.dumps(case).encode(), into="new"))
    assert "Figures compared 3 Different 1" in page
    assert "balances[0]: p1 EUR, committed 499 500" in page
    assert len(books_of("harbour")) == 22


def test_what_the_books_would_take_against_the_file_is_said(keeper):
    page = text_of(look(keeper, [a_pledge(expect="refused"), a_pledge("p2", 0, expect="ok")]))

    assert "event 1 (p1) refused ok" in page
    assert "event 2 (p2)" not in page


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty."),
        (b"{", "Write the file as JSON."),
        (b"\xff\xfe{}", "The file is not text in UTF-8."),
        (b"[" * 100_000, "The file is nested too deeply."),
        (b'{"events": []}', "The file has no events."),
        (b'{"events": 5}', "There is no list “events”."),
        (b'{"a": 1, "a": 2}', "stands 2 times in one object"),
        (b'{"events": [' + b"{}," * 2_000 + b"{}]}", "more than 2,000 events"),
        (b'{"events": ["' + b"a" * 500_000 + b'"]}', "larger than 500 kB"),
    ],
)
def test_a_file_that_cannot_be_brought_in_is_said_at_its_field(keeper, content, said):
    page = look(keeper, content)

    assert said in text_of(page)
    assert 'class="field-error" id="id_file_error"' in page.content.decode()
    assert len(books_of("harbour")) == 22


def test_a_form_without_a_file_or_a_choice_is_said_at_its_fields(keeper):
    page = text_of(keeper.post(PAGE, {"into": "those"}))

    assert "Choose a file first." in page
    assert "“those” is not in the list." in page


def test_an_answer_to_what_was_never_shown_enters_nothing(keeper):
    for ref in ("0" * 32, Job.objects.create(ref="a" * 32, kind="events", programme="harbour").ref):
        assert keeper.post(f"{PAGE}{ref}/").status_code == 404
    assert len(books_of("harbour")) == 22


def test_a_look_whose_file_was_cleared_away_is_begun_again(keeper):
    shown = look(keeper, [a_pledge()])
    JobFile.objects.all().delete()

    assert "Bring in events" in text_of(answer(keeper, shown))
    assert len(books_of("harbour")) == 22


def test_a_job_that_is_taken_up_again_enters_once_though_the_first_process_was_only_slow(keeper):
    shown = look(keeper, [a_pledge()])
    keeper.post(address_of(shown))
    slow = claimed()
    claims.died(slow)
    do(claimed())
    do(slow)

    assert len(books_of("harbour")) == 23


@pytest.mark.parametrize(
    "event", ["5", "[]", '{"id": []}', '{"id": "\\ud800", "type": "pledge"}', "null", "1e400"]
)
def test_an_event_that_is_none_is_refused_and_shown(keeper, event):
    for into in ("these", "new"):
        assert "Refused 1" in text_of(look(keeper, f'{{"events": [{event}]}}'.encode(), into))


def test_the_first_file_opens_the_books_in_every_currency(client, db):
    load_record(programme=a_programme(), record=PublicRecord(), prune=False, today=A_DAY, by="test")
    publish_all("harbour")
    assert 'href="/p/harbour/books/"' not in client.get("/p/harbour/").content.decode()
    client = sign_in(client)
    assert 'href="/p/harbour/books/"' in client.get("/p/harbour/").content.decode()
    assert "Bring in a file of events" in text_of(client.get("/p/harbour/books/"))
    assert "keeps no books yet" in text_of(client.get(PAGE))

    case = {"currencies": {"EUR": 2}, "events": [a_pledge(), a_pledge("p2", 8, currency="SEK")]}
    shown = look(client, json.dumps(case).encode())
    assert "Would be entered 2 Refused 0" in text_of(shown)
    assert not BooksRecord.objects.exists()

    answer(client, shown)
    assert [False] == list(BooksRecord.objects.values_list("public", flat=True))
    books = books_of("harbour", a_person("ada"))
    assert ["p1", "p2"] == [entry.key for entry in books.entries]
    assert () == books.verify().problems
    client.logout()
    assert "No books of this programme are to be seen here." in text_of(client.get("/p/harbour/books/"))


def test_nobody_else_gets_the_page(harbour):
    assert harbour.get(PAGE).status_code == 403
    assert look(harbour, [a_pledge()]).status_code == 403
    planner = sign_in(harbour, Role.COORDINATOR)
    assert planner.get(PAGE).status_code == 403
    assert look(planner, [a_pledge()]).status_code == 403
    assert "/books/events/" not in planner.get("/p/harbour/books/").content.decode()
    assert len(books_of("harbour")) == 22


# Other offices' words, and what is no field


def test_a_file_in_other_words_is_shown_in_ours_and_entered_as_ours(keeper):
    theirs = {**signed(), "type": "sign"}
    plain = text_of(look(keeper, [a_pledge(), theirs]))
    assert "There is no event “sign”" in plain
    shown = look(keeper, [a_pledge(), theirs], dialect="office")

    page = unescape(text_of(shown))
    assert "Would be entered 2 Refused 0" in page
    assert "The events in our words" in page
    assert '"type": "commit"' in page
    answer(keeper, shown)
    assert ["pledge", "commit"] == [entry.kind for entry in newest(2)]
    assert '"type":"commit"' in newest(1)[0].body


def test_a_dialect_that_is_none_is_refused(keeper):
    assert "“ministry” is not in the list." in text_of(look(keeper, [a_pledge()], dialect="ministry"))
    assert len(books_of("harbour")) == 22


def test_every_fault_is_shown_with_its_place_and_nothing_of_it_is_entered(keeper):
    bad = a_pledge(amount="500", penalty_waived_for={"A": 160}, use_by=None)
    page = unescape(text_of(look(keeper, [bad])))

    for code, place in (
        ("unknown-field", "penalty_waived_for"),
        ("null-field", "use_by"),
        ("not-a-whole-number", "amount"),
    ):
        assert f"ledger.{code}, /events/0/{place}" in page
    assert "There is nothing to enter." in page


def test_a_day_that_has_not_come_is_refused_in_a_file_too(keeper):
    page = text_of(look(keeper, [{**a_pledge(), "effective_on": "2206-11-20"}]))
    assert "ledger.in-the-future" in page
    tried = text_of(look(keeper, [{**a_pledge(), "effective_on": "2206-11-20"}], into="new"))
    assert "ledger.in-the-future" in tried


def test_a_file_with_a_name_that_means_nothing_is_not_taken(keeper):
    content = json.dumps({"evnts": [], "events": [a_pledge()]}).encode()
    page = text_of(look(keeper, content))

    assert "“evnts” means nothing there." in page
    assert "Enter 1 event for good" not in page


def test_each_fault_has_its_way_out_beside_it_and_not_in_another_column(keeper):
    """Five reasons in one cell and five ways out in the next did not stand beside one another; on a telephone
    the ways out could not be seen at all."""
    page = text_of(look(keeper, [a_pledge(donor="Vest", amount="5")]))

    assert (
        "/events/0/amount Write amount as an integer: amounts in minor units, without quotes and decimals."
        in page
    )
    assert "/events/0/donor Take it out." in page


def test_a_look_is_kept_as_codes_and_one_of_an_earlier_version_is_shown_in_its_words(keeper):
    """What was kept in words before an upgrade lies there for thirty days at most."""
    shown = look(keeper, [signed()])
    job = Job.objects.get()
    (refused,) = job.result["refused"]
    assert [
        {
            "place": "/events/0",
            "said": {
                "code": "ledger.unknown-contribution.others",
                "params": {"contribution": "p1", "others": "N, W"},
            },
        }
    ] == refused["faults"]

    words = {"place": "/events/0", "code": "ledger.of-old", "wrong": "It was wrong.", "way_out": "Go out."}
    job.result = {**job.result, "refused": [{**refused, "faults": [words]}], "findings": [words]}
    job.save()
    page = text_of(keeper.get(shown.request["PATH_INFO"]))
    assert "It was wrong. ledger.of-old, /events/0 Go out." in page
    assert "/events/0 It was wrong. ledger.of-old Go out." in page


@pytest.mark.parametrize("moment", [None, 5, "yesterday", "2025-11-03x10:00:00Z", "2999-01-01T00:00:00Z"])
def test_a_time_of_recording_that_cannot_be_meant_is_refused_though_it_does_not_count(keeper, moment):
    before = newest(1)

    page = text_of(look(keeper, [a_pledge(recorded_at=moment)]))

    assert "Would be entered 0 Refused 1" in page
    assert "/events/0/recorded_at" in page
    assert before == newest(1)


def test_a_batch_of_which_a_part_would_be_passed_over_is_said_with_its_place(keeper):
    content = json.dumps({"events": [{"batch": [a_pledge()], "events": [a_pledge("p2")]}]}).encode()

    page = text_of(look(keeper, content))

    assert "/events/0: The batch has events in two places. Put all of them into “events”." in page


def test_an_event_that_comes_again_under_a_cyrillic_number_is_not_entered_twice(keeper):
    shown = look(keeper, [a_pledge("x7")])
    answer(keeper, shown)

    page = text_of(look(keeper, [a_pledge("х7", contribution="x7")]))

    assert "Would be entered 0 Refused 1" in page
    assert "Cyrillic х (U+0445) for Latin x (U+0078)" in page
