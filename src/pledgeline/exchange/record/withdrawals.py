"""What a row that takes money back may say: of which row, how much, and nothing of another partner or stage."""

from collections.abc import Mapping
from fractions import Fraction

from pledgeline.evidence.withdrawals import WHOLE, share_taken
from pledgeline.programme.announcements import Announcement, Relation
from pledgeline.programme.findings import FindingList, Place
from pledgeline.programme.parties import JOINT
from pledgeline.programme.sentences import Sentence, sentence

_COUNTING = (Relation.NEW, Relation.REPLACES, Relation.UNCLEAR)


def check_withdrawals(
    rows: Mapping[str, Announcement], places: Mapping[str, Place], findings: FindingList
) -> set[str]:
    """Check the rows that take money back against the rows they name; give the keys of those with an error.

    `rows` are all sound rows by key, those beside the folder too; `places` has those of the folder.
    """
    bad: set[str] = set()
    taken: dict[str, Fraction] = {}
    for row in sorted(rows.values(), key=lambda row: row.announced_on):
        sources = [rows[ref] for ref in row.relates_to if ref in rows]
        if row.relation is Relation.REPLACES:
            _ask_for_the_amount(row, sources, places, findings)
            bad |= _object_to_replacing(row, sources, places, findings)
        if row.relation is not Relation.WITHDRAWS or len(sources) < len(row.relates_to):
            continue
        objections = _objections(row, sources, rows)
        if not objections and (share := share_taken(row, sources[0])) is not None:
            for source in sources:
                before = taken.get(source.id, Fraction(0))
                taken[source.id] = before + share
                if before >= WHOLE or before + share > WHOLE:
                    objections.append(("amount", _too_much(row, source, before)))
        if objections and row.id in places:
            place = places[row.id]
            for column, objection in objections:
                findings.note(
                    objection, Place(file=place.file, line=place.line, column=column), excerpt=row.id
                )
            bad.add(row.id)
    return bad


def _is_whole(row: Announcement) -> bool:
    return row.amount is None and row.reported_usd is None


def _what_was_had(row: Announcement, sources: list[Announcement]) -> str:
    """Say whether a part can be taken back at all, in the word by which the catalogue chooses the way out."""
    is_known = all(source.amount or source.reported_usd for source in sources)
    return "amounts" if is_known or _is_whole(row) else "no-amount"


def _ask_for_the_amount(
    row: Announcement, sources: list[Announcement], places: Mapping[str, Place], findings: FindingList
) -> None:
    had = [source.id for source in sources if source.amount or source.reported_usd]
    if had and _is_whole(row) and row.id in places:
        at = Place(file=places[row.id].file, line=places[row.id].line, column="amount")
        others = ", ".join(had)
        findings.note(sentence("contributions.replaces-with-nothing.rows", row=row.id, others=others), at)


def _object_to_replacing(
    row: Announcement, sources: list[Announcement], places: Mapping[str, Place], findings: FindingList
) -> set[str]:
    """Object to a newer figure of a row that takes money back; give the key of the row, if there is one."""
    taken = [source.id for source in sources if source.relation is Relation.WITHDRAWS]
    if not taken or row.id not in places:
        return set()
    at = Place(file=places[row.id].file, line=places[row.id].line, column="relates_to")
    said = sentence("contributions.replaces-withdrawal.rows", row=row.id, others=", ".join(taken))
    findings.note(said, at, excerpt=row.id)
    return {row.id}


def _objections(
    row: Announcement, sources: list[Announcement], rows: Mapping[str, Announcement]
) -> list[tuple[str, Sentence]]:
    """Give what is wrong: the column, and the sentence."""
    is_part, had = not _is_whole(row), _what_was_had(row, sources)
    if is_part and len(sources) > 1:
        others = ", ".join(source.id for source in sources)
        said = sentence("contributions.withdraws-several.rows", row=row.id, others=others, had=had)
        return [("relates_to", said)]
    objections: list[tuple[str, Sentence]] = []
    for source in sources:
        if uncounted := _uncounted(source, row, rows, had):
            objections.append(("relates_to", uncounted))
            continue
        for column, own, its in _differences(row, source, is_part=is_part):
            said = sentence(
                "contributions.withdraws-otherwise.column",
                column=column,
                own=own,
                its=its,
                source=source.id,
                had=had,
            )
            objections.append((column, said))
        if is_part and not objections and share_taken(row, source) is None:
            objections.append(("currency", _no_share(row, source)))
    return objections


def _uncounted(
    source: Announcement, row: Announcement, rows: Mapping[str, Announcement], had: str
) -> Sentence | None:
    """Say why a row does not count by then, if it does not."""
    if source.relation not in _COUNTING:
        return sentence(
            "contributions.withdraws-uncounted.relation",
            row=source.id,
            relation=source.relation.value,
            had=had,
        )
    newer = [
        other
        for other in rows.values()
        if other.relation is Relation.REPLACES
        and source.id in other.relates_to
        and other.announced_on <= row.announced_on
    ]
    if not newer:
        return None
    return sentence(
        "contributions.withdraws-uncounted.replaced",
        row=source.id,
        other=newer[0].id,
        day=newer[0].announced_on,
        had=had,
    )


def _differences(row: Announcement, source: Announcement, *, is_part: bool) -> list[tuple[str, str, str]]:
    pairs = [("partner", JOINT.join(sorted(row.partners)), JOINT.join(sorted(source.partners)))]
    if is_part:
        pairs += [("package", row.package, source.package), ("stage", row.stage.value, source.stage.value)]
    return [pair for pair in pairs if pair[1] != pair[2]]


def _no_share(row: Announcement, source: Announcement) -> Sentence:
    stated = source.amount or source.reported_usd
    if stated is None:
        return sentence("contributions.withdraws-otherwise.no-amount", source=source.id)
    taken = row.amount or row.reported_usd
    assert taken is not None
    return sentence(
        "contributions.withdraws-otherwise.currency",
        source=source.id,
        currency=stated.currency,
        taken=taken.currency,
    )


def _too_much(row: Announcement, source: Announcement, before: Fraction) -> Sentence:
    if before >= WHOLE and _is_whole(row):
        return sentence("contributions.withdraws-too-much.whole-of-nothing", source=source.id)
    if before >= WHOLE:
        return sentence("contributions.withdraws-too-much.nothing-left", source=source.id)
    taken = row.amount or row.reported_usd
    figures = (source.amount, source.reported_usd)
    stated = next(
        (figure for figure in figures if figure and taken and figure.currency == taken.currency), None
    )
    if taken is None or stated is None:
        return sentence("contributions.withdraws-too-much.whole", source=source.id, row=row.id)
    if before:
        return sentence(
            "contributions.withdraws-too-much.together",
            row=row.id,
            taken=taken,
            stated=stated,
            source=source.id,
        )
    return sentence(
        "contributions.withdraws-too-much.amount", row=row.id, taken=taken, stated=stated, source=source.id
    )
