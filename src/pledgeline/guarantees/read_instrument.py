"""Read one instrument: its dates, parties, term, exit, sources; the obligations have a reader of their own."""

import re
from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pledgeline.guarantees.durations import Duration, parse_duration
from pledgeline.guarantees.instruments import (
    EndsWhen,
    Instrument,
    InstrumentLink,
    InstrumentParty,
    InstrumentTerm,
    Obligation,
    Ratification,
    SourceText,
    Termination,
    Verification,
    VetoPoint,
)
from pledgeline.guarantees.own_texts import read_own_texts
from pledgeline.guarantees.read_obligations import ObligationReader
from pledgeline.guarantees.sheet_reader import SheetReader
from pledgeline.guarantees.toml_fields import keys_of
from pledgeline.guarantees.toml_tables import TomlFile, TomlTable, did_you_mean
from pledgeline.guarantees.vocabulary import Actors, Vocabulary
from pledgeline.programme.sentences import sentence

SCHEMA = "pledgeline-guarantee/0.1"
LONGEST_TEXT = 400
_MACHINE_PATH = re.compile(r"(^|\s)/(home|work|tmp|root|Users)/")
_UNREAD = date(1900, 1, 1)  # stands where a day could not be read; the sheet then has a finding


class InstrumentReader(SheetReader):
    """Reads one file; its methods follow the tables of the schema."""

    def __init__(self, sheet: TomlFile, vocabulary: Vocabulary, actors: Actors, ids: frozenset[str]) -> None:
        super().__init__(sheet, vocabulary, actors)
        self.ids = ids

    def read(self) -> Instrument | None:
        if self.sheet.values is None:
            return None
        keys = keys_of(Instrument)
        needed, optional = f"schema {keys['required']}", keys["optional"]
        top = TomlTable(self.sheet, (), self.sheet.values, required=needed, optional=optional)
        self._check_texts((), self.sheet.values)
        if "schema" in top and top.text("schema") != SCHEMA:
            top.wrong("schema", sentence("guarantees.wrong-schema.instrument", schema=SCHEMA))
        stem = self.sheet.file.rpartition("/")[2].removesuffix(".toml")
        id_ = top.slug("id")
        if id_ and id_ != stem:
            top.wrong("id", sentence("guarantees.bad-id.file-name", id=id_, name=stem))
        sources = self._sources(top)
        self.listed = frozenset(source.id for source in sources)
        parties = self._parties(top)
        obligations = ObligationReader(self, parties).read(top)
        instrument = self.read_as(
            Instrument,
            top,
            id=id_ or stem,
            own_texts=self._own_texts(top),
            status_as_of=top.day("status_as_of") or _UNREAD,
            zone=self._zone(top),
            parties=parties,
            obligations=obligations,
            sources=sources,
            relations=self._relations(top),
            term=self._term(top),
            termination=self._termination(top),
            verification=self._verification(top),
            ratification=self._ratification(top),
            vetoes=self._vetoes(top, obligations),
            file=self.sheet.file,
        )
        self._check_whole(top, instrument)
        return instrument

    def _zone(self, top: TomlTable) -> str:
        name = top.text("time_zone")
        try:
            ZoneInfo(name or "UTC")
        except (ZoneInfoNotFoundError, ValueError, OSError):
            top.wrong("time_zone", sentence("guarantees.unknown-zone.name", name=name))
            return "UTC"
        return name or "UTC"

    def _check_texts(self, path: tuple[str | int, ...], value: object) -> None:
        """Facts in our own words: no long passages, no paths of somebody's machine."""
        if isinstance(value, dict):
            for key, item in value.items():
                self._check_texts((*path, key), item)
        elif isinstance(value, list):
            for number, item in enumerate(value):
                self._check_texts((*path, number), item)
        elif isinstance(value, str):
            if len(value) > LONGEST_TEXT and not value.startswith("http"):
                self.sheet.found(
                    path, sentence("guarantees.long-text.characters", count=len(value), most=LONGEST_TEXT)
                )
            if _MACHINE_PATH.search(value):
                self.sheet.found(path, sentence("guarantees.machine-path.text"))

    # The tables of a file

    def _own_texts(self, top: TomlTable) -> dict[str, dict[str, str]]:
        own_texts = read_own_texts(top, ("title", "short_title", "source", "summary", "place"))
        for language, own in own_texts.items():
            source = own.get("source", "")
            if source and not re.fullmatch(r"https?://\S+", source):
                self.sheet.found(
                    ("names", language, "source"), sentence("guarantees.bad-address.url", url=source)
                )
        return own_texts

    def _sources(self, top: TomlTable) -> tuple[SourceText, ...]:
        sources: list[SourceText] = []
        known: set[str] = set()
        tables = self.tables(top, "sources", SourceText, also="title publisher published_on")
        for table in tables:
            source = self.read_as(SourceText, table)
            if source.url and not re.fullmatch(r"https?://\S+", source.url):
                table.wrong("url", sentence("guarantees.bad-address.url", url=source.url))
            if source.id in known:
                table.wrong("id", sentence("guarantees.named-twice.source", id=source.id))
            known.add(source.id)
            sources.append(source)
        if "sources" in top and not tables:
            top.wrong("sources", sentence("guarantees.empty-list.sources"))
        return tuple(sources)

    def _parties(self, top: TomlTable) -> tuple[InstrumentParty, ...]:
        parties: list[InstrumentParty] = []
        known: set[str] = set()
        for table in self.tables(top, "parties", InstrumentParty, also="note"):
            party = self.read_as(InstrumentParty, table)
            if party.id in known:
                table.wrong("id", sentence("guarantees.named-twice.party", id=party.id))
            known.add(party.id)
            parties.append(party)
        return tuple(parties)

    def _relations(self, top: TomlTable) -> tuple[InstrumentLink, ...]:
        relations: list[InstrumentLink] = []
        for table in self.tables(top, "relates_to", InstrumentLink, also="note"):
            relation = self.read_as(InstrumentLink, table)
            if relation.id and relation.id == top.values.get("id"):
                table.wrong("id", sentence("guarantees.unknown-instrument.itself"))
            elif relation.id and relation.id not in self.ids:
                table.wrong(
                    "id",
                    sentence(
                        "guarantees.unknown-instrument.relation",
                        id=relation.id,
                        instead=did_you_mean(relation.id, tuple(sorted(self.ids)), "instrument"),
                    ),
                )
            relations.append(relation)
        return tuple(relations)

    def _term(self, top: TomlTable) -> InstrumentTerm | None:
        table = self.table(top, "term", InstrumentTerm)
        if table is None:
            return None
        ends = self.read_all(EndsWhen, table, "ends_when", also="note")
        length = table.duration("length")
        if length is not None and not (length.months or length.days):
            table.wrong("length", sentence("guarantees.bad-duration.term", length=str(length)))
        if "length" in table and "from" not in table:
            table.wrong("length", sentence("guarantees.term-without-start.length"))
        if table.values.get("from") == "date" and "start" not in table:
            table.wrong("from", sentence("guarantees.term-without-start.date"))
        if "length" not in table and not table.values.get("indefinite") and not ends:
            top.wrong("term", sentence("guarantees.term-without-length.neither"))
        return self.read_as(InstrumentTerm, table, length=length, ends_when=ends)

    def _termination(self, top: TomlTable) -> Termination | None:
        table = self.table(top, "termination", Termination)
        if table is None:
            return None
        if "notice" in table and "notice_from" not in table:
            table.wrong("notice", sentence("guarantees.deadline-without-start.notice"))
        earliest = table.text("earliest")
        return self.read_as(Termination, table, earliest_text=earliest, earliest=_leading_duration(earliest))

    def _verification(self, top: TomlTable) -> Verification | None:
        table = self.table(top, "verification", Verification, also="note")
        return None if table is None else self.read_as(Verification, table)

    def _ratification(self, top: TomlTable) -> Ratification | None:
        table = self.table(top, "ratification", Ratification, also="on")
        return None if table is None else self.read_as(Ratification, table)

    def _vetoes(self, top: TomlTable, obligations: Sequence[Obligation]) -> tuple[VetoPoint, ...]:
        ids = tuple(obligation.id for obligation in obligations)
        return tuple(
            self.read_as(
                VetoPoint,
                table,
                over=table.word("over", ids, "guarantees.unknown-obligation.word", "obligation"),
            )
            for table in self.tables(top, "veto_points", VetoPoint)
        )

    # What no single key shows

    def _check_whole(self, top: TomlTable, instrument: Instrument) -> None:
        if instrument.kind == "proposal":
            for key in ("signed_on", "in_force_on"):
                if key in top:
                    top.wrong(key, sentence("guarantees.proposal-in-force.day"))
            if instrument.status and instrument.status != "proposed":
                top.wrong("status", sentence("guarantees.proposal-in-force.status", status=instrument.status))
            if "proposed_on" not in top:
                top.wrong("kind", sentence("guarantees.missing-key.proposed-on"))
        elif instrument.kind:
            if "signed_on" not in top:
                top.wrong("kind", sentence("guarantees.missing-key.signed-on", key="signed_on"))
            if "legally_binding" not in top:
                top.wrong("kind", sentence("guarantees.missing-key.binding", key="legally_binding"))
        start = instrument.in_force_on or instrument.signed_on
        if instrument.ends_on and start and instrument.ends_on <= start:
            top.wrong("ends_on", sentence("guarantees.dates-reversed.instrument"))
        roles = [party.role for party in instrument.parties]
        promises = "mutual" in roles or ("guarantor" in roles and "beneficiary" in roles)
        if instrument.level and instrument.level != "none" and not promises and all(roles):
            top.wrong("parties", sentence("guarantees.no-guarantor.roles"))


def _leading_duration(text: str) -> Duration | None:
    """Read the duration that a note such as “P20Y after entry into force” begins with."""
    try:
        return parse_duration(text.partition(" ")[0])
    except ValueError:
        return None
