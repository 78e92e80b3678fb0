"""A claim says what its words say, and not more: whoever tries to make it say more is refused at the field."""

from datetime import date
from decimal import Decimal

import pytest

from pledgeline.evidence.comparing.meeting import ClaimIndex
from pledgeline.evidence.comparing.sketches import reprints, share, sketch_of
from pledgeline.evidence.deciding.claims import ClaimField, StatedKind
from pledgeline.evidence.deciding.intake import NotText, read_bytes
from pledgeline.evidence.deciding.marking import pieces
from pledgeline.evidence.deciding.proposals import read_report
from pledgeline.evidence.deciding.reading_fields import FieldNotRead, FieldReader
from pledgeline.evidence.finding.candidates import Facts, MoneyRole
from pledgeline.evidence.finding.names import names_of
from pledgeline.evidence.finding.words import data
from pledgeline.evidence.linking.claims import MoneyClaim
from pledgeline.evidence.linking.rules import told_sums
from pledgeline.evidence.reading.texts import Span, text_of

NAMES = names_of([data("programmes.toml")])
TEXT = (
    "Belgium pledged more than EUR 100 million to PURL on Friday. The money is needed. "
    "Norway did not transfer NOK 2 billion. Winter is near. Nobody knows. Spain spoke, too.\n"
    "Read also: Germany gives EUR 900 million to railways\n"
)
DAY = date(2025, 8, 31)  # a Sunday: “on Friday” is the 29th


def reader(text=TEXT, published=DAY, noise=()):
    return FieldReader(text_of(text), NAMES, language="en", published=published, noise=noise)


def at(words, text=TEXT):
    return Span(text.index(words), text.index(words) + len(words))


def read(field, words, *, of="EUR 100 million", **more):
    return reader(**more).read(field, at(words), of=at(of)).value


def test_a_value_is_read_from_its_words_and_from_what_stands_before_them():
    """“More than” was not chosen, and belongs to the sum."""
    assert read(ClaimField.AMOUNT, "EUR 100 million") == {
        "value": "100000000",
        "currency": "EUR",
        "qualifier": "more_than",
        "upper": "",
        "inherited": False,
    }
    assert ["BE"] == read(ClaimField.DONORS, "Belgium")
    assert "pledged" == read(ClaimField.STAGE, "pledged")
    assert "PURL" == read(ClaimField.PROGRAMME, "PURL")
    assert "2025-08-29" == read(ClaimField.DAY, "Friday")


@pytest.mark.parametrize(
    ("field", "words", "of", "code"),
    [
        (ClaimField.AMOUNT, "100", "EUR 100 million", "part-of-sum"),
        (ClaimField.AMOUNT, "The money is needed", "EUR 100 million", "no-sum"),
        (ClaimField.AMOUNT, TEXT[: TEXT.index(" Winter")], "EUR 100 million", "sums"),
        (ClaimField.DONORS, "The money", "EUR 100 million", "no-name"),
        (ClaimField.DONORS, "Spain", "EUR 100 million", "far"),
        (ClaimField.DONORS, "Belgium", "NOK 2 billion", "own-giver"),
        (ClaimField.STAGE, "transfer", "NOK 2 billion", "denied"),
        (ClaimField.STAGE, "pledged", "NOK 2 billion", "own-verb"),
        (ClaimField.STAGE, "needed", "EUR 100 million", "no-verb"),
        (ClaimField.PROGRAMME, "Belgium", "EUR 100 million", "no-programme"),
        (ClaimField.SPEAKER, "more than", "EUR 100 million", "no-speaker"),
        (ClaimField.DAY, "Winter", "EUR 100 million", "no-day"),
    ],
)
def test_words_that_do_not_say_it_are_refused_at_their_field(field, words, of, code):
    with pytest.raises(FieldNotRead) as refused:
        read(field, words, of=of)

    assert (refused.value.code, refused.value.field) == (code, field)


def test_a_weekday_without_the_day_of_the_report_is_no_day():
    with pytest.raises(FieldNotRead, match="day-of-report"):
        read(ClaimField.DAY, "Friday", published=None)


def test_what_stands_in_a_teaser_is_no_claim_of_the_report():
    words = at("EUR 900 million")

    with pytest.raises(FieldNotRead, match="noise"):
        reader(noise=[at("Read also: Germany gives EUR 900 million to railways")]).read(
            ClaimField.AMOUNT, words, of=words
        )


def test_a_contribution_needs_its_sum_and_its_giver_and_a_role_of_its_kind():
    claim, wrong = reader().claim(StatedKind.CONTRIBUTION, {}, role=MoneyRole.CONTRIBUTION)
    assert (claim, [problem.field for problem in wrong]) == (None, ["amount"])

    chosen = {ClaimField.AMOUNT: at("EUR 100 million")}
    claim, wrong = reader().claim(StatedKind.CONTRIBUTION, chosen, role=MoneyRole.NEED)
    assert claim is None
    assert [("needed", "donors"), ("role", "role")] == [(problem.code, problem.field) for problem in wrong]

    chosen[ClaimField.DONORS] = at("Belgium")
    claim, wrong = reader().claim(StatedKind.CONTRIBUTION, chosen, role=MoneyRole.CONTRIBUTION)
    assert (wrong, claim.span) == ([], at("EUR 100 million"))


def test_a_word_that_was_cut_is_read_whole():
    """A part of a name could be the name of somebody else."""
    text = "Austria pledged EUR 5 million."

    found = reader(text).read(ClaimField.DONORS, Span(0, 5), of=at("EUR 5 million", text))

    assert found.span == Span(0, 7)


def test_every_proposal_can_be_read_again_from_its_places():
    text = text_of("Belgium and Norway pledged EUR 5 million each to PURL. Of this, 2 million was paid.")
    report = read_report(text, Facts(published=DAY), NAMES)
    again = FieldReader(text, NAMES, language="en", published=DAY)

    assert report.proposals
    for proposal in report.proposals:
        for name, field in proposal.claim.fields.items():
            assert field.value == again.read(name, field.span, of=proposal.claim.span).value


def test_a_text_in_pieces_is_the_text_again_and_hidden_signs_are_pieces_of_their_own():
    text = "a\u202eb pled\u200bged <script>"
    found = pieces(text, [(1, Span(0, 5)), (2, Span(3, 9))])

    assert text == "".join(piece.text for piece in found)
    assert ["U+202E", "U+200B"] == [piece.name for piece in found if piece.is_hidden]
    assert {(), (1,), (1, 2), (2,)} == {piece.marks for piece in found}


def test_a_reprint_is_found_and_another_report_of_the_event_is_not():
    report = " ".join(f"word{number} says{number} that{number}" for number in range(100))
    reprint = "A new title by another paper. " + report + " Something was added at the end of it."
    other = " ".join(f"other{number} words{number}" for number in range(150))
    sketches = {"reprint": sketch_of(reprint), "other": sketch_of(other)}

    assert ["reprint"] == [likeness.key for likeness in reprints(sketch_of(report), sketches)]
    assert 1.0 == share(sketches["other"], sketches["other"])


def money(ref, value, document, **more):
    given = {"role": MoneyRole.CONTRIBUTION, "is_contribution": True, "programme": "PURL", "said_on": DAY}
    given |= {"donors": frozenset({"BE"}), "currencies": frozenset({"EUR"})} | more
    return MoneyClaim(id=ref, document=document, value=Decimal(value), **given)


def test_a_claim_meets_contradictions_first_and_two_gifts_of_one_report_are_none():
    known = [money("a", 100, "D1"), money("b", 100, "D2", currencies=frozenset({"USD"}))]

    met = ClaimIndex(known).encounters(money("new", 100, "D3"))
    assert [("b", "contradict", "currency-apart"), ("a", "agree", "same-sum")] == [
        (encounter.other, encounter.relation.value, encounter.rule.value) for encounter in met
    ]

    new, twin = money("new", 300, "D3"), money("twin", 100, "D3")
    assert "amount-apart" in {met.rule.value for met in ClaimIndex(known[:1]).encounters(new)}
    assert [] == ClaimIndex(known[:1]).encounters(new, told_sums([twin]))


@pytest.mark.parametrize(
    ("content", "code"), [(b"\xff\xfe", "encoding"), (b" \n", "empty"), (b"a" * 8_000_001, "large")]
)
def test_bytes_that_are_no_text_are_refused(content, code):
    with pytest.raises(NotText, match=code):
        read_bytes(content)


def test_line_ends_and_nul_are_read_in_one_way():
    assert "a\nb\ufffd" == read_bytes(b"\xef\xbb\xbfa\r\nb\0").text
