"""Pages of reports: read in after a look, decided by forms alone, opened at the sentence, and closed to others."""

import csv
import hashlib
import html
import io
import json
import re
from datetime import UTC, datetime

import pytest

from pledgeline.accounts.roles import MACHINE
from pledgeline.actions import claim_uses, claims, reports
from pledgeline.actions.records import load_record
from pledgeline.evidence.deciding.claims import ClaimField
from pledgeline.evidence.linking.rules import LinkRelation, Rule
from pledgeline.programme.roles import Role
from pledgeline.queries.reports import Described
from pledgeline.records.models import (
    ClaimDecision,
    ClaimRecord,
    DocumentRecord,
    OriginalRecord,
    ProgrammeRecord,
)
from pledgeline.web.reports import cards
from pledgeline.web.reports.words import RELATIONS, RULES
from tests.builders import a_programme, a_record
from tests.people import a_person, publish_all

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TEXT = (
    "A title with <script>alert(1)</script> in it\nBelgium pledged EUR 100 million to PURL.\n"
    "We go on\u202e, said she.\n"
    "Published on 4 August 2025.\n"
)
AT = "/p/harbour/reports/"


def test_every_rule_by_which_claims_are_linked_has_words():
    assert set(Rule) == RULES.keys()
    assert set(LinkRelation) == RELATIONS.keys()


@pytest.fixture
def fund():
    programme = a_programme(slug="harbour", short_name="PURL")
    load_record(programme=programme, record=a_record(), prune=False, today=NOW.date(), by="a test")
    publish_all("harbour")
    return ProgrammeRecord.objects.get(slug="harbour")


@pytest.fixture
def editor(client, fund):
    client.force_login(a_person("ada", Role.COORDINATOR, programme="harbour"))
    return client


def read(fund, text=TEXT, **more):
    return reports.read_in(text.encode(), Described(**more), programme=fund, person=MACHINE, now=NOW)


def words(answer):
    return html.unescape(re.sub("<[^>]+>", "", answer.content.decode()))


def test_a_report_is_looked_over_first_and_then_kept(editor):
    given = {"text": TEXT, "outlet": "A paper", "standpoint": "agency"}

    looked = editor.post(f"{AT}new/", {**given, "look": "1"})
    assert "1 candidate was found." in words(looked)
    assert (200, 0) == (looked.status_code, DocumentRecord.objects.count())
    kept = editor.post(f"{AT}new/", {**given, "keep": "1"})
    assert (302, f"{AT}D1/") == (kept.status_code, kept["Location"])
    again = editor.post(f"{AT}new/", {**given, "keep": "1"})
    assert "read in already, as D1" in words(again)
    nothing = editor.post(f"{AT}new/", {"look": "1"})
    assert (400, True) == (nothing.status_code, "Paste the text of the report" in words(nothing))


def test_hostile_text_is_shown_as_text_with_hidden_signs_named(editor, fund):
    read(fund)

    page = editor.get(f"{AT}D1/").content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "\u202e" not in page
    assert ">U+202E</span>" in page


def test_a_card_says_what_the_words_of_a_claim_do_not_say(editor, fund, monkeypatch):
    """The card lists the fields by their names in the reader's language."""
    read(fund)
    write, left_out = cards._fields, (ClaimField.SPEAKER.value, ClaimField.PROGRAMME.value)
    monkeypatch.setattr(cards, "_fields", lambda claim, text, _, names: write(claim, text, left_out, names))

    assert "not in the words: Speaker, Programme" in words(editor.get(f"{AT}D1/"))


def test_a_candidate_is_accepted_by_its_form_and_the_next_one_is_led_to(editor, fund):
    read(fund, TEXT + "Norway pledged NOK 2 billion to PURL.\n")
    page = editor.get(f"{AT}D1/").content.decode()
    assert ["1", "2"] == re.findall(r'name="accept" value="(\d+)"', page)

    answer = editor.post(f"{AT}D1/decide/", {"accept": "1", "reason": "plain"})

    assert (302, f"{AT}D1/?at=2#c2") == (answer.status_code, answer["Location"])
    assert ("accept", "plain", "ada") == ClaimDecision.objects.values_list(
        "verdict", "reason", "by_name"
    ).get()
    assert f"{AT}D1/" == editor.post(f"{AT}D1/decide/", {"reject": "2"})["Location"]
    assert 302 == editor.post(f"{AT}D1/decide/", {"accept": "two"}).status_code


def test_a_field_is_words_of_the_text_and_says_where_it_cannot_be_read(editor, fund):
    read(fund)
    form = f"{AT}D1/claim/?number=1"
    page = editor.get(form).content.decode()
    assert 'value="EUR 100 million"' in page
    given = {"kind": "contribution", "role": "contribution", "amount": "EUR 100 million", "donors": "Belgium"}

    wrong = editor.post(form, {**given, "stage": "go on", "donors": "Nowhere"})
    assert 400 == wrong.status_code
    assert "These words do not stand in the text" in words(wrong)
    wrong = editor.post(form, {**given, "stage": "go on"})
    assert "hold no verb of giving" in words(wrong)
    assert 0 == ClaimRecord.objects.count()
    assert 302 == editor.post(form, {**given, "stage": "pledged"}).status_code
    assert "pledged" == ClaimRecord.objects.get().fields["stage"]["value"]


def test_a_claim_by_hand_begins_with_the_words_that_were_chosen(editor, fund):
    report = read(fund)
    claims.reject(report, 1, person=MACHINE, now=NOW)

    page = editor.get(
        f"{AT}D1/claim/", {"words": "EUR 100 million", "from": str(TEXT.index("EUR"))}
    ).content.decode()

    for value in ("EUR 100 million", "Belgium", "pledged", "PURL"):
        assert f'value="{value}"' in page
    assert "do not stand in the text" in words(editor.get(f"{AT}D1/claim/", {"words": "EUR 200 million"}))


def test_a_row_opens_at_its_sentence_and_without_the_words_where_the_licence_forbids_them(client, fund):
    report = read(fund, outlet="A paper")
    claim = claims.accept(report, 1, person=MACHINE, now=NOW).claim
    claim_uses.cite(claim, "announcement", "C001", person=MACHINE, now=NOW)
    page = "/p/harbour/announcements/C001/"

    closed = client.get(page).content.decode()
    assert report.sha256 in closed
    assert "EUR 100 million" not in closed
    assert "EUR 100 million" not in client.get("/p/harbour/claims/CL1/").content.decode()
    assert "Belgium pledged" not in client.get(f"{AT}D1/").content.decode()
    DocumentRecord.objects.update(may_show=True)
    assert "EUR 100 million" in client.get(page).content.decode()


PAGE = (
    b'<html lang="en"><head><title>Norway pays more | Harbour News</title><meta name="author" content="Ada Berg">'
    b'<meta name="date" content="2025-08-05"></head><body><article><h1>Norway pays more</h1>'
    b"<p>Norway pledged NOK 2 billion to PURL.</p></article></body></html>"
)


def handed_in(editor, content=PAGE, **more):
    """Look a file over and keep what the form comes back with, as a browser would."""
    looked = editor.post(f"{AT}new/", {"file": io.BytesIO(content), "look": "1", **more}).content.decode()
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', looked)) | more
    text = re.search(r'<textarea name="text"[^>]*>\s?(.*?)</textarea>', looked, re.DOTALL)[1]
    given = {name: html.unescape(value) for name, value in fields.items() if name not in ("look", "keep")}
    given["text"] = html.unescape(text)
    return looked, editor.post(f"{AT}new/", given | {"keep": "1"})


def test_a_page_is_read_in_with_what_its_markup_states_and_its_bytes_can_be_had_again(editor, client):
    looked, kept = handed_in(editor, may_show="on")

    assert "Harbour News" in looked
    assert 302 == kept.status_code
    report = DocumentRecord.objects.get()
    assert ("Norway pays more", "Harbour News", "Ada Berg", "2025-08-05") == (
        report.title, report.outlet, report.author, report.published_on.isoformat(),
    )  # fmt: skip
    for name in ("title", "outlet", "author", "published_on"):
        assert report.stated[name]
    assert hashlib.sha256(PAGE).hexdigest() == report.sha256
    client.logout()
    answer = client.get(f"{AT}D1/original/")
    assert (PAGE, "application/octet-stream") == (answer.content, answer["Content-Type"])
    assert 'attachment; filename="harbour-D1.html"' == answer["Content-Disposition"]


def test_a_text_that_was_changed_after_the_look_is_kept_as_it_was_changed(editor):
    looked = editor.post(f"{AT}new/", {"file": io.BytesIO(TEXT.encode()), "look": "1"}).content.decode()
    original = re.search(r'name="original" value="([^"]+)"', looked)[1]

    editor.post(
        f"{AT}new/", {"text": TEXT + "More.", "original": original, "original_name": "a.txt", "keep": "1"}
    )

    report = DocumentRecord.objects.get()
    assert (report.text.endswith("More."), "") == (True, report.file_name)


def test_bytes_are_kept_only_while_the_licence_lets_the_text_be_shown(editor, client, fund):
    read(fund)
    page = words(editor.get(f"{AT}D1/"))
    assert "not kept: its licence does not let it be shown" in page
    assert 404 == editor.get(f"{AT}D1/original/").status_code

    read(fund, TEXT + "More.", may_show=True)
    assert 200 == client.get(f"{AT}D2/original/").status_code
    editor.post(f"{AT}D2/describe/", {"standpoint": "agency", "licence": "all rights reserved"})
    assert 0 == OriginalRecord.objects.count()
    assert 404 == client.get(f"{AT}D2/original/").status_code


def test_a_corrected_version_says_which_claims_it_does_not_bear_out_any_more(editor, fund):
    told = "Belgium pledged EUR 100 million to PURL.\nNorway pledged EUR 50 million to PURL.\n"
    first = read(fund, told, address="https://example.org/a")
    for number in (1, 2):
        claims.accept(first, number, person=MACHINE, now=NOW)

    corrected = (
        "Corrected.\nBelgium pledged EUR 100 million to PURL.\nNorway has paid EUR 50 million to PURL.\n"
    )
    read(fund, corrected, address="https://example.org/a")

    page = " ".join(words(editor.get(f"{AT}D2/")).split())
    assert "1 claim of it does not stand here as it was accepted" in page
    assert "reads differently now: Norway has paid EUR 50 million to PURL." in page
    assert "stands elsewhere, in the same words" in page
    assert "A version of this report" not in words(editor.get(f"{AT}D1/"))


def test_claims_leave_as_files(client, fund):
    claims.accept(read(fund, may_show=True), 1, person=MACHINE, now=NOW)

    (claim,) = json.loads(client.get("/p/harbour/claims.jsonld").content)["@graph"]
    rows = client.get("/p/harbour/claims.csv").content.decode("utf-8-sig")
    row = next(csv.DictReader(io.StringIO(rows)))

    assert claim["@type"] == ["Claim", "prov:Entity"]
    assert claim["appearance"]["oa:hasSelector"][1]["oa:exact"] == "EUR 100 million"
    assert "name" not in claim["prov:wasGeneratedBy"][0]["prov:wasAssociatedWith"]
    wanted = {"ref": "CL1", "donors": "BE", "stage": "pledged", "value": "100000000", "currency": "EUR"}
    assert wanted.items() <= row.items()


@pytest.mark.parametrize("page", ["D1/claim/?number=1", "new/", "D1/decide/", "D1/describe/"])
def test_who_may_not_edit_the_record_finds_the_desk_closed(client, fund, page):
    read(fund)

    assert 403 == client.get(f"{AT}{page}").status_code
    assert 403 == client.post(f"{AT}{page}").status_code
    assert "accept" not in re.findall(r'name="(\w+)"', client.get(f"{AT}D1/").content.decode())


def test_a_claim_that_says_otherwise_stands_beside_the_announcement_and_on_the_overview(client, fund):
    """The record has EUR 500 million of the Netherlands of 4 August; the report says dollars."""
    text = "The Netherlands pledged USD 500 million to PURL on 4 August 2025.\nPublished on 4 August 2025.\n"
    claims.accept(read(fund, text, may_show=True), 1, person=MACHINE, now=NOW)

    page = words(client.get("/p/harbour/announcements/C001/"))

    assert "contradicts CL1: the same number in another currency" in " ".join(page.split())
    assert "1 report says otherwise" in words(client.get("/p/harbour/"))


def test_a_total_that_rose_by_less_than_what_came_in_is_asked_about(client, fund):
    """EUR 1,000 million, then 100 million of Belgium, then 1,040 million."""
    for text in (
        "Allies have so far pledged EUR 1,000 million to PURL.\nPublished on 4 August 2025.\n",
        "Belgium pledged EUR 100 million to PURL on 10 August 2025.\nPublished on 11 August 2025.\n",
        "Allies have so far pledged EUR 1,040 million to PURL.\nPublished on 20 August 2025.\n",
    ):
        claims.accept(read(fund, text, may_show=True), 1, person=MACHINE, now=NOW)

    page = " ".join(words(client.get("/p/harbour/claims/compare/")).split())

    assert "Total CL3 is only EUR 40,000,000 above CL1, but CL2 is a larger contribution" in page
    assert "contradicts" not in page
