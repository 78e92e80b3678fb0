"""Two invented newspapers tell of the same money and contradict each other: read in, and left to be decided on."""

from datetime import UTC, datetime
from importlib.resources import files
from typing import Final

from pledgeline.accounts.roles import Machine
from pledgeline.actions.reports import read_in
from pledgeline.programme.findings import Finding
from pledgeline.queries.reports import Described
from pledgeline.records.models import ProgrammeRecord

OUTLETS: Final = {
    "northern-courier": ("Northern Courier", "A. Writer"),
    "harbour-gazette": ("Harbour Gazette", "B. Reporter"),
}
READ_ON: Final = datetime(2025, 12, 31, 12, tzinfo=UTC)


def read_reports(programme: ProgrammeRecord) -> None:
    """Read the reports in; a person decides what they claim."""
    for name, (outlet, author) in OUTLETS.items():
        folder = files("pledgeline.data").joinpath("evidence").joinpath("walkthrough")
        described = Described(
            file_name=f"{name}.txt",
            outlet=outlet,
            author=author,
            standpoint="agency",
            may_show=True,
            licence="Invented, in our own words",
        )
        content = folder.joinpath(f"{name}.txt").read_bytes()
        done = read_in(content, described, programme=programme, person=Machine("first start"), now=READ_ON)
        if isinstance(done, Finding):
            raise ValueError(f"the invented report {name} cannot be read in: {done.wrong}")
