"""The answer to somebody who may not do what a page is for: who may, and how to get in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from pledgeline.accounts.rights import Act
from pledgeline.accounts.table import RIGHTS
from pledgeline.programme.roles import Role
from pledgeline.web import words
from pledgeline.web.parameters import parameters_of


def not_yours(request: HttpRequest, act: Act) -> HttpResponse:
    """Say that the page is for people who may do `act`, which roles those have, and what to do now."""
    response = render(
        request,
        "web/not_yours.html",
        {
            **parameters_of(request).shell(),
            "act": words.ACTS[act],
            "roles": [words.ROLES[role] for role in Role if role in RIGHTS[act]],
        },
        status=403,
    )
    add_never_cache_headers(response)
    return response
