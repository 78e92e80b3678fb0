"""The samples that come with the package, as the page of a new plan offers them."""

from dataclasses import dataclass
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pledgeline.exchange.samples import samples

Text = str | Promise

ABOUT: dict[str, tuple[Text, Text]] = {
    "purl-size": (
        _("A programme in the size of PURL"),
        _(
            "Packages of about USD 500 million, two a month. The contributions, their sums and their earmarks are "
            "the announced ones; what is required, offered and packaged is invented, inside the public ranges of "
            "prices."
        ),
    ),
    "energy-fund": (
        _("An energy equipment fund (invented)"),
        _("Equipment for a winter: a kit, substitutes, a supplier with a limit, a package with a target."),
    ),
    "medical-procurement": (
        _("A pooled medical procurement (invented)"),
        _("Ministries and foundations buy together: fees, a kit, money that lapses or comes too late."),
    ),
}
"""What is said of a sample; one that is not named here goes by its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One shipped workbook."""

    key: str
    title: Text
    about: Text
    path: Path

    @property
    def file_name(self) -> str:
        return f"{self.key}.xlsx"

    def data(self) -> bytes:
        return self.path.read_bytes()


def all_samples() -> list[Sample]:
    """List the shipped workbooks, those that are described first."""
    found = samples()
    known = [key for key in ABOUT if key in found]
    return [
        Sample(
            key=key,
            title=ABOUT.get(key, (key, ""))[0],
            about=ABOUT.get(key, ("", ""))[1],
            path=found[key],
        )
        for key in [*known, *sorted(set(found) - set(known))]
    ]
