"""The words of the register as pages write them, in the reader's language.

A register brings its own words; one that is not in these lists is shown as itself, with spaces.
"""

from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pledgeline.guarantees.compare import HasProperty
from pledgeline.guarantees.instances import ObligationState
from pledgeline.guarantees.moments import Moment

Words = dict[str, str | Promise]

KINDS: Words = {
    "treaty": _("treaty"),
    "executive_agreement": _("executive agreement"),
    "political_agreement": _("political agreement"),
    "political_declaration": _("political declaration"),
    "memorandum": _("memorandum"),
    "ceasefire_agreement": _("ceasefire agreement"),
    "legislation": _("law"),
    "proposal": _("proposal"),
}

STATUSES: Words = {
    "proposed": _("proposed"),
    "signed": _("signed"),
    "in_force": _("in force"),
    "expired": _("expired"),
    "terminated": _("terminated"),
    "superseded": _("superseded"),
}

LEVELS: Words = {
    "1": _("1: strengthens own forces"),
    "2": _("2: guarantee by others"),
    "both": _("1 and 2"),
    "none": _("for comparison"),
}

BINDING: Words = {
    "yes": _("legal"),
    "no": _("political"),
    "disputed": _("disputed"),
    "": _("not stated"),
}

FORMS: Words = {
    "legal": _("Legally binding"),
    "disputed": _("Binding force disputed"),
    "political": _("Political, not legally binding"),
    "not stated": _("Legal force not stated"),
}

OWED_AS: Words = {
    "performance": _("owed"),
    "decision": _("only a decision is owed"),
    "power": _("may be done, not owed"),
}

BASES: Words = {
    "text": _("read in a text"),
    "official": _("official statement"),
    "press": _("press"),
    "analysis": _("analysis"),
    "recalled": _("recalled, to be checked"),
}

BASIS_MEANINGS: Words = {
    "text": _("The clause was read in a text of the instrument or quoted from it."),
    "official": _("The clause is known from a statement of a government."),
    "press": _("The clause is known from the press only. Read the text before you rely on it."),
    "analysis": _("The clause is known from an analysis only. Read the text before you rely on it."),
    "recalled": _("The clause is written down from general knowledge of a well-known text, to be checked."),
}

STRENGTHS: Words = {
    "shall": _("shall"),
    "will": _("will"),
    "intends": _("intends"),
    "reaffirms": _("reaffirms"),
    "may": _("may"),
}

HELP: Words = {
    "consult": _("consultation"),
    "consult_with_number": _("consultation in a number of hours"),
    "military_aid": _("military aid"),
    "armed_response": _("armed response"),
    "funding": _("funding"),
    "training": _("training"),
    "intelligence": _("intelligence"),
    "sanctions": _("sanctions"),
    "diplomatic": _("diplomacy"),
    "maritime_security": _("security at sea"),
    "air_defence": _("air defence"),
    "troop_presence": _("presence of troops"),
    "monitoring": _("monitoring"),
    "restraint": _("restraint"),
    "cyber": _("cyber defence"),
    "defence_industry": _("defence industry"),
    "demining": _("demining"),
    "reconstruction": _("reconstruction"),
    "humanitarian": _("humanitarian help"),
    "logistics": _("logistics"),
    "capability_building": _("building capability"),
    "legislation": _("laws"),
    "reporting": _("reporting"),
    "withdrawal": _("withdrawal"),
    "release": _("release of persons"),
    "review": _("review"),
}

EVENTS: Words = {
    "security_event": _("any security event"),
    "armed_aggression": _("armed aggression"),
    "armed_attack": _("armed attack"),
    "nuclear_attack": _("nuclear attack"),
    "naval_blockade": _("naval blockade"),
    "threat_of_armed_attack": _("threat of an armed attack"),
    "nuclear_threat": _("nuclear threat"),
    "significant_escalation": _("significant escalation"),
    "ceasefire_violation": _("violation of a ceasefire"),
    "airspace_incursion": _("incursion into airspace"),
    "grey_zone_attack": _("attack below the threshold"),
    "economic_coercion": _("economic coercion"),
    "security_threatened": _("a party sees its security threatened"),
    "commitment_question": _("a question about the commitments"),
    "ceasefire_in_force": _("ceasefire in force"),
    "hostilities_ended": _("hostilities ended"),
    "peace_agreement": _("peace agreement"),
    "request": _("request"),
    "determination": _("determination"),
    "consultation_held": _("consultation held"),
    "notice_of_termination": _("notice of termination"),
    "accession": _("accession"),
}

FACTS: Words = {
    "new_attack": _("it is a new attack"),
    "significant": _("it is significant"),
    "deliberate": _("it is deliberate"),
    "sustained": _("it is sustained"),
    "expanded": _("it has grown into a wider attack"),
    "persists_after": _("how long it goes on"),
    "in_treaty_area": _("it is in the treaty area"),
    "on_territory": _("it is on the victim's territory"),
    "under_administration": _("it is in territory under administration"),
    "toward_guarantor": _("something is heading for the guarantor"),
    "across_line": _("it crosses the agreed line"),
    "by": _("who did it"),
    "against": _("against whom"),
    "attribution": _("whether the allegation is confirmed"),
    "time": _("the hour: the instrument began or ended that day"),
    "gdp": _("the gross domestic product of the year"),
    "period.start": _("when the period began"),
}

QUESTIONS: Words = {
    "new_attack": _("Is it a new attack, and not the fighting that was under way at signature?"),
    "significant": _("Is it significant?"),
    "deliberate": _("Is it deliberate?"),
    "sustained": _("Is it sustained?"),
    "expanded": _("Has it grown into a wider attack?"),
    "persists_after": _("How long does it go on?"),
    "in_treaty_area": _("Is it in the treaty area?"),
    "on_territory": _("Is it on the victim's territory?"),
    "under_administration": _("Is it in territory under the victim's administration?"),
    "toward_guarantor": _("Is something heading for the guarantor?"),
    "across_line": _("Does it cross the agreed line?"),
    "by": _("Who did it?"),
    "against": _("Against whom?"),
    "attribution": _("Is the allegation confirmed?"),
    "time": _("At what hour? The instrument began or ended that day."),
    "gdp": _("What was the gross domestic product of the year?"),
    "period.start": _("When did the period begin?"),
}

STATES: Words = {
    ObligationState.NOT_IN_FORCE: _("not in force"),
    ObligationState.NOT_TRIGGERED: _("not triggered"),
    ObligationState.UNDETERMINED: _("undetermined"),
    ObligationState.CONDITIONAL: _("waits for a request"),
    ObligationState.WAITING: _("waits for another duty"),
    ObligationState.BLOCKED: _("blocked"),
    ObligationState.DUE: _("due"),
    ObligationState.NO_FIXED_DATE: _("owed, no date"),
    ObligationState.FULFILLED: _("fulfilled"),
    ObligationState.FULFILLED_LATE: _("fulfilled late"),
    ObligationState.FULFILLED_TIMELINESS_UNCERTAIN: _("fulfilled, perhaps late"),
    ObligationState.OVERDUE: _("overdue"),
    ObligationState.TARGET_MISSED: _("target missed"),
}

CONDITIONS: Words = {
    "constitutional_process": _("constitutional process"),
    "budget_approval": _("approval of the budget"),
    "parliament_approval": _("approval of parliament"),
    "ratification": _("ratification"),
    "request": _("a request"),
    "ceasefire_in_force": _("a ceasefire in force"),
    "hostilities_ended": _("the end of hostilities"),
    "peace_agreement": _("a peace agreement"),
    "determination": _("a determination"),
    "joint_decision": _("a joint decision"),
    "consensus": _("consensus"),
    "non_lethal_only": _("non-lethal help only"),
    "beneficiary_reform": _("reforms of the beneficiary"),
    "beneficiary_conduct": _("conduct of the beneficiary"),
    "use_restriction": _("restriction of use"),
    "un_charter": _("the Charter of the United Nations"),
    "territorial_scope": _("territorial scope"),
    "capability_available": _("availability of the capability"),
    "third_party_support": _("support of a third party"),
    "security_policy_of_members": _("security policy of the members"),
    "supplier_preference": _("preference for suppliers"),
}

VETOES: Words = {
    "unanimity": _("unanimity"),
    "unsc_veto": _("veto in the Security Council"),
    "executive_discretion": _("discretion of the executive"),
    "legislature": _("a legislature"),
    "adversary_consent": _("consent of the adversary"),
    "budget": _("the budget"),
    "lead_actor": _("a leading actor"),
}

PARTY_ROLES: Words = {
    "guarantor": _("guarantor"),
    "beneficiary": _("beneficiary"),
    "mutual": _("both guarantor and beneficiary"),
    "bound": _("bound as a side"),
    "monitor": _("monitor"),
    "signatory": _("signatory"),
}

RELATIONS: Words = {
    "implements": _("implements"),
    "builds_on": _("builds on"),
    "supersedes": _("supersedes"),
    "draft_of": _("draft of"),
    "compare_with": _("to be compared with"),
    "funds": _("funds"),
}

SOURCE_KINDS: Words = {
    "official_text": _("official text"),
    "text_copy": _("copy of the text"),
    "official_statement": _("official statement"),
    "press": _("press"),
    "analysis": _("analysis"),
    "reference": _("reference work"),
}

READ: Words = {"excerpt": _("excerpt read"), "not_read": _("not read yet")}

ANSWERS: Words = {
    HasProperty.YES: _("yes"),
    HasProperty.PARTLY: _("partly"),
    HasProperty.NO: _("no"),
    HasProperty.UNKNOWN: _("unknown"),
    HasProperty.NOT_APPLICABLE: _("not applicable"),
}

PROPERTIES: Words = {
    "clear_trigger": _("Clear trigger"),
    "response": _("Response owed, not open"),
    "deadline": _("Deadline"),
    "in_place": _("Capability in place"),
    "cost_of_reneging": _("Cost of reneging"),
    "verification": _("Verification and attribution"),
    "own_strength": _("Strength of the beneficiary"),
    "resilience": _("Holds when guarantors leave"),
    "funding": _("Funding certainty"),
    "vetoes": _("Free of veto points"),
    "legal_force": _("Legal force and exit"),
    "wide": _("Grey zone, blockade, threat and escalation named"),
}

AMOUNT_QUALIFIERS: Words = {
    "exact": "",
    "about": _("about"),
    "at_least": _("at least"),
    "up_to": _("up to"),
    "more_than": _("more than"),
    "target": _("target"),
}


def said(words: Words, word: str) -> str:
    """Give a word of the register for a page; one that is not in the list as itself."""
    return str(words.get(word, word.replace("_", " ")))


def when(moment: Moment) -> str:
    """Write when something was, as it was told: with its offset, or only the day."""
    if moment.at is None:
        return gettext("%(day)s, hour not known") % {"day": date_format(moment.on or date.min, "DAY_FORMAT")}
    offset = moment.at.strftime("%z")
    ahead = "UTC" if moment.at.utcoffset() == timedelta(0) else f"UTC{offset[:3]}:{offset[3:5]}"
    return f"{date_format(moment.at, 'MINUTE_FORMAT')} ({ahead})"
