"""All rules of a ruleset, tried on one activity or organisation."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from lxml import etree

from pledgeline.exchange.iati.parts import FilePart
from pledgeline.exchange.iati.rules import KINDS, Case, Context, KnownIdentifiers, Value, holds, values


class UnknownRule(ValueError):
    """The ruleset has a kind of rule that nobody taught us: the message names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesetRule:
    """One rule: its context, its kind, what it says; `over` is what a loop goes over, "" where it does not."""

    context: str
    kind: str
    case: Case
    over: str = ""

    @property
    def number(self) -> str:
        return str(self.case["ruleInfo"]["id"])

    @property
    def message(self) -> str:
        return str(self.case["ruleInfo"]["message"])

    @property
    def is_error(self) -> bool:
        return bool(self.case["ruleInfo"]["severity"] == "error")


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that is broken, and by what; `loop` is which of several it was tried for."""

    rule: RulesetRule
    by: Value
    loop: str = ""


def read_rules(ruleset: Mapping[str, Any]) -> list[RulesetRule]:
    """Give every rule of a ruleset; one within a loop is one.

    Raises:  UnknownRule
    """
    rules: list[RulesetRule] = []
    for context, kinds in ruleset.items():
        for kind, content in kinds.items():
            for case in content["cases"]:
                if kind != "loop":
                    rules.append(RulesetRule(context=context, kind=kind, case=case))
                    continue
                rules += [
                    RulesetRule(context=context, kind=inner, case=within, over=case["foreach"])
                    for inner, more in case["do"].items()
                    for within in more["cases"]
                ]
    for rule in rules:
        if rule.kind not in KINDS:
            raise UnknownRule(rule.kind)
    return rules


def broken_rules(
    part: FilePart, rules: list[RulesetRule], known: KnownIdentifiers, *, now: datetime
) -> Iterator[Broken]:
    """Try every rule on a part of a file."""
    tree = etree.ElementTree(part.root)
    contexts: dict[str, list[etree._Element]] = {}
    for rule in rules:
        if rule.context not in contexts:
            contexts[rule.context] = tree.xpath(rule.context)
        for element in contexts[rule.context]:
            yield from _tried(rule, Context(element, now, known))


def _tried(rule: RulesetRule, context: Context) -> Iterator[Broken]:
    loops = [context]
    if rule.over:
        texts = dict.fromkeys(value.text for value in values(rule.over, context))
        loops = [replace(context, loop=text) for text in texts]
    condition = rule.case.get("condition", "")
    for loop in loops:
        if not condition or holds(condition, loop):
            yield from (Broken(rule, value, loop.loop) for value in KINDS[rule.kind](rule.case, loop))
