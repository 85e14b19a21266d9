"""Claims of many documents in; entities and situations of the whole out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.fuse import corrections as corrected
from kg.fuse import merge, settling
from kg.fuse.resolve import resolve
from kg.fuse.settling import foreground
from kg.fuse.sources import Independence
from kg.fuse.syndication import reprints
from kg.model import Correction, Judgement, Knowledge, Reading

__all__ = ["foreground", "fuse"]


def fuse(
    readings: Iterable[Reading],
    *,
    judgements: Sequence[Judgement] = (),
    corrections: Sequence[Correction] = (),
) -> Knowledge:
    """One body of knowledge from all readings, in their order.

    A document that comes twice (the same id and text) counts once. ``judgements`` (of people, on who is
    who) and ``corrections`` (of claims) stand over what the rules would say. Raises ``InputError`` for a
    correction that cannot be made. ``kg.distributed`` takes the same steps on many machines.
    """
    kept = list({reading.document.key: foreground(reading) for reading in readings}.values())
    entities, mentions, naming, judged = resolve(kept, judgements)
    named = {reading.document.key: settling.named(reading, naming) for reading in kept}
    claims, rejected = corrected.apply((each.claim for found in named.values() for each in found), corrections)
    stories = reprints([reading.document for reading in kept])
    independence = Independence(entities, stories)
    texts = {reading.document.key: reading.document.text for reading in kept}
    dates = {reading.document.key: reading.document.date for reading in kept}
    clusters = merge.cluster(claims, lambda claim: texts[claim.document], lambda claim: dates[claim.document])
    about = {claim.id: settling.situation_id(cluster.claims[0]) for cluster in clusters for claim in cluster.claims}
    others = {
        key: {each.own: about[each.claim.id] for each in found if each.claim.id in about}
        for key, found in named.items()
    }
    final = {claim.id: settling.settled(claim, about[claim.id], others[claim.document]) for claim in claims}
    situations = tuple(
        settling.situation([final[claim.id] for claim in cluster.claims], cluster.reasons, independence)
        for cluster in clusters
    )
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
