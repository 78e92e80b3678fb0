"""The picture of the books: whose money is in which package, at which stage."""

from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from pledgeline import charts
from pledgeline.ledger import Account, Balances
from pledgeline.money import Amount, in_full, in_short
from pledgeline.web import words
from pledgeline.web.addresses import address_of
from pledgeline.web.books.asked import AskedBooks, mark_of
from pledgeline.web.books.words import account_name
from pledgeline.web.definitions import DEFINITIONS
from pledgeline.web.pictures import NARROW, WIDE, Shown, as_file

__all__ = ["as_file", "flow"]

MOST = {WIDE: 16, NARROW: 7}
"""How many partners and how many packages are told apart at each width; the others stand together."""

TONES = {
    Account.PLEDGED: 1,
    Account.COMMITTED: 0,
    Account.AVAILABLE: 3,
    Account.ALLOCATED: 5,
    Account.ORDERED: 4,
    Account.DELIVERED: 7,
    Account.ACCEPTED: 2,
    Account.LAPSED: 6,
}
"""The colour of each stage, the same on every day; the others are quiet."""


class MiddleNode(NamedTuple):
    """What stands in the middle: a package, or a line of which no package was named."""

    name: str
    is_package: bool = False


Sums = dict[tuple[str, MiddleNode, Account], int]
"""(partner, part, stage) -> minor units."""

OTHERS = "\x00"
"""Stands for all partners beyond those told apart: no key can be it."""

NO_PART, OTHER_PARTS = MiddleNode(""), MiddleNode(OTHERS)

LEFT_OUT = (Account.SOURCE, Account.FX)
"""Where money comes from, and the counterpart of a trade: no place where money lies."""


def flow(asked: AskedBooks, state: Balances) -> Shown:
    """Draw where the money in the currency asked for lies: partner, package, stage."""
    sums: Sums = {}
    owners = state.contributions()
    for spot, minor in state.money().items():
        if (
            spot.currency == asked.currency
            and spot.account.book == "stages"
            and spot.account not in LEFT_OUT
            and minor > 0
        ):
            key = (owners.get(spot.contribution, spot.contribution), _part(state, spot.line), spot.account)
            sums[key] = sums.get(key, 0) + minor
    title = DEFINITIONS["books-flow"][0]
    note = _note(asked)
    wide, narrow = (_drawn(asked, sums, width, str(title), note) for width in (WIDE, NARROW))
    return Shown(
        name="books-flow",
        title=title,
        note=note,
        svg=wide,
        narrow=narrow,
        file=_address(asked, "books-flow"),
        header=[_("Partner → package → stage"), _("Amount")],
        lines=[
            [f"{partner} → {part.name or _('in no package')} → {account_name(account)}", _full(asked, minor)]
            for (partner, part, account), minor in sorted(
                sums.items(), key=lambda item: (item[0][0], item[0][1] == NO_PART, item[0][1], item[1])
            )
        ],
    )


def _part(state: Balances, line: str) -> MiddleNode:
    package = state.term("package", line) if line else ""
    return MiddleNode(package, is_package=True) if package else MiddleNode(line)


def _full(asked: AskedBooks, minor: int) -> str:
    return in_full(Amount(minor, asked.currency), words.locale())


def _drawn(asked: AskedBooks, sums: Sums, width: int, title: str, note: str) -> SafeString:
    """Draw at a width. The texts are escaped by the charts themselves."""
    partners = _greatest(sums, 0, MOST[width])
    parts = _greatest({key: minor for key, minor in sums.items() if key[1] != NO_PART}, 1, MOST[width])
    left: dict[tuple[str, MiddleNode], int] = {}
    right: dict[tuple[MiddleNode, Account], int] = {}
    for (partner, part, account), minor in sums.items():
        one = partner if partner in partners else OTHERS
        two = part if part in parts or part == NO_PART else OTHER_PARTS
        left[one, two] = left.get((one, two), 0) + minor
        right[two, account] = right.get((two, account), 0) + minor
    frame = charts.Frame(
        prefix=f"books-flow-{width}",
        title=title,
        description=note,
        width=width,
        mark=mark_of(asked.programme),
    )
    picture = charts.flow(
        *_layers_and_links(asked, left, right),
        frame=frame,
        amount=lambda minor: in_short(Amount(minor, asked.currency), words.locale()),
        empty_label=_("The books held no money in this currency on this day."),
    )
    return mark_safe(picture.svg)


def _greatest(sums: Sums, place: int, most: int) -> set[object]:
    """Give those that are told apart: all, or the greatest where there are too many."""
    sizes: dict[object, int] = {}
    for key, minor in sums.items():
        name = key[place]
        sizes[name] = sizes.get(name, 0) + minor
    order = sorted(sizes, key=lambda name: (-sizes[name], name))
    return set(order if len(order) <= most else order[: most - 1])


def _layers_and_links(
    asked: AskedBooks, left: dict[tuple[str, MiddleNode], int], right: dict[tuple[MiddleNode, Account], int]
) -> tuple[list[list[charts.FlowNode]], list[charts.FlowLink]]:
    partners = sorted({partner for partner, _part in left}, key=lambda name: (name == OTHERS, name))
    parts = sorted({two for _one, two in left}, key=lambda part: (part == NO_PART, part == OTHER_PARTS, part))
    stages = [account for account in Account if any(account == stage for _two, stage in right)]
    partner_names = {name: _("all others") if name == OTHERS else name for name in partners}
    part_names = {NO_PART: _("in no package"), OTHER_PARTS: _("all others")}
    part_names.update({part: part.name for part in parts if part not in part_names})
    layers = [
        [
            charts.FlowNode(
                key=f"p {name}",
                name=partner_names[name],
                href=_address(asked, "books-contributions", partner="" if name == OTHERS else name),
            )
            for name in partners
        ],
        [
            charts.FlowNode(key=f"m {part}", name=part_names[part], href=_address_of(asked, part))
            for part in parts
        ],
        [
            charts.FlowNode(key=f"s {stage.value}", name=account_name(stage), tone=_tone(stage))
            for stage in stages
        ],
    ]
    links = [
        charts.FlowLink(
            source=f"p {partner}",
            target=f"m {two}",
            value=minor,
            title=f"{partner_names[partner]} → {part_names[two]}: {_full(asked, minor)}",
        )
        for (partner, two), minor in left.items()
    ]
    links += [
        charts.FlowLink(
            source=f"m {two}",
            target=f"s {stage.value}",
            value=minor,
            title=f"{part_names[two]} → {account_name(stage)}: {_full(asked, minor)}",
            tone=_tone(stage),
        )
        for (two, stage), minor in right.items()
    ]
    return layers, links


def _address_of(asked: AskedBooks, part: MiddleNode) -> str:
    if part in (NO_PART, OTHER_PARTS):
        return _address(asked, "books-lines")
    if part.is_package:
        return _address(asked, "books-lines", package=part.name)
    return _address(asked, "books-line", key=part.name)


def _tone(stage: Account) -> int:
    return TONES.get(stage, charts.SERIES_MAX)


def _note(asked: AskedBooks) -> str:
    given = {"day": date_format(asked.day, "LONG_DAY_FORMAT"), "currency": asked.currency}
    if asked.known_on is None:
        return _("As of %(day)s, money in %(currency)s only.") % given
    known = date_format(asked.known_on, "LONG_DAY_FORMAT")
    return _("As of %(day)s, known on %(known)s, money in %(currency)s only.") % {**given, "known": known}


def _address(asked: AskedBooks, page: str, **more: str) -> str:
    address = address_of(page, asked.programme.slug)
    parameters = {**asked.kept_on(page), **{name: value for name, value in more.items() if value}}
    return f"{address}?{urlencode(parameters)}" if parameters else address
