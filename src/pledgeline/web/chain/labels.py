"""Labels of the lots of an order, to be printed and stuck on: the name of the lot, and a QR code that says it."""

import qrcode
from django.http import HttpResponse
from django.utils.safestring import SafeString
from qrcode.image.svg import SvgPathImage

from pledgeline.queries.chain import newest
from pledgeline.records.models import OrderRecord, ShipmentRecord, ShippedLotRecord
from pledgeline.web.chain.here import Here
from pledgeline.web.chain.pages import of_a_noun


@of_a_noun
def labels_page(here: Here) -> HttpResponse:
    """Show a label for each lot of an order that was shipped, or is about to be."""
    order = here.row()
    assert isinstance(order, OrderRecord)
    shipments = newest(ShipmentRecord, here.programme, here.person).filter(order=order)
    lots = ShippedLotRecord.objects.filter(shipment__in=shipments).select_related(
        "shipment", "order_line__package_line__requirement"
    )
    labels = [(lot, qr_code(lot.lot)) for lot in lots.order_by("shipment__key", "lot")]
    return here.show("web/chain/labels.html", order=order, labels=labels)


def qr_code(text: str) -> SafeString:
    """Draw a text as a QR code: a picture that needs no style and no script."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=2)
    code.add_data(text)
    picture: str = code.make_image(image_factory=SvgPathImage).to_string(encoding="unicode")
    return SafeString(picture)  # drawn here: the text is in it as squares
