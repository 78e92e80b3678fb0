"""The samples that come with the package: workbooks that can be tried at once."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One shipped workbook."""

    key: str
    title: str
    about: str
    content: bytes

    @property
    def file_name(self) -> str:
        return f"{self.key}.xlsx"

    def data(self) -> bytes:
        return self.content


def all_samples() -> list[Sample]:
    return []
