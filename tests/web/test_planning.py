"""The pages of planning: from the empty page over an upload to each figure of a plan, and to nobody else."""

import html
import io
import json
import re
from datetime import UTC, datetime
from fractions import Fraction
from types import SimpleNamespace

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader

from pledgeline.actions import plan_inputs
from pledgeline.exchange.workbook import read_workbook, template, write_problem
from pledgeline.jobs import claims
from pledgeline.jobs.models import Job, JobFile, JobState, WorkerRecord
from pledgeline.plan import parse_problem
from pledgeline.programme.roles import Role
from pledgeline.records.models import PlanInput, PlanRun, ProgrammeRecord, RunKind, SavedPlan
from tests.builders import a_programme
from tests.people import a_person, sit_at_desk
from tests.planning import PROBLEM, again, as_json, asked, handed_in, planned
from tests.web.crawl import follow
from tests.web.html import flat
from tests.web.test_nonsense import NONSENSE
from tests.working import claimed, worked_off
from tests.worlds import written_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(site, settings):
    """Whoever sits at the desk of that site."""
    return sit_at_desk(site, settings)


finished = written_once(planned, after="purl")


@pytest.fixture
def plan(site, finished):
    """A finished plan; the address of its page."""
    return f"/p/purl/plan/{finished.ref}/"


def text(answer) -> str:
    """The words of a page, as somebody reads them."""
    page = re.sub(r"<(script|style|noscript)\b.*?</\1>", " ", answer.content.decode(), flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).replace("\u00a0", " ").split())


def upload(site, data: bytes, name: str = "invented.json"):
    return site.post("/p/purl/plan/new/", {"file": SimpleUploadedFile(name, data), "name": ""})


def read(site, answer) -> str:
    """The address of an upload that has been read."""
    worked_off()
    return site.get(answer["Location"])["Location"]


def workbook(**change) -> bytes:
    problem, findings = parse_problem(json.dumps({**PROBLEM, **change}), "p.json")
    assert not findings
    return write_problem(problem, title="Invented winter")


# ---- the way in ----


def test_the_empty_page_says_what_to_do_first(site):
    page = text(site.get("/p/purl/plan/"))

    assert "No plan has been made yet" in page
    assert "Download the template" in page
    assert template()[:2] == site.get("/p/purl/plan/template.xlsx").content[:2]


def test_a_good_file_is_read_planned_and_shown(site):
    waiting = upload(site, workbook(), "w.xlsx")["Location"]
    assert "Reading your file" in text(site.get(waiting))
    assert not PlanInput.objects.exists()
    worked_off()
    address = site.get(waiting)["Location"]
    page = text(site.get(address))
    assert "It can be planned" in page
    assert "Requirements 4" in page

    run = site.post(address, {"mode": "fast", "budget": "5"})["Location"]
    assert "Waiting for its turn" in text(site.get(run))
    worked_off()
    page = text(site.get(run))
    assert "Proven best" in page
    assert "Requirements met in full 2 / 4" in page
    assert "USD 1,350" in page


def test_the_pages_of_a_plan_are_named_by_its_day_and_what_it_was_made_from(site, plan, finished):
    """Asked for at 23:30 UTC on 30 November; the programme is in Kyiv, where the next day has begun."""
    ProgrammeRecord.objects.filter(slug="purl").update(time_zone="Europe/Kyiv")
    Job.objects.filter(pk=finished.job_id).update(asked_at=datetime(2026, 11, 30, 23, 30, tzinfo=UTC))
    name = "Plan of 1 Dec 2026 from the JSON file “Invented”"

    def title(page: str, **headers: str) -> str:
        answer = flat(site.get(f"{plan}{page}", headers=headers))
        return html.unescape(re.search(r"<title>(.*?)</title>", answer)[1])

    assert f"{name} · PURL · Pledgeline" == title("")
    assert f"Requirements · {name} · PURL · Pledgeline" == title("lines/")
    assert f"drone (R-1) · {name} · PURL · Pledgeline" == title("line/?line=R-1")
    assert f"Package P-1 · {name} · PURL · Pledgeline" == title("package/?package=P-1")
    assert f"Ruritania, C-any · {name} · PURL · Pledgeline" == title("contribution/?contribution=C-any")
    assert "План від 1 грудня 2026 з файлу JSON «Invented» · PURL · Pledgeline" == title(
        "", **{"Accept-Language": "uk"}
    )
    assert f"<h1>{name}</h1>" in flat(site.get(plan))
    assert "<h1>JSON file “Invented”</h1>" in flat(site.get(f"/p/purl/plan/input/{finished.input.ref}/"))


def test_a_faulty_workbook_shows_each_finding_at_its_cell(site):
    book = openpyxl.load_workbook(io.BytesIO(workbook()))
    book["Requirements"]["D2"] = "ten"
    out = io.BytesIO()
    book.save(out)
    address = read(site, upload(site, out.getvalue(), "w.xlsx"))
    page = text(site.get(address))

    assert "1 error must be corrected" in page
    assert re.search(r"Requirements D2 “ten”", page)
    assert "Make the plan" not in page
    marked = openpyxl.load_workbook(io.BytesIO(site.get(f"{address}marked.xlsx").content))
    assert marked["Requirements"]["D2"].comment is not None
    rows = site.get(f"{address}findings.csv?q=nothing+like+it").content.decode("utf-8-sig").splitlines()
    assert 1 == len(rows)
    assert "D2" in site.get(f"{address}findings.csv?sheet=Requirements").content.decode("utf-8-sig")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"mode": "prove", "budget": "0"}, "At least 1 second."),
        ({"mode": "prove", "budget": "4000"}, "At most 3,600 seconds"),
        ({"mode": "prove", "budget": "soon"}, "Write a whole number of seconds."),
        ({"mode": "best", "budget": "5"}, "Choose one of the two ways."),
        ({"budget": "5"}, "Choose a way."),
    ],
)
def test_wrong_options_are_said_at_their_field(site, fields, said):
    source = handed_in()
    answer = site.post(f"/p/purl/plan/input/{source.ref}/", fields)

    assert answer.status_code == 200
    assert said in text(answer)
    assert not PlanRun.objects.exists()


def test_an_upload_without_a_file_an_empty_one_and_one_too_large_are_said(site, monkeypatch):
    assert "Choose a file first." in text(site.post("/p/purl/plan/new/", {}))
    assert "The file is empty." in text(upload(site, b""))
    monkeypatch.setattr(plan_inputs, "LARGEST_UPLOAD", 10)
    assert "larger than 20 MB" in text(upload(site, b"x" * 11))
    assert not PlanInput.objects.exists()


def test_a_request_far_too_large_is_refused_before_it_is_read(site):
    answer = site.post("/p/purl/plan/new/", CONTENT_LENGTH=str(plan_inputs.LARGEST_UPLOAD * 2))

    assert answer.status_code == 413


def test_the_record_becomes_the_money_of_a_workbook(site):
    """By 2025-08-04 one announcement counts: the Netherlands' EUR 500 million, for the first package."""
    data = site.get("/p/purl/plan/record.xlsx?as_of=2025-08-04").content
    book = openpyxl.load_workbook(io.BytesIO(data))
    rows = list(book["Contributions"].iter_rows(values_only=True))
    header, filled = rows[0], [row for row in rows[1:] if row[0]]

    assert [("C001", "Netherlands", 500_000_000, "EUR")] == [
        tuple(row[header.index(name)] for name in ("Id", "Partner", "Amount", "Currency")) for row in filled
    ]
    reading = read_workbook(data)
    assert {"Requirements", "Offers"} <= {
        finding.place.sheet for finding in reading.errors
    } or reading.problem
    assert 1 == reading.kept["Contributions"]


def test_a_wrong_day_of_the_record_is_said(site):
    answer = site.get("/p/purl/plan/record.xlsx?as_of=soon")
    assert answer.status_code == 400
    assert "Write the day as year-month-day" in text(answer)


def test_an_upload_is_deleted_after_a_question_and_only_if_nothing_was_planned(site):
    source = handed_in()
    address = f"/p/purl/plan/input/{source.ref}/discard/"
    assert "Delete this upload?" in text(site.get(address))
    assert PlanInput.objects.exists()
    site.post(address)
    assert not PlanInput.objects.exists()

    used = asked().input
    site.post(f"/p/purl/plan/input/{used.ref}/discard/")
    assert PlanInput.objects.exists()


# ---- while it is made ----


def test_progress_shows_step_value_bound_and_time_and_ends_by_itself(site):
    run = asked()
    job = claimed()
    Job.objects.filter(pk=job.pk).update(
        progress={
            "step": "tier 2",
            "settled": [{"step": "tier 1", "place": 0, "of": 4, "value": 12.5, "bound": 13.0}],
        },
    )
    page = site.get(f"/p/purl/plan/{run.ref}/")
    assert "Priority 2" in text(page)
    assert "12.50" in text(page)
    assert "13.00" in text(page)
    assert b'http-equiv="refresh"' in page.content  # without scripts the page comes again by itself
    assert "Priority 2" in text(site.get(f"/p/purl/plan/{run.ref}/state/"))

    said = {"code": "jobs.no-result", "params": {"why": "It failed."}}
    Job.objects.filter(pk=job.pk).update(state=JobState.FAILED, finding=said)
    assert site.get(f"/p/purl/plan/{run.ref}/state/").headers["HX-Refresh"] == "true"
    assert "It failed." in text(site.get(f"/p/purl/plan/{run.ref}/"))


def test_a_run_that_kills_its_process_twice_says_so_and_can_be_asked_again(site):
    run = asked()
    for _ in range(2):
        claims.died(claimed())
    page = text(site.get(f"/p/purl/plan/{run.ref}/"))
    assert "The process that made this plan is gone" in page
    assert "killed, or the machine went away, 2 times" in page

    new = site.post(f"/p/purl/plan/{run.ref}/again/")["Location"]
    worked_off()
    assert "Proven best" in text(site.get(new))


def test_a_page_that_waits_says_when_nobody_works(site):
    run = asked()
    page = f"/p/purl/plan/{run.ref}/"
    assert "whoever runs this site has to start “pledgeline worker”" in text(site.get(page))

    WorkerRecord.objects.create(ref="w", host="here", process=1, kinds=[])
    assert "It begins in a moment." in text(site.get(page))

    asked()
    assert "Others are before it." in text(site.get(page))


def test_stop_is_no_link(site):
    run = asked()
    assert site.get(f"/p/purl/plan/{run.ref}/stop/").status_code == 405
    site.post(f"/p/purl/plan/{run.ref}/stop/")
    assert again(run).job.stop_wanted


# ---- the plan ----


def test_every_link_of_a_plan_leads_somewhere(site, plan):
    starts = [plan, f"{plan}compare/?with={planned().ref}", f"{plan}what-if/?amount=90"]
    seen = follow(
        site,
        starts,
        leads_on=lambda address: address.startswith("/p/purl/plan") and "sort=" not in address,
    )

    assert not {address: code for address, code in seen.items() if code not in (200, 302)}
    assert len(seen) > 60


def test_a_line_that_waits_says_why_and_what_would_help(site, plan):
    late = text(site.get(f"{plan}line/?line=R-2"))
    assert "The earliest arrival is day 30 (O-2 in P-1), 10 days after day 20" in late

    poor = text(site.get(f"{plan}line/?line=R-4"))
    assert "USD 50 is left of the money that may pay for it (C-any Ruritania)" in poor
    assert "Graustark USD 100 category: medical without its limit by category" in poor

    site.post(f"{plan}line/", {"line": "R-2"})
    site.post(f"{plan}line/", {"line": "R-2"})  # asked twice, answered once
    assert 1 == PlanRun.objects.filter(kind=RunKind.BINDING).count()
    worked_off()
    assert "a later day of need, or faster delivery" in text(site.get(f"{plan}line/?line=R-2"))


def test_money_that_is_left_says_why_and_which_terms_would_free_it(site, plan):
    money = text(site.get(f"{plan}money/?state=left"))
    assert "C-med Graustark category: medical USD 500 USD 400 USD 100" in money

    site.post(f"{plan}contribution/", {"contribution": "C-med"})
    worked_off()
    assert "without its limit by category : +1 R-4 generator" in text(
        site.get(f"{plan}contribution/?contribution=C-med")
    )


def test_what_if_answers_at_once_and_is_confirmed(site, plan):
    """USD 50 are left: 40 more buy one more generator, a tenth of its line."""
    answer = text(site.get(f"{plan}what-if/?amount=40"))
    assert re.search(r"Priority 2 75\.0 % 79\.4 % \+0\.09|Priority 2 75\.0 % .* \+0\.0\d", answer)
    assert re.search(r"With USD.40(\.00)? more, by the bound", answer)
    assert "Who may lose: No priority can lose: only the last one, Priority 2, can still gain." in answer

    site.post(f"{plan}what-if/", {"amount": "40"})
    worked_off()
    confirmed = text(site.get(f"{plan}what-if/?amount=40"))
    assert re.search(r"With USD.40(\.00)? more, by a real plan No priority loses\.", confirmed)
    assert re.search(r"Priority 2 75\.0 % [\d.]+ % \+0\.10", confirmed)
    assert "by the bound" not in text(site.get(f"{plan}what-if/?amount=40.00"))
    assert "by the bound" in text(site.get(f"{plan}what-if/?amount=41"))
    assert "confirmed" == site.get(f"{plan}what-if/confirmed/")["HX-Trigger"]
    page = text(site.get(f"{plan}what-if/"))
    assert "Priority 2 +0.10" in page
    assert "R-4 generator +1" in page
    run = PlanRun.objects.get(kind=RunKind.WHAT_IF)
    compared = text(site.get(f"{plan}compare/?with={run.ref}"))
    assert "R-4 generator 2 10 5 6 +1" in compared
    assert "Requirements met in full 2 of 4 2 of 4 0 requirements" in compared
    assert re.search(
        r"The other Plan of \d+ \w+ \d{4} from the what-if “Invented, and USD 40 more” for anything;",
        compared,
    )


def test_the_bound_says_whom_a_real_plan_may_take_from():
    """The first that can still gain is served first; whoever comes after it may lose, whoever comes before cannot."""
    from pledgeline.web.planning.whatif import _at_risk

    tiers = [SimpleNamespace(name=str(n), label=f"Priority {n}", got=Fraction(n)) for n in (1, 2, 3, 4)]
    bounds = {1: 1.0, 2: 2.5, 3: 3.0, 4: 4.0}

    assert _at_risk(tiers, bounds).startswith("Priority 2 comes first.")
    assert _at_risk(tiers, bounds).endswith("from them: Priority 3, Priority 4.")
    assert "" == _at_risk(tiers, {1: 1.0, 2: 2.0, 3: 3.0, 4: 4.0})


def test_what_if_on_terms_that_exclude_what_waits_buys_nothing(site, plan):
    page = text(site.get(f"{plan}what-if/?amount=1000&terms=like:C-med"))
    assert "the money would buy nothing more" in page


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("amount=much", "Write an amount in whole units"),
        ("amount=-5", "Write an amount"),
        ("amount=99999999999999999999999999", "below a quadrillion"),
        ("amount=5&terms=like:nobody", "knows no such terms"),
        ("amount=5&terms=planet:mars", "knows no such terms"),
        ("amount=5&day=2025-01-01", "Write the number of a day"),
    ],
)
def test_what_if_says_what_is_wrong_at_its_field(site, plan, query, said):
    assert said in text(site.get(f"{plan}what-if/?{query}"))


def test_without_scripts_the_field_that_moved_is_the_one_that_counts(site, plan):
    slid = text(site.get(f"{plan}what-if/?was=&amount=&slide=90"))
    typed = text(site.get(f"{plan}what-if/?was=&amount=70&slide=0"))

    assert "With USD 90 more" in slid
    assert "With USD 70 more" in typed


def test_files_hold_the_plan(site, plan):
    book = openpyxl.load_workbook(io.BytesIO(site.get(f"{plan}result.xlsx").content))
    assert "Summary" in book.sheetnames
    told = json.loads(site.get(f"{plan}plan.json").content)
    assert told["paid_minor"] == {"C-any": 950_00, "C-med": 400_00}
    assert told["provably_best"]
    problem, findings = parse_problem(site.get(f"{plan}problem.json").content.decode(), "p")
    assert not findings
    assert 4 == len(problem.lines)
    assert as_json() == site.get(f"{plan}input").content
    lines = site.get(f"{plan}lines.csv?state=unmet").content.decode("utf-8-sig").splitlines()
    assert ['"R-2"', '"R-4"'] == [line.split(",")[0] for line in lines[1:]]
    payments = site.get(f"{plan}payments.csv").content.decode("utf-8-sig").splitlines()
    assert 4 == len(payments)


def told(rows, words):
    """What a page is told: tables of so many rows, with texts of so many words."""
    from pledgeline.web.planning import pdf

    said = " ".join(["Partner (invented)"] * words)
    table = {"title": "Part", "head": ["a"] * 5, "total": rows}
    table["rows"] = [[f"R-{n}", "Partner", "USD 1,000", "7", said] for n in range(min(rows, pdf.MOST_ROWS))]
    ordered = {
        **table,
        "head": ["a"] * 6,
        "rows": [[*row[:4], "1 May 2026", "USD 1"] for row in table["rows"]],
    }
    tiers = [["Priority 1", "50 %", 500, 900, "90 %", "1 / 2", "proven"]] * min(max(rows, 1), 6)
    return {
        "programme": "A programme",
        "title": said[: pdf.LONGEST],
        "made": "Planned today",
        "headline": "A plan.",
        "figures": [["Requirements", "1"], ["Cost", "2"], ["Left", "3"]],
        "tiers": {"title": "Tiers", "head": ["a", "b", "", "c", "d", "e"], "rows": tiers},
        "packages": table,
        "money": table,
        "waiting": table,
        "ordered": ordered,
        "most": pdf.MOST_ROWS,
        "more": "and {n} more",
        "proof": "Input 00",
    }


@pytest.mark.parametrize(("rows", "words"), [(0, 1), (1, 1), (9, 4), (40, 1), (4000, 1), (4000, 12)])
def test_the_page_of_pdf_is_one_page_however_large_the_plan(rows, words):
    from pledgeline.web import typeset
    from pledgeline.web.planning import pdf

    if typeset.is_missing():
        pytest.skip("Typst is an extra")
    assert re.search(rb"/Type ?/Pages ?/Count 1\b", pdf.set_page(told(rows, words)))


@pytest.mark.parametrize(
    ("said", "cut"),
    [
        ("Short.", "Short."),
        ("a" * 300, "a" * 238 + " …"),
        ("One thing is so" + " and so" * 20 + "; " + "b" * 200, "One thing is so" + " and so" * 20 + "; …"),
    ],
)
def test_a_long_reason_ends_where_a_part_of_it_ends(said, cut):
    from pledgeline.web.planning import pdf

    assert cut == pdf._short(said)


def test_the_page_of_pdf_is_set_or_says_how_to_get_it(site, plan, monkeypatch):
    from pledgeline.web import typeset

    if not typeset.is_missing():
        assert site.get(f"{plan}one-page.pdf").content.startswith(b"%PDF-")
    monkeypatch.setattr(typeset, "is_missing", lambda: True)
    assert 'pip install "pledgeline[pdf]"' in text(site.get(f"{plan}one-page.pdf"))


def test_the_page_of_pdf_speaks_ukrainian_to_who_reads_it(site, plan):
    """Its letters can be read out of the file again, so the font has them; the amounts have Ukrainian commas."""
    from pledgeline.web import typeset

    if typeset.is_missing():
        pytest.skip("Typst is an extra")
    data = site.get(f"{plan}one-page.pdf", headers={"Accept-Language": "uk"}).content
    said = " ".join(PdfReader(io.BytesIO(data)).pages[0].extract_text().split())

    for words in ("Сплановано", "Пакети", "Чиї кошти", "Пріоритет"):
        assert words in said
    for word in ("Planned", "Packages", "Priority", "Left", "million", "and more", "Whose money"):
        assert word not in said
    assert not re.search(r"\d,\d{3}\b", said)


def test_pictures_are_files_of_their_own(site, plan):
    for name in ("plan-tiers", "plan-categories", "plan-flow", "plan-deliveries"):
        assert site.get(f"{plan}picture/{name}.svg").content.startswith(b"<svg")
    assert site.get(f"{plan}picture/plan-nothing.svg").status_code == 404


def test_a_plan_is_deleted_after_a_question(site, plan):
    assert "Delete this plan?" in text(site.get(f"{plan}delete/"))
    assert SavedPlan.objects.exists()
    assert site.post(f"{plan}delete/")["Location"] == "/p/purl/plan/"
    assert site.get(plan).status_code == 404


def test_a_plan_that_was_altered_is_not_shown(site, plan):
    SavedPlan.objects.update(saved_by="somebody else")
    answer = site.get(plan)

    assert answer.status_code == 500
    assert "This plan is not what was saved" in text(answer)
    assert "1,350" not in text(answer)
    assert site.get(f"{plan}result.xlsx").status_code == 500


def test_an_empty_problem_is_planned_and_shown(site):
    run = planned(
        handed_in({"currency": "USD", "lines": [], "offers": [], "packages": [], "contributions": []})
    )
    if run.job.state == JobState.DONE:
        for page in (
            "",
            "lines/",
            "packages/",
            "money/",
            "what-if/?amount=5",
            "compare/",
            "result.xlsx",
            "one-page.pdf",
        ):
            assert site.get(f"/p/purl/plan/{run.ref}/{page}").status_code == 200


def test_names_with_markup_and_formulas_stay_names(site):
    evil = "<script>alert(1)</script>"
    problem = json.loads(
        json.dumps(PROBLEM).replace("R-4", "=1+1").replace("drone", evil).replace("C-any", "#eval(1)")
    )
    run = planned(handed_in(problem, name=evil))
    for page in ("", "lines/", "money/", "packages/", "line/?line=%3D1%2B1", "what-if/?amount=5"):
        answer = site.get(f"/p/purl/plan/{run.ref}/{page}")
        assert answer.status_code == 200
        assert evil.encode() not in answer.content
    assert b"'=1+1" in site.get(f"/p/purl/plan/{run.ref}/lines.csv").content
    assert site.get(f"/p/purl/plan/{run.ref}/one-page.pdf").status_code == 200


@pytest.mark.parametrize(
    "page",
    [
        "",
        "lines/",
        "lines.csv",
        "money/",
        "packages/",
        "package/",
        "line/",
        "contribution/",
        "what-if/",
        "compare/",
        "compare.xlsx",
        "orders.csv",
        "payments.xlsx",
    ],
)
def test_no_nonsense_in_the_address_breaks_a_page(site, plan, page):
    names = [
        "sort",
        "page",
        "q",
        "state",
        "priority",
        "category",
        "reason",
        "line",
        "package",
        "contribution",
        "amount",
        "terms",
        "day",
        "slide",
        "was",
        "with",
    ]
    for value in NONSENSE:
        assert site.get(f"{plan}{page}", dict.fromkeys(names, value)).status_code in (200, 400, 404), value


@pytest.mark.parametrize("page", ["line/", "contribution/", "what-if/", "delete/", "stop/", "again/"])
def test_no_form_from_elsewhere_acts(plan, page):
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.post(f"{plan}{page}", {"line": "R-2", "amount": "5"}).status_code == 403
    assert SavedPlan.objects.exists()


# ---- who may see ----


def test_strangers_see_no_plan_and_make_none(site, plan):
    """Also under the machine's own names: a proxy on it may pass on what strangers ask."""
    site.cookies.clear()
    for page in (
        "/p/purl/plan/",
        plan,
        f"{plan}lines.csv",
        f"{plan}result.xlsx",
        f"{plan}picture/plan-flow.svg",
        f"{plan}state/",
        "/p/purl/plan/template.xlsx",
    ):
        answer = site.get(page)
        assert answer.status_code == 403
        assert b"Invented" not in answer.content
    assert upload(site, as_json()).status_code == 403
    assert site.post(f"{plan}delete/").status_code == 403


@pytest.mark.parametrize(
    ("role", "programme", "sees", "acts"),
    [
        (Role.READER, "", True, False),
        (Role.COORDINATOR, "", True, True),
        (Role.COORDINATOR, "purl", True, True),
        (Role.COORDINATOR, "harbour", False, False),
        (Role.FINANCE, "", True, False),
    ],
)
def test_roles_decide(site, plan, role, programme, sees, acts):
    ProgrammeRecord.from_value(a_programme(slug="harbour")).save()
    site.force_login(a_person("bo", role, programme=programme))

    assert (site.get(plan).status_code == 200) is sees
    assert (b"New plan" in site.get("/p/purl/plan/").content) is acts
    assert (upload(site, as_json()).status_code == 302) is acts


def test_a_plan_of_another_programme_is_not_there(site, plan):
    assert site.get(plan.replace("/p/purl/", "/elsewhere/")).status_code == 404


def test_every_shipped_sample_is_taken_and_planned(site):
    page = site.get("/p/purl/plan/new/").content.decode()
    keys = re.findall(r'name="sample" value="([^"]+)"', page)
    assert {"purl-size", "energy-fund", "medical-procurement"} <= set(keys)
    for key in keys:
        assert site.get(f"/p/purl/plan/sample/{key}.xlsx").content.startswith(b"PK")
        source = read(site, site.post("/p/purl/plan/sample/", {"sample": key}))
        run = site.post(source, {"mode": "fast", "budget": "5"})["Location"]
        worked_off()
        page = text(site.get(run))
        assert "Requirements met in full" in page, key
    assert site.post("/p/purl/plan/sample/", {"sample": "../../etc/passwd"}).status_code == 404


def test_without_a_solver_the_what_if_says_so(site, plan, monkeypatch):
    from pledgeline.plan import CannotPlan
    from pledgeline.web.planning import whatif

    def missing(problem):
        raise CannotPlan("A bound needs a solver: install it.")

    monkeypatch.setattr(whatif, "bound", missing)
    answer = site.get(f"{plan}what-if/?amount=40")

    assert answer.status_code == 200
    assert "A bound needs a solver: install it." in text(answer)


def test_a_question_has_a_page_while_it_is_asked_and_leads_back_to_its_line(site, plan):
    site.post(f"{plan}line/", {"line": "R-2"})
    run = PlanRun.objects.get(kind=RunKind.BINDING)
    assert "Waiting for its turn" in text(site.get(f"/p/purl/plan/{run.ref}/"))
    assert f"/p/purl/plan/{run.ref}/" in site.get(f"{plan}line/?line=R-2").content.decode()
    worked_off()

    assert site.get(f"/p/purl/plan/{run.ref}/")["Location"] == f"{plan}line/?line=R-2"


def test_where_too_many_lines_wait_a_reason_comes_when_its_line_is_opened(site, monkeypatch):
    from pledgeline.actions import planner

    monkeypatch.setattr(planner, "MOST_EXPLAINED", 1)
    run = planned()

    assert "open it to see" in text(site.get(f"/p/purl/plan/{run.ref}/lines/?state=unmet"))
    assert "10 days after day 20" in text(site.get(f"/p/purl/plan/{run.ref}/line/?line=R-2"))


def test_where_many_lines_wait_reasons_are_kept_without_names_and_a_line_finds_them_again(site, monkeypatch):
    from pledgeline.actions import planner

    said = "10 days after day 20"
    monkeypatch.setattr(planner, "MOST_WITH_NAMES", 0)
    run = planned()
    kept = json.loads(SavedPlan.objects.get(run=run).answer)["reasons"]

    assert kept
    assert not any(isinstance(value, list) for name in kept for value in name["facts"].values())
    assert said in text(site.get(f"/p/purl/plan/{run.ref}/line/?line=R-2"))


THIRDS = {
    "currency": "USD",
    "packages": [{"id": "P-1", "order_day": 0}],
    "lines": [{"id": "R-1", "item": "drone", "quantity": 10, "priority": 1}],
    "offers": [{"id": "O-1", "item": "drone", "unit_price_minor": 90_00, "lead_days": 10}],
    "contributions": [
        {"id": "C-1", "partner": "Ruritania", "amount_minor": 210_00, "currency": "USD"},
        {"id": "C-2", "partner": "Ruritania", "amount_minor": 210_00, "currency": "USD"},
        {"id": "C-3", "partner": "Graustark", "amount_minor": 210_00, "currency": "USD"},
    ],
}
"""Seven units for all the money there is: three thirds of one package, two of them one partner's."""


def test_a_share_is_the_same_on_the_page_and_in_the_workbook_and_shares_add_up(site):
    """Thirds are 33.4, 33.3 and 33.3; seven of ten units are 70.0."""
    plan = f"/p/purl/plan/{planned(handed_in(THIRDS)).ref}/"
    shares = re.findall(r"C-\d \w+ USD 210 (\d+\.\d) %", text(site.get(f"{plan}package/?package=P-1")))
    book = openpyxl.load_workbook(io.BytesIO(site.get(f"{plan}result.xlsx").content))
    cells = [str(cell.value) for row in book["Packages"].iter_rows() for cell in row if cell.value]
    met = [cell.value for row in book["Lines"].iter_rows() for cell in row if cell.number_format == "0.0%"]

    assert shares == ["33.4", "33.3", "33.3"]
    assert "Ruritania 66.7\u00a0%; Graustark 33.3\u00a0%" in cells
    assert "Priority 1 70.0 %" in text(site.get(plan))
    assert [str(share) for share in met] == ["0.7"]


WEIGHED = {
    "currency": "USD",
    "categories": {"drone": "air", "kite": "air"},
    "packages": [{"id": "P-1", "order_day": 0}],
    "lines": [
        {"id": "R-1", "item": "drone", "quantity": 10, "priority": 1, "weight": 3},
        {"id": "R-2", "item": "kite", "quantity": 10, "priority": 1},
    ],
    "offers": [
        {"id": "O-1", "item": "drone", "unit_price_minor": 10_00},
        {"id": "O-2", "item": "kite", "unit_price_minor": 10_00},
    ],
    "contributions": [{"id": "C-1", "partner": "Ruritania", "amount_minor": 100_00, "currency": "USD"}],
}
"""All the money buys the drones, which weigh 3 of 4: the category and its priority get 75 %."""


def test_a_coverage_is_the_same_on_the_page_in_the_workbook_the_pdf_and_the_json(site):
    run = planned(handed_in(WEIGHED))
    plan = f"/p/purl/plan/{run.ref}/"
    page = text(site.get(plan))
    book = openpyxl.load_workbook(io.BytesIO(site.get(f"{plan}result.xlsx").content))
    rows = {row[0]: row for row in book["Summary"].iter_rows(values_only=True) if row[0]}
    told = json.loads(site.get(f"{plan}plan.json").content)

    assert "Priority 1 75.0 %" in page
    assert "air 75.0 %" in page
    assert ("0.75", "0.75") == (str(rows["Priority 1"][6]), str(rows["air"][6]))
    assert {"1": "3"} == told["tier_scores"]
    assert 10_000 == told["cost_minor"] == round(float(rows["Priority 1"][5]) * 100)


# ---- jobs that are waited for ----


def test_a_job_that_is_waited_for_belongs_to_the_plans_and_can_be_stopped(site):
    address = upload(site, as_json())["Location"]
    page = site.get(address)
    assert "Waiting for its turn" in text(page)
    assert re.search(r'href="/p/purl/plan/" aria-current="page"', flat(page))
    assert "Waiting for its turn" in text(site.get(f"{address}part/"))
    assert site.get(f"{address}stop/").status_code == 405

    site.post(f"{address}stop/")
    assert "It was taken out of the queue before it began." in text(site.get(address))
    assert site.get(f"{address}part/").headers["HX-Refresh"] == "true"
    assert not JobFile.objects.exists()


def test_a_file_that_takes_all_memory_is_said_and_takes_that_of_no_web_worker(site, monkeypatch):
    """S9: the page waited minutes for a file, and three other visitors with it."""

    def much(data, name):
        raise MemoryError

    monkeypatch.setattr(plan_inputs, "read_workbook", much)
    address = upload(site, workbook(), "w.xlsx")["Location"]
    worked_off()

    assert "It failed" in text(site.get(address))
    assert "more than the 2000 MB of memory that a job may take" in text(site.get(address))
    assert not PlanInput.objects.exists()


def test_a_queue_that_is_full_is_said_at_the_file_and_everywhere_else(site, plan, settings):
    settings.JOBS_PER_PROGRAMME = 0
    full = "0 jobs of this programme wait already: stop one, or come back when some are done."
    assert full in text(upload(site, as_json()))
    answers = [
        site.post(f"{plan}line/", {"line": "R-2"}),
        site.post("/p/purl/plan/sample/", {"sample": "energy-fund"}),
    ]
    for answer in answers:
        assert answer.status_code == 429
        assert full in text(answer)
    assert full in text(site.post(f"{plan}what-if/", {"amount": "90"}))
    assert not PlanInput.objects.filter(origin="what-if").exists()


def test_the_workbook_of_a_large_plan_is_written_by_a_job_and_kept_for_a_day(site, plan, monkeypatch):
    from pledgeline.web.planning import files

    small = site.get(f"{plan}result.xlsx").content
    monkeypatch.setattr(files, "MOST_AT_ONCE", 3)
    address = site.get(f"{plan}result.xlsx")["Location"]
    assert address == site.get(f"{plan}result.xlsx")["Location"]
    assert "Waiting for its turn" in text(site.get(address))
    worked_off()
    page = site.get(address)
    assert "It is ready" in text(page)
    assert f'href="{plan}result.xlsx" download' in page.content.decode()

    large = site.get(f"{plan}result.xlsx")
    cells = [
        [row for sheet in openpyxl.load_workbook(io.BytesIO(data)) for row in sheet.values]
        for data in (small, large.content)
    ]
    assert cells[0] == cells[1]
    JobFile.objects.all().delete()
    assert address != site.get(f"{plan}result.xlsx")["Location"]


def test_a_job_is_seen_by_those_who_may_see_what_comes_of_it(site, plan, monkeypatch):
    from pledgeline.web.planning import files

    monkeypatch.setattr(files, "MOST_AT_ONCE", 3)
    reading, writing = upload(site, as_json())["Location"], site.get(f"{plan}result.xlsx")["Location"]
    stranger = Client()
    for address in (reading, writing):
        for page in ("", "part/"):
            assert stranger.get(f"{address}{page}").status_code == 404
        assert stranger.post(f"{address}stop/").status_code == 404
    assert site.get(reading.replace("/p/purl/", "/elsewhere/")).status_code == 404
    stranger.force_login(a_person("bo", Role.READER, programme="purl"))

    assert stranger.get(writing).status_code == 200
    assert stranger.get(reading).status_code == 404
    assert 2 == Job.objects.filter(state="waiting").count()
