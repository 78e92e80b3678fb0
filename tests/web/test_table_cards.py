"""On a narrow screen a row of a table is a card: each of its cells says its heading, which the template says once."""

import re
from pathlib import Path

import pytest
from django.template import Context, Template

from pledgeline.web.table_cards import A_FEW, SHOWN, as_cards

STYLE = Path(__file__).parents[2] / "src/pledgeline/web/static/pledgeline/theme.css"
TEMPLATES = Path(__file__).parents[2] / "src" / "pledgeline" / "web" / "templates"


def cards_of(inside: str) -> str:
    return Template("{% load pledgeline %}{% as_cards %}" + inside + "{% endas_cards %}").render(
        Context({"name": 'Nord "& Co"'})
    )


def test_a_cell_says_the_heading_of_its_column():
    page = cards_of(
        "<table><thead><tr><th>Lot</th><th class='number'>Units</th></tr></thead>"
        "<tbody><tr><th scope='row'>L-1</th><td>8</td></tr><tr><th>L-2</th><td>9</td></tr></tbody></table>"
    )

    assert ["Lot", "Units", "Lot", "Units"] == re.findall('data-label="([^"]*)"', page)
    assert "<th scope='row' data-label=\"Lot\">L-1</th>" in page


def test_a_cell_over_two_columns_says_the_first_and_the_next_the_third():
    page = cards_of(
        "<table><thead><tr><th>Lot</th><th>Item</th><th>Units</th></tr></thead>"
        '<tbody><tr><th colspan="2">Together</th><td>17</td></tr></tbody></table>'
    )

    assert ["Lot", "Units"] == re.findall('data-label="([^"]*)"', page)


def test_the_last_row_of_the_head_counts_and_each_table_has_its_own():
    page = cards_of(
        "<table><thead><tr><th colspan='2'>Both</th></tr><tr><th>A</th><th>B</th></tr></thead>"
        "<tr><td>1</td><td>2</td></tr></table>"
        "<table><thead><tr><th>C</th></tr></thead><tr><td>3</td></tr></table>"
    )

    assert ["A", "B", "C"] == re.findall('data-label="([^"]*)"', page)


def test_a_heading_is_text_in_an_attribute():
    """What a person wrote was escaped by the template, and stays it; marks in a heading are left out."""
    page = cards_of(
        '<table><thead><tr><th><a href="?a">{{ name }}</a>\n <span>(“x”)</span> '
        '<span class="sort-mark" aria-hidden="true">▲</span></th></tr></thead>'
        "<tr><td>1</td></tr></table>"
    )

    assert '<td data-label="Nord &quot;&amp; Co&quot; (“x”)">1</td>' in page


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<p>no table</p>",
        "<table><tr><td>no head</td></tr></table>",
        "<table><thead><tr><th></th></tr></thead><tr><td>1</td></tr></table>",
    ],
)
def test_what_has_no_heading_says_none(html):
    assert html == as_cards(html)


def test_of_a_long_table_a_narrow_screen_shows_the_first_rows_and_offers_the_rest():
    """The style sheet names the number, too; a table of a few more is shown whole."""
    head, row = "<table><thead><tr><th>Lot</th></tr></thead>", "<tr><td>1</td></tr>"

    assert "Show all 16 rows" in as_cards(f"{head}{row * (SHOWN + A_FEW + 1)}</table>")
    assert "Show all" not in as_cards(f"{head}{row * (SHOWN + A_FEW)}</table>")
    assert "Show all" not in as_cards(f"{head}{row * 40}</table>", is_read_whole=True)
    assert f"tr:nth-child(n + {SHOWN + 1})" in STYLE.read_text()


def test_every_table_with_a_head_is_cards():
    """One that is written without it would be cards that say nothing."""
    templates = TEMPLATES.rglob("*.html")
    bare = {
        template.name: tables
        for template in templates
        if (
            tables := [
                table
                for table in re.findall(
                    r"(?:\{% as_cards %\}\s*)?<table class=\"(?:plain|matrix|rows)\b.*?</table>",
                    template.read_text(),
                    re.DOTALL,
                )
                if not table.startswith("{%") and ("<thead" in table or "_headings" in table)
            ]
        )
    }

    assert {} == bare
