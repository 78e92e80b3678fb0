"""Write the page of the packages that run the site, and of their licences."""

from itertools import groupby

from tools.packages import OURSELVES, PERMISSIVE, PROJECT, WITH_A_NOTE, asked_by, read_licences, read_lock

INTRODUCTION = """# Licences

{note}
What is installed to run Pledgeline, which is itself under the Apache License 2.0: {count} packages in the versions that
are locked in [requirements/run.txt](../requirements/run.txt) with the digests of their files; in a checkout what builds
the package besides, and with the extra `pdf` the one of the last table. The same list for programs is the bill of
materials, CycloneDX, that `python3 do.py release` puts beside each release.

Licences that are taken as they are: {permissive}. With a note that says how it may be passed on: {with_a_note}. A
package under any other, or under one that nobody has written down, fails `python3 do.py lint`.

## What we ask for

{asked}

## What those ask for

{further}

## With the extra `pdf`

{extra}

## Notes

{notes}
"""


def licences_page(note: str) -> str:
    """Write the page."""
    licences = read_licences()
    versions = {
        name: ", ".join(f"{pin.version} {_where(pin.marker)}".strip() for pin in pins)
        for name, pins in groupby([*read_lock("run"), *read_lock("pdf")], key=lambda pin: pin.name)
    }
    extra = [pin.name for pin in read_lock("pdf")]
    asking = asked_by(PROJECT["dependencies"])
    ours = [name for name in versions if OURSELVES in asking.get(name, ())]
    theirs = [name for name in versions if name not in ours and name not in extra]
    head = ["| package | version | licence | what for |", "| --- | --- | --- | --- |"]

    def row(name: str, why: str) -> str:
        return f"| {name} | {versions[name]} | {licences[name]['licence']} | {why} |"

    return INTRODUCTION.format(
        note=note,
        count=len(versions) - len(extra),
        permissive=", ".join(sorted(PERMISSIVE)),
        with_a_note=", ".join(sorted(WITH_A_NOTE)),
        asked="\n".join([*head, *(row(name, licences[name]["why"]) for name in ours)]),
        further="\n".join([*head, *(row(name, f"for {', '.join(sorted(asking[name]))}") for name in theirs)]),
        extra="\n".join([*head, *(row(name, licences[name]["why"]) for name in extra)]),
        notes="\n".join(
            f"- **{name}**: {entry['note']}." for name, entry in licences.items() if "note" in entry
        ),
    )


def _where(marker: str) -> str:
    """Say a marker of the lock in words, where it is worth a word."""
    words = {
        "sys_platform == 'win32'": "(Windows)",
        "python_full_version < '3.12'": "(Python 3.11)",
        "python_full_version >= '3.12'": "(newer Python)",
    }
    return words.get(marker, "")
