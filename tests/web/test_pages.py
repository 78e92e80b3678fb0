"""Every page answers, shows what the rule says, and leads on."""

import csv
import html
import io
import re
from datetime import date

import pytest

from pledgeline.charts import CHART_CSS
from pledgeline.records.snapshot import snapshot
from tests.web.crawl import follow, links_of
from tests.web.html import flat

pytestmark = pytest.mark.django_db


def test_every_link_leads_somewhere(site):
    """All pages without parameters, their files and pictures, and every link on them."""
    seen = follow(site, ["/"], leads_on=lambda address: "?" not in address)

    strange = {address: code for address, code in seen.items() if code not in (200, 302)}
    assert strange == {"/p/purl/plan/": 403}  # which says how to get in
    assert len(seen) > 150


def test_every_row_of_the_record_has_its_page(site):
    record = snapshot("purl").record
    rows = {f"/p/purl/announcements/{row.id}/" for row in record.announcements}
    rows |= {f"/p/purl/packages/{row.id}/" for row in record.packages}
    rows |= {f"/p/purl/sources/{row.id}/" for row in record.sources}
    rows |= {f"/p/purl/partners/{code}/" for row in record.announcements for code in row.partners}

    assert {200} == {site.get(address).status_code for address in rows}


@pytest.mark.parametrize(
    "address",
    [
        "/p/nowhere/",
        "/p/purl/announcements/C999/",
        "/p/purl/partners/ZZZ/",
        "/p/purl/partners/ZZZ/picture.svg",
        "/p/purl/packages/PKG99/",
        "/p/purl/sources/S999/",
        "/p/purl/stated-totals/0000000000/",
        "/p/purl/picture/nothing.svg",
        "/p/purl/announcements.pdf",
        "/p/purl/items/pac3_mse/",
    ],
)
def test_what_is_not_there_is_said_to_be_missing(site, address):
    answer = site.get(address)

    assert 404 == answer.status_code
    assert "There is no such page" in answer.content.decode()


def test_the_start_leads_to_the_only_programme(site):
    assert "/p/purl/" == site.get("/")["Location"]


def figure(page: str, name: str) -> str:
    """Read a headline figure by the id of its card."""
    card = re.search(rf'aria-labelledby="f-{name}">(.*?)</section>', page, re.S)
    assert card
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", card[1]))).replace("\u00a0", " ")


def test_the_overview_shows_the_sum_of_the_day(site):
    """By 5 August 2025: 578 million (Netherlands) + 90 (Denmark) + 146 (Norway) + 275 (Sweden) = 1,089 million."""
    page = site.get("/p/purl/?as_of=2025-08-05").content.decode()

    assert "USD 1.09 billion" in figure(page, "announced")
    assert "USD 1,089,000,000 · 4 rows" in figure(page, "announced")
    assert "1 × announced jointly" in figure(page, "again")


def test_the_day_before_the_first_announcement_is_empty_and_says_so(site):
    page = site.get("/p/purl/?as_of=2025-08-03").content.decode()

    assert "USD 0 USD 0 · 0 rows" in figure(page, "announced")
    assert "none by this day" in figure(page, "stated")
    assert "Nothing had been announced by this day." in page


def summary(page: str) -> str:
    part = re.search(r'<section class="card summary".*?</section>', page, re.DOTALL)
    assert part
    return " ".join(re.sub("<[^>]+>", " ", html.unescape(part[0])).replace("\u00a0", " ").split())


def test_the_overview_of_the_last_day_of_2025_says_one_sentence_with_its_sources(site):
    """Figures by a script over the CSV files; the pages behind it by hand from the counted rows."""
    page = site.get("/p/purl/?as_of=2025-12-31").content.decode()
    said = summary(page)

    assert (
        "By 31 Dec 2025 , 24 partners had announced USD 4.28 billion for PURL; USD 332 million of it is "
        "reported as committed or paid. Others stated USD 4.18 billion to USD 5 billion."
    ) in said
    assert (
        "By 31 Dec 2025 , 24 partners had announced USD 4,276,334,912.80 for PURL, "
        "of which USD 332,454,040.82 was reported as committed or paid."
    ) in said
    assert "It is the sum of 33 announcements, 3 of which name no amount" in said
    assert "a rate more than 31 days old is not used" in said
    assert "The record is not thin on this day. Pages become thin after 28 February 2026" in said
    assert "/p/purl/sources/S010/?as_of=2025-12-31" in page
    assert 'href="https://' in page


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2026-03-01", "The record is thin on this day."),
        ("2026-09-30", "The record is thin on this day."),
        ("2026-10-01", "The record has ended before this day."),
        ("2026-11-28", "a search on 28 November 2026 found nothing later"),
    ],
)
def test_the_overview_says_where_the_record_is_thin(site, on, said):
    assert said in summary(site.get(f"/p/purl/?as_of={on}").content.decode())


def test_what_is_no_sum_is_counted_and_not_added_up(site):
    """By the end of 2025: of 7 rows that repeat C004, C029, C044 are joint, C008, C015, C016 in another currency, and
    C028 says the same again; 18 conflict, 6 were replaced."""
    page = site.get("/p/purl/?as_of=2025-12-31").content.decode()
    again = figure(page, "again")

    assert "31 rows" in again
    for count in ("3 × announced jointly", "3 × in another currency", "1 × said again"):
        assert count in again
    assert "18 × another figure of the press" in again
    assert "6 × superseded" in again
    assert "USD" not in again


def test_of_three_statements_of_one_day_the_official_one_is_named_first_and_the_others_beside_it(site):
    said = figure(site.get("/p/purl/?as_of=2025-12-31").content.decode(), "stated")

    assert said.index("USD 4.3 billion Zelensky") < said.index("Also stated: USD 4.18 billion , Babel")
    assert "Also stated: USD 5 billion , Politico and UNITED24 Media ('around', for 2025)" in said


def test_files_say_how_far_the_record_reaches(site):
    rows = site.get("/p/purl/announcements.csv?as_of=2026-11-28").content.decode().splitlines()

    assert "record" in rows[0]
    assert all("ended before the day asked for" in row for row in rows[1:])


def test_the_currency_changes_every_figure(site):
    """By 4 August 2025 the 500 million euros that the Netherlands announced, as announced."""
    page = site.get("/p/purl/?as_of=2025-08-04&currency=EUR").content.decode()

    assert "EUR 500 million" in figure(page, "announced")


def test_links_keep_the_day_and_the_currency(site):
    page = site.get("/p/purl/?as_of=2025-12-31&currency=EUR").content.decode()
    inside = {
        link
        for link in links_of(page)
        if link.startswith("/p/purl/")
        and not link.endswith((".atom", ".jsonld"))
        and "as_of=2025-12-31&currency=EUR" not in link
    }

    assert set() == inside


def test_an_announcement_opens_with_rate_sources_and_relations(site):
    """Iceland's 500 million kronur of 13 November 2025 have no dollar figure: they cross over the euro."""
    page = html.unescape(site.get("/p/purl/announcements/C027/").content.decode()).replace("\u00a0", " ")

    assert "ISK 500,000,000" in page
    assert re.search(r"1 EUR = [0-9.]+ ISK", page)
    assert re.search(r"1 EUR = [0-9.]+ USD", page)
    assert "/p/purl/sources/S199/" in page
    assert "/p/purl/sources/S081/" in page
    assert "/p/purl/announcements/C029/" in page


def test_a_replaced_row_says_since_when(site):
    before = site.get("/p/purl/announcements/C006/?as_of=2025-09-08").content.decode()
    after = site.get("/p/purl/announcements/C006/?as_of=2025-09-09").content.decode()

    assert "new money" in before
    assert "replaced by a newer figure" in after


def rows_shown(page: str) -> list[str]:
    return re.findall(r'<tr class="t-[a-z-]+">\s*<td[^>]*><a href="/p/purl/announcements/(C\d+)/', page)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("partner=CAN", ["C066", "C065", "C010"]),
        ("package=PKG03&sort=id", ["C007", "C008", "C031"]),
        ("stage=paid", ["C027"]),
        ("treatment=replaced by a newer figure&sort=id", ["C006", "C017", "C023", "C032", "C073", "C076"]),
        ("q=hawk", ["C001"]),
        ("q=HAWK+components", ["C001"]),
        ("since=2025-08-24&until=2025-08-29&sort=announced", ["C010", "C011", "C078"]),
        ("as_of=2025-08-05&sort=-value", ["C001", "C004", "C005", "C003", "C002"]),
        ("as_of=2025-08-05&sort=value", ["C002", "C003", "C005", "C004", "C001"]),
        ("q=no+such+words", []),
        ("treatment=apart", ["C068", "C074"]),
    ],
)
def test_the_table_filters_and_sorts(site, query, expected):
    assert expected == rows_shown(site.get(f"/p/purl/announcements/?{query}").content.decode())


def test_rows_without_a_value_stay_last_in_both_directions(site):
    silent = {"C017", "C023", "C049", "C052", "C054", "C060", "C070", "C076"}
    for sort in ("amount", "-amount"):
        first = rows_shown(site.get(f"/p/purl/announcements/?sort={sort}").content.decode())
        second = rows_shown(site.get(f"/p/purl/announcements/?sort={sort}&page=2").content.decode())
        assert silent == set((first + second)[-len(silent) :])


def test_pages_of_a_table_together_hold_every_row_once(site):
    shown = []
    for number in (1, 2):
        shown += rows_shown(site.get(f"/p/purl/announcements/?page={number}").content.decode())

    assert sorted(row.id for row in snapshot("purl").record.announcements) == sorted(shown)


def test_a_live_filter_gets_the_table_alone(site):
    part = site.get("/p/purl/announcements/?partner=CAN", headers={"HX-Request": "true"}).content.decode()

    assert ["C066", "C065", "C010"] == rows_shown(part)
    assert "<html" not in part


@pytest.mark.parametrize(
    "page", ["announcements", "partners", "packages", "deliveries", "stated-totals", "items", "sources"]
)
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_files_hold_every_row_of_the_table(site, page, ending, tmp_path):
    import csv
    import io

    import openpyxl

    answer = site.get(f"/p/purl/{page}.{ending}")
    shown = re.search(r'role="status">(\d+) row', flat(site.get(f"/p/purl/{page}/")))
    if ending == "csv":
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
        rows = [list(row) for row in sheet.iter_rows(values_only=True)]

    assert int(shown[1]) == len(rows) - 1
    assert re.search(rf"purl-{page}-2\d{{3}}-\d\d-\d\d\.{ending}", answer["Content-Disposition"])


def test_a_file_has_the_order_and_the_filters_of_the_page(site):
    import csv
    import io

    answer = site.get("/p/purl/announcements.csv?as_of=2025-08-05&sort=-value&treatment=counted")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))

    assert ["C001", "C005", "C003", "C002"] == [row["id"] for row in rows]
    assert ["578000000.00", "275000000.00", "146000000.00", "90000000.00"] == [row["value"] for row in rows]


def test_a_picture_is_a_file_of_its_own(site):
    for name in ("steps", "flow", "map", "bars"):
        answer = site.get(f"/p/purl/picture/{name}.svg")
        assert answer["Content-Type"].startswith("image/svg+xml")
        assert answer.content.startswith(b"<svg xmlns=")


def test_the_style_sheet_of_the_charts_is_that_of_the_charts():
    from django.contrib.staticfiles import finders

    with open(finders.find("pledgeline/charts.css"), encoding="utf-8") as file:
        assert CHART_CSS == file.read()


def test_nothing_is_announced_after_the_day(site):
    """Whatever the page, no day of an announcement after the day asked for is on it."""
    for page in ("", "announcements/", "partners/", "packages/", "partners/NOR/", "packages/PKG02/"):
        shown = site.get(f"/p/purl/{page}?as_of=2025-10-01").content.decode()
        days = {date.fromisoformat(day) for day in re.findall(r'<time datetime="(\d{4}-\d\d-\d\d)"', shown)}
        assert max(days) <= date(2026, 7, 9)
        announced = re.findall(r'class="day-cell"><time datetime="([^"]+)"', shown)
        assert all(date.fromisoformat(day) <= date(2025, 10, 1) for day in announced)


def test_a_floor_that_ours_reaches_has_no_difference_anywhere(site):
    """ "More than 2 billion" on 31 August; ours is 2.208 billion."""
    page = site.get("/p/purl/stated-totals/?as_of=2025-08-31").content.decode()
    rows = list(
        csv.DictReader(io.StringIO(site.get("/p/purl/stated-totals.csv").content.decode("utf-8-sig")))
    )
    (row,) = [
        row for row in rows if (row["as_of"], row["said_by"]) == ("2025-08-31", "Zelensky ('more than')")
    ]
    address = re.search(r"Zelensky \(.{1,9}more than.*?href=\"([^\"]*)\"", page, re.DOTALL)[1]
    opened = site.get(html.unescape(address)).content.decode()

    assert ("2208321200.00", "", "floor reached") == (
        row["ours"],
        row["difference"],
        row["agreement"],
    )
    assert {"floor reached", "equal", "differs", ""} == {row["agreement"] for row in rows}
    for shown in (page, opened):
        assert "floor reached" in shown
        assert "208,321,200" not in shown.replace("2,208,321,200", "")


def test_what_nothing_explains_is_said_in_the_right_direction(site):
    """Seven partners were stated where we count eight, and five packages where we count four."""
    rows = site.get("/p/purl/stated-totals/").content.decode()
    addresses = dict.fromkeys(re.findall(r'href="(/p/purl/stated-totals/[0-9a-f]{10}/)', rows))
    pages = [site.get(address).content.decode() for address in addresses]

    assert any("the statement may exclude some of what is counted here" in page for page in pages)
    assert any("the statement may include what is not in the record" in page for page in pages)


def test_pages_say_announced_and_never_told(site):
    for address in ("/p/purl/", "/p/purl/announcements/", "/p/purl/packages/PKG08/", "/p/purl/rules/"):
        assert "Announced, not booked" in site.get(address).content.decode()
        assert not re.search(r"\b[Tt]old, not\b", site.get(address).content.decode())


def test_every_measure_of_the_record_has_a_name(site):
    """A key that nobody named ends in its currency: "Shortfall 2025 usd"."""
    rows = csv.DictReader(io.StringIO(site.get("/p/purl/stated-totals.csv").content.decode("utf-8-sig")))

    assert not [
        row["name"]
        for row in rows
        if row["name"] == row["measure"].replace("_", " ").capitalize()
        and row["measure"].endswith(("usd", "eur"))
    ]
