"""The room of guarantees in a browser: readable for everybody, at every width, and without scripts."""

import pytest

from tests.e2e.soundness import faults

PAGES = [
    "/guarantees/",
    "/guarantees/obligations/",
    "/guarantees/matrix/",
    "/guarantees/coverage/",
    "/guarantees/coverage/?on=soon&to=XX",
    "/guarantees/duties/?kind=consult&event=armed_attack",
    "/guarantees/compare/?i=budapest-1994&i=minsk-2-2015&i=paris-declaration-2026",
    "/guarantees/without/?x=US&y=GB",
    "/guarantees/funding/",
    "/guarantees/vetoes/",
    "/guarantees/scenarios/",
    "/guarantees/scenarios/weekend-attack/",
    "/guarantees/scenarios/sabotage/",
    "/guarantees/scenarios/write/",
    "/guarantees/instruments/paris-declaration-2026/",
    "/guarantees/instruments/ua-us-2024/",
    "/sign-in/",
]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_no_barrier_and_is_never_wider_than_the_window(open_page, path):
    assert faults(open_page(path)) == []


def test_a_scenario_is_written_without_scripts(open_page):
    page = open_page("/guarantees/scenarios/write/", scripts=False)
    page.get_by_label("What happens").select_option("naval_blockade")
    page.get_by_label("By", exact=True).select_option("RU")
    page.get_by_label("Title").fill("A blockade, invented")
    page.get_by_role("button", name="Show who owes what").first.click()

    assert page.get_by_role("heading", level=1).inner_text() == "A blockade, invented"
    assert "An assumption, not an event" in page.get_by_role("note").inner_text()


def test_a_filter_narrows_the_register_in_place(open_page):
    page = open_page("/guarantees/")
    page.get_by_label("Words").fill("minsk")
    page.get_by_text("2 rows").wait_for()

    assert "q=minsk" in page.url


def test_somebody_changes_an_instrument_and_measures_a_promise_by_the_books(open_page, first_person):
    """The first account is made, a slip is found at its line, a change is seen before it is saved."""
    page = open_page(first_person, refused=422)
    page.get_by_label("Name").fill("olena")
    page.get_by_label("Password", exact=True).fill("a long and plain phrase")
    page.get_by_label("Password again").fill("a long and plain phrase")
    page.get_by_role("button", name="Make the account").click()

    page.get_by_role("link", name="Guarantees").first.click()
    page.goto(f"{page.url.split('/guarantees/')[0]}/guarantees/instruments/ua-ro-2024/edit/")
    text = page.get_by_label("Text (TOML)")
    shipped = text.input_value()
    spoiled = shipped.replace('kind = "air_defence"', 'kind = "air_defense"')
    text.fill(spoiled)
    page.get_by_role("button", name="Check, and show what it changes").click()
    line = spoiled[: spoiled.index("air_defense")].count("\n") + 1
    assert f"Line {line}" in page.get_by_role("main").inner_text()
    assert "Did you mean “air_defence”" in page.get_by_role("main").inner_text()
    assert page.get_by_role("button", name="Save this version").count() == 0
    assert faults(page) == []

    page.set_viewport_size({"width": 1440, "height": 900})
    page.get_by_label("Text (TOML)").fill(shipped.replace('kind = "air_defence"', 'kind = "training"'))
    page.get_by_role("button", name="Check, and show what it changes").click()
    altered = page.get_by_role("region", name="What this changes in the coverage")
    assert "no longer covered" in altered.inner_text()
    page.get_by_label("Reason").fill("An exercise")
    page.get_by_role("button", name="Save this version").click()
    assert "version 1, written here by olena" in page.get_by_role("main").inner_text()

    page.goto(page.url.replace("ua-ro-2024/", "ua-gb-2024/"))
    page.get_by_text("Measured by which contributions").first.click()
    page.get_by_label("Programme").first.select_option("illustration")
    page.get_by_label("Reference of the contribution").first.fill("C03")
    page.get_by_label("Reason").first.fill("An exercise")
    page.get_by_role("button", name="Measure by it").first.click()
    measured = page.get_by_role("table", name="Promised, received, accepted").first
    assert ["Period", "Promised", "Received", "Accepted", "Missing"] == measured.get_by_role(
        "columnheader"
    ).all_inner_texts()
    assert faults(page) == []
