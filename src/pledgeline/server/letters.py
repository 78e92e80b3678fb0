"""Requests that name an encoding which reads no text.

Django looks up among Python's encodings what a visitor names in the type of a body. Some of them, such as
rot13 and hex, read no text and raise LookupError, in part before any middleware of ours is asked.
"""

from django.core.handlers.wsgi import WSGIRequest
from django.http.multipartparser import MultiPartParserError


class VisitorRequest(WSGIRequest):
    """A request that is the visitor's mistake, and not an error of ours, where its letters cannot be read."""

    def __init__(self, environ: dict[str, object]) -> None:
        try:
            super().__init__(environ)
        except LookupError:
            self._encoding = None
            super().__init__({**environ, "CONTENT_TYPE": ""})  # its body is of no kind, and no form

    def _load_post_and_files(self) -> None:
        try:
            super()._load_post_and_files()
        except LookupError as error:
            self._mark_post_parse_error()  # type: ignore[attr-defined]
            raise MultiPartParserError("There is no such encoding of texts.") from error
