"""Read names: of partners, items, suppliers, keys of rows.

Two people type the same name in two ways: `é` as one character or as two, a no-break space from a
web page, two blanks, capitals. These are one name. And two names look the same on screen: `C-1`
with a Latin letter and with a Cyrillic one. These are two names, and somebody has to be asked.
Every reader cleans and compares names here, so that a name means the same in a workbook, in the
public record and in the books.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from itertools import groupby

from pledgeline.programme.sentences import Sentence, sentence

LONGEST_NAME = 200
"""Units: characters. What a person can tell from another name, and what fits on a page."""

UNSEEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Characters that nobody sees: of control, and of the direction of writing."""

_PLAIN_LATIN = str.maketrans(
    # Cyrillic and Greek letters that look like a Latin one, in the capitals and in the small letters.
    "АВЕЅІЈКМНОРСТУХҮԚԜаеѕіјорсухһԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧορν",
    "ABESIJKMHOPCTYXYQWaesijopcyxhqwABEZHIKMNOPTYXopv",
)
_LOOKS = {
    "CYRILLIC": str.maketrans("ABCEHIJKMOPQSTWXYaceijopqswxyh", "АВСЕНІЈКМОРԚЅТԜХУасеіјорԛѕԝхуһ"),
    "GREEK": str.maketrans("ABEHIKMNOPTXYZopv", "ΑΒΕΗΙΚΜΝΟΡΤΧΥΖορν"),
}
"""How a Latin letter is written with one of another script that looks the same, capital for capital."""

_ANY_SCRIPT = frozenset(
    ("COMBINING", "MODIFIER", "FEMININE", "MASCULINE", "MICRO", "OHM", "KELVIN", "ANGSTROM")
)


def clean(text: str) -> str:
    """Write a name in the one way in which we keep it.

    Composed characters (NFC); every run of blanks, no-break ones and line ends too, is one space;
    none at either end. Capitals stay: they are how the name is shown.

    >>> clean("  Cafe\\u0301\\u00a0 Noir "), clean("two\\nlines")
    ('Café Noir', 'two lines')
    """
    return " ".join((text if text.isascii() else unicodedata.normalize("NFC", text)).split())


_AFTER = str.maketrans({"ґ": "г\uffff", "є": "е\uffff", "і": "и\uffff", "ї": "и\uffff\uffff"})
"""The Ukrainian letters whose codes are not in the order of the alphabet: each stands behind another one."""


def alphabetical(text: str) -> str:
    """Give what names are put in order by: capitals aside, and Ukrainian letters in their place.

    >>> sorted(["Японія", "Ірландія", "Австрія", "Італія"], key=alphabetical)
    ['Австрія', 'Ірландія', 'Італія', 'Японія']
    """
    return text.casefold().translate(_AFTER)


def name_key(text: str) -> str:
    """Give what two spellings of one name have in common; compared, never shown.

    >>> name_key("NETHERLANDS ") == name_key("Netherlands")
    True
    """
    return unicodedata.normalize("NFC", clean(text).casefold())


@lru_cache(maxsize=50_000)
def look_alike_key(text: str) -> str:
    """Give what names that look the same on screen have in common, whatever script they are in.

    Two names with this key in common and different `name_key`s are a question to whoever wrote them.
    A letter is put beside its Latin twin as a capital and as a small letter, as a name may be typed in either.

    >>> look_alike_key("С-1") == look_alike_key("C-1")
    True
    >>> look_alike_key("Ж-1") == look_alike_key("C-1")
    False
    """
    shown = "".join(letter for letter in clean(text) if not is_invisible(letter))
    latin = shown.translate(_PLAIN_LATIN)
    return unicodedata.normalize("NFC", latin.casefold().translate(_PLAIN_LATIN))


def look_alikes(text: str) -> list[str]:
    """Write a name with the letters of other scripts that look the same: what it could be mistaken for.

    A word of which a letter has no twin in a script stays as it is, for one word is of one script.

    >>> look_alikes("С-1")
    ['C-1']
    >>> look_alikes("CO-1"), look_alikes("DR-1")
    (['СО-1'], [])
    """
    scripts = {"LATIN": {}, **_LOOKS}
    twins = (
        "".join(_in_script(part, name, table) for part in _words(text)) for name, table in scripts.items()
    )
    return [twin for twin in dict.fromkeys(twins) if twin != text]


def _words(text: str) -> list[str]:
    return ["".join(letters) for _, letters in groupby(text, key=_is_of_word)]


def _in_script(word: str, script: str, table: Mapping[int, int]) -> str:
    twin = word.translate(_PLAIN_LATIN).translate(table)
    return twin if all(_script(letter) in ("", script) for letter in twin) else word


def mixed_script(text: str) -> str | None:
    """Give the first letter that is of another script than the word it stands in, or nothing.

    The script of a word is that of most of its letters, the first one's on a tie. A name may hold
    words of several scripts; one word does not. Greek letters that look like no Latin one are signs of
    science: kΩ, IFNα.

    >>> describe_letter(mixed_script("Patriоt launcher"))
    'Cyrillic о (U+043E)'
    >>> mixed_script("Patriot ракета"), mixed_script("5 kΩ")
    (None, None)
    """
    for word in "".join(letter if _is_of_word(letter) else " " for letter in clean(text)).split():
        scripts = [_script(letter) for letter in word]
        named = [script for script in scripts if script]
        if len(set(named)) > 1:
            usual = max(named, key=named.count)
            odd = [
                letter
                for letter, script in zip(word, scripts, strict=True)
                if script not in ("", usual) and not (script == "GREEK" and ord(letter) not in _PLAIN_LATIN)
            ]
            if odd:
                return odd[0]
    return None


def differing_letter(name: str, twin: str) -> str | None:
    """Give the first letter in which `name` differs from a twin that looks the same, or nothing.

    >>> describe_letter(differing_letter("С-1", "C-1"))
    'Cyrillic С (U+0421)'
    """
    pairs = zip(name_key(name), name_key(twin), strict=False)
    place = next((at for at, (own, other) in enumerate(pairs) if own != other), None)
    if place is None:
        return next((letter for letter in name if is_invisible(letter)), None)
    shown = clean(name)
    return shown[place] if len(shown) == len(name_key(name)) else name_key(name)[place]


def is_invisible(letter: str) -> bool:
    """Say whether nothing is seen of a character, or it turns the direction of what follows.

    >>> is_invisible("\\u202e"), is_invisible("\\u200b"), is_invisible("a"), is_invisible(" ")
    (True, True, False, False)
    """
    return (
        unicodedata.category(letter) in ("Cc", "Cf", "Co", "Cn", "Cs")
        or letter in "\u115f\u1160\u3164\uffa0\u2800"
    )


def invisible_characters(text: str) -> list[str]:
    """List the characters of a name that nobody sees, each once, in their order.

    >>> [describe_letter(letter) for letter in invisible_characters("Drill\\u202e")]
    ['U+202E']
    """
    return list(dict.fromkeys(letter for letter in clean(text) if is_invisible(letter)))


def shown(text: str) -> str:
    """Write a text so that nothing in it is hidden: for quoting what somebody sent back to them.

    >>> shown("Drill\\u202e one")
    'Drill‹U+202E› one'
    """
    return "".join(
        f"‹{describe_letter(letter)}›" if is_invisible(letter) and not letter.isspace() else letter
        for letter in text
    )


def describe_letter(letter: str) -> str:
    """Name a character so that it can be told from its twin.

    >>> describe_letter("С"), describe_letter("C"), describe_letter("é")
    ('Cyrillic С (U+0421)', 'Latin C (U+0043)', 'Latin é (U+00E9)')
    """
    return str(named_letter(letter))


def named_letter(letter: str) -> Sentence:
    """Give the name of a character for a sentence that speaks of it."""
    code = f"U+{ord(letter):04X}"
    script = _script(letter)
    if is_invisible(letter):
        return sentence("letters.unseen", code=code)
    if not script:
        return sentence("letters.of-no-script", letter=letter, code=code)
    return sentence("letters.of-a-script", script=script, name=script.capitalize(), letter=letter, code=code)


def _is_of_word(letter: str) -> bool:
    return letter.isalpha() or unicodedata.category(letter).startswith("M")


def _script(letter: str) -> str:
    """Give the script of a letter by its Unicode name; nothing for what is of every script."""
    if not letter.isalpha():
        return ""
    first = unicodedata.name(letter, "").split(" ")[0]
    return "" if first in _ANY_SCRIPT else first
