"""Two short answers for whoever watches the site: is it there, and can it work?"""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Say whether the database answers and has all its tables: 200, or 503 with the reason."""
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return HttpResponse(
            "the database does not answer\n", content_type="text/plain; charset=utf-8", status=503
        )
    if missing:
        return HttpResponse(
            "the database has not been migrated\n", content_type="text/plain; charset=utf-8", status=503
        )
    return HttpResponse("ready\n", content_type="text/plain; charset=utf-8")
