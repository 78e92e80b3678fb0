"""Read a bank statement in whichever of its two forms it comes: XML is CAMT.053, all else CSV by a dialect."""

from pledgeline.exchange.bank.camt import read_camt
from pledgeline.exchange.bank.csv_files import read_bank_csv
from pledgeline.exchange.bank.dialects import read_dialect
from pledgeline.exchange.bank.statements import NotAStatement, StatementFile
from pledgeline.programme.findings import Finding, Place
from pledgeline.programme.sentences import sentence


def read_statement(data: bytes, name: str, dialect: bytes, dialect_name: str) -> StatementFile:
    """Read a statement; `dialect` is the TOML of the bank, or empty. Never raises for what is in it."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<" or data.startswith((b"\xff\xfe<", b"\xfe\xff\x00<")):
        return read_camt(data, name)
    if not dialect:
        return StatementFile(
            findings=(Finding(place=Place(file=name), said=sentence("bank.dialect.needed")),)
        )
    try:
        return read_bank_csv(data, name, read_dialect(dialect, dialect_name))
    except NotAStatement as refusal:
        return StatementFile(findings=(refusal.finding,))
