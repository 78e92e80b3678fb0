"""Programs write as people do: the same rules, once for each key, and on what they have seen."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from pledgeline.accounts.models import ApiToken, KeptAnswer, Scope
from pledgeline.actions.people import remove_person
from pledgeline.programme.roles import Role
from pledgeline.records.models import InstrumentVersion, RequirementRecord, StepTaken
from tests.api.conftest import HARBOUR, Program, program, token_of
from tests.chain import TODAY
from tests.people import a_person

pytestmark = pytest.mark.django_db

TENT = {"key": "N-1", "item": "tent", "quantity": 5}
NEW = f"{HARBOUR}/requirements"


def codes(answer):
    assert answer["Content-Type"] == "application/problem+json"
    return [finding["code"] for finding in answer.json()["findings"]]


def test_a_requirement_goes_from_a_program_to_the_list_by_three_people(harbour):
    recipient, validator, coordinator = map(program, (Role.RECIPIENT, Role.VALIDATOR, Role.COORDINATOR))
    made = recipient.send("POST", NEW, TENT)
    assert (201, ["submit", "withdraw"]) == (made.status_code, made.json()["steps"])
    assert made["Location"].endswith("/requirements/N-1")

    for who, step in ((recipient, "submit"), (validator, "validate"), (coordinator, "list")):
        taken = who.send("POST", f"{HARBOUR}/steps", {"noun": "requirement", "key": "N-1", "step": step})
        assert 201 == taken.status_code, taken.content
    opened = coordinator.get(f"{NEW}/N-1")
    assert ("listed", 1, 5) == tuple(opened.json()[name] for name in ("state", "version", "quantity"))
    history = coordinator.get(f"{HARBOUR}/steps?noun=requirement&key=N-1").json()["items"]
    assert ["write", "submit", "validate", "list"] == [taken["step"] for taken in history]


def test_the_same_request_again_gets_the_same_answer_and_does_nothing(harbour):
    recipient = program(Role.RECIPIENT)
    first = recipient.send("POST", NEW, TENT, key="once")
    again = recipient.send("POST", NEW, TENT, key="once")

    assert (201, first.content, "true") == (again.status_code, again.content, again["Idempotent-Replayed"])
    assert 1 == StepTaken.objects.filter(key="N-1").count()

    other = recipient.send("POST", NEW, {**TENT, "quantity": 6}, key="once")
    assert (422, "api.other-request") == (other.status_code, other.json()["code"])
    refused = [recipient.send("POST", NEW, {**TENT, "quantity": 0}, key="wrong") for _ in range(2)]
    assert refused[0].content == refused[1].content
    assert ["noun.not-above-zero"] == codes(refused[1])


def test_a_key_is_of_one_person(harbour):
    one, other = program(Role.RECIPIENT), program(Role.RECIPIENT, Role.READER)
    assert 201 == one.send("POST", NEW, TENT, key="k").status_code
    assert 409 == other.send("POST", NEW, TENT, key="k").status_code
    assert 2 == KeptAnswer.objects.count()


def test_a_change_needs_what_was_seen(harbour):
    recipient = program(Role.RECIPIENT)
    recipient.send("POST", NEW, TENT)
    tag = recipient.get(f"{NEW}/N-1")["ETag"]
    assert 428 == recipient.send("PUT", f"{NEW}/N-1", {**TENT, "quantity": 6}).status_code
    changed = recipient.send("PUT", f"{NEW}/N-1", {**TENT, "quantity": 6}, match=tag)
    assert (200, 6) == (changed.status_code, changed.json()["quantity"])
    late = recipient.send("PUT", f"{NEW}/N-1", {**TENT, "quantity": 7}, match=tag)
    assert (412, "steps.changed-meanwhile") == (late.status_code, late.json()["code"])
    assert 6 == RequirementRecord.objects.get(key="N-1").quantity
    assert 200 == recipient.send("PUT", f"{NEW}/N-1", {**TENT, "quantity": 7}, match="*").status_code
    assert (
        304
        == recipient.get(
            f"{NEW}/N-1", headers={"if-none-match": recipient.get(f"{NEW}/N-1")["ETag"]}
        ).status_code
    )


def test_everything_that_is_wrong_is_said_at_its_pointer(harbour):
    order = {"key": "O", "package": "P-1", "supplier": "Maker A", "delivery_point": "x", "currency": "EUX",
             "lines": [{"line": "P-1/AD-014", "units": 0, "unit_price": 1, "more": 2}], "extra": 1}  # fmt: skip
    answer = program(Role.COORDINATOR).send("POST", f"{HARBOUR}/orders", order)
    assert 422 == answer.status_code
    assert {"/extra", "/currency", "/lines/0/units", "/lines/0/more"} == {
        finding["pointer"] for finding in answer.json()["findings"]
    }
    assert all(finding["way_out"] for finding in answer.json()["findings"])


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"[]", 422),
        (b'{"key": 1, "key": 2}', 400),
        (b'{"key": "\\ud800"}', 400),
        (b'{"key": NaN}', 400),
        (b'{"key": ' + b"[" * 50 + b"]" * 50 + b"}", 422),
        (b"[" * 100_000, 400),
        (b'{"quantity": ' + b"9" * 5_000 + b"}", 400),
        (b"", 415),
        (b"\xef\xbb\xbf{}", 422),
        (b'{"key": "N-1", "item": "tent", "quantity": 5', 400),
        (b'{"key": "N-1",}', 400),
        (b"{'key': 'N-1'}", 400),
        (b'{"key": "N-1"} {"key": "N-2"}', 400),
        (b'{"lines": [{"units": 1, "units": 2}]}', 400),
        (b'{"quantity": Infinity}', 400),
        (b'{"quantity": 0x5}', 400),
        (b'{"quantity": 05}', 400),
        (b'{"key": "N\t1"}', 400),
        (b'{"key": "\xff"}', 400),
        (b"null", 422),
        (b'"N-1"', 422),
        (b"7", 422),
        (b"PK\x03\x04", 400),
        (b'"' + b"x" * 1_000_001 + b'"', 413),
    ],
)
def test_what_is_no_object_is_refused(db, harbour, body, status):
    assert status == program(Role.RECIPIENT).send("POST", NEW, body).status_code


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("quantity", "-5"),
        ("quantity", "0"),
        ("quantity", "5.0"),
        ("quantity", "1e400"),
        ("quantity", "-1e400"),
        ("quantity", "9223372036854775808"),
        ("quantity", "1" + "0" * 4_000),
        ("quantity", '"5"'),
        ("quantity", "true"),
        ("quantity", "[5]"),
        ("need_by", '"2026-02-30"'),
        ("need_by", '"30.01.2026"'),
        ("need_by", '"2026-01-30T00:00:00Z"'),
        ("need_by", '"0000-01-01"'),
        ("need_by", "20260130"),
        ("item", '""'),
        ("item", '" tent"'),
        ("item", "{}"),
        ("item", '"tent\\u0000"'),
        ("item", '"' + "x" * 201 + '"'),
    ],
)
def test_a_value_that_cannot_be_meant_is_a_finding_at_its_field(harbour, field, value):
    """Of every kind of value one is sent that the field cannot hold; nothing is written."""
    said = {name: json.dumps(given) for name, given in TENT.items()} | {field: value}
    body = "{" + ", ".join(f'"{name}": {given}' for name, given in said.items()) + "}"
    answer = program(Role.RECIPIENT).send("POST", NEW, body.encode())
    assert 422 == answer.status_code, answer.content
    assert [f"/{field}"] == [finding["pointer"] for finding in answer.json()["findings"]]
    assert all(finding["way_out"] for finding in answer.json()["findings"])
    assert not RequirementRecord.objects.filter(key="N-1").exists()


def test_who_may_not_write_is_told_so(harbour):
    assert 403 == program(Role.READER).send("POST", NEW, TENT).status_code
    reads = program(Role.RECIPIENT, scope=Scope.READ).send("POST", NEW, TENT)
    assert (403, "api.only-reads") == (reads.status_code, reads.json()["code"])
    assert 400 == program(Role.RECIPIENT).post(NEW, "{}", "application/json").status_code
    assert not RequirementRecord.objects.filter(key="N-1").exists()


def test_a_token_ends(harbour):
    person = a_person("ends", Role.READER, programme="harbour")
    api = Program(token_of(person))
    assert 200 == api.get(NEW).status_code
    ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    expired = api.get(NEW)
    assert (401, "api.no-such-token") == (expired.status_code, expired.json()["code"])
    assert 401 == Program("plt_no-such-token").get("/api/v1/programmes").status_code
    again = Program(token_of(person))
    remove_person(name="ends")
    assert 401 == again.get(NEW).status_code
    assert not ApiToken.objects.exists()


def test_money_is_entered_as_on_the_page_of_a_contribution(harbour):
    """A pledge of twice what A has pledged is asked about; sent with what was answered, it is entered once."""
    api = program(Role.COORDINATOR)
    event = {"id": "e-1", "type": "pledge", "contribution": "A", "partner": "Partner of A", "amount": 4_000_00,
             "currency": "USD", "effective_on": TODAY.isoformat()}  # fmt: skip
    asked = api.send("POST", f"{HARBOUR}/contribution-events", event)
    assert (409, ["contribution.twice"]) == (asked.status_code, codes(asked))
    sure = asked.json()["sure"]
    done = api.send("POST", f"{HARBOUR}/contribution-events?sure={sure}", event)
    assert (201, "pledge") == (done.status_code, done.json()["type"])
    figures = api.get(f"{HARBOUR}/contributions/A").json()
    assert [{"minor": 5_500_00, "currency": "USD"}] == figures["pledged"]
    before = api.get(f"{HARBOUR}/contributions/A?known_on=2026-01-01").json()
    assert [] == before.get("pledged", [])

    assert (
        403
        == program(Role.READER)
        .send("POST", f"{HARBOUR}/contribution-events", {**event, "id": "2"})
        .status_code
    )
    wrong = api.send("POST", f"{HARBOUR}/contribution-events", {**event, "id": "3", "amount": 1.5})
    assert (422, ["/amount"]) == (
        wrong.status_code,
        [finding["pointer"] for finding in wrong.json()["findings"]],
    )


def test_terms_are_written_on_what_was_seen(harbour):
    api = program(Role.COORDINATOR)
    tag = api.get(f"{HARBOUR}/contributions/A")["ETag"]
    done = api.send("PUT", f"{HARBOUR}/contributions/A", {"largest_share": 50}, match=tag)
    assert (200, 50, 1) == (done.status_code, done.json()["terms"]["largest_share"], done.json()["version"])
    assert 412 == api.send("PUT", f"{HARBOUR}/contributions/A", {"largest_share": 60}, match=tag).status_code


def test_the_books_take_an_event_and_refuse_what_they_cannot(harbour):
    api = program(Role.FINANCE)
    event = {"id": "e-9", "type": "release", "contribution": "A", "line": "P-1/AD-015", "amount": 10_00,
             "currency": "USD", "effective_on": TODAY.isoformat()}  # fmt: skip
    done = api.send("POST", f"{HARBOUR}/books/entries", event)
    assert 201 == done.status_code, done.content
    position = done.json()["position"]
    assert done.json()["postings"] == api.get(f"{HARBOUR}/books/entries/{position}").json()["postings"]
    more = api.send("POST", f"{HARBOUR}/books/entries", {**event, "id": "e-10", "amount": 9_000_00})
    assert 409 == more.status_code
    assert codes(more)[0].startswith("ledger.")


def test_a_row_of_the_record_is_entered_corrected_and_taken_away(harbour):
    api = program(Role.COORDINATOR)
    cells = {"id": "S9", "url": "urn:x:9", "publisher": "A paper", "title": "A page", "accessed_as": "page"}
    made = api.send("POST", f"{HARBOUR}/sources", cells)
    assert (201, {"key": "S9", "step": "enter"}) == (made.status_code, made.json())
    tag = api.get(f"{HARBOUR}/sources/S9")["ETag"]
    other = {**cells, "title": "Another page"}
    done = api.send("PUT", f"{HARBOUR}/sources/S9?reason=a+slip", other, match=tag)
    assert 200 == done.status_code, done.content
    assert 412 == api.send("PUT", f"{HARBOUR}/sources/S9?reason=a+slip", cells, match=tag).status_code
    assert "Another page" == api.get(f"{HARBOUR}/sources/S9").json()["title"]
    gone = api.send(
        "DELETE", f"{HARBOUR}/sources/S9?reason=twice", match=api.get(f"{HARBOUR}/sources/S9")["ETag"]
    )
    assert 200 == gone.status_code
    assert 404 == api.get(f"{HARBOUR}/sources/S9").status_code
    assert 422 == api.send("POST", f"{HARBOUR}/sources", {**cells, "url": "no address"}).status_code
    assert 422 == api.send("POST", f"{HARBOUR}/sources", {"id": " "}).status_code


def test_an_instrument_is_not_saved_on_what_is_no_version(db):
    editor = Program(token_of(a_person("ed", Role.REGISTER_EDITOR)))
    text = editor.get("/api/v1/instruments/ua-gb-2024").json()["text"]
    change = {"text": f"{text}\n# read once more\n", "reason": "read once more"}

    answer = editor.send("PUT", "/api/v1/instruments/ua-gb-2024", change, match='"no number"')
    assert 412 == answer.status_code, answer.content
    assert not InstrumentVersion.objects.exists()
