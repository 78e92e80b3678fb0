"""Parties come to be when a record names them: found by their names where they are there, made where they are not.

A party is never taken away by a load, and no name of another party is ever taken for one of its own.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import count

from django.db import connection

from pledgeline.programme.names import name_key
from pledgeline.programme.parties import Party, PartyKind, countries, country_party
from pledgeline.programme.toml import read_toml
from pledgeline.records.models import PartyName, PartyRecord, ProgrammeRecord
from pledgeline.records.models.parties import name_of_code, party_keys
from pledgeline.records.register import SHIPPED


def keep_parties(programme: ProgrammeRecord, codes: Iterable[str]) -> dict[str, int]:
    """See that there is a party for each code by which the record of a programme names one, and give its number.

    To be called in a transaction. A code that the programme does not know stands for nobody.
    """
    wanted = {
        code: _party(programme, code) for code in sorted(codes) if name_of_code(programme.parties, code)
    }
    there = party_keys(programme.parties, wanted)
    if wanted.keys() == there.keys():
        return there
    if connection.vendor == "postgresql":  # two loads make one party; on SQLite there is one writer anyway
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {PartyRecord._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")
    there = party_keys(programme.parties, wanted)
    for code, party in wanted.items():
        if code not in there:
            _make(party, programme.slug)
    return party_keys(programme.parties, wanted)


def _party(programme: ProgrammeRecord, code: str) -> Party:
    if code in programme.parties or code not in countries():
        return Party(ref=code, name=name_of_code(programme.parties, code), kind=PartyKind.ORGANISATION)
    name = _names_in_register().get(countries()[code])
    return country_party(code, *([name] if name else []))


def _make(party: Party, slug: str) -> None:
    """Make a party, under a reference of its own where two programmes mean two parties by one code.

    A name that another party has stays that party's.
    """
    row = PartyRecord.from_value(party)
    row.ref = next(
        ref for ref in _references(party.ref, slug) if not PartyRecord.objects.filter(ref=ref).exists()
    )
    row.save()
    names = [PartyName(party=row, name=name, key=name_key(name)) for name in party.names]
    PartyName.objects.bulk_create(names, ignore_conflicts=True)


def _references(code: str, slug: str) -> Iterator[str]:
    yield code
    yield f"{code}-{slug}"
    yield from (f"{code}-{slug}-{number}" for number in count(2))


@cache
def _names_in_register() -> dict[str, str]:
    """Give the names that the shipped register of guarantees has for countries and others, by its codes."""
    names: dict[str, str] = read_toml((SHIPPED / "actors.toml").read_text(encoding="utf-8"))["actors"]
    return names
