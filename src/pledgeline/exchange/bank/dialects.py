"""How a bank writes its CSV files: a small TOML file that an office keeps, read by one closed model.

Nothing of a CSV file is guessed: which sign parts its cells, how a day and an amount are written, which column is
which, and which way money goes, all stand in the dialect.
"""

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from pledgeline.exchange.bank.statements import refused
from pledgeline.money import MINOR_DIGITS
from pledgeline.programme.findings import shortened
from pledgeline.programme.sentences import sentence
from pledgeline.programme.toml import NotToml, read_toml

DAYS: Mapping[str, str] = {
    "YYYY-MM-DD": r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})",
    "DD.MM.YYYY": r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})",
    "DD/MM/YYYY": r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})",
    "MM/DD/YYYY": r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})",
    "DD-MM-YYYY": r"(?P<day>\d{1,2})-(?P<month>\d{1,2})-(?P<year>\d{4})",
    "YYYYMMDD": r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
}
"""How days may be written, and how each is read."""

_CLOSED = ConfigDict(extra="forbid", strict=True, frozen=True)


class StatementColumns(BaseModel):
    """The headings of the columns, as they stand in the file."""

    model_config = _CLOSED

    booked_on: str
    amount: str = ""
    credit: str = ""
    debit: str = ""
    indicator: str = ""
    currency: str = ""
    account: str = ""
    reference: str = ""
    party: str = ""
    text: list[str] = Field(default_factory=list)
    balance: str = ""


class BankDialect(BaseModel):
    """How one bank writes its CSV files."""

    model_config = _CLOSED

    name: str
    encoding: Literal["utf-8", "utf-16", "cp1250", "cp1251", "cp1252", "iso-8859-1", "iso-8859-15"] = "utf-8"
    delimiter: Literal[",", ";", "\t", "|"] = ","
    skip_lines: int = Field(0, ge=0, le=100)
    decimal: Literal[".", ","] = "."
    thousands: Literal["", ".", ",", " ", "'"] = ""
    date: Literal["YYYY-MM-DD", "DD.MM.YYYY", "DD/MM/YYYY", "MM/DD/YYYY", "DD-MM-YYYY", "YYYYMMDD"]
    sign: Literal["signed", "columns", "indicator"] = "signed"
    debit_has_minus: bool = False
    credit_words: list[str] = Field(default_factory=list)
    debit_words: list[str] = Field(default_factory=list)
    order: Literal["oldest-first", "newest-first"] = "oldest-first"
    account: str = ""
    currency: str = ""
    columns: StatementColumns

    @model_validator(mode="after")
    def _fits(self) -> "BankDialect":
        columns = self.columns
        needed = {
            "signed": [columns.amount],
            "columns": [columns.credit, columns.debit],
            "indicator": [columns.amount, columns.indicator, *self.credit_words[:1], *self.debit_words[:1]],
        }[self.sign]
        has_words = self.sign != "indicator" or (self.credit_words and self.debit_words)
        if not all(needed) or not has_words:
            raise ValueError(f"sign = {self.sign!r} lacks a column or its words")
        if not (self.account or columns.account) or not (self.currency or columns.currency):
            raise ValueError("account and currency stand neither in the dialect nor in a column")
        if self.currency and self.currency not in MINOR_DIGITS:
            raise ValueError(f"{self.currency[:20]!r} is no currency")
        if self.thousands == self.decimal:
            raise ValueError("decimal and thousands are the same sign")
        return self


def read_dialect(data: bytes, name: str) -> BankDialect:
    """Read a dialect.

    Raises:  NotAStatement, whatever is wrong with it.
    """
    try:
        return BankDialect.model_validate(read_toml(data[:100_000].decode("utf-8-sig")))
    except UnicodeDecodeError:
        raise refused(name, sentence("bank.dialect.not-utf-8")) from None
    except NotToml as error:
        raise refused(name, error.said, line=error.line) from None
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        at = ".".join(map(str, fault["loc"])) or "-"
        said = sentence("bank.dialect.field", field=shortened(at), why=shortened(_why(fault)))
        raise refused(name, said) from None


def _why(fault: ErrorDetails) -> str:
    return str(fault["msg"]).removeprefix("Value error, ")
