"""The rules of the books once more, written separately: what the machine of tests compares with.

No code of the product is used here. Balances are one dictionary, shares are fractions, a correction is
worked out on a copy; nothing is fast and nothing is explained to a user.
"""

from fractions import Fraction

FLOORED = "pledged committed available allocated ordered delivered accepted".split()


class No(Exception):
    """The event is refused."""


def share_out(amount, weights):
    whole = sum(weights.values())
    if amount <= 0 or amount > whole or any(weight < 0 for weight in weights.values()):
        raise No
    exact = {key: Fraction(amount * weight, whole) for key, weight in weights.items()}
    parts = {key: int(share) for key, share in exact.items()}
    left = amount - sum(parts.values())
    for key in sorted(exact, key=lambda key: (-(exact[key] - parts[key]), key))[:left]:
        parts[key] += 1
    return {key: part for key, part in parts.items() if part}


class Model:
    def __init__(self):
        self.money = {}
        self.units = {}
        self.log = []
        self.roots = {}
        self.versions = {}
        self.newest = {}
        self.bodies = {}
        self.worked_out_at = -1

    # ---

    def here(self, stage, currency, line="", lot=""):
        return {
            key[1]: minor
            for key, minor in sorted(self.money.items())
            if (key[0], *key[2:]) == (stage, currency, line, lot) and minor
        }

    def submit(self, event):
        body = {key: value for key, value in event.items() if key != "recorded_at"}
        if event["id"] in self.bodies:
            return "replay" if self.bodies[event["id"]] == body else "refused"
        try:
            moves, units = getattr(self, event["type"])(event)
            self.check(moves, units)
        except No:
            return "refused"
        self.apply(moves, units)
        self.bodies[event["id"]] = body
        self.log.append((event, moves, units))
        self.note(event)
        return "ok"

    def note(self, event):
        """Note what the figure of a chain is after the event: who said it, and which events make it."""
        key, kind = event["id"], event["type"]
        root = self.roots[key] = self.roots[event["of"]] if kind in ("correct", "reverse") else key
        versions = self.versions.setdefault(root, [None])
        if kind == "correct":
            versions.append((key, [*versions[-1][1], key]))
        elif kind == "reverse":
            versions.append(versions[-2] if event["of"] == self.newest[root] else None)
        else:
            versions.append((key, [key]))
        self.newest[root] = key

    def in_force(self):
        """Give the events that hold; a correction holds as the event that it put in the place of another."""
        said = {versions[-1][0] for versions in self.versions.values() if versions[-1]}
        return [self.meant(event) for event, _, _ in self.log if event["id"] in said]

    def meant(self, event):
        while event["type"] == "correct":
            event = next(entry for entry, _, _ in self.log if entry["id"] == event["of"])
        return event

    @property
    def own(self):
        if self.worked_out_at != len(self.log):
            self.worked_out_at = len(self.log)
            self.facts = self.facts_now()
        return self.facts[0]

    @property
    def line_of(self):
        self.own
        return self.facts[1]

    def facts_now(self):
        events = self.in_force()
        own = {e["contribution"]: e["currency"] for e in events if e["type"] == "pledge"}
        return own, {e["lot"]: e["line"] for e in events if e["type"] == "deliver"}

    def check(self, moves, units):
        if not moves:
            raise No
        net = {}
        for spot, minor in moves:
            net[spot] = net.get(spot, 0) + minor
        for spot, minor in net.items():
            if spot[0] in FLOORED and minor < 0 and self.money.get(spot, 0) + minor < 0:
                raise No
        net = {}
        for spot, number in units:
            net[spot] = net.get(spot, 0) + number
        for spot, number in net.items():
            if spot[0] != "source" and number < 0 and self.units.get(spot, 0) + number < 0:
                raise No

    def apply(self, moves, units):
        for spot, minor in moves:
            self.money[spot] = self.money.get(spot, 0) + minor
        for spot, number in units:
            self.units[spot] = self.units.get(spot, 0) + number

    def known(self, *names):
        if any(name not in self.own for name in names):
            raise No

    @staticmethod
    def move(name, currency, minor, origin, target):
        """Each end is (stage, line, lot)."""
        return [
            ((origin[0], name, currency, *origin[1:]), -minor),
            ((target[0], name, currency, *target[1:]), minor),
        ]

    def spread(self, amount, currency, origin, target):
        weights = self.here(origin[0], currency, *origin[1:])
        moves = []
        for name, part in share_out(amount, weights).items():
            moves += self.move(name, currency, part, origin, target)
        return moves

    def carry(self, line, number, origin, target, lot=""):
        ends = []
        for stage, signed in ((origin, -number), (target, number)):
            ends.append(((stage, line, lot if stage in ("delivered", "accepted") else ""), signed))
        return ends

    # ---

    def pledge(self, e):
        if self.own.get(e["contribution"], e["currency"]) != e["currency"]:
            raise No
        ends = ("source", "", ""), ("pledged", "", "")
        return self.move(e["contribution"], e["currency"], e["amount"], *ends), []

    def step(self, e, origin, target, line=""):
        self.known(e["contribution"])
        ends = (origin, "", ""), (target, line, "")
        currency = e.get("currency", self.own[e["contribution"]])
        return self.move(e["contribution"], currency, e["amount"], *ends), []

    def commit(self, e):
        return self.step(e, "pledged", "committed")

    def receive(self, e):
        return self.step(e, "committed", "available")

    def allocate(self, e):
        return self.step(e, "available", "allocated", e["line"])

    def return_to_partner(self, e):
        return self.step(e, "available", "returned")

    def convert(self, e):
        self.known(*e["given"])
        moves = []
        weights = e["given"]
        parts = share_out_any(e["received"], weights)
        for name in sorted(weights):
            free, fx = ("available", "", ""), ("fx", "", "")
            moves += self.move(name, e["from_currency"], weights[name], free, fx)
            if parts.get(name):
                moves += self.move(name, e["to_currency"], parts[name], fx, free)
        return moves, []

    def fee(self, e):
        self.known(*e["contributions"])
        free = self.here("available", e["currency"])
        weights = {name: minor for name, minor in free.items() if name in e["contributions"]}
        moves = []
        for name, part in share_out(e["amount"], weights).items():
            moves += self.move(name, e["currency"], part, ("available", "", ""), ("fees", "", ""))
        return moves, []

    def order(self, e):
        amount = e.get("amount", e["qty"] * e["unit_price"])
        moves = self.spread(amount, "USD", ("allocated", e["line"], ""), ("ordered", e["line"], ""))
        return moves, self.carry(e["line"], e["qty"], "source", "ordered")

    def deliver(self, e):
        line, lot = e["line"], e["lot"]
        held = sum(self.units.get((stage, line, lot), 0) for stage in ("delivered", "accepted"))
        if self.line_of.get(lot, line) != line or held > 0:
            raise No
        moves = self.spread(e["cost"], "USD", ("ordered", line, ""), ("delivered", line, lot))
        units = self.carry(line, e["qty"], "ordered", "delivered", lot)
        return moves, units

    def out_of_lot(self, e, target):
        line = self.line_of.get(e["lot"])
        if line is None:
            raise No
        end = (target, line, e["lot"] if target == "accepted" else "")
        moves = self.spread(e["cost"], "USD", ("delivered", line, e["lot"]), end)
        return moves, self.carry(line, e["qty"], "delivered", target, e["lot"])

    def accept(self, e):
        return self.out_of_lot(e, "accepted")

    def reject(self, e):
        return self.out_of_lot(e, "ordered")

    def refund(self, e):
        line = self.line_of.get(e["lot"])
        if line is None:
            raise No
        spent, left = (
            sum(self.here(stage, "USD", line, e["lot"]).values()) for stage in ("accepted", "delivered")
        )
        if spent and left and e["amount"] > spent:
            raise No
        stage = "accepted" if spent else "delivered"
        return self.spread(e["amount"], "USD", (stage, line, e["lot"]), ("available", "", "")), []

    def cancel_units(self, e):
        moves = self.spread(e["cost"], "USD", ("ordered", e["line"], ""), ("available", "", ""))
        return moves, self.carry(e["line"], e["qty"], "ordered", "source")

    def price_change(self, e):
        self.known(*e.get("paid_by", {}))
        line = e["line"]
        there = sum(self.here("ordered", "USD", line).values())
        change = self.units.get(("ordered", line, ""), 0) * e["unit_price"] - there
        if change == 0:
            raise No
        if change < 0 and e.get("paid_by"):
            raise No
        if change < 0:
            return self.spread(-change, "USD", ("ordered", line, ""), ("available", "", "")), []
        if sum(e.get("paid_by", {}).values()) != change:
            raise No
        moves = []
        for name in sorted(e["paid_by"]):
            ends = ("available", "", ""), ("ordered", line, "")
            moves += self.move(name, "USD", e["paid_by"][name], *ends)
        return moves, []

    def swap(self, e):
        self.known(e["from"], e["to"])
        if e["from"] == e["to"]:
            raise No
        ordered, free = ("ordered", e["line"], ""), ("available", "", "")
        out = self.move(e["from"], "USD", e["amount"], ordered, free)
        return out + self.move(e["to"], "USD", e["amount"], free, ordered), []

    def undone(self, keys):
        moves, units = [], []
        for event, there, goods in self.log:
            if event["id"] in keys:
                moves += [(spot, -minor) for spot, minor in there]
                units += [(spot, -number) for spot, number in goods]
        return moves, units

    def version(self, e):
        """Give the events that make the figure in force, if the event named is the one that says it."""
        now = self.versions[self.root_of(e)][-1]
        if now is None or now[0] != e["of"]:
            raise No
        return now[1]

    def root_of(self, e):
        if e["of"] not in self.roots:
            raise No
        return self.roots[e["of"]]

    def reverse(self, e):
        if self.newest[self.root_of(e)] == e["of"]:
            return self.undone([e["of"]])
        keys = self.version(e)
        if len(keys) > 1:
            raise No
        return self.undone(keys)

    def correct(self, e):
        keys = self.version(e)
        event = next(entry for entry, _, _ in self.log if entry["id"] == keys[0])
        if event["type"] == "reverse":
            raise No
        moves, units = self.undone(keys)
        kept = dict(self.money), dict(self.units)
        self.apply(moves, units)
        name = {
            "deliver": "cost",
            "accept": "cost",
            "reject": "cost",
            "cancel_units": "cost",
            "convert": "received",
        }
        new = {**event, name.get(event["type"], "amount"): e["amount"]}
        try:
            if event["type"] not in CORRECTED:
                raise No
            again = getattr(self, event["type"])(new)
        finally:
            self.money, self.units = kept
        return moves + again[0], units + again[1]


CORRECTED = (
    "pledge commit receive allocate order return_to_partner convert fee deliver accept reject refund cancel_units swap"
).split()


def share_out_any(amount, weights):
    """Split what the bank gave by what each gave: more may come back than went in."""
    scale = amount + 1
    return share_out(amount, {key: weight * scale for key, weight in weights.items()})
