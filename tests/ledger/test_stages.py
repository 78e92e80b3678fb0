"""One event after the other: what it moves, and when it is refused."""

import json
from fractions import Fraction

import pytest

from pledgeline.ledger import Posted, Refusal, cash, stages, trace
from pledgeline.ledger.accounts import Account, Bin
from pledgeline.money import Amount
from tests.ledger.stories import DELIVERED, FUNDED, ORDERED, also, day, money, written


def refused(story, line):
    """Give the code of the refusal; the books are as before."""
    book = written(story)
    before, root = book.state.money(), book.tree.root()
    answer = also(book, line)
    assert isinstance(answer, Refusal), answer
    assert (before, root) == (book.state.money(), book.tree.root())
    assert answer.way_out
    return answer.code.removeprefix("ledger.")


def after(story, line):
    book = written(story)
    answer = also(book, line)
    assert isinstance(answer, Posted), answer
    return book.state


def ordered_units(state, line="L1"):
    return state.units(Bin(Account.ORDERED, line, "USD"))


# Promises


def test_a_promise_is_not_yet_money():
    book = written("2025-06-01 pledge contribution=A partner=P1 currency=USD amount=100")

    assert {"source": -100, "pledged": 100} == money(book.state, "A")


def test_a_second_pledge_adds_to_the_first():
    state = after(FUNDED, "2025-06-05 pledge contribution=A partner=P1 currency=USD amount=50")

    assert money(state, "A")["pledged"] == 50


def test_a_contribution_has_one_partner_and_one_currency():
    assert "another-partner" == refused(
        FUNDED, "2025-06-05 pledge contribution=A partner=P9 currency=USD amount=1"
    )
    assert "another-currency" == refused(
        FUNDED, "2025-06-05 pledge contribution=A partner=P1 currency=EUR amount=1"
    )


PLEDGED = """
    2025-06-01  pledge  contribution=A partner=P1 currency=USD amount=100 use_by=2025-12-31
    2025-06-01  commit  contribution=A amount=60
"""


def test_a_pledge_is_revised_up_and_down_to_what_is_signed():
    assert money(after(PLEDGED, "2025-06-05 revise contribution=A amount=150"), "A")["pledged"] == 90
    assert "pledged" not in money(after(PLEDGED, "2025-06-05 revise contribution=A amount=60"), "A")
    assert "below-signed" == refused(PLEDGED, "2025-06-05 revise contribution=A amount=59")
    assert "nothing-to-move" == refused(PLEDGED, "2025-06-05 revise contribution=A amount=100")


def test_a_reduction_takes_the_unsigned_part_first():
    assert {"source": -50, "committed": 50} == money(
        after(PLEDGED, "2025-06-05 reduce contribution=A amount=50"), "A"
    )
    assert {} == money(after(PLEDGED, "2025-06-05 reduce contribution=A"), "A")
    assert {"source": -90, "pledged": 30, "committed": 60} == money(
        after(PLEDGED, "2025-06-05 reduce contribution=A amount=10"), "A"
    )
    assert "not-enough" == refused(PLEDGED, "2025-06-05 reduce contribution=A amount=101")
    assert "not-enough" == refused(FUNDED, "2025-06-05 reduce contribution=A")


def test_a_revision_below_what_is_signed_says_how_much_that_is():
    wrong = also(written(PLEDGED), "2025-06-05 revise contribution=A amount=59").wrong

    assert "Of A USD\N{NO-BREAK SPACE}0.60 is committed, more than USD\N{NO-BREAK SPACE}0.59." == wrong


def test_a_contribution_whose_pledge_was_taken_back_is_unknown_again():
    """Its key is in the log, and nobody may sign or pay with it."""
    gone = FUNDED + "2025-06-03 pledge id=z contribution=Z partner=P9 currency=USD amount=10\n"
    gone += "2025-06-04 reverse of=z"

    assert "unknown-contribution" == refused(gone, "2025-06-05 commit contribution=Z currency=USD amount=1")
    assert "unknown-contribution" == refused(
        gone, '2025-06-05 fee contributions=["A","Z"] currency=USD amount=1'
    )


def test_no_more_is_signed_than_pledged_and_no_more_received_than_signed():
    assert "below-zero" == refused(PLEDGED, "2025-06-05 commit contribution=A amount=41")
    assert "below-zero" == refused(PLEDGED, "2025-06-05 receive contribution=A amount=61")
    assert money(after(PLEDGED, "2025-06-05 receive contribution=A amount=20"), "A")["committed"] == 40


# Free money


TWO_EUROS = """
    2025-06-01  pledge   contribution=A partner=P1 currency=EUR amount=100
    2025-06-01  commit   contribution=A amount=100
    2025-06-02  receive  contribution=A amount=100
    2025-06-01  pledge   contribution=B partner=P2 currency=EUR amount=200
    2025-06-01  commit   contribution=B amount=200
    2025-06-02  receive  contribution=B amount=200
"""


def test_a_pooled_trade_is_split_by_what_each_gave():
    """331 dollars for 100 and 200 euros: 110.33 and 220.67, so 110 and 221."""
    state = after(
        TWO_EUROS,
        '2025-06-03 convert given={"A":100,"B":200} from_currency=EUR to_currency=USD received=331',
    )

    assert {"available": 110, "fx": -110} == money(state, "A")
    assert {"available": 221, "fx": -221} == money(state, "B")
    assert {"source": -100, "fx": 100} == money(state, "A", "EUR")


def test_one_contribution_can_trade_alone():
    state = after(
        TWO_EUROS,
        '2025-06-03 convert given={"A":40} from_currency=EUR to_currency=JPY received=6500',
    )

    assert {"available": 6500, "fx": -6500} == money(state, "A", "JPY")
    assert money(state, "A", "EUR")["available"] == 60


def test_an_amount_without_a_currency_is_in_the_only_one_that_is_there():
    """All euros became dollars: dollars are returned, though euros were pledged and went through `fx`."""
    story = TWO_EUROS + (
        '2025-06-03 convert given={"A":100} from_currency=EUR to_currency=USD received=110\n'
    )
    state = after(story, "2025-06-04 return_to_partner contribution=A amount=30")

    assert {"available": 80, "fx": -110, "returned": 30} == money(state, "A", "USD")


def test_the_rate_of_a_contribution_is_that_of_its_own_trades():
    """One cent for one yen is 1; two currencies sold, or none bought, give no rate."""
    trade = '2025-06-03 convert given={"A":1} from_currency=EUR to_currency=JPY received=1'
    state = after(TWO_EUROS, trade)
    assert 1 == trace.own_rate(state, "A", "JPY")
    for never_bought in ("EUR", "USD"):
        assert trace.own_rate(state, "A", never_bought) is None

    both = (
        TWO_EUROS
        + '2025-06-03 convert given={"A":50} from_currency=EUR to_currency=JPY received=8000\n'
        + '2025-06-03 convert given={"A":50} from_currency=EUR to_currency=KWD received=18\n'
        + '2025-06-04 convert given={"A":8000} from_currency=JPY to_currency=USD received=55\n'
    )
    last = '2025-06-04 convert given={"A":18} from_currency=KWD to_currency=USD received=55'
    assert Fraction(100, 110) == trace.own_rate(after(both, last), "A", "USD")
    yen_left = "2025-06-04 journal postings=" + json.dumps(
        [
            {"stage": "fx", "contribution": "A", "currency": "KWD", "amount": 28},
            {"stage": "fees", "contribution": "A", "currency": "KWD", "amount": -28},
        ]
    ).replace(" ", "")
    assert trace.own_rate(after(both, yen_left), "A", "USD") is None


def test_a_trade_too_small_to_share_gives_the_smallest_nothing():
    """1 yen for 100 and 200 euro cents: a third and two thirds of a yen."""
    state = after(
        TWO_EUROS,
        '2025-06-03 convert given={"A":100,"B":200} from_currency=EUR to_currency=JPY received=1',
    )

    assert {} == money(state, "A", "JPY")
    assert {"available": 1, "fx": -1} == money(state, "B", "JPY")


def test_a_trade_needs_two_currencies_and_somebody_who_gives():
    assert "unclear-shares" == refused(
        TWO_EUROS, '2025-06-03 convert given={"A":1} from_currency=EUR to_currency=EUR received=1'
    )
    assert "unclear-shares" == refused(
        TWO_EUROS, "2025-06-03 convert given={} from_currency=EUR to_currency=USD received=1"
    )
    assert "below-zero" == refused(
        TWO_EUROS, '2025-06-03 convert given={"A":101} from_currency=EUR to_currency=USD received=110'
    )


def test_a_fee_is_borne_by_what_those_named_have():
    """7 over 600 and 400: 4.2 and 2.8, so 4 and 3."""
    state = after(FUNDED, '2025-06-03 fee contributions=["A","B"] currency=USD amount=7')

    assert (4, 3) == (money(state, "A")["fees"], money(state, "B")["fees"])
    assert 7 == money(after(FUNDED, '2025-06-03 fee contributions=["B"] amount=7'), "B")["fees"]
    assert "not-enough" == refused(FUNDED, '2025-06-03 fee contributions=["B"] currency=USD amount=401')
    assert "unclear-shares" == refused(FUNDED, "2025-06-03 fee contributions=[] currency=USD amount=1")


def test_a_reservation_is_released_in_part_or_whole():
    story = FUNDED + "2025-06-03 allocate contribution=A line=L1 amount=300"

    assert (
        money(after(story, "2025-06-04 release contribution=A line=L1 amount=100"), "A")["allocated"] == 200
    )
    assert "allocated" not in money(after(story, "2025-06-04 release contribution=A line=L1"), "A")
    assert "not-enough" == refused(story, "2025-06-04 release contribution=A line=L2")
    cent = story.replace(
        "allocate contribution=A line=L1 amount=300", "allocate contribution=A line=L1 amount=1"
    )
    assert "allocated" not in money(after(cent, "2025-06-04 release contribution=A line=L1"), "A")
    assert "below-zero" == refused(story, "2025-06-04 release contribution=A line=L1 amount=301")


def test_an_expired_reservation_is_not_ordered_against():
    story = FUNDED + "2025-06-03 allocate contribution=A line=L1 amount=300 reserved_until=2025-06-10"
    late = "2025-06-11 order line=L1 currency=USD qty=3 unit_price=100"

    assert "reservation-expired" == refused(story, late)
    assert ordered_units(after(story, late.replace("06-11", "06-10"))) == 3
    again = written(story + "\n2025-06-11 release contribution=A line=L1")
    assert isinstance(also(again, "2025-06-11 allocate contribution=A line=L1 amount=300"), Posted)
    assert isinstance(also(again, late), Posted)


def test_what_lapses_soon_is_listed():
    book = written(
        PLEDGED
        + "2025-06-05 receive contribution=A amount=60\n"
        + "2025-06-06 allocate contribution=A line=L1 amount=20 reserved_until=2025-07-01\n"
    )

    assert [("L1", "2025-07-01", 20)] == [
        (lapsing.line, lapsing.until, lapsing.amount.minor)
        for lapsing in trace.lapsing(book.state, "2025-07-31")
    ]
    assert ["2025-07-01", "2025-12-31"] == [
        lapsing.until for lapsing in trace.lapsing(book.state, "2025-12-31")
    ]
    assert [] == trace.lapsing(written(FUNDED).state, "2099-12-31")


def test_free_money_goes_back_to_the_partner():
    assert {"source": -400, "available": 300, "returned": 100} == money(
        after(FUNDED, "2025-06-04 return_to_partner contribution=B amount=100"), "B"
    )
    assert "below-zero" == refused(FUNDED, "2025-06-04 return_to_partner contribution=B amount=401")


LAPSING = """
    2025-06-01  pledge    contribution=A partner=P1 currency=USD amount=1000 use_by=2025-09-30
    2025-06-01  commit    contribution=A amount=800
    2025-06-02  receive   contribution=A amount=500
    2025-06-03  allocate  contribution=A line=L1 amount=200
    2025-06-03  allocate  contribution=A line=L2 amount=100
    2025-06-04  order     line=L1 currency=USD qty=2 unit_price=100
"""


def test_what_is_not_bound_lapses_after_the_last_day():
    """200 are ordered and stay; 200 free and 100 set aside lapse; 500 were never paid."""
    assert {"source": -500, "ordered": 200, "lapsed": 300} == money(
        after(LAPSING, "2025-10-01 lapse contribution=A"), "A"
    )
    assert "not-lapsed-yet" == refused(LAPSING, "2025-09-30 lapse contribution=A")
    assert "not-lapsed-yet" == refused(FUNDED, "2025-09-30 lapse contribution=A")
    assert "nothing-to-move" == refused(
        LAPSING + "2025-10-01 lapse contribution=A", "2025-10-02 lapse contribution=A"
    )
    for story, until in ((LAPSING, "until 2025-09-30"), (FUNDED, "without a last day")):
        answer = also(written(story), "2025-09-30 lapse contribution=A")
        assert f"A may be used {until}." == answer.wrong


def test_lapsed_money_is_carried_over_or_returned():
    lapsed = LAPSING + "2025-10-01 lapse contribution=A"

    assert {"source": -500, "ordered": 200, "available": 300} == money(
        after(lapsed, "2025-10-02 carry_over contribution=A use_by=2026-06-30"), "A"
    )
    part = after(lapsed, "2025-10-02 carry_over contribution=A use_by=2026-06-30 amount=100")
    assert money(part, "A")["lapsed"] == 200
    assert part.term("use_by", "A") == "2026-06-30"
    same_day = after(lapsed, "2025-10-02 carry_over contribution=A use_by=2025-10-02")
    assert money(same_day, "A")["available"] == 300
    assert (
        money(after(lapsed, "2025-10-02 return_to_partner contribution=A from=lapsed amount=300"), "A")[
            "returned"
        ]
        == 300
    )
    assert "past-use-by" == refused(lapsed, "2025-10-02 carry_over contribution=A use_by=2025-10-01")
    assert "nothing-to-move" == refused(FUNDED, "2025-10-02 carry_over contribution=A use_by=2026-01-01")


def test_money_past_its_last_day_pays_for_nothing_new():
    assert "past-use-by" == refused(LAPSING, "2025-10-01 order line=L2 currency=USD qty=1 unit_price=100")
    assert "past-use-by" == refused(
        LAPSING, '2025-10-01 price_change line=L1 currency=USD unit_price=150 paid_by={"A":100}'
    )
    other = (
        ORDERED
        + """
    2025-06-01  pledge   contribution=C partner=P3 currency=USD amount=10 use_by=2025-06-30
    2025-06-01  commit   contribution=C amount=10
    2025-06-02  receive  contribution=C amount=10
    """
    )
    assert "past-use-by" == refused(other, "2025-07-01 swap line=L1 currency=USD amount=1 from=A to=C")
    assert (
        money(after(other, "2025-06-30 swap line=L1 currency=USD amount=1 from=A to=C"), "C")["ordered"] == 1
    )


def test_a_promise_that_will_not_be_paid_is_written_off():
    assert {"source": -100, "pledged": 40, "committed": 10, "written_off": 50} == money(
        after(PLEDGED, "2025-06-05 write_off contribution=A amount=50"), "A"
    )


# Orders


def test_an_order_takes_from_each_what_it_has_set_aside():
    """300 of 500 over 300 and 200: 180 and 120."""
    story = ORDERED.rsplit("2025-06-04", 1)[0]
    state = after(story, "2025-06-04 order line=L1 currency=USD qty=3 unit_price=100")

    assert (180, 120) == (money(state, "A")["ordered"], money(state, "B")["ordered"])
    assert ordered_units(state) == 3
    assert "not-enough" == refused(story, "2025-06-04 order line=L1 currency=USD qty=6 unit_price=100")
    assert "unknown-line" == refused(story, "2025-06-04 order line=L9 currency=USD qty=1 unit_price=1")
    in_all = after(story, "2025-06-04 order line=L1 currency=USD qty=3 unit_price=100 amount=300")
    assert in_all.term("unit_price", "L1", "USD") == "100"
    freed = story + "2025-06-04 release contribution=A line=L1\n2025-06-04 release contribution=B line=L1"
    assert "not-enough" == refused(freed, "2025-06-04 order line=L1 currency=USD qty=1 unit_price=1")
    other = after(story, "2025-06-04 order line=L1 currency=USD qty=3 unit_price=100 amount=299")
    assert other.term("unit_price", "L1", "USD") == ""
    assert "not-enough" == refused(ORDERED, "2025-06-04 order line=L1 currency=USD qty=1 unit_price=1")


def test_a_rise_is_paid_exactly_by_those_named():
    rise = "2025-06-05 price_change line=L1 currency=USD unit_price=110"

    assert money(after(ORDERED, f'{rise} paid_by={{"A":20,"B":30}}'), "B")["ordered"] == 230
    assert money(after(ORDERED, f'{rise} paid_by=["A"]'), "A")["ordered"] == 350
    assert "not-funded-exactly" == refused(ORDERED, f'{rise} paid_by={{"A":20,"B":29}}')
    assert "not-funded-exactly" == refused(ORDERED, rise)
    assert "unknown-contribution" == refused(ORDERED, f'{rise} paid_by={{"Z":50}}')


def test_several_who_name_no_amounts_share_a_rise_over_what_they_have():
    """50 over 300 and 200 free: 30 and 20."""
    state = after(ORDERED, '2025-06-05 price_change line=L1 currency=USD unit_price=110 paid_by=["A","B"]')

    assert (330, 220) == (money(state, "A")["ordered"], money(state, "B")["ordered"])
    assert "not-a-key" == refused(
        ORDERED,
        '2025-06-05 price_change line=L1 currency=USD unit_price=110 paid_by=[["A",50],"B"]',
    )


def test_a_fall_is_released_over_what_each_has_ordered():
    """5 x 1 less: 5 over 300 and 200 is 3 and 2."""
    state = after(ORDERED, "2025-06-05 price_change line=L1 currency=USD unit_price=99")

    assert (297, 198) == (money(state, "A")["ordered"], money(state, "B")["ordered"])
    assert "nothing-to-move" == refused(
        ORDERED, "2025-06-05 price_change line=L1 currency=USD unit_price=100"
    )
    assert "not-funded-exactly" == refused(
        ORDERED, '2025-06-05 price_change line=L1 currency=USD unit_price=99 paid_by=["A"]'
    )
    assert "unknown-line" == refused(FUNDED, "2025-06-05 price_change line=L1 currency=USD unit_price=1")


def test_some_units_of_a_line_can_get_another_price():
    state = after(
        ORDERED, '2025-06-05 price_change line=L1 currency=USD qty=2 unit_price=110 paid_by={"A":20}'
    )

    assert money(state, "A")["ordered"] == 320
    one = after(ORDERED, '2025-06-05 price_change line=L1 currency=USD qty=1 unit_price=110 paid_by={"A":10}')
    assert money(one, "A")["ordered"] == 310
    too_many = also(written(ORDERED), "2025-06-05 price_change line=L1 currency=USD qty=6 unit_price=90")
    assert "Of line L1 5 units are still to be delivered." == too_many.wrong
    assert state.term("unit_price", "L1", "USD") == ""
    assert "not-enough" == refused(
        ORDERED, "2025-06-05 price_change line=L1 currency=USD qty=6 unit_price=90"
    )


def test_cancelled_units_give_their_price_back_and_the_last_ones_all():
    state = after(ORDERED, "2025-06-05 cancel_units line=L1 currency=USD qty=2")
    assert (180, 120) == (money(state, "A")["ordered"], money(state, "B")["ordered"])
    assert ordered_units(state) == 3

    dear = ORDERED + "2025-06-05 deliver line=L1 lot=D1 currency=USD qty=2 cost=150"
    assert "ordered" not in money(after(dear, "2025-06-06 cancel_units line=L1 currency=USD qty=3"), "A")
    assert 150 == sum(
        money(after(dear, "2025-06-06 cancel_units line=L1 currency=USD qty=2"), name)["ordered"]
        for name in "AB"
    )
    assert "not-enough" == refused(ORDERED, "2025-06-05 cancel_units line=L1 currency=USD qty=6")
    assert "unknown-line" == refused(ORDERED, "2025-06-05 cancel_units line=L9 currency=USD qty=1")
    assert "not-enough" == refused(ORDERED, "2025-06-05 cancel_units line=L1 currency=USD qty=6 cost=1")


def test_a_price_can_be_said_with_a_cancellation():
    state = after(ORDERED, "2025-06-05 cancel_units line=L1 currency=USD qty=2 cost=180")

    assert 320 == money(state, "A")["ordered"] + money(state, "B")["ordered"]


def test_orders_at_several_prices_have_no_single_one():
    story = ORDERED + "\n".join(
        (
            "2025-06-05 allocate contribution=A line=L1 amount=100",
            "2025-06-05 order line=L1 currency=USD qty=1 unit_price=100",
        )
    )
    assert written(story).state.term("unit_price", "L1", "USD") == "100"
    mixed = story.replace("qty=1 unit_price=100", "qty=2 unit_price=50")
    state = written(mixed).state
    assert state.term("unit_price", "L1", "USD") == ""
    """600 over 7 units, the first ones taking the rest: 86 x 5 + 85 x 2."""
    assert 600 - 86 == sum(
        money(after(mixed, "2025-06-06 cancel_units line=L1 currency=USD qty=1"), name)["ordered"]
        for name in "AB"
    )
    some = "2025-06-06 price_change line=L1 currency=USD qty=2 unit_price=9"
    wrong = also(written(mixed), some).wrong
    assert "Of line L1 7 units are still to be delivered, at several prices." == wrong
    assert "not-enough" == refused(mixed, some)
    all_came = mixed + "\n2025-06-06 deliver line=L1 lot=D1 currency=USD qty=7"
    assert "not-enough" == refused(all_came, "2025-06-07 deliver line=L1 lot=D2 currency=USD qty=1")


def test_one_contribution_takes_over_from_another():
    swap = "2025-06-05 swap line=L1 currency=USD"
    state = after(ORDERED, f"{swap} amount=50 from=A to=B")

    assert (250, 350) == (money(state, "A")["ordered"], money(state, "A")["available"])
    assert (250, 150) == (money(state, "B")["ordered"], money(state, "B")["available"])
    assert "below-zero" == refused(ORDERED, f"{swap} amount=201 from=A to=B")
    assert "unclear-shares" == refused(ORDERED, f"{swap} amount=1 from=A to=A")
    assert "unknown-contribution" == refused(ORDERED, f"{swap} amount=1 from=A to=Z")
    assert "unknown-contribution" == refused(ORDERED, f"{swap} amount=1 from=Z to=A")


# Deliveries


def test_a_delivery_without_a_cost_costs_its_price():
    state = after(ORDERED, "2025-07-01 deliver line=L1 lot=D1 currency=USD qty=2")

    assert (120, 80) == (money(state, "A")["delivered"], money(state, "B")["delivered"])


def test_a_lot_is_delivered_once():
    again = "2025-07-02 deliver line=L1 lot=D1 currency=USD qty=1 cost=100"

    assert "lot-is-taken" == refused(DELIVERED, again)
    other = DELIVERED + "\n".join(
        (
            "2025-07-02 reject lot=D1 qty=3",
            "2025-07-03 allocate contribution=A line=L2 amount=10",
            "2025-07-03 order line=L2 currency=USD qty=1 unit_price=10",
        )
    )
    assert isinstance(also(written(other), again), Posted)
    assert "lot-is-taken" == refused(other, "2025-07-04 deliver line=L2 lot=D1 currency=USD qty=1 cost=10")


def test_a_lot_has_its_own_currency_on_a_line_that_has_several():
    """One unit each for 300 dollars and for 40 euros; 7 of each lot come back in the currency of the lot."""
    story = (
        ORDERED
        + """
    2025-06-05  convert   given={"A":50} from_currency=USD to_currency=EUR received=40
    2025-06-05  allocate  contribution=A line=L1 currency=EUR amount=40
    2025-06-05  order     line=L1 currency=EUR qty=1 unit_price=40
    2025-07-01  deliver   line=L1 lot=D1 currency=USD qty=5
    2025-07-01  deliver   line=L1 lot=D2 currency=EUR qty=1
    """
    )

    assert {"delivered": 33, "available": 7, "fx": -40} == money(
        after(story, "2025-07-02 refund lot=D2 amount=7"), "A", "EUR"
    )
    assert 493 == sum(
        money(after(story, "2025-07-02 refund lot=D1 amount=7"), name)["delivered"] for name in "AB"
    )


def test_no_more_is_delivered_than_ordered():
    assert "not-enough" == refused(ORDERED, "2025-07-01 deliver line=L1 lot=D1 currency=USD qty=6 cost=100")
    assert "not-enough" == refused(ORDERED, "2025-07-01 deliver line=L1 lot=D1 currency=USD qty=5 cost=501")
    assert "not-enough" == refused(ORDERED, "2025-07-01 deliver line=L1 lot=D1 currency=USD qty=6")


def test_a_part_of_a_lot_is_accepted_and_the_rest_sent_back():
    book = written(
        DELIVERED + "2025-07-02 accept lot=D1 currency=USD qty=2 cost=200\n2025-07-03 reject lot=D1 qty=1"
    )

    nothing_left = also(book, "2025-07-04 accept lot=D1 qty=1")
    assert "ledger.not-enough" == nothing_left.code
    assert (120, 180) == (money(book.state, "A")["accepted"], money(book.state, "A")["ordered"])
    assert ordered_units(book.state) == 3
    assert book.state.units_in_lot("D1") == 2
    assert 2 == len(list(trace.units_of(book.state, "D1")))


def test_no_more_of_a_lot_is_accepted_than_lies_there():
    assert "not-enough" == refused(DELIVERED, "2025-07-02 accept lot=D1 qty=4")
    assert "not-enough" == refused(DELIVERED, "2025-07-02 accept lot=D1 qty=3 cost=301")
    assert "unknown-lot" == refused(DELIVERED, "2025-07-02 accept lot=D9 qty=1")
    assert "unknown-lot" == refused(DELIVERED, "2025-07-02 reject lot=D9 currency=USD qty=1")


def test_lost_units_are_written_off_with_their_money():
    state = after(DELIVERED, "2025-07-02 write_off lot=D1 qty=1")

    assert (60, 120) == (money(state, "A")["written_off"], money(state, "A")["delivered"])
    assert state.units_in_lot("D1") == 2


def test_a_refund_goes_back_along_the_shares():
    """31 over 180 and 120: 18.6 and 12.4, so 19 and 12; before acceptance it comes from what was delivered."""
    state = after(DELIVERED, "2025-07-02 refund lot=D1 currency=USD amount=31")
    assert (161, 108) == (money(state, "A")["delivered"], money(state, "B")["delivered"])

    accepted = DELIVERED + "2025-07-02 accept lot=D1 qty=3"
    state = after(accepted, "2025-07-03 refund lot=D1 amount=31")
    assert (161, 108) == (money(state, "A")["accepted"], money(state, "B")["accepted"])
    assert "not-enough" == refused(accepted, "2025-07-03 refund lot=D1 amount=301")
    assert "unknown-lot" == refused(accepted, "2025-07-03 refund lot=D9 currency=USD amount=1")


def test_a_lot_refunded_whole_costs_nothing():
    book = written(DELIVERED + "2025-07-02 refund lot=D1 amount=300")

    assert {} == trace.of_lot(book.state, "D1")
    assert [{}, {}, {}] == list(trace.units_of(book.state, "D1"))


# Taking back


def test_an_entry_is_taken_back_once():
    book = written(FUNDED + "2025-06-03 allocate id=x contribution=A line=L1 amount=100")

    assert isinstance(also(book, "2025-06-04 reverse of=x"), Posted)
    assert money(book.state, "A")["available"] == 600
    answer = also(book, "2025-06-05 reverse of=x")
    assert isinstance(answer, Refusal)
    assert answer.code == "ledger.taken-back-before"
    assert book.taken_back_by("x")


def test_a_taking_back_can_be_taken_back():
    book = written(
        FUNDED
        + "2025-06-03 allocate id=x contribution=A line=L1 amount=100\n"
        + "2025-06-04 reverse id=r of=x\n2025-06-05 reverse id=rr of=r"
    )

    assert money(book.state, "A")["allocated"] == 100
    assert isinstance(also(book, "2025-06-06 reverse of=x"), Posted)
    assert "allocated" not in money(book.state, "A")
    assert isinstance(also(book, "2025-06-07 reverse of=x"), Refusal)


def test_a_reversed_pledge_can_come_back():
    book = written(
        "2025-06-01 pledge id=p contribution=A partner=P1 currency=USD amount=5\n2025-06-02 reverse id=r of=p"
    )

    assert not book.state.knows("A")
    assert isinstance(also(book, "2025-06-03 reverse of=r"), Posted)
    assert book.state.knows("A")
    other = written(
        "2025-06-01 pledge id=p contribution=A partner=P1 currency=USD amount=5\n2025-06-02 reverse id=r of=p"
    )
    assert isinstance(
        also(other, "2025-06-03 pledge contribution=A partner=P2 currency=EUR amount=5"), Posted
    )


def test_a_correction_is_tested_as_a_whole():
    """600 were received and 500 set aside: taking 600 back first would leave -500."""
    story = FUNDED.replace("receive   contribution=A", "receive id=r contribution=A") + (
        "2025-06-03 allocate contribution=A line=L1 amount=500"
    )

    state = after(story, "2025-06-04 correct of=r amount=550")
    assert {"source": -600, "committed": 50, "available": 50, "allocated": 500} == money(state, "A")
    assert "below-zero" == refused(story, "2025-06-04 correct of=r amount=499")


def test_a_correction_splits_anew():
    """A refund of 31 should have been 11: 6.6 and 4.4, so 7 and 4."""
    story = DELIVERED + "2025-07-02 refund id=r lot=D1 amount=31"
    state = after(story, "2025-07-03 correct of=r amount=11")

    assert (173, 116) == (money(state, "A")["delivered"], money(state, "B")["delivered"])


@pytest.mark.parametrize(
    ("line", "change", "expected"),
    [
        (
            "deliver id=c line=L1 lot=D2 currency=USD qty=1 cost=100",
            "amount=50",
            {"delivered": 210, "ordered": 90},
        ),
        (
            "deliver id=c line=L1 lot=D2 currency=USD qty=1 cost=100",
            "cost=50",
            {"delivered": 210, "ordered": 90},
        ),
        (
            "accept id=c lot=D1 qty=3 cost=300",
            "amount=200",
            {"accepted": 120, "delivered": 60, "ordered": 120},
        ),
        ('fee id=c contributions=["A"] amount=7', "amount=9", {"fees": 9, "available": 291}),
        (
            "deliver id=c line=L1 lot=D2 currency=USD qty=1 cost=100",
            "qty=2",
            {"delivered": 240, "ordered": 60},
        ),
    ],
)
def test_what_is_not_called_amount_is_corrected_too(line, change, expected):
    state = after(DELIVERED + f"2025-07-02 {line}", f"2025-07-03 correct of=c {change}")

    found = money(state, "A")
    assert expected == {name: found.get(name) for name in expected}


def test_a_trade_is_corrected_by_what_was_received():
    story = (
        TWO_EUROS + '2025-06-03 convert id=c given={"A":100} from_currency=EUR to_currency=USD received=110'
    )

    assert money(after(story, "2025-06-04 correct of=c amount=111"), "A")["available"] == 111


def test_a_correction_can_be_corrected():
    book = written(
        FUNDED
        + "2025-06-03 allocate id=x contribution=A line=L1 amount=100\n"
        + "2025-06-04 correct id=y of=x amount=150\n2025-06-05 correct id=z of=y amount=70"
    )

    assert money(book.state, "A")["allocated"] == 70
    assert isinstance(also(book, "2025-06-06 reverse of=z"), Posted)
    assert money(book.state, "A")["allocated"] == 150
    named = written(
        FUNDED
        + "2025-06-03 allocate id=x contribution=A line=L1 amount=100\n"
        + "2025-06-04 correct id=y of=x amount=150\n2025-06-05 correct id=z of=y line=L2"
    )
    assert {"allocated": 150} == money(named.state, "A", line="L2")


def test_a_correction_says_what_should_have_been_left_out():
    """Without a last day money does not lapse, whatever else of the pledge is corrected later."""
    story = "2025-06-01 pledge id=p contribution=C partner=P currency=USD amount=500 use_by=2025-06-30\n"
    story += "2025-06-01 commit contribution=C amount=500\n2025-06-02 receive contribution=C amount=500\n"
    lapse = "2025-07-01 lapse contribution=C"
    left_out = '2025-06-03 correct id=y of=p without=["use_by"]\n'

    assert money(after(story, lapse), "C")["lapsed"] == 500
    assert "not-lapsed-yet" == refused(story + left_out, lapse)
    more = left_out + "2025-06-04 correct id=z of=y amount=600\n"
    assert "not-lapsed-yet" == refused(story + more, lapse)
    again = more + "2025-06-05 correct id=zz of=z use_by=2025-06-20\n"
    assert money(after(story + again, lapse), "C")["lapsed"] == 500
    assert "not-lapsed-yet" == refused(story + again.replace("06-20", "07-20"), lapse)
    reversed_ = left_out + "2025-06-04 reverse of=y\n"
    assert money(after(story + reversed_, lapse), "C")["lapsed"] == 500


@pytest.mark.parametrize(
    ("names", "code"),
    [
        ('["partner"]', "not-a-choice"),
        ('["colour"]', "not-a-choice"),
        ('["id"]', "not-a-choice"),
        ('"use_by"', "not-a-choice"),
        ("[1]", "not-a-choice"),
        ("[]", "not-a-choice"),
        ('{"use_by":1}', "not-a-choice"),
        ('["use_by","colour"]', "not-a-choice"),
        ('["amount"]', "missing-field"),
        ('["currency"]', "missing-field"),
        ('["reserved_until"]', "unknown-field"),
        ('["use_by"] use_by=2025-07-01', "missing-field"),
    ],
)
def test_only_a_field_that_the_entry_has_and_does_not_need_is_left_out(names, code):
    story = "2025-06-01 pledge id=p contribution=C partner=P currency=USD amount=500 use_by=2025-06-30\n"
    assert code == refused(story, f"2025-06-03 correct of=p without={names}")


def test_a_reservation_without_a_last_day_does_not_expire():
    story = FUNDED + "2025-06-03 allocate id=a contribution=A line=L1 amount=200 reserved_until=2025-06-10\n"
    order = "2025-06-20 order line=L1 currency=USD qty=1 unit_price=200"
    assert "reservation-expired" == refused(story, order)
    state = after(story + '2025-06-04 correct of=a without=["reserved_until"]\n', order)
    assert money(state, "A")["ordered"] == 200


def test_what_has_no_amount_is_not_restated():
    story = ORDERED + "2025-06-05 price_change id=c line=L1 currency=USD unit_price=99"
    assert "cannot-be-restated" == refused(story, "2025-06-06 correct of=c amount=5")
    assert money(after(story, "2025-06-06 correct of=c unit_price=98"), "A")["ordered"] == 294
    back = FUNDED + "2025-06-03 allocate id=x contribution=A line=L1 amount=5\n2025-06-04 reverse id=c of=x"
    assert "cannot-be-restated" == refused(back, "2025-06-06 correct of=c amount=5")
    assert "missing-field" == refused(FUNDED, "2025-06-06 correct of=e2")
    assert "unknown-entry" == refused(back, "2025-06-06 correct of=never amount=5")


JOURNAL = (
    '2025-06-05 journal id=c postings=[{"stage":"available","contribution":"A","amount":-5},'
    '{"stage":"fees","contribution":"A","amount":5}]'
)


def test_a_journal_is_corrected_where_it_has_one_amount():
    assert money(after(FUNDED + JOURNAL, "2025-06-06 correct of=c amount=8"), "A")["fees"] == 8
    three = JOURNAL[:-1] + (
        ',{"stage":"fees","contribution":"B","amount":7},{"stage":"available","contribution":"B","amount":-7}]'
    )
    assert "cannot-be-restated" == refused(FUNDED + three, "2025-06-06 correct of=c amount=8")


def test_a_journal_may_cross_zero_on_the_way():
    """The floor is for the entry as a whole, whatever the order of its postings."""
    line = (
        '2025-06-05 journal postings=[{"stage":"available","contribution":"B","amount":-500},'
        '{"stage":"available","contribution":"B","amount":200},{"stage":"fees","contribution":"B","amount":300}]'
    )

    assert money(after(FUNDED, line), "B")["available"] == 100


# The cash book


def test_the_cash_book_balances_beside_the_stages():
    book = written(
        FUNDED
        + "\n".join(
            (
                "2025-06-01 cash_owed contribution=A amount=600",
                "2025-06-02 cash_in contribution=A amount=600",
                "2025-06-03 cash_advance contribution=A amount=100 line=L1",
                "2025-07-01 cash_invoice contribution=A amount=250 line=L1 lot=D1",
                "2025-07-02 cash_settle contribution=A amount=100 line=L1",
                "2025-07-03 cash_paid contribution=A amount=150 line=L1",
            )
        )
    )

    cash = {name: minor for name, minor in money(book.state, "A").items() if Account(name).book == "cash"}
    assert {"contributions": -600, "bank": 350, "programme_expense": 250, "supplier_payable": 0} == {
        "supplier_payable": 0,
        **cash,
    }
    assert 600 == money(book.state, "A")["available"]
    assert "below-zero" == refused(FUNDED, "2025-06-03 cash_advance contribution=A amount=1 line=L1")
    assert "unknown-contribution" == refused(
        FUNDED, "2025-06-03 cash_owed contribution=Z amount=1 currency=USD"
    )
    assert "not-above-zero" == refused(FUNDED, "2025-06-03 cash_owed contribution=A amount=0")


def test_a_journal_may_not_mend_one_book_with_the_other():
    line = (
        '2025-06-05 journal postings=[{"stage":"available","contribution":"A","amount":-5},'
        '{"stage":"bank","contribution":"A","amount":5}]'
    )

    assert "unbalanced" == refused(FUNDED, line)


# Two dates


def test_a_late_fact_belongs_to_its_own_day():
    """Accepted on 29 August, typed in on 2 September: August's balance includes it, once it is known."""
    book = written(DELIVERED + "2025-08-29 accept lot=D1 qty=3 cost=300 recorded=2025-09-02")

    end_of_august = {"as_of": day("2025-08-31")}
    assert 180 == money(book.state_at(**end_of_august), "A")["accepted"]
    assert "accepted" not in money(book.state_at(**end_of_august, known_on=day("2025-08-31")), "A")


def test_a_correction_is_known_from_its_day_on():
    book = written(
        FUNDED
        + "2025-06-03 allocate id=x contribution=A line=L1 amount=100\n"
        + "2025-06-03 correct of=x amount=70 recorded=2025-06-20"
    )

    june_5 = {"as_of": day("2025-06-05")}
    assert 70 == money(book.state_at(**june_5), "A")["allocated"]
    assert 100 == money(book.state_at(**june_5, known_on=day("2025-06-19")), "A")["allocated"]
    assert 100 == money(book.state_at(**june_5, position=6), "A")["allocated"]


def test_terms_are_as_of_a_day_too():
    book = written(
        LAPSING + "2025-10-01 lapse contribution=A\n2025-10-02 carry_over contribution=A use_by=2026-06-30"
    )

    assert "2026-06-30" == book.state.term("use_by", "A")
    assert "2025-09-30" == book.state_at(as_of=day("2025-10-01")).term("use_by", "A")


def test_a_past_day_below_zero_is_recorded_and_named():
    """Spent on the 2nd, received on the 5th: the total is fine, the days are not."""
    book = written(
        """
        2025-06-01  pledge   contribution=A partner=P1 currency=USD amount=100
        2025-06-01  commit   contribution=A amount=100
        2025-06-05  receive  contribution=A amount=100
        2025-06-02  return_to_partner contribution=A amount=30 recorded=2025-06-06
        """
    )

    assert [("available", "2025-06-02", -30)] == [
        (shortfall.spot.account.value, shortfall.on.isoformat(), shortfall.balance.minor)
        for shortfall in book.shortfalls()
    ]


def test_a_line_is_of_one_package_that_allocations_may_name():
    story = FUNDED + "2025-06-03 allocate id=a contribution=A line=L1 amount=100 package=P1\n"
    assert {"L1": "P1"} == after(story, "2025-06-03 allocate contribution=A line=L2 amount=5").packages()
    assert "another-package" == refused(
        story, "2025-06-04 allocate contribution=B line=L1 amount=5 package=P2"
    )
    more = story + "2025-06-04 allocate id=b contribution=B line=L1 amount=5 package=P1\n"
    assert {"L1": "P1"} == after(more, "2025-06-05 reverse of=a").packages()
    assert {} == after(story, "2025-06-05 reverse of=a").packages()
    assert {"L1": "P2"} == after(story, "2025-06-05 correct of=a package=P2").packages()
    assert {} == after(story, '2025-06-05 correct of=a without=["package"]').packages()
    assert {"L1": "P2"} == after(more, "2025-06-05 correct of=b package=P2").packages()
    assert "another-package" == refused(
        more, "2025-06-05 allocate contribution=A line=L1 amount=5 package=P2"
    )
    assert "not-a-key" == refused(FUNDED, '2025-06-03 allocate contribution=A line=L1 amount=5 package=""')


def test_balances_add_up_by_currency_and_stage_in_the_order_of_the_chain():
    """Six hundred and four hundred dollars received; a hundred of them set aside, five euros only pledged."""
    story = FUNDED + "2025-06-03 allocate contribution=B line=L1 amount=100\n"
    story += "2025-06-04 pledge contribution=C partner=P3 currency=EUR amount=5\n"

    assert [
        *(("EUR", "source", -5), ("EUR", "pledged", 5)),
        *(("USD", "source", -1000), ("USD", "available", 900), ("USD", "allocated", 100)),
    ] == [
        (code, account.value, minor)
        for (code, account), minor in trace.by_stage(written(story).state.money()).items()
    ]


# Asked directly, as whoever makes a draft without an event may


def test_no_function_takes_nothing_for_something():
    state = written(DELIVERED).state
    nothing, one = Amount(0, "USD"), Amount(1, "USD")
    day_ = day("2025-08-01")
    asked = {
        "pledge": stages.pledge(state, contribution="Z", partner="P", amount=nothing),
        "receive": stages.receive(state, contribution="A", amount=-one),
        "deliver": stages.deliver(state, line="L1", lot="D9", units=0, currency="USD"),
        "accept": stages.accept(state, lot="D1", units=-1),
        "order": stages.order(state, line="L1", units=0, amount=one, on=day_),
        "cash": cash.EVENTS["cash_in"](state, contribution="A", amount=nothing),
    }
    assert {"ledger.not-above-zero"} == {answer.code for answer in asked.values()}
    unclear = {
        "convert": stages.convert(state, given={}, received=one),
        "fee": stages.fee(state, contributions=[], amount=one),
    }
    assert {"ledger.unclear-shares"} == {answer.code for answer in unclear.values()}
