"""How the pages of guarantees write words of the register, clauses, and links that keep day and beneficiary."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django import template
from django.template import Context
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pledgeline.guarantees import Instrument, Obligation, obligation_sentence
from pledgeline.guarantees.durations import Duration, in_words
from pledgeline.guarantees.moments import Moment, zone
from pledgeline.web.addresses import address_of
from pledgeline.web.guarantees import words
from pledgeline.web.guarantees.asked import USUAL_ZONE, Room

register = template.Library()

_LISTS = {
    "kind": words.KINDS,
    "status": words.STATUSES,
    "level": words.LEVELS,
    "binding": words.BINDING,
    "form": words.FORMS,
    "owed_as": words.OWED_AS,
    "basis": words.BASES,
    "basis_meaning": words.BASIS_MEANINGS,
    "strength": words.STRENGTHS,
    "help": words.HELP,
    "event": words.EVENTS,
    "fact": words.FACTS,
    "question": words.QUESTIONS,
    "state": words.STATES,
    "condition": words.CONDITIONS,
    "veto": words.VETOES,
    "party_role": words.PARTY_ROLES,
    "relation": words.RELATIONS,
    "source_kind": words.SOURCE_KINDS,
    "read": words.READ,
    "answer": words.ANSWERS,
    "property": words.PROPERTIES,
    "qualifier": words.AMOUNT_QUALIFIERS,
}


@register.filter
def said(word: str, which: str) -> str:
    """Write a word of the register in the reader's language: `{{ obligation.kind|said:"help" }}`."""
    return words.said(_LISTS[which], word)


@register.simple_tag(takes_context=True)
def room_at(context: Context, name: str, *args: object, **changes: object) -> str:
    """Give the address of a page of the room, keeping the day and the beneficiary.

    Further keywords become parameters; an empty one is left out.
    """
    room: Room | None = context.get("room")
    page = f"guarantees-{name}" if name else "guarantees"
    return room.at(name, *args, **changes) if room else address_of(page, *args, parameters=changes)


@register.simple_tag(takes_context=True)
def actor(context: Context, code: str) -> str:
    """Name an actor or a group."""
    return str(context["room"].name(code))


@register.simple_tag(takes_context=True)
def actors(context: Context, codes: Iterable[str]) -> str:
    """Name actors, with commas."""
    return str(context["room"].names(codes))


@register.simple_tag(takes_context=True)
def instruments(context: Context, found: Iterable[Instrument]) -> SafeString:
    """Name instruments, each a link to its page."""
    return format_html_join(
        ", ",
        '<a href="{}">{}</a>',
        ((room_at(context, "instrument", instrument.id), instrument.name) for instrument in found),
    )


@register.simple_tag(takes_context=True)
def plain_sentence(context: Context, obligation: Obligation) -> str:
    """Say an obligation in plain words, made from its data."""
    return str(obligation_sentence(context["room"].register, obligation))


@register.inclusion_tag("web/guarantees/_clause.html", takes_context=True)
def clause(
    context: Context, instrument: Instrument, obligation: Obligation, link: bool = True
) -> dict[str, object]:
    """Show where an obligation is written and how that was read: provision, basis, pages."""
    pages = {source.id: source for source in instrument.sources}
    return {
        "room": context["room"],
        "instrument": instrument,
        "obligation": obligation,
        "pages": [pages[source] for source in obligation.sources if source in pages],
        "link": link,
    }


@register.filter
def of_group(mapping: Mapping[object, object], key: object) -> object:
    """Look something up by its key; what is not there is nothing."""
    return mapping.get(key, "")


@register.filter
def of_place(found: Sequence[object], place: int) -> object:
    """Give what stands at a place, or nothing where the list is shorter."""
    return found[place] if place < len(found) else ""


@register.filter
def unique_duties(duties: Iterable[Any]) -> list[Any]:
    """Give each kind of help once."""
    return list({duty.obligation.kind: duty for duty in duties}.values())


@register.filter
def utc(moment: datetime) -> str:
    """Write a moment as the clock of UTC shows it."""
    return date_format(moment.astimezone(UTC), "MINUTE_FORMAT")


@register.filter
def utc_hour(moment: datetime) -> str:
    """Write the hour as the clock of UTC shows it."""
    return moment.astimezone(UTC).strftime("%H:%M")


@register.filter
def in_kyiv(moment: datetime) -> str:
    """Write a moment as the clock shows it where the usual beneficiary is."""
    return date_format(moment.astimezone(zone(USUAL_ZONE)), "MINUTE_FORMAT")


@register.filter
def in_kyiv_hour(moment: datetime) -> str:
    """Write the hour as the clock shows it where the usual beneficiary is."""
    return moment.astimezone(zone(USUAL_ZONE)).strftime("%H:%M")


@register.filter
def told(moment: Moment) -> str:
    """Write when something was, as it was told: with its offset, or only the day."""
    return words.when(moment)


@register.filter
def city(zone: str) -> str:
    """Name a time zone as people do: by its city."""
    return zone.rpartition("/")[2].replace("_", " ")


@register.filter
def fact_value(value: bool | Duration) -> str:
    """Write what is known about a fact."""
    if isinstance(value, Duration):
        return str(in_words(value))
    return _("yes") if value else _("no")


@register.filter
def named(code: str, room: Room) -> str:
    """Name an actor where a sentence needs it: `{{ code|named:room }}`."""
    return room.name(code)


@register.filter
def left(time: timedelta) -> str:
    """Say how long it is until something: hours and minutes below two days, days from there on."""
    minutes = int(time.total_seconds()) // 60
    if minutes >= 48 * 60:
        days = minutes // (24 * 60)
        return ngettext("in %(n)d day", "in %(n)d days", days) % {"n": days}
    return _("in %(hours)d h %(minutes)02d min") % {"hours": minutes // 60, "minutes": minutes % 60}


@register.filter
def wall(moment: datetime, form: str) -> str:
    """Write a moment as the clock on the wall there shows it.

    Django's own filter `date` turns every moment into the zone of the site first, which is UTC.
    """
    return date_format(moment, form)
