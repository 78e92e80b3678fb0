"""The addresses of the pages of the chain. A key may hold any sign, so it is no part of the path."""

from django.urls import path

import pledgeline.web.converters  # noqa: F401 (the addresses below use them)
from pledgeline.web.chain import (
    bring_in,
    formed,
    labels,
    many_steps,
    ocds,
    pages,
    photos,
    progress,
    step_pages,
    workbook,
)
from pledgeline.web.chain.kinds import (
    DISCREPANCIES,
    OFFERS,
    ORDERS,
    PACKAGES,
    RECEIPTS,
    REQUIREMENTS,
    SHIPMENTS,
)

urlpatterns = [
    path("progress/", progress.progress_page, name="progress"),
    *(
        path(
            f"progress/{part}.<file:format_>",
            progress.progress_page,
            {"part": part},
            name=f"progress-{part}-file",
        )
        for part in progress.PARTS
    ),
    path("progress/<slug:part>.svg", progress.picture_file, name="progress-picture"),
    path("import/", bring_in.file_page, name="nouns-import"),
    path("workbook/", workbook.workbook_page, name="workbook"),
    path("workbook.xlsx", workbook.workbook_file, name="workbook-file"),
    path("workbook/<slug:ref>/", workbook.look_page, name="workbook-look"),
    path("orders/labels/", labels.labels_page, {"pages": ORDERS}, name="orders-labels"),
    path("receipts/photo/", photos.photo_page, {"pages": RECEIPTS}, name="receipts-photo"),
    path("import/<slug:ref>/", bring_in.look_page, name="nouns-import-look"),
    path("formed/", formed.formed_page, name="formed"),
    path("formed.<file:format_>", formed.formed_page, name="formed-file"),
    path("ocds/<slug:what>.json", ocds.ocds_file, name="ocds-file"),
    path("formed/board/", formed.board_page, name="formed-board"),
    *(
        address
        for kind in (PACKAGES, REQUIREMENTS, OFFERS, ORDERS, SHIPMENTS, RECEIPTS, DISCREPANCIES)
        for address in (
            path(f"{kind.name}/one/", pages.one_page, {"pages": kind}, name=f"{kind.name}-one"),
            path(f"{kind.name}/step/", step_pages.step_page, {"pages": kind}, name=f"{kind.name}-step"),
        )
    ),
    *(
        address
        for kind in (REQUIREMENTS, OFFERS, ORDERS, SHIPMENTS, RECEIPTS, DISCREPANCIES)
        for address in (
            path(f"{kind.name}/", pages.list_page, {"pages": kind}, name=kind.name),
            path(f"{kind.name}.<file:format_>", pages.list_page, {"pages": kind}, name=f"{kind.name}-file"),
        )
    ),
    *(
        path(f"{kind.name}/many/", many_steps.many_page, {"pages": kind}, name=f"{kind.name}-many")
        for kind in (REQUIREMENTS, OFFERS)
    ),
    *(
        address
        for kind in (REQUIREMENTS, OFFERS, ORDERS, SHIPMENTS, RECEIPTS)
        for address in (
            path(
                f"{kind.name}/new/",
                pages.write_page,
                {"pages": kind, "is_new": True},
                name=f"{kind.name}-new",
            ),
            path(
                f"{kind.name}/change/",
                pages.write_page,
                {"pages": kind, "is_new": False},
                name=f"{kind.name}-change",
            ),
        )
    ),
]
