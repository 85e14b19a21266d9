"""Drafts into claims: sources, certainty, times and fillers put on what was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.extract import attribution, factuality, plover
from kg.extract.attribution import Report, Sourcing
from kg.extract.cueing import frames_of
from kg.extract.drafts import Draft, Participants
from kg.extract.triggers import trigger_span
from kg.model import DOCUMENT_SOURCE, ROLES, Annotations, Claim, ClaimTime, Filler
from kg.rules.cues import Cues
from kg.syntax import Parse


@dataclass(frozen=True, slots=True)
class Context:
    """What every claim of a document is made with."""

    annotations: Annotations
    who: Participants
    reports: tuple[Report, ...]
    cues: Cues
    times: Mapping[int, ClaimTime]


def assemble(drafts: Sequence[Draft], context: Context) -> tuple[Claim, ...]:
    """One claim for each draft, in order; ids are s1, s2 ..."""
    ids = {draft.head: f"s{n}" for n, draft in reversed(list(enumerate(drafts, start=1)))}
    return tuple(
        _claim(draft, f"s{n}", context.times.get(n - 1), ids, context) for n, draft in enumerate(drafts, start=1)
    )


def _claim(draft: Draft, ident: str, time: ClaimTime | None, ids: Mapping[int, str], context: Context) -> Claim:
    parse = context.annotations.parse
    sourcing = attribution.sources_of(draft.head, context.reports)
    judgement = factuality.judge(parse, _judged(parse, draft, context.cues), context.cues, sourcing.report)
    if draft.descriptive:
        sourcing = _descriptive(sourcing)
    roles = {role: fillers for role in ROLES if (fillers := _fillers(draft, role, ident, ids, context))}
    return Claim(
        id=ident,
        cls=draft.cls,
        predicate=draft.predicate,
        trigger=parse.span(*trigger_span(parse, draft.head, draft.tokens)),
        sentence=parse.sentence_span(parse.sent_of[draft.head]),
        roles=roles,
        state=draft.state,
        position=draft.position,
        kinship=draft.kinship,
        amount=draft.amount,
        time=time,
        polarity="positive" if draft.descriptive else judgement.polarity,
        certainty="certain" if draft.descriptive else judgement.certainty,
        confidence=_confidence(draft, roles, context),
        source=sourcing.source or DOCUMENT_SOURCE,
        relayed_by=sourcing.relayed_by,
        cue=sourcing.cue,
        rule=draft.rule,
        plover=draft.plover if draft.state else plover.root(draft.plover, judgement),
        background=draft.background,
    )


def _judged(parse: Parse, draft: Draft, cues: Cues) -> int:
    """The word that names what happens: of "arrest warrant" the arrest, which is not yet one."""
    if "compound" not in frames_of(parse, draft.head, cues):
        return draft.head
    inside = [t for t in draft.tokens if t < draft.head and parse.heads[t] == draft.head]
    return next((t for t in inside if parse.deps[t] == "compound"), draft.head)


def _descriptive(sourcing: Sourcing) -> Sourcing:
    """Posts and kin terms in the author's own wording are the author's, whoever is speaking,
    unless they stand in a quotation."""
    if sourcing.report is not None and sourcing.report.quoted:
        return sourcing
    return Sourcing(DOCUMENT_SOURCE, (), None, None)


def _fillers(draft: Draft, role: str, own: str, ids: Mapping[int, str], context: Context) -> tuple[Filler, ...]:
    """What fills a role: a situation where the token names one, else the entity it refers to."""
    parse, who = context.annotations.parse, context.who
    found: dict[tuple[str | None, str | None], Filler] = {}
    for token in draft.roles.get(role, ()):
        situation = ids.get(token)
        mention = who.mention(token)
        if (
            situation is not None
            and situation != own
            and (mention is None or mention.kind in {"nominal", "apposition"})
        ):
            entity = None if mention is None else who.entities.get(mention.entity)
            if entity is None or entity.cls == "Thing" or parse.pos[token] != "NOUN":
                span = parse.token_span(token) if mention is None else mention.span
                found.setdefault((None, situation), Filler(span, situation=situation))
                continue
        if mention is not None:
            found.setdefault((mention.entity, None), Filler(mention.span, entity=mention.entity))
    return tuple(found.values())


def _confidence(draft: Draft, roles: Mapping[str, tuple[Filler, ...]], context: Context) -> float:
    """The trust in the rule, lowered by weak coreference links and by the length of the sentence."""
    trust = draft.confidence
    for tokens in draft.roles.values():
        for token in tokens:
            mention = context.who.mention(token)
            if mention is not None:
                trust *= 0.8 + 0.2 * mention.score
    if not roles:
        trust *= 0.8
    parse = context.annotations.parse
    start, end = parse.sents[parse.sent_of[draft.head]]
    if end - start > 40:
        trust *= 0.9
    return round(trust, 2)
