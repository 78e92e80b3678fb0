"""Where the secrets of an installation come from: files in its home folder, or what the environment names.

`PLEDGELINE_SECRET_KEY` and `PLEDGELINE_BOOKS_KEY` hold a secret; the same names with `_FILE` name a file that does.
Where neither is set, a credential of systemd is taken (`secret-key`, `books.key` in `$CREDENTIALS_DIRECTORY`), and
else the file of that name in the home folder. Nothing else in Pledgeline knows where a secret is looked for.
"""

import os
import secrets
import tempfile
from pathlib import Path

from pledgeline.ledger.keys import read_key_ring
from pledgeline.ledger.verifier import COSIGNATURE, Wrong, read_key

SHORTEST_SECRET = 32
"""Units: characters. Of the 64 that occur in one made here, twenty-two hold 128 bits."""


class KeyUnusable(ValueError):
    """A secret cannot be used; the message says where it lies and what to do, never what it is."""


def secret_keys(folder: Path) -> list[str]:
    """Give the secrets that sign cookies and links: the first signs, the others are still taken.

    They stand one below the other. In the home folder the first is made when it is asked for.

    Raises:  KeyUnusable.
    """
    found = _from_elsewhere("PLEDGELINE_SECRET_KEY", "secret-key")
    text, place = found or (_made_in(folder, "secret-key"), str(folder / "secret-key"))
    keys = text.split()
    if not keys or min(map(len, keys)) < SHORTEST_SECRET:
        raise KeyUnusable(
            f"{place} holds no secret of {SHORTEST_SECRET} characters or more: "
            'make one with python3 -c "import secrets; print(secrets.token_urlsafe(50))"'
        )
    return keys


def books_key(folder: Path) -> str:
    """Give the keys that sign checkpoints, as `pledgeline ledger key` wrote them; nothing where there are none.

    Raises:  KeyUnusable.
    """
    found = _from_elsewhere("PLEDGELINE_BOOKS_KEY", "books.key")
    path = folder / "books.key"
    if found is None and not path.exists():
        return ""
    text, place = found or (_read(path), str(path))
    try:
        read_key_ring(text)
    except ValueError as error:
        raise KeyUnusable(
            f"{place} holds no key ({error}): make another with `pledgeline ledger key NAME --out FILE`"
        ) from None
    return text


def metrics_token(folder: Path) -> str:
    """Give what has to be said to be given metrics; in the home folder it is made when it is asked for.

    Raises:  KeyUnusable.
    """
    found = _from_elsewhere("PLEDGELINE_METRICS_TOKEN", "metrics-token")
    text, place = found or (_made_in(folder, "metrics-token"), str(folder / "metrics-token"))
    if len(text.strip()) < SHORTEST_SECRET:
        raise KeyUnusable(f"{place} holds no token of {SHORTEST_SECRET} characters or more")
    return text.strip()


def key_places(folder: Path) -> dict[str, str]:
    """Say where each secret that there is lies: a file, or the variable that holds it. Its name is that of its file.

    Raises:  KeyUnusable.
    """
    places = {}
    for name, variable in (("secret-key", "PLEDGELINE_SECRET_KEY"), ("books.key", "PLEDGELINE_BOOKS_KEY")):
        if found := _from_elsewhere(variable, name):
            places[name] = found[1]
        elif (folder / name).exists():
            places[name] = str(folder / name)
    return places


def witness_keys() -> list[str]:
    """Give the public keys of the witnesses whose cosignatures count, from `PLEDGELINE_WITNESS_KEYS`, with blanks.

    Raises:  KeyUnusable.
    """
    keys = os.environ.get("PLEDGELINE_WITNESS_KEYS", "").split()
    for key in keys:
        try:
            read_key(key, COSIGNATURE)
        except Wrong as error:
            raise KeyUnusable(f"PLEDGELINE_WITNESS_KEYS: {error}") from None
    return keys


def _from_elsewhere(variable: str, credential: str) -> tuple[str, str] | None:
    """Give a secret that the environment holds or names, and where it was found; nothing where there is none."""
    said, named = os.environ.get(variable, ""), os.environ.get(f"{variable}_FILE", "")
    if said and named:
        raise KeyUnusable(f"{variable} and {variable}_FILE are both set: leave one of them out")
    if said:
        return said, variable
    if named:
        return _read(Path(named)), named
    folder = os.environ.get("CREDENTIALS_DIRECTORY", "")
    path = Path(folder, credential)
    return (_read(path), str(path)) if folder and path.exists() else None


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not text in UTF-8"
        raise KeyUnusable(
            f"cannot read {path} ({why}): the site has to be able to, and nobody else"
        ) from None


def _made_in(folder: Path, name: str) -> str:
    """Give a secret in the home folder, made the first time.

    Several processes may start at once: each writes a file of its own, one of them gets the name, and all read
    that one. Nobody but the owner may read it.
    """
    path = folder / name
    if not path.exists():
        handle, draft = tempfile.mkstemp(dir=folder, prefix=f".{name}-")
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        except OSError:  # a file system without links
            os.replace(draft, path)
        Path(draft).unlink(missing_ok=True)
    return _read(path)
