"""What each figure and each picture means, said once and shown wherever it stands."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DEFINITIONS: dict[str, tuple[str | Promise, str | Promise]] = {
    "progress-deliveries": (
        _("Ordered units over time"),
        _(
            "Units are ordered on the day the order was accepted, under way from the day of dispatch, and accepted on "
            "the day of their receipt. What was rejected, short or lost is outstanding again; what was cancelled is "
            "left out from the day on which it was."
        ),
    ),
    "progress-ageing": (
        _("How long the rest has waited"),
        _(
            "Ordered units that were neither accepted by the recipient nor cancelled: those under way and those to "
            "ship, by the days since their order was accepted."
        ),
    ),
    "progress-lapsing": (
        _("Money that lapses, by its last day"),
        _(
            "Money that is available may be used up to the last day of its contribution; money that is set aside for a "
            "line also no longer than its reservation. The earlier of the days counts. What has passed its day and "
            "was not booked as lapsed is in it, too."
        ),
    ),
    "announced": (
        _("Announced as new money"),
        _(
            "The sum of the announcements made public up to the day that are new money or a newer figure, "
            "in the currency shown. It is what was announced, not what was paid. "
            "Rows without a stated amount add nothing."
        ),
    ),
    "decided": (
        _("Of which committed or paid, as stated"),
        _(
            "The part of the announced money for which a decision of a government or parliament, a joint formal "
            "pledge or a transfer was reported. Most transfers are never made public."
        ),
    ),
    "again": (
        _("Announced again, not counted"),
        _(
            "Statements that repeat other rows, give another figure for the same money, or were replaced by a newer "
            "figure. They are counted as rows and never added up: "
            "a sum of the same money in three currencies is no sum."
        ),
    ),
    "apart": (
        _("Shown apart"),
        _(
            "Statements of which the sources do not say whether they are new money. They are not in the total."
        ),
    ),
    "silent": (
        _("Counted without an amount"),
        _("Announcements of new money whose amount nobody stated. They are in the list and add nothing."),
    ),
    "stated": (
        _("Newest stated total"),
        _(
            "The newest statement of the whole sum contributed, up to the day, beside our sum for the day of the "
            "statement. Of several of one day that of an official speaker in their own words is named first, then a "
            "figure before one that is only about right, and that before a floor (“more than”); the others stand "
            "below it."
        ),
    ),
    "partners": (
        _("Partners"),
        _(
            "Countries and institutions with at least one counted announcement up to the day, joint rows included."
        ),
    ),
    "packages": (
        _("Packages made public"),
        _("Packages named in public up to the day, whether or not their value and their shares are known."),
    ),
    "steps": (
        _("Announced money over time"),
        _(
            "Counted announcements added up by partner, each from the day it became public; a step down is a figure "
            "that was replaced by a smaller one, or money taken back. Diamonds are totals that somebody stated. Every "
            "amount stands at the rate of its own announcement day."
        ),
    ),
    "flow": (
        _("From partners to packages"),
        _(
            "Counted announcements by partner and by the package they name. Where the sources name no package, "
            "the money stands at “no package named”. It shows what was announced, not what was paid."
        ),
    ),
    "map": (
        _("Partners on the map"),
        _(
            "One square for each country; the darker, the more counted money. Squares stand roughly where the "
            "country lies and show no borders."
        ),
    ),
    "bars": (
        _("Counted, and stated"),
        _(
            "For each partner the counted money. The mark is the newest total that somebody stated for the partner. "
            "The table also has the number of its rows that repeat money, give another figure for it or were replaced."
        ),
    ),
    "partner-steps": (
        _("Announced money over time"),
        _("The partner's counted announcements added up, each from the day it became public."),
    ),
    "plan-tiers": (
        _("What each priority gets"),
        _(
            "For each line the share of its units that the plan buys, added up by weight within a priority. Behind it "
            "the most that any plan could give the priority, once those before it have all they can: where the two "
            "meet, the value is proven."
        ),
    ),
    "plan-categories": (
        _("What each category gets"),
        _(
            "The same by category. The bound is what the category could have if all money and all stock were there "
            "for it alone, whole units and orders left aside."
        ),
    ),
    "plan-flow": (
        _("From contributions over packages to categories"),
        _(
            "Who pays into which package, and what is bought with it. As thick as the money; every payment is a whole "
            "number of the smallest unit of the currency. The most restricted money is spent first."
        ),
    ),
    "plan-deliveries": (
        _("Delivery over time against need"),
        _(
            "How many lines are served by each day, and how many are needed by it. What is bought for a line arrives "
            "on the day of its order and the lead time of its offer, never after the day by which it is needed."
        ),
    ),
    "guarantees-funding": (
        _("Instruments that name money for a year"),
        _(
            "An instrument counts for a year when one of its obligations names an amount, or a share of a gross "
            "domestic product, for a period that begins in that year; a total over several years counts for each of "
            "them. Promises of “support until the end” without an amount do not count."
        ),
    ),
    "guarantees-due": (
        _("Scenario: who owes what by when"),
        _(
            "Each line runs from the event that opened the duty to the moment it falls due. Hours are elapsed time; "
            "days, months and years end with the local day of the instrument. An adverb such as “swiftly” never "
            "becomes hours: such a line has no end. Breach is never computed."
        ),
    ),
    "books-pledged": (
        _("Pledged in all"),
        _(
            "What partners promised, less what they took back. It holds everything below: most of it has moved on "
            "to be committed, received and spent."
        ),
    ),
    "books-signed": (
        _("Committed in all"),
        _(
            "Of what was pledged, what is not only a promise any more: committed, whether or not it was received."
        ),
    ),
    "books-received": (
        _("Received in all"),
        _(
            "Of what was committed, what arrived: not owed any more and not written off as never to come. "
            "In the currency that the partner paid in."
        ),
    ),
    "books-changed": (
        _("Changed between currencies"),
        _(
            "Received money that was changed away (above zero), and money that was bought with another currency "
            "(below zero). Each trade is in the books with both its sides."
        ),
    ),
    "books-free": (_("Available"), _("Received and bound to nothing: it can be allocated today.")),
    "books-allocated": (_("Allocated"), _("Set aside for a line of a package and not yet ordered.")),
    "books-ordered": (
        _("Ordered"),
        _("Behind units that are ordered and have not been delivered."),
    ),
    "books-delivered": (
        _("Delivered"),
        _("Behind units that arrived and that the recipient has not yet accepted."),
    ),
    "books-accepted": (_("Accepted"), _("Behind units that the recipient took over: this money is spent.")),
    "books-returned": (_("Returned"), _("Given back to the partner.")),
    "books-fees": (_("Fees"), _("Taken by banks and agents.")),
    "books-lapsed": (
        _("Lapsed"),
        _(
            "Not ordered against by its last day. It is neither available nor gone: it can be carried over or returned."
        ),
    ),
    "books-lost": (
        _("Lost units"),
        _("Money behind delivered units that were lost before anybody accepted them, and written off."),
    ),
    "books-ahead": (
        _("What lapses next"),
        _(
            "Money that is available or allocated and has a last day: of the contribution, or of the reservation on "
            "a line; the earlier counts. After that day it may not be ordered against."
        ),
    ),
    "books-flow": (
        _("From partners to packages to stages"),
        _(
            "Where the money lies that is kept in the currency shown: whose it is, in which package, at which stage. "
            "A line of which no package was named stands for itself. "
            "Drawn from the balances of the books on the day. Money in other currencies has a picture of its own: "
            "choose the currency at the top."
        ),
    ),
}
