"""The judge of every page, judged: a fault in one of many rows is found, in the dark too."""

from tests.e2e.soundness import faults

PAGE = """<!doctype html><html lang="en"><head><title>Rows</title><meta name="viewport" content="width=device-width">
<style>body {{ background: #fff; color: #111 }} td {{ padding: .3rem }} {style}
@media (prefers-color-scheme: dark) {{ body {{ background: #111; color: #eee }} {dark} }}</style></head>
<body><main><h1>Rows</h1><table><caption>Rows</caption><tbody>{rows}</tbody></table>{more}</main></body></html>"""


def with_fault(style="", dark="", more=""):
    rows = "".join(f"<tr><th scope=row>{n}</th><td>text {n}</td><td><b>bold</b></td></tr>" for n in range(60))
    return PAGE.format(style=style, dark=dark, more=more, rows=rows)


ALL = {
    "style": "tr:nth-child(43) td { color: #bbb } tr:nth-child(44) b { opacity: .3 } "
    "tr:nth-child(45) { background: #444 } tr:nth-child(46) td { white-space: nowrap; padding-right: 500px }",
    "dark": "tr:nth-child(47) { color: #333 }",
    "more": "<img src='data:,'>",
}


def test_faults_in_single_rows_of_many_are_all_found(browser):
    page = browser.new_page()
    page.set_content(with_fault())
    assert faults(page) == []

    page.set_content(with_fault(**ALL))
    found = " ".join(faults(page))
    page.close()
    for said in ("<td>text 42</td>", "<b>bold</b>", '<th scope="row">44</th>', '<th scope="row">46</th>'):
        assert said in found
    for said in ("structure: image-alt", "light: color-contrast", "dark: color-contrast", "window of 360 px"):
        assert said in found
