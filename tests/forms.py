"""Forms of pages as tests send them: what a browser would have typed, and what stands hidden in a page."""

import re

SETTINGS = {
    "name": "Energy Equipment Fund",
    "short_name": "Energy fund",
    "about": "An invented programme.",
    "parties": "EUX European Union",
    "recipient": "UKR",
    "validator": "Ministry of Energy",
    "supplier": "several",
    "base_currency": "EUR",
    "package_size": "20000000",
    "package_size_currency": "EUR",
    "time_zone": "Europe/Kyiv",
    "maximum_rate_age_days": "31",
    "official_speakers": "",
    "licence": "",
    "licence_name": "",
    "licence_address": "",
}


def hidden(answer, name):
    """Give a hidden field of a page; "" where it has none."""
    found = re.search(rf'name="{name}" value="([^"]*)"', answer.content.decode())
    return found[1] if found else ""
