"""Journals for Beancount and hledger: written as the tools want them, and accepted where they are at hand."""

import re
import subprocess

import pytest

from pledgeline.exchange.journal import to_beancount, to_hledger
from pledgeline.ledger import Book
from tests.exchange.journals import BEAN_CHECK, HLEDGER, rejected_by_beancount, rejected_by_hledger
from tests.ledger.stories import DELIVERED, submit, written
from tests.ledger.walks import Walk

needs_beancount = pytest.mark.skipif(
    not BEAN_CHECK, reason="bean-check is not installed: it comes with requirements/dev.txt"
)
needs_hledger = pytest.mark.skipif(not HLEDGER, reason="hledger is not installed: apt-get install hledger")


def strange():
    """Books with keys that no tool of plain text likes, and amounts without and with three decimals."""
    book = Book(("JPY", "KWD"))
    for number, key in enumerate(("a b", "a-b", "A:B", "ключ", "-", '"x"; y\\', "No-line", "K")):
        for currency in ("JPY", "KWD"):
            common = {
                "contribution": f"{key} {currency}" if key != "No-line" else currency,
                "effective_on": "2025-06-01",
                "recorded_at": "2025-06-01T12:00:00Z",
                "amount": 1500,
            }
            for kind, more in (
                ("pledge", {"partner": "P", "currency": currency}),
                ("commit", {}),
                ("receive", {}),
                ("allocate", {"line": key}),
            ):
                submit(book, {"id": f"{number} {currency} {kind}; {key}", "type": kind, **common, **more})
    submit(
        book,
        {
            "id": "order",
            "type": "order",
            "line": "No-line",
            "currency": "JPY",
            "qty": 1,
            "unit_price": 1500,
            "effective_on": "2025-06-02",
            "recorded_at": "2025-06-02T12:00:00Z",
        },
    )
    return book


def chance(seed):
    pair = Walk(seed)
    for _ in range(200):
        pair.step()
    return pair.book


BOOKS = {
    "nothing": lambda: Book(),
    "a delivery": lambda: written(DELIVERED + "2025-07-02 write_off lot=D1 qty=1"),
    "strange keys": strange,
    **{f"chance {seed}": (lambda seed=seed: chance(seed)) for seed in range(6)},
}


def test_a_journal_reads_like_the_books():
    text = to_beancount(written(DELIVERED).entries, "A programme")

    assert '2025-07-01 * "deliver" "e10"' in text
    assert "  Assets:Ordered:A:L1  -1.80 USD" in text
    assert "  Assets:Delivered:A:L1:D1  1.80 USD" in text
    assert "2025-07-02 balance Assets:Ordered:A:L1  1.20 ~ 0 USD" in text
    ours = to_hledger(written(DELIVERED).entries, "A programme")
    assert "2025-07-01 * (9) deliver | e10" in ours
    assert "    Assets:Ordered:A:L1  0.00 USD = 1.20 USD" in ours


def test_no_two_keys_get_one_name():
    book = strange()
    text = to_beancount(book.entries, "Strange\nkeys")
    opened = re.findall(r"^\S+ open (\S+)", text, re.MULTILINE)

    assert len(
        {posting.spot[:2] + posting.spot[3:] for entry in book.entries for posting in entry.postings}
    ) == len(opened)
    assert all(re.fullmatch(r"[A-Z][A-Za-z]+(:[A-Z0-9][A-Za-z0-9-]*)+", name) for name in opened)
    assert "; Strange keys" in text


@needs_beancount
@pytest.mark.parametrize("name", BOOKS)
def test_beancount_accepts_the_books_without_tolerance(name, tmp_path):
    assert "" == rejected_by_beancount(BOOKS[name](), tmp_path)


@needs_beancount
def test_beancount_refuses_a_journal_that_is_a_cent_off(tmp_path):
    path = tmp_path / "books.beancount"
    text = to_beancount(written(DELIVERED).entries, "bent")
    for bent in (text.replace("  -1.80 USD", "  -1.81 USD"), text.replace("1.20 ~ 0", "1.21 ~ 0")):
        assert bent != text
        path.write_text(bent, encoding="utf-8")
        assert subprocess.run([BEAN_CHECK, str(path)], capture_output=True, check=False).returncode


@needs_hledger
@pytest.mark.parametrize("name", BOOKS)
def test_hledger_accepts_the_books_and_has_our_balances(name, tmp_path):
    assert "" == rejected_by_hledger(BOOKS[name](), tmp_path)


@needs_hledger
def test_hledger_refuses_a_journal_that_is_a_cent_off(tmp_path):
    path = tmp_path / "books.journal"
    path.write_text(
        to_hledger(written(DELIVERED).entries, "bent").replace("= 1.20 USD", "= 1.21 USD"), encoding="utf-8"
    )

    assert subprocess.run([HLEDGER, "-f", str(path), "check"], capture_output=True, check=False).returncode
