"""Events as chance bends them: good ones with a field renamed, dropped, added, of another kind, or nested.

`python -m tests.ledger.fuzz 100000` tries so many and prints what was taken that should not have been.
"""

import random
import sys
from collections import Counter
from datetime import UTC, datetime

from hypothesis import strategies as st

from pledgeline.ledger import Event, read_event
from pledgeline.ledger.cash import MOVES
from pledgeline.ledger.schema.published import event_schemas
from tests.ledger.stories import TODAY

HEAD = {"id": "x", "effective_on": "2025-08-01", "recorded_at": "2025-08-01T12:00:00Z"}
USD = {"currency": "USD"}
OF = {"contribution": "A", "amount": 5, **USD}
LOT = {"lot": "D1", "qty": 1, "cost": 5, **USD}
SAYS = {
    "pledge": {**OF, "partner": "P", "use_by": "2026-01-01", "note": "as agreed"},
    "revise": OF,
    "reduce": OF,
    "commit": OF,
    "receive": OF,
    "convert": {"given": {"A": 5, "B": 7}, "from_currency": "USD", "to_currency": "EUR", "received": 5},
    "fee": {"contributions": ["A", "B"], "amount": 5, **USD},
    "allocate": {**OF, "line": "L1", "package": "P1", "reserved_until": "2026-01-01"},
    "release": {**OF, "line": "L1"},
    "order": {"line": "L1", "qty": 3, "unit_price": 5, "amount": 14, **USD},
    "price_change": {"line": "L1", "unit_price": 5, "paid_by": {"A": 5}, "qty": 1, **USD},
    "cancel_units": {"line": "L1", "qty": 1, "cost": 5, **USD},
    "swap": {"line": "L1", "from": "A", "to": "B", "amount": 5, **USD},
    "deliver": {"line": "L1", **LOT},
    "accept": LOT,
    "reject": LOT,
    "refund": {"lot": "D1", "amount": 5, **USD},
    "return_to_partner": {**OF, "from": "lapsed"},
    "lapse": {"contribution": "A"},
    "carry_over": {**OF, "use_by": "2026-01-01"},
    "write_off": OF,
    "write_off_lot": LOT,
    "journal": {
        "contribution": "A",
        **USD,
        "postings": [
            {"stage": "available", "amount": -5},
            {"stage": "delivered", "amount": 5, "contribution": "A", **USD, "line": "L1", "lot": "D1"},
        ],
    },
    "correct": {"of": "e1", "amount": 5, "without": ["use_by"]},
    "reverse": {"of": "e1"},
    **dict.fromkeys(MOVES, OF),
    "cash_invoice": {**OF, "line": "L1", "lot": "D1"},
}
GOOD = {form: {**HEAD, "type": form.removesuffix("_lot"), **says} for form, says in SAYS.items()}
"""A good event of each form, with every field that it may have or nearly so."""

SCHEMAS = event_schemas()
FIELDS = {form: set(SCHEMAS[form]["properties"]) for form in GOOD}
"""The fields of each form, read from the published schema and not from the models."""

NAMES = sorted(
    {name for fields in FIELDS.values() for name in fields}
    | {name for fields in FIELDS.values() for name in map(str.upper, fields)}
    | set(
        "key units quantity price new_unit_price new_price funded_by payers given_by amounts shares total_received "
        "bought entry event kind legs account minor expires_on new_amount penalty_waived_for salt colour origin target "
        "recorded effective on date from_ to_ __class__ model_config _id $ref".split()
    )
)
VALUES = [
    *(0, -1, 1, 5, 10**17, 10**40, 1.5, 5.0, True, False, None, "", "5", "A", "USD", "2025-01-01", "x" * 300),
    *(
        [],
        {},
        [[]],
        {"A": 5},
        [["A", 5]],
        [{"contribution": "A", "amount": 5}],
        ["A"],
        {"amount": 5},
        "\ud800",
    ),
]


def taken_with_a_stray_field(raw, read=None):
    """Say whether an event was taken with a field, at any depth, that its published schema does not have."""
    answer = (read or (lambda event: read_event(event, today=TODAY)))(raw)
    if read is None and not isinstance(answer, Event):
        return False
    form = "write_off_lot" if raw["type"] == "write_off" and "lot" in raw else raw["type"]
    if set(raw) - FIELDS[form] or any(value is None for value in raw.values()):
        return True
    postings = raw.get("postings", [])
    return any(set(row) - set(SCHEMAS["JournalPosting"]["properties"]) for row in postings)


def bent(raw, chance):
    """Bend an event once: rename, drop, add or retype a field, or swap two values."""
    event = dict(raw)
    name = chance.choice(sorted(event))
    how = chance.randrange(6)
    if how == 0:
        event[chance.choice(NAMES)] = event.pop(name)
    elif how == 1:
        del event[name]
    elif how == 2:
        event[chance.choice(NAMES)] = chance.choice(VALUES)
    elif how == 3:
        event[name] = chance.choice(VALUES)
    elif how == 4:
        other = chance.choice(sorted(event))
        event[name], event[other] = event[other], event[name]
    elif isinstance(event.get("postings"), list) and event["postings"]:
        rows = [dict(row) if isinstance(row, dict) else row for row in event["postings"]]
        place = chance.randrange(len(rows))
        rows[place] = bent(rows[place], chance) if isinstance(rows[place], dict) and rows[place] else 5
        event["postings"] = rows
    else:
        event[f"{name}{chance.choice('_s2 ')}"] = event[name]
    return event


@st.composite
def mutations(draw):
    """Draw a good event, or one made from the published schema, that is bent up to four times."""
    chance = random.Random(draw(st.integers(0, 2**32)))
    form = draw(st.sampled_from(sorted(GOOD)))
    event = from_schema(form, chance) if draw(st.booleans()) else GOOD[form]
    for _ in range(draw(st.integers(0, 4))):
        event = bent(event, chance) if event else event
    return event


def from_schema(form, chance):
    """Make an event from the published schema of its form: needed fields, some others, values of their kinds."""
    schema = SCHEMAS[form]
    names = [name for name in schema["properties"] if name in schema["required"] or chance.random() < 0.4]
    return {name: _value(schema["properties"][name], chance) for name in names}


def _value(schema, chance):
    if "$ref" in schema:
        schema = SCHEMAS[schema["$ref"].rpartition("/")[2]]
        return _value(schema, chance)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return chance.choice(schema["enum"])
    if "anyOf" in schema:
        return _value(chance.choice(schema["anyOf"]), chance)
    kind = schema["type"]
    if kind == "integer":
        return chance.randint(schema.get("exclusiveMinimum", -9) + 1, 10 ** chance.randint(1, 16))
    if kind == "array":
        values = [_value(schema["items"], chance) for _ in range(chance.randint(1, 3))]
        return list(dict.fromkeys(values)) if schema.get("uniqueItems") else values
    if kind == "object" and "properties" in schema:
        return {
            name: _value(part, chance)
            for name, part in schema["properties"].items()
            if name in schema["required"] or chance.random() < 0.4
        }
    if kind == "object":
        part = schema["additionalProperties"]
        return {
            chance.choice(("ok", "refused") if "enum" in schema["propertyNames"] else "ABC"): _value(
                part, chance
            )
        }
    if schema.get("format") == "date":
        return f"20{chance.randint(10, 25)}-0{chance.randint(1, 9)}-1{chance.randint(0, 9)}"
    if schema.get("format") == "date-time":
        return datetime(2025, 1, 1, chance.randint(0, 23), tzinfo=UTC).isoformat()
    return chance.choice(("A", "B", "L1", "D 2", "é"))


def fuzz(number, seed=1):
    """Try events made from the schema, and bent ones; give how many were taken, and those wrongly."""
    chance = random.Random(seed)
    counts, wrong = Counter(), []
    for _ in range(number):
        form = chance.choice(sorted(GOOD))
        raw = from_schema(form, chance) if chance.random() < 0.5 else dict(GOOD[form])
        bends = chance.randint(0, 4)
        for _ in range(bends):
            raw = bent(raw, chance) if raw else raw
        answer = read_event(raw, today=TODAY)
        counts["taken" if isinstance(answer, Event) else "refused"] += 1
        if taken_with_a_stray_field(raw):
            wrong.append(raw)
        if not bends and not isinstance(answer, Event):
            wrong.append(("refused, though of the schema", raw, answer))
    return {"wrong": wrong, "tried": number, **counts}


if __name__ == "__main__":
    outcome = fuzz(int(sys.argv[1]))
    for event in outcome["wrong"][:5]:
        sys.stdout.write(f"{event}\n")
    sys.stdout.write(f"{ {**outcome, 'wrong': len(outcome['wrong'])} }\n")
    sys.exit(1 if outcome["wrong"] else 0)
