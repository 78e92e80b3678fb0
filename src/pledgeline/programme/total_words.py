"""Say whether a name is a word for a total: a row below a table that adds it up would be counted twice.

People put such a row under a list of partners or requirements and name it in their own language. The words
are those of the languages that partners of the programmes write in, and what spreadsheet programs call the
last row of a pivot table.
"""

import re

from pledgeline.money import is_currency
from pledgeline.programme.names import clean

_SURE = """
    total; totals; grand total; grand totals; subtotal; subtotals; sub total; sub totals; sum; sums;
    sum total; total sum;
    overall total; total overall; overall; in total; all together; altogether; running total; final total;
    net total
    усього; всього; разом; загалом; сума; загальна сума; загалом сума; підсумок; підсумки; проміжний підсумок;
    загальний підсумок; усього разом; разом усього; разом всього; всього разом; підсумкова сума
    итого; итог; всего; сумма; общая сумма; общий итог; итоговая сумма; промежуточный итог; подытог; итого всего;
    всего итого; в сумме
    summe; gesamt; gesamtsumme; gesamtbetrag; gesamtergebnis; gesamtwert; zwischensumme; teilsumme; endsumme; insgesamt;
    teilergebnis; summe gesamt; summe total; zwischentotal; gesamttotal
    somme; totaux; total général; somme totale; total partiel; sous total; montant total; total cumulé
    suma; sumas; suma total; total general; total parcial; importe total; monto total; suma parcial; totales
    razem; ogółem; łącznie; suma częściowa; suma końcowa; suma ogólna; suma całkowita; w sumie; suma pośrednia; ogolem
    totale; somma; totale generale; totale complessivo; subtotale; totale parziale; soma; total geral; total parcial
    totaal; eindtotaal; subtotaal; totaal generaal; som; totalt; summa; delsumma; delsum; i alt; sammanlagt; yhteensä;
    celkem; součet; mezisoučet; celkový součet; spolu; súčet; medzisúčet; összesen; végösszeg; részösszeg; összeg;
    ukupno; suma sumarum; iš viso; viso; kopā; kokku; vahesumma; σύνολο; toplam; genel toplam; ara toplam
"""
_UNSURE = """
    total; totals; subtotal; subtotals; усього; всього; итого; gesamt; gesamtsumme; zwischensumme; insgesamt; ogółem;
    łącznie; totale; totaal; totalt; celkem; toplam
"""
_BESIDE = frozenset(
    """
    amount amounts contribution contributions requirement requirements offer offers package packages pledge pledges
    funds funding money lines line rows value cost costs price prices quantity units of all the by for and in as per
    sheet page
    внески внесків сума коштів грн за по рядків beiträge betrag der alle aller von contributions des de la le du les
    montants importe importes kwota kwot wpłat środków
    """.split()
)


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[\W_]+", clean(text).casefold()) if word]


def _listed(text: str) -> frozenset[str]:
    return frozenset(" ".join(_words(phrase)) for phrase in re.split(r"[;\n]", text) if phrase.strip())


_TOTALS, _ENDS = _listed(_SURE), _listed(_UNSURE)
_LONGEST = max(len(phrase) for phrase in _TOTALS) + 60
_SIGNS = frozenset("Σ∑")
_YEAR = re.compile("(19|20)[0-9]{2}")


_STARTS = frozenset(phrase[:3] for phrase in _TOTALS | _ENDS)
_STOPS = frozenset(phrase[-3:] for phrase in _TOTALS | _ENDS)
_AROUND = " :;,.=*-–—()[]<>\"'“”«»"


def _may_hold_one(text: str) -> bool:
    """Say quickly whether a name may begin or end with a word for a total: most do not."""
    low = text.casefold().strip(_AROUND)
    return low[:3] in _STARTS or low[-3:] in _STOPS or low[:1] in ("σ", "ς", "∑")


def is_total(text: str) -> bool:
    """Say whether a name is a total and nothing else: such a word, with a currency, a year or the list beside it.

    >>> is_total("Grand total:"), is_total("УСЬОГО"), is_total("Total contributions (USD)")
    (True, True, True)
    >>> is_total("Razem for Ukraine"), is_total("SUM-01")
    (False, False)
    """
    if not _may_hold_one(text) or len(text) > _LONGEST:
        return False
    words = _words(text)
    if not words or words == ["σ"]:
        return bool(_SIGNS & set(text))
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
    """
    words = _words(text) if _may_hold_one(text) and len(text) <= _LONGEST else []
    return bool(words) and (words[0] in _ENDS or words[-1] in _ENDS)


def _says_nothing_else(words: list[str]) -> bool:
    return all(word in _BESIDE or _YEAR.fullmatch(word) or is_currency(word.upper()) for word in words)
