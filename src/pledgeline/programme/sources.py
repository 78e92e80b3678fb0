"""The page, letter or file that a figure came from."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One page. `published_on` is empty where the page has no date; `accessed_as` says how it was read."""

    id: str
    url: str
    publisher: str
    published_on: date | None
    title: str
    accessed_as: str
