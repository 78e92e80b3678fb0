"""Static files by an address that changes with their content, so that browsers may keep them.

No step collects them beforehand: the site serves them from where they lie in the packages.
"""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


class VersionedStaticFiles(StaticFilesStorage):
    """Addresses with the digest of the file behind them: `/static/pledgeline/site.css?v=5f3a…`."""

    def url(self, name: str | None) -> str:
        plain = super().url(name)
        version = "" if settings.DEBUG or name is None else version_of(name)
        return f"{plain}?v={version}" if version else plain


@cache
def version_of(name: str) -> str:
    """Give the first letters of the digest of a static file; nothing where there is no such file."""
    found = finders.find(name)
    return hashlib.sha256(Path(found).read_bytes()).hexdigest()[:10] if isinstance(found, str) else ""
