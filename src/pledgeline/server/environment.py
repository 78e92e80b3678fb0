"""What variables of the environment say: one that is not understood stops the start, with the way out."""

import os
import re
from typing import NamedTuple

from django.core.exceptions import ImproperlyConfigured

_OCID_PREFIX = re.compile("ocds-[a-z0-9]{6}")


def whole_number(name: str, usual: int) -> int:
    """Read a variable that holds a number, or take the usual one."""
    said = os.environ.get(name, "") or str(usual)
    if not (said.isascii() and said.isdecimal() and len(said) < 10):
        raise ImproperlyConfigured(f"{name} is “{said[:40]}”: write a whole number, such as {usual}")
    return int(said)


USUAL_OCID_PREFIX = "ocds-000000"
"""A prefix that nobody has registered: ocids of demonstrations begin so."""


def ocid_prefix(name: str) -> str:
    """Read the prefix of ocids that the Open Contracting Partnership has registered, or take one of nobody."""
    said = os.environ.get(name, "") or USUAL_OCID_PREFIX
    if not _OCID_PREFIX.fullmatch(said):
        raise ImproperlyConfigured(
            f"{name} is “{said[:40]}”: write “ocds-” and six small letters or digits, such as {USUAL_OCID_PREFIX}"
        )
    return said


class StrictTransport(NamedTuple):
    """For how long a browser shall ask for this site over https alone, and for which names."""

    seconds: int
    subdomains: bool
    preload: bool


USUAL_HSTS = "max-age=31536000; includeSubDomains"


def strict_transport(name: str) -> StrictTransport:
    """Read a variable that is written as the header Strict-Transport-Security, or take a year and all subdomains."""
    said = os.environ.get(name, "") or USUAL_HSTS
    first, *rest = (word.strip().lower() for word in said.split(";"))
    seconds = first.removeprefix("max-age=")
    words = set(rest)
    if (
        seconds == first
        or not (seconds.isascii() and seconds.isdecimal())
        or words - {"includesubdomains", "preload"}
    ):
        raise ImproperlyConfigured(f"{name} is “{said[:80]}”: write it as the header, such as {USUAL_HSTS}")
    return StrictTransport(int(seconds), "includesubdomains" in words, "preload" in words)
