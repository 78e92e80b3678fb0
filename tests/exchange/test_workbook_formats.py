"""What a number format shows: days and amounts, percent signs, currencies, words of size."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from pledgeline.exchange.workbook import formats
from tests.examples import examples

DAYS = [
    "yyyy-mm-dd",
    "d/m/y",
    "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy",
    "[$-409]mmm\\-yy;@",
    "[$-419]d\\ mmm\\ yyyy\\ \\г\\.;@",
    "dd.mm.yyyy г.",
    "yyyy年m月d日",
    'yyyy"年"m"月"d"日"',
    "d de mmmm de yyyy",
    "yyyy-mm-ddThh:mm:ss",
    "mm:ss.000",
    "[h]:mm",
    "hh:mm AM/PM",
    "TT.MM.JJJJ",
    "jj/mm/aaaa",
    "ДД.ММ.ГГГГ",
    "[$-F800]",
    "[$-x-sysdate]dddd, mmmm dd, yyyy",
    "[$-F400]h:mm:ss AM/PM",
]
AMOUNTS = [
    "General",
    "GENERAL",
    "Standard",
    "Standaard",
    "Estándar",
    "Generale",
    "Général",
    "Geral",
    "Загальний",
    "Yleinen",
    "Основной",
    "Standard;[Red]-Standard",
    "[$-407]Standard",
    "[$-409]#,##0.00",
    "[Red]#,##0;[Blue]-#,##0",
    "[>=1000]#,##0;[Magenta]0.00",
    '#,##0" days"',
    "#,##0\\ \\d\\a\\y\\s",
    "#,##0.00_d",
    "#,##0*d",
    "#,##0 MAD",
    "DM #,##0",
    "[DBNum1]General",
    "0.00E+00",
    "# ?/?",
]


@pytest.mark.parametrize("number_format", DAYS)
def test_a_day_is_told_by_its_letters(number_format):
    assert formats.shows_a_day(number_format, "46203")


@pytest.mark.parametrize("number_format", AMOUNTS)
def test_an_amount_is_no_day_whatever_letters_its_format_has(number_format):
    assert not formats.shows_a_day(number_format, "50000")


def test_the_formats_that_every_program_knows_by_number_are_read_as_openpyxl_reads_them():
    for number_format in BUILTIN_FORMATS.values():
        assert is_date_format(number_format) == formats.shows_a_day(number_format, "46203"), number_format


def test_the_sign_of_whoever_opens_the_workbook_is_no_currency():
    """The formats 5 to 8 and 41 to 44 show a dollar in New York and a euro in Berlin."""
    for number in (5, 6, 7, 8, 41, 42, 43, 44):
        code = formats.builtin_format(number)
        assert not formats.section_of(code, Decimal(5)).currencies, code


def test_the_number_decides_which_section_shows_it():
    conditional = '[<100]0" small";[>=40000]yyyy-mm-dd;0" large"'

    assert ["5 small", "500 large"] == [
        formats.section_of(conditional, Decimal(number)).shown(str(number)) for number in (5, 500)
    ]
    assert formats.shows_a_day(conditional, "46203")
    assert not formats.shows_a_day(conditional, "500")
    signs = '0;"less "0;"none"'
    assert ["7", "less 7", "none"] == [
        formats.section_of(signs, Decimal(number)).shown("7") for number in (7, -7, 0)
    ]


@pytest.mark.parametrize(
    ("number_format", "codes"),
    [
        ("[$€-407] #,##0.00", {"EUR"}),
        ("[$€-x-euro2] #,##0.00", {"EUR"}),
        ("[$EUR] #,##0.00", {"EUR"}),
        ('#,##0.00 "Euro"', {"EUR"}),
        ("#,##0.00\\ \\€", {"EUR"}),
        ("EUR #,##0", {"EUR"}),
        ("#,##0\\ [$грн.-422]", {"UAH"}),
        ("[$₴-422]#,##0", {"UAH"}),
        ('#,##0.00 "zł"', {"PLN"}),
        ('#,##0 "злотих"', {"PLN"}),
        ('#,##0 "гривень"', {"UAH"}),
        ('#,##0 "крон"', {"SEK", "NOK", "DKK", "ISK", "CZK"}),
        ("[$$-409]#,##0.00", {"USD"}),
        ("[$$-en-CA]#,##0.00", {"CAD"}),
        ("[$US$]#,##0", {"USD"}),
        ("#,##0 [$kr-414]", {"SEK", "NOK", "DKK", "ISK"}),
        ("[$-409]#,##0.00", set()),
        ("[Red]#,##0.00", set()),
        ('0" per box"', set()),
    ],
)
def test_a_format_names_its_currency(number_format, codes):
    assert codes == formats.section_of(number_format, Decimal(5)).currencies


@pytest.mark.parametrize(
    ("number_format", "why"),
    [
        ('0.0"%"', "percent"),
        ("0.0\\%", "percent"),
        ('0" ‰"', "percent"),
        ('0.0" million"', "size"),
        ("0.0 [$USD m]", "size"),
        ('#,##0 "kUSD"', "size"),
        ('#,##0 "TEUR"', "size"),
        ('#,##0 "T€"', "size"),
        ('0.0 "EURm"', "size"),
        ('0.0"％"', "percent"),
        ('#,##0 "per t"', ""),
        ('#,##0," mln"', "size"),
        ('0"00"', "digits"),
        ("0\\0\\0", "digits"),
        ('0","00', "between"),
        ("0.0%", ""),
        ('#,##0,," mln"', ""),
        ('#,##0,"k"', ""),
        ("#'##0.00", ""),
        ('#"."##0', ""),
        ("#\\ ##0.00", ""),
        ("#,##0.00_);(#,##0.00)", ""),
    ],
)
def test_a_format_that_makes_another_figure_says_why(number_format, why):
    said = formats.difference(formats.section_of(number_format, Decimal("1.5")), of_money=True)

    assert bool(why) == (said is not None)
    assert why in str(said or "")


SIGNS = '0 # ? . , % " \\ [ ] ; _ * @ General d m y h s E+ $ € - [$€-407] [>=5] [Red] [h] AM/PM kr x'
PIECES = st.lists(st.sampled_from(SIGNS.split()), max_size=20)


@settings(max_examples=examples(75), deadline=None)
@given(
    st.one_of(st.text(max_size=40), PIECES.map("".join)), st.decimals(allow_nan=False, allow_infinity=False)
)
def test_no_format_is_a_crash(number_format, number):
    section = formats.section_of(number_format, number)

    assert isinstance(formats.shows_a_day(number_format, str(number)), bool)
    assert isinstance(str(formats.difference(section, of_money=True)) + section.shown("5"), str)
    assert formats.is_plain(number_format) in (True, False)


def test_a_format_of_a_million_signs_takes_no_time():
    """Only as much of a format is read as four times what Excel takes; the work would grow with its square."""
    assert formats.is_plain("#," * 500_000 + "0") in (True, False)
    assert len(formats.section_of("x" * 1_000_000, Decimal(5)).shown("5")) < 2_000
