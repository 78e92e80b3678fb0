"""The bytes of a report as they were handed in, for whoever may see its text; none are kept where nobody else may."""

from django.http import Http404, HttpResponse

from pledgeline.evidence.reading.raw import FileKind, kind_of
from pledgeline.records.models import OriginalRecord
from pledgeline.web.downloads import attached
from pledgeline.web.reports.common import ReportRequest, open_to_all

_ENDINGS = {FileKind.TEXT: "txt", FileKind.HTML: "html", FileKind.PDF: "pdf", FileKind.WARC: "warc"}


@open_to_all
def original_file(here: ReportRequest, ref: str) -> HttpResponse:
    """Give the bytes to keep: never shown by a browser, whatever they are."""
    document = here.document(ref)
    kept = OriginalRecord.objects.filter(document=document).first()
    if kept is None or not document.shows_text_to(here.person):
        raise Http404(f"the bytes of report {ref!r} are not kept")
    content = bytes(kept.content)
    ending = _ENDINGS[kind_of(content)]
    return attached(content, f"{here.programme.slug}-{document.ref}.{ending}", "application/octet-stream")
