"""The pages of the books against sums made by hand, or by other code, from the same events."""

import csv
import io
import json
import re
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from html import unescape

import openpyxl
import pytest
from django.db import OperationalError, connections
from django.urls import reverse

from pledgeline.actions import verification
from pledgeline.actions.books import give_checkpoint, take_cosignatures
from pledgeline.exchange.books import from_export
from pledgeline.jobs import claims
from pledgeline.jobs.doing import do
from pledgeline.jobs.models import Job
from pledgeline.ledger import Account, SigningKey
from pledgeline.ledger.invented import illustration
from pledgeline.ledger.keys import is_vouched_for
from pledgeline.ledger.verifier import canonical, is_included, leaf_hash, read_checkpoint, verify_export
from pledgeline.ledger.witness import cosign, read_request, request_to_witness
from pledgeline.money import Rate
from pledgeline.programme.record import PublicRecord
from pledgeline.programme.roles import Role
from pledgeline.records.books import books_of
from pledgeline.web.books.words import account_name
from tests.builders import a_source
from tests.people import a_person
from tests.web.books import PACKAGE, keep, text_of
from tests.working import claimed, led_to
from tests.worlds import written_once
from tests.year import load_year

pytestmark = pytest.mark.django_db

BOOKS = "/p/illustration/books/"
MARK = "Invented: for illustration"
OK = [event for event in illustration()["events"] if event["expect"] == "ok"]
PAGES = ["", "journal/", "balances/", "contributions/", "lines/", "lots/", "proofs/", "journal/39/"]
KEYED = ["contribution/?key=C03", "line/?key=P3-ambulances", "lot/?key=P3-ambulances-1"]
TABLES = ["journal", "balances", "contributions", "lines", "lots"]


invented = written_once(partial(load_year, "illustration"))


@pytest.fixture
def site(invented, client):
    client.raise_request_exception = True
    return client


def content_of(answer):
    assert answer.status_code == 200, answer.status_code
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def rows_of(answer):
    """Read a CSV file as a list of mappings."""
    return list(csv.DictReader(io.StringIO(content_of(answer).decode("utf-8-sig"))))


def cells_of(page, table):
    """Read the rows of a plain table, by the id of its heading."""
    part = page.split(f'id="{table}"')[1].split("</table>")[0]
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", part, flags=re.S)
    read = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, flags=re.S) for row in rows]
    return [[" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row] for row in read]


def stages_of(answer):
    """Read how much of a contribution is at which stage; of money in two currencies the later one."""
    rows = cells_of(answer.content.decode().replace("\xa0", " "), "where")
    return {row[0]: row[2] for row in rows[1:] if len(row) == 3}


def sums_of(kind, field="amount"):
    """Add a kind of event up from the event file: currency -> minor units."""
    own = {event["contribution"]: event["currency"] for event in OK if event["type"] == "pledge"}
    sums = Counter()
    for event in OK:
        if event["type"] == kind:
            sums[event.get("currency") or own[event["contribution"]]] += event[field]
    return sums


# The figures at the head


def test_the_figures_are_those_of_the_events_added_up(site):
    """From the event file: what was pledged, signed, received, changed, given back and charged.

    What lapses takes along what was promised of it and never came.
    """
    page = site.get(BOOKS).content.decode()
    head, *rows = cells_of(page, "figures")
    codes = head[1:-1]
    shown = {
        row[0]: {
            code: int(
                Decimal(cell.replace(",", "").replace("−", "-")).scaleb({"JPY": 0, "KWD": 3}.get(code, 2))
            )
            for code, cell in zip(codes, row[1:-1], strict=True)
            if cell != "–"
        }
        for row in rows
    }
    pledges = {event["contribution"]: event for event in OK if event["type"] == "pledge"}
    (revised,) = (event for event in OK if event["type"] == "revise")
    (corrected,) = (event for event in OK if event["type"] == "correct")
    (wrong,) = (event for event in OK if event["id"] == corrected["of"])
    pledged, signed, received = sums_of("pledge"), sums_of("commit"), sums_of("receive")
    pledged["NOK"] += revised["amount"] - pledges[revised["contribution"]]["amount"]
    pledged.subtract(sums_of("reduce"))
    received["EUR"] += corrected["amount"] - wrong["amount"]
    (lapse,) = (event["contribution"] for event in OK if event["type"] == "lapse")
    for promised, kind in ((pledged, "pledge"), (signed, "commit")):
        whole = [event["amount"] for event in OK if event["type"] == kind and event["contribution"] == lapse]
        came = [
            event["amount"] for event in OK if event["type"] == "receive" and event["contribution"] == lapse
        ]
        promised["JPY"] -= sum(whole) - sum(came)
    changed = Counter()
    for event in OK:
        if event["type"] == "convert":
            changed[event["from_currency"]] += sum(event["given"].values())
            changed["USD"] -= event["received"]

    assert shown["Pledged in all"] == pledged
    assert shown["Committed in all"] == signed
    assert shown["Received in all"] == received
    assert shown["Changed between currencies"] == changed
    assert shown["Fees"] == sums_of("fee")
    assert shown["Returned"] == sums_of("return_to_partner")
    below = [row[0] for row in rows[4:]]
    for code in codes:
        assert received[code] - changed[code] == sum(shown[name].get(code, 0) for name in below)


def test_where_the_record_has_rates_a_figure_stands_in_one_currency(client):
    """EUR 20 million at 1.10 and USD 30 million are USD 52 million; in euros 47,272,727.27."""
    rate = Rate(day=date(2025, 10, 1), base="EUR", currency="USD", rate=Decimal("1.10"), source="S001")
    keep(PACKAGE, record=PublicRecord(rates=(rate,), sources=(a_source("S001"),)))

    assert "USD 52 million" in text_of(client.get("/p/harbour/books/?as_of=2025-10-06&currency=USD"))
    assert "47,272,727.27" in text_of(client.get("/p/harbour/books/?as_of=2025-10-06&currency=EUR"))
    assert "no usable rate" in text_of(client.get("/p/harbour/books/?as_of=2025-09-30&currency=USD"))


def test_the_worked_package_is_on_the_pages_as_it_was_worked_out(harbour):
    page = harbour.get("/p/harbour/books/contribution/?key=N")
    assert {
        "source": "−EUR 20,000,000",
        "changed": "−USD 22,070,000",
        "available": "+USD 965",
        "ordered": "+USD 4,112,000",
        "delivered": "+USD 10,800,000",
        "accepted": "+USD 7,146,000",
        "fees": "+USD 11,035",
    } == stages_of(page)
    assert "EUR 20,000,000 → USD 22,070,000" in text_of(page)
    assert {
        "source": "−USD 30,000,000",
        "available": "+USD 378,000",
        "ordered": "+USD 5,888,000",
        "delivered": "+USD 15,000,000",
        "accepted": "+USD 8,734,000",
    } == stages_of(harbour.get("/p/harbour/books/contribution/?key=W"))


def test_each_unit_of_a_lot_shows_whose_money_it_was(harbour):
    """A unit of D1 cost 3,970,000 after the refund: 1,786,500 and 2,183,500; of D2 1,800,000 and 2,500,000."""
    first = rows_of(harbour.get("/p/harbour/books/units.csv?key=D1"))
    second = rows_of(harbour.get("/p/harbour/books/units.csv?key=D2"))

    assert [("3970000.00", "1786500.00", "2183500.00")] * 4 == [
        (row["cost"], row["of N"], row["of W"]) for row in first
    ]
    assert [("4300000.00", "1800000.00", "2500000.00")] * 6 == [
        (row["cost"], row["of N"], row["of W"]) for row in second
    ]
    assert "3,970,000.00 1,786,500.00 2,183,500.00" in text_of(harbour.get("/p/harbour/books/lot/?key=D1"))


def test_a_day_shows_what_had_happened_and_what_had_been_written_down(harbour):
    """Accepted on 5 September, typed in on the 8th; refunded on 1 October."""

    def accepted(question):
        found = cells_of(harbour.get(f"/p/harbour/books/?{question}").content.decode(), "figures")
        return next(row[2] for row in found if row[0] == "Accepted")

    assert "–" == accepted("as_of=2025-09-04")
    assert "16,000,000.00" == accepted("as_of=2025-09-05")
    assert "–" == accepted("as_of=2025-09-05&known_on=2025-09-07")
    assert "16,000,000.00" == accepted("as_of=2025-09-05&known_on=2025-09-08")
    assert "15,880,000.00" == accepted("as_of=2025-10-01")
    assert "–" == accepted("as_of=2025-10-01&known_on=2025-09-07")


def test_a_correction_changes_its_own_day_and_not_what_was_known_before(site):
    """The receipt of 26 February was EUR 14,560,000, put right to 14,559,000 on 19 March."""
    address = f"{BOOKS}contribution/?key=C03&as_of=2025-02-28"

    assert "+EUR 14,560,000" == stages_of(site.get(f"{address}&known_on=2025-03-18"))["available"]
    assert "+EUR 14,559,000" == stages_of(site.get(address))["available"]


@pytest.mark.parametrize("days", ["", "as_of=2025-06-30", "as_of=2025-09-30&known_on=2025-09-29"])
def test_the_trial_balance_is_the_sum_of_the_postings_of_the_days(site, days):
    """Added up again from the leaves of the public export."""
    asked = dict(pair.split("=") for pair in days.split("&") if pair)
    sums = defaultdict(int)
    for line in content_of(site.get(f"{BOOKS}books.jsonl")).splitlines()[1:-1]:
        leaf = json.loads(line)["leaf"]
        happened = leaf["effective_on"] <= asked.get("as_of", "9999")
        if happened and leaf["recorded_at"][:10] <= asked.get("known_on", "9999"):
            for posting in leaf["postings"]:
                key = (
                    posting["contribution"],
                    posting["line"],
                    posting["lot"],
                    posting["currency"],
                    posting["account"],
                )
                sums[key] += int(posting["amount"])
    found = defaultdict(list)
    for row in rows_of(site.get(f"{BOOKS}balances.csv?{days}")):
        digits = {"JPY": 0, "KWD": 3}.get(row["currency"], 2)
        key = (row["contribution"], row["line"], row["lot"], row["currency"])
        found[key].append(int(Decimal(row["amount"]).scaleb(digits)))
    wanted = defaultdict(list)
    for (*key, _account), minor in sums.items():
        if minor:
            wanted[tuple(key)].append(minor)

    assert {key: sorted(value) for key, value in wanted.items()} == {
        key: sorted(value) for key, value in found.items()
    }


def test_money_that_lapses_is_named_thirty_and_ninety_days_ahead(site):
    """C10 may be used until 30 September; half of what lapsed is carried over to 30 June 2026."""
    assert "30 Sep 2025" in text_of(site.get(f"{BOOKS}?as_of=2025-08-31")).split("In 31 to 90")[0]
    assert "30 Sep 2025" in text_of(site.get(f"{BOOKS}?as_of=2025-07-31")).split("In 31 to 90")[1]
    assert "30 Sep 2025" not in text_of(site.get(f"{BOOKS}?as_of=2025-06-30"))
    assert "its day has passed" in text_of(site.get(f"{BOOKS}contribution/?key=C10&as_of=2026-11-01"))


# The journal


def said(**wanted):
    """Give a test of an event: it says all this."""
    return lambda event: wanted.items() <= event.items()


def between(field, first, last):
    """Give a test of an event: its day lies there, as text."""
    return lambda event: first <= event[field][:10] <= last


def known(event):
    return between("effective_on", "", "2025-07-31")(event) and between("recorded_at", "", "2025-07-30")(
        event
    )


@pytest.mark.parametrize(
    ("question", "passes"),
    [
        ("kind=accept", said(type="accept")),
        ("lot=P3-ambulances-1", said(lot="P3-ambulances-1")),
        ("contribution=C12&kind=write_off", said(type="write_off", contribution="C12")),
        ("partner=Northland&kind=pledge", said(partner="Northland")),
        ("since=2025-07-01&until=2025-07-31", between("effective_on", "2025-07-01", "2025-07-31")),
        ("as_of=2025-07-31&known_on=2025-07-30", known),
        ("q=i0040", said(id="I0040")),
        ("kind=accept&lot=P1-generators-2", said(type="accept", lot="P1-generators-2")),
    ],
)
def test_a_filter_lets_through_what_it_says(site, question, passes):
    wanted = {event["id"] for event in OK if passes(event)}

    assert wanted == {row["id"] for row in rows_of(site.get(f"{BOOKS}journal.csv?{question}"))}
    count = "1 row" if len(wanted) == 1 else f"{len(wanted)} rows"
    assert count in text_of(site.get(f"{BOOKS}journal/?{question}"))


def test_a_line_filter_finds_everything_on_the_line(site):
    orders = {event["id"] for event in OK if event.get("line") == "P5-radios"}
    lots = {event["id"] for event in OK if event.get("lot", "").startswith("P5-radios")}

    found = {row["id"] for row in rows_of(site.get(f"{BOOKS}journal.csv?line=P5-radios"))}
    assert orders | lots == found


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("line=nowhere", "These books have no line “nowhere”."),
        ("lot=L%27%20OR%201=1", "These books have no lot “L' OR 1=1”."),
        ("kind=steal", "“steal” is not in the list."),
        ("partner=Nobody", "“Nobody” is not in the list."),
        ("since=soon", "Write the day as year-month-day"),
        ("since=2025-09-01&until=2025-08-01", "This day is before the first."),
        ("as_of=yesterday", "Write the day as year-month-day"),
        ("known_on=1800-01-01", "Days from 1990-01-01 to today"),
        ("currency=XXX", "There are no rates for “XXX”"),
    ],
)
def test_a_filter_that_makes_no_sense_is_said_and_never_left_out(site, question, said):
    for page in ("journal/", "journal.csv", "journal.xlsx"):
        assert said in text_of(site.get(f"{BOOKS}{page}?{question}"), status=400)


SORTS = {
    "position": lambda row: int(row["position"]),
    "day": lambda row: (row["effective_on"], int(row["position"])),
    "recorded": lambda row: (row["recorded_at"], int(row["position"])),
    "event": lambda row: (row["type"], int(row["position"])),
    "id": lambda row: row["id"],
}


@pytest.mark.parametrize("sort", SORTS)
def test_the_journal_sorts_by_the_columns_that_say_so(site, sort):
    entries = {row["id"]: row for row in rows_of(site.get(f"{BOOKS}journal.csv"))}.values()
    wanted = [row["id"] for row in sorted(entries, key=SORTS[sort])]

    for turn, order in (("", wanted), ("-", wanted[::-1])):
        page = site.get(f"{BOOKS}journal/?sort={turn}{sort}&page=2").content.decode()
        shown = re.findall(r'<td data-label="Number"><a[^>]*>([^<]+)<', page)
        assert order[50:100] == shown


def test_a_past_day_below_zero_is_named_where_the_books_are_verified(client):
    """Received on the 10th and given back on the 8th, as it turned out later."""
    keep("""
        2025-08-01  pledge   contribution=N partner=Northland currency=EUR amount=500
        2025-08-01  commit   contribution=N amount=500
        2025-08-10  receive  contribution=N amount=500
        2025-08-08  return_to_partner  contribution=N amount=200 recorded=2025-08-12
    """)

    page = text_of(led_to(client, client.post("/p/harbour/books/proofs/", {"do": "verify"})))
    assert "Days that were below zero" in page
    assert "8 Aug 2025 : N, available: −EUR 2" in page
    assert client.get("/p/harbour/books/?as_of=2025-08-08").status_code == 200


def test_every_entry_of_a_file_of_the_journal_adds_up_to_zero(site):
    sums = Counter()
    for row in rows_of(site.get(f"{BOOKS}journal.csv")):
        sums[row["id"], row["contribution"], row["currency"]] += Decimal(row["amount"])

    assert {0} == set(sums.values())
    assert len(OK) == len({key for key, _contribution, _currency in sums})


def test_an_entry_opens_to_what_it_corrected_and_was_corrected_by(site):
    correction, receipt = text_of(site.get(f"{BOOKS}journal/39/")), text_of(site.get(f"{BOOKS}journal/27/"))

    assert "This entry takes back: Receipt I0028" in correction
    assert "This entry was taken back by: Correction I0040" in receipt
    assert "Effective on 26 Feb 2025 Recorded 19 Mar 2025, 12:00 UTC 21 days later" in correction
    assert "C03 in EUR together EUR 0" in correction
    assert "proven With the 8 hashes" in text_of(site.get(f"{BOOKS}journal/39/?proof=1"))


# Proofs and files


@pytest.mark.parametrize("position", [0, 39, 222])
def test_the_proof_of_an_entry_leads_from_its_leaf_to_the_root(site, position):
    proof = json.loads(content_of(site.get(f"{BOOKS}journal/{position}/proof.json")))
    hashes = [bytes.fromhex(node) for node in proof["proof"]]
    leaf, root = leaf_hash(canonical(proof["leaf"])), bytes.fromhex(proof["root"])

    assert leaf.hex() == proof["leaf_hash"]
    assert is_included(leaf, position, proof["size"], hashes, root)
    assert not is_included(leaf_hash(b"{}"), position, proof["size"], hashes, root)
    assert MARK == proof["mark"]


def test_the_whole_export_verifies_and_gives_the_same_books_again(site):
    lines = content_of(site.get(f"{BOOKS}books.jsonl")).splitlines()

    assert () == verify_export(lines).problems
    assert books_of("illustration").root() == from_export(lines).root()
    assert b"typed a thousand too high" not in b"".join(lines)


def test_what_is_downloaded_verifies_by_itself(site, tmp_path):
    """The lines on the page: the program, the export and the checkpoint, and nothing else of ours."""
    for name in ("verifier.py", "books.jsonl", "checkpoint.txt"):
        (tmp_path / name).write_bytes(content_of(site.get(f"{BOOKS}{name}")))
    line = [sys.executable, "-I", "verifier.py", "books.jsonl", "--checkpoint", "checkpoint.txt"]
    done = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert done.stdout.splitlines()[-1] == "verified"
    assert done.returncode == 0


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_given_as_csv_and_as_a_workbook_with_the_same_rows(site, name):
    rows = rows_of(site.get(f"{BOOKS}{name}.csv"))
    answer = site.get(f"{BOOKS}{name}.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    sheet = list(book.active.values)

    assert re.search(rf"illustration-invented-{name}-2\d{{3}}-\d\d-\d\d\.xlsx", answer["Content-Disposition"])
    assert len(rows[0]) == len(sheet[0])
    assert len(rows) == len(sheet) - 1
    assert {MARK} == {row["mark"] for row in rows} == {row[-1] for row in sheet[1:]}


def test_the_journals_for_other_programs_say_that_they_are_invented(site):
    for form in ("beancount", "hledger"):
        answer = site.get(f"{BOOKS}books.{form}")
        assert MARK in answer.content.decode().splitlines()[0]
        assert "invented" in answer["Content-Disposition"]


def verify(client):
    return text_of(led_to(client, client.post(f"{BOOKS}proofs/", {"do": "verify"})))


def test_verifying_is_waited_for_and_says_what_it_found_and_when(site, monkeypatch):
    assert "Verified at" not in text_of(site.get(f"{BOOKS}proofs/"))
    site.post(f"{BOOKS}proofs/", {"do": "verify"})
    waiting = site.get(f"{BOOKS}proofs/")
    assert "To be verified: waiting for its turn" in text_of(waiting)
    assert b'hx-select="#verification"' in waiting.content
    part = site.get(f"{BOOKS}proofs/", headers={"HX-Request": "true"})
    assert "To be verified: waiting for its turn" in text_of(part)

    page = verify(site)
    assert "Verified 223 entries were read" in page
    assert books_of("illustration").root().hex() in page
    assert re.search(r"Verified at 20\d\d-\d\d-\d\d \d\d:\d\d:\d\d UTC", page)
    assert b"hx-select" not in site.get(f"{BOOKS}proofs/").content

    Job.objects.all().delete()
    report = books_of("illustration").verify()._replace(problems=("entry 7 has another hash",))
    monkeypatch.setattr("pledgeline.records.books.StoredBooks.verify", lambda self, tell: report)
    page = verify(site)
    assert "Not verified: something is wrong" in page
    assert "entry 7 has another hash" in page


def test_the_public_cannot_have_the_books_verified_again_and_again(site, monkeypatch):
    for _ in range(3):
        assert "Verified 223 entries" in verify(site)
    assert 1 == Job.objects.count()

    old = Job.objects.get()
    long_ago = datetime.fromisoformat(old.result["at"]) - verification.SERVES
    Job.objects.update(result={**old.result, "at": long_ago.isoformat()})
    verify(site)
    assert 2 == Job.objects.count()

    site.force_login(a_person("keeper", Role.READER))
    verify(site)
    verify(site)
    assert 4 == Job.objects.count()


def test_books_are_verified_for_one_visitor_at_a_time(site):
    for _ in range(3):
        site.post(f"{BOOKS}proofs/", {"do": "verify"})

    assert 1 == Job.objects.count()


def test_a_verification_that_kills_its_process_is_said_on_the_page(site):
    site.post(f"{BOOKS}proofs/", {"do": "verify"})
    for _ in range(2):
        claims.died(claimed())

    page = text_of(site.get(f"{BOOKS}proofs/"))
    assert "The last verification could not be finished" in page
    assert "killed, or the machine went away, 2 times" in page


def test_a_database_that_goes_away_while_books_are_verified_is_no_fault_of_the_books(site, monkeypatch):
    """Verifying says of it that the tables cannot be read: that must not stand on the page as a finding."""
    site.post(f"{BOOKS}proofs/", {"do": "verify"})
    job = claimed()
    monkeypatch.setattr(connections["default"], "is_usable", lambda: False)

    with pytest.raises(OperationalError):
        do(job)
    assert "Verified" not in text_of(site.get(f"{BOOKS}proofs/"))


def compare(site, note, **more):
    if isinstance(note, bytes):
        sent = io.BytesIO(note)
        sent.name = "checkpoint.txt"
        return text_of(site.post(f"{BOOKS}proofs/", {"do": "compare", "file": sent, **more}))
    return text_of(site.post(f"{BOOKS}proofs/", {"do": "compare", "text": note, **more}))


def test_a_checkpoint_comes_back_and_fits(site):
    note = content_of(site.get(f"{BOOKS}checkpoint.txt"))

    assert "Consistent: nothing has changed" in compare(site, note)
    assert "Consistent: nothing has changed" in compare(site, note.decode().replace("\n", "\r\n"))
    older = books_of("illustration").checkpoint(size=100)
    assert "Consistent: only entries were added" in compare(site, older.encode())
    assert "The 100 entries that the checkpoint vouched for are the first 100 of the 223" in compare(
        site, older
    )
    empty = books_of("illustration").checkpoint(size=0)
    assert "Consistent: only entries were added" in compare(site, empty)


def test_a_checkpoint_that_does_not_fit_is_told_apart_from_one_of_other_books(site):
    lines = books_of("illustration").checkpoint(size=100).split("\n")
    root, balance = lines[2], lines[3].removeprefix("trial-balance ")

    changed = "\n".join([lines[0], lines[1], balance, *lines[3:]])
    assert "Not consistent: entries were changed" in compare(site, changed)
    ahead = "\n".join([lines[0], "999", *lines[2:]])
    assert "Not consistent: entries are missing" in compare(site, ahead)
    other = "\n".join(["pledgeline/elsewhere", *lines[1:]])
    assert "From other books" in compare(site, other)
    size = books_of("illustration").checkpoint().split("\n")
    false = "\n".join([*size[:3], f"trial-balance {root}", *size[4:]])
    assert "Not consistent: other balances" in compare(site, false)


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("", "choose a file, or paste the text"),
        ("hello", "This is no checkpoint"),
        (b"", "The file is empty."),
        (b"\xff\xfe\x00", "it is not text in UTF-8"),
        (b"x" * 30_000, "it has more than 20,000 bytes"),
        ("pledgeline/illustration\n-1\nAAAA\n\n", "is no number of entries"),
        ("pledgeline/illustration\n1\nAAAA\n\n", "is not the hash that belongs here"),
    ],
)
def test_what_is_no_checkpoint_is_said_at_its_field(site, note, said):
    assert said in compare(site, note)


SECRET = "5a" * 32
KEY = SigningKey(name="books.example", secret=b"\x5a" * 32)
OLD = SigningKey(name="books.example", secret=b"\x0f" * 32)
WITNESS = SigningKey(name="witness.example/w1", secret=b"\x01" * 32)


def test_a_key_of_the_installation_signs_each_size_of_the_books_once(site, settings, monkeypatch):
    settings.BOOKS_KEY = f"books.example {SECRET}"
    signed = []
    sign = SigningKey.sign
    monkeypatch.setattr(
        SigningKey, "sign", lambda self, message: signed.append(message) or sign(self, message)
    )
    note = content_of(site.get(f"{BOOKS}checkpoint.txt"))
    site.get(f"{BOOKS}proofs/")
    export = content_of(site.get(f"{BOOKS}books.jsonl")).splitlines()

    assert is_vouched_for(read_checkpoint(note.decode()), KEY.public_text)
    assert note.decode() == json.loads(export[-1])["checkpoint"]
    assert 1 == len(signed)
    assert "Signature by the key of this installation" in compare(site, note)
    page = text_of(site.get(f"{BOOKS}proofs/"))
    assert f"Signs {KEY.public_text}" in page
    assert "against whoever holds that key it proves nothing" in page


def test_a_checkpoint_of_an_older_key_is_known_and_all_public_keys_are_published(site, settings):
    settings.BOOKS_KEY = f"books.example {SECRET} 2026-07-01\n{OLD.public_text} 2025-01-01 2026-07-01\n"
    kept = books_of("illustration").checkpoint(size=100, keys=[OLD])
    stranger = books_of("illustration").checkpoint(size=100, keys=[WITNESS])

    assert "by a key that this installation signed with, from 1 Jan 2025 to 1 Jul 2026" in compare(site, kept)
    assert "not by the key of this installation" in compare(site, stranger)
    assert (
        f"{KEY.public_text} 2026-07-01 -\n{OLD.public_text} 2025-01-01 2026-07-01\n"
        == content_of(site.get(f"{BOOKS}keys.txt")).decode()
    )
    page = text_of(site.get(f"{BOOKS}proofs/"))
    assert f"Signs since 1 Jul 2026 {KEY.public_text}" in page
    assert f"Signed until 1 Jul 2026 {OLD.public_text}" in page


def test_verifying_does_not_say_more_than_it_proves(site):
    assert "So the books agree with themselves" in verify(site)
    assert "does not prove that nothing was rewritten from end to end, or cut off at the end" in verify(site)
    older = books_of("illustration").checkpoint(size=100)
    assert "Of what was entered after it, this proves nothing." in compare(site, older)


def cosigned(note):
    request = read_request(request_to_witness(0, [], note))
    return cosign(request, last=None, logs=[KEY.public_text], key=WITNESS, time=1_795_000_000)


def test_the_newest_checkpoints_of_public_books_are_there_for_others_to_keep(site, settings):
    keep(PACKAGE, public=False)
    settings.BOOKS_KEY = f"books.example {SECRET} 2026-07-01"
    settings.WITNESS_KEYS = [WITNESS.witness_text]

    def published():
        content = json.loads(content_of(site.get("/checkpoints.json")))
        assert "pledgeline-checkpoints-1" == content["format"]
        assert [{"key": KEY.public_text, "since": "2026-07-01", "until": None}] == content["keys"]
        (row,) = content["books"]
        assert ("illustration", "pledgeline/illustration", 223) == (
            row["programme"],
            row["origin"],
            row["size"],
        )
        return row

    assert (None, []) == (published()["given_at"], published()["witnesses"])
    note = give_checkpoint("illustration", keys=[KEY])
    assert note == published()["checkpoint"]
    take_cosignatures("illustration", cosigned(note), witnesses=[WITNESS.witness_text])

    row = published()
    assert [{"witness": "witness.example/w1", "at": "2026-11-18T11:06:40Z"}] == row["witnesses"]
    assert note + cosigned(note) == row["checkpoint"]
    page = text_of(site.get(f"{BOOKS}proofs/"))
    assert "223 witness.example/w1, 18 Nov 2026, 11:06 UTC" in page
    assert "Seen by a witness witness.example/w1, 18 Nov 2026, 11:06 UTC" in compare(site, row["checkpoint"])
    assert () == books_of("illustration").verify().problems


# What is marked, and who sees what


@pytest.mark.parametrize("page", [*PAGES, *KEYED])
def test_every_page_of_what_is_invented_says_so(site, page):
    assert MARK in text_of(site.get(f"{BOOKS}{page}"))


def test_the_picture_of_what_is_invented_says_so(site):
    answer = site.get(f"{BOOKS}flow.svg")

    assert MARK in answer.content.decode()
    assert "invented" in answer["Content-Disposition"]
    assert MARK in text_of(site.get("/p/illustration/"))


def flow_of(page):
    """Read the table under the picture: (partner, package, stage) -> amount."""
    table = page.content.decode().split('aria-label="Table: From partners to packages to stages"')[1]
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", table.split("</table>")[0], flags=re.S)[1:]
    read = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, flags=re.S) for row in rows]
    return {
        tuple(way.split(" → ")): Decimal(amount.replace("USD\xa0", "").replace(",", ""))
        for way, amount in read
    }


def test_the_picture_and_its_table_hold_the_money_of_the_books(site):
    """What lies in dollars anywhere but at the source and in trades, from the trial balance and the event file."""
    packages = {event["line"]: event["package"] for event in OK if event["type"] == "allocate"}
    lies = Counter()
    for row in rows_of(site.get(f"{BOOKS}balances.csv")):
        if row["currency"] == "USD" and row["stage"] not in ("source", "fx"):
            part = packages[row["line"]] if row["line"] else "in no package"
            lies[row["partner"], part, account_name(Account(row["stage"]))] += Decimal(row["amount"])

    assert 8 == len(set(packages.values()))
    assert dict(lies) == flow_of(site.get(BOOKS))


def test_a_line_of_no_package_stands_for_itself_in_the_picture(harbour):
    """Northland has 4,000,000 ordered on L2 and 112,000 on L3."""
    ways = flow_of(harbour.get("/p/harbour/books/?currency=USD"))

    assert 4_000_000 == ways["Northland", "L2", "ordered"]
    assert 112_000 == ways["Northland", "L3", "ordered"]
    assert {"L1", "L2", "L3", "in no package"} == {part for _partner, part, _stage in ways}


def test_tables_are_narrowed_by_package(site):
    lines = {event["line"] for event in OK if event.get("package") == "P3"}
    named = {event["id"] for event in OK if {event.get("line"), event.get("lot", "")[:-2]} & lines}

    assert {"P3-ambulances", "P3-medical-kits"} == lines
    assert lines == {row["line"] for row in rows_of(site.get(f"{BOOKS}lines.csv?package=P3"))}
    assert {"P3"} == {row["package"] for row in rows_of(site.get(f"{BOOKS}lines.csv?package=P3"))}
    assert lines == {row["line"] for row in rows_of(site.get(f"{BOOKS}balances.csv?package=P3"))}
    assert lines == {row["line"] for row in rows_of(site.get(f"{BOOKS}lots.csv?package=P3"))}
    assert named == {row["id"] for row in rows_of(site.get(f"{BOOKS}journal.csv?package=P3"))}
    assert "Of package P3 ." in text_of(site.get(f"{BOOKS}line/?key=P3-ambulances"))


def test_books_that_are_not_public_are_not_there_for_the_public(client):
    keep(PACKAGE, public=False)
    page = text_of(client.get("/p/harbour/books/"))

    assert "What books are" in page
    assert "Books that are not public" in page
    assert "/p/harbour/books/" not in client.get("/p/harbour/").content.decode()
    addresses = [f"/p/harbour/books/{page}" for page in PAGES if page]
    addresses += [f"/p/harbour/books/{name}.csv" for name in TABLES]
    addresses += [
        "/p/harbour/books/books.jsonl",
        "/p/harbour/books/checkpoint.txt",
        "/p/harbour/books/flow.svg",
    ]
    addresses += ["/p/harbour/books/contribution/?key=N", "/p/harbour/books/lot/?key=D1"]
    assert {404} == {client.get(address).status_code for address in addresses}


def test_a_programme_without_books_answers_as_one_whose_books_are_kept_back(client):
    keep(PACKAGE, public=False)
    kept_back = text_of(client.get("/p/harbour/books/"))
    client.logout()

    assert "No books of this programme are to be seen here." in kept_back
    assert client.get("/p/nowhere/books/").status_code == 404


def test_people_with_a_role_see_the_books_and_the_texts_beside_their_entries(client):
    events = [
        {
            "id": "one",
            "type": "pledge",
            "contribution": "N",
            "partner": "Northland",
            "currency": "EUR",
            "amount": 500,
            "effective_on": "2025-08-01",
            "recorded_at": "2025-08-01T12:00:00Z",
            "note": "a call from the ministry",
        }
    ]
    keep(events, public=True)
    public = text_of(client.get("/p/harbour/books/journal/0/"))
    client.force_login(a_person("ada", Role.READER, programme="harbour"))
    known = text_of(client.get("/p/harbour/books/journal/0/"))

    assert "a call from the ministry" in known
    assert "a call from the ministry" not in public
    assert "kept back or erased; its hash is in the proof" in public
    assert b"a call from the ministry" in content_of(client.get("/p/harbour/books/books.jsonl"))


def test_the_menu_leads_to_the_books_where_there_are_some(site):
    assert f'href="{BOOKS}"' in site.get("/p/illustration/").content.decode()


# What must not break


@pytest.mark.parametrize(
    "address",
    [
        "journal/223/",
        "journal/99999999999999999999/",
        "journal/-1/",
        "journal/223/proof.json",
        "contribution/",
        "contribution/?key=nobody",
        "line/?key=..",
        "lot/?key=%F0%9F%9A%9A",
        "units.csv?key=nothing",
        "books.pdf",
        "balances.pdf",
    ],
)
def test_what_is_not_there_is_answered_with_not_found(site, address):
    assert site.get(f"{BOOKS}{address}").status_code == 404


def test_keys_of_any_signs_have_their_pages(client):
    """A key may hold whatever can be seen: slashes, dots, question marks, quotes, other scripts."""
    key = "a/b/../?c=&#\"<b>'é–Ж"
    story = [
        {"type": "pledge", "contribution": key, "partner": "<script>", "currency": "USD", "amount": 10},
        {"type": "commit", "contribution": key, "amount": 10},
        {"type": "receive", "contribution": key, "amount": 10},
        {"type": "allocate", "contribution": key, "line": key, "currency": "USD", "amount": 10},
        {"type": "order", "line": key, "currency": "USD", "qty": 1, "unit_price": 10},
        {"type": "deliver", "line": key, "lot": key, "currency": "USD", "qty": 1},
    ]
    when = {"effective_on": "2025-08-01", "recorded_at": "2025-08-01T12:00:00Z"}
    keep([{"id": f"{key}{number}", **event, **when} for number, event in enumerate(story)])

    for page in ("journal/", "balances/", "contributions/", "lines/", "lots/"):
        page = client.get(f"/p/harbour/books/{page}").content.decode()
        links = {unescape(link) for link in re.findall(r'href="([^"]*key=[^"]*)"', page)}
        assert links
        assert {200} == {client.get(link).status_code for link in links}
        assert "<script>alert" not in page
        assert "<b>'" not in page
    assert client.get("/p/harbour/books/journal/", {"lot": key}).status_code == 200


def test_empty_books_say_what_to_do_first(client):
    keep([])

    assert "Nothing has been entered yet" in text_of(client.get("/p/harbour/books/"))
    for page in PAGES[1:-1]:
        assert client.get(f"/p/harbour/books/{page}").status_code == 200
    page = led_to(client, client.post("/p/harbour/books/proofs/", {"do": "verify"}))
    assert "Verified 0 entries" in text_of(page)
    for name in TABLES:
        assert 1 == len(
            content_of(client.get(f"/p/harbour/books/{name}.csv")).decode("utf-8-sig").splitlines()
        )
    for form in ("jsonl", "beancount", "hledger"):
        assert content_of(client.get(f"/p/harbour/books/books.{form}"))


def test_before_the_first_day_every_page_is_there_and_empty(site):
    for page in PAGES:
        assert site.get(f"{BOOKS}{page}?as_of=2024-12-31").status_code == 200
    for page in KEYED:
        assert "had nothing under it on" in text_of(site.get(f"{BOOKS}{page}&as_of=2024-12-31"))


def test_links_of_the_books_lead_somewhere_and_keep_both_days(site):
    days = "as_of=2025-09-30&known_on=2025-09-20"
    seen = set()
    for page in (*PAGES, *KEYED):
        joint = "&" if "?" in page else "?"
        content = site.get(f"{BOOKS}{page}{joint}{days}").content.decode()
        links = {unescape(link) for link in re.findall(r'href="(/p/illustration/books/[^"#]*)"', content)}
        assert links
        assert {True} == {"known_on=2025-09-20" in link for link in links}
        seen |= set(sorted(links)[::9])

    assert {200} == {site.get(link).status_code for link in seen}


def test_known_on_today_is_all_that_is_known_and_no_later_day_is_known(site):
    today = datetime.now(UTC).date()
    later = today + timedelta(days=2)

    page = site.get(f"{BOOKS}?known_on={today}").content.decode().split("<main")[1]
    assert "known_on" not in page.partition('<details class="cite')[0]
    assert "is not known" in text_of(site.get(f"{BOOKS}?known_on={later}"), status=400)


def test_the_pages_of_the_record_do_not_take_the_second_day_along(site):
    page = site.get(f"{BOOKS}?known_on=2025-09-20").content.decode()

    assert f'href="{reverse("web:rules", args=["illustration"])}"' in page


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("contribution=N&stage=ordered", ["N ordered L2  4000000.00", "N ordered L3  112000.00"]),
        ("partner=Westmark&line=L1", ["W delivered L1 D2 15000000.00", "W accepted L1 D1 8734000.00"]),
        ("lot=D1", ["N accepted L1 D1 7146000.00", "W accepted L1 D1 8734000.00"]),
        ("contribution=W&stage=fees", []),
    ],
)
def test_the_trial_balance_is_narrowed_by_whose_where_and_at_which_stage(harbour, question, rows):
    found = rows_of(harbour.get(f"/p/harbour/books/balances.csv?{question}"))

    assert rows == [
        f"{row['contribution']} {row['stage']} {row['line']} {row['lot']} {row['amount']}" for row in found
    ]


@pytest.mark.parametrize(
    ("table", "question", "keys"),
    [
        ("contributions", "partner=Northland", ["N"]),
        ("contributions", "stage=fees", ["N"]),
        ("contributions", "line=L3&stage=ordered", ["N", "W"]),
        ("contributions", "line=L2&stage=accepted", []),
        ("lines", "contribution=N&stage=ordered", ["L2", "L3"]),
        ("lines", "stage=delivered", ["L1"]),
        ("lines", "line=L2", ["L2"]),
        ("lots", "contribution=N", ["D1", "D2"]),
        ("lots", "partner=Westmark&stage=accepted", ["D1"]),
        ("lots", "line=L2", []),
    ],
)
def test_contributions_lines_and_lots_are_narrowed_by_the_money_behind_them(harbour, table, question, keys):
    found = rows_of(harbour.get(f"/p/harbour/books/{table}.csv?{question}"))

    assert keys == [row["key" if table == "contributions" else table.removesuffix("s")] for row in found]
    page = text_of(harbour.get(f"/p/harbour/books/{table}/?{question}"))
    assert ("passes these filters" in page) is (not keys)


def test_a_lot_that_was_sent_back_is_still_one_of_its_line(client):
    keep("""
        2025-08-01  pledge   contribution=N partner=Northland currency=EUR amount=500
        2025-08-01  commit   contribution=N amount=500
        2025-08-02  receive  contribution=N amount=500
        2025-08-03  allocate contribution=N line=L1 amount=500
        2025-08-04  order    line=L1 currency=EUR qty=5 unit_price=100
        2025-08-05  deliver  line=L1 lot=D1 currency=EUR qty=5 cost=500
        2025-08-06  reject   lot=D1 currency=EUR qty=5 cost=500
    """)

    assert ["D1"] == [row["lot"] for row in rows_of(client.get("/p/harbour/books/lots.csv?line=L1"))]
    assert [] == rows_of(client.get("/p/harbour/books/lots.csv?line=L1&contribution=N"))


@pytest.mark.parametrize("table", ["balances", "contributions", "lines", "lots"])
def test_a_filter_that_means_nothing_is_said_and_lets_no_row_through(harbour, table):
    page = text_of(harbour.get(f"/p/harbour/books/{table}/?line=L9&stage=spent&partner=Nobody"), status=400)

    assert harbour.get(f"/p/harbour/books/{table}.csv?line=L9&stage=spent").status_code == 400
    assert "These books have no line “L9”." in page
    assert "“spent” is not in the list." in page
    assert "“Nobody” is not in the list." in page


def test_all_accounts_together_come_to_zero_in_each_currency(harbour):
    rows = cells_of(harbour.get("/p/harbour/books/balances/?stage=ordered").content.decode(), "stages")

    assert ["Together", "", "EUR 0 USD 0"] == rows[-1]
    assert ["USD 10,000,000"] == [row[2] for row in rows if row[0] == "ordered"]


def test_the_stages_of_a_contribution_stand_in_the_order_of_the_chain(harbour):
    page = harbour.get("/p/harbour/books/contribution/?key=N").content.decode()

    assert [
        *("source", "changed"),
        *("available", "ordered", "delivered", "accepted", "fees", "changed"),
    ] == [row[0] for row in cells_of(page, "where")[1:-2]]
