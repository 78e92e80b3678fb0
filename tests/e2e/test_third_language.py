"""A third language is a folder: a site with one whose texts are all 40 per cent longer, walked on a telephone.

It is made of copies of the catalogues and known to this test alone (`tools/longer.py`). Every kind of page that an
administrator can reach by links is opened once. No page may be wider than the window, no figure may be cut off, and
no text of ours may stand there as it is written in the code: what has no accent has no translation.
"""

import ast
import csv
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urljoin

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Error

from pledgeline.accounts.stand_ins import PLACE, STAND_INS
from pledgeline.programme.toml import read_toml
from tests.e2e.conftest import site
from tests.e2e.house import PASSWORD, PEOPLE, PROGRAMME
from tests.e2e.soundness import clipped
from tools.longer import LANGUAGE, copy_to
from tools.texts import CHECKOUT, SOURCE

STARTS = (
    "/p/illustration/",
    "/p/year/",
    "/p/purl/",
    "/guarantees/",
    "/people/",
    "/audit/",
    "/help/",
    "/search/?q=a",
)

NO_PAGES = re.compile(r"^/(static|api|sign-out)/|\.[a-z]{2,9}$")

MOST_TRIED = 3
"""Units: addresses of a kind that are tried where none is a page."""

SAID = r"""() => {
  const skipped = "pre, code, kbd, samp, script, style, textarea, .brand, [lang]:not(html)";
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    if (!node.parentElement.closest(skipped)) found.push(node.data);
  }
  for (const element of document.body.querySelectorAll("[aria-label], [title], [placeholder], [alt]")) {
    if (element.closest(skipped)) continue;
    for (const name of ["aria-label", "title", "placeholder", "alt"]) {
      if (element.getAttribute(name)) found.push(element.getAttribute(name));
    }
  }
  return found;
}"""
"""Gives what a page says: its texts, and those of its attributes that are read out."""

LINKS = """() => [...document.querySelectorAll("a[href]")].map(each => each.getAttribute("href"))"""

_RUN = re.compile(r"(?<![\w&;%$./-])[A-Za-z](?:[A-Za-z’'-]| (?=[A-Za-z]))*[A-Za-z](?![\w/_.:=-])")


def runs(text: str) -> set[str]:
    """Give the words of a text that stand together without an accent.

    >>> sorted(runs("Ňéŵ: Norway pays, 3 rows"))
    ['Norway pays', 'rows']
    """
    return set(_RUN.findall(" ".join(text.split())))


NAMES = {"BibTeX", "JSON-LD", "HiGHS", "Beancount", "hledger", "Pledgeline"}
"""Names of formats and programs; those of capitals alone are codes."""

KEYS = {"entry", "input", "root", "requirement", "sign-in", "invented", "first start"}
"""Keys of the audit trail, and words that stand in data of the tests: as a file has them."""

OF_OTHERS = ("cli", "migrations", "illustration")
"""Rooms that speak English alone: commands, and what the invented year is made of."""


@cache
def of_the_code() -> set[str]:
    """Give the words that stand together in texts of the program."""
    found: set[str] = set()
    for path in SOURCE.rglob("*.py"):
        if not set(OF_OTHERS) & set(path.parts):
            found |= _of_python(path)
    for path in [*SOURCE.rglob("*.html"), *(SOURCE / "data" / "sentences" / "en").glob("*.ftl")]:
        found |= runs(path.read_text(encoding="utf-8"))
    return (
        {run for run in found if not run.isupper()} - NAMES - KEYS - {*STAND_INS, PLACE, PROGRAMME, *PEOPLE}
    )


def _of_python(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    constants = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    return {run for value in constants if isinstance(value, str) for run in runs(value)}


def _texts(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for key, part in value.items():
                yield key
                yield from _texts(part)
        case list() | tuple():
            for part in value:
                yield from _texts(part)


@cache
def of_the_data() -> set[str]:
    """Give the words that stand together in what other people said: records, treaties, the invented year."""
    found: set[str] = set()
    for path in (SOURCE / "data").rglob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            found.update(run for row in csv.reader(file) for cell in row for run in runs(cell))
    for path in (SOURCE / "actions" / "illustration").glob("*.py"):
        found |= _of_python(path)
    for path in (SOURCE / "data").rglob("*.toml"):
        found.update(
            run for text in _texts(read_toml(path.read_text(encoding="utf-8"))) for run in runs(text)
        )
    return found


@pytest.fixture(scope="module")
def longer_site(tmp_path_factory, environment, fitted_out, homes) -> Iterator[str]:
    """Start a site of the copy with the language, with accounts and the invented year."""
    home = homes / "fitted-out"
    source = copy_to(tmp_path_factory.mktemp("longer") / "copy")
    with site({**environment, "PLEDGELINE_HOME": str(home), "PYTHONPATH": f"{source}:{CHECKOUT}"}) as base:
        yield base


@pytest.fixture
def longer_page(browser, longer_site):
    """Give a page of a telephone, signed in, whose language is the longer one."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="en-GB")
    page = context.new_page()
    page.goto(f"{longer_site}/sign-in/")
    page.get_by_label("Name").fill("boss")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.get_by_role("main").get_by_role("button", name="Sign out", exact=True).wait_for()
    context.add_cookies([{"name": "language", "value": LANGUAGE, "url": longer_site}])
    yield page
    context.close()


def kind_of(path: str) -> str:
    try:
        match = resolve(path)
    except Resolver404:
        return ""
    return "" if "format_" in match.kwargs else match.view_name


def walk(page, base: str) -> Iterator[str]:
    """Open one page of each kind that links lead to; give the address of each. An address that answers
    otherwise than with a page is passed over, and of its kind another one is tried."""
    waiting, seen, tried = list(STARTS), set[str](), Counter[str]()
    while waiting:
        address = waiting.pop(0)
        path = address.partition("?")[0]
        kind = kind_of(path)
        if not kind or NO_PAGES.search(path) or kind in seen or tried[kind] == MOST_TRIED:
            continue
        tried[kind] += 1
        try:
            answer = page.goto(f"{base}{address}")
        except Error:  # a file, which the browser takes
            continue
        if answer is None or answer.status != 200:
            continue
        seen.add(kind)
        yield address
        links = (urljoin(address, link) for link in page.evaluate(LINKS))
        waiting += [link.partition("#")[0] for link in links if link.startswith("/")]


def test_every_kind_of_page_holds_longer_words_and_says_nothing_that_no_catalogue_has(
    longer_page, longer_site
):
    ours = of_the_code() - of_the_data()
    faults, opened = [], 0
    for address in walk(longer_page, longer_site):
        opened += 1
        assert longer_page.locator("html").get_attribute("lang") == LANGUAGE
        left = {run for text in longer_page.evaluate(SAID) for run in runs(text)} & ours
        faults += [f"{address} has no translation for “{run}”" for run in sorted(left)]
        faults += clipped(longer_page, widths=(360,))

    assert faults == []
    assert opened >= 100, "the walk does not find the kinds of pages any more"


def test_the_finder_finds():
    """“Norway” is of the record, “rows” of the code; what has accents is neither."""
    assert {"Norway pays", "rows"} == runs("Ňéŵŵ: Norway pays, 3 rows, řóŵŵš, /p/purl/, a.csv")
    assert "Skip to the content" in of_the_code()
    assert "Norway" in of_the_data()
