"""The page, letter or file that a figure came from."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pledgeline.programme.record_fields import CellKind, cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One page. `published_on` is empty where the page has no date; `accessed_as` says how it was read."""

    id: Annotated[str, cell(CellKind.REFERENCE)]
    url: Annotated[str, cell(CellKind.TEXT, needed=True)]
    publisher: Annotated[str, cell(CellKind.TEXT, needed=True)]
    published_on: Annotated[date | None, cell(CellKind.DAY)]
    title: Annotated[str, cell(CellKind.TEXT, needed=True)]
    accessed_as: Annotated[str, cell(CellKind.TEXT, needed=True)]
