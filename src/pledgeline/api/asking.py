"""What a request asks for after the question mark: read by a closed model, and refused where it is not understood.

A parameter that is left empty asks for nothing, as on the pages. One that is unknown, given twice or wrong is named
with what is wrong, all of them at once.
"""

from functools import cached_property
from typing import Annotated, Any, ClassVar, TypeVar

from django.http import HttpRequest
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from pledgeline.api.problems import ApiProblem, finding_json
from pledgeline.programme.fields import Day, Unreadable, shown
from pledgeline.programme.findings import lasting_code, way_out_of
from pledgeline.programme.json_schemas import WithoutNull
from pledgeline.programme.sentences import Sentence, sentence

USUAL_ROWS = 100
MOST_ROWS = 1_000
"""Units: rows of one answer."""

LONGEST_CURSOR = 4_000
LONGEST_WORDS = 200


class AddressParameters(BaseModel):
    """What every address takes: which fields of what is there are wanted, with commas; without it, all."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ROWS: ClassVar[tuple[str, ...]] = ()

    fields: Annotated[str, Field(max_length=2_000)] = ""

    @cached_property
    def chosen(self) -> frozenset[str] | None:
        """Give the fields that are wanted; nothing where all are."""
        return frozenset(name.strip() for name in self.fields.split(",")) if self.fields else None


class Because(AddressParameters):
    """Why something that is public is changed."""

    reason: str = Field("", max_length=2_000)


class Listing(AddressParameters):
    """What a list takes: how many rows, from where on."""

    limit: Annotated[int, Field(ge=1, le=MOST_ROWS)] = USUAL_ROWS
    cursor: Annotated[str, Field(max_length=LONGEST_CURSOR)] = ""
    sort: str = ""


class OnDay(BaseModel):
    """What had happened by a day."""

    as_of: Day | None = None


class KnownOn(OnDay):
    """What had happened by a day, as far as it was written down by the end of another."""

    known_on: Day | None = None


AnyModel = TypeVar("AnyModel", bound=BaseModel)


def sorted_by(*names: str) -> Any:
    """Give the field of the orders that a list has; each turned round begins with a minus.

    Generators of clients name the orders by `x-enum-varnames`: by themselves they take no heed of a minus.
    """
    once = dict.fromkeys(names)
    orders: list[Any] = [order for name in once for order in (name, f"-{name}")]
    called: list[object] = [order for name in once for order in (name, f"{name}_descending")]
    extra: dict[str, Any] = {"enum": orders, "x-enum-varnames": called}
    return Annotated[str, Field(pattern=f"^({'|'.join(orders)})$", json_schema_extra=extra)]


def read(model: type[AnyModel], request: HttpRequest) -> AnyModel:
    """Read the parameters of a request.

    Raises:  ApiProblem, 400, with everything that is not understood.
    """
    given: dict[str, str] = {}
    wrong = []
    for name, values in request.GET.lists():
        if name not in model.model_fields:
            wrong.append(
                _finding(name, sentence("api.parameter.unknown", name=shown(name), known=_known(model)))
            )
        elif len(set(values)) > 1:
            wrong.append(_finding(name, sentence("api.parameter.twice", name=name)))
        elif values[0]:
            given[name] = values[0]
    try:
        asked = model.model_validate(given)
        wrong += _unknown_fields(asked) if isinstance(asked, AddressParameters) else []
    except ValidationError as error:
        wrong += [_fault(fault) for fault in error.errors(include_url=False)]
    if wrong:
        raise ApiProblem(status=400, said=sentence("api.not-understood.parameters"), findings=tuple(wrong))
    return asked


def _unknown_fields(asked: AddressParameters) -> list[dict[str, str]]:
    """Refuse fields that the rows of an address do not have."""
    unknown = sorted((asked.chosen or frozenset()) - set(asked.ROWS)) if asked.ROWS else []
    known = ", ".join(asked.ROWS)
    return [
        _finding("fields", sentence("api.parameter.fields", name=name[:60], known=known))
        for name in unknown[:1]
    ]


def not_understood(name: str, said: Sentence) -> ApiProblem:
    """Say what is wrong with one parameter."""
    return ApiProblem(
        status=400, said=sentence("api.not-understood.parameters"), findings=(_finding(name, said),)
    )


def parameters(model: type[BaseModel]) -> list[dict[str, Any]]:
    """Write the parameters of a model for the document of the API."""
    schema = model.model_json_schema(schema_generator=WithoutNull)
    kinds = schema.get("$defs", {})
    written = []
    for name, field in schema["properties"].items():
        inner = kinds[field["$ref"].rpartition("/")[2]] if "$ref" in field else field
        inner = {key: value for key, value in inner.items() if key not in ("title", "default", "pattern")}
        written.append(
            {"in": "query", "name": name, "required": name in schema.get("required", ()), "schema": inner}
        )
    return written


def _known(model: type[BaseModel]) -> str:
    return ", ".join(sorted(model.model_fields))


def _fault(fault: ErrorDetails) -> dict[str, str]:
    name = str(fault["loc"][0])
    problem = fault.get("ctx", {}).get("error")
    if isinstance(problem, Unreadable):
        return _finding(name, sentence(f"noun.{problem.code}", **problem.params, field=name))
    if fault["type"] == "missing":
        return _finding(name, sentence("api.parameter.missing", name=name))
    return _finding(name, sentence("api.parameter.wrong", name=name, text=shown(fault["input"])))


def _finding(name: str, said: Sentence) -> dict[str, str]:
    return {**finding_json(lasting_code(said), "", str(said), way_out_of(said)), "parameter": shown(name)}
