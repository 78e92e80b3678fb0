"""The books in the database against the book in memory: the same answers, the same balances, the same root."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction

from pledgeline.accounts.roles import MACHINE
from pledgeline.actions.books import (
    BooksThere,
    NothingToErase,
    enter_now,
    erase,
    give_checkpoint,
    open_books,
    post,
    replay_into,
)
from pledgeline.actions.records import load_record
from pledgeline.exchange.books import from_export, to_export
from pledgeline.ledger import Posted, Refusal, Replayed, replay_events
from pledgeline.ledger.event_files import event_file_of
from pledgeline.ledger.invented import illustration
from pledgeline.ledger.verifier import Peaks, read_checkpoint, verify_export
from pledgeline.programme.record import PublicRecord
from pledgeline.records import clock
from pledgeline.records.books import Filter, NoBooks, books_of, locked, standing, sums
from pledgeline.records.models import BooksRecord
from tests.builders import a_programme
from tests.ledger.stories import TODAY
from tests.ledger.walks import Walk
from tests.people import publish_all
from tests.torture.stage import environment

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)
FILE = event_file_of(illustration(), "illustration")


PLEDGE = {
    "id": "p",
    "type": "pledge",
    "contribution": "A",
    "partner": "P",
    "currency": "USD",
    "amount": 5,
    "effective_on": "2026-01-01",
}


def harbour(**more):
    load_record(
        programme=a_programme(), record=PublicRecord(), prune=False, today=date(2026, 1, 1), by="a test"
    )
    open_books("harbour", **more)


def test_many_keys_are_looked_up_at_once_and_one_that_came_meanwhile_is_known(django_assert_num_queries):
    """A key that is here is found, be it looked up or not; one that looks like it is asked for with it."""
    harbour()
    assert isinstance(post("harbour", PLEDGE, today=TODAY), Posted)
    with transaction.atomic():
        books = locked("harbour")
        books.look_up(["p", "q", "CO-1"])
        with django_assert_num_queries(0):
            assert books.entry("q") is None
            assert books.entry("СО-1") is None  # of Cyrillic letters
        assert books.entry("p") is not None
        again = {**PLEDGE, "id": "q", "contribution": "B"}
        assert isinstance(enter_now(books, again, today=TODAY, by="ada"), Posted)
        assert books.entry("q") is not None
        assert isinstance(enter_now(books, again, today=TODAY, by="ada"), Replayed)


def both(file=FILE):
    """Give the books in memory and those in the database, made of the same events."""
    harbour(currencies=file.currencies)
    judge = replay_events(file, today=TODAY)
    done = replay_into("harbour", file, today=TODAY)
    assert [(outcome.result, outcome.refusal) for outcome in judge.outcomes] == [
        (outcome.result, outcome.refusal) for outcome in done.outcomes
    ]
    return judge.book, books_of("harbour", MACHINE)


def same(state, other):
    return (
        state.money() == other.money()
        and state.bins() == other.bins()
        and state.contributions() == other.contributions()
    )


def test_the_same_events_give_the_same_root_and_the_same_entries():
    book, stored = both()

    assert book.root() == stored.root()
    assert list(book.entries) == list(stored.entries)
    assert book.shortfalls() == stored.shortfalls()
    assert book.checkpoint(origin="o") == stored.checkpoint(origin="o")
    assert book.checkpoint(origin="o", size=100) == stored.checkpoint(origin="o", size=100)
    assert stored.verify().problems == ()


@pytest.mark.parametrize("with_totals", [False, True])
def test_any_day_as_known_on_any_other_is_what_the_judge_says(with_totals):
    book, stored = both()
    if with_totals:
        give_checkpoint("harbour")
        for number in range(3):
            event = {"id": f"late {number}", "type": "pledge", "contribution": "C01", "partner": "Northland",
                     "currency": "USD", "amount": 5, "effective_on": f"2025-0{number + 2}-01"}  # fmt: skip
            answer = post("harbour", event, today=TODAY)
            book.append(answer.entry)
        stored = books_of("harbour", MACHINE)
    for days in range(-3, 370, 31):
        day = date(2025, 1, 1) + timedelta(days=days)
        for known in (None, day + timedelta(days=9), datetime(2025, 7, 5, 12, tzinfo=UTC), date(2026, 2, 3)):
            theirs = stored.state_at(as_of=day, known_on=known)
            assert same(book.state_at(as_of=day, known_on=known), theirs)
            assert theirs.money() == stored.balances(as_of=day, known_on=known)


def read_anew(number):
    row = BooksRecord.objects.get(pk=number)
    return standing._read(number, row.size, bytes(row.peaks))


def known_after(number, events):
    """Enter the first events of the file, and give what a process then knows of the books."""
    replay_into("harbour", replace(FILE, events=FILE.events[:events]), today=TODAY)
    return read_anew(number)


def what_it_says(known):
    state = known.state
    terms = {name: value for name, value in state._terms.items() if value}
    return known.spots, known.bins, state.money(), state.bins(), terms, state._ever, known.peaks.hashes


def test_what_others_wrote_is_taken_over_or_all_is_read_anew():
    """A process knows the books as they were after some events; the others come from elsewhere."""
    harbour(currencies=FILE.currencies)
    number = books_of("harbour", MACHINE).number
    copies = [known_after(number, events) for events in range(15, len(FILE.events), 40)]
    row, anew = BooksRecord.objects.get(pk=number), read_anew(number)

    taken_over = 0
    for copy in copies:
        standing.keep(copy)
        found = standing.standing_of(number, row.size, bytes(row.peaks))
        assert what_it_says(anew) == what_it_says(found)
        taken_over += found is copy
    assert 0 < taken_over < len(copies)

    stranger = read_anew(number)
    stranger.peaks = Peaks(row.size - 1, copies[-1].peaks.hashes)
    standing.keep(stranger)
    assert standing.standing_of(number, row.size, bytes(row.peaks)) is not stranger


def test_a_reader_is_given_what_was_added_to_what_was_seen_last():
    """After each event the state that follows from the one before says the same as one that is read whole."""
    harbour(currencies=FILE.currencies)
    number, read_whole = books_of("harbour", MACHINE).number, 0

    def read():
        nonlocal read_whole
        read_whole += 1
        return sums.state(sums.cut_of(number))

    for events in range(1, len(FILE.events) + 1, 7):
        replay_into("harbour", replace(FILE, events=FILE.events[:events]), today=TODAY)
        row = BooksRecord.objects.get(pk=number)
        found, whole = (
            standing.state_of(number, row.size, bytes(row.peaks), read),
            sums.state(sums.cut_of(number)),
        )
        assert (found.money(), found.bins(), found._terms) == (whole.money(), whole.bins(), whole._terms)
        assert set(found._on_line) == set(whole._on_line)
    assert 0 < read_whole < events // 14, "an entry that takes another back has all read anew"


def test_recorded_times_never_go_back():
    """A file says that later entries were written down earlier: they cannot have been known before what they follow."""
    harbour()
    pledge = {"type": "pledge", "contribution": "A", "partner": "P", "currency": "USD",
             "effective_on": "2025-01-01"}  # fmt: skip
    times = ("2025-03-01", "2025-05-01", "2025-04-01", "2025-06-01")
    events = [
        {**pledge, "id": time, "amount": 10**place, "recorded_at": f"{time}T00:00:00Z"}
        for place, time in enumerate(times)
    ]
    book = replay_events(event_file_of(events, "x"), today=TODAY).book
    replay_into("harbour", event_file_of(events, "x"), today=TODAY)
    stored = books_of("harbour", MACHINE)
    pledged = {
        month: sum(
            minor
            for spot, minor in stored.balances(known_on=date(2025, month, 2)).items()
            if spot.account == "pledged"
        )
        for month in range(2, 7)
    }

    assert {2: 0, 3: 1, 4: 1, 5: 111, 6: 1111} == pledged
    assert ["2025-03-01", "2025-05-01", "2025-05-01", "2025-06-01"] == [
        str(entry.recorded_at.date()) for entry in stored.entries
    ]
    assert stored.root() == book.root()
    assert () == stored.verify().problems
    for month in range(1, 8):
        day = date(2025, month, 1)
        assert book.state_at(known_on=day).money() == stored.balances(known_on=day)


@pytest.mark.parametrize("seed", range(3))
def test_random_walks_end_in_the_same_place(seed):
    walk = Walk(seed)
    for _ in range(250):
        walk.step()
    harbour(currencies=("USD", "EUR"))
    done = replay_into("harbour", event_file_of(walk.told, "walk"), today=TODAY)

    assert walk.book.root() == done.book.root() == books_of("harbour", MACHINE).root()
    assert same(walk.book.state, books_of("harbour", MACHINE).state)
    assert books_of("harbour", MACHINE).verify().problems == ()


def test_an_event_is_entered_once_and_its_key_is_kept():
    harbour()
    event = {**PLEDGE, "note": "by telephone"}

    before = clock.now()
    first, again = (post("harbour", event, today=TODAY, by="a clerk") for _ in range(2))
    other = post("harbour", {**event, "amount": 6}, today=TODAY)

    assert isinstance(first, Posted)
    assert isinstance(again, Replayed)
    assert first.entry == again.entry
    assert isinstance(other, Refusal)
    assert "ledger.key-used" == other.code
    assert before <= first.entry.recorded_at <= clock.now()
    assert ["a clerk", "by telephone"] == sorted(private.text for private in first.entry.private)
    assert 1 == len(books_of("harbour", MACHINE))


def test_what_is_refused_changes_nothing():
    _, stored = both()
    event = {"id": "too much", "type": "allocate", "contribution": "C01", "line": "L", "currency": "USD",
             "amount": 10**15, "effective_on": "2025-12-31"}  # fmt: skip

    answer = post("harbour", event, today=TODAY)

    assert isinstance(answer, Refusal)
    assert "ledger.below-zero" == answer.code
    assert stored.root() == books_of("harbour", MACHINE).root()
    assert isinstance(post("harbour", {**event, "amount": 1}, today=TODAY), Posted)


def test_private_texts_are_for_the_staff_and_the_proof_is_for_everybody():
    harbour()
    publish_all("harbour")
    post("harbour", {**PLEDGE, "note": "secret"}, today=TODAY, by="a clerk")
    public, staff = books_of("harbour"), books_of("harbour", MACHINE)

    lines = list(to_export(public, origin="x"))

    assert public.root() == staff.root() == from_export(lines).root()
    assert b"secret" not in b"".join(lines)
    assert b"a clerk" not in b"".join(lines)
    assert b"secret" in b"".join(to_export(staff, origin="x"))


def test_books_that_are_not_public_are_seen_by_the_staff_only():
    harbour()

    with pytest.raises(NoBooks):
        books_of("harbour")
    assert "harbour" == books_of("harbour", MACHINE).programme


def test_a_programme_has_one_set_of_books():
    harbour()

    with pytest.raises(BooksThere):
        open_books("harbour")
    with pytest.raises(NoBooks):
        open_books("nowhere")
    with pytest.raises(NoBooks):
        books_of("nowhere", MACHINE)
    with pytest.raises(NoBooks):
        post("nowhere", PLEDGE, today=TODAY)


def test_a_contribution_and_a_lot_are_followed_both_ways():
    book, stored = both()
    for contribution in book.state.contributions():
        path = stored.path(contribution)
        assert {s: m for s, m in book.state.money().items() if s.contribution == contribution} == path.where
        assert [
            e for e in book.entries if any(p.contribution == contribution for p in e.postings)
        ] == path.entries
        for currency, lots in path.lots.items():
            for lot, minor in lots.items():
                assert minor == stored.lot(lot).shares[currency][contribution]
    for lot in stored.lots():
        trace = stored.lot(lot)
        for currency, shares in trace.shares.items():
            assert currency == trace.currency
            assert shares == {name: sum(unit.get(name, 0) for unit in trace.by_unit) for name in shares}
    assert stored.path("nobody") is None
    assert stored.lot("nothing") is None


def test_the_journal_is_filtered():
    book, stored = both()

    def keys(**wanted):
        found = stored.journal(Filter(**wanted))
        assert len(found) == stored.count(Filter(**wanted))
        return [entry.key for entry in found]

    assert [e.key for e in book.entries] == keys()
    assert [e.key for e in book.entries if e.kind == "deliver"] == keys(kind="deliver")
    march = date(2025, 3, 1), date(2025, 3, 31)
    assert [e.key for e in book.entries if march[0] <= e.effective_on <= march[1]] == keys(
        since=march[0], until=march[1]
    )
    assert [
        e.key
        for e in book.entries
        if any(p.contribution == "C02" and p.account == "fees" for p in e.postings)
    ] == keys(contribution="C02", account="fees")
    assert [] == keys(text="100%")
    assert [e.key for e in book.entries if "damp" in e.body.lower()] == keys(text="DAMP")
    assert [e.key for e in book.entries[20:30]] == [e.key for e in stored.journal(start=20, limit=10)]


def noted():
    """Books with a note and a name beside their first entry, and what the text is hashed with."""
    harbour(currencies=("USD",))
    publish_all("harbour")
    post("harbour", {**PLEDGE, "note": "call Jane on Monday"}, today=TODAY, by="A Clerk")
    return books_of("harbour", MACHINE)


def test_private_texts_are_for_the_staff_however_the_entry_is_asked_for():
    everything = noted().entry("p")
    shown = books_of("harbour").entry("p")

    assert {"note": "call Jane on Monday", "by": "A Clerk"} == {e.name: e.text for e in everything.private}
    assert [("", ""), ("", "")] == [(private.text, private.salt) for private in shown.private]
    assert everything.leaf_bytes() == shown.leaf_bytes()
    assert shown == books_of("harbour").journal()[0]
    assert books_of("harbour").entry("nobody") is None


def test_an_erased_text_is_gone_and_the_proof_stays():
    before = noted()
    saved = read_checkpoint(before.checkpoint())
    with connection.cursor() as cursor:
        cursor.execute("SELECT salt FROM books_private")
        salts = [salt for (salt,) in cursor.fetchall()]

    assert ["note"] == erase("harbour", key="p", names=("note",))

    after = books_of("harbour", MACHINE)
    assert () == after.verify([saved]).problems
    assert before.root() == after.root()
    assert {"note": "", "by": "A Clerk"} == {
        private.name: private.text for private in after.entry("p").private
    }
    export = b"".join(to_export(after, origin="o"))
    assert b"Jane" not in export
    assert sum(salt.encode() in export for salt in salts) == 1
    assert () == verify_export(export.splitlines()).problems
    assert after.in_memory().root() == after.root()

    assert ["by"] == erase("harbour", key="p")
    assert isinstance(post("harbour", {**PLEDGE, "note": "another"}, today=TODAY), Replayed)


@pytest.mark.parametrize(
    ("key", "names", "said"),
    [("x", (), "no entry “x”"), ("p", ("phone",), "no “phone”"), ("p", ("note", "note"), None)],
)
def test_what_is_not_there_cannot_be_erased(key, names, said):
    noted()
    if said is None:
        erase("harbour", key=key, names=names)
        said = "no “note”, or it was erased before"

    with pytest.raises(NothingToErase, match=said):
        erase("harbour", key=key, names=set(names))


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a file of SQLite")
def test_no_byte_of_an_erased_text_stays_in_the_file(tmp_path, begin_home):
    """Neither in the file of the database nor in its log of writes."""
    code = """if True:
        from tests.torture import stage
        stage.set_up()
        stage.make_books()
        stage.enter("p", "pledge", contribution="A", partner="P", currency="USD", amount=5, note="tell nobody: 1234")
        from pledgeline.actions.books import erase
        from pathlib import Path
        from django.db import connection, transaction
        place = Path(connection.settings_dict["NAME"])
        def bytes_there():
            return b"".join(each.read_bytes() for each in place.parent.glob(place.name + "*"))
        assert b"tell nobody: 1234" in bytes_there()
        erase(stage.SLUG, key="p")
        assert b"tell nobody: 1234" not in bytes_there()
        assert not stage.stored().verify().problems
    """
    home = tmp_path / "home"
    begin_home(home)
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(home), capture_output=True, text=True, check=False
    )
    assert 0 == done.returncode, done.stderr


@pytest.mark.django_db
def test_a_restored_figure_is_corrected_in_the_database_as_in_memory():
    """Received 5, corrected to 4, restored, corrected to 3: terms and balances are those of the last version."""
    harbour(currencies=("USD",))
    head = {"effective_on": "2026-01-02"}
    story = [
        {**PLEDGE, "use_by": "2026-06-30"},
        {**head, "id": "c", "type": "commit", "contribution": "A", "amount": 5},
        {**head, "id": "r", "type": "receive", "contribution": "A", "amount": 5},
        {**head, "id": "k1", "type": "correct", "of": "r", "amount": 4},
        {**head, "id": "v1", "type": "reverse", "of": "k1"},
        {**head, "id": "k2", "type": "correct", "of": "r", "amount": 3},
        {**head, "id": "k3", "type": "correct", "of": "p", "use_by": "2026-09-30"},
        {**head, "id": "v3", "type": "reverse", "of": "k3"},
        {**head, "id": "w", "type": "reverse", "of": "p"},
    ]
    for event in story[:-1]:
        assert isinstance(post("harbour", event, today=TODAY), Posted), event
    assert "ledger.below-zero" == post("harbour", story[-1], today=TODAY).code

    books = books_of("harbour", MACHINE)
    money = {str(spot.account): minor for spot, minor in books.balances().items()}
    assert {"source": -5, "committed": 2, "available": 3} == money
    assert "2026-06-30" == books.state.term("use_by", "A") == books.in_memory().state.term("use_by", "A")
    assert books.in_memory().state.money() == books.balances()
    assert () == books.verify().problems


@pytest.mark.django_db
def test_a_key_that_looks_like_one_in_the_database_is_refused():
    harbour(currencies=("USD",))
    post("harbour", {**PLEDGE, "contribution": "C-1"}, today=TODAY)

    answer = post("harbour", {**PLEDGE, "id": "q", "contribution": "С-1"}, today=TODAY)
    assert ("ledger.looks-the-same", "/contribution") == (answer.code, answer.at)
    assert "Cyrillic С (U+0421)" in answer.wrong


@pytest.mark.django_db
def test_a_file_that_is_not_readable_enters_nothing():
    harbour(currencies=("USD",))
    file = event_file_of({"evnts": [], "events": [PLEDGE]}, "x")

    with pytest.raises(ValueError, match="evnts"):
        replay_into("harbour", file, today=TODAY)
    assert 0 == len(books_of("harbour", MACHINE))
