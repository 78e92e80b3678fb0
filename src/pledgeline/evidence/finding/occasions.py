"""On which day a sum was given or promised, of all the days that its sentence states."""

from collections.abc import Sequence

from pledgeline.evidence.finding.candidates import FieldReason, Reason
from pledgeline.evidence.finding.days import StatedDay, days_in
from pledgeline.evidence.finding.parts import SumPart


def _chosen_day(part: SumPart, days: Sequence[StatedDay]) -> StatedDay | None:
    """Choose the day of a sum among those of its sentence.

    One in brackets behind it; one that a list counts off for it; one in its own part; else one that closes the clause
    for all its sums ("Canada ($500m) and Germany ($500m) contributed in August"), unless another day stands between;
    else one that opens the sentence. A day of another part says nothing of this one. A day to come is when something
    will happen, and only chosen where none is past.
    """
    if not days:
        return None
    published, money, cell = part.report.published, part.money.span, part.cell.span
    past = [day for day in days if published is None or day.first is None or day.first <= published]
    days = past or days
    own = _bracketed(part, days, part.number) or _counted_off(part, days)
    if own is not None:
        return own
    taken = [_bracketed(part, days, number) for number in range(len(part.cells))]
    days = [day for day in days if day not in taken]
    inside = [day for day in days if cell.start <= day.span.start and day.span.end <= cell.end]
    if inside:
        return min(inside, key=lambda day: (not day.is_day, abs(day.span.start - money.start)))
    first, last = part.cells[0].money.span, part.cells[-1].money.span
    clause_end = next(
        (
            match.start()
            for match in part.report.words["dates.clauses"].finditer(
                part.report.seen, money.end, part.sentence.end
            )
        ),
        part.sentence.end,
    )
    between = any(money.end <= day.span.start and day.span.end <= last.start for day in days)
    closing = [
        day for day in days if last.end <= day.span.start and day.span.end <= clause_end and not between
    ]
    opening = [day for day in days if day.span.end <= first.start]
    return closing[0] if closing else opening[0] if opening else None


def _bracketed(part: SumPart, days: Sequence[StatedDay], number: int) -> StatedDay | None:
    """Find the day in brackets right behind a sum: "EUR 10 million (2 June) and EUR 20 million (1 August)"."""
    seen, end = part.report.seen, part.cells[number].money.span.end
    return next(
        (
            day
            for day in days
            if seen[end : day.span.start].strip() == "(" and seen[day.span.end : day.span.end + 1] == ")"
        ),
        None,
    )


def _counted_off(part: SumPart, days: Sequence[StatedDay]) -> StatedDay | None:
    """Give each sum the day at its place: "on 2 June and 1 August it paid EUR 1 million and 2 million respectively"."""
    report, sentence, cells = part.report, part.sentence, part.cells
    if len(days) != len(cells) or len(cells) < 2:
        return None
    before = days[-1].span.end <= cells[0].money.span.start
    behind = cells[-1].money.span.end <= days[0].span.start
    said = report.words["donors.respectively"].search(report.seen, sentence.start, sentence.end)
    return days[part.number] if said and (before or behind) else None


def day_of(part: SumPart) -> StatedDay | None:
    """Find the day on which it was said or done: in the sentence, or in the next one that says when it was reported."""
    seen, language, published = part.report.seen, part.report.words.language, part.report.published
    days = [
        day
        for day in days_in(seen, part.sentence, language, published)
        if not day.is_period and day.first is not None
    ]
    chosen = _chosen_day(part, days)
    if chosen is not None:
        part.why["date"] = FieldReason(Reason.STATED, chosen.span)
        return chosen
    if days:
        return None
    if part.index + 1 < len(part.report.sentences):
        following = part.report.sentences[part.index + 1]
        if part.report.words["dates.reported_before"].match(seen, following.start, following.end):
            for day in days_in(seen, following, language, published):
                if day.is_day:
                    part.why["date"] = FieldReason(Reason.REPORTED, day.span)
                    return day
    return None
