"""What ships is called in the language of whoever reads, and what people wrote stays as they wrote it."""

import tomllib

from django.utils.translation import override

from pledgeline.actions.illustration import _settings
from pledgeline.exchange.record import read_folder, read_settings, shipped
from pledgeline.exchange.record.own_names import own_name, with_own_names
from tests.builders import a_programme

PURL = next(folder for folder in shipped() if folder.name == "purl")
TEXTS = ("name", "short_name", "about", "recipient", "validator", "supplier")


def test_the_first_programme_and_its_items_have_ukrainian_names():
    programme = read_settings(PURL)
    with override("uk"):
        named = with_own_names(programme)
        assert ("Сполучені Штати", "PURL") == (named.supplier, named.short_name)
        assert named.about.startswith("Партнери оплачують пакети озброєння")
        assert "Протитанкова ракета Javelin" == own_name("purl", "Javelin anti-tank missile")
    with override("en"):
        assert programme == with_own_names(programme)


def test_the_invented_programme_has_a_ukrainian_name_and_is_nobodys():
    with override("uk"):
        named = with_own_names(_settings())
    assert ("Приклад", "Ніхто (вигадано)") == (named.short_name, named.recipient)


def test_a_text_that_was_changed_and_a_programme_of_somebody_stay_as_they_are():
    theirs = a_programme(slug="harbour", name="United States", about="Illustration")
    with override("uk"):
        assert theirs == with_own_names(theirs)
        assert "United States of America" == own_name("purl", "United States of America")


def test_every_translated_text_still_stands_beside_its_translation():
    """One that was changed in English would lose its Ukrainian name without a word."""
    record = read_folder(PURL).record
    said = {getattr(read_settings(PURL), text) for text in TEXTS} | {item.name for item in record.items}
    invented = {getattr(_settings(), text) for text in TEXTS}

    assert set() == _translated(PURL) - said
    assert {item.name for item in record.items} <= _translated(PURL)
    assert _translated(PURL.parent / "illustration") == invented


def _translated(folder):
    return set(tomllib.loads((folder / "names.uk.toml").read_text("utf-8")))
