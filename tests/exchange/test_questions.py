"""What a reader of a record asks: is this the same money, is this rate right, who wrote this key?"""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pledgeline.exchange.record import read_folder
from tests.builders import a_record, an_announcement
from tests.exchange.folders import cell, row, write_good

C, F = "contributions.csv", "fx.csv"
ROWS = Path(__file__).parent / "record-rows.csv"
HEAD = ROWS.read_text(encoding="utf-8").splitlines()[0]


@pytest.fixture
def folder(tmp_path):
    return write_good(tmp_path / "record")


def with_rows(folder, *rows):
    """Put these announcements in the place of the good ones."""
    (folder / C).write_text("\n".join([HEAD, *rows, ""]), encoding="utf-8")
    return read_folder(folder, now=datetime(2026, 11, 28, 12, tzinfo=UTC))


def asked(reading):
    return [(finding.code, finding.place.line) for finding in reading.findings]


def test_the_rows_of_a_careless_record_are_all_asked_about(folder):
    (folder / C).write_bytes(ROWS.read_bytes())

    reading = read_folder(folder)

    assert [
        ("contributions.same-money", 3),
        ("contributions.far-from-report", 4),
        ("contributions.same-money", 4),
        ("contributions.no-rate", 5),
        ("contributions.no-rate", 6),
        ("cell.not-positive", 7),
        ("row.looks-alike", 9),
    ] == asked(reading)
    assert ["HRK", "BGN"] == [reading.record.announcements[place].amount.currency for place in (3, 4)]


def test_the_question_names_both_rows_and_the_relation_to_write(folder):
    (folder / C).write_bytes(ROWS.read_bytes())

    finding = read_folder(folder).findings[0]

    assert "A2 (line 3: NLD, 2025-08-04, EUR\u00a0500,000,000 and USD\u00a0578,000,000, P1)" in finding.wrong
    assert "A1 (line 2: " in finding.wrong
    assert finding.wrong.endswith("Is this the same money?")
    assert "write repeats and A1" in finding.way_out
    assert not finding.is_error


def test_a_twin_key_is_refused_with_its_letter(folder):
    (folder / C).write_bytes(ROWS.read_bytes())

    finding = read_folder(folder).findings[-1]

    assert "Cyrillic А (U+0410)" in finding.wrong
    assert finding.is_error


NLD = "A1,NLD,2025-08-04,500000000,EUR,,P1,announced,,One,S1,,,"


@pytest.mark.parametrize(
    "second",
    [
        "A2,NLD,2025-09-04,500000000,EUR,,P1,announced,,A month later,S1,,,",
        "A2,NLD,2025-08-10,500000000,EUR,,,announced,,Without the package,S1,,,",
        "A2,NLD,2025-08-04,578000000,USD,,P1,announced,,In dollars: 500 x 1.1565 = 578.25,S1,,,",
        "A2,NLD,2025-08-04,5931750000,NOK,,P1,announced,,In kroner: 500 x 11.8635,S1,,,",
        "A2,NLD,2025-08,500000000,EUR,,P1,announced,,Of the month,S1,,,",
        "A2,NLD,2025-08-04,500000000,EUR,,P1,committed,,Another stage,S1,,,",
        "A2,NLD,2025-08-05,500000000,USD,,P1,announced,,Euros taken for dollars,S1,,,",
        "A2,NLD,2025-08-05,500000000,NOK,,,announced,,Euros taken for kroner,S1,,,",
        "A2,NLD,2025-08-05,500000,EUR,,P1,announced,,Typed in thousands,S1,,,",
        "A2,NLD,2025-08-05,500,EUR,,P1,announced,,Typed in millions,S1,,,",
    ],
)
def test_the_same_money_in_other_clothes_is_asked_about(folder, second):
    assert [("contributions.same-money", 3)] == asked(with_rows(folder, NLD, second))


@pytest.mark.parametrize(
    "second",
    [
        "A2,NLD,2025-08-04,500000000,EUR,,P1,announced,,Told again,S1,repeats,A1,",
        "A2,NLD,2025-08-04,500000000,EUR,,P1,announced,,Nobody says,S1,unclear,A1,",
        "A2,NLD,2025-08-05,500000000,EUR,,P1,announced,,Newer,S1,replaces,A1,",
        "A2,DNK,2025-08-04,500000000,EUR,,P1,announced,,Another partner,S1,,,",
        "A2,NLD,2025-08-04,400000000,EUR,,P1,announced,,Another amount,S1,,,",
        "A2,NLD,2025-08-04,490000000,EUR,,P1,announced,,Near and in the same currency,S1,,,",
        "A2,NLD,2025-08-04,500000000,EUR,,P2,announced,,Another package,S1,,,",
        "A2,NLD,2025-08-04,,,,P1,announced,,No amount,S1,,,",
    ],
)
def test_what_cannot_be_the_same_or_says_what_it_is_is_not_asked_about(folder, second):
    assert [] == asked(with_rows(folder, NLD, second))


@pytest.mark.parametrize(
    "second",
    [
        "A2,NLD,2025-08-05,580000000,USD,,P1,announced,,580 and not 578,S1,,,",
        "A2,NLD,2025-08-05,,,580000000,P1,announced,,The same in the column of the report,S1,,,",
        "A2,NLD,2025-08-05,500000000,USD,500000000,P1,announced,,Euros taken for dollars,S1,,,",
        "A2,NLD,2025-08-05,578000000,EUR,,P1,announced,,Dollars taken for euros,S1,,,",
        "A2,NLD,2025-08-05,5900000000,NOK,580000000,P1,announced,,In kroner with other dollars,S1,,,",
    ],
)
def test_dollars_of_a_report_hide_no_second_figure(folder, second):
    """The first row has 500 million euros, and 578 million dollars beside them."""
    first = "A1,NLD,2025-08-04,500000000,EUR,578000000,P1,announced,,One,S1,,,"
    found = asked(with_rows(folder, first, second))

    assert ("contributions.same-money", 3) in found


@pytest.mark.parametrize(
    ("day", "stage", "expected"),
    [
        ("2025-10-10", "paid", True),
        ("2026-02-03", "committed", True),  # 183 days
        ("2026-02-04", "committed", False),
        ("2025-10-10", "announced", False),
    ],
)
def test_a_promise_that_is_decided_or_paid_later_is_asked_about_for_half_a_year(folder, day, stage, expected):
    row(F, f"{day},EUR,USD,1.16,S1")(folder)
    later = f"A2,NLD,{day},500000000,EUR,,P1,{stage},,Later,S1,,,"

    assert [("contributions.same-money", 3)] * expected == asked(with_rows(folder, NLD, later))


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ("W2,NLD,2025-08-21,100000000,EUR,,P1,announced,,In another paper,S1,withdraws,A1,", 1),
        ("W2,NLD,2025-08-20,,,115650000,P1,announced,,The same in dollars,S1,repeats,W1,", 0),
        ("W2,NLD,2025-08-21,150000000,EUR,,P1,announced,,Another part,S1,withdraws,A1,", 0),
    ],
)
def test_a_part_that_is_taken_back_twice_is_asked_about(folder, second, expected):
    first = "W1,NLD,2025-08-20,100000000,EUR,,P1,announced,,A part,S1,withdraws,A1,"
    reading = with_rows(folder, NLD, first, second)

    assert [("contributions.same-money", 4)] * expected == asked(reading)
    assert all("both take money back" in finding.wrong for finding in reading.findings)


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ("Total,NLD+NOR,2025-12-06,900,USD,,,announced,,Both,S1,,,", "id"),
        ("Усього,DNK,2025-12-06,900,USD,,,announced,,Both,S1,,,", "id"),
        ("X9,DNK,2025-12-06,900,USD,,,announced,,Grand total,S1,,,", "title"),
    ],
)
def test_a_row_that_is_named_as_a_total_is_asked_about(folder, cells, column):
    (finding,) = with_rows(folder, NLD, cells).findings

    assert ("contributions.named-as-total", 3, column) == (
        finding.code,
        finding.place.line,
        finding.place.column,
    )


@pytest.mark.parametrize(
    "cells",
    [
        "Total,NLD,2025-12-06,900,USD,,,announced,,Both,S1,repeats,A1,",
        "T-1,DNK,2025-12-06,900,USD,,,announced,,Total Norway pays,S1,,,",
        "SUM-01,DNK,2025-12-06,900,USD,,,announced,,One of many,S1,,,",
    ],
)
def test_a_total_that_says_so_and_a_name_that_is_none_are_not_asked_about(folder, cells):
    assert [] == asked(with_rows(folder, NLD, cells))


@pytest.mark.parametrize(
    ("last", "expected"), [("600", [("contributions.sum-of-rows", 5)]), ("601", []), ("6000000", [])]
)
def test_a_last_figure_that_adds_up_all_above_it_is_asked_about(folder, last, expected):
    """100 + 200 + 300 = 600."""
    rows = [
        f"A{number},{partner},2025-08-04,{amount},USD,,,announced,,One,S1,,,"
        for number, (partner, amount) in enumerate((("NLD", 100), ("NOR", 200), ("DNK", 300), ("SWE", last)))
    ]

    assert expected == asked(with_rows(folder, *rows))
    assert [] == asked(with_rows(folder, rows[0], rows[1], rows[2]))  # 300 = 100 + 200: chance


def test_two_promises_far_apart_are_not_asked_about(folder):
    row(F, "2025-10-10,EUR,USD,1.16,S1")(folder)
    later = "A2,NLD,2025-10-10,500000000,EUR,,P1,announced,,Two months later,S1,,,"

    assert [] == asked(with_rows(folder, NLD, later))


@pytest.mark.parametrize(
    ("joint", "expected"),
    [
        ("J,NLD+NOR,2025-08-30,900000000,EUR,,P1,announced,,Both,S1,,,", 1),
        ("J,NLD+NOR,2025-08-05,900000000,EUR,,,announced,,Both within a month,S1,,,", 1),
        ("J,DNK+NLD+NOR,2025-08-05,900000000,EUR,,P1,announced,,Three,S1,,,", 1),
        ("J,NLD+NOR,2025-08-05,900000000,EUR,,P1,announced,,Both,S1,repeats,A1,", 0),
        ("J,DNK+NOR,2025-08-05,900000000,EUR,,P1,announced,,Two others,S1,,,", 0),
        ("J,NLD+NOR,2025-08-05,900000000,EUR,,P2,announced,,Another package,S1,,,", 0),
        ("J,NLD+NOR,2025-08-05,,,,P1,announced,,No sum: nothing is counted twice,S1,,,", 0),
    ],
)
def test_a_joint_sum_and_a_share_of_it_are_asked_about(folder, joint, expected):
    reading = with_rows(folder, NLD, joint)

    assert [("contributions.joint-and-share", 3)] * expected == asked(reading)
    assert all("share of the joint sum?" in finding.wrong for finding in reading.findings)


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("500000000", False),  # 578.25 million dollars
        ("500000", True),
        ("5000000000", True),
        ("399000000", True),  # 461.4; 578 / 461.4 = 1.253
        ("401000000", False),  # 463.8; 578 / 463.8 = 1.246
        ("623000000", False),  # 720.5; / 578 = 1.247
        ("626000000", True),  # 724.0; / 578 = 1.253
    ],
)
def test_an_amount_far_from_its_dollars_is_asked_about(folder, amount, expected):
    cell(C, 2, "amount", amount)(folder)

    assert expected == (("contributions.far-from-report", 2) in asked(read_folder(folder)))


@pytest.mark.parametrize(
    ("rate", "says"),
    [
        ("11.565", "1.1565, with the decimal point elsewhere, would fit."),
        ("0.11565", "1.1565, with the decimal point elsewhere, would fit."),
        ("0.65", ""),  # a wrong rate of no known kind
        ("1.6", ""),
    ],
)
def test_a_rate_that_jumps_is_asked_about_once(folder, rate, says):
    row(F, f"2025-08-05,EUR,USD,{rate},S1")(folder)
    row(F, "2025-08-06,EUR,USD,1.1570,S1")(folder)

    (finding,) = read_folder(folder).findings

    assert ("fx.jump", 4) == (finding.code, finding.place.line)
    assert says in finding.wrong


def test_a_rate_turned_round_is_named(folder):
    """1 / 11.8635 = 0.0842921."""
    row(F, "2025-08-05,EUR,NOK,0.0843,S1")(folder)
    row(F, "2025-08-06,EUR,NOK,11.9,S1")(folder)

    (finding,) = read_folder(folder).findings

    assert "11.8624, the rate turned round, would fit." in finding.wrong


def test_a_first_rate_that_is_wrong_is_the_one_that_is_named(folder):
    for day, rate in (("2025-08-01", "115.65"), ("2025-08-05", "1.16"), ("2025-08-06", "1.15")):
        row(F, f"{day},EUR,USD,{rate},S1")(folder)

    assert [("fx.jump", 4)] == asked(read_folder(folder))


def test_a_currency_that_fell_and_stays_is_asked_about_once(folder):
    for day, rate in (
        ("2025-08-05", "1.16"),
        ("2025-08-06", "1.9"),
        ("2025-08-07", "1.91"),
        ("2025-08-08", "1.92"),
    ):
        row(F, f"{day},EUR,USD,{rate},S1")(folder)

    assert [("fx.jump", 5)] == asked(read_folder(folder))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-11-28", []),
        ("2026-11-29", [("cell.day-after-today", 2)]),
        ("2030-01-01", [("cell.day-after-today", 2)]),
    ],
)
def test_an_announcement_of_the_future_is_asked_about(folder, day, expected):
    found = asked(with_rows(folder, f"A1,NLD,{day},,,,,announced,,One,S1,,,"))

    assert expected == found


def test_a_month_that_is_not_over_is_no_future(folder):
    assert [] == asked(with_rows(folder, "A1,NLD,2026-11,,,,,announced,,One,S1,,,"))
    assert [("cell.day-after-today", 2)] == asked(
        with_rows(folder, "A1,NLD,2026-12,,,,,announced,,One,S1,,,")
    )


def test_decomposed_letters_and_blanks_of_other_kinds_are_one_name(folder):
    """`é` as two characters, a no-break space, a line break."""
    cell("checkpoints.csv", 2, "said_by", "the  ministe\u0301re\u00a0of\u2009France")(folder)

    reading = read_folder(folder)

    assert "the ministére of France" == reading.record.stated_totals[0].said_by
    assert () == reading.findings


def test_a_key_of_another_script_that_is_not_there_is_named_by_its_letter(folder):
    cell(C, 4, "relates_to", "\u0421" + "2")(folder)

    (finding,) = read_folder(folder).findings

    assert "“C2” looks the same; this one has Cyrillic С (U+0421)." in finding.wrong


@pytest.mark.parametrize("key", ["\u0421" + "1", "c1"])
def test_a_twin_of_a_key_in_the_database_is_refused(folder, key):
    beside = a_record(announcements=(an_announcement(key, partners=("SWE",), package=""),))

    assert ("row.looks-alike", 2) in asked(read_folder(folder, beside=beside))


@pytest.mark.parametrize(
    ("rate", "expected"), [("0.8647", []), ("0.86", []), ("1.1565", [("fx.both-ways", 4)])]
)
def test_a_rate_both_ways_round_is_asked_about_where_they_contradict(folder, rate, expected):
    """1 / 1.1565 = 0.8647."""
    row(F, f"2025-08-04,USD,EUR,{rate},S1")(folder)

    assert expected == asked(read_folder(folder))


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2025-08-05", 1), ("2025-09-04", 1), ("2025-09-05", 0)],  # 1, 31 and 32 days later
)
def test_rates_both_ways_round_are_compared_within_a_month(folder, day, expected):
    row(F, f"{day},USD,EUR,1.16,S1")(folder)
    row(F, "2025-09-01,EUR,NOK,11.8,S1")(folder)

    assert [("fx.both-ways", 4)] * expected == asked(read_folder(folder))


@pytest.mark.parametrize(
    ("code", "meant"),
    [("UK", "GBR"), ("EL", "GRC"), ("GER", "DEU"), ("DEN", "DNK"), ("KOS", "XKX"), ("CRO", "HRV")],
)
def test_a_code_that_others_use_for_a_country_is_named_with_the_right_one(folder, code, meant):
    (finding,) = with_rows(folder, f"A1,{code},2025-08-04,,,,,announced,,One,S1,,,").findings

    assert ("cell.unknown-partner", f"Write {meant}, if that is meant.") == (finding.code, finding.way_out)


@pytest.mark.parametrize(
    ("key", "says"),
    [
        ("A\u200b1", "has U+200B"),
        ("A\u00ad1", "has U+00AD"),
        ("A 1", "has a space"),
        (".A", "begins with “.”"),
    ],
)
def test_a_key_that_cannot_be_one_is_told_by_its_character(folder, key, says):
    (finding,) = with_rows(folder, f"{key},NLD,2025-08-04,,,,,announced,,One,S1,,,").findings

    assert "cell.reference" == finding.code
    assert says in finding.wrong


def test_a_joint_sum_within_a_joint_sum_is_asked_about_once(folder):
    reading = with_rows(
        folder,
        "J,NLD+NOR,2025-08-04,600,USD,,,announced,,Two,S1,,,",
        "K,DNK+NLD+NOR,2025-08-06,900,USD,,,announced,,Three,S1,,,",
    )

    assert [("contributions.joint-and-share", 3)] == asked(reading)


def test_keys_that_differ_by_capitals_alone_are_one_key(folder):
    (finding,) = with_rows(folder, NLD, "a1,NOR,2025-08-05,,,,,announced,,Two,S1,,,").findings

    assert ("row.duplicate", 3) == (finding.code, finding.place.line)


@pytest.mark.parametrize(
    ("taken", "wrong", "way_out"),
    [
        (
            "W,NLD,2025-08-20,,,600000000,P1,announced,,T,S1,withdraws,A1,",
            "USD\u00a0600,000,000 of USD\u00a0578,000,000",
            "Correct",
        ),
        (
            "W,NLD,2025-08-20,600000000,EUR,,P1,announced,,T,S1,withdraws,A1,",
            "EUR\u00a0600,000,000 of EUR\u00a0500,000,000",
            "Correct",
        ),
        (
            "W,DNK,2025-08-20,5,EUR,,,announced,,T,S1,withdraws,A2,",
            "No amount of A2 is known",
            "Leave the amount empty",
        ),
    ],
)
def test_what_cannot_be_taken_back_is_said_in_its_own_currency(folder, taken, wrong, way_out):
    first = "A1,NLD,2025-08-04,500000000,EUR,578000000,P1,announced,,One,S1,,,"
    (finding,) = with_rows(folder, first, "A2,DNK,2025-08-05,,,,,announced,,Two,S1,,,", taken).findings

    assert wrong in finding.wrong
    assert finding.way_out.startswith(way_out)


def test_the_whole_of_what_is_gone_is_not_taken_back_again(folder):
    whole = "{},NLD,2025-08-{},,,,P1,announced,,Taken back,S1,withdraws,A1,"
    (finding,) = with_rows(folder, NLD, whole.format("W1", 20), whole.format("W2", 21)).findings

    assert ("contributions.withdraws-too-much", 4) == (finding.code, finding.place.line)
    assert finding.way_out.startswith("Take the row out")


@pytest.mark.parametrize(("month", "expected"), [("2025-09", 1), ("2025-10", 0)])
def test_a_month_is_as_near_as_its_nearest_day(folder, month, expected):
    """From 4 August to 1 September are 28 days, to 1 October 58."""
    row(F, f"{month}-28,EUR,USD,1.16,S1")(folder)
    later = f"A2,NLD,{month},500000000,EUR,,P1,announced,,Of the month,S1,,,"

    assert [("contributions.same-money", 3)] * expected == asked(with_rows(folder, NLD, later))
