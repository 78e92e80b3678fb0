"""What a look at an installation found."""

from dataclasses import dataclass

from pledgeline.programme.findings import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """What was found of one thing, with the way out where it is not as it should be."""

    about: str
    found: str
    way_out: str = ""
    severity: Severity | None = None

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR


def fine(about: str, found: str) -> Diagnosis:
    """Say that something is as it should be."""
    return Diagnosis(about=about, found=found)


def doubtful(about: str, found: str, way_out: str) -> Diagnosis:
    """Say that something may be meant, and should be looked at."""
    return Diagnosis(about=about, found=found, way_out=way_out, severity=Severity.WARNING)


def wrong(about: str, found: str, way_out: str) -> Diagnosis:
    """Say that something is not as it should be."""
    return Diagnosis(about=about, found=found, way_out=way_out, severity=Severity.ERROR)
