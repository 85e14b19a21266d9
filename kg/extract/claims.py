"""Drafts into claims: sources, certainty, times and fillers put on what was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg.extract import attribution, factuality, plover
from kg.extract.anaphora import TakenUp
from kg.extract.attribution import Report, Sourcing
from kg.extract.confidence import Evidence, confidence, rivals
from kg.extract.cueing import frames_of
from kg.extract.drafts import Draft, Participants
from kg.extract.factuality import Judgement
from kg.extract.triggers import trigger_span
from kg.model import DOCUMENT_SOURCE, ROLES, Annotations, Claim, ClaimTime, Filler
from kg.rules.cues import Cues
from kg.rules.schema import EventRules
from kg.syntax import Parse


@dataclass(frozen=True, slots=True)
class Context:
    """What every claim of a document is made with."""

    annotations: Annotations
    who: Participants
    reports: tuple[Report, ...]
    cues: Cues
    times: Mapping[int, ClaimTime]
    rules: EventRules
    taken_up: Mapping[int, TakenUp]


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
        sourcing, judgement = _descriptive(sourcing, parse.quoted[draft.head]), Judgement("positive", "certain", ())
    if draft.prospective and judgement.certainty == "certain":
        judgement = Judgement(judgement.polarity, "unspecified", ())
    standing = replace(judgement, certainty="unspecified") if judgement.announced and not draft.plain else judgement
    filled = (role for role in ROLES if role in draft.roles)
    roles = {role: fillers for role in filled if (fillers := _fillers(draft, role, ident, ids, context))}
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
        polarity=standing.polarity,
        certainty=standing.certainty,
        confidence=_trust(draft, sourcing, judgement, context),
        source=sourcing.source or DOCUMENT_SOURCE,
        relayed_by=sourcing.relayed_by,
        cue=sourcing.cue,
        rule="; ".join((draft.rule, *_taken_up(draft, context))),
        plover=draft.plover if draft.state else plover.root(draft.plover, judgement),
        background=draft.background,
    )


def _judged(parse: Parse, draft: Draft, cues: Cues) -> int:
    """The word that names what happens: of "arrest warrant" the arrest, which is not yet one."""
    if "compound" not in frames_of(parse, draft.head, cues):
        return draft.head
    inside = [t for t in draft.tokens if t < draft.head and parse.heads[t] == draft.head]
    return next((t for t in inside if parse.deps[t] == "compound"), draft.head)


def _descriptive(sourcing: Sourcing, quoted: bool) -> Sourcing:
    """Posts and kin terms in the author's own wording are the author's, whoever is speaking,
    unless they stand in a quotation."""
    if sourcing.report is not None and sourcing.report.quoted and quoted:
        return sourcing
    return Sourcing(DOCUMENT_SOURCE, (), None, None)


def _taken_up(draft: Draft, context: Context) -> list[str]:
    """Why words among its participants stand for events that were told before."""
    tokens = sorted({t for tokens in draft.roles.values() for t in tokens})
    return [context.taken_up[t].reason for t in tokens if t in context.taken_up]


def _fillers(draft: Draft, role: str, own: str, ids: Mapping[int, str], context: Context) -> tuple[Filler, ...]:
    """What fills a role: a situation where the token names one, else the entity it refers to."""
    parse, who = context.annotations.parse, context.who
    found: dict[tuple[str | None, str | None], Filler] = {}
    for token in draft.roles[role]:
        again = context.taken_up.get(token)
        situation = ids.get(token if again is None else again.head)
        mention = who.mention(token)
        if again is not None and situation is not None and situation != own:
            span = parse.token_span(token) if mention is None else mention.span
            found.setdefault((None, situation), Filler(span, situation=situation))
            continue
        if (
            situation is not None
            and situation != own
            and (mention is None or mention.kind in {"nominal", "apposition"})
        ):
            entity = None if mention is None else who.entities.get(mention.entity)
            if entity is None or entity.cls == "Thing" or parse.pos[token] not in {"NOUN", "PROPN"}:
                span = parse.token_span(token) if mention is None else mention.span
                found.setdefault((None, situation), Filler(span, situation=situation))
                continue
        if mention is not None:
            found.setdefault((mention.entity, None), Filler(mention.span, entity=mention.entity))
    return tuple(found.values())


def _trust(draft: Draft, sourcing: Sourcing, judgement: Judgement, context: Context) -> float:
    parse = context.annotations.parse
    tokens = dict.fromkeys(t for tokens in draft.roles.values() for t in tokens)
    mentions = tuple(m for t in tokens if (m := context.who.mention(t)) is not None)
    others = rivals(draft, parse, context.rules)
    return confidence(Evidence(parse, draft, mentions, sourcing, judgement, others))
