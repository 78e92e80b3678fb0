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
from pledgeline.plan.places import place_in
from pledgeline.programme.findings import Finding, Severity
from pledgeline.programme.names import (
    describe_letter,
    differing_letter,
    look_alike_key,
    mixed_script,
    name_key,
)
from pledgeline.programme.sentences import PlanDay, Sentence, sentence
from pledgeline.programme.total_words import is_total

FAR_DAYS = 30 * 365
"""Units: days. Nothing that is planned now is needed, or lapses, thirty years after the last order."""

LEAST_ROWS = {"quantity": 3, "available": 3, "unit_price_minor": 3, "target_minor": 3}
"""How many rows a sum must have before it is asked about; two where it is one of money that partners give."""

FEW_ROWS = 2
"""A sum of so few rows may well be chance: money with terms of its own is not asked about then."""

Path = tuple[str, ...]
"""The way to a value: its section, its row, its field."""

NameAt = tuple[Path, str]
"""A place in the problem, and the name that stands there."""


def doubts(problem: Problem, file: str) -> Iterator[Finding]:
    """Give everything that has to be asked, in the order of the problem."""
    yield from _total_names(problem, file)
    yield from _sums(problem, file)
    yield from _names(problem, file)
    yield from _days(problem, file)


def _question(file: str, at: Path, said: Sentence) -> Finding:
    return Finding(place=place_in(file, *at), said=said, severity=Severity.WARNING)


# ---- totals ----


def _total_names(problem: Problem, file: str) -> Iterator[Finding]:
    rows = [
        *(("contributions", money.id, money.partner) for money in problem.contributions),
        *(("lines", line.id, line.item) for line in problem.lines),
    ]
    for section, id_, other in rows:
        name = id_ if is_total(id_) else other
        if is_total(name):
            said = sentence("plan.named-as-total", name=name[:60])
            yield Finding(place=place_in(file, section, id_), said=said)


def _sums(problem: Problem, file: str) -> Iterator[Finding]:
    asked: set[Path] = set()
    own = _with_own_terms(problem)
    for field, figures in _columns(problem):
        for place, count in sums_among([value for _, value in figures], LEAST_ROWS.get(field, 2)):
            row = figures[place][0]
            if (*row, field) not in asked and (count > FEW_ROWS or row not in own):
                asked.add((*row, field))
                yield _question(file, (*row, field), sentence("plan.sum-of-rows", count=str(count)))


def _with_own_terms(problem: Problem) -> set[Path]:
    """Give the places of money that is hardly a total: it is from a partner of its own and has terms."""
    rows = Counter(money.partner for money in problem.contributions)
    return {
        ("contributions", money.id)
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


def _columns(problem: Problem) -> Iterator[tuple[str, list[tuple[Path, int | Fraction]]]]:
    """Give the columns that people add up: the field, and the place and the figure of each row.

    Money is counted in ten thousandths of its whole units, so that a sum over several currencies is found,
    too: a spreadsheet adds up whatever stands in a column; then by currency, and in that of the plan.
    """
    money = [
        (
            contribution.currency,
            ("contributions", contribution.id),
            contribution.amount_minor * 10 ** (4 - digits_of(contribution.currency)),
        )
        for contribution in problem.contributions
        if is_currency(contribution.currency)
    ]
    yield "amount_minor", [(at, value) for _, at, value in money]
    codes = dict.fromkeys(code for code, _, _ in money)
    if len(codes) > 1:
        for code in codes:
            yield "amount_minor", [(at, value) for other, at, value in money if other == code]
        yield (
            "amount_minor",
            [
                (("contributions", row.id), row.amount_minor * problem.rates.get(row.currency, Fraction(1)))
                for row in problem.contributions
                if row.currency == problem.currency or row.currency in problem.rates
            ],
        )
    yield "quantity", [(("lines", line.id), line.quantity) for line in problem.lines]
    yield "available", [(("offers", offer.id), offer.available or 0) for offer in problem.offers]
    yield "unit_price_minor", [(("offers", offer.id), offer.unit_price_minor) for offer in problem.offers]
    yield (
        "target_minor",
        [(("packages", package.id), package.target_minor or 0) for package in problem.packages],
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
    for names in _groups(problem):
        if all(name.isascii() for _, name in names):
            continue  # no two names of plain Latin letters look the same
        first: dict[str, NameAt] = {}
        at_first: dict[str, Finding] = {}
        twins: set[str] = set()
        for at, name in names:
            other_at, other = first.setdefault(look_alike_key(name), (at, name))
            if name_key(name) != name_key(other):
                odd, usual, odd_at = (other, name, other_at) if _is_odder(other, name) else (name, other, at)
                if odd not in twins:
                    yield _look_alike(file, odd_at, odd, usual)
                twins.add(odd)
            elif not name.isascii() and name not in mixed and (letter := mixed_script(name)):
                mixed.add(name)
                said = sentence("plan.mixed-letters", name=name[:60], letter=describe_letter(letter))
                at_first[name] = _question(file, at, said)
        yield from (finding for name, finding in at_first.items() if name not in twins)


def _is_odder(name: str, other: str) -> bool:
    """Say which of two names that look the same is the slip: the one of two alphabets, or not of Latin letters."""
    return (mixed_script(name) is not None, not name.isascii()) > (
        mixed_script(other) is not None,
        not other.isascii(),
    )


def _look_alike(file: str, at: Path, name: str, other: str) -> Finding:
    letter = differing_letter(name, other)
    said = (
        sentence("plan.names-look-alike", name=name[:60], letter=describe_letter(letter))
        if letter
        else sentence("plan.names-look-alike.in-a-letter", name=name[:60])
    )
    return Finding(place=place_in(file, *at), said=said)


def _groups(problem: Problem) -> Iterator[list[NameAt]]:
    """Give the names that stand for things of one kind, wherever they stand, in the terms of money, too."""
    terms = _terms(problem)
    for section, key in (("lines", "line"), ("offers", ""), ("packages", "package"), ("contributions", "")):
        yield [*(((section, row.id), row.id) for row in getattr(problem, section)), *terms.get(key, ())]
    yield [
        *((("lines", line.id, "item"), line.item) for line in problem.lines),
        *((("offers", offer.id, "item"), offer.item) for offer in problem.offers),
        *((("kits", kit), kit) for kit in problem.kits),
        *((("kits", kit, part), part) for kit, parts in problem.kits.items() for part in parts),
        *(
            (("substitutes", pair.item, pair.by, field), name)
            for pair in problem.substitutes
            for field, name in (("item", pair.item), ("by", pair.by))
        ),
        *terms.get("item", ()),
    ]
    yield [
        *((("offers", offer.id, "supplier"), offer.supplier) for offer in problem.offers),
        *((("suppliers", supplier.id), supplier.id) for supplier in problem.suppliers),
        *terms.get("supplier", ()),
    ]
    yield [
        *((("offers", offer.id, "source"), offer.source) for offer in problem.offers),
        *terms.get("source", ()),
    ]
    yield [(("contributions", money.id, "partner"), money.partner) for money in problem.contributions]
    yield [
        *((at, problem.categories[item]) for at, item in _items(problem) if item in problem.categories),
        *terms.get("category", ()),
    ]


def _terms(problem: Problem) -> dict[str, list[NameAt]]:
    """Give the names that earmarks hold, by what they are names of."""
    named: dict[str, list[NameAt]] = {}
    for money in problem.contributions:
        for side, terms in (("allow", money.earmark.allow), ("deny", money.earmark.deny)):
            for key, values in terms.items():
                at = ("contributions", money.id, "earmark", side, key)
                named.setdefault(key, []).extend((at, value) for value in sorted(values))
    return named


def _items(problem: Problem) -> Iterable[NameAt]:
    yield from ((("lines", line.id, "category"), line.item) for line in problem.lines)
    yield from ((("offers", offer.id, "category"), offer.item) for offer in problem.offers)


# ---- days ----


def _days(problem: Problem, file: str) -> Iterator[Finding]:
    known: list[tuple[Path, int | None]] = [
        *((("packages", package.id, "order_day"), package.order_day) for package in problem.packages),
        *((("lines", line.id, "need_by"), line.need_by) for line in problem.lines),
        *((("contributions", money.id, "use_by"), money.use_by) for money in problem.contributions),
    ]
    days = sorted(day for _, day in known if day is not None)
    usual = days[(len(days) - 1) // 2] if problem.packages else 0
    for at, day in known if problem.packages else ():
        if day is not None and (day - usual > FAR_DAYS or (usual - day > FAR_DAYS and at[0] == "packages")):
            said = sentence("plan.day-far-away", day=PlanDay(day), usual=PlanDay(usual))
            yield _question(file, at, said)
