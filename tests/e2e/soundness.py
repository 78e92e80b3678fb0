"""What holds on every page: no barrier that axe finds, in the light and in the dark, and no overflow."""

from axe_playwright_python.sync_playwright import Axe

WIDTHS = (1440, 768, 360)
"""A desk, a tablet and a telephone."""

ONLY_COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
"""In the dark only the colours change: what axe says of the structure, it has said in the light."""


def faults(page) -> list[str]:
    """Say what is wrong with the page that is open, everything folded away opened first."""
    page.evaluate("document.querySelectorAll('details:not(.menu)').forEach(each => { each.open = true })")
    found = []
    for scheme, rules in (("light", None), ("dark", ONLY_COLOURS)):
        page.emulate_media(color_scheme=scheme)
        for violation in Axe().run(page, options=rules).response["violations"]:
            places = [node["html"][:200] for node in violation["nodes"]][:5]
            found.append(f"{page.url} {scheme}: {violation['id']}, {violation['help']}: {places}")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        taken = page.evaluate("document.documentElement.scrollWidth")
        if taken > width:
            found.append(f"{page.url}: {taken} px wide in a window of {width} px")
    return found
