"""The currencies of ISO 4217, of today and of the past, and how many decimals each has.

Published currency tables disagree: CLDR says how many digits people *print* (0 for the
Serbian dinar), ISO 4217 how many there *are* (2). Money is kept by the second.
Precious metals, testing codes and codes without minor units are not here: nothing can be
paid in them. The one exception is XDR, the special drawing right of the International
Monetary Fund, in which aid is stated: ISO gives it no minor unit, and it is kept with 2 decimals.

A currency of the past is taken on days up to its last day, the last on which accounts were kept
in it: HRK until 2022-12-31. Where an old and a new unit stood side by side, as SLL and SLE did,
it is the last day of both. Currencies whose last day lies before 1990 are not here.

Source:  ISO 4217, list one and list three (which names months; the days are those of the laws that
         brought the successor in); list one is compared in a test with a table published separately.
"""

from dataclasses import dataclass
from datetime import date

_CODES = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    2: """
        AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF
        CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD
        GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL
        MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR
        PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP
        TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG XDR YER ZAR ZMW ZWG
    """,
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}

MINOR_DIGITS: dict[str, int] = {code: digits for digits, codes in _CODES.items() for code in codes.split()}
"""Decimals of the minor unit by code, for the currencies of today: 2 for USD, 0 for JPY, 3 for KWD, 4 for UYW."""


_PAST = """
    ADP EUR 2001-12-31   AFA AFN 2003-01-02   ANG XCG 2025-03-30   AON AOR 1995-06-30   AOR AOA 1999-11-30
    ARA ARS 1991-12-31   ATS EUR 2001-12-31   AZM AZN 2005-12-31   BEF EUR 2001-12-31   BGL BGN 1999-07-04
    BGN EUR 2025-12-31   BRE BRR 1993-07-31   BRR BRL 1994-06-30   BYB BYR 1999-12-31   BYR BYN 2016-06-30
    CSD RSD 2006-10-24   CSK CZK 1993-02-07   CUC CUP 2020-12-31   CYP EUR 2007-12-31   DEM EUR 2001-12-31
    ECS USD 2000-09-09   EEK EUR 2010-12-31   ESP EUR 2001-12-31   FIM EUR 2001-12-31   FRF EUR 2001-12-31
    GEK GEL 1995-10-01   GHC GHS 2007-06-30   GRD EUR 2001-12-31   GWP XOF 1997-05-01   HRD HRK 1994-05-29
    HRK EUR 2022-12-31   IEP EUR 2001-12-31   ITL EUR 2001-12-31   LTL EUR 2014-12-31   LTT LTL 1993-06-24
    LUF EUR 2001-12-31   LVL EUR 2013-12-31   MGF MGA 2004-12-31   MRO MRU 2017-12-31   MTL EUR 2007-12-31
    MXP MXN 1992-12-31   MZM MZN 2006-06-30   NLG EUR 2001-12-31   PEI PEN 1991-06-30   PLZ PLN 1994-12-31
    PTE EUR 2001-12-31   ROL RON 2005-06-30   RUR RUB 1997-12-31   SDD SDG 2007-01-09   SIT EUR 2006-12-31
    SKK EUR 2008-12-31   SLL SLE 2023-12-31   SRG SRD 2003-12-31   STD STN 2017-12-31   TJR TJS 2000-10-29
    TMM TMT 2008-12-31   TRL TRY 2004-12-31   UAK UAH 1996-09-01   UYP UYU 1993-02-28   VEB VEF 2007-12-31
    VEF VES 2018-08-19   XEU EUR 1998-12-31   YUM CSD 2003-07-02   ZMK ZMW 2012-12-31   ZRN CDF 1998-06-30
    ZWD ZWN 2006-07-31   ZWN ZWR 2008-07-31   ZWR ZWL 2009-02-01   ZWL ZWG 2024-08-31
"""

_PAST_WITHOUT_DECIMALS = frozenset("ADP BEF BYB BYR ESP GRD ITL LUF MGF PTE TRL".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class PastCurrency:
    """A currency that was: the last day on which accounts were kept in it, and what took its place."""

    code: str
    digits: int
    last_day: date
    successor: str


def _past() -> dict[str, PastCurrency]:
    words = iter(_PAST.split())
    return {
        code: PastCurrency(
            code=code,
            digits=0 if code in _PAST_WITHOUT_DECIMALS else 2,
            last_day=date.fromisoformat(last_day),
            successor=successor,
        )
        for code, successor, last_day in zip(words, words, words, strict=True)
    }


PAST_CURRENCIES: dict[str, PastCurrency] = _past()
"""Currencies of list three by code."""


def is_currency(code: str, on: date | None = None) -> bool:
    """Say whether money can be kept in `code`: today, or on a day of the past.

    >>> is_currency("HRK"), is_currency("HRK", date(2022, 12, 31)), is_currency("HRK", date(2023, 1, 1))
    (False, True, False)
    """
    if code in MINOR_DIGITS:
        return True
    past = PAST_CURRENCIES.get(code)
    return past is not None and on is not None and on <= past.last_day


def digits_of(code: str) -> int:
    """Give the decimals of the minor unit of a currency of today or of the past.

    Raises:  ValueError when `code` is in neither table.
    """
    if code in MINOR_DIGITS:
        return MINOR_DIGITS[code]
    if code in PAST_CURRENCIES:
        return PAST_CURRENCIES[code].digits
    raise ValueError(f"“{code}” is not a currency of ISO 4217")
