"""Contributions: the figures of the books, the terms that were written down, and what happens to their money."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router
from pydantic import Field

from pledgeline.accounts.rights import Act
from pledgeline.accounts.roles import MACHINE
from pledgeline.actions import contributions as actions
from pledgeline.actions.books import read_for_now
from pledgeline.api.approvals import APPROVAL, held_answer
from pledgeline.api.asking import AddressParameters, KnownOn, Listing, read, sorted_by
from pledgeline.api.books import ENTRY, entry_json, events_sent
from pledgeline.api.door import person_of, refuse_to_see
from pledgeline.api.lists import as_json, day_or, in_order, listed, part_in_memory, shown
from pledgeline.api.problems import of_findings, of_refusal, problem
from pledgeline.api.routes import HERE, programme_at, properties, reading, writing
from pledgeline.api.values import (
    amount_schema,
    components,
    listing,
    many,
    plain,
    text,
    whole,
    without_nothing,
)
from pledgeline.api.writing import Writing, tag_of, written
from pledgeline.ledger import Balances, Refusal
from pledgeline.ledger.contributions import FIGURES
from pledgeline.programme.contributions import Contribution
from pledgeline.programme.settings import today_of
from pledgeline.queries.contributions import Contributed, contributions, may_see
from pledgeline.queries.journal import until_day
from pledgeline.records.books import NoBooks, books_of
from pledgeline.records.models import HeldAct, ProgrammeRecord

router = Router(tags=["contributions"])

TERMS = components.sent("Contribution", Contribution)
ROW = components.named(
    "ContributionRow",
    {
        "type": "object",
        "required": ["key"],
        "properties": {
            **{name: text() for name in ("key", "partner", "party")},
            "last_day": text(format="date"),
            **{name: many(amount_schema()) for name in FIGURES},
            "terms": TERMS,
            "version": whole(),
        },
    },
)
ORDERS = {
    "key": lambda row: row.key,
    "partner": lambda row: row.partner.casefold(),
    "last_day": lambda row: row.last_day,
}


class ContributionsAsked(Listing, KnownOn):
    ROWS = tuple(properties(components.schemas["ContributionRow"]))

    sort: sorted_by(*ORDERS) = "key"  # type: ignore[valid-type]


class ContributionAsked(AddressParameters, KnownOn):
    ROWS = ContributionsAsked.ROWS


def contribution_json(row: Contributed) -> dict[str, object]:
    return {
        **without_nothing({"key": row.key, "partner": row.partner, "last_day": row.last_day}),
        "party": row.party,
        **{name: plain(getattr(row.figures, name)) for name in FIGURES},
        **({"terms": row.terms.to_value().as_said()} if row.terms else {}),
        "version": row.terms.version if row.terms else 0,
    }


def _rows(request: HttpRequest, slug: str, asked: Any) -> list[Contributed]:
    programme = programme_at(request, slug)
    person = person_of(request)
    if not may_see(programme, person):
        refuse_to_see(request, Act.SEE_CONTRIBUTIONS)
    return contributions(programme, person, state_on(programme, asked.as_of, asked.known_on))


def state_on(programme: ProgrammeRecord, as_of: date | None, known_on: date | None) -> Balances:
    """Give the books as they had come by two days, whoever asks: what is shown of them is the caller's to say."""
    today = today_of(programme.to_value(), timezone.now())
    day = day_or(as_of, today)
    known = day_or(known_on, today)
    try:
        books = books_of(programme.slug, MACHINE)
    except NoBooks:
        return Balances()
    return books.state_at(as_of=until_day(books, day), known_on=None if known == today else known)


@router.get(
    f"{HERE}/contributions",
    operation_id="list_contributions",
    summary="List contributions with their figures and terms",
    openapi_extra=reading(ContributionsAsked, listing(ROW)),
)
def list_contributions(request: HttpRequest, slug: str) -> HttpResponse:
    asked = read(ContributionsAsked, request)
    rows = _rows(request, slug, asked)
    ordered = in_order(rows, asked, ORDERS, lambda row: row.key)
    return listed(request, part_in_memory(ordered, asked, contribution_json))


@router.get(
    f"{HERE}/contributions/{{path:key}}",
    operation_id="get_contribution",
    summary="Read one contribution",
    openapi_extra=reading(ContributionAsked, ROW),
)
def get_contribution(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    asked = read(ContributionAsked, request)
    return _one(request, slug, key, asked)


def _one(request: HttpRequest, slug: str, key: str, asked: ContributionAsked) -> HttpResponse:
    row = next((row for row in _rows(request, slug, asked) if row.key == key), None)
    if row is None:
        raise problem(404, "no-such.noun", noun="contribution", key=key[:200])
    response = as_json(shown(contribution_json(row), asked))
    response["ETag"] = tag_of(str(row.terms.version if row.terms else 0), response.content.decode())
    return response


@router.put(
    f"{HERE}/contributions/{{path:key}}",
    operation_id="write_terms",
    summary="Write the terms of a contribution down, as a new version",
    openapi_extra=writing(TERMS, ROW, match="needed"),
)
def write_terms(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    def act(writing_: Writing) -> HttpResponse:
        programme = programme_at(request, slug)
        _one(request, slug, key, ContributionAsked())
        seen = writing_.must_have_seen_version()
        body = writing_.body_about(key)
        made = actions.write_terms(
            body,
            programme=programme,
            person=writing_.person,
            now=writing_.now,
            seen=seen,
        )
        if isinstance(made, list):
            raise of_findings(made)
        return _one(request, slug, key, ContributionAsked())

    return written(request, act)


class Sure(AddressParameters):
    """What was asked about an event before, and is meant."""

    sure: str = Field("", max_length=64)


@router.post(
    f"{HERE}/contribution-events",
    operation_id="enter_contribution_event",
    summary="Enter what happened to the money of a contribution",
    description=(
        "What looks like a slip is answered with 409 and “sure”: send that along if it is meant. Where a second person "
        "has to approve it, the answer is 202 with what waits."
    ),
    openapi_extra=writing(events_sent(*actions.RIGHT_TO), ENTRY, status=201, asked=Sure, held=APPROVAL),
    response={201: None},
)
def enter_event(request: HttpRequest, slug: str) -> HttpResponse:
    def act(writing_: Writing) -> HttpResponse:
        programme = programme_at(request, slug)
        event = writing_.body()
        today = today_of(programme.to_value(), writing_.now)
        said = read_for_now(event, today=today)
        if isinstance(said, Refusal):
            raise of_refusal(said)
        kind = said.said.type
        if kind not in actions.RIGHT_TO:
            raise problem(422, "no-such.event", kind=kind, known=", ".join(actions.RIGHT_TO))
        answer = actions.enter(
            kind,
            {name: value for name, value in event.items() if name != "type"},
            programme=programme,
            person=writing_.person,
            today=today,
            sure=read(Sure, request).sure,
        )
        if isinstance(answer, actions.Doubts):
            raise of_findings(answer.findings, status=409, sure=answer.sure)
        if isinstance(answer, list):
            raise of_findings(answer)
        if isinstance(answer, HeldAct):
            return held_answer(request, answer)
        return as_json(entry_json(answer.entry), 201)

    return written(request, act, enters=True)
