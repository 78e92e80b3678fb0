"""More than a hundred ways to spoil a good folder, each with the one finding that it causes.

One cause, one finding: a row that was lost to a stray quotation mark is not reported again by every
row that refers to it. The catalogue of findings in the documentation takes its examples from here.
"""

from dataclasses import dataclass
from pathlib import Path

from tests.exchange.folders import (
    FILES,
    Patch,
    a_file_for_a_folder,
    a_folder_in_a_circle,
    a_folder_instead,
    a_link,
    a_pipe,
    becomes,
    both,
    cell,
    gone,
    no_folder,
    row,
    settings,
    sparse,
    swap,
    whole,
    without_column,
)

C, K, D, I, F, S, P, T = (  # noqa: E741
    "contributions.csv",
    "checkpoints.csv",
    "deliveries.csv",
    "items.csv",
    "fx.csv",
    "sources.csv",
    "packages.csv",
    "programme.toml",
)


@dataclass(frozen=True, kw_only=True)
class Broken:
    """One way to spoil the good folder, and the one finding that it causes.

    `told` says what was done where the spoiled line cannot be shown.
    """

    name: str
    patch: Patch
    code: str
    file: str
    line: int | None = None
    column: str = ""
    told: str = ""


def file_(code: str, file: str, name: str, patch: Patch, line: int | None = None, told: str = "") -> Broken:
    """Spoil a file as such."""
    return Broken(name=name, patch=patch, code=code, file=file, line=line, told=told)


def at(code: str, file: str, line: int, column: str, text: str, name: str = "") -> Broken:
    """Spoil one cell; the finding is in that cell."""
    named = name or f"{file} {line} {column}: {text[:40]}"
    return Broken(
        name=named, patch=cell(file, line, column, text), code=code, file=file, line=line, column=column
    )


def more(code: str, file: str, text: str, line: int, column: str, name: str) -> Broken:
    """Add a row; the finding is in it."""
    return Broken(name=name, patch=row(file, text), code=code, file=file, line=line, column=column)


def set_(code: str, old: str, new: str, line: int | None, column: str) -> Broken:
    """Spoil the settings."""
    named = f"settings: {new[:40]!r} for {old[:40]!r}"
    return Broken(name=named, patch=settings(old, new), code=code, file=T, line=line, column=column)


def wider(file: str, name: str) -> Patch:
    """Add a column with this name and empty cells."""
    return whole(
        file,
        lambda before: b"".join(
            line + (b"," + name.encode() if number == 0 else b",") + b"\n"
            for number, line in enumerate(before.splitlines())
        ),
    )


def in_capitals(folder: Path) -> None:
    (folder / F).rename(folder / "FX.CSV")


def announcement(key: str, day: str, relation: str = "", relates_to: str = "", amount: str = "1000") -> str:
    return f"{key},EST,{day},{amount},USD,,,announced,,A share,S1,{relation},{relates_to},"


def taken_back(
    refs: str, partner: str, package: str, *, amount: str = "5,EUR", stage: str = "announced"
) -> str:
    return f"C9,{partner},2025-10-01,{amount},,{package},{stage},,Money taken back,S1,withdraws,{refs},"


def circle(*rows: str) -> Patch:
    return both(*(row(C, text) for text in rows))


THE_FOLDER = [
    Broken(
        name="no folder",
        patch=no_folder,
        code="folder.missing",
        file="",
        told="There is nothing under the path that was given.",
    ),
    Broken(
        name="a file for a folder",
        patch=a_file_for_a_folder,
        code="folder.not-a-folder",
        file="",
        told="The path that was given is the path of a file.",
    ),
    Broken(
        name="a folder that is a link to itself",
        patch=a_folder_in_a_circle,
        code="folder.unreadable",
        file="",
        told="The path that was given is a link to itself.",
    ),
]

FILES_AS_SUCH = [
    *(file_("file.missing", file, f"no {file}", gone(file), told=f"There is no `{file}`.") for file in FILES),
    file_("file.missing", F, "a name in capitals", in_capitals),
    file_(
        "file.unreadable",
        C,
        "a folder under the name of a file",
        a_folder_instead(C),
        told=f"`{C}` is a folder.",
    ),
    file_("file.unreadable", S, "a link to itself", a_link(S, S)),
    file_("file.unreadable", S, "a link to nothing", a_link(S, "elsewhere.csv")),
    file_("file.unreadable", F, "a pipe", a_pipe(F)),
    file_("file.empty", D, "a file without a byte", becomes(D, b""), told=f"`{D}` has no byte."),
    file_("file.empty", D, "blank lines only", becomes(D, b"\n\r\n  \n\n")),
    file_("file.empty", D, "a mark of UTF-8 and nothing more", becomes(D, b"\xef\xbb\xbf")),
    file_(
        "file.not-csv",
        I,
        "a workbook renamed",
        becomes(I, b"PK\x03\x04\x14\x00\x06\x00" + bytes(range(256))),
        told="`items.xlsx` was renamed to `items.csv`.",
    ),
    file_(
        "file.not-csv",
        I,
        "an old workbook renamed",
        becomes(I, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99),
    ),
    file_("file.not-csv", I, "a PDF renamed", becomes(I, b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")),
    file_("file.not-csv", I, "a gzip archive renamed", becomes(I, b"\x1f\x8b\x08\x08abcdefgh")),
    file_("file.not-csv", I, "a web page renamed", becomes(I, b"<!DOCTYPE html><html></html>")),
    file_("file.not-csv", I, "JSON renamed", becomes(I, b'{"items": []}')),
    file_(
        "file.not-utf-8",
        S,
        "Latin-1",
        whole(S, lambda before: before.replace(b"Second page", b"Le deuxi\xe8me")),
        line=3,
        told="`Le deuxième` in line 3 was saved in another encoding: its `è` is the byte 0xe8.",
    ),
    file_(
        "file.not-utf-8",
        S,
        "Latin-1 twice",
        whole(S, lambda before: before.replace(b"page", b"p\xe2ge")),
        line=2,
    ),
    file_("file.not-utf-8", F, "UTF-16", whole(F, lambda before: before.decode().encode("utf-16")), line=1),
    file_(
        "file.not-utf-8",
        F,
        "UTF-16 without its mark",
        whole(F, lambda before: before.decode().encode("utf-16-le")),
        line=1,
    ),
    file_(
        "file.not-utf-8", F, "half a letter at the end", whole(F, lambda before: before + b"\xe2\x82"), line=4
    ),
    file_("file.not-utf-8", F, "any bytes", becomes(F, b"\xf0\x9f\x00,\xff\n\x01\xfe\n"), line=1),
    file_("file.separator", F, "semicolons", whole(F, lambda before: before.replace(b",", b";")), line=1),
    file_("file.separator", F, "tabs", whole(F, lambda before: before.replace(b",", b"\t")), line=1),
    file_("file.separator", F, "bars", whole(F, lambda before: before.replace(b",", b"|")), line=1),
    file_(
        "file.line-too-long",
        D,
        "a line of two million letters",
        whole(D, lambda before: before + b"x" * 2_000_000 + b"\n2025-10,,And more,S1,\n"),
        line=4,
        told="Line 4 has two million letters.",
    ),
    file_("file.line-too-long", S, "a line of 200 MB", sparse(S, 200_000_000, b"x"), line=4),
    file_(
        "file.too-large", D, "a file of 300 MB", sparse(D, 300_000_000), told="The file has 300 megabytes."
    ),
    file_(
        "file.quotes",
        C,
        "a quotation mark that is not closed",
        swap(C, "The Norwegian share", '"The Norwegian share'),
        line=3,
    ),
    file_("file.quotes", D, "not closed in the last row", row(D, '2025-10,,"And more,S1,'), line=4),
    file_("file.quotes", D, "text after a quotation mark", swap(D, "More is", '"More" is'), line=3),
    file_("file.quotes", F, "a quotation mark in the header", swap(F, "date,", 'date,"'), line=1),
]

HEADERS = [
    file_("header.none", F, "no header", whole(F, lambda before: before.partition(b"\n")[2]), line=1),
    *(
        Broken(
            name=f"{file} without {column}",
            patch=without_column(file, column),
            code="header.missing-column",
            file=file,
            line=1,
            column=column,
        )
        for file, column in (
            (C, "stage"),
            (C, "id"),
            (S, "id"),
            (P, "target_value"),
            (K, "said_by"),
            (D, "date"),
            (I, "price_low"),
            (F, "rate"),
        )
    ),
    Broken(
        name="a column misspelt",
        patch=swap(C, "announced_on", "Anounced_on"),
        code="header.missing-column",
        file=C,
        line=1,
        column="announced_on",
    ),
    Broken(
        name="a column too many",
        patch=wider(C, "colour"),
        code="header.unknown-column",
        file=C,
        line=1,
        column="colour",
    ),
    Broken(name="a column without a name", patch=wider(F, ""), code="header.unknown-column", file=F, line=1),
    Broken(
        name="a column twice",
        patch=wider(C, "amount"),
        code="header.double-column",
        file=C,
        line=1,
        column="amount",
    ),
]

ROWS = [
    Broken(name="a cell too many", patch=row(D, "2025-10,,More, more,S1,"), code="row.cells", file=D, line=4),
    Broken(name="a cell too few", patch=row(C, "C9,NLD,2025-09-03"), code="row.cells", file=C, line=6),
    more("row.duplicate", C, announcement("C1", "2025-09-03"), 6, "id", "an id twice"),
    more("row.duplicate", S, "S1,https://example.org/3,A,,B,c", 4, "id", "a source twice"),
    more("row.duplicate", P, "P1,,2025-09-01,,USD,,,,S1,", 4, "id", "a package twice"),
    more("row.duplicate", I, "crane,A,b,EA,1,2,USD,,press,,,S1,", 3, "item", "an item twice"),
    more("row.duplicate", F, "2025-08-04,EUR,USD,1.2,S1", 4, "date", "two rates of one day"),
    more(
        "row.duplicate",
        K,
        "2025-09-02,share_of_allies,0.67,countries,a minister,S1,",
        4,
        "measure",
        "one statement in two units",
    ),
    Broken(
        name="a stated total twice",
        patch=row(K, "2025-09-01,total_contributed_usd,700000000.0,USD,a minister,S2,again"),
        code="row.twice",
        file=K,
        line=4,
    ),
    Broken(
        name="a delivery twice",
        patch=row(D, "2025-09,,More is on the way,S2,"),
        code="row.twice",
        file=D,
        line=4,
    ),
]

CELLS = [
    *(
        at("cell.empty", file, 2, column, "")
        for file, columns in {
            C: ("id", "partner", "announced_on", "title", "source_ids"),
            P: ("announced_on", "currency", "source_ids"),
            K: ("as_of", "measure", "value", "unit", "said_by", "source_ids"),
            D: ("what_as_reported", "source_ids"),
            I: (
                "item",
                "name",
                "category",
                "unit_of_issue",
                "price_low",
                "price_high",
                "price_basis",
                "source_ids",
            ),
            F: ("date", "base", "currency", "rate", "source"),
            S: ("url", "publisher", "title", "accessed_as"),
        }.items()
        for column in columns
    ),
    at("cell.empty", D, 2, "source_ids", ";"),
    at("cell.control-characters", C, 2, "title", "A bell \x07 rings"),
    at("cell.control-characters", C, 2, "announced_on", "2025-08-04\x00"),
    at("cell.control-characters", S, 2, "title", "turned \u202e round", "letters that turn the line round"),
    at("cell.spaces", C, 2, "title", " The Dutch share"),
    at("cell.spaces", C, 2, "announced_on", "2025-08-04\u00a0", "a space that does not break"),
    at("cell.too-long", C, 2, "note", "x" * 10_001),
    Broken(
        name="a cell of 200 kB", patch=cell(C, 2, "note", "x" * 200_000), code="cell.too-long", file=C, line=2
    ),
    at("cell.reference", I, 2, "item", "a crane"),
    at("cell.reference", I, 2, "item", "a;b"),
    at("cell.reference", I, 2, "item", "a" * 101),
    at("cell.day-form", C, 2, "announced_on", "04.08.2025"),
    at("cell.day-form", C, 2, "announced_on", "45873", "a day as a spreadsheet keeps it"),
    at("cell.day-form", C, 2, "announced_on", "2025-8-4"),
    at("cell.day-form", C, 2, "announced_on", "2025-08-04T00:00:00"),
    at("cell.day-form", C, 2, "announced_on", "٢٠٢٥-٠٨-٠٤", "digits of another script"),
    at("cell.day-form", K, 2, "as_of", "2025-08", "a month where a day is needed"),
    at("cell.day-form", P, 2, "delivery_reported_on", "soon"),
    at("cell.day-form", D, 2, "date", "2025"),
    at("cell.no-such-day", C, 2, "announced_on", "2025-02-30"),
    at("cell.no-such-day", D, 2, "date", "2025-13"),
    at("cell.no-such-day", F, 2, "date", "2025-02-29"),
    at("cell.day-out-of-range", C, 2, "announced_on", "1889-08-04"),
    at("cell.day-out-of-range", S, 2, "published_on", "2205-08-04"),
    at("cell.vocabulary", C, 2, "stage", "promised"),
    at("cell.vocabulary", C, 2, "stage", ""),
    at("cell.vocabulary", C, 4, "relation", "replace"),
    at("cell.not-a-number", C, 2, "amount", "five hundred"),
    at("cell.not-a-number", C, 2, "amount", "=SUM(A1:A9)", "a formula"),
    at("cell.not-a-number", C, 2, "amount", "1e9"),
    at("cell.not-a-number", C, 2, "amount", "NaN"),
    at("cell.not-a-number", C, 2, "amount", "+5"),
    at("cell.not-a-number", C, 2, "amount", "€500"),
    at("cell.not-a-number", C, 2, "amount", "0." + "1" * 5000, "five thousand decimals"),
    at("cell.not-a-number", K, 2, "value", "about 2 billion"),
    at("cell.not-a-number", F, 2, "rate", "1,1565"),
    at("cell.separators", C, 2, "amount", "500,000,000"),
    at("cell.separators", C, 2, "amount", "500 000 000"),
    at("cell.separators", K, 2, "value", "700'000'000"),
    at("cell.separators", I, 2, "price_low", "1.000.000"),
    at("cell.not-whole", P, 2, "number", "0"),
    at("cell.not-whole", P, 2, "number", "1.5"),
    at("cell.not-whole", I, 2, "lead_time_months_low", "-6"),
    at("cell.not-whole", I, 2, "lead_time_months_high", "a year"),
    at("cell.unknown-currency", C, 2, "currency", "EURO"),
    at("cell.unknown-currency", C, 2, "currency", "eur"),
    at("cell.unknown-currency", C, 2, "currency", "$"),
    at("cell.unknown-currency", P, 2, "currency", "XAU"),
    at("cell.unknown-currency", K, 2, "unit", "usd"),
    at("cell.unknown-currency", K, 2, "unit", "USX"),
    at("cell.unknown-currency", I, 2, "currency", "UDS"),
    at("cell.past-currency", F, 2, "currency", "DEM"),
    at("cell.unknown-currency", F, 2, "base", "EU"),
    at("cell.unknown-partner", C, 2, "partner", "NL"),
    at("cell.unknown-partner", C, 2, "partner", "Netherlands"),
    at("cell.unknown-partner", C, 2, "partner", "NLD+"),
    at("cell.unknown-partner", C, 2, "partner", "NLD;NOR"),
    at("cell.unknown-partner", C, 2, "partner", "HBK", "a party without settings"),
    at("cell.unknown-partner", P, 2, "funders", "NLD+XXX"),
    at("cell.unknown-partner", K, 2, "measure", "partner_total_usd:NOX"),
    at("cell.partner-twice", C, 2, "partner", "NLD+NLD"),
    at("cell.partner-twice", P, 2, "funders", "NLD+NOR+NLD"),
    at("cell.decimals", C, 2, "amount", "0.001"),
    at("cell.decimals", C, 2, "amount_usd_as_reported", "1.005"),
    Broken(
        name="a tenth of a yen",
        patch=both(cell(I, 2, "currency", "JPY"), cell(I, 2, "price_low", "0.5")),
        code="cell.decimals",
        file=I,
        line=2,
        column="price_low",
    ),
    at("cell.too-large", C, 2, "amount", "1" + "0" * 18),
    at("cell.too-large", K, 2, "value", "1" + "0" * 18),
    at("cell.too-large", P, 2, "target_value", "9" * 40),
    at("cell.not-positive", C, 2, "amount", "-500000000"),
    at("cell.not-positive", C, 2, "amount", "0"),
    at("cell.not-positive", C, 2, "amount_usd_as_reported", "0.00"),
    at("cell.not-positive", P, 2, "target_value", "-1"),
    at("cell.not-positive", K, 2, "value", "-1"),
    at("cell.not-positive", F, 2, "rate", "0"),
    at("cell.not-positive", F, 2, "rate", "-1.1565"),
    at("cell.key-twice", C, 3, "source_ids", "S1;S2;S1"),
    *(at("cell.unknown-source", file, 2, "source_ids", "S1;S9") for file in (C, P, K, D, I)),
    at("cell.unknown-source", F, 2, "source", "S9"),
    at("cell.unknown-package", C, 2, "package", "P9"),
    at("cell.unknown-package", D, 2, "package", "P1;P9"),
    at("cell.address", S, 2, "url", "example.org/1"),
    at("cell.address", S, 2, "url", "javascript:alert(1)"),
    at("cell.address", S, 2, "url", "https://"),
    at("cell.address", S, 2, "url", "https://example.org/a b"),
]

ROWS_TOGETHER = [
    at("contributions.amount-and-currency", C, 2, "currency", ""),
    at("contributions.amount-and-currency", C, 2, "amount", ""),
    at("contributions.relation-and-rows", C, 4, "relates_to", ""),
    at("contributions.relation-and-rows", C, 4, "relation", ""),
    at("contributions.unknown-row", C, 4, "relates_to", "C2;C99"),
    more(
        "contributions.replaces-later",
        C,
        announcement("C9", "2025-08-05", "withdraws", "C3", amount="").replace("USD", ""),
        6,
        "relates_to",
        "a row that takes back a later one",
    ),
    more(
        "contributions.replaces-with-nothing",
        C,
        announcement("C9", "2025-09-05", "replaces", "C1", amount="").replace("USD", ""),
        6,
        "amount",
        "a newer figure that is none",
    ),
    more(
        "contributions.withdraws-uncounted",
        C,
        taken_back("C2", "NOR", "P1"),
        6,
        "relates_to",
        "from a replaced row",
    ),
    more(
        "contributions.withdraws-several",
        C,
        taken_back("C1;C3", "NLD", "P1"),
        6,
        "relates_to",
        "a part of two rows",
    ),
    more(
        "contributions.withdraws-otherwise",
        C,
        taken_back("C1", "DNK", "P1"),
        6,
        "partner",
        "of another partner",
    ),
    more(
        "contributions.withdraws-otherwise",
        C,
        taken_back("C1", "NLD", "P2"),
        6,
        "package",
        "of another package",
    ),
    more(
        "contributions.withdraws-otherwise",
        C,
        taken_back("C1", "NLD", "P1", stage="paid"),
        6,
        "stage",
        "of another stage",
    ),
    more(
        "contributions.withdraws-otherwise",
        C,
        taken_back("C3", "NOR", "P1", amount="5,USD"),
        6,
        "currency",
        "in another currency",
    ),
    more(
        "contributions.withdraws-too-much",
        C,
        taken_back("C1", "NLD", "P1", amount="500000000.01,EUR"),
        6,
        "amount",
        "more than there was",
    ),
    Broken(
        name="a newer figure of what is taken back",
        patch=both(
            row(C, taken_back("C1", "NLD", "P1")),
            row(C, announcement("C10", "2025-10-06", "replaces", "C9")),
        ),
        code="contributions.replaces-withdrawal",
        file=C,
        line=7,
        column="relates_to",
    ),
    more(
        "contributions.named-as-total",
        C,
        "Total,BEL,2025-09-20,,,900000000,,announced,,All of them,S1,,,",
        6,
        "id",
        "a row that is named as a total",
    ),
    Broken(
        name="a last figure that adds up the others",
        patch=both(
            *(
                row(C, f"X{number},{partner},2025-09-20,{number}00,USD,,,announced,,Sum {number},S1,,,")
                for number, partner in ((1, "BEL"), (2, "DNK"), (3, "SWE"), (6, "FIN"))
            )
        ),
        code="contributions.sum-of-rows",
        file=C,
        line=9,
        column="amount",
    ),
    more(
        "contributions.same-money",
        C,
        "C9,NLD,2025-08-04,500000000,EUR,578000000,P1,announced,,The same in another paper,S1,,,",
        6,
        "relation",
        "the same money without a relation",
    ),
    more(
        "contributions.joint-and-share",
        C,
        "C9,BEL+NLD,2025-08-20,900000000,EUR,,P1,announced,,A joint sum,S1,,,",
        6,
        "relation",
        "a joint sum beside a share of it",
    ),
    Broken(
        name="an amount in thousands",
        patch=cell(C, 2, "amount", "500000"),
        code="contributions.far-from-report",
        file=C,
        line=2,
        column="amount_usd_as_reported",
    ),
    more("fx.both-ways", F, "2025-08-04,USD,EUR,1.1565,S1", 4, "rate", "a rate both ways round"),
    more("fx.jump", F, "2025-08-05,EUR,USD,11.565,S1", 4, "rate", "a rate ten times too large"),
    more(
        "row.looks-alike",
        S,
        "\u04051,https://example.org/3,Example Gazette,,Third page,stored copy",
        4,
        "id",
        "a Cyrillic S",
    ),
    at("cell.two-scripts", S, 2, "publisher", "Ex\u0430mple Gazette", "a Cyrillic a in a name"),
    at("cell.day-after-today", K, 2, "as_of", "2030-01-01", "a day of the future"),
    at("contributions.relates-to-itself", C, 4, "relates_to", "C3"),
    more(
        "contributions.replaces-later",
        C,
        announcement("C9", "2025-08-05", "replaces", "C3"),
        6,
        "relates_to",
        "a row that replaces a later one",
    ),
    Broken(
        name="two rows that replace each other",
        patch=circle(
            announcement("X1", "2025-09-03", "replaces", "X2"),
            announcement("X2", "2025-09-03", "replaces", "X1"),
        ),
        code="contributions.circle",
        file=C,
        line=6,
        column="relates_to",
        told="`X1` replaces `X2`, and `X2` replaces `X1`.",
    ),
    Broken(
        name="three rows that replace each other",
        patch=circle(
            announcement("X1", "2025-09-03", "replaces", "X3"),
            announcement("X2", "2025-09-03", "replaces", "X1"),
            announcement("X3", "2025-09-03", "replaces", "C1;X2"),
        ),
        code="contributions.circle",
        file=C,
        line=6,
        column="relates_to",
    ),
    Broken(
        name="two rows that repeat each other",
        patch=circle(
            announcement("X1", "2025-09-03", "repeats", "X2"),
            announcement("X2", "2025-09-04", "conflicts", "X1"),
        ),
        code="contributions.circle",
        file=C,
        line=6,
        column="relates_to",
    ),
    Broken(
        name="two dollar figures",
        patch=both(cell(C, 2, "currency", "USD"), cell(C, 2, "amount_usd_as_reported", "578000000")),
        code="contributions.dollars-differ",
        file=C,
        line=2,
        column="amount_usd_as_reported",
    ),
    at("contributions.no-rate", C, 3, "currency", "SEK"),
    Broken(
        name="a rate that is too old",
        patch=cell(C, 4, "announced_on", "2025-09-05"),
        code="contributions.no-rate",
        file=C,
        line=4,
        column="currency",
    ),
    at("checkpoints.unit", K, 2, "unit", "EUR"),
    at("items.price-range", I, 2, "price_low", "3000000"),
    at("items.lead-time-range", I, 2, "lead_time_months_low", "18"),
    at("items.year", I, 2, "price_year", "last year"),
    at("items.year", I, 2, "price_year", "2025-2018"),
    Broken(
        name="a rate of a currency in itself",
        patch=row(F, "2025-08-04,EUR,EUR,1,S1"),
        code="fx.same-currency",
        file=F,
        line=4,
        column="currency",
    ),
]

THE_SETTINGS = [
    set_("programme.not-toml", 'slug = "harbour"', "slug = harbour", 1, ""),
    Broken(
        name="a number of 5,000 digits",
        patch=settings('slug = "harbour"', "slug = " + "9" * 5000),
        code="programme.not-toml",
        file=T,
        line=1,
    ),
    Broken(
        name="a key of 100,000 parts",
        patch=settings('slug = "harbour"', "a." * 100_000 + 'a = 1\nslug = "harbour"'),
        code="programme.not-toml",
        file=T,
        line=1,
    ),
    set_("programme.unknown-key", "about =", "color = 1\nabout =", 4, "color"),
    Broken(
        name="settings without a short name",
        patch=settings('short_name = "Harbour"\n', ""),
        code="programme.missing-key",
        file=T,
        column="short_name",
        told="`programme.toml` has no `short_name`.",
    ),
    set_(
        "programme.missing-key",
        'package_size = { amount = "500000000", currency = "USD" }\n',
        "",
        None,
        "package_size",
    ),
    set_("programme.value", 'slug = "harbour"', 'slug = "The Harbour"', 1, "slug"),
    set_("programme.value", 'slug = "harbour"', 'slug = "' + "a" * 61 + '"', 1, "slug"),
    set_("programme.value", 'slug = "harbour"', "slug = 7", 1, "slug"),
    set_("programme.value", '"Harbour"', '"Har\\u0000bour"', 3, "short_name"),
    set_("programme.value", 'base_currency = "USD"', 'base_currency = "USX"', 8, "base_currency"),
    set_(
        "programme.value",
        "base_currency =",
        "maximum_rate_age_days = -1\nbase_currency =",
        8,
        "maximum_rate_age_days",
    ),
    set_(
        "programme.value",
        "base_currency =",
        "maximum_rate_age_days = true\nbase_currency =",
        8,
        "maximum_rate_age_days",
    ),
    set_("programme.value", "base_currency =", 'time_zone = "Kyiv"\nbase_currency =', 8, "time_zone"),
    set_("programme.value", "base_currency =", 'time_zone = "+02:00"\nbase_currency =', 8, "time_zone"),
    set_("programme.value", "base_currency =", 'time_zone = "europe/kyiv"\nbase_currency =', 8, "time_zone"),
    set_("programme.value", "base_currency =", "time_zone = 2\nbase_currency =", 8, "time_zone"),
    set_("programme.value", 'amount = "500000000"', "amount = 5e8", 9, "package_size"),
    set_("programme.value", 'amount = "500000000"', 'amount = "0"', 9, "package_size"),
    set_(
        "programme.value", '{ amount = "500000000", currency = "USD" }', '"USD 500000000"', 9, "package_size"
    ),
    set_("programme.value", 'recipient = "UKR"', 'recipient = "Ukraine"', 5, "recipient"),
    set_("programme.value", "HBK =", "NLD =", 10, "parties"),
    set_("programme.value", "HBK =", '"H+K" =', 10, "parties"),
    set_("programme.value", '["earmark"]', '["earmarks"]', 12, "public_fields"),
    set_("programme.value", '["earmark"]', '"earmark"', 12, "public_fields"),
    set_("programme.value", "announcements =", "announcement =", 12, "public_fields"),
    file_("file.not-utf-8", T, "settings in Latin-1", becomes(T, b"# f\xfcr\n"), line=1),
    file_("file.unreadable", T, "a folder for the settings", a_folder_instead(T)),
    file_("file.unreadable", T, "settings that are a link to themselves", a_link(T, T)),
    file_("file.too-large", T, "settings of 2 MB", both(settings(), sparse(T, 2_000_000))),
]

BROKEN = [
    *THE_FOLDER,
    *FILES_AS_SUCH,
    *HEADERS,
    *ROWS,
    *CELLS,
    *ROWS_TOGETHER,
    *THE_SETTINGS,
]

WARNINGS = {
    "fx.both-ways",
    "cell.two-scripts",
    "cell.day-after-today",
    "contributions.same-money",
    "contributions.named-as-total",
    "contributions.sum-of-rows",
    "contributions.joint-and-share",
    "contributions.far-from-report",
    "fx.jump",
    "contributions.replaces-with-nothing",
    "header.unknown-column",
    "row.twice",
    "cell.spaces",
    "cell.key-twice",
    "contributions.dollars-differ",
    "contributions.no-rate",
    "checkpoints.unit",
}
