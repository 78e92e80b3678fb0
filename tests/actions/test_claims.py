"""Deciding on reports: who may, what is kept, and what a claim that holds does and does not do."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from pledgeline.accounts.roles import MACHINE, Machine
from pledgeline.actions import claim_uses, claims, reports
from pledgeline.evidence.deciding.claims import ClaimField, StatedKind
from pledgeline.evidence.finding.candidates import MoneyRole
from pledgeline.evidence.reading.texts import Span
from pledgeline.programme.announcements import Relation
from pledgeline.programme.nouns import field_of
from pledgeline.programme.roles import Role
from pledgeline.queries.claim_files import exported_claims
from pledgeline.queries.claim_uses import foresee_from_claim, row_from, uses_of
from pledgeline.queries.record_rows import NOUNS, whole_record
from pledgeline.queries.reports import Described, candidates_of, known_index, visible_claims
from pledgeline.records.guards import reports as guards
from pledgeline.records.models import (
    CandidateRecord,
    ClaimDecision,
    ClaimLink,
    ClaimUse,
    DocumentRecord,
    ProgrammeRecord,
)
from pledgeline.records.snapshot import snapshot
from tests.builders import a_programme, a_record
from tests.chain import worker
from tests.people import a_person, publish_all

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
FIRST = "Belgium pledged EUR 100 million to PURL.\nPublished on 4 August 2025.\n"
SECOND = "Belgium transferred USD 100 million to PURL.\nPublished on 5 August 2025.\n"


@pytest.fixture
def fund():
    from pledgeline.actions.records import load_record

    programme = a_programme(slug="harbour", short_name="PURL")
    load_record(programme=programme, record=a_record(), prune=False, today=NOW.date(), by="a test")
    return ProgrammeRecord.objects.get(slug="harbour")


def read(fund, text=FIRST, **more):
    described = Described(**{"outlet": "A paper", **more})
    return reports.read_in(text.encode(), described, programme=fund, person=MACHINE, now=NOW)


def accepted(fund, text=FIRST, **more):
    return claims.accept(read(fund, text, **more), 1, person=MACHINE, now=NOW).claim


def test_a_report_is_read_in_once_with_the_words_that_state_its_facts(fund):
    report = read(fund, outlet="PURL")

    assert (report.ref, report.published_on.isoformat(), report.outlet) == ("D1", "2025-08-04", "PURL")
    assert "4 August 2025" in report.text[slice(*report.stated["published_on"])]
    assert "author" not in report.stated
    again = read(fund)
    assert (again.code, DocumentRecord.objects.count()) == ("reports.there-already", 1)


def test_one_candidate_is_accepted_as_it_stands_and_another_only_once(fund):
    report = read(fund)

    decision = claims.accept(report, 1, person=MACHINE, now=NOW)
    assert decision.claim.fields["amount"]["value"]["value"] == "100000000"
    assert decision == claims.accept(report, 1, person=MACHINE, now=NOW)
    (refused,) = claims.reject(report, 1, person=MACHINE, now=NOW)
    assert refused.code == "reports.accepted"


def test_a_rejected_candidate_stays_and_may_be_accepted_later(fund):
    report = read(fund)
    claims.reject(report, 1, person=MACHINE, now=NOW, reason="misread")
    (shown,) = candidates_of(report, known_index(snapshot("harbour", MACHINE)))
    assert (shown.is_rejected, shown.is_open) == (True, False)

    claims.accept(report, 1, person=MACHINE, now=NOW)
    assert ["reject", "accept"] == [decision.verdict for decision in report.decisions.all()]


def test_a_claim_cannot_say_more_than_its_words_and_says_so_at_the_field(fund):
    report = read(fund)
    given = {"kind": StatedKind.CONTRIBUTION, "role": MoneyRole.CONTRIBUTION, "person": MACHINE, "now": NOW}
    spans = {
        ClaimField.AMOUNT: Span(16, 31),
        ClaimField.DONORS: Span(35, 39),
        ClaimField.STAGE: Span(0, 7),
    }

    refused = claims.make(report, spans=spans, **given)

    assert {"donors": "reports.no-name", "stage": "reports.no-verb"} == {
        field_of(finding): finding.code for finding in refused
    }
    assert 0 == ClaimDecision.objects.count()


@pytest.mark.parametrize("role", [None, Role.READER, Role.AUDITOR, Role.FINANCE])
def test_who_may_not_edit_the_record_decides_nothing(fund, role):
    person = a_person("eve", role, programme="harbour") if role else None
    report = read(fund)
    claim = claims.accept(report, 1, person=MACHINE, now=NOW).claim
    by = {"person": person or a_person("nobody"), "now": NOW}

    outcomes = [
        claims.accept(report, 1, **by),
        claims.reject(report, 1, **by),
        claims.make(report, kind=StatedKind.STATEMENT, spans={}, span=Span(0, 9), **by),
        claims.confirm(claim, **by),
        claims.withdraw(claim, reason="x", **by),
        claim_uses.cite(claim, "announcement", "C001", **by),
        [reports.read_in(b"Another.", Described(), programme=fund, **by)],
        [reports.describe(report, standpoint="primary", may_show=True, licence="", person=by["person"])],
    ]

    assert {"reports.no-right"} == {outcome[0].code for outcome in outcomes}


def test_with_two_people_a_claim_waits_for_another_one(fund):
    ProgrammeRecord.objects.filter(pk=fund.pk).update(two_people_decide=True)
    claim = accepted(fund)
    assert (claim.state, list(visible_claims(None, fund))) == ("waits", [])

    for person in (MACHINE, Machine(name="root")):
        (refused,) = claims.confirm(claim, person=person, now=NOW)
        assert refused.code == "reports.same-person"
    (unusable,) = claim_uses.cite(claim, "announcement", "C001", person=MACHINE, now=NOW)
    assert unusable.code == "reports.does-not-hold"
    claims.confirm(claim, person=worker(Role.COORDINATOR), now=NOW)
    claim.refresh_from_db()
    assert claim.state == "holds"


def test_claims_that_hold_are_linked_by_a_named_rule(fund):
    first, second = accepted(fund), accepted(fund, SECOND)

    (link,) = ClaimLink.objects.all()
    assert (link.first, link.second, link.relation, link.rule) == (
        first,
        second,
        "contradict",
        "currency-apart",
    )
    assert "currency" in link.differs_in
    claims.withdraw(second, person=MACHINE, now=NOW, reason="misprint")
    assert 0 == ClaimLink.objects.count()


def test_a_candidate_shows_what_it_contradicts_before_it_is_decided(fund):
    accepted(fund)
    report = read(fund, SECOND)

    (shown,) = candidates_of(report, known_index(snapshot("harbour", MACHINE)))

    assert ("claim CL1", "contradict") in {(met.other, met.relation.value) for met in shown.met}


def test_an_accepted_claim_becomes_an_announcement_by_the_action_that_enters_all(fund):
    claim = accepted(fund)
    proposed = row_from(claim, snapshot("harbour", MACHINE), title="Money").row.cells
    assert {
        "partner": "BEL",
        "amount": "100000000",
        "currency": "EUR",
        "stage": "announced",
    }.items() <= proposed.items()
    cells = {name: proposed.get(name, "") for name in NOUNS["announcement"].columns}
    record = whole_record("harbour")
    given = {"document": claim.document, "programme": fund.to_value(), "record": record, "now": NOW}
    would = foresee_from_claim("announcement", cells, **given)
    assert would.after.minor - would.before.minor == 100_000_000_00

    use = claim_uses.enter_as_row(claim, "announcement", cells, person=MACHINE, now=NOW, foreseen=would.seen)

    added = next(row for row in whole_record("harbour").announcements if row.id == use.key)
    assert (added.partners, added.sources) == (("BEL",), ("RPT-D1",))
    assert [use] == uses_of("announcement", [use.key], "harbour")
    (refused,) = claims.withdraw(claim, person=MACHINE, now=NOW, reason="late")
    assert refused.code == "reports.used"


def entered(claim, fund):
    """Enter a claim as the announcement that is proposed of it."""
    proposed = row_from(claim, snapshot("harbour", MACHINE), title="Money").row.cells
    cells = {name: proposed.get(name, "") for name in NOUNS["announcement"].columns}
    given = {
        "document": claim.document, "programme": fund.to_value(), "record": whole_record("harbour"), "now": NOW,
    }  # fmt: skip
    would = foresee_from_claim("announcement", cells, **given)
    use = claim_uses.enter_as_row(claim, "announcement", cells, person=MACHINE, now=NOW, foreseen=would.seen)
    return would, next(row for row in whole_record("harbour").announcements if row.id == use.key)


def test_two_sums_of_one_sentence_become_two_announcements_that_both_count(fund):
    sentence = "Belgium pledged EUR 100 million and Spain EUR 20 million to PURL."
    report = read(fund, f"{sentence}\nPublished on 4 August 2025.\n")

    found = [entered(claims.accept(report, number, person=MACHINE, now=NOW).claim, fund) for number in (1, 2)]

    assert [100_000_000_00, 20_000_000_00] == [would.after.minor - would.before.minor for would, _ in found]
    assert [("BEL",), ("ESP",)] == [row.partners for _, row in found]
    assert [(Relation.NEW, ("RPT-D1",))] * 2 == [(row.relation, row.sources) for _, row in found]
    assert 2 == len({row.id for _, row in found})


def test_nothing_of_a_row_is_kept_where_it_is_refused(fund):
    claim = accepted(fund)
    cells = dict.fromkeys(NOUNS["announcement"].columns, "") | {"id": "X", "source_ids": "RPT-D1"}

    outcome = claim_uses.enter_as_row(claim, "announcement", cells, person=MACHINE, now=NOW, foreseen="")

    assert isinstance(outcome, list)
    assert (0, []) == (
        ClaimUse.objects.count(),
        [row for row in whole_record("harbour").sources if row.id == "RPT-D1"],
    )


def test_who_decided_leaves_only_for_those_with_a_role_and_words_only_where_the_licence_lets_them(fund):
    publish_all("harbour")
    accepted(fund)

    (to_public,) = exported_claims(fund, None, str)
    (to_reader,) = exported_claims(fund, a_person("rita", Role.READER, programme="harbour"), str)

    assert (to_public.exact, to_public.decisions[0].by) == ("", "")
    assert (to_reader.exact, to_reader.decisions[0].by) == ("", MACHINE.name)
    reports.describe(
        DocumentRecord.objects.get(), standpoint="primary", may_show=True, licence="CC0", person=MACHINE
    )
    assert exported_claims(fund, None, str)[0].exact == "EUR 100 million"


def test_the_database_keeps_what_was_read_and_decided(fund):
    claim = accepted(fund)
    claim_uses.cite(claim, "announcement", "C001", person=MACHINE, now=NOW)
    changes = [
        lambda: DocumentRecord.objects.update(text="another"),
        lambda: CandidateRecord.objects.update(kind="statement"),
        lambda: ClaimDecision.objects.update(by_name="somebody else"),
        lambda: ClaimUse.objects.update(key="C002"),
        *(lambda table=table: raw(f"DELETE FROM {table}") for table in guards.TABLES),
    ]
    for change in changes:
        with pytest.raises(DatabaseError, match="reports: what was read and decided"), transaction.atomic():
            change()

    DocumentRecord.objects.update(may_show=True)
    assert [] == guards.missing(connection)


def raw(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
