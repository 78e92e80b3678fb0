"""A programme's settings, `programme.toml`: read with every finding, shipped with the package."""

import re
from importlib.resources import files
from pathlib import Path

from pledgeline.exchange.record.catalogue import record_findings
from pledgeline.money import Amount
from pledgeline.programme.findings import FindingList, Place
from pledgeline.programme.nouns import field_of, read_noun
from pledgeline.programme.sentences import Sentence, sentence
from pledgeline.programme.settings import Programme
from pledgeline.programme.settings_fields import ProgrammeSettings
from pledgeline.programme.toml import NotToml, read_toml

NAME = "programme.toml"
LARGEST = 1_000_000

UNNAMED = Programme(
    slug="unnamed",
    name="",
    short_name="",
    about="",
    recipient="",
    validator="",
    supplier="",
    package_size=Amount(1, "USD"),
    base_currency="USD",
)
"""What holds for a folder that says nothing of its programme: dollars, and rates of at most 31 days."""


def shipped() -> list[Path]:
    """List the folders of the programmes that come with the package."""
    data = Path(str(files("pledgeline") / "data"))
    return sorted(path.parent for path in data.glob(f"*/{NAME}"))


def read_settings(folder: Path, findings: FindingList | None = None) -> Programme | None:
    """Read the settings in a folder; `None` where it has none, or where they have errors."""
    path = folder / NAME
    findings = findings or record_findings()
    if not path.exists() and not path.is_symlink():
        return None
    place = Place(file=NAME)
    try:
        if not path.is_file():
            findings.note(sentence("file.unreadable.no-file", name=NAME), place)
            return None
        if path.stat().st_size > LARGEST:
            findings.note(sentence("file.too-large.settings", name=NAME, most=LARGEST), place)
            return None
        text = path.read_bytes().decode("utf-8-sig")
        table = read_toml(text)
    except OSError as error:
        why = error.strerror or type(error).__name__
        findings.note(sentence("file.unreadable.why", name=NAME, why=why), place)
        return None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        byte = f"{error.object[error.start]:02x}"
        findings.note(sentence("file.not-utf-8.settings", byte=byte), Place(file=NAME, line=line))
        return None
    except NotToml as problem:
        said = sentence("programme.not-toml.said", objection=problem.said)
        findings.note(said, Place(file=NAME, line=problem.line))
        return None
    return _Settings(table, text, findings).read()


class _Settings:
    """The table of one file, read key by key."""

    def __init__(self, table: dict[str, object], text: str, findings: FindingList) -> None:
        self._table, self._text, self._findings = table, text, findings
        self._sound = True

    def read(self) -> Programme | None:
        for key in self._table:
            if key not in ProgrammeSettings.model_fields:
                self._object(key, sentence("programme.unknown-key.named", key=key))
        for key, field in ProgrammeSettings.fields_said().items():
            if field.is_needed and key not in self._table:
                self._object(key, sentence("programme.missing-key.named", key=key))
        known = {key: value for key, value in self._table.items() if key in ProgrammeSettings.model_fields}
        said = read_noun(ProgrammeSettings, known, Place(file=NAME))
        if isinstance(said, ProgrammeSettings):
            return said.to_programme() if self._sound else None
        for finding in said:
            if field_of(finding) in known:
                self._object(field_of(finding), finding.said)
        return None

    def _object(self, key: str, said: Sentence) -> None:
        lines = self._text.splitlines()
        begins = re.compile(rf"\s*(\[\s*){{0,2}}[\"']?{re.escape(key)}[\"']?\s*[=\].]")
        line = next((number for number, text in enumerate(lines, 1) if begins.match(text)), None)
        self._findings.note(said, Place(file=NAME, line=line, column=key))
        self._sound = False
