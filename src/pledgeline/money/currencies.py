"""The currencies of ISO 4217 and how many decimals each has.

Published currency tables disagree: CLDR says how many digits people *print* (0 for the
Serbian dinar), ISO 4217 how many there *are* (2). Money is kept by the second.
Precious metals, testing codes and codes without minor units are not here: nothing can be
paid in them.

Source:  ISO 4217, list one; compared in a test with a table published separately.
"""

_CODES = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    2: """
        AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF
        CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD
        GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL
        MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR
        PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP
        TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG
    """,
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}

MINOR_DIGITS: dict[str, int] = {code: digits for digits, codes in _CODES.items() for code in codes.split()}
"""Decimals of the minor unit by currency code: 2 for USD, 0 for JPY, 3 for KWD, 4 for UYW."""


def is_currency(code: str) -> bool:
    """Say whether `code` is a currency that money can be kept in."""
    return code in MINOR_DIGITS


def digits_of(code: str) -> int:
    """Give the decimals of the minor unit.

    Raises:  ValueError when `code` is not in the table.
    """
    try:
        return MINOR_DIGITS[code]
    except KeyError:
        raise ValueError(f"“{code}” is not a currency of ISO 4217") from None
