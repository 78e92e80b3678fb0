"""People of every role who do anything in any order, and what must hold whatever they do.

What the walk expects of units and money it counts by itself, from what people were told was done.
"""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from pledgeline.accounts.models import Membership
from pledgeline.accounts.rights import account_of
from pledgeline.accounts.roles import MACHINE
from pledgeline.actions import acceptance, chain, contributions, list_plans
from pledgeline.actions.books import expire_reservations, open_books
from pledgeline.exchange.ocds import check, load_standard
from pledgeline.exchange.ocds.packages import record_package
from pledgeline.ledger import Account, Posted
from pledgeline.ledger.accounts import BOUND
from pledgeline.programme.roles import Role
from pledgeline.programme.steps import MAY_WRITE, STEPS, UNDER_WAY, State, step_of
from pledgeline.queries.ocds import processes
from pledgeline.queries.order_units import AGREED, units_of, with_units
from pledgeline.queries.orders import ordered_lines
from pledgeline.queries.packages import bound_units, live_lines
from pledgeline.records.books import books_of
from pledgeline.records.models import (
    CountedLotRecord,
    DiscrepancyRecord,
    FormedPackage,
    OfferRecord,
    OrderLineRecord,
    OrderRecord,
    PackageLine,
    PartyName,
    PartyRecord,
    ReceiptRecord,
    RequirementRecord,
    ShipmentRecord,
    StepTaken,
)
from pledgeline.records.plans import study_of
from tests.chain import OFFER, ORDER, RECEIPT, REQUIREMENT, SHIPMENT, a_fund, formed, worker
from tests.exchange.ocds_files import FOLDER
from tests.people import NOW
from tests.planning import ADA, planned

PARTIES = {"MA": "Maker A", "MB": "Maker B", "PA": "Partner of A"}
CREW = [(role, name) for role in Role for name in ("first", "second")]
OWN = {Role.SUPPLIER: "MA", Role.PARTNER: "PA"}
TABLES = chain.TABLES
WHAT_PEOPLE_DO = {
    "require": 1, "make an offer": 1, "list": 1, "pay": 1, "plan": 1, "accept a plan": 1, "write an order": 3,
    "ship": 4, "count": 4, "take over": 4, "wait": 1,
}  # fmt: skip
"""What people do, and how often."""
WEIGHTS = WHAT_PEOPLE_DO | dict.fromkeys(chain.TABLES, 1) | {"package": 2, "discrepancy": 2}
"""A noun stands for any step of it."""
KEYS = ["AD-014", "AD-015", "AD-016", "AD-017"]
ITEMS = ["interceptor", "radio", "tent"]


@dataclass
class Ordered:
    """What the walk knows of a line of an order that was accepted."""

    order: str
    units: int
    price: int
    accepted: int = 0
    cancelled: int = 0
    written_off: int = 0
    spent: int = 0
    lost: int = 0

    @property
    def outstanding(self):
        return self.units - self.accepted - self.cancelled - self.written_off


class ChainWalk(RuleBasedStateMachine):
    """A programme of twenty people; whoever does something does it to anything, whether they can or not."""

    def __init__(self):
        super().__init__()
        self.held = transaction.atomic()
        self.held.__enter__()
        self.fund = a_fund()
        for ref, name in PARTIES.items():
            party = PartyRecord.objects.create(ref=ref, name=name, kind="organisation")
            PartyName.objects.create(party=party, name=name, key=name.casefold())
        self.people = {
            (role, name): worker(role, name=f"{role}-{name}", party=OWN.get(role, "")) for role, name in CREW
        }
        self.now = NOW
        self.number = 0
        self.ordered = {}
        self.runs = []

    def teardown(self):
        try:
            self.others_read_the_same()
        finally:
            transaction.set_rollback(True)
            self.held.__exit__(None, None, None)

    @initialize(chance=st.randoms(use_true_random=True))
    def begin(self, chance):
        """Begin with a package of which nothing is ordered yet, or with nothing but money.

        All that is chosen comes from `chance`: drawn one by one, few walks would get as far as a receipt.
        """
        self.chance = chance
        if chance.random() < 0.7:
            formed(self.fund)
            return
        open_books(self.fund.slug)
        for kind in ("pledge", "commit", "receive"):
            self.enter(kind, "A", 900_00, self.people[Role.FINANCE, "first"])

    @rule()
    def somebody_does(self):
        act = self.chance.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        if act in WHAT_PEOPLE_DO:
            getattr(self, act.replace(" ", "_"))()
        else:
            self.any_step(act.removeprefix("an "))

    # What people do

    def enter(self, kind, key, minor, person):
        self.number += 1
        said = {
            "id": f"form-{self.number}",
            "contribution": key,
            "amount": minor,
            "currency": "USD",
            "effective_on": self.today.isoformat(),
            **({"partner": f"Partner of {key}"} if kind == "pledge" else {}),
        }
        more = {"programme": self.fund, "person": person, "today": self.today}
        answer = contributions.enter(kind, said, **more)
        if isinstance(answer, contributions.Doubts):
            answer = contributions.enter(kind, said, sure=answer.sure, **more)
        assert isinstance(answer, Posted | list), answer
        return answer

    @property
    def today(self):
        return self.now.date()

    def somebody(self, roles=frozenset(Role)):
        """Give somebody of one of the roles, and now and then anybody."""
        crew = [place for place in CREW if place[0] in roles] if self.chance.random() < 0.85 else CREW
        return self.people[self.chance.choice(crew)]

    def one_of(self, rows):
        """Give one of the rows that there are, in a list; an empty one where there is none."""
        found = list(rows.order_by("pk"))
        return [self.chance.choice(found)] if found else []

    def rows(self, table, *states):
        found = table.objects.filter(programme=self.fund, is_newest=True)
        return found.filter(state__in=states) if states else found

    def write(self, table, said):
        person = self.somebody(MAY_WRITE[table.KIND.NAME])
        made = chain.write(table, said, programme=self.fund, person=person, now=self.now)
        assert isinstance(made, table | list), made
        return made

    def step(self, row, name, details=None):
        """Take a step, and look at once whether whoever took it may have done so."""
        step = step_of(row.KIND.NAME, name)
        person = self.somebody(step.roles)
        before = last_step(row, step.not_after) if step.not_after else None
        origin = row.state
        done = chain.take_step(
            type(row), row.key, name, programme=self.fund, person=person, now=self.now, reason="because",
            details=details,
        )  # fmt: skip
        if not isinstance(done, StepTaken):
            return False
        roles = set(Membership.objects.filter(person=person).values_list("role", flat=True))
        assert roles & set(step.roles), (roles, step)
        assert origin in step.origins
        assert before is None or before.by_account != account_of(person), step
        assert (done.origin, done.target) == (origin, step.target)
        return True

    def require(self):
        pick = self.chance
        said = {"key": pick.choice(KEYS), "item": pick.choice(ITEMS)}
        numbers = {"quantity": pick.randint(1, 15), "priority": pick.randint(1, 3)}
        self.write(RequirementRecord, {**REQUIREMENT, **said, **numbers})

    def make_an_offer(self):
        pick = self.chance
        said = {
            "key": f"O-{pick.randint(1, 4)}",
            "item": pick.choice(ITEMS),
            "supplier": pick.choice(["Maker A", "Maker B"]),
            "unit_price": pick.randint(0, 150) * 100,
            "available": pick.choice([None, pick.randint(1, 9)]),
        }
        made = self.write(OfferRecord, {**OFFER, **said})
        if isinstance(made, OfferRecord):
            self.step(made, "submit")

    def list(self):
        for found in self.one_of(self.rows(RequirementRecord)):
            for name in ("submit", "validate", "list"):
                self.step(RequirementRecord.objects.get(pk=found.pk), name)

    def any_step(self, noun):
        for row in self.one_of(self.rows(TABLES[noun])):
            mine = [step for step in STEPS if step.noun == noun]
            fitting = [step for step in mine if row.state in step.origins]
            self.one_step(
                row, self.chance.choice(fitting if fitting and self.chance.random() < 0.9 else mine)
            )

    def one_step(self, row, step):
        noun, name = step.noun, step.name
        details = self.details(row, name) if noun == "package" else None
        if name == "amend":
            details = {"lines": [self.amended(line) for line in row.lines.select_related("package_line")]}
        lost = row.counted.shipped.order_line.line if noun == "discrepancy" else None
        lines = {line.line.line: line for line in ordered_lines(row)} if noun == "order" else {}
        if not self.step(row, name, details):
            return
        match noun, name:
            case "order", "accept":
                for line, there in lines.items():
                    self.ordered[line] = Ordered(row.key, there.line.units, there.line.unit_price)
            case "order", "cancel-rest":
                for line in lines:
                    self.ordered[line].cancelled += self.ordered[line].outstanding
            case "order", "amend":
                for said in details["lines"]:
                    known = self.ordered[said["line"]]
                    known.units = said["units"] + known.cancelled + known.written_off
                    known.price = said["unit_price"]
            case "receipt", "accept":
                for counted in row.lots.all():
                    known = self.ordered[counted.shipped.line]
                    known.accepted += counted.accepted
                    known.spent += counted.accepted * known.price
            case "discrepancy", "refund":
                self.ordered[lost].cancelled += row.units
            case "discrepancy", "write-off":
                self.ordered[lost].written_off += row.units
                self.ordered[lost].lost += row.units * self.ordered[lost].price

    def amended(self, line):
        """Say how a line is to be: often as it is, with a few units more or less, or at another price."""
        return {
            "line": line.line,
            "units": max(1, line.units - line.cancelled + self.chance.choice([0, 0, -2, -1, 1])),
            "unit_price": max(1, line.unit_price + self.chance.choice([0, 0, 900, -300]))
            if line.unit_price
            else 0,
        }

    def details(self, row, name):
        """Say what a step of a package asks for."""
        if name == "split":
            self.number += 1
            line = self.chance.choice(list(row.lines.all()))
            return {
                "into": f"S-{self.number}",
                "lines": [{"line": line.line, "units": self.chance.randint(1, 6)}],
            }
        others = FormedPackage.objects.filter(programme=self.fund).exclude(pk=row.pk)
        other = next((package.key for package in self.one_of(others)), "P-0")
        return {"merge": {"into": other}, "close": {"return_money": self.chance.random() < 0.5}}.get(name)

    def pay(self):
        kind = self.chance.choice(list(contributions.RIGHT_TO))
        self.enter(kind, self.chance.choice("ABC"), self.chance.randint(1, 1_500) * 100, self.somebody())

    def plan(self):
        self.number += 1
        source = list_plans.hand_in(
            programme=self.fund, package=f"N-{self.number}", asker=ADA, today=self.today
        )
        if not isinstance(source, list):
            self.runs.append(planned(source))

    def accept_a_plan(self):
        """Accept a plan, whenever it was made: every cent is where it said, and nothing is packaged twice."""
        if not self.runs:
            return
        run, person = self.chance.choice(self.runs), self.somebody({Role.COORDINATOR})
        held, before = self.set_aside(), bound_units(live_lines(self.fund, self.state()))
        until = self.today + timedelta(days=self.chance.randint(0, 60))
        made = acceptance.accept(run, person=person, today=self.today, now=self.now, reserved_until=until)
        if not isinstance(made[0], FormedPackage):
            assert held == self.set_aside()
            return
        assert Membership.objects.filter(person=person, role=Role.COORDINATOR).exists()
        wanted, got = Counter(), Counter()
        for payment in study_of(run).plan.payments:
            wanted[payment.contribution] += payment.minor
        for (contribution, _line), minor in (self.set_aside() - held).items():
            got[contribution] += minor
        assert got == wanted
        self.nothing_is_packaged_twice(before, bound_units(live_lines(self.fund, self.state())))

    def nothing_is_packaged_twice(self, before, after):
        """Say that what was newly packaged was open on the list, and was there to be had."""
        for key, units in (after.of_requirements - before.of_requirements).items():
            row = RequirementRecord.objects.get(programme=self.fund, key=key, state=State.LISTED)
            assert before.of_requirements[key] + units <= row.quantity
        for key, units in (after.of_offers - before.of_offers).items():
            row = OfferRecord.objects.get(programme=self.fund, key=key, state=State.OFFERED)
            assert row.available is None or before.of_offers[key] + units <= row.available

    def write_an_order(self):
        for package in self.one_of(self.rows(FormedPackage, State.OPEN)):
            supplier = self.chance.choice(["Maker A", "Maker A", "Maker B"])
            dearer = self.chance.choice([0, 0, 0, -500, 700])
            lines = [
                line for line in package.lines.select_related("offer") if line.offer.supplier == supplier
            ]
            said = {
                "key": f"ORD-{OrderRecord.objects.count() + 1}",
                "package": package.key,
                "supplier": supplier,
                "lines": [
                    {"line": line.line, "units": line.units, "unit_price": max(0, line.unit_price + dearer)}
                    for line in lines
                ],
            }
            made = self.write(OrderRecord, {**ORDER, **said})
            for name in ("request", "offer", "accept") if isinstance(made, OrderRecord) else ():
                made.refresh_from_db()
                self.one_step(made, step_of("order", name))

    def ship(self):
        for order in self.one_of(self.rows(OrderRecord, State.ACCEPTED)):
            self.number += 1
            line = self.chance.choice(list(order.lines.select_related("package_line"))).line
            lot = {"line": line, "lot": f"LOT-{self.number}", "units": self.chance.randint(1, 7)}
            said = {"key": f"SH-{self.number}", "order": order.key, "dispatched_on": self.today.isoformat()}
            made = self.write(ShipmentRecord, {**SHIPMENT, **said, "lots": [lot]})
            if isinstance(made, ShipmentRecord) and self.chance.random() < 0.8:
                self.step(made, "dispatch")

    def count(self):
        for shipment in self.one_of(self.rows(ShipmentRecord, *UNDER_WAY)):
            rejected, short, over = (
                self.chance.choice(few) for few in ([0, 0, 1, 2], [0, 0, 1], [0] * 9 + [1])
            )
            lots = [
                {
                    "lot": lot.lot,
                    "accepted": max(0, lot.units - rejected - short) + over,
                    "rejected": min(rejected, lot.units),
                    "why_rejected": "Wet",
                    "short": short,
                    "why_short": "Not there",
                }
                for lot in shipment.lots.all()
            ]
            said = {"key": f"RC of {shipment.key}", "shipment": shipment.key, "lots": lots}
            self.write(ReceiptRecord, {**RECEIPT, **said, "received_on": self.today.isoformat()})

    def take_over(self):
        for receipt in self.one_of(self.rows(ReceiptRecord, State.COUNTED)):
            self.one_step(receipt, step_of("receipt", "accept"))

    def wait(self):
        """Let days pass, and reservations expire."""
        self.now += timedelta(days=self.chance.randint(1, 15))
        expire_reservations(self.fund.slug, today=self.today)

    # What must hold

    def state(self):
        return books_of(self.fund.slug, MACHINE).state

    def set_aside(self):
        """Give the money that is set aside, by contribution and line."""
        found = Counter()
        for spot, minor in self.state().money().items():
            if spot.account is Account.ALLOCATED:
                found[spot.contribution, spot.line] += minor
        return found

    @invariant()
    def the_books_have_what_people_were_told(self):
        """Compare line by line; of what is over nothing is held any more. The books are read once for both."""
        money = Counter()
        over = set(
            PackageLine.objects.filter(
                package__programme=self.fund,
                package__state__in=(State.CANCELLED, State.CLOSED, State.MERGED),
            ).values_list("line", flat=True)
        )
        for spot, minor in self.state().money().items():
            money[spot.account, spot.line] += minor
            assert minor >= 0 or spot.account is Account.SOURCE
            held = spot.account in (Account.ALLOCATED, Account.ORDERED, Account.DELIVERED)
            assert not (minor and held and spot.line in over), spot
        for line, known in self.ordered.items():
            assert known.outstanding >= 0
            assert money[Account.ORDERED, line] == known.outstanding * known.price
            assert money[Account.ACCEPTED, line] == known.spent
            assert money[Account.WRITTEN_OFF, line] == known.lost
            assert money[Account.DELIVERED, line] == 0

    @invariant()
    def the_rows_say_the_same(self):
        if not self.ordered:
            return
        lines = OrderLineRecord.objects.filter(order__programme=self.fund, order__state__in=AGREED)
        for line in with_units(lines.select_related("order", "package_line")):
            known, units = self.ordered[line.line], units_of(line)
            assert known.order == line.order.key
            assert units.outstanding == known.outstanding
            assert units.accepted == known.accepted
            assert 0 <= units.to_ship <= units.outstanding

    @invariant()
    def every_unit_that_left_is_counted_once(self):
        counted = CountedLotRecord.objects.filter(receipt__programme=self.fund)
        whole = F("accepted") + F("rejected") + F("short")
        assert not counted.exclude(shipped__units=whole).exists()

    @precondition(lambda self: self.number % 7 == 0)
    @invariant()
    def a_settled_discrepancy_is_not_open(self):
        for row in DiscrepancyRecord.objects.filter(programme=self.fund, state=State.OPEN):
            assert row.receipt.state == State.ACCEPTED

    def others_read_the_same(self):
        """At the end of each walk the file for others has the amounts of the books, and no error."""
        found = processes(self.fund, MACHINE, prefix="ocds-000000")
        content = b"".join(record_package(found, uri="urn:x:y", publisher="Harbour"))
        records = json.loads(content, parse_float=Decimal)["records"]
        contracts = [
            contract for record in records for contract in record["compiledRelease"].get("contracts", [])
        ]
        transactions = [
            transaction
            for contract in contracts
            for transaction in contract.get("implementation", {}).get("transactions", [])
        ]
        spent, bound = (
            sum(
                Decimal(minor) / 100
                for spot, minor in self.state().money().items()
                if spot.account in accounts
            )
            for accounts in ([Account.ACCEPTED], BOUND)
        )
        assert spent == sum(transaction["value"]["amount"] for transaction in transactions)
        assert bound == sum(contract["value"]["amount"] for contract in contracts)
        if FOLDER and records:  # a file of no process at all breaks the schema
            assert () == check(content, "walk.json", load_standard(FOLDER)).findings


def last_step(row, name):
    steps = StepTaken.objects.filter(
        programme=row.programme, noun=row.KIND.NAME, key=row.key, version=row.version, step=name
    )
    return steps.order_by("pk").last()
