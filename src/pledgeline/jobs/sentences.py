"""What is said of a job that came to nothing: a lasting code, and its sentence with the way out.

Rows keep the code and the parameters, so that a page can be read in any language later.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy as n_

GIVEN_UP = "jobs.given-up"
STOPPED_IN_TIME = "jobs.stopped-before-it-began"
STOPPED = "jobs.stopped"
TOOK_TOO_LONG = "jobs.took-too-long"
TOO_LITTLE_MEMORY = "jobs.too-little-memory"
BROKE_OFF = "jobs.broke-off"
NO_RESULT = "jobs.no-result"

SENTENCES: Mapping[str, str | Promise] = {
    GIVEN_UP: _(
        "Its process was killed, or the machine went away, %(deaths)s times. Nothing of it was kept, and it is not "
        "begun again by itself. It may need more memory than there is: try something smaller, or ask again when "
        "whoever runs this site has looked."
    ),
    STOPPED_IN_TIME: _("It was taken out of the queue before it began."),
    STOPPED: _("It was stopped. Nothing of it was kept."),
    TOOK_TOO_LONG: n_(
        "It took longer than %(minutes)s minute and was ended. Nothing of it was kept; try something smaller.",
        "It took longer than %(minutes)s minutes and was ended. Nothing of it was kept; try something smaller.",
        "minutes",
    ),
    TOO_LITTLE_MEMORY: _(
        "It needs more than the %(megabytes)s MB of memory that a job may take here. Try something smaller, or ask "
        "whoever runs this site to allow more (PLEDGELINE_JOB_MEMORY_MB)."
    ),
    BROKE_OFF: _("It broke off by a fault of this program: %(error)s. Nothing of it was kept."),
    NO_RESULT: "%(why)s",
}


def sentence(code: str, params: Mapping[str, object]) -> str:
    """Write the sentence of a code in the reader's language; one of another version says its code."""
    return str(SENTENCES[code] % params) if code in SENTENCES else code
