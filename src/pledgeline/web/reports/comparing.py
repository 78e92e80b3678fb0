"""Claims side by side: which contradict each other and by which rule, reprints, proposed ranks, totals."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.http import HttpResponse
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from pledgeline import charts
from pledgeline.evidence.comparing.meeting import FIRST
from pledgeline.evidence.comparing.ranks import Rankable, RankReason, Standpoint, proposed_ranks
from pledgeline.evidence.comparing.rises import ShortRise, short_rises
from pledgeline.evidence.comparing.sketches import reprints
from pledgeline.evidence.deciding.claims import ClaimField
from pledgeline.evidence.deciding.marking import shown
from pledgeline.evidence.deciding.reading_fields import FieldReader
from pledgeline.evidence.finding.amounts import plain
from pledgeline.evidence.finding.candidates import MoneyRole
from pledgeline.evidence.linking.rules import LinkRelation, Rule
from pledgeline.money import Amount, in_short, is_currency
from pledgeline.queries.claim_files import links_of_programme
from pledgeline.queries.reports import (
    claims_that_hold,
    documents_of,
    money_said,
    names_for,
    reader_for,
    with_whole_reports,
)
from pledgeline.records.models import ClaimLink, ClaimRecord
from pledgeline.web import words as site_words
from pledgeline.web.reports import words
from pledgeline.web.reports.common import ReportRequest, open_to_all, title_of

WIDE, NARROW = 1080, 330
MOST_PAIRS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSide:
    """One of two claims that are compared."""

    ref: str
    line: str
    sentence: str
    outlet: str
    published_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPair:
    """Two claims beside each other, the rule that compared them, and which would be named first."""

    relation: str
    relation_said: object
    rule: str
    rule_said: object
    differs: str
    sides: tuple[ShownSide, ShownSide]
    first: str
    why_first: object


@open_to_all
def compare_page(here: ReportRequest) -> HttpResponse:
    """Show how the claims of a programme stand to each other."""
    links = links_of_programme(here.programme)
    links.sort(key=lambda link: (FIRST.index(LinkRelation(link.relation)), link.pk))
    shown_links = links[:MOST_PAIRS]
    with_whole_reports(claim for link in shown_links for claim in (link.first, link.second))
    reprinted = _reprints(here)
    sentence = _sentences(here)
    pairs = [_pair(here, link, reprinted, sentence) for link in shown_links]
    claims = claims_that_hold(here.programme.slug)
    return here.show(
        "web/reports/compare.html",
        pairs=pairs,
        more=max(0, len(links) - MOST_PAIRS),
        counts=[
            (words.RELATIONS[relation], number)
            for relation in FIRST
            if (number := sum(link.relation == relation.value for link in links))
        ],
        totals=totals_picture(here, claims),
        short=[_short(row) for row in short_rises(money_said(claims))[:MOST_PAIRS]],
        reprints=sorted(reprinted.items()),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRise:
    """Two totals and a contribution between them that is more than they lie apart."""

    earlier: str
    later: str
    contribution: str
    rise: str


def _short(row: ShortRise) -> ShownRise:
    refs = [name.removeprefix("claim ") for name in (row.earlier, row.later, row.contribution)]
    said = {"value": plain(row.rise), "currency": row.currency, "qualifier": "exact", "upper": ""}
    return ShownRise(earlier=refs[0], later=refs[1], contribution=refs[2], rise=words.sum_said(said))


def _sentences(here: ReportRequest) -> Callable[[ClaimRecord], str]:
    """Give what finds the sentence of a claim, "" where it may not be shown; each report is read once."""
    readers: dict[int, FieldReader] = {}

    def sentence(claim: ClaimRecord) -> str:
        document = claim.document
        if not document.shows_text_to(here.person):
            return ""
        if document.pk not in readers:
            readers[document.pk] = reader_for(document, here.asked.programme)
        return shown(readers[document.pk].sentence_of(claim.to_value().span).of(document.text))

    return sentence


def _reprints(here: ReportRequest) -> dict[str, tuple[str, int]]:
    """Give the reports that reprint one that was read in before, with that one and how much they share."""
    found: dict[str, tuple[str, int]] = {}
    before: dict[str, Sequence[int]] = {}
    documents = documents_of(here.programme)
    for document in sorted(documents, key=lambda document: (document.published_on or date.max, document.pk)):
        if alike := reprints(document.sketch, before):
            found[document.ref] = (alike[0].key, alike[0].percent)
        before[document.ref] = document.sketch
    return found


def _pair(
    here: ReportRequest,
    link: ClaimLink,
    reprinted: dict[str, tuple[str, int]],
    sentence: Callable[[ClaimRecord], str],
) -> ShownPair:
    ranks = proposed_ranks(_rankable(here, claim, reprinted) for claim in (link.first, link.second))
    return ShownPair(
        relation=link.relation,
        relation_said=words.RELATIONS[LinkRelation(link.relation)],
        rule=link.rule,
        rule_said=words.RULES[Rule(link.rule)],
        differs=", ".join(str(words.DIFFERING.get(name, name)) for name in link.differs_in),
        sides=(_side(here, link.first, sentence), _side(here, link.second, sentence)),
        first=ranks[0].key,
        why_first=(
            words.STANDPOINTS[ranks[0].standpoint]
            if ranks[0].reason is RankReason.STANDPOINT
            else words.RANK_REASONS[ranks[0].reason]
        ),
    )


def _rankable(here: ReportRequest, claim: ClaimRecord, reprinted: dict[str, tuple[str, int]]) -> Rankable:
    document, value = claim.document, claim.to_value()
    is_reprint = document.ref in reprinted
    speaker = str(value.value(ClaimField.SPEAKER) or "")
    sides = {naming.side for naming in names_for(here.asked.programme).in_text(speaker)}
    return Rankable(
        key=claim.ref,
        payer_speaks=bool(sides & set(value.value(ClaimField.DONORS) or ())),
        standpoint=Standpoint.REPRINT if is_reprint else Standpoint(document.standpoint),
        said_on=document.published_on,
    )


def _side(here: ReportRequest, claim: ClaimRecord, sentence: Callable[[ClaimRecord], str]) -> ShownSide:
    return ShownSide(
        ref=claim.ref,
        line=shown(words.line_of(claim.to_value(), here.asked.programme)),
        sentence=sentence(claim),
        outlet=shown(claim.document.outlet) or title_of(claim.document),
        published_on=claim.document.published_on,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalsPicture:
    """Totals that reports claim on one line of time, and as a table; other currencies are in the table alone."""

    currency: str
    wide: SafeString
    narrow: SafeString
    rows: list[tuple[date | None, str, str, str]]


def totals_picture(here: ReportRequest, claims: list[ClaimRecord]) -> TotalsPicture | None:
    """Draw the totals that reports claim, each on its day; None where there are none."""
    totals = [claim for claim in claims if claim.role == MoneyRole.TOTAL]
    if not totals:
        return None
    dated = []
    for claim in totals:
        value = claim.to_value()
        stated = str(value.value(ClaimField.DAY) or "").partition("/")[0]
        day = date.fromisoformat(stated) if stated else claim.document.published_on
        dated.append((day, value.value(ClaimField.AMOUNT), claim))
    dated.sort(key=lambda row: (row[0] or date.max, row[2].pk))
    currencies = Counter(sum_["currency"] for _day, sum_, _claim in dated if is_currency(sum_["currency"]))
    currency = currencies.most_common(1)[0][0] if currencies else ""
    marks = [
        charts.StatedMark(
            day=day,
            value=Amount.rounded(Fraction(sum_["value"]), currency).minor,
            label=f"{words.sum_said(sum_)}, {claim.ref}, {date_format(day, 'DAY_FORMAT')}",
            href=here.asked.at("claim", claim.ref),
        )
        for day, sum_, claim in dated
        if day is not None and sum_["currency"] == currency
    ]
    drawn = [_drawn(marks, currency, width) for width in (WIDE, NARROW)] if marks else [mark_safe("")] * 2
    rows = [
        (day, words.sum_said(sum_), claim.ref, shown(claim.document.outlet) or title_of(claim.document))
        for day, sum_, claim in dated
    ]
    return TotalsPicture(currency=currency, wide=drawn[0], narrow=drawn[1], rows=rows)


def _drawn(marks: list[charts.StatedMark], currency: str, width: int) -> SafeString:
    since, until = min(mark.day for mark in marks).replace(day=1), max(mark.day for mark in marks)
    frame = charts.Frame(
        prefix=f"claimed-{width}",
        title=_("Totals that reports claim"),
        description=_("Each total on the day that it speaks of, in %(currency)s.") % {"currency": currency},
        width=width,
    )
    picture = charts.steps(
        [],
        frame=frame,
        since=since,
        until=until,
        data_until=until,
        amount=lambda minor: in_short(Amount(minor, currency), site_words.locale()),
        month=lambda day: date_format(day, "M"),
        no_data_label=_("no report"),
        no_entries_label=_("month without a total"),
        empty_label=_("No report claims a total."),
        marks=marks,
        marks_label=_("a total that a report claims"),
        entries=[mark.day for mark in marks],
    )
    return mark_safe(picture.svg)
