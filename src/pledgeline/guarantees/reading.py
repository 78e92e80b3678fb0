"""Read a register: two lists of words and actors, and one TOML file for each instrument.

All findings come back at once, each with its line and a way out. A register with an error is not
given at all: a timeline from half of the promises would be wrong in a way that nobody can see.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pledgeline.guarantees.durations import Duration, parse_duration
from pledgeline.guarantees.instruments import (
    Condition,
    Deadline,
    EndsWhen,
    Fact,
    Instrument,
    Obligation,
    Party,
    Period,
    Quantity,
    Ratification,
    Register,
    Relation,
    Sum,
    Term,
    Termination,
    Text,
    Trigger,
    Verification,
    VetoPoint,
)
from pledgeline.guarantees.toml_tables import Sheet, Table, did_you_mean, moment_of
from pledgeline.guarantees.vocabulary import Actors, Group, Vocabulary
from pledgeline.money import Amount, is_currency
from pledgeline.money.currencies import MINOR_DIGITS, digits_of
from pledgeline.programme.findings import Finding, Place

SCHEMA = "pledgeline-guarantee/0.1"
LONGEST_TEXT = 400
MOST_PERIODS = 1200
_WORD_LISTS = """
    kind status level legally_binding party_role obligation_kind strength discretion duty mode urgency
    deadline_from deadline_qualifier amount_qualifier amount_per condition_kind condition_effect attribution
    basis source_kind source_read veto_kind term_from notice_from relation
""".split()
_IS_SCENARIO = re.compile(r'^schema\s*=\s*"pledgeline-guarantee-cases/', re.MULTILINE)
_MACHINE_PATH = re.compile(r"(^|\s)/(home|work|tmp|root|Users)/")
_UNREAD = date(1900, 1, 1)  # stands where a day could not be read; the sheet then has a finding
_DECIMAL = re.compile(r"\d{1,6}(\.\d{1,6})?")


@dataclass(frozen=True, kw_only=True)
class RegisterReading:
    """What came of reading: the register, unless a finding is an error, and all findings."""

    register: Register | None
    findings: tuple[Finding, ...]


def read_folder(folder: Path, *, words_from: Path | None = None) -> RegisterReading:
    """Read the register in `folder`.

    A folder without `vocab.toml` or `actors.toml` uses those of `words_from`, and its instruments may
    relate to those there. Files of scenarios, by their name (`cases…`) or their schema, are no part of it.
    """
    if not folder.is_dir():
        return _nothing(
            str(folder), "no-register", "There is no such folder.", "Name the folder that holds the register."
        )
    paths = {path.name: path for path in sorted(folder.glob("*.toml")) if not path.name.startswith("cases")}
    elsewhere: frozenset[str] = frozenset()
    if words_from is not None:
        elsewhere = frozenset(path.stem for path in words_from.glob("*.toml"))
        for name in ("actors.toml", "vocab.toml"):
            paths.setdefault(name, words_from / name)
    texts: dict[str, str] = {}
    findings: list[Finding] = []
    for name, path in paths.items():
        try:
            texts[name] = path.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError) as problem:
            findings.append(
                _file_finding(name, "unreadable", f"The file cannot be read as UTF-8 text: {problem}.")
            )
    texts = {name: text for name, text in texts.items() if not _IS_SCENARIO.search(text)}
    reading = read_register(texts, related=elsewhere)
    if findings:
        return RegisterReading(register=None, findings=(*findings, *reading.findings))
    return reading


def read_register(texts: Mapping[str, str], *, related: frozenset[str] = frozenset()) -> RegisterReading:
    """Read a register from the text of its files, by file name.

    `related` are instruments outside it that `relates_to` may name.
    """
    texts = dict(texts)
    sheets: list[Sheet] = []
    for name in ("vocab.toml", "actors.toml"):
        if name not in texts:
            return _nothing(name, "no-words", f"{name} is missing.", "Put it beside the instruments.")
    vocab, actors_sheet = (
        Sheet("vocab.toml", texts.pop("vocab.toml")),
        Sheet("actors.toml", texts.pop("actors.toml")),
    )
    vocabulary, actors = _vocabulary(vocab), _actors(actors_sheet)
    sheets += [vocab, actors_sheet]
    instruments: list[Instrument] = []
    if vocabulary is not None and actors is not None:
        ids = related | {name.removesuffix(".toml") for name in texts}
        for name, text in sorted(texts.items()):
            sheet = Sheet(name, text)
            sheets.append(sheet)
            instrument = _InstrumentReader(sheet, vocabulary, actors, ids).read()
            if instrument is not None:
                instruments.append(instrument)
    findings = tuple(
        finding
        for sheet in sheets
        for finding in sorted(sheet.findings, key=lambda each: each.place.line or 0)
    )
    if not texts:
        findings += (_file_finding("", "no-instruments", "The register holds no instrument."),)
    if vocabulary is None or actors is None or any(finding.is_error for finding in findings):
        return RegisterReading(register=None, findings=findings)
    register = Register(vocabulary=vocabulary, actors=actors, instruments=tuple(instruments))
    return RegisterReading(register=register, findings=findings)


def _file_finding(file: str, code: str, wrong: str, way_out: str = "Correct or replace the file.") -> Finding:
    return Finding(
        code=f"guarantees.{code}", place=Place(file=file or "register", line=1), wrong=wrong, way_out=way_out
    )


def _nothing(file: str, code: str, wrong: str, way_out: str) -> RegisterReading:
    return RegisterReading(register=None, findings=(_file_finding(file, code, wrong, way_out),))


def _vocabulary(sheet: Sheet) -> Vocabulary | None:
    if sheet.values is None:
        return None
    lists = " ".join(_WORD_LISTS)
    top = Table(sheet, (), sheet.values, required=f"schema event_parent fact_types {lists}", is_open=True)
    words = {name: top.texts(name, filled=True) for name in _WORD_LISTS}
    parents = _texts_by_key(top, "event_parent", may_be_empty=True)
    for kind, parent in parents.items():
        if parent and parent not in parents:
            sheet.found(
                "unknown-event",
                ("event_parent", kind),
                f"“{parent}” above “{kind}” is not in the taxonomy.",
                did_you_mean(parent, tuple(parents), "kinds of event"),
            )
    for kind in parents:
        if _runs_in_circles(kind, parents):
            sheet.found(
                "circular-taxonomy",
                ("event_parent", kind),
                f"“{kind}” lies below itself.",
                "Let each kind lie below a wider one.",
            )
    facts = _texts_by_key(top, "fact_types")
    for fact, kind in facts.items():
        if kind not in ("bool", "duration"):
            sheet.found(
                "unknown-word",
                ("fact_types", fact),
                f"“{kind}” is not a type of fact.",
                "Write bool or duration.",
            )
    if any(finding.is_error for finding in sheet.findings):
        return None
    return Vocabulary(words=words, parents=parents, fact_types=facts)


def _runs_in_circles(start: str, above: Mapping[str, str]) -> bool:
    seen = {start}
    here = above.get(start, "")
    while here:
        if here == start:
            return True
        if here in seen:
            return False
        seen.add(here)
        here = above.get(here, "")
    return False


def _texts_by_key(top: Table, key: str, *, may_be_empty: bool = False) -> dict[str, str]:
    value = top.values.get(key, {})
    if not isinstance(value, dict):
        top.wrong("wrong-type", key, f"“{key}” is to be a table.", f"Write [{key}].")
        return {}
    good: dict[str, str] = {}
    for name, each in value.items():
        if isinstance(each, str) and (each or may_be_empty):
            good[name] = each
        else:
            top.sheet.found(
                "wrong-type", (key, name), f"“{name}” is to be a text.", "Put the value in quotes."
            )
    return good


def _actors(sheet: Sheet) -> Actors | None:
    if sheet.values is None:
        return None
    top = Table(sheet, (), sheet.values, required="schema actors", optional="groups", is_open=True)
    names = _texts_by_key(top, "actors")
    groups: dict[str, Group] = {}
    holder = top.values.get("groups", {})
    if not isinstance(holder, dict):
        top.wrong("wrong-type", "groups", "“groups” is to be a table.", "Write [groups.CODE].")
        holder = {}
    for code, values in holder.items():
        if not isinstance(values, dict):
            sheet.found(
                "wrong-type", ("groups", code), f"“{code}” is to be a table.", f"Write [groups.{code}]."
            )
            continue
        table = Table(
            sheet,
            ("groups", code),
            values,
            required="name complete members",
            optional="as_of note",
            is_open=True,
        )
        if code in names:
            sheet.found(
                "named-twice",
                table.path,
                f"“{code}” is an actor and a group.",
                "Give the group another code.",
            )
        groups[code] = Group(
            id=code,
            name=table.text("name"),
            members=table.words("members", tuple(names), "unknown-actor", "actor", filled=True),
            is_complete=table.flag("complete") is not False,
            as_of=table.day("as_of"),
        )
    if any(finding.is_error for finding in sheet.findings):
        return None
    return Actors(names=names, groups=groups)


class _InstrumentReader:
    """Reads one file; its methods follow the tables of the schema."""

    def __init__(self, sheet: Sheet, vocabulary: Vocabulary, actors: Actors, ids: frozenset[str]) -> None:
        self.sheet, self.vocabulary, self.actors, self.ids = sheet, vocabulary, actors, ids
        self.codes = actors.codes()
        self.events = tuple(vocabulary.parents)
        self.listed: frozenset[str] = frozenset()

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
            "binding_note aggressor relates_to gaps term termination verification ratification veto_points",
        )
        self._check_texts((), self.sheet.values)
        if "schema" in top and top.text("schema") != SCHEMA:
            top.wrong(
                "wrong-schema", "schema", "The schema of this file is not known here.", f"Write “{SCHEMA}”."
            )
        stem = self.sheet.file.rpartition("/")[2].removesuffix(".toml")
        id_ = top.slug("id")
        if id_ and id_ != stem:
            top.wrong(
                "bad-id",
                "id",
                f"The id “{id_}” is not the name of the file.",
                f"Write “{stem}”, or rename the file.",
            )
        words = self.vocabulary.words
        kind = top.word("kind", words["kind"])
        sources = self._sources(top)
        self.listed = frozenset(source.id for source in sources)
        parties = self._parties(top)
        level = top.word("level", words["level"])
        obligations = self._obligations(top, parties)
        instrument = Instrument(
            id=id_ or stem,
            title=top.text("title"),
            short_title=top.text("short_title"),
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

    # What several tables share

    def _actors(self, table: Table, key: str, *, filled: bool = False) -> tuple[str, ...]:
        return table.words(key, self.codes, "unknown-actor", "actor", filled=filled)

    def _actor(self, table: Table, key: str) -> str:
        return table.word(key, self.codes, "unknown-actor")

    def _cited(self, table: Table, *, filled: bool = False) -> tuple[str, ...]:
        return table.words(
            "source", tuple(self.listed), "unlisted-source", "source of this file", filled=filled
        )

    def _zone(self, top: Table) -> str:
        name = top.text("time_zone")
        try:
            ZoneInfo(name or "UTC")
        except (ZoneInfoNotFoundError, ValueError, OSError):
            top.wrong(
                "unknown-zone",
                "time_zone",
                f"“{name}” is not a time zone.",
                "Write an IANA name: Europe/Kyiv.",
            )
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
                    "long-text",
                    path,
                    f"A text of {len(value)} characters.",
                    f"Say it in your own words, in {LONGEST_TEXT} characters at most.",
                )
            if _MACHINE_PATH.search(value):
                self.sheet.found(
                    "machine-path",
                    path,
                    "The text names a path of a machine.",
                    "Name the page or the document.",
                )

    # The tables of a file

    def _sources(self, top: Table) -> tuple[Text, ...]:
        words = self.vocabulary.words
        sources: list[Text] = []
        tables = top.tables(
            "sources", required="id url kind read", optional="note title publisher published_on", is_open=True
        )
        for table in tables:
            url = table.text("url")
            if url and not re.fullmatch(r"https?://\S+", url):
                table.wrong("bad-address", "url", f"“{url}” is not an address.", "Write it from https:// on.")
            source = Text(
                id=table.text("id"),
                url=url,
                kind=table.word("kind", words["source_kind"]),
                read=table.word("read", words["source_read"]),
                note=table.text("note"),
            )
            if any(source.id == other.id for other in sources):
                table.wrong(
                    "named-twice", "id", f"The source “{source.id}” is listed twice.", "Give it another id."
                )
            sources.append(source)
        if "sources" in top and not tables:
            top.wrong(
                "empty-list", "sources", "No source is listed.", "Add the page that this was taken from."
            )
        return tuple(sources)

    def _parties(self, top: Table) -> tuple[Party, ...]:
        parties: list[Party] = []
        for table in top.tables("parties", required="id role", optional="note", is_open=True):
            party = Party(
                id=self._actor(table, "id"), role=table.word("role", self.vocabulary.words["party_role"])
            )
            if any(party.id == other.id for other in parties):
                table.wrong("named-twice", "id", f"“{party.id}” is a party twice.", "Keep one role.")
            parties.append(party)
        return tuple(parties)

    def _relations(self, top: Table) -> tuple[Relation, ...]:
        relations: list[Relation] = []
        for table in top.tables("relates_to", required="id rel", optional="note", is_open=True):
            relation = Relation(
                id=table.text("id"), kind=table.word("rel", self.vocabulary.words["relation"])
            )
            if relation.id and relation.id == top.values.get("id"):
                table.wrong(
                    "unknown-instrument", "id", "The instrument relates to itself.", "Name another one."
                )
            elif relation.id and relation.id not in self.ids:
                table.wrong(
                    "unknown-instrument",
                    "id",
                    f"No instrument of the register is called “{relation.id}”.",
                    did_you_mean(relation.id, tuple(sorted(self.ids)), "instruments"),
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
                event=each.word("event", self.events, "unknown-event"),
                actor=self._actor(each, "actor"),
                to=self._actor(each, "to"),
            )
            for each in table.tables("ends_when", required="event actor", optional="to note", is_open=True)
        )
        length = table.duration("length")
        if length is not None and not (length.months or length.days):
            table.wrong("bad-duration", "length", f"A term of {length}.", "Write years, months or days.")
        if "length" in table and "from" not in table:
            table.wrong(
                "term-without-start",
                "length",
                "A term with a length and no start.",
                "Add “from”: signature, …",
            )
        if table.values.get("from") == "date" and "start" not in table:
            table.wrong(
                "term-without-start", "from", "The term runs from a date that is not given.", "Add “start”."
            )
        if "length" not in table and not table.values.get("indefinite") and not ends:
            top.wrong(
                "term-without-length",
                "term",
                "Neither a length nor indefinite.",
                'Add length = "P10Y", or indefinite = true; leave the table out when the term is unknown.',
            )
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
            table.wrong(
                "deadline-without-start",
                "notice",
                "A period of notice that starts nowhere.",
                "Add “notice_from”: notification or deposit.",
            )
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
                over=table.word("over", ids, "unknown-obligation"),
                kind=table.word("kind", self.vocabulary.words["veto_kind"]),
                note=table.text("note"),
            )
            for table in top.tables("veto_points", required="actor over kind", optional="note", is_open=True)
        )

    # Obligations

    def _obligations(self, top: Table, parties: Sequence[Party]) -> tuple[Obligation, ...]:
        tables = top.tables(
            "obligations",
            required="id kind by to mode strength discretion duty summary trigger basis source",
            optional="domains means deadline urgency due_on period amount quantity after conditions limits "
            "provision",
        )
        if "obligations" in top and not tables:
            top.wrong("empty-list", "obligations", "The instrument promises nothing.", "Add an obligation.")
        obligations = [self._obligation(table, parties) for table in tables]
        ids = [obligation.id for obligation in obligations]
        before = {obligation.id: obligation.after for obligation in obligations if obligation.after}
        for table, obligation in zip(tables, obligations, strict=True):
            if obligation.id and ids.count(obligation.id) > 1:
                table.wrong(
                    "named-twice", "id", f"Two obligations are called “{obligation.id}”.", "Rename one."
                )
            if not obligation.after:
                continue
            if obligation.after not in ids:
                table.wrong(
                    "unknown-obligation",
                    "after",
                    f"“{obligation.after}” is not an obligation of this file.",
                    did_you_mean(obligation.after, ids, "obligations of this file"),
                )
            elif _runs_in_circles(obligation.id, before):
                table.wrong(
                    "circular-after",
                    "after",
                    f"“{obligation.id}” waits, through “{obligation.after}”, for itself.",
                    "Let the first of them wait for nothing.",
                )
        return tuple(obligations)

    def _obligation(self, table: Table, parties: Sequence[Party]) -> Obligation:
        words = self.vocabulary.words
        trigger = self._trigger(table)
        obligation = Obligation(
            id=table.slug("id"),
            kind=table.word("kind", words["obligation_kind"]),
            by=self._actors(table, "by", filled=True),
            to=self._actors(table, "to", filled=True),
            mode=table.word("mode", words["mode"]),
            strength=table.word("strength", words["strength"]),
            discretion=table.word("discretion", words["discretion"]),
            duty=table.word("duty", words["duty"]),
            summary=table.text("summary"),
            trigger=trigger,
            basis=table.word("basis", words["basis"]),
            sources=self._cited(table, filled=True),
            domains=table.texts("domains"),
            means=table.texts("means"),
            limits=table.texts("limits"),
            deadline=self._deadline(table, trigger),
            urgency=table.word("urgency", words["urgency"]),
            due_on=table.day("due_on"),
            period=self._period(table),
            money=self._money(table),
            quantity=self._quantity(table),
            after=table.text("after"),
            conditions=self._conditions(table),
            provision=table.text("provision"),
            line=self.sheet.line(table.path),
        )
        self._check_obligation(table, obligation, parties)
        return obligation

    def _trigger(self, of: Table) -> Trigger:
        table = of.table("trigger", required="events", optional="by against requires on_request_of at")
        if table is None:
            return Trigger(events=())
        at = moment_of(table.values["at"], allows_day=False) if "at" in table else None
        if "at" in table and at is None:
            table.wrong(
                "bad-time",
                "at",
                f"“{table.values['at']}” is not a time with an offset.",
                'Write "2015-02-15T00:00:00+02:00".',
            )
        for key in ("requires", "by", "against", "on_request_of"):
            if key in table and table.values.get("events") in (["standing"], ["calendar"]):
                table.wrong(
                    "trigger-without-event",
                    key,
                    f"“{key}” is asked of an event, and the duty needs none.",
                    "Name the event, or remove the key.",
                )
        return Trigger(
            events=table.words("events", self.events, "unknown-event", "kind of event", filled=True),
            by=self._actors(table, "by"),
            against=self._actors(table, "against"),
            requires=read_facts(table, "requires", self.vocabulary),
            on_request_of=self._actors(table, "on_request_of", filled=True),
            at=at,
        )

    def _deadline(self, of: Table, trigger: Trigger) -> Deadline | None:
        table = of.table("deadline", required="qualifier", optional="within from ambiguous")
        if table is None:
            return None
        start = table.word("from", self.vocabulary.words["deadline_from"])
        if "from" not in table:
            of.wrong(
                "deadline-without-start",
                "deadline",
                "A deadline whose clock starts nowhere.",
                f"Add “from”: {', '.join(self.vocabulary.words['deadline_from'])}.",
            )
        elif start == "request" and not trigger.on_request_of and "request" not in trigger.events:
            table.wrong(
                "deadline-without-start",
                "from",
                "The clock starts with a request, and nobody can make one.",
                "Add “on_request_of” to the trigger, or let the clock start with the trigger.",
            )
        elif start == "date" and "due_on" not in of and not _has_start(of.values.get("period")):
            table.wrong(
                "deadline-without-start",
                "from",
                "The clock starts on a date that is not given.",
                "Add “due_on”, or a “period” with a start.",
            )
        elif start in ("trigger", "first_trigger") and trigger.at is None and not _is_opened(trigger):
            table.wrong(
                "deadline-without-start",
                "from",
                "The clock starts with an event, and none triggers this.",
                "Name the event in the trigger, or write “due_on”.",
            )
        elif trigger.on_request_of and start and start != "request":
            table.wrong(
                "deadline-before-request",
                "from",
                "A duty on request has a clock that does not start with the request.",
                'Write from = "request".',
            )
        if "within" not in table and "due_on" not in of:
            of.wrong(
                "deadline-without-length",
                "deadline",
                "A deadline with neither a length nor a date.",
                'Add within = "PT24H", or “due_on”; an adverb belongs into “urgency”.',
            )
        return Deadline(
            within=table.duration("within"),
            start=start,
            qualifier=table.word("qualifier", self.vocabulary.words["deadline_qualifier"]),
            ambiguous=table.text("ambiguous"),
        )

    def _period(self, of: Table) -> Period | None:
        table = of.table("period", optional="start end recurrence label note", is_open=True)
        if table is None:
            return None
        period = Period(
            start=table.day("start"),
            end=table.day("end"),
            recurrence=table.duration("recurrence"),
            label=table.text("label"),
        )
        if not table.values:
            of.wrong("empty-list", "period", "The period is empty.", "Add a start, an end or a label.")
        if period.start and period.end and period.end <= period.start:
            table.wrong(
                "dates-reversed", "end", "The period ends before it starts.", "Correct one of the two days."
            )
        if period.recurrence is not None:
            if not (period.recurrence.months or period.recurrence.days) or period.recurrence.seconds:
                table.wrong(
                    "bad-duration",
                    "recurrence",
                    "A promise comes again after days at least.",
                    "Write P1Y or P1M.",
                )
            elif not (period.start or period.end):
                table.wrong(
                    "period-without-start", "recurrence", "A recurrence without a start.", "Add “start”."
                )
            elif (
                period.start
                and period.end
                and ((period.end - period.start) / period.recurrence.rough() > MOST_PERIODS)
            ):
                table.wrong(
                    "bad-duration", "recurrence", f"More than {MOST_PERIODS} periods.", "Write a longer one."
                )
        return period

    def _money(self, of: Table) -> Sum | None:
        table = of.table(
            "amount",
            required="qualifier per",
            optional="value currency share_of_gdp_percent note",
            is_open=True,
        )
        if table is None:
            return None
        currency = table.text("currency")
        if currency and not is_currency(currency):
            table.wrong(
                "unknown-currency",
                "currency",
                f"“{currency}” is not a currency of ISO 4217.",
                did_you_mean(currency, tuple(MINOR_DIGITS), "codes of ISO 4217"),
            )
        amount = None
        share = table.text("share_of_gdp_percent")
        if share and not _DECIMAL.fullmatch(share):
            table.wrong("bad-number", "share_of_gdp_percent", f"“{share}” is not a share.", 'Write "0.25".')
        if "value" in table:
            value = table.whole("value")
            if "currency" not in table:
                table.wrong(
                    "amount-without-currency", "value", "An amount without currency.", "Add “currency”."
                )
            if is_currency(currency):
                amount = Amount(value * 10 ** digits_of(currency), currency)
        elif not share:
            of.wrong(
                "amount-without-value",
                "amount",
                "Neither an amount nor a share.",
                "Add “value” and “currency”, or “share_of_gdp_percent”.",
            )
        return Sum(
            amount=amount,
            share_of_gdp_percent=Decimal(share) if share and _DECIMAL.fullmatch(share) else None,
            qualifier=table.word("qualifier", self.vocabulary.words["amount_qualifier"]),
            per=table.word("per", self.vocabulary.words["amount_per"]),
        )

    def _quantity(self, of: Table) -> Quantity | None:
        table = of.table("quantity", required="value unit", optional="item qualifier per note", is_open=True)
        if table is None:
            return None
        return Quantity(
            value=table.whole("value"),
            unit=table.text("unit"),
            item=table.text("item"),
            qualifier=table.word("qualifier", self.vocabulary.words["amount_qualifier"]),
            per=table.word("per", self.vocabulary.words["amount_per"]),
        )

    def _conditions(self, of: Table) -> tuple[Condition, ...]:
        words = self.vocabulary.words
        return tuple(
            Condition(
                kind=table.word("kind", words["condition_kind"]),
                effect=table.word("effect", words["condition_effect"]),
                by=self._actor(table, "by"),
                note=table.text("note"),
            )
            for table in of.tables("conditions", required="kind effect", optional="by note", is_open=True)
        )

    # What no single key shows

    def _check_obligation(self, table: Table, obligation: Obligation, parties: Sequence[Party]) -> None:
        if obligation.strength == "may" and obligation.duty and obligation.duty != "power":
            table.wrong(
                "power-as-duty",
                "duty",
                f"Who “may” owes nothing, and the duty is “{obligation.duty}”.",
                'Write duty = "power", or the verb that the text has.',
            )
        if obligation.duty == "power" and obligation.discretion in ("none", "means"):
            table.wrong(
                "power-as-duty",
                "discretion",
                "A power leaves open at least whether it is used.",
                'Write discretion = "whether" or "whether_and_means".',
            )
        if obligation.duty == "periodic" and obligation.period is None and "period" not in table:
            table.wrong(
                "period-without-start",
                "duty",
                "A periodic duty without a period.",
                "Add “period” with a start.",
            )
        roles = {party.id: party.role for party in parties}
        obligors = self.actors.expand(obligation.by)
        is_own = set(obligors) == set(self.actors.expand(obligation.to))
        if obligors and is_own and not any(roles.get(each) in ("mutual", "bound") for each in obligation.by):
            table.wrong(
                "own-beneficiary",
                "to",
                f"{', '.join(f'“{each}”' for each in obligors[:5])}: obligor and beneficiary are the same.",
                "Name the one to whom it is owed.",
            )

    def _check_whole(self, top: Table, instrument: Instrument) -> None:
        if instrument.kind == "proposal":
            for key in ("signed_on", "in_force_on"):
                if key in top:
                    top.wrong(
                        "proposal-in-force",
                        key,
                        "A proposal is not signed.",
                        "Remove the day, or correct “kind”.",
                    )
            if instrument.status and instrument.status != "proposed":
                top.wrong(
                    "proposal-in-force",
                    "status",
                    f"A proposal has the status “{instrument.status}”.",
                    'Write "proposed", or correct “kind”.',
                )
            if "proposed_on" not in top:
                top.wrong("missing-key", "kind", "The day of the proposal is missing.", "Add “proposed_on”.")
        elif instrument.kind:
            for key, why in (
                ("signed_on", "A signed instrument has a day of signature."),
                ("legally_binding", "Only a proposal may leave open whether it binds."),
            ):
                if key not in top:
                    top.wrong("missing-key", "kind", f"“{key}” is missing. {why}", f"Add “{key}”.")
        start = instrument.in_force_on or instrument.signed_on
        if instrument.ends_on and start and instrument.ends_on <= start:
            top.wrong(
                "dates-reversed",
                "ends_on",
                "The instrument ends before it begins.",
                "Correct one of the days.",
            )
        roles = [party.role for party in instrument.parties]
        promises = "mutual" in roles or ("guarantor" in roles and "beneficiary" in roles)
        if instrument.level and instrument.level != "none" and not promises and all(roles):
            top.wrong(
                "no-guarantor",
                "parties",
                "Nobody guarantees, or nobody benefits.",
                'Add a guarantor and a beneficiary, or “mutual” parties; or write level = "none".',
            )


def _is_opened(trigger: Trigger) -> bool:
    """Say whether something happens that a clock could start with."""
    return any(event not in ("standing", "calendar") for event in trigger.events) or not trigger.events


def _has_start(period: object) -> bool:
    return isinstance(period, dict) and "start" in period


def _leading_duration(text: str) -> Duration | None:
    """Read the duration that a note such as “P20Y after entry into force” begins with."""
    try:
        return parse_duration(text.partition(" ")[0])
    except ValueError:
        return None


def read_facts(table: Table, key: str, vocabulary: Vocabulary) -> dict[str, Fact]:
    """Read the facts that a trigger requires or an event has."""
    value = table.values.get(key, {})
    if not isinstance(value, dict):
        table.wrong(
            "wrong-type", key, f"“{key}” is to be a table.", f"Write {key} = {{ new_attack = true }}."
        )
        return {}
    facts: dict[str, Fact] = {}
    for name, fact in value.items():
        path = (*table.path, key, name)
        kind = vocabulary.fact_types.get(name)
        if kind is None:
            table.sheet.found(
                "unknown-fact",
                path,
                f"“{name}” is not a known fact.",
                did_you_mean(name, tuple(vocabulary.fact_types), "facts"),
            )
        elif kind == "bool":
            if isinstance(fact, bool):
                facts[name] = fact
            else:
                table.sheet.found("bad-fact", path, f"“{name}” is true or false.", "Write true or false.")
        else:
            try:
                facts[name] = parse_duration(fact if isinstance(fact, str) else str(fact))
            except ValueError as problem:
                table.sheet.found("bad-fact", path, f"“{name}”: {problem}.", 'Write for example "PT24H".')
    return facts
