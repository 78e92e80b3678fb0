"""Short ways to write a problem in a test."""

from typing import Any

from pledgeline.plan import Plan, Problem, check, plan, read_problem


def line(name: str, item: str = "A", quantity: int = 1, priority: int = 1, **more: Any) -> dict[str, Any]:
    return {"id": name, "item": item, "quantity": quantity, "priority": priority, **more}


def offer(
    name: str, item: str = "A", price: int = 100, available: int | None = 10, **more: Any
) -> dict[str, Any]:
    row = {"id": name, "item": item, "unit_price_minor": price, "available": available, "lead_days": 5}
    return {**row, **more}


def money(name: str, amount: int = 1000, currency: str = "USD", **more: Any) -> dict[str, Any]:
    return {"id": name, "amount_minor": amount, "currency": currency, **more}


def problem(**sections: Any) -> Problem:
    """Read a problem that must be good; one package on day 0 unless told otherwise."""
    data = {"currency": "USD", "packages": [{"id": "P1", "order_day": 0}], **sections}
    read, findings = read_problem(data)
    assert findings == []
    return read


def best(of: Problem, **how: Any) -> Plan:
    """Plan a problem; no plan may leave with a violation."""
    made = plan(of, **how)
    assert check(of, made) == []
    return made
