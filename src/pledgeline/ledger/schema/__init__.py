"""What an event of the books can say: closed models, one way to read each field, and the JSON Schema of both.

Nothing here guesses: another name, a missing field or one of doubt is refused. What other offices call
things is translated before it comes here, in `exchange/dialects`.
"""

from pledgeline.ledger.schema.fields import key_of
from pledgeline.ledger.schema.models import (
    MODELS,
    TYPES,
    BooksEvent,
    form_of,
    kind_of_field,
    names_of,
    own_fields,
    type_of,
)
from pledgeline.ledger.schema.reading import read_said, sealed_body
from pledgeline.programme.fields import LONGEST_KEY, YEARS

__all__ = [
    "LONGEST_KEY",
    "MODELS",
    "TYPES",
    "YEARS",
    "BooksEvent",
    "form_of",
    "key_of",
    "kind_of_field",
    "names_of",
    "own_fields",
    "read_said",
    "sealed_body",
    "type_of",
]
