"""A partner's page: its other names, and what the books have of it, whatever it is called there."""

import pytest

from tests.builders import a_record, an_announcement
from tests.web.books import keep, text_of

pytestmark = pytest.mark.django_db

PARTNERS = {
    "K1": "NLD",
    "K2": "NETHERLANDS",
    "K3": "Нідерланди",
    "K4": "NL",
    "K5": "Norway",
    "K6": "Netherlands Fund",
    "K7": "Ministry of the Netherlands",
}
BOOKS = [
    {
        "id": f"e{key}",
        "type": "pledge",
        "effective_on": "2025-08-01",
        "recorded_at": "2025-08-01T12:00:00Z",
        "contribution": key,
        "partner": partner,
        "currency": "EUR",
        "amount": 1,
    }
    for key, partner in PARTNERS.items()
]
ADDRESS = "/p/harbour/partners/NLD/"
RECORD = a_record(
    announcements=(
        an_announcement("C1"),
        an_announcement("C2", partners=("EU",)),
        an_announcement("C3", partners=("NLD", "NOR")),
    )
)


def booked(page: str) -> str:
    """Give what stands between the heading of contributions and the picture."""
    return page.partition("Its contributions in the books")[2][:40]


def test_the_contributions_of_a_partner_are_found_by_each_of_its_names(client):
    keep(BOOKS, record=RECORD)
    page = text_of(client.get(ADDRESS))

    assert booked(page).startswith(" K1 , K2 , K3 , K4 ")
    assert "/p/harbour/books/contribution/?key=K2" in client.get(ADDRESS).content.decode()


def test_no_contribution_is_shown_as_of_a_day_before_it(client):
    keep(BOOKS, record=RECORD)

    assert "" == booked(text_of(client.get(f"{ADDRESS}?as_of=2025-07-31")))


def test_who_may_not_see_the_books_reads_nothing_of_them(client):
    keep(BOOKS, record=RECORD, public=False)
    page = text_of(client.get(ADDRESS))

    assert "Its contributions in the books" not in page
    assert "K1" not in page


def test_a_partner_is_shown_with_its_other_names(client):
    keep(BOOKS, record=RECORD, parties={"EU": "European Union"})

    assert "Other names: Нідерланди" in text_of(client.get(ADDRESS))
    assert "Other names" not in text_of(client.get("/p/harbour/partners/EU/"))
    assert "Other names" not in text_of(client.get("/p/harbour/partners/NLD+NOR/"))
