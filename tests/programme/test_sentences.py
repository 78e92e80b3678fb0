"""Sentences are data until somebody reads them; then they are said in that reader's language."""

import ast
import json
import re
from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest
from fluent.runtime import FluentResource
from fluent.syntax import ast as fluent
from fluent.syntax.visitor import Visitor
from hypothesis import given, settings
from hypothesis import strategies as st

from pledgeline.money import Amount
from pledgeline.programme import sentences
from pledgeline.programme.findings import Finding, Place, meanings, way_out_of
from pledgeline.programme.sentences import (
    PlanDay,
    Sentence,
    as_data,
    codes_in,
    dated,
    from_data,
    has_sentence,
    kept_sentence,
    packed,
    sentence,
    spoken_in,
)
from tests.source import nodes

CATALOGUE = Path(str(files("pledgeline"))) / "data" / "sentences"
MAKERS = {
    "sentence": (0, ""),
    "Sentence": (0, ""),
    "together": (2, ""),
    "known": (3, ""),
    "refusal_of": (0, "ledger."),
}
"""Functions and methods that take a code of the catalogue: which argument it is, and what they put before it."""

MAKERS_OF_ROOM = {
    "ledger": {
        "Refused": (0, "ledger."),
        "Unreadable": (0, "ledger."),
        "_says": (0, "ledger.field."),
        "_may_say": (0, "ledger.field."),
    },
}
"""The same of one room: elsewhere the names mean something else."""

ADDED = {"Unreadable": {"field"}}
"""What a maker's sentences speak of without its being named there."""

NAMING = {"sentence", "refusal_of", *MAKERS_OF_ROOM["ledger"]}
"""Those whose named arguments are what the sentence speaks of."""

WHOLE_ROOMS = ("guarantees", "evidence")
"""Rooms of which every code that the source names is in the catalogue, whoever makes the sentence of it."""


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
        'listed = { LIST($who, by: "semicolon") }\nany = { LIST($who, by: "or") }\n'
        'with = { LIST($who, by: " with ") }\n'
        'ways = { LIST($who, by: "or") }; { LIST($who, by: "comma") }; { LIST($who, by: "space") }\n'
        'heard = { MOMENT($at, zone: "UTC") }, or { MOMENT($at, to: "minutes") }, or { $at }\n'
        "plain = { BREAKING($amount) }\n"
    )
    (tmp_path / "data" / "sentences" / "en" / "sentences.ftl").write_text(
        "and = { $before } and { $last }\nor = { $before } or { $last }\nplan-day = day { $day }\n"
    )
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
def test_a_sentence_says_how_it_lists_and_names_as_many_as_there_are():
    assert "Norway; Sweden" == str(sentence("x.listed", who=("Norway", "Sweden")))
    assert "Norway, Sweden or Malta" == str(sentence("x.any", who=("Norway", "Sweden", "Malta")))
    assert "Norway with Sweden" == str(sentence("x.with", who=("Norway", "Sweden")))
    many = tuple(f"Partner {number}" for number in range(5_000))
    assert "; ".join(many) == str(sentence("x.listed", who=many))


@pytest.mark.usefixtures("catalogue")
def test_a_day_that_is_counted_becomes_a_date_once_the_first_day_is_known():
    """Day 30 after 1 January is the 31st; in a sentence within a sentence and in a list, too."""
    paid = sentence("x.paid", amount=Amount(1_00, "EUR"), day=PlanDay(30), who="Norway")
    outer = sentence("x.listed", who=(paid, PlanDay(1)))

    assert "EUR\u00a01 on day 30, by Norway; day 1" == str(outer)
    assert "EUR\u00a01 on 2026-01-31, by Norway; 2026-01-02" == str(dated(outer, date(2026, 1, 1)))
    assert outer == dated(outer, None)


@pytest.mark.usefixtures("catalogue")
def test_a_day_that_no_calendar_has_stays_a_number():
    paid = sentence("x.paid", amount=Amount(1_00, "EUR"), day=PlanDay(10**12), who="Norway")

    assert "on day 1000000000000, by" in str(dated(paid, date(2026, 1, 1)))


@pytest.mark.usefixtures("catalogue")
def test_the_catalogue_says_how_things_are_listed_and_moments_and_amounts_written():
    listed = sentence("x.ways", who=("Norway", sentence("x.rows", rows=2), date(2025, 8, 13)))
    heard = sentence("x.heard", at=datetime(2025, 8, 13, 4, 0, 5, tzinfo=timezone(timedelta(hours=2))))

    assert "Norway, 2 rows or 2025-08-13; Norway, 2 rows, 2025-08-13; Norway 2 rows 2025-08-13" == str(listed)
    assert "2025-08-13T02:00:05Z, or 2025-08-13T04:00+02:00, or 2025-08-13T04:00:05+02:00" == str(heard)
    assert "EUR 12.50" == str(sentence("x.plain", amount=Amount(12_50, "EUR")))


@pytest.mark.usefixtures("catalogue")
def test_however_long_what_is_quoted_is_it_is_said():
    assert f"{'y' * 20_000}" in str(sentence("x.paid", amount="y" * 20_000, day="", who=("z" * 5_000,)))


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


PLAIN = st.one_of(
    st.text(max_size=10),
    st.integers(),
    st.dates(),
    st.datetimes(timezones=st.just(UTC)),
    st.fractions(),
    st.builds(PlanDay, st.integers()),
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
@settings(deadline=None)
def test_what_is_stored_comes_back_as_it_was(param):
    assert param == from_data(json.loads(json.dumps(as_data(param))))


@given(st.dictionaries(st.sampled_from("abc"), PARAMS, max_size=3))
@settings(deadline=None)
def test_what_is_stored_in_short_is_the_same_sentence(params):
    said = Sentence("x.rows", params)
    kept = kept_sentence(json.loads(json.dumps(packed(said))))

    assert said == kept
    assert hash(said) == hash(kept)
    assert dict(said.params) == dict(kept.params)
    assert as_data(said) == as_data(kept)
    assert dated(said, date(2026, 1, 1)) == dated(kept, date(2026, 1, 1))


def test_a_moment_comes_back_as_a_moment():
    assert datetime(2025, 8, 13, 4, tzinfo=UTC) == from_data(as_data(datetime(2025, 8, 13, 4, tzinfo=UTC)))
    assert Fraction(1, 3) == from_data(as_data(Fraction(1, 3)))


# ---- the catalogue that is shipped ----


@cache
def codes_in_the_source() -> list[tuple[str, int, str, set[str] | None]]:
    """Give each code that is written in the source, with the names of its parameters where they stand there."""
    written = []
    for file, in_file in nodes().items():
        makers = {**MAKERS, **MAKERS_OF_ROOM.get(file.partition("/")[0], {})}
        for node in in_file:
            if isinstance(node, ast.Constant) and is_code(node.value, WHOLE_ROOMS):
                written.append((file, node.lineno, node.value, None))
            if not isinstance(node, ast.Call):
                continue
            maker = getattr(node.func, "id", "") or getattr(node.func, "attr", "")
            place, before = makers.get(maker, (len(node.args), ""))
            codes = node.args[place:][:1]
            if codes and isinstance(codes[0], ast.Constant):
                names = {keyword.arg for keyword in node.keywords} | ADDED.get(maker, set())
                known = maker in NAMING and None not in names
                written.append((file, node.lineno, f"{before}{codes[0].value}", names if known else None))
    return written


def is_code(value: object, rooms: tuple[str, ...]) -> bool:
    return isinstance(value, str) and bool(
        re.fullmatch(rf"({'|'.join(rooms)})(\.[a-z0-9]+(-[a-z0-9]+)*)+", value)
    )


def messages() -> dict[str, fluent.Message]:
    """Give every message of the first language by its code."""
    found = {}
    for path in sorted((CATALOGUE / "en").glob("*.ftl")):
        body = FluentResource(path.read_text(encoding="utf-8")).body
        in_file = [message for message in body if isinstance(message, fluent.Message)]
        found.update(zip(codes_in(path.stem), in_file, strict=True))
    return found


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
        wanted = spoken_of(code, known) | of_the_way_out(code, known)
        assert names is None or wanted <= names, f"{file}:{line} {code} lacks {wanted - names}"


def of_the_way_out(code: str, known: dict[str, fluent.Message]) -> set[str]:
    """Give what the way out speaks of that a case takes over from the next wider code that has one."""
    references = References()
    while "." in code:
        message = known.get(code)
        ways = [part for part in message.attributes if part.id.name == "way-out"] if message else []
        if ways:
            references.visit(ways[0])
            break
        code = code.rpartition(".")[0]
    return references.names


class References(Visitor):  # type: ignore[misc]
    def __init__(self) -> None:
        self.names: set[str] = set()
        self.messages: set[str] = set()

    def visit_VariableReference(self, node: fluent.VariableReference) -> None:
        self.names.add(node.id.name)

    def visit_MessageReference(self, node: fluent.MessageReference) -> None:
        self.messages.add(node.id.name)


def spoken_of(code: str, known: dict[str, fluent.Message]) -> set[str]:
    """Give what a sentence speaks of, with what it takes over from others of its file."""
    references = References()
    references.visit(known[code])
    file, _ = sentences._address(code)
    wanted = {(file, name) for name in references.messages}
    taken_over = [other for other in known if sentences._address(other) in wanted] if wanted else []
    return references.names.union(*(spoken_of(other, known) for other in taken_over))


@pytest.mark.usefixtures("catalogue")
def test_the_way_out_is_that_of_the_narrowest_code_or_that_of_an_objection_that_is_passed_on():
    passed_on = sentence("x.passed-on.said", objection=sentence("x.rows", rows=2, file="a.csv"))

    assert "Read a.csv again." == way_out_of(sentence("x.rows.none.at-all", file="a.csv"))
    assert "Read a.csv again." == way_out_of(passed_on)
    assert "" == way_out_of(sentence("x.paid"))


def test_a_reader_of_files_has_its_codes_in_one_file():
    """Codes that two readers have are told apart by their third part; what they mean is not the same."""
    record, workbook = meanings("record"), meanings("workbook")

    assert "A cell that must be filled is empty." == str(record["cell.empty"])
    assert "A cell that must be filled in is empty." == str(workbook["cell.empty"])
    assert {"folder.missing", "fx.jump"} <= record.keys() - workbook.keys()
    assert {"sheet.missing", "plan.no-offer"} <= workbook.keys() - record.keys()


# ---- plain rooms ----

ALONE = {"ledger/verifier.py"}
"""Files that partners keep and run with nothing else beside them, so they say their sentences themselves."""


def english_in(room: str) -> list[str]:
    """Give the texts of a room's source that begin as a sentence, end as one and have five words.

    A text that stands alone as a statement documents what is above it.
    """
    written = []
    for file, in_file in nodes().items():
        if file in ALONE or not file.startswith(f"{room}/"):
            continue
        passed = {id(node.value) for node in in_file if isinstance(node, ast.Expr)}
        passed |= {id(part) for node in in_file if isinstance(node, ast.JoinedStr) for part in node.values}
        for node in in_file:
            text = text_of(node) if id(node) not in passed else ""
            if len(text.split()) >= 5 and re.match(r"[A-Z“{].*[.?]$", text.strip(), re.DOTALL):
                written.append(f"{file}:{node.lineno} {text}")  # type: ignore[attr-defined]
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

    assert [] == written


def _is_an_amount_as_text(value):
    """Say whether it is `str(...)` or a text with braces around an amount: made of one, or named so."""
    written = [part.value for part in ast.walk(value) if isinstance(part, ast.FormattedValue)]
    if isinstance(value, ast.Call) and getattr(value.func, "id", "") == "str":
        written += value.args
    return any(re.search(r"^Amount\(|(^|[._])amount$", ast.unparse(part)) for part in written)


def test_no_sentence_is_given_an_amount_as_a_text():
    """The language of the reader is known when a sentence is said, not when it is made."""
    assert _is_an_amount_as_text(ast.parse("str(Amount(1, code))", mode="eval").body)
    assert _is_an_amount_as_text(ast.parse("f'{posting.amount}'", mode="eval").body)
    assert not _is_an_amount_as_text(ast.parse("str(amount.minor)", mode="eval").body)
    makers = {"sentence", "Refused", "refusal_of", "Sentence"}
    found = [
        f"{module}:{node.lineno}"
        for module, tree in nodes().items()
        for node in tree
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in makers
        if any(given.arg != "minor" and _is_an_amount_as_text(given.value) for given in node.keywords)
    ]
    assert [] == found
