"""“Illustration”: a programme that never was, so that there is something to look at.

A year of it: twelve partners in six currencies, eight packages of two lines, money received in parts,
pooled conversions, partial deliveries, a price rise and a fall, a rejected lot, a refund, a take-over, a
lapse with a part carried over, a promise that is never paid, corrections, and requests that are refused.
Everything in it is invented and says so. The events go through the same functions as real ones while they
are made, and the same seed always gives the same year.
"""

import hashlib
import heapq
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

from pledgeline.ledger.accounts import Account, Bin
from pledgeline.ledger.book import Book, Posted
from pledgeline.ledger.events import Event, enter, read_event
from pledgeline.ledger.state import Shelf
from pledgeline.ledger.trace import of_lot
from pledgeline.money import digits_of
from pledgeline.programme.sentences import sentence

YEAR = 2025
PARTNERS = (
    "Northland", "Westmark", "Eastmere", "Southvale", "Highmoor", "Lowfen",
    "Greyholm", "Ashport", "Brightsea", "Coldbrook", "Dunmere", "Elderwick",
)  # fmt: skip
TO_THE_DOLLAR = {"USD": "1", "EUR": "0.91", "NOK": "10.4", "GBP": "0.78", "JPY": "151", "KWD": "0.307"}
"""Invented rates: units of the currency for one dollar."""

PACKAGES = (
    ("P1", ("generators", 40, 1_250_000), ("transformers", 12, 2_900_000)),
    ("P2", ("field-kitchens", 60, 310_000), ("water-tanks", 90, 95_000)),
    ("P3", ("ambulances", 80, 240_000), ("medical-kits", 3_000, 2_150)),
    ("P4", ("excavators", 25, 780_000), ("bridge-parts", 7, 3_300_000)),
    ("P5", ("radios", 1_500, 6_400), ("antennas", 240, 21_000)),
    ("P6", ("pumps", 130, 88_000), ("hoses", 4_000, 900)),
    ("P7", ("tents", 2_200, 3_150), ("stoves", 2_200, 640)),
    ("P8", ("trucks", 70, 315_000), ("trailers", 70, 82_000)),
)
"""Each package: two lines of an item, a number of units and a price in whole dollars."""

USD = "USD"
LAPSES = "C10"


class _Dice:
    """Numbers that look like chance and are the same on every machine and in every version."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._thrown = 0

    def between(self, low: int, high: int) -> int:
        self._thrown += 1
        text = f"{self._seed} {self._thrown}".encode()
        return low + int.from_bytes(hashlib.sha256(text).digest()[:8], "big") % (high - low + 1)


class _Teller:
    """Lets things happen in the order of their days and enters each as it happens."""

    def __init__(self, seed: int) -> None:
        self.dice = _Dice(seed)
        self.book = Book(TO_THE_DOLLAR)
        self.events: list[dict[str, Any]] = []
        self._agenda: list[tuple[date, int, Callable[[date], None]]] = []
        self._planned = 0
        self._typed_on = date(YEAR, 1, 1)

    def on(self, day: date, happens: Callable[[date], None]) -> None:
        """Plan something for a day; what lies after the year does not happen."""
        self._planned += 1
        if day.year == YEAR:
            heapq.heappush(self._agenda, (day, self._planned, happens))

    def live(self) -> None:
        """Let the year happen."""
        while self._agenda:
            day, _, happens = heapq.heappop(self._agenda)
            happens(day)

    def tell(self, kind: str, on: date, **fields: object) -> str:
        """Enter an event, some typed in a little later than they happened; give its key."""
        late = timedelta(days=self.dice.between(0, 2) if self.dice.between(1, 5) == 1 else 0)
        self._typed_on = max(self._typed_on, on + late)
        event: dict[str, object] = {
            "id": f"I{len(self.events) + 1:04}",
            "type": kind,
            **fields,
            "effective_on": on.isoformat(),
            "recorded_at": f"{self._typed_on.isoformat()}T12:00:00Z",
        }
        read = read_event(event, today=date(YEAR + 1, 12, 31))
        assert isinstance(read, Event), read
        answer = enter(self.book, read)
        event["expect"] = "ok" if isinstance(answer, Posted) else "refused"
        self.events.append(event)
        return str(event["id"])

    def available(self, contribution: str) -> int:
        return self.book.state.shares(Shelf(Account.AVAILABLE, USD)).get(contribution, 0)

    def richest_first(self) -> list[str]:
        """Order the contributions by what they have available, the one that lapses left out."""
        keys = [key for key, _, _ in _contributions() if key != LAPSES]
        return sorted(keys, key=lambda key: (-self.available(key), key))


def illustration(seed: int = 1) -> dict[str, object]:
    """Give the event file of the invented programme.

    >>> file = illustration()
    >>> file["title"]
    'Illustration: an invented programme. Nothing in it ever happened.'
    """
    teller = _Teller(seed)
    _promises(teller)
    _trades(teller)
    for number, (package, *lines) in enumerate(PACKAGES):
        for place, (item, units, price) in enumerate(lines):
            _line(teller, number * 2 + place, package, f"{package}-{item}", units, price * 100)
    _end_of_a_use(teller)
    teller.live()
    return {
        "case": f"illustration-{seed}",
        "title": str(sentence("ledger.invented")),
        "currencies": {code: digits_of(code) for code in sorted(TO_THE_DOLLAR)},
        "events": teller.events,
    }


def _contributions() -> list[tuple[str, str, str]]:
    """Give key, partner and currency of each contribution: two partners to a currency."""
    currencies = list(TO_THE_DOLLAR)
    return [
        (f"C{number:02}", partner, currencies[(number - 1) // 2])
        for number, partner in enumerate(PARTNERS, start=1)
    ]


def _in(currency: str, dollars: int) -> int:
    """Give whole dollars in minor units of a currency, rounded down."""
    whole, _, part = TO_THE_DOLLAR[currency].partition(".")
    minor: int = dollars * int(whole + part) * 10 ** digits_of(currency) // 10 ** len(part)
    return minor


def _promises(teller: _Teller) -> None:
    """Every partner pledges, signs nine tenths of it and pays in two parts; some change their minds."""
    for number, (key, partner, currency) in enumerate(_contributions()):
        start = date(YEAR, 1, 8) + timedelta(days=2 * number)
        amount = _in(currency, 1_000_000 * teller.dice.between(24, 46))
        pledge: dict[str, object] = {"partner": partner, "currency": currency}
        if key == LAPSES:
            pledge["use_by"] = f"{YEAR}-09-30"
        parts: list[tuple[int, str, dict[str, object]]] = [
            (0, "pledge", {**pledge, "amount": amount}),
            (20, "commit", {"amount": amount * 9 // 10}),
            (45, "receive", {"amount": amount // 2}),
        ]
        if key == "C06":
            parts.append((30, "revise", {"amount": amount + amount // 10}))
        if key == "C09":
            parts.append((40, "reduce", {"amount": amount // 20}))
        if key == "C12":
            parts.append((354 - 2 * number, "write_off", {"amount": amount * 9 // 10 - amount // 2}))
        else:
            parts.append((70, "receive", {"amount": amount * 3 // 10}))
        for days, kind, fields in parts:
            teller.on(
                start + timedelta(days=days), partial(_told, teller, kind, {"contribution": key, **fields})
            )
    teller.on(date(YEAR, 3, 20), partial(_typed_wrongly, teller))


def _told(teller: _Teller, kind: str, fields: dict[str, object], on: date) -> None:
    teller.tell(kind, on, **fields)


def _typed_wrongly(teller: _Teller, on: date) -> None:
    """A receipt of February is found to be a thousand euros too high, and is put right for its own day."""
    receipt = next(
        event for event in teller.events if event["type"] == "receive" and event["contribution"] == "C03"
    )
    teller.tell(
        "correct",
        date.fromisoformat(receipt["effective_on"]),
        of=receipt["id"],
        amount=receipt["amount"] - 1_000_00,
        note="typed a thousand too high",
    )


def _trades(teller: _Teller) -> None:
    """Change what is no dollars, one trade for both partners of a currency, and pay the bank."""
    for number, currency in enumerate(code for code in TO_THE_DOLLAR if code != USD):
        teller.on(date(YEAR, 4, 24) + timedelta(days=number), partial(_trade, teller, currency))


def _trade(teller: _Teller, currency: str, on: date) -> None:
    pair = [key for key, _, own in _contributions() if own == currency]
    shelf = teller.book.state.shares(Shelf(Account.AVAILABLE, currency))
    given = {key: shelf[key] for key in pair}
    received = sum(given.values()) * 10**6 // _in(currency, 10**6) * 100 - teller.dice.between(1, 9_999)
    teller.tell("convert", on, from_currency=currency, to_currency=USD, given=given, received=received)
    teller.tell("fee", on, contributions=pair, currency=USD, amount=received // 4_000)


def _line(teller: _Teller, number: int, package: str, line: str, units: int, price: int) -> None:
    """Plan a line: it is funded, ordered a week later and delivered in three parts."""
    start = date(YEAR, 5, 5) + timedelta(days=11 * number)
    teller.on(start, partial(_fund, teller, number, package, line, units * price))
    teller.on(start + timedelta(days=7), partial(_order, teller, number, line, units, price))


def _fund(teller: _Teller, number: int, package: str, line: str, whole: int, on: date) -> None:
    """Set money aside for a line: two pay a part of it, the next ones the rest."""
    payers = [LAPSES, *teller.richest_first()] if number < 3 else teller.richest_first()
    left = whole
    for place, key in enumerate(payers):
        part = left if place >= 2 else whole * teller.dice.between(20, 34) // 100
        part = min(part, left, teller.available(key))
        if part == 0:
            continue
        left -= part
        reserved = {"reserved_until": (on + timedelta(days=30)).isoformat()} if number % 3 == 0 else {}
        more = {"package": package, "line": line, "currency": USD, "amount": part, **reserved}
        teller.tell("allocate", on, contribution=key, **more)


def _order(teller: _Teller, number: int, line: str, units: int, price: int, on: date) -> None:
    order = {"line": line, "currency": USD, "unit_price": price}
    if number == 4:
        teller.tell("order", on, **order, qty=units * 2, note="twice what is set aside")
    teller.tell("order", on, **order, qty=units)
    teller.on(
        on + timedelta(days=teller.dice.between(18, 30)), partial(_deliver, teller, number, line, units, 1)
    )


def _deliver(teller: _Teller, number: int, line: str, units: int, part: int, on: date) -> None:
    """Deliver a part of what is still to come, and plan the next one."""
    if part == 2:
        _before_the_second(teller, number, line, on)
    left = teller.book.state.units(Bin(Account.ORDERED, line, USD))
    share = left if part == 3 else units * teller.dice.between(20, 40) // 100
    lot = {"lot": f"{line}-{part}", "currency": USD}
    teller.tell("deliver", on, line=line, **lot, qty=share)
    if number == 3 and part == 1:
        teller.on(
            on + timedelta(days=6),
            partial(_told, teller, "reject", {**lot, "qty": share, "note": "damp in the boxes"}),
        )
    else:
        teller.on(
            on + timedelta(days=teller.dice.between(6, 20)),
            partial(_accept, teller, number, part, lot, share),
        )
    if part < 3:
        teller.on(
            on + timedelta(days=teller.dice.between(21, 40)),
            partial(_deliver, teller, number, line, units, part + 1),
        )


def _accept(teller: _Teller, number: int, part: int, lot: dict[str, str], units: int, on: date) -> None:
    if (number, part) == (8, 2):
        teller.tell("write_off", on, **lot, qty=2, note="lost on the way")
        units -= 2
    teller.tell("accept", on, **lot, qty=units)
    if (number, part) == (0, 1):
        cost = sum(of_lot(teller.book.state, lot["lot"])[USD].values())
        teller.on(
            on + timedelta(days=40),
            partial(_told, teller, "refund", {**lot, "amount": cost // 50 + 1, "note": "final price lower"}),
        )


def _before_the_second(teller: _Teller, number: int, line: str, on: date) -> None:
    """Some lines change before their second delivery: dearer, cheaper, fewer, or paid by somebody else."""
    state = teller.book.state
    richest = teller.richest_first()[0]
    change: dict[str, object] = {"line": line, "currency": USD}
    price = int(state.term("unit_price", line, USD))
    shelf = Shelf(Account.ORDERED, USD, line)
    if number == 1:
        dearer = price + price // 20
        rise = state.units(Bin(Account.ORDERED, line, USD)) * dearer - state.total(shelf)
        for paid, note in ((rise - 1, "one cent short"), (rise, "paid in full")):
            teller.tell("price_change", on, **change, unit_price=dearer, paid_by={richest: paid}, note=note)
    elif number == 6:
        teller.tell("price_change", on, **change, unit_price=price - price // 25)
    elif number == 7:
        teller.tell("cancel_units", on, **change, qty=1)
    elif number == 5:
        payer, amount = next(iter(state.shares(shelf).items()))
        ends = {"from": payer, "to": next(key for key in teller.richest_first() if key != payer)}
        teller.tell("swap", on, **change, amount=amount // 3, **ends)


def _end_of_a_use(teller: _Teller) -> None:
    """One contribution lapses; a half of it is carried over, a quarter goes back to the partner."""
    teller.on(date(YEAR, 10, 1), partial(_lapse, teller))


def _lapse(teller: _Teller, on: date) -> None:
    lapsed = {"contribution": LAPSES, "currency": USD}
    whole = teller.available(LAPSES)
    teller.tell("lapse", on, contribution=LAPSES)
    over = {**lapsed, "amount": whole // 2, "use_by": f"{YEAR + 1}-06-30"}
    back = {**lapsed, "amount": whole // 4, "from": "lapsed"}
    teller.on(date(YEAR, 10, 15), partial(_told, teller, "carry_over", over))
    teller.on(date(YEAR, 11, 3), partial(_told, teller, "return_to_partner", back))
