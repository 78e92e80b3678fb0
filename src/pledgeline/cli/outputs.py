"""The one gate for every file that a command writes.

What is there already stays unless `--force` is said, and what the command reads stays in any case, under
whatever name it is reached. A file is written beside its place and takes the name when it is whole: after
Ctrl-C, or on a full disk, there is the old file or none, never half of one.
"""

import contextlib
import os
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from pledgeline.cli.printing import stop
from pledgeline.operation.private_files import keep_private

Force = Annotated[
    bool, typer.Option("--force", help="Replace the file if it is there already; never one that is read.")
]


def output_path(text: str | Path) -> Path:
    """Read the name of a file that is to be written: the parser of every parameter that names one."""
    name = os.fspath(text)
    if not name:
        raise typer.BadParameter("no file is named")
    if name == "-":
        raise typer.BadParameter(
            "“-” is no file: leave the option out to print, or write ./- for a file of that name"
        )
    if name.endswith((os.sep, "/")):
        raise typer.BadParameter(f"{name} names a folder: add the name of a file")
    return Path(name)


Out = Annotated[
    Path | None,
    typer.Option(
        "--out",
        help="Write into this file instead of printing.",
        parser=output_path,
        metavar="<path>",
        show_default=False,
    ),
]


class Outputs:
    """The files that this call of a command may write: looked at before the work, written at its end."""

    def __init__(self, ctx: typer.Context, *targets: Path | None) -> None:
        """See at once what would hinder writing at the end; what hinders is said, and the command ends.

        `targets` are the parameters that `output_path` has read. All others may name something that is read.
        """
        self._has_force, self._may_replace = "force" in ctx.params, bool(ctx.params.get("force"))
        others = [value for value in ctx.params.values() if not any(value is target for target in targets)]
        self._read = [path for value in others for path in _paths_in(value) if _exists(path)]
        named = [target for target in targets if target is not None]
        for number, path in enumerate(named):
            if any(_spelled(path) == _spelled(other) or _is_same(path, other) for other in named[:number]):
                stop(f"{path} is named for two files: give each a name of its own")
            self._must_be_free(path)

    def give(self, path: Path | None, pieces: Iterable[bytes]) -> None:
        """Write pieces as they are made into the file that is named, or print them."""
        if path is None:
            sys.stdout.buffer.writelines(pieces)
            sys.stdout.flush()
            return
        with self.draft(path) as draft, draft.open("wb") as file:
            file.writelines(pieces)

    def write(self, path: Path, content: bytes, *, mode: int = 0o666) -> None:
        """Write a whole file, or none.

        `mode` is who may do what with a new one, before the mask of this user; one that is replaced keeps its own.
        """
        with self.draft(path, mode=mode) as draft:
            draft.write_bytes(content)

    @contextlib.contextmanager
    def draft(self, path: Path, *, mode: int = 0o666, private: bool = False) -> Iterator[Path]:
        """Give a file to be filled, which takes its name when it is whole; `mode` is as for `write`.

        One that is `private` is for its owner alone, also where it replaces one that was not.
        """
        self._must_be_free(path)
        try:
            if _is_stream(path):
                yield path
                return
            target = Path(os.path.realpath(path))  # a link stays, and what it leads to is written
            old = stat.S_IMODE(target.stat().st_mode) if target.exists() else None
            usual = mode & ~keep_private() if old is None else old
            with _draft_beside(target) as draft:
                yield draft
                draft.chmod(0o600 if private else usual)
                _make_durable(draft)
                if self._may_replace:
                    os.replace(draft, target)
                else:
                    _take_name(draft, target)
        except FileExistsError:
            self._is_there(path)
        except OSError as problem:
            stop(f"{path} cannot be written: {problem.strerror or problem}")

    def _must_be_free(self, path: Path) -> None:
        """Refuse what is read, what is there, and where nothing can be written."""
        try:
            folder = Path(os.path.realpath(path)).parent
            if path.is_dir():
                stop(f"{path} is a folder: add the name of a file")
            if not folder.is_dir():
                stop(f"{path} cannot be written: there is no folder {folder}; make it first")
            if _is_stream(path):
                return
            if _exists(path):
                self._may_be_replaced(path, folder)
            if not os.access(folder, os.W_OK | os.X_OK):
                stop(f"{path} cannot be written: you may not write into {folder}; choose another folder")
        except OSError as problem:
            stop(f"{path} cannot be written: {problem.strerror or problem}")

    def _may_be_replaced(self, path: Path, folder: Path) -> None:
        """Refuse to replace what this command reads, a file in a folder that it reads, and what nobody gave up."""
        for read in self._read:
            if _is_same(path, read) or (read.is_dir() and _is_same(folder, read)):
                stop(f"{path} is what this command reads: give the file that it writes another name")
        if not self._may_replace:
            self._is_there(path)
        if not path.is_file():
            stop(f"{path} is no file: give another name")
        if not os.access(path, os.W_OK):
            stop(f"{path} cannot be written: it is protected; give another name, or take the protection off")

    def _is_there(self, path: Path) -> NoReturn:
        way_out = "add --force to replace it" if self._has_force else "delete it first"
        stop(f"{path} is there already: give another name, or {way_out}")


def _paths_in(value: object) -> list[Path]:
    """Take whatever a parameter holds for paths: a scenario may be a name or a file."""
    values = value if isinstance(value, list | tuple) else [value]
    return [Path(part) for part in values if isinstance(part, str | Path) and str(part)]


def _exists(path: Path) -> bool:
    try:
        return os.path.exists(path)
    except ValueError:  # a text that could be no path
        return False


def _is_same(path: Path, other: Path) -> bool:
    """Say whether two names lead to one file: over links of both kinds, and whatever a system takes for equal."""
    try:
        return os.path.samefile(path, other)
    except (OSError, ValueError):
        return False


def _spelled(path: Path) -> str:
    """Give a name to compare by where there is no file yet; a system may not tell capitals from small letters."""
    return os.path.realpath(path).casefold()


def _is_stream(path: Path) -> bool:
    """Say whether a name leads to a pipe or a terminal: nothing is lost there, and nothing can be renamed."""
    if not _exists(path):
        return False
    kind = path.stat().st_mode
    return stat.S_ISFIFO(kind) or stat.S_ISCHR(kind)


@contextlib.contextmanager
def _draft_beside(target: Path) -> Iterator[Path]:
    """Give a file under a name of its own, in the same folder; whatever happens, that name is gone afterwards."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".pledgeline-", suffix=".part")
    draft = Path(name)
    try:
        os.close(handle)
        yield draft
    finally:
        draft.unlink(missing_ok=True)


def _make_durable(path: Path) -> None:
    with open(path, "rb") as file:
        os.fsync(file.fileno())


def _take_name(draft: Path, target: Path) -> None:
    """Give a draft its name, unless somebody took that in the meantime.

    Raises:  FileExistsError.
    """
    try:
        os.link(draft, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        try:
            os.replace(draft, target)
        except BaseException:
            target.unlink(missing_ok=True)
            raise
