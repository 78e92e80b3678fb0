"""The text of a PDF, read by a library in a process of its own: so long, with so much memory, and no further."""

import json
import subprocess
import sys

from pledgeline.evidence.reading import pdf_process
from pledgeline.evidence.reading.pdf_process import MOST_PAGES, MOST_SECONDS
from pledgeline.evidence.reading.raw import NotReadable, RawReport
from pledgeline.evidence.reading.texts import LONGEST_TEXT
from pledgeline.programme.sentences import sentence

_MOST_ANSWER = 30_000_000


def read(content: bytes) -> RawReport:
    """Read a PDF.

    Raises:  NotReadable where the file is locked or broken, or takes longer or more memory than it may.
    """
    command = [sys.executable, "-I", pdf_process.__file__, str(LONGEST_TEXT)]
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, timeout=MOST_SECONDS + 5, check=False
        )
    except subprocess.TimeoutExpired:
        raise NotReadable(sentence("report.pdf-too-long", seconds=MOST_SECONDS)) from None
    if done.returncode or len(done.stdout) > _MOST_ANSWER:
        raise NotReadable(sentence("report.pdf-too-long", seconds=MOST_SECONDS))
    answer = json.loads(done.stdout)
    if answer["problem"]:
        raise NotReadable(sentence("report.pdf-broken", problem=answer["problem"]))
    objections = [(sentence("report.pdf-pages", pages=answer["pages"], most=MOST_PAGES), None)]
    return RawReport(answer["text"], answer["facts"], objections if answer["pages"] > MOST_PAGES else [])
