"""Write the page of the handbook about the books. Its example is computed by the books while it is written."""

from collections import Counter
from datetime import date
from decimal import Decimal

from pledgeline.ledger import STAGES, Account, Book, Entry, Posted, Refusal, State, stages, trace
from pledgeline.ledger.accounts import CASH, FLOORED
from pledgeline.ledger.cash import MOVES
from pledgeline.ledger.refusals import CODES
from pledgeline.money import Amount
from tests.ledger.stories import also, events_of, submit
from tests.ledger.test_worked_package import PACKAGE, REST

Says = tuple[str, str]
"""What an event has to say, and what it may say besides: fields of an event file."""

SHARES = "contribution, amount"
EVENTS: dict[str, tuple[object, Says]] = {
    "pledge": (stages.pledge, ("contribution, partner, currency, amount", "use_by")),
    "revise": (stages.revise, (SHARES, "currency")),
    "reduce": (stages.reduce, ("contribution", "amount, currency")),
    "commit (sign)": (stages.sign, (SHARES, "currency")),
    "receive": (stages.receive, (SHARES, "currency")),
    "convert": (stages.convert, ("given, to_currency, received", "from_currency")),
    "fee": (stages.fee, ("contributions, amount", "currency")),
    "allocate": (stages.allocate, ("contribution, line, amount", "currency, package, reserved_until")),
    "release": (stages.release, ("contribution, line", "amount, currency")),
    "order": (stages.order, ("line, qty, unit_price", "amount, currency")),
    "price_change (amend)": (stages.amend, ("line, unit_price", "paid_by, qty, currency")),
    "cancel_units": (stages.cancel, ("line, qty", "cost, currency")),
    "swap": (stages.swap, ("line, from, to, amount", "currency")),
    "deliver": (stages.deliver, ("line, lot, qty", "cost, currency")),
    "accept": (stages.accept, ("lot, qty", "cost, currency")),
    "reject": (stages.reject, ("lot, qty", "cost, currency")),
    "refund": (stages.refund, ("lot, amount", "currency")),
    "return_to_partner": (stages.return_to_partner, (SHARES, "from, currency")),
    "lapse": (stages.lapse, ("contribution", "")),
    "carry_over": (stages.carry_over, ("contribution, use_by", "amount, currency")),
    "write_off": (stages.write_off, (SHARES, "currency")),
    "write_off, of a lot": (stages.write_off_lot, ("lot, qty", "cost, currency")),
    "correct": (stages.correct, ("of", "what should have been, without")),
    "reverse": (stages.reverse, ("of", "")),
    "journal": (stages.journal, ("postings", "contribution, currency")),
}
OF_CASH: Says = (SHARES, "currency, line, lot")

INTRODUCTION = """# The books

{note}
A programme's books say where every cent of a contribution is, how it got there, and which units it bought.
They are kept as entries that are never changed: a correction is a new entry that takes back the old one.
Announcements are no entries. What was told and what is booked stand side by side and are never mixed.

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

Northland's share can be told in euros without any market rate: it bought its dollars at {rate} dollars for a euro,
so its part of one interceptor of D1 was EUR {euros}.

### As of a day

What had happened by a day, by the day it happened on: on 2 September 2025 lot D1 was delivered and not yet accepted,
and it was {delivered}. *Known on* asks what had been written down by then, so that an old report can be made again.

## Using them

```
pledgeline ledger list                                     which books there are
pledgeline ledger balances --programme illustration --as-of 2025-06-30 --known-on 2025-07-15
pledgeline ledger trace P1-generators-1 --programme illustration --units
pledgeline ledger trace C02 --programme illustration       where a contribution is, and how it got there
pledgeline ledger replay EVENTS.json                       enter a file into new books, and compare
pledgeline ledger replay EVENTS.json --programme SLUG      enter it into a programme's books, all or nothing
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
{cash_events}

`amount`, `cost`, `received` and prices are integers in minor units, `qty` is a number of units, days are written
2025-12-31. `given` and `paid_by` say who and how much: `{{"N": 2000000000, "W": 500000000}}`; `contributions` is a
list of names. A posting of a journal has `stage`, `contribution`, `amount` and, where the stage keeps them, `line` and
`lot`. The currency may be left out where only one can be meant. Money that goes back out of what lapsed says
`"from": "lapsed"`. Many of these fields are understood by other names that offices use; what is not understood is said.

An event file is JSON: `{{"currencies": {{"USD": 2}}, "events": [...], "expected": {{...}}}}`. Each event has
`id` (entered once; the same id with another content is refused), `type`, `effective_on`, `recorded_at` and what
its type needs; amounts are integers in minor units. A correction names its entry in `of` and says what should have
been; what should have been left empty it names in `without`, such as `["use_by"]`. `expect` (`ok`, `refused`,
`replay`) and `expected` make a case of it: every figure is compared, and one that cannot be compared is said.

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
        stages="\n".join(f"| {each.spoken} | {'no' if each in FLOORED else 'yes'} |" for each in STAGES),
        cash=", ".join(each.spoken for each in Account if each in CASH),
        steps="\n".join(steps),
        refusal=refused,
        way_out=way_out,
        result="\n".join(_result(book.state)),
        units="\n".join(_units(book.state, lot) for lot in ("D1", "D2")),
        rate=f"{Decimal(rate.denominator) / rate.numerator:.4f}",
        euros=_said(Amount(round(part * rate), "EUR")).removeprefix("EUR "),
        delivered=" and ".join(f"{_said(Amount(minor, 'USD'))} of {name}" for name, minor in early.items()),
        events="\n".join(
            f"| {name} | {_first_line(function)} | {_fields(says)} |"
            for name, (function, says) in EVENTS.items()
        ),
        cash_events="\n".join(
            f"| {name} | cash book: {told_} | {_fields(OF_CASH)} |" for name, (_, _, told_) in MOVES.items()
        ),
        codes="\n".join(f"| `{code}` | {meaning} |" for code, meaning in CODES.items()),
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


def _result(state: State) -> list[str]:
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


def _units(state: State, lot: str) -> str:
    each = list(trace.units_of(state, lot))
    assert all(unit == each[0] for unit in each)
    amounts = [Amount(minor, "USD") for minor in (sum(each[0].values()), each[0]["N"], each[0]["W"])]
    return f"| {lot} | {len(each)} | {' | '.join(_said(amount) for amount in amounts)} |"


def _fields(says: Says) -> str:
    """Give two cells: fields that are names are marked as such."""
    cells = ([f"`{each}`" if " " not in each else each for each in part.split(", ") if each] for part in says)
    return " | ".join(", ".join(cell) for cell in cells)


def _first_line(function: object) -> str:
    return (function.__doc__ or "").partition("\n")[0]
