"""What holds on every page: no barrier that axe finds, in the light and in the dark, and no overflow.

Judging colours is slow: axe looks for what lies behind every single text. A table of a hundred rows has
the same few looks in each, so one text of every look is judged, in the light and in the dark.
"""

from axe_playwright_python.base import AXE_SCRIPT

WIDTHS = (1440, 768, 360)
"""A desk, a tablet and a telephone."""

CONTRAST = "color-contrast"
EVERYTHING = {"resultTypes": ["violations"]}
COLOURS = {"resultTypes": ["violations"], "runOnly": {"type": "rule", "values": [CONTRAST]}}

JUDGE_MARKED_COLOURS = f"axe.configure({{rules: [{{id: '{CONTRAST}', selector: '[data-look]'}}]}})"
VIOLATIONS = """async (options) => (await axe.run(document, options)).violations"""

MARK = ' data-look=""'
ONE_OF_EACH_LOOK = """() => {
  const known = new Map();
  const look = element => {
    if (!element) return "";
    if (!known.has(element)) {
      const style = getComputedStyle(element);
      known.set(element, [
        look(element.parentElement), element.localName, element.getAttribute("class"), style.color,
        style.backgroundColor, style.backgroundImage, style.opacity, style.fontSize, style.fontWeight,
      ].join("|"));
    }
    return known.get(element);
  };
  const says = element => element.value || element.placeholder
    || [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
  const seen = new Set();
  for (const element of document.body.querySelectorAll("*")) {
    element.removeAttribute("data-look");
    if (says(element) && element.checkVisibility() && !seen.has(look(element))) {
      seen.add(look(element));
      element.setAttribute("data-look", "");
    }
  }
}"""
"""Marks the first visible text of each look: its own style and classes, and those of all that it lies in."""


CLIPPED = r"""() => {
  const wide = innerWidth, found = [];
  if (document.documentElement.scrollWidth > wide) {
    found.push(`${document.documentElement.scrollWidth} px wide`);
  }
  const skipped = "pre, code, thead, option, textarea, script, style, title, .visually-hidden";
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    const element = node.parentElement;
    if (!/[0-9]/.test(node.data) || element.closest(skipped) || !element.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const isCut = box => {
      if (box.right > wide + 1 || box.left < -1) return true;
      for (let around = element; around !== document.body; around = around.parentElement) {
        const style = getComputedStyle(around);
        if (style.overflowX === "visible" || style.display === "inline") continue;
        const edge = around.getBoundingClientRect();
        if (box.right > edge.right + 1 || box.left < edge.left - 1) return true;
      }
      return false;
    };
    if ([...range.getClientRects()].some(box => box.width && isCut(box))) {
      found.push(`${node.data.trim().slice(0, 60)} in ${element.localName}.${element.className}`);
    }
  }
  return found.slice(0, 5);
}"""
"""Lists what is wider than the window, and figures of which a part lies outside the window or what they scroll in."""


def clipped(page, widths=(360, 320)) -> list[str]:
    """Say which figures a telephone cuts off, with everything that is folded away opened."""
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 740})
        page.evaluate("document.querySelectorAll('details:not(.menu)').forEach(each => { each.open = true })")
        page.wait_for_timeout(50)
        found += [f"{page.url} at {width} px: {what}" for what in page.evaluate(CLIPPED)]
    return found


SIDEWAYS = """() => [...document.querySelectorAll("main .scroll")]
  .filter(place => place.checkVisibility() && place.scrollWidth > place.clientWidth + 1)
  .map(place => `${place.ariaLabel || place.id}: ${place.scrollWidth - place.clientWidth} px too wide`)"""
"""Lists the tables that are wider than their place, and so are read by scrolling sideways."""


def sideways(page, widths) -> list[str]:
    """Say which tables somebody scrolls sideways, and which figures are cut, in windows of these widths."""
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(50)
        wrong = [*page.evaluate(SIDEWAYS), *page.evaluate(CLIPPED)]
        found += [f"{page.url} at {width} px: {what}" for what in wrong]
    return found


def faults(page) -> list[str]:
    """Say what is wrong with the page that is open, everything folded away opened first."""
    page.evaluate(
        "document.querySelectorAll('details:not(.menu, .switch)').forEach(each => { each.open = true })"
    )
    page.evaluate(AXE_SCRIPT)
    page.evaluate(JUDGE_MARKED_COLOURS)
    found = []
    for scheme, options in (("light", EVERYTHING), ("dark", COLOURS)):
        page.emulate_media(color_scheme=scheme)
        page.evaluate(ONE_OF_EACH_LOOK)
        found += _violations(page, scheme, options)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        taken = page.evaluate("document.documentElement.scrollWidth")
        if taken > width:
            found.append(f"{page.url}: {taken} px wide in a window of {width} px")
    return found


def _violations(page, scheme: str, options) -> list[str]:
    return [
        f"{page.url} {scheme if violation['id'] == CONTRAST else 'structure'}: {violation['id']}, {violation['help']}: "
        f"{[node['html'].replace(MARK, '')[:200] for node in violation['nodes']][:5]}"
        for violation in page.evaluate(VIOLATIONS, options)
    ]
