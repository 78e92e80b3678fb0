"""The tags of the Humanitarian Exchange Language (HXL 1.1) for the fields of nouns.

A row of tags below the headings says to programs of other offices what each column holds, whatever it is called.
"""

from collections.abc import Iterable

from pledgeline.exchange.workbook.file import RawCell

TAGS = {
    "requirement": {
        "key": "#activity+id",
        "item": "#item+name",
        "quantity": "#item+num+needed",
        "priority": "#priority",
        "need_by": "#date+need_by",
        "min_useful": "#item+num+min",
        "multiple": "#item+num+step",
        "category": "#item+type",
        "purpose": "#description",
    },
    "offer": {
        "key": "#activity+id",
        "item": "#item+name",
        "supplier": "#org+supplier",
        "unit_price": "#value+unit_price",
        "currency": "#currency",
        "available": "#item+num+available",
        "lead_days": "#indicator+lead_days",
        "lot": "#item+num+lot",
        "min_order": "#item+num+min",
        "valid_from": "#date+start",
        "valid_until": "#date+end",
        "terms": "#description",
    },
    "contribution": {
        "key": "#activity+id",
        "partner": "#org+funding",
        "currency": "#currency",
        "pays_for": "#description+earmark",
        "never_pays_for": "#description+earmark+excluded",
        "first_day": "#date+start",
        "last_day": "#date+end",
        "largest_share": "#indicator+share+max",
        "whole_packages_only": "#indicator+whole_packages",
        "agreement": "#meta+agreement",
        "note": "#description+note",
    },
    "packaged-line": {
        "line": "#activity+id",
        "package": "#activity+package",
        "requirement": "#activity+requirement",
        "offer": "#activity+offer",
        "units": "#item+num",
        "unit_price": "#value+unit_price",
        "currency": "#currency",
        "reserved_until": "#date+reserved",
    },
}


def tag_of(noun: str, field: str) -> str:
    """Give the tag of a field; "" where there is none."""
    return TAGS.get(noun, {}).get(field, "")


def is_tag_row(cells: Iterable[RawCell]) -> bool:
    """Say whether a row holds tags and nothing else."""
    filled = [cell.text.strip() for cell in cells if cell.text.strip()]
    return len(filled) > 1 and all(text.startswith("#") and text[1:2].isalpha() for text in filled)
