"""The addresses of the pages of reports, below those of a programme."""

from django.urls import path

from pledgeline.web.reports import claims, comparing, desk, originals, reading, using

urlpatterns = [
    path("reports/", reading.reports_page, name="reports"),
    path("reports.<file:format_>", reading.reports_page, name="reports-file"),
    path("reports/new/", reading.new_page, name="report-new"),
    path("reports/<str:ref>/", desk.report_page, name="report"),
    path("reports/<str:ref>/decide/", desk.decide, name="report-decide"),
    path("reports/<str:ref>/claim/", desk.claim_form_page, name="report-claim"),
    path("reports/<str:ref>/original/", originals.original_file, name="report-original"),
    path("reports/<str:ref>/describe/", desk.describe_page, name="report-describe"),
    path("claims/", claims.claims_page, name="claims"),
    path("claims/compare/", comparing.compare_page, name="claims-compare"),
    path("claims.<claimfile:form>", claims.claims_file, name="claims-file"),
    path("claims/<str:ref>/", claims.claim_page, name="claim"),
    path("claims/<str:ref>/decide/", claims.decide_claim, name="claim-decide"),
    path("claims/<str:ref>/use/", using.use_page, name="claim-use"),
    path("claims/<str:ref>/cite/", using.cite_page, name="claim-cite"),
]
