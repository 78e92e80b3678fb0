"""Two people edit one instrument: nobody undoes the other's work without having seen it."""

import pytest
from django.test import Client
from django.utils import timezone

from pledgeline.actions.register import Overtaken, save_version
from pledgeline.programme.roles import Role
from pledgeline.records.models import InstrumentVersion
from tests.people import a_person
from tests.web.guarantees.test_editing import GB, NEW, changed, opened, save, withdraw

pytestmark = pytest.mark.django_db

EDIT = f"{GB}edit/"


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def other(db):
    """A second editor of the register, at her own browser."""
    person = a_person("petro", Role.REGISTER_EDITOR)
    client = Client()
    client.force_login(person)
    return client


def retitled(text: str) -> str:
    return text.replace('title = "', 'title = "Revised: ', 1)


def test_what_was_saved_since_the_form_was_opened_is_shown_before_anything_is_undone(desk, other, shipped):
    """Both open the shipped text; the first shortens the clock, the second, who has checked late, the title."""
    begun = opened(desk, EDIT)
    save(other, EDIT, changed(shipped("ua-gb-2024")), reason="The gazette says twelve")
    mine = retitled(shipped("ua-gb-2024"))
    answer = desk.post(EDIT, begun | {"text": mine, "programme": "", "save": "1", "reason": "Title"})
    html = answer.content.decode()

    assert 422 == answer.status_code
    assert 1 == InstrumentVersion.objects.count()
    assert "Version 1 by petro" in html
    assert "The gazette says twelve" in html
    overtaken = answer.context["overtaken"]
    assert [("-", "PT24H"), ("+", "PT12H")] * 2 == [
        (mark, "PT24H" if "PT24H" in line else "PT12H") for mark, line in overtaken.theirs if mark in "+-"
    ]
    assert {"PT24H", "PT12H"} <= {
        word for _, line in overtaken.mine for word in line.replace('"', " ").split()
    }
    assert mine == answer.context["text"]
    assert "Title" == answer.context["form"]["reason"].value()


def test_checking_does_not_make_the_newest_version_ones_own(desk, other, shipped):
    """The second editor checks after the first has saved: her page says what she would undo."""
    begun = opened(desk, EDIT)
    save(other, EDIT, changed(shipped("ua-gb-2024")))
    fields = begun | {"text": retitled(shipped("ua-gb-2024")), "programme": ""}
    checked = desk.post(EDIT, fields | {"check": "1"})

    assert "Version 1 by petro" in checked.content.decode()
    assert "Save mine over version 1 by petro" in checked.content.decode()


def test_after_seeing_it_she_may_save_on_top_and_both_stay(desk, other, shipped):
    begun = opened(desk, EDIT)
    save(other, EDIT, changed(shipped("ua-gb-2024")))
    merged = retitled(changed(shipped("ua-gb-2024")))
    answer = save(desk, EDIT, merged, reason="Both", begun=begun)

    assert answer.headers["Location"] == GB
    assert [("petro", 1), ("olena", 2)] == list(InstrumentVersion.objects.values_list("saved_by", "number"))
    assert merged == InstrumentVersion.objects.get(number=2).text


def test_what_is_saved_after_she_was_shown_is_shown_again(desk, other, shipped):
    begun = opened(desk, EDIT)
    save(other, EDIT, changed(shipped("ua-gb-2024")))
    fields = begun | {"text": retitled(shipped("ua-gb-2024")), "programme": ""}
    based_on = desk.post(EDIT, fields | {"check": "1"}).context["form"]["based_on"].value()
    save(other, EDIT, shipped("ua-gb-2024"), reason="Back again")
    answer = desk.post(EDIT, fields | {"based_on": based_on, "save": "1", "reason": "Title"})

    assert 422 == answer.status_code
    assert "Back again" in answer.content.decode()
    assert 2 == InstrumentVersion.objects.count()


def test_the_usual_fields_carry_the_version_too(desk, other, shipped):
    """A field changed in the small form: the text is the one that was opened, and the page says what is newer."""
    page = desk.get(EDIT)
    usual = {
        bound.html_name: bound.value() or "" for part in page.context["usual"].parts for bound in part.fields
    }
    save(other, EDIT, changed(shipped("ua-gb-2024")))
    sent = (
        usual
        | opened_before(page)
        | {"text": page.context["text"], "programme": "", "usual": "1", "title": "New"}
    )
    answer = desk.post(EDIT, sent)

    assert "Version 1 by petro" in answer.content.decode()
    assert 'name="opened_on" value="0"' in page.content.decode()


def opened_before(page) -> dict[str, str]:
    return {name: page.context["form"][name].value() for name in ("opened_on", "based_on")}


@pytest.mark.parametrize("forged", ["", "x", "-1", "1e9", "9" * 40])
def test_a_form_that_does_not_say_what_it_was_opened_on_has_seen_nothing(desk, other, shipped, forged):
    save(other, EDIT, changed(shipped("ua-gb-2024")))
    fields = {"text": retitled(shipped("ua-gb-2024")), "programme": "", "save": "1", "reason": "r"}
    answer = desk.post(EDIT, fields | {"opened_on": forged, "based_on": forged})

    assert 422 == answer.status_code
    assert 1 == InstrumentVersion.objects.count()


def test_a_version_withdrawn_in_the_meantime_is_shown_too(desk, other, shipped):
    save(other, EDIT, changed(shipped("ua-gb-2024")))
    begun = opened(desk, EDIT)
    withdraw(other, f"{GB}withdraw/", "It was wrong")
    fields = begun | {"text": retitled(changed(shipped("ua-gb-2024"))), "programme": ""}
    answer = desk.post(EDIT, fields | {"save": "1", "reason": "Title"})

    assert 422 == answer.status_code
    assert "withdrawn" in answer.content.decode()


def test_who_withdraws_over_a_newer_version_is_told_and_keeps_her_reason(desk, other, shipped):
    save(desk, EDIT, changed(shipped("ua-gb-2024")))
    based_on = desk.get(f"{GB}withdraw/").context["opened_on"]
    save(other, EDIT, retitled(changed(shipped("ua-gb-2024"))), reason="A better title")
    answer = desk.post(f"{GB}withdraw/", {"reason": "It was wrong", "based_on": based_on})
    html = answer.content.decode()

    assert "petro saved version 2 while you had this page open: A better title" in html
    assert 'value="It was wrong"' in html
    assert 2 == InstrumentVersion.objects.count()


def test_of_two_who_add_the_same_instrument_the_second_is_shown_the_first(desk, other):
    begun = opened(desk, NEW)
    text = desk.get(NEW).context["text"].replace("new-instrument", "invented-2026")
    save(other, NEW, text, reason="First")
    answer = desk.post(
        NEW, begun | {"text": retitled(text), "programme": "", "save": "1", "reason": "Second"}
    )

    assert 422 == answer.status_code
    assert "Version 1 by petro" in answer.content.decode()
    assert 1 == InstrumentVersion.objects.count()


def test_an_instrument_that_is_there_is_not_replaced_by_adding_one(desk, shipped):
    answer = save(desk, NEW, retitled(shipped("ua-gb-2024")))

    assert 422 == answer.status_code
    assert "change it on its own page" in answer.content.decode()
    assert not InstrumentVersion.objects.exists()


def test_another_programme_s_drafts_and_other_instruments_stand_in_nobody_s_way(
    desk, other, shipped, two_programmes
):
    begun = opened(desk, EDIT)
    save(other, "/guarantees/instruments/ua-nl-2024/edit/", changed(shipped("ua-nl-2024")))
    save(other, EDIT, changed(shipped("ua-gb-2024")), programme="harbour")
    answer = save(desk, EDIT, retitled(shipped("ua-gb-2024")), begun=begun)

    assert answer.headers["Location"] == GB


def test_a_draft_is_told_what_changed_in_the_register_that_it_stands_over(
    desk, other, shipped, two_programmes
):
    begun = opened(desk, EDIT)
    save(other, EDIT, changed(shipped("ua-gb-2024")), reason="For everybody")
    fields = begun | {"text": retitled(shipped("ua-gb-2024")), "programme": "harbour"}
    answer = desk.post(EDIT, fields | {"save": "1", "reason": "Draft"})

    assert 422 == answer.status_code
    assert "For everybody" in answer.content.decode()


def test_the_action_itself_refuses_what_would_undo_another(editor, shipped):
    """Whoever calls it: the page, or something else."""
    keywords = {
        "instrument": "ua-gb-2024", "reason": "r", "person": editor, "programme": "", "now": timezone.now(),
    }  # fmt: skip
    first = save_version(text=changed(shipped("ua-gb-2024")), based_on=0, **keywords)
    with pytest.raises(Overtaken):
        save_version(text=retitled(shipped("ua-gb-2024")), based_on=0, **keywords)
    second = save_version(text=retitled(shipped("ua-gb-2024")), based_on=first.pk, **keywords)

    assert [1, 2] == [first.number, second.number]
