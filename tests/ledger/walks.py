"""Random walks through the books: events as chance has them, good and bad, the model beside them.

`python -m tests.ledger.walks 500000` takes so many steps and prints how many differed.
"""

import random
import sys

from pledgeline.ledger import Book, Posted, Replayed
from tests.ledger.model import Model
from tests.ledger.stories import submit

CONTRIBUTIONS = ("A", "B", "C")
LINES = ("L1", "L2")
LOTS = ("D1", "D2", "D3")
KINDS = (
    "pledge commit receive convert fee allocate order deliver accept reject refund return_to_partner swap "
    "cancel_units price_change correct reverse replay"
).split()


class Walk:
    """One pair of books, and chance."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.book = Book(("USD", "EUR"))
        self.model = Model()
        self.told = []
        for name, currency in (("A", "USD"), ("B", "USD"), ("C", "EUR")):
            amount = self.chance.randint(5_000, 50_000)
            for kind in ("pledge", "commit", "receive"):
                event = {"contribution": name, "currency": currency, "amount": amount}
                partner = {"partner": f"of {name}"} if kind == "pledge" else {}
                self.tell({**self.begun(kind), **event, **partner})

    def one(self, names):
        return self.chance.choice(names)

    def about(self, whole):
        """Give an amount that often fits: a part, all, and sometimes too much."""
        whole = max(whole, 1)
        part = self.chance.randint(1, max(1, whole // 3))
        return self.one((whole, part, part, part, self.chance.randint(1, whole), whole + 1))

    def there(self, stage, line="", lot=""):
        return sum(self.model.here(stage, "USD", line, lot).values())

    def event(self):
        kind = self.one(KINDS)
        if kind == "replay":
            again = dict(self.one(self.told[-30:]))
            if self.chance.random() < 0.3 and "amount" in again:
                again["amount"] += 1
            return again
        return {**self.begun(kind), **getattr(self, f"_{kind}")()}

    def begun(self, kind):
        """Give what every event has: the days by chance, the times one after the other."""
        number = len(self.told)
        return {
            "id": f"k{number}",
            "type": kind,
            "effective_on": f"2025-0{self.chance.randint(1, 9)}-1{self.chance.randint(0, 9)}",
            "recorded_at": f"2025-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}T00:00:00Z",
        }

    def step(self):
        """Take a step; give what both said."""
        return self.tell(self.event())

    def tell(self, event):
        self.told.append(event)
        answer = submit(self.book, event)
        ours = "ok" if isinstance(answer, Posted) else "replay" if isinstance(answer, Replayed) else "refused"
        return event, ours, self.model.submit(event)

    def same(self):
        """Say whether both have the same money and the same units."""
        ours = {(str(s.account), *s[1:]): minor for s, minor in self.book.state.money().items()}
        units = {(str(b.place), b.line, b.lot): number for b, number in self.book.state.bins().items()}
        theirs = {spot: minor for spot, minor in self.model.money.items() if minor}
        return ours == theirs and units == {b: n for b, n in self.model.units.items() if n}

    # --- what an event of each kind says

    def _pledge(self):
        currency = (
            "EUR" if (name := self.one(CONTRIBUTIONS)) == "C" else self.one(("USD", "USD", "USD", "EUR"))
        )
        amount = self.chance.randint(1, 5000)
        return {"contribution": name, "partner": f"of {name}", "currency": currency, "amount": amount}

    def _from(self, stage):
        name = self.one(CONTRIBUTIONS)
        own = self.model.own.get(name, "USD")
        return {"contribution": name, "amount": self.about(self.model.here(stage, own).get(name, 0))}

    def _commit(self):
        return self._from("pledged")

    def _receive(self):
        return self._from("committed")

    def _convert(self):
        given = {
            name: self.about(self.model.here("available", "EUR").get(name, 0))
            for name in self.chance.sample(CONTRIBUTIONS, self.chance.randint(1, 2))
        }
        received = self.chance.randint(1, 2 * sum(given.values()))
        return {"given": given, "from_currency": "EUR", "to_currency": "USD", "received": received}

    def _fee(self):
        names = self.chance.sample(CONTRIBUTIONS, self.chance.randint(1, 3))
        return {"contributions": names, "currency": "USD", "amount": self.chance.randint(1, 20)}

    def _allocate(self):
        name = self.one(CONTRIBUTIONS)
        free = self.model.here("available", "USD").get(name, 0)
        return {"contribution": name, "currency": "USD", "line": self.one(LINES), "amount": self.about(free)}

    def _return_to_partner(self):
        name = self.one(CONTRIBUTIONS)
        free = self.model.here("available", "USD").get(name, 0)
        return {"contribution": name, "currency": "USD", "amount": self.about(free // 10)}

    def _order(self):
        line, units = self.one(LINES), self.chance.randint(1, 9)
        price = self.about(self.there("allocated", line) // units)
        return {"line": line, "currency": "USD", "qty": units, "unit_price": price}

    def _deliver(self):
        line = self.one(LINES)
        units = self.about(self.model.units.get(("ordered", line, ""), 0))
        cost = self.about(self.there("ordered", line))
        return {"line": line, "lot": self.one(LOTS), "currency": "USD", "qty": units, "cost": cost}

    def _lot(self):
        lot = self.one(LOTS)
        line = self.model.line_of.get(lot, "")
        return lot, self.model.units.get(("delivered", line, lot), 0), self.there("delivered", line, lot)

    def _accept(self):
        lot, units, cost = self._lot()
        return {"lot": lot, "currency": "USD", "qty": self.about(units), "cost": self.about(cost)}

    _reject = _accept

    def _refund(self):
        lot = self.one(LOTS)
        cost = self.there("accepted", self.model.line_of.get(lot, ""), lot)
        return {"lot": lot, "currency": "USD", "amount": self.about(cost // 3)}

    def _swap(self):
        line, name = self.one(LINES), self.one(CONTRIBUTIONS)
        amount = self.about(self.model.here("ordered", "USD", line).get(name, 0))
        ends = {"from": name, "to": self.one(CONTRIBUTIONS)}
        return {"line": line, "currency": "USD", "amount": amount, **ends}

    def _cancel_units(self):
        line = self.one(LINES)
        units = self.about(self.model.units.get(("ordered", line, ""), 0))
        cost = self.about(self.there("ordered", line))
        return {"line": line, "currency": "USD", "qty": units, "cost": cost}

    def _price_change(self):
        line = self.one(LINES)
        left, there = self.model.units.get(("ordered", line, ""), 0), self.there("ordered", line)
        price = max(1, there // max(left, 1) + self.chance.randint(-5, 5))
        rise = left * price - there
        part = self.chance.randint(0, max(rise, 0))
        paid = {"A": part, "B": rise - part + self.one((0, 0, 0, 1))}
        paid = {name: minor for name, minor in paid.items() if minor > 0}
        return {"line": line, "currency": "USD", "unit_price": price, **({"paid_by": paid} if paid else {})}

    def _of(self):
        """Name an entry that there is, and sometimes an event that was refused."""
        if self.chance.random() < 0.2:
            return self.one(self.told[-40:])["id"]
        return self.one(self.model.log[-20:])[0]["id"]

    def _reverse(self):
        return {"of": self._of()}

    def _correct(self):
        return {"of": self._of(), "amount": self.chance.randint(1, 3000)}


def walk(seed, steps):
    """Take steps; give the first event about which the two differ, or nothing."""
    pair = Walk(seed)
    for _ in range(steps):
        event, ours, theirs = pair.step()
        if ours != theirs or not pair.same():
            return seed, event, ours, theirs
    return None


if __name__ == "__main__":
    wanted, taken, different = int(sys.argv[1]), 0, 0
    while taken < wanted:
        found = walk(taken, 250)
        taken += 250
        if found:
            different += 1
            sys.stdout.write(f"{found}\n")
    sys.stdout.write(f"{taken} steps, {different} walks differed\n")
    sys.exit(1 if different else 0)
