"""How templates write amounts, days, parties and links that keep the day and the currency."""

from collections.abc import Mapping
from datetime import date

from django import template
from django.template import Context
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from pledgeline.evidence import Basis, PossibilityKind, Treatment, Valued, Why
from pledgeline.evidence.left_out import LeftOutAs
from pledgeline.evidence.told import Standing
from pledgeline.programme.announcements import Relation, Stage
from pledgeline.programme.sources import Source
from pledgeline.programme.stated_totals import StatedTotal
from pledgeline.web import formats, words
from pledgeline.web.asked import Asked
from pledgeline.web.columns import Column
from pledgeline.web.definitions import DEFINITIONS
from pledgeline.web.parts import Part
from pledgeline.web.reports import words as report_words
from pledgeline.web.table_cards import as_cards
from pledgeline.web.tables import Table
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


class CardsNode(template.Node):
    """Tables between `{% as_cards %}` and `{% endas_cards %}`: on a narrow screen each row is a card."""

    def __init__(self, nodes: template.NodeList) -> None:
        self.nodes = nodes

    def render(self, context: template.Context) -> SafeString:
        return as_cards(self.nodes.render(context))


@register.tag("as_cards")
def cards(parser: template.base.Parser, _token: object) -> CardsNode:
    """Let each row of a table be a card on a narrow screen."""
    nodes = parser.parse(("endas_cards",))
    parser.delete_first_token()
    return CardsNode(nodes)


@register.tag
def kept(parser: template.base.Parser, _token: object) -> KeptNode:
    """Keep what is written up to `{% endkept %}` for the next visitors who ask the same."""
    nodes = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(nodes)


for _written in (
    formats.full,
    formats.short,
    formats.figure,
    formats.signed,
    formats.stated,
    formats.on_day,
    formats.announced,
    formats.when,
):
    register.filter(_written)


@register.simple_tag(takes_context=True)
def cell(context: template.Context, column: Column, row: object) -> str | SafeString:
    """Draw a cell of a table: as the type of the column does, or as the template that it names."""
    if not column.template or column.withheld:
        return column.drawn(row)
    assert context.template is not None  # a tag is only ever rendered as part of one
    with context.push(row=row, value=column.value(row)):
        drawn: SafeString = context.template.engine.get_template(column.template).render(context)
    return drawn


@register.simple_tag
def row_classes(table: Table, row: object) -> str:
    """Give the classes of a row of a table that tells its rows apart."""
    return table.row_classes(row) if table.row_classes is not None else ""


@register.simple_tag(takes_context=True)
def at(context: Context, name: str, *args: object, **changes: object) -> str:
    """Give the address of a page of this programme, keeping the day and the currency.

    Further keywords become parameters; an empty one is left out.
    """
    asked: Asked = context["asked"]
    return asked.at(name, *args, **changes)


@register.simple_tag(takes_context=True)
def turned(context: Context, **changes: object) -> str:
    """Give the parameters of this page with some of them changed; an empty one is dropped."""
    parameters = context["request"].GET.copy()
    for key, value in changes.items():
        if value in ("", None):
            parameters.pop(key, None)
        else:
            parameters[key] = value
    return f"?{parameters.urlencode()}"


@register.simple_tag(takes_context=True)
def party(context: Context, code: str) -> str:
    """Name a partner or a joint group."""
    return words.party_name(context["programme"], code)


@register.simple_tag(takes_context=True)
def parties(context: Context, codes: tuple[str, ...]) -> SafeString:
    """Name partners, each a link to its page."""
    return format_html_join(
        ", ",
        '<a href="{}">{}</a>',
        ((at(context, "partner", code), words.party_name(context["programme"], code)) for code in codes),
    )


@register.simple_tag(takes_context=True)
def packages(context: Context, ids: tuple[str, ...]) -> SafeString:
    """Name packages, each a link to its page."""
    return format_html_join(", ", '<a href="{}">{}</a>', ((at(context, "package", id_), id_) for id_ in ids))


@register.simple_tag(takes_context=True)
def announcements(context: Context, ids: tuple[str, ...]) -> SafeString:
    """Name announcements, each a link to its page."""
    return format_html_join(
        ", ", '<a href="{}">{}</a>', ((at(context, "announcement", id_), id_) for id_ in ids)
    )


@register.inclusion_tag("web/_sources.html", takes_context=True)
def sources(context: Context, ids: tuple[str, ...], brief: bool = False) -> dict[str, object]:
    """List sources: their numbers in a table, their titles and addresses elsewhere."""
    found: list[Source] = [source for source in map(context["asked"].source, ids) if source]
    return {"asked": context["asked"], "found": found, "brief": brief}


@register.inclusion_tag("web/_definition.html")
def definition(name: str) -> dict[str, object]:
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
def left_out(value: LeftOutAs) -> str:
    return str(report_words.LEFT_OUT[value])


@register.filter
def valued(value: Valued) -> str:
    return str(words.VALUED[value])


@register.filter
def basis(value: Basis) -> str:
    return str(words.BASES[value])


@register.filter
def kind(value: PossibilityKind) -> str:
    return str(words.KINDS[value])


@register.filter
def category(value: str) -> str:
    return words.category_name(value)


@register.filter
def unit(code: str) -> str:
    """Name a unit of issue in words."""
    return str(words.UNITS.get(code, code))


@register.filter
def treated(row: Standing, day: date) -> tuple[Treatment, Why]:
    """Say what the as-of rule does with a row on a day."""
    answer: tuple[Treatment, Why] = row.on(day)
    return answer


@register.filter
def of(numbers: Mapping[str, int], key: str) -> int:
    """Look a number up by its key; what is not there is 0."""
    return int(numbers.get(key, 0))
