"""The addresses of planning, below a programme's own."""

from django.urls import path

import pledgeline.web.converters  # noqa: F401 (the addresses below use them)
from pledgeline.web.planning import (
    accept,
    comparison,
    files,
    lines,
    lists,
    money,
    result,
    runs,
    start,
    whatif,
)

RUN = "plan/<slug:ref>/"

urlpatterns = [
    path("plan/", lists.plans_page, name="plans"),
    path("plan.<file:format_>", lists.plans_page, name="plans-file"),
    path("plan/new/", start.new_page, name="plan-new"),
    path("plan/from-list/", start.from_list_page, name="plan-from-list"),
    path("plan/sample/", start.sample, name="plan-sample"),
    path("plan/sample/<slug:key>.xlsx", start.sample_file, name="plan-sample-file"),
    path("plan/template.xlsx", start.template_file, name="plan-template"),
    path("plan/record.xlsx", start.record_file, name="plan-record"),
    path("plan/input/<slug:ref>/", start.input_page, name="plan-input"),
    path(
        "plan/input/<slug:ref>/findings.<file:format_>",
        start.input_page,
        name="plan-input-file",
    ),
    path("plan/input/<slug:ref>/marked.xlsx", start.marked_file, name="plan-input-marked"),
    path("plan/input/<slug:ref>/discard/", start.discard_page, name="plan-input-discard"),
    path(RUN, runs.run_page, name="plan-run"),
    path(f"{RUN}accept/", accept.accept_page, name="plan-accept"),
    path(f"{RUN}state/", runs.state_part, name="plan-state"),
    path(f"{RUN}stop/", runs.stop, name="plan-stop"),
    path(f"{RUN}again/", runs.again, name="plan-again"),
    path(f"{RUN}delete/", runs.delete_page, name="plan-delete"),
    path(f"{RUN}picture/<slug:name>.svg", result.picture_file, name="plan-picture"),
    path(f"{RUN}lines/", lines.lines_page, name="plan-lines"),
    path(f"{RUN}lines.<file:format_>", lines.lines_page, name="plan-lines-file"),
    path(f"{RUN}line/", lines.line_page, name="plan-line"),
    path(f"{RUN}packages/", money.packages_page, name="plan-packages"),
    path(f"{RUN}packages.<file:format_>", money.packages_page, name="plan-packages-file"),
    path(f"{RUN}package/", money.package_page, name="plan-package"),
    path(f"{RUN}orders.<file:format_>", money.orders_file, name="plan-orders-file"),
    path(f"{RUN}money/", money.money_page, name="plan-money"),
    path(f"{RUN}money.<file:format_>", money.money_page, name="plan-money-file"),
    path(f"{RUN}contribution/", money.contribution_page, name="plan-contribution"),
    path(f"{RUN}payments.<file:format_>", money.payments_file, name="plan-payments-file"),
    path(f"{RUN}what-if/", whatif.whatif_page, name="plan-whatif"),
    path(f"{RUN}what-if/confirmed/", whatif.confirmed_part, name="plan-confirmed"),
    path(f"{RUN}compare/", comparison.compare_page, name="plan-compare"),
    path(f"{RUN}compare.<file:format_>", comparison.compare_page, name="plan-compare-file"),
    path(f"{RUN}result.xlsx", files.workbook_file, name="plan-workbook"),
    path(f"{RUN}problem.json", files.problem_file, name="plan-problem"),
    path(f"{RUN}plan.json", files.answer_file, name="plan-answer"),
    path(f"{RUN}input", files.input_file, name="plan-handed-in"),
    path(f"{RUN}one-page.pdf", files.pdf_file, name="plan-pdf"),
]
