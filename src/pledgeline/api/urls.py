"""The addresses of the API."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from ninja import Swagger
from ninja.errors import ValidationError

from pledgeline.api import (
    approvals,
    bank,
    batches,
    books,
    chain,
    claims,
    contributions,
    packages,
    programmes,
    record,
    register,
    webhooks,
    workbooks,
)
from pledgeline.api.document import DocumentedAPI
from pledgeline.api.problems import ApiProblem, answer, problem

api = DocumentedAPI(
    title="Pledgeline",
    version="1",
    description=(
        "What the pages of this site show and do, for programs. Without a token a program sees what the public sees. "
        "Money is in minor units with its currency, days are ISO 8601, a field that says nothing is left out."
    ),
    urls_namespace="api",
    docs=Swagger(settings={"persistAuthorization": False, "validatorUrl": None}),
)
for _room in (
    programmes,
    record,
    claims,
    contributions,
    books,
    bank,
    packages,
    register,
    chain,
    batches,
    workbooks,
    approvals,
    webhooks,
):
    api.add_router("", _room.router)


@api.exception_handler(ApiProblem)
def refused(_request: HttpRequest, error: ApiProblem) -> HttpResponse:
    return answer(error)


@api.exception_handler(Http404)
def nothing_there(_request: HttpRequest, _error: Http404) -> HttpResponse:
    return answer(problem(404, "no-such.address"))


@api.exception_handler(ValidationError)
def not_read(_request: HttpRequest, _error: ValidationError) -> HttpResponse:
    return answer(problem(404, "no-such.address"))


urlpatterns = [path("api/v1/", api.urls)]
