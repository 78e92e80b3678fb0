"""Every table by address: page, JSON, CSV and workbook hold the same rows; a stranger's hold no more than his page."""

import csv
import io
import json
import re
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
from django.test import Client

from pledgeline.programme.roles import Role
from pledgeline.programme.settings import WITHHOLDABLE, DataLicence
from pledgeline.records.models import ProgrammeRecord
from tests.people import a_person
from tests.web.books import PACKAGE, keep
from tests.web.html import flat
from tests.web.test_parameters import ADDRESSES, known, world  # noqa: F401 (fixtures)

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

ENDING = re.compile(r"\.(csv|xlsx|json)(?=\?|$)")
ELSEWHERE = {
    "rights-file",
    "plan-sample-file",
    "guarantees-scenario-file",
    "ocds-file",
    "workbook-file",
    "claims-file",
}
TABLES = sorted(
    name
    for name, (address, *_more) in ADDRESSES.items()
    if name.endswith("-file") and ENDING.search(address) and name not in ELSEWHERE
)
"""Every address that has an ending for each kind of file."""


def content_of(answer) -> bytes:
    return answer.getvalue() if answer.streaming else answer.content


def csv_rows(answer) -> tuple[list[str], list[list[str]]]:
    header, *rows = csv.reader(io.StringIO(content_of(answer).decode("utf-8-sig")))
    return header, rows


def xlsx_rows(answer) -> tuple[list[str], list[list[object]]]:
    header, *rows = openpyxl.load_workbook(io.BytesIO(content_of(answer))).active.iter_rows(values_only=True)
    return list(header), [list(row) for row in rows]


def typed(value: object) -> object:
    """Give a value of any of the three as one kind: numbers as numbers, days as texts, nothing as ""."""
    if value is None or value == "":
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, int | float | Decimal):
        return float(value)
    text = str(value).removeprefix("'")
    return float(text) if re.fullmatch(r"-?\d+(\.\d+)?", text) else text


@pytest.mark.parametrize("name", TABLES)
def test_json_csv_and_workbook_hold_the_same_rows_and_values(world, name):  # noqa: F811
    """A workbook has names where the others have keys: what is no number and no day may be said in other words."""
    address, *more = ADDRESSES[name]
    answers = {}
    for ending in ("json", "csv", "xlsx"):
        ADDRESSES[name] = (ENDING.sub(f".{ending}", address), *more)
        try:
            answers[ending] = world(name)
        finally:
            ADDRESSES[name] = (address, *more)
    assert {200} == {answer.status_code for answer in answers.values()}
    data = json.loads(content_of(answers["json"]))
    keys, rows = csv_rows(answers["csv"])
    headings, cells = xlsx_rows(answers["xlsx"])

    assert [list(row) for row in data["rows"]] == [keys] * len(rows)
    assert [[typed(value) for value in row.values()] for row in data["rows"]] == [
        [typed(value) for value in row] for row in rows
    ]
    assert (len(headings), len(cells)) == (len(keys), len(rows))
    for row, line in zip(data["rows"], cells, strict=True):
        for value, cell in zip(row.values(), line, strict=True):
            if isinstance(typed(value), float):
                assert typed(value) == pytest.approx(typed(cell))
            assert value in (None, "") or cell not in (None, ""), (row, line)
    day = r"-\d{4}-\d\d-\d\d(-known-\d{4}-\d\d-\d\d)?"
    for ending, answer in answers.items():
        assert re.search(rf'filename="[a-z-]+{day}\.{ending}"', answer["Content-Disposition"])


WITHHELD = {
    "announcements": "note",
    "packages": "note",
    "deliveries": "what",
    "stated-totals": "note",
    "items": "low",
}


@pytest.mark.parametrize("page", WITHHELD)
def test_a_strangers_file_has_the_rows_of_his_page_and_nothing_that_is_withheld(site, page):
    row = ProgrammeRecord.objects.get(slug="purl")
    row.public_fields = {kind: [] for kind in WITHHOLDABLE}
    row.raise_revision()
    row.save()
    of_somebody = json.loads(_of_somebody(f"/p/purl/{page}.json"))["rows"]
    shown = re.search(r'role="status">(\d+) row', flat(site.get(f"/p/purl/{page}/")))
    data = json.loads(site.get(f"/p/purl/{page}.json").content)["rows"]
    keys, rows = csv_rows(site.get(f"/p/purl/{page}.csv"))
    _headings, cells = xlsx_rows(site.get(f"/p/purl/{page}.xlsx"))

    assert {int(shown[1])} == {len(of_somebody), len(data), len(rows), len(cells)}
    assert any(row[WITHHELD[page]] for row in of_somebody)
    place = keys.index(WITHHELD[page])
    assert not any(row[WITHHELD[page]] for row in data)
    assert not any(row[place] for row in [*rows, *cells])


def _of_somebody(address: str) -> bytes:
    client = Client()
    client.force_login(a_person("eve", Role.COORDINATOR))
    return client.get(address).content


def test_a_file_of_a_programme_that_is_not_public_is_not_there(harbour):
    ProgrammeRecord.objects.filter(slug="harbour").update(published=False)

    below = ("announcements.json", "books.csv", "announcements.atom", "acceptances.atom", "dataset.jsonld")
    for address in ("/p/harbour.json", *(f"/p/harbour/{path}" for path in below)):
        assert harbour.get(address).status_code == 404, address
    assert "harbour" not in harbour.get("/sitemap.xml").content.decode()


def test_a_file_for_programs_is_the_same_in_every_language(site):
    english, ukrainian = (
        site.get("/p/purl/announcements.csv", headers={"Accept-Language": language}).content
        for language in ("en", "uk")
    )

    assert english == ukrainian
    assert csv_rows(site.get("/p/purl/announcements.csv"))[0][:3] == ["id", "announced", "known_to"]
    assert "Номер" in xlsx_rows(site.get("/p/purl/announcements.xlsx", headers={"Accept-Language": "uk"}))[0]


def links_of(answer) -> dict[str, str]:
    return {rel: address for address, rel in re.findall(r'<([^>]*)>; rel="([a-z]+)"', answer["Link"])}


def test_a_page_names_its_files_its_lasting_address_and_the_pages_beside(site):
    answer = site.get("/p/purl/announcements/?sort=-value&page=2&as_of=2025-12-31")
    links = links_of(answer)

    assert 'rel="alternate"; type="application/json"' in answer["Link"]
    assert links["canonical"] == "http://testserver/p/purl/announcements/?sort=-value&as_of=2025-12-31"
    assert links["prev"] == "/p/purl/announcements/?sort=-value&as_of=2025-12-31&page=1"
    assert answer["Link"] == site.get("/p/purl/announcements/?sort=-value&page=2&as_of=2025-12-31")["Link"]
    assert "prev" not in links_of(site.get("/p/purl/announcements/?sort=-value&as_of=2025-12-31"))
    page = answer.content.decode()
    assert "http://testserver/p/purl/announcements/?sort=-value&amp;as_of=2025-12-31" in page
    assert "@misc{purl-announcements-2025-12-31" in page
    name = ProgrammeRecord.objects.get(slug="purl").name
    assert f"author = {{{{{name}}}}}," in page
    assert "No licence of the data is stated." in page


def test_a_cited_page_of_the_books_has_both_days(harbour):
    links = links_of(harbour.get("/p/harbour/books/balances/?as_of=2025-10-01&known_on=2025-10-02"))

    assert links["canonical"].endswith("/p/harbour/books/balances/?as_of=2025-10-01&known_on=2025-10-02")
    assert "&known_on=20" in links_of(harbour.get("/p/harbour/books/balances/"))["canonical"]
    assert harbour.get(links["canonical"]).status_code == 200


def test_a_licence_goes_with_every_file(site):
    row = ProgrammeRecord.objects.get(slug="purl")
    licence = DataLicence(
        identifier="CC-BY-4.0", name="Attribution 4.0", address="https://example.org/by/4.0"
    )
    row.licence = licence.as_said()
    row.raise_revision()
    row.save()

    answer = site.get("/p/purl/items.json")
    assert json.loads(answer.content)["licence"] == licence.as_said()
    assert links_of(answer)["license"] == licence.address
    book = openpyxl.load_workbook(io.BytesIO(site.get("/p/purl/items.xlsx").content))
    assert "CC-BY-4.0" in book.properties.description
    assert json.loads(site.get("/p/purl/dataset.jsonld").content)["license"] == licence.address


def test_feeds_hold_what_is_public_under_names_that_stay(site):
    keep(PACKAGE)
    for address, entries in (("/p/purl/announcements.atom", 50), ("/p/harbour/acceptances.atom", 1)):
        first, again = site.get(address), site.get(address)
        names = re.findall(r"<entry>.*?<id>([^<]*)</id>", first.content.decode(), re.DOTALL)
        assert first.content == again.content
        assert entries >= len(names) == len(set(names)) > 0
        assert {200} == {site.get(name.removeprefix("http://testserver")).status_code for name in names[:3]}
    assert site.get("/guarantees/changes.atom").status_code == 200
    assert site.get("/guarantees/instruments/nothing.atom").status_code == 404


def test_the_sitemap_leads_only_to_pages_that_are_there(site):
    places = re.findall(r"<loc>http://testserver([^<]*)</loc>", site.get("/sitemap.xml").content.decode())

    assert {"/p/purl/announcements/C001/", "/guarantees/"} <= set(places)
    assert {200} == {site.get(place).status_code for place in places[::25]}
    assert "Sitemap: http://testserver/sitemap.xml" in site.get("/robots.txt").content.decode()
    dataset = json.loads(site.get("/p/purl/dataset.jsonld").content)
    assert {200} == {site.get(part["contentUrl"]).status_code for part in dataset["distribution"]}
