"""Obligations as plain sentences, made from the data alone."""

from pledgeline.guarantees import obligation_sentence, provenance


def of(register, instrument, obligation):
    return str(obligation_sentence(register, register.by_id[instrument].obligation(obligation)))


def test_a_consultation_with_a_number(shipped):
    assert (
        "The United Kingdom and Ukraine, together, will consult after an armed attack by the Russian Federation "
        "against Ukraine, if it is a new attack, within 24 hours of the event."
        == of(shipped, "ua-gb-2024", "consult")
    )


def test_an_adverb_is_said_to_be_no_number(shipped):
    assert of(shipped, "ua-lv-2024", "consult").endswith(
        "if it is a new attack, at once, without a number of hours."
    )


def test_a_duty_on_request_where_possible(shipped):
    text = of(shipped, "ua-us-2024", "consult")

    assert "at the request of the United States or Ukraine" in text
    assert "where possible within 24 hours of the request, at once" in text
    assert "Limited by constitutional process (in accordance with their laws)." in text


def test_a_power_owes_nothing(shipped):
    assert of(shipped, "ua-pl-2024", "mig-29").endswith("Nothing is owed.")


def test_money_and_its_period(shipped):
    assert (
        "The United Kingdom will provide money for Ukraine (GBP 2,500,000,000 a year) from 2024-04-01 to 2025-03-31."
        == of(shipped, "ua-gb-2024", "aid-2024-25")
    )


def test_a_group_with_unknown_members_says_so(shipped):
    assert "(members not all known)" in of(shipped, "paris-declaration-2026", "respond")


def test_where_it_is_written_and_how_that_was_read(shipped):
    alliance = shipped.by_id["nato-1949"]

    assert "Provision 5; read in a text; nato-1949, source s4, s1, s2." == str(
        provenance(alliance, alliance.obligation("art5-assist"))
    )


def test_what_is_only_recalled_says_that_it_is_to_be_checked(shipped):
    treaty = shipped.by_id["us-jp-1960"]

    assert "Provision VI; recalled from general knowledge, to be checked; us-jp-1960, source s1." == str(
        provenance(treaty, treaty.obligation("facilities"))
    )


def test_every_obligation_makes_a_sentence(shipped):
    for instrument in shipped.instruments:
        for obligation in instrument.obligations:
            text = str(obligation_sentence(shipped, obligation))
            assert text.endswith(".")
            assert text[0] == text[0].upper()
            assert ",." not in text
            assert "_" not in text
            assert str(provenance(instrument, obligation))
