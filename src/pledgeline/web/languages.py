"""The language of the pages: chosen in their head, kept in a cookie."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language


@csrf_exempt
def language_page(request: HttpRequest) -> HttpResponse:
    """Keep the language that was chosen, and lead back to the page it was chosen on.

    No token is asked for: one would make the page of everybody the page of somebody, and all that a stranger's page
    could do with this address is to change the language that the next one is written in.
    """
    return set_language(request)
