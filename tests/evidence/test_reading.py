"""A file of any kind becomes plain text once; what it states has a place; what would harm is bounded and said."""

import gzip
import io
import re
import zlib

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pledgeline.evidence.reading.documents import READER, report_of
from pledgeline.evidence.reading.raw import LARGEST_FILE, FileKind
from pledgeline.evidence.reading.texts import LONGEST_TEXT

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>Norway pays &lt;script&gt;alert(1)&lt;/script&gt;</title><meta name="author" content="Ada Berg">
<meta property="og:site_name" content="Harbour News">
<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2025-10-16"}</script>
<script>document.write("Spain gave EUR 5 billion")</script></head><body>
<nav><a href="/">Home</a><a href="/x">Spain pledged $9 million</a></nav>
<article><h1>Harbour</h1><p>Norway pledged €20 million to PURL on <b>Wed</b>nesday, a statement of its ministry said,
which was published in the evening and sent to everybody who follows the matter.</p>
<p>A second paragraph goes on, so that this is an article and no teaser of one, and it has no sum.</p>
<div class="related-news">Denmark gives $3 million</div></article><footer>© Harbour</footer></body></html>"""


def read(content, name="report"):
    return report_of(content if isinstance(content, bytes) else content.encode(), name)


def codes(content):
    return [finding.code for finding in read(content).findings]


def pdf(text="Spain gave EUR 5 million."):
    """Write a PDF by hand: one page, one line."""
    stream = f"BT /F1 12 Tf 20 100 Td ({text}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Title(Who pays)/Author(Ada Berg)>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer<</Size 7/Root 1 0 R/Info 6 0 R>>\nstartxref\n%d\n%%%%EOF" % len(out)
    return out + b"xref\n0 7\n0000000000 65535 f \n" + table + trailer


def warc(body, *, packed=True):
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=packed)
    headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.0")
    record = writer.create_warc_record(
        "http://harbour.example/a", "response", payload=io.BytesIO(body), http_headers=headers,
        warc_headers_dict={"WARC-Date": "2025-10-17T08:00:00Z"},
    )  # fmt: skip
    writer.write_record(record)
    return file.getvalue()


def test_of_a_page_the_article_is_read_and_what_its_markup_states_has_a_place():
    report = read(PAGE)

    assert (FileKind.HTML, READER, ()) == (report.kind, report.reader, report.findings)
    assert "Norway pledged €20 million to PURL on Wednesday, a statement" in report.text.stored
    for left_out in ("$9 million", "$3 million", "EUR 5 billion", "© Harbour"):
        assert left_out not in report.text.stored
    stated = {name: fact.value for name, fact in report.facts.items()}
    assert {
        "title": "Norway pays <script>alert(1)</script>", "author": "Ada Berg", "published": "2025-10-16",
        "outlet": "Harbour News", "language": "en",
    } == stated  # fmt: skip
    for name in ("title", "author", "published"):
        assert stated[name] == report.facts[name].span.of(report.text.stored)
    assert None is report.facts["language"].span


def test_the_same_bytes_give_the_same_text_and_digest():
    assert read(PAGE) == read(PAGE)
    assert "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03" == read(b"hello\n").sha256


def test_an_archive_says_where_and_when_its_page_was_kept():
    for packed in (True, False):
        report = read(warc(PAGE.encode(), packed=packed))
        assert FileKind.WARC is report.kind
        assert "Norway pledged" in report.text.stored
        assert ("http://harbour.example/a", "2025-10-17") == (
            report.facts["address"].value,
            report.facts["retrieved"].value,
        )


def test_a_pdf_is_read_and_one_that_lies_about_its_length_is_bounded():
    report = read(pdf())
    assert ("Spain gave EUR 5 million." in report.text.stored, "Who pays") == (
        True,
        report.facts["title"].value,
    )
    for true in (rb"/Length \d+", rb"startxref\n\d+"):
        told = read(re.sub(true, lambda match: match[0] + b"00000000", pdf()))
        assert "Spain gave" in told.text.stored or "report.pdf-broken" in [
            entry.code for entry in told.findings
        ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"<html>" + b"<p>x" * (LARGEST_FILE // 3), "report.too-large"),
        (b"<html>" + b"<p>x" * 100_001, "report.too-many-tags"),
        (b"<html>" + b"<table><tr><td>" * 10_000 + b"EUR 5 million", "report.nested"),
        ('<meta charset="utf-8"><html><p>Köln'.encode("cp1252"), "report.encoding"),
        (b'<html><head><meta charset="utf-7"></head><p>abc', "report.encoding"),
        ("Spain \u202egave\u202c EUR 5 million".encode(), "report.turned"),
        ("Sp\u200bain gave".encode(), "report.unseen"),
        (b"", "report.no-text"),
        (b"\x00\x01\x02\x03", "report.not-text"),
        (gzip.compress(bytes(70_000_000)), "report.not-text"),
        (b"%PDF-1.7\n" + b"\xff" * 10_000, "report.pdf-broken"),
        (b"WARC/1.0\r\nnonsense", "report.warc-empty"),
        (re.sub(rb"WARC-Target-URI:[^\n]*\n", b"", warc(PAGE.encode(), packed=False)), "report.warc-broken"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_hostile_is_bounded_and_said_with_its_place(content, expected):
    report = read(content, "a.bin")
    assert expected in [finding.code for finding in report.findings]
    assert all(finding.place.file == "a.bin" and finding.way_out for finding in report.findings)


def _pdf_with(old, new):
    """Change a good PDF: its table of places is wrong then, which readers mend."""
    changed = pdf().replace(old, new, 1)
    assert changed != pdf()
    return changed


def _bomb_in_pdf():
    packed = zlib.compress(bytes(400_000_000), 9)
    return re.sub(
        rb"<</Length \d+>>\nstream\n.*?\nendstream",
        lambda _: b"<</Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream" % (len(packed), packed),
        pdf(),
        flags=re.DOTALL,
    )


@pytest.mark.parametrize(
    "content",
    [
        _pdf_with(b"/Count 1", b"/Count 1000000000"),
        _pdf_with(b"/Kids[3 0 R]", b"/Kids[2 0 R]"),
        _pdf_with(b"/Kids[3 0 R]", b"/Kids[" + b"3 0 R " * 100_000 + b"]"),
        _pdf_with(b"/Root 1 0 R", b"/Root 9 0 R"),
        _pdf_with(b"trailer<<", b"trailer<</Prev 9/Encrypt 5 0 R"),
        _pdf_with(b"/Contents 4 0 R", b"/Contents[" + b"4 0 R " * 50_000 + b"]"),
        pdf()[:-200],
    ],
    ids=["pages", "circle", "one page often", "no root", "locked", "one content often", "cut"],
)
def test_a_pdf_that_lies_is_read_within_bounds_or_refused(content):
    """Whatever it says of itself: what comes out is its one sentence, or the reason why nothing does."""
    report = read(content)
    refused = {"report.pdf-broken", "report.pdf-too-long", "report.no-text"}
    found = {finding.code for finding in report.findings}
    assert "Spain gave EUR 5 million." in report.text.stored or found & refused
    assert len(report.text.stored) <= LONGEST_TEXT


def test_a_pdf_that_unpacks_without_end_is_refused():
    assert read(_bomb_in_pdf()).text.stored == ""


ENTITIES = "".join(
    f'<!ENTITY e{number} "{f"&e{number - 1};" * 10}">' if number else '<!ENTITY e0 "EUR 5 million ">'
    for number in range(12)
)


@pytest.mark.parametrize(
    "content",
    [
        f'<?xml version="1.0"?><!DOCTYPE html [{ENTITIES}]><html><body><p>Spain gave &e11;</p></body></html>',
        '<!DOCTYPE html [<!ENTITY e SYSTEM "file:///etc/passwd">]><html><body><p>Spain gave &e;</p></body></html>',
        f'<html><body><p title="{"x" * 5_000_000}">Spain gave EUR 5 million.</p></body></html>',
        f"<html><body><p {' '.join(f'a{n}=1' for n in range(200_000))}>Spain gave EUR 5 million.</p></body></html>",
        "<html><body><p>Spain gave EUR 5 million.</p>" + "<b>" * 90_000 + "</body></html>",
        "<html><head><title>"
        + "<script>" * 50_000
        + "</title></head><body><p>Spain gave EUR 5 million.</p></body></html>",
    ],
    ids=[
        "entities of entities",
        "a file of ours",
        "a long value",
        "many attributes",
        "deep",
        "scripts in a title",
    ],
)
def test_a_page_that_would_grow_or_reach_out_is_read_as_what_it_is(content):
    report = read(content)
    assert report.text.stored.count("EUR 5 million") <= 1
    assert "root:" not in report.text.stored
    assert "Spain gave" in report.text.stored
    assert len(report.facts["title"].value if "title" in report.facts else "") <= 300


def test_an_archive_that_is_broken_in_any_place_is_said_and_never_raises():
    whole = warc(PAGE.encode(), packed=False)
    packed = warc(PAGE.encode())
    changed = [whole[: len(whole) * part // 20] for part in range(1, 20)]
    changed += [packed[: len(packed) * part // 20] for part in range(1, 20)]
    changed += [re.sub(rb"Content-Length: \d+", length, whole) for length in (
        b"Content-Length: -1", b"Content-Length: 99999999999999", b"Content-Length: x",
    )]  # fmt: skip
    changed += [whole.replace(b"200 OK", b"\xff\xfe"), packed[:40] + b"\0" * 40 + packed[80:]]
    for content in changed:
        report = read(content)
        assert "Norway pledged" in report.text.stored or report.findings


def test_a_page_in_an_archive_that_is_packed_once_more_is_bounded():
    """The record is small, its page is not: what unpacks beyond a file is refused."""
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=True)
    headers = StatusAndHeaders(
        "200 OK", [("Content-Type", "text/html"), ("Content-Encoding", "gzip")], protocol="HTTP/1.0"
    )
    bomb = gzip.compress(b"<p>" + bytes(LARGEST_FILE * 5))
    record = writer.create_warc_record(
        "http://harbour.example/a", "response", payload=io.BytesIO(bomb), http_headers=headers
    )
    writer.write_record(record)
    assert ["report.too-large"] == codes(file.getvalue())


def test_an_archive_that_unpacks_to_more_than_a_file_may_have_is_refused():
    assert ["report.too-large"] == codes(warc(bytes(LARGEST_FILE + 1)))


def test_what_no_database_keeps_is_in_no_text_of_a_report():
    """A headline in JSON may hold half a pair and NUL, which no page can."""
    markup = '{"datePublished": "2024-01-01", "headline": "x\\ud800y\\u0000z", "author": "q\\u0000"}'
    report = read(
        f'<html><head><script type="application/ld+json">{markup}</script></head><body><p>Spain gave EUR 5 million.'
    )

    assert ("x\ufffdy\ufffdz", "q\ufffd") == (report.facts["title"].value, report.facts["author"].value)
    report.text.stored.encode()
    assert "\0" not in report.text.stored


def test_signs_that_steer_a_screen_are_shown_as_their_numbers():
    assert "a\\u001b[31m \\u202eb" == read("a\x1b[31m \u202eb").text.visible
