"""Say whether a name is a word for a total: a row below a table that adds it up would be counted twice.

People put such a row under a list of partners or requirements and name it in their own language. The words
are those of the languages that partners of the programmes write in, and what spreadsheet programs call the
last row of a pivot table.
"""

import re

from pledgeline.money import is_currency
from pledgeline.programme.names import clean, look_alike_key

_SURE = """
    total; totals; grand total; grand totals; subtotal; subtotals; sub total; sub totals; sum; sums;
    sum total; total sum;
    overall total; total overall; gr total; g total; sum of above; carried forward;
    brought forward; in total; all together; altogether; running total; final total;
    net total
    усього; всього; разом; загалом; сума; загальна сума; загалом сума; підсумок; підсумки; проміжний підсумок;
    загальний підсумок; проміжна сума; усього разом; разом усього; разом всього; всього разом; підсумкова сума
    итого; итог; всего; сумма; общая сумма; общий итог; итоговая сумма; промежуточный итог; подытог; итого всего;
    всего итого; в сумме
    summe; gesamt; gesamtsumme; gesamtbetrag; gesamtergebnis; gesamtwert; zwischensumme; teilsumme; endsumme; insgesamt;
    übertrag; teilergebnis; summe gesamt; summe total; zwischentotal; gesamttotal
    somme; totaux; total général; somme totale; total partiel; sous total; montant total; total cumulé
    suma; sumas; suma total; total general; total parcial; importe total; monto total; suma parcial; totales
    razem; ogółem; podsumowanie; suma razem; razem suma; suma ogółem; suma wszystkich; łącznie;
    suma częściowa; suma końcowa; suma ogólna; suma całkowita; w sumie; suma pośrednia; ogolem
    totale; somma; totale generale; totale complessivo; subtotale; totale parziale; soma; total geral; total parcial
    totaal; eindtotaal; subtotaal; totaal generaal; som; totalt; summa; delsumma; delsum; i alt; sammanlagt; yhteensä;
    celkem; součet; mezisoučet; celkový součet; spolu; súčet; medzisúčet; összesen; végösszeg; részösszeg; összeg;
    ukupno; suma sumarum; iš viso; viso; kopā; kokku; vahesumma; σύνολο; toplam; genel toplam; ara toplam
"""
_UNSURE = """
    total; totals; subtotal; subtotals; sub total; sub totals;
    grand total; grand totals; sous total; усього; всього; загалом; підсумок; итого;
    итог; всего; подытог; gesamt; gesamtsumme; zwischensumme; insgesamt; ogółem; łącznie; podsumowanie; totale;
    subtotale; totaal; subtotaal; totalt; celkem; toplam; загальна сума; загальний підсумок; проміжний підсумок;
    общая сумма; общий итог; промежуточный итог; suma częściowa; suma końcowa; suma parcial
"""
"""What asks for a look where a name begins or ends with it."""

_LAST = """
    sum; разом; сума; сумма; summe; somme; suma; razem
"""
"""What asks for a look where a name ends with it only: firms and foundations begin with such words."""

_OF_A_FIRM = frozenset(
    "ab ag as asa bv energies foundation gmbh inc limited llc ltd nv oy plc sa sas se spa sp".split()
)
"""What makes a name with such a word in it that of a firm: Total SA, Totaal BV."""

_BESIDE = frozenset(
    """
    amount amounts contribution contributions requirement requirements offer offers package packages pledge pledges
    funds funding money received committed pledged announced needs partners donors countries equivalent above to date
    lines line rows value cost costs price prices quantity units of all the by for and in as per
    sheet page thousand thousands million millions mln mio k тис тыс млн
    внески внесків контрибуцій потреби одиниць взносов сума коштів грн за по рядків
    beiträge betrag der alle aller von contributions des de la le du les
    montants contribuciones importe importes kwota kwot wpłat wpłaty środków
    """.split()
)


def _keys(text: str) -> set[str]:
    """Give what spellings of a name have in common: in small letters, and with letters of other alphabets that
    look alike folded into one."""
    return {clean(text).casefold()} if text.isascii() else {clean(text).casefold(), look_alike_key(text)}


def _words(key: str) -> list[str]:
    words = [word for word in re.split(r"[\W_²³¹⁰-₉]+", key) if word]
    return ["".join(words)] if len(words) > 2 and all(len(word) == 1 for word in words) else words


def _listed(text: str) -> frozenset[str]:
    """Give the phrases of a list in each spelling: В looks like B and в like nothing else."""
    phrases = [" ".join(phrase.split()) for phrase in re.split(r"[;\n]", text) if phrase.strip()]
    spelt = {
        key
        for phrase in phrases
        for way in (str.lower, str.upper, str.capitalize)
        for key in _keys(way(phrase))
    }
    return frozenset(" ".join(_words(key)) for key in spelt)


_TOTALS, _EITHER = _listed(_SURE), _listed(_UNSURE)
_ENDS = _EITHER | _listed(_LAST)
_NEUTRAL = _listed(";".join(_BESIDE))
_LONGEST = max(len(phrase) for phrase in _TOTALS) + 60
_SIGNS = frozenset("Σσ∑")
_YEAR = re.compile("(19|20)[0-9]{2}")


_STARTS = frozenset(phrase[:3] for phrase in _TOTALS | _ENDS)
_STOPS = frozenset(phrase[-3:] for phrase in _TOTALS | _ENDS)
_SPACED = re.compile(r"\w(?:[\W_]\w)+")
_AROUND = " :;,.=*-–—()[]<>\"'“”«»"


def _may_hold_one(key: str) -> bool:
    """Say quickly whether a name may begin or end with a word for a total: most do not."""
    low = key.strip(_AROUND)
    return (
        low[:3] in _STARTS
        or low[-3:] in _STOPS
        or low[:1] in ("σ", "ς", "∑")
        or _SPACED.fullmatch(low) is not None
    )


def is_total(text: str) -> bool:
    """Say whether a name is a total and nothing else: such a word, with a currency, a year or the list beside it.

    >>> is_total("Grand total:"), is_total("УСЬОГО"), is_total("Total contributions (USD)")
    (True, True, True)
    >>> is_total("Razem for Ukraine"), is_total("SUM-01")
    (False, False)
    """
    return len(text) <= _LONGEST and any(_is_total(key) for key in _keys(text) if _may_hold_one(key))


def _is_total(key: str) -> bool:
    words = _words(key)
    if not words or words == ["σ"]:
        return bool(_SIGNS & set(key))
    for count in range(len(words), 0, -1):
        if " ".join(words[:count]) in _TOTALS and _says_nothing_else(words[count:]):
            return True
        if " ".join(words[-count:]) in _TOTALS and _says_nothing_else(words[:-count]):
            return True
    return False


def may_be_total(text: str) -> bool:
    """Say whether a name begins or ends with a word for a total: “Total Norway”, “Norwegen gesamt”.

    >>> may_be_total("Total Norway"), may_be_total("Norwegen gesamt"), may_be_total("TotalEnergies")
    (True, True, False)
    >>> may_be_total("Норвегія, разом"), may_be_total("Разом для України"), may_be_total("Total SA")
    (True, False, False)
    """
    return len(text) <= _LONGEST and any(_may_be_total(key) for key in _keys(text) if _may_hold_one(key))


def _may_be_total(key: str) -> bool:
    words = _words(key)
    return _OF_A_FIRM.isdisjoint(words) and any(
        " ".join(words[:count]) in _EITHER or " ".join(words[-count:]) in _ENDS for count in (1, 2)
    )


def _says_nothing_else(words: list[str]) -> bool:
    return all(word in _NEUTRAL or _YEAR.fullmatch(word) or is_currency(word.upper()) for word in words)
