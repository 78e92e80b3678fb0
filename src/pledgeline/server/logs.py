"""How the log is written: lines for people, or JSON for programs; one event is one line, and no line is forged.

Everything goes through Python's own `logging`; structlog formats it. The request that is being answered stands
beside everything that is logged meanwhile: by its id, and by who asks. What visitors wrote reaches a log in many
ways (an address, the message of an exception): what is secret in it is cut, and characters that end a line or
move a terminal's cursor are written as escapes at the very end, whatever they came through.
"""

import re
from typing import cast

import structlog
from django.http import HttpRequest
from structlog.typing import EventDict, WrappedLogger

from pledgeline.server.addresses import without_secrets

FORMS = ("lines", "json")
"""What `PLEDGELINE_LOG` may say."""

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def logging_settings(form: str) -> dict[str, object]:
    """Give Django's setting LOGGING for one of the two forms.

    Raises:  ValueError for another form.
    """
    if form not in FORMS:
        raise ValueError(f"PLEDGELINE_LOG is “{form}”: set it to lines or to json")
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "structured": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": [
                    structlog.contextvars.merge_contextvars,
                    structlog.stdlib.add_log_level,
                    structlog.stdlib.add_logger_name,
                    structlog.stdlib.ExtraAdder(),
                    structlog.processors.TimeStamper(fmt="iso", utc=True),
                    structlog.processors.format_exc_info,
                    name_request,
                ],
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.JSONRenderer() if form == "json" else as_line,
                ],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "structured"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "pledgeline": {"level": "INFO"},
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.request": {"level": "ERROR"},
            "django.security": {"level": "ERROR"},
            "django.security.DisallowedHost": {"level": "CRITICAL"},
        },
    }


def name_request(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Put the id of the request and the number of the person in the place of the request, and cut what is secret."""
    request = event.pop("request", None)
    if not isinstance(request, HttpRequest):
        return event
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = without_secrets(value, request)
    event["request_id"] = getattr(request, "request_id", "")
    if (number := known_person(request)) is not None:
        event["person"] = number
    return event


def known_person(request: HttpRequest) -> int | None:
    """Give the number of who is signed in, where that was found out anyway: a log asks no database."""
    return cast("int | None", getattr(getattr(request, "_cached_user", None), "pk", None))


def as_line(_logger: WrappedLogger, _method: str, event: EventDict) -> str:
    """Write an event for people: time, weight, what happened, then everything else by name.

    Further lines, of a traceback, are indented: what stands at the beginning of a line is ours.
    """
    head = [event.pop(name, "") for name in ("timestamp", "level", "event")]
    event.pop("logger", None)
    trace = [line for name in ("exception", "stack") for line in str(event.pop(name, "")).split("\n") if line]
    rest = (f"{name}={_quoted(str(value))}" for name, value in event.items() if value not in ("", None))
    first = " ".join((*map(str, head), *rest))
    return "\n    ".join(_CONTROL.sub(_escape, line) for line in (first, *trace))


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value


def _escape(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode("ascii")
