"""Read one instrument: its dates, parties, term, exit, sources; the obligations have a reader of their own."""

import re
from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pledgeline.guarantees.durations import Duration, parse_duration
from pledgeline.guarantees.instruments import (
    EndsWhen,
    Instrument,
    Obligation,
    OwnTitle,
    Party,
    Ratification,
    Relation,
    Term,
    Termination,
    Text,
    Verification,
    VetoPoint,
)
from pledgeline.guarantees.read_obligations import ObligationReader
from pledgeline.guarantees.read_words import OTHERS
from pledgeline.guarantees.sheet_reader import SheetReader
from pledgeline.guarantees.toml_tables import Sheet, Table, did_you_mean
from pledgeline.guarantees.vocabulary import Actors, Vocabulary
from pledgeline.programme.sentences import sentence

SCHEMA = "pledgeline-guarantee/0.1"
LONGEST_TEXT = 400
_MACHINE_PATH = re.compile(r"(^|\s)/(home|work|tmp|root|Users)/")
_UNREAD = date(1900, 1, 1)  # stands where a day could not be read; the sheet then has a finding


class InstrumentReader(SheetReader):
    """Reads one file; its methods follow the tables of the schema."""

    def __init__(self, sheet: Sheet, vocabulary: Vocabulary, actors: Actors, ids: frozenset[str]) -> None:
        super().__init__(sheet, vocabulary, actors)
        self.ids = ids

    def read(self) -> Instrument | None:
        if self.sheet.values is None:
            return None
        top = Table(
            self.sheet,
            (),
            self.sheet.values,
            required="schema id title kind status status_as_of level time_zone time_zone_basis summary "
            "parties obligations sources",
            optional="short_title proposed_on signed_on in_force_on ends_on place legally_binding "
            "binding_note aggressor relates_to gaps term termination verification ratification veto_points names",
        )
        self._check_texts((), self.sheet.values)
        if "schema" in top and top.text("schema") != SCHEMA:
            top.wrong("schema", sentence("guarantees.wrong-schema.instrument", schema=SCHEMA))
        stem = self.sheet.file.rpartition("/")[2].removesuffix(".toml")
        id_ = top.slug("id")
        if id_ and id_ != stem:
            top.wrong("id", sentence("guarantees.bad-id.file-name", id=id_, name=stem))
        words = self.vocabulary.words
        kind = top.word("kind", words["kind"])
        sources = self._sources(top)
        self.listed = frozenset(source.id for source in sources)
        parties = self._parties(top)
        level = top.word("level", words["level"])
        obligations = ObligationReader(self, parties).read(top)
        instrument = Instrument(
            id=id_ or stem,
            title=top.text("title"),
            short_title=top.text("short_title"),
            own_titles=self._own_titles(top),
            kind=kind,
            status=top.word("status", words["status"]),
            status_as_of=top.day("status_as_of") or _UNREAD,
            level=level,
            zone=self._zone(top),
            zone_basis=top.text("time_zone_basis"),
            summary=top.text("summary"),
            parties=parties,
            obligations=obligations,
            sources=sources,
            proposed_on=top.day("proposed_on"),
            signed_on=top.day("signed_on"),
            in_force_on=top.day("in_force_on"),
            ends_on=top.day("ends_on"),
            place=top.text("place"),
            binding=top.word("legally_binding", words["legally_binding"]),
            binding_note=top.text("binding_note"),
            aggressor=self._actors(top, "aggressor"),
            relations=self._relations(top),
            gaps=top.texts("gaps"),
            term=self._term(top),
            termination=self._termination(top),
            verification=self._verification(top),
            ratification=self._ratification(top),
            vetoes=self._vetoes(top, obligations),
            file=self.sheet.file,
        )
        self._check_whole(top, instrument)
        return instrument

    def _zone(self, top: Table) -> str:
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
            for key, each in value.items():
                self._check_texts((*path, key), each)
        elif isinstance(value, list):
            for number, each in enumerate(value):
                self._check_texts((*path, number), each)
        elif isinstance(value, str):
            if len(value) > LONGEST_TEXT and not value.startswith("http"):
                self.sheet.found(
                    path, sentence("guarantees.long-text.characters", count=len(value), most=LONGEST_TEXT)
                )
            if _MACHINE_PATH.search(value):
                self.sheet.found(path, sentence("guarantees.machine-path.text"))

    # The tables of a file

    def _own_titles(self, top: Table) -> tuple[OwnTitle, ...]:
        names = top.table("names", optional=" ".join(OTHERS))
        if names is None:
            return ()
        titles: list[OwnTitle] = []
        for language in filter(names.__contains__, OTHERS):
            own = names.table(language, optional="title short_title source")
            if own is not None:
                title, source = own.text("title"), own.text("source")
                if source and not re.fullmatch(r"https?://\S+", source):
                    own.wrong("source", sentence("guarantees.bad-address.url", url=source))
                titles.append(
                    OwnTitle(
                        language=language, title=title, short_title=own.text("short_title"), source=source
                    )
                )
        return tuple(titles)

    def _sources(self, top: Table) -> tuple[Text, ...]:
        words = self.vocabulary.words
        sources: list[Text] = []
        known: set[str] = set()
        tables = top.tables(
            "sources", required="id url kind read", optional="note title publisher published_on", is_open=True
        )
        for table in tables:
            url = table.text("url")
            if url and not re.fullmatch(r"https?://\S+", url):
                table.wrong("url", sentence("guarantees.bad-address.url", url=url))
            source = Text(
                id=table.text("id"),
                url=url,
                kind=table.word("kind", words["source_kind"]),
                read=table.word("read", words["source_read"]),
                note=table.text("note"),
            )
            if source.id in known:
                table.wrong("id", sentence("guarantees.named-twice.source", id=source.id))
            known.add(source.id)
            sources.append(source)
        if "sources" in top and not tables:
            top.wrong("sources", sentence("guarantees.empty-list.sources"))
        return tuple(sources)

    def _parties(self, top: Table) -> tuple[Party, ...]:
        parties: list[Party] = []
        known: set[str] = set()
        for table in top.tables("parties", required="id role", optional="note", is_open=True):
            party = Party(
                id=self._actor(table, "id"), role=table.word("role", self.vocabulary.words["party_role"])
            )
            if party.id in known:
                table.wrong("id", sentence("guarantees.named-twice.party", id=party.id))
            known.add(party.id)
            parties.append(party)
        return tuple(parties)

    def _relations(self, top: Table) -> tuple[Relation, ...]:
        relations: list[Relation] = []
        for table in top.tables("relates_to", required="id rel", optional="note", is_open=True):
            relation = Relation(
                id=table.text("id"), kind=table.word("rel", self.vocabulary.words["relation"])
            )
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

    def _term(self, top: Table) -> Term | None:
        table = top.table(
            "term", optional="length from indefinite extendable ends_when start note", is_open=True
        )
        if table is None:
            return None
        ends = tuple(
            EndsWhen(
                event=each.word("event", self.events, "guarantees.unknown-event.word", "event"),
                actor=self._actor(each, "actor"),
                to=self._actor(each, "to"),
            )
            for each in table.tables("ends_when", required="event actor", optional="to note", is_open=True)
        )
        length = table.duration("length")
        if length is not None and not (length.months or length.days):
            table.wrong("length", sentence("guarantees.bad-duration.term", length=str(length)))
        if "length" in table and "from" not in table:
            table.wrong("length", sentence("guarantees.term-without-start.length"))
        if table.values.get("from") == "date" and "start" not in table:
            table.wrong("from", sentence("guarantees.term-without-start.date"))
        if "length" not in table and not table.values.get("indefinite") and not ends:
            top.wrong("term", sentence("guarantees.term-without-length.neither"))
        return Term(
            length=length,
            counted_from=table.word("from", self.vocabulary.words["term_from"]),
            start=table.day("start"),
            is_indefinite=bool(table.flag("indefinite")),
            is_extendable=bool(table.flag("extendable")),
            ends_when=ends,
            note=table.text("note"),
        )

    def _termination(self, top: Table) -> Termination | None:
        table = top.table(
            "termination",
            required="allowed basis",
            optional="by notice notice_from earliest depositary form provision source note",
            is_open=True,
        )
        if table is None:
            return None
        if "notice" in table and "notice_from" not in table:
            table.wrong("notice", sentence("guarantees.deadline-without-start.notice"))
        earliest = table.text("earliest")
        return Termination(
            allowed=table.word("allowed", ("yes", "no")) == "yes",
            by=table.text("by"),
            notice=table.duration("notice"),
            notice_from=table.word("notice_from", self.vocabulary.words["notice_from"]),
            earliest_text=earliest,
            earliest=_leading_duration(earliest),
            form=table.text("form"),
            depositary=table.text("depositary"),
            provision=table.text("provision"),
            basis=table.word("basis", self.vocabulary.words["basis"]),
            sources=self._cited(table),
            note=table.text("note"),
        )

    def _verification(self, top: Table) -> Verification | None:
        table = top.table(
            "verification",
            required="mechanism by attribution",
            optional="enforcement source note",
            is_open=True,
        )
        if table is None:
            return None
        return Verification(
            mechanism=table.text("mechanism"),
            by=self._actors(table, "by"),
            attribution=table.word("attribution", self.vocabulary.words["attribution"]),
            has_enforcement=table.flag("enforcement"),
            sources=self._cited(table),
        )

    def _ratification(self, top: Table) -> Ratification | None:
        table = top.table("ratification", required="required by", optional="on note source", is_open=True)
        if table is None:
            return None
        return Ratification(
            required=table.text("required"),
            by=self._actors(table, "by"),
            note=table.text("note"),
            sources=self._cited(table),
        )

    def _vetoes(self, top: Table, obligations: Sequence[Obligation]) -> tuple[VetoPoint, ...]:
        ids = tuple(obligation.id for obligation in obligations)
        return tuple(
            VetoPoint(
                actor=self._actor(table, "actor"),
                over=table.word("over", ids, "guarantees.unknown-obligation.word", "obligation"),
                kind=table.word("kind", self.vocabulary.words["veto_kind"]),
                note=table.text("note"),
            )
            for table in top.tables("veto_points", required="actor over kind", optional="note", is_open=True)
        )

    # What no single key shows

    def _check_whole(self, top: Table, instrument: Instrument) -> None:
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
