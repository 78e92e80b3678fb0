"""The records of decisions have one form, and their table of contents lists each."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.any_database

DECISIONS = Path(__file__).parents[2] / "docs" / "decisions"
RECORDS = sorted(DECISIONS.glob("[0-9]*.md"))
NEVER_GIVEN_OUT = {22, 23}
HEAD = re.compile(r"# (\d+)\. (\S.*?) {4,}accepted (\d{4}-\d\d-\d\d)(?:, (.+))?")
WORDS = ["Question", "Weighed", "Chosen", "Costs", "Reopen if"]


def heads() -> list[tuple[str, str, str, str]]:
    """Give number, title, what became of it and file name of each record, as its first line says."""
    found = []
    for record in RECORDS:
        first = record.read_text().splitlines()[0]
        head = HEAD.fullmatch(first)
        assert head, f"{record.name}: {first}"
        found.append((head[1], head[2], head[4] or "", record.name))
    return found


def test_each_number_is_there_once_but_two_that_were_never_given_out():
    numbers = [int(number) for number, _, _, _ in heads()]

    assert sorted(set(range(1, max(numbers) + 1)) - NEVER_GIVEN_OUT) == numbers
    assert [f"{number:04}" for number in numbers] == [record.name[:4] for record in RECORDS]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.name)
def test_a_record_has_the_five_words_in_order_and_nothing_else(record):
    """A word begins a line; what it says begins in column 12, and so does every line after."""
    lines = record.read_text().splitlines()[1:]
    begun = [line[:11].rstrip() for line in lines if not line.startswith(" " * 11)]

    assert WORDS == begun
    assert all(line[10] == " " and line[11].strip() for line in lines)


def test_the_table_of_contents_lists_each_with_its_title_and_what_became_of_it():
    listed = [line for line in (DECISIONS / "README.md").read_text().splitlines() if line.startswith("| [")]

    assert [
        f"| [{number}]({file}) | {title} | {f'{became} ' if became else ''}|"
        for number, title, became, file in heads()
    ] == listed
