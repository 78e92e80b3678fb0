"""Files to be kept, each with a name that says what it is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from pledgeline.exchange.tables import Cell, csv_lines, json_lines, to_xlsx
from pledgeline.exchange.xlsx import MEDIA_TYPE
from pledgeline.web.basis import DataBasis
from pledgeline.web.columns import Label

TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json", "xlsx": MEDIA_TYPE}


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a file says about itself: what it holds, where the same is to be had for ever, and what it rests on."""

    name: str
    title: str
    address: str
    basis: DataBasis | None

    def said(self) -> dict[str, object]:
        """Give it for programs."""
        said: dict[str, object] = {"name": self.name, "address": self.address}
        if self.basis is not None:
            programme = self.basis.programme
            said |= self.basis.days
            said["programme"] = programme.slug if programme else None
            said["licence"] = programme.licence.as_said() if programme and programme.licence else None
        return said

    def properties(self) -> dict[str, str]:
        """Give it as the properties of a workbook."""
        licence = self.basis.programme.licence if self.basis and self.basis.programme else None
        terms = f"{licence.name} ({licence.identifier}) {licence.address}" if licence else ""
        return {"subject": self.address, "comments": terms}


def as_table(
    stem: str,
    about: About,
    header: Mapping[str, Label],
    rows: Iterable[Sequence[Cell]],
    format_: str,
    *,
    is_streamed: bool = False,
) -> HttpResponseBase:
    """Give rows as a file: with headings in a workbook, with keys in CSV and JSON."""
    if format_ == "xlsx":
        headings = [str(heading) for heading in header.values()]
        content = to_xlsx(about.title[:31], headings, rows, about=about.properties())
        return attached(content, f"{stem}.xlsx")
    keys = list(header)
    lines = csv_lines(keys, rows) if format_ == "csv" else json_lines(about.said(), keys, rows)
    if not is_streamed:
        return attached(b"".join(lines), f"{stem}.{format_}", TYPES[format_])
    response = StreamingHttpResponse(lines, content_type=TYPES[format_])
    response["Content-Disposition"] = f'attachment; filename="{stem}.{format_}"'
    return response


def attached(content: bytes | str, name: str, content_type: str = MEDIA_TYPE) -> HttpResponse:
    """Give a file to keep."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
