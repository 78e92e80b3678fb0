"""A programme's settings, `programme.toml`: read with every finding, shipped with the package."""

import re
from dataclasses import fields
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeGuard

from pledgeline.exchange.record.catalogue import record_findings
from pledgeline.exchange.record.lines import UNSEEN
from pledgeline.money import Amount, NotAnAmount, is_currency, parse_plain
from pledgeline.programme.coverage import Coverage
from pledgeline.programme.findings import FindingList, Place
from pledgeline.programme.names import clean
from pledgeline.programme.parties import countries
from pledgeline.programme.sentences import Sentence, sentence
from pledgeline.programme.settings import USUAL_ZONE, WITHHOLDABLE, Programme
from pledgeline.programme.toml import NotToml, read_toml
from pledgeline.programme.zones import is_zone

NAME = "programme.toml"
LARGEST = 1_000_000

MOST_DAYS = 3660
"""Units: days. No rate of a programme is older."""

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

_TEXTS = ("slug", "name", "short_name", "about", "recipient", "validator", "supplier", "base_currency")
_KEYS = (
    *_TEXTS,
    "package_size",
    "time_zone",
    "maximum_rate_age_days",
    "public_fields",
    "parties",
    "coverage",
    "official_speakers",
)


def shipped() -> list[Path]:
    """List the folders of the programmes that come with the package."""
    data = Path(str(files("pledgeline") / "data"))
    return sorted(found.parent for found in data.glob(f"*/{NAME}"))


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

    def __init__(self, table: dict[str, Any], text: str, findings: FindingList) -> None:
        self._table, self._text, self._findings = table, text, findings
        self._sound = True

    def read(self) -> Programme | None:
        for key in self._table:
            if key not in _KEYS:
                self._object(key, sentence("programme.unknown-key.named", key=key))
        values: dict[str, Any] = {key: self._words(key) for key in _TEXTS}
        if values["slug"] and not re.fullmatch("(?=.{1,60}$)[a-z0-9]+(-[a-z0-9]+)*", values["slug"]):
            self._object("slug", sentence("programme.value.slug"))
        currency = values["base_currency"]
        if currency and not is_currency(currency):
            self._object("base_currency", sentence("programme.value.base-currency", code=currency))
        values["package_size"] = self._package_size()
        values["parties"] = self._parties()
        values["public_fields"] = self._public_fields()
        values["coverage"] = self._coverage()
        values["official_speakers"] = self._official_speakers()
        if values["recipient"] and values["recipient"] not in {*countries(), *values["parties"]}:
            self._object("recipient", sentence("programme.value.recipient"))
        age = self._table.get("maximum_rate_age_days", 31)
        if type(age) is not int or not 0 <= age <= MOST_DAYS:
            most = str(MOST_DAYS)
            self._object("maximum_rate_age_days", sentence("programme.value.rate-age", most=most))
        values["maximum_rate_age_days"] = age
        values["time_zone"] = self._time_zone()
        return Programme(**values) if self._sound else None

    def _object(self, key: str, said: Sentence) -> None:
        lines = self._text.splitlines()
        begins = re.compile(rf"\s*(\[\s*)?[\"']?{re.escape(key)}[\"']?\s*[=\].]")
        line = next((number for number, text in enumerate(lines, 1) if begins.match(text)), None)
        self._findings.note(said, Place(file=NAME, line=line, column=key))
        self._sound = False

    def _words(self, key: str) -> str:
        value = self._table.get(key)
        if value is None:
            self._object(key, sentence("programme.missing-key.named", key=key))
        elif not _is_text(value):
            self._object(key, sentence("programme.value.text", key=key))
        else:
            return clean(value)
        return ""

    def _package_size(self) -> Amount | None:
        value = self._table.get("package_size")
        if value is None:
            self._object("package_size", sentence("programme.missing-key.named", key="package_size"))
            return None
        try:
            amount = parse_plain(value["amount"], value["currency"])
            if amount.minor > 0 and set(value) == {"amount", "currency"}:
                return amount
        except (NotAnAmount, ValueError, TypeError, KeyError):
            pass
        self._object("package_size", sentence("programme.value.package-size"))
        return None

    def _time_zone(self) -> str:
        name = self._table.get("time_zone", USUAL_ZONE)
        if isinstance(name, str) and is_zone(name):
            return name
        self._object("time_zone", sentence("programme.value.time-zone"))
        return USUAL_ZONE

    def _parties(self) -> dict[str, str]:
        value = self._table.get("parties", {})
        good = isinstance(value, dict) and all(
            re.fullmatch("[A-Z0-9]{2,12}", code) and _is_text(name) for code, name in value.items()
        )
        if not good:
            self._object("parties", sentence("programme.value.parties"))
            return {}
        taken = sorted(set(value) & set(countries()))
        if taken:
            codes = ", ".join(taken)
            self._object("parties", sentence("programme.value.party-is-a-country", codes=codes))
        return {code: clean(name) for code, name in value.items()}

    def _official_speakers(self) -> tuple[str, ...]:
        value = self._table.get("official_speakers", [])
        if isinstance(value, list) and all(_is_text(name) for name in value):
            return tuple(clean(name) for name in value)
        self._object("official_speakers", sentence("programme.value.speakers"))
        return ()

    def _coverage(self) -> Coverage | None:
        value = self._table.get("coverage")
        if value is None:
            return None
        names = {field.name for field in fields(Coverage)}
        if (
            isinstance(value, dict)
            and set(value) == names
            and all(type(day) is date for day in value.values())
        ):
            coverage = Coverage(**value)
            if coverage.thin_after <= coverage.ends_on <= coverage.searched_on:
                return coverage
        self._object("coverage", sentence("programme.value.coverage"))
        return None

    def _public_fields(self) -> dict[str, tuple[str, ...]]:
        value = self._table.get("public_fields", {})
        fields = dict(WITHHOLDABLE)
        if not isinstance(value, dict):
            self._object("public_fields", sentence("programme.value.public-fields"))
            return fields
        for kind, names in value.items():
            allowed = WITHHOLDABLE.get(kind, ())
            if kind not in WITHHOLDABLE:
                kinds = ", ".join(WITHHOLDABLE)
                self._object("public_fields", sentence("programme.value.public-kind", kind=kind, kinds=kinds))
            elif not isinstance(names, list) or not all(name in allowed for name in names):
                said = sentence("programme.value.public-names", kind=kind, names=", ".join(allowed))
                self._object("public_fields", said)
            else:
                fields[kind] = tuple(names)
        return fields


def _is_text(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and 0 < len(value.strip()) <= 2000 and not UNSEEN.search(value)
