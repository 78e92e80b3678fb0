"""What the settings of a programme may say: one closed model, read by a form and by the file `programme.toml`.

What is wrong with a setting is a case of the family `programme`, wherever it was written.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date
from typing import Annotated, Any, ClassVar, TypeGuard

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator
from typing_extensions import TypeAliasType

from pledgeline.money import Amount, NotAnAmount, is_currency, parse_plain
from pledgeline.programme.approvals import APPROVERS, Approvable, ApprovalBand
from pledgeline.programme.coverage import Coverage
from pledgeline.programme.fields import Unreadable, shown
from pledgeline.programme.names import UNSEEN, clean
from pledgeline.programme.nouns import Noun
from pledgeline.programme.parties import countries
from pledgeline.programme.roles import Role
from pledgeline.programme.settings import (
    USUAL_RATE_AGE_DAYS,
    USUAL_ZONE,
    WITHHOLDABLE,
    DataLicence,
    Programme,
)
from pledgeline.programme.zones import is_zone

MOST_DAYS = 3660
"""Units: days. No rate of a programme is older."""

MOST_BANDS = 40
"""So many sums from which on something is to be approved are more than anybody keeps in mind."""

LONGEST_TEXT = 2000
LONGEST_SLUG = 60

_SLUG = re.compile("[a-z0-9]+(-[a-z0-9]+)*")
_IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]{0,59}")
_ADDRESS = re.compile(r"https?://[!#-;=?-Z_a-z~%]{3,500}")
_PARTY = re.compile("[A-Z0-9]{2,12}")


def _is_text(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and 0 < len(value.strip()) <= LONGEST_TEXT and not UNSEEN.search(value)


def _read_words(value: object) -> str:
    if not _is_text(value):
        raise Unreadable("value.text")
    return clean(value)


def _read_slug(value: object) -> str:
    slug = _read_words(value)
    if len(slug) > LONGEST_SLUG or not _SLUG.fullmatch(slug):
        raise Unreadable("value.slug")
    return slug


def _read_currency(value: object) -> str:
    code = _read_words(value)
    if not is_currency(code):
        raise Unreadable("value.base-currency", code=shown(code))
    return code


def _read_package_size(value: object) -> Amount:
    try:
        amount = parse_plain(value["amount"], value["currency"])  # type: ignore[index]
        if amount.minor > 0 and set(value) == {"amount", "currency"}:  # type: ignore[call-overload]
            return amount
    except (NotAnAmount, ValueError, TypeError, KeyError):
        pass
    raise Unreadable("value.package-size")


def _read_zone(value: object) -> str:
    if isinstance(value, str) and is_zone(value):
        return value
    raise Unreadable("value.time-zone")


def _read_rate_age(value: object) -> int:
    if type(value) is not int or not 0 <= value <= MOST_DAYS:
        raise Unreadable("value.rate-age", most=str(MOST_DAYS))
    return value


def _read_parties(value: object) -> dict[str, str]:
    if not isinstance(value, dict) or not all(
        isinstance(code, str) and _PARTY.fullmatch(code) and _is_text(name) for code, name in value.items()
    ):
        raise Unreadable("value.parties")
    if taken := sorted(set(value) & set(countries())):
        raise Unreadable("value.party-is-a-country", codes=", ".join(taken))
    return {code: clean(name) for code, name in value.items()}


def _read_speakers(value: object) -> tuple[str, ...]:
    if isinstance(value, list) and all(_is_text(name) for name in value):
        return tuple(clean(name) for name in value)
    raise Unreadable("value.speakers")


def _read_yes_no(value: object) -> bool:
    if type(value) is not bool:
        raise Unreadable("value.yes-no")
    return value


def _read_licence(value: object) -> DataLicence:
    names = {field.name for field in fields(DataLicence)}
    if isinstance(value, dict) and set(value) == names and all(_is_text(text) for text in value.values()):
        licence = DataLicence(**{name: clean(text) for name, text in value.items()})
        if _IDENTIFIER.fullmatch(licence.identifier) and _ADDRESS.fullmatch(licence.address):
            return licence
    raise Unreadable("value.licence")


def _read_approvals(value: object) -> tuple[ApprovalBand, ...]:
    if not isinstance(value, list) or len(value) > MOST_BANDS:
        raise Unreadable("value.approvals", most=MOST_BANDS)
    bands = tuple(map(_read_band, value))
    if len({(band.what, band.above) for band in bands}) < len(bands):
        raise Unreadable("value.approvals-twice")
    return bands


def _read_band(value: object) -> ApprovalBand:
    try:
        what, above, role = value["what"], value["above"], value["role"]  # type: ignore[index]
        amount = parse_plain(above["amount"], above["currency"])
        band = ApprovalBand(what=Approvable(what), above=amount, role=Role(role))
        known = len(value) == 3 and set(above) == {"amount", "currency"}  # type: ignore[arg-type]
        if known and amount.minor >= 0 and band.role in APPROVERS:
            return band
    except (NotAnAmount, ValueError, TypeError, KeyError):
        pass
    raise Unreadable("value.approval", whats=", ".join(Approvable), roles=", ".join(sorted(APPROVERS)))


def _read_coverage(value: object) -> Coverage:
    names = {field.name for field in fields(Coverage)}
    if isinstance(value, dict) and set(value) == names and all(type(day) is date for day in value.values()):
        coverage = Coverage(**value)
        if coverage.thin_after <= coverage.ends_on <= coverage.searched_on:
            return coverage
    raise Unreadable("value.coverage")


def _read_public_fields(value: object) -> dict[str, tuple[str, ...]]:
    """Read what everybody may see; a kind that is not named is public as a whole."""
    if not isinstance(value, dict):
        raise Unreadable("value.public-fields")
    public = dict(WITHHOLDABLE)
    for kind, names in value.items():
        allowed = WITHHOLDABLE.get(kind, ())
        if kind not in WITHHOLDABLE:
            raise Unreadable("value.public-kind", kind=shown(kind), kinds=", ".join(WITHHOLDABLE))
        if not isinstance(names, list) or not all(name in allowed for name in names):
            raise Unreadable("value.public-names", kind=kind, names=", ".join(allowed))
        public[kind] = tuple(names)
    return public


Slug = TypeAliasType("Slug", Annotated[str, BeforeValidator(_read_slug)])
Words = TypeAliasType("Words", Annotated[str, BeforeValidator(_read_words)])
BaseCurrency = TypeAliasType("BaseCurrency", Annotated[str, BeforeValidator(_read_currency)])
PackageSize = TypeAliasType("PackageSize", Annotated[Amount, BeforeValidator(_read_package_size)])
Zone = TypeAliasType("Zone", Annotated[str, BeforeValidator(_read_zone)])
RateAge = TypeAliasType("RateAge", Annotated[int, BeforeValidator(_read_rate_age)])
Parties = TypeAliasType("Parties", Annotated[dict[str, str], BeforeValidator(_read_parties)])
YesNo = TypeAliasType("YesNo", Annotated[bool, BeforeValidator(_read_yes_no)])
Names = TypeAliasType("Names", Annotated[tuple[str, ...], BeforeValidator(_read_speakers)])
Licence = TypeAliasType("Licence", Annotated[DataLicence, BeforeValidator(_read_licence)])
Approvals = TypeAliasType("Approvals", Annotated[tuple[ApprovalBand, ...], BeforeValidator(_read_approvals)])
CoverageDays = TypeAliasType("CoverageDays", Annotated[Coverage, BeforeValidator(_read_coverage)])
PublicFields = TypeAliasType(
    "PublicFields", Annotated[dict[str, tuple[str, ...]], BeforeValidator(_read_public_fields)]
)


class ProgrammeSettings(Noun):
    """The settings of a programme as somebody writes them down. Parties come before whom they may name."""

    NAME: ClassVar[str] = "programme"
    FAMILY: ClassVar[str] = "programme"

    name: Words
    short_name: Words
    slug: Slug
    about: Words
    parties: Parties = Field(default_factory=dict)
    recipient: Words
    validator: Words
    supplier: Words
    base_currency: BaseCurrency
    package_size: PackageSize
    time_zone: Zone = USUAL_ZONE
    maximum_rate_age_days: RateAge = USUAL_RATE_AGE_DAYS
    public_fields: PublicFields = Field(default_factory=lambda: dict(WITHHOLDABLE))
    official_speakers: Names = ()
    two_people_decide: YesNo = False
    licence: Licence | None = None
    approvals: Approvals = ()
    coverage: CoverageDays | None = None

    @field_validator("recipient")
    @classmethod
    def _is_known(cls, recipient: str, info: ValidationInfo) -> str:
        parties = info.data.get("parties")
        if parties is not None and recipient not in {*countries(), *parties}:
            raise Unreadable("value.recipient")
        return recipient

    @field_validator("approvals")
    @classmethod
    def _is_in_its_currency(
        cls, approvals: tuple[ApprovalBand, ...], info: ValidationInfo
    ) -> tuple[ApprovalBand, ...]:
        currency = info.data.get("base_currency")
        if currency and any(band.above.currency != currency for band in approvals):
            raise Unreadable("value.approvals-currency", currency=currency)
        return approvals

    def to_programme(self, *, invented: bool = False) -> Programme:
        """Give the programme that has these settings."""
        return Programme(**{name: getattr(self, name) for name in type(self).model_fields}, invented=invented)

    @classmethod
    def said_of(cls, programme: Programme) -> Mapping[str, Any]:
        """Write the settings of a programme down in the way in which they are read."""
        said = {name: getattr(programme, name) for name in cls.model_fields}
        return {
            **said,
            "package_size": _as_written(programme.package_size),
            "approvals": [
                {"what": band.what.value, "above": _as_written(band.above), "role": band.role.value}
                for band in programme.approvals
            ],
            "public_fields": {kind: list(names) for kind, names in programme.public_fields.items()},
            "official_speakers": list(programme.official_speakers),
            "licence": programme.licence.as_said() if programme.licence else None,
            "coverage": asdict(programme.coverage) if programme.coverage else None,
        }


def _as_written(amount: Amount) -> dict[str, str]:
    return {"amount": f"{amount.major.normalize():f}", "currency": amount.currency}
