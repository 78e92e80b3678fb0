"""The parts of a sentence that belong to each sum, and the payers that are named in them.

"Germany pledged EUR 500 million and Canada, the Czech Republic and Norway 300 million": names that stand between
two sums belong to the second, unless a word such as "from" hangs them on the first.
"""

import itertools
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pledgeline.evidence.finding.amounts import StatedSum
from pledgeline.evidence.finding.names import NameKind, Naming
from pledgeline.evidence.finding.words import Words
from pledgeline.evidence.reading.texts import Span

_PAYS = (
    NameKind.STATE,
    NameKind.SEAT,
    NameKind.ORGANISATION,
    NameKind.GROUP,
    NameKind.ADJECTIVE,
    NameKind.PERSON,
)
_JOINED = re.compile(
    r"[\s,]*(?:,|and|&|та|і|й|und|et|sowie|as well as|along with|together with|а також|ainsi que|разом із|разом з)?"
    r"[\s,]*(?:the |la |le |les |die |l')?"
)
_CUT = re.compile(r"[,;:]| - |[–—(]|(?<!\w)(?:and|while|but|whereas|та|і|а|und|et|während|tandis que)(?!\w)")
_SHORT = ("US", "U.S.", "UK", "EU", "NATO", "USA", "U.K.", "U.S")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


@dataclass(frozen=True, slots=True)
class Payers:
    """Names that stand together, and how they are tied to the sentence: subject, by, object or thanked."""

    span: Span
    ids: tuple[str, ...]
    tie: str
    has_gift: bool = False
    is_person: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """The part of a sentence that belongs to one sum."""

    span: Span
    money: StatedSum
    payers: tuple[Payers, ...]


def payers_in(
    seen: str, sentence: Span, words: Words, names: Sequence[Naming], never: Collection[str]
) -> list[Payers]:
    """Find the names of a sentence that may pay, those that are listed together as one."""
    runs: list[list[Naming]] = []
    for naming in names:
        if naming.kind not in _PAYS or (naming.kind is not NameKind.PERSON and naming.id in never):
            continue
        if naming.kind is NameKind.PERSON and naming.side in never:
            continue
        if naming.kind is NameKind.ADJECTIVE and not (
            _is_office(seen, naming.end, words)
            or _follows(seen, naming.start, sentence.start, words, "donors.offices", naming)
            or _follows(seen, naming.start, sentence.start, words, "donors.gifts", naming)
        ):
            continue
        last = runs[-1][-1] if runs else None
        joined = last is not None and naming.start - last.end < 24
        joined = joined and last is not None and _JOINED.fullmatch(seen, last.end, naming.start) is not None
        if joined and last is not None and NameKind.GROUP in (last.kind, naming.kind):
            joined = "," not in seen[last.end : naming.start]
        if joined and last is not None and (last.kind is NameKind.PERSON) == (naming.kind is NameKind.PERSON):
            runs[-1].append(naming)
        else:
            runs.append([naming])
    payers = [_tied(seen, sentence, words, run) for run in runs if not _speak(seen, run, words)]
    return [group for group in payers if group is not None]


def _speak(seen: str, run: list[Naming], words: Words) -> bool:
    """Say whether a group is only said to speak: "the two governments said"."""
    if any(naming.kind is not NameKind.GROUP for naming in run):
        return False
    return words["speech.verbs"].match(seen, run[-1].end + 1) is not None and not any(
        words[f"stages.{stage}"].match(seen, run[-1].end + 1)
        for stage in ("pledged", "committed", "contributed")
    )


def _is_office(seen: str, place: int, words: Words) -> bool:
    match = _WORD.search(seen, place, place + 30)
    return bool(
        match and words["donors.offices"].fullmatch(match[0]) and not seen[place : match.start()].strip(" '")
    )


def _follows(seen: str, start: int, floor: int, words: Words, name: str, naming: Naming) -> bool:
    """Say whether an adjective follows its noun, as in French: "le gouvernement belge", "la part suédoise"."""
    if words.language != "fr" or naming.kind is not NameKind.ADJECTIVE:
        return False
    before = re.search(r"([^\W\d_]+) $", seen[max(floor, start - 24) : start])
    return before is not None and words[name].fullmatch(before[1]) is not None


def _tied(seen: str, sentence: Span, words: Words, run: list[Naming]) -> Payers | None:
    """Say how names hang in the sentence, by the words before and after them."""
    start, end = run[0].start, run[-1].end
    before = re.sub(
        r"(?i)\b(?:the|la|le|les|die|der|den|dem|das|l'|bank|banque|банк\w*)\s*$",
        "",
        seen[sentence.start : start],
    ).rstrip()
    tail = seen[end : min(sentence.end, end + 40)]
    genitive = words["donors.genitive"].search(seen, max(sentence.start, start - 6), start) is not None
    owns = tail.startswith(("'s", "'"))
    after = _WORD.match(tail.removeprefix("'s").removeprefix("'").lstrip())
    gift = bool(after and words["donors.gifts"].fullmatch(after[0]))
    gift = gift or bool(
        owns and after and words["donors.not_subject"].fullmatch(after[0])
    )  # "Latvia's to €2m"
    gift = gift or _follows(seen, start, sentence.start, words, "donors.gifts", run[-1])
    office = bool(after and words["donors.offices"].fullmatch(after[0]))
    tie = "subject"
    if _ends_with(before, words, "donors.by"):
        tie = "by"
    elif _ends_with(before, words, "donors.not_subject"):
        tie = "subject" if _office_of(before, words) or _seat_of(before, run, words) else "object"
        if _ends_with(before, words, "donors.with") and after and _is_paying(after[0], words):
            tie = "subject"  # "with Stockholm covering $120 million"
        if _ends_near(before, words, "donors.thanks"):
            tie = "thanked"
    elif _ends_near(before, words, "donors.thanks"):
        tie = "thanked"
    if tie == "subject" and genitive and before and not _office_of(before + " de", words):
        tie = "object"
    if tie == "subject" and owns and not gift and not office and run[-1].kind is not NameKind.PERSON:
        tie = "object" if after and after[0][:1].islower() else "subject"
    if tie == "object" and words["donors.relative"].match(tail.lstrip(" ,")) and tail.startswith(","):
        tie = "subject"
    short = seen[run[-1].start : end] in _SHORT
    if tie == "subject" and short and after and after[0][:1].islower() and not office and not gift:
        verb = any(
            words[f"stages.{name}"].match(after[0])
            for name in ("pledged", "committed", "contributed", "proposed")
        )
        tie = "subject" if verb or words["donors.verb_after"].fullmatch(after[0]) else "object"
    ids = _ids(seen, run, words, before)
    if not ids:
        return None
    gives = gift and (owns or run[-1].kind is NameKind.ADJECTIVE)
    return Payers(Span(start, end), ids, tie, gives, run[0].kind is NameKind.PERSON)


def _seat_of(before: str, run: list[Naming], words: Words) -> bool:
    """Say whether "in" hangs a capital on an office: "the parliament in Vienna"."""
    head = re.search(r"([^\W\d_]+) (?:in|à|у|в)$", before)
    return (
        run[0].kind is NameKind.SEAT and head is not None and bool(words["donors.offices"].fullmatch(head[1]))
    )


def _is_paying(word: str, words: Words) -> bool:
    return word.endswith("ing") and any(
        words[f"stages.{stage}"].fullmatch(word) for stage in ("pledged", "committed", "contributed")
    )


def _ends_with(before: str, words: Words, name: str) -> bool:
    return any(match.end() == len(before) for match in words[name].finditer(before, max(0, len(before) - 16)))


def _ends_near(before: str, words: Words, name: str) -> bool:
    return bool(words[name].search(before, max(0, len(before) - 28)))


def _office_of(before: str, words: Words) -> bool:
    """Say whether "of" hangs a state on an office, as in "the Government of Canada"."""
    head = before[max(0, len(before) - 48) :]
    return bool(re.search(r"(?:of|für|des|de|du)\s*$", head) and words["donors.offices"].search(head))


def _ids(seen: str, run: list[Naming], words: Words, before: str) -> tuple[str, ...]:
    """Give the ids of a list: a group of counted states is named by its number, a state beats a loose group."""
    ids: list[str] = []
    for naming in run:
        id_ = naming.side if naming.kind is NameKind.PERSON else naming.id
        if naming.kind is NameKind.GROUP:
            id_ = _counted(seen, naming, words, before if naming is run[0] else seen[: naming.start])
        if id_ and id_ not in ids:
            ids.append(id_)
    named = [id_ for id_ in ids if not id_.startswith("group:")]
    special = [
        id_
        for id_ in ids
        if id_.removeprefix("group:") not in ("partners", "donors") and id_[-9:] != "countries"
    ]
    return tuple(named or special or ids)


def _counted(seen: str, naming: Naming, words: Words, before: str) -> str:
    counts = {
        str(key).replace("’", "'").lower(): value for key, value in words.values["donors"]["counts"].items()
    }
    window = before[-60:]
    match = re.search(r"(?<!\w)(\d{1,3}|[^\W\d_]+(?:'[^\W\d_]+)?)\s*$", window)
    if match and any(
        _ends_with(window[: match.start()].rstrip(), words, f"qualifiers.{name}")
        for name in ("more_than", "at_least", "about", "almost")
    ):
        return naming.id  # "more than twenty allies": which ones is not said
    count = match and (match[1] if match[1].isdigit() else counts.get(match[1].lower()))
    if not count:
        return naming.id
    near = seen[naming.start : naming.end + 24]
    kind = "nato" if re.search(r"NATO|НАТО|Nato|OTAN", near) else naming.id.removeprefix("group:")
    return f"group:{count}-{kind}"


def cells_of(
    seen: str, sentence: Span, sums: Sequence[StatedSum], payers: Sequence[Payers], words: Words
) -> list[Cell]:
    """Part a sentence at the words between its sums."""
    cuts = [sentence.start]
    for left, right in itertools.pairwise(sums):
        cuts.append(_cut(seen, left.span.end, right.span.start, payers, words))
    cuts.append(sentence.end)
    cells = []
    for money, start, end in zip(sums, cuts, cuts[1:], strict=False):
        inside = tuple(group for group in payers if group.span.start >= start and group.span.end <= end)
        cells.append(Cell(Span(start, end), money, inside))
    return cells


def _goes_on(seen: str, end: int, words: Words) -> bool:
    """Say whether a clause of their own follows names: "followed by Japan, which provided"."""
    after = seen[end : end + 12]
    return after.startswith(",") and words["donors.relative"].match(after.lstrip(", ")) is not None


def _cut(seen: str, start: int, end: int, payers: Sequence[Payers], words: Words) -> int:
    between = [
        group
        for group in payers
        if start <= group.span.start and group.span.end <= end and group.tie != "object"
    ]
    if not between:
        marks = list(_CUT.finditer(seen, start, end))
        return marks[0].start() if marks else start
    floor = start
    while between and between[0].tie == "by" and not _goes_on(seen, between[0].span.end, words):
        floor = between.pop(0).span.end
    ceiling = between[0].span.start if between else end
    marks = list(_CUT.finditer(seen, floor, ceiling))
    if not marks:
        return floor
    strong = [mark for mark in marks if mark[0] in ";" or mark[0] == ","]
    return (strong[0] if strong else marks[0]).start()
