"""The page of progress: each sees the parts of which they may see what they are made of, as a page and as files."""

import pytest
from django.test import Client

from pledgeline.programme.roles import Role
from pledgeline.records.models import ProgrammeRecord
from tests.chain import a_delivered_fund, paid
from tests.web.test_chain import SITE, signed_in, text_of
from tests.worlds import written_once

pytestmark = pytest.mark.django_db


def a_fund_with_more_money():
    paid(a_delivered_fund(), "C", 700_00, use_by="2026-03-01")


fund = written_once(a_fund_with_more_money)


def test_the_page_its_files_and_its_pictures_say_the_same(fund):
    client = signed_in(Role.READER)
    page = text_of(client.get(f"{SITE}progress/"))
    assert "2026-01 17 8 5 2 1 0 0" in page
    assert "Partner of C – 1 Mar 2026" in page
    months = client.get(f"{SITE}progress/deliveries.csv").content.decode("utf-8-sig").splitlines()
    assert months[1:] == ['"2026-01",17,8,5,2,1,0,0']
    ageing = client.get(f"{SITE}progress/ageing.csv").content.decode()
    assert '"ORD-1","Maker A","AD-014","interceptor"' in ageing
    lapsing = client.get(f"{SITE}progress/lapsing.csv?days=30").content.decode()
    assert '"C","Partner of C","",2026-03-01' in lapsing
    for part in ("deliveries", "ageing", "lapsing"):
        drawn = client.get(f"{SITE}progress/{part}.svg")
        assert drawn["Content-Type"].startswith("image/svg+xml")
        assert client.get(f"{SITE}progress/{part}.xlsx").status_code == 200
    assert client.get(f"{SITE}progress/?days=7").status_code == 400
    assert client.get(f"{SITE}progress/nothing.svg").status_code == 404


def test_who_may_not_see_a_part_finds_none_of_it(fund):
    recipient = signed_in(Role.RECIPIENT)
    page = text_of(recipient.get(f"{SITE}progress/"))
    assert "Ordered units over time" in page
    assert "Money that lapses" not in page
    assert recipient.get(f"{SITE}progress/lapsing.csv").status_code == 404
    partner = signed_in(Role.PARTNER, party="C")
    page = text_of(partner.get(f"{SITE}progress/"))
    assert "You see what is of your own party" in page
    assert "Partner of C" not in page
    assert partner.get(f"{SITE}progress/deliveries.svg").status_code == 404
    ProgrammeRecord.objects.update(published=True)
    for client in (Client(), signed_in(Role.REGISTER_EDITOR)):
        for end in ("", "deliveries.csv", "lapsing.csv", "ageing.svg"):
            assert client.get(f"{SITE}progress/{end}").status_code == 403
