"""Annotations in, claims out: what is said to happen, by whom, how sure, and when."""

from __future__ import annotations

from kg.extract import attribution, facts, saying, situations, states, timing
from kg.extract.claims import Context, assemble
from kg.extract.drafts import Participants
from kg.model import Annotations, Reading
from kg.rules import Rules


def extract(annotations: Annotations, rules: Rules) -> Reading:
    """Everything that one document says, as claims."""
    parse = annotations.parse
    who = Participants(annotations)
    reports = attribution.find(annotations, rules.cues)
    drafts = situations.find(annotations, rules.events, who)
    drafts = states.find(annotations, rules, who, drafts)
    drafts += facts.find(annotations, who, {d.head for d in drafts})
    drafts = saying.settle(drafts, reports, annotations, rules.events, who)
    times = timing.assign(parse, drafts, annotations.times, rules.events, who)
    claims = assemble(drafts, Context(annotations, who, reports, rules.cues, times))
    return Reading(
        document=annotations.document,
        entities=annotations.entities,
        mentions=annotations.mentions,
        times=annotations.times,
        attributions=attribution.as_attributions(reports, parse),
        claims=claims,
        sentences=tuple(_sentence(annotations, n) for n in annotations.body),
    )


def _sentence(annotations: Annotations, n: int) -> tuple[int, int]:
    parse = annotations.parse
    start, end = parse.sents[n]
    while start < end - 1 and parse.tags[start] == "_SP":
        start += 1
    while end - 1 > start and parse.tags[end - 1] == "_SP":
        end -= 1
    return parse.span(start, end)
