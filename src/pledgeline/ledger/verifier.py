"""Verify an export of the books without trusting those who keep them.

This one file is all that is needed: Python 3.11 and nothing else. It imports nothing from Pledgeline,
so a partner can keep a copy, read it in an hour and run it on every export:

    python verifier.py BOOKS.jsonl --checkpoint LAST-YEAR.txt --key "books.example+1a2b3c4d+AX..."

An export is a file of lines. The first says what it is, each next one holds a *leaf* (an entry in the
form that is hashed) and the private texts that the reader may see, the last one holds a checkpoint.
The verifier computes every hash, every sum and every floor again:

- leaf hash `SHA-256(0x00 || canonical JSON)`, node hash `SHA-256(0x01 || left || right)`: the tree of
  RFC 9162, section 2.1. Canonical JSON is RFC 8785 for what occurs here: ASCII names, integers below
  2^53, no decimals; amounts are texts.
- checkpoints in the text form of https://c2sp.org/tlog-checkpoint, signed with Ed25519 (RFC 8032). One
  more line carries the hash of the trial balance.

With `--key` the checkpoint at the end of the export has to be signed as well: what was entered since the
last checkpoint that you kept stands on nothing else. `--keys` takes the published list of keys, with those
that signed in earlier years. `--witness` says when a witness saw a checkpoint (https://c2sp.org/tlog-cosignature).
At the end stands what all this proves, and what it does not.
"""

import argparse
import base64
import hashlib
import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple, NoReturn

FORMAT = "pledgeline-books-1"
FLOORED = {
    "pledged", "committed", "available", "allocated", "ordered", "delivered", "accepted", "lapsed",
    "bank", "receivable", "supplier_advance",
}  # fmt: skip
CASH = {
    "bank", "receivable", "supplier_advance", "supplier_payable", "programme_expense", "contributions",
    "exchange",
}  # fmt: skip
STAGES = FLOORED - CASH | {"source", "returned", "written_off", "fees", "fx"}
COUNTED = {"ordered", "delivered", "accepted"}


# Bytes and hashes


def canonical(value: object) -> bytes:
    """Write a value as the one JSON text that it has.

    >>> canonical({"b": "1", "a": [2]})
    b'{"a":[2],"b":"1"}'
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def leaf_hash(content: bytes) -> bytes:
    """Hash a leaf of the tree."""
    return hashlib.sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash the node over two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def commitment(text: str, salt: str) -> str:
    """Give the hash that stands in a leaf for a private text."""
    return hashlib.sha256(canonical([salt, text])).hexdigest()


def trial_balance_hash(balances: Mapping[tuple[str, ...], int]) -> bytes:
    """Hash all balances that are not zero: (account, contribution, currency, line, lot) -> minor units."""
    rows = [[*spot, str(amount)] for spot, amount in sorted(balances.items()) if amount]
    return hashlib.sha256(canonical(rows)).digest()


class Peaks:
    """The root of a tree that only grows, in memory for its height: one hash for each full subtree."""

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        self.size = size
        self._peaks = list(peaks)

    @property
    def hashes(self) -> tuple[bytes, ...]:
        """Give the hashes of the full subtrees, the largest first."""
        return tuple(self._peaks)

    def add(self, leaf: bytes) -> None:
        """Append the hash of a leaf."""
        number = self.size
        while number & 1:
            leaf = node_hash(self._peaks.pop(), leaf)
            number >>= 1
        self._peaks.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """Give the root over all leaves so far; of none it is the hash of nothing."""
        if not self._peaks:
            return hashlib.sha256(b"").digest()
        sha256 = hashlib.sha256
        root, *larger = reversed(self._peaks)
        for peak in larger:
            root = sha256(b"\x01" + peak + root).digest()  # node_hash; a large log asks for millions of these
        return root


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Give the root over hashes of leaves."""
    peaks = Peaks()
    for leaf in leaves:
        peaks.add(leaf)
    return peaks.root()


# Proofs


def is_included(leaf: bytes, position: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Say whether `proof` shows that the leaf stands at `position` of the tree with this root.

    Source:  RFC 9162, section 2.1.3.2
    """
    if not 0 <= position < size:
        return False
    first, last, found = position, size - 1, leaf
    for other in proof:
        if last == 0:
            return False
        if first & 1 or first == last:
            found = node_hash(other, found)
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        else:
            found = node_hash(found, other)
        first, last = first >> 1, last >> 1
    return last == 0 and found == root


def is_consistent(old_size: int, old_root: bytes, size: int, root: bytes, proof: Sequence[bytes]) -> bool:
    """Say whether `proof` shows that the older tree is the beginning of the newer one.

    Source:  RFC 9162, section 2.1.4.2
    """
    if not 0 <= old_size <= size:
        return False
    if old_size == size:
        return not proof and old_root == root
    if old_size == 0:
        return not proof and old_root == hashlib.sha256(b"").digest()
    path = list(proof)
    if old_size & (old_size - 1) == 0:
        path.insert(0, old_root)
    if not path:
        return False
    first, last = old_size - 1, size - 1
    while first & 1:
        first, last = first >> 1, last >> 1
    old_found = found = path[0]
    for other in path[1:]:
        if last == 0:
            return False
        if first & 1 or first == last:
            old_found, found = node_hash(other, old_found), node_hash(other, found)
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        else:
            found = node_hash(found, other)
        first, last = first >> 1, last >> 1
    return last == 0 and old_found == old_root and found == root


# Signatures: Ed25519 by the book (RFC 8032, section 6). Only to check them: there is no secret that time could tell

PRIME = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, PRIME - 2, PRIME) % PRIME
_ROOT_OF_MINUS_ONE = pow(2, (PRIME - 1) // 4, PRIME)

Point = tuple[int, int, int, int]


def add_points(one: Point, other: Point) -> Point:
    """Add two points of the curve, in extended coordinates."""
    a = (one[1] - one[0]) * (other[1] - other[0]) % PRIME
    b = (one[1] + one[0]) * (other[1] + other[0]) % PRIME
    c = 2 * one[3] * other[3] * _D % PRIME
    d = 2 * one[2] * other[2] % PRIME
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % PRIME, g * h % PRIME, f * g % PRIME, e * h % PRIME


def times(number: int, point: Point) -> Point:
    """Add a point to itself `number` times."""
    total: Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = add_points(total, point)
        point = add_points(point, point)
        number >>= 1
    return total


def _x_of(y: int, sign: int) -> int | None:
    squared = (y * y - 1) * pow(_D * y * y + 1, PRIME - 2, PRIME) % PRIME
    if y >= PRIME or (squared == 0 and sign):
        return None
    x = pow(squared, (PRIME + 3) // 8, PRIME)
    if (x * x - squared) % PRIME:
        x = x * _ROOT_OF_MINUS_ONE % PRIME
    if (x * x - squared) % PRIME:
        return None
    return PRIME - x if x & 1 != sign else x


def _base() -> Point:
    y = 4 * pow(5, PRIME - 2, PRIME) % PRIME
    x = _x_of(y, 0)
    assert x is not None
    return x, y, 1, x * y % PRIME


BASE = _base()


def compressed(point: Point) -> bytes:
    """Write a point as 32 bytes."""
    inverse = pow(point[2], PRIME - 2, PRIME)
    x, y = point[0] * inverse % PRIME, point[1] * inverse % PRIME
    return (y | (x & 1) << 255).to_bytes(32, "little")


def _decompressed(text: bytes) -> Point | None:
    y = int.from_bytes(text, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    x = _x_of(y, sign)
    return None if x is None else (x, y, 1, x * y % PRIME)


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Say whether the holder of the key signed the message (Ed25519)."""
    if len(public) != 32 or len(signature) != 64:
        return False
    key, nonce = _decompressed(public), _decompressed(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if key is None or nonce is None or scalar >= ORDER:
        return False
    challenge = hashlib.sha512(signature[:32] + public + message).digest()
    number = int.from_bytes(challenge, "little") % ORDER
    return compressed(times(scalar, BASE)) == compressed(add_points(nonce, times(number, key)))


# Checkpoints


class Wrong(ValueError):
    """The text is not what it should be; the message says why."""


class Checkpoint(NamedTuple):
    """What somebody vouched for: so many entries, with this root and these balances."""

    origin: str
    size: int
    root: bytes
    trial_balance: bytes | None
    text: str
    signatures: tuple[tuple[str, bytes], ...]


def read_checkpoint(note: str) -> Checkpoint:
    """Read a checkpoint; its signatures are not checked here.

    Raises:  Wrong
    """
    text, blank, signed = note.partition("\n\n")
    if not blank:
        raise Wrong("a checkpoint is a text, an empty line and signatures: the empty line is missing")
    text += "\n"
    lines = text.split("\n")[:-1]
    if len(lines) < 3 or not lines[0]:
        raise Wrong("a checkpoint begins with three lines: the origin, the number of entries, the root")
    if any(letter < " " for line in lines for letter in line):
        raise Wrong("a checkpoint has no letters that control a terminal")
    balance = None
    for line in lines[3:]:
        if line.startswith("trial-balance "):
            if balance is not None:
                raise Wrong("the checkpoint names two trial balances")
            balance = from_base64(line.removeprefix("trial-balance "), 32)
    size, root = whole_number(lines[1]), from_base64(lines[2], 32)
    return Checkpoint(lines[0], size, root, balance, text, read_signatures(signed))


def read_signatures(lines: str) -> tuple[tuple[str, bytes], ...]:
    """Read lines of signatures: who signed, and four bytes that say with which key before the signature itself.

    Raises:  Wrong
    """
    signatures = []
    for line in filter(None, lines.split("\n")):
        mark, _, rest = line.partition(" ")
        name, _, encoded = rest.partition(" ")
        if mark != "—" or not name or not encoded:
            raise Wrong(f"“{line[:60]}” is no line of a signature")
        signatures.append((name, from_base64(encoded)))
    return tuple(signatures)


def whole_number(text: str) -> int:
    """Read a number of entries, which is written in one way only.

    Raises:  Wrong
    """
    if not text.isdecimal() or text != str(int(text[:18])):
        raise Wrong(f"“{text[:40]}” is no number of entries")
    return int(text)


def from_base64(text: str, length: int | None = None) -> bytes:
    """Read base64, which is written in one way only.

    Raises:  Wrong
    """
    try:
        plain = base64.b64decode(text, validate=True)
    except ValueError:
        raise Wrong(f"“{text[:60]}” is not base64") from None
    if (length is not None and len(plain) != length) or base64.b64encode(plain).decode() != text:
        raise Wrong(f"“{text[:60]}” is not the hash that belongs here")
    return plain


SIGNATURE, COSIGNATURE = 1, 4
"""Kinds of Ed25519 keys, by what they sign: a note itself, or that a witness saw it at some time."""


def key_id(name: str, public: bytes, kind: int = SIGNATURE) -> bytes:
    """Give the four bytes that say which key signed."""
    return hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + public).digest()[:4]


def read_key(key: str, kind: int) -> tuple[str, bytes]:
    """Read a public key written `name+id+base64`, as in signed notes; give its name and its 32 bytes.

    Raises:  Wrong
    """
    name, _, rest = key.partition("+")
    number, _, encoded = rest.partition("+")
    public = from_base64(encoded)
    if len(public) != 33 or public[0] != kind or key_id(name, public[1:], kind).hex() != number:
        what = "a witness" if kind == COSIGNATURE else "books"
        raise Wrong(f"“{key[:80]}” is no Ed25519 key of {what} in the form name+id+base64")
    return name, public[1:]


Check = Callable[[bytes, bytes, bytes], bool]
"""Says whether a key (its 32 bytes) signed a message: `is_signed`, or what a library offers."""


def is_vouched_for(checkpoint: Checkpoint, key: str, *, check: Check = is_signed) -> bool:
    """Say whether the checkpoint is signed with `key`.

    Raises:  Wrong for a key that is none.
    """
    name, public = read_key(key, SIGNATURE)
    text = checkpoint.text.encode()
    return any(
        check(public, text, signature) for signature in _signatures(checkpoint, name, key_id(name, public))
    )


def cosigned_at(checkpoint: Checkpoint, key: str, *, check: Check = is_signed) -> int | None:
    """Say when the witness with `key` cosigned the checkpoint, in seconds since 1970; nothing where it did not.

    Source:  https://c2sp.org/tlog-cosignature
    Raises:  Wrong for a key that is none.
    """
    name, public = read_key(key, COSIGNATURE)
    for signature in _signatures(checkpoint, name, key_id(name, public, COSIGNATURE)):
        time = int.from_bytes(signature[:8], "big")
        if time < LATEST and check(public, cosigned_message(checkpoint, time), signature[8:]):
            return time
    return None


LATEST = 253_402_300_800
"""The first second of the year 10000: a time beyond is none."""


def cosigned_message(checkpoint: Checkpoint, time: int) -> bytes:
    """Give what a witness signs."""
    return f"cosignature/v1\ntime {time}\n{checkpoint.text}".encode()


def _signatures(checkpoint: Checkpoint, name: str, number: bytes) -> Iterator[bytes]:
    """Give the signatures that say that they are of a key."""
    for signer, signature in checkpoint.signatures:
        if signer == name and signature[:4] == number:
            yield signature[4:]


# The books themselves


class VerificationReport(NamedTuple):
    """What a verification found; without problems the books are what they were said to be."""

    size: int
    root: bytes
    trial_balance: bytes
    problems: tuple[str, ...]
    checkpoint: Checkpoint | None = None
    """The one that the export ends with."""


MOST_PROBLEMS = 100


def what_it_proves(
    size: int,
    kept: Sequence[Checkpoint],
    *,
    is_signed: bool,
    seen: Sequence[tuple[Checkpoint, str, int]] = (),
) -> list[str]:
    """Say what it proves that books of `size` entries verify, and what it does not.

    Means:   `kept` are the checkpoints that were kept elsewhere, `is_signed` that each of them had to be signed,
             `seen` which of them a known witness cosigned, by its name, and when, in seconds since 1970.
    """
    most = max((checkpoint.size for checkpoint in kept), default=0)
    if not kept:
        said = [
            "The books agree with themselves. That does not prove that nothing was rewritten from end to end, or cut "
            "off at the end: compare them with a checkpoint that was kept elsewhere."
        ]
    else:
        whose = "checkpoint" if len(kept) == 1 else f"newest of the {len(kept)} checkpoints"
        said = [
            f"The {whose} that was kept elsewhere vouched for {most} of these {size} entries: none of them was "
            "changed, moved or taken out since."
        ]
        if most < size:
            said.append("Of what was entered after it, this proves only that it agrees with the rest.")
    for checkpoint, witness, time in seen:
        at = datetime.fromtimestamp(time, UTC)
        said.append(
            f"The witness {witness} saw the checkpoint of {checkpoint.size} entries at {at:%Y-%m-%d %H:%M} UTC, and "
            "cosigns no other books under this name."
        )
    if is_signed:
        said.append(
            "The signature says which installation a checkpoint came from. Against whoever holds the key of that "
            "installation it proves nothing: other books can be signed with it as well."
        )
    return said


def verify_export(lines: Iterable[bytes], saved: Sequence[Checkpoint] = ()) -> VerificationReport:
    """Compute an export again and hold it against checkpoints that were kept elsewhere."""
    problems: list[str] = []
    books = _Books(problems)
    known = {0: (Peaks().root(), trial_balance_hash({}))}
    wanted = {checkpoint.size for checkpoint in saved}
    last: Checkpoint | None = None
    for number, line in enumerate(lines, start=1):
        if len(problems) >= MOST_PROBLEMS:
            problems.append(f"line {number} and what follows was not read, after {MOST_PROBLEMS} problems")
            return VerificationReport(books.peaks.size, *books.vouched(), tuple(problems), last)
        try:
            row = _parsed(line)
            if number == 1:
                if row.get("format") != FORMAT:
                    raise Wrong(f"the file does not say that it is {FORMAT}")
            elif last is not None:
                raise Wrong("there is something after the checkpoint")
            elif row.keys() == {"checkpoint"}:
                last = read_checkpoint(_text(row, "checkpoint"))
            elif row.keys() == {"leaf", "private"}:
                books.take(row)
                if books.peaks.size in wanted:
                    known[books.peaks.size] = books.vouched()
            else:
                raise Wrong("neither an entry nor a checkpoint")
        except Wrong as error:
            problems.append(f"line {number}: {error}")
    if last is None:
        problems.append("the file ends without a checkpoint: its end may be missing")
    size = books.peaks.size
    root, balance = known[size] = books.vouched()
    for checkpoint in (*([last] if last else []), *saved):
        what = f"the checkpoint of {checkpoint.size} entries ({checkpoint.origin})"
        if last and checkpoint.origin != last.origin:
            problems.append(f"{what} is of other books: these are {last.origin}")
        if checkpoint.size > size:
            problems.append(f"{what} knows more entries than the {size} here: entries are missing")
        elif checkpoint.size in known:
            its_root, its_balance = known[checkpoint.size]
            if checkpoint.root != its_root:
                problems.append(f"{what} has another root: entries up to there were changed")
            elif checkpoint.trial_balance not in (None, its_balance):
                problems.append(f"{what} has other balances")
    if last is not None and last.size < size:
        problems.append(f"the checkpoint of the file knows only {last.size} of its {size} entries")
    return VerificationReport(size, root, balance, tuple(problems), last)


class _Books:
    """Everything that has to be remembered while an export is read once."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        self.peaks = Peaks()
        self.balances: defaultdict[tuple[str, ...], int] = defaultdict(int)
        self.units: defaultdict[tuple[str, ...], int] = defaultdict(int)
        self.keys: set[str] = set()
        self.taken_back: set[str] = set()
        self.recorded = ""

    def vouched(self) -> tuple[bytes, bytes]:
        """Give what a checkpoint says of the entries so far: the root and the hash of the balances."""
        return self.peaks.root(), trial_balance_hash(self.balances)

    def take(self, row: dict[str, object]) -> None:
        leaf = row["leaf"]
        if not isinstance(leaf, dict):
            raise Wrong("the entry is not as it should be")
        position = self.peaks.size
        self.peaks.add(leaf_hash(canonical(leaf)))
        if leaf.get("position") != position or isinstance(leaf["position"], bool):
            raise Wrong(f"the entry should have position {position}, and has {leaf.get('position')!r}")
        key, back = _text(leaf, "key"), _text(leaf, "takes_back")
        if key in self.keys:
            raise Wrong(f"the key {key!r} is used twice")
        if back and (back not in self.keys or back in self.taken_back):
            raise Wrong(f"entry {key!r} takes back {back!r}, which is not there or was taken back before")
        self.keys.add(key)
        self.taken_back.add(back)
        self._time(key, _text(leaf, "recorded_at"))
        self._private(leaf, row["private"])
        self._money(key, _rows(leaf, "postings"))
        self._goods(key, _rows(leaf, "goods"))

    def _time(self, key: str, recorded: str) -> None:
        """See that entries were recorded one after the other: without its Z, the text of a time sorts as the time."""
        if not _TIME.fullmatch(recorded):
            raise Wrong(f"entry {key!r} was recorded at no time: {recorded[:40]!r}")
        before, self.recorded = self.recorded, recorded[:-1]
        if self.recorded < before:
            self.problems.append(goes_back(f"entry {key!r}", recorded, f"{before}Z"))

    def _private(self, leaf: dict[str, object], shown: object) -> None:
        hashes = leaf.get("private")
        if not isinstance(hashes, dict) or not isinstance(shown, dict):
            raise Wrong("the private texts are not as they should be")
        for name, opened in shown.items():
            if not isinstance(opened, dict):
                raise Wrong(f"the private text {name!r} is not as it should be")
            if commitment(_text(opened, "text"), _text(opened, "salt")) != hashes.get(name):
                raise Wrong(f"the text of {name!r} is not the one that was entered")

    def _money(self, key: str, postings: list[dict[str, object]]) -> None:
        sums: defaultdict[tuple[bool, str, str], int] = defaultdict(int)
        touched: defaultdict[tuple[str, ...], int] = defaultdict(int)
        for posting in postings:
            parts = ("account", "contribution", "currency", "line", "lot")
            spot = tuple(_text(posting, name) for name in parts)
            amount = _whole(posting, "amount")
            if spot[0] not in STAGES | CASH or amount == 0:
                raise Wrong(f"entry {key!r} has a posting to no account, or of nothing")
            sums[spot[0] in CASH, spot[1], spot[2]] += amount
            touched[spot] += amount
        if len(postings) < 2 or any(sums.values()):
            raise Wrong(f"entry {key!r} does not add up to zero for each contribution and currency")
        for spot, amount in touched.items():
            self.balances[spot] += amount
            if spot[0] in FLOORED and self.balances[spot] < 0 > amount:
                raise Wrong(f"entry {key!r} takes {' '.join(spot)} below zero")

    def _goods(self, key: str, goods: list[dict[str, object]]) -> None:
        sums: defaultdict[tuple[str, ...], int] = defaultdict(int)
        touched: defaultdict[tuple[str, ...], int] = defaultdict(int)
        for change in goods:
            spot = tuple(_text(change, name) for name in ("place", "line", "currency", "lot"))
            units = _whole(change, "units")
            sums[spot[1:3]] += units
            touched[spot] += units
        if any(sums.values()):
            raise Wrong(f"the units of entry {key!r} do not add up to zero")
        for spot, units in touched.items():
            self.units[spot] += units
            if spot[0] in COUNTED and self.units[spot] < 0 > units:
                raise Wrong(f"entry {key!r} takes the units of {' '.join(spot)} below zero")


_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{6})?Z")


def goes_back(what: str, recorded: str, before: str) -> str:
    """Say that an entry was recorded before the one that it follows."""
    return (
        f"{what} was recorded at {recorded}, and the one before it at {before}: recorded times go back, "
        "so what was known on a day may have changed later"
    )


def _parsed(line: bytes) -> dict[str, object]:
    try:
        row = json.loads(line, parse_float=_no_decimal, parse_constant=_no_decimal)
        written = canonical(row)
    except Wrong:
        raise
    except (ValueError, RecursionError):
        raise Wrong("this is not JSON in UTF-8") from None
    if not isinstance(row, dict):
        raise Wrong("this is not a JSON object")
    if written != line.strip():
        raise Wrong("this is not written as canonical JSON, with each name once")
    return row


def _no_decimal(text: str) -> NoReturn:
    raise Wrong(f"{text[:40]} is not a whole number")


def _text(row: dict[str, object], name: str) -> str:
    value = row.get(name)
    if not isinstance(value, str):
        raise Wrong(f"“{name}” is missing or is no text")
    return value


def _rows(row: dict[str, object], name: str) -> list[dict[str, object]]:
    value = row.get(name)
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        raise Wrong(f"“{name}” is missing or is no list")
    return value


def _whole(row: dict[str, object], name: str) -> int:
    text = _text(row, name)
    digits = text.removeprefix("-")
    if not digits.isdecimal() or len(digits) > 19 or text != str(int(text)):
        raise Wrong(f"{text[:40]!r} is no amount: it has to be a whole number, written in one way only")
    return int(text)


def main(arguments: Sequence[str] | None = None) -> int:
    """Verify a file from the command line; 0 when it is what it says, 1 when not, 2 when it cannot be read."""
    parser = argparse.ArgumentParser(description="Verify an export of the books of a programme.")
    parser.add_argument("export", help="the export, a file of JSON lines")
    parser.add_argument("--checkpoint", action="append", default=[], help="a checkpoint that was kept")
    parser.add_argument(
        "--key", action="append", default=[], help="a public key: one has to have signed the checkpoints"
    )
    parser.add_argument("--keys", help="a file of public keys, the first word of each line")
    parser.add_argument("--witness", action="append", default=[], help="the public key of a witness")
    given = parser.parse_args(arguments)
    try:
        keys = given.key + (_first_words(_contents(given.keys)) if given.keys else [])
        for key in keys:
            read_key(key, SIGNATURE)
        saved = [read_checkpoint(_contents(path)) for path in given.checkpoint]
        with open(given.export, "rb") as file:
            report = verify_export(_lines(file), saved)
        own = [report.checkpoint] if report.checkpoint else []
        unsigned = [
            checkpoint
            for checkpoint in own + saved
            if keys and not any(is_vouched_for(checkpoint, key) for key in keys)
        ]
        cosigned = [
            (checkpoint, key, cosigned_at(checkpoint, key))
            for checkpoint in own + saved
            for key in given.witness
        ]
    except (OSError, ValueError) as error:
        _say(f"cannot verify: {error}")
        return 2
    for checkpoint in unsigned:
        _say(
            f"WRONG  the checkpoint of {checkpoint.size} entries ({checkpoint.origin}) is not signed with that key"
        )
    for problem in report.problems:
        _say(f"WRONG  {problem}")
    good = not unsigned and not report.problems
    _say(f"{report.size} entries, root {base64.b64encode(report.root).decode()}")
    if good:
        seen = [
            (checkpoint, key.partition("+")[0], time)
            for checkpoint, key, time in cosigned
            if time is not None
        ]
        for sentence in what_it_proves(report.size, saved, is_signed=bool(keys), seen=seen):
            _say(sentence)
    _say("verified" if good else "NOT VERIFIED")
    return 0 if good else 1


def _first_words(text: str) -> list[str]:
    return [line.split()[0] for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _say(line: str) -> None:
    """Write a line in which nothing from the file can pass for a line of ours, whatever the terminal reads."""
    plain = "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in line)
    encoding = sys.stdout.encoding or "ascii"
    sys.stdout.write(plain.encode(encoding, "backslashreplace").decode(encoding) + "\n")


def _contents(path: str) -> str:
    with open(path, encoding="utf-8-sig") as file:
        return file.read()


def _lines(file: Iterable[bytes]) -> Iterator[bytes]:
    for line in file:
        if line.strip():
            yield line


if __name__ == "__main__":  # pragma: no cover - run by a test, in a Python of its own
    sys.exit(main())
