"""What a page or a file rests on: which programme, as of which day, as known on which; and its lasting address.

The address of a page without a day shows another day tomorrow. The lasting one has every day written out, so that
whoever follows it next year is shown the same; the parameters that narrow and sort a table stay in it.
"""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils import timezone
from django.utils.encoding import escape_uri_path
from django.utils.http import urlencode

from pledgeline.programme.settings import Programme
from pledgeline.records.models import ProgrammeRecord
from pledgeline.web.parameters import parameters_of


@dataclass(frozen=True, slots=True, kw_only=True)
class DataBasis:
    """What is looked at. `known_on` is empty where a page does not ask for it; `day_name` is the day's parameter."""

    day: date
    known_on: date | None = None
    programme: Programme | None = None
    day_name: str = "as_of"

    @property
    def days(self) -> dict[str, str]:
        """Give the days as parameters of an address."""
        days = {self.day_name: self.day.isoformat()}
        if self.known_on is not None:
            days["known_on"] = self.known_on.isoformat()
        return days

    def file_stem(self, name: str) -> str:
        """Name a file with the days that it shows."""
        known = f"-known-{self.known_on.isoformat()}" if self.known_on not in (None, self.day) else ""
        return f"{name}-{self.day.isoformat()}{known}"


def basis_of(request: HttpRequest) -> DataBasis | None:
    """Give what the answer to a request rests on; nothing where its page asks for no day."""
    found: DataBasis | None = getattr(request, "basis", None)
    return found


def programme_row(request: HttpRequest, slug: str) -> ProgrammeRecord:
    """Give the row of a programme to a page that shows it; read once for each request, and never to be changed.

    Raises:  ProgrammeRecord.DoesNotExist.
    """
    read: dict[str, ProgrammeRecord] = request.__dict__.setdefault("programme_rows", {})
    if slug not in read:
        read[slug] = ProgrammeRecord.objects.get(slug=slug)
    return read[slug]


def is_public(request: HttpRequest, slug: str) -> bool:
    """Say whether everybody may see the programme that a page is about."""
    return programme_row(request, slug).published


def rests_on(request: HttpRequest, basis: DataBasis) -> None:
    """Note what the answer to a request rests on."""
    request.basis = basis  # type: ignore[attr-defined]


def file_stem(request: HttpRequest, name: str) -> str:
    """Name a file with the days that it shows: today's in UTC where its page asks for none."""
    basis = basis_of(request) or DataBasis(day=timezone.now().date())
    return basis.file_stem(name)


def lasting_address(request: HttpRequest) -> str:
    """Give the address that shows the same for ever: the whole table, with every day written out."""
    basis = basis_of(request)
    days = basis.days if basis is not None else {}
    said = parameters_of(request).said_beside("page", *days)
    query = urlencode([*said, *days.items()])
    return request.build_absolute_uri(f"{escape_uri_path(request.path)}{f'?{query}' if query else ''}")
