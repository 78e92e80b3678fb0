"""The main text of a page, its title, author, day and language: read as a stream of tags, never as a tree.

A page may be nested without end or hold a million tags: a stream keeps only the block that is being read. What
scripts, styles, forms and frames hold is skipped; navigation, asides and lists of links are left out where the page
has other text. A title that looks like a script is text and stays so.
"""

import json
import re
from dataclasses import dataclass, field

from lxml import etree

from pledgeline.evidence.reading.plain import decoded
from pledgeline.evidence.reading.raw import NotReadable, RawReport
from pledgeline.programme.sentences import sentence

MOST_TAGS = 100_000
"""Units: signs that open a tag. The longest pages of the web have a tenth of it."""

DEEPEST = 250
"""Units: tags within each other. Deeper ones are read as if they were not there."""

_SKIPPED = frozenset(
    "script style noscript template svg math iframe object embed select textarea button form".split()
)
_APART = frozenset("nav aside footer header menu figure figcaption dialog".split())
_BLOCKS = frozenset(
    "p div section article main h1 h2 h3 h4 h5 h6 li ul ol dl dt dd blockquote pre table tr td th br hr nav aside "
    "footer header figure figcaption body address time".split()
)
_VOID = frozenset("br hr img meta link input area base col embed source track wbr".split())
_NOISY = re.compile(
    r"(?i)(?:^|[\s_-])(?:nav|menu|breadcrumbs?|footer|sidebar|related|recommend\w*|teaser|share|social|cookie|consent|"
    r"newsletter|subscribe|comments?|advert\w*|banner|promo|tags?|popular|most-read|widget|ticker)(?:[\s_-]|$)"
)
_CHARSET = re.compile(rb"""(?i)<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]{1,40})""")
_META = {
    "og:title": "title", "twitter:title": "title", "author": "author", "article:author": "author",
    "dc.creator": "author", "parsely-author": "author", "sailthru.author": "author", "byl": "author",
    "citation_author": "author", "article:published_time": "published", "date": "published", "pubdate": "published",
    "publishdate": "published", "dc.date": "published", "dcterms.date": "published", "datepublished": "published",
    "og:site_name": "outlet", "dc.publisher": "outlet", "dcterms.publisher": "outlet", "publisher": "outlet",
    "application-name": "outlet", "og:url": "address",
}  # fmt: skip
_LONGEST_JSON = 200_000
_LINKED = 0.5
"""Units: part of the characters of a block that are links. Beyond it the block leads elsewhere."""
_ENOUGH = 200
_LONGEST_OUTLET = 60
_LONGEST_BYLINE = 120


def read(content: bytes) -> RawReport:
    """Read a page.

    Raises:  NotReadable where it has more tags than any page.
    """
    if content.count(b"<") > MOST_TAGS:
        raise NotReadable(sentence("report.too-many-tags", most=MOST_TAGS))
    declared = _CHARSET.search(content[:4_096])
    text, objections = decoded(content, declared[1].decode("ascii", "replace") if declared else "")
    stream = _Stream()
    parser = etree.HTMLParser(
        target=stream, encoding="utf-8", no_network=True, remove_comments=True, huge_tree=True
    )
    data = text.replace("\x00", " ").encode("utf-8", "replace")
    try:
        for start in range(0, len(data), 1 << 16):
            parser.feed(data[start : start + (1 << 16)])
        parser.close()
    except etree.LxmlError as problem:
        objections.append((sentence("report.broken-html", problem=str(problem)[:120]), None))
    stream.flush()
    if stream.deepest > DEEPEST:
        objections.append((sentence("report.nested", most=DEEPEST), None))
    facts = _with_outlet({**stream.facts, **{key: value for key, value in stream.meta.items() if value}})
    return RawReport(_main_text(stream.blocks), facts, objections)


def _with_outlet(facts: dict[str, str]) -> dict[str, str]:
    """Part a title such as "Norway pays | Harbour News" where nothing else names the outlet; "By " is no name."""
    title, bar, outlet = facts.get("title", "").rpartition(" | ")
    if bar and title.strip() and len(outlet) <= _LONGEST_OUTLET:
        facts = {"outlet": outlet.strip(), **facts}
        if facts["outlet"] == outlet.strip():
            facts["title"] = title.strip()
    if "author" in facts:
        facts["author"] = re.sub(r"(?i)^\s*by\s+", "", facts["author"])
    return facts


@dataclass(slots=True)
class _Block:
    text: str
    linked: float
    is_main: bool
    is_apart: bool
    is_heading: bool


@dataclass(slots=True)
class _Stream:
    """Hears of every tag in turn, and keeps the blocks of text between them."""

    blocks: list[_Block] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    deepest: int = 0
    _open: list[tuple[str, bool]] = field(default_factory=list)
    _depth: int = 0
    _skipping: int = 0
    _apart: int = 0
    _main: int = 0
    _links: int = 0
    _parts: list[str] = field(default_factory=list)
    _linked: int = 0
    _title: list[str] | None = None
    _json: list[str] | None = None
    _heading: bool = False
    _byline: list[str] | None = None
    _byline_depth: int = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in _VOID:
            self._void(tag, attributes)
            return
        self._depth += 1
        self.deepest = max(self.deepest, self._depth)
        if tag == "title" and "title" not in self.facts:
            self._title = []
        if tag == "script" and attributes.get("type", "").lower() == "application/ld+json":
            self._json = []
        if tag == "html" and attributes.get("lang"):
            self.meta["language"] = attributes["lang"][:20]
        if tag == "time" and attributes.get("datetime") and not self._apart:
            self.facts.setdefault("published", attributes["datetime"][:40])
        if tag in _BLOCKS:
            self.flush()
        marks = f"{attributes.get('class', '')} {attributes.get('id', '')}"[:300]
        apart = tag in _APART or (
            tag not in ("body", "html", "article", "main") and bool(_NOISY.search(marks))
        )
        self._count(tag, apart, 1)
        if self._depth <= DEEPEST:
            self._open.append((tag, apart))
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self._heading = True
        names_author = attributes.get("rel") == "author" or attributes.get("itemprop") == "author"
        if names_author and not self._apart and self._byline is None and "author" not in self.facts:
            self._byline, self._byline_depth = [], self._depth

    def end(self, tag: str) -> None:
        if tag in _VOID:
            return
        if tag in _BLOCKS:
            self.flush()
        if tag == "title" and self._title is not None:
            self.facts.setdefault("title", "".join(self._title)[:300])
            self._title = None
        if tag == "script" and self._json is not None:
            _linked_data("".join(self._json), self.facts)
            self._json = None
        if self._byline is not None and self._depth <= self._byline_depth:
            name = " ".join("".join(self._byline).split())
            if 0 < len(name) <= _LONGEST_BYLINE:
                self.facts.setdefault("author", name)
            self._byline = None
        self._depth = max(0, self._depth - 1)
        if self._depth >= DEEPEST:
            self._count(tag, False, -1)
        elif self._open:
            opened, apart = self._open.pop()
            self._count(opened, apart, -1)

    def _count(self, tag: str, apart: bool, step: int) -> None:
        self._skipping = max(0, self._skipping + step * (tag in _SKIPPED))
        self._apart = max(0, self._apart + step * apart)
        self._main = max(0, self._main + step * (tag in ("article", "main")))
        self._links = max(0, self._links + step * (tag == "a"))

    def _void(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "meta":
            name = (
                attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
            ).lower()
            if (key := _META.get(name)) and attributes.get("content") and key not in self.meta:
                self.meta[key] = attributes["content"][:300]
        elif tag in _BLOCKS:
            self.flush()

    def data(self, text: str) -> None:
        if self._title is not None:
            self._title.append(text)
        elif self._json is not None:
            if sum(map(len, self._json)) + len(text) <= _LONGEST_JSON:
                self._json.append(text)
        elif not self._skipping:
            self._parts.append(text)
            if self._byline is not None:
                self._byline.append(text)
            self._linked += len(text.strip()) if self._links else 0

    def comment(self, text: str) -> None:
        pass

    def close(self) -> None:
        pass

    def flush(self) -> None:
        """End the block that is being read."""
        text = " ".join("".join(self._parts).split())
        if text:
            linked = self._linked / len(text)
            self.blocks.append(_Block(text, linked, self._main > 0, self._apart > 0, self._heading))
        self._parts, self._linked, self._heading = [], 0, False


def _main_text(blocks: list[_Block]) -> str:
    """Choose the blocks of the report: those of its article where it has one, without what leads elsewhere."""
    kept = [block for block in blocks if not block.is_apart and block.linked < _LINKED]
    main = [block for block in kept if block.is_main]
    if sum(len(block.text) for block in main) >= _ENOUGH:
        kept = main
    if not kept:
        kept = blocks
    return "\n".join(f"\n{block.text}\n" if block.is_heading else block.text for block in kept)


def _linked_data(text: str, facts: dict[str, str]) -> None:
    """Take what JSON-LD says of the article; what is no JSON says nothing."""
    try:
        stated = json.loads(text)
    except (ValueError, RecursionError):
        return
    entries = stated if isinstance(stated, list) else [stated]
    for entry in entries[:20]:
        graph = entry.get("@graph") if isinstance(entry, dict) else None
        for item in [entry, *(graph[:20] if isinstance(graph, list) else [])]:
            if isinstance(item, dict) and item.get("datePublished"):
                for key, value in (
                    ("published", item.get("datePublished")),
                    ("title", item.get("headline")),
                    ("author", _name_of(item.get("author"))),
                    ("outlet", _name_of(item.get("publisher"))),
                ):
                    if isinstance(value, str) and value.strip():
                        facts.setdefault(key, value[:300])


def _name_of(stated: object) -> str:
    if isinstance(stated, list):
        return ", ".join(filter(None, map(_name_of, stated[:5])))
    if isinstance(stated, dict):
        stated = stated.get("name")
    return stated if isinstance(stated, str) else ""
