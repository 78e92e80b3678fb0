"""Programmes with their settings, and the parties that they know."""

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import Field

from pledgeline.accounts.rights import Act
from pledgeline.actions import programmes
from pledgeline.api.asking import LONGEST_WORDS, AddressParameters, Because, Listing, read, sorted_by
from pledgeline.api.door import person_of
from pledgeline.api.lists import as_json, listed, part_of, shown
from pledgeline.api.problems import of_findings, problem
from pledgeline.api.routes import HERE, programme_at, properties, reading, writing
from pledgeline.api.values import components, listing, plain
from pledgeline.api.writing import Writing, tag_of, written
from pledgeline.programme.parties import Party
from pledgeline.programme.settings import Programme
from pledgeline.programme.settings_fields import ProgrammeSettings
from pledgeline.queries.parties import visible_parties
from pledgeline.records.models import ProgrammeRecord

router = Router(tags=["programmes"])

ROW = components.of("ProgrammeRow", Programme, keys=["slug"])
PARTY = components.of("PartyRow", Party, keys=["ref"])
SETTINGS = components.sent("ProgrammeSettings", ProgrammeSettings)


class ProgrammesAsked(Listing):
    ROWS = tuple(properties(components.schemas["ProgrammeRow"]))

    sort: sorted_by("slug", "short_name") = "slug"  # type: ignore[valid-type]


class ProgrammeAsked(AddressParameters):
    ROWS = ProgrammesAsked.ROWS


class PartiesAsked(Listing):
    ROWS = tuple(properties(components.schemas["PartyRow"]))

    sort: sorted_by("ref") = "ref"  # type: ignore[valid-type]
    kind: str = Field("", max_length=20)
    q: str = Field("", max_length=LONGEST_WORDS)


class PartyAsked(AddressParameters):
    ROWS = PartiesAsked.ROWS


def _one(row: ProgrammeRecord, asked: AddressParameters | None = None, status: int = 200) -> HttpResponse:
    whole: dict[str, object] = plain(row.to_value())
    response = as_json(shown(whole, asked) if asked else whole, status)
    response["ETag"] = tag_of(programmes.settings_stamp(row), response.content.decode())
    return response


@router.get(
    "/programmes",
    operation_id="list_programmes",
    summary="List the programmes that you may see",
    openapi_extra=reading(ProgrammesAsked, listing(ROW)),
)
def list_programmes(request: HttpRequest) -> HttpResponse:
    asked = read(ProgrammesAsked, request)
    rows = ProgrammeRecord.objects.visible_to(person_of(request))
    order = tuple(dict.fromkeys((asked.sort, "slug" if "slug" not in asked.sort else asked.sort)))
    return listed(request, part_of(rows, order, asked, lambda row: plain(row.to_value())))


@router.get(
    HERE,
    operation_id="get_programme",
    summary="Read the settings of one programme",
    openapi_extra=reading(ProgrammeAsked, ROW),
)
def get_programme(request: HttpRequest, slug: str) -> HttpResponse:
    asked = read(ProgrammeAsked, request)
    return _one(programme_at(request, slug), asked)


@router.post(
    "/programmes",
    operation_id="make_programme",
    summary="Make a programme",
    openapi_extra=writing(SETTINGS, ROW, status=201),
    response={201: None},
)
def make_programme(request: HttpRequest) -> HttpResponse:
    def act(writing_: Writing) -> HttpResponse:
        body = writing_.body()
        writing_.must_have_right(Act.CHANGE_SETTINGS)
        made = programmes.create(body, person=writing_.person, now=writing_.now)
        if isinstance(made, list):
            raise of_findings(made)
        return _one(made, status=201)

    return written(request, act)


@router.put(
    HERE,
    operation_id="change_programme",
    summary="Change the settings of a programme",
    openapi_extra=writing(SETTINGS, ROW, match="needed", asked=Because),
)
def change_programme(request: HttpRequest, slug: str) -> HttpResponse:
    def act(writing_: Writing) -> HttpResponse:
        row = programme_at(request, slug)
        writing_.must_have_right(Act.CHANGE_SETTINGS, slug)
        body = writing_.body_about(slug, name="slug")
        changed = programmes.change(
            row,
            body,
            person=writing_.person,
            now=writing_.now,
            reason=read(Because, request).reason,
            seen=writing_.must_have_seen(),
        )
        if isinstance(changed, list):
            raise of_findings(changed)
        return _one(changed)

    return written(request, act)


@router.get(
    "/parties",
    operation_id="list_parties",
    summary="List the parties that you may see",
    openapi_extra=reading(PartiesAsked, listing(PARTY)),
)
def list_parties(request: HttpRequest) -> HttpResponse:
    asked = read(PartiesAsked, request)
    rows = visible_parties(person_of(request)).prefetch_related("name_rows")
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.q:
        rows = rows.filter(pk__in=rows.filter(name_rows__name__icontains=asked.q).values("pk"))
    return listed(request, part_of(rows, (asked.sort,), asked, lambda row: plain(row.to_value())))


@router.get(
    "/parties/{path:ref}",
    operation_id="get_party",
    summary="Read one party",
    openapi_extra=reading(PartyAsked, PARTY),
)
def get_party(request: HttpRequest, ref: str) -> HttpResponse:
    asked = read(PartyAsked, request)
    row = visible_parties(person_of(request)).filter(ref=ref).first()
    if row is None:
        raise problem(404, "no-such.noun", noun="party", key=ref[:200])
    return as_json(shown(plain(row.to_value()), asked))
