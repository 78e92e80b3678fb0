"""The field's words as the pages write them, in the reader's language.

The plain rooms speak in lasting English words (`repeats other rows`); here each has its
translation, so that no page shows a word that cannot be translated.
"""

import calendar
import re
from collections.abc import Mapping
from datetime import date
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from pledgeline.accounts.rights import Act
from pledgeline.accounts.table import DESK, PUBLIC
from pledgeline.evidence import Basis, PossibilityKind, Treatment, Valued, Why
from pledgeline.money import Converted, MissingRate
from pledgeline.programme.announcements import Relation, Stage
from pledgeline.programme.coverage import Reach
from pledgeline.programme.discrepancies import REJECTED, SHORT
from pledgeline.programme.parties import JOINT, countries, country_name
from pledgeline.programme.roles import Role
from pledgeline.programme.sentences import Sentence
from pledgeline.programme.settings import Programme
from pledgeline.programme.steps import STEPS, Step

Words = dict[str, str | Promise]

STAGES: Words = {
    Stage.ANNOUNCED: _("announced"),
    Stage.COMMITTED: _("committed"),
    Stage.PAID: _("paid"),
}

STAGE_MEANINGS: Words = {
    Stage.ANNOUNCED: _("a leader or minister said it"),
    Stage.COMMITTED: _("a decision of a government or parliament, or a joint formal pledge, was reported"),
    Stage.PAID: _("the transfer was reported"),
}

RELATIONS: Words = {
    Relation.NEW: _("new money"),
    Relation.REPLACES: _("newer figure for"),
    Relation.REPEATS: _("repeats"),
    Relation.CONFLICTS: _("another figure for"),
    Relation.UNCLEAR: _("unclear beside"),
    Relation.WITHDRAWS: _("takes money back from"),
}

OF_A_ROW: dict[type[Enum], Words] = {Stage: STAGES, Relation: RELATIONS}
"""What the words of a row of the record are called."""

TREATMENTS: Words = {
    Treatment.COUNTED: _("counted"),
    Treatment.APART: _("shown apart"),
    Treatment.LEFT_OUT: _("left out"),
    Treatment.NOT_YET: _("not yet"),
}

WHYS: Words = {
    Why.NEW: _("new money"),
    Why.REPLACES: _("newer figure"),
    Why.REPLACED: _("replaced by a newer figure"),
    Why.REPEATS: _("repeats other rows"),
    Why.CONFLICTS: _("another figure for the same money"),
    Why.UNCLEAR: _("unclear whether it is new money"),
    Why.WITHDRAWS: _("takes money back"),
    Why.WITHDRAWN: _("taken back"),
    Why.NOT_YET: _("announced after the day"),
}

VALUED: Words = {
    Valued.AS_ANNOUNCED: _("as announced"),
    Valued.AS_REPORTED: _("dollar figure of the report"),
    Valued.CONVERTED: _("converted"),
    Valued.NO_AMOUNT: _("no amount stated"),
    Valued.NO_RATE: _("no usable rate"),
}

BASES: Words = {
    Basis.TOTAL: _("All announcements counted up to the day"),
    Basis.PARTNER: _("The partner's own announcements counted up to the day"),
    Basis.PARTNER_BEFORE: _("The partner's own announcements counted up to the day before"),
    Basis.ON_THE_DAY: _("Announcements counted that were made public on the day"),
    Basis.IN_THE_MONTH: _("Announcements counted that were made public in the month, up to the day"),
    Basis.IN_THE_YEAR: _("Announcements counted that were made public in the year, up to the day"),
    Basis.PARTNERS: _("Partners with a counted announcement up to the day"),
    Basis.PARTNERS_PAID: _("Partners with a counted announcement reported as paid up to the day"),
    Basis.PARTNERS_IN_THE_YEAR: _("Partners with a counted announcement in the year, up to the day"),
    Basis.PACKAGES_FUNDED: _("Packages made public up to the day"),
    Basis.PACKAGES_RECEIVED: _("Packages with a delivery reported up to the day"),
    Basis.NONE: _("No sum of announcements answers this measure"),
}

KINDS: Words = {
    PossibilityKind.ROUNDING: _(
        "The stated figure is rounded: the difference is less than half of its last digit"
    ),
    PossibilityKind.OLDER_TOTAL: _(
        "The same figure was stated before: an older total may have been stated again"
    ),
    PossibilityKind.OTHER_CURRENCY: _("The figure may be in another currency: our sum in it is near"),
    PossibilityKind.SAME_NUMBER: _(
        "The same number was stated in another currency: the one may have been taken for the other"
    ),
    PossibilityKind.NO_AMOUNT: _("Counted rows whose amount nobody stated"),
    PossibilityKind.NO_RATE: _("Counted rows that could not be converted"),
    PossibilityKind.UNCLEAR: _("Rows that may or may not be new money"),
    PossibilityKind.TAKEN_BACK: _("Money taken back, if the statement still counts it"),
    PossibilityKind.MISSING_SHARES: _("A package whose public shares do not reach its value"),
    PossibilityKind.CONFLICT: _("Another figure for the same money, if it is the right one"),
    PossibilityKind.REPEATED: _("Money announced again, if the statement counted it twice"),
    PossibilityKind.JOINT: _("Joint sums that include the partner"),
    PossibilityKind.JUST_AFTER: _(
        "Announcements of the two weeks after the day, if they were counted already"
    ),
    PossibilityKind.JUST_BEFORE: _(
        "Announcements of the two weeks up to the day, if they were not counted yet"
    ),
    PossibilityKind.ONLY_ANNOUNCED: _(
        "Money announced but not reported as committed or paid, if it was not counted"
    ),
}

PRICE_BASES: Words = {
    "budget_average": _("budget: value divided by quantity"),
    "contract_average": _("contract: value divided by quantity"),
    "contract_total": _("contract: whole value"),
    "sale_notice_average": _("sale notice with support, divided by quantity: an upper guide"),
    "sale_notice_total": _("sale notice: a whole case, not a unit price"),
    "press": _("price quoted in the press"),
    "press_to_contract_average": _("from a price in the press to a contract average"),
}

ROLES: Words = {
    Role.READER: _("Reader"),
    Role.RECIPIENT: _("Recipient"),
    Role.VALIDATOR: _("Validator"),
    Role.COORDINATOR: _("Coordinator"),
    Role.PARTNER: _("Partner"),
    Role.SUPPLIER: _("Supplier"),
    Role.FINANCE: _("Finance"),
    Role.REGISTER_EDITOR: _("Register editor"),
    Role.AUDITOR: _("Auditor"),
    Role.ADMINISTRATOR: _("Administrator"),
}

ROLE_MEANINGS: Words = {
    Role.READER: _("Reads a programme’s plans and books, and what it withholds from the public."),
    Role.RECIPIENT: _("Enters requirements and submits them; accepts what is delivered."),
    Role.VALIDATOR: _("Validates requirements, returns or rejects them."),
    Role.COORDINATOR: _(
        "Puts requirements on the list, makes plans, orders what is in packages, enters pledges and commitments."
    ),
    Role.PARTNER: _("Sees the requirements, and the contributions of its own party; enters pledges for it."),
    Role.SUPPLIER: _("Enters offers and shipments for its own party."),
    Role.FINANCE: _("Keeps the books, and accepts orders."),
    Role.REGISTER_EDITOR: _("Adds and changes instruments in the register of guarantees."),
    Role.AUDITOR: _("Reads everything, and who did what; writes nothing."),
    Role.ADMINISTRATOR: _("Gives roles, and publishes programmes and books."),
}

COLUMNS: Words = {PUBLIC: _("Everybody"), DESK: _("The desk")}
"""The columns of the table of rights that are no roles."""

ACTS: Words = {
    Act.SEE_UNPUBLISHED: _("See a programme that is not published"),
    Act.SEE_BOOKS: _("See books that are not public"),
    Act.SEE_NOTES: _("See notes beside entries"),
    Act.SEE_PLANS: _("See plans"),
    Act.SEE_REQUIREMENTS: _("See requirements"),
    Act.SEE_OFFERS: _("See offers"),
    Act.SEE_ORDERS: _("See orders"),
    Act.SEE_SHIPMENTS: _("See shipments"),
    Act.SEE_RECEIPTS: _("See receipts"),
    Act.SEE_CONTRIBUTIONS: _("See contributions"),
    Act.SEE_APPROVALS: _("See what waits for approval"),
    Act.SEE_DRAFTS: _("See drafts of the register"),
    Act.READ_AUDIT: _("See who did what"),
    Act.MAKE_PLANS: _("Make plans"),
    Act.ACCEPT_PLANS: _("Accept plans"),
    Act.WRITE_TERMS: _("Set the terms of contributions"),
    Act.PLEDGE: _("Enter pledges"),
    Act.COMMIT: _("Enter commitments"),
    Act.RECEIVE: _("Enter receipts"),
    Act.REVISE: _("Change the sum of pledges"),
    Act.REDUCE: _("Reduce promises"),
    Act.LAPSE: _("Let money lapse"),
    Act.CARRY_OVER: _("Carry lapsed money over"),
    Act.RETURN_MONEY: _("Return money to partners"),
    Act.APPROVE: _("Approve what a programme has approved by a second person"),
    Act.KEEP_BOOKS: _("Enter into the books"),
    Act.MATCH_WORKBOOKS: _("Keep how a workbook of an office is read"),
    Act.EDIT_REGISTER: _("Edit the register of guarantees"),
    Act.SEE_SCENARIOS: _("See scenarios that are kept for a programme"),
    Act.WRITE_SCENARIOS: _("Write scenarios for a programme"),
    Act.PUBLISH_PROGRAMME: _("Publish a programme"),
    Act.PUBLISH_BOOKS: _("Publish books"),
    Act.EDIT_RECORD: _("Enter, correct and remove rows of the public record"),
    Act.CHANGE_SETTINGS: _("Change the settings of a programme; for every programme: make one"),
    Act.GIVE_ROLES: _("Give roles"),
    Act.INVITE: _("Invite people"),
    Act.TELL_OTHERS: _("Have other offices notified of events"),
}

PUBLIC_FIELDS: Words = {
    "announcements.earmark": _("Announcements: what the money is for"),
    "announcements.note": _("Announcements: notes"),
    "packages.contents": _("Packages: contents"),
    "packages.delivery_reported_on": _("Packages: day on which a delivery was reported"),
    "packages.note": _("Packages: notes"),
    "deliveries.packages": _("Deliveries: packages"),
    "deliveries.what": _("Deliveries: what arrived"),
    "deliveries.note": _("Deliveries: notes"),
    "stated_totals.note": _("Stated totals: notes"),
    "items.price": _("Items: prices"),
    "items.lead_time": _("Items: months to delivery"),
    "items.note": _("Items: notes"),
}
"""The fields that a programme may withhold from the public, as `kind.field`."""

UNITS: Words = {"EA": _("each"), "RD": _("round"), "SE": _("set"), "LT": _("lot")}

INVENTED = _("Invented: for illustration")
"""What everything of an invented programme says about itself."""

_MEASURES: list[tuple[str, str | Promise]] = [
    (r"total_contributed_[a-z]{3}", _("Total contributed")),
    (r"partner_total_[a-z]{3}:(?P<who>\w+)", _("Total of one partner: %(who)s")),
    (r"partner_total_before_[a-z]{3}:(?P<who>\w+)", _("Total of one partner before the day: %(who)s")),
    (r"new_contributions_[a-z]{3}", _("New contributions, that day")),
    (r"new_contributions_(?P<period>\w+)_[a-z]{3}", _("New contributions, %(period)s")),
    (r"number_of_partners", _("Number of partners")),
    (r"number_of_partners_(?P<period>\w+)", _("Number of partners, %(period)s")),
    (r"number_of_allies", _("Number of allies")),
    (r"packages_funded", _("Packages funded")),
    (r"packages_received", _("Packages received")),
    (r"packages_being_filled", _("Packages being filled")),
    (r"packages_approved_by_us", _("Packages approved by the United States")),
    (r"package_size_[a-z]{3}", _("Size of a package")),
    (r"programme_goal_[a-z]{3}", _("Goal of the programme")),
    (r"expected_total_(?P<period>\w+)_[a-z]{3}", _("Expected total, %(period)s")),
    (r"expected_(?P<period>\w+)_[a-z]{3}", _("Expected, %(period)s")),
    (r"monthly_requirement_[a-z]{3}", _("Need of a month")),
    (r"monthly_requirement_high_[a-z]{3}", _("Need of a month, upper figure")),
    (r"requirement_(?P<period>\d{4})_[a-z]{3}", _("Need of the year %(period)s")),
    (r"additional_request_[a-z]{3}", _("Additional request")),
    (r"shortfall_(?P<period>\d{4})_[a-z]{3}", _("Shortfall of the year %(period)s")),
    (r"total_paid_[a-z]{3}", _("Total paid")),
    (r"announced_not_yet_received_[a-z]{3}", _("Announced, not yet received")),
    (r"share_of_missiles_air_defence", _("Share of the missiles for air defence")),
    (r"share_of_missiles_front", _("Share of the missiles for the front")),
    (r"share_of_missiles_patriot", _("Share of the Patriot missiles")),
    (r"share_of_other_air_defence", _("Share of other air defence")),
    (r"us_markup_ratio", _("Markup of the supplier")),
    (r"share_of_allies", _("Share of the allies that take part")),
    (r"share_of_aid_moved_by_nsatu", _("Share of aid moved by NSATU")),
]


def measure_name(programme: Programme, measure: str) -> str:
    """Name a measure; one that is not in the list is shown as its own words."""
    for pattern, text in _MEASURES:
        if found := re.fullmatch(pattern, measure):
            parts = {name: _period(value) for name, value in found.groupdict().items()}
            if "who" in parts:
                parts["who"] = party_name(programme, found["who"])
            return str(text) % parts
    return measure.replace("_", " ").capitalize()


def _period(text: str) -> str:
    """Write `end_october` as words, a month with its capital."""
    months = {name.lower(): name for name in calendar.month_name if name}
    return " ".join(months.get(word, word) for word in text.split("_"))


def party_name(programme: Programme, code: str) -> str:
    """Name a partner, or partners joined by `+`, in the reader's language."""
    if JOINT in code:
        return ", ".join(party_name(programme, part) for part in code.split(JOINT))
    if code in programme.parties:
        return programme.parties[code]
    return country_name(code, locale()) if code in countries() else code


def party_choices(parties: Mapping[str, str]) -> list[tuple[str, str]]:
    """List the codes of parties, those that a programme names first, each with its name."""
    return [*parties.items(), *((code, country_name(code, locale())) for code in sorted(countries()))]


def why_not_converted(outcome: Converted | MissingRate | None) -> str:
    """Say which rate was missing, or nothing where an amount could be converted or was never stated."""
    if not isinstance(outcome, MissingRate):
        return ""
    if outcome.newest is None:
        return translated("There is no rate from %(given)s to %(to)s on or before %(day)s.") % {
            "given": outcome.amount.currency,
            "to": outcome.to,
            "day": outcome.on.isoformat(),
        }
    return translated(
        "The newest %(base)s/%(currency)s rate is of %(rate_day)s; for %(day)s it may be at most %(limit)s days old."
    ) % {
        "base": outcome.newest.base,
        "currency": outcome.newest.currency,
        "rate_day": outcome.newest.day.isoformat(),
        "day": outcome.on.isoformat(),
        "limit": outcome.maximum_age_days,
    }


REACHES: Words = {
    Reach.FULL: _("not thin on the day asked for"),
    Reach.THIN: _("thin on the day asked for"),
    Reach.ENDED: _("ended before the day asked for"),
}


def reach_on(programme: Programme, day: date) -> str:
    """Say in a word of a file how well the record covers a day, or nothing where nobody says."""
    return str(REACHES[programme.coverage.on(day)]) if programme.coverage else ""


def price_basis(basis: str) -> str:
    """Say what a price is; a basis that is not in the list is shown as its own words."""
    return str(PRICE_BASES.get(basis, basis.replace("_", " ")))


CATEGORIES = {
    "air_defence": _("Air defence"),
    "ammunition": _("Ammunition"),
    "anti_armour": _("Anti-armour weapons"),
    "artillery": _("Artillery"),
    "aviation": _("Aviation"),
    "communications": _("Communications"),
    "energy": _("Energy"),
    "engineering": _("Engineering"),
    "logistics": _("Logistics"),
    "medical": _("Medical"),
    "rocket_artillery": _("Rocket artillery"),
    "shelter": _("Shelter"),
    "signals": _("Signals"),
    "transport": _("Transport"),
    "vehicles": _("Vehicles"),
    "water": _("Water"),
}
"""The categories of what ships; a programme names others as it likes."""


def category_name(category: str) -> str:
    """Write a category of items as words."""
    return str(CATEGORIES.get(category, category.replace("_", " ").capitalize()))


def locale() -> str:
    """Give the reader's locale as Babel names it."""
    return (get_language() or "en").replace("-", "_")


def yes_or_no(value: object) -> str | Promise:
    """Say in a word whether something is so."""
    return _("yes") if value else _("no")


DISCREPANCIES = {REJECTED: _("rejected"), SHORT: _("short")}
"""What can be wrong with units of a lot."""


def right_name(row: str) -> str | Promise:
    """Name a row of the table of rights: an act, a step of the chain, or a field, which keeps its name."""
    step, _, noun = row.partition(" ")
    if row in ACTS or not any(known.noun == noun for known in STEPS):
        return ACTS.get(row, row)
    return f"{Sentence(f'noun.{noun}')}: {Step.named(noun, step)}".capitalize()
