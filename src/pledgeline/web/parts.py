"""Parts of pages that are kept as text, because they are the same for everybody who asks the same.

Most of the time of a page goes into writing it, and most visitors ask for what others have just been given. A view
hands its page a `Part`, and the page writes it between `{% kept %}` and `{% endkept %}`. In there a template sees
the address and what the part brings along, and nothing else of the request: neither the person nor the session can
find their way into what the next visitor is shown.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import NamedTuple

from django.http import HttpRequest, QueryDict
from django.template import Context, NodeList, Template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from pledgeline.records.memory import RecentValues
from pledgeline.web.parameters import NotUnderstood, parameters_of

MOST_KEPT = 8_000_000
"""How much text a process keeps: some forty overviews, or a hundred and twenty pages of a table. Units: characters."""

_kept = RecentValues(MOST_KEPT, size_of=lambda key, written: len(written.text))


class Written(NamedTuple):
    """The text of a part, the names of the parameters that were read for it, and which page of how many it shows."""

    text: SafeString
    known: tuple[str, ...]
    turns: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Address:
    """What a part may know of a request. Templates find it under the name of the request that it stands for."""

    path: str
    GET: QueryDict


class Part:
    """What a page keeps: by which key, and what it is written from where it is not kept yet.

    `made_from` names all that `context` looks at beside the address. `context` must not look at the request for
    more than its parameters.
    """

    def __init__(
        self, request: HttpRequest, *, made_from: Hashable, context: Callable[[], dict[str, object]]
    ) -> None:
        parameters = parameters_of(request)
        self._parameters = parameters
        self._address = Address(request.path, parameters.data)
        self._key = (request.path, parameters.data.urlencode(), get_language(), made_from)
        self._context = context

    def written(self, nodes: NodeList, template: Template) -> SafeString:
        """Give the text of the part, written by `nodes` where nobody has asked for it yet.

        Raises:  NotUnderstood where the address is not understood in full: what is kept is an answer to it.
        """

        def write() -> Written:
            closed = Context({**self._context(), "request": self._address})
            with closed.bind_template(template):
                text = nodes.render(closed)
            if self._parameters.not_understood():
                raise NotUnderstood
            return Written(text, tuple(self._parameters.known), self._parameters.turns)

        written = _kept.get(self._key, write)
        self._parameters.know(*written.known)
        self._parameters.turns = written.turns
        return written.text
