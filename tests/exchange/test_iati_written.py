"""A programme as IATI: valid by schema, codelists and ruleset, with the sums of its books, and nothing withheld."""

from decimal import Decimal
from itertools import count, islice

import pytest

from pledgeline.exchange.iati.written import activity_file
from pledgeline.ledger import Book
from pledgeline.ledger.event_files import event_file_of
from pledgeline.ledger.invented import illustration
from pledgeline.ledger.replay import replay_events
from pledgeline.programme.parties import country_party
from tests.builders import a_programme
from tests.exchange.iati_files import checked, needs_standards
from tests.exchange.iati_written import (
    LATER,
    activity_of,
    of_books,
    organisation_of,
    random_books,
    sums_in_file,
    units_in_file,
    wrong_with,
)
from tests.ledger.stories import TODAY, written

pytestmark = pytest.mark.any_database

STORY = """
    2025-08-01  pledge   contribution=NO-1 partner=NOR currency=USD amount=100000 note=secret
    2025-08-05  commit   contribution=NO-1 amount=90000
    2025-08-10  receive  contribution=NO-1 amount=60000
    2025-08-11  fee      contributions=["NO-1"] currency=USD amount=100
    2025-08-12  allocate contribution=NO-1 line=P1-pumps amount=40000
    2025-08-15  order    line=P1-pumps currency=USD qty=4 unit_price=10000
    2025-09-01  deliver  line=P1-pumps lot=D1 currency=USD qty=3 cost=30000
    2025-09-05  accept   lot=D1 currency=USD qty=2 cost=20000
    2025-10-01  return_to_partner contribution=NO-1 currency=USD amount=5000
"""


def test_each_flow_has_its_type_and_its_amount():
    """Pledged 1,000; signed 900; 600 came and 50 went back; four pumps of 100 ordered; two taken over; a fee of 1."""
    data = activity_of(written(STORY))

    assert {
        ("13", "USD"): Decimal("1000.00"),
        ("11", "USD"): Decimal("900.00"),
        ("1", "USD"): Decimal("550.00"),
        ("2", "USD"): Decimal("400.00"),
        ("4", "USD"): Decimal("201.00"),
    } == sums_in_file(data)
    assert {"P1-pumps": 3} == units_in_file(data)
    assert b"Receipt under NO-1" in data
    assert b"Order with money of NO-1: P1-pumps" in data
    assert b"secret" not in data
    assert b'<total-expenditure><period-start iso-date="2025-01-01"/>' in organisation_of(written(STORY))


def test_a_correction_gives_the_difference():
    """A receipt of 600.00 is found to be 500.00: a transaction of -100.00, and 500.00 in all."""
    data = activity_of(
        written(STORY[: STORY.index("    2025-08-11")] + "2025-08-10 correct of=e3 amount=50000")
    )

    assert b">-100.00</value>" in data
    assert Decimal("500.00") == sums_in_file(data)["1", "USD"]


def test_a_partner_is_named_with_the_identifier_that_is_known():
    data = activity_of(written(STORY), parties={"NOR": country_party("NOR")})

    assert b'<participating-org role="1" type="10"><narrative>Norway</narrative></participating-org>' in data


def test_earmarks_are_told_where_they_are_shown():
    book = written(STORY)

    assert b'<aid-type code="4" vocabulary="2"/>' in activity_of(book, earmarked={"NO-1": True})
    assert b'<aid-type code="3" vocabulary="2"/>' in activity_of(book, earmarked={"NO-1": False})
    assert b"aid-type" not in activity_of(book)


def test_goods_that_are_withheld_are_not_named_anywhere():
    book = written(STORY)

    assert b"pumps" not in activity_of(book, names_goods=False)
    assert b"<result" not in activity_of(book, shows_deliveries=False)
    assert sums_in_file(activity_of(book)) == sums_in_file(activity_of(book, names_goods=False))


def test_what_is_still_to_come_waits_for_the_next_file():
    book = written(STORY)
    early = LATER.replace(year=2025, month=8, day=11)

    assert {"13", "11", "1", "4"} == {
        kind for kind, _ in sums_in_file(b"".join(activity_file(of_books(book), book.entries, now=early)))
    }


def test_the_file_is_written_while_entries_are_read():
    book = written(STORY)
    read = count()

    def endless():
        while True:
            next(read)
            yield book.entries[0]

    pieces = list(islice(activity_file(of_books(book), endless(), now=LATER), 500))

    assert 500 == len(pieces)
    assert next(read) < 500


def test_signs_that_xml_cannot_hold_do_not_break_the_file():
    data = activity_of(written(STORY), programme=a_programme(about="<b>&\ufffe\x00", base_currency="USD"))

    assert b"&lt;b&gt;&amp;" in data


@needs_standards
@pytest.mark.parametrize("recipient", ["UKR", "Ruritania"])
def test_both_files_of_the_invented_programme_are_valid(recipient):
    file = event_file_of(illustration(), name="illustration")
    book = Book(file.currencies)
    replay_events(file, book, today=TODAY)

    assert [] == wrong_with(book)
    programme = a_programme(recipient=recipient, base_currency="USD", invented=True)
    assert [] == checked(activity_of(book, programme=programme), now=LATER).findings


@needs_standards
@pytest.mark.parametrize("first", range(0, 20, 5))
def test_files_of_random_books_are_valid_and_add_up(first):
    assert {} == {
        seed: wrong for seed in range(first, first + 5) if (wrong := wrong_with(random_books(seed)))
    }
