"""Write the handbook's page of limits from the places in the code where they hold."""

INTRODUCTION = """# Limits

{note}
What one visitor may ask for, so that everybody is answered. Each holds before the work is done: what is too much is
refused or goes on on another page, with what to do about it. A number such as 413 is the status of the answer.

{rates}
"""


def limits_page(note: str) -> str:
    """Write the page."""
    from pledgeline.server.limits import ABOUT_RATES, limits

    lines = [INTRODUCTION.format(note=note, rates=ABOUT_RATES)]
    for title, rows in limits().items():
        lines += [f"## {title}", "", "| what | at most | beyond |", "| --- | --- | --- |"]
        lines += [f"| {row.what} | {row.at_most} | {row.beyond} |" for row in rows]
        lines.append("")
    return "\n".join(lines)
