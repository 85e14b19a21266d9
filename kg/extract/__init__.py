"""Annotations in, claims out: what is said to happen, by whom, how sure, and when."""

from __future__ import annotations

from kg.extract import (
    anaphora,
    attribution,
    facts,
    homes,
    mentioned,
    saying,
    sharing,
    situations,
    states,
    timing,
    topics,
)
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
    homes.settle(annotations, drafts, rules.lexicon, who)
    drafts += facts.find(annotations, who, {d.head for d in drafts})
    drafts = mentioned.leave_out(parse, drafts, rules.cues)
    drafts = saying.settle(drafts, reports, annotations, rules.events, who)
    topics.settle(parse, drafts, rules.cues)
    sharing.share(parse, drafts, rules.events, who)
    times = timing.assign(parse, drafts, annotations.times, rules.events, who, annotations.document.date)
    taken_up = anaphora.resolve(parse, annotations.body, drafts, rules.events, who)
    claims = assemble(drafts, Context(annotations, who, reports, rules.cues, times, rules.events, taken_up))
    return Reading(
        document=annotations.document,
        entities=annotations.entities,
        mentions=annotations.mentions,
        times=annotations.times,
        attributions=attribution.as_attributions(reports, parse),
        claims=claims,
        sentences=tuple(parse.sentence_span(n) for n in annotations.body),
        proposals=annotations.proposals,
    )
