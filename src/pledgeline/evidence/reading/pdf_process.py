"""What runs in the process that reads a PDF: bytes on its standard input, JSON on its standard output.

It is started as a file and imports nothing of ours, so that it starts at once.
"""

import io
import json
import logging
import sys
from contextlib import suppress

MOST_SECONDS = 20
MOST_MEMORY = 768_000_000
"""Units: bytes of the addresses of the process."""
MOST_PAGES = 300


def main() -> None:
    """Read one PDF within bounds. What the library prints of a broken file goes nowhere."""
    logging.disable(logging.CRITICAL)
    _bound()
    print(json.dumps(_read(sys.stdin.buffer.read(), int(sys.argv[1]))))  # noqa: T201


def _bound() -> None:
    """Have the system end the process beyond its bounds; Windows has no such bounds."""
    with suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))


def _read(content: bytes, longest: int) -> dict[str, object]:
    from pypdf import PdfReader

    answer: dict[str, object] = {"problem": "", "pages": 0, "text": "", "facts": {}}
    try:
        reader = PdfReader(io.BytesIO(content))
        answer["pages"] = len(reader.pages)
        parts: list[str] = []
        for number, page in enumerate(reader.pages):
            if number >= MOST_PAGES or sum(map(len, parts)) > longest:
                break
            parts.append(page.extract_text())
        answer["text"] = "\n\n".join(parts)[: longest + 1].encode("utf-8", "replace").decode("utf-8")
        stated = reader.metadata
        if stated:
            answer["facts"] = {
                key: str(value)[:300]
                for key, value in (("title", stated.title), ("author", stated.author))
                if value
            }
    except (
        Exception
    ) as problem:  # a library of many parts, and any file: each of its errors is one of the file
        answer.update(problem=type(problem).__name__, text="", facts={})
    return answer


if __name__ == "__main__":
    main()
