"""Search finds what its pages show to whoever asks, in each kind, and nothing else: not even as a count."""

import re

import pytest
from django.test import Client

from pledgeline.programme.roles import Role
from pledgeline.records.models import PartyName, PartyRecord, ProgrammeRecord, RequirementRecord
from tests.chain import (
    REQUIREMENT,
    a_packaged_fund,
    dispatched,
    ordered,
    received,
    the_fund,
    written,
)
from tests.web.html import flat
from tests.web.test_chain import signed_in, text_of
from tests.worlds import written_once

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def a_fund_to_search():
    fund = a_packaged_fund()
    ordered(fund)
    dispatched(
        fund,
        lots=[{"line": "P-1/AD-014", "lot": "LOT-1", "units": 8, "serials": [f"XK-{n}" for n in range(8)]}],
    )
    received(fund)


searched = written_once(a_fund_to_search)


@pytest.fixture
def fund(searched):
    return the_fund()


def found(client, words):
    """Give what is linked to on the page of a search, in its order."""
    page = client.get("/search/", {"q": words})
    assert page.status_code == 200
    return re.findall(r'<li><a href="([^"]*)">([^<]*)</a> <span class="why">([^<]*)</span>', flat(page))


def kinds(client, words):
    return [
        (kind, key) for _address, key, kind in found(client, words) if kind not in ("Instrument", "Handbook")
    ]


def test_each_kind_is_found_by_its_words_and_opens(fund):
    client = signed_in(Role.READER)
    expected = {
        "interceptor AD-014": [("Requirement", "AD-014")],
        "maker b": [("Offer", "O-2")],
        "C-77": [("Order", "ORD-1")],
        "XK-7": [("Shipment", "SH-1")],
        "wet": [("Receipt", "RC-1")],
        "Partner of B": [("Contribution", "B")],
        "P-1/AD-015": [("Package", "P-1")],
    }
    for words, hits in expected.items():
        assert kinds(client, words) == hits, words
    for address, _key, _kind in found(client, "LOT-1"):
        assert client.get(address).status_code == 200
    assert any(kind == "Instrument" for _address, _key, kind in found(client, "Budapest"))
    assert "Type at least 2 characters" in text_of(client.get("/search/?q=a"))
    assert "Nothing that you may see" in text_of(client.get("/search/?q=zzyzx"))


def test_capitals_of_any_script_do_not_matter(fund):
    written(fund, RequirementRecord, {**REQUIREMENT, "key": "N-1", "item": "Генератор"})
    assert kinds(signed_in(Role.READER), "генератор") == [("Requirement", "N-1")]


def test_what_one_may_not_see_is_not_found(fund):
    public, supplier = Client(), signed_in(Role.SUPPLIER, party="B")
    partner = signed_in(Role.PARTNER, party="A")
    for words in ("AD-014", "interceptor", "Maker", "LOT-1", "XK-7", "wet", "Partner of", "P-1"):
        assert kinds(public, words) == []
    ProgrammeRecord.objects.update(published=True)
    for words in ("AD-014", "interceptor", "Maker", "LOT-1", "XK-7", "wet", "Partner of", "P-1"):
        assert kinds(public, words) == []
    assert kinds(supplier, "Maker") == []
    assert kinds(partner, "Partner of") == []
    party = PartyRecord.objects.create(ref="A", name="Partner of A", kind="company")
    PartyName.objects.create(party=party, name="Partner of A", key="partner of a")
    assert kinds(partner, "Partner of") == [("Contribution", "A")]
    assert "B" not in {key for _kind, key in kinds(partner, "B")}
