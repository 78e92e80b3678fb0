"""The ending of a table's address, which asks for it as a file."""

from django.urls import register_converter


class FileConverter:
    """`csv` or `xlsx`."""

    regex = "csv|xlsx"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(FileConverter, "file")
