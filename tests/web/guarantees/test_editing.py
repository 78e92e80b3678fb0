"""Adding and changing instruments: who may, what is shown before, and that no version is lost."""

import io
import zipfile

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from pledgeline.programme.roles import Role
from pledgeline.records.models import InstrumentVersion
from tests.people import a_person
from tests.web.html import flat

pytestmark = pytest.mark.django_db

GB = "/guarantees/instruments/ua-gb-2024/"
NEW = "/guarantees/new/"


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def opened(client, path) -> dict[str, str]:
    """Open the form, and give the hidden fields that it sends back."""
    form = client.get(path).context["form"]
    return {name: form[name].value() for name in ("opened_on", "based_on")}


def save(client, path, text, reason="Read in the gazette", programme="", begun=None, **more):
    """Open the form unless it was `begun` before, check, then save with the fields that the page gave."""
    fields = {"text": text, "programme": programme} | (begun or opened(client, path))
    checked = client.post(path, fields | {"check": "1"})
    based_on = checked.context["form"]["based_on"].value()
    return client.post(path, fields | {"save": "1", "reason": reason, "based_on": based_on} | more)


def withdraw(client, path, reason):
    based_on = client.get(path).context["opened_on"]
    return client.post(path, {"reason": reason, "based_on": based_on})


def changed(text: str) -> str:
    return text.replace('within = "PT24H"', 'within = "PT12H"')


def test_a_change_is_shown_checked_saved_and_kept_with_who_and_when(desk, shipped):
    answer = save(desk, f"{GB}edit/", changed(shipped("ua-gb-2024")))

    assert answer.headers["Location"] == GB
    version = InstrumentVersion.objects.get()
    assert (version.instrument, version.number, version.saved_by, version.reason) == (
        "ua-gb-2024", 1, "olena", "Read in the gazette",
    )  # fmt: skip
    html = desk.get(GB).content.decode()
    assert "within 12 hours" in html
    assert "version 1, written here by olena" in html
    assert "PT12H" in desk.get(f"{GB}versions/").content.decode()


def test_before_a_change_is_saved_the_page_says_what_it_uncovers(desk, shipped):
    """Romania alone owes air defence; the text without that duty uncovers the kind for Ukraine."""
    text = shipped("ua-ro-2024").replace('kind = "air_defence"', 'kind = "training"')
    html = desk.post(
        "/guarantees/instruments/ua-ro-2024/edit/", {"text": text, "check": "1"}
    ).content.decode()

    assert "no longer covered" in html
    assert "air defence" in html
    assert not InstrumentVersion.objects.exists()


def test_a_fault_is_said_at_its_line_and_nothing_is_saved(desk, shipped):
    text = shipped("ua-gb-2024").replace('kind = "consult"', 'kind = "consullt"')
    line = text[: text.index("consullt")].count("\n") + 1
    answer = save(desk, f"{GB}edit/", text)

    assert answer.status_code == 422
    assert f"Line {line}" in answer.content.decode()
    assert "Did you mean “consult”" in answer.content.decode()
    assert not InstrumentVersion.objects.exists()


def test_a_save_without_a_reason_is_not_one(desk, shipped):
    assert "Say why" in save(desk, f"{GB}edit/", changed(shipped("ua-gb-2024")), reason=" ").content.decode()
    assert not InstrumentVersion.objects.exists()


def test_signs_that_nobody_sees_are_no_reason_and_those_of_before_break_no_feed(desk, shipped):
    page = save(desk, f"{GB}edit/", changed(shipped("ua-gb-2024")), reason="bad \x0b sign").content.decode()
    assert "The reason holds signs that nobody sees." in page
    assert not InstrumentVersion.objects.exists()
    save(desk, f"{GB}edit/", changed(shipped("ua-gb-2024")))
    assert "signs that nobody sees" in withdraw(desk, f"{GB}withdraw/", "bad \x01 sign").content.decode()
    (version,) = InstrumentVersion.objects.all()
    InstrumentVersion.objects.create(
        instrument=version.instrument, programme="", number=2, text=version.text, reason="bad \x0b\x01\ufffe sign",
        saved_by="ada", saved_at=version.saved_at,
    )  # fmt: skip
    for address in ("/guarantees/changes.atom", "/guarantees/instruments/ua-gb-2024.atom"):
        assert "bad  sign" in desk.get(address).content.decode()


def test_a_new_instrument_is_in_the_register_and_can_be_withdrawn_again(desk, client):
    skeleton = desk.get(NEW).context["text"]
    save(desk, NEW, skeleton.replace("new-instrument", "invented-2026"))
    page = "/guarantees/instruments/invented-2026/"

    assert desk.get(page).status_code == 200
    assert "52" in desk.get("/guarantees/").content.decode()
    answer = withdraw(desk, f"{page}withdraw/", "An exercise")
    assert answer.headers["Location"] == "/guarantees/"
    assert desk.get(page).status_code == 404
    assert "withdrawn" in desk.get(f"{page}versions/").content.decode()
    assert [1, 2] == list(InstrumentVersion.objects.values_list("number", flat=True))


def test_withdrawing_a_change_gives_the_shipped_text_back(desk, shipped):
    save(desk, f"{GB}edit/", changed(shipped("ua-gb-2024")))
    withdraw(desk, f"{GB}withdraw/", "It was wrong")

    assert "within 24 hours" in desk.get(GB).content.decode()


@pytest.mark.parametrize("id_", ["vocab", "actors", "../vocab", "UPPER", "a--b"])
def test_an_id_can_replace_no_other_file(desk, id_):
    skeleton = desk.get(NEW).context["text"]
    answer = save(desk, NEW, skeleton.replace("new-instrument", id_))

    assert answer.status_code == 422
    assert not InstrumentVersion.objects.exists()


def test_the_database_refuses_to_change_or_delete_a_version(desk, shipped):
    save(desk, f"{GB}edit/", changed(shipped("ua-gb-2024")))

    for spoil in (
        lambda: InstrumentVersion.objects.update(saved_by="somebody else"),
        lambda: InstrumentVersion.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="only added"), transaction.atomic():
            spoil()


# Who may


def test_nobody_edits_without_the_role(client, editor, shipped):
    assert client.get(f"{GB}edit/").status_code == 403
    assert client.post(NEW, {"text": "x", "save": "1"}).status_code == 403
    editor.memberships.all().delete()
    client.force_login(editor)
    for path in (f"{GB}edit/", NEW, f"{GB}withdraw/"):
        assert client.post(path, {"text": shipped("ua-gb-2024"), "save": "1"}).status_code == 403
    assert not InstrumentVersion.objects.exists()


def test_a_draft_of_a_programme_is_seen_by_its_editors_only(client, drafter, two_programmes):
    client.force_login(drafter)
    skeleton = client.get(NEW).context["text"]
    secret = skeleton.replace("new-instrument", "secret-2027").replace("What people call it", "SECRET PACT")
    save(client, NEW, secret, programme="harbour")
    public = Client()

    assert "SECRET PACT" in client.get("/guarantees/").content.decode()
    assert "One draft stands in what you see" in client.get("/guarantees/coverage/").content.decode()
    assert "draft of harbour" in client.get("/guarantees/instruments/secret-2027/").content.decode()
    for path in (
        "",
        "obligations/",
        "register.csv",
        "obligations.csv",
        "compare/?i=secret-2027",
        "coverage/",
    ):
        assert "SECRET PACT" not in public.get(f"/guarantees/{path}").content.decode()
    for path in ("", "versions/", "edit/"):
        assert public.get(f"/guarantees/instruments/secret-2027/{path}").status_code in (403, 404)
    assert public.get("/guarantees/instruments/secret-2027.toml").status_code == 404


EVERYWHERE = [
    "/", "/robots.txt", "/sitemap.xml", "/guarantees/", "/guarantees/?q=SECRET", "/guarantees/obligations/",
    "/guarantees/obligations/?q=SECRET", "/guarantees/matrix/", "/guarantees/coverage/", "/guarantees/vetoes/",
    "/guarantees/duties/?kind=consult", "/guarantees/duties/?guarantor=AU", "/guarantees/funding/",
    "/guarantees/compare/", "/guarantees/compare/?i=secret-2027&i=ua-gb-2024", "/guarantees/without/?x=AU",
    "/guarantees/scenarios/", "/guarantees/scenarios/write/", "/guarantees/scenarios/write/?from=secret-2027",
    "/guarantees/scenarios/weekend-attack/", "/guarantees/instruments/secret-2027/",
    "/guarantees/instruments/secret-2027.toml", "/guarantees/instruments/secret-2027/versions/",
    "/guarantees/instruments/secret-2027/versions/?a=1&b=2", "/guarantees/instruments/secret-2027/edit/",
    "/guarantees/instruments/secret-2027/withdraw/", "/guarantees/instruments/ua-gb-2024/",
    "/guarantees/instruments/ua-gb-2024.toml", "/guarantees/instruments/ua-gb-2024/versions/?a=1&b=2",
    "/guarantees/instruments/ua-gb-2024/versions/?a=2&b=shipped",
    *(f"/guarantees/{name}.{ending}" for ending in ("csv", "xlsx")
      for name in ("register", "obligations", "matrix", "coverage", "compare", "funding", "vetoes")),
    *(f"/guarantees/scenarios/weekend-attack.{ending}" for ending in ("ics", "csv", "xlsx", "txt", "svg")),
]  # fmt: skip


def test_no_address_gives_a_draft_to_the_public_or_to_another_programme(
    client, drafter, two_programmes, shipped
):
    """A new draft, and a draft over a public text: neither is anywhere, by any address, for anybody else."""
    client.force_login(drafter)
    new = client.get(NEW).context["text"].replace('"GB"', '"AU"')
    new = new.replace("new-instrument", "secret-2027").replace("What people call it", "SECRET PACT")
    save(client, NEW, new.replace("Consult within", "SECRET: consult within"), programme="harbour")
    over = shipped("ua-gb-2024").replace("Consult within 24 hours", "SECRET: consult within 24 hours")
    save(client, f"{GB}edit/", over, programme="harbour")
    assert InstrumentVersion.objects.count() == 2
    asks = 'schema = "pledgeline-guarantee-cases/0.1"\ninstruments = ["secret-2027"]\n'
    other = a_person("taras", Role.REGISTER_EDITOR, programme="energy")

    assert "SECRET:" in client.get(GB).content.decode()
    for visitor in (None, other):
        outside = Client()
        if visitor:
            outside.force_login(visitor)
        for path in EVERYWHERE:
            answer = outside.get(path, follow=True)
            assert answer.status_code < 500, path
            body = b"".join(answer) if answer.streaming else answer.content
            texts = xlsx_texts(body) if path.endswith(".xlsx") else body.decode()
            assert "SECRET:" not in texts, path
            assert "SECRET PACT" not in texts, path
        told = outside.post("/guarantees/scenarios/write/", {"toml": asks}).content.decode()
        assert "is not a known instrument" in told


def xlsx_texts(body: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(body)) as file:
        return "".join(file.read(name).decode() for name in file.namelist() if name.endswith(".xml"))


def test_who_edits_drafts_cannot_save_into_the_register_of_all(client, drafter, shipped):
    client.force_login(drafter)
    fields = {
        "text": changed(shipped("ua-gb-2024")),
        "programme": "",
        "save": "1",
        "reason": "r",
        "based_on": "0",
    }

    for programme in ("energy", "nowhere"):
        assert client.post(f"{GB}edit/", fields | {"programme": programme}).status_code == 422
    client.post(f"{GB}edit/", fields)
    assert [each.programme for each in InstrumentVersion.objects.all()] in ([], ["harbour"])


def test_a_few_fields_make_a_text_that_can_be_saved(desk):
    fields = {
        "begin": "1", "id": "se-ua-2027", "title": 'A "quoted" title', "kind": "treaty", "legally_binding": "yes",
        "level": "1", "signed_on": "2027-01-05", "guarantor": "SE", "beneficiary": "UA", "help": "air_defence",
        "strength": "shall", "summary": "Keep two batteries ready.", "url": "https://example.org/x", "basis": "text",
    }  # fmt: skip
    text = desk.get(NEW, fields).context["text"]
    assert save(desk, NEW, text).headers["Location"] == "/guarantees/instruments/se-ua-2027/"
    assert "help to defend the air" in desk.get("/guarantees/instruments/se-ua-2027/").content.decode()

    wrong = desk.get(NEW, fields | {"id": "Not An Id", "guarantor": "XX", "url": "nowhere"}).content.decode()
    assert "single hyphens" in wrong
    assert "is not in the list" in wrong


def test_an_obligation_is_connected_with_a_contribution_and_shows_what_came(desk, two_programmes):
    """Nothing is booked yet: promised 3.02 billion, received nothing."""
    page = "/guarantees/instruments/ua-ca-2024/"
    said = {"obligation": "aid-2024", "programme": "harbour", "contribution": "CA-1", "points": "yes"}

    assert desk.post(f"{page}point/", said).status_code == 302
    html = flat(desk.get(page))
    assert "CAD\u00a03,020,000,000" in html
    assert "CAD\u00a00<" in html
    for wrong in ({"obligation": "consult"}, {"contribution": " "}, {"programme": "nowhere"}):
        assert desk.post(f"{page}point/", said | wrong).status_code in (302, 422)
    desk.logout()
    assert desk.post(f"{page}point/", said).status_code == 403
    assert "plain measured" not in flat(desk.get(page))


def usual_fields(client, path):
    """The fields of the form with what they show."""
    form = client.get(path).context["usual"]
    return {f"u-{name}": str(field.initial or "") for name, field in form.fields.items()}


def test_a_usual_field_changes_its_word_in_the_text_and_nothing_else(desk, shipped):
    text = shipped("ua-gb-2024")
    fields = usual_fields(desk, f"{GB}edit/")
    assert "P24H" not in fields.values()
    assert "PT24H" == fields["u-o0_within"]
    assert "GB, UA" == fields["u-o0_by"]

    answer = desk.post(f"{GB}edit/", fields | {"u-o0_within": "PT12H", "usual": "1", "text": text})

    assert answer.context["form"].data["text"] == text.replace('within = "PT24H"', 'within = "PT12H"', 1)
    assert answer.context["draft"].can_be_saved


def test_usual_fields_that_were_empty_are_written_and_that_are_emptied_go(desk, shipped):
    text = shipped("ua-gb-2024")
    changes = {
        "u-ends_on": "2033-12-31", "u-status": "signed", "u-o0_provision": "Part VIII", "u-o0_by": "GB, UA, FR",
        "u-p0_role": "mutual", "u-o1_within": "P3D", "u-o1_from": "trigger", "u-o1_qualifier": "hard",
    }  # fmt: skip
    fields = usual_fields(desk, f"{GB}edit/") | changes | {"usual": "1", "text": text}

    answer = desk.post(f"{GB}edit/", fields)

    draft = answer.context["draft"]
    assert () == draft.findings
    instrument = draft.instrument
    first, second = instrument.obligations[:2]
    assert ("2033-12-31", "signed") == (str(instrument.ends_on), instrument.status)
    assert ("Part VIII", ("GB", "UA", "FR")) == (first.provision, first.by)
    assert ("P3D", "trigger", "hard") == (
        str(second.deadline.within), second.deadline.start, second.deadline.qualifier,
    )  # fmt: skip
    assert "mutual" == instrument.parties[0].role
    shorter = fields | {"u-o0_provision": "", "u-ends_on": "", "text": answer.context["text"]}
    again = desk.post(f"{GB}edit/", shorter).context["draft"].instrument
    assert (None, "") == (again.ends_on, again.obligations[0].provision)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"u-signed_on": "soon"}, "year-month-day"),
        ({"u-status": "good"}, "is not in the list"),
        ({"u-o0_by": "GB, XX"}, "“XX” is not a known actor"),
        ({"u-o0_within": "a day"}, "is not an ISO 8601 duration"),
        ({"u-title": ""}, "The key “title” is missing"),
        ({"u-o0_summary": 'a "quoted" \\ word\n'}, "Check, and show"),
        ({"text": "= broken"}, "This is not valid TOML"),
        ({"text": "a." * 60_000 + "a = 1"}, "more than 20 steps deep"),
        ({"text": f"id = {'9' * 5_000}"}, "A number has more than 4,300 digits"),
    ],
)
def test_a_fault_in_a_usual_field_is_said_and_never_a_failure(desk, shipped, change, says):
    fields = usual_fields(desk, f"{GB}edit/") | {"usual": "1", "text": shipped("ua-gb-2024")} | change
    answer = desk.post(f"{GB}edit/", fields)

    assert answer.status_code in (200, 422)
    assert says in answer.content.decode()
    assert not InstrumentVersion.objects.exists()
