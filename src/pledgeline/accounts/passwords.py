"""What a password may not be, beside short and common: words that everybody would try here first."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from pledgeline.accounts.models import User

OWN_WORDS = frozenset(
    "pledgeline purl ukraine ukraina україна kyiv kiev київ nato нато donor donors pledge guarantee budapest "
    "illustration password passwort пароль qwerty admin administrator bookkeeper planner".split()
)
"""Words of the field and of this program. A password may hold them, but not be made of them."""


class OwnWordsValidator:
    """Refuses a password that is one thing said again and again, or such words, or one's name, with digits."""

    def validate(self, password: str, user: "User | None" = None) -> None:
        said = left = password.casefold()
        for word in sorted(OWN_WORDS | _name_of(user), key=len, reverse=True):
            left = left.replace(word, "")
        is_word_with_digits = left != said and not any(letter.isalpha() for letter in left)
        if len(set(left)) < 5 or is_word_with_digits or _repeats(said):
            raise ValidationError(
                _(
                    "This is one of the first passwords that somebody would try here. Choose words of your own."
                ),
                code="password_own_words",
            )

    def get_help_text(self) -> str:
        return str(_("It is not made of words that everybody here would try."))


def _name_of(user: "User | None") -> set[str]:
    name = user.get_username().casefold() if user is not None else ""
    return {name} if len(name) > 2 else set()


def _repeats(text: str) -> bool:
    """Say whether a text is one part, said twice or more.

    >>> _repeats("passwordpassword"), _repeats("correct horse")
    (True, False)
    """
    return text in (text + text)[1:-1]
