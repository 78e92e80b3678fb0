"""The addresses of the room of guarantees."""

from django.urls import path, register_converter
from django.views.decorators.http import require_POST

from pledgeline.web import feeds
from pledgeline.web.guarantees import (
    coverage,
    editing,
    instrument,
    now,
    questions,
    register,
    scenario,
    writing,
)


class AnswerConverter:
    """The ending of a scenario's address that asks for a file."""

    regex = "|".join(scenario.FORMATS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(AnswerConverter, "answer")

urlpatterns = [
    path("", register.register_page, name="guarantees"),
    path("register.<file:format_>", register.register_page, name="guarantees-file"),
    path("obligations/", register.obligations_page, name="guarantees-obligations"),
    path("obligations.<file:format_>", register.obligations_page, name="guarantees-obligations-file"),
    path("matrix/", coverage.matrix_page, name="guarantees-matrix"),
    path("matrix.<file:format_>", coverage.matrix_file, name="guarantees-matrix-file"),
    path("coverage/", coverage.coverage_page, name="guarantees-coverage"),
    path("coverage.<file:format_>", coverage.coverage_file, name="guarantees-coverage-file"),
    path("duties/", coverage.duties_page, name="guarantees-duties"),
    path("compare/", questions.compare_page, name="guarantees-compare"),
    path("compare.<file:format_>", questions.compare_file, name="guarantees-compare-file"),
    path("without/", questions.without_page, name="guarantees-without"),
    path("funding/", questions.funding_page, name="guarantees-funding"),
    path("funding.<file:format_>", questions.funding_file, name="guarantees-funding-file"),
    path("funding.svg", questions.funding_picture, name="guarantees-funding-picture"),
    path("vetoes/", questions.vetoes_page, name="guarantees-vetoes"),
    path("vetoes.<file:format_>", questions.vetoes_file, name="guarantees-vetoes-file"),
    path("now/", now.now_page, name="guarantees-now"),
    path("scenarios/", scenario.scenarios_page, name="guarantees-scenarios"),
    path("scenarios/write/", writing.write_page, name="guarantees-write"),
    path("scenarios/written/keep/", require_POST(scenario.keep_page), name="guarantees-keep"),
    path("scenarios/<slug:name>/", scenario.scenario_page, name="guarantees-scenario"),
    path("scenarios/<slug:name>/answer/", scenario.answer_page, name="guarantees-scenario-answer"),
    path("scenarios/<slug:name>.<answer:format_>", scenario.scenario_file, name="guarantees-scenario-file"),
    path("new/", editing.edit_page, name="guarantees-new"),
    path("instruments/<slug:id_>/", instrument.instrument_page, name="guarantees-instrument"),
    path("instruments/<slug:id_>.toml", instrument.instrument_file, name="guarantees-instrument-file"),
    path("changes.atom", feeds.changes_feed, name="guarantees-feed"),
    path("instruments/<slug:id_>.atom", feeds.changes_feed, name="guarantees-instrument-feed"),
    path("instruments/<slug:id_>/point/", instrument.point_to, name="guarantees-point"),
    path("instruments/<slug:id_>/edit/", editing.edit_page, name="guarantees-edit"),
    path("instruments/<slug:id_>/versions/", editing.versions_page, name="guarantees-versions"),
    path("instruments/<slug:id_>/withdraw/", editing.withdraw_page, name="guarantees-withdraw"),
]
