"""What a password may not be, beside short and common: words that everybody would try here first."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

OWN_WORDS = frozenset(
    "pledgeline purl ukraine ukraina україна kyiv kiev київ nato нато donor donors pledge guarantee budapest "
    "illustration password passwort пароль qwerty admin administrator bookkeeper planner".split()
)
"""Words of the field and of this program. A password may hold them, but not be made of them."""


class OwnWordsValidator:
    """Refuses a password that is one thing said again and again, or words of the field with a few digits."""

    def validate(self, password: str, user: Any = None) -> None:
        left = password.casefold()
        for word in sorted(OWN_WORDS, key=len, reverse=True):
            left = left.replace(word, "")
        if len(set(left)) < 5 or _repeats(password.casefold()):
            raise ValidationError(
                _(
                    "This is one of the first passwords that somebody would try here. Choose words of your own."
                ),
                code="password_own_words",
            )

    def get_help_text(self) -> str:
        return str(_("It is not made of words that everybody here would try."))


def _repeats(text: str) -> bool:
    """Say whether a text is one part, said twice or more.

    >>> _repeats("passwordpassword"), _repeats("correct horse")
    (True, False)
    """
    return text in (text + text)[1:-1]
