"""A client of the API, for programs in Python: `pip install pledgeline[client]`.

    with Client("https://pledgeline.example", token="plt_...") as site:
        for requirement in site.each("programmes/harbour/requirements", state="listed"):
            print(requirement["key"], requirement["quantity"])
        look = site.look_over_workbook("harbour", "list.xlsx", Path("list.xlsx").read_bytes())
        if look.can_be_taken:
            print(site.take_workbook("harbour", look).taken, "rows were written down")
        for row in site.write_rows("harbour", "requirements", rows, over=True):
            print(row.key, row.result, *(finding.wrong for finding in row.findings))

It goes through lists to their end, gives each request that writes a key of its own, and sends again only what does no
harm when it arrives twice: what reads, and what writes under such a key.
"""

import json
import time
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import httpx

from pledgeline.programme.webhooks import NotSigned, verify

__all__ = [
    "Answer",
    "Client",
    "ClientError",
    "NotSigned",
    "ReportedFinding",
    "RowWritten",
    "StatementsTaken",
    "WorkbookLook",
    "address",
    "message_of",
]

PLACE = "/api/v1/"
AT_ONCE = 1_000
"""Units: rows that are asked for at a time."""

MOST_IN_BATCH = 500
LARGEST_BATCH = 900_000
"""What is written with one request. Units: rows; bytes of them."""

AGAIN = frozenset({429, 502, 503, 504})
"""Answers after which the same is asked again: nothing was done."""

LONGEST_PAUSE_SECONDS = 60.0

UNDER_WAY = frozenset({"waiting", "running"})
ASKS_EACH_SECONDS = 0.5

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedFinding:
    """One thing that is wrong with what was sent: its lasting code, where, and a way out.

    Where is a JSON pointer into what was sent, a place in a file that was sent, or a parameter of the address.
    """

    code: str
    pointer: str
    wrong: str
    way_out: str
    place: str = ""
    parameter: str = ""

    @property
    def where(self) -> str:
        return self.pointer or self.place or self.parameter


@dataclass(eq=False)
class ClientError(Exception):
    """The site did not do what was asked: why, with everything that it objects to."""

    status: int
    title: str
    code: str = ""
    detail: str = ""
    findings: tuple[ReportedFinding, ...] = ()
    problem: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        lines = [f"{self.status}: {self.title}", self.detail]
        lines += [
            f"{finding.pointer or finding.place or finding.parameter}: {finding.wrong} {finding.way_out}"
            for finding in self.findings
        ]
        return "\n".join(line for line in lines if line)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is at an address, and the `tag` by which a change says which state of it was seen."""

    value: Row
    tag: str = ""
    is_repeated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookLook:
    """What would come of a workbook: how many rows by result, what is wrong; or how many rows were `taken`.

    `value` is all that the site says of it, sheet by sheet and row by row.
    """

    ref: str
    state: str
    can_be_taken: bool
    counts: Mapping[str, int]
    findings: tuple[ReportedFinding, ...]
    taken: int | None
    value: Row


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementsTaken:
    """How many statements and entries of a file are new, how many entries were known, and what is said of them."""

    statements: int
    new: int
    known: int
    findings: tuple[ReportedFinding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowWritten:
    """What came of one row: its `result` is “new”, “changed”, “unchanged” or “refused”, and then why.

    By its `tag` it is changed later, unless somebody else changes it in between.
    """

    key: str
    result: str
    tag: str
    state: str
    version: int
    findings: tuple[ReportedFinding, ...]


def address(*parts: str) -> str:
    """Write an address of the API from its parts, whatever letters a key has.

    >>> address("programmes", "harbour", "requirements", "AD/014")
    'programmes/harbour/requirements/AD%2F014'
    """
    return "/".join(quote(part, safe="") for part in parts)


def message_of(secret: str, headers: Mapping[str, str], body: bytes) -> Row:
    """Give the message of a webhook that the site sent just now; `webhook-id` in its headers is its name.

    Raises:  NotSigned where it is not from the site, was changed, or is old: answer 400 and do nothing.
    """
    verify(secret, headers, body, datetime.now(UTC))
    message: Row = json.loads(body)
    return message


class Client:
    """A way to one site, for whoever the token is of; without a token, for the public."""

    def __init__(
        self,
        site: str,
        *,
        token: str = "",
        tries: int = 4,
        timeout_seconds: float = 30.0,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        headers = {"Accept": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        self._tries = tries
        self._http = httpx.Client(
            base_url=site.rstrip("/") + PLACE, headers=headers, timeout=timeout_seconds, transport=transport
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._http.close()

    def get(self, where: str, **asked: object) -> Answer:
        """Read what is at an address.

        Raises:  ClientError.
        """
        return _read(self._asked("GET", where, params=asked))

    def download(self, where: str, **asked: object) -> bytes:
        """Read the file at an address.

        Raises:  ClientError.
        """
        return self._asked("GET", where, params=asked).content

    def each(self, where: str, **asked: object) -> Iterator[Row]:
        """Give each row of a list, to its end.

        Raises:  ClientError.
        """
        cursor = ""
        while True:
            part = self.get(
                where, **{"limit": AT_ONCE, **asked, **({"cursor": cursor} if cursor else {})}
            ).value
            yield from part["items"]
            cursor = part.get("next", "")
            if not cursor:
                return

    def post(
        self, where: str, body: Mapping[str, object], *, key: str = "", match: str = "", **asked: object
    ) -> Answer:
        """Send something new, or ask for an act; `key` is the one of an earlier try of the same.

        Raises:  ClientError.
        """
        return self._written("POST", where, body, key, match, asked)

    def put(
        self, where: str, body: Mapping[str, object], *, match: str, key: str = "", **asked: object
    ) -> Answer:
        """Change what is at an address, as it was seen with the tag `match`.

        Raises:  ClientError.
        """
        return self._written("PUT", where, body, key, match, asked)

    def delete(self, where: str, *, match: str = "", key: str = "", **asked: object) -> Answer:
        """Take away what is at an address, as it was seen with the tag `match` where it has one.

        Raises:  ClientError.
        """
        return self._written("DELETE", where, None, key, match, asked)

    def upload(
        self, where: str, files: Mapping[str, tuple[str, bytes]], *, key: str = "", **asked: object
    ) -> Answer:
        """Send files, each with its name and content by the name of its part.

        Raises:  ClientError.
        """
        headers = {"Idempotency-Key": key or str(uuid.uuid4())}
        return _read(self._asked("POST", where, params=asked, headers=headers, files=dict(files)))

    # Many rows

    def write_rows(
        self,
        programme: str,
        nouns: str,
        rows: Iterable[Mapping[str, object]],
        *,
        tags: Mapping[str, str] | None = None,
        over: bool = False,
    ) -> Iterator[RowWritten]:
        """Write many rows down, such as requirements, and say of each what came of it: to be gone through to its end.

        A row is new, or changes what was seen with the one of `tags` by its key; `over` writes over whatever is there.

        Raises:  ClientError where a request as a whole is refused; what was said of rows until then is done.
        """
        where = address("programmes", programme, "batches", nouns)
        for batch in _batches({"value": dict(row), **_match(row, tags or {}, over)} for row in rows):
            for done in self.post(where, {"rows": batch}).value["rows"]:
                yield RowWritten(
                    key=done.get("key", ""),
                    result=done["result"],
                    tag=done.get("tag", ""),
                    state=done.get("state", ""),
                    version=done.get("version", 0),
                    findings=_findings(done.get("problem", {}).get("findings", ())),
                )

    # The workbook of a programme

    def workbook(self, programme: str, *, has_tags: bool = False) -> bytes:
        """Take the workbook of a programme, with HXL tags where wanted.

        Raises:  ClientError.
        """
        return self.download(address("programmes", programme, "workbook"), hxl=str(has_tags).lower())

    def look_over_workbook(
        self, programme: str, name: str, content: bytes, *, patience_seconds: float = 600.0
    ) -> WorkbookLook:
        """Hand a workbook in, and wait until the site says what would come of it. Nothing is written.

        Raises:  ClientError.
        """
        where = address("programmes", programme, "workbook", "looks")
        asked = self.upload(where, {"file": (name, content)})
        return self._looked(programme, asked.value["ref"], patience_seconds)

    def take_workbook(
        self,
        programme: str,
        look: WorkbookLook,
        *,
        sheets: Sequence[Mapping[str, object]] = (),
        patience_seconds: float = 600.0,
    ) -> WorkbookLook:
        """Have a workbook taken as its look has it, or looked over again with `sheets` matched; wait for what came.

        Raises:  ClientError.
        """
        where = address("programmes", programme, "workbook", "looks", look.ref, "answer")
        asked = self.post(where, {"sheets": list(sheets)} if sheets else {})
        return self._looked(programme, asked.value["ref"], patience_seconds)

    def _looked(self, programme: str, ref: str, patience_seconds: float) -> WorkbookLook:
        """Ask for a look until it is done, or patience ends: then its `state` says so."""
        where = address("programmes", programme, "workbook", "looks", ref)
        until = time.monotonic() + patience_seconds
        while (said := self.get(where).value)["state"] in UNDER_WAY and time.monotonic() < until:
            time.sleep(ASKS_EACH_SECONDS)
        return WorkbookLook(
            ref=said["ref"],
            state=said["state"],
            can_be_taken=said.get("can_be_taken", False),
            counts=said.get("counts", {}),
            findings=_findings(
                (
                    *said.get("findings", ()),
                    *(finding for part in _parts(said) for finding in part["findings"]),
                )
            ),
            taken=said.get("taken"),
            value=said,
        )

    # Bank statements

    def take_statements(
        self,
        programme: str,
        name: str,
        content: bytes,
        *,
        dialect: bytes = b"",
        dry_run: bool = False,
        key: str = "",
    ) -> StatementsTaken:
        """Hand bank statements in: CAMT.053, or CSV with the dialect of the bank. A dry run takes nothing in.

        Raises:  ClientError.
        """
        where = address("programmes", programme, "bank", "statements")
        files = {"file": (name, content), **({"dialect": ("dialect.toml", dialect)} if dialect else {})}
        said = self.upload(where, files, key=key, dry_run=str(dry_run).lower()).value
        return StatementsTaken(
            statements=said["statements"],
            new=said["new"],
            known=said["known"],
            findings=_findings(said["findings"]),
        )

    def bank_entries(self, programme: str, *, state: str = "open") -> Iterator[Row]:
        """Give each entry of bank statements; open ones with their proposals.

        Raises:  ClientError.
        """
        return self.each(address("programmes", programme, "bank", "entries"), state=state)

    def enter_entry(
        self, programme: str, number: int, answer: str, of: str, *, sure: str = "", key: str = ""
    ) -> Row:
        """Enter a bank entry as one of its proposals; `sure` is what a slip was answered with, where it is none.

        Raises:  ClientError.
        """
        said = {"answer": answer, "key": of}
        return self._answer_entry(programme, number, said, key, {"sure": sure} if sure else {})

    def set_entry_aside(self, programme: str, number: int, reason: str, *, key: str = "") -> Row:
        """Answer a bank entry without entering anything.

        Raises:  ClientError.
        """
        return self._answer_entry(programme, number, {"answer": "set-aside", "reason": reason}, key, {})

    def _answer_entry(
        self, programme: str, number: int, said: Row, key: str, asked: Mapping[str, Any]
    ) -> Row:
        where = address("programmes", programme, "bank", "entries", str(number), "answer")
        return self.post(where, said, key=key, **asked).value

    def _written(
        self,
        method: str,
        where: str,
        body: Mapping[str, object] | None,
        key: str,
        match: str,
        asked: Mapping[str, object],
    ) -> Answer:
        headers = {"Idempotency-Key": key or str(uuid.uuid4())}
        if match:
            headers["If-Match"] = match
        more = {} if body is None else {"json": dict(body)}
        return _read(self._asked(method, where, params=asked, headers=headers, **more))

    def _asked(self, method: str, where: str, **more: Any) -> httpx.Response:
        """Ask until there is an answer: each request here can safely arrive twice."""
        for number in range(self._tries):
            is_last = number == self._tries - 1
            try:
                response = self._http.request(method, where, **more)
            except httpx.TransportError as error:
                if is_last:
                    raise ClientError(status=0, title=f"the site does not answer: {error}") from error
                time.sleep(_pause(number, ""))
                continue
            if response.status_code not in AGAIN or is_last:
                return _successful(response)
            time.sleep(_pause(number, response.headers.get("Retry-After", "")))
        raise AssertionError("a client tries once at least")


def _match(row: Mapping[str, Any], tags: Mapping[str, str], over: bool) -> Row:
    match = "*" if over else tags.get(row.get("key", ""), "")
    return {"match": match} if match else {}


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Divide rows into batches, none of them larger than a request may be."""
    batch: list[Row] = []
    size = 0
    for row in rows:
        more = len(json.dumps(row))
        if batch and (len(batch) == MOST_IN_BATCH or size + more > LARGEST_BATCH):
            yield batch
            batch, size = [], 0
        batch.append(row)
        size += more
    if batch:
        yield batch


def _pause(number: int, said: str) -> float:
    """Give how long to wait: as long as the site says, else longer each time."""
    seconds = float(said) if said.isdecimal() else 0.5 * 2**number
    return min(seconds, LONGEST_PAUSE_SECONDS)


def _read(response: httpx.Response) -> Answer:
    return Answer(
        value=response.json() if response.content else {},
        tag=response.headers.get("ETag", ""),
        is_repeated=response.headers.get("Idempotent-Replayed") == "true",
    )


def _successful(response: httpx.Response) -> httpx.Response:
    """Give an answer on.

    Raises:  ClientError where the site did not do what was asked.
    """
    if response.is_success:
        return response
    try:
        problem = response.json()
    except ValueError:
        problem = {}
    if not isinstance(problem, dict):
        problem = {}
    raise ClientError(
        status=response.status_code,
        title=str(problem.get("title", response.reason_phrase)),
        code=str(problem.get("code", "")),
        detail=str(problem.get("detail", "")),
        findings=_findings(problem.get("findings", ())),
        problem=problem,
    )


def _findings(said: Iterable[Mapping[str, Any]]) -> tuple[ReportedFinding, ...]:
    return tuple(
        ReportedFinding(**{name: str(finding.get(name, "")) for name in ReportedFinding.__slots__})
        for finding in said
    )


def _parts(look: Row) -> Iterator[Row]:
    """Give the sheets of a look, and their rows."""
    for sheet in look.get("sheets", ()):
        yield sheet
        yield from sheet["rows"]
