"""Every limit that somebody can run into, from the place where it holds; a page of the handbook is made of them."""

from dataclasses import dataclass

from django.conf import settings
from granian.http import HTTP1Settings

from pledgeline.actions import event_files, long_files, plan_inputs, plans
from pledgeline.audit import trail
from pledgeline.exchange.workbook import file as workbook
from pledgeline.exchange.workbook import mark, package
from pledgeline.money.parsing import LARGEST_MINOR
from pledgeline.plan.read import MOST_VALUES
from pledgeline.programme import fields
from pledgeline.programme.findings import MOST_FINDINGS
from pledgeline.programme.names import LONGEST_NAME
from pledgeline.programme.toml import DEEPEST
from pledgeline.queries.scenarios import MOST_QUESTIONS
from pledgeline.server import bodies, database, lanes, rates, serving
from pledgeline.server.middleware import LONGEST_QUERY
from pledgeline.web import dear
from pledgeline.web.books import proofs
from pledgeline.web.guarantees import facts, parts, scenario, told
from pledgeline.web.tables import PER_PAGE


@dataclass(frozen=True, slots=True)
class StatedLimit:
    """Something that has an end: what, at most how much, and what happens beyond."""

    what: str
    at_most: str
    beyond: str


def limits() -> dict[str, tuple[StatedLimit, ...]]:
    """Give the limits by what they are limits of."""
    return {
        "A request": _of_a_request(),
        "A visitor, in a minute": _of_a_visitor(),
        "What is noted of refusals": _of_noted_refusals(),
        "A process that answers pages": _of_a_process(),
        "A file to plan from": _of_a_file_to_plan(),
        "Texts, and files of the books": _of_texts(),
        "An answer": _of_an_answer(),
        "Work in the background": _of_background_work(),
    }


def _of_a_request() -> tuple[StatedLimit, ...]:
    return (
        StatedLimit("an address with its question", f"{LONGEST_QUERY:,} bytes after the “?”", "400"),
        StatedLimit(
            "the headers",
            f"{HTTP1Settings().header_read_timeout // 1_000} seconds to arrive",
            "the connection ends",
        ),
        StatedLimit("a request with a file", _megabytes(bodies.LARGEST_REQUEST), "413"),
        StatedLimit(
            "a form without a file",
            f"{_megabytes(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)}, {settings.DATA_UPLOAD_MAX_NUMBER_FIELDS} fields",
            "400",
        ),
        StatedLimit(
            "the time for a body to arrive",
            f"{bodies.SECONDS_AT_FIRST} seconds, and one more for each {bodies.SLOWEST:,} bytes that came",
            "408",
        ),
        StatedLimit(
            "the time for a reader to take the next part of a long file",
            f"{serving.READER_SECONDS} seconds",
            "the connection ends in the middle",
        ),
        StatedLimit(
            "the time to wait for a database that is held or away",
            f"{database.PATIENCE_SECONDS} seconds",
            "503; nothing is changed",
        ),
    )


def _of_a_visitor() -> tuple[StatedLimit, ...]:
    return tuple(
        StatedLimit(str(allowance.about), f"{allowance.per_minute:,}", "429 until the minute is over")
        for allowance in dear.ALL
    )


def _of_noted_refusals() -> tuple[StatedLimit, ...]:
    return (
        StatedLimit(
            "of one act, in a minute",
            f"{trail.MOST_OF_ONE} of a visitor at one address, {trail.MOST_OF_ALL} of all",
            "one event stands for the others",
        ),
    )


def _of_a_process() -> tuple[StatedLimit, ...]:
    return (
        StatedLimit("requests that are worked on at a time", str(lanes.THREADS), "they wait"),
        StatedLimit(
            "of these, ones that take a core: scenarios, files, uploads, what-ifs, plans asked for",
            str(lanes.DEAR_THREADS),
            f"up to {lanes.MOST_WAITING} wait {lanes.LONGEST_WAIT_SECONDS} seconds each, then 503",
        ),
        StatedLimit(
            "bodies that are arriving",
            f"{_megabytes(bodies.MOST_KEPT)}, beyond {bodies.SMALL:,} bytes of each",
            "503",
        ),
        StatedLimit("memory (`PLEDGELINE_WORKER_MEMORY_MB`)", f"{settings.WORKER_MEMORY_MB:,} MB", "503"),
    )


def _of_a_file_to_plan() -> tuple[StatedLimit, ...]:
    return (
        StatedLimit("the file", _megabytes(plan_inputs.LARGEST_UPLOAD), "it is refused"),
        StatedLimit(
            "a workbook, unpacked",
            f"{package.MOST_UNPACKED // 2**20} MB, {package.MOST_PARTS:,} parts, "
            f"{package.MOST_RATIO} times its size",
            "`workbook.bomb`",
        ),
        StatedLimit(
            "beginnings, ends and attributes of its elements",
            f"{package.MOST_MARKUP:,}",
            "`workbook.too-many-cells`",
        ),
        StatedLimit(
            "cells that are filled, merged or hidden",
            f"{workbook.MOST_CELLS:,}",
            "`workbook.too-many-cells`",
        ),
        StatedLimit(
            "rows and columns of a sheet",
            f"{workbook.MOST_ROWS:,} and {workbook.MOST_COLUMNS}",
            "`workbook.too-many-cells`",
        ),
        StatedLimit("values of a JSON problem", f"{MOST_VALUES:,}", "`plan.not-json`"),
        StatedLimit("an id or a name", f"{LONGEST_NAME} characters", "a finding"),
        StatedLimit("findings", f"{MOST_FINDINGS:,}", "reading stops, and says so"),
        StatedLimit(
            "cells that are marked in the workbook", f"{mark.MOST_MARKS:,}", "the others are only listed"
        ),
    )


def _of_texts() -> tuple[StatedLimit, ...]:
    return (
        StatedLimit(
            "an instrument or a scenario, typed or as a file",
            f"{told.LONGEST_TEXT:,} characters",
            "refused",
        ),
        StatedLimit("steps that its keys and brackets go deep", str(DEEPEST), "a finding"),
        StatedLimit(
            "a scenario in an address",
            f"{told.LONGEST_PACKED:,} characters, unpacked {told.LONGEST_UNPACKED:,}",
            "400, with the command that answers it",
        ),
        StatedLimit(
            "a file of events",
            f"{event_files.MOST_BYTES:,} bytes, {event_files.MOST_EVENTS:,} events",
            "refused",
        ),
        StatedLimit("a checkpoint", f"{proofs.MOST_BYTES:,} bytes", "refused"),
        StatedLimit(
            "rows of a workbook that a page writes, and entries of a journal",
            f"{long_files.MOST_AT_ONCE:,}; of a CSV file {long_files.MOST_LINES_AT_ONCE:,}",
            f"a job writes it, and it is kept for a day; {long_files.MOST_KEPT} of a person in a programme",
        ),
        StatedLimit("a key of the books", f"{fields.LONGEST_KEY} characters", "refused"),
        StatedLimit("a note beside an entry", f"{fields.LONGEST_NOTE:,} characters", "refused"),
        StatedLimit("an amount", f"less than {LARGEST_MINOR:,} minor units", "refused"),
    )


def _of_an_answer() -> tuple[StatedLimit, ...]:
    return (
        StatedLimit(
            "events of a scenario, times the duties that each is asked of",
            f"{MOST_QUESTIONS:,}: twenty events over the whole register, a hundred over one instrument",
            "400, with the command that answers it",
        ),
        StatedLimit(
            "lines of an answer on a page", str(parts.LINES_OF_A_PAGE), "they go on on the next page"
        ),
        StatedLimit("facts that a page asks about", str(facts.MOST_ASKED), "the others follow"),
        StatedLimit("duties in its picture", str(scenario.MOST_DRAWN), "the file has all of them"),
        StatedLimit("rows of a table on a page", str(PER_PAGE), "they go on on the next page"),
    )


def _of_background_work() -> tuple[StatedLimit, ...]:
    return (
        StatedLimit(
            "jobs that wait",
            f"{settings.JOBS_PER_PROGRAMME} of a programme, {settings.JOBS_PER_PERSON} of a person",
            "none is added",
        ),
        StatedLimit(
            "uploads that are kept",
            f"{settings.UPLOADS_MB_PER_PROGRAMME} MB of a programme, "
            f"{settings.UPLOADS_MB_PER_PERSON} MB of a person",
            "none is taken",
        ),
        StatedLimit(
            "memory of a job (`PLEDGELINE_JOB_MEMORY_MB`)",
            f"{settings.JOB_MEMORY_MB:,} MB",
            "it is given up",
        ),
        StatedLimit("a plan", f"{plans.LONGEST_BUDGET:,} seconds", "it ends with the best that was found"),
    )


ABOUT_RATES = (
    f"Requests are counted in windows of {rates.WINDOW_SECONDS} seconds, for all processes of a machine together: for "
    "an account wherever it is signed in, else for an address, or the /64 network of one of version 6. The figures "
    "leave room for an office of fifty people behind one address who are not signed in. Behind a proxy, set "
    "`PLEDGELINE_TRUSTED_PROXIES`, or all visitors are one. `PLEDGELINE_RATE_LIMITS=0` turns counting off."
)


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:g} MB"
