"""Planning in a real browser and with real processes: upload, wait, stop, read, ask, compare, take along."""

import io
import json
import re

import openpyxl
import pytest
from playwright.sync_api import expect

from pledgeline.exchange.workbook import write_problem
from pledgeline.plan import Package, Problem, parse_problem, problem_to_json
from tests.bench.plan_programmes import invent_programme
from tests.e2e.soundness import faults
from tests.planning import PROBLEM

MAKING = 60_000
"""Units: milliseconds, until a small plan is there: the process must start, and the machine may be busy."""

PARTS = [
    "",
    "lines/",
    "line/?line=R-2",
    "line/?line=R-4",
    "packages/",
    "package/?package=P-1",
    "money/",
    "contribution/?contribution=C-med",
    "what-if/?amount=90",
    "compare/",
    "delete/",
]


def small() -> Problem:
    problem, findings = parse_problem(json.dumps(PROBLEM), "p.json")
    assert not findings
    return problem


def workbook() -> bytes:
    return write_problem(small(), title="Invented winter")


def hand_in(page, data: bytes, name: str) -> None:
    page.get_by_label("Workbook (.xlsx) or problem (.json)").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    )
    page.get_by_role("button", name="Upload and look it over").click()


@pytest.fixture(scope="module")
def plan(windows, address, keys) -> str:
    """The address of a finished plan, made through the site."""
    page = windows.take(key=keys("planner"))
    page.goto(f"{address}/p/purl/plan/new/")
    hand_in(page, workbook(), "winter.xlsx")
    page.get_by_role("button", name="Make the plan").click()
    expect(page.get_by_role("heading", name="Proven best")).to_be_visible(timeout=MAKING)
    made = page.url.removeprefix(address)
    windows.give_back(page)
    return made


def test_the_first_page_says_what_to_do_and_gives_the_template(open_page):
    page = open_page("/p/purl/", signed_in="planner")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Plan", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Plans")
    page.get_by_role("link", name="New plan").click()
    with page.expect_download() as started:
        page.get_by_role("link", name="Download the template").click()
    book = openpyxl.load_workbook(io.BytesIO(started.value.path().read_bytes()))
    assert {"Requirements", "Offers", "Contributions", "Packages"} <= set(book.sheetnames)


def test_a_faulty_workbook_is_shown_at_its_cells_and_given_back_marked(open_page):
    book = openpyxl.load_workbook(io.BytesIO(workbook()))
    book["Requirements"]["D2"], book["Offers"]["D3"] = "ten", -5
    out = io.BytesIO()
    book.save(out)
    page = open_page("/p/purl/plan/new/", signed_in="planner")
    hand_in(page, out.getvalue(), "faulty.xlsx")

    expect(page.get_by_role("heading", name="2 errors must be corrected")).to_be_visible()
    expect(page.get_by_role("cell", name="D2", exact=True)).to_be_visible()
    page.get_by_label("Sheet").select_option("Offers")
    expect(page.get_by_role("cell", name="D2", exact=True)).not_to_be_visible()
    expect(page.get_by_role("cell", name="D3", exact=True)).to_be_visible()
    with page.expect_download() as started:
        page.get_by_role("link", name="Download your workbook with the cells marked").click()
    marked = openpyxl.load_workbook(io.BytesIO(started.value.path().read_bytes()))
    assert marked["Requirements"]["D2"].comment is not None


def test_a_plan_is_watched_stopped_and_kept_with_its_mark(open_page):
    """A problem that is not proven in seconds; the page moves by itself, and Stop leads to the best so far."""
    packages = (Package(id="P1"), Package(id="P2", order_day=30), Package(id="P3", order_day=60))
    problem = invent_programme(1_000, 40, packages=packages)
    page = open_page("/p/purl/plan/new/", signed_in="planner")
    hand_in(page, json.dumps(problem_to_json(problem)).encode(), "large.json")
    page.get_by_label("Seconds at most").fill("600")
    page.get_by_role("button", name="Make the plan").click()
    expect(page.get_by_role("heading", name=re.compile("Priority|Working out"))).to_be_visible(timeout=MAKING)

    page.get_by_role("button", name="Stop and keep the best so far").click()
    expect(page.get_by_role("heading", name="Stopped early")).to_be_visible(timeout=3 * MAKING)
    expect(page.get_by_text("Stopped by a person.")).to_be_visible()
    expect(page.get_by_text("This is the best plan that was found before it was stopped.")).to_be_visible()


def test_the_result_leads_to_each_line_package_and_partner(open_page, plan):
    page = open_page(plan, signed_in="planner")
    region = page.get_by_role("region", name="First of the requirements that wait, and why")
    region.get_by_role("link", name="R-4").click()
    expect(page.get_by_text("is left of the money that may pay for it (C-any Ruritania)")).to_be_visible()
    page.get_by_role("button", name="Look deeper").click()
    expect(page.get_by_text("more money that may pay for it")).to_be_visible(timeout=MAKING)

    page.get_by_role("navigation", name="Parts of this plan").get_by_role("link", name="Packages").click()
    page.get_by_role("link", name="P-1", exact=True).click()
    page.get_by_role("link", name="C-med").first.click()
    page.get_by_role("button", name="Find out").click()
    expect(page.get_by_text("without its limit by category")).to_be_visible(timeout=MAKING)


def test_what_if_answers_while_the_slider_moves_and_is_confirmed(open_page, plan):
    page = open_page(f"{plan}what-if/", signed_in="planner")
    expect(page.get_by_text("Write a sum to see what it would change")).to_be_visible()
    page.get_by_label("More money, in USD").evaluate(
        "slider => { slider.value = slider.max; slider.dispatchEvent(new Event('input', {bubbles: true})) }"
    )
    expect(page.get_by_role("heading", name="more, by the bound")).to_be_visible()
    assert page.get_by_label("Amount in whole units").input_value() != ""

    page.get_by_label("Amount in whole units").fill("40")
    expect(page.get_by_role("heading", name="With USD 40 more")).to_be_visible()
    page.get_by_label("On which terms").select_option("like:C-med")
    expect(page.get_by_text("the money would buy nothing more")).to_be_visible()
    page.get_by_label("On which terms").select_option("")
    expect(page.get_by_text("the money would buy nothing more")).not_to_be_visible()
    page.get_by_role("button", name="Confirm it with a real plan").click()
    expect(page.get_by_text("Priority 2 +0.10").first).to_be_visible(timeout=MAKING)

    page.get_by_role("link", name="Side by side").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Two plans side by side")
    expect(page.get_by_role("row", name=re.compile("R-4 generator"))).to_contain_text("+1")


def test_what_is_taken_along_holds_the_plan(open_page, plan):
    page = open_page(plan, signed_in="planner")
    files = {}
    for name in ("Workbook (XLSX)", "Plan (JSON)", "Problem (JSON)", "The file as it was handed in"):
        with page.expect_download() as started:
            page.get_by_role("link", name=name).click()
        files[name] = started.value.path().read_bytes()

    assert "Summary" in openpyxl.load_workbook(io.BytesIO(files["Workbook (XLSX)"])).sheetnames
    assert json.loads(files["Plan (JSON)"])["paid_minor"] == {"C-any": 950_00, "C-med": 400_00}
    assert 4 == len(json.loads(files["Problem (JSON)"])["lines"])
    assert workbook()[:2] == files["The file as it was handed in"][:2]


def test_everything_works_without_scripts(open_page):
    page = open_page("/p/purl/plan/new/", scripts=False, signed_in="planner")
    page.get_by_role("button", name=re.compile("Use it.*An energy")).click()
    page.get_by_label("Fast: a good plan sooner").check()
    page.get_by_role("button", name="Make the plan").click()
    expect(page.get_by_role("heading", name="Packages and who pays for them")).to_be_visible(
        timeout=2 * MAKING
    )

    parts = page.get_by_role("navigation", name="Parts of this plan")
    parts.get_by_role("link", name="What if").click()
    page.get_by_label("Amount in whole units").fill("100000")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_role("heading", name=re.compile("With .*100,000 more"))).to_be_visible()
    page.get_by_role("navigation", name="Parts of this plan").get_by_role("link", name="Result").click()
    page.get_by_role("link", name="Delete").click()
    expect(page.get_by_role("heading", name="Delete this plan?")).to_be_visible()
    page.get_by_role("button", name="Delete it").click()
    expect(page).to_have_url(re.compile("/p/purl/plan/$"))


def test_no_page_of_a_plan_has_a_barrier_or_is_wider_than_the_window(open_page, plan):
    found = []
    page = open_page("/p/purl/plan/", signed_in="planner")
    for path in ["/p/purl/plan/", "/p/purl/plan/new/", *(f"{plan}{part}" for part in PARTS)]:
        page.goto(f"{page.url.split('/p/purl/')[0]}{path}")
        found += faults(page)

    assert [] == found
