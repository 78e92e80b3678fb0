"""Days and traces: what the database adds up is what the entries say, one by one."""

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.torture import stage


def as_of(pairs: int, steps: int) -> dict[str, Any]:
    """Ask for days by chance, as known at moments by chance; add the entries up by hand."""
    from pledgeline.actions.books import give_checkpoint, replay_into
    from pledgeline.ledger.event_files import event_file_of
    from tests.ledger.walks import Walk

    walk, chance = Walk(5), random.Random(5)
    for _ in range(steps):
        walk.step()
    for event in walk.told[::7]:  # some times run backwards
        event["recorded_at"] = f"2025-0{chance.randint(1, 9)}-{chance.randint(10, 28)}T05:00:00Z"
    stage.make_books("EUR", "USD")
    third = len(walk.told) // 3
    for part in (walk.told[:third], walk.told[third : 2 * third], walk.told[2 * third :]):
        replay_into(stage.SLUG, event_file_of(part, "walk"), today=stage.TODAY)
        if part is not walk.told[2 * third :]:
            give_checkpoint(stage.SLUG)
    books = stage.stored()
    entries = list(books.entries)
    wrong = []
    for number in range(pairs):
        day = date(2025, 1, 1) + timedelta(days=chance.randint(-1, 300))
        known = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(hours=chance.randint(0, 9_000))
        position = chance.randint(-1, len(entries))
        asked = chance.choice(({"as_of": day}, {"known_on": known}, {"as_of": day, "known_on": known},
                               {"as_of": day, "position": position}))  # fmt: skip
        sums: Counter[Any] = Counter()
        for entry in entries:
            if (
                entry.effective_on <= asked.get("as_of", date.max)
                and entry.recorded_at <= asked.get("known_on", datetime.max.replace(tzinfo=UTC))
                and entry.position <= asked.get("position", len(entries))
            ):
                for posting in entry.postings:
                    sums[posting.spot] += posting.amount.minor
        if {spot: minor for spot, minor in sums.items() if minor} != books.state_at(**asked).money():
            wrong.append(f"pair {number}: {asked}")
    return {"wrong": wrong, "pairs": pairs, "entries": len(entries)}


def traces(units: int) -> dict[str, Any]:
    """Deliver lots paid by many, refund some; the shares of units add up to the lot, both ways."""
    chance = random.Random(7)
    stage.make_books()
    names = [f"C{number:02}" for number in range(9)]
    for name in names:
        stage.funded(name, 10**11)
    wrong, traced = [], 0
    for number in range(10):
        line, lot, many = f"L{number}", f"D{number}", units // 10
        price = chance.randint(100, 100_000)
        left = many * price
        for name in chance.sample(names, 6):
            part = min(left, chance.randint(1, left // 2 + 1))
            stage.enter(
                f"a {line} {name}", "allocate", contribution=name, line=line, currency="USD", amount=part
            )
            left -= part
            if left == 0:
                break
        if left:
            stage.enter(f"a {line}", "allocate", contribution="C00", line=line, currency="USD", amount=left)
        stage.enter(f"o {line}", "order", line=line, currency="USD", qty=many, unit_price=price)
        stage.enter(f"d {line}", "deliver", line=line, lot=lot, currency="USD", qty=many)
        if number % 2:
            stage.enter(
                f"r {line}", "refund", lot=lot, currency="USD", amount=chance.randint(1, many * price)
            )
        trace = stage.stored().lot(lot)
        shares = trace.shares["USD"]
        cost = sum(shares.values())
        traced += len(trace.by_unit)
        by_unit = Counter()
        for unit in trace.by_unit:
            by_unit.update(unit)
        if by_unit != Counter(shares) or trace.units != many:
            wrong.append(f"{lot}: units do not add up to its shares")
        if {sum(unit.values()) for unit in trace.by_unit} - {cost // many, -(-cost // many)}:
            wrong.append(f"{lot}: its cost is not split evenly")
        for name in names:
            if stage.stored().path(name).lots.get("USD", {}).get(lot, 0) != shares.get(name, 0):
                wrong.append(f"{lot}: {name} paid another part")
    return {"wrong": wrong, "units": traced}
