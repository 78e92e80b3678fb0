"""A plan as a workbook that a minister's staff can read: first what it comes to, then every cent, then the proof.

Amounts are numbers with the digits of their currency where a spreadsheet keeps them exactly, that is up to
15 digits; longer ones are texts. Texts that people wrote are never formulas.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pledgeline.exchange.workbook import sheets as look
from pledgeline.exchange.xlsx import PLAIN, write
from pledgeline.money import digits_of, in_percent
from pledgeline.plan import Explanation, PlanFigures, charges_of, check, explain_all
from pledgeline.plan.exact_text import to_text
from pledgeline.plan.figures import MET, PARTLY, WAITS, FilledPackage, GroupCoverage
from pledgeline.plan.sentences import (
    how_sure,
    reason_name,
    score_name,
    verdict,
    what_binds,
    why,
    why_left,
)
from pledgeline.programme.sentences import Sentence, dated, sentence

Value = str | int | Decimal | date | None
Look = Mapping[str, object]

_PLAIN: Look = {}
_FILLS = {MET: "#DCF0E2", PARTLY: "#FDF0D0", WAITS: "#FBE1DF"}

_INK, _ACCENT, _FAINT, _LINE = (f"#{color}" for color in (look.INK, look.ACCENT, look.FAINT, look.LINE))
_TITLE = {"bold": True, "font_size": 16, "font_color": _INK}
_PART = {"bold": True, "font_size": 12, "font_color": _ACCENT}
_STRONG = {"bold": True, "font_color": _INK}
_HEAD = {"bold": True, "font_color": "#FFFFFF", "bg_color": _ACCENT, "text_wrap": True, "valign": "vcenter"}
_UNDERLINE = {"bottom": 1, "bottom_color": _LINE}
_AWAY = 2
"""How far a text stands from the number before it: right and left would touch otherwise."""

_AFTER_A_NUMBER = {"text_wrap": True, "valign": "top", "align": "left", "indent": _AWAY}


_LETTERS_ACROSS = 90
"""What the merged cells of a reason on the Summary hold in a line."""

_NUMBERS = {"whole", "money", "share", "about", "right", "day"}
"""Kinds of columns whose values stand on the right."""

_MOST_IN_A_CELL = 32_000


@dataclass(frozen=True, slots=True)
class _Column:
    """One column of a table: its header, its width, and how its values are shown."""

    header: Sentence
    width: int
    kind: str = "text"


def write_plan(
    figures: PlanFigures,
    *,
    first_day: date | None = None,
    title: str = "",
    reasons: Sequence[Explanation] | None = None,
) -> bytes:
    """Write a plan with its packages, payments, reasons and proof.

    `first_day` is the day that the problem calls 0; without one days are shown as numbers. `reasons` are
    those of `explain_all` where they are known already (with `binding`, if it was asked for).
    """
    out = io.BytesIO()
    with Workbook(out, PLAIN) as book:
        writing = _Writing(book, figures, first_day, title, reasons)
        for name, fill in (
            (sentence("result.sheet-summary"), writing.summary),
            (sentence("result.sheet-packages"), writing.packages),
            (sentence("result.sheet-who-pays-what"), writing.who_pays_what),
            (sentence("result.sheet-lines"), writing.lines),
            (sentence("result.sheet-orders"), writing.orders),
            (sentence("result.sheet-partners"), writing.partners),
            (sentence("result.sheet-proof"), writing.proof),
        ):
            fill(book.add_worksheet(str(name)))
    return out.getvalue()


class _Writing:
    """One plan, in the sheets that show its figures.

    Every sheet is written from top to bottom, as a row is forgotten once the next one begins. Rows and places are
    counted from 1, as people do.
    """

    def __init__(
        self,
        book: Workbook,
        figures: PlanFigures,
        first_day: date | None,
        title: str,
        reasons: Sequence[Explanation] | None,
    ) -> None:
        self.book = book
        self.formats: dict[tuple[object, ...], Format] = {}
        self.figures, self.problem, self.plan, self.first_day = (
            figures,
            figures.problem,
            figures.plan,
            first_day,
        )
        self.title = title or str(sentence("result.plan"))
        found = explain_all(self.problem, self.plan) if reasons is None else reasons
        self.reasons = {reason.line: reason for reason in found}
        self.format = look.money_format(self.problem.currency)
        self.in_order = sorted(self.problem.lines, key=lambda line: (line.priority, line.id))

    # ---- values ----

    def money(self, minor: int, currency: str = "") -> Decimal:
        return Decimal(f"{minor}E-{digits_of(currency or self.problem.currency)}")

    def day(self, day: int | None) -> Value:
        if day is None or self.first_day is None:
            return day
        try:
            return self.first_day + timedelta(days=day)
        except OverflowError:
            return day

    # ---- sheets ----

    def summary(self, sheet: Worksheet) -> None:
        sheet.hide_gridlines(2)
        self._say(sheet, 1, 1, self.title, _TITLE)
        self._say(sheet, 2, 1, verdict(self.plan), {"bold": True, "font_color": _ACCENT})
        amounts_in = sentence("result.amounts-in", currency=self.problem.currency)
        self._say(sheet, 3, 1, amounts_in, {"italic": True, "font_color": _FAINT})
        row = self._headline(sheet, 5)
        row = self._by_priority(sheet, row + 1)
        row = self._by_category(sheet, row + 1)
        self._first_that_wait(sheet, row + 1)
        _print(sheet)

    def _headline(self, sheet: Worksheet, row: int) -> int:
        states = [row.state for row in self.figures.served.values()]
        rows: list[tuple[Sentence, Value, str]] = [
            (sentence("result.lines-asked-for"), len(states), "whole"),
            (sentence("result.of-them-fully-met"), states.count(MET), "whole"),
            (sentence("result.of-them-partly-met"), states.count(PARTLY), "whole"),
            (sentence("result.of-them-waiting"), states.count(WAITS), "whole"),
            (sentence("result.cost-of-the-plan"), self.money(self.plan.cost_minor), "money"),
            (sentence("result.money-offered-after-fees"), self.money(self.figures.offered_minor), "money"),
            (sentence("result.of-it-used"), self.money(self.figures.used_minor), "money"),
            (sentence("result.of-it-left"), self.money(self.figures.left_minor), "money"),
            (sentence("result.packages-ordered"), sum(row.is_used for row in self.figures.filled), "whole"),
            (sentence("result.last-arrival"), self.day(self.figures.last_arrival), "day"),
        ]
        self._say(sheet, row, 1, sentence("result.in-figures"), _PART)
        for number, (name, value, kind) in enumerate(rows, start=row + 1):
            self._say(sheet, number, 1, name, _UNDERLINE)
            sheet.write_blank(number - 1, 1, None, self._look(_UNDERLINE))
            self._put(sheet, number, 2, value, kind, more=_UNDERLINE)
        return row + len(rows) + 1

    def _by_priority(self, sheet: Worksheet, row: int) -> int:
        rows: list[list[Value]] = [
            [
                str(sentence("result.priority-of", priority=tier.name)),
                *self._covered(tier),
                _in_tenths(tier.most_tenths),
                str(how_sure(tier.score)) if tier.score else "",
            ]
            for tier in self.figures.tiers
        ]
        self._say(sheet, row, 1, sentence("result.by-priority"), _PART)
        return self._table(
            sheet,
            row + 1,
            [
                _Column(sentence("result.priority"), 30),
                _Column(sentence("result.lines"), 24, "whole"),
                _Column(sentence("result.fully-met"), 12, "whole"),
                _Column(sentence("result.partly-met"), 12, "whole"),
                _Column(sentence("result.waiting"), 12, "whole"),
                _Column(sentence("result.cost"), 22, "money"),
                _Column(sentence("result.coverage"), 13, "share"),
                _Column(sentence("result.no-plan-covers-more-than"), 15, "share"),
                _Column(sentence("result.how-sure"), 46),
            ],
            rows,
        )

    def _covered(self, group: GroupCoverage) -> list[Value]:
        return [
            group.lines,
            group.met,
            group.partly,
            group.waiting,
            self.money(group.cost_minor),
            _in_tenths(group.got_tenths),
        ]

    def _by_category(self, sheet: Worksheet, row: int) -> int:
        rows: list[list[Value]] = [
            [category.name or str(sentence("result.without-a-category")), *self._covered(category)]
            for category in self.figures.categories
        ]
        self._say(sheet, row, 1, sentence("result.by-category"), _PART)
        headers = [
            sentence("result.category"),
            sentence("result.lines"),
            sentence("result.fully-met"),
            sentence("result.partly-met"),
            sentence("result.waiting"),
            sentence("result.cost"),
            sentence("result.coverage"),
        ]
        kinds = ["text", "whole", "whole", "whole", "whole", "money", "share"]
        columns = [_Column(header, 0, kind) for header, kind in zip(headers, kinds, strict=True)]
        return self._table(sheet, row + 1, columns, rows)

    def _first_that_wait(self, sheet: Worksheet, row: int) -> None:
        waiting = [line for line in self.in_order if line.id in self.reasons][:10]
        if not waiting:
            return
        self._say(sheet, row, 1, sentence("result.the-first-lines-that-are-not-fully-met"), _PART)
        headers = [
            sentence("result.line"),
            sentence("result.item"),
            sentence("result.priority"),
            sentence("result.asked"),
            sentence("result.met"),
            sentence("result.why"),
        ]
        sheet.merge_range(row, 5, row, 8, "", self._look(_HEAD))
        self._header(sheet, row + 1, headers, numbers=(3, 4, 5))
        for number, line in enumerate(waiting, start=row + 2):
            values: list[Value] = [
                line.id,
                line.item,
                line.priority,
                line.quantity,
                self.figures.serve(line).got,
            ]
            for place, value in enumerate(values, start=1):
                self._put(sheet, number, place, value, "whole" if place > 2 else "text")
            reason = why(self.reasons[line.id], self.first_day)
            sheet.merge_range(number - 1, 5, number - 1, 8, "", self._look(_AFTER_A_NUMBER))
            self._put(sheet, number, 6, reason, "text", after_a_number=True)
            sheet.set_row(number - 1, 15 * max(2, 1 + len(reason) // _LETTERS_ACROSS))
        more = len(self.reasons) - len(waiting)
        if more:
            self._say(sheet, row + 2 + len(waiting), 1, sentence("result.more-on-lines", more=more))

    def packages(self, sheet: Worksheet) -> None:
        rows: list[list[Value]] = []
        for filled in self.figures.filled:
            package = filled.package
            rows.append(
                [
                    package.id,
                    self.day(package.order_day),
                    self.money(filled.cost_minor),
                    None if package.target_minor is None else self.money(package.target_minor),
                    self.money(package.tolerance_minor) if package.target_minor is not None else None,
                    filled.lines,
                    package.max_lines,
                    self._funders(filled) if filled.is_used else str(sentence("result.not-ordered")),
                ]
            )
        self._page(
            sheet,
            sentence("result.title-packages"),
            [
                _Column(sentence("result.package"), 18),
                _Column(sentence("result.order-day"), 13, "day"),
                _Column(sentence("result.cost"), 22, "money"),
                _Column(sentence("result.target"), 22, "money"),
                _Column(sentence("result.tolerance"), 20, "money"),
                _Column(sentence("result.lines-served"), 10, "whole"),
                _Column(sentence("result.most-lines"), 10, "whole"),
                _Column(sentence("result.paid-by"), 90),
            ],
            rows,
        )

    def _funders(self, filled: FilledPackage) -> str:
        shares = self.figures.shares_by_partner(filled)
        if not shares:
            return str(sentence("result.all-donated"))
        return "; ".join(f"{partner} {in_percent(tenths)}" for partner, tenths in shares.items())

    def who_pays_what(self, sheet: Worksheet) -> None:
        rows: list[list[Value]] = [
            [
                payment.package,
                self.day(self.figures.packages[payment.package].order_day),
                self.figures.contributions[payment.contribution].partner,
                payment.contribution,
                payment.line,
                str(sentence("result.fixed-charge"))
                if payment.supplier
                else self.figures.offers[payment.offer].item,
                payment.offer,
                payment.supplier or self.figures.offers[payment.offer].supplier,
                self.money(payment.minor),
            ]
            for payment in sorted(
                self.plan.payments,
                key=lambda one: (
                    self.figures.packages[one.package].order_day,
                    one.package,
                    one.contribution,
                    one.line,
                ),
            )
        ]
        self._page(
            sheet,
            sentence("result.title-payments"),
            [
                _Column(sentence("result.package"), 18),
                _Column(sentence("result.order-day"), 13, "day"),
                _Column(sentence("result.partner"), 24),
                _Column(sentence("result.contribution"), 18),
                _Column(sentence("result.line"), 16),
                _Column(sentence("result.item-bought"), 32),
                _Column(sentence("result.offer"), 16),
                _Column(sentence("result.supplier"), 24),
                _Column(sentence("result.pays"), 22, "money"),
            ],
            rows,
            sums=(9,),
        )

    def lines(self, sheet: Worksheet) -> None:
        rows: list[list[Value]] = []
        for line in self.in_order:
            reason, served = self.reasons.get(line.id), self.figures.served[line.id]
            rows.append(
                [
                    line.id,
                    line.priority,
                    line.item,
                    served.category,
                    line.quantity,
                    served.got,
                    _in_tenths(served.got_tenths),
                    served.state,
                    self.money(served.cost_minor),
                    self.day(served.arrives),
                    self.day(line.need_by),
                    str(reason_name(reason.reason)) if reason else "",
                    why(reason, self.first_day) if reason else "",
                    str((reason and what_binds(reason)) or ""),
                ]
            )
        self._page(
            sheet,
            sentence("result.title-lines"),
            [
                _Column(sentence("result.line"), 16),
                _Column(sentence("result.priority"), 9, "whole"),
                _Column(sentence("result.item"), 32),
                _Column(sentence("result.category"), 18),
                _Column(sentence("result.asked"), 11, "whole"),
                _Column(sentence("result.met"), 11, "whole"),
                _Column(sentence("result.share-met"), 10, "share"),
                _Column(sentence("result.state"), 12, "state"),
                _Column(sentence("result.cost"), 22, "money"),
                _Column(sentence("result.last-arrival"), 13, "day"),
                _Column(sentence("result.need-by"), 13, "day"),
                _Column(sentence("result.reason"), 24),
                _Column(sentence("result.why-it-does-not-get-more"), 80),
                _Column(sentence("result.what-would-help-if-lifted-for-this-line-alone"), 30),
            ],
            rows,
            sums=(9,),
        )

    def orders(self, sheet: Worksheet) -> None:
        rows: list[list[Value]] = []
        for purchase in sorted(
            self.plan.purchases,
            key=lambda one: (self.figures.packages[one.package].order_day, one.package, one.offer, one.line),
        ):
            offer, package = self.figures.offers[purchase.offer], self.figures.packages[purchase.package]
            rows.append(
                [
                    purchase.package,
                    self.day(package.order_day),
                    purchase.offer,
                    offer.supplier,
                    offer.item,
                    purchase.line,
                    purchase.units,
                    self.money(offer.unit_price_minor),
                    self.money(self.figures.cost_minor([purchase])),
                    self.day(self.figures.arrival(purchase)),
                ]
            )
        for (supplier, name), charge in charges_of(self.problem, self.plan.purchases).items():
            day = self.day(self.figures.packages[name].order_day)
            rows.append(
                [
                    name,
                    day,
                    "",
                    supplier,
                    str(sentence("result.fixed-charge")),
                    "",
                    None,
                    None,
                    self.money(charge),
                    None,
                ]
            )
        self._page(
            sheet,
            sentence("result.title-orders"),
            [
                _Column(sentence("result.package"), 18),
                _Column(sentence("result.order-day"), 13, "day"),
                _Column(sentence("result.offer"), 16),
                _Column(sentence("result.supplier"), 24),
                _Column(sentence("result.item-bought"), 32),
                _Column(sentence("result.line"), 16),
                _Column(sentence("result.units"), 12, "whole"),
                _Column(sentence("result.unit-price"), 20, "money"),
                _Column(sentence("result.cost"), 22, "money"),
                _Column(sentence("result.arrives"), 13, "day"),
            ],
            rows,
            sums=(9,),
        )

    def partners(self, sheet: Worksheet) -> None:
        left_because = why_left(self.problem, self.plan)
        rows: list[list[Value]] = []
        for contribution in sorted(self.problem.contributions, key=lambda one: (one.partner, one.id)):
            used = self.figures.used[contribution.id]
            rows.append(
                [
                    contribution.partner,
                    contribution.id,
                    contribution.currency,
                    f"{self.money(contribution.amount_minor, contribution.currency):,f}",
                    self.money(used.can_pay_minor),
                    self.money(used.used_minor),
                    self.money(used.left_minor),
                    _in_tenths(used.used_tenths),
                    str(dated(left_because[contribution.id], self.first_day))
                    if contribution.id in left_because
                    else str(sentence("result.all-used"))
                    if used.can_pay_minor
                    else str(sentence("result.fee-takes-all"))
                    if contribution.amount_minor
                    else "",
                ]
            )
        self._page(
            sheet,
            sentence("result.title-partners"),
            [
                _Column(sentence("result.partner"), 24),
                _Column(sentence("result.contribution"), 18),
                _Column(sentence("result.currency"), 10),
                _Column(sentence("result.given-in-its-currency"), 24, "right"),
                _Column(sentence("result.can-pay", currency=self.problem.currency), 22, "money"),
                _Column(sentence("result.used"), 22, "money"),
                _Column(sentence("result.left"), 22, "money"),
                _Column(sentence("result.share-used"), 10, "share"),
                _Column(sentence("result.why-it-is-left"), 80),
            ],
            rows,
            sums=(5, 6, 7),
        )

    def proof(self, sheet: Worksheet) -> None:
        plan = self.plan
        violations = check(self.problem, plan)
        facts: list[tuple[Sentence, str]] = [
            (sentence("result.verdict"), str(verdict(plan))),
            (
                sentence("result.checked-anew"),
                str(sentence("result.rules-kept"))
                if not violations
                else str(sentence("result.rules-broken", rules=len(violations))),
            ),
            (sentence("result.digest"), plan.input_digest),
            (sentence("result.solver"), plan.solver),
            (sentence("result.budget"), plan.budget),
            *((sentence("result.policy", name=name), value) for name, value in plan.policy.items()),
            *((sentence("result.note"), str(note)) for note in plan.notes),
        ]
        self._say(sheet, 1, 1, sentence("result.title-proof"), _TITLE)
        row = 3
        for name, text in facts:
            self._say(sheet, row, 1, name, _STRONG)
            self._say(sheet, row, 2, text)
            row += 1
        self._say(sheet, row + 1, 1, sentence("result.values-exactly"), _PART)
        row = self._table(
            sheet,
            row + 2,
            [
                _Column(sentence("result.objective"), 34),
                _Column(sentence("result.value-as-an-exact-fraction"), 44),
                _Column(sentence("result.about"), 30, "about"),
                _Column(sentence("result.bound-as-an-exact-fraction"), 44),
                _Column(sentence("result.how-sure"), 44),
            ],
            [
                [
                    _objective(score.name),
                    _in_a_cell(score.value),
                    _decimal(score.value),
                    "" if score.bound is None else _in_a_cell(score.bound),
                    str(how_sure(score)),
                ]
                for score in plan.scores
            ],
        )
        if violations:
            self._say(sheet, row + 1, 1, sentence("result.broken-rules"), _PART)
            self._table(
                sheet,
                row + 2,
                [
                    _Column(sentence("result.rule"), 0),
                    _Column(sentence("result.about"), 0),
                    _Column(sentence("result.what-is-wrong"), 0),
                ],
                [[violation.rule, violation.about, str(violation.said)] for violation in violations],
            )
        _print(sheet)

    # ---- tables ----

    def _page(
        self,
        sheet: Worksheet,
        title: Sentence,
        columns: Sequence[_Column],
        rows: Sequence[Sequence[Value]],
        sums: Sequence[int] = (),
    ) -> None:
        """Fill a sheet with one table: a title, a header that stays, rows that can be filtered."""
        self._say(sheet, 1, 1, title, _PART)
        for place in sums if rows else ():
            total = sum((Decimal(row[place - 1] or 0) for row in rows), Decimal(0))  # type: ignore[arg-type]
            if place == min(sums):
                self._say(sheet, 2, place - 1, sentence("result.total"), {**_STRONG, "align": "right"})
            self._put(sheet, 2, place, total, "money", more=_STRONG)
        last = self._table(sheet, 3, columns, rows) - 1
        if rows:
            sheet.autofilter(2, 0, last - 1, len(columns) - 1)
        else:
            self._say(sheet, 4, 1, sentence("result.none"))
        sheet.freeze_panes(3, 1)
        sheet.repeat_rows(2)
        _print(sheet)

    def _table(
        self, sheet: Worksheet, row: int, columns: Sequence[_Column], rows: Sequence[Sequence[Value]]
    ) -> int:
        """Write a table and give the row below it."""
        numbers = [place for place, column in enumerate(columns, start=1) if column.kind in _NUMBERS]
        self._header(sheet, row, [column.header for column in columns], numbers)
        for place, column in enumerate(columns):
            if column.width:
                sheet.set_column(place, place, column.width)
        for number, values in enumerate(rows, start=row + 1):
            # Not every program sets the height of a row by what is in it.
            lines = [
                1 + len(str(value)) // column.width
                for column, value in zip(columns, values, strict=True)
                if column.kind == "text" and column.width
            ]
            sheet.set_row(number - 1, 15 * max(lines, default=1))
            for place, (column, value) in enumerate(zip(columns, values, strict=True), start=1):
                follows = place - 1 in numbers and column.kind in ("text", "state")
                self._put(sheet, number, place, value, column.kind, after_a_number=follows)
        return row + len(rows) + 1

    def _header(self, sheet: Worksheet, row: int, names: Sequence[Sentence], numbers: Sequence[int]) -> None:
        """Write the header of a table; `numbers` are the places of the columns that stand on the right."""
        sheet.set_row(row - 1, 30)
        for place, name in enumerate(names, start=1):
            side = "right" if place in numbers else "left"
            indent = _AWAY if place not in numbers and place - 1 in numbers else 0
            self._say(sheet, row, place, name, {**_HEAD, "align": side, "indent": indent})

    # ---- cells ----

    def _say(
        self, sheet: Worksheet, row: int, place: int, said: Sentence | str, properties: Look = _PLAIN
    ) -> None:
        """Write a text in a look of its own."""
        text = str(said)
        if text[:1] in look.FORMULAS:
            properties = {**properties, "quote_prefix": True}
        write(sheet, row - 1, place - 1, look.clean(text), self._look(properties))

    def _put(
        self,
        sheet: Worksheet,
        row: int,
        place: int,
        value: Value,
        kind: str,
        *,
        after_a_number: bool = False,
        more: Look = _PLAIN,
    ) -> None:
        """Write one value in the look of its kind, and what is added to it."""
        if value is None or value == "":
            return
        state = str(value) if kind == "state" else ""
        if state:
            value = str(sentence("result.how-far-met", state=state))
        value, number_format = look.as_shown(value, self._format(kind, value))
        is_like_a_formula = isinstance(value, str) and value[:1] in look.FORMULAS
        key = (kind, number_format, after_a_number, is_like_a_formula, state, *more.items())
        if key not in self.formats:
            properties: dict[str, object] = {"valign": "top", "text_wrap": kind == "text", **more}
            if number_format:
                properties["num_format"] = number_format
            if state:
                properties["bg_color"] = _FILLS[state]
            elif kind == "right" or number_format == look.AS_TEXT:
                properties |= {"align": "right", "text_wrap": False}
            if after_a_number:
                properties |= _AFTER_A_NUMBER
            self.formats[key] = self.book.add_format({**properties, "quote_prefix": is_like_a_formula})
        text_or_number = look.clean(value) if isinstance(value, str) else value
        write(sheet, row - 1, place - 1, text_or_number, self.formats[key])

    def _look(self, properties: Look) -> Format:
        key = tuple(properties.items())
        if key not in self.formats:
            self.formats[key] = self.book.add_format(properties)
        return self.formats[key]

    def _format(self, kind: str, value: Value) -> str:
        if isinstance(value, date):
            return "yyyy-mm-dd"
        return {"money": self.format, "whole": "#,##0", "share": "0.0%", "about": "#,##0.000000"}.get(
            kind, ""
        )


def _in_tenths(tenths: int | None) -> Decimal | None:
    """Give a share as every page shows it; exact values stand on Proof."""
    return None if tenths is None else Decimal(tenths).scaleb(-3)


def _in_a_cell(exact: Fraction) -> str:
    """Write an exact number; one that no cell can hold stands in the plan's JSON."""
    whole = to_text(exact)
    return whole if len(whole) <= _MOST_IN_A_CELL else str(sentence("result.too-long-for-a-cell"))


def _objective(name: str) -> str:
    objective = score_name(name)
    return str(sentence("result.in-minor-units", objective=objective) if name == "cost" else objective)


def _decimal(exact: Fraction) -> Decimal:
    return Decimal(round(exact * 10**6)).scaleb(-6)


def _print(sheet: Worksheet) -> None:
    """Print on landscape pages, as wide as the table."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
