"""Requests that write: by somebody with a token for it, once by their key, on what is still as they saw it."""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

from django.core.exceptions import BadRequest, RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils import timezone

from pledgeline.accounts.models.tokens import LONGEST_REPEAT_KEY
from pledgeline.accounts.rights import Act as Right
from pledgeline.accounts.rights import may
from pledgeline.accounts.roles import EVERYWHERE
from pledgeline.accounts.tokens import Bearer
from pledgeline.actions.tokens import OtherRequest, StoredAnswer, once
from pledgeline.api.door import writer_at
from pledgeline.api.problems import ApiProblem, answer, of_findings, problem
from pledgeline.api.routes import FORM
from pledgeline.jobs.asking import NotNow
from pledgeline.programme.fields import shown
from pledgeline.programme.findings import Finding, Place
from pledgeline.programme.nouns import Noun, at_field, read_noun
from pledgeline.programme.sentences import sentence

DEEPEST = 12
"""Brackets within brackets of what is sent; no noun has more than four."""

LARGEST_BODY = 1_000_000
"""Units: bytes of what is sent."""


AnyNoun = TypeVar("AnyNoun", bound=Noun)

NO_VERSION = -1
"""What an `If-Match` says that is no number: no version has it."""


class Writing:
    """One request that writes: who sends it, when, and what it says."""

    def __init__(self, request: HttpRequest, bearer: Bearer) -> None:
        self.request, self.bearer = request, bearer
        self.person = bearer.person
        self.now: datetime = timezone.now()

    def body(self) -> dict[str, object]:
        """Read what was sent.

        Raises:  ApiProblem where it is no JSON object.
        """
        if _kind_of(self.request) != "application/json":
            raise problem(415, "not-json.kind")
        return object_in(body_of(self.request))

    def files(self, needed: str, *also: str) -> dict[str, UploadedFile[bytes]]:
        """Give the files of a form by the names of its parts; it may leave those of `also` out.

        Raises:  ApiProblem where one is missing, or where something else was sent.
        """
        sent, known = self.request.FILES, (needed, *also)
        names = [*sent, *self.request.POST]
        place = Place(file="form")
        found = [
            Finding(
                place=at_field(place, shown(name)),
                said=sentence("api.unknown-part.form", name=shown(name), known=", ".join(known)),
            )
            for name in names
            if name not in known or name in self.request.POST or len(sent.getlist(name)) > 1
        ]
        if needed not in sent:
            said = sentence("api.no-file.form", name=needed)
            found.append(Finding(place=at_field(place, needed), said=said))
        if found:
            raise of_findings(found)
        return {name: file for name, several in sent.lists() for file in several}

    def noun(self, noun: type[AnyNoun], *, name: str) -> AnyNoun:
        """Read what was sent as a noun; findings are said of what is called `name`.

        Raises:  ApiProblem.
        """
        said = read_noun(noun, self.body(), Place(file=name))
        if isinstance(said, list):
            raise of_findings(said)
        return said

    def body_about(self, key: str, *, name: str = "key") -> dict[str, object]:
        """Read what was sent to an address that names what it is about; the body may leave the name out.

        Raises:  ApiProblem where it names something else.
        """
        body = self.body()
        if body.setdefault(name, key) != key:
            raise problem(422, "another-key.body", key=key[:200])
        return body

    def must_have_right(self, right: Right, programme: str = EVERYWHERE) -> None:
        """Refuse somebody who may not.

        Raises:  ApiProblem.
        """
        if not may(self.person, right, programme):
            raise problem(403, "no-right.act", right=right)

    def seen(self) -> str | None:
        """Give the state that the sender saw, by its `If-Match`; "" for any; nothing where none is named."""
        said = self.request.headers.get("If-Match")
        return None if said is None else state_of_tag(said)

    def must_have_seen(self) -> str | None:
        """Give the state that the sender saw; nothing where any will do.

        Raises:  ApiProblem where no `If-Match` came.
        """
        seen = self.seen()
        if seen is None:
            raise problem(428, "no-match.header")
        return seen or None

    def must_have_seen_version(self) -> int | None:
        """Give the number of the version that the sender saw, as `must_have_seen`; NO_VERSION for what is none."""
        seen = self.must_have_seen()
        return None if seen is None else int(seen) if seen.isdecimal() and len(seen) < 18 else NO_VERSION


@contextmanager
def asking_for_a_job() -> Iterator[None]:
    """Let a program come back later where the job that it asks for cannot be asked for now.

    Raises:  ApiProblem.
    """
    try:
        yield
    except NotNow as error:
        raise problem(429, "not-now.job", headers={"Retry-After": "60"}, why=str(error)) from None


Act = Callable[[Writing], HttpResponse]


def written(
    request: HttpRequest, act: Act, *, enters: bool = False, takes_files: bool = False
) -> HttpResponse:
    """Do what a request asks for once: the same request again, by its key, gets the first answer again.

    `enters` says that it may enter something into books, `takes_files` that a form with files is sent. What was
    refused is an answer, too. A key that was used for something else is refused.
    """
    bearer = writer_at(request)
    key = request.headers.get("Idempotency-Key", "")
    if not 0 < len(key) <= LONGEST_REPEAT_KEY or not key.isprintable():
        raise problem(400, "no-repeat-key.header", longest=str(LONGEST_REPEAT_KEY))
    sent = _form_sent(request) if takes_files else body_of(request).decode("latin-1")
    digest = _digest(request, bearer, sent)
    writing = Writing(request, bearer)
    try:
        kept = once(
            person=bearer.person,
            key=key,
            digest=digest,
            now=writing.now,
            act=lambda: _kept(act, writing),
            enters=enters,
        )
    except OtherRequest:
        raise problem(422, "other-request.key") from None
    response = HttpResponse(kept.body, status=kept.status)
    for name, value in kept.headers.items():
        response[name] = value
    if kept.is_repeated:
        response["Idempotent-Replayed"] = "true"
    return response


def _kept(act: Act, writing: Writing) -> StoredAnswer:
    try:
        response = act(writing)
    except ApiProblem as refused:
        response = answer(refused)
    headers = {name: value for name, value in response.items() if name != "Content-Length"}
    return StoredAnswer(status=response.status_code, headers=headers, body=response.content.decode())


def _digest(request: HttpRequest, bearer: Bearer, sent: object) -> str:
    """Stand for a request: what it asks for, of what, and on what state of it."""
    match = request.headers.get("If-Match", "")
    parts = [bearer.programme, request.method, request.get_full_path(), match, sent]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _form_sent(request: HttpRequest) -> list[object]:
    """Stand for the parts of a form: what parts them is another text each time that the same is sent.

    Raises:  ApiProblem where what was sent is no form.
    """
    if _kind_of(request) != FORM:
        raise problem(415, "not-a-form.kind")
    try:
        fields, files = request.POST, request.FILES
    except RequestDataTooBig:
        raise problem(413, "too-large.body", most=str(LARGEST_BODY)) from None
    except (MultiPartParserError, BadRequest, UnicodeError):
        raise problem(400, "not-a-form.body") from None
    told: list[Any] = sorted(fields.lists())
    for name, file in [(name, file) for name, several in sorted(files.lists()) for file in several]:
        told.append([name, file.name, hashlib.sha256(file.read()).hexdigest()])
        file.seek(0)
    return told


def _kind_of(request: HttpRequest) -> str:
    return request.headers.get("Content-Type", "").partition(";")[0].strip().casefold()


def body_of(request: HttpRequest) -> bytes:
    """Give what was sent.

    Raises:  ApiProblem where it is more than is read.
    """
    try:
        if len(request.body) <= LARGEST_BODY:
            return request.body
    except RequestDataTooBig:
        pass
    raise problem(413, "too-large.body", most=str(LARGEST_BODY))


def object_in(body: bytes) -> dict[str, object]:
    """Read a JSON object: numbers as they are, no name twice, not too deep.

    Raises:  ApiProblem.
    """
    try:
        value = json.loads(body, object_pairs_hook=_each_once, parse_constant=_no_number)
        depth = _depth(value)
        json.dumps(value, ensure_ascii=False).encode()  # half of a letter is no text
    except (ValueError, RecursionError):
        raise problem(400, "not-json.body") from None
    if not isinstance(value, dict):
        raise problem(422, "not-an-object.body")
    if depth > DEEPEST:
        raise problem(422, "too-deep.body", most=str(DEEPEST))
    return value


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    read = dict(pairs)
    if len(read) < len(pairs):
        raise ValueError("a name stands twice")
    return read


def _no_number(text: str) -> object:
    raise ValueError(f"{text} is no number of JSON")


def _depth(value: object) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(_depth, inner), default=0)


def state_of_tag(tag: str) -> str:
    """Give the state for which an ETag stands, as `tag_of` writes it; "" for any, "-" for what is no tag."""
    said = tag.strip()
    return "" if said == "*" else said.removeprefix("W/").strip('"').partition("~")[0] or "-"


def tag_of(stamp: str, content: str = "") -> str:
    """Write the ETag of something: the state in which it is, and how it is shown."""
    return f'"{stamp}~{hashlib.sha256(content.encode()).hexdigest()[:12]}"'
