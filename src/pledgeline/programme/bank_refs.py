"""How entries of bank statements are called where the bank has no name of its own for them."""

STANDS_FOR = "#"
"""What the name of something begins with that a bank has no name for: behind it a digest of what it says stands."""

CHARGES = "/charges"
"""What stands behind the name of an entry, for what the bank took off it."""


def bank_name(ref: str) -> str:
    """Give what a bank calls something; nothing where it has no name for it.

    >>> bank_name("R-1"), bank_name("R-1/charges"), bank_name("#5d41402abc4b2a76b9719d91")
    ('R-1', 'R-1', '')
    """
    return "" if ref.startswith(STANDS_FOR) else ref.removesuffix(CHARGES)


def is_charge(ref: str) -> bool:
    """Say whether an entry is what the bank took off another one."""
    return ref.endswith(CHARGES)
