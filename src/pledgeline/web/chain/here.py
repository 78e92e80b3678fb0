"""One request for a page of a noun."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse

from pledgeline.accounts.rights import Person
from pledgeline.programme.steps import STEPS, Step
from pledgeline.queries import chain as queries
from pledgeline.queries.waiting import ready_for
from pledgeline.records.models import ChainRow, ProgrammeRecord
from pledgeline.web.asked import Asked, show, visitor
from pledgeline.web.parameters import parameters_of

if TYPE_CHECKING:
    from pledgeline.web.chain.kinds import Pages


@dataclass(frozen=True, slots=True)
class Here:
    """One request for a page of a noun, by somebody who may see such nouns."""

    request: HttpRequest
    asked: Asked
    programme: ProgrammeRecord
    pages: "Pages"

    @property
    def person(self) -> Person:
        return visitor(self.request)

    def row(self) -> ChainRow:
        """Give the newest version of the noun that the address names.

        Raises:  Http404 where there is none that this visitor may see.
        """
        key = parameters_of(self.request).text("key")
        row = queries.newest(self.pages.table, self.programme, self.person).filter(key=key).first()
        if row is None:
            raise Http404(f"there is no {self.pages.noun} {key!r}")
        return row

    def at(self, page: str = "", **parameters: object) -> str:
        """Give the address of a page of this noun."""
        return self.asked.at(f"{self.pages.name}{page}", **parameters)

    def steps_of_many(self) -> list[tuple[Step, str]]:
        """Give the steps that can be taken now of two rows and more, each with its page."""
        return [
            (step, self.at("-many", step=step.name))
            for step in STEPS
            if step.noun == self.pages.noun and step.is_for_many and self._is_ready_twice(step)
        ]

    def _is_ready_twice(self, step: Step) -> bool:
        rows = ready_for(self.programme, self.person, step.name, self.pages.table)
        return len(rows.order_by()[:2].values_list("pk")) > 1

    def show(self, template: str, status: int = 200, **context: Any) -> HttpResponse:
        return show(self.request, template, self.asked, status=status, pages=self.pages, **context)
