"""Check an IATI file: schema, codelists and ruleset, each finding with its line, its place and a way out."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, BinaryIO

from lxml import etree

from pledgeline.exchange.iati.parts import ROOTS, FilePart, NotRead, read_parts
from pledgeline.exchange.iati.rules import KnownIdentifiers
from pledgeline.exchange.iati.ruleset import RulesetRule, broken_rules, read_rules
from pledgeline.exchange.iati.standards import NEWEST, VERSIONS, Codelist, Mapped, Standards
from pledgeline.programme.findings import Finding, FindingList, Place, Severity, shortened
from pledgeline.programme.sentences import Sentence, sentence

PARTS = ("schema", "codelists", "ruleset")
"""What a file is checked by."""

_XML = "http://www.w3.org/XML/1998/namespace"
_ABOUT_ATTRIBUTE = re.compile(r"attribute '([^']+)'")
_SCHEMA_CASES = {
    "SCHEMAV_ELEMENT_CONTENT": "iati.schema.order",
    "SCHEMAV_CVC_COMPLEX_TYPE_4": "iati.schema.attribute-missing",
    "SCHEMAV_CVC_COMPLEX_TYPE_3_2_1": "iati.schema.attribute-unknown",
    "SCHEMAV_CVC_COMPLEX_TYPE_3_2_2": "iati.schema.attribute-unknown",
    "SCHEMAV_CVC_COMPLEX_TYPE_2_1": "iati.schema.text",
    "SCHEMAV_CVC_COMPLEX_TYPE_2_3": "iati.schema.text",
    "SCHEMAV_CVC_ELT_1": "iati.schema.element-unknown",
    "SCHEMAV_CVC_TYPE_3_1_1": "iati.schema.attribute-unknown",
}
"""Which case of ours each kind of objection of the library is; any other is about a value."""


@dataclass(slots=True)
class IatiCheck:
    """What was found in a file.

    `version` is what the file says, `kind` its root; `was_read` is False where it could not be read to its end.
    `not_checked` names lists that the folder of standards lacks and that codes of the file should be in.
    """

    findings: list[Finding] = field(default_factory=list)
    kind: str = ""
    version: str = ""
    number: int = 0
    was_read: bool = True
    not_checked: set[str] = field(default_factory=set)

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.is_error]


def check_iati(
    file: BinaryIO, name: str, standards: Standards, *, now: datetime, only: Collection[str] = PARTS
) -> IatiCheck:
    """Look a file over, activity by activity; nothing of it is kept but what was found.

    Raises:  NoStandards where a part of the standard is not there; UnknownRule.
    """
    checked = IatiCheck()
    end = Finding(place=Place(file=name), said=sentence("iati.too-many-findings"))
    findings = FindingList(end)
    checker = _Checker(name, standards, frozenset(only), now, checked.not_checked)
    try:
        for part in read_parts(file, name):
            if not checked.kind:
                checked.kind, checked.version = part.root.tag, part.root.get("version", "")
                findings.add_until_full(checker.of_version(part))
            checked.number += part.main is not None
            findings.add_until_full(checker.of_part(part))
            if findings.is_full:
                break
    except NotRead as refusal:
        checked.was_read = False
        findings.add(refusal.finding)
    checked.findings = sorted(findings.listed, key=lambda finding: finding.place.line or 0) + findings.ends
    return checked


class _Checker:
    """The parts of the standard that are wanted, made ready once for all activities of a file."""

    def __init__(
        self, name: str, standards: Standards, only: frozenset[str], now: datetime, not_checked: set[str]
    ) -> None:
        self._name, self._standards, self._only, self._now = name, standards, only, now
        self._not_checked = not_checked
        self._lists = standards.codelists() if only & {"codelists", "ruleset"} else {}
        self._mapping = standards.mapping() if "codelists" in only else ()
        self._rules: list[RulesetRule] = read_rules(standards.ruleset()) if "ruleset" in only else []
        self._known = _known(self._lists)
        self._seen_of_root: set[str] = set()
        self._schema: Any = None

    def of_version(self, part: FilePart) -> Iterator[Finding]:
        """Say by which version the file is checked, where that is another than its own."""
        said = part.root.get("version", "")
        self._version = self._standards.schema_version(said)
        if "schema" in self._only:
            self._schema = self._standards.schema(part.root.tag, self._version)
        if said and said not in VERSIONS:
            case = "iati.version.first" if said.startswith("1.") else "iati.version.unknown"
            yield self._finding(
                part,
                part.root,
                Sentence(case, {"version": shortened(said), "by": NEWEST}),
                attribute="version",
                excerpt=said,
                severity=Severity.ERROR if said.startswith("1.") else Severity.WARNING,
            )
        elif said and said != self._version and "schema" in self._only:
            newer = sentence("iati.version.by-newer", version=said, by=self._version)
            yield self._finding(
                part, part.root, newer, attribute="version", excerpt=said, severity=Severity.WARNING
            )

    def of_part(self, part: FilePart) -> Iterator[Finding]:
        if self._schema is not None:
            yield from self._by_schema(part)
        if "codelists" in self._only:
            yield from self._by_codelists(part)
        yield from self._by_ruleset(part)

    def _finding(
        self,
        part: FilePart,
        element: etree._Element,
        said: Sentence,
        *,
        attribute: str = "",
        excerpt: str = "",
        severity: Severity = Severity.ERROR,
    ) -> Finding:
        place = Place(file=self._name, line=part.line_of(element), element=part.path_of(element, attribute))
        return Finding(place=place, said=said, excerpt=shortened(excerpt.strip()), severity=severity)

    # ---- schema ----

    def _by_schema(self, part: FilePart) -> Iterator[Finding]:
        if self._schema.validate(part.root):
            return
        for problem in self._schema.error_log:
            at = part.root.getroottree().xpath(problem.path) if problem.path else [part.root]
            element = at[0] if at else part.root
            if element is part.root:
                if problem.message in self._seen_of_root:
                    continue
                self._seen_of_root.add(problem.message)
            about = _ABOUT_ATTRIBUTE.search(problem.message)
            case = _SCHEMA_CASES.get(problem.type_name, "iati.schema.value")
            wrong = Sentence(case, {"problem": _readable(problem.message), "version": self._version})
            attribute = about[1] if about and case != "iati.schema.attribute-missing" else ""
            excerpt = element.get(attribute, "") if attribute else (element.text or "")
            yield self._finding(part, element, wrong, attribute=attribute, excerpt=excerpt)

    # ---- codelists ----

    def _by_codelists(self, part: FilePart) -> Iterator[Finding]:
        for place in self._mapping:
            codes = self._lists.get(place.codelist)
            for element, code in _codes_at(part, place):
                if codes is None:
                    self._not_checked.add(place.codelist)
                    break
                if code.strip() in codes.codes or (not code.strip() and not place.attribute):
                    continue
                yield self._finding(
                    part,
                    element,
                    _not_in(codes, code, place),
                    attribute=place.attribute,
                    excerpt=code,
                    severity=Severity.ERROR if codes.complete else Severity.WARNING,
                )

    # ---- ruleset ----

    def _by_ruleset(self, part: FilePart) -> Iterator[Finding]:
        for broken in broken_rules(part, self._rules, self._known, now=self._now):
            rule, by = broken.rule, broken.by
            kind = rule.kind.replace("_", "-")
            wrong = Sentence(f"iati.rule.{kind}", {"message": rule.message, "rule": rule.number})
            yield self._finding(
                part,
                by.element,
                wrong,
                attribute=by.attribute,
                excerpt=by.text if by.attribute else broken.loop,
                severity=Severity.ERROR if rule.is_error else Severity.WARNING,
            )
        if self._rules and self._known.agencies is None:
            self._not_checked.add(AGENCIES)


AGENCIES = "OrganisationRegistrationAgency"
_ORGANISATIONS = ("OrganisationIdentifier", "IATIOrganisationIdentifier")


def _known(lists: Mapping[str, Codelist]) -> KnownIdentifiers:
    named = [lists[name].codes for name in _ORGANISATIONS if name in lists]
    agencies = lists[AGENCIES].codes if AGENCIES in lists else None
    return KnownIdentifiers(frozenset().union(*named), agencies)


def _not_in(codes: Codelist, code: str, place: Mapped) -> Sentence:
    case = "iati.code.unknown" if codes.complete else "iati.code.unlisted"
    return Sentence(case, {"code": shortened(code), "list": codes.name})


def _codes_at(part: FilePart, place: Mapped) -> Iterator[tuple[etree._Element, str]]:
    """Give the codes that stand where a list says, each with its element."""
    if place.path == "/":  # on any element
        name = place.attribute.replace("xml:", f"{{{_XML}}}")
        yield from (
            (element, element.get(name)) for element in part.root.iter() if element.get(name) is not None
        )
        return
    condition = f"[{place.condition}]" if place.condition else ""
    begins = place.path.removeprefix("//")  # at the root or below it: to look everywhere takes long
    path = f"/{begins}" if begins in ROOTS else f"/*/{begins}"
    for element in etree.ElementTree(part.root).xpath(f"{path}{condition}"):
        code = element.get(place.attribute) if place.attribute else (element.text or "")
        if code is not None:
            yield element, code


def _readable(message: str) -> str:
    """Take the name of the library's own types out of what it says."""
    return message.replace("{http://www.w3.org/2001/XMLSchema}", "xsd:").rstrip(".")
