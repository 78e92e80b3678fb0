"""The worked package: thirteen steps, every figure done by hand, and asked for again on other days."""

from fractions import Fraction

from pledgeline.ledger import Posted, Refusal, trace
from tests.ledger.stories import also, day, money, submit, written

MILLION = 1_000_000_00

PACKAGE = """
    2025-08-01  pledge    contribution=N partner=Northland currency=EUR amount=2000000000
    2025-08-01  pledge    contribution=W partner=Westmark currency=USD amount=3000000000
    2025-08-05  commit    contribution=N amount=2000000000
    2025-08-05  commit    contribution=W amount=3000000000
    2025-08-10  receive   contribution=N amount=2000000000
    2025-08-10  receive   contribution=W amount=3000000000
    2025-08-11  convert   given={"N":2000000000} from_currency=EUR to_currency=USD received=2207000000
    2025-08-11  fee       contributions=["N"] currency=USD amount=1103500
    2025-08-12  allocate  contribution=N currency=USD line=L1 amount=1800000000
    2025-08-12  allocate  contribution=W line=L1 amount=2200000000
    2025-08-12  allocate  contribution=N currency=USD line=L2 amount=400000000
    2025-08-12  allocate  contribution=W line=L2 amount=200000000
    2025-08-12  allocate  contribution=W line=L3 amount=400000000
    2025-08-15  order     line=L1 currency=USD qty=10 unit_price=400000000
    2025-08-15  order     line=L2 currency=USD qty=2000 unit_price=300000
    2025-08-15  order     line=L3 currency=USD qty=500 unit_price=800000
    2025-09-01  deliver   line=L1 lot=D1 currency=USD qty=4 cost=1600000000
    2025-09-05  accept    lot=D1 currency=USD qty=4 cost=1600000000
"""

REST = """
    2025-09-10  price_change  id=rise line=L1 currency=USD unit_price=430000000 paid_by={"W":180000000}
    2025-09-20  deliver       id=D2 line=L1 lot=D2 currency=USD qty=6 cost=2580000000
    2025-10-01  refund        id=back lot=D1 currency=USD amount=12000000
    2025-10-05  swap          id=swap line=L3 currency=USD amount=11200000 from=W to=N
"""


def test_every_cent_of_the_package_is_where_it_was_worked_out_to_be():
    book = written(REST, written(PACKAGE))

    assert {
        "available": 965_00,
        "ordered": 4_112_000_00,
        "delivered": 10_800_000_00,
        "accepted": 7_146_000_00,
        "fees": 11_035_00,
        "fx": -22_070_000_00,
    } == money(book.state, "N")
    assert {"source": -20 * MILLION, "fx": 20 * MILLION} == money(book.state, "N", "EUR")
    assert {
        "source": -30 * MILLION,
        "available": 378_000_00,
        "ordered": 5_888_000_00,
        "delivered": 15_000_000_00,
        "accepted": 8_734_000_00,
    } == money(book.state, "W")


def test_a_rise_that_a_contribution_cannot_pay_is_refused():
    """N has 58,965 left, the six units cost 1,800,000 more."""
    answer = also(
        written(PACKAGE),
        '2025-09-10 price_change line=L1 currency=USD unit_price=430000000 paid_by={"N":180000000}',
    )

    assert isinstance(answer, Refusal)
    assert answer.code == "ledger.below-zero"
    assert "USD\N{NO-BREAK SPACE}58,965" in answer.wrong


def test_the_last_delivery_leaves_nothing_ordered_on_the_line():
    book = written(REST, written(PACKAGE))

    assert {} == money(book.state, "N", line="L1", account="ordered")
    assert {} == money(book.state, "W", line="L1", account="ordered")


def test_a_lot_is_shared_as_the_line_was():
    """18 to 22 of 16.0 million; then 10.8 of 25.8, because the rise was Westmark's."""
    book = written(REST, written(PACKAGE))

    assert {"USD": {"N": 7_146_000_00, "W": 8_734_000_00}} == trace.of_lot(book.state, "D1")
    assert {"USD": {"N": 10_800_000_00, "W": 15_000_000_00}} == trace.of_lot(book.state, "D2")
    assert {"USD": {"D1": 7_146_000_00, "D2": 10_800_000_00}} == trace.of_contribution(book.state, "N")


def test_an_interceptor_has_its_price_and_its_payers():
    book = written(REST, written(PACKAGE))

    assert [{"N": 1_786_500_00, "W": 2_183_500_00}] * 4 == list(trace.units_of(book.state, "D1"))
    assert [{"N": 1_800_000_00, "W": 2_500_000_00}] * 6 == list(trace.units_of(book.state, "D2"))


def test_a_share_in_the_partners_own_currency_is_exact():
    """1,786,500 dollars of Northland were bought at 20.0 for 22.07 million: no market rate is asked."""
    book = written(PACKAGE)

    rate = trace.own_rate(book.state, "N", "USD")

    assert Fraction(2_000_000_000, 2_207_000_000) == rate
    assert Fraction(1_786_500_00 * 20, 1) / Fraction("22.07") == 1_786_500_00 * rate
    assert trace.own_rate(book.state, "W", "USD") is None
    assert trace.own_rate(book.state, "W", "EUR") is None


def test_the_package_can_be_asked_for_on_any_day():
    book = written(REST, written(PACKAGE))

    on_september_2 = book.state_at(as_of=day("2025-09-02"))
    assert {"USD": {"N": 7_200_000_00, "W": 8_800_000_00}} == trace.of_lot(on_september_2, "D1")
    assert 7_200_000_00 == money(on_september_2, "N")["delivered"]
    assert "accepted" not in money(on_september_2, "N")
    assert {"pledged": 30 * MILLION, "source": -30 * MILLION} == money(
        book.state_at(as_of=day("2025-08-04")), "W"
    )


def test_the_same_events_give_the_same_root():
    assert written(PACKAGE).root() == written(PACKAGE).tree.root()
    assert written(PACKAGE).tree.root() != written(REST, written(PACKAGE)).tree.root()


def test_every_step_says_what_it_entered():
    book = written(PACKAGE)

    answer = also(book, "2025-09-10 refund lot=D1 currency=USD amount=1")

    assert isinstance(answer, Posted)
    assert book.entry(answer.entry.key) is answer.entry
    assert submit(book, {"type": "nonsense", "id": "x"}).code == "ledger.unknown-event"


def test_the_path_of_a_contribution_is_every_entry_that_moved_its_money():
    """Northland was asked to pay the price rise and refused; Westmark's pledge is none of its business."""
    book = written(REST, written(PACKAGE))

    kinds = [entry.kind for entry in trace.how_it_got_there(book.entries, "N")]

    assert ["pledge", "commit", "receive", "convert", "fee"] == kinds[:5]
    assert ["refund", "swap"] == kinds[-2:]
    assert "price_change" not in kinds
