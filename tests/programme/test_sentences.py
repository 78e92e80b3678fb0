"""Sentences are data until somebody reads them; then they are said in that reader's language."""

import ast
import json
import re
from datetime import UTC, date, datetime
from fractions import Fraction
from importlib.resources import files
from pathlib import Path

import pytest
from fluent.runtime import FluentResource
from fluent.syntax import ast as fluent
from fluent.syntax.visitor import Visitor
from hypothesis import given
from hypothesis import strategies as st

from pledgeline.money import Amount
from pledgeline.programme import sentences
from pledgeline.programme.findings import Finding, Place
from pledgeline.programme.sentences import Sentence, as_data, from_data, has_sentence, sentence, spoken_in

CATALOGUE = Path(str(files("pledgeline"))) / "data" / "sentences"
SOURCES = Path(str(files("pledgeline")))
MAKERS = {"sentence": "", "Sentence": "", "refusal_of": "ledger."}
"""Functions whose first argument is a code of the catalogue, with what they put before it."""

MAKERS_OF_ROOM = {
    "ledger": {
        "Refused": "ledger.",
        "Unreadable": "ledger.",
        "_says": "ledger.field.",
        "_may_say": "ledger.field.",
    },
}
"""The same of one room: elsewhere the names mean something else."""

ADDED = {"Unreadable": {"field"}}
"""What a maker's sentences speak of without its being named there."""


@pytest.fixture
def catalogue(tmp_path, monkeypatch):
    """A catalogue of two languages, the second with three plural forms."""
    (tmp_path / "data" / "sentences" / "en").mkdir(parents=True)
    (tmp_path / "data" / "sentences" / "uk").mkdir()
    (tmp_path / "data" / "sentences" / "en" / "x.ftl").write_text(
        "rows = { $rows -> \n    [one] { $rows } row\n   *[other] { $rows } rows\n }\n"
        "    .way-out = Read { $file } again.\n"
        "rows_none = No row.\n"
        "paid = { $amount } on { $day }, by { $who }\n"
    )
    (tmp_path / "data" / "sentences" / "en" / "sentences.ftl").write_text("and = { $before } and { $last }\n")
    (tmp_path / "data" / "sentences" / "uk" / "x.ftl").write_text(
        "rows = { $rows -> \n    [one] { $rows } рядок\n    [few] { $rows } рядки\n   *[many] { $rows } рядків\n }\n"
    )
    monkeypatch.setattr(sentences, "files", lambda _: tmp_path)
    monkeypatch.setattr(sentences, "LANGUAGES", ("en", "uk"))
    sentences._catalogue.cache_clear()
    yield
    sentences._catalogue.cache_clear()


@pytest.mark.usefixtures("catalogue")
def test_plural_forms_are_those_of_the_language():
    said = [str(sentence("x.rows", rows=rows)) for rows in (1, 2, 5, 21)]
    with spoken_in("uk"):
        other = [str(sentence("x.rows", rows=rows)) for rows in (1, 2, 5, 21)]

    assert ["1 row", "2 rows", "5 rows", "21 rows"] == said
    assert ["1 рядок", "2 рядки", "5 рядків", "21 рядок"] == other


@pytest.mark.usefixtures("catalogue")
def test_what_a_language_lacks_is_said_in_the_first_one():
    with spoken_in("uk"):
        assert "No row." == str(sentence("x.rows.none"))
    with spoken_in("tlh"):
        assert "2 rows" == str(sentence("x.rows", rows=2))


@pytest.mark.usefixtures("catalogue")
def test_amounts_days_and_names_are_written_by_the_language():
    paid = sentence(
        "x.paid", amount=Amount(12_50, "EUR"), day=date(2025, 8, 13), who=("Norway", "Sweden", "Denmark")
    )

    assert "EUR\u00a012.50 on 2025-08-13, by Norway, Sweden and Denmark" == str(paid)


@pytest.mark.usefixtures("catalogue")
def test_a_case_has_the_way_out_of_its_code():
    finding = Finding(place=Place(file="a.csv", line=3), said=sentence("x.rows.none", file="a.csv"))

    assert "x.rows" == finding.code
    assert "No row." == finding.wrong
    assert "Read a.csv again." == finding.way_out


@pytest.mark.usefixtures("catalogue")
def test_a_sentence_that_lacks_what_it_speaks_of_is_a_slip_of_the_program():
    with pytest.raises(LookupError, match=r"x\.paid"):
        str(sentence("x.paid", amount=Amount(1, "EUR")))
    with pytest.raises(LookupError, match=r"x\.nothing"):
        str(sentence("x.nothing"))


@pytest.mark.usefixtures("catalogue")
def test_however_long_what_is_quoted_is_it_is_said():
    assert f"{'y' * 20_000}" in str(sentence("x.paid", amount="y" * 20_000, day="", who=("z" * 5_000,)))


PLAIN = st.one_of(
    st.text(max_size=10),
    st.integers(),
    st.dates(),
    st.datetimes(timezones=st.just(UTC)),
    st.fractions(),
    st.builds(Amount, st.integers(), st.sampled_from(["USD", "JPY", "TND"])),
)
PARAMS = st.recursive(
    PLAIN,
    lambda params: st.one_of(
        st.lists(params, max_size=3).map(tuple),
        st.builds(Sentence, st.just("x.rows"), st.dictionaries(st.sampled_from("abc"), params, max_size=2)),
    ),
    max_leaves=5,
)


@given(PARAMS)
def test_what_is_stored_comes_back_as_it_was(param):
    assert param == from_data(json.loads(json.dumps(as_data(param))))


def test_a_moment_comes_back_as_a_moment():
    assert datetime(2025, 8, 13, 4, tzinfo=UTC) == from_data(as_data(datetime(2025, 8, 13, 4, tzinfo=UTC)))
    assert Fraction(1, 3) == from_data(as_data(Fraction(1, 3)))


# ---- the catalogue that is shipped ----


def codes_in_the_source() -> list[tuple[str, int, str, set[str] | None]]:
    """Give each code that is written in the source, with the names of its parameters where they stand there."""
    written = []
    for path in sorted(SOURCES.rglob("*.py")):
        file = path.relative_to(SOURCES)
        makers = {**MAKERS, **MAKERS_OF_ROOM.get(file.parts[0], {})}
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (
                isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in makers
            ):
                continue
            if node.args and isinstance(node.args[0], ast.Constant):
                maker = node.func.id
                names = {keyword.arg for keyword in node.keywords} | ADDED.get(maker, set())
                known = maker != "Sentence" and None not in names
                code = f"{makers[maker]}{node.args[0].value}"
                written.append((str(file), node.lineno, code, names if known else None))
    return written


def messages() -> dict[str, fluent.Message]:
    """Give every message of the first language by its code."""
    return {
        f"{path.stem}.{message.id.name.replace('_', '.')}": message
        for path in sorted((CATALOGUE / "en").glob("*.ftl"))
        for message in FluentResource(path.read_text(encoding="utf-8")).body
        if isinstance(message, fluent.Message)
    }


def test_every_file_of_the_catalogue_is_read_whole():
    for path in sorted(CATALOGUE.rglob("*.ftl")):
        junk = [
            part.content
            for part in FluentResource(path.read_text(encoding="utf-8")).body
            if isinstance(part, fluent.Junk)
        ]
        assert [] == junk, path


def test_every_sentence_of_the_source_is_in_the_catalogue():
    missing = [where for where in codes_in_the_source() if not has_sentence(where[2])]

    assert [] == missing


def test_every_sentence_gets_what_it_speaks_of():
    known = messages()
    for file, line, code, names in codes_in_the_source():
        wanted = spoken_of(known[code])
        assert names is None or wanted <= names, f"{file}:{line} {code} lacks {wanted - names}"


class References(Visitor):  # type: ignore[misc]
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: fluent.VariableReference) -> None:
        self.names.add(node.id.name)


def spoken_of(message: fluent.Message) -> set[str]:
    references = References()
    references.visit(message)
    return references.names


# ---- plain rooms ----

SAYING_ENGLISH = {
    "money": 7,
    "programme": 8,
    "plan": 170,
    "guarantees": 204,
    "exchange": 577,
}
"""Rooms whose sentences are not all in the catalogue yet, with how many there may be."""


ALONE = {"ledger/verifier.py"}
"""Files that partners keep and run with nothing else beside them, so they say their sentences themselves."""


def english_in(room: str) -> list[str]:
    """Give the texts of a room's source that begin as a sentence, end as one and have five words.

    A text that stands alone as a statement documents what is above it.
    """
    written = []
    for path in sorted((SOURCES / room).rglob("*.py")):
        if str(path.relative_to(SOURCES)) in ALONE:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        passed = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        passed |= {
            id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values
        }
        for node in ast.walk(tree):
            text = text_of(node) if id(node) not in passed else ""
            if len(text.split()) >= 5 and re.match(r"[A-Z“{].*[.?]$", text.strip(), re.DOTALL):
                written.append(f"{path.relative_to(SOURCES)}:{node.lineno} {text}")  # type: ignore[attr-defined]
    return written


def text_of(node: ast.AST) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(text_of(part) or "{}" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


@pytest.mark.parametrize(
    "room", ["money", "programme", "plan", "ledger", "guarantees", "evidence", "exchange"]
)
def test_no_plain_room_writes_english(room):
    written = english_in(room)

    assert len(written) <= SAYING_ENGLISH.get(room, 0), "\n".join(written)
