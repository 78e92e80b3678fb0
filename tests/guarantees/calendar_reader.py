"""A calendar as another program reads it: RFC 5545 by the letter, and nothing of ours."""


def entries_of(calendar: bytes) -> list[dict[str, str]]:
    """Give the events of a calendar, each by the names of its properties, texts without their escapes.

    `RINGS` has when its alarms ring, as they stand there.
    """
    lines = calendar.decode("utf-8").replace("\r\n ", "").replace("\r\n\t", "").split("\r\n")
    assert "BEGIN:VCALENDAR" == lines[0]
    assert ["END:VCALENDAR", ""] == lines[-2:]
    entries: list[dict[str, str]] = []
    rings = False
    for line in lines:
        name, _colon, value = line.partition(":")
        if line in ("BEGIN:VALARM", "END:VALARM"):
            rings = line == "BEGIN:VALARM"
        elif line == "BEGIN:VEVENT":
            entries.append({})
        elif rings:
            if name == "TRIGGER":
                entries[-1]["RINGS"] = f"{entries[-1].get('RINGS', '')} {value}".strip()
        elif entries and name not in ("END", "BEGIN", ""):
            assert name not in entries[-1], f"{name} stands twice"
            entries[-1][name] = _plain(value)
    assert len(entries) == lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT")
    return entries


def _plain(value: str) -> str:
    letters, rest = [], iter(value)
    for letter in rest:
        if letter == "\\":
            escaped = next(rest)
            letters.append("\n" if escaped in "nN" else escaped)
        else:
            letters.append(letter)
    return "".join(letters)


def imported(*calendars: bytes) -> dict[str, dict[str, str]]:
    """Give what a person's calendar holds after importing files one after the other.

    An entry of a known UID takes the place of the first when it is of a later sequence, or of the same one
    and stamped later (RFC 5546, 2.1.5).
    """
    held: dict[str, dict[str, str]] = {}
    for calendar in calendars:
        for entry in entries_of(calendar):
            known = held.get(entry["UID"])
            order = (int(entry["SEQUENCE"]), entry["DTSTAMP"])
            if known is None or order > (int(known["SEQUENCE"]), known["DTSTAMP"]):
                held[entry["UID"]] = entry
    return held
