"""How templates write amounts, days, parties and links that keep the day and the currency."""

from datetime import date
from functools import lru_cache
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from pledgeline.evidence import Basis, Kind, Treatment, Valued, Why
from pledgeline.money import Amount, in_full, in_short
from pledgeline.programme.announcements import Announcement, Relation, Stage
from pledgeline.programme.sources import Source
from pledgeline.programme.stated_totals import StatedTotal
from pledgeline.web import words
from pledgeline.web.addresses import address_of
from pledgeline.web.definitions import DEFINITIONS
from pledgeline.web.parts import Part
from pledgeline.web.totals import key_of

register = template.Library()


class KeptNode(template.Node):
    """What stands between `{% kept %}` and `{% endkept %}`: written once for the key of the page's part."""

    def __init__(self, nodes: template.NodeList) -> None:
        self.nodes = nodes

    def render(self, context: template.Context) -> SafeString:
        part: Part = context["part"]
        assert context.template is not None  # a node is only ever rendered as part of one
        return part.written(self.nodes, context.template)


@register.tag
def kept(parser: template.base.Parser, _token: Any) -> KeptNode:
    """Keep what is written up to `{% endkept %}` for the next visitors who ask the same."""
    nodes = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(nodes)


@register.filter
def full(amount: Amount | None) -> str:
    """Write an amount with every minor unit."""
    return in_full(amount, words.locale()) if amount is not None else ""


@register.filter
def short(amount: Amount | None) -> str:
    """Write an amount with three digits and a word of size."""
    return in_short(amount, words.locale()) if amount is not None else ""


@register.filter
def figure(value: Any) -> str:
    """Write an amount, a whole number or a ratio."""
    if isinstance(value, Amount):
        return in_full(value, words.locale())
    if value is None:
        return ""
    text = f"{value:f}" if not isinstance(value, int) else str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


@register.filter
def signed(value: Any) -> str:
    """Write a difference with its sign, a true minus included."""
    if value is None:
        return ""
    is_more = value.minor > 0 if isinstance(value, Amount) else value > 0
    return f"{'+' if is_more else ''}{figure(value)}".replace("-", "−")


@register.filter
def stated(total: Any) -> str:
    """Write what was stated, with its unit."""
    if total.amount is not None:
        per = total.unit.partition(" ")[2]
        return f"{in_full(total.amount, words.locale())} {per}".strip()
    return f"{figure(total.value)} {total.unit}"


@register.filter
def on_day(value: date | None) -> SafeString | str:
    """Write a day so that nobody takes the month for the day."""
    return "" if value is None else _day(value, words.locale())


@lru_cache(maxsize=20_000)
def _day(value: date, _language: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), date_format(value, "j M Y"))


@register.filter
def announced(row: Announcement) -> SafeString | str:
    """Write the day of an announcement, or the month where nobody knows the day."""
    if not row.month_only:
        return on_day(row.announced_on)
    return format_html(
        '<time datetime="{}">{}</time> <span class="why">{}</span>',
        f"{row.announced_on:%Y-%m}",
        date_format(row.announced_on, "F Y"),
        _("day not known"),
    )


@register.filter
def when(text: str) -> SafeString | str:
    """Write a day or a month that a page gave, as precisely as it did."""
    if len(text) == 7:
        return format_html(
            '<time datetime="{}">{}</time>', text, date_format(date.fromisoformat(f"{text}-01"), "F Y")
        )
    return on_day(date.fromisoformat(text)) if text else _("no date on the page")


@register.simple_tag(takes_context=True)
def at(context: dict[str, Any], name: str, *args: Any, **changes: Any) -> str:
    """Give the address of a page of this programme, keeping the day and the currency.

    Further keywords become parameters; an empty one is left out.
    """
    asked = context["asked"]
    address = address_of(name, asked.programme.slug, *args)
    kept = asked.kept_on(name)
    parameters = {key: value for key, value in {**kept, **changes}.items() if value not in ("", None)}
    return f"{address}?{urlencode(parameters)}" if parameters else address


@register.simple_tag(takes_context=True)
def turned(context: dict[str, Any], **changes: Any) -> str:
    """Give the parameters of this page with some of them changed; an empty one is dropped."""
    parameters = context["request"].GET.copy()
    for key, value in changes.items():
        if value in ("", None):
            parameters.pop(key, None)
        else:
            parameters[key] = value
    return f"?{parameters.urlencode()}"


@register.simple_tag(takes_context=True)
def party(context: dict[str, Any], code: str) -> str:
    """Name a partner or a joint group."""
    return words.party_name(context["programme"], code)


@register.simple_tag(takes_context=True)
def parties(context: dict[str, Any], codes: tuple[str, ...]) -> SafeString:
    """Name partners, each a link to its page."""
    return format_html_join(
        ", ",
        '<a href="{}">{}</a>',
        ((at(context, "partner", code), words.party_name(context["programme"], code)) for code in codes),
    )


@register.simple_tag(takes_context=True)
def packages(context: dict[str, Any], ids: tuple[str, ...]) -> SafeString:
    """Name packages, each a link to its page."""
    return format_html_join(", ", '<a href="{}">{}</a>', ((at(context, "package", id_), id_) for id_ in ids))


@register.simple_tag(takes_context=True)
def announcements(context: dict[str, Any], ids: tuple[str, ...]) -> SafeString:
    """Name announcements, each a link to its page."""
    return format_html_join(
        ", ", '<a href="{}">{}</a>', ((at(context, "announcement", id_), id_) for id_ in ids)
    )


@register.inclusion_tag("web/_sources.html", takes_context=True)
def sources(context: dict[str, Any], ids: tuple[str, ...], brief: bool = False) -> dict[str, Any]:
    """List sources: their numbers in a table, their titles and addresses elsewhere."""
    found: list[Source] = [source for source in map(context["asked"].source, ids) if source]
    return {"asked": context["asked"], "found": found, "brief": brief}


@register.inclusion_tag("web/_definition.html")
def definition(name: str) -> dict[str, Any]:
    """Show what a figure or a picture means, folded."""
    title, text = DEFINITIONS[name]
    return {"name": name, "title": title, "text": text}


@register.simple_tag
def title_of(name: str) -> str:
    """Give the title of a figure or a picture."""
    return str(DEFINITIONS[name][0])


@register.simple_tag
def text_of(name: str) -> str:
    """Give what a figure or a picture means."""
    return str(DEFINITIONS[name][1])


register.filter(words.why_not_converted)


@register.filter
def total_key(total: StatedTotal) -> str:
    """Give the lasting address of a stated total."""
    return key_of(total)


@register.filter
def stage(value: Stage) -> str:
    return str(words.STAGES[value])


@register.filter
def relation(value: Relation) -> str:
    return str(words.RELATIONS[value])


@register.filter
def treatment(value: Treatment) -> str:
    return str(words.TREATMENTS[value])


@register.filter
def why(value: Why) -> str:
    return str(words.WHYS[value])


@register.filter
def valued(value: Valued) -> str:
    return str(words.VALUED[value])


@register.filter
def basis(value: Basis) -> str:
    return str(words.BASES[value])


@register.filter
def kind(value: Kind) -> str:
    return str(words.KINDS[value])


@register.filter
def category(value: str) -> str:
    return words.category_name(value)


@register.filter
def price_basis(value: str) -> str:
    return str(words.PRICE_BASES.get(value, value.replace("_", " ")))


@register.filter
def unit(code: str) -> str:
    """Name a unit of issue in words."""
    return str(words.UNITS.get(code, code))


@register.filter
def treated(row: Any, day: date) -> tuple[Treatment, Why]:
    """Say what the as-of rule does with a row on a day."""
    answer: tuple[Treatment, Why] = row.on(day)
    return answer


@register.filter
def of(numbers: Any, key: str) -> int:
    """Look a number up by its key; what is not there is 0."""
    return int(numbers.get(key, 0))
