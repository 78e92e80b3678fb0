"""The part of `docs/findings.md` about files of the Open Contracting Data Standard."""

from pledgeline.exchange.ocds.catalogue import WARNINGS
from pledgeline.programme.findings import way_out_of
from pledgeline.programme.sentences import Param, Sentence, codes_in

SPOKEN_OF = (
    "close codes column extension field first is_ least most number pattern rule tag text times value version wanted"
    " where why"
).split()
KINDS_OF_VALUES = ("ocds.kind.", "ocds.whole")


def findings_of_ocds() -> list[str]:
    """List every finding by its lasting code, with an ellipsis for what it speaks of."""
    blanks: dict[str, Param] = dict.fromkeys(SPOKEN_OF, "…")
    lines = [
        "",
        "## Files of the Open Contracting Data Standard",
        "",
        "What `pledgeline ocds check` can object to in [a file](handbook/ocds.md). The files in",
        "`tests/exchange/ocds_files.py` cause each of them.",
    ]
    for code in codes_in("ocds"):
        if code.count(".") > 1 or code.startswith(KINDS_OF_VALUES):
            continue
        said = Sentence(code, blanks)
        weight = "Warning" if code in WARNINGS else "Error"
        lines += ["", f"### {code}", "", f"*{weight}.* {said}", "", f"Way out: {way_out_of(said)}"]
    return lines
