"""Parts of addresses that are more than a text: the ending that asks for a file, a place in a log."""

from django.urls import register_converter
from django.urls.converters import IntConverter


class FileConverter:
    """The ending of a file of a table."""

    regex = "csv|xlsx|json"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class ClaimFileConverter(FileConverter):
    """`csv` or `jsonld`."""

    regex = "csv|jsonld"


class PositionConverter(IntConverter):
    """The position of an entry in the log: a whole number, written in one way only."""

    regex = "0|[1-9][0-9]{0,14}"


register_converter(FileConverter, "file")
register_converter(ClaimFileConverter, "claimfile")
register_converter(PositionConverter, "position")
