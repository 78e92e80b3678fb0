"""The words of English-speaking finance offices: *sign* for commit, *quantity* for qty, *funded_by* for paid_by."""

from pledgeline.exchange.dialects.table import Dialect
from pledgeline.programme.sentences import sentence

_UNITS = {"quantity": "qty", "units": "qty"}
_COST = {"total_cost": "cost", "amount": "cost"}

OFFICE = Dialect(
    name="office",
    title=sentence("ledger.dialect.office"),
    types={
        "sign": "commit",
        "amend": "price_change",
        "cancel": "cancel_units",
        "return": "return_to_partner",
        "reservation": "allocate",
        "takeover": "swap",
    },
    fields={
        "pledge": {"donor": "partner"},
        "convert": {
            "sold": "given",
            "amounts": "given",
            "sold_currency": "from_currency",
            "bought_currency": "to_currency",
            "bought": "received",
            "total_received": "received",
        },
        "fee": {"borne_by": "contributions"},
        "allocate": {"expires_on": "reserved_until"},
        "order": {**_UNITS, "price": "unit_price", "total_cost": "amount"},
        "price_change": {
            **_UNITS,
            "new_unit_price": "unit_price",
            "new_price": "unit_price",
            "funded_by": "paid_by",
        },
        "cancel_units": {**_UNITS, **_COST},
        "swap": {"from_contribution": "from", "to_contribution": "to"},
        "deliver": {**_UNITS, **_COST},
        "accept": {**_UNITS, **_COST},
        "reject": {**_UNITS, **_COST},
        "write_off": {**_UNITS, "total_cost": "cost"},
        "return_to_partner": {"from_stage": "from"},
        "correct": {
            **_UNITS,
            "corrects": "of",
            "new_amount": "amount",
            "corrected_amount": "amount",
            "new_unit_price": "unit_price",
        },
        "reverse": {"reverses": "of"},
        "journal": {"legs": "postings"},
    },
    shares=frozenset({"given", "paid_by"}),
    postings={"account": "stage", "minor": "amount"},
)
"""Types and fields that differ from ours; all others are called what we call them."""
