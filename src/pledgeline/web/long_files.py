"""A file of many rows is written by a job: whoever asks for it is led to the page of that job."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import get_language

from pledgeline.actions.long_files import IsLong, ask_for_file, at_once
from pledgeline.jobs.asking import NotNow
from pledgeline.web.asked import ask, asker_of
from pledgeline.web.not_now import not_now
from pledgeline.web.not_understood import answer
from pledgeline.web.parameters import parameters_of


class LeadToJob:
    """Ask for a job where a page finds its file long."""

    def __init__(self, handle: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._handle = handle

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self._handle(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        if not isinstance(error, IsLong):
            return None
        if parameters_of(request).not_understood():
            return answer(request)
        match = request.resolver_match
        assert match is not None
        slug = match.kwargs.get("slug")
        if slug is None:  # a file of the register: it belongs to no programme, and is as long as the register
            with at_once():
                written: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
                return written
        try:
            job = ask_for_file(
                address=request.get_full_path(),
                language=get_language() or "en",
                programme=slug,
                asker=asker_of(request),
                host=f"{request.scheme}://{request.get_host()}",
            )
        except NotNow as refused:
            return not_now(request, ask(request, slug), refused)
        return redirect("web:job", slug, job.ref)
