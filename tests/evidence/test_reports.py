"""Reports in our own words: what the rules propose, field by field, worked out by hand."""

import json
import os
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pledgeline.cli.evidence import app
from pledgeline.evidence.finding import days
from pledgeline.evidence.finding.amounts import money_in, plain
from pledgeline.evidence.finding.names import names_of
from pledgeline.evidence.finding.predictions import claim_as_json, extraction_of
from pledgeline.evidence.finding.words import data
from pledgeline.evidence.linking.claims import claims_of
from pledgeline.evidence.linking.rules import LinkRelation, Rule, links_between
from pledgeline.evidence.reading.sentences import LONGEST_SENTENCE
from pledgeline.evidence.reading.texts import LONGEST_TEXT, Span, TextTooLong, text_of

NAMES = names_of([data("programmes.toml")])
GOLD = Path(os.environ.get("PLEDGELINE_EVIDENCE", "../shared/data/evidence"))


def read(text, language="en", published="2025-10-16"):
    return extraction_of({"text": text, "language": language, "published": published, "context": text}, NAMES)


def sums(text, language="en"):
    return [
        (money.currency, plain(money.value), money.qualifier)
        for money in money_in(text_of(text).seen, Span(0, len(text)), language)
    ]


def told(text, language="en"):
    return [
        (claim.span.of(text), claim.role.value, "+".join(claim.donors), claim.stage and claim.stage.value)
        for claim in read(text, language).candidates
        if claim.money
    ]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "over $4.5 billion", [("$", "4500000000", "more_than")]),
        ("en", "EUR 20 billion or more", [("EUR", "20000000000", "at_least")]),
        (
            "en",
            "$1.5 billion and 500 million in 2025",
            [("$", "1500000000", "exact"), ("$", "500000000", "exact")],
        ),
        ("en", "a billion dollars; 20 million rounds", [("$", "1000000000", "exact")]),
        ("en", "between €10 and €15 million", [("EUR", "10000000", "exact")]),
        ("en", "NZ$15 million, A$95m", [("NZD", "15000000", "exact"), ("AUD", "95000000", "exact")]),
        ("en", "two and a half billion euros", [("EUR", "2500000000", "exact")]),
        ("en", "1 billion 200 million euros", [("EUR", "1200000000", "exact")]),
        (
            "en",
            "raised from DKK 250 million to DKK 500 million",
            [("DKK", "250000000", "exact"), ("DKK", "500000000", "exact")],
        ),
        ("en", "from €10 to €15 million", [("EUR", "10000000", "exact")]),
        (
            "uk",
            "півмільярда євро, мільярд доларів",
            [("EUR", "500000000", "exact"), ("$", "1000000000", "exact")],
        ),
        ("de", "zweieinhalb Milliarden Euro", [("EUR", "2500000000", "exact")]),
        ("fr", "de 10 à 15 millions d’euros", [("EUR", "10000000", "exact")]),
        ("uk", "понад 2 млрд дол.", [("$", "2000000000", "more_than")]),
        ("uk", "500 млн доларів США", [("USD", "500000000", "exact")]),
        ("de", "mindestens 1,5 Mrd. Euro", [("EUR", "1500000000", "at_least")]),
        ("de", "ein 500-Millionen-Dollar-Paket", [("$", "500000000", "exact")]),
        ("fr", "près de 20 milliards d’euros", [("EUR", "20000000000", "almost")]),
    ],
)
def test_a_sum_is_read_as_it_is_stated(language, text, expected):
    assert expected == sums(text, language)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            "Ruritania aside, Belgium pledged EUR 100 million, Lithuania $30 million and Latvia EUR 2 million.",
            [
                ("EUR 100 million", "contribution", "BE", "pledged"),
                ("$30 million", "contribution", "LT", "pledged"),
                ("EUR 2 million", "contribution", "LV", "pledged"),
            ],
        ),
        (
            "en",
            "Norway will allocate NOK 7 billion (about $700 million).",
            [
                ("NOK 7 billion", "contribution", "NO", "committed"),
                ("$700 million", "fx_equivalent", "NO", None),
            ],
        ),
        ("en", "Ukraine needs $60 billion for defence.", [("$60 billion", "need", "", None)]),
        (
            "en",
            "Finland plans to allocate 100 million euros.",
            [("100 million euros", "contribution", "FI", "proposed")],
        ),
        ("en", "Germany could provide €500 million.", [("€500 million", "contribution", "DE", "proposed")]),
        (
            "en",
            "Australia and New Zealand announced A$95 million and NZ$15 million respectively.",
            [
                ("A$95 million", "contribution", "AU", "pledged"),
                ("NZ$15 million", "contribution", "NZ", "pledged"),
            ],
        ),
        (
            "en",
            "The sale of missiles worth $825 million was approved.",
            [("$825 million", "other", "", None)],
        ),
        (
            "en",
            "Greece denied that it had offered $100 million for PURL.",
            [("$100 million", "other", "GR", None)],
        ),
        (
            "en",
            "Norway paid in May. Each package is valued at $500 million.",
            [("$500 million", "package", "", None)],
        ),
        (
            "en",
            "Denmark paid for howitzers, at a cost of €128 million.",
            [("€128 million", "contribution", "DK", "contributed")],
        ),
        (
            "en",
            "Belgium pledged €100 million. The Energy Support Fund raised €1.4 billion.",
            [
                ("€100 million", "contribution", "BE", "pledged"),
                ("€1.4 billion", "total", "", "committed"),
            ],
        ),
        (
            "en",
            "A contribution of €5 million to PURL was announced by Malta.",
            [("€5 million", "contribution", "MT", "pledged")],
        ),
        (
            "de",
            "Belgien hatte 100 Millionen Euro versprochen, gezahlt hat es bisher nichts.",
            [("100 Millionen Euro", "contribution", "BE", "pledged")],
        ),
        (
            "uk",
            "У четвер Європейська комісія перерахувала Україні 4 млрд євро.",
            [("4 млрд євро", "contribution", "org:EU", "contributed")],
        ),
        (
            "de",
            "Kanada und Deutschland haben jeweils 500 Millionen Dollar zugesagt.",
            [("500 Millionen Dollar", "contribution", "CA+DE", "pledged")],
        ),
    ],
)
def test_who_gives_what_and_how_far_it_has_come(language, text, expected):
    assert expected == told(text, language)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            "The Netherlands gave EUR 10 million to PURL on 2 June and EUR 20 million on 1 August.",
            ["2025-06-02", "2025-08-01"],
        ),
        (
            "en",
            "Spain announced EUR 10 million (2 June) and EUR 20 million (1 August) for PURL.",
            ["2025-06-02", "2025-08-01"],
        ),
        ("en", "Spain gave PURL EUR 10 million (2 June) and EUR 20 million.", ["2025-06-02", None]),
        (
            "en",
            "On 2 June and 1 August, Spain paid EUR 10 million and EUR 20 million respectively into PURL.",
            ["2025-06-02", "2025-08-01"],
        ),
        (
            "en",
            "Spain and Italy paid EUR 10 million and EUR 20 million into PURL on 2 June and 1 August respectively.",
            ["2025-06-02", "2025-08-01"],
        ),
        (
            "en",
            "So far Spain has given EUR 30 million to PURL: EUR 10 million on 2 June and EUR 20 million on 1 August.",
            [None, "2025-06-02", "2025-08-01"],
        ),
        (
            "en",
            "Spain (EUR 10 million) and Italy (EUR 20 million) paid into PURL on 1 August.",
            ["2025-08-01", "2025-08-01"],
        ),
        (
            "uk",
            "Іспанія 2 червня та 1 серпня передала PURL відповідно 10 млн євро та 20 млн євро.",
            ["2025-06-02", "2025-08-01"],
        ),
        (
            "de",
            "Spanien zahlte am 2. Juni 10 Millionen Euro und am 1. August 20 Millionen Euro in PURL ein.",
            ["2025-06-02", "2025-08-01"],
        ),
        (
            "fr",
            "L'Espagne a versé à PURL 10 millions d'euros (2 juin) et 20 millions d'euros (1er août).",
            ["2025-06-02", "2025-08-01"],
        ),
    ],
)
def test_each_sum_of_a_sentence_has_its_own_day(language, text, expected):
    """A day that a sentence states of one sum is not the day of another, and of a total of them neither is."""
    found = [claim for claim in read(text, language).candidates if claim.money is not None]

    assert expected == [claim.day.first.isoformat() if claim.day else None for claim in found]


def test_every_field_has_a_place_in_the_stored_text():
    """A zero-width space in the verb and a no-break space in the sum change no place."""
    text = "Ger\u200bmany pled\u200bged €500\u00a0million to PURL on Monday."
    [claim] = read(text).candidates

    assert ("contribution", "DE", "PURL") == (claim.kind.value, *claim.donors, claim.programme)
    assert "pled\u200bged" == claim.why["stage"].span.of(text)
    assert "€500\u00a0million" == claim.span.of(text)
    assert "2025-10-13" == claim_as_json(claim)["date"]


@pytest.mark.parametrize(
    "noise",
    ["date 2025-12-04 $42.330.01", "116 views", "Berlin gives $5 million - XYZ22.08.25, 13:00 • 2012 views"],
)
def test_no_claim_comes_from_a_widget_a_view_count_or_a_teaser(noise):
    extraction = read(f"{noise}\n\nThe weather was fine.")
    assert extraction.noise
    assert () == extraction.candidates


def test_the_words_of_a_sentence_are_looked_through_once_for_all_its_sums():
    """However many sums stand in a sentence, it is searched for days once: thousands of them took half a minute."""
    days.days_in.cache_clear()
    read("EUR 5 million " * 300 + "in May.")
    assert days.days_in.cache_info().misses <= 300 * len("EUR 5 million ") // LONGEST_SENTENCE + 1


def test_we_means_whom_the_speaker_speaks_for():
    extraction = read("“We will contribute €50 million to PURL,” Prime Minister Kristrún Frostadóttir said.")
    assert ("IS",) == extraction.candidates[0].donors
    assert "Kristrún Frostadóttir" == extraction.quotations[0].speaker


def compared(*texts):
    claims = [
        claim
        for number, text in enumerate(texts)
        for claim in claims_of(f"u{number}", f"d{number}", read(text))
    ]
    return [(link.relation, link.rule) for link in links_between(claims)]


@pytest.mark.parametrize(
    ("first", "second", "relation", "rule"),
    [
        (
            "Spain pledged €20 million to PURL.",
            "Spain has promised €20 million to PURL.",
            "agree",
            "same-sum",
        ),
        (
            "Spain pledged €20 million to PURL.",
            "Spain has already provided €20 million to PURL.",
            "contradict",
            "stage-apart",
        ),
        (
            "Spain pledged €20 million to PURL.",
            "Spain pledged £20 million to PURL.",
            "contradict",
            "currency-apart",
        ),
        (
            "Spain pledged €20 million to PURL.",
            "Spain pledged €30 million to PURL.",
            "contradict",
            "amount-apart",
        ),
        ("Spain pledged €20 million to PURL.", "Spain pledged €20.4 million to PURL.", "differ", "precision"),
    ],
)
def test_two_reports_are_compared_by_named_rules(first, second, relation, rule):
    assert [(LinkRelation(relation), Rule(rule))] == compared(first, second)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("on 3 October", "on 14 October", ("related", "another-contribution")),
        ("on 13 October", "on 14 October", ("contradict", "amount-apart")),
        ("on 10 October", "", ("contradict", "amount-apart")),
    ],
)
def test_another_contribution_of_a_partner_is_no_contradiction(first, second, expected):
    """Two days that the reports state are two contributions; a day later it is one that was told in two ways."""
    relation, rule = expected
    found = compared(
        f"Spain pledged €20 million to PURL {first}.", f"Spain pledged €50 million to PURL {second}."
    )
    assert [(LinkRelation(relation), Rule(rule))] == found


@pytest.mark.parametrize(
    ("value", "later", "rule"),
    [(25, 20, "amount-apart"), (50, 20, "another-contribution"), (50, 5, "amount-apart")],
)
def test_a_sum_told_weeks_later_contradicts_only_one_that_is_near_to_it(value, later, rule):
    claims = [
        replace(
            claims_of("u", document, read(f"Spain pledged €{sum_} million to PURL."))[0],
            id=document,
            said_on=day,
        )
        for document, sum_, day in (
            ("a", 20, date(2025, 10, 1)),
            ("b", value, date(2025, 10, 1) + timedelta(days=later)),
        )
    ]
    assert [Rule(rule)] == [link.rule for link in links_between(claims)]


def test_a_part_told_by_another_report_is_part_of_the_sum():
    """Of EUR 50 million of Spain another paper tells what 20 million of it are for."""
    parts = compared(
        "Spain pledged €50 million to PURL.",
        "Spain pledged €50 million to PURL. Of this, Spain has paid €20 million.",
    )
    assert (LinkRelation.INCLUDES, Rule.PART_OF_SUM) in parts
    assert LinkRelation.CONTRADICT not in {relation for relation, _ in parts}


def test_running_totals_are_never_in_conflict():
    texts = (
        "Allies have pledged $2 billion to PURL so far.",
        "Allies have pledged $4 billion to PURL so far.",
    )
    assert LinkRelation.CONTRADICT not in {relation for relation, _ in compared(*texts)}


def test_a_text_without_end_is_refused():
    with pytest.raises(TextTooLong):
        text_of("x" * (LONGEST_TEXT + 1))


def test_the_command_writes_what_it_proposes_and_refuses_what_is_no_file_of_inputs(tmp_path):
    inputs, out = tmp_path / "inputs.json", tmp_path / "out.json"
    inputs.write_text(
        json.dumps({"u": {"text": "Spain pledged €20 million to PURL.", "published": "2025-10-16"}})
    )
    assert 0 == CliRunner().invoke(app, ["extract", "--inputs", str(inputs), "--out", str(out)]).exit_code
    first = out.read_bytes()
    [claim] = json.loads(first)["units"]["u"]["claims"]
    assert (Decimal(20_000_000), "EUR") == (Decimal(claim["amount"]["value"]), claim["amount"]["currency"])
    assert 2 == CliRunner().invoke(app, ["extract", "--inputs", str(inputs), "--out", str(out)]).exit_code
    again = ["extract", "--inputs", str(inputs), "--out", str(out), "--force"]
    assert 0 == CliRunner().invoke(app, again).exit_code
    assert first == out.read_bytes()
    links = tmp_path / "links.json"
    assert 0 == CliRunner().invoke(app, ["link", "--inputs", str(inputs), "--out", str(links)]).exit_code

    inputs.write_text("[]")
    assert 2 == CliRunner().invoke(app, ["extract", "--inputs", str(inputs), "--out", str(out)]).exit_code


@pytest.mark.skipif(not (GOLD / "links.json").exists(), reason="the evidence gold is not beside the checkout")
def test_every_place_lies_in_the_text_it_was_found_in():
    for path in GOLD.glob("seeds/*.txt"):
        text = path.read_bytes().decode("utf-8")
        for claim in read(text).candidates:
            assert 0 <= claim.span.start < claim.span.end <= len(text)
