"""Help: every page leads to its place in the handbook, words explain themselves, and the tour leads to its end."""

import re
from pathlib import Path

import pytest
from django.urls import get_resolver
from django.utils.translation import override

from pledgeline.web.help import handbook, tour
from pledgeline.web.help import pages as help_pages
from pledgeline.web.help.glossary import glossary, words_by_key
from pledgeline.web.help.handbook import chapter_text, chapters, reference_text
from pledgeline.web.help.markdown import rendered
from pledgeline.web.help.places import PLACES, WORDS, place_of
from pledgeline.web.help.shipped import REFERENCE
from tests.web.books import PACKAGE, keep
from tests.web.html import flat

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

CHECKOUT = Path(__file__).parents[2]

FILES = re.compile(
    r"-(?:file|picture|template|record|sample|marked|workbook|problem|answer|handed-in|flow|csv|lines|inclusion"
    r"|checkpoint|keys|verifier|iati|export|part|state|confirmed|stop|again|leave|look|photo)$"
)
"""How the names of addresses end that give a file or a part of a page, or do something."""

NO_PAGES = {
    *(
        "picture",
        "report-original",
        "language",
        "checkpoints",
        "revoke-token",
        "withdraw-invitation",
        "dataset",
        "robots",
        "sitemap",
    ),
    *(
        "announcements-feed",
        "acceptances-feed",
        "guarantees-feed",
        "guarantees-instrument-feed",
        "guarantees-keep",
    ),
    *("bank-aside", "bank-certain", "bank-enter", "report-decide", "claim-decide"),
}


def pages() -> set[str]:
    """Name every address of the site that shows a page, the pages of help apart."""
    site = next(part for part in get_resolver().url_patterns if getattr(part, "namespace", None) == "web")
    names = {path.name for path in leaves(site)} - {None} - NO_PAGES
    kept = {name for name in names if name in PLACES or not FILES.search(name)}
    return {name for name in kept if not name.startswith("help")}


def leaves(part):
    for path in part.url_patterns:
        yield from leaves(path) if hasattr(path, "url_patterns") else [path]


def test_every_page_has_a_place_in_the_handbook_and_no_place_is_of_a_page_that_is_gone():
    assert set() == {page for page in pages() if not place_of(page)}
    assert set() == set(PLACES) - {path.name for path in leaves(get_resolver())}


@pytest.mark.parametrize("language", ["en", "uk"])
def test_every_place_and_every_link_within_the_handbook_is_there(language, client):
    """An anchor of the table, and one that a chapter links to, is that of a heading."""
    with override(language):
        anchors = {
            chapter.slug: {part.anchor for part in chapter_text(chapter.slug).rendered.sections}
            for chapter in chapters()
        }
        anchors |= {
            slug: {part.anchor for part in reference_text(slug).rendered.sections} for slug in REFERENCE
        }
        links = [
            (chapter.slug, *link)
            for chapter in chapters()
            for link in re.findall(
                r'href="(?:/help/(?:handbook|reference)/([\w-]+)/)?(?:#([\w-]+))?"',
                chapter_text(chapter.slug).rendered.body,
            )
        ]

    places = [place.partition("#")[::2] for place in set(PLACES.values())]
    assert [] == [place for place in places if place[1] and place[1] not in anchors[place[0]]]
    assert set(anchors) >= {chapter for chapter, _anchor in places}
    assert [] == [link for link in links if link[2] and link[2] not in anchors[link[1] or link[0]]]
    assert any(link[1] and link[2] for link in links)


@pytest.mark.parametrize("language", ["en", "uk"])
def test_every_chapter_is_shown_with_its_neighbours_and_says_where_it_is_not_translated(language, client):
    headers = {"Accept-Language": language}
    shown = {
        chapter.slug: client.get(f"/help/handbook/{chapter.slug}/", headers=headers).content.decode()
        for chapter in chapters("en")
    }
    untranslated = {
        slug for slug in shown if not (CHECKOUT / "docs" / "handbook" / "uk" / f"{slug}.md").is_file()
    }
    said = {slug for slug, page in shown.items() if 'class="notice" role="note"' in page}

    assert 26 == len(shown)
    assert (untranslated if language == "uk" else set()) == said
    assert '<a rel="prev" href="/help/handbook/tour/">' in shown["figures"]
    assert '<a rel="next" href="/help/handbook/record/">' in shown["figures"]
    assert [] == [slug for slug, page in shown.items() if "<!--" in page or "style=" in page]


def test_a_translated_chapter_has_the_headings_of_the_english_one():
    for path in (CHECKOUT / "docs" / "handbook" / "uk").glob("*.md"):
        if path.stem != "README":
            english = chapter_text(path.stem, "en").rendered.sections
            translated = chapter_text(path.stem, "uk").rendered.sections
            assert [part.level for part in english] == [part.level for part in translated], path.name
            assert [part.anchor for part in english] == [part.anchor for part in translated], path.name


def test_the_list_of_chapters_is_that_of_the_folder_in_both_languages():
    written = {path.stem for path in (CHECKOUT / "docs" / "handbook").glob("*.md")} - {"README"}

    assert written == {chapter.slug for chapter in chapters("en")}
    assert [chapter.slug for chapter in chapters("en")] == [chapter.slug for chapter in chapters("uk")]
    assert "Тур" in chapters("uk")[0].title


def test_what_a_text_says_is_never_markup_and_a_link_leads_only_where_there_is_a_page():
    text = rendered(
        "# <b>A</b>\n\n<script>alert(1)</script> [in](b.md) [out](javascript:alert(1)) [gone](c.md)\n\n"
        "|a|b||\n|-|-:|-|\n|1|2|3|\n",
        address_of={"b.md": "/b/"}.get,
        scrolled="Scrolls",
    )

    assert "<script" not in text.body
    assert '<a href="/b/">in</a>' in text.body
    assert "javascript:" not in re.sub(r">[^<]*<", "><", text.body)
    assert "gone</p>" in text.body
    assert '<th class="number">b</th>\n<td></td>' in text.body
    assert '<div class="scroll" tabindex="0" role="group" aria-label="Scrolls">' in text.body


def test_headings_with_the_same_words_have_an_anchor_each():
    text = rendered("# A\n\n## Same\n\n## Same\n", address_of=lambda link: None, scrolled="")

    assert ["a", "same", "same-1"] == [section.anchor for section in text.sections]


def test_help_of_a_page_leads_to_its_place_and_of_an_unknown_page_to_the_contents(client):
    keep(PACKAGE, public=True)

    assert 'href="/help/handbook/books-site/#proofs"' in flat(client.get("/p/harbour/books/proofs/"))
    assert 'href="/help/handbook/people/#signing-in"' in flat(client.get("/sign-in/"))
    assert 'class="help-link" href="/help/"' in flat(client.get("/nowhere/"))


def test_the_handbook_is_searched_with_everything_else(client):
    found = client.get("/search/", {"q": "telephone signal"}).content.decode()

    assert '<a href="/help/handbook/chain/#in-the-field-on-a-telephone">' in found
    assert (
        '<a href="/help/glossary/#earmark">earmark</a>' in client.get("/search/?q=Earmark").content.decode()
    )
    assert [] == handbook.find_in_handbook(["nosuchwordanywhere"], most=5)


def test_each_word_of_the_glossary_stands_in_both_languages_in_the_same_order():
    english, ukrainian = (
        [word.key for part in glossary(language) for word in part.words] for language in ("en", "uk")
    )

    assert english == ukrainian
    assert "цільове призначення" == words_by_key("uk")["earmark"].word
    assert 82 == len(english)
    assert {key for keys in WORDS.values() for key in keys} <= set(words_by_key("en"))
    assert set(WORDS) <= set(PLACES)


def test_each_ukrainian_word_has_an_official_source_or_says_that_none_was_found(client):
    """The words with a source were counted by hand in the file: 19 of 82."""
    words = [word for part in glossary("uk") for word in part.words]
    found = [word for word in words if word.official.address]
    page = flat(client.get("/help/glossary/", headers={"Accept-Language": "uk"}))

    assert 19 == len(found)
    assert {"офіційного джерела не знайдено"} == {word.official.says for word in words if word not in found}
    assert [] == [word.key for word in found if not (word.official.says[0] == "«" and word.official.source)]
    assert [] == [word.key for word in found if not re.match(r"https?://[\w.-]+/", word.official.address)]
    assert '«партнер з розвитку»: <a href="https://gov.lica.com.ua/b_text.php?base=1&amp;id=1039089' in page
    assert "Цивільний кодекс України, ст. 560</a>" in page
    assert 63 == page.count("офіційного джерела не знайдено")


def test_a_word_explains_itself_without_a_script(client):
    keep(PACKAGE, public=True)
    page = client.get("/p/harbour/books/balances/").content.decode()

    assert re.search(
        r'<button type="button" aria-describedby="term-trial-balance">trial balance</button>'
        r'<span class="term-meaning" role="tooltip" id="term-trial-balance">the balance of every account on a day<',
        page,
    )
    ids = re.findall(r'id="(term-[\w-]+)"', page)
    assert len(ids) == len(set(ids)) == 3


def test_the_tour_leads_a_visitor_from_page_to_page_to_its_end(client, monkeypatch):
    """Nobody is signed in: the steps are those whose pages everybody sees."""
    for module in (tour, help_pages):
        monkeypatch.setattr(module, "PLACE", "harbour")
    keep(PACKAGE, public=True)
    address = re.search(r'class="button primary" href="([^"]+)">Begin', flat(client.get("/help/tour/")))
    assert address is not None
    following, seen = address[1].replace("&amp;", "&"), []
    while following != "/help/tour/end/":
        page = client.get(following)
        box = re.search(r'<aside class="tour".*?</aside>', flat(page), re.DOTALL)
        assert page.status_code == 200, following
        assert box is not None, following
        seen.append(re.search(r"Step (\d) of (\d)", box[0]).groups())
        following = re.search(r'class="button primary" href="([^"]+)"', box[0])[1].replace("&amp;", "&")

    assert [(str(step), "5") for step in range(1, 6)] == seen
    assert "The tour ends here" in flat(client.get(following))
    assert 400 == client.get("/p/harbour/books/", {"tour": "nothing"}).status_code
    assert 9 == len(tour.STEPS)


def test_without_the_sample_programme_the_tour_says_so(client):
    assert "The sample programme is not on this site" in client.get("/help/tour/").content.decode()


def test_what_is_new_has_every_note(client):
    page = client.get("/help/new/").content.decode()
    notes = list((CHECKOUT / "changes").glob("*.*.md"))

    assert len(notes) == page.count("<li><p>")


def test_the_foot_names_version_and_contact(client, settings):
    settings.CONTACT = "office@example.org"
    page = flat(client.get("/help/"))

    assert '<a href="mailto:office@example.org">office@example.org</a>' in page
    assert re.search(r"Pledgeline \d+\.\d+", page)
    settings.CONTACT = ""
    assert "Contact:" not in flat(client.get("/help/"))
