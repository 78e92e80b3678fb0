"""Bad input of every kind: each is refused with a lasting code and a way out, and nothing is changed."""

from datetime import UTC, date, datetime

import pytest

from pledgeline.ledger import Account, Book, Draft, Goods, Posting, Refusal, Spot
from pledgeline.ledger.entries import AgreedTerm
from pledgeline.ledger.refusals import CODES
from pledgeline.ledger.rules import checked
from pledgeline.money import Amount
from pledgeline.programme.sentences import sentence, spoken_in
from tests.ledger.stories import DELIVERED, FUNDED, submit, written

DATES = {"effective_on": "2025-08-01", "recorded_at": "2025-08-01T12:00:00Z"}


def pledge(**fields):
    return {
        "type": "pledge",
        "contribution": "Z",
        "partner": "P9",
        "currency": "USD",
        "amount": 100,
        **DATES,
        **fields,
    }


def event(kind, **fields):
    return {"type": kind, **DATES, **fields}


def journal(*postings):
    return event("journal", postings=list(postings))


def posting(stage, amount, contribution="A", **fields):
    return {"stage": stage, "contribution": contribution, "currency": "USD", "amount": amount, **fields}


HUGE = 10**17
BAD = {
    # the event as a whole
    "no object": ("unknown-event", ["pledge"]),
    "nothing": ("unknown-event", None),
    "a number": ("unknown-event", 7),
    "unknown type": ("unknown-event", event("donate")),
    "type is a number": ("unknown-event", event(7)),
    "no type": ("missing-field", {"id": "x", **DATES}),
    "no id": ("missing-field", pledge(id=None)),
    "empty id": ("not-a-key", pledge(id="")),
    "id with blanks around": ("not-a-key", pledge(id=" x ")),
    "id with a line break": ("not-a-key", pledge(id="a\nb")),
    "id with a null character": ("not-a-key", pledge(id="a\0b")),
    "id that is not Unicode": ("not-a-key", pledge(id="\ud800")),
    "id as long as a letter": ("not-a-key", pledge(id="x" * 201)),
    "id is a number": ("not-a-key", pledge(id=5)),
    "id is a list": ("not-a-key", pledge(id=["x"])),
    # days and times
    "no day": ("missing-field", pledge(effective_on=None)),
    "a day that does not exist": ("not-a-day", pledge(effective_on="2025-02-30")),
    "a day written otherwise": ("not-a-day", pledge(effective_on="01.08.2025")),
    "a day without dashes": ("not-a-day", pledge(effective_on="20250801")),
    "a week": ("not-a-day", pledge(effective_on="2025-W31-5")),
    "a day as a number": ("not-a-day", pledge(effective_on=20250801)),
    "a year that nobody means": ("not-a-day", pledge(effective_on="0202-08-01")),
    "a day in other digits": ("not-a-day", pledge(effective_on="２０２５-08-01")),
    "no time": ("missing-field", pledge(recorded_at=None)),
    "a time without a zone": ("not-a-time", pledge(recorded_at="2025-08-01T12:00:00")),
    "a day for a time": ("not-a-time", pledge(recorded_at="2025-08-01")),
    "no time at all": ("not-a-time", pledge(recorded_at="noon")),
    "a time as a number": ("not-a-time", pledge(recorded_at=1754049600)),
    "a time before all times": ("not-a-time", pledge(recorded_at="0001-01-01T00:00:00+14:00")),
    # notes
    "a note that is no text": ("not-a-text", pledge(note={"a": 1})),
    "an endless note": ("not-a-text", pledge(note="x" * 10_001)),
    "a note that is not Unicode": ("not-a-text", pledge(note="\udfff")),
    "a note with a null character": ("not-a-text", pledge(note="a\0")),
    "a stray text that is not Unicode": ("unknown-field", pledge(remark="\ud800")),
    # amounts
    "no amount": ("missing-field", pledge(amount=None)),
    "an amount with decimals": ("not-a-whole-number", pledge(amount=1.5)),
    "a whole amount as a decimal": ("not-a-whole-number", pledge(amount=100.0)),
    "an amount as a text": ("not-a-whole-number", pledge(amount="100")),
    "true for an amount": ("not-a-whole-number", pledge(amount=True)),
    "a list for an amount": ("not-a-whole-number", pledge(amount=[100])),
    "not a number": ("not-a-whole-number", pledge(amount=float("nan"))),
    "zero": ("not-above-zero", pledge(amount=0)),
    "less than zero": ("not-above-zero", pledge(amount=-100)),
    "more than there is": ("too-large", pledge(amount=HUGE)),
    "beyond 64 bits": ("too-large", pledge(amount=2**63)),
    "an endless number": ("too-large", pledge(amount=10**3000)),
    # currencies
    "no currency": ("missing-field", pledge(currency=None)),
    "a currency that is none": ("unknown-currency", pledge(currency="XXX")),
    "a currency in small letters": ("unknown-currency", pledge(currency="usd")),
    "a sign for a currency": ("unknown-currency", pledge(currency="$")),
    "a number for a currency": ("unknown-currency", pledge(currency=840)),
    "a currency that these books are not kept in": ("unknown-currency", pledge(currency="NOK")),
    "a payment in another currency": (
        "below-zero",
        event("receive", contribution="A", amount=1, currency="EUR"),
    ),
    # who and what
    "no contribution": ("missing-field", pledge(contribution=None)),
    "no partner": ("missing-field", pledge(partner=None)),
    "a contribution that is an object": ("not-a-key", pledge(contribution={"a": 1})),
    "another partner's contribution": ("another-partner", pledge(contribution="A")),
    "an unknown contribution signs": ("unknown-contribution", event("commit", contribution="Z", amount=1)),
    "an unknown contribution pays": ("unknown-contribution", event("receive", contribution="Z", amount=1)),
    "an unknown contribution with its currency": (
        "unknown-contribution",
        event("return_to_partner", contribution="Z", currency="USD", amount=1),
    ),
    "nothing was signed": ("below-zero", event("receive", contribution="A", amount=1)),
    "an order for an unknown line": ("unknown-line", event("order", line="L9", qty=1, unit_price=1)),
    "an order without a line": ("missing-field", event("order", currency="USD", qty=1, unit_price=1)),
    "an order without a price": ("missing-field", event("order", line="L1", currency="USD", qty=1)),
    "an order without units": ("missing-field", event("order", line="L1", currency="USD", unit_price=1)),
    "an order of half a unit": (
        "not-a-whole-number",
        event("order", line="L1", currency="USD", qty=0.5, unit_price=1),
    ),
    "an order of no units": (
        "not-above-zero",
        event("order", line="L1", currency="USD", qty=0, unit_price=1),
    ),
    "an order of less than no units": (
        "not-above-zero",
        event("order", line="L1", currency="USD", qty=-1, unit_price=-100),
    ),
    "an order of more than is set aside": (
        "not-enough",
        event("order", line="L1", currency="USD", qty=1, unit_price=1),
    ),
    "a price of nothing": ("not-above-zero", event("price_change", line="L1", currency="USD", unit_price=0)),
    "a lot that is delivered twice": (
        "lot-is-taken",
        event("deliver", line="L1", lot="D1", currency="USD", qty=1, cost=100),
    ),
    "a delivery of nothing": (
        "not-above-zero",
        event("deliver", line="L1", lot="D2", currency="USD", qty=1, cost=0),
    ),
    "more delivered than ordered": (
        "not-enough",
        event("deliver", line="L1", lot="D2", currency="USD", qty=3, cost=200),
    ),
    "a delivery that costs more than was ordered": (
        "not-enough",
        event("deliver", line="L1", lot="D2", currency="USD", qty=2, cost=201),
    ),
    "more accepted than delivered": (
        "not-enough",
        event("accept", lot="D1", currency="USD", qty=4, cost=300),
    ),
    "accepted for more than it cost": (
        "not-enough",
        event("accept", lot="D1", currency="USD", qty=3, cost=301),
    ),
    "accepted in another currency": (
        "not-enough",
        event("accept", lot="D1", currency="EUR", qty=3, cost=300),
    ),
    "an unknown lot": ("unknown-lot", event("accept", lot="D9", qty=1)),
    "a refund of more than the lot cost": ("not-enough", event("refund", lot="D1", amount=301)),
    "a refund of nothing": ("not-above-zero", event("refund", lot="D1", amount=0)),
    "more returned than is free": ("below-zero", event("return_to_partner", contribution="A", amount=301)),
    "more set aside than is free": ("below-zero", event("allocate", contribution="A", line="L1", amount=301)),
    "a fee that nobody is named for": ("missing-field", event("fee", amount=1)),
    "a fee of somebody unknown": ("unknown-contribution", event("fee", contributions=["A", "Z"], amount=1)),
    "a fee of somebody twice": ("unclear-shares", event("fee", contributions=["A", "A"], amount=1)),
    "a fee of a number": ("unclear-shares", event("fee", contributions=7, amount=1)),
    "shares that are no pairs": (
        "unclear-shares",
        event("convert", given=[["A", 1, 2]], from_currency="USD", to_currency="EUR", received=1),
    ),
    "shares without an amount": (
        "unclear-shares",
        event("convert", given=["A"], from_currency="USD", to_currency="EUR", received=1),
    ),
    "a trade that gives nothing": (
        "not-above-zero",
        event("convert", given={"A": 1}, from_currency="USD", to_currency="EUR", received=0),
    ),
    "a trade of less than nothing": (
        "not-above-zero",
        event("convert", given={"A": -1}, from_currency="USD", to_currency="EUR", received=1),
    ),
    "a trade of somebody unknown": (
        "unknown-contribution",
        event("convert", given={"Z": 1}, from_currency="USD", to_currency="EUR", received=1),
    ),
    "a trade into the same currency": (
        "unclear-shares",
        event("convert", given={"A": 1}, from_currency="USD", to_currency="USD", received=1),
    ),
    "a swap with itself": (
        "unclear-shares",
        {**event("swap", line="L1", currency="USD", amount=1, to="A"), "from": "A"},
    ),
    "a swap of nothing": (
        "not-above-zero",
        {**event("swap", line="L1", currency="USD", amount=0, to="B"), "from": "A"},
    ),
    # taking back
    "taking back what never was": ("unknown-entry", event("reverse", of="never")),
    "taking back what goods hang on": ("below-zero", event("reverse", of="e3")),
    "correcting what never was": ("unknown-entry", event("correct", of="never", amount=1)),
    "correcting to nothing": ("not-above-zero", event("correct", of="e1", amount=0)),
    "correcting without an entry": ("missing-field", event("correct", amount=1)),
    "correcting below what is used": ("below-zero", event("correct", of="e3", amount=299)),
    # free postings
    "a journal without postings": ("missing-field", event("journal")),
    "a journal of a text": ("not-a-list", event("journal", postings="A to B")),
    "a journal of texts": ("not-a-list", event("journal", postings=["A", "B"])),
    "a journal of nothing": ("too-few-postings", journal()),
    "one posting": ("too-few-postings", journal(posting("available", -1))),
    "a posting of nothing": ("zero-posting", journal(posting("available", 0), posting("fees", 0))),
    "a sum that is not zero": ("unbalanced", journal(posting("available", -2), posting("fees", 1))),
    "one contribution pays into another": (
        "unbalanced",
        journal(posting("available", -1), posting("available", 1, "B")),
    ),
    "one currency becomes another": (
        "unbalanced",
        journal(posting("available", -1), posting("available", 1, currency="EUR")),
    ),
    "a stage that does not exist": ("unknown-account", journal(posting("spent", -1), posting("fees", 1))),
    "below zero": ("below-zero", journal(posting("available", -301), posting("fees", 301))),
    "below zero in two steps": (
        "below-zero",
        journal(posting("available", -200), posting("available", -101), posting("fees", 301)),
    ),
    "set aside for no line": (
        "line-or-lot-missing",
        journal(posting("available", -1), posting("allocated", 1)),
    ),
    "delivered in no lot": (
        "line-or-lot-missing",
        journal(posting("available", -1), posting("delivered", 1, line="L1")),
    ),
    "free money on a line": (
        "line-or-lot-not-kept",
        journal(posting("available", -1, line="L1"), posting("fees", 1)),
    ),
    "a lot for what is set aside": (
        "line-or-lot-not-kept",
        journal(posting("available", -1), posting("allocated", 1, line="L1", lot="D1")),
    ),
    "money of nobody": ("unknown-contribution", journal(posting("fees", -1, "Z"), posting("fx", 1, "Z"))),
    "more than an account can hold": (
        "too-large",
        journal(*[posting("fees", HUGE - 1)] * 2, *[posting("fx", 1 - HUGE)] * 2),
    ),
    "a posting that is too large": ("too-large", journal(posting("fees", HUGE), posting("fx", -HUGE))),
}


@pytest.fixture(scope="module")
def book():
    return written(DELIVERED)


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_refused_and_changes_nothing(book, name):
    code, bad = BAD[name]
    if isinstance(bad, dict):
        bad = {"id": "bad", **bad}
    before = book.state.money(), book.state.bins(), book.tree.root(), len(book)

    answer = submit(book, bad)

    assert isinstance(answer, Refusal)
    assert f"ledger.{code}" == answer.code
    assert answer.wrong
    assert answer.way_out
    assert (answer.wrong + answer.way_out).encode()
    assert before == (book.state.money(), book.state.bins(), book.tree.root(), len(book))


def test_there_are_more_than_sixty_kinds():
    assert len(BAD) > 100


def test_the_same_key_for_something_else_is_refused():
    book = Book(("USD",))
    assert not isinstance(submit(book, pledge(id="x")), Refusal)

    assert submit(book, pledge(id="x", amount=101)).code == "ledger.key-used"
    assert submit(book, pledge(id="x", effective_on="2025-08-02")).code == "ledger.key-used"


def test_a_refused_event_leaves_its_key_free():
    book = Book(("USD",))
    assert isinstance(submit(book, pledge(id="x", amount=-1)), Refusal)

    assert not isinstance(submit(book, pledge(id="x")), Refusal)


def test_money_in_two_currencies_has_to_be_told_apart():
    book = written(
        """
        2025-06-01  pledge   contribution=A partner=P1 currency=EUR amount=100
        2025-06-01  commit   contribution=A amount=100
        2025-06-02  receive  contribution=A amount=100
        2025-06-03  convert  given={"A":60} from_currency=EUR to_currency=USD received=66
        2025-06-03  convert  given={"A":40} from_currency=EUR to_currency=JPY received=6000
        2025-06-04  allocate contribution=A line=L1 currency=USD amount=66
        2025-06-04  allocate contribution=A line=L1 currency=JPY amount=5000
        """
    )

    answer = submit(book, {"id": "x", **event("order", line="L1", qty=1, unit_price=66)})
    assert answer.code == "ledger.no-currency"
    mixed = written(
        """
        2025-06-01  pledge   id=b1 contribution=B partner=P1 currency=USD amount=100
        2025-06-01  commit   id=b2 contribution=B amount=100
        2025-06-02  receive  id=b3 contribution=B amount=100
        """,
        book,
    )
    fee = {"id": "x", **event("fee", contributions=["A", "B"], amount=1)}
    assert submit(mixed, fee).code == "ledger.no-currency"


def move(minor, currency="USD", **more):
    down, up = (
        Posting(account=account, contribution="A", amount=Amount(signed, currency))
        for account, signed in ((Account.FEES, -minor), (Account.FX, minor))
    )
    return Draft(kind="journal", postings=(down, up), **more)


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (move(1, "NOK"), "unknown-currency"),
        (move(HUGE), "too-large"),
        (
            move(1, goods=(Goods(place=Account.ORDERED, line="L1", currency="USD", units=1),)),
            "units-unbalanced",
        ),
        (move(1, takes_back="never"), "unknown-entry"),
        (
            Draft(
                kind="journal",
                postings=tuple(
                    Posting(account=Account.FEES, contribution="A", amount=Amount(minor, "USD"))
                    for minor in (HUGE, -HUGE)
                ),
            ),
            "too-large",
        ),
        (
            Draft(
                kind="journal",
                postings=tuple(
                    Posting(account=account, contribution="L9", amount=Amount(minor, "USD"))
                    for account, minor in ((Account.FEES, -1), (Account.FX, 1))
                ),
                terms=(AgreedTerm(name="unit_price", of="L9", on="USD", value="1"),),
            ),
            "unknown-contribution",
        ),
    ],
)
def test_a_draft_made_by_anybody_is_held_against_the_rules(draft, code):
    """Whoever makes drafts without going through events gets no further."""
    book = written(DELIVERED)

    answer = book.enter(
        key="x",
        body={},
        effective_on=date(2025, 8, 1),
        recorded_at=datetime(2025, 8, 1, tzinfo=UTC),
        draft=lambda books: draft,
    )

    assert isinstance(answer, Refusal)
    assert f"ledger.{code}" == answer.code


def test_a_balance_stays_below_the_largest_amount():
    """One cent below the limit is taken, the cent that reaches it is not, and all of it goes back again."""
    book = written(DELIVERED)
    full = journal(posting("fees", HUGE - 1), posting("fx", 1 - HUGE))
    assert not isinstance(submit(book, {"id": "full", **full}), Refusal)

    for down, up in (("fx", "fees"), ("available", "fees")):
        one_more = journal(posting(down, -1), posting(up, 1))
        assert submit(book, {"id": "one more", **one_more}).code == "ledger.too-large"
    back = journal(posting("fees", 1 - HUGE), posting("fx", HUGE - 1))
    assert not isinstance(submit(book, {"id": "back", **back}), Refusal)


SENTENCES = {
    "The postings of A add up to −USD\N{NO-BREAK SPACE}0.01, not to zero.": journal(
        posting("available", -2), posting("fees", 1)
    ),
    "A, available: there is USD\N{NO-BREAK SPACE}3, and USD\N{NO-BREAK SPACE}3.01 would be taken out.": journal(
        posting("available", -301), posting("fees", 301)
    ),
    "Allocated money of A stands behind a line, and the posting does not say which.": journal(
        posting("available", -1), posting("allocated", 1)
    ),
    "Delivered money of A stands behind a line and a lot, and the posting does not say which.": journal(
        posting("available", -1), posting("delivered", 1, line="L1")
    ),
    "Nobody has pledged a contribution Z. There are A, B.": event(
        "commit", contribution="Z", currency="USD", amount=1
    ),
}


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_refusal_says_what_is_there_and_what_was_wanted(book, sentence):
    assert sentence == submit(book, {"id": "bad", **SENTENCES[sentence]}).wrong


def test_the_contributions_that_there_are_are_named_up_to_eight():
    """Nobody reads a list of hundreds in a sentence; in empty books there is nothing to name."""
    asked = event("commit", contribution="Z", currency="USD", amount=1)
    book = Book(("USD",))
    for number, some in ((0, ""), (8, " There are C1, C2, C3, C4, C5, C6, C7, C8."), (9, None)):
        while len(book) < number:
            key = f"C{len(book) + 1}"
            submit(book, pledge(id=key, contribution=key))
        some = " There are C1, C2, C3, C4, C5, C6, C7, C8 …." if some is None else some
        wrong = submit(book, {"id": "bad", **asked}).wrong
        assert f"Nobody has pledged a contribution Z.{some}" == wrong


def test_units_that_are_missing_are_said_of_their_line_or_lot():
    """Goods that no event makes: a draft that takes away four of the two ordered, or of the three delivered."""
    book = written(DELIVERED)
    taken = {
        "Of line L1 2 units are ordered, and 4 would be taken away.": ("", Account.ORDERED),
        "Of lot D1 3 units are delivered, and 4 would be taken away.": ("D1", Account.DELIVERED),
    }
    for said, (lot, place) in taken.items():
        out = Goods(place=place, line="L1", currency="USD", lot=lot, units=-4)
        back = Goods(place=Account.SOURCE, line="L1", currency="USD", units=4)
        assert said == checked(move(1, goods=(out, back)), book.state, book.currencies).wrong
    alone = move(1, goods=(Goods(place=Account.ORDERED, line="L1", currency="USD", units=1),))
    said = checked(alone, book.state, book.currencies).wrong
    assert "The units of line L1 add up to 1, not to zero." == said


def test_one_is_said_as_one_and_a_thousand_as_the_books_have_it():
    book = written(
        FUNDED
        + """
        2025-06-03  allocate  contribution=A line=L9 amount=1
        2025-06-03  order     line=L9 qty=1 unit_price=1
        2025-06-03  allocate  contribution=A line=L8 amount=500
        2025-06-03  order     line=L8 qty=1000 unit_price=1 amount=500
        """
    )
    for line, said in (
        ("L9", "Of line L9 1 unit is ordered and not delivered."),
        ("L8", "Of line L8 1000 units are ordered and not delivered."),
    ):
        assert said == submit(book, {"id": "bad", **event("deliver", line=line, lot="D9", qty=1001)}).wrong


def test_a_refusal_writes_money_as_pages_do_in_the_language_of_its_reader():
    """2,000,000.50 are wanted where 1,000,000 are: a comma parts the cents in Ukrainian, and no line breaks within."""
    book = written("2025-06-01  pledge  contribution=A partner=A currency=USD amount=100000000")
    wanted = event("commit", contribution="A", amount=200000050)
    answer = submit(book, {"id": "bad", **wanted})

    assert answer.wrong.replace("\N{NO-BREAK SPACE}", "_") == (
        "A, pledged: there is USD_1,000,000, and USD_2,000,000.50 would be taken out."
    )
    with spoken_in("uk"):
        assert "USD_1_000_000" in answer.wrong.replace("\N{NO-BREAK SPACE}", "_")
        assert "USD_2_000_000,50" in answer.wrong.replace("\N{NO-BREAK SPACE}", "_")


def test_every_account_is_named_in_a_sentence():
    for account in Account:
        named = Refusal(said=sentence("ledger.line-or-lot-not-kept.line", stage=account.value)).wrong
        assert f"A, {account.spoken}" == str(Spot(account, "A", "USD"))
        assert f"{account.spoken.capitalize()} money belongs to no line." == named


def test_every_refusal_is_in_the_catalogue():
    with pytest.raises(ValueError, match="catalogue"):
        Refusal(said=sentence("ledger.because"))
    assert all(str(sentence(code)).endswith(".") for code in CODES)
