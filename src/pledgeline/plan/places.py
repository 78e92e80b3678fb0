"""Where in a problem something stands: the way to it as values, and as people read it."""

from pledgeline.programme.findings import Place

_NAMED = ("lines", "offers", "packages", "contributions", "suppliers")
"""Lists whose rows have a name of their own."""


def place_in(file: str, *path: str | int) -> Place:
    """Give the place of a value: its section, the name or number of its row, its field."""
    return Place(file=file, column=written(path), path=path)


def written(path: tuple[str | int, ...]) -> str:
    """Write a way for people.

    >>> written(("lines", "L1", "weight")), written(("lines", 3, "weight")), written(("rates", "EUR"))
    ('lines “L1”.weight', 'lines[3].weight', 'rates.EUR')
    >>> written(("substitutes", "pump", "hose", "by")), written(())
    ('substitutes “pump” by “hose”.by', '')
    """
    match path:
        case ("substitutes", str(item), str(by), *rest):
            head = f"substitutes “{item}” by “{by}”"
        case (section, str(name), *rest) if section in _NAMED:
            head = f"{section} “{name}”"
        case (section, int(number), *rest):
            head = f"{section}[{number}]"
        case _:
            head, rest = "", list(path)
    return ".".join(map(str, [head, *rest] if head else rest))
