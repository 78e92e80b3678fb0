"""Parts of pages that are kept: everybody is given their own, and nobody what stood there before."""

import re
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.apps import apps
from django.template import RequestContext, Template
from django.test import Client, RequestFactory
from django.utils import timezone, translation

from pledgeline.accounts.models import Session, User
from pledgeline.actions.books import open_books, post
from pledgeline.actions.records import load_record
from pledgeline.ledger import Posted
from pledgeline.programme.roles import Role
from pledgeline.programme.settings import WITHHOLDABLE
from pledgeline.records.models import BooksRecord, ProgrammeRecord
from pledgeline.records.register import seen_register
from pledgeline.records.snapshot import snapshot
from pledgeline.web import parts
from pledgeline.web.parts import Part
from tests.builders import a_programme, a_record, an_announcement
from tests.ledger.stories import TODAY
from tests.people import a_person, publish_all, sit_at_desk
from tests.planning import planned
from tests.web.books import PACKAGE, keep, text_of

pytestmark = pytest.mark.django_db

QUERIES = {
    # address: queries for a visitor who is not signed in, once somebody has been there
    "/p/purl/": 5,
    "/p/purl/?as_of=2025-09-01&currency=USD": 5,
    "/p/purl/announcements/": 4,
    "/p/purl/announcements/?partner=NLD&stage=committed&sort=-amount": 4,
    "/guarantees/": 2,
    "/guarantees/?kind=treaty&sort=-title": 2,
}


def is_given_again(client, address, queries, assert_num_queries, monkeypatch):
    """See that the second visitor is given what the first was, with few queries, and that nothing is written for it."""
    first = client.get(address)
    assert first.status_code == 200
    with monkeypatch.context() as patch, assert_num_queries(queries):
        patch.setattr(parts, "Context", None)
        again = client.get(address)
    assert without_tokens(first) == without_tokens(again)


def without_tokens(page) -> str:
    """Give a page without the words of chance in its forms."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.content.decode())


def test_what_all_workers_begin_with_is_not_read_again(site, django_assert_num_queries):
    """A worker that is forked, or replaces another, asks only whether what is in mind is the newest."""
    apps.get_app_config("web").read_beforehand()
    known = snapshot("purl"), seen_register()

    with django_assert_num_queries(2):
        assert (snapshot("purl"), seen_register()) == known
    assert known[0] is snapshot("purl")


@pytest.mark.parametrize("address", QUERIES)
def test_a_page_is_written_once_and_then_costs_a_few_small_queries(
    site, address, django_assert_num_queries, monkeypatch
):
    is_given_again(site, address, QUERIES[address], django_assert_num_queries, monkeypatch)


def test_so_is_the_page_of_the_books(harbour, django_assert_num_queries, monkeypatch):
    is_given_again(harbour, "/p/harbour/books/", 4, django_assert_num_queries, monkeypatch)


def test_so_is_the_page_of_a_plan_whose_seal_is_compared_each_time(
    site, settings, django_assert_num_queries, monkeypatch
):
    """Three of the queries count what waits for whoever sits at the desk, which the menu says."""
    desk = sit_at_desk(site, settings)
    is_given_again(desk, f"/p/purl/plan/{planned().ref}/", 8 + 3, django_assert_num_queries, monkeypatch)


# ---- to each their own ----


def signed_in(name: str, role: Role) -> Client:
    client = Client()
    client.force_login(a_person(name, role, programme="harbour"))
    return client


def harbour_record(**given) -> None:
    announced = an_announcement(title="Cranes for the harbour", note="the lantern is broken", package="PKG01")
    load_record(
        programme=a_programme(**given),
        record=a_record(announcements=(announced,)),
        prune=True,
        today=date(2025, 9, 1),
        by="a test",
    )
    publish_all("harbour")


@pytest.mark.parametrize("reader_first", [True, False])
def test_who_may_see_a_withheld_field_and_who_may_not_are_each_given_their_own(client, reader_first):
    """The word is in a note that is kept back: a row for the reader, none for the public."""
    harbour_record(public_fields=WITHHOLDABLE | {"announcements": ("earmark",)})
    visitors = [(signed_in("ada", Role.READER), True), (client, False)]
    for visitor, may_see in (visitors if reader_first else visitors[::-1]) * 2:
        found = text_of(visitor.get("/p/harbour/announcements/?q=lantern"))
        every = text_of(visitor.get("/p/harbour/announcements/"))

        assert ("Cranes for the harbour" in found) is may_see
        assert ("No announcement passes these filters." in found) is not may_see
        assert "Cranes for the harbour" in every


@pytest.mark.parametrize("bookkeeper_first", [True, False])
def test_who_may_record_and_who_may_not_are_each_given_their_own(client, bookkeeper_first):
    """Empty books: the bookkeeper is led to the form, readers and strangers to the command line."""
    harbour_record()
    open_books("harbour", currencies=["USD"])
    publish_all("harbour")
    visitors = [
        (signed_in("ben", Role.FINANCE), True),
        (signed_in("ada", Role.READER), False),
        (client, False),
    ]
    for visitor, may_record in (visitors if bookkeeper_first else visitors[::-1]) * 2:
        page = text_of(visitor.get("/p/harbour/books/"))

        assert ("Record a pledge" in page) is may_record
        assert ("pledgeline ledger replay" in page) is not may_record


def test_a_part_knows_the_address_and_neither_the_person_nor_the_session(rf: RequestFactory):
    """Whatever a template tries: nothing of whoever asks first can be written into what is kept."""
    request = rf.get("/somewhere/?q=1")
    request.user, request.session = User(username="ada"), {"secret": "lantern"}
    tried = (
        "{{ user }}{{ user.username }}{{ perms }}{{ request.user }}{{ request.session.secret }}{{ request.META }}"
        "{{ request.COOKIES }}{{ csrf_token }}{% csrf_token %}{{ outside }}{{ part }}|{{ request.path }}|{{ inside }}"
    )
    page = Template(f"{{% load pledgeline %}}{{{{ outside }}}}|{{% kept %}}{tried}{{% endkept %}}")
    part = Part(request, made_from="test_a_part_knows", context=lambda: {"inside": "shown"})
    request.parameters.know("q")

    assert "lantern||/somewhere/|shown" == page.render(
        RequestContext(request, {"outside": "lantern", "part": part})
    )


def test_languages_are_kept_apart(rf: RequestFactory):
    page = Template("{% load pledgeline %}{% kept %}{{ said }}{% endkept %}")
    for _ in range(2):
        for language, said in (("en", "yes"), ("uk", "так")):
            with translation.override(language):
                part = Part(rf.get("/"), made_from="test_languages", context=lambda said=said: {"said": said})
                assert said == page.render(RequestContext(rf.get("/"), {"part": part}))


# ---- nothing of before ----


def test_a_record_that_is_loaded_again_is_shown_at_once(client):
    harbour_record()
    assert "Cranes for the harbour" in text_of(client.get("/p/harbour/announcements/"))
    load_record(
        programme=a_programme(),
        record=a_record(announcements=(an_announcement(title="Tugs for the harbour"),)),
        prune=True,
        today=date(2025, 9, 1),
        by="a test",
    )

    for address in ("/p/harbour/", "/p/harbour/announcements/"):
        page = text_of(client.get(address))
        assert "Tugs for the harbour" in page
        assert "Cranes for the harbour" not in page


def test_an_entry_is_in_the_figures_of_the_next_visitor(harbour):
    """USD 11,035 of fees were taken of N; then one dollar of W."""
    before = text_of(harbour.get("/p/harbour/books/"))
    fee = {"id": "f", "type": "fee", "contributions": ["W"], "currency": "USD", "amount": 100}
    entered = post("harbour", {**fee, "effective_on": "2025-10-06"}, today=TODAY)
    assert isinstance(entered, Posted)
    after = text_of(harbour.get("/p/harbour/books/"))

    assert "22 entries in the log" in before
    assert "Fees – 11,035.00 " in before
    assert "23 entries in the log" in after
    assert "Fees – 11,036.00 " in after


def test_books_that_are_opened_or_closed_show_in_the_page_at_once(client):
    """A programme without rows speaks of its books where they may be seen."""
    keep(PACKAGE, public=False)
    for public in (False, True, False):
        BooksRecord.objects.update(public=public)
        page = text_of(client.get("/p/harbour/"))

        assert ("This programme has books" in page) is public
        assert ("22 entries in the log" in text_of(client.get("/p/harbour/books/"))) is public


def test_a_programme_that_is_withdrawn_is_gone_though_its_pages_are_kept(client):
    harbour_record()
    assert client.get("/p/harbour/").status_code == 200
    ProgrammeRecord.objects.update(published=False)

    assert client.get("/p/harbour/").status_code == 404
    assert client.get("/p/harbour/announcements/").status_code == 404


def test_at_midnight_of_the_programme_a_new_day_begins_on_kept_pages(client):
    """Announced on 18 August: at 23:59 in Kyiv on the 17th it has not been said yet."""
    load_record(
        programme=a_programme(time_zone="Europe/Kyiv"),
        record=a_record(
            announcements=(an_announcement(announced_on=date(2025, 8, 18), title="Said on the 18th"),)
        ),
        prune=True,
        today=date(2025, 9, 1),
        by="a test",
    )
    publish_all("harbour")
    for now, is_said in (("2025-08-17T20:59:59", False), ("2025-08-17T21:00:00", True)) * 2:
        with time_machine.travel(datetime.fromisoformat(f"{now}+00:00"), tick=False):
            for address in ("/p/harbour/", "/p/harbour/announcements/"):
                assert ("Said on the 18th" in text_of(client.get(address))) is is_said


def test_a_day_that_was_today_is_handed_on_by_its_links_tomorrow(client):
    """On the 17th a link needs no day; from the 18th on, the same page has to say which it shows."""
    harbour_record(time_zone="UTC")
    for now, is_handed_on in (("2025-08-17", False), ("2025-08-18", True)) * 2:
        with time_machine.travel(datetime.fromisoformat(f"{now}T12:00:00+00:00"), tick=False):
            page = client.get("/p/harbour/announcements/?as_of=2025-08-17").content.decode()
            links = re.findall(r'href="/p/harbour/rules/([^"]*)#as-of"', page)

        assert (["?as_of=2025-08-17"] if is_handed_on else [""]) == links


def test_an_address_that_is_not_understood_is_refused_as_often_as_it_is_asked(client):
    harbour_record()
    for _ in range(3):
        assert client.get("/p/harbour/announcements/").status_code == 200
        for wrong in (
            "sort=nothing",
            "page=2",
            "partner=XXX",
            "as_of=never",
            "colour=red",
            "sort=id&sort=-id",
        ):
            answer = client.get(f"/p/harbour/announcements/?{wrong}")
            assert answer.status_code == 400, wrong
            assert "Cranes for the harbour" not in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_session_is_noted_as_seen_on_the_page_of_the_books_too(client):
    """The page is read in one view of the database, in which nothing is written: who asks is looked up before."""
    load_record(programme=a_programme(), record=a_record(), prune=True, today=date(2025, 9, 1), by="a test")
    reader = signed_in("ada", Role.READER)
    before = timezone.now() - timedelta(minutes=10)
    Session.objects.update(seen_at=before)

    assert "ada" in text_of(reader.get("/p/harbour/books/"))
    assert Session.objects.get().seen_at > before + timedelta(minutes=9)


# ---- answers that need not be sent again ----


def test_who_has_the_page_already_is_told_so_until_it_changes(client):
    harbour_record()
    tag = client.get("/p/harbour/", headers={"accept-encoding": "gzip"})["ETag"]

    assert re.fullmatch(r'W/"[0-9a-f]{32}"', tag)
    assert client.get("/p/harbour/", headers={"if-none-match": tag}).status_code == 304
    harbour_record(name="Another name")
    again = client.get("/p/harbour/", headers={"if-none-match": tag})
    assert again.status_code == 200
    assert "Another name" in text_of(again)


def test_who_is_signed_in_is_given_the_page_whole_and_no_tag_to_keep(client):
    harbour_record()
    reader = signed_in("ada", Role.READER)
    tag = client.get("/p/harbour/")["ETag"]
    answer = reader.get("/p/harbour/", headers={"if-none-match": tag})

    assert answer.status_code == 200
    assert "ETag" not in answer
    assert "no-store" in answer["Cache-Control"]
    assert "ada" in text_of(answer)


def test_a_page_and_its_part_are_told_apart_by_caches(client):
    harbour_record()
    page = client.get("/p/harbour/announcements/")
    table = client.get("/p/harbour/announcements/", headers={"hx-request": "true"})

    assert page.content != table.content
    assert page["ETag"] != table["ETag"]
    for answer in (page, table):
        assert "HX-Request" in answer["Vary"]
        assert "Cookie" in answer["Vary"]
