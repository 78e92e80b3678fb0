"""What a program is answered where it does not get what it asked for: a problem as RFC 9457 has it.

It has a title and a status; `findings` lists everything that is wrong with what was sent, each with its lasting code,
the JSON pointer of its place, what is wrong and a way out. What was sent as a file has places within the file.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.http import HttpResponse

from pledgeline.ledger import Refusal
from pledgeline.programme.findings import Finding, lasting_code
from pledgeline.programme.sentences import Param, Sentence, sentence

MEDIA_TYPE = "application/problem+json"

STATUS_OF = {
    "steps.unknown": 404,
    "steps.no-right": 403,
    "steps.changed-meanwhile": 412,
    "steps.taken": 409,
    "steps.not-from-here": 409,
    "steps.four-eyes": 409,
    "steps.waits": 409,
    "steps.settled": 409,
    "steps.no-books": 409,
    "approval.waits": 409,
    "approval.decided": 409,
    "approval.four-eyes": 409,
    "approval.no-right": 403,
    "approval.not-yours": 403,
    "approval.changed-since": 409,
    "acceptance.no-right": 403,
    "acceptance.accepted-before": 409,
    "acceptance.changed-since": 409,
    "acceptance.package-taken": 409,
    "contribution.no-right": 403,
    "contribution.changed-meanwhile": 412,
    "contribution.no-books": 409,
    "contribution.entered-before": 409,
    "bank.no-right": 403,
    "bank.unknown": 404,
    "bank.answered": 409,
    "bank.waits": 409,
    "bank.not-possible": 409,
    "bank.changed": 409,
}
"""The status of an answer by the code of its first finding; any other finding is about what was sent: 422."""

REFUSED_BY_BOOKS = frozenset(
    {
        "ledger.key-used",
        "ledger.below-zero",
        "ledger.not-enough",
        "ledger.not-funded-exactly",
        "ledger.past-use-by",
        "ledger.reservation-expired",
        "ledger.not-lapsed-yet",
        "ledger.clock-behind",
        "ledger.taken-back-before",
        "ledger.cannot-be-restated",
        "ledger.lot-is-taken",
        "ledger.nothing-to-move",
    }
)
"""Refusals of the books that are about how things stand, and not about how the event is written: 409."""


@dataclass(eq=False)
class ApiProblem(Exception):
    """Ends a request: with a status, a sentence, and what is wrong in detail."""

    status: int
    said: Sentence
    findings: tuple[Mapping[str, object], ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    more: Mapping[str, object] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """Give what the answer says."""
        return {
            "type": "about:blank",
            "title": str(self.said),
            "status": self.status,
            "code": lasting_code(self.said),
            **({"detail": detail} if (detail := self.said.part("way-out")) else {}),
            **({"findings": list(self.findings)} if self.findings else {}),
            **self.more,
        }


def problem(
    status: int, code: str, *, headers: Mapping[str, str] | None = None, **params: Param
) -> ApiProblem:
    """Make a problem of a sentence of the catalogue under `api`."""
    return ApiProblem(status=status, said=sentence(f"api.{code}", **params), headers=headers or {})


def of_findings(findings: Iterable[Finding], *, status: int | None = None, **more: object) -> ApiProblem:
    """Make a problem of what an action answered."""
    listed = list(findings)
    code = listed[0].code
    is_moved = code in STATUS_OF or code in REFUSED_BY_BOOKS
    return ApiProblem(
        status=status or (409 if code in REFUSED_BY_BOOKS else STATUS_OF.get(code, 422)),
        said=listed[0].said if is_moved else sentence("api.not-taken.findings"),
        findings=tuple(map(as_finding, listed)),
        more=more,
    )


def as_finding(finding: Finding) -> dict[str, str]:
    """Write one finding: at its pointer in what was sent, or at its place in a file that was."""
    place = finding.place
    said = finding_json(finding.code, pointer(place.path), finding.wrong, finding.way_out)
    is_in_a_file = place.line is not None or place.sheet or place.pointer
    return {**said, "place": str(place)} if is_in_a_file and not place.path else said


def of_refusal(refusal: Refusal) -> ApiProblem:
    """Make a problem of what the books do not take."""
    return ApiProblem(
        status=409 if refusal.code in REFUSED_BY_BOOKS else 422,
        said=sentence("api.not-taken.findings"),
        findings=tuple(
            finding_json(fault.code, fault.at, fault.wrong, fault.way_out) for fault in refusal.faults
        ),
    )


def finding_json(code: str, at: str, wrong: str, way_out: str) -> dict[str, str]:
    """Write one finding."""
    return {"code": code, "pointer": at, "wrong": wrong, "way_out": way_out}


def pointer(path: Iterable[str | int]) -> str:
    """Write the path to a value as RFC 6901 has it.

    >>> pointer(("lines", 0, "a/b"))
    '/lines/0/a~1b'
    """
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in path)


def answer(problem: ApiProblem) -> HttpResponse:
    """Write a problem as an answer."""
    response = HttpResponse(
        json.dumps(problem.as_json(), ensure_ascii=False), content_type=MEDIA_TYPE, status=problem.status
    )
    for name, value in problem.headers.items():
        response[name] = value
    return response
