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
class Limit:
    """Something that has an end: what, at most how much, and what happens beyond."""

    what: str
    at_most: str
    beyond: str


def limits() -> dict[str, tuple[Limit, ...]]:
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


def _of_a_request() -> tuple[Limit, ...]:
    return (
        Limit("an address with its question", f"{LONGEST_QUERY:,} bytes after the “?”", "400"),
        Limit(
            "the headers",
            f"{HTTP1Settings().header_read_timeout // 1_000} seconds to arrive",
            "the connection ends",
        ),
        Limit("a request with a file", _megabytes(bodies.LARGEST_REQUEST), "413"),
        Limit(
            "a form without a file",
            f"{_megabytes(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)}, {settings.DATA_UPLOAD_MAX_NUMBER_FIELDS} fields",
            "400",
        ),
        Limit(
            "the time for a body to arrive",
            f"{bodies.SECONDS_AT_FIRST} seconds, and one more for each {bodies.SLOWEST:,} bytes that came",
            "408",
        ),
        Limit(
            "the time for a reader to take the next part of a long file",
            f"{serving.READER_SECONDS} seconds",
            "the connection ends in the middle",
        ),
        Limit(
            "the time to wait for a database that is held or away",
            f"{database.PATIENCE_SECONDS} seconds",
            "503; nothing is changed",
        ),
    )


def _of_a_visitor() -> tuple[Limit, ...]:
    return tuple(
        Limit(str(allowance.about), f"{allowance.per_minute:,}", "429 until the minute is over")
        for allowance in dear.ALL
    )


def _of_noted_refusals() -> tuple[Limit, ...]:
    return (
        Limit(
            "of one act, in a minute",
            f"{trail.MOST_OF_ONE} of a visitor at one address, {trail.MOST_OF_ALL} of all",
            "one event stands for the others",
        ),
    )


def _of_a_process() -> tuple[Limit, ...]:
    return (
        Limit("requests that are worked on at a time", str(lanes.THREADS), "they wait"),
        Limit(
            "of these, ones that take a core: scenarios, files, uploads, what-ifs, plans asked for",
            str(lanes.DEAR_THREADS),
            f"up to {lanes.MOST_WAITING} wait {lanes.LONGEST_WAIT_SECONDS} seconds each, then 503",
        ),
        Limit(
            "bodies that are arriving",
            f"{_megabytes(bodies.MOST_KEPT)}, beyond {bodies.SMALL:,} bytes of each",
            "503",
        ),
        Limit("memory (`PLEDGELINE_WORKER_MEMORY_MB`)", f"{settings.WORKER_MEMORY_MB:,} MB", "503"),
    )


def _of_a_file_to_plan() -> tuple[Limit, ...]:
    return (
        Limit("the file", _megabytes(plan_inputs.LARGEST_UPLOAD), "it is refused"),
        Limit(
            "a workbook, unpacked",
            f"{package.MOST_UNPACKED // 2**20} MB, {package.MOST_PARTS:,} parts, "
            f"{package.MOST_RATIO} times its size",
            "`workbook.bomb`",
        ),
        Limit(
            "beginnings, ends and attributes of its elements",
            f"{package.MOST_MARKUP:,}",
            "`workbook.too-many-cells`",
        ),
        Limit(
            "cells that are filled, merged or hidden",
            f"{workbook.MOST_CELLS:,}",
            "`workbook.too-many-cells`",
        ),
        Limit(
            "rows and columns of a sheet",
            f"{workbook.MOST_ROWS:,} and {workbook.MOST_COLUMNS}",
            "`workbook.too-many-cells`",
        ),
        Limit("values of a JSON problem", f"{MOST_VALUES:,}", "`plan.not-json`"),
        Limit("an id or a name", f"{LONGEST_NAME} characters", "a finding"),
        Limit("findings", f"{MOST_FINDINGS:,}", "reading stops, and says so"),
        Limit("cells that are marked in the workbook", f"{mark.MOST_MARKS:,}", "the others are only listed"),
    )


def _of_texts() -> tuple[Limit, ...]:
    return (
        Limit(
            "an instrument or a scenario, typed or as a file",
            f"{told.LONGEST_TEXT:,} characters",
            "refused",
        ),
        Limit("steps that its keys and brackets go deep", str(DEEPEST), "a finding"),
        Limit(
            "a scenario in an address",
            f"{told.LONGEST_PACKED:,} characters, unpacked {told.LONGEST_UNPACKED:,}",
            "400, with the command that answers it",
        ),
        Limit(
            "a file of events",
            f"{event_files.MOST_BYTES:,} bytes, {event_files.MOST_EVENTS:,} events",
            "refused",
        ),
        Limit("a checkpoint", f"{proofs.MOST_BYTES:,} bytes", "refused"),
        Limit(
            "rows of a workbook that a page writes, and entries of a journal",
            f"{long_files.MOST_AT_ONCE:,}; of a CSV file {long_files.MOST_LINES_AT_ONCE:,}",
            f"a job writes it, and it is kept for a day; {long_files.MOST_KEPT} of a person in a programme",
        ),
        Limit("a key of the books", f"{fields.LONGEST_KEY} characters", "refused"),
        Limit("a note beside an entry", f"{fields.LONGEST_NOTE:,} characters", "refused"),
        Limit("an amount", f"less than {LARGEST_MINOR:,} minor units", "refused"),
    )


def _of_an_answer() -> tuple[Limit, ...]:
    return (
        Limit(
            "events of a scenario, times the duties that each is asked of",
            f"{MOST_QUESTIONS:,}: twenty events over the whole register, a hundred over one instrument",
            "400, with the command that answers it",
        ),
        Limit("lines of an answer on a page", str(parts.LINES_OF_A_PAGE), "they go on on the next page"),
        Limit("facts that a page asks about", str(facts.MOST_ASKED), "the others follow"),
        Limit("duties in its picture", str(scenario.MOST_DRAWN), "the file has all of them"),
        Limit("rows of a table on a page", str(PER_PAGE), "they go on on the next page"),
    )


def _of_background_work() -> tuple[Limit, ...]:
    return (
        Limit(
            "jobs that wait",
            f"{settings.JOBS_PER_PROGRAMME} of a programme, {settings.JOBS_PER_PERSON} of a person",
            "none is added",
        ),
        Limit(
            "uploads that are kept",
            f"{settings.UPLOADS_MB_PER_PROGRAMME} MB of a programme, "
            f"{settings.UPLOADS_MB_PER_PERSON} MB of a person",
            "none is taken",
        ),
        Limit(
            "memory of a job (`PLEDGELINE_JOB_MEMORY_MB`)",
            f"{settings.JOB_MEMORY_MB:,} MB",
            "it is given up",
        ),
        Limit("a plan", f"{plans.LONGEST_BUDGET:,} seconds", "it ends with the best that was found"),
    )


ABOUT_RATES = (
    f"Requests are counted in windows of {rates.WINDOW_SECONDS} seconds, for all processes of a machine together: for "
    "an account wherever it is signed in, else for an address, or the /64 network of one of version 6. The figures "
    "leave room for an office of fifty people behind one address who are not signed in. Behind a proxy, set "
    "`PLEDGELINE_TRUSTED_PROXIES`, or all visitors are one. `PLEDGELINE_RATE_LIMITS=0` turns counting off."
)


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:g} MB"
