"""A correction is of the last entry in force, and one entry; what was restored can be corrected and taken back."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pledgeline.ledger import Balances, Book, Posted, Refusal
from pledgeline.ledger.book import in_force
from pledgeline.ledger.corrections import version_to_correct
from pledgeline.ledger.refusals import RefusalRaised
from pledgeline.ledger.state import negated
from tests.ledger.stories import DELIVERED, FUNDED, also, money, written

RECEIVED = """
    2025-06-01  pledge   contribution=A partner=P currency=USD amount=10000
    2025-06-01  commit   contribution=A amount=10000
    2025-06-02  receive  id=r contribution=A amount=3000
    2025-06-03  correct  id=k1 of=r amount=2800
    2025-06-04  reverse  id=v1 of=k1
"""
SPENT = RECEIVED + "    2025-06-05  allocate contribution=A line=L1 amount=2900\n"


def agreed(book):
    """Give the terms that hold, added up again from the entries in force."""
    state = Balances()
    for entry in in_force(book.entries):
        state.agree(entry.terms)
    return state


def test_a_restored_figure_is_corrected_as_one_entry():
    """3,000 received, 2,800 by mistake, 3,000 again; 2,900 are set aside, and in truth 2,950 had come."""
    book = written(SPENT)

    answer = also(book, "2025-06-06 correct id=k2 of=r amount=2950")

    assert isinstance(answer, Posted)
    assert {"source": -10000, "committed": 7050, "available": 50, "allocated": 2900} == money(book.state, "A")
    assert [("available", -3000), ("available", 2950), ("committed", -2950), ("committed", 3000)] == sorted(
        (posting.account.value, posting.amount.minor) for posting in answer.entry.postings
    )
    assert "v1" == answer.entry.takes_back


def test_below_what_is_used_a_restored_figure_is_refused_with_the_floor():
    book = written(SPENT)

    assert "ledger.below-zero" == also(book, "2025-06-06 correct of=r amount=2899").code
    assert isinstance(also(book, "2025-06-06 correct of=r amount=2900"), Posted)


@pytest.mark.parametrize(
    ("line", "code", "named"),
    [
        ("correct of=k1 amount=5", "taken-back-before", "Take back or correct r instead."),
        ("reverse of=k1", "taken-back-before", "Take back or correct r instead."),
        ("correct of=v1 amount=5", "cannot-be-restated", "Correct r, which holds again."),
    ],
)
def test_what_does_not_hold_is_refused_and_the_way_out_that_is_named_works(line, code, named):
    book = written(RECEIVED)
    answer = also(book, f"2025-06-06 {line}")

    assert (f"ledger.{code}", named) == (answer.code, answer.way_out)
    assert isinstance(also(book, "2025-06-06 correct of=r amount=2950"), Posted)
    assert 2950 == money(book.state, "A")["available"]


def test_the_correction_of_a_restored_figure_can_be_corrected_and_taken_back_again():
    book = written(RECEIVED + "2025-06-06 correct id=k2 of=r amount=2950\n")
    assert "ledger.taken-back-before" == also(book, "2025-06-07 correct of=r amount=1").code

    assert isinstance(also(book, "2025-06-07 correct id=k3 of=k2 amount=2960"), Posted)
    assert 2960 == money(book.state, "A")["available"]
    assert isinstance(also(book, "2025-06-08 reverse id=v3 of=k3"), Posted)
    assert 2950 == money(book.state, "A")["available"]
    assert isinstance(also(book, "2025-06-09 correct id=k4 of=k2 amount=2970"), Posted)
    assert 2970 == money(book.state, "A")["available"]
    assert isinstance(also(book, "2025-06-10 reverse id=v4 of=k4"), Posted)
    assert 2950 == money(book.state, "A")["available"]


def test_a_restored_entry_can_be_taken_back_whole_and_come_again():
    """The bank took the 3,000 back after all: nothing was received; and it was a mistake of the bank's."""
    book = written(RECEIVED)

    assert isinstance(also(book, "2025-06-06 reverse id=w of=r"), Posted)
    assert {"source": -10000, "committed": 10000} == money(book.state, "A")
    assert "ledger.taken-back-before" == also(book, "2025-06-07 correct of=r amount=5").code
    assert isinstance(also(book, "2025-06-07 reverse id=ww of=w"), Posted)
    assert 3000 == money(book.state, "A")["available"]
    assert isinstance(also(book, "2025-06-08 correct of=r amount=2950"), Posted)
    assert 2950 == money(book.state, "A")["available"]


def test_a_correction_that_was_restored_is_corrected_and_not_taken_back():
    story = RECEIVED.replace("reverse  id=v1 of=k1", "correct  id=k2 of=k1 amount=2700")
    book = written(story + "2025-06-05 reverse id=v2 of=k2\n")
    assert 2800 == money(book.state, "A")["available"]

    answer = also(book, "2025-06-06 reverse of=k1")
    assert ("ledger.cannot-be-restated", "Correct it to what should have been.") == (
        answer.code,
        answer.way_out,
    )
    assert isinstance(also(book, "2025-06-06 correct of=k1 amount=2950"), Posted)
    assert 2950 == money(book.state, "A")["available"]


def test_terms_follow_the_version_that_holds():
    """A pledge with a last day, corrected away, restored, and corrected to a later day."""
    story = """
        2025-06-01  pledge   id=p contribution=C partner=P currency=USD amount=500 use_by=2025-06-30
        2025-06-02  correct  id=k of=p without=["use_by"]
        2025-06-03  reverse  id=v of=k
    """
    book = written(story)
    assert "2025-06-30" == book.state.term("use_by", "C") == agreed(book).term("use_by", "C")

    assert isinstance(also(book, "2025-06-04 correct id=k2 of=p use_by=2025-09-30"), Posted)
    assert "2025-09-30" == book.state.term("use_by", "C") == agreed(book).term("use_by", "C")
    assert {"C": "P"} == book.state.contributions()
    assert isinstance(also(book, "2025-06-05 reverse of=k2"), Posted)
    assert "2025-06-30" == book.state.term("use_by", "C")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("to=B", "unknown-field"),
        ("value=300", "unknown-field"),
        ("new_amount=300", "unknown-field"),
        ("replacement={}", "unknown-field"),
        ("cost=300", "unknown-field"),
        ("amount=null", "null-field"),
        ("", "missing-field"),
        ("amount=300 cost=300", "unknown-field"),
        ("contribution=Z", "unknown-contribution"),
    ],
)
def test_a_correction_says_what_its_entry_has(said, code):
    book = written(FUNDED + "2025-06-03 allocate id=al contribution=A line=L1 amount=400\n")

    answer = also(book, f"2025-06-04 correct of=al {said}")

    assert isinstance(answer, Refusal)
    assert f"ledger.{code}" == answer.code
    assert 400 == money(book.state, "A")["allocated"]


def test_the_amount_of_a_delivery_is_its_cost_and_is_said_once():
    story = DELIVERED + "2025-07-02 deliver id=d line=L1 lot=D2 qty=1 cost=100\n"
    answer = also(written(story), "2025-07-03 correct of=d amount=50 cost=60")

    assert ("ledger.cannot-be-restated", "Say “amount” or “cost”, not both.") == (answer.code, answer.way_out)


def test_the_sum_of_an_order_is_not_kept_beside_another_price():
    story = FUNDED + (
        "2025-06-03 allocate contribution=A line=L1 amount=300\n"
        "2025-06-04 order id=o line=L1 qty=3 unit_price=100 amount=299\n"
    )
    assert "ledger.cannot-be-restated" == also(written(story), "2025-06-05 correct of=o unit_price=90").code
    book = written(story)
    assert isinstance(also(book, '2025-06-05 correct of=o unit_price=90 without=["amount"]'), Posted)
    assert {"ordered": 270, "allocated": 30} == {
        name: money(book.state, "A")[name] for name in ("ordered", "allocated")
    }


def test_a_correction_of_a_correction_knows_what_the_first_one_said():
    """500 set aside, 450 was meant, and on line M, and in truth 470: 130 of 600 are free."""
    book = written(
        FUNDED
        + """
        2025-06-03  allocate id=al contribution=A line=L amount=500
        2025-06-04  correct  id=k1 of=al amount=450
        2025-06-05  correct  id=k2 of=k1 line=M
        2025-06-06  correct  id=k3 of=k2 amount=470
        """
    )

    assert {"source": -600, "available": 130, "allocated": 470} == money(book.state, "A")
    assert {"allocated": 470} == money(book.state, "A", line="M")


# Refunds of a lot that is accepted in part


HALF = (
    FUNDED
    + """
    2025-06-03  allocate contribution=A line=L1 amount=100
    2025-06-04  order    line=L1 qty=4 unit_price=25
    2025-07-01  deliver  line=L1 lot=D1 qty=4
    2025-07-02  accept   lot=D1 qty=2
"""
)


def test_a_refund_beyond_the_accepted_part_says_how_to_split_it_and_that_works():
    """50 of the lot are accepted and 50 only delivered; the supplier gives 60 back."""
    book = written(HALF)
    answer = also(book, "2025-07-03 refund lot=D1 amount=60")

    assert "ledger.refund-to-be-split" == answer.code
    assert answer.wrong.startswith(
        "Of lot D1 USD\N{NO-BREAK SPACE}0.50 is accepted and USD\N{NO-BREAK SPACE}0.50 delivered"
    )
    split = "Split it into two events: a refund of USD 0.50, and after it one of USD 0.10."
    assert answer.way_out.replace("\N{NO-BREAK SPACE}", " ") == split
    for amount in (50, 10):
        assert isinstance(also(book, f"2025-07-03 refund lot=D1 amount={amount}"), Posted)
    assert {"delivered": 40, "available": 560} == {
        name: money(book.state, "A")[name] for name in ("delivered", "available")
    }


@pytest.mark.parametrize(
    ("amount", "code"),
    [(50, ""), (51, "refund-to-be-split"), (100, "refund-to-be-split"), (101, "not-enough"), (1, "")],
)
def test_a_refund_is_split_only_where_it_has_to_be(amount, code):
    answer = also(written(HALF), f"2025-07-03 refund lot=D1 amount={amount}")

    assert (f"ledger.{code}" if code else "") == (answer.code if isinstance(answer, Refusal) else "")


def test_the_correction_of_a_refund_is_split_too():
    book = written(HALF + "2025-07-03 refund id=rf lot=D1 amount=10\n")

    assert "ledger.refund-to-be-split" == also(book, "2025-07-04 correct of=rf amount=60").code
    assert isinstance(also(book, "2025-07-04 correct of=rf amount=50"), Posted)


def test_an_entry_in_words_of_before_is_taken_back_and_not_corrected():
    """Books that were written before the form of events was closed verify; what they say is not read again."""
    book = written(FUNDED)
    entry = book.entries[2]
    old = Book(("USD",))
    for earlier in book.entries[:2]:
        old.append(earlier)
    body = json.dumps({**json.loads(entry.body), "given_amount": 600}, sort_keys=True)
    old.append(replace(entry, body=body))

    answer = also(old, "2025-06-03 correct of=e3 amount=5")
    assert "ledger.cannot-be-restated" == answer.code
    assert "before the form of events was closed" in answer.wrong
    assert isinstance(also(old, "2025-06-03 reverse of=e3"), Posted)


def test_what_was_meant_is_read_as_the_event_that_it_should_have_been():
    story = FUNDED + "2025-06-03 return_to_partner id=b contribution=A amount=5\n"

    answer = also(written(story), "2025-06-04 correct of=b from=nowhere")
    assert ("ledger.not-a-choice", "/from") == (answer.code, answer.at)


def test_what_an_entry_says_now_can_be_asked_for():
    book = written(RECEIVED)

    version = version_to_correct(book, "r")
    assert ("r", "receive", 3000) == (version.entry.key, version.form, version.body["amount"])
    with pytest.raises(RefusalRaised):
        version_to_correct(book, "k1")


def test_an_entry_is_taken_back_once_whoever_makes_the_draft():
    book = written(RECEIVED)
    draft = replace(negated(book.entry("r")), kind="journal")

    answer = book.enter(
        key="x",
        body={},
        effective_on=date(2025, 6, 5),
        recorded_at=datetime(2025, 6, 5, tzinfo=UTC),
        draft=lambda books: draft,
    )
    assert "ledger.taken-back-before" == answer.code


def test_a_journal_is_not_corrected_to_nothing():
    """Without postings it would be taken back under the name of a correction; that is what `reverse` is for."""
    book = written(
        FUNDED
        + """
        2025-06-20  journal id=j contribution=A postings=[{"stage":"available","amount":-5},{"stage":"fx","amount":5}]
        """
    )

    for postings in ("[]", '[{"stage":"available","amount":5}]'):
        assert "ledger.too-few-postings" == also(book, f"2025-06-21 correct of=j postings={postings}").code
    assert isinstance(also(book, "2025-06-21 reverse of=j"), Posted)
