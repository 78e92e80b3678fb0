"""A catalogue that is complete stays so: every text, every placeholder, every plural form."""

import re
from functools import cache
from importlib.resources import files

import pytest
from fluent.syntax import FluentParser, ast, visitor

from pledgeline.programme import sentences
from tools import texts
from tools.texts import lacking, languages, written_catalogue

pytestmark = pytest.mark.any_database

COMPLETE = ("uk",)
"""Languages of which every text of the pages is translated. Others may lack some, which are said in English."""

PLACEHOLDER = re.compile(r"%\(\w+\)\d*[sd]|%[sd]|\{\w*\}|</?[a-z]+[^>]*>")
current_catalogue = cache(texts.current_catalogue)

HEADINGS = {"heading", "also"}
"""What another language calls a sheet or a column of the workbook: the English names stand in its layout."""

TONGUES = [language for language in sentences.LANGUAGES if language != sentences.FIRST]


@pytest.mark.parametrize("language", languages())
def test_the_catalogue_is_that_of_todays_code(language):
    """`python -m tools.texts` brings it up to date."""
    today, written = current_catalogue(language), written_catalogue(language)

    assert {(text.id, text.context) for text in today} == {(text.id, text.context) for text in written}


@pytest.mark.parametrize("language", COMPLETE)
def test_a_complete_catalogue_lacks_nothing(language):
    missing = [(text.locations[0][0], text.id) for text in lacking(current_catalogue(language))]

    assert (0, []) == (len(missing), missing)


@pytest.mark.parametrize("language", languages())
def test_a_translation_has_the_placeholders_of_its_text(language):
    """With a plural each form has them: one, in Ukrainian, is for 21, too."""
    differ = []
    for text in written_catalogue(language):
        source = text.id[-1] if isinstance(text.id, tuple) else text.id
        forms = text.string if isinstance(text.string, tuple) else (text.string,)
        wanted = set(PLACEHOLDER.findall(source))
        differ += [(source, form) for form in forms if form and set(PLACEHOLDER.findall(form)) != wanted]

    assert [] == differ


@pytest.mark.parametrize("language", languages())
def test_a_translation_has_every_plural_form_of_its_language(language):
    catalogue = written_catalogue(language)
    counted = [text for text in catalogue if isinstance(text.id, tuple)]

    assert {len(text.string) for text in counted} == {catalogue.num_plurals}


class Speaks(visitor.Visitor):
    """Gathers what a message speaks of."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node):
        self.names.add(node.id.name)


def messages(language: str, file: str) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Give each message of a file with its attributes, and the parameters of all of it."""
    path = files("pledgeline") / "data" / "sentences" / language / file
    resource = FluentParser().parse(path.read_text(encoding="utf-8"))
    assert [] == [entry.content for entry in resource.body if isinstance(entry, ast.Junk)]
    found = {}
    for entry in resource.body:
        if isinstance(entry, ast.Message):
            speaks = Speaks()
            speaks.visit(entry)
            found[entry.id.name] = (frozenset(part.id.name for part in entry.attributes), speaks.names)
    return found


@pytest.mark.parametrize("language", TONGUES)
def test_the_sentences_of_a_language_are_those_of_the_first_with_the_same_parameters(language):
    folder = files("pledgeline") / "data" / "sentences"
    names = {
        place: {path.name for path in (folder / place).iterdir()} for place in (sentences.FIRST, language)
    }
    if language in COMPLETE:
        assert names[sentences.FIRST] == names[language]
    for file in sorted(names[language]):
        first, other = messages(sentences.FIRST, file), messages(language, file)
        assert set() == set(other) - set(first), file
        if language in COMPLETE:
            assert set() == set(first) - set(other), file
        for name, (attributes, speaks) in other.items():
            assert (name, first[name][0]) == (name, attributes - HEADINGS)
            assert speaks <= first[name][1], name
