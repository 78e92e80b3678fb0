"""Addresses that one visitor has: whoever has one address of version 6 has all that begin like it."""

from ipaddress import IPv6Address, ip_address, ip_network

_HOME_OF_SOMEBODY = 64
"""Units: bits."""


def household_of(address: str) -> str:
    """Give what an address is counted as: itself, or the network of one household.

    >>> household_of("2001:db8::17"), household_of("192.0.2.1"), household_of("")
    ('2001:db8::/64', '192.0.2.1', '')
    """
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        return str(ip_network((found, _HOME_OF_SOMEBODY), strict=False))
    return str(found)
