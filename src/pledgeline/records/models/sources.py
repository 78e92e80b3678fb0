"""The table of sources."""

from pledgeline.programme.sources import Source
from pledgeline.records.models.rows import Row, unique


class SourceRecord(Row):
    """One page, letter or file that a figure came from."""

    KIND = Source

    class Meta(Row.Meta):
        constraints = (unique("ref", name="source_ref"),)
