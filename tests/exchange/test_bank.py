"""Bank statements: CAMT.053 in its versions and CSV by a dialect; what is broken is a finding with its place."""

from datetime import date

import pytest

from pledgeline.exchange.bank.read import read_statement
from pledgeline.money import Amount
from tests.exchange.bank_files import BROKEN_CAMT, BROKEN_CSV, CSV, camt, csv, entry


def read(data, dialect=b""):
    return read_statement(data, "statement", dialect, "bank.toml")


def codes(file):
    return [finding.code for finding in file.findings]


@pytest.mark.parametrize("version", ["02", "04", "06", "08"])
def test_a_statement_says_its_account_its_balances_and_each_entry_with_the_other_side(version):
    other = entry(ref="R-2", amount="75.50", way="DBIT", party="Maker A", text="Invoice 7", end="ORD-1")
    data = camt(entry(), other, closing="1424.50", version=version)
    if version == "08":
        for party in (b"Partner of A", b"Maker A"):
            data = data.replace(b"<Nm>" + party + b"</Nm>", b"<Pty><Nm>" + party + b"</Nm></Pty>")
        data = data.replace(b"<Sts>BOOK</Sts>", b"<Sts><Cd>BOOK</Cd></Sts>")
    file = read(data)
    assert (file.is_sound, codes(file)) == (True, [])
    (statement,) = file.statements
    assert (statement.account, statement.ref) == ("DE02120300000000202051", "ST-1")
    assert (statement.opening, statement.closing) == (Amount(1_000_00, "USD"), Amount(1_424_50, "USD"))
    said = [(each.ref, each.amount.minor, each.party, each.text) for each in statement.entries]
    assert said == [
        ("R-1", 500_00, "Partner of A", "Payment NL-1"),
        ("R-2", -75_50, "Maker A", "Invoice 7 ORD-1"),
    ]
    assert {each.booked_on for each in statement.entries} == {date(2026, 1, 5)}
    assert all(each.place.line for each in statement.entries)


def test_a_batch_is_read_payment_by_payment_where_they_add_up_to_it():
    amount = '<AmtDtls><TxAmt><Amt Ccy="USD">{amount}</Amt></TxAmt></AmtDtls>'
    single = f"<TxDtls><Refs><EndToEndId>{{end}}</EndToEndId></Refs>{amount}</TxDtls>"
    parts = single.format(end="ONE", amount="300.00") + single.format(end="TWO", amount="{}")
    whole = entry()
    begin, end = whole.index("<TxDtls>"), whole.index("</NtryDtls>")
    batch = whole[:begin] + parts + whole[end:]
    (statement,) = read(camt(batch.replace("{}", "200.00"))).statements
    said = [(each.ref, each.amount.minor, each.text) for each in statement.entries]
    assert said == [("R-1-1", 300_00, "ONE"), ("R-1-2", 200_00, "TWO")]
    (statement,) = read(camt(batch.replace("{}", "199.00"))).statements
    assert [(each.ref, each.amount.minor) for each in statement.entries] == [("R-1", 500_00)]


def test_what_is_not_booked_or_nothing_is_left_out_and_two_of_one_reference_are_told_apart():
    fee = entry(amount="5.00", way="DBIT")
    file = read(camt(entry(), fee, entry(status="PDNG"), entry(amount="0.00"), closing="1495.00"))
    assert (file.is_sound, codes(file)) == (True, ["bank.not-booked", "bank.zero"])
    assert [(row.ref, row.amount.minor) for row in file.statements[0].entries] == [
        ("R-1", 500_00),
        ("R-1", -5_00),
    ]


@pytest.mark.parametrize("none", ["NONREF", "NOTPROVIDED", "-", "", "0000", "n/a"])
def test_what_is_no_reference_names_no_entry(none):
    refs = [
        read(camt(entry(ref=none, day=day))).statements[0].entries[0].ref
        for day in ("2026-01-05", "2026-01-06")
    ]
    assert all(ref.startswith("#") and len(ref) == 25 for ref in refs)
    assert refs[0] != refs[1]


def test_references_fit_their_column():
    parts = "".join(
        f'<TxDtls><Refs><AcctSvcrRef>{sign * 5000}</AcctSvcrRef></Refs><Amt Ccy="USD">250.00</Amt></TxDtls>'
        for sign in "ab"
    )
    whole = entry(ref="R" * 200)
    batch = whole[: whole.index("<TxDtls>")] + parts + whole[whole.index("</NtryDtls>") :]
    (statement,) = read(camt(batch)).statements
    assert [(len(row.ref), row.amount.minor) for row in statement.entries] == [(25, 250_00), (25, 250_00)]
    plain = "<TxDtls><Amt Ccy='USD'>250.00</Amt></TxDtls>" * 2
    batch = whole[: whole.index("<TxDtls>")] + plain + whole[whole.index("</NtryDtls>") :]
    assert {len(row.ref) for row in read(camt(batch)).statements[0].entries} == {25}


def test_statements_are_bounded_in_number():
    lone = "<Stmt><Id>{}</Id><Acct><Id><IBAN>1</IBAN></Id><Ccy>EUR</Ccy></Acct></Stmt>"
    for number, code in ((1000, "bank.no-balance"), (1001, "bank.too-many-statements")):
        inner = "".join(map(lone.format, range(number)))
        file = read(
            f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">{inner}</Document>'.encode()
        )
        assert (set(codes(file)), file.is_sound) == ({code}, number == 1000)


def test_characters_that_nobody_sees_are_objected_to_where_they_stand():
    data, dialect = csv(CSV.replace("Fee", "F\0ee"))
    (finding,) = read(data, dialect).findings
    assert (finding.code, finding.place.line, finding.place.column) == ("bank.unseen", 3, "Zweck")
    (finding, *_) = read(camt(entry(text="NL-1\u202e"))).findings
    assert (finding.code, finding.place.line is not None) == ("bank.unseen", True)
    assert "Ustrd" in finding.wrong


COLUMNS = (
    'name="x"\ndate="YYYY-MM-DD"\nsign="columns"\naccount="K"\ncurrency="EUR"\n{}'
    '[columns]\nbooked_on="Day"\ncredit="In"\ndebit="Out"\n'
)


@pytest.mark.parametrize(
    ("cells", "has_minus", "expected"),
    [
        ("5.00,", "", 5_00),
        ("-5.00,", "", -5_00),
        (",5.00", "", -5_00),
        (",-5.00", "", "bank.debit-sign"),
        (",-5.00", "debit_has_minus=true\n", -5_00),
        (",5.00", "debit_has_minus=true\n", "bank.debit-sign"),
    ],
)
def test_a_minus_in_a_column_of_its_own_way_is_no_new_money(cells, has_minus, expected):
    file = read(f"Day,In,Out\n2026-01-05,{cells}\n".encode(), COLUMNS.format(has_minus).encode())
    if isinstance(expected, str):
        assert codes(file) == [expected]
    else:
        assert [row.amount.minor for row in file.statements[0].entries] == [expected]


@pytest.mark.parametrize("name", BROKEN_CAMT)
def test_a_broken_statement_is_a_finding_with_its_place_and_gives_nothing(name):
    data, code = BROKEN_CAMT[name]
    file = read(data)
    assert not file.is_sound
    (finding, *_) = [each for each in file.findings if each.is_error]
    assert (finding.code, finding.place.file) == (code, "statement")
    assert finding.wrong
    assert finding.way_out
    if name not in ("empty", "too-large", "packed"):
        assert finding.place.line


def test_a_csv_file_is_read_by_its_dialect_whatever_the_signs():
    data, dialect = csv()
    file = read(data, dialect)
    assert (file.is_sound, codes(file)) == (True, [])
    (statement,) = file.statements
    assert (statement.account, statement.currency) == ("UA21-1", "USD")
    assert (statement.opening, statement.closing) == (Amount(1_000_00, "USD"), Amount(2_487_50, "USD"))
    said = [(each.ref, each.amount.minor, each.party, each.text) for each in statement.entries]
    assert said == [("R-1", 1_500_00, "Partner of A", "NL-1"), ("R-2", -12_50, "Bank; of Example", "Fee")]

    head, one, two, _ = CSV.split("\n")
    newest_first = read("\n".join((head, two, one)).encode(), b'order = "newest-first"\n' + dialect)
    assert newest_first.statements[0].closing == statement.closing

    text = "Day|In|Out|Cur|Who\n2026-01-05|5.00||EUR|A\n2026-01-06||2.00|EUR|B\n"
    said = 'name="x"\ndelimiter="|"\ndate="YYYY-MM-DD"\nsign="columns"\naccount="K"\n'
    said += '[columns]\nbooked_on="Day"\ncredit="In"\ndebit="Out"\ncurrency="Cur"\nparty="Who"\n'
    file = read(text.encode("utf-16"), b'encoding="utf-16"\n' + said.encode())
    assert codes(file) == ["bank.no-balance"]
    assert [each.amount.minor for each in file.statements[0].entries] == [5_00, -2_00]
    again = read(text.encode("utf-16"), b'encoding="utf-16"\n' + said.encode())
    assert [each.ref for each in again.statements[0].entries] == [
        each.ref for each in file.statements[0].entries
    ]


@pytest.mark.parametrize("name", BROKEN_CSV)
def test_a_broken_csv_file_or_dialect_is_a_finding_and_gives_nothing(name):
    data, dialect, code = BROKEN_CSV[name]
    file = read(data, dialect)
    assert not file.is_sound
    assert code in codes(file)
    assert all(finding.place.file in ("statement", "bank.toml") for finding in file.findings)
    assert all(finding.wrong and finding.way_out for finding in file.findings if finding.is_error)


CHARGED = (
    '<Chrgs><Rcrd><Amt Ccy="{currency}">{amount}</Amt><CdtDbtInd>DBIT</CdtDbtInd>{included}</Rcrd></Chrgs>'
)
INCLUDED = "<ChrgInclInd>true</ChrgInclInd>"
INSTRUCTED = '<AmtDtls><InstdAmt><Amt Ccy="{currency}">{amount}</Amt></InstdAmt></AmtDtls>'


def charged(
    *, way="CRDT", amount="488.00", charge="12.00", currency="USD", included="", instructed="", **more
):
    parts = CHARGED.format(amount=charge, currency=currency, included=included)
    if instructed:
        parts += INSTRUCTED.format(amount=instructed, currency=more.get("instructed_currency", "USD"))
    return entry(way=way, amount=amount).replace("<RltdPties>", f"{parts}<RltdPties>", 1)


@pytest.mark.parametrize(
    ("said", "amounts"),
    [
        ({"included": INCLUDED}, [500_00, -12_00]),
        ({"instructed": "500.00"}, [500_00, -12_00]),
        ({"included": INCLUDED, "instructed": "500.00"}, [500_00, -12_00]),
        ({"way": "DBIT", "amount": "512.00", "instructed": "500.00"}, [-500_00, -12_00]),
        ({}, [488_00]),
        ({"included": "<ChrgInclInd>false</ChrgInclInd>"}, [488_00]),
        ({"included": INCLUDED, "instructed": "510.00"}, [488_00]),
        ({"included": INCLUDED, "currency": "EUR"}, [488_00]),
        ({"included": INCLUDED, "charge": "0.00"}, [488_00]),
        ({"included": INCLUDED, "charge": "a few"}, [488_00]),
        ({"way": "DBIT", "amount": "12.00", "included": INCLUDED}, [-12_00]),
    ],
)
def test_charges_are_parted_from_a_payment_where_the_file_says_that_they_are_in_it(said, amounts):
    """Both parts make what was booked, so the balances add up as before."""
    total = 1000_00 + sum(amounts)
    file = read(camt(charged(**said), closing=f"{total // 100}.{total % 100:02}"))
    (statement,) = file.statements
    assert (file.is_sound, [part.amount.minor for part in statement.entries]) == (True, amounts)
    names = [(part.ref, part.party) for part in statement.entries]
    assert names == [("R-1", "Partner of A"), ("R-1/charges", "")][: len(amounts)]
