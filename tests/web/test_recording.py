"""Recording events on a page: each kind has its form, says what is wrong where it is wrong, and is entered once."""

import html
import re
from datetime import date, timedelta
from functools import partial

import pytest

from pledgeline.actions.books import replay_into
from pledgeline.ledger import Account, Spot, event_file_of
from pledgeline.ledger.schema import TYPES
from pledgeline.programme.roles import Role
from pledgeline.records import clock
from pledgeline.records.books import books_of
from pledgeline.web.books.words import KIND_MEANINGS
from tests.people import a_person
from tests.web.books import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(harbour):
    """A bookkeeper of the worked package, signed in."""
    harbour.force_login(a_person("ada", Role.FINANCE, programme="harbour"))
    return harbour


RECORD = "/p/harbour/books/record/?kind="
FEE = {"contribution": "W", "currency": "USD", "amount": "12.34", "effective_on": "2025-10-06", "key": "once"}


def test_a_bookkeeper_enters_an_event_once_however_often_the_button_is_pressed(keeper):
    before = len(books_of("harbour"))
    answers = [keeper.post(f"{RECORD}fee", {**FEE, "note": "of the bank"}) for _ in range(2)]

    assert before + 1 == len(books_of("harbour"))
    entry = f"/p/harbour/books/journal/{before}/"
    assert [f"{entry}?done=now", f"{entry}?done=before"] == [answer["Location"] for answer in answers]
    page = text_of(keeper.get(answers[0]["Location"]))
    assert "W in USD together USD 0" in page
    assert "+USD 12.34" in page
    assert "of the bank" in page
    assert "Entered by ada" in page
    assert () == books_of("harbour").verify().problems


def test_what_the_books_refuse_is_said_with_its_way_out_and_nothing_is_entered(keeper):
    page = text_of(keeper.post(f"{RECORD}fee", {**FEE, "amount": "99999999.00"}))

    assert "Refused; nothing was entered." in page
    assert "ledger." in page
    assert len(books_of("harbour")) == 22


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"amount": "1,500"}, "Leave the separators out"),
        ({"amount": "1.234"}, "USD has 2 decimals."),
        ({"amount": "9" * 30}, "larger than any amount"),
        ({"amount": "ten"}, "Write digits and at most one point"),
        ({"currency": "XXX"}, "Select a valid choice"),
        ({"effective_on": "soon"}, "Write the day as year-month-day"),
        ({"effective_on": ""}, "This field is required."),
        ({"contribution": ""}, "This field is required."),
        ({"contribution": "nobody"}, "Refused; nothing was entered."),
    ],
)
def test_a_field_that_makes_no_sense_is_said_there(keeper, changed, said):
    assert said in text_of(keeper.post(f"{RECORD}fee", {**FEE, **changed}))
    assert len(books_of("harbour")) == 22


def test_every_event_that_is_offered_has_its_form_and_answers_an_empty_one(keeper):
    page = keeper.get("/p/harbour/books/record/").content.decode()
    kinds = re.findall(r'<option value="(\w+)"', page.split('id="event-kind"')[1])

    assert len(kinds) == 36
    assert {kind.removesuffix("_lot") for kind in kinds} == set(TYPES)
    for kind in kinds:
        page = text_of(keeper.post(f"{RECORD}{kind}", {"key": "x"}))
        assert "This field is required." in page
        assert str(KIND_MEANINGS[kind]) in html.unescape(page)


def test_nobody_else_gets_the_form(harbour):
    for person in (None, a_person("eve", Role.COORDINATOR, programme="harbour")):
        if person:
            harbour.force_login(person)
        assert "Who may" in text_of(harbour.get(f"{RECORD}fee"), status=403)
        assert harbour.post(f"{RECORD}fee", FEE).status_code == 403
    assert "/books/record/" not in harbour.get("/p/harbour/books/").content.decode()
    assert len(books_of("harbour")) == 22


def rows(*each, more=0):
    """Give the rows of a form as a browser sends them."""
    sent = {f"row-{place}-{name}": value for place, row in enumerate(each) for name, value in row.items()}
    return {"rows": str(len(each) + more), **sent}


GIVES_EUROS = {"from_currency": "EUR", "to_currency": "USD", "received": "22.00"}
DAY = {"effective_on": "2025-10-06", "key": "site-1"}


def seen(keeper, kind, **said):
    """Have the page show what an event would enter; give the sign that it was seen."""
    before = len(books_of("harbour"))
    page = keeper.post(f"{RECORD}{kind}", {**DAY, **said}).content.decode()
    assert before == len(books_of("harbour"))
    return re.search(r'name="seen" value="(\w+)"', page)[1]


def entered(keeper, kind, **said):
    """Enter an event; give its postings as (contribution, stage, currency, minor units, line, lot)."""
    before = len(books_of("harbour"))
    answer = keeper.post(f"{RECORD}{kind}", {**DAY, **said})
    assert answer.status_code == 302, text_of(answer)
    entry = list(books_of("harbour").entries)[before]
    assert () == books_of("harbour").verify().problems
    return {
        (posting.contribution, posting.account.value, str(posting.amount), posting.line, posting.lot)
        for posting in entry.postings
    }


def test_a_trade_for_several_is_recorded_with_what_each_gives(keeper):
    """Euros are pledged, signed and received twice; 10.00 and 1.00 of them buy 22.00 dollars."""
    for number, name in enumerate(("N", "V")):
        for kind in ("pledge", "commit", "receive"):
            more = {"partner": "Northland" if name == "N" else "Vest", "currency": "EUR"}
            if kind == "pledge" and name == "N":
                more["partner"] = books_of("harbour").state.contributions()["N"]
            said = {"contribution": name, "amount": "100.00", **more, "key": f"site-{kind}-{number}"}
            assert keeper.post(f"{RECORD}{kind}", {**DAY, **said}).status_code == 302

    sent = rows({"contribution": "N", "amount": "10.00"}, {}, {"contribution": "V", "amount": "1.00"}, more=3)

    assert entered(keeper, "convert", **GIVES_EUROS, **sent) == {
        ("N", "available", "EUR -10.00", "", ""),
        ("N", "fx", "EUR 10.00", "", ""),
        ("N", "fx", "USD -20.00", "", ""),
        ("N", "available", "USD 20.00", "", ""),
        ("V", "available", "EUR -1.00", "", ""),
        ("V", "fx", "EUR 1.00", "", ""),
        ("V", "fx", "USD -2.00", "", ""),
        ("V", "available", "USD 2.00", "", ""),
    }


def test_a_price_rise_is_recorded_with_who_pays(keeper):
    """Line L3: 500 kits ordered for 4,000,000; 10.00 more for each is 5,000."""
    price = {"line": "L3", "currency": "USD", "unit_price": "8010.00"}
    paid = rows({"contribution": "W", "amount": "5000.00"})
    short = keeper.post(
        f"{RECORD}price_change", {**DAY, **price, **rows({"contribution": "W", "amount": "4999.99"})}
    )
    assert "ledger.not-funded-exactly" in text_of(short)

    assert entered(keeper, "price_change", **price, **paid) == {
        ("W", "available", "USD -5000.00", "", ""),
        ("W", "ordered", "USD 5000.00", "L3", ""),
    }


def test_a_price_fall_needs_no_rows(keeper):
    """500 kits a dollar less; N has 112,000 of 4,000,000 there, so 14 of the 500 dollars are Northland's."""
    price = {"line": "L3", "currency": "USD", "unit_price": "7999.00"}

    assert entered(keeper, "price_change", **price, **rows({}, {})) == {
        ("N", "ordered", "USD -14.00", "L3", ""),
        ("N", "available", "USD 14.00", "", ""),
        ("W", "ordered", "USD -486.00", "L3", ""),
        ("W", "available", "USD 486.00", "", ""),
    }


def test_a_fee_is_borne_by_several_over_what_they_have_free(keeper):
    """N has 965.00 free and W 378,000.00: of 3,789.65 they bear a hundredth of each."""
    said = {"contribution": "N", "currency": "USD", "amount": "3789.65", **rows({"contribution": "W"}, {})}

    assert {posting[:3] for posting in entered(keeper, "fee", **said)} == {
        ("N", "available", "USD -9.65"),
        ("N", "fees", "USD 9.65"),
        ("W", "available", "USD -3780.00"),
        ("W", "fees", "USD 3780.00"),
    }


def test_a_free_entry_is_recorded_posting_by_posting(keeper):
    sent = rows(
        {"stage": "available", "contribution": "W", "amount": "-12.00"},
        {"stage": "ordered", "contribution": "W", "amount": "12.00", "line": "L2"},
    )

    assert entered(keeper, "journal", currency="USD", **sent) == {
        ("W", "available", "USD -12.00", "", ""),
        ("W", "ordered", "USD 12.00", "L2", ""),
    }
    sent["row-1-amount"] = "11.00"
    again = keeper.post(f"{RECORD}journal", {**DAY, "key": "site-2", "currency": "USD", **sent})
    assert "ledger.unbalanced" in text_of(again)


def test_lost_goods_are_written_off(keeper):
    """Lot D2: six interceptors at 4,300,000, of which one sank; N paid 10.8 of the 25.8 million."""
    said = {"lot": "D2", "currency": "USD", "qty": "1"}
    said["seen"] = seen(keeper, "write_off_lot", **said)

    assert entered(keeper, "write_off_lot", **said) == {
        ("N", "delivered", "USD -1800000.00", "L1", "D2"),
        ("N", "written_off", "USD 1800000.00", "L1", "D2"),
        ("W", "delivered", "USD -2500000.00", "L1", "D2"),
        ("W", "written_off", "USD 2500000.00", "L1", "D2"),
    }


SENSELESS_ROWS = [
    ("convert", GIVES_EUROS, {"contribution": "N", "amount": "1,000"}, "Leave the separators out"),
    ("convert", GIVES_EUROS, {"contribution": "N", "amount": "1.001"}, "EUR has 2 decimals."),
    ("convert", GIVES_EUROS, {"contribution": "N"}, "Fill this in, or empty the row."),
    ("convert", GIVES_EUROS, {"amount": "1.00"}, "Fill this in, or empty the row."),
    ("convert", {**GIVES_EUROS, "to_currency": "EUR"}, {}, "Choose another currency than the one given."),
    ("convert", GIVES_EUROS, {}, "Nobody's money is named."),
    (
        "convert",
        {**GIVES_EUROS, "from_currency": ""},
        {"contribution": "N", "amount": "1"},
        "This field is required",
    ),
    ("journal", {"currency": "USD"}, {"contribution": "N", "amount": "1"}, "Fill this in, or empty the row."),
    (
        "journal",
        {"currency": "USD"},
        {"stage": "moon", "contribution": "N", "amount": "1"},
        "Select a valid choice",
    ),
    ("journal", {"currency": "USD"}, {}, "ledger.too-few-postings"),
    ("journal", {"currency": "USD"}, {"stage": "fees", "contribution": "N", "amount": "--1"}, "Write digits"),
    (
        "journal",
        {"currency": "USD"},
        {"stage": "fees", "contribution": "N", "amount": "0"},
        "other than zero",
    ),
]


def test_a_row_that_makes_no_sense_is_said_there(keeper):
    before = len(books_of("harbour"))
    for kind, said, row, wrong in SENSELESS_ROWS:
        page = keeper.post(f"{RECORD}{kind}", {**DAY, **said, **rows(row, {})})

        assert page.status_code == 200
        assert wrong in html.unescape(text_of(page))
    assert before == len(books_of("harbour"))


def test_more_rows_come_without_entering_anything_and_keep_what_was_typed(keeper):
    sent = {**DAY, "currency": "", **rows({"stage": "fees", "contribution": "N"}, {}), "more": "1"}
    before = len(books_of("harbour"))
    page = keeper.post(f"{RECORD}journal", sent).content.decode()

    assert before == len(books_of("harbour"))
    assert 'name="rows" value="6"' in page
    assert re.findall(r'name="row-(\d)-contribution"', page) == list("012345")
    assert '<option value="fees" selected>' in page
    assert 'value="site-1"' in page
    assert "field-error" not in page
    for nonsense in ("-1", "x", "9" * 30, "٣", ""):
        assert keeper.post(f"{RECORD}journal", {**sent, "rows": nonsense}).status_code == 200
    assert (
        'name="rows" value="60"' in keeper.post(f"{RECORD}journal", {**sent, "rows": "999"}).content.decode()
    )


# What is asked before it is entered


TAKE_BACK = f"{RECORD}reverse&of="


def number_of(kind, line=""):
    """Give the number of the first entry of a kind, on a line."""
    return next(
        entry.key
        for entry in books_of("harbour").entries
        if entry.kind == kind and line in {posting.line for posting in entry.postings} | {""}
    )


def test_an_entry_is_shown_before_it_is_taken_back_and_then_taken_back_once(keeper):
    """The take-over of 112,000 on line L3, from W to N."""
    key, before = number_of("swap"), len(books_of("harbour"))
    shown = keeper.post(f"{TAKE_BACK}{key}", DAY).content.decode()
    assert before == len(books_of("harbour"))
    for moves in ("+USD\xa0112,000", "−USD\xa0112,000", "Yes, enter it"):
        assert moves in shown

    sign = re.search(r'name="seen" value="(\w+)"', shown)[1]
    later = {**DAY, "seen": sign, "effective_on": "2025-10-07"}
    assert "Yes, enter it" in keeper.post(f"{TAKE_BACK}{key}", later).content.decode()
    assert before == len(books_of("harbour"))

    for done in ("now", "before"):
        answer = keeper.post(f"{TAKE_BACK}{key}", {**DAY, "seen": sign})
        assert answer.status_code == 302 or "was taken back by site-1 already" in text_of(answer), done
    assert before + 1 == len(books_of("harbour"))
    again = keeper.get(f"{TAKE_BACK}{key}")
    assert "was taken back by site-1 already" in html.unescape(text_of(again, status=400))


def test_a_correction_says_only_what_was_wrong(keeper):
    """A lot of 500 kits of 8,000 was one of 400; 2.8 of a hundred are paid by N, the rest by W."""
    deliver = {"line": "L3", "lot": "D3", "currency": "USD", "qty": "500"}
    entered(keeper, "deliver", **deliver)
    address = f"{RECORD}correct&of=site-1"
    page = text_of(keeper.get(address))
    assert "It was: 500" in page
    assert "It was: L3" in page

    nothing = {**DAY, "key": "site-2", "currency": "USD"}
    assert "Fill in what should have been" in text_of(keeper.post(address, nothing))
    wrong = {**nothing, "qty": "400"}
    shown = text_of(keeper.post(address, wrong))
    assert "W delivered L3, D3 −USD 777,600" in shown
    assert "N delivered L3, D3 −USD 22,400" in shown
    sign = re.search(r'name="seen" value="(\w+)"', keeper.post(address, wrong).content.decode())[1]
    assert keeper.post(address, {**wrong, "seen": sign}).status_code == 302
    assert books_of("harbour").state.units_in_lot("D3") == 400

    again = f"{RECORD}correct&of=site-2"
    assert "It was: 400" in text_of(keeper.get(again))


def test_a_correction_leaves_a_field_empty(keeper):
    pledge = {
        "contribution": "Q",
        "partner": "P9",
        "currency": "USD",
        "amount": "500",
        "use_by": "2026-03-01",
    }
    entered(keeper, "pledge", **pledge)
    assert books_of("harbour").state.term("use_by", "Q") == "2026-03-01"
    address = f"{RECORD}correct&of=site-1"
    page = keeper.get(address).content.decode()
    assert "Leave “Use by” empty" in page
    assert "Leave “Partner” empty" not in page

    both = {**DAY, "key": "site-2", "currency": "USD", "without_use_by": "on", "use_by": "2026-04-01"}
    assert "leave it empty: not both" in text_of(keeper.post(address, both))
    wanted = {**both, "use_by": ""}
    shown = keeper.post(address, wanted).content.decode()
    sign = re.search(r'name="seen" value="(\w+)"', shown)[1]
    assert keeper.post(address, {**wanted, "seen": sign}).status_code == 302
    assert books_of("harbour").state.term("use_by", "Q") == ""
    again = f"{RECORD}correct&of=site-2"
    assert "2026-03-01" not in text_of(keeper.get(again))

    more = {**DAY, "key": "site-3", "currency": "USD", "amount": "600"}
    sign = re.search(r'name="seen" value="(\w+)"', keeper.post(again, more).content.decode())[1]
    assert keeper.post(again, {**more, "seen": sign}).status_code == 302
    state = books_of("harbour").state
    assert (state.term("use_by", "Q"), state.term("partner", "Q")) == ("", "P9")


@pytest.mark.parametrize(
    ("of", "said"),
    [
        ("", "This field is required."),
        ("nobody", "There is no entry nobody"),
        ("%E2%80%8B", "cannot be a key"),
        ("site-1", "Take it back instead."),
    ],
)
def test_an_entry_that_cannot_be_corrected_is_said_at_its_field(keeper, of, said):
    key = number_of("swap")
    sign = re.search(r'name="seen" value="(\w+)"', keeper.post(f"{TAKE_BACK}{key}", DAY).content.decode())
    keeper.post(f"{TAKE_BACK}{key}", {**DAY, "seen": sign[1]})

    answer = keeper.get(f"{RECORD}correct&of={of}")
    assert said in html.unescape(text_of(answer, status=400 if of else 200))


def test_what_an_event_would_enter_can_be_looked_at_first(keeper):
    before = len(books_of("harbour"))
    shown = text_of(keeper.post(f"{RECORD}fee", {**FEE, "look": "1"}))
    assert "This would be entered; nothing is entered yet." in shown
    assert "−USD 12.34" in shown
    assert "+USD 12.34" in shown
    assert "Refused" in text_of(keeper.post(f"{RECORD}fee", {**FEE, "amount": "9999999.00", "look": "1"}))
    assert before == len(books_of("harbour"))


# The cash book


def test_the_cash_book_is_kept_on_the_page(keeper):
    """Owed, paid, an advance, an invoice and the advance set against it; no more is paid than lies there."""
    sum_ = {"contribution": "W", "currency": "USD", "amount": "100.00"}
    story = [
        ("cash_owed", {}, {("contributions", "-100.00", "", ""), ("receivable", "100.00", "", "")}),
        ("cash_in", {}, {("receivable", "-100.00", "", ""), ("bank", "100.00", "", "")}),
        (
            "cash_advance",
            {"line": "L2"},
            {("bank", "-100.00", "", ""), ("supplier_advance", "100.00", "L2", "")},
        ),
        (
            "cash_invoice",
            {"line": "L1", "lot": "D1"},
            {("supplier_payable", "-100.00", "L1", ""), ("programme_expense", "100.00", "L1", "D1")},
        ),
        (
            "cash_settle",
            {"line": "L2"},
            {("supplier_advance", "-100.00", "L2", ""), ("supplier_payable", "100.00", "L2", "")},
        ),
    ]
    for number, (kind, more, moves) in enumerate(story):
        found = entered(keeper, kind, **sum_, **more, key=f"site-{number}")
        assert {("W", account, f"USD {amount}", line, lot) for account, amount, line, lot in moves} == found
    refused = text_of(keeper.post(f"{RECORD}cash_paid", {**DAY, **sum_, "key": "site-9"}))
    assert "W, bank: there is USD 0," in refused
    assert "Enter what was received first." in refused


# Where a refusal is said


@pytest.mark.parametrize(
    ("kind", "said", "at", "words"),
    [
        (
            "fee",
            {**FEE, "contribution": "nobody"},
            "contribution",
            "Nobody has pledged a contribution nobody.",
        ),
        ("fee", {**FEE, "contribution": "W\u200b"}, "contribution", "a character that nobody sees"),
        (
            "fee",
            {**FEE, "contribution": "CС"},
            "contribution",
            "Type it anew, with the letters of one script.",
        ),
        ("fee", {**FEE, "contribution": "x" * 300}, "contribution", "at most 200 characters"),
        ("fee", {**FEE, "amount": "0"}, "amount", "Write an amount above zero"),
        ("fee", {**FEE, "amount": "-5"}, "amount", "Write an amount above zero"),
        ("fee", {**FEE, "effective_on": "0202-10-06"}, "effective_on", "Choose a year from 1900 to 2999."),
        ("allocate", {**FEE, "line": "L2", "amount": "9999999.00"}, "amount", "would be taken out"),
        ("order", {"line": "L9", "currency": "USD", "qty": "1", "unit_price": "1"}, "line", "L9"),
        ("accept", {"lot": "D2", "currency": "USD", "qty": "7"}, "qty", "Of lot D2 6 units are delivered"),
        ("accept", {"lot": "D9", "currency": "USD", "qty": "7"}, "lot", "D9"),
        (
            "swap",
            {"line": "L3", "from": "W", "to": "W", "currency": "USD", "amount": "1"},
            "to",
            "Choose another contribution",
        ),
    ],
)
def test_what_is_wrong_is_said_at_its_field(keeper, kind, said, at, words):
    page = keeper.post(f"{RECORD}{kind}", {**DAY, **said}).content.decode()
    found = re.search(rf'id="event-{at}_error">([^<]*)<', page)

    assert found
    assert words in html.unescape(found[1]).replace("\xa0", " ")
    assert re.search(rf'name="{at}"[^>]*aria-invalid="true"', page)
    assert len(books_of("harbour")) == 22


def typed(page, name):
    """Read what a field of a form holds."""
    return re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', page)[1]


def test_a_form_that_comes_back_and_says_something_else_is_kept_with_a_number_of_its_own(keeper):
    """Entered, back, another amount, sent: asked whether a second entry is meant; sent again it is entered."""
    keeper.post(f"{RECORD}fee", FEE)
    page = keeper.post(f"{RECORD}fee", {**FEE, "amount": "1.00", "note": "of October"}).content.decode()
    words = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())

    assert "this form was entered before, as entry 22 (Fee)" in words
    assert "Send it again to enter a second entry, or correct entry 22" in words
    assert 'href="/p/harbour/books/record/?kind=correct&amp;of=once"' in page
    assert ("1.00", "W", "2025-10-06") == tuple(
        map(partial(typed, page), ("amount", "contribution", "effective_on"))
    )
    assert "of October</textarea>" in page
    assert len(books_of("harbour")) == 23

    key = typed(page, "key")
    assert re.fullmatch(r"site-[0-9a-f-]{36}", key)
    again = keeper.post(f"{RECORD}fee", {**FEE, "amount": "1.00", "note": "of October", "key": key})
    assert again["Location"] == "/p/harbour/books/journal/23/?done=now"


def test_a_form_that_comes_back_with_another_note_does_not_lose_the_note(keeper):
    keeper.post(f"{RECORD}fee", {**FEE, "note": "of the bank"})
    page = keeper.post(f"{RECORD}fee", {**FEE, "note": "of the other bank"}).content.decode()

    assert "differs from it" in page
    assert "of the other bank</textarea>" in page
    assert len(books_of("harbour")) == 23


def test_rows_that_were_typed_are_kept_when_a_form_comes_back(keeper):
    swap = {**DAY, "currency": "EUR", "rows": "1", "row-0-contribution": "N", "row-0-amount": "1.00"}
    said = {**swap, "from_currency": "EUR", "to_currency": "USD", "received": "1.10"}
    keeper.post(f"{RECORD}fee", {**FEE, "key": DAY["key"]})
    page = keeper.post(f"{RECORD}convert", said).content.decode()

    assert "this form was entered before" in page
    assert typed(page, "row-0-amount") == "1.00"
    assert typed(page, "received") == "1.10"


def test_a_correction_that_comes_back_is_answered_with_its_entry_or_asked_about(keeper):
    """The lot of 500 was one of 400; the form comes back twice: as it was, and with 300."""
    entered(keeper, "deliver", line="L3", lot="D3", currency="USD", qty="500")
    address = f"{RECORD}correct&of=site-1"
    wrong = {**DAY, "key": "site-2", "currency": "USD", "qty": "400"}
    sign = re.search(r'name="seen" value="(\w+)"', keeper.post(address, wrong).content.decode())[1]
    first = keeper.post(address, {**wrong, "seen": sign})
    assert first["Location"] == "/p/harbour/books/journal/23/?done=now"

    assert (
        keeper.post(address, {**wrong, "seen": sign})["Location"]
        == "/p/harbour/books/journal/23/?done=before"
    )
    page = keeper.post(address, {**wrong, "qty": "300", "seen": sign}).content.decode()
    assert "Send it again to correct the entry once more." in page
    assert typed(page, "qty") == "300"
    assert len(books_of("harbour")) == 24

    once_more = {**wrong, "qty": "300", "key": typed(page, "key")}
    action = html.unescape(re.search(r'<form method="post" action="([^"]+record[^"]+)"', page)[1])
    sign = re.search(r'name="seen" value="(\w+)"', keeper.post(action, once_more).content.decode())[1]
    assert (
        keeper.post(action, {**once_more, "seen": sign})["Location"]
        == "/p/harbour/books/journal/24/?done=now"
    )


def test_a_taking_back_that_comes_back_is_answered_with_its_entry(keeper):
    key = number_of("swap")
    sign = re.search(r'name="seen" value="(\w+)"', keeper.post(f"{TAKE_BACK}{key}", DAY).content.decode())[1]
    answers = [keeper.post(f"{TAKE_BACK}{key}", {**DAY, "seen": sign}) for _ in range(2)]
    other = keeper.post(f"{TAKE_BACK}{key}", {**DAY, "note": "by mistake", "seen": sign}).content.decode()

    assert ["now", "before"] == [answer["Location"].partition("done=")[2] for answer in answers]
    assert "An entry is taken back once" in other
    assert "by mistake</textarea>" in other
    assert len(books_of("harbour")) == 23


def test_fields_suggest_the_keys_of_the_books(keeper):
    page = keeper.get(f"{RECORD}allocate").content.decode()
    for name, keys in (("contribution", ["N", "W"]), ("line", ["L1", "L2", "L3"]), ("lot", ["D1", "D2"])):
        listed = page.split(f'id="known-{name}"')[1].split("</datalist>")[0]
        assert keys == re.findall(r'value="(\w+)"', listed)
    assert 'list="known-line"' in page


def test_a_line_of_another_package_is_said_at_the_field(keeper):
    """One cent is set aside for a line of package P1; the next one would have it in P2."""
    cent = {
        "contribution": "W",
        "currency": "USD",
        "amount": "0.01",
        "line": "L9",
        "effective_on": "2025-10-06",
    }
    sent = {**cent, "package": "P1", "key": "one"}
    asked = keeper.post(f"{RECORD}allocate", sent)
    assert "No line is called L9 yet" in text_of(asked)
    first = keeper.post(f"{RECORD}allocate", {**sent, "seen": seen_in(asked)})
    assert "Package: P1" in text_of(keeper.get(first["Location"]))

    page = keeper.post(f"{RECORD}allocate", {**cent, "package": "P2", "key": "two"}).content.decode()
    said = page.split('id="event-package_error"')[1].split("</p>")[0]
    assert "Line L9 is of package P1, and the event says P2." in said
    assert len(books_of("harbour")) == 23


def seen_in(answer):
    """Give what stands for the event that was shown before it is entered."""
    return re.search(r'name="seen" value="([^"]+)"', answer.content.decode())[1]


def test_the_same_amount_on_the_same_day_is_asked_about(keeper):
    cent = {
        "contribution": "W",
        "currency": "USD",
        "amount": "0.01",
        "line": "L9",
        "effective_on": "2025-10-06",
    }

    def send(key, **more):
        return keeper.post(f"{RECORD}allocate", {**cent, "key": key, **more})

    assert send("one", seen=seen_in(send("one"))).status_code == 302
    asked = send("two")
    assert "USD 0.01 was entered on the same day before." in text_of(asked)
    assert "No line is called" not in text_of(asked)
    assert send("three", amount="0.02").status_code == 302  # another amount is no slip
    assert len(books_of("harbour")) == 24
    assert send("two", seen=seen_in(asked)).status_code == 302
    assert send("two").status_code == 302  # entered already: nothing is asked
    assert len(books_of("harbour")) == 25


def test_what_has_not_happened_is_said_at_its_day(keeper):
    page = text_of(keeper.post(f"{RECORD}fee", {**FEE, "effective_on": "2206-11-20"}))

    assert "What is still to come has not happened" in page
    assert len(books_of("harbour")) == 22


def test_a_restored_entry_is_offered_for_correction_and_corrected(keeper):
    """W's receipt of 30,000,000 is corrected to 29,999,999.99, restored, and corrected to 29,999,999.00."""
    receipt = next(
        entry for entry in books_of("harbour").entries if entry.kind == "receive" and "W" in entry.body
    )
    correct = f"{RECORD}correct&of={receipt.key}"
    looked = {**DAY, "currency": "USD", "amount": "29999999.99"}
    page = keeper.post(correct, looked).content.decode()
    sign = re.search(r'name="seen" value="(\w+)"', page)[1]
    assert keeper.post(correct, {**looked, "seen": sign}).status_code == 302
    back = f"{RECORD}reverse&of=site-1"
    page = keeper.post(back, {**DAY, "key": "site-2"}).content.decode()
    sign = re.search(r'name="seen" value="(\w+)"', page)[1]
    assert keeper.post(back, {**DAY, "key": "site-2", "seen": sign}).status_code == 302

    opened = keeper.get(f"/p/harbour/books/journal/{receipt.position}/").content.decode()
    assert "Correct it" in opened
    assert "Take it back" in opened
    assert "It was: USD 30,000,000" in text_of(keeper.get(correct))
    again = {**DAY, "key": "site-3", "currency": "USD", "amount": "29999999.00"}
    page = keeper.post(correct, again).content.decode()
    sign = re.search(r'name="seen" value="(\w+)"', page)[1]
    assert keeper.post(correct, {**again, "seen": sign}).status_code == 302
    free = books_of("harbour").state.balance(Spot(Account.AVAILABLE, "W", "USD"))
    assert 378_000_00 - 1_00 == free
    assert () == books_of("harbour").verify().problems


def test_shares_are_of_one_form_and_name_each_once(keeper):
    price = {"line": "L3", "currency": "USD", "unit_price": "8010.00"}
    twice = rows({"contribution": "W", "amount": "5000.00"}, {"contribution": "W", "amount": "5.00"})
    assert "name each one once" in text_of(keeper.post(f"{RECORD}price_change", {**DAY, **price, **twice}))
    mixed = rows({"contribution": "W", "amount": "5000.00"}, {"contribution": "N"})
    assert "in every row, or in none" in text_of(
        keeper.post(f"{RECORD}price_change", {**DAY, **price, **mixed})
    )
    assert len(books_of("harbour")) == 22


def test_names_alone_share_a_rise(keeper):
    price = {"line": "L3", "currency": "USD", "unit_price": "8010.00"}

    assert ("W", "available", "USD -5000.00", "", "") in entered(
        keeper, "price_change", **price, **rows({"contribution": "W"}, {})
    )


def test_a_form_asks_for_what_the_model_has(keeper):
    page = keeper.get(f"{RECORD}order").content.decode()
    assert 'name="amount"' in page
    assert "Cost together, where it is not units times price" in page
    assert 'name="from"' in keeper.get(f"{RECORD}return_to_partner").content.decode()
    assert 'name="line"' not in keeper.get(f"{RECORD}cash_owed").content.decode()
    assert 'name="lot"' in keeper.get(f"{RECORD}cash_invoice").content.decode()


def test_a_key_that_is_too_long_is_not_said_to_be_invisible(keeper):
    page = text_of(keeper.post(f"{RECORD}fee", {**FEE, "contribution": "x" * 300}))

    assert "nobody sees" not in page


def test_a_clock_that_stands_behind_is_said_where_events_are_entered(keeper):
    said = "The clock of this installation is wrong, or was."
    pages = ("/p/harbour/books/record/", "/p/harbour/books/events/")
    assert not any(said in text_of(keeper.get(page)) for page in pages)

    ahead = clock.now() + timedelta(days=2)
    event = {
        "id": "ahead",
        "type": "pledge",
        "contribution": "Z",
        "partner": "P",
        "currency": "USD",
        "amount": 1,
    }
    times = {"effective_on": "2026-01-01", "recorded_at": ahead.isoformat()}
    replay_into("harbour", event_file_of([{**event, **times}], "x"), today=date(2200, 1, 1))

    assert all(said in text_of(keeper.get(page)) for page in pages)
    refused = text_of(keeper.post(f"{RECORD}fee", FEE))
    assert "Refused; nothing was entered." in refused
    assert "Set the clock of the machine right and enter it again." in refused
