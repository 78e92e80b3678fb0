# A timeline of a scenario as a text for a telephone, and as a calendar. Lines of the text have 32 signs and are
# broken between words. A day is written by a pattern of Unicode's (UTS 35): EEE d MMM is “Mon 4 Aug”.

scenario = SCENARIO: { $title }
as-of = As of { MOMENT($at, pattern: "EEE d MMM y HH:mm") } UTC
nothing-owed = Nothing is owed that waits for an event.
see-the-end = { $waiting }: see the end.
no-event = A scenario, not an event. Read the clause before you act.

## The parts of the text, and how many entries each has.

ask-first = ASK FIRST
ask-first_count = ask first { $entries }
owed = OWED
owed_count = owed { $entries }
only-a-decision = ONLY A DECISION IS OWED
only-a-decision_count = only a decision is owed { $entries }
held-up = HELD UP
held-up_count = held up { $entries }
powers = MAY BE DONE, NOT OWED
powers_count = may be done, not owed { $entries }
done = DONE
done_count = done { $entries }
find-out = FIND OUT

## What is not known.

waiting = { $duties ->
        [one] { $duties } duty waits
       *[other] { $duties } duties wait
    } for { $facts ->
        [one] { $facts } fact
       *[other] { $facts } facts
    }
not-known = Not known: { $fact }.
not-known_of-an-episode = Not known ({ $episode }): { $fact }.
hang-on-it = On it hang: { LIST($clauses, by: "comma") }

## An entry of the text.

duty = { LIST($obligors, by: "comma") }: { $summary }
duty_of-a-group = { LIST($obligors, by: "comma") } (of { LIST($groups, by: "comma") }, members not all known): { $summary }
waits-for = Waits for: { LIST($what, by: "comma") }
waits-for_the-adversary = { waits-for } (the adversary can withhold it)
outlives = Outlives its instrument.
breached = Found breached by { $who }: { $source }
may-ask = May ask: { LIST($who, by: "comma") }
read-as = { $strength }, { $form }; { $basis ->
        [text] text read
        [recalled] RECALLED
       *[other] { $basis }
    }; { $clause }
read-as_in-a-state = { $state }; { read-as }

## When it is due.

within = Within { $length } of the request:
no-hours = { $urgency }, no hours named:
no-time = No time named:
by = By { $local } { $place } = { $utc } UTC:
by_late = By { $local } { $place } = { $utc } UTC, certainly late after { MOMENT($late, pattern: "EEE d MMM HH:mm") }:
local = { MOMENT($at, pattern: "EEE d MMM HH:mm") }
local_of-another-year = { MOMENT($at, pattern: "EEE d MMM y HH:mm") }
utc = { MOMENT($at, pattern: "HH:mm") }
utc_of-another-day = { MOMENT($at, pattern: "EEE d MMM HH:mm") }

## The calendar.

calendar-name = Scenario: { $title }
calendar-about = Scenario. { $waiting }, which have no time yet.
entry-name = SCENARIO: { LIST($obligors, by: "comma") }: { $deed }
entry-name_of-many = SCENARIO: { $count ->
        [one] { $count } guarantor
       *[other] { $count } guarantors
    }: { $deed }
entry-who = Owed by: { LIST($obligors, by: "comma") }. Under: { $instrument }.
entry-warning = SCENARIO, not an event.
entry-due = Due { MOMENT($at, pattern: "y-MM-dd HH:mm") } in { $zone }.
entry-due_late = Due { MOMENT($at, pattern: "y-MM-dd HH:mm") } in { $zone }, certainly late after { MOMENT($late, pattern: "y-MM-dd HH:mm") }.
entry-state = { LIST($states, by: "comma") }; { $form }; { $strength }; { $owed_as }.
