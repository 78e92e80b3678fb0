"""Receiving in the field: a count that is sent twice counts once, photographs of what was rejected, labels of lots."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from pledgeline.audit.models import AuditEvent
from pledgeline.programme.roles import Role
from pledgeline.records.models import ReceiptPhoto, ReceiptRecord, StepTaken
from tests.chain import (
    RECEIPT,
    a_packaged_fund,
    dispatched,
    ordered,
    the_fund,
    worker,
    written,
)
from tests.exchange.test_photos import with_exif
from tests.web.html import flat
from tests.web.test_chain import SITE, hidden, signed_in, text_of
from tests.worlds import written_once

pytestmark = pytest.mark.django_db


def a_fund_that_waits():
    fund = a_packaged_fund()
    ordered(fund)
    dispatched(fund)


on_its_way = written_once(a_fund_that_waits)


@pytest.fixture
def fund(on_its_way):
    return the_fund()


@pytest.fixture
def counted(fund):
    return written(fund, ReceiptRecord, RECEIPT, worker(Role.RECIPIENT))


def photo(client, data, *, lot="LOT-1"):
    sent = {"lot": lot, "photo": SimpleUploadedFile("wet.jpg", data, "image/jpeg")}
    return client.post(f"{SITE}receipts/photo/?key=RC-1", sent)


def test_a_form_that_is_sent_again_as_there_was_no_signal_counts_once(fund):
    client = signed_in(Role.RECIPIENT)
    page = client.get(f"{SITE}receipts/new/?shipment=SH-1")
    assert "camera=(self)" in page["Permissions-Policy"]
    assert "camera=()" in client.get(f"{SITE}receipts/")["Permissions-Policy"]
    assert "data-kept" in page.content.decode()
    sent = {
        **{name: value for name, value in RECEIPT.items() if name != "lots"},
        "seen": "",
        "asked_with": hidden(page, "asked_with"),
        "lots-TOTAL_FORMS": "1",
        "lots-INITIAL_FORMS": "1",
        **{f"lots-0-{name}": value for name, value in RECEIPT["lots"][0].items()},
    }
    first, second = (client.post(f"{SITE}receipts/new/?shipment=SH-1", sent) for _ in range(2))
    assert first["Location"] == second["Location"] == f"{SITE}receipts/one/?key=RC-1"
    assert StepTaken.objects.filter(noun="receipt").count() == 1
    other = client.post(f"{SITE}receipts/new/?shipment=SH-1", {**sent, "asked_with": "another"})
    assert other.status_code == 400


def test_a_photograph_of_a_rejected_lot_is_kept_and_shown(counted):
    client = signed_in(Role.RECIPIENT)
    assert photo(client, with_exif()).status_code == 302
    photo(client, with_exif())  # the same again
    kept = ReceiptPhoto.objects.get()
    page = client.get(f"{SITE}receipts/one/?key=RC-1")
    address = re.search(r'<img src="([^"]*)" alt="Rejected of LOT-1"', flat(page))[1].replace("&amp;", "&")
    for role in (Role.RECIPIENT, Role.READER):
        shown = signed_in(role).get(address)
        assert (shown["Content-Type"], shown.content) == ("image/jpeg", bytes(kept.content))
        assert shown["X-Content-Type-Options"] == "nosniff"
    with Image.open(io.BytesIO(shown.content)) as picture:
        assert not dict(picture.getexif())
    for role in (Role.PARTNER, Role.SUPPLIER, Role.REGISTER_EDITOR):
        assert signed_in(role).get(address).status_code == 403
    assert AuditEvent.objects.filter(act="photo-added", outcome="done").get().actor_name == "a-recipient"


def test_what_cannot_be_a_photograph_of_it_is_said_at_the_field(counted):
    client = signed_in(Role.RECIPIENT)
    wrong = photo(client, b"no picture")
    assert wrong.status_code == 400
    assert "no photograph in the form JPEG, PNG or WebP" in text_of(wrong)
    assert photo(client, with_exif(), lot="LOT-9").status_code == 400
    assert client.post(f"{SITE}receipts/photo/?key=RC-1", {"lot": "LOT-1"}).status_code == 400
    refused = photo(signed_in(Role.READER), with_exif())
    assert refused.status_code == 400
    assert "Photographs are added by those who may count" in text_of(refused)
    assert client.get(f"{SITE}receipts/photo/?key=RC-1&digest=0").status_code == 404
    assert not ReceiptPhoto.objects.exists()


def test_labels_of_the_lots_are_printed_from_the_order(fund):
    page = signed_in(Role.RECIPIENT).get(f"{SITE}orders/labels/?key=ORD-1")
    assert page.content.decode().count("<svg") - page.content.decode().count("<svg ") == 0
    assert "QR code of LOT-1" in page.content.decode()
    assert "LOT-1 interceptor 8 units ORD-1 / SH-1" in text_of(page)
    assert signed_in(Role.SUPPLIER).get(f"{SITE}orders/labels/?key=ORD-1").status_code == 403
