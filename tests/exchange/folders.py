"""A good folder of a few rows, and what can be done to it."""

import csv
import io
import os
from collections.abc import Callable
from pathlib import Path

FILES = {
    "sources.csv": """
        id,url,publisher,published_on,title,accessed_as
        S1,https://example.org/1,Example Gazette,2025-08-04,First page,stored copy
        S2,urn:example:2,Example Agency,,Second page,stored copy
    """,
    "packages.csv": """
        id,number,announced_on,target_value,currency,funders,contents_as_reported,delivery_reported_on,source_ids,note
        P1,1,2025-08-04,500000000,USD,NLD+NOR,cranes,2025-09-17,S1,
        P2,,2025-09-01,,USD,,,,S1,value not stated
    """,
    "contributions.csv": """
        id,partner,announced_on,amount,currency,amount_usd_as_reported,package,stage,earmark_text,title,source_ids,relation,relates_to,note
        C1,NLD,2025-08-04,500000000,EUR,578000000,P1,announced,cranes,The Dutch share,S1,,,
        C2,NOR,2025-08-05,1500000000,NOK,,P1,committed,,The Norwegian share,S1;S2,,,
        C3,NOR,2025-09-01,1400000000,NOK,,P1,announced,,A newer figure,S2,replaces,C2,
        C4,DNK+NOR,2025-09-02,,,,,announced,,No sum was stated,S2,unclear,C1;C3,"yes, really"
    """,
    "checkpoints.csv": """
        as_of,measure,value,unit,said_by,source_ids,note
        2025-09-01,total_contributed_usd,700000000,USD,a minister,S1,
        2025-09-02,share_of_allies,0.67,ratio,a minister,S1,
    """,
    "deliveries.csv": """
        date,package,what_as_reported,source_ids,note
        2025-09-17,P1;P2,The first crane arrived,S1,
        2025-09,,More is on the way,S2,
    """,
    "items.csv": """
        item,name,category,unit_of_issue,price_low,price_high,currency,price_year,price_basis,lead_time_months_low,lead_time_months_high,source_ids,note
        crane,Harbour crane,lifting,EA,1000000,2000000,USD,2024-2025,press,6,12,S1,
    """,
    "fx.csv": """
        date,base,currency,rate,source
        2025-08-04,EUR,USD,1.1565,S1
        2025-08-04,EUR,NOK,11.8635,S1
    """,
}

SETTINGS = """
    slug = "harbour"
    name = "Harbour Repair Fund (invented)"
    short_name = "Harbour"
    about = "An invented programme."
    recipient = "UKR"
    validator = "an invented committee"
    supplier = "an invented supplier"
    base_currency = "USD"
    package_size = { amount = "500000000", currency = "USD" }
    [parties]
    HBK = "Harbour Bank"
    [public_fields]
    announcements = ["earmark"]
"""


def plain(text: str) -> bytes:
    """Take the indentation out of the lines of a file."""
    return "".join(f"{line.strip()}\n" for line in text.strip().splitlines()).encode()


def write_good(folder: Path) -> Path:
    """Make the good folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in FILES.items():
        (folder / name).write_bytes(plain(text))
    return folder


Patch = Callable[[Path], None]


def cell(file: str, line: int, column: str, text: str) -> Patch:
    """Write something else into a cell. Lines count from 1, the header included."""

    def patch(folder: Path) -> None:
        path = folder / file
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
        rows[line - 1][rows[0].index(column)] = text
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\n").writerows(rows)
        path.write_bytes(out.getvalue().encode("utf-8"))

    return patch


def row(file: str, text: str) -> Patch:
    """Add a row at the end."""
    return whole(file, lambda before: before + text.encode() + b"\n")


def swap(file: str, old: str, new: str) -> Patch:
    """Replace a piece of a file that is in it once."""

    def change(before: bytes) -> bytes:
        assert before.count(old.encode()) == 1, (file, old)
        return before.replace(old.encode(), new.encode())

    return whole(file, change)


def whole(file: str, change: Callable[[bytes], bytes]) -> Patch:
    """Change all bytes of a file, or make a new one."""

    def patch(folder: Path) -> None:
        path = folder / file
        path.write_bytes(change(path.read_bytes() if path.exists() else b""))

    return patch


def becomes(file: str, data: bytes) -> Patch:
    return whole(file, lambda _before: data)


def settings(old: str = "", new: str = "") -> Patch:
    """Put a `programme.toml` into the folder in which one piece is another."""
    text = plain(SETTINGS)
    assert not old or text.count(old.encode()) == 1, old
    return becomes("programme.toml", text.replace(old.encode(), new.encode()) if old else text)


def both(*patches: Patch) -> Patch:
    def patch(folder: Path) -> None:
        for change in patches:
            change(folder)

    return patch


def gone(file: str) -> Patch:
    return lambda folder: (folder / file).unlink()


def a_folder_instead(file: str) -> Patch:
    def patch(folder: Path) -> None:
        (folder / file).unlink(missing_ok=True)
        (folder / file).mkdir()

    return patch


def a_link(file: str, target: str) -> Patch:
    def patch(folder: Path) -> None:
        (folder / file).unlink(missing_ok=True)
        (folder / file).symlink_to(target)

    return patch


def a_pipe(file: str) -> Patch:
    def patch(folder: Path) -> None:
        (folder / file).unlink()
        os.mkfifo(folder / file)

    return patch


def sparse(file: str, size: int, begins: bytes = b"") -> Patch:
    """Make a file that has the size of many bytes and takes up no room; `begins` is added before they do."""

    def patch(folder: Path) -> None:
        with (folder / file).open("r+b") as opened:
            opened.seek(0, os.SEEK_END)
            opened.write(begins)
            opened.truncate(size)

    return patch


def no_folder(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()


def a_file_for_a_folder(folder: Path) -> None:
    no_folder(folder)
    folder.write_bytes(b"")


def a_folder_in_a_circle(folder: Path) -> None:
    no_folder(folder)
    folder.symlink_to(folder)


def without_column(file: str, column: str) -> Patch:
    def patch(folder: Path) -> None:
        path = folder / file
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
        left = rows[0].index(column)
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\n").writerows([row[:left] + row[left + 1 :] for row in rows])
        path.write_bytes(out.getvalue().encode("utf-8"))

    return patch
