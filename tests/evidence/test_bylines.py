"""A report names its author and outlet in lines of its own or in its markup; what it does not name is not stated."""

import pytest

from pledgeline.evidence.finding.candidates import Facts
from pledgeline.evidence.finding.names import names_of
from pledgeline.evidence.finding.rules import extract
from pledgeline.evidence.finding.words import data
from pledgeline.evidence.reading.documents import report_of
from pledgeline.evidence.reading.texts import text_of

NAMES = names_of([data("programmes.toml")])
BODY = "Norway pledged EUR 20 million to PURL on Wednesday, and more is to come."


def facts(text, **told):
    return extract(text_of(text), Facts(**told), NAMES).facts


@pytest.mark.parametrize(
    ("text", "author", "outlet"),
    [
        (f"Norway pays more\nBy Ada Berg and Jon Aas\n\n{BODY}", "Ada Berg and Jon Aas", ""),
        (f"Norway pays more\nBy Ada Berg, Oslo correspondent\n{BODY}", "Ada Berg", ""),
        (f"OSLO, Jan 22 (Harbour News) - {BODY}\n(Reporting by Ada Berg; editing by X)", "Ada Berg", "Harbour News"),
        (f"Press release from the Ministry of Defence, 12 March 2026\n{BODY}", "", "Ministry of Defence"),
        (f"Норвегія платить більше\nАвтор: Олена Коваль\n{BODY}", "Олена Коваль", ""),
        (f"Пресслужба Міністерства оборони України\n\n{BODY}", "", "Пресслужба Міністерства оборони України"),
        (f"Von Anna van der Berg\n{BODY}\n© 2026 Hafen Zeitung. Alle Rechte.", "Anna van der Berg", "Hafen Zeitung"),
        (f"Communiqué de presse du ministère des Armées, 3 mars\n{BODY}", "", ""),
        (f"Par Jeanne Dupont-Weiss | Bruxelles\n{BODY}\nÉditeur : Le Port", "Jeanne Dupont-Weiss", "Le Port"),
    ],
)  # fmt: skip
def test_lines_of_a_report_name_its_author_and_its_outlet(text, author, outlet):
    found = facts(text)
    assert (author, outlet) == (found.author, found.outlet)
    for name, value in (("author", author), ("outlet", outlet)):
        assert (name in found.stated) == bool(value)
        assert not value or found.stated[name].of(text) == value


@pytest.mark.parametrize(
    "text",
    [
        f"By Thursday Evening the ministers had agreed.\n{BODY}",
        f"By New Year, Kyiv needs $1 billion\n{BODY}",
        f"Von Berlin Mitte aus sieht man nichts.\n{BODY}",
        f"Source: Harbour News\n{BODY}",
        f"Norway (NATO) – EUR 20 million\nSweden (EU) - $5 million\n{BODY}",
        f"{BODY}\nRead also: By Ada Berg",
        BODY,
    ],
)
def test_what_only_looks_like_a_byline_is_none(text):
    found = facts(text)
    assert ("", "", {}) == (found.author, found.outlet, dict(found.stated))


def test_what_somebody_has_told_stays_and_an_unseen_sign_moves_no_place():
    text = f"By Ada\u200b Berg\n{BODY}"
    assert "Ada\u200b Berg" == facts(text).stated["author"].of(text)
    told = facts(f"By Ada Berg\n{BODY}", author="Jon Aas")
    assert ("Jon Aas", {}) == (told.author, dict(told.stated))


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        ("<title>Norway pays | Harbour News</title>", "", {"title": "Norway pays", "outlet": "Harbour News"}),
        (
            '<title>Norway pays | more</title><meta property="og:site_name" content="Harbour News">',
            "",
            {"title": "Norway pays | more", "outlet": "Harbour News"},
        ),
        ('<meta name="byl" content="By Ada Berg">', "", {"author": "Ada Berg"}),
        ("", 'By <a rel="author" href="/ada">Ada <b>Berg</b></a>', {"author": "Ada Berg"}),
        ("", '<nav><a rel="author" href="/x">Jon Aas</a></nav>', {}),
        (
            '<script type="application/ld+json">{"datePublished": "2025-10-16", "publisher": {"name": "Harbour News"},'
            ' "author": [{"name": "Ada Berg"}, {"name": "Jon Aas"}]}</script>',
            "",
            {"published": "2025-10-16", "author": "Ada Berg, Jon Aas", "outlet": "Harbour News"},
        ),
    ],
)
def test_markup_names_them_with_a_place_in_the_stored_text(head, body, expected):
    page = f"<html><head>{head}</head><body><article><p>{body}</p><p>{BODY}</p></article></body></html>"
    report = report_of(page.encode(), "page")
    assert expected == {name: fact.value for name, fact in report.facts.items()}
    for fact in report.facts.values():
        assert fact.span is not None
        assert fact.value == fact.span.of(report.text.stored)
