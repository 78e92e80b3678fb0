"""Bank statements of invented banks, whole and broken."""

CAMT = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}">
<BkToCstmrStmt>
<GrpHdr><MsgId>M-1</MsgId><CreDtTm>2026-01-05T06:00:00</CreDtTm></GrpHdr>
<Stmt>
<Id>ST-1</Id><CreDtTm>2026-01-05T06:00:00</CreDtTm>
<Acct><Id><IBAN>DE02120300000000202051</IBAN></Id><Ccy>USD</Ccy></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="USD">1000.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-01-02</Dt></Dt></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="USD">{closing}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-01-05</Dt></Dt></Bal>
{entries}
</Stmt>
</BkToCstmrStmt>
</Document>
"""

ENTRY = """<Ntry><Amt Ccy="{currency}">{amount}</Amt><CdtDbtInd>{way}</CdtDbtInd><Sts>{status}</Sts>
<BookgDt><Dt>{day}</Dt></BookgDt><AcctSvcrRef>{ref}</AcctSvcrRef>
<NtryDtls><TxDtls><Refs><EndToEndId>{end}</EndToEndId></Refs>
<RltdPties><Dbtr><Nm>{party}</Nm></Dbtr><Cdtr><Nm>{party}</Nm></Cdtr></RltdPties>
<RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"""


def entry(**said):
    given = {"currency": "USD", "amount": "500.00", "way": "CRDT", "status": "BOOK", "day": "2026-01-05"}
    given |= {"ref": "R-1", "end": "NOTPROVIDED", "party": "Partner of A", "text": "Payment NL-1"}
    return ENTRY.format(**given | said)


def camt(*entries, closing="1500.00", version="02"):
    return CAMT.format(entries="".join(entries or (entry(),)), closing=closing, version=version).encode()


DIALECT = """
name = "Bank of Example"
delimiter = ";"
decimal = ","
thousands = "."
date = "DD.MM.YYYY"
account = "UA21-1"
currency = "USD"

[columns]
booked_on = "Buchung"
amount = "Betrag"
reference = "Nr"
party = "Name"
text = ["Zweck", "Info"]
balance = "Saldo"
"""

CSV = (
    "Buchung;Betrag;Nr;Name;Zweck;Info;Saldo\n"
    "05.01.2026;1.500,00;R-1;Partner of A;NL-1;;2.500,00\n"
    '06.01.2026;-12,50;R-2;"Bank; of Example";Fee;;2.487,50\n'
)

BROKEN_CAMT = {
    "empty": (b"", "bank.dialect"),
    "broken-off": (camt()[:-40], "bank.not-xml"),
    "no-xml": (b"<Document", "bank.not-xml"),
    "another-encoding": (camt().replace(b"UTF-8", b"x-none"), "bank.not-xml"),
    "entity-bomb": (b'<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + camt().split(b"\n", 1)[1], "bank.doctype"),
    "external-entity": (
        b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + camt().split(b"\n", 1)[1],
        "bank.doctype",
    ),
    "very-deep": (b"<a>" * 5_000 + b"</a>" * 5_000, "bank.too-deep"),
    "too-large": (camt() + b" " * 16_000_000, "bank.too-large"),
    "another-root": (b"<html/>", "bank.not-camt"),
    "no-namespace": (camt().replace(b' xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"', b""), "bank.not-camt"),
    "a-notification": (camt().replace(b"camt.053", b"camt.054"), "bank.not-camt"),
    "a-version-to-come": (camt(version="99"), "bank.not-camt"),
    "no-statement": (camt().replace(b"Stmt>", b"Rpt>"), "bank.no-statement"),
    "no-account": (camt().replace(b"IBAN>", b"BBAN>"), "bank.no-account"),
    "no-id": (camt().replace(b"<Id>ST-1</Id>", b""), "bank.no-id"),
    "no-currency": (camt(entry(currency="XYZ")), "bank.no-currency"),
    "another-currency": (camt(entry(currency="EUR")), "bank.other-currency"),
    "no-amount": (camt(entry(amount="")), "bank.not-an-amount"),
    "a-negative-amount": (camt(entry(amount="-5.00")), "bank.not-an-amount"),
    "a-comma": (camt(entry(amount="500,00")), "bank.not-an-amount"),
    "an-element-in-an-amount": (camt(entry(amount="2<x/>000.00")), "bank.not-an-amount"),
    "an-unseen-letter": (camt(entry(ref="R\u202e1")), "bank.unseen"),
    "parts-of-cents": (camt(entry(amount="500.005")), "bank.not-an-amount"),
    "a-huge-amount": (camt(entry(amount="9" * 18)), "bank.not-an-amount"),
    "no-direction": (camt(entry(way="BOTH")), "bank.no-direction"),
    "no-such-day": (camt(entry(day="2026-02-30")), "bank.not-a-day"),
    "a-day-of-year-1": (camt(entry(day="0001-01-01")), "bank.not-a-day"),
    "an-entry-missing": (camt(closing="1600.00"), "bank.balance"),
    "cut-in-a-letter": (camt()[:120], "bank.not-xml"),
    "packed": (b"PK\x03\x04" + b"\0" * 50, "bank.dialect"),
    "bytes-that-are-no-letters": (camt(entry(party="A")).replace(b"<Nm>A", b"<Nm>\xff"), "bank.not-xml"),
    "a-sign-that-xml-has-not": (camt(entry(text="&#1;")), "bank.not-xml"),
    "an-entity-not-declared": (camt(entry(text="&nbsp;")), "bank.not-xml"),
    "an-attribute-twice": (camt().replace(b'<Amt Ccy="USD">', b'<Amt Ccy="USD" Ccy="EUR">'), "bank.not-xml"),
    "two-roots": (camt() + b"<Document/>", "bank.not-xml"),
    "not-a-number": (camt(entry(amount="NaN")), "bank.not-an-amount"),
    "an-infinite-amount": (camt(entry(amount="INF")), "bank.not-an-amount"),
    "an-exponent": (camt(entry(amount="5E2")), "bank.not-an-amount"),
    "signs-of-another-script": (camt(entry(amount="\u0665\u0660\u0660.00")), "bank.not-an-amount"),
    "spaces-in-an-amount": (camt(entry(amount="5 00.00")), "bank.not-an-amount"),
    "a-day-of-five-digits": (camt(entry(day="12026-01-05")), "bank.not-a-day"),
    "a-day-in-words": (camt(entry(day="5 January 2026")), "bank.not-a-day"),
}  # fmt: skip
"""Each with the lasting code of what is said of it."""


def csv(text=CSV, dialect=DIALECT):
    return text.encode(), dialect.encode()


BROKEN_CSV = {
    "no-dialect": (CSV.encode(), b"", "bank.dialect"),
    "dialect-no-toml": (CSV.encode(), b"name = ", "toml.not-valid"),
    "dialect-unknown-field": (*csv(dialect=DIALECT.replace("decimal", "decimals")), "bank.dialect"),
    "dialect-no-sign": (*csv(dialect=DIALECT + 'credit = "Haben"\n'), "bank.column"),
    "dialect-same-signs": (*csv(dialect=DIALECT.replace('","\nthousands', '"."\nthousands')), "bank.dialect"),
    "dialect-no-account": (*csv(dialect=DIALECT.replace('account = "UA21-1"', "")), "bank.dialect"),
    "dialect-odd-date": (*csv(dialect=DIALECT.replace("DD.MM.YYYY", "D.M.Y")), "bank.dialect"),
    "another-delimiter": (*csv(CSV.replace(";", ",")), "bank.column"),
    "a-column-missing": (*csv(CSV.replace("Saldo", "Stand")), "bank.column"),
    "a-column-twice": (*csv(CSV.replace("Info", "Zweck")), "bank.column"),
    "another-encoding": (CSV.replace("Fee", "Gebühr").encode("cp1252"), DIALECT.encode(), "bank.encoding"),
    "an-open-quote": (*csv(CSV + '07.01.2026;1,00;R-3;"open;;;\n'), "bank.csv"),
    "cells-missing": (*csv(CSV + "07.01.2026;1,00\n"), "bank.cells"),
    "another-day": (*csv(CSV.replace("06.01.2026", "2026-01-06")), "bank.not-a-day"),
    "no-such-day": (*csv(CSV.replace("06.01.2026", "31.02.2026")), "bank.not-a-day"),
    "a-point-for-a-comma": (*csv(CSV.replace("-12,50", "-12.50")), "bank.not-an-amount"),
    "groups-of-two": (*csv(CSV.replace("1.500,00", "15.00,00")), "bank.not-an-amount"),
    "no-amount": (*csv(CSV.replace("-12,50", "")), "bank.not-an-amount"),
    "balance-runs-off": (*csv(CSV.replace("2.487,50", "2.487,51")), "bank.balance"),
    "no-rows": (*csv(CSV.split("\n")[0]), "bank.no-entries"),
}
