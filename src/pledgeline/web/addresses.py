"""The addresses of the site's own pages: a page of a table writes hundreds, and few are new."""

from functools import lru_cache

from django.urls import get_script_prefix, reverse


def address_of(page: str, *args: object) -> str:
    """Give the address of a page by its name in the site's addresses, without the `web:`."""
    return _address(page, args, get_script_prefix())


@lru_cache(maxsize=20_000)
def _address(page: str, args: tuple[object, ...], _under: str) -> str:
    return reverse(f"web:{page}", args=args)
