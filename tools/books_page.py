"""Write the page of the handbook about the books. Its example is computed by the books while it is written."""

from collections import Counter
from datetime import date
from decimal import Decimal

from pledgeline.ledger import STAGES, Account, Balances, Book, Entry, Posted, Refusal, stages, trace
from pledgeline.ledger.accounts import CASH, FLOORED
from pledgeline.ledger.cash import MOVES
from pledgeline.ledger.refusals import CODES
from pledgeline.ledger.schema import MODELS, own_fields
from pledgeline.ledger.schema.models import meaning_of
from pledgeline.money import Amount
from pledgeline.programme.sentences import sentence
from tests.ledger.stories import also, events_of, submit
from tests.ledger.test_worked_package import PACKAGE, REST

FUNCTIONS = {
    "commit": stages.sign,
    "price_change": stages.amend,
    "cancel_units": stages.cancel,
}
"""Events whose function in `stages` is called otherwise."""

INTRODUCTION = """# The books

{note}
A programme's books say where every cent of a contribution is, how it got there, and which units it bought.
They are kept as entries that are never changed: a correction is a new entry that takes back the old one.
Announcements are no entries. What was announced and what is booked stand side by side and are never mixed.

## Stages

A contribution moves through stages. Every entry adds up to zero for each contribution and currency, so no
cent appears or vanishes, and none is spent for another partner's goods by mistake.

| stage | may fall below zero |
| --- | --- |
{stages}

A programme that holds the cash itself also keeps a *cash book* in the same log: {cash}.

## A package, step by step

Invented: Northland (N) pledges EUR 20 million, Westmark (W) USD 30 million. Line L1 is ten interceptors, L2 2,000
shells, L3 500 kits. Every figure below was computed by the books when this page was written.

| day | event | what moved |
| --- | --- | --- |
{steps}

On 10 September the price of the six interceptors still to come rises. Had Northland been asked to pay, the books
would have answered:

> {refusal}

{way_out}

### Where the money is now

| stage | N, USD | N, EUR | W, USD |
| --- | ---: | ---: | ---: |
{result}

### Whose money an interceptor was

| lot | units | cost of a unit | N | W |
| --- | ---: | ---: | ---: | ---: |
{units}

Northland's share can be stated in euros without any market rate: it bought its dollars at {rate} dollars for a euro,
so its part of one interceptor of D1 was EUR {euros}.

### As of a day

What had happened by a day, by the day it happened on: on 2 September 2025 lot D1 was delivered and not yet accepted,
and it was {delivered}. *Known on* asks what had been written down by then, so that an old report can be made again.

## Using them

```
pledgeline ledger list                                     which books there are
pledgeline ledger balances --programme illustration --as-of 2025-06-30 --known-on 2025-07-15
pledgeline ledger trace IL-1-generator-1 --programme illustration --units
pledgeline ledger trace C02 --programme illustration       where a contribution is, and how it got there
pledgeline ledger replay EVENTS.json                       enter a file into new books, and compare
pledgeline ledger replay EVENTS.json --programme SLUG      enter it into a programme's books, all or nothing
pledgeline ledger replay EVENTS.json --dialect office --dry-run   show another office's events in our words
pledgeline ledger schema                                   what an event file can say, as JSON Schema
pledgeline ledger checkpoint --programme illustration --out checkpoint.txt
pledgeline ledger verify --programme illustration --checkpoint checkpoint.txt
pledgeline ledger export --programme illustration --form hledger --out books.journal
```

Each prints JSON with `--json`. The programme *Illustration* comes with every installation; it is invented.

## Proof

Entries are leaves of a hash tree (RFC 9162). A *checkpoint* is a few lines with the number of entries and the root of
the tree; whoever keeps one can show later that an entry was changed, moved or cut off, even by those who keep the
books. Give one to every partner with every report. `verify` computes every hash, sum and floor again from the rows.
A partner who does not want to run this program can take an export and the one file
`src/pledgeline/ledger/verifier.py`, which needs nothing but Python:

```
python verifier.py BOOKS.jsonl --checkpoint checkpoint.txt
```

Each of the two says at its end what that proves. Without a checkpoint that was kept elsewhere it proves that the books
agree with themselves, and not that nothing was rewritten from end to end or cut off. A signature says which
installation a checkpoint came from, and nothing against whoever holds its key. A witness has seen what it cosigned, and
cosigns nothing that does not continue it: see [Keys](keys.md).

Recorded times never go back, so what was known on a day stays what it was; a time that does is named by `verify`.

Notes and names of people enter the proof as salted hashes. They can be erased, and the proof stays:

```
pledgeline ledger erase KEY --programme SLUG               shows the texts beside an entry, asks, and erases them
pledgeline ledger erase KEY --programme SLUG --name note   only the note
```

Nobody can bring them back from the books. Backups and exports that were made before still hold them, and PostgreSQL's
own files do until it clears up (autovacuum). There is no button for it in the site.

`verify` ends with 0 if all is right, and with 1 if something is wrong; then each line that begins with WRONG says what
and where. It ends with 2 if the database or a file could not be read at all. In the site “Verify now” runs for one
visitor at a time; its result serves everybody for ten minutes, and who has a role in the programme gets a new one.

Entries that were acknowledged outlive a power cut. On PostgreSQL the site can work under a role that may not change the
books: see [Running it](running.md).

The database refuses by itself to change or delete an entry, to post what does not add up, and to let a stage fall
below zero. What somebody does who owns the database and takes these guards down is found by `verify` or, if all is
rewritten from end to end, by a checkpoint that was kept elsewhere. Damage to a file of SQLite can make the newest
entries vanish without a trace in the file itself: again it is the checkpoint that shows it.

## Events

| event | what it does | says | may say |
| --- | --- | --- | --- |
{events}

An event is closed: it has these fields and no others. A name that is not here, a field that is missing or null, and a
value of another kind are refused, with the place in the file and all faults at once; nothing is guessed. What each
field means is in [events, field by field](../books-events.md), with a [JSON Schema](../schemas/books-events.json)
that `pledgeline ledger schema` prints.

`amount`, `cost`, `received` and prices are integers in minor units, `qty` is a number of units, days are written
2025-12-31. `given` and `paid_by` say who and how much: `{{"N": 2000000000, "W": 500000000}}`; `paid_by` may also be a
list of names who share the rise by what they have available; `contributions` is a list of names. A posting of a
journal has `stage`, `contribution`, `amount` and, where the stage keeps them, `line` and `lot`. The currency may be
left out where only one can be meant. Money that goes back out of what lapsed says `"from": "lapsed"`.

An event file is JSON: `{{"currencies": {{"USD": 2}}, "events": [...], "expected": {{...}}}}`. Each event has
`id` (entered once; the same id with another content is refused), `type`, `effective_on`, `recorded_at` and what
its type needs. What happened did not happen after today: a later `effective_on` is refused, while days that are
only planned (`use_by`, `reserved_until`) may lie ahead. A `recorded_at` before that of the entry in front of it becomes
the time of that one. `expect` (`ok`, `refused`, `replay`) and `expected` make a
case of it: every figure is compared, and one that cannot be compared is said.

A correction names its entry in `of` and says what should have been; what should have been left out it names in
`without`, such as `["use_by"]`. It is of the last entry in force: of a figure that was corrected, the correction;
of one that was restored (the correction of it was taken back), the figure itself. Either way it is one entry.
`amount` in it is the amount of the entry, whatever its event calls it.

A refund goes to the accepted part of a lot first. One that goes beyond it while other units of the lot are not
accepted yet is entered as two, and the refusal says which.

Other offices call things otherwise: *sign*, *quantity*, *funded_by*. Their files are read by a *dialect*, which is
named: `pledgeline ledger replay EVENTS.json --dialect office --dry-run` shows the events in the words above and
enters nothing; on the page *Bring in events* it is chosen. What is entered and sealed are our words, so the
same events give the same proof in whatever words they came. `pledgeline ledger dialects` lists every word.

Keys are compared as they are seen: é typed in two ways is one letter, and a new key that looks like one that the
books have (a Cyrillic С for a Latin C) is refused with the letter named.

## What is refused

Every refusal names what is wrong and the way out, and changes nothing.

| code | when |
| --- | --- |
{codes}
"""


def books_page(note: str) -> str:
    """Write the page."""
    book = Book(("USD", "EUR"))
    told = [*events_of(PACKAGE), *events_of(REST)]
    refused = ""
    way_out = ""
    steps = []
    for event in told:
        if event["id"] == "rise":
            answer = also(
                book,
                '2025-09-10 price_change line=L1 currency=USD unit_price=430000000 paid_by={"N":180000000}',
            )
            assert isinstance(answer, Refusal)
            refused, way_out = answer.wrong, answer.way_out
        answer = submit(book, event)
        assert isinstance(answer, Posted)
        steps.append(f"| {answer.entry.effective_on} | {answer.entry.kind} | {_moved(answer.entry)} |")
    rate = trace.own_rate(book.state, "N", "USD")
    assert rate is not None
    part = next(trace.units_of(book.state, "D1"))["N"]
    early = trace.of_lot(book.state_at(as_of=date(2025, 9, 2)), "D1")["USD"]
    return INTRODUCTION.format(
        note=note,
        stages="\n".join(f"| {stage.spoken} | {'no' if stage in FLOORED else 'yes'} |" for stage in STAGES),
        cash=", ".join(account.spoken for account in Account if account in CASH),
        steps="\n".join(steps),
        refusal=refused,
        way_out=way_out,
        result="\n".join(_result(book.state)),
        units="\n".join(_units(book.state, lot) for lot in ("D1", "D2")),
        rate=f"{Decimal(rate.denominator) / rate.numerator:.4f}",
        euros=_said(Amount(round(part * rate), "EUR")).removeprefix("EUR "),
        delivered=" and ".join(f"{_said(Amount(minor, 'USD'))} of {name}" for name, minor in early.items()),
        events="\n".join(f"| {_title(form)} | {_meaning(form)} | {_says(form)} |" for form in MODELS),
        codes="\n".join(f"| `{code}` | {sentence(code)} |" for code in CODES),
    )


def _said(amount: Amount) -> str:
    """Write an amount for people, without cents where there are none."""
    text = f"{amount.major:,f}"
    return f"{amount.currency} {text.removesuffix('.00')}"


def _moved(entry: Entry) -> str:
    """Say what an entry moved: for each contribution, what went out of which stage and into which."""
    net: Counter[tuple[str, str, str]] = Counter()
    for posting in entry.postings:
        net[posting.contribution, posting.amount.currency, posting.account.spoken] += posting.amount.minor
    moves = []
    for contribution, currency in dict.fromkeys((key[0], key[1]) for key in net):
        parts = {key[2]: minor for key, minor in net.items() if key[:2] == (contribution, currency) and minor}
        out = [stage for stage, minor in parts.items() if minor < 0]
        into = [stage for stage, minor in parts.items() if minor > 0]
        whole = Amount(sum(minor for minor in parts.values() if minor > 0), currency)
        moves.append(f"{contribution}: {_said(whole)} {' and '.join(out)} → {' and '.join(into)}")
    line = "".join(sorted({f" ({posting.line}" for posting in entry.postings if posting.line})[:1])
    lot = "".join(sorted({f", lot {posting.lot}" for posting in entry.postings if posting.lot})[:1])
    return "; ".join(moves) + (f"{line}{lot})" if line else "")


def _result(state: Balances) -> list[str]:
    columns = (("N", "USD"), ("N", "EUR"), ("W", "USD"))
    found: Counter[tuple[str, str, str]] = Counter()
    for spot, minor in state.money().items():
        found[spot.contribution, spot.currency, spot.account.value] += minor
    rows = []
    for stage in STAGES:
        cells = [found[who, currency, stage.value] for who, currency in columns]
        if any(cells):
            said = (
                _said(Amount(minor, currency)).removeprefix(f"{currency} ") if minor else ""
                for minor, (_, currency) in zip(cells, columns, strict=True)
            )
            rows.append(f"| {stage.spoken} | {' | '.join(said)} |")
    return rows


def _units(state: Balances, lot: str) -> str:
    each = list(trace.units_of(state, lot))
    assert all(unit == each[0] for unit in each)
    amounts = [Amount(minor, "USD") for minor in (sum(each[0].values()), each[0]["N"], each[0]["W"])]
    return f"| {lot} | {len(each)} | {' | '.join(_said(amount) for amount in amounts)} |"


def _title(form: str) -> str:
    return "write_off, of a lot" if form == "write_off_lot" else form


def _meaning(form: str) -> str:
    """Say what an event does, as its function says it."""
    if form in MOVES:
        return f"cash book: {meaning_of(form)}"
    function = FUNCTIONS.get(form) or getattr(stages, form)
    return (function.__doc__ or "").partition("\n")[0]


def _says(form: str) -> str:
    """Give two cells: the fields that an event needs, and those that it may have."""
    fields = own_fields(MODELS[form])
    if form == "correct":
        return "`of` | what should have been, `without`"
    needed = [f"`{name}`" for name, field in fields.items() if field.is_required()]
    others = [f"`{name}`" for name, field in fields.items() if not field.is_required()]
    return f"{', '.join(needed)} | {', '.join(others)}"
