"""What an accepted claim would be as a row of the public record: proposed cells, which a person looks over.

What the text leaves open stays open: “$” names no currency, a group of states is no partner. The relation to other
rows is proposed by the rule that compared them, and its name is shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pledgeline.evidence.comparing.meeting import Encounter
from pledgeline.evidence.comparing.record_rows import STAGE_OF, record_code
from pledgeline.evidence.deciding.claims import ClaimField, StatedClaim, StatedKind
from pledgeline.evidence.finding.candidates import MoneyRole, StatedStage
from pledgeline.evidence.linking.rules import LinkRelation as ClaimRelation
from pledgeline.evidence.linking.rules import Rule
from pledgeline.money import is_currency
from pledgeline.programme.announcements import Relation
from pledgeline.programme.parties import JOINT

LONGEST_TITLE = 200

_QUALIFIED = {"about": "about", "almost": "almost", "at_least": "at least", "more_than": "more than"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedRow:
    """Cells of a row, as text, and by which rule its relation is proposed ("" where nothing like it is known)."""

    noun: str
    cells: Mapping[str, str]
    rule: str = ""


def row_noun(claim: StatedClaim) -> str:
    """Say as what a claim can be entered: an announcement, a stated total, or "" for nothing of the record."""
    if claim.role is MoneyRole.TOTAL:
        return "stated-total"
    stage = StatedStage(claim.value(ClaimField.STAGE) or StatedStage.UNSPECIFIED)
    if claim.kind is StatedKind.CONTRIBUTION and stage in STAGE_OF:
        return "announcement"
    return ""


def proposed_row(
    claim: StatedClaim,
    *,
    number: str,
    title: str,
    published: date | None,
    source: str,
    encounters: Sequence[Encounter] = (),
) -> ProposedRow | None:
    """Propose the row that a claim would be; None where it is nothing of the record.

    `encounters` are the rows of the record that it meets, `number` the free number of a new row, `title` our own
    words: those of the report may be forbidden by its licence.
    """
    noun, said = row_noun(claim), claim.value(ClaimField.AMOUNT)
    if not noun or said is None:
        return None
    currency = said["currency"] if is_currency(said["currency"], published) else ""
    stated = str(claim.value(ClaimField.DAY) or "")
    day = stated if stated and "/" not in stated else published.isoformat() if published else ""
    if noun == "stated-total":
        qualifier = _QUALIFIED.get(said["qualifier"], "")
        speaker = claim.value(ClaimField.SPEAKER) or ""
        cells = {
            "as_of": day,
            "measure": f"total_contributed_{currency.lower()}" if currency else "",
            "value": said["value"],
            "unit": currency,
            "said_by": f"{speaker} ('{qualifier}')" if speaker and qualifier else speaker,
            "source_ids": source,
        }
        return ProposedRow(noun=noun, cells=cells)
    relation, others, rule = proposed_relation(claim, encounters)
    stage = StatedStage(claim.value(ClaimField.STAGE) or StatedStage.UNSPECIFIED)
    cells = {
        "id": number,
        "partner": JOINT.join(
            code for id_ in claim.value(ClaimField.DONORS) or () if (code := record_code(id_))
        ),
        "announced_on": day,
        "amount": said["value"],
        "currency": currency,
        "stage": STAGE_OF[stage].value,
        "title": title[:LONGEST_TITLE],
        "source_ids": source,
        "relation": relation.value,
        "relates_to": ";".join(others),
    }
    return ProposedRow(noun=noun, cells=cells, rule=rule)


def proposed_relation(
    claim: StatedClaim, encounters: Sequence[Encounter]
) -> tuple[Relation, tuple[str, ...], str]:
    """Propose how a new row would relate to those that are there: the strongest rule says it."""
    for encounter in encounters:
        found = _RELATIONS.get(encounter.relation)
        if found is not None:
            return found, (encounter.other,), encounter.rule.value
    if claim.role is MoneyRole.COMPONENT:
        return Relation.NEW, (), Rule.PART_OF_SUM.value
    return Relation.NEW, (), ""


_RELATIONS = {
    ClaimRelation.CONTRADICT: Relation.CONFLICTS,
    ClaimRelation.DIFFER: Relation.REPEATS,
    ClaimRelation.AGREE: Relation.REPEATS,
    ClaimRelation.INCLUDES: Relation.REPEATS,
}
