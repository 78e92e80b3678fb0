"""Two reports of one event that disagree: by which rule it is seen, and which field is named as differing."""

from dataclasses import replace
from datetime import date

import pytest

from pledgeline.evidence.finding.candidates import MoneyRole
from pledgeline.evidence.finding.names import names_of
from pledgeline.evidence.finding.predictions import extraction_of
from pledgeline.evidence.finding.words import data
from pledgeline.evidence.linking.claims import claims_of
from pledgeline.evidence.linking.rules import LinkRelation, Rule, link_of, links_between
from pledgeline.evidence.linking.terms import TermClaim, term_links

NAMES = names_of([data("programmes.toml")])


def read(text, published="2025-10-16"):
    return extraction_of({"text": text, "language": "en", "published": published, "context": text}, NAMES)


def links(*texts):
    claims = [
        claim
        for number, text in enumerate(texts)
        for claim in claims_of(f"u{number}", f"d{number}", read(text))
    ]
    return links_between(claims)


CONTRADICTIONS = {
    "promised or paid": (
        "Spain pledged €20 million to PURL.",
        "Spain has already paid €20 million into PURL.",
        ("stage-apart", "stage"),
    ),
    "considered or decided": (
        "Spain is considering €20 million for PURL.",
        "Spain has allocated €20 million to PURL.",
        ("stage-apart", "stage"),
    ),
    "considered or paid": (
        "Spain may contribute €20 million to PURL.",
        "Spain transferred €20 million to PURL.",
        ("stage-apart", "stage"),
    ),
    "being negotiated or promised": (
        "Spain is in talks on €20 million for PURL.",
        "Spain promised €20 million for PURL.",
        ("stage-apart", "stage"),
    ),
    "promised or delivered": (
        "Spain will give generators worth €20 million to the Energy Support Fund.",
        "Spain delivered generators worth €20 million to the Energy Support Fund.",
        ("stage-apart", "stage"),
    ),
    "a total promised or paid": (
        "Allies have so far pledged $2 billion to PURL.",
        "Allies have so far paid $2 billion into PURL.",
        ("stage-apart", "stage"),
    ),
    "another sum": (
        "Spain pledged €20 million to PURL.",
        "Spain pledged €30 million to PURL.",
        ("amount-apart", "amount"),
    ),
    "a sum ten times as large": (
        "Spain pledged €20 million to PURL.",
        "Spain pledged €200 million to PURL.",
        ("amount-apart", "amount"),
    ),
    "another joint sum": (
        "Denmark and Norway pledged $500 million to PURL.",
        "Denmark and Norway pledged $350 million to PURL.",
        ("amount-apart", "amount"),
    ),
    "about another sum": (
        "Spain pledged about €20 million to PURL.",
        "Spain pledged €26 million to PURL.",
        ("amount-apart", "amount"),
    ),
    "euros or pounds": (
        "Spain pledged €20 million to PURL.",
        "Spain pledged £20 million to PURL.",
        ("currency-apart", "currency"),
    ),
    "euros or dollars": (
        "The Netherlands pledged EUR 500 million to PURL.",
        "The Netherlands pledged USD 500 million to PURL.",
        ("currency-apart", "currency"),
    ),
    "the crowns of two states": (
        "Denmark and Sweden pledged NOK 300 million to PURL.",
        "Denmark and Sweden pledged SEK 300 million to PURL.",
        ("currency-apart", "currency"),
    ),
    "the currency of a need": (
        "Ukraine needs €12 billion for PURL.",
        "Ukraine needs £12 billion for PURL.",
        ("currency-apart", "currency"),
    ),
    "currency, where one of them is paid": (
        "Spain pledged €20 million to PURL.",
        "Spain has paid £20 million into PURL.",
        ("currency-apart", "currency"),
    ),
    "allocated or delivered": (
        "Spain allocated €20 million to the Energy Support Fund.",
        "Spain delivered generators worth €20 million to the Energy Support Fund.",
        ("stage-apart", "stage"),
    ),
    "the sum of one day, of a report that tells of two": (
        "Spain gave PURL €10 million on 2 June and €20 million on 1 August.",
        "Spain gave PURL €30 million on 1 August.",
        ("amount-apart", "amount"),
    ),
    "the currency of a running total": (
        "Allies have pledged $2 billion to PURL so far.",
        "Allies have pledged €2 billion to PURL so far.",
        ("currency-apart", "currency"),
    ),
    "stage, where the givers differ as well": (
        "Denmark and Norway pledged $500 million to PURL.",
        "Denmark has paid $500 million into PURL.",
        ("stage-apart", "stage"),
    ),
}


@pytest.mark.parametrize(("first", "second", "expected"), CONTRADICTIONS.values(), ids=CONTRADICTIONS.keys())
def test_a_contradiction_is_shown_with_the_field_that_differs(first, second, expected):
    rule, field = expected
    [link] = links(first, second)

    assert (LinkRelation.CONTRADICT, Rule(rule)) == (link.relation, link.rule)
    assert field == link.differs_in[0]


DIFFERENCES = {
    "who gives": (
        "Denmark and Norway pledged $500 million to PURL.",
        "Denmark pledged $500 million to PURL.",
        ("same-sum-other-donors", "donors"),
    ),
    "a state or its group": (
        "Nordic countries pledged $500 million to PURL.",
        "Norway pledged $500 million to PURL.",
        ("same-sum-other-donors", "donors"),
    ),
    "whose dollars": (
        "New Zealand pledged $15 million to PURL.",
        "New Zealand pledged NZ$15 million to PURL.",
        ("currency-unclear", "currency"),
    ),
    "how exactly": (
        "Spain pledged more than €20 million to PURL.",
        "Spain pledged €20 million to PURL.",
        ("precision", "precision"),
    ),
    "rounded": (
        "Spain pledged €20 million to PURL.",
        "Spain pledged €20.4 million to PURL.",
        ("precision", "amount"),
    ),
    "on which day": (
        "Spain pledged €20 million to PURL on 3 October.",
        "Spain pledged €20 million to PURL on 9 October.",
        ("same-sum", "date"),
    ),
    "a total, or the share of one": (
        "Allies have pledged $500 million to PURL so far.",
        "Germany pledged $500 million to PURL.",
        ("same-sum-other-role", "role"),
    ),
    "whether a stage is stated": (
        "Partners in PURL: Spain (€20 million), Italy.",
        "Spain pledged €20 million to PURL.",
        ("stage-unsaid", "stage"),
    ),
    "two totals of one day": (
        "Allies have pledged $2 billion to PURL so far.",
        "Allies have pledged $2.4 billion to PURL so far.",
        ("total-same-day", "amount"),
    ),
}


@pytest.mark.parametrize(("first", "second", "expected"), DIFFERENCES.values(), ids=DIFFERENCES.keys())
def test_what_only_differs_is_no_contradiction_and_names_its_field(first, second, expected):
    rule, field = expected
    [link] = links(first, second)

    assert (LinkRelation.DIFFER, Rule(rule)) == (link.relation, link.rule)
    assert field == link.differs_in[0]


NO_CONFLICTS = {
    "another programme": (
        "Spain pledged €20 million to PURL.",
        "Spain pledged €30 million to the Energy Support Fund.",
    ),
    "another giver": ("Spain pledged €20 million to PURL.", "Portugal pledged €30 million to PURL."),
    "another giver of an equal sum": (
        "Spain pledged €20 million to PURL.",
        "Portugal pledged €20 million to PURL.",
    ),
    "a reprint": (
        "Spain pledged €20 million to PURL on 3 October.",
        "Spain pledged €20 million to PURL on 3 October, an agency reports.",
    ),
    "another way to write it": (
        "Spain pledged twenty million euros to PURL.",
        "Spain pledged €20,000,000 to PURL.",
    ),
    "two days of one giver, told by one report": (
        "Spain gave PURL €10 million on 2 June and €20 million on 1 August.",
        "Spain gave PURL €20 million on 1 August.",
    ),
    "two days of one giver, of which one is told without its day": (
        "Spain gave PURL €10 million on 2 October and €20 million on 8 October.",
        "Spain gave PURL €10 million.",
    ),
    "two days of one giver, in brackets": (
        "Spain gave PURL €10 million (2 June) and €20 million (1 August).",
        "Spain gave PURL €20 million on 1 August.",
    ),
    "another day of one giver": (
        "Spain paid €20 million into PURL on 3 October.",
        "Spain paid €50 million into PURL on 14 October.",
    ),
    "a share of a joint sum": (
        "Spain and Portugal pledged €70 million to PURL.",
        "Portugal pledged €50 million to PURL, and Spain €20 million.",
    ),
    "a total and a need": (
        "Allies have pledged $2 billion to PURL so far.",
        "Ukraine needs $12 billion for PURL.",
    ),
    "a total that has grown": (
        "As of 1 October allies had pledged $2 billion to PURL.",
        "As of 15 October allies had pledged $2.4 billion to PURL.",
    ),
}


@pytest.mark.parametrize(("first", "second"), NO_CONFLICTS.values(), ids=NO_CONFLICTS.keys())
def test_what_is_no_conflict_is_not_shown_as_one(first, second):
    assert LinkRelation.CONTRADICT not in {link.relation for link in links(first, second)}


def test_money_that_one_text_gives_in_both_currencies_is_no_contradiction():
    found = links(
        "Norway pledged NOK 7 billion (about $700 million) to PURL.", "Norway pledged $700 million to PURL."
    )
    assert (LinkRelation.AGREE, Rule.GIVEN_AS_EQUIVALENT) in {(link.relation, link.rule) for link in found}
    assert LinkRelation.CONTRADICT not in {link.relation for link in found}


def test_a_subset_of_the_givers_is_a_part_of_the_sum_and_not_to_be_added():
    [link] = links(
        "Denmark, Norway and Sweden pledged $500 million to PURL.", "Sweden pledged $275 million to PURL."
    )
    assert (LinkRelation.INCLUDES, Rule.PART_OF_SUM) == (link.relation, link.rule)


def test_a_quotation_that_contradicts_the_lead_of_its_own_page_is_shown():
    found = links(
        "Spain has paid €20 million into PURL.\n"
        '"Spain has pledged €20 million to PURL, and will pay in May," Margarita Robles said.'
    )
    assert [(LinkRelation.CONTRADICT, "stage")] == [(link.relation, link.differs_in[0]) for link in found]
    assert "speaker" not in found[0].differs_in


def totals(*sums):
    """Totals of one programme, each in a report of its own and said on a day of its own."""
    whole = claims_of("u", "d", read("Allies have pledged $2 billion to PURL so far."))[0]
    return [
        replace(
            whole,
            id=f"t{number}",
            document=f"d{number}",
            value=whole.value * sum_,
            said_on=date(2025, 10, day),
        )
        for number, (sum_, day) in enumerate(sums)
    ]


@pytest.mark.parametrize(
    "sums",
    [((1, 1), (2, 9)), ((2, 1), (1, 9)), ((1, 1), (50, 2)), ((1, 1), (2, 1)), ((1, 1), (1, 1))],
    ids=["grown", "shrunk", "far apart", "one day", "the same"],
)
def test_running_totals_are_in_no_conflict_whatever_they_are(sums):
    first, second = totals(*sums)
    link = link_of(first, second)

    assert MoneyRole.TOTAL is first.role
    assert LinkRelation.CONTRADICT is not link.relation
    if sums[0][1] != sums[1][1]:
        assert (LinkRelation.UPDATES, Rule.TOTAL_LATER) == (link.relation, link.rule)


def term(document, text, kind="guarantee_term", level=None, day="", parties=()):
    return TermClaim(
        id=f"{document}-1", document=document, kind=kind, text=text, level=level, day=day,
        parties=frozenset(parties),
    )  # fmt: skip


SPAIN, ITALY = ("guarantor", "country:ES"), ("guarantor", "country:IT")
ADA, BO = ("participant", "person:ada"), ("participant", "person:bo")


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (
            term("a", "aircraft guard the harbour at night", level=1),
            term("b", "soldiers train recruits near the frontier", level=1),
            (LinkRelation.CONTRADICT, Rule.CONTENT_APART, "content"),
        ),
        (
            term("a", "ships guard the harbour", level=1, parties=[SPAIN]),
            term("b", "ships guard the harbour", level=1, parties=[SPAIN, ITALY]),
            (LinkRelation.DIFFER, Rule.PARTIES_APART, "guarantors"),
        ),
        (
            term("a", "Spain guards the harbour", parties=[SPAIN]),
            term("b", "Spain guards the harbour once a ceasefire holds", parties=[SPAIN]),
            (LinkRelation.DIFFER, Rule.CONDITION_APART, "condition"),
        ),
        (
            term("a", "they met", kind="meeting", day="2025-10-16", parties=[ADA, BO]),
            term("b", "they met", kind="meeting", day="2025-10-16", parties=[ADA, ("host", "person:cy")]),
            (LinkRelation.DIFFER, Rule.PARTIES_APART, "participants"),
        ),
    ],
)
def test_terms_and_meetings_name_what_differs(first, second, expected):
    [link] = term_links([first, second])
    assert expected == (link.relation, link.rule, link.differs_in[0])
