"""The books in the database: read as of any day, written one sealed entry after the other."""

from pledgeline.records.books.sql import one_view
from pledgeline.records.books.stored import (
    Filter,
    Locked,
    LotTrace,
    NoBooks,
    Path,
    StoredBooks,
    books_of,
    listed,
    locked,
)

__all__ = [
    "Filter",
    "Locked",
    "LotTrace",
    "NoBooks",
    "Path",
    "StoredBooks",
    "books_of",
    "listed",
    "locked",
    "one_view",
]
