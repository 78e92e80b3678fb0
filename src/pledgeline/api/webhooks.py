"""Addresses of other offices that are told of events, for programs that set them up."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from pledgeline.accounts.rights import Act, Person, may
from pledgeline.actions import webhooks as actions
from pledgeline.api.asking import Listing, read, sorted_by
from pledgeline.api.door import person_of
from pledgeline.api.lists import as_json, listed, part_of
from pledgeline.api.problems import of_findings, problem
from pledgeline.api.routes import HERE, programme_at, reading, writing
from pledgeline.api.values import components, listing, many, plain, text, without_nothing
from pledgeline.api.writing import Writing, written
from pledgeline.programme.roles import Role
from pledgeline.programme.webhook_fields import LONGEST_ADDRESS, LONGEST_PARTY
from pledgeline.programme.webhooks import EventKind
from pledgeline.records.models import ProgrammeRecord, Webhook

router = Router(tags=["webhooks"])

KINDS = [kind.value for kind in EventKind]

ROW = components.named(
    "WebhookRow",
    {
        "type": "object",
        "required": ["ref"],
        "properties": {
            "ref": text(),
            "address": text(),
            "kinds": many(text(enum=KINDS)),
            "role": text(),
            "party": text(),
            "made_at": text(format="date-time"),
            "made_by": text(),
            "secret": text(description="Signs the messages. It is given once, when the address is named."),
        },
    },
)


SAID = components.named(
    "WebhookTerms",
    {
        "type": "object",
        "required": ["address", "kinds"],
        "additionalProperties": False,
        "properties": {
            "address": text(minLength=1, maxLength=LONGEST_ADDRESS),
            "kinds": {**many(text(enum=KINDS)), "minItems": 1},
            "role": text(enum=["", *(role.value for role in Role)]),
            "party": text(maxLength=LONGEST_PARTY),
        },
    },
)


class WebhooksAsked(Listing):
    ROWS = ("ref", "address", "kinds", "role", "party", "made_at", "made_by")

    sort: sorted_by("made_at") = "made_at"  # type: ignore[valid-type]


def _row(row: Webhook, **more: object) -> dict[str, object]:
    return without_nothing(
        {
            "ref": row.ref,
            "address": row.address,
            "kinds": row.kinds,
            "role": row.role or None,
            "party": row.party or None,
            "made_at": plain(row.made_at),
            "made_by": row.made_by,
            **more,
        }
    )


def _must_have_right(person: Person, programme: ProgrammeRecord) -> None:
    if not may(person, Act.TELL_OTHERS, programme.slug):
        raise problem(403, "no-right.act", right=Act.TELL_OTHERS)


@router.get(
    f"{HERE}/webhooks",
    operation_id="list_webhooks",
    summary="List the addresses of other offices that are told of events",
    openapi_extra=reading(WebhooksAsked, listing(ROW)),
)
def list_webhooks(request: HttpRequest, slug: str) -> HttpResponse:
    asked, programme = read(WebhooksAsked, request), programme_at(request, slug)
    _must_have_right(person_of(request), programme)
    rows = Webhook.objects.filter(programme=programme, ended_at=None)
    return listed(request, part_of(rows, (asked.sort, "pk"), asked, _row))


@router.post(
    f"{HERE}/webhooks",
    operation_id="make_webhook",
    summary="Have an address of another office told of events",
    openapi_extra=writing(SAID, ROW, status=201),
    response={201: None},
)
def make_webhook(request: HttpRequest, slug: str) -> HttpResponse:
    def act(writing_: Writing) -> HttpResponse:
        programme = programme_at(request, slug)
        writing_.must_have_right(Act.TELL_OTHERS, slug)
        made = actions.subscribe(programme, writing_.body(), person=writing_.person, now=writing_.now)
        if isinstance(made, list):
            raise of_findings(made)
        hook, secret = made
        return as_json(_row(hook, secret=secret), 201)

    return written(request, act)


@router.delete(
    f"{HERE}/webhooks/{{ref}}",
    operation_id="end_webhook",
    summary="Have an address notified no longer",
    openapi_extra=writing(None, None, status=204),
    response={204: None},
)
def end_webhook(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    def act(writing_: Writing) -> HttpResponse:
        programme = programme_at(request, slug)
        writing_.must_have_right(Act.TELL_OTHERS, slug)
        row = Webhook.objects.filter(programme=programme, ref=ref).first()
        if row is None:
            raise problem(404, "no-such.address")
        if found := actions.end(row, person=writing_.person, now=writing_.now):
            raise of_findings(found)
        return HttpResponse(status=204)

    return written(request, act)
