"""Answers are packed once for all who are given the same bytes.

Packing a long page takes as long as everything else that is done for it, and most visitors are given what others
have just been given. What is kept is known by the answer itself, so that nobody is ever given another one's.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware, re_accepts_gzip
from django.utils.cache import patch_vary_headers
from django.utils.text import compress_string

from pledgeline.records.memory import RecentValues

MOST_KEPT = 10_000_000
"""How much a process keeps, answers and what they are packed to. Units: bytes."""

SHORTEST, LONGEST = 200, 1_000_000
"""What is kept: no page is longer, and Django packs nothing that is shorter. Units: bytes."""

_kept = RecentValues(MOST_KEPT, size_of=lambda plain, packed: len(plain) + len(packed))


class PackOnce(GZipMiddleware):
    """Django's own middleware for all that it does, but for public answers that were packed before.

    What no cache may keep is not kept here either.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not isinstance(response, HttpResponse) or not self._is_for_everybody(request, response):
            return super().process_response(request, response)
        plain = response.content
        packed = _kept.get(plain, lambda: compress_string(plain, max_random_bytes=self.max_random_bytes))
        patch_vary_headers(response, ("Accept-Encoding",))
        if len(packed) < len(plain):
            response.content = packed
            response["Content-Encoding"] = "gzip"
            response["Content-Length"] = str(len(packed))
            if response.get("ETag", "").startswith('"'):
                response["ETag"] = f"W/{response['ETag']}"
        return response

    @staticmethod
    def _is_for_everybody(request: HttpRequest, response: HttpResponse) -> bool:
        return (
            not response.cookies
            and not response.has_header("Content-Encoding")
            and "no-store" not in response.get("Cache-Control", "")
            and SHORTEST <= len(response.content) <= LONGEST
            and re_accepts_gzip.search(request.META.get("HTTP_ACCEPT_ENCODING", "")) is not None
        )
