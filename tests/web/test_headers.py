"""Every page and every file of the site carries what keeps a browser from taking it for something else."""

import re

import pytest

from tests.web.test_parameters import (
    ADDRESSES,
    it_has_its_parameters_and_an_empty_one_asks_for_nothing,
    known,  # noqa: F401
    world,  # noqa: F401
)

pytestmark = pytest.mark.django_db

KINDS = {
    "text/html; charset=utf-8": "<",
    "text/csv; charset=utf-8": "",
    "text/plain; charset=utf-8": "",
    "text/x-python; charset=utf-8": '"""',
    "application/toml; charset=utf-8": "",
    "application/json": "{",
    "application/jsonl": "{",
    "image/svg+xml; charset=utf-8": "<svg",
    "application/xml": "<?xml",
    "application/atom+xml; charset=utf-8": "<?xml",
    "application/xml; charset=utf-8": "<?xml",
    "application/ld+json": "{",
    "application/pdf": "%PDF-",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "PK",
}
"""What the site gives, and how each begins."""

SHOWN = {
    *("text/html; charset=utf-8", "text/plain; charset=utf-8", "application/xml; charset=utf-8"),
    *("application/atom+xml; charset=utf-8", "application/ld+json"),
}
"""What a browser may show in the place of a page; all else is a file to keep."""


@pytest.mark.both_databases
def test_every_answer_says_what_it_is_and_is_taken_for_nothing_else(world):  # noqa: F811
    """Each address of the table, asked by somebody who is signed in; one pass, since it takes a while."""
    seen = set()
    for name in ADDRESSES:
        answer = world(name)
        it_has_its_parameters_and_an_empty_one_asks_for_nothing(world, name, answer)
        if answer.status_code == 200:
            seen.add(answer["Content-Type"])
            it_is_what_it_says(name, answer)
            a_file_is_kept_and_not_shown(name, answer)
            it_cannot_be_framed_or_read_from_elsewhere(name, answer)
            no_cache_keeps_it(name, answer)
            it_says_nothing_of_the_programs_behind(name, answer)

    assert {*SHOWN, "application/json", "image/svg+xml; charset=utf-8", "text/csv; charset=utf-8"} <= seen


def it_is_what_it_says(name, answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert answer["Content-Type"] in KINDS, (name, answer["Content-Type"])
    begins = KINDS[answer["Content-Type"]].encode()
    assert not content or content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(begins), name
    assert "nosniff" == answer["X-Content-Type-Options"], name


def a_file_is_kept_and_not_shown(name, answer):
    if answer["Content-Type"] not in SHOWN:
        assert re.fullmatch(r'attachment; filename="[\w.-]+"', answer["Content-Disposition"]), name


def it_cannot_be_framed_or_read_from_elsewhere(name, answer):
    policy = answer["Content-Security-Policy"].split("; ")
    needed = {"frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'", "default-src 'self'"}
    assert needed <= {*policy}, name
    assert not [word for word in policy if "unsafe" in word], name
    assert "same-origin" == answer["Referrer-Policy"], name
    assert "same-origin" == answer["Cross-Origin-Opener-Policy"], name
    assert not [header for header in answer.headers if header.startswith("Access-Control-")], name


SAME_FOR_ALL = {
    *("announcements-feed", "acceptances-feed", "guarantees-feed", "guarantees-instrument-feed"),
    *("dataset", "robots", "sitemap"),
}
"""What is public alone, whoever asks for it: it may be kept."""


def no_cache_keeps_it(name, answer):
    assert name in SAME_FOR_ALL or "no-store" in answer["Cache-Control"], name


def it_says_nothing_of_the_programs_behind(name, answer):
    assert not {"Server", "X-Powered-By"} & set(answer.headers), name


@pytest.mark.parametrize(
    "address", ["/static/", "/static/pledgeline/", "/static/pledgeline", "/static/django_htmx/"]
)
def test_no_folder_is_listed(client, address):
    assert 404 == client.get(address).status_code


@pytest.mark.parametrize(
    "address", ["/.git/config", "/static/.git/config", "/static/../do.py", "/var/secret-key"]
)
def test_nothing_beside_the_site_is_served(client, address):
    assert client.get(address).status_code in (400, 404)


def test_health_is_no_page_and_says_what_it_is(client):
    """What a probe reads has no page around it, and is guessed at by nobody."""
    assert "text/plain; charset=utf-8" == client.get("/healthz")["Content-Type"]
    assert "application/json" == client.get("/readyz")["Content-Type"]
