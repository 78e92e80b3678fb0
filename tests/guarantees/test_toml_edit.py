"""Single values of a text are changed, and nothing else in it."""

import tomllib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgeline.guarantees.toml_edit import with_value
from tests.guarantees.conftest import HERE, SHIPPED

TEXT = """\
# a comment that stays
title = "Old" # and this one
on = 2025-01-31
list = [
  "a",  # why
]

[term]
length = "P1Y"

[[duties]]
id = "one"
deadline = { within = "PT24H", from = "trigger" }

[[duties]]
id = "two"
"""


@pytest.mark.parametrize(
    ("path", "value", "old", "new"),
    [
        (("title",), 'New "one"', '"Old"', '"New \\"one\\""'),
        (("on",), date(2026, 2, 28), "2025-01-31", "2026-02-28"),
        (("list",), ("b", "c"), '[\n  "a",  # why\n]', '["b", "c"]'),
        (("term", "length"), "P2Y", '"P1Y"', '"P2Y"'),
        (("duties", 0, "deadline", "within"), "PT12H", '"PT24H"', '"PT12H"'),
        (("duties", 0, "deadline", "from"), None, ', from = "trigger"', ""),
        (("duties", 0, "deadline", "within"), None, '{ within = "PT24H", from', "{ from"),
        (("duties", 1, "kind"), "consult", 'id = "two"', 'kind = "consult"\nid = "two"'),
        (("duties", 0, "deadline", "qualifier"), "hard", "{ within", '{ qualifier = "hard", within'),
        (("term", "length"), None, 'length = "P1Y"\n', ""),
        (("nothing",), None, "", ""),
    ],
)
def test_one_value_changes_and_nothing_else(path, value, old, new):
    assert with_value(TEXT, path, value) == TEXT.replace(old, new, 1)


@pytest.mark.parametrize(
    ("text", "path", "value", "changed"),
    [
        # What stands above the next table is about the next table.
        (
            '[[d]]\nid = "a"\n\n# The second:\n[[d]]\nid = "b"\n',
            ("d", 0, "kind"),
            "x",
            '[[d]]\nkind = "x"\nid = "a"\n\n# The second:\n[[d]]\nid = "b"\n',
        ),
        ("[t]\nd.within = 1\n", ("t", "d", "from"), "x", '[t]\nd.from = "x"\nd.within = 1\n'),
        ("[t]", ("t", "a"), 1, "[t]\na = 1\n"),
        ("t = {}", ("t", "a"), 1, "t = { a = 1}"),
        ("[t]\nd = { on = 2026-06-01  }", ("t", "a"), 1, "[t]\na = 1\nd = { on = 2026-06-01  }"),
        ("t = {a=1,b=2}", ("t", "b"), None, "t = {a=1}"),
        ("t = [{a=1,b=2}]", ("t", 0, "c"), True, "t = [{ c = true, a=1,b=2}]"),
        ("[a.x]\nb = 1\n[c]\n[a.y]\nd = 1\n", ("a", "y", "d"), 2, "[a.x]\nb = 1\n[c]\n[a.y]\nd = 2\n"),
    ],
)
def test_a_table_may_be_written_in_any_way(text, path, value, changed):
    assert changed == with_value(text, path, value)


def test_every_text_stays_letter_by_letter_where_nothing_changes():
    files = [
        path for folder in (SHIPPED, HERE / "register", HERE / "cases") for path in folder.rglob("*.toml")
    ]
    texts = [path.read_text(encoding="utf-8") for path in files]

    assert len(texts) > 30
    assert texts == [with_value(text, ("nothing",), None) for text in texts]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("= broken", ("a",)),
        (TEXT, ("nowhere", "a")),
        (TEXT, ("duties", 7, "a")),
        (TEXT, ("title", "a")),
        (TEXT, ("list", 0, "a")),
    ],
)
def test_what_cannot_be_changed_is_refused(text, path):
    with pytest.raises(ValueError, match=r"has no table|Invalid"):
        with_value(text, path, "x")


@given(value=st.text(alphabet=st.characters(blacklist_categories=["Cs"]), max_size=40), data=st.data())
def test_a_shipped_text_with_another_value_reads_as_before_but_for_that_value(value, data):
    file = data.draw(st.sampled_from(sorted(SHIPPED.glob("ua-*.toml"))))
    text = file.read_text(encoding="utf-8")
    was = tomllib.loads(text)
    number = data.draw(st.integers(0, len(was["obligations"]) - 1))
    path = data.draw(st.sampled_from([("title",), ("place",), ("obligations", number, "provision")]))

    now = tomllib.loads(with_value(text, path, value))

    inside = was if len(path) == 1 else was["obligations"][number]
    inside[path[-1]] = value
    assert now == was
