"""A programme's settings, `programme.toml`: read with every finding, shipped with the package."""

import re
from dataclasses import fields
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeGuard

from pledgeline.exchange.record.catalogue import Findings
from pledgeline.exchange.record.lines import UNSEEN
from pledgeline.money import Amount, NotAnAmount, is_currency, parse_plain
from pledgeline.programme.coverage import Coverage
from pledgeline.programme.findings import Place
from pledgeline.programme.names import clean
from pledgeline.programme.parties import countries
from pledgeline.programme.settings import USUAL_ZONE, WITHHOLDABLE, Programme
from pledgeline.programme.toml import NotToml, read_toml
from pledgeline.programme.zones import is_zone

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


def read_settings(folder: Path, findings: Findings) -> Programme | None:
    """Read the settings in a folder; `None` where it has none, or where they have errors."""
    path = folder / NAME
    if not path.exists() and not path.is_symlink():
        return None
    place = Place(file=NAME)
    try:
        if not path.is_file():
            findings.add("file.unreadable", place, f"{NAME} is no file that can be read.")
            return None
        if path.stat().st_size > LARGEST:
            findings.add("file.too-large", place, f"{NAME} has more than {LARGEST:,} bytes.")
            return None
        text = path.read_bytes().decode("utf-8-sig")
        table = read_toml(text)
    except OSError as error:
        findings.add("file.unreadable", place, f"{NAME} cannot be read: {error.strerror}.")
        return None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        findings.add(
            "file.not-utf-8", Place(file=NAME, line=line), f"0x{error.object[error.start]:02x} is no UTF-8."
        )
        return None
    except NotToml as problem:
        at = Place(file=NAME, line=problem.line)
        findings.add("programme.not-toml", at, problem.wrong, way_out=problem.way_out)
        return None
    return _Settings(table, text, findings).read()


class _Settings:
    """The table of one file, read key by key."""

    def __init__(self, table: dict[str, Any], text: str, findings: Findings) -> None:
        self._table, self._text, self._findings = table, text, findings
        self._sound = True

    def read(self) -> Programme | None:
        for key in self._table:
            if key not in _KEYS:
                self._object("programme.unknown-key", key, f"“{key}” is not a setting.")
        values: dict[str, Any] = {key: self._words(key) for key in _TEXTS}
        if values["slug"] and not re.fullmatch("(?=.{1,60}$)[a-z0-9]+(-[a-z0-9]+)*", values["slug"]):
            self._object(
                "programme.value", "slug", "The slug is made of at most 60 small letters, digits and hyphens."
            )
        if values["base_currency"] and not is_currency(values["base_currency"]):
            self._object(
                "programme.value", "base_currency", f"“{values['base_currency']}” is no currency of ISO 4217."
            )
        values["package_size"] = self._package_size()
        values["parties"] = self._parties()
        values["public_fields"] = self._public_fields()
        values["coverage"] = self._coverage()
        values["official_speakers"] = self._official_speakers()
        if values["recipient"] and values["recipient"] not in {*countries(), *values["parties"]}:
            self._object("programme.value", "recipient", "The recipient is neither a country nor a party.")
        age = self._table.get("maximum_rate_age_days", 31)
        if type(age) is not int or not 0 <= age <= 3660:
            self._object(
                "programme.value", "maximum_rate_age_days", "The age is a whole number of days, at most 3660."
            )
        values["maximum_rate_age_days"] = age
        values["time_zone"] = self._time_zone()
        return Programme(**values) if self._sound else None

    def _object(self, code: str, key: str, wrong: str) -> None:
        lines = self._text.splitlines()
        begins = re.compile(rf"\s*(\[\s*)?[\"']?{re.escape(key)}[\"']?\s*[=\].]")
        line = next((number for number, text in enumerate(lines, 1) if begins.match(text)), None)
        self._findings.add(code, Place(file=NAME, line=line, column=key), wrong)
        self._sound = False

    def _words(self, key: str) -> str:
        value = self._table.get(key)
        if value is None:
            self._object("programme.missing-key", key, f"The setting “{key}” is missing.")
        elif not _is_text(value):
            self._object(
                "programme.value",
                key,
                f"“{key}” is a text of at most 2,000 characters that can be seen, and not empty.",
            )
        else:
            return clean(value)
        return ""

    def _package_size(self) -> Amount | None:
        value = self._table.get("package_size")
        if value is None:
            self._object("programme.missing-key", "package_size", "The setting “package_size” is missing.")
            return None
        try:
            amount = parse_plain(value["amount"], value["currency"])
            if amount.minor > 0 and set(value) == {"amount", "currency"}:
                return amount
        except (NotAnAmount, ValueError, TypeError, KeyError):
            pass
        self._object(
            "programme.value",
            "package_size",
            'The size of a package is written { amount = "500000000", currency = "USD" }.',
        )
        return None

    def _time_zone(self) -> str:
        name = self._table.get("time_zone", USUAL_ZONE)
        if isinstance(name, str) and is_zone(name):
            return name
        self._object(
            "programme.value",
            "time_zone",
            "The time zone is a name of the IANA list, such as Europe/Kyiv; without one it is UTC.",
        )
        return USUAL_ZONE

    def _parties(self) -> dict[str, str]:
        value = self._table.get("parties", {})
        good = isinstance(value, dict) and all(
            re.fullmatch("[A-Z0-9]{2,12}", code) and _is_text(name) for code, name in value.items()
        )
        if not good:
            self._object(
                "programme.value",
                "parties",
                "Parties are codes of capital letters and digits with a name each.",
            )
            return {}
        taken = sorted(set(value) & set(countries()))
        if taken:
            self._object("programme.value", "parties", f"{', '.join(taken)} is the code of a country.")
        return {code: clean(name) for code, name in value.items()}

    def _official_speakers(self) -> tuple[str, ...]:
        value = self._table.get("official_speakers", [])
        if isinstance(value, list) and all(_is_text(name) for name in value):
            return tuple(clean(name) for name in value)
        self._object(
            "programme.value", "official_speakers", "Official speakers are a list of names as in said_by."
        )
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
        self._object(
            "programme.value",
            "coverage",
            "The coverage of a record has three days in this order: thin_after, ends_on, searched_on, "
            "each written 2026-02-28 without quotation marks.",
        )
        return None

    def _public_fields(self) -> dict[str, tuple[str, ...]]:
        value = self._table.get("public_fields", {})
        fields = dict(WITHHOLDABLE)
        if not isinstance(value, dict):
            self._object("programme.value", "public_fields", "Public fields are lists of names by kind.")
            return fields
        for kind, names in value.items():
            allowed = WITHHOLDABLE.get(kind, ())
            if kind not in WITHHOLDABLE:
                self._object(
                    "programme.value", "public_fields", f"“{kind}” is none of {', '.join(WITHHOLDABLE)}."
                )
            elif not isinstance(names, list) or not all(name in allowed for name in names):
                self._object(
                    "programme.value", "public_fields", f"{kind} can make public: {', '.join(allowed)}."
                )
            else:
                fields[kind] = tuple(names)
        return fields


def _is_text(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and 0 < len(value.strip()) <= 2000 and not UNSEEN.search(value)
