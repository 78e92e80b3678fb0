"""What a backup says of itself."""

from datetime import datetime
from typing import Annotated, Literal

from annotated_types import Ge
from pydantic import BaseModel, ConfigDict

FORM = 1
"""Which form of backup is written. One that an older program could not read has another number."""

Count = Annotated[int, Ge(0)]


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TableInBackup(_Closed):
    """A table: how many rows it has, and in which order a row has its columns."""

    rows: Count
    columns: tuple[str, ...]


class BooksState(_Closed):
    """The books of a programme at the moment of the backup, verified; the checkpoint is signed where there is a key."""

    programme: str
    entries: Count
    checkpoint: str


class KeyInBackup(_Closed):
    """A key of the installation: where it lay, by which digest it is known again, and whether it is in the backup."""

    name: str
    place: str
    sha256: str
    inside: bool


class FileInBackup(_Closed):
    """A file in the archive."""

    bytes: Count
    sha256: str


class Manifest(_Closed):
    """The whole of it. `migrations` are those that the database had been through, in their order."""

    form: Literal[1] = 1
    made_at: datetime
    program: str
    database: Literal["sqlite", "postgresql"]
    migrations: tuple[str, ...]
    tables: dict[str, TableInBackup]
    sequences: dict[str, int]
    roles: tuple[str, ...]
    books: tuple[BooksState, ...]
    keys: tuple[KeyInBackup, ...]
    parts: dict[str, FileInBackup]
