"""What every noun of the chain is: a closed model, whose fields are said once.

A form, a file, a command and the API read a noun from the same model: each gives its raw values by the names of the
fields, and gets the noun, or every finding with its field. What a field is called and what it means is said by the
catalogue under `noun.<noun>-<field>`, with `.help` beside it; how a column of a workbook may be headed stands beside
the field.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Self, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from pledgeline.programme.fields import Unreadable, shown
from pledgeline.programme.findings import Finding, Place
from pledgeline.programme.sentences import Param, Sentence, sentence


class Noun(BaseModel):
    """One thing that people write down: `NAME` is what files and addresses call it, the field `KEY` names one.

    `FAMILY` is where the catalogue says what cannot be meant in a field of it.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    NAME: ClassVar[str]
    KEY: ClassVar[str] = "key"
    FAMILY: ClassVar[str] = "noun"

    @classmethod
    def fields_said(cls) -> "Mapping[str, FieldSaid]":
        """Give its fields in their order, by name."""
        return MappingProxyType({name: FieldSaid(cls, name) for name in cls.model_fields})

    def restated(self, **fields: object) -> Self:
        """Give the same thing with other values in some fields, checked again."""
        return self.model_validate({**self.as_said(), **fields})

    def as_said(self) -> dict[str, Any]:
        """Give what is said of it by the names of the fields; what is left empty is left out."""
        values: dict[str, object] = self.model_dump(mode="json", exclude_none=True)
        return values


AnyNoun = TypeVar("AnyNoun", bound=Noun)

MOST_PARTS = 1_000
"""So many lines or lots one noun has at most; more are two orders."""


def read_parts(value: object) -> tuple[object, ...]:
    """Read the list of a noun's parts, of which there is one at least; each part is read by its own model."""
    if not isinstance(value, list | tuple) or len(value) > MOST_PARTS:
        raise Unreadable("no-list.field", most=str(MOST_PARTS))
    if not value:
        raise Unreadable("nothing-in-it.field")
    return tuple(value)


Parts = Annotated[tuple[AnyNoun, ...], BeforeValidator(read_parts)]
"""The lines of a noun, or its lots: nouns themselves, which are nothing without it."""


def once(parts: Iterable[Noun], *, at: str) -> None:
    """Refuse parts of which two have the same key; `at` is the field that holds them."""
    seen: set[object] = set()
    for part in parts:
        key = getattr(part, part.KEY)
        if key in seen:
            raise Unreadable("twice.part", at=at, key=key)
        seen.add(key)


class FieldSaid:
    """A field of a noun as forms, files and commands need it."""

    def __init__(self, noun: type[Noun], name: str) -> None:
        self.noun, self.name = noun, name
        self._field = noun.model_fields[name]

    @property
    def label(self) -> Sentence:
        """Give what it is called."""
        return Sentence(f"noun.{self.noun.NAME}-{self.name.replace('_', '-')}")

    @property
    def help(self) -> str:
        """Say what it means; "" where its name says all."""
        return self.label.part("help")

    @property
    def is_needed(self) -> bool:
        return bool(self._field.is_required())

    @property
    def kind(self) -> str:
        """Give the name of its kind in `programme.fields`, such as Key, Minor or Day."""
        annotation = self._field.annotation
        kinds = [part for part in getattr(annotation, "__args__", ()) if part is not type(None)] or [
            annotation
        ]
        return str(getattr(kinds[0], "__name__", kinds[0]))

    @property
    def part(self) -> "type[Noun] | None":
        """Give the noun of which the field holds a list."""
        of = getattr(self._field.annotation, "__args__", (None,))[0]
        return of if isinstance(of, type) and issubclass(of, Noun) else None

    @property
    def usual(self) -> object:
        """Give what it is where nobody says it."""
        return None if self.is_needed else self._field.default

    @property
    def is_seldom(self) -> bool:
        """Say whether few say it: a list has it in its files alone, a page only where it is not as usual."""
        return bool(self._more.get("seldom"))

    @property
    def headings(self) -> tuple[str, ...]:
        """Give how a column of it may be headed, its usual heading first."""
        return tuple(self._more.get("headings", (self.name,)))

    @property
    def tag(self) -> str:
        """Give the tag of a column of it in the Humanitarian Exchange Language (HXL 1.1); "" where it has none."""
        return str(self._more.get("hxl", ""))

    @property
    def _more(self) -> Mapping[str, Any]:
        more = self._field.json_schema_extra
        return more if isinstance(more, dict) else {}


def says(heading: str, *also: str, tag: str = "") -> Any:
    """Give a field that has to be said, how a column of it is headed, and its tag."""
    return Field(json_schema_extra=_of_a_column(heading, *also, tag=tag))


def may_say(heading: str, *also: str, usual: Any = None, tag: str = "", seldom: bool = False) -> Any:
    """Give a field that need not be said, what it is then, how a column of it is headed, its tag, and if few say it."""
    return Field(usual, json_schema_extra=_of_a_column(heading, *also, tag=tag, seldom=seldom))


def _of_a_column(*headings: str, tag: str, seldom: bool = False) -> Any:
    return {"headings": [*headings], **({"hxl": tag} if tag else {}), **({"seldom": True} if seldom else {})}


def read_noun(noun: type[AnyNoun], raw: Mapping[str, object], place: Place) -> AnyNoun | list[Finding]:
    """Read a noun from raw values by the names of its fields: it, or everything that is wrong with it.

    The field of a finding is the last part of its path.
    """
    unknown = [name for name in raw if name not in noun.model_fields]
    findings = [_unknown(noun, name, place) for name in unknown]
    known = {name: value for name, value in raw.items() if name in noun.model_fields and value is not None}
    try:
        read = noun.model_validate(known)
    except ValidationError as error:
        findings += [_finding(noun, fault, place) for fault in error.errors(include_url=False)]
    return findings or read


def plural(noun: str) -> str:
    """Give what files, commands and addresses call several of a noun."""
    return f"{noun[:-1]}ies" if noun.endswith("cy") else f"{noun}s"


def at_field(place: Place, name: str) -> Place:
    """Give the place of a field; without a name, that of the whole."""
    return replace(place, path=(*place.path, name)) if name else place


def field_of(finding: Finding) -> str:
    """Name the field that a finding is about; "" where it is about the whole."""
    return str(finding.place.path[-1]) if finding.place.path else ""


def _finding(noun: type[Noun], fault: ErrorDetails, place: Place) -> Finding:
    """Say what is wrong at its field; in a part of the noun the path has the field that holds it, and its number."""
    path = tuple(fault["loc"])
    problem = fault.get("ctx", {}).get("error")
    if at := getattr(problem, "at", ""):
        path = (*path, at)
    for name in path[:-1]:
        part = noun.fields_said()[name].part if isinstance(name, str) else None
        noun = part or noun
    name = path[-1] if path else ""
    within = replace(place, path=(*place.path, *path))
    if fault["type"] == "extra_forbidden":
        return _unknown(noun, str(name), replace(within, path=within.path[:-1]))
    label: Param = noun.fields_said()[name].label if name in noun.model_fields else shown(name)
    if isinstance(problem, Unreadable):
        said = sentence(f"{noun.FAMILY}.{problem.code}", **problem.params, field=label)
    elif fault["type"] == "missing":
        said = sentence("noun.missing-field.name", field=label)
    else:
        said = sentence("noun.out-of-range.field", text=shown(fault["input"]), field=label)
    return Finding(place=within, said=said)


def _unknown(noun: type[Noun], name: str, place: Place) -> Finding:
    names = list(noun.model_fields)
    close = get_close_matches(name, names, n=1, cutoff=0.7)
    said = (
        sentence("noun.unknown-field.close", field=shown(name), close=close[0])
        if close
        else sentence("noun.unknown-field.fields", field=shown(name), fields=", ".join(names))
    )
    return Finding(place=at_field(place, shown(name)), said=said)
