"""What a reader of guarantees can object to: every code, in the order of the pages that list them.

What a code means is its message in the catalogue of sentences; the way out stands with each case of it, because
it depends on the place: which word was nearest, which keys are known there. Codes are lasting: they can be looked
up and searched for years later.
"""

from pledgeline.programme.sentences import Sentence

CODES = (
    "guarantees.unreadable",
    "guarantees.invisible",
    "guarantees.more",
    "guarantees.not-toml",
    "guarantees.no-register",
    "guarantees.no-words",
    "guarantees.no-instruments",
    "guarantees.wrong-schema",
    "guarantees.too-long",
    "guarantees.missing-key",
    "guarantees.unknown-key",
    "guarantees.wrong-type",
    "guarantees.empty-list",
    "guarantees.named-twice",
    "guarantees.bad-id",
    "guarantees.bad-address",
    "guarantees.bad-date",
    "guarantees.bad-time",
    "guarantees.missing-time",
    "guarantees.two-times",
    "guarantees.bad-duration",
    "guarantees.bad-number",
    "guarantees.bad-fact",
    "guarantees.unknown-word",
    "guarantees.unknown-event",
    "guarantees.unknown-fact",
    "guarantees.unknown-actor",
    "guarantees.unknown-currency",
    "guarantees.unknown-zone",
    "guarantees.unknown-instrument",
    "guarantees.unknown-obligation",
    "guarantees.unknown-reference",
    "guarantees.unknown-episode",
    "guarantees.unlisted-source",
    "guarantees.long-text",
    "guarantees.machine-path",
    "guarantees.circular-taxonomy",
    "guarantees.circular-after",
    "guarantees.own-beneficiary",
    "guarantees.no-guarantor",
    "guarantees.power-as-duty",
    "guarantees.proposal-in-force",
    "guarantees.dates-reversed",
    "guarantees.term-without-start",
    "guarantees.term-without-length",
    "guarantees.deadline-without-start",
    "guarantees.deadline-without-length",
    "guarantees.deadline-before-request",
    "guarantees.period-without-start",
    "guarantees.trigger-without-event",
    "guarantees.amount-without-currency",
    "guarantees.amount-without-value",
    "guarantees.notice-without-instrument",
    "guarantees.scenario",
    "guarantees.address",
    "guarantees.too-many-events",
)


def meaning_of(code: str) -> Sentence:
    """Say what a code stands for, whatever the case."""
    return Sentence(code)
