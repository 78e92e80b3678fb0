"""What waits for the approval of a second person: listed, read, and decided."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import Field

from pledgeline.accounts.rights import Act
from pledgeline.actions.approvals import DECIDE
from pledgeline.api.asking import AddressParameters, Listing, read, sorted_by
from pledgeline.api.door import person_of, refuse_to_see
from pledgeline.api.lists import as_json, listed, moment, part_of, shown
from pledgeline.api.problems import of_findings, problem
from pledgeline.api.routes import HERE, programme_at, properties, reading, writing
from pledgeline.api.values import amount_schema, components, listing, many, plain, text, whole
from pledgeline.api.writing import Writing, written
from pledgeline.programme.step_asked import ApprovalDecision
from pledgeline.queries import approvals as queries
from pledgeline.queries.amended import amended_by
from pledgeline.records.models import Decision, HeldAct

router = Router(tags=["approvals"])

AMENDED = {
    "type": "object",
    "required": ["line", "units", "new_units", "unit_price", "new_unit_price", "difference"],
    "properties": {
        "line": text(),
        **{name: whole() for name in ("units", "new_units")},
        **{name: amount_schema() for name in ("unit_price", "new_unit_price", "difference")},
    },
}

APPROVAL = components.named(
    "Approval",
    {
        "type": "object",
        "required": ["ref"],
        "properties": {
            **{name: text() for name in ("ref", "what", "noun", "key", "step", "role", "asked_by")},
            "amount": amount_schema(),
            "compared": amount_schema(),
            "rates": many(
                {
                    "type": "object",
                    "required": ["day", "base", "currency", "rate", "source"],
                    "properties": {
                        "day": text(format="date"),
                        **{name: text() for name in ("base", "currency", "rate", "source")},
                    },
                }
            ),
            "asked_at": text(format="date-time"),
            "said": {"type": "object"},
            "amended_lines": many(AMENDED),
            "decision": text(enum=Decision.values),
            "decided_by": text(),
            "decided_at": text(format="date-time"),
            "reason": text(),
        },
    },
)


class ApprovalsAsked(Listing):
    ROWS = tuple(properties(components.schemas["Approval"]))

    sort: sorted_by("asked_at") = "-asked_at"  # type: ignore[valid-type]
    decision: str = Field(
        "", pattern=f"^({'|'.join(Decision.values)})$", json_schema_extra={"enum": [*Decision.values]}
    )


class ApprovalAsked(AddressParameters):
    ROWS = ApprovalsAsked.ROWS


def approval_json(held: HeldAct) -> dict[str, object]:
    """Write an act that is held; of an amendment that waits with what changes line by line."""
    amended = amended_by(held)
    return {
        **{
            name: getattr(held, name)
            for name in ("ref", "what", "noun", "key", "step", "role", "asked_by", "rates", "decision")
        },
        "amount": plain(held.amount),
        **({"compared": plain(held.compared)} if held.compared else {}),
        "asked_at": moment(held.asked_at),
        "said": plain(queries.shown_of(held)),
        **({"amended_lines": plain([line.as_said() for line in amended])} if amended else {}),
        "decided_by": held.decided_by,
        **({"decided_at": moment(held.decided_at)} if held.decided_at else {}),
        "reason": held.reason,
    }


def held_answer(request: HttpRequest, held: HeldAct) -> HttpResponse:
    """Answer that something waits for approval, with where that can be read."""
    response = as_json(approval_json(held), 202)
    path = f"/api/v1/programmes/{held.programme.slug}/approvals/{held.ref}"
    response["Location"] = request.build_absolute_uri(path)
    return response


def _rows(request: HttpRequest, slug: str) -> QuerySet[HeldAct]:
    programme, person = programme_at(request, slug), person_of(request)
    if not queries.may_see(programme, person):
        refuse_to_see(request, Act.SEE_APPROVALS)
    return queries.held_acts(programme, person)


def _one(request: HttpRequest, slug: str, ref: str) -> HeldAct:
    held: HeldAct | None = _rows(request, slug).filter(ref=ref[:64]).first()
    if held is None:
        raise problem(404, "no-such.noun", noun="approval", key=ref[:60])
    return held


@router.get(
    f"{HERE}/approvals",
    operation_id="list_approvals",
    summary="List what waits for the approval of a second person, and what was decided",
    openapi_extra=reading(ApprovalsAsked, listing(APPROVAL)),
)
def list_approvals(request: HttpRequest, slug: str) -> HttpResponse:
    asked = read(ApprovalsAsked, request)
    rows = _rows(request, slug)
    if asked.decision:
        rows = rows.filter(decision=asked.decision)
    order = ("-pk",) if asked.sort.startswith("-") else ("pk",)
    return listed(request, part_of(rows, order, asked, approval_json))


@router.get(
    f"{HERE}/approvals/{{ref}}",
    operation_id="get_approval",
    summary="Read one act that waits, or waited, for approval",
    openapi_extra=reading(ApprovalAsked, APPROVAL),
)
def get_approval(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    asked = read(ApprovalAsked, request)
    return as_json(shown(approval_json(_one(request, slug, ref)), asked))


@router.post(
    f"{HERE}/approvals/{{ref}}/decision",
    operation_id="decide_approval",
    summary="Approve an act, which is done at once; refuse it; or take it back",
    openapi_extra=writing(components.sent("ApprovalAnswer", ApprovalDecision), APPROVAL, status=201),
    response={201: None},
)
def decide_approval(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    def act(writing_: Writing) -> HttpResponse:
        held = _one(request, slug, ref)
        said = writing_.noun(ApprovalDecision, name="decision")
        done = DECIDE[said.decision](held, person=writing_.person, now=writing_.now, reason=said.reason or "")
        if isinstance(done, list):
            raise of_findings(done)
        return as_json(approval_json(done), 201)

    return written(request, act)
