"""What the map of tiles promises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgeline.charts import GRID, Picture, Tile, tiles
from pledgeline.charts.tiles import class_bounds
from tests.charts.reading import SVG, framed, of_class, plainly, read, seen, tooltips

NATO = set(
    """ALB BEL BGR CAN HRV CZE DNK EST FIN FRA DEU GRC HUN ISL ITA LVA LTU LUX MNE NLD MKD NOR POL PRT ROU
    SVK SVN ESP SWE TUR GBR USA""".split()
)
UNION = set(
    """AUT BEL BGR HRV CYP CZE DNK EST FIN FRA DEU GRC HUN IRL ITA LVA LTU LUX MLT NLD POL PRT ROU SVK SVN
    ESP SWE""".split()
)
OTHERS = set("ISL LIE NOR CHE UKR MDA GEO SRB BIH XKX AUS NZL JPN KOR".split())


def draw(places: list[Tile], width: int = 800, recipient: str = "UKR") -> Picture:
    return tiles(
        places,
        frame=framed(width),
        amount=plainly,
        no_amount_label="no sum",
        absent_label="no announcement",
        elsewhere_label="elsewhere",
        empty_label="no partner yet",
        recipient=recipient,
        recipient_label="receives",
    )


def place(code: str, value: int | None, text: str = "") -> Tile:
    return Tile(code=code, name=f"State of {code}", value=value, text=text)


def test_every_country_has_a_cell_of_its_own():
    assert NATO | UNION | OTHERS == set(GRID)
    assert len(GRID) == len(set(GRID.values()))


@pytest.mark.parametrize(
    ("north", "south"),
    [
        ("NOR", "DNK"),
        ("DNK", "DEU"),
        ("EST", "LVA"),
        ("LVA", "LTU"),
        ("UKR", "ROU"),
        ("FRA", "ESP"),
        ("ITA", "MLT"),
    ],
)
def test_who_lies_north_of_whom(north: str, south: str):
    assert GRID[north][1] < GRID[south][1]
    assert GRID[north][0] == GRID[south][0]


@pytest.mark.parametrize(
    ("west", "east"),
    [
        ("IRL", "GBR"),
        ("NLD", "DEU"),
        ("DEU", "POL"),
        ("POL", "LTU"),
        ("SVK", "UKR"),
        ("ROU", "MDA"),
        ("PRT", "ESP"),
    ],
)
def test_who_lies_west_of_whom(west: str, east: str):
    assert (GRID[west][0] + 1, GRID[west][1]) == GRID[east]


def test_an_amount_is_told_by_shade_and_by_words_or_dots():
    """With 500 as the greatest the classes begin at 0, 10, 30, 100 and 300: 20 is in the second."""
    wide = read(draw([place("NLD", 500, "0.5"), place("NOR", 20, "0.02")], width=800))
    narrow = read(draw([place("NLD", 500, "0.5"), place("NOR", 20, "0.02")], width=340))

    assert "0.5" in seen(wide).split("\n")
    assert "0.5" not in seen(narrow).split("\n")
    assert 5 == len(list(_tile(narrow, "State of NLD: 500").iter(f"{SVG}circle")))
    assert 2 == len(list(_tile(narrow, "State of NOR: 20").iter(f"{SVG}circle")))


def test_the_greatest_amount_has_the_deepest_shade_however_few_there_are():
    for greatest in (0, 1, 2, 9, 10**17):
        root = read(draw([place("NLD", greatest)]))
        assert "ch-t5" in _tile(root, f"State of NLD: {greatest}")[1].get("class", "")


def test_a_partner_without_a_sum_is_hatched_and_one_without_a_place_is_listed():
    root = read(draw([place("NLD", None), Tile(code="X", name="A joint group", value=70)]))

    assert "State of NLD: no sum" in tooltips(root)
    assert "A joint group\u00a0 70" in seen(root)
    assert "elsewhere" in seen(root)
    assert 2 <= sum(1 for element in root.iter(f"{SVG}rect") if element.get("fill") == "url(#c-hatch)")


def test_the_recipient_is_outlined_and_named():
    root = read(draw([place("NLD", 1)]))

    assert "UKR: receives" in tooltips(root)
    assert of_class(root, "ch-recipient-line")


def test_no_partner_is_said_in_the_callers_words():
    assert "no partner yet" in seen(read(draw([])))


def test_a_code_given_twice_and_an_amount_below_zero_are_refused():
    with pytest.raises(ValueError, match="twice"):
        draw([place("NLD", 1), place("NLD", 2)])
    with pytest.raises(ValueError, match="-1"):
        draw([place("NLD", -1)])


@given(st.integers(0, 10**19))
def test_bounds_rise_and_the_last_is_reached(greatest: int):
    bounds = class_bounds(greatest)

    assert bounds == sorted(set(bounds))
    assert len(bounds) <= 4
    assert all(bound <= greatest for bound in bounds)


@given(
    places=st.lists(
        st.builds(
            Tile,
            code=st.sampled_from([*GRID]) | st.text(),
            name=st.text(),
            value=st.none() | st.integers(0, 10**17),
            text=st.text(),
            href=st.text(),
        ),
        unique_by=lambda tile: tile.code,
        max_size=30,
    ),
    width=st.integers(300, 1400),
    recipient=st.sampled_from(["UKR", "", "nowhere"]),
)
def test_any_words_and_values_give_a_well_formed_picture(places: list[Tile], width: int, recipient: str):
    read(draw(places, width=width, recipient=recipient))


def _tile(root, tooltip: str):
    return next(
        element
        for element in root.iter()
        if len(element) and element[0].tag == f"{SVG}title" and element[0].text == tooltip
    )
