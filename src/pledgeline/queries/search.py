"""Search over everything that somebody may see: rows of the chain, contributions, the public record, instruments.

Each kind is looked through as its own pages see it, so that nothing is found that a page would not show, and of what
is not shown there is no count either. Each word that was typed has to stand in one of the fields of what is found.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import Q, QuerySet

from pledgeline.accounts.rights import Person
from pledgeline.guarantees import Register
from pledgeline.programme.parties import countries, country_name
from pledgeline.programme.record import PublicRecord
from pledgeline.programme.sentences import Sentence
from pledgeline.programme.settings import Programme
from pledgeline.queries import contributions as giving
from pledgeline.queries.chain import newest
from pledgeline.records.models import (
    ChainRow,
    FormedPackage,
    OfferRecord,
    OrderRecord,
    ProgrammeRecord,
    ReceiptRecord,
    RequirementRecord,
    ShipmentRecord,
)
from pledgeline.records.register import seen_register
from pledgeline.records.snapshot import snapshot

MOST_WORDS = 6
SHORTEST = 2
"""Units: characters of all words together."""

MOST_OF_A_KIND = 20
"""So many of each kind are shown; of more it is only said that there are more."""

EXCERPT = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """One thing that was found: its kind, its key, what it is, and the field in which the words stand.

    `kind` is the noun as files call it, or `package-reported`, `party` or `instrument`. `field` is a field of the noun,
    "" where the words stand in its key or its title; `label` names it where the noun has a model.
    """

    kind: str
    key: str
    title: str = ""
    field: str = ""
    label: Sentence | None = None
    excerpt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHits:
    """What was found of one kind."""

    kind: str
    hits: Sequence[SearchHit]
    has_more: bool


def words_of(text: str) -> list[str]:
    """Give the words that are looked for; none where too little was typed."""
    words = text.split()[:MOST_WORDS]
    return words if sum(map(len, words)) >= SHORTEST else []


def search_programme(
    programme: ProgrammeRecord, words: Sequence[str], person: Person, today: date
) -> list[SearchHits]:
    """Look through a programme that `person` may see, kind by kind."""
    found = [
        *(_of_a_table(table, programme, words, person) for table in _COLUMNS),
        _of_contributions(programme, words, person),
    ]
    seen = snapshot(programme.slug, person)
    found += _of_the_record(seen.programme, seen.record, words, today)
    return [hit for hit in found if hit.hits]


def search_register(words: Sequence[str], person: Person) -> list[SearchHits]:
    """Look through the register of guarantees as `person` sees it."""
    found = _shown("instrument", _instruments(seen_register(person).register, words))
    return [found] if found.hits else []


# The chain

_COLUMNS: Mapping[type[ChainRow], tuple[str, ...]] = {
    RequirementRecord: ("key", "item", "category", "purpose"),
    OfferRecord: ("key", "item", "supplier", "terms"),
    OrderRecord: ("key", "supplier", "contract", "delivery_point", "lines__package_line__line"),
    ShipmentRecord: ("key", "handover_point", "order__key", "lots__lot", "lots__serials"),
    ReceiptRecord: (
        "key",
        "place",
        "counted_by",
        "shipment__key",
        "lots__shipped__lot",
        "lots__why_rejected",
        "lots__why_short",
    ),
    FormedPackage: ("key", "lines__line"),
}
"""The columns of each table in which words are looked for."""

_TITLES = {
    "requirement": "item",
    "offer": "item",
    "order": "supplier",
    "shipment": "handover_point",
    "receipt": "place",
}
"""The field that says in a hit what a noun is; a package has its key alone."""


def _of_a_table(
    table: type[ChainRow], programme: ProgrammeRecord, words: Sequence[str], person: Person
) -> SearchHits:
    columns = _COLUMNS[table]
    rows = _with_words(newest(table, programme, person), columns, words).order_by("key")
    noun = table.KIND.NAME
    return _shown(noun, (_hit_of_row(row, noun, columns, words) for row in rows[: MOST_OF_A_KIND + 1]))


def _with_words(rows: QuerySet[Any], columns: Sequence[str], words: Sequence[str]) -> QuerySet[Any]:
    """Keep the rows that have each word in one of the columns, each row once."""
    condition = reduce(
        and_,
        (
            reduce(or_, (Q(**{f"{column}__icontains": form}) for column in columns for form in _cases(word)))
            for word in words
        ),
    )
    return rows.filter(pk__in=rows.filter(condition).values("pk"))


def _cases(word: str) -> set[str]:
    """Give a word as it may be written: SQLite knows capitals of Latin letters alone."""
    return {word} if word.isascii() else {word, word.lower(), word.upper(), word.capitalize()}


def _hit_of_row(row: Any, noun: str, columns: Sequence[str], words: Sequence[str]) -> SearchHit:
    title = str(getattr(row, _TITLES[noun])) if noun in _TITLES else ""
    own = {column: str(getattr(row, column) or "") for column in columns if "__" not in column}
    field = _where({name: text for name, text in own.items() if name != "key"}, words)
    said: Mapping[str, Any] = type(row).KIND.fields_said()
    in_parts = not field and not any(_holds(row.key, word) for word in words)
    if in_parts and "lots" in said:
        field = "lots"
    elif in_parts and "lines" in said:
        field = "lines"
    label = said[field].label if field in said and own.get(field) != title else None
    return SearchHit(
        kind=noun,
        key=row.key,
        title=title,
        field=field,
        label=label,
        excerpt=_excerpt(own.get(field, ""), words),
    )


def _of_contributions(programme: ProgrammeRecord, words: Sequence[str], person: Person) -> SearchHits:
    if not giving.may_see(programme, person):
        return _shown("contribution", ())
    rows = giving.contributions(programme, person, giving.state_now(programme))
    return _shown(
        "contribution",
        (
            SearchHit(kind="contribution", key=row.key, title=row.partner)
            for row in rows
            if _all_in((row.key, row.partner), words)
        ),
    )


# The public record


def _of_the_record(
    programme: Programme, record: PublicRecord, words: Sequence[str], today: date
) -> Iterator[SearchHits]:
    announcements = [row for row in record.announcements if row.announced_on <= today]
    yield _of_texts(
        "announcement",
        ((row.id, {"title": row.title, "earmark": row.earmark, "note": row.note}) for row in announcements),
        words,
    )
    packages = (row for row in record.packages if row.announced_on <= today)
    yield _of_texts(
        "package-reported",
        ((row.id, {"contents": row.contents, "note": row.note}) for row in packages),
        words,
    )
    codes = {code for row in announcements for code in row.partners}
    yield _shown("party", _parties(programme, codes, words))
    yield _of_texts(
        "source",
        (
            (row.id, {"title": row.title, "publisher": row.publisher, "url": row.url})
            for row in record.sources
        ),
        words,
    )


def _of_texts(kind: str, rows: Iterable[tuple[str, Mapping[str, str]]], words: Sequence[str]) -> SearchHits:
    """Find the rows whose key and texts, together, hold all words."""
    return _shown(
        kind,
        (_hit(kind, key, texts, words) for key, texts in rows if _all_in((key, *texts.values()), words)),
    )


def _parties(programme: Programme, codes: Iterable[str], words: Sequence[str]) -> Iterator[SearchHit]:
    known = countries()
    for code in sorted(codes):
        name = programme.parties.get(code) or (country_name(code) if code in known else code)
        if _all_in((code, name), words):
            yield SearchHit(kind="party", key=code, title=name)


def _instruments(register: Register, words: Sequence[str]) -> Iterator[SearchHit]:
    for instrument in register.instruments:
        duties = " ".join(duty.summary for duty in instrument.obligations)
        if _all_in((instrument.id, *instrument.every_title, instrument.summary, duties), words):
            fields = {"title": instrument.full_title, "summary": instrument.summary, "obligations": duties}
            yield _hit("instrument", instrument.id, fields, words)


# Texts


def _shown(kind: str, hits: Iterable[SearchHit]) -> SearchHits:
    first: list[SearchHit] = []
    for hit in hits:
        if len(first) == MOST_OF_A_KIND:
            return SearchHits(kind=kind, hits=first, has_more=True)
        first.append(hit)
    return SearchHits(kind=kind, hits=first, has_more=False)


def _hit(kind: str, key: str, fields: Mapping[str, str], words: Sequence[str]) -> SearchHit:
    """Make a hit of texts, of which the first is the title."""
    first, *_rest = fields
    field = _where(fields, words)
    title = _excerpt(fields[first], words if field == first else ())
    excerpt = _excerpt(fields[field], words) if field not in ("", first) else ""
    return SearchHit(kind=kind, key=key, title=title, field="" if field == first else field, excerpt=excerpt)


def _where(fields: Mapping[str, str], words: Sequence[str]) -> str:
    """Name the first field that holds one of the words."""
    return next((name for name, text in fields.items() if any(_holds(text, word) for word in words)), "")


def _holds(text: str, word: str) -> bool:
    return word.casefold() in text.casefold()


def _all_in(texts: Sequence[str], words: Sequence[str]) -> bool:
    whole = "\n".join(texts).casefold()
    return all(word.casefold() in whole for word in words)


def _excerpt(text: str, words: Sequence[str]) -> str:
    """Cut a text to a line around the first of the words that it holds."""
    text = " ".join(text.split())
    if len(text) <= EXCERPT:
        return text
    low = text.casefold()
    at = min((place for word in words if (place := low.find(word.casefold())) >= 0), default=0)
    begin = max(0, min(at - EXCERPT // 3, len(text) - EXCERPT))
    return f"{'…' if begin else ''}{text[begin : begin + EXCERPT].strip()}{'…' if begin + EXCERPT < len(text) else ''}"
