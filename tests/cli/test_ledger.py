"""`pledgeline ledger` through its own door: what it prints, what it writes, how it ends."""

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pledgeline.actions.books import open_books, post
from pledgeline.actions.records import load_record
from pledgeline.cli.ledger import app
from pledgeline.exchange.tables import to_csv
from pledgeline.ledger import Account, verifier
from pledgeline.programme.record import PublicRecord
from pledgeline.records.models import CheckpointRecord
from tests.builders import a_programme
from tests.ledger.stories import DELIVERED, events_of

CASE = Path(__file__).parents[1] / "ledger" / "cases" / "refund-after-delivery.json"


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def json_of(*arguments):
    done = run(*arguments, "--json")
    assert done.exit_code in (0, 1), done.output
    return json.loads(done.stdout)


@pytest.fixture
def events(tmp_path):
    path = tmp_path / "events.json"
    path.write_text(json.dumps({"events": events_of(DELIVERED)}), encoding="utf-8")
    return path


@pytest.fixture
def bad(tmp_path):
    path = tmp_path / "bad.json"
    path.write_text("{", encoding="utf-8")
    return path


def test_a_case_that_agrees_ends_with_0():
    done = run("replay", CASE)

    assert 0 == done.exit_code
    assert "13 ok, 3 refused, 0 replay. 44 figures compared, 0 differences." in done.stdout
    assert "ledger.not-enough: USD\N{NO-BREAK SPACE}750,000 is accepted in lot D1" in done.stdout


def test_a_difference_ends_with_1_and_is_shown(tmp_path):
    path = tmp_path / "case.json"
    path.write_text(CASE.read_text("utf-8").replace('"C1": 44399999', '"C1": 44399998'), encoding="utf-8")

    done = run("replay", path)

    assert 1 == done.exit_code
    assert "traces[0]: D1, C1" in done.stdout
    found = json_of("replay", path)
    assert not found["as_expected"]
    assert [{"what": "traces[0]: D1, C1", "expected": "44399998", "ours": "44399999"}] == found["differences"]


def test_a_replay_is_told_to_programs():
    found = json_of("replay", CASE)

    assert found["as_expected"]
    assert {"ok": 13, "refused": 3, "replay": 0} == found["counts"]
    assert ["ok", "refused"] == sorted({event["result"] for event in found["events"]})
    assert {"code", "wrong", "way_out"} <= found["events"][11].keys()
    assert 600001 == found["balances"][0]["stages"]["returned"]
    assert 64 == len(found["root"])


def test_a_past_day_below_zero_is_said(tmp_path):
    path = tmp_path / "events.json"
    late = events_of(
        DELIVERED.replace("2025-06-02  receive   contribution=B", "2025-06-09  receive   contribution=B")
    )
    path.write_text(json.dumps(late), encoding="utf-8")

    done = run("replay", path)

    assert 0 == done.exit_code
    assert "By the days of its entries, B, available was USD -2.00 on 2025-06-03." in done.stdout
    assert json_of("replay", path)["below_zero_on_past_days"]


def test_a_file_that_is_none_gives_its_finding_and_1(bad):
    for command in (("replay", bad), ("balances", "--events", bad), ("trace", "D1", "--events", bad)):
        done = run(*command)
        assert 1 == done.exit_code
        assert "events.not-json" in done.output
    assert "events.not-json" == json_of("replay", bad)["findings"][0]["code"]


def test_what_cannot_be_carried_out_ends_with_2_and_one_line(events, bad, tmp_path):
    for command in (
        ("replay", tmp_path / "nothing.json"),
        ("replay", tmp_path),
        ("balances", "--events", events, "--as-of", "noon"),
        ("balances", "--events", events, "--known-on", "noon"),
        ("balances", "--events", events, "--known-on", "2025-06-03T12:00:00 and more"),
        ("balances", "--events", events, "--known-on", "2025-06-03T12:00:00"),
        ("trace", "D9", "--events", events),
        ("balances", "--events", events, "--programme", "purl"),
        ("verify", "--events", events, "--export", events),
        ("verify", "--events", events, "--programme", "purl"),
        ("verify", "--events", events, "--checkpoint", bad),
        ("checkpoint", "--events", events, "--origin", "two\nlines"),
        ("checkpoint", "--events", events, "--key-file", bad),
        ("checkpoint", "--events", events, "--out", tmp_path),
        ("export", "--events", events, "--origin", "two\nlines"),
        ("key", "a b", "--out", tmp_path / "key"),
        ("key", "a", "--out", bad),
    ):
        done = run(*command)
        assert 2 == done.exit_code, command
        assert "Traceback" not in done.output
        assert done.exception is None or isinstance(done.exception, SystemExit)
    (tmp_path / "bytes").write_bytes(b"\xff")
    assert 2 == run("verify", "--events", events, "--checkpoint", tmp_path / "bytes").exit_code


def test_balances_on_a_day_as_known_on_another(events):
    found = json_of("balances", "--events", events)
    assert {"ordered": 120, "delivered": 180} == {
        name: minor
        for name, minor in found["balances"][0]["stages"].items()
        if name in ("ordered", "delivered")
    }
    earlier = json_of("balances", "--events", events, "--as-of", "2025-06-30", "--known-on", "2025-06-30")
    assert 300 == earlier["balances"][0]["stages"]["ordered"]
    moment = json_of("balances", "--events", events, "--known-on", "2025-06-01T12:00:00Z")
    assert {"committed", "source"} == {account["account"] for account in moment["accounts"]}
    shown = run("balances", "--events", events).stdout
    assert "USD 1.80" in shown
    assert "All contributions" in shown
    stages = [line.split()[0] for line in shown.split("All contributions")[1].strip().splitlines()[1:]]
    chain = [account.spoken.split()[0] for account in Account]
    assert sorted(stages, key=chain.index) == stages


def test_a_lot_and_a_contribution_are_traced(events):
    assert {"USD": {"A": 180, "B": 120}} == json_of("trace", "D1", "--events", events)["shares"]
    units = json_of("trace", "D1", "--events", events, "--units")["each_unit"]
    assert [{"A": 60, "B": 40}] * 3 == units
    assert "USD 0.60" in run("trace", "D1", "--events", events, "--units").stdout
    assert "Each unit" not in run("trace", "D1", "--events", events).stdout

    found = json_of("trace", "A", "--events", events)
    assert {"USD": {"D1": 180}} == found["lots"]
    assert ["pledge", "commit", "receive"] == [step["type"] for step in found["path"][:6:2]]
    assert "How it got there" in run("trace", "A", "--events", events).stdout


def test_books_are_verified_against_a_kept_checkpoint(events, tmp_path):
    key, note, books = tmp_path / "key", tmp_path / "checkpoint.txt", tmp_path / "books.jsonl"
    public = run("key", "books.example", "--out", key).stdout.strip()
    assert 0 == run("checkpoint", "--events", events, "--key-file", key, "--out", note).exit_code
    assert 0 == run("export", "--events", events, "--key-file", key, "--out", books).exit_code

    for source in (("--events", events), ("--export", books)):
        done = run("verify", *source, "--checkpoint", note, "--key", public)
        assert (0, True) == (done.exit_code, "Verified, with 1 kept checkpoint." in done.stdout)
    assert json_of("verify", "--events", events)["verified"]
    assert 0 == verifier.main([str(books), "--checkpoint", str(note), "--key", public])

    other = json_of("key", "books.example", "--out", tmp_path / "other")["public"]
    assert 1 == run("verify", "--events", events, "--checkpoint", note, "--key", other).exit_code
    assert 2 == run("verify", "--events", events, "--checkpoint", note, "--key", "none").exit_code
    books.write_bytes(books.read_bytes().replace(b'"-300"', b'"-299"'))
    done = run("verify", "--export", books)
    assert (1, True) == (done.exit_code, "NOT VERIFIED" in done.stdout)


def test_a_checkpoint_is_printed(events):
    assert run("checkpoint", "--events", events).stdout.startswith("pledgeline books\n10\n")
    assert 10 == json_of("checkpoint", "--events", events)["size"]


def test_books_are_written_in_every_form(events):
    assert verifier.FORMAT in run("export", "--events", events).stdout
    assert "open Assets:Ordered:A:L1" in run("export", "--events", events, "--form", "beancount").stdout
    assert "account Assets:Ordered:A:L1" in run("export", "--events", events, "--form", "hledger").stdout
    rows = run("export", "--events", events, "--form", "csv").stdout.splitlines()
    assert 1 + 2 * 6 + 2 * 2 + 2 * 4 == len(rows)
    assert rows[0].startswith(to_csv(("position", "id"), []).decode().strip())
    assert 2 == run("export", "--events", events, "--form", "paper").exit_code


def test_an_invented_programme_can_be_had_and_replayed(tmp_path):
    path = tmp_path / "invented.json"
    assert 0 == run("invent", "--seed", 2, "--out", path).exit_code
    assert 0 == run("replay", path).exit_code
    assert json.loads(run("invent", "--seed", 2).stdout) == json.loads(path.read_text("utf-8"))


@pytest.fixture
def programme():
    load_record(
        programme=a_programme(), record=PublicRecord(), prune=False, today=date(2026, 1, 1), by="a test"
    )


@pytest.mark.django_db
def test_books_of_a_programme_are_asked_like_those_of_a_file(programme, tmp_path):
    assert 2 == run("verify").exit_code
    assert [] == json_of("list")
    assert 2 == run("replay", CASE, "--programme", "nowhere").exit_code
    assert 0 == run("replay", CASE, "--programme", "harbour").exit_code
    of_file = json_of("replay", CASE)

    assert [{"programme": "harbour", "entries": 13, "root": of_file["root"], "public": False}] == json_of(
        "list"
    )
    assert of_file["balances"] == json_of("balances")["balances"]
    for command in (
        ("balances", "--as-of", "2025-07-05"),
        ("balances", "--known-on", "2025-07-05"),
        ("trace", "D1", "--units"),
        ("trace", "C1"),
        ("trace", "C2", "--as-of", "2025-07-05"),
        ("export", "--form", "beancount", "--origin", "x"),
        ("export", "--form", "hledger", "--origin", "x"),
        ("export", "--form", "csv"),
        ("export", "--origin", "x"),
    ):
        assert run(*command, "--events", CASE).stdout == run(*command, "--programme", "harbour").stdout, (
            command
        )
    assert 2 == run("trace", "nobody").exit_code


@pytest.mark.django_db
def test_a_dry_run_says_what_would_come_of_a_file_and_enters_nothing(programme):
    done = run("replay", CASE, "--programme", "harbour", "--dry-run")

    assert 0 == done.exit_code
    assert "13 ok, 3 refused, 0 replay." in done.stdout
    assert "Nothing was entered: this was a dry run." in done.stdout
    assert [] == json_of("list")
    assert json_of("replay", CASE, "--programme", "harbour", "--dry-run")["dry_run"]

    assert "dry run" not in run("replay", CASE, "--programme", "harbour").stdout
    assert 13 == json_of("list")[0]["entries"]
    assert 13 == json_of("replay", CASE, "--programme", "harbour", "--dry-run")["counts"]["replay"]
    assert 13 == json_of("list")[0]["entries"]


PRICES = Path(__file__).parents[1] / "ledger" / "cases" / "price-rise-paid-by-two.json"


@pytest.fixture
def theirs(tmp_path):
    """A case in the words of a finance office."""
    path = tmp_path / "theirs.json"
    text = PRICES.read_text("utf-8").replace('"paid_by"', '"funded_by"').replace('"qty"', '"quantity"')
    path.write_text(text.replace('"commit"', '"sign"'), encoding="utf-8")
    return path


def test_another_office_is_read_by_its_dialect_and_a_dry_run_shows_our_words(theirs):
    ours = json_of("replay", PRICES)
    assert 1 == run("replay", theirs).exit_code
    done = json_of("replay", theirs, "--dialect", "office")

    assert done["as_expected"]
    assert ours["root"] == done["root"]
    assert json.loads(PRICES.read_bytes())["events"] == done["canonical"]
    shown = run("replay", theirs, "--dialect", "office", "--dry-run").stdout
    assert '"paid_by": {' in shown
    assert "funded_by" not in shown
    assert "Nothing was entered: this was a dry run." in shown


def test_a_dialect_that_is_none_is_refused_with_the_list(theirs):
    done = run("replay", theirs, "--dialect", "ministry")

    assert 2 == done.exit_code
    assert "there is no dialect “ministry”: there are office" in done.stderr
    assert ["office", "price_change", "funded_by", "paid_by"] in [
        list(row.values()) for row in json_of("dialects")
    ]
    assert "funded_by" in run("dialects").stdout


@pytest.mark.django_db
def test_a_file_in_other_words_goes_into_the_books_by_its_dialect(programme, theirs):
    assert 0 == run("replay", theirs, "--programme", "harbour", "--dialect", "office").exit_code
    assert json_of("replay", PRICES)["root"] == json_of("list")[0]["root"]


@pytest.mark.django_db
def test_a_file_with_errors_enters_nothing(programme, tmp_path):
    path = tmp_path / "errors.json"
    path.write_text(json.dumps({"evnts": [], "events": events_of(DELIVERED)}), encoding="utf-8")
    done = run("replay", path, "--programme", "harbour")

    assert 1 == done.exit_code
    assert "Nothing was entered: the file has errors." in done.stdout
    assert [] == json_of("list")


def test_every_fault_of_an_event_is_printed_with_its_place(tmp_path):
    path = tmp_path / "faults.json"
    event = {**events_of(DELIVERED)[0], "amount": "600", "colour": 1}
    path.write_text(json.dumps({"events": [event]}), encoding="utf-8")

    shown = " ".join(run("replay", path).stdout.split())
    assert "ledger.unknown-field" in shown
    assert "ledger.not-a-whole-number" in shown
    (outcome,) = json_of("replay", path)["events"]
    assert ["/events/0/colour", "/events/0/amount"] == [fault["at"] for fault in outcome["faults"]]


def test_what_has_not_happened_is_refused_at_the_command_line(tmp_path):
    path = tmp_path / "ahead.json"
    event = {**events_of(DELIVERED)[0], "effective_on": "2206-11-20"}
    path.write_text(json.dumps({"events": [event]}), encoding="utf-8")

    assert "ledger.in-the-future" == json_of("replay", path)["events"][0]["code"]
    assert [] == json_of("balances", "--events", path)["accounts"]


def test_the_schema_is_printed_and_is_the_one_of_the_docs(tmp_path):
    published = json.loads((Path(__file__).parents[2] / "docs/schemas/books-events.json").read_bytes())

    assert published == json.loads(run("schema").stdout) == json_of("schema")
    assert 0 == run("schema", "--out", tmp_path / "schema.json").exit_code
    assert published == json.loads((tmp_path / "schema.json").read_bytes())


@pytest.mark.django_db
def test_a_checkpoint_is_kept_and_compared(programme, tmp_path):
    run("replay", CASE, "--programme", "harbour")
    note = tmp_path / "note.txt"

    assert 0 == run("checkpoint", "--out", note).exit_code
    assert note.read_text("utf-8").startswith("pledgeline/harbour\n13\n")
    assert 0 == run("verify", "--checkpoint", note).exit_code
    assert 1 == CheckpointRecord.objects.count()
    note.write_text(note.read_text("utf-8").replace("\n13\n", "\n12\n"), encoding="utf-8")
    assert 1 == run("verify", "--checkpoint", note).exit_code
    assert "another root" in run("verify", "--checkpoint", note).stdout


@pytest.mark.django_db
@pytest.mark.parametrize("entries", [0, 13])
def test_a_checkpoint_of_other_books_is_refused(programme, tmp_path, entries):
    """Also one of no entries at all, whose root all books have in common."""
    open_books("harbour")
    if entries:
        run("replay", CASE, "--programme", "harbour")
    note = tmp_path / "note.txt"
    run("checkpoint", "--out", note)
    assert 0 == run("verify", "--checkpoint", note).exit_code
    note.write_text(note.read_text("utf-8").replace("pledgeline/harbour", "pledgeline/bay"), encoding="utf-8")

    done = run("verify", "--checkpoint", note)

    assert 1 == done.exit_code
    said = " ".join(done.stdout.split())
    assert f"the checkpoint of {entries} entries (pledgeline/bay) is of other books" in said
    assert not json_of("verify", "--checkpoint", note)["verified"]
    assert 2 == run("checkpoint", "--programme", "harbour", "--origin", "bay").exit_code


@pytest.mark.django_db
def test_a_note_is_erased_after_it_was_shown_and_only_with_a_yes(programme):
    open_books("harbour")
    event = {
        "id": "p",
        "type": "pledge",
        "contribution": "A",
        "partner": "P",
        "currency": "USD",
        "amount": 5,
        "effective_on": "2026-01-01",
        "note": "call Jane on Monday",
    }
    post("harbour", event, today=date(2026, 1, 2))

    done = run("erase", "p", "--programme", "harbour")
    assert (2, "") == (done.exit_code, done.stdout)
    assert "call Jane on Monday" in done.stderr
    assert "add --yes" in done.stderr

    done = run("erase", "p", "--programme", "harbour", "--yes")
    assert 0 == done.exit_code
    assert "Erased beside entry p: note." in done.stdout
    assert 0 == run("verify", "--programme", "harbour").exit_code

    done = run("erase", "p", "--programme", "harbour", "--yes")
    assert 2 == done.exit_code
    assert "has no private text, or it was erased before" in done.stderr
    assert "no entry “q”" in run("erase", "q", "--programme", "harbour").stderr
