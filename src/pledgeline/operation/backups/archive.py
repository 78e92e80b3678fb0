"""The archive of a backup: parts, each with its digest, and the manifest behind them.

A zip archive, because every system can open one, and a part of it can be looked at by itself.
"""

import hashlib
import json
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from pledgeline.operation.backups.manifest import FORM, FileInBackup, Manifest

MANIFEST = "manifest.json"
LARGEST_MANIFEST = 50_000_000
DAMAGE = (EOFError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, RuntimeError)
"""What `zipfile` raises where an archive is not what it says, or is locked with a password."""

BLOCK = 1 << 20

Progress = Callable[[str, int, int], None]
"""Told how far a step of the work is: its name, how much is done, and how much it is in all."""


def no_progress(_step: str, _done: int, _whole: int) -> None:
    """Tell nobody."""


class NoBackup(ValueError):
    """The file is no whole backup of ours; the message says what is wrong and the way out."""


class Writer:
    """An archive that is being written."""

    def __init__(self, path: Path) -> None:
        self._file = open(path, "wb")  # noqa: SIM115  closed on leaving
        self._zip = zipfile.ZipFile(self._file, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
        self._parts: dict[str, FileInBackup] = {}

    def __enter__(self) -> "Writer":
        return self

    def __exit__(self, *error: object) -> None:
        self._zip.fp = None  # a full disk would not take an end of the archive either
        self._file.close()

    def add(self, name: str, blocks: Iterable[bytes]) -> None:
        """Add a part."""
        digest, size = hashlib.sha256(), 0
        with self._zip.open(name, "w", force_zip64=True) as part:
            for block in blocks:
                part.write(block)
                digest.update(block)
                size += len(block)
        self._parts[name] = FileInBackup(bytes=size, sha256=digest.hexdigest())

    def finish(self, **said: Any) -> Manifest:
        """Write the manifest, which makes the backup whole."""
        manifest = Manifest(parts=self._parts, **said)
        self._zip.writestr(MANIFEST, manifest.model_dump_json(indent=1))
        self._zip.close()
        return manifest


class Archive:
    """An archive that is there.

    Raises:  NoBackup, here and wherever a part is not what the manifest says.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._zip = zipfile.ZipFile(path)
            if self._zip.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
                raise NoBackup(f"{path} is no backup of Pledgeline: its manifest is far too long")
            written = self._zip.read(MANIFEST)
        except OSError as error:
            raise NoBackup(f"{path} cannot be read: {error.strerror or error}") from error
        except KeyError:
            raise NoBackup(f"{path} is no backup of Pledgeline: there is no {MANIFEST} in it") from None
        except DAMAGE as error:
            raise NoBackup(f"{path} is no whole backup of Pledgeline ({error}): take another one") from error
        self.manifest = _read_manifest(path, written)
        there = {
            member.filename: member.file_size
            for member in self._zip.infolist()
            if member.filename != MANIFEST
        }
        if there != {name: part.bytes for name, part in self.manifest.parts.items()}:
            raise NoBackup(f"{path} does not hold what its manifest says: take another one")

    def blocks(self, name: str) -> Iterator[bytes]:
        """Give the content of a part. What was given is only to be used when all has been given."""
        if name not in self.manifest.parts:
            raise NoBackup(f"{self.path} holds no {name}: take another one")
        digest = hashlib.sha256()
        try:
            with self._zip.open(name) as part:
                while block := part.read(BLOCK):
                    digest.update(block)
                    yield block
        except (OSError, *DAMAGE) as error:
            raise NoBackup(f"{self.path} is damaged in {name} ({error}): take another one") from error
        if digest.hexdigest() != self.manifest.parts[name].sha256:
            raise NoBackup(f"{self.path} is damaged: {name} is not what was written; take another one")

    def check(self, progress: Progress = no_progress) -> None:
        """Read all of it, and hold every part against its digest."""
        whole, done = sum(part.bytes for part in self.manifest.parts.values()), 0
        for name in self.manifest.parts:
            for block in self.blocks(name):
                done += len(block)
                progress("reading it through", done, whole)


def _read_manifest(path: Path, written: bytes) -> Manifest:
    try:
        said = json.loads(written)
        form = said.get("form") if isinstance(said, dict) else None
        if isinstance(form, int) and form > FORM:
            raise NoBackup(
                f"{path} was made by a newer version, {said.get('program')}: restore it with that one"
            )
        return Manifest.model_validate(said)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise NoBackup(f"{path} has a manifest that cannot be read: {where}: {first['msg']}") from None
    except (ValueError, RecursionError) as error:
        if isinstance(error, NoBackup):
            raise
        raise NoBackup(f"{path} has a manifest that cannot be read: {str(error)[:200]}") from None
