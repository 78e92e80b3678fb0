"""A programme in which people of every role work on the chain, for tests of every room."""

from datetime import date
from typing import Any

from pledgeline.accounts.models import Membership, User
from pledgeline.accounts.roles import MACHINE
from pledgeline.actions import chain
from pledgeline.actions.books import open_books, post
from pledgeline.jobs.asking import stop
from pledgeline.programme.roles import Role
from pledgeline.records.models import (
    FormedPackage,
    OfferRecord,
    OrderRecord,
    PackageLine,
    ProgrammeRecord,
    ReceiptRecord,
    RequirementRecord,
    SavedPlan,
    ShipmentRecord,
    StepTaken,
)
from tests.builders import a_programme
from tests.people import NOW, a_person
from tests.planning import asked, handed_in

TODAY = date(2026, 1, 1)
REQUIREMENT = {"key": "AD-014", "item": "interceptor", "quantity": 12}
OFFER = {"key": "O-1", "item": "interceptor", "supplier": "Maker A", "unit_price": 100_00, "currency": "USD"}


def a_fund(**settings: Any) -> ProgrammeRecord:
    """Make the invented programme “harbour”, which counts in USD, with an empty record."""
    row = ProgrammeRecord.from_value(a_programme(**{"base_currency": "USD", **settings}))
    row.save()
    return row


def the_fund() -> ProgrammeRecord:
    """Give that programme as it stands now."""
    return ProgrammeRecord.objects.get(slug="harbour")


def a_packaged_fund() -> ProgrammeRecord:
    """Make it with a package."""
    fund = a_fund()
    formed(fund)
    return fund


def a_delivered_fund() -> ProgrammeRecord:
    """Make it with a package that was ordered in part, and a shipment that was counted."""
    fund = a_packaged_fund()
    ordered(fund)
    dispatched(fund)
    received(fund)
    return fund


def worker(role: Role, *, name: str = "", party: str = "") -> User:
    """Give somebody of a role in the programme, of a party where one is named."""
    person = a_person(name or f"a-{role}")
    Membership.objects.get_or_create(
        person=person, role=role, programme="harbour", party=party, defaults={"given_by": "a test"}
    )
    return User.objects.get(pk=person.pk)


def required(programme: ProgrammeRecord, **said: Any) -> RequirementRecord:
    made = chain.write(
        RequirementRecord,
        {**REQUIREMENT, **said},
        programme=programme,
        person=worker(Role.RECIPIENT),
        now=NOW,
    )
    assert isinstance(made, RequirementRecord), made
    return made


def listed(programme: ProgrammeRecord, **said: Any) -> RequirementRecord:
    """Write a requirement down and bring it onto the list, each step by whoever is to take it."""
    row = required(programme, **said)
    for step, role in (
        ("submit", Role.RECIPIENT),
        ("validate", Role.VALIDATOR),
        ("list", Role.COORDINATOR),
    ):
        take(row, step, worker(role))
    return RequirementRecord.objects.get(pk=row.pk)


def offered(programme: ProgrammeRecord, **said: Any) -> OfferRecord:
    made = chain.write(
        OfferRecord, {**OFFER, **said}, programme=programme, person=worker(Role.COORDINATOR), now=NOW
    )
    assert isinstance(made, OfferRecord), made
    take(made, "submit", worker(Role.COORDINATOR))
    return OfferRecord.objects.get(pk=made.pk)


def take(row: Any, step: str, person: User, **more: Any) -> Any:
    return chain.take_step(type(row), row.key, step, programme=row.programme, person=person, now=NOW, **more)


def by_another() -> None:
    """Let what was done at the machine so far have been done by somebody else: four eyes are looked at elsewhere."""
    StepTaken.objects.filter(by_account="").update(by_account="0")


def paid(
    programme: ProgrammeRecord, contribution: str, minor: int, *, currency: str = "USD", **pledge: Any
) -> None:
    """Pledge, commit and receive money, in books that are opened where there are none."""
    from pledgeline.records.models import BooksRecord

    if not BooksRecord.objects.filter(programme=programme).exists():
        open_books(programme.slug)
    said = {"contribution": contribution, "amount": minor, "currency": currency, "effective_on": "2026-01-01"}
    for kind in ("pledge", "commit", "receive"):
        more = {"partner": f"Partner of {contribution}", **pledge} if kind == "pledge" else {}
        answer = post(
            programme.slug, {**said, **more, "id": f"{kind} {contribution}", "type": kind}, today=TODAY
        )
        assert hasattr(answer, "entry"), answer


# From a package to a receipt

UNTIL = date(2036, 2, 1)
"""The last day of reservations: far off, since pages order today."""

LINES = {
    "AD-014": ("interceptor", 12, "Maker A", 100_00, {"A": 900_00, "B": 300_00}),
    "AD-015": ("radio", 6, "Maker B", 80_00, {"A": 480_00}),
    "AD-016": ("tent", 5, "Maker A", 0, {}),
}
"""A package of USD 1,680: A and B pay for the interceptors 3 to 1, A alone for the radios, and the tents are given."""

ORDER = {
    "key": "ORD-1",
    "package": "P-1",
    "supplier": "Maker A",
    "contract": "C-77",
    "delivery_point": "Depot East",
    "currency": "USD",
    "lines": [
        {"line": "P-1/AD-014", "units": 12, "unit_price": 100_00},
        {"line": "P-1/AD-016", "units": 5, "unit_price": 0},
    ],
}
SHIPMENT = {
    "key": "SH-1",
    "order": "ORD-1",
    "dispatched_on": "2026-01-01",
    "handover_point": "Border North",
    "lots": [{"line": "P-1/AD-014", "lot": "LOT-1", "units": 8}],
}
RECEIPT = {
    "key": "RC-1",
    "shipment": "SH-1",
    "received_on": "2026-01-01",
    "place": "Border North",
    "counted_by": "Eve Counter",
    "lots": [
        {"lot": "LOT-1", "accepted": 5, "rejected": 2, "why_rejected": "Wet", "short": 1, "why_short": "Not there"}
    ],
}  # fmt: skip


DETAILS: dict[tuple[str, str], dict[str, Any]] = {
    ("package", "split"): {"into": "P-2", "lines": [{"line": "P-1/AD-015", "units": 2}]},
    ("package", "merge"): {"into": "P-9"},
    ("order", "amend"): {"lines": [{"line": "P-1/AD-014", "units": 12, "unit_price": 101_00}]},
}
"""What steps ask for, of the package P-1 and its order; `merge` finds a package P-9."""


def formed(programme: ProgrammeRecord, key: str = "P-1") -> FormedPackage:
    """Form a package as an accepted plan forms it: its lines, and their money reserved in the books."""
    paid(programme, "A", 1_500_00)
    paid(programme, "B", 300_00)
    run = asked(handed_in(programme=programme.slug))
    stop(run.job)  # its plan is there already
    plan = SavedPlan.objects.create(
        run=run, digest="", policy={}, answer="", seal="", saved_at=NOW, saved_by="a test"
    )
    package = FormedPackage.objects.create(
        programme=programme,
        key=key,
        state="open",
        plan=plan,
        made_by="a test",
        made_at=NOW,
        reserved_until=UNTIL,
    )
    for number, (name, (item, units, supplier, price, reserved)) in enumerate(LINES.items(), start=1):
        asked_for = {"key": name, "item": item, "quantity": units}
        given = {"key": f"O-{number}", "item": item, "supplier": supplier, "unit_price": price}
        requirement = written(programme, RequirementRecord, {**REQUIREMENT, **asked_for})
        offer = written(programme, OfferRecord, {**OFFER, **given})
        for row, step in (
            (requirement, "submit"),
            (requirement, "validate"),
            (requirement, "list"),
            (offer, "submit"),
        ):
            take(row, step, MACHINE)
            by_another()
        PackageLine.objects.create(
            package=package,
            line=f"{key}/{name}",
            requirement=requirement,
            offer=offer,
            units=units,
            unit_price=price,
            currency="USD",
        )
        for contribution, minor in reserved.items():
            entered(
                f"reserve {key} {name} {contribution}",
                "allocate",
                contribution=contribution,
                line=f"{key}/{name}",
                package=key,
                amount=minor,
                reserved_until=UNTIL.isoformat(),
            )
    return package


def entered(key: str, kind: str, **said: Any) -> None:
    """Enter an event into the books by hand."""
    event = {"id": key, "type": kind, "effective_on": "2026-01-01", "currency": "USD", **said}
    answer = post("harbour", event, today=TODAY)
    assert hasattr(answer, "entry"), answer


def written(programme: ProgrammeRecord, table: type[Any], said: dict[str, Any], person: Any = MACHINE) -> Any:
    """Write a noun down, whoever does it; give its row, or what is wrong."""
    return chain.write(table, said, programme=programme, person=person, now=NOW)


def ordered(programme: ProgrammeRecord, **said: Any) -> OrderRecord:
    """Write an order down and have it accepted, each step by whoever is to take it."""
    row = written(programme, OrderRecord, {**ORDER, **said}, worker(Role.COORDINATOR))
    for step, role in (
        ("request", Role.COORDINATOR),
        ("offer", Role.COORDINATOR),
        ("accept", Role.FINANCE),
    ):
        done = take(row, step, worker(role))
        assert isinstance(done, StepTaken), done
    return OrderRecord.objects.get(pk=row.pk)


def dispatched(programme: ProgrammeRecord, **said: Any) -> ShipmentRecord:
    row = written(programme, ShipmentRecord, {**SHIPMENT, **said}, worker(Role.COORDINATOR))
    done = take(row, "dispatch", worker(Role.COORDINATOR))
    assert isinstance(done, StepTaken), done
    return ShipmentRecord.objects.get(pk=row.pk)


def received(programme: ProgrammeRecord, **said: Any) -> ReceiptRecord:
    """Count a shipment, and have another recipient accept the count."""
    row = written(programme, ReceiptRecord, {**RECEIPT, **said}, worker(Role.RECIPIENT))
    done = take(row, "accept", worker(Role.RECIPIENT, name="second"))
    assert isinstance(done, StepTaken), done
    return ReceiptRecord.objects.get(pk=row.pk)
