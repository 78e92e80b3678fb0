"""A word of the glossary that explains itself: on hover, on focus, and on a tap, without a script."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pledgeline.web.help.glossary import language_of_words, words_by_key
from pledgeline.web.help.places import WORDS

register = template.Library()


@register.simple_tag
def term(key: str, text: object = "") -> SafeString:
    """Write a word that shows what the glossary says of it; `text` is the word as the sentence has it.

    A page says each word once in this way.
    """
    word = words_by_key()[key]
    return format_html(
        '<span class="term"{}><button type="button" aria-describedby="term-{}">{}</button>'
        '<span class="term-meaning" role="tooltip" id="term-{}">{}</span></span>',
        format_html(' lang="{}"', language) if (language := language_of_words()) != get_language() else "",
        word.anchor,
        text or word.word,
        word.anchor,
        word.meaning,
    )


@register.simple_tag
def words(page: str) -> SafeString | str:
    """Write the words of the glossary that a page explains, each explaining itself; nothing for other pages."""
    keys = WORDS.get(page, ())
    if not keys:
        return ""
    return format_html(
        '<p class="words"><span>{}</span> {}</p>',
        _("Words used here:"),
        format_html_join(" ", "{}", ((term(key),) for key in keys)),
    )
