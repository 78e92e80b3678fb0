"""The packages of a programme as files of the Open Contracting Data Standard."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pledgeline.exchange.ocds.packages import record_package, release_package
from pledgeline.queries.ocds import missing_right, number_of_processes, processes
from pledgeline.records.models import ProgrammeRecord
from pledgeline.web.asked import ask, visitor
from pledgeline.web.not_yours import not_yours

WRITERS = {"releases": release_package, "records": record_package}


@require_safe
def ocds_file(request: HttpRequest, slug: str, what: str) -> HttpResponse | HttpResponseBase:
    """Give all packages as a release package or a record package, written as it is sent."""
    asked = ask(request, slug)
    person = visitor(request)
    if lacking := missing_right(slug, person):
        return not_yours(request, lacking)
    fund = ProgrammeRecord.objects.get(slug=slug)
    if what not in WRITERS or not number_of_processes(fund):
        raise Http404(_("The programme has no package yet."))
    response = StreamingHttpResponse(
        WRITERS[what](
            processes(fund, person, prefix=settings.OCID_PREFIX),
            uri=request.build_absolute_uri(request.path),
            publisher=asked.programme.name,
        ),
        content_type="application/json",
    )
    response["Content-Disposition"] = f'attachment; filename="{slug}-ocds-{what}.json"'
    return response
