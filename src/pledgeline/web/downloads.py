"""Files to be kept, each with a name that says what it is."""

from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from pledgeline.exchange.tables import Cell, to_csv, to_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_table(
    name: str, title: str, header: Sequence[str], rows: Iterable[Sequence[Cell]], format_: str
) -> HttpResponse:
    """Give rows as a CSV file or a workbook."""
    if format_ == "csv":
        return attached(to_csv(header, rows), f"{name}.csv", "text/csv; charset=utf-8")
    return attached(to_xlsx(title[:31], header, rows), f"{name}.xlsx")


def attached(content: bytes | str, name: str, content_type: str = XLSX) -> HttpResponse:
    """Give a file to keep."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
