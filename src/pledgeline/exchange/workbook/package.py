"""The archive that a workbook is: its parts by name, opened within limits, without believing the file.

Excel opens what other programs write: names with backslashes, names in other capitals than the relations
say, names with percent signs. So a part is looked for by what these spellings have in common. Two parts
of one name are refused, as nobody can say which is meant; so is a name that leads out of the archive.
Nothing is ever written to a folder under a name of the file.
"""

import io
import posixpath
import zipfile
from collections.abc import Iterator
from types import TracebackType
from typing import Self
from urllib.parse import unquote

from pledgeline.programme.sentences import Sentence, sentence

MOST_BYTES = 64 * 2**20
"""Units: bytes of the file as it is handed over."""

MOST_UNPACKED = 128 * 2**20
"""Units: bytes of all its parts unpacked; what unpacks to more is no workbook that people typed."""

MOST_MARKUP = 8_000_000
"""Units: beginnings, ends and attributes of elements in all XML that is read, whatever they hold. A filled cell has
seven, a workbook of 100,000 lines some five million; an empty cell of four bytes costs as much time as a full one."""

MOST_RATIO = 400
"""Unpacked bytes for one packed byte, for parts of more than a megabyte. Workbooks stay below 100."""

MOST_PARTS = 10_000


class NotAWorkbook(Exception):
    """The file cannot be read as a workbook: `said` is what was found."""

    def __init__(self, said: Sentence, sheet: str = "") -> None:
        super().__init__(said)
        self.said, self.sheet = said, sheet


class OpcPackage:
    """An opened workbook. Parts are named with slashes, in the capitals of the file."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._markup_left = MOST_MARKUP
        self._names: dict[str, str] = {}
        self._entries: dict[str, zipfile.ZipInfo] = {}
        for entry in archive.infolist():
            name = _with_slashes(entry.filename)
            key = _key(name)
            if ".." in unquote(name).split("/") or ":" in key.split("/")[0] or "\0" in name:
                raise NotAWorkbook(sentence("workbook.damaged.outside"))
            if key in self._names:
                raise NotAWorkbook(sentence("workbook.damaged.twice", part=name))
            self._names[key], self._entries[name] = name, entry

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._archive.close()

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._names

    def name(self, said: str) -> str:
        """Give the name of a part as the file has it; what is not in the file keeps the name that was said."""
        return self._names.get(_key(said), said)

    def names(self) -> set[str]:
        return set(self._entries)

    def entries(self) -> Iterator[tuple[str, zipfile.ZipInfo]]:
        """Give all that the archive holds, in its order, folders too."""
        yield from self._entries.items()

    def read(self, name: str) -> bytes:
        """Unpack one part.

        Raises:  NotAWorkbook when it is missing, damaged or larger than it says.
        """
        entry = self._entries.get(self.name(name))
        if entry is None:
            raise NotAWorkbook(sentence("workbook.damaged.missing", part=name))
        try:
            return self._archive.read(entry)
        except (
            zipfile.BadZipFile,
            KeyError,
            EOFError,
            ValueError,
            NotImplementedError,
            RuntimeError,
            OSError,
        ):
            raise NotAWorkbook(sentence("workbook.damaged.packed", part=name)) from None
        except Exception as error:  # what zlib raises is no public name of the module
            said = sentence("workbook.damaged.packed-why", part=name, why=str(error))
            raise NotAWorkbook(said) from None

    def read_xml(self, name: str) -> bytes:
        """Unpack one part of XML, unless it holds more than anybody waits for: counted before it is parsed.

        Raises:  NotAWorkbook.
        """
        data = self.read(name)
        self._markup_left -= data.count(b"<") + data.count(b"/>") + data.count(b"=")
        if self._markup_left < 0:
            raise NotAWorkbook(sentence("workbook.too-many-cells.markup"))
        return data


def _with_slashes(name: str) -> str:
    return name.replace("\\", "/").lstrip("/")


def _key(name: str) -> str:
    """Give what the spellings of one name have in common."""
    return posixpath.normpath(unquote(_with_slashes(name))).casefold()


def open_package(data: bytes) -> OpcPackage:
    """Open the file as what a workbook is inside, a zip archive of XML parts, or say what it is instead.

    Raises:  NotAWorkbook.
    """
    if not data:
        raise NotAWorkbook(sentence("workbook.empty-file"))
    if len(data) > MOST_BYTES:
        raise NotAWorkbook(sentence("workbook.too-large.size", megabytes=round(len(data) / 2**20)))
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise NotAWorkbook(sentence("workbook.encrypted"))
        raise NotAWorkbook(sentence("workbook.old-xls"))
    if not data.startswith(b"PK"):
        raise NotAWorkbook(_what_it_is(data))
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError, EOFError, OSError):
        raise NotAWorkbook(sentence("workbook.damaged.broken-off")) from None
    if any(part.flag_bits & 1 for part in parts):
        raise NotAWorkbook(sentence("workbook.encrypted"))
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise NotAWorkbook(sentence("workbook.bomb"))
    if any(part.file_size > 2**20 and part.file_size > MOST_RATIO * part.compress_size for part in parts):
        raise NotAWorkbook(sentence("workbook.bomb"))
    package = OpcPackage(archive)
    _refuse_other_documents(package)
    return package


def _refuse_other_documents(package: OpcPackage) -> None:
    if "xl/workbook.bin" in package:
        raise NotAWorkbook(sentence("workbook.not-xlsx.binary"))
    if "mimetype" in package and "content.xml" in package:
        raise NotAWorkbook(sentence("workbook.not-xlsx.open-document"))
    names = package.names()
    if any(name.startswith(("word/", "ppt/")) for name in names):
        raise NotAWorkbook(sentence("workbook.not-xlsx.other-office"))
    if any(name.startswith("Index/") for name in names):
        raise NotAWorkbook(sentence("workbook.not-xlsx.numbers"))
    if "_rels/.rels" not in package:
        raise NotAWorkbook(sentence("workbook.not-xlsx.archive"))


def _what_it_is(data: bytes) -> Sentence:
    head = data[:512].lstrip(b"\xef\xbb\xbf \r\n\t")
    if head.startswith(b"%PDF"):
        return sentence("workbook.not-xlsx.pdf")
    if head[:1] in b"{[":
        return sentence("workbook.not-xlsx.json")
    if head[:1] == b"<":
        return sentence("workbook.not-xlsx.xml")
    try:
        data[:4096].decode("utf-8", errors="ignore" if len(data) > 4096 else "strict")
    except UnicodeDecodeError:
        return sentence("workbook.not-xlsx.something-else")
    if b"\0" in data[:4096]:
        return sentence("workbook.not-xlsx.no-spreadsheet")
    return sentence("workbook.not-xlsx.text")
