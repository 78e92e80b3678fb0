"""What other languages call the programmes that ship, and the items of their records.

`names.LANGUAGE.toml` in the folder of a programme has the texts beside it, and what the language says for each. A text
that somebody has changed since is not in it, and stays as it was written.
"""

from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from pledgeline.programme.sentences import spoken_language
from pledgeline.programme.settings import Programme
from pledgeline.programme.toml import read_toml


def own_name(slug: str, text: str) -> str:
    """Give a text of a programme in the language of whoever reads, where that has one for it."""
    return _texts(spoken_language()).get(slug, {}).get(text, text)


def with_own_names(programme: Programme) -> Programme:
    """Give a programme as a page names it: its own texts in the language of whoever reads."""
    named: dict[str, Any] = {
        text: own_name(programme.slug, getattr(programme, text))
        for text in ("name", "short_name", "about", "recipient", "validator", "supplier")
    }
    return replace(programme, **named)


@cache
def _texts(language: str) -> dict[str, dict[str, str]]:
    data = Path(str(files("pledgeline") / "data"))
    return {
        path.parent.name: read_toml(path.read_text(encoding="utf-8"))
        for path in sorted(data.glob(f"*/names.{language}.toml"))
    }
