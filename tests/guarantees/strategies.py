"""Invented registers and scenarios for hypothesis: few actors and kinds, so that things meet."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from pledgeline.guarantees.durations import parse_duration
from pledgeline.guarantees.instruments import (
    Condition,
    Deadline,
    EndsWhen,
    Instrument,
    InstrumentParty,
    InstrumentTerm,
    Obligation,
    Period,
    Quantity,
    Register,
    SourceText,
    Sum,
    Termination,
    Trigger,
)
from pledgeline.guarantees.moments import Moment
from pledgeline.guarantees.scenarios import (
    Assumption,
    ConditionRecord,
    Fulfilment,
    Product,
    Scenario,
    ScenarioEvent,
)
from pledgeline.guarantees.vocabulary import ActorGroup, Actors, Vocabulary
from pledgeline.money import Amount

ACTORS = Actors(
    names={code: code for code in ("AA", "BB", "CC", "DD", "UU", "RR", "PARL")},
    groups={
        "CLUB": ActorGroup(id="CLUB", name="Club", members=("AA", "BB", "CC"), is_complete=True),
        "COW": ActorGroup(id="COW", name="Open club", members=("BB", "DD"), is_complete=False),
    },
)
VOCABULARY = Vocabulary(
    words={
        "obligation_kind": ("consult", "military_aid", "armed_response", "funding", "training"),
        "condition_kind": (
            "ceasefire_in_force",
            "budget_approval",
            "territorial_scope",
            "determination",
            "request",
        ),
    },
    parents={
        "security_event": "",
        "armed_aggression": "security_event",
        "armed_attack": "armed_aggression",
        "naval_blockade": "armed_aggression",
        "threat_of_armed_attack": "security_event",
        "status_event": "",
        "ceasefire_in_force": "status_event",
        "procedural_event": "",
        "request": "procedural_event",
        "determination": "procedural_event",
        "notice_of_termination": "procedural_event",
        "accession": "procedural_event",
        "signature": "procedural_event",
        "calendar": "procedural_event",
        "standing": "",
    },
    fact_types={"new_attack": "bool", "on_territory": "bool", "persists_after": "duration"},
)
START = datetime(2026, 1, 1, tzinfo=UTC)
ZONES = ("Europe/Kyiv", "America/New_York", "UTC")

sides = st.lists(
    st.sampled_from(["AA", "BB", "CC", "DD", "CLUB", "COW"]), min_size=1, max_size=2, unique=True
)
moments = st.builds(
    lambda hours, is_day: (
        Moment(on=(START + timedelta(hours=hours)).date())
        if is_day
        else Moment(at=START + timedelta(hours=hours))
    ),
    st.integers(0, 2000),
    st.booleans(),
)
facts = st.fixed_dictionaries(
    {}, optional={"new_attack": st.booleans(), "on_territory": st.booleans(),
                  "persists_after": st.sampled_from(["PT12H", "PT48H"]).map(parse_duration)}
)  # fmt: skip


@st.composite
def triggers(draw):
    if draw(st.integers(0, 3)) == 0:
        return Trigger(events=(draw(st.sampled_from(["standing", "calendar", "signature"])),))
    kinds = ["security_event", "armed_aggression", "armed_attack", "naval_blockade", "threat_of_armed_attack"]
    return Trigger(
        events=tuple(draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=2, unique=True))),
        by=draw(st.sampled_from([(), ("RR",)])),
        against=draw(st.sampled_from([(), ("UU",), ("CLUB",), ("UU", "AA")])),
        requires=draw(facts),
        on_request_of=draw(st.sampled_from([(), (), ("UU",), ("CLUB",)])),
    )


@st.composite
def deadlines(draw, trigger):
    starts = ["trigger", "first_trigger", "signature", "entry_into_force", "determination"]
    start = "request" if trigger.on_request_of else draw(st.sampled_from(starts))
    return Deadline(
        within=parse_duration(draw(st.sampled_from(["PT24H", "P2D", "P1M", "P1DT6H"]))),
        start=start,
        qualifier=draw(st.sampled_from(["hard", "hard", "where_possible", "best_efforts"])),
        ambiguous=draw(st.sampled_from(["", "", "start not stated"])),
    )


@st.composite
def obligations(draw, number, before):
    trigger = draw(triggers())
    is_calendar = trigger.events == ("calendar",)
    qualifier = draw(st.sampled_from(["exact", "about", "up_to", "at_least", "more_than", "target"]))
    money, quantity = None, None
    which = draw(st.integers(0, 5))
    if which == 0:
        money = Sum(amount=Amount(100_00, "EUR"), share_of_gdp_percent=None, qualifier=qualifier, per="year")
    elif which == 1:
        quantity = Quantity(
            value=3, unit="aircraft", item="plane", qualifier=draw(st.sampled_from(["", qualifier]))
        )
    condition = st.builds(
        Condition,
        kind=st.sampled_from(VOCABULARY.words["condition_kind"]),
        effect=st.sampled_from(["blocks", "blocks", "limits", "lapses"]),
        by=st.sampled_from(["", "PARL"]),
    )
    is_power = draw(st.integers(0, 6)) == 0
    return Obligation(
        id=f"o{number}",
        kind=draw(st.sampled_from(VOCABULARY.words["obligation_kind"])),
        by=tuple(draw(sides)),
        to=draw(st.sampled_from([("UU",), ("UU",), ("CLUB",)])),
        mode=draw(st.sampled_from(["several", "joint"])),
        strength="may" if is_power else draw(st.sampled_from(["shall", "will", "intends"])),
        discretion="whether" if is_power else draw(st.sampled_from(["none", "means", "whether"])),
        duty="power" if is_power else "periodic" if is_calendar else "achievement",
        register_summary="invented",
        trigger=trigger,
        basis="text",
        sources=("s1",),
        deadline=draw(deadlines(trigger)) if not is_calendar and draw(st.booleans()) else None,
        due_on=draw(st.sampled_from([None, None, date(2026, 2, 15)])),
        period=Period(start=date(2025, 12, 1), end=date(2026, 6, 30), recurrence=parse_duration("P1M"))
        if is_calendar
        else None,
        money=money,
        quantity=quantity,
        after=draw(st.sampled_from(["", "", *before])),
        conditions=tuple(draw(st.lists(condition, max_size=2))) if draw(st.booleans()) else (),
    )


@st.composite
def instruments(draw, number):
    duties = []
    for each in range(draw(st.integers(1, 3))):
        duties.append(draw(obligations(each, [duty.id for duty in duties])))
    is_mutual = draw(st.booleans())
    kind = draw(st.sampled_from(["treaty", "treaty", "proposal"]))
    day = date(2025, 11, 1) + timedelta(days=draw(st.integers(0, 120)))
    return Instrument(
        id=f"i{number}",
        title="Invented",
        kind=kind,
        status="proposed" if kind == "proposal" else "in_force",
        status_as_of=day,
        level="2",
        zone=draw(st.sampled_from(ZONES)),
        zone_basis="text",
        register_summary="Invented.",
        parties=(
            *(
                InstrumentParty(id=code, role="mutual" if is_mutual else "guarantor")
                for code in dict.fromkeys(code for duty in duties for code in duty.by)
            ),
            InstrumentParty(id="UU", role="mutual" if is_mutual else "beneficiary"),
        ),
        obligations=tuple(duties),
        sources=(SourceText(id="s1", url="https://example.org", kind="press", read="excerpt"),),
        signed_on=None if kind == "proposal" else day,
        proposed_on=day,
        binding="yes",
        aggressor=("RR",),
        term=draw(
            st.sampled_from(
                [
                    None,
                    InstrumentTerm(length=parse_duration("P2M"), counted_from="signature"),
                    InstrumentTerm(
                        is_indefinite=True,
                        ends_when=(EndsWhen(event="accession", actor="UU"),),
                    ),
                ]
            )
        ),
        termination=draw(
            st.sampled_from(
                [None, Termination(allowed=True, notice=parse_duration("P10D"), notice_from="notification")]
            )
        ),
    )


@st.composite
def registers(draw, at_most=4):
    found = [draw(instruments(number)) for number in range(draw(st.integers(1, at_most)))]
    return Register(vocabulary=VOCABULARY, actors=ACTORS, instruments=tuple(found))


@st.composite
def scenarios(draw, register, at_most=8):
    ids = [known.id for known in register.instruments]
    events = []
    for number in range(draw(st.integers(0, at_most))):
        kind = draw(
            st.sampled_from(
                ["armed_attack", "armed_attack", "naval_blockade", "threat_of_armed_attack", "request",
                 "determination", "ceasefire_in_force", "notice_of_termination", "accession"]
            )
        )  # fmt: skip
        is_security = kind in ("armed_attack", "naval_blockade", "threat_of_armed_attack")
        by = [("RR",), ("RR",), ()] if is_security else [("UU",), ("AA",), ("CLUB",), ("PARL",), ()]
        events.append(
            ScenarioEvent(
                id=f"e{number}",
                kinds=(kind,),
                when=draw(moments),
                learnt=draw(st.one_of(st.none(), st.none(), moments)),
                by=draw(st.sampled_from(by)),
                against=draw(st.sampled_from([("UU",), ("UU",), ("AA",), ("CLUB",), ()]))
                if is_security
                else (),
                episode=draw(st.sampled_from(["ep-1", "ep-2", ""])),
                ref=draw(st.sampled_from(["", *(event.id for event in events)])) if not is_security else "",
                instrument=draw(st.sampled_from(ids if kind == "notice_of_termination" else ["", *ids]))
                if not is_security
                else "",
                facts=draw(facts) if kind != "request" else {},
                status=draw(st.sampled_from(["", "", "alleged", "confirmed"])),
            )
        )
    records = []
    duties = [(known.id, duty.id) for known in register.instruments for duty in known.obligations]
    for number in range(draw(st.integers(0, 5))):
        instrument, obligation = draw(st.sampled_from(duties))
        records.append(
            Fulfilment(
                id=f"r{number}",
                instrument=instrument,
                obligation=obligation,
                when=draw(moments),
                learnt=draw(st.one_of(st.none(), moments)),
                by=draw(st.sampled_from([(), ("AA",), ("BB",), ("CLUB",), ("DD",)])),
                episode=draw(st.sampled_from(["", "ep-1", "ep-2", "e0"])),
                period=draw(st.sampled_from(["", "", "2026-01-01"])),
                amount=draw(
                    st.sampled_from([None, Amount(50_00, "EUR"), Amount(100_00, "EUR"), Amount(9, "USD")])
                ),
                quantity=draw(st.sampled_from([None, 1, 3])),
            )
        )
    conditions = draw(
        st.lists(
            st.builds(
                ConditionRecord,
                instrument=st.sampled_from(ids),
                kind=st.sampled_from(VOCABULARY.words["condition_kind"]),
                is_met=st.booleans(),
                when=moments,
            ),
            max_size=3,
        )
    )
    return Scenario(
        events=tuple(events),
        records=tuple(records),
        conditions=tuple(conditions),
        assumptions=tuple(
            Assumption(instrument=name, on=date(2026, 1, 1)) for name in ids if draw(st.booleans())
        ),
        products=(
            Product(
                actor="AA", year=2026, amount=Amount(1000_00, "EUR"), known_from=Moment(on=date(2026, 3, 1))
            ),
        ),
    )


as_ofs = st.integers(-100, 2500).map(lambda hours: START + timedelta(hours=hours))
