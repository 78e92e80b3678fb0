"""Add a photograph to a receipt: of a lot of which something was rejected, by those who may count."""

from datetime import datetime

from django.db import transaction

from pledgeline.accounts.rights import Person, may, username_of
from pledgeline.accounts.table import row_of_step
from pledgeline.actions.changes import NothingDone
from pledgeline.audit import trail
from pledgeline.audit.acts import AuditAct
from pledgeline.exchange.photos import read_photo
from pledgeline.programme.findings import Finding, Place
from pledgeline.programme.sentences import Param, Sentence, sentence
from pledgeline.records.models import ReceiptPhoto, ReceiptRecord

MOST_OF_A_LOT = 6


def add_photo(
    receipt: ReceiptRecord, *, lot: str, data: bytes, person: Person, now: datetime
) -> ReceiptPhoto | Finding:
    """Keep a photograph of a rejected lot; the same one again is kept once."""
    try:
        with transaction.atomic():
            return _added(receipt, lot, data, person, now)
    except NothingDone as refused:
        (finding,) = refused.findings
        trail.refused(
            AuditAct.PHOTO_ADDED,
            "receipt",
            receipt.key,
            code=finding.code,
            programme=receipt.programme.slug,
            lot=lot,
        )
        return finding


def _added(receipt: ReceiptRecord, lot: str, data: bytes, person: Person, now: datetime) -> ReceiptPhoto:
    held = ReceiptRecord.objects.select_for_update().get(pk=receipt.pk)
    if not may(person, row_of_step("receipt", "write"), receipt.programme.slug):
        raise _refused(receipt, "no-right.role")
    if not any(counted.lot == lot and counted.rejected for counted in held.lots.select_related("shipped")):
        raise _refused(receipt, "nothing-rejected.lot", lot=lot)
    photo = read_photo(data)
    if isinstance(photo, Sentence):
        raise NothingDone(Finding(place=_place(receipt), said=photo))
    known = ReceiptPhoto.objects.filter(receipt=held, lot=lot)
    if same := known.filter(digest=photo.digest).first():
        return same
    if known.count() >= MOST_OF_A_LOT:
        raise _refused(receipt, "too-many.most", most=MOST_OF_A_LOT)
    made = ReceiptPhoto.objects.create(
        receipt=held,
        lot=lot,
        digest=photo.digest,
        handed_in=photo.handed_in,
        content=photo.content,
        size_bytes=len(photo.content),
        width=photo.width,
        height=photo.height,
        taken_by=username_of(person),
        at=now,
    )
    trail.record(
        AuditAct.PHOTO_ADDED,
        "receipt",
        receipt.key,
        programme=receipt.programme.slug,
        lot=lot,
        digest=photo.digest,
    )
    return made


def _place(receipt: ReceiptRecord) -> Place:
    return Place(file=f"receipt {receipt.key}", path=("photo",))


def _refused(receipt: ReceiptRecord, code: str, **params: Param) -> NothingDone:
    return NothingDone(Finding(place=_place(receipt), said=sentence(f"photo.{code}", **params)))
