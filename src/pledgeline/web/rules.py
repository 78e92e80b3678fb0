"""How the figures are made: the as-of rule, the conversion rule, the words, the exit from each page."""

from django.http import HttpRequest, HttpResponse

from pledgeline.programme.announcements import Stage
from pledgeline.programme.settings import WITHHOLDABLE
from pledgeline.web import words
from pledgeline.web.asked import ask, show
from pledgeline.web.definitions import DEFINITIONS


def rules_page(request: HttpRequest, slug: str) -> HttpResponse:
    asked = ask(request, slug)
    return show(
        request,
        "web/rules.html",
        asked,
        definitions=DEFINITIONS,
        stages=[(words.STAGES[stage], words.STAGE_MEANINGS[stage]) for stage in Stage],
        withheld=[(kind, names) for kind in WITHHOLDABLE if (names := asked.programme.withheld(kind))],
        rates_until=max((rate.day for rate in asked.record.rates), default=None),
        rates_since=min((rate.day for rate in asked.record.rates), default=None),
        rate_sources=sorted({rate.source for rate in asked.record.rates}),
    )
