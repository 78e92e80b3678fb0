"""What a row that takes money back may say: of which row, how much, and nothing of another partner or stage."""

from collections.abc import Mapping
from fractions import Fraction

from pledgeline.evidence.withdrawals import WHOLE, share_taken
from pledgeline.exchange.record.catalogue import Findings, written
from pledgeline.programme.announcements import Announcement, Relation
from pledgeline.programme.findings import Place
from pledgeline.programme.parties import JOINT

_COUNTING = (Relation.NEW, Relation.REPLACES, Relation.UNCLEAR)


def check_withdrawals(
    rows: Mapping[str, Announcement], places: Mapping[str, Place], findings: Findings
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
                    objections.append(("withdraws-too-much", "amount", _too_much(row, source, before)))
        if objections and row.id in places:
            place = places[row.id]
            for code, column, wrong in objections:
                at = Place(file=place.file, line=place.line, column=column)
                findings.add(
                    f"contributions.{code}", at, wrong, excerpt=row.id, way_out=_way_out(row, code, sources)
                )
            bad.add(row.id)
    return bad


def _way_out(row: Announcement, code: str, sources: list[Announcement]) -> str:
    """Say what to write where the catalogue's way out does not help."""
    is_whole = row.amount is None and row.reported_usd is None
    if code == "withdraws-too-much" and is_whole:
        return "Take the row out, or write in its amount what was left."
    is_known = all(source.amount or source.reported_usd for source in sources)
    return "" if is_known or is_whole else "Leave the amount empty: the whole is taken back."


def _ask_for_the_amount(
    row: Announcement, sources: list[Announcement], places: Mapping[str, Place], findings: Findings
) -> None:
    had = [source.id for source in sources if source.amount or source.reported_usd]
    if had and row.amount is None and row.reported_usd is None and row.id in places:
        at = Place(file=places[row.id].file, line=places[row.id].line, column="amount")
        findings.add(
            "contributions.replaces-with-nothing",
            at,
            f"{row.id} has no amount and replaces {', '.join(had)}, which had one.",
        )


def _object_to_replacing(
    row: Announcement, sources: list[Announcement], places: Mapping[str, Place], findings: Findings
) -> set[str]:
    """Object to a newer figure of a row that takes money back; give the key of the row, if there is one."""
    taken = [source.id for source in sources if source.relation is Relation.WITHDRAWS]
    if not taken or row.id not in places:
        return set()
    at = Place(file=places[row.id].file, line=places[row.id].line, column="relates_to")
    wrong = f"{row.id} replaces {', '.join(taken)}, where money is taken back."
    findings.add("contributions.replaces-withdrawal", at, wrong, excerpt=row.id)
    return {row.id}


def _objections(
    row: Announcement, sources: list[Announcement], rows: Mapping[str, Announcement]
) -> list[tuple[str, str, str]]:
    """Give what is wrong: the end of the code, the column, the sentence."""
    is_part = row.amount is not None or row.reported_usd is not None
    if is_part and len(sources) > 1:
        named = ", ".join(source.id for source in sources)
        return [("withdraws-several", "relates_to", f"{row.id} takes back a part of {named}.")]
    objections = []
    for source in sources:
        if why := _why_uncounted(source, row, rows):
            objections.append(("withdraws-uncounted", "relates_to", f"{source.id} {why}."))
            continue
        for column, own, its in _differences(row, source, is_part=is_part):
            objections.append(
                (
                    "withdraws-otherwise",
                    column,
                    f"{column} is “{own}” here and “{its}” in {source.id}, from which money is taken back.",
                )
            )
        if is_part and not objections and share_taken(row, source) is None:
            objections.append(("withdraws-otherwise", "currency", _no_share(row, source)))
    return objections


def _why_uncounted(source: Announcement, row: Announcement, rows: Mapping[str, Announcement]) -> str:
    if source.relation not in _COUNTING:
        return f"is a row that {source.relation.value} others and does not count"
    newer = [
        other
        for other in rows.values()
        if other.relation is Relation.REPLACES
        and source.id in other.relates_to
        and other.announced_on <= row.announced_on
    ]
    return f"was replaced by {newer[0].id} on {newer[0].announced_on}" if newer else ""


def _differences(row: Announcement, source: Announcement, *, is_part: bool) -> list[tuple[str, str, str]]:
    pairs = [("partner", JOINT.join(sorted(row.partners)), JOINT.join(sorted(source.partners)))]
    if is_part:
        pairs += [("package", row.package, source.package), ("stage", row.stage.value, source.stage.value)]
    return [pair for pair in pairs if pair[1] != pair[2]]


def _no_share(row: Announcement, source: Announcement) -> str:
    stated = source.amount or source.reported_usd
    if stated is None:
        return f"No amount of {source.id} is known: a part of it cannot be taken back, only the whole."
    taken = row.amount or row.reported_usd
    assert taken is not None
    return f"{source.id} was announced in {stated.currency}, and {taken.currency} is taken back."


def _too_much(row: Announcement, source: Announcement, before: Fraction) -> str:
    if before >= WHOLE:
        return f"Nothing is left of {source.id}: the whole was taken back before."
    taken = row.amount or row.reported_usd
    figures = (source.amount, source.reported_usd)
    stated = next(
        (figure for figure in figures if figure and taken and figure.currency == taken.currency), None
    )
    if taken is None or stated is None:
        return f"A part of {source.id} was taken back before, and {row.id} takes back the whole."
    earlier = ", with what was taken back before," if before else ""
    return f"{row.id} takes back {written(taken)}{earlier} of {written(stated)} in {source.id}."
