"""A client of the API, for programs in Python: `pip install pledgeline[client]`.

    with Client("https://pledgeline.example", token="plt_...") as site:
        for requirement in site.each("programmes/harbour/requirements", state="listed"):
            print(requirement["key"], requirement["quantity"])

It goes through lists to their end, gives each request that writes a key of its own, and sends again only what does no
harm when it arrives twice: what reads, and what writes under such a key.
"""

import json
import time
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import httpx

from pledgeline.programme.webhooks import NotSigned, verify

__all__ = ["Answer", "Client", "ClientError", "Finding", "NotSigned", "address", "message_of"]

PLACE = "/api/v1/"
AT_ONCE = 1_000
"""Units: rows that are asked for at a time."""

AGAIN = frozenset({429, 502, 503, 504})
"""Answers after which the same is asked again: nothing was done."""

LONGEST_PAUSE_SECONDS = 60.0

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong with what was sent: its lasting code, the JSON pointer of its place, and a way out."""

    code: str
    pointer: str
    wrong: str
    way_out: str
    parameter: str = ""


@dataclass(eq=False)
class ClientError(Exception):
    """The site did not do what was asked: why, with everything that it objects to."""

    status: int
    title: str
    code: str = ""
    detail: str = ""
    findings: tuple[Finding, ...] = ()
    problem: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        lines = [f"{self.status}: {self.title}", self.detail]
        lines += [
            f"{finding.pointer or finding.parameter}: {finding.wrong} {finding.way_out}"
            for finding in self.findings
        ]
        return "\n".join(line for line in lines if line)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is at an address, and the `tag` by which a change says which state of it was seen."""

    value: Row
    tag: str = ""
    is_repeated: bool = False


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

    def get(self, where: str, **asked: Any) -> Answer:
        """Read what is at an address.

        Raises:  ClientError.
        """
        return self._asked("GET", where, params=asked)

    def each(self, where: str, **asked: Any) -> Iterator[Row]:
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
        self, where: str, body: Mapping[str, Any], *, key: str = "", match: str = "", **asked: Any
    ) -> Answer:
        """Send something new, or ask for an act; `key` is the one of an earlier try of the same.

        Raises:  ClientError.
        """
        return self._written("POST", where, body, key, match, asked)

    def put(self, where: str, body: Mapping[str, Any], *, match: str, key: str = "", **asked: Any) -> Answer:
        """Change what is at an address, as it was seen with the tag `match`.

        Raises:  ClientError.
        """
        return self._written("PUT", where, body, key, match, asked)

    def delete(self, where: str, *, match: str, key: str = "", **asked: Any) -> Answer:
        """Take away what is at an address, as it was seen with the tag `match`.

        Raises:  ClientError.
        """
        return self._written("DELETE", where, None, key, match, asked)

    def _written(
        self,
        method: str,
        where: str,
        body: Mapping[str, Any] | None,
        key: str,
        match: str,
        asked: Mapping[str, Any],
    ) -> Answer:
        headers = {"Idempotency-Key": key or str(uuid.uuid4())}
        if match:
            headers["If-Match"] = match
        more = {} if body is None else {"json": dict(body)}
        return self._asked(method, where, params=asked, headers=headers, **more)

    def _asked(self, method: str, where: str, **more: Any) -> Answer:
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
                return _read(response)
            time.sleep(_pause(number, response.headers.get("Retry-After", "")))
        raise AssertionError("a client tries once at least")


def _pause(number: int, said: str) -> float:
    """Give how long to wait: as long as the site says, else longer each time."""
    seconds = float(said) if said.isdecimal() else 0.5 * 2**number
    return min(seconds, LONGEST_PAUSE_SECONDS)


def _read(response: httpx.Response) -> Answer:
    if response.is_success:
        return Answer(
            value=response.json(),
            tag=response.headers.get("ETag", ""),
            is_repeated=response.headers.get("Idempotent-Replayed") == "true",
        )
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
        findings=tuple(
            Finding(**{name: str(finding.get(name, "")) for name in Finding.__slots__})
            for finding in problem.get("findings", ())
        ),
        problem=problem,
    )
