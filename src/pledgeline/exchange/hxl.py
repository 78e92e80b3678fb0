"""A row of tags of the Humanitarian Exchange Language (HXL 1.1), below the headings of a table.

It says to programs of other offices what each column holds, whatever it is called. The tag of a field stands beside
it, in its noun.
"""

from collections.abc import Iterable

from pledgeline.exchange.workbook.file import RawCell


def is_tag_row(cells: Iterable[RawCell]) -> bool:
    """Say whether a row holds tags and nothing else."""
    filled = [cell.text.strip() for cell in cells if cell.text.strip()]
    return len(filled) > 1 and all(text.startswith("#") and text[1:2].isalpha() for text in filled)
