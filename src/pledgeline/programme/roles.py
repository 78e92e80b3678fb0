"""The roles that a person can have in a programme, or in all."""

from enum import StrEnum


class Role(StrEnum):
    """What a person is to a programme. The words are what `people add --role` takes."""

    READER = "reader"
    RECIPIENT = "recipient"
    VALIDATOR = "validator"
    COORDINATOR = "coordinator"
    PARTNER = "partner"
    SUPPLIER = "supplier"
    FINANCE = "finance"
    REGISTER_EDITOR = "register-editor"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
