"""The language of the pages: chosen in their head, kept in a cookie."""

from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_supported_language_variant
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import LANGUAGE_QUERY_PARAMETER, set_language


@csrf_exempt
def language_page(request: HttpRequest) -> HttpResponse:
    """Keep the language that was chosen, and lead back to the page it was chosen on.

    No token is asked for: one would make the page of everybody the page of somebody, and all that a stranger's page
    could do with this address is to change the language that the next one is written in. A language is kept without
    its region: `uk-UA` is `uk`.
    """
    said = request.POST.copy()
    code = str(said.get(LANGUAGE_QUERY_PARAMETER, "")).lower().replace("_", "-")
    with suppress(LookupError):  # an unknown language is left as it is, and is not kept
        said[LANGUAGE_QUERY_PARAMETER] = get_supported_language_variant(code)
    request.POST = said  # type: ignore[assignment]
    return set_language(request)
