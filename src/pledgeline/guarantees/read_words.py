"""Read the two lists of a register: the words that it may use, and the actors and groups that it knows."""

from collections.abc import Mapping

from pledgeline.guarantees.own_texts import read_own_texts
from pledgeline.guarantees.toml_tables import TomlFile, TomlTable, did_you_mean
from pledgeline.guarantees.vocabulary import ActorGroup, Actors, Vocabulary
from pledgeline.programme.sentences import sentence

_WORD_LISTS = """
    kind status level legally_binding party_role obligation_kind strength discretion duty mode urgency
    deadline_from deadline_qualifier amount_qualifier amount_per condition_kind condition_effect attribution
    basis source_kind source_read veto_kind term_from notice_from relation
""".split()


def read_vocabulary(sheet: TomlFile) -> Vocabulary | None:
    if sheet.values is None:
        return None
    lists = " ".join(_WORD_LISTS)
    top = TomlTable(sheet, (), sheet.values, required=f"schema event_parent fact_types {lists}", is_open=True)
    words = {name: top.texts(name, filled=True) for name in _WORD_LISTS}
    parents = _texts_by_key(top, "event_parent", may_be_empty=True)
    for kind, parent in parents.items():
        if parent and parent not in parents:
            sheet.found(
                ("event_parent", kind),
                sentence(
                    "guarantees.unknown-event.above",
                    above=parent,
                    kind=kind,
                    instead=did_you_mean(parent, tuple(parents), "kind-of-event"),
                ),
            )
    for kind in parents:
        if runs_in_circles(kind, parents):
            sheet.found(("event_parent", kind), sentence("guarantees.circular-taxonomy.kind", kind=kind))
    facts = _texts_by_key(top, "fact_types")
    for fact, kind in facts.items():
        if kind not in ("bool", "duration"):
            sheet.found(("fact_types", fact), sentence("guarantees.unknown-word.type-of-fact", kind=kind))
    if any(finding.is_error for finding in sheet.findings):
        return None
    return Vocabulary(words=words, parents=parents, fact_types=facts)


def runs_in_circles(start: str, above: Mapping[str, str]) -> bool:
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


def _texts_by_key(top: TomlTable, key: str, *, may_be_empty: bool = False) -> dict[str, str]:
    value = top.values.get(key, {})
    if not isinstance(value, dict):
        top.wrong(key, sentence("guarantees.wrong-type.header", key=key))
        return {}
    good: dict[str, str] = {}
    for name, entry in value.items():
        if isinstance(entry, str) and (entry or may_be_empty):
            good[name] = entry
        else:
            top.sheet.found((key, name), sentence("guarantees.wrong-type.text", key=name))
    return good


def read_actors(sheet: TomlFile) -> Actors | None:
    if sheet.values is None:
        return None
    top = TomlTable(sheet, (), sheet.values, required="schema actors", optional="groups names", is_open=True)
    names = _texts_by_key(top, "actors")
    groups: dict[str, ActorGroup] = {}
    holder = top.values.get("groups", {})
    if not isinstance(holder, dict):
        top.wrong("groups", sentence("guarantees.wrong-type.groups"))
        holder = {}
    for code, values in holder.items():
        if not isinstance(values, dict):
            sheet.found(("groups", code), sentence("guarantees.wrong-type.group", code=code))
            continue
        table = TomlTable(
            sheet,
            ("groups", code),
            values,
            required="name complete members",
            optional="as_of note",
            is_open=True,
        )
        if code in names:
            sheet.found(table.path, sentence("guarantees.named-twice.actor-and-group", code=code))
        groups[code] = ActorGroup(
            id=code,
            name=table.text("name"),
            members=table.words(
                "members", tuple(names), "guarantees.unknown-actor.word", "actor", filled=True
            ),
            is_complete=table.flag("complete") is not False,
            as_of=table.day("as_of"),
        )
    own_names = read_own_texts(top, (*names, *groups))
    if any(finding.is_error for finding in sheet.findings):
        return None
    return Actors(names=names, groups=groups, own_names=own_names)
