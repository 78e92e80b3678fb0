"""Answers are packed once for all who are given the same bytes, and exactly as the framework would do it."""

import gzip

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.middleware.gzip import GZipMiddleware

from pledgeline.server.packing import PackOnce

pytestmark = pytest.mark.any_database

PAGE = "<p>The same for everybody.</p>" * 100


def passed(
    middleware: type[GZipMiddleware], response: HttpResponseBase, accepts: str = "gzip, br"
) -> HttpResponseBase:
    request = HttpRequest()
    request.META["HTTP_ACCEPT_ENCODING"] = accepts
    return middleware(lambda _request: response)(request)


def with_headers(text: str = PAGE, **headers: str) -> HttpResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return HttpResponse(text, headers={"Content-Length": str(len(text.encode())), "Vary": "Cookie", **named})


ANSWERS = {
    "a page": (lambda: with_headers(), "gzip"),
    "with a tag": (lambda: with_headers(ETag='"abc"'), "gzip"),
    "with a weak tag": (lambda: with_headers(ETag='W/"abc"'), "gzip"),
    "short": (lambda: with_headers("ok"), "gzip"),
    "packed already": (lambda: with_headers(Content_Encoding="br"), "gzip"),
    "private": (lambda: with_headers(Cache_Control="no-store, private"), "gzip"),
    "not wanted": (lambda: with_headers(), "identity"),
    "what does not pack": (lambda: with_headers("".join(map(chr, range(33, 127))) * 2 + "äöü"), "gzip"),
    "in pieces": (lambda: StreamingHttpResponse([PAGE.encode()]), "gzip"),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_has_the_headers_and_the_content_that_the_framework_gives_it(name: str):
    """Twice: packed for the first time, and given again."""
    make, accepts = ANSWERS[name]
    theirs = passed(GZipMiddleware, make(), accepts)
    expected = plain(theirs)
    for _ in range(2):
        ours = passed(PackOnce, make(), accepts)

        # The length differs by the bytes of chance that the framework puts into each.
        assert {**theirs.headers, "Content-Length": ""} == {**ours.headers, "Content-Length": ""}
        assert expected == plain(ours)


def plain(response: HttpResponseBase) -> bytes:
    content = b"".join(response)
    if not response.streaming:
        assert str(len(content)) == response.headers["Content-Length"]
    return gzip.decompress(content) if response.get("Content-Encoding") == "gzip" else content


def packed_for(**headers: str) -> list[bytes]:
    """Pack the same answer ten times."""
    return [passed(PackOnce, with_headers(**headers)).content for _ in range(10)]


def test_what_everybody_may_see_is_packed_once():
    assert 1 == len(set(packed_for()))


def test_what_no_cache_may_keep_is_packed_for_each():
    """Its length changes by chance each time, so that nobody measures what stands in it."""
    assert len(set(packed_for(Cache_Control="max-age=0, no-cache, no-store, must-revalidate, private"))) > 1


def test_an_answer_that_sets_a_cookie_is_packed_for_each():
    def answer() -> HttpResponse:
        response = with_headers()
        response.set_cookie("csrftoken", "abc")
        return response

    assert len({passed(PackOnce, answer()).content for _ in range(10)}) > 1
