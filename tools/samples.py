"""Make the sample workbooks of `samples/`: the same ones each time.

`python -m tools.samples` writes them, `python -m tools.samples --check` says which are stale and ends with
1 if there are any. What is compared is what stands in the cells: the files hold the day they were made.
"""

import io
import random
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from pledgeline.evidence import as_of, standings
from pledgeline.exchange.record import read_folder
from pledgeline.exchange.workbook import write_problem
from pledgeline.money import Rates
from pledgeline.plan import read_problem, validate
from pledgeline.programme.announcements import Announcement
from pledgeline.programme.parties import country_name
from pledgeline.programme.record import PublicRecord

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "samples"
RECORD = ROOT / "src" / "pledgeline" / "data" / "purl"

INVENTED = "invented"


@dataclass
class Sample:
    """A problem in the making: its JSON form, days as dates, and the remarks beside its rows."""

    title: str
    banner: str
    currency: str
    first_day: date
    data: dict[str, Any] = field(default_factory=dict)
    notes: dict[tuple[str, str], str] = field(default_factory=dict)

    def add(self, section: str, sheet: str, note: str, **row: Any) -> None:
        """Add a row; dates become days, and empty fields are left out."""
        said = {key: self._day(value) for key, value in row.items() if value not in (None, "", {})}
        self.data.setdefault(section, []).append(said)
        self.notes[sheet, str(row["id"])] = note

    def _day(self, value: Any) -> Any:
        return (value - self.first_day).days if isinstance(value, date) else value

    def to_bytes(self) -> bytes:
        problem, findings = read_problem({"currency": self.currency, **self.data})
        wrong = [*findings, *validate(problem)]
        assert not [finding for finding in wrong if finding.is_error], [str(finding) for finding in wrong]
        return write_problem(
            problem, first_day=self.first_day, title=self.title, notes=self.notes, banner=self.banner
        )


def minor(units: float | Decimal, step: int = 100) -> int:
    """Round an amount to whole hundreds of units, in cents: prices that people would write."""
    return int(round(units / step) * step * 100)


# ---- the size of PURL ----

TERMS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "C001": {"category": ["air defence", "artillery", "ammunition"]},
    "C005": {"category": ["air defence", "anti armour", "ammunition"]},
    "C033": {"category": ["air defence"]},
    "C035": {"item": ["PAC-3 MSE interceptor", "PAC-2 GEM-T interceptor"]},
    "C037": {"category": ["air defence", "aviation"]},
    "C050": {"category": ["air defence"]},
    "C053": {"category": ["air defence", "ammunition", "aviation"]},
    "C056": {"category": ["air defence", "ammunition"]},
}
"""Our reading of the announced earmarks that limit what the money may buy. Wishes ("mainly", "named in
general", "consistent with policy") are kept as remarks only."""

PURL_NEEDS = {
    "pac3_mse": (40, 100, 1),
    "pac2_gem_t": (30, 80, 1),
    "patriot_launcher": (1, 2, 1),
    "patriot_fire_unit": (1, 1, 2),
    "aim120c8": (40, 120, 1),
    "aim9x2": (20, 90, 2),
    "stinger": (30, 120, 2),
    "vampire": (2, 8, 1),
    "patriot_sustainment_case": (1, 1, 1),
    "air_defence_sustainment_case": (1, 1, 2),
    "gmlrs_rocket": (300, 900, 1),
    "himars_launcher": (4, 12, 2),
    "m777_support_case": (1, 1, 3),
    "shell_155_he": (20_000, 60_000, 1),
    "excalibur_155": (100, 400, 3),
    "javelin": (60, 240, 2),
    "tow_2b": (100, 400, 3),
    "eram": (200, 800, 2),
    "mk84_bomb": (100, 400, 4),
    "f16_sustainment_case": (1, 1, 2),
    "bradley_sustainment_case": (1, 1, 3),
    "vehicle_spares_case": (1, 1, 3),
    "transport_case": (1, 1, 4),
    "satcom_case": (1, 1, 2),
}
"""Items of the public price list, the least and most units that one invented requirement asks for, and a priority."""

ORDER_DAYS = [
    date(year, month, day)
    for year, month in ((2025, 9), (2025, 10), (2025, 11), (2025, 12), (2026, 1), (2026, 2))
    for day in (2, 16)
]

PACKAGE_MINOR = 500_000_000_00


def purl_size() -> Sample:
    """An illustrative plan in the size of PURL: announced money, invented requirements."""
    record = read_folder(RECORD).record
    sample = Sample(
        title="Illustration in the size of PURL (requirements invented)",
        banner="ILLUSTRATION. The contributions are publicly announced ones, with their row in the public record and "
        "its source. Requirements, stocks, lead times, terms of suppliers and packages are INVENTED.",
        currency="USD",
        first_day=date(2025, 9, 1),
    )
    dice = random.Random(2026)
    _purl_money(sample, record)
    for number, day in enumerate(ORDER_DAYS, start=1):
        sample.add(
            "packages",
            "Packages",
            f"{INVENTED}: two packages a month of about USD 500 million, as the real ones are",
            id=f"PKG-{number:02}",
            order_day=day,
            target_minor=PACKAGE_MINOR,
            tolerance_minor=PACKAGE_MINOR // 5,
        )
    _purl_needs(sample, record, dice)
    return sample


def _purl_money(sample: Sample, record: PublicRecord) -> None:
    last = max(row.announced_on for row in record.announcements)
    rates = Rates(record.rates, maximum_age_days=31)
    told = as_of(standings(record.announcements, rates, "USD"), last, "USD")
    publishers = {source.id: source for source in record.sources}
    rate_day = max(rate.day for rate in record.rates)
    used: set[str] = set()
    for standing in told.counted:
        row = standing.announcement
        if row.amount is None:
            continue
        used.add(row.amount.currency)
        source = publishers[row.sources[0]]
        said = f"announced: {row.earmark}; " if row.earmark else "announced without an earmark; "
        terms = {"allow": dict(TERMS[row.id])} if row.id in TERMS else {}
        sample.add(
            "contributions",
            "Contributions",
            f"{said}row {row.id} of the public record, source {source.id}: {source.publisher}, {source.url}",
            id=row.id,
            partner=_partner(row),
            amount_minor=row.amount.minor,
            currency=row.amount.currency,
            earmark=terms,
            available_from=row.announced_on,
        )
    day_rates = {rate.currency: Fraction(rate.rate) for rate in record.rates if rate.day == rate_day}
    day_rates["EUR"] = Fraction(1)
    sample.data["rates"] = {}
    for code in sorted(used - {"USD"}):
        worth = Fraction(round(day_rates["USD"] / day_rates[code] * 10**6), 10**6)
        per_minor = worth * 100 / (1 if code == "ISK" else 100)
        sample.data["rates"][code] = [per_minor.numerator, per_minor.denominator]
        crossed = "" if code == "EUR" else ", crossed over the euro"
        sample.notes["Rates", code] = (
            f"euro reference rates of the European Central Bank of {rate_day}{crossed}, six decimals"
        )


def _partner(row: Announcement) -> str:
    return " and ".join(country_name(code) for code in row.partners)


def _purl_needs(sample: Sample, record: PublicRecord, dice: random.Random) -> None:
    items = {item.id: item for item in record.items if item.id in PURL_NEEDS}
    sample.data["categories"] = {item.name: item.category.replace("_", " ") for item in items.values()}
    number = 0
    for name, (least, most, priority) in PURL_NEEDS.items():
        item = items[name]
        is_case = item.unit_of_issue == "LT"
        step = 1 if most < 50 else 10 if most < 1_000 else 500
        wanted = 0
        for _ in range(1 if is_case else dice.choice([1, 2, 2, 3])):
            number += 1
            quantity = dice.randrange(least, most + 1, step) if most > least else least
            wanted += quantity
            sample.add(
                "lines",
                "Requirements",
                INVENTED,
                id=f"R-{number:03}",
                item=item.name,
                quantity=quantity,
                priority=min(4, priority + dice.choice([0, 0, 0, 1, 1, 2])),
                need_by=dice.choice([None, *(date(2026, month, 1) for month in (5, 6, 8, 10, 12))]),
            )
        low, high = item.price_low.minor, item.price_high.minor
        for place, (source, lead, part) in enumerate(
            [
                ("stock", dice.choice([20, 30, 45]), (45, 100)),
                ("new production", dice.choice([120, 180, 240]), (60, 130)),
            ]
        ):
            if is_case and place:
                continue
            price = low if low == high else dice.randrange(low, high + 1)
            whole = 100_00 if high > 100_000_00 else 100
            price = min(high, max(low, round(price / whole) * whole))
            lot = 1 if is_case or wanted < 100 else 10 if wanted < 5_000 else 500
            available = max(lot, wanted * dice.randrange(*part) // 100 // lot * lot)
            sample.add(
                "offers",
                "Offers",
                f"price inside the public range of the record's item {item.id} ({', '.join(item.sources)}); "
                f"stock and lead time {INVENTED}",
                id=f"O-{name.replace('_', '-')}-{'stock' if place == 0 else 'new'}",
                item=item.name,
                unit_price_minor=price,
                available=available,
                lead_days=90 if is_case else lead,
                lot=lot,
                min_order=0 if is_case or place == 0 or available < 10 * lot else 5 * lot,
                supplier="United States",
                source=source,
            )


# ---- an energy-equipment fund ----

ENERGY_ITEMS: Mapping[str, tuple[str, int, int, int, int, int]] = {
    # item: category, price in euros, least and most units of a need, days from stock, priority
    "power transformer 110 kV, 40 MVA": ("transmission", 890_000, 1, 4, 200, 1),
    "power transformer 330 kV, 200 MVA": ("transmission", 4_200_000, 1, 2, 330, 1),
    "distribution transformer 10 kV, 630 kVA": ("distribution", 18_500, 10, 60, 75, 1),
    "mobile substation switchgear": ("distribution", 310_000, 1, 4, 90, 1),
    "circuit breaker 110 kV": ("transmission", 42_000, 2, 12, 110, 2),
    "diesel generator 200 kW": ("generation", 38_900, 10, 80, 30, 1),
    "diesel generator 1 MW": ("generation", 245_000, 2, 10, 60, 1),
    "gas engine 1.5 MW": ("generation", 780_000, 1, 8, 180, 2),
    "mobile boiler 1 MW": ("heating", 96_000, 2, 12, 45, 1),
    "modular boiler house 5 MW": ("heating", 640_000, 1, 3, 120, 2),
    "heat exchanger": ("heating", 12_400, 5, 40, 50, 3),
    "overhead line conductor, km": ("distribution", 2_150, 50, 400, 40, 2),
    "power cable 10 kV, km": ("distribution", 21_800, 5, 40, 55, 2),
    "battery storage 1 MWh": ("storage", 365_000, 1, 6, 150, 3),
    "solar kit for a hospital, 100 kW": ("generation", 88_000, 2, 15, 60, 2),
    "repair crew vehicle": ("repair", 54_000, 2, 15, 40, 3),
    "anti-fragment shelter for a transformer": ("protection", 175_000, 1, 6, 80, 2),
}

ENERGY_MONEY = (
    # partner, amount in units, currency, earmark, available, use by, fee in basis points, largest share, whole packages
    ("Partner A", 6_000_000, "EUR", None, (9, 1), None, 0, None, False),
    ("Partner B", 5_000_000, "EUR", {"allow": {"category": ["heating", "generation"]}}, (9, 1), (12, 31), 150, None, False),
    ("Partner C", 2_500_000, "GBP", {"allow": {"category": ["transmission"]}}, (9, 15), None, 0, None, False),
    ("Partner D", 25_000_000, "SEK", {"deny": {"item": ["diesel generator 200 kW", "diesel generator 1 MW"]}}, None, None, 0, None, False),
    ("Partner E", 1_500_000, "USD", {"allow": {"item": ["solar kit for a hospital, 100 kW", "battery storage 1 MWh"]}}, None, None, 200, None, False),
    ("Partner F", 250_000_000, "JPY", {"allow": {"supplier": ["Supplier East"]}}, None, (11, 30), 0, None, False),
    ("Partner G", 1_500_000, "EUR", {"deny": {"category": ["repair", "protection"]}}, None, None, 0, None, False),
    ("Partner H", 2_500_000, "EUR", {"allow": {"requirement": ["E-002", "E-011"]}}, None, None, 0, None, False),
    ("Partner I", 3_000_000, "EUR", {"allow": {"category": ["protection"]}}, (11, 20), None, 0, None, False),
)  # fmt: skip


def energy_fund() -> Sample:
    """An invented fund for energy equipment before a winter: kits, substitutes, a supplier with a limit."""
    sample = Sample(
        title="Energy equipment fund (invented)",
        banner="INVENTED from the first row to the last: an illustration of a fund for energy equipment. No partner, "
        "price or need in it is real.",
        currency="EUR",
        first_day=date(2026, 9, 1),
    )
    dice = random.Random(110)
    sample.data["categories"] = {name: row[0] for name, row in ENERGY_ITEMS.items()} | {
        "diesel generator 500 kW": "generation"
    }
    sample.data["kits"] = {
        "mobile substation 110 kV": {
            "power transformer 110 kV, 40 MVA": 1,
            "mobile substation switchgear": 1,
            "circuit breaker 110 kV": 2,
        }
    }
    sample.data["substitutes"] = [
        {"item": "diesel generator 1 MW", "by": "diesel generator 500 kW", "ratio": [1, 2]},
        {"item": "diesel generator 200 kW", "by": "diesel generator 500 kW", "ratio": 2},
    ]
    sample.data["rates"] = {"GBP": [115, 100], "SEK": [88, 1000], "USD": [86, 100], "JPY": [60, 100]}
    for code in sample.data["rates"]:
        sample.notes["Rates", code] = INVENTED
    for number, (day, target) in enumerate(
        [(date(2026, 9, 15), 8_000_000), (date(2026, 11, 16), None)], start=1
    ):
        sample.add(
            "packages",
            "Packages",
            INVENTED,
            id=f"W-{number}",
            order_day=day,
            target_minor=target and target * 100,
            tolerance_minor=target and 4_000_000 * 100,
        )
    sample.data["suppliers"] = [{"id": "Supplier East", "capacity": 900, "charge_minor": 4_000_000}]
    sample.notes["Suppliers", "Supplier East"] = INVENTED
    _needs(sample, ENERGY_ITEMS, dice, "E", 2, date(2026, 11, 20), date(2027, 4, 20))
    sample.add(
        "lines",
        "Requirements",
        f"{INVENTED}; a kit: its parts are on Kits",
        id="E-900",
        item="mobile substation 110 kV",
        quantity=4,
        priority=1,
        need_by=date(2027, 6, 30),
    )
    _offers(sample, ENERGY_ITEMS, dice, ("Supplier East", "Supplier West"))
    sample.add(
        "offers",
        "Offers",
        f"{INVENTED}; stands in for smaller and larger ones, see Substitutes",
        id="O-500",
        item="diesel generator 500 kW",
        unit_price_minor=minor(112_000),
        available=60,
        lead_days=35,
        lot=2,
        supplier="Supplier West",
        source="stock",
    )
    _money(sample, ENERGY_MONEY, 2026)
    return sample


# ---- pooled medical procurement ----

MEDICAL_ITEMS: Mapping[str, tuple[str, int, int, int, int, int]] = {
    "insulin, pallet of 1,000 vials": ("medicines", 7_000, 20, 90, 30, 1),
    "ceftriaxone, pallet of 2,000 vials": ("medicines", 4_000, 20, 90, 40, 1),
    "tuberculosis treatment, 100 courses": ("medicines", 4_800, 20, 90, 60, 1),
    "measles vaccine, 1,000 doses": ("vaccines", 1_900, 40, 200, 75, 1),
    "polio vaccine, 1,000 doses": ("vaccines", 2_600, 30, 120, 75, 2),
    "oxygen concentrator 10 l": ("equipment", 1_150, 30, 200, 45, 1),
    "patient monitor": ("equipment", 2_300, 20, 120, 60, 2),
    "ventilator": ("equipment", 14_500, 5, 40, 90, 1),
    "portable ultrasound": ("equipment", 9_800, 5, 40, 70, 2),
    "X-ray unit, mobile": ("equipment", 62_000, 1, 8, 120, 3),
    "ambulance 4x4": ("vehicles", 71_000, 2, 20, 110, 2),
    "cold boxes, 10 of 20 l": ("cold chain", 3_100, 5, 40, 35, 2),
    "vaccine refrigerator, solar": ("cold chain", 5_400, 10, 60, 80, 2),
    "surgical set": ("surgery", 1_850, 10, 80, 50, 2),
    "anaesthesia machine": ("surgery", 24_000, 2, 12, 100, 2),
    "operating table": ("surgery", 11_200, 2, 15, 90, 3),
    "blood bank refrigerator": ("cold chain", 8_900, 2, 15, 85, 3),
    "prosthesis, lower limb": ("rehabilitation", 2_900, 20, 150, 60, 3),
}

MEDICAL_MONEY = (
    ("Ministry of Health A", 1_100_000, "USD", None, None, None, 0, None, False),
    ("Ministry of Health B", 1_200_000, "EUR", {"allow": {"category": ["medicines", "vaccines"]}}, None, None, 0, None, False),
    ("Ministry of Health C", 700_000, "USD", {"deny": {"category": ["vehicles"]}}, None, (6, 30), 0, None, False),
    ("Foundation D", 900_000, "USD", {"allow": {"category": ["vaccines", "cold chain"]}}, None, None, 700, None, False),
    ("Foundation E", 300_000, "CHF", {"allow": {"category": ["rehabilitation"]}}, None, None, 250, None, False),
    ("Development bank F", 900_000, "USD", None, (5, 1), None, 0, None, False),
    ("Company G", 250_000, "USD", {"allow": {"item": ["ventilator"]}}, None, None, 0, None, False),
    ("City H", 45_000_000, "JPY", {"allow": {"category": ["surgery"]}}, (7, 1), None, 0, None, False),
)  # fmt: skip


def medical_procurement() -> Sample:
    """An invented pooled procurement of ministries and foundations: lots, minimum orders, a kit, shares."""
    sample = Sample(
        title="Pooled medical procurement (invented)",
        banner="INVENTED from the first row to the last: an illustration of pooled medical procurement. No partner, "
        "price or need in it is real.",
        currency="USD",
        first_day=date(2026, 3, 1),
    )
    dice = random.Random(37)
    sample.data["categories"] = {name: row[0] for name, row in MEDICAL_ITEMS.items()}
    sample.data["kits"] = {
        "operating theatre": {
            "anaesthesia machine": 1,
            "operating table": 1,
            "surgical set": 4,
            "patient monitor": 2,
        }
    }
    sample.data["substitutes"] = [{"item": "ventilator", "by": "oxygen concentrator 10 l", "ratio": [1, 4]}]
    sample.data["rates"] = {"EUR": [108, 100], "CHF": [114, 100], "JPY": [67, 100]}
    for code in sample.data["rates"]:
        sample.notes["Rates", code] = INVENTED
    for number, day in enumerate([date(2026, 3, 16), date(2026, 5, 15)], start=1):
        sample.add("packages", "Packages", INVENTED, id=f"M-{number}", order_day=day, max_lines=40)
    _needs(sample, MEDICAL_ITEMS, dice, "M", 2, date(2026, 6, 15), date(2026, 11, 30))
    sample.add(
        "lines",
        "Requirements",
        f"{INVENTED}; a kit: its parts are on Kits",
        id="M-900",
        item="operating theatre",
        quantity=5,
        priority=2,
        need_by=date(2026, 9, 30),
    )
    _offers(sample, MEDICAL_ITEMS, dice, ("Manufacturer North", "Wholesaler South"))
    _money(sample, MEDICAL_MONEY, 2026)
    return sample


# ---- what the invented ones share ----

Items = Mapping[str, tuple[str, int, int, int, int, int]]


def _needs(
    sample: Sample, items: Items, dice: random.Random, prefix: str, most: int, first: date, last: date
) -> None:
    days = [first.toordinal() + step * (last - first).days // 6 for step in range(7)]
    number = 0
    for name, (_, _, least, largest, _, priority) in items.items():
        for _ in range(dice.randint(1, most)):
            number += 1
            step = 1 if largest < 100 else 10 if largest < 1_000 else 1_000
            quantity = dice.randrange(least, largest + 1, step)
            sample.add(
                "lines",
                "Requirements",
                INVENTED,
                id=f"{prefix}-{number:03}",
                item=name,
                quantity=quantity,
                priority=min(4, priority + dice.choice([0, 0, 1])),
                need_by=dice.choice([None, *(date.fromordinal(day) for day in days)]),
                min_useful=dice.choice([None, None, max(1, quantity // 3)]),
                weight=dice.choice([None, None, None, 2]),
            )


def _offers(sample: Sample, items: Items, dice: random.Random, suppliers: tuple[str, str]) -> None:
    for number, (name, (_, price, _, largest, days, _)) in enumerate(items.items(), start=1):
        wanted = sum(line["quantity"] for line in sample.data["lines"] if line["item"] == name)
        for place, supplier in enumerate(suppliers):
            if place and dice.random() < 0.3:
                continue
            dearer = Decimal(100 + place * dice.randint(4, 15)) / 100
            cents = round(Decimal(price) * dearer * 100)
            lot = 1 if largest < 100 else 10 if largest < 1_000 else 500
            sample.add(
                "offers",
                "Offers",
                INVENTED,
                id=f"O-{number:02}{'ab'[place]}",
                item=name,
                unit_price_minor=cents // 10_000 * 10_000,
                available=max(1, wanted * dice.randint(45, 120) // 100 // lot * lot + lot),
                lead_days=max(7, days // (place + 1)),
                lot=lot,
                min_order=dice.choice([0, 0, lot * 2]),
                supplier=supplier,
                source="new production" if place == 0 else "stock",
            )


def _money(sample: Sample, rows: Sequence[tuple[Any, ...]], year: int) -> None:
    for number, row in enumerate(rows, start=1):
        partner, units, currency, earmark, from_, until, fee, share, whole = row
        terms = {
            side: {{"requirement": "line"}.get(key, key): list(values) for key, values in said.items()}
            for side, said in (earmark or {}).items()
        }
        sample.add(
            "contributions",
            "Contributions",
            INVENTED,
            id=f"C-{number:02}",
            partner=f"{partner} (invented)",
            amount_minor=units * (1 if currency == "JPY" else 100),
            currency=currency,
            earmark=terms,
            available_from=from_ and date(year, *from_),
            use_by=until and date(year, *until),
            fee_bps=fee,
            max_share=share and list(share),
            whole_package_only=whole or None,
        )


MADE: Mapping[str, Callable[[], Sample]] = {
    "purl-size.xlsx": purl_size,
    "energy-fund.xlsx": energy_fund,
    "medical-procurement.xlsx": medical_procurement,
}


def content(data: bytes) -> dict[str, list[list[object]]]:
    """Give what stands in the cells of a workbook, by sheet."""
    return {
        sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()]
        for sheet in load_workbook(io.BytesIO(data))
    }


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["--check"]):
        print("usage: python -m tools.samples [--check]", file=sys.stderr)
        return 2
    stale = 0
    for name, make in MADE.items():
        path, data = SAMPLES / name, make().to_bytes()
        if path.exists() and content(path.read_bytes()) == content(data):
            continue
        if arguments:
            stale += 1
            print(f"samples/{name} is stale: python -m tools.samples writes it", file=sys.stderr)
        else:
            SAMPLES.mkdir(exist_ok=True)
            path.write_bytes(data)
            print(f"samples/{name} written")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
