"""What would be entered is what is then entered, and asking for it changes nothing."""

import pytest

from pledgeline.ledger import Draft, Posted, Refusal, Replayed, enter, foresee, read_event
from tests.ledger.stories import DELIVERED, FUNDED, TODAY, events_of, written


@pytest.mark.parametrize(
    "line",
    [
        '2025-06-03  fee       contributions=["A"] currency=USD amount=7',
        "2025-06-03  allocate  contribution=A line=L amount=600",
        "2025-06-03  correct   of=e3 amount=599",
        "2025-06-03  reverse   of=e3",
    ],
)
def test_what_is_foreseen_is_entered(line):
    book = written(FUNDED)
    event = read_event({**events_of(line)[0], "id": "new"}, today=TODAY)
    before = len(book), book.root(), dict(book.state.money())
    wanted = foresee(book, event)
    assert isinstance(wanted, Draft)
    assert before == (len(book), book.root(), dict(book.state.money()))

    done = enter(book, event)
    assert isinstance(done, Posted)
    for name in ("kind", "postings", "goods", "terms", "takes_back"):
        assert getattr(wanted, name) == getattr(done.entry, name)
    again = foresee(book, event)
    assert isinstance(again, Replayed)
    assert again.entry == done.entry


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("2025-06-03  allocate  contribution=A line=L amount=601", "ledger.below-zero"),
        ("2025-06-03  reverse   of=nothing", "ledger.unknown-entry"),
        ('2025-06-03  fee  contributions=["Z"] currency=USD amount=1', "ledger.unknown-contribution"),
    ],
)
def test_what_would_be_refused_is_foreseen_too(line, code):
    book = written(FUNDED)
    refused = foresee(book, read_event({**events_of(line)[0], "id": "new"}, today=TODAY))

    assert isinstance(refused, Refusal)
    assert refused.code == code
    assert refused == enter(book, read_event({**events_of(line)[0], "id": "new"}, today=TODAY))


def test_a_key_that_was_used_for_something_else_is_foreseen_as_refused():
    book = written(DELIVERED)
    refused = foresee(
        book, read_event({**events_of("2025-06-03  lapse contribution=A")[0], "id": "e1"}, today=TODAY)
    )

    assert isinstance(refused, Refusal)
    assert refused.code == "ledger.key-used"
