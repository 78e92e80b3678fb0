"""What only all sheets together show: names that stand twice or nowhere, terms that nothing can meet.

The rules are those of `plan.validate`; here its objections find their cells, and are said in dates and
whole units of money. Where rows had to be left out, nothing is said to be missing among them: one cause
gives one finding.
"""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pledgeline.exchange.workbook.cells import Cells
from pledgeline.exchange.workbook.layout import (
    CATEGORIES,
    CONTRIBUTIONS,
    KITS,
    OFFERS,
    PACKAGES,
    RATES,
    REQUIREMENTS,
    SHEETS,
    SUBSTITUTES,
    Sheet,
    plain,
)
from pledgeline.exchange.workbook.texts import letter_note
from pledgeline.money import Amount
from pledgeline.plan import Problem, validate
from pledgeline.programme.findings import Finding, FindingList
from pledgeline.programme.names import differing_letter, look_alike_key, named_letter
from pledgeline.programme.sentences import Param, Sentence, dated, has_sentence, sentence


@dataclass(frozen=True, slots=True)
class GoodRow:
    """One good row: its values by field, and its cells for what is objected to later."""

    values: Mapping[str, Any]
    cells: Cells
    number: int


@dataclass(slots=True)
class Rows:
    """The good rows by sheet. `incomplete` names the sheets from which a row or column had to be left out."""

    of: dict[str, list[GoodRow]] = field(default_factory=dict)
    incomplete: set[str] = field(default_factory=set)
    _seen: dict[str, dict[str, int]] = field(default_factory=dict)
    _alike: dict[str, dict[str, str]] = field(default_factory=dict)
    _category_of: dict[str, tuple[str, str, int]] = field(default_factory=dict)

    def keep(self, layout: Sheet, cells: Cells, number: int, values: Mapping[str, object]) -> None:
        """Keep a row, unless something is wrong with it, one above it has its name or contradicts it.

        A row with a fault counts for the names, too: two rows of one name are said at once, and not when the
        fault is mended.
        """
        is_sound, is_new = cells.sound, self._is_new(layout, cells, number, values)
        if not (is_sound and is_new and self._agrees(layout, cells, number, values)):
            self.incomplete.add(layout.name)
            return
        self.of.setdefault(layout.name, []).append(GoodRow(values, cells, number))

    def _is_new(self, layout: Sheet, cells: Cells, number: int, values: Mapping[str, Any]) -> bool:
        key, column = _key(layout, values)
        if key is None:
            return True
        seen = self._seen.setdefault(layout.name, {})
        if key in seen:
            name, row = values[column][:60], str(seen[key])
            said = sentence("row.duplicate.workbook.row", name=name, row=row)
            if layout is SUBSTITUTES:
                said = sentence("plan.duplicate-substitute.workbook.row", name=name, row=row)
            cells.object(said, column)
            return False
        names = self._alike.setdefault(layout.name, {})
        other = names.get(plain(key))
        if other is not None and column == "id" and plain(key):
            letter = differing_letter(key, other)
            alike: dict[str, Param] = {"name": key[:60], "other": other[:60], "row": str(seen[other])}
            said = sentence("row.almost-duplicate.workbook.row", **alike)
            if letter and not letter.isascii():
                said = sentence("row.almost-duplicate.workbook.letter", letter=named_letter(letter), **alike)
            cells.object(said, column, warn=True)
        seen[key] = number
        names.setdefault(plain(key), key)
        return True

    def _agrees(self, layout: Sheet, cells: Cells, number: int, values: Mapping[str, Any]) -> bool:
        category, item = values.get("category"), values.get("item", "")
        if not category:
            return True
        known, sheet, row = self._category_of.setdefault(item, (category, cells.at("").sheet, number))
        if known != category:
            said = sentence(
                "categories.conflict.items",
                item=item[:40],
                category=category[:40],
                other=known[:40],
                sheet=sheet,
                row=str(row),
                note=letter_note(category, known),
            )
            cells.object(said, "category")
            return False
        return True

    def categories(self) -> dict[str, str]:
        return {item: category for item, (category, _, _) in self._category_of.items()}

    def values(self, layout: Sheet, name: str) -> list[str]:
        return [row.values[name] for row in self.of.get(layout.name, ()) if row.values.get(name)]

    def is_complete(self, *layouts: Sheet) -> bool:
        return self.incomplete.isdisjoint(layout.name for layout in layouts)


def _key(layout: Sheet, values: Mapping[str, object]) -> tuple[str | None, str]:
    """Give what may stand only once on a sheet, and the column that shows it."""
    names = {
        KITS.name: ("kit", "part"),
        SUBSTITUTES.name: ("item", "by"),
        RATES.name: ("code",),
        CATEGORIES.name: ("item",),
    }.get(layout.name, ("id",))
    found = [values.get(name) for name in names]
    return "\n".join(map(str, found)) if all(found) else None, names[-1]


# ---- the whole ----

Path = tuple[str | int, ...]
"""The way to a value of the problem, as `Place.path` has it."""

_NEEDS: dict[str, tuple[Sheet, ...]] = {
    "no-rate": (RATES,),
    "no-packages": (PACKAGES,),
    "no-offer": (OFFERS, KITS, SUBSTITUTES),
    "needed-before-first-order": (PACKAGES,),
    "offer-not-wanted": (REQUIREMENTS, KITS, SUBSTITUTES),
    "supplier-sells-nothing": (OFFERS,),
    "floor-above-money": (CONTRIBUTIONS, RATES),
    "lapses-before-order": (PACKAGES,),
    "available-after-last-order": (PACKAGES,),
    "earmark-names-nothing": (REQUIREMENTS, OFFERS, PACKAGES),
}
"""Which sheets must be whole before something may be said to be missing from them."""

_UNSAID = {"plan.no-packages", "plan.duplicate-id", "plan.unknown-currency"}
"""What the reader itself has said already, at its cell."""


_OF_NAMES = {"plan.no-offer", "plan.offer-not-wanted", "plan.supplier-sells-nothing"}
"""What comes of a name that stands nowhere else."""


def check_all(
    problem: Problem,
    objections: Iterable[Finding],
    rows: Rows,
    findings: FindingList,
    *,
    currency_known: bool,
    first_day: date | None,
) -> None:
    """Look at the good rows as a whole and note what is wrong, each at its cell."""
    whole = _Whole(problem, rows, findings, first_day)
    for objection in objections:
        if currency_known:
            whole.note(objection)
    said = validate(problem)
    twins = {objection.place.path for objection in said if objection.code == "plan.names-look-alike"}
    whole.note_twins(twins)
    for objection in said:
        code = objection.code.removeprefix("plan.")
        if objection.place.path in twins and code != "names-look-alike":
            continue  # the name stands nowhere else because it is another one than it looks
        if objection.code in _UNSAID or not rows.is_complete(*_NEEDS.get(code, ())):
            continue
        if not currency_known and code in ("no-rate", "floor-above-money", "rate-to-itself"):
            continue
        whole.note(objection)


MOST_HINTS, MOST_NAMES = 200, 2_000
"""Units: findings for which a like name is looked for, and names that are looked through for one."""


class _Whole:
    """Finds the cell of an objection to the problem, and the words of people for it."""

    def __init__(self, problem: Problem, rows: Rows, findings: FindingList, first_day: date | None) -> None:
        self.problem, self.rows, self.findings, self.first_day = problem, rows, findings, first_day
        self.meant: set[str] = set()
        self.hints_left = MOST_HINTS
        self.kit_rows: dict[str, list[GoodRow]] = {}
        for row in rows.of.get(KITS.name, ()):
            self.kit_rows.setdefault(row.values["kit"], []).append(row)
        self.substitute_rows = {
            (row.values["item"], row.values["by"]): row for row in rows.of.get(SUBSTITUTES.name, ())
        }
        self.noted_kits: set[str] = set()
        self.twins: set[str] = set()
        self.by_name = {
            layout.section: {row.values.get("id"): row for row in rows.of.get(layout.name, ())}
            for layout in SHEETS
        }

    def note_twins(self, places: Iterable[Path]) -> None:
        """Keep the names that look like another one: where they stand nowhere else is said with the letter."""
        for place in places:
            row, field_ = self._cell_of(place)
            name = row.values.get(field_) if row is not None else None
            if isinstance(name, str):
                self.twins.add(look_alike_key(name))
        for kit, parts in self.problem.kits.items():
            self.meant.update(parts if self._has_twin(kit) else ())
        self.meant.update(pair.by for pair in self.problem.substitutes if self._has_twin(pair.item))

    def note(self, objection: Finding) -> None:
        row, field_ = self._cell_of(objection.place.path)
        if row is not None and objection.code in _OF_NAMES and self._has_twin(row.values.get(field_)):
            return
        if row is not None and objection.code == "plan.no-offer" and row.values["item"] in self.problem.kits:
            if row.values["item"] not in self.noted_kits:
                self._note_parts(row.values["item"])
            return
        if row is not None and objection.code == "plan.offer-not-wanted" and row.values["item"] in self.meant:
            return  # said where another name was written for it
        if row is None:
            said = sentence("plan.unforeseen.workbook.said", objection=objection.said)
            self.findings.note(said, objection.place)
            return
        if objection.code == "plan.sum-of-rows" and field_ in row.cells.asked_of_sum:
            return
        row.cells.object(self._in_a_workbook(objection, row), field_, warn=not objection.is_error)

    def _in_a_workbook(self, objection: Finding, row: GoodRow) -> Sentence:
        """Say an objection to the problem with the dates of the workbook, and with its way out there."""
        said = dated(objection.said, self.first_day)
        code = f"{objection.code}.workbook"
        if objection.code == "plan.rate-to-itself":
            return sentence("rates.of-the-plan.said", said=said)
        if not has_sentence(code):
            return sentence("plan.unforeseen.workbook.said", objection=said)
        if objection.code == "plan.floor-above-money":
            return self._floor(row)
        if objection.code == "plan.no-rate":
            return sentence("plan.no-rate.workbook.currency", said=said, currency=row.values["currency"])
        name, known = self._name_and_known(row, objection)
        near = self._near(name, known) if name else ""
        if near:
            return Sentence(f"{code}.meant", {"said": said, "meant": near, "note": letter_note(name, near)})
        return Sentence(f"{code}.said", {"said": said})

    def _note_parts(self, kit: str) -> None:
        """Say which parts of a kit nobody offers, once, where the kit is described."""
        known = {offer.item for offer in self.problem.offers}
        for row in self.kit_rows.get(kit, ()):
            part = row.values["part"]
            if part not in known and part not in self.problem.kits and not self._has_twin(part):
                said, near = sentence("plan.no-offer.workbook.part", part=part), self._near(part, known)
                if near:
                    note = letter_note(part, near)
                    said = sentence("plan.no-offer.workbook.part-meant", part=part, meant=near, note=note)
                row.cells.object(said, "part", warn=True)
        self.noted_kits.add(kit)

    def _has_twin(self, name: object) -> bool:
        return isinstance(name, str) and bool(self.twins) and look_alike_key(name) in self.twins

    def _near(self, name: str, known: Iterable[str]) -> str:
        """Give the known name that was probably meant; "" where there is none."""
        names = {there.casefold(): there for there in known if there} if self.hints_left else {}
        self.hints_left = max(0, self.hints_left - 1)
        if len(names) > MOST_NAMES:
            return ""
        near = difflib.get_close_matches(name.casefold(), names, 1, 0.75)
        if not near:
            return ""
        self.meant.add(names[near[0]])
        return names[near[0]]

    def _cell_of(self, path: Path) -> tuple[GoodRow | None, str]:
        """Find the row that a way leads to, and the field of it."""
        match path:
            case (str(section), int(number), *rest):
                layout = next(layout for layout in SHEETS if layout.section == section)
                return self.rows.of[layout.name][number], _field(rest) or layout.columns[0].field
            case ("substitutes", str(item), str(by), *rest):
                return self.substitute_rows.get((item, by)), _field(rest) or "by"
            case ("rates", str(code)):
                return self._rate(code), "rate"
            case ("kits", str(kit)):
                return next(iter(self.kit_rows.get(kit, ())), None), "kit"
            case ("kits", str(kit), str(part)):
                rows = (row for row in self.kit_rows.get(kit, ()) if row.values["part"] == part)
                return next(rows, None), "part"
            case (str(section), str(name), "earmark", str(side), *_) if section in self.by_name:
                return self.by_name[section].get(name), side
            case (str(section), str(name), *rest) if section in self.by_name:
                return self.by_name[section].get(name), _field(rest) or "id"
        return None, ""

    def _rate(self, code: str) -> GoodRow | None:
        return next((row for row in self.rows.of.get(RATES.name, ()) if row.values["code"] == code), None)

    def _floor(self, row: GoodRow) -> Sentence:
        target, tolerance = row.values["target_minor"], row.values.get("tolerance_minor") or 0
        money = sum(self.problem.can_pay_minor(contribution) for contribution in self.problem.contributions)
        return sentence(
            "plan.floor-above-money.workbook.amounts",
            least=Amount(target - tolerance, self.problem.currency),
            all=Amount(money, self.problem.currency),
        )

    def _name_and_known(self, row: GoodRow, objection: Finding) -> tuple[str, set[str]]:
        """Give a name that stands nowhere else, and those among which the one that is meant may be."""
        problem = self.problem
        match objection.code:
            case "plan.no-offer":
                return row.values["item"], {offer.item for offer in problem.offers}
            case "plan.offer-not-wanted":
                return row.values["item"], {line.item for line in problem.lines} | _parts(problem)
            case "plan.supplier-sells-nothing":
                return row.values["id"], {offer.supplier for offer in problem.offers}
            case "plan.earmark-names-nothing":
                params = objection.said.params
                return str(params["name"]), self._names(str(params["key"]))
        return "", set()

    def _names(self, key: str) -> set[str]:
        problem = self.problem
        return {
            "category": set(problem.categories.values()),
            "item": {offer.item for offer in problem.offers} | {line.item for line in problem.lines},
            "line": {line.id for line in problem.lines},
            "package": {package.id for package in problem.packages},
            "supplier": {offer.supplier for offer in problem.offers},
            "source": {offer.source for offer in problem.offers},
        }[key]


def _field(rest: list[str | int]) -> str:
    return str(rest[0]) if rest else ""


def _parts(problem: Problem) -> set[str]:
    parts = {part for kit in problem.kits.values() for part in kit}
    return parts | {substitute.by for substitute in problem.substitutes}
