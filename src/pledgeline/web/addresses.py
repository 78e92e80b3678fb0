"""The addresses of the site's own pages: a page of a table writes hundreds, and few are new."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.urls import get_script_prefix, reverse
from django.utils.http import urlencode


def address_of(page: str, *args: object, parameters: Mapping[str, Any] | None = None) -> str:
    """Give the address of a page by its name in the site's addresses, without the `web:`.

    Of the parameters an empty one is left out.
    """
    address = _address(page, args, get_script_prefix())
    given = {key: value for key, value in (parameters or {}).items() if value not in ("", None)}
    return f"{address}?{urlencode(given, doseq=True)}" if given else address


@lru_cache(maxsize=20_000)
def _address(page: str, args: tuple[object, ...], _under: str) -> str:
    return reverse(f"web:{page}", args=args)
