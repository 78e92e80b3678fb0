"""The register of guarantees as a person may see it: the shipped one, and over it what people wrote here.

Everybody sees the shipped register and the versions that were added to it. Drafts of a programme stand
over both, for those who may see drafts there. A register is read whole and kept until somebody saves.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from threading import Lock

from django.db.models import Max

from pledgeline.accounts.rights import Act, Person, may, may_anywhere
from pledgeline.guarantees import Register, RegisterReading, read_register
from pledgeline.programme.findings import Finding
from pledgeline.records.models.instruments import InstrumentVersion
from pledgeline.records.models.programmes import ProgrammeRecord

SHIPPED = Path(str(files("pledgeline"))) / "data" / "guarantees"
READY = SHIPPED / "scenarios"
WORDS = ("vocab.toml", "actors.toml")


@dataclass(frozen=True, kw_only=True)
class SeenRegister:
    """A register with the versions that it is made of.

    `versions` has the standing version of each instrument that people changed; `drafts` names those that
    belong to a programme. `set_aside` are the findings for which versions had to be left out: a version
    that was good when it was saved may not be after an update of the shipped words. `identity` stands for the
    register in keys of what is kept elsewhere: a register that was read again has another.
    """

    register: Register
    texts: Mapping[str, str]
    versions: Mapping[str, InstrumentVersion]
    set_aside: tuple[Finding, ...] = ()
    identity: object = field(default_factory=object, compare=False)

    @property
    def drafts(self) -> Mapping[str, str]:
        return {name: version.programme for name, version in self.versions.items() if version.programme}


def seen_register(person: Person = None) -> SeenRegister:
    """Give the register as `person` may see it, in its newest state."""
    return _seen(visible_drafts(person))


def register_under(programme: str) -> SeenRegister:
    """Give the register that a version for `programme` would stand in: no other programme's drafts."""
    return _seen((programme,) if programme else ())


def editable_drafts(person: Person) -> tuple[str, ...]:
    """List the programmes whose drafts `person` may change."""
    return _programmes_where(person, Act.EDIT_REGISTER)


def visible_drafts(person: Person) -> tuple[str, ...]:
    """List the programmes whose drafts `person` may see."""
    return _programmes_where(person, Act.SEE_DRAFTS)


def _programmes_where(person: Person, act: Act) -> tuple[str, ...]:
    if not may_anywhere(person, act):
        return ()
    slugs = ProgrammeRecord.objects.order_by("slug").values_list("slug", flat=True)
    return tuple(slug for slug in slugs if may(person, act, slug))


def versions_of(instrument: str, person: Person) -> list[InstrumentVersion]:
    """List every version of an instrument that `person` may see, the newest first."""
    seen = InstrumentVersion.objects.filter(
        instrument=instrument, programme__in=("", *visible_drafts(person))
    )
    return list(seen.order_by("-pk"))


def newest_version(person: Person) -> int:
    """Give the key of the newest version that `person` may see, of whatever instrument; 0 where there is none."""
    seen = InstrumentVersion.objects.filter(programme__in=("", *visible_drafts(person)))
    return int(seen.aggregate(Max("pk"))["pk__max"] or 0)


def newer_versions(instrument: str, programme: str, since: int) -> list[InstrumentVersion]:
    """List what was saved of an instrument after the version with the key `since`, the newest last.

    A draft of a programme stands over the register that everybody sees, so what was saved there counts too.
    """
    newer = InstrumentVersion.objects.filter(
        instrument=instrument, programme__in={"", programme}, pk__gt=since
    )
    return list(newer.order_by("pk"))


def text_until(instrument: str, programme: str, last: int | None = None) -> str:
    """Give the text that stood for `programme` once the version with the key `last` was saved; now without one."""
    for register in dict.fromkeys((programme, "")):
        saved = InstrumentVersion.objects.filter(instrument=instrument, programme=register)
        standing = (saved if last is None else saved.filter(pk__lte=last)).order_by("pk").last()
        if standing is not None and not standing.is_withdrawn:
            return standing.text
    return shipped_texts().get(f"{instrument}.toml", "")


@lru_cache(maxsize=1)
def shipped_texts() -> Mapping[str, str]:
    """Give the files of the shipped register by name; they change only with the program."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(SHIPPED.glob("*.toml"))}


def with_text(texts: Mapping[str, str], instrument: str, text: str) -> RegisterReading:
    """Read a register as it would be with another text of one instrument; an empty one takes it out."""
    changed = {name: other for name, other in texts.items() if name != f"{instrument}.toml"}
    if text:
        changed[f"{instrument}.toml"] = text
    return read_register(changed)


_REMEMBERED = 32
_lock = Lock()
_newest: dict[tuple[str, ...], tuple[int | None, SeenRegister]] = {}


def _seen(drafts_of: tuple[str, ...]) -> SeenRegister:
    programmes = ("", *drafts_of)
    newest = InstrumentVersion.objects.filter(programme__in=programmes).aggregate(Max("pk"))["pk__max"]
    with _lock:
        known = _newest.get(drafts_of)
    if known is None or known[0] != newest:
        known = (newest, _read(programmes))
        with _lock:
            if len(_newest) > _REMEMBERED:
                _newest.clear()
            _newest[drafts_of] = known
    return known[1]


def _read(programmes: tuple[str, ...]) -> SeenRegister:
    standing: dict[str, InstrumentVersion] = {}
    for programme in programmes:
        own = {
            version.instrument: version
            for version in InstrumentVersion.objects.filter(programme=programme).order_by("pk")
        }
        standing |= {name: version for name, version in own.items() if not version.is_withdrawn}
    set_aside: tuple[Finding, ...] = ()
    while True:
        texts = {**shipped_texts(), **{version.file: version.text for version in standing.values()}}
        reading = read_register(texts)
        if reading.register is not None:
            return SeenRegister(
                register=reading.register, texts=texts, versions=standing, set_aside=set_aside
            )
        errors = tuple(finding for finding in reading.findings if finding.is_error)
        set_aside += errors
        faulty = {error.place.file for error in errors}
        good = {name: version for name, version in standing.items() if version.file not in faulty}
        if not standing:
            raise ValueError(f"the shipped register has errors: {errors[:1]}")
        standing = good if len(good) < len(standing) else {}
