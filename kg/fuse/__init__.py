"""Claims of many documents in; entities and situations of the whole out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from kg.fuse import corrections as corrected
from kg.fuse import merge
from kg.fuse.merge import Cluster
from kg.fuse.resolve import Naming, Resolved, resolve
from kg.fuse.sources import Independence
from kg.fuse.status import status
from kg.fuse.syndication import reprints
from kg.model import DOCUMENT_SOURCE, ROLES, Claim, Correction, Filler, Judgement, Knowledge, Reading, Situation

Resolver = Callable[[Sequence[Reading], Sequence[Judgement]], Resolved]


def fuse(
    readings: Iterable[Reading],
    *,
    judgements: Sequence[Judgement] = (),
    corrections: Sequence[Correction] = (),
    resolver: Resolver = resolve,
) -> Knowledge:
    """One body of knowledge from all readings, in their order.

    A document that comes twice (the same id and text) counts once. ``judgements`` (of people, on who is
    who) and ``corrections`` (of claims) stand over what the rules would say. Raises ``InputError`` for a
    correction that cannot be made. ``resolver`` says who is who; another one than ``resolve`` has to say the same.
    """
    kept = list({reading.document.key: foreground(reading) for reading in readings}.values())
    entities, mentions, naming, judged = resolver(kept, judgements)
    all_claims, own_ids = _named_claims(kept, naming)
    claims, rejected = corrected.apply(all_claims, corrections)
    stories = reprints([reading.document for reading in kept])
    independence = Independence(entities, stories)
    texts = {reading.document.key: reading.document.text for reading in kept}
    dates = {reading.document.key: reading.document.date for reading in kept}
    clusters = merge.cluster(claims, lambda claim: texts[claim.document], lambda claim: dates[claim.document])
    about = {claim.id: _situation_id(cluster) for cluster in clusters for claim in cluster.claims}
    final = {claim.id: _settled(claim, about, own_ids) for claim in claims}
    situations = tuple(_situation(cluster, final, about, independence) for cluster in clusters)
    return Knowledge(
        documents=tuple(reading.document for reading in kept),
        entities=tuple(entities),
        mentions=mentions,
        situations=situations,
        claims=tuple(final[claim.id] for claim in claims),
        judgements=judged,
        reprints=stories,
        rejected=rejected,
    )


def foreground(reading: Reading) -> Reading:
    """The reading without what only carries, colours or attributes, and without what is not asked for here:
    the readings of all documents are in memory at once."""
    claims = tuple(claim for claim in reading.claims if not claim.background)
    return replace(reading, claims=claims, times=(), attributions=(), sentences=())


def _named_claims(readings: Sequence[Reading], naming: Naming) -> tuple[list[Claim], dict[tuple[str, str], str]]:
    """Every claim with its final id, and its entities by their final ids; fillers that are
    situations still have the claim's id of their own document."""
    out: list[Claim] = []
    own_ids: dict[tuple[str, str], str] = {}
    used: dict[str, int] = {}
    for reading in readings:
        key = reading.document.key
        for claim in reading.claims:
            base = f"claim/{key}/{claim.trigger[0]}-{claim.trigger[1]}-{claim.cls}"
            used[base] = used.get(base, 0) + 1
            ident = base if used[base] == 1 else f"{base}-{used[base]}"
            own_ids[key, claim.id] = ident
            out.append(_renamed(claim, ident, key, naming))
    return out, own_ids


def _renamed(claim: Claim, ident: str, key: str, naming: Naming) -> Claim:
    roles = {
        role: tuple(_renamed_filler(f, key, naming) for f in claim.roles[role])
        for role in ROLES
        if claim.roles.get(role)
    }
    source = claim.source if claim.source == DOCUMENT_SOURCE else naming[key, claim.source]
    relayed = tuple(naming[key, entity] for entity in claim.relayed_by)
    return replace(claim, id=ident, document=key, roles=roles, source=source, relayed_by=relayed)


def _renamed_filler(filler: Filler, key: str, naming: Naming) -> Filler:
    return filler if filler.entity is None else replace(filler, entity=naming[key, filler.entity])


def _situation_id(cluster: Cluster) -> str:
    return "situation" + cluster.claims[0].id.removeprefix("claim")


def _settled(claim: Claim, about: dict[str, str], own_ids: dict[tuple[str, str], str]) -> Claim:
    """The claim with its situation, and its situation fillers by final id; a filler that has
    become the claim's own situation, or that is background, is dropped."""
    own = about[claim.id]
    roles: dict[str, tuple[Filler, ...]] = {}
    for role, filler in claim.fillers():
        if filler.situation is not None:
            target = about.get(own_ids.get((claim.document, filler.situation), ""))
            if target is None or target == own:
                continue
            filler = replace(filler, situation=target)
        roles[role] = (*roles.get(role, ()), filler)
    return replace(claim, about=own, roles=roles)


def _situation(
    cluster: Cluster, final: dict[str, Claim], about: dict[str, str], independence: Independence
) -> Situation:
    claims = [final[claim.id] for claim in cluster.claims]
    verdict, resting_on = status(claims)
    roles: dict[str, tuple[str, ...]] = {}
    for role in ROLES:
        fillers = [f for claim in resting_on for f in claim.roles.get(role, ())]
        found = dict.fromkeys(f.entity or f.situation or "" for f in fillers)
        if found:
            roles[role] = tuple(found)
    first = claims[0]
    return Situation(
        id=about[first.id],
        cls=first.cls,
        predicate=first.predicate,
        state=first.state,
        status=verdict,
        roles=roles,
        claims=tuple(claim.id for claim in claims),
        position=_fullest(claim.position for claim in resting_on),
        kinship=first.kinship,
        amount=_fullest(claim.amount for claim in resting_on),
        time=merge.best_time(resting_on) or merge.best_time(claims),
        plover=first.plover,
        merged_because=tuple(cluster.reasons),
        independent_sources=independence.count(resting_on),
    )


def _fullest(values: Iterable[str | None]) -> str | None:
    """The longest of the values, the first of equals; ``None`` if there is none."""
    known = [value for value in values if value]
    return max(known, key=len) if known else None
