"""One request for a page of contributions, by somebody who may see some of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache

from pledgeline.accounts.rights import Act, Person
from pledgeline.ledger import Balances
from pledgeline.queries.contributions import Contributed, contributions, may_see, state_now
from pledgeline.records.models import ProgrammeRecord
from pledgeline.web.asked import Asked, ask, show, visitor
from pledgeline.web.basis import programme_row
from pledgeline.web.not_yours import not_yours
from pledgeline.web.parameters import parameters_of


@dataclass(frozen=True, slots=True)
class ContributionRequest:
    """The request, with the books as they were when it came."""

    request: HttpRequest
    asked: Asked
    programme: ProgrammeRecord
    state: Balances = field(repr=False)

    @property
    def person(self) -> Person:
        return visitor(self.request)

    def rows(self) -> list[Contributed]:
        """Give the contributions that this visitor may see."""
        return contributions(self.programme, self.person, self.state)

    def row(self) -> Contributed:
        """Give the contribution that the address names.

        Raises:  Http404 where there is none that this visitor may see.
        """
        key = parameters_of(self.request).text("key")
        row = next((row for row in self.rows() if row.key == key), None)
        if row is None:
            raise Http404(f"there is no contribution {key!r}")
        return row

    def now(self) -> "ContributionRequest":
        """Give the same request with the books as they are after something was entered or refused."""
        return ContributionRequest(self.request, self.asked, self.programme, state_now(self.programme))

    def at(self, page: str = "", **parameters: object) -> str:
        """Give the address of a page of contributions."""
        return self.asked.at(f"contributions{page}", **parameters)

    def show(self, template: str, status: int = 200, **context: Any) -> HttpResponse:
        return show(self.request, template, self.asked, status=status, **context)


def of_contributions(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Show a page of contributions to those who may see some, and to nobody else."""

    @wraps(view)
    @never_cache
    def guarded(request: HttpRequest, slug: str, **more: object) -> HttpResponseBase:
        asked = ask(request, slug)
        programme = programme_row(request, slug)
        if not may_see(programme, visitor(request)):
            return not_yours(request, Act.SEE_CONTRIBUTIONS)
        return view(ContributionRequest(request, asked, programme, state_now(programme)), **more)

    return guarded
