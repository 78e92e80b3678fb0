"""What a problem may hold by mistake though every row of it can be read: each is a question to whoever wrote it.

A total among the rows, counted beside what it adds up. Two names that look the same, or a word in two
alphabets. A day decades away from every order. The figures stand as they are; only two names that nobody
can tell apart stop the plan, as money would be counted twice for one partner without anybody seeing it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from pledgeline.money import digits_of, is_currency
from pledgeline.plan.model import Problem
from pledgeline.programme.findings import Finding, Place, Severity, in_words
from pledgeline.programme.names import (
    describe_letter,
    differing_letter,
    look_alike_key,
    mixed_script,
    name_key,
)
from pledgeline.programme.total_words import is_total

FAR_DAYS = 30 * 365
"""Units: days. Nothing that is planned now is needed, or lapses, thirty years after the last order."""

LEAST_ROWS = {"quantity": 3, "available": 3, "unit_price_minor": 3, "target_minor": 3}
"""How many rows a sum must have before it is asked about; two where it is one of money that partners give."""

FEW_ROWS = 2
"""A sum of so few rows may well be chance: money with terms of its own is not asked about then."""

Said = tuple[str, str]
"""A place in the problem, and the name that stands there."""


def doubts(problem: Problem, file: str) -> Iterator[Finding]:
    """Give everything that has to be asked, in the order of the problem."""
    yield from _total_names(problem, file)
    yield from _sums(problem, file)
    yield from _names(problem, file)
    yield from _days(problem, file)


def _finding(file: str, code: str, at: str, wrong: str, way_out: str, *, is_error: bool = False) -> Finding:
    return in_words(
        code=f"plan.{code}",
        place=Place(file=file, column=at),
        wrong=wrong,
        way_out=way_out,
        severity=Severity.ERROR if is_error else Severity.WARNING,
    )


# ---- totals ----


def _total_names(problem: Problem, file: str) -> Iterator[Finding]:
    rows = [
        *(("contributions", money.id, money.partner) for money in problem.contributions),
        *(("lines", line.id, line.item) for line in problem.lines),
    ]
    for section, id_, other in rows:
        name = id_ if is_total(id_) else other
        if is_total(name):
            yield _finding(
                file,
                "named-as-total",
                f"{section} “{id_}”",
                f"“{name[:60]}” is a word for a total: it would be counted beside what it adds up.",
                "Remove the row; if it is no total, give it a name of its own.",
                is_error=True,
            )


def _sums(problem: Problem, file: str) -> Iterator[Finding]:
    asked: set[str] = set()
    own = _with_own_terms(problem)
    for field, said in _columns(problem):
        for place, count in sums_among([value for _, value in said], LEAST_ROWS.get(field, 2)):
            at = f"{said[place][0]}.{field}"
            if at not in asked and (count > FEW_ROWS or said[place][0] not in own):
                asked.add(at)
                yield _finding(
                    file,
                    "sum-of-rows",
                    at,
                    f"It is exactly the sum of {count} rows: is it a total? It is read as a row of its own.",
                    "Delete the row if it adds up the others; leave it if it does not.",
                )


def _with_own_terms(problem: Problem) -> set[str]:
    """Give the places of money that is hardly a total: it is from a partner of its own and has terms."""
    rows = Counter(money.partner for money in problem.contributions)
    return {
        f"contributions “{money.id}”"
        for money in problem.contributions
        if money.partner
        and rows[money.partner] == 1
        and (
            money.earmark.allow
            or money.earmark.deny
            or money.available_from is not None
            or money.use_by is not None
            or money.fee_bps
            or money.max_share is not None
            or money.whole_package_only
        )
    }


def _columns(problem: Problem) -> Iterator[tuple[str, list[tuple[str, int | Fraction]]]]:
    """Give the columns that people add up: the field, and the place and the figure of each row.

    Money is counted in ten thousandths of its whole units, so that a sum over several currencies is found,
    too: a spreadsheet adds up whatever stands in a column; then by currency, and in that of the plan.
    """
    money = [
        (one.currency, f"contributions “{one.id}”", one.amount_minor * 10 ** (4 - digits_of(one.currency)))
        for one in problem.contributions
        if is_currency(one.currency)
    ]
    yield "amount_minor", [(at, value) for _, at, value in money]
    codes = dict.fromkeys(code for code, _, _ in money)
    if len(codes) > 1:
        for code in codes:
            yield "amount_minor", [(at, value) for other, at, value in money if other == code]
        yield (
            "amount_minor",
            [
                (f"contributions “{row.id}”", row.amount_minor * problem.rates.get(row.currency, Fraction(1)))
                for row in problem.contributions
                if row.currency == problem.currency or row.currency in problem.rates
            ],
        )
    yield "quantity", [(f"lines “{line.id}”", line.quantity) for line in problem.lines]
    yield "available", [(f"offers “{offer.id}”", offer.available or 0) for offer in problem.offers]
    yield "unit_price_minor", [(f"offers “{offer.id}”", offer.unit_price_minor) for offer in problem.offers]
    yield (
        "target_minor",
        [(f"packages “{package.id}”", package.target_minor or 0) for package in problem.packages],
    )


def sums_among(values: Sequence[int | Fraction], least: int) -> list[tuple[int, int]]:
    """Give the places whose value is the sum of all values above it, or of those since the sum before; and of
    how many. A sum that stands first is that of all below it.

    >>> sums_among([1, 4, 5, 3, 7, 10, 15], 2)
    [(2, 2), (5, 2), (6, 4)]
    """
    found: list[tuple[int, int]] = []
    total: int | Fraction = 0
    since: int | Fraction = 0
    count = count_since = 0
    for place, value in enumerate(values):
        if value and ((value == total and count >= least) or (value == since and count_since >= least)):
            found.append((place, count if value == total else count_since))
            since, count_since = 0, 0
            continue
        total, since = total + value, since + value
        count, count_since = count + bool(value), count_since + bool(value)
    below = sum(1 for value in values[1:] if value)
    if not found and values and values[0] and below >= max(least, 3) and sum(values[1:]) == values[0]:
        found.append((0, below))
    return found


# ---- names ----


def _names(problem: Problem, file: str) -> Iterator[Finding]:
    mixed: set[str] = set()
    for said in _groups(problem):
        if all(name.isascii() for _, name in said):
            continue  # no two names of plain Latin letters look the same
        first: dict[str, Said] = {}
        at_first: dict[str, Finding] = {}
        twins: set[str] = set()
        for at, name in said:
            other_at, other = first.setdefault(look_alike_key(name), (at, name))
            if name_key(name) != name_key(other):
                odd, usual, odd_at = (other, name, other_at) if _is_odder(other, name) else (name, other, at)
                if odd not in twins:
                    yield _look_alike(file, odd_at, odd, usual)
                twins.add(odd)
            elif not name.isascii() and name not in mixed and (letter := mixed_script(name)):
                mixed.add(name)
                at_first[name] = _finding(
                    file,
                    "mixed-letters",
                    at,
                    f"“{name[:60]}” holds {describe_letter(letter)} in a word of another alphabet.",
                    "Write the word in one alphabet.",
                )
        yield from (finding for name, finding in at_first.items() if name not in twins)


def _is_odder(name: str, other: str) -> bool:
    """Say which of two names that look the same is the slip: the one of two alphabets, or not of Latin letters."""
    return (mixed_script(name) is not None, not name.isascii()) > (
        mixed_script(other) is not None,
        not other.isascii(),
    )


def _look_alike(file: str, at: str, name: str, other: str) -> Finding:
    letter = differing_letter(name, other)
    has = f"it has {describe_letter(letter)}" if letter else "a letter of it is another one"
    return _finding(
        file,
        "names-look-alike",
        at,
        f"“{name[:60]}” looks like another name and is none: {has}.",
        "Write both with the same letters if one is meant; give them names that differ plainly if not.",
        is_error=True,
    )


def _groups(problem: Problem) -> Iterator[list[Said]]:
    """Give the names that stand for things of one kind, wherever they stand, in the terms of money, too."""
    terms = _terms(problem)
    for section, key in (("lines", "line"), ("offers", ""), ("packages", "package"), ("contributions", "")):
        yield [*((f"{section} “{row.id}”", row.id) for row in getattr(problem, section)), *terms.get(key, ())]
    yield [
        *((f"lines “{line.id}”.item", line.item) for line in problem.lines),
        *((f"offers “{offer.id}”.item", offer.item) for offer in problem.offers),
        *((f"kits.{kit}", kit) for kit in problem.kits),
        *((f"kits.{kit}.{part}", part) for kit, parts in problem.kits.items() for part in parts),
        *(
            (f"substitutes “{pair.item}” by “{pair.by}”.{field}", name)
            for pair in problem.substitutes
            for field, name in (("item", pair.item), ("by", pair.by))
        ),
        *terms.get("item", ()),
    ]
    yield [
        *((f"offers “{offer.id}”.supplier", offer.supplier) for offer in problem.offers),
        *((f"suppliers “{supplier.id}”", supplier.id) for supplier in problem.suppliers),
        *terms.get("supplier", ()),
    ]
    yield [
        *((f"offers “{offer.id}”.source", offer.source) for offer in problem.offers),
        *terms.get("source", ()),
    ]
    yield [(f"contributions “{money.id}”.partner", money.partner) for money in problem.contributions]
    yield [
        *((at, problem.categories[item]) for at, item in _items(problem) if item in problem.categories),
        *terms.get("category", ()),
    ]


def _terms(problem: Problem) -> dict[str, list[Said]]:
    """Give the names that earmarks hold, by what they are names of."""
    named: dict[str, list[Said]] = {}
    for money in problem.contributions:
        for side, terms in (("allow", money.earmark.allow), ("deny", money.earmark.deny)):
            for key, values in terms.items():
                at = f"contributions “{money.id}”.earmark.{side}.{key}"
                named.setdefault(key, []).extend((at, value) for value in sorted(values))
    return named


def _items(problem: Problem) -> Iterable[Said]:
    yield from ((f"lines “{line.id}”.category", line.item) for line in problem.lines)
    yield from ((f"offers “{offer.id}”.category", offer.item) for offer in problem.offers)


# ---- days ----


def _days(problem: Problem, file: str) -> Iterator[Finding]:
    said = [
        *((f"packages “{package.id}”.order_day", package.order_day) for package in problem.packages),
        *((f"lines “{line.id}”.need_by", line.need_by) for line in problem.lines),
        *((f"contributions “{money.id}”.use_by", money.use_by) for money in problem.contributions),
    ]
    days = sorted(day for _, day in said if day is not None)
    usual = days[(len(days) - 1) // 2] if problem.packages else 0
    for at, day in said if problem.packages else ():
        if day is not None and (
            day - usual > FAR_DAYS or (usual - day > FAR_DAYS and at.startswith("packages"))
        ):
            yield _finding(
                file,
                "day-far-away",
                at,
                f"It is day {day}, decades away from most other days: the middle one is day {usual}.",
                "Correct the year if it is a slip; leave it out where any day is meant.",
            )
