"""The steps around merging: the claims of one document by their final names, and what a situation's claims say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from kg.fuse import merge
from kg.fuse.resolve import Naming
from kg.fuse.sources import Independence
from kg.fuse.status import status
from kg.model import DOCUMENT_SOURCE, ROLES, Claim, Filler, Reading, Situation


class Named(NamedTuple):
    """A claim with its final id, and the id that it has in its document."""

    claim: Claim
    own: str


def foreground(reading: Reading) -> Reading:
    """The reading without what only carries, colours or attributes, and without what is not asked for here:
    the readings of all documents are in memory at once."""
    claims = tuple(claim for claim in reading.claims if not claim.background)
    return replace(reading, claims=claims, times=(), attributions=(), sentences=())


def named(reading: Reading, naming: Naming) -> list[Named]:
    """Every claim of a document with its final id, and its entities by their final ids; fillers that are
    situations still have the claim's id of their own document."""
    key = reading.document.key
    used: dict[str, int] = {}
    found = []
    for claim in reading.claims:
        base = f"claim/{key}/{claim.trigger[0]}-{claim.trigger[1]}-{claim.cls}"
        used[base] = used.get(base, 0) + 1
        ident = base if used[base] == 1 else f"{base}-{used[base]}"
        found.append(Named(_renamed(claim, ident, key, naming), claim.id))
    return found


def _renamed(claim: Claim, ident: str, key: str, naming: Naming) -> Claim:
    roles = {role: tuple(_filler(f, key, naming) for f in claim.roles[role]) for role in ROLES if claim.roles.get(role)}
    source = claim.source if claim.source == DOCUMENT_SOURCE else naming[key, claim.source]
    relayed = tuple(naming[key, entity] for entity in claim.relayed_by)
    return replace(claim, id=ident, document=key, roles=roles, source=source, relayed_by=relayed)


def _filler(filler: Filler, key: str, naming: Naming) -> Filler:
    return filler if filler.entity is None else replace(filler, entity=naming[key, filler.entity])


def situation_id(first: Claim) -> str:
    """The id of the situation whose first claim it is."""
    return "situation" + first.id.removeprefix("claim")


def settled(claim: Claim, about: str, others: Mapping[str, str]) -> Claim:
    """The claim with its situation, and its situation fillers by final id; a filler that has
    become the claim's own situation, or that is background, is dropped.

    ``others`` are the situations of its document's claims, by the claims' own ids.
    """
    roles: dict[str, tuple[Filler, ...]] = {}
    for role, filler in claim.fillers():
        if filler.situation is not None:
            target = others.get(filler.situation)
            if target is None or target == about:
                continue
            filler = replace(filler, situation=target)
        roles[role] = (*roles.get(role, ()), filler)
    return replace(claim, about=about, roles=roles)


def situation(claims: Sequence[Claim], reasons: Iterable[str], independence: Independence) -> Situation:
    """What the settled claims of one situation, in their order, say together."""
    verdict, resting_on = status(claims)
    roles: dict[str, tuple[str, ...]] = {}
    for role in ROLES:
        fillers = [f for claim in resting_on for f in claim.roles.get(role, ())]
        found = dict.fromkeys(f.entity or f.situation or "" for f in fillers)
        if found:
            roles[role] = tuple(found)
    first = claims[0]
    return Situation(
        id=first.about,
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
        merged_because=tuple(reasons),
        independent_sources=independence.count(resting_on),
    )


def _fullest(values: Iterable[str | None]) -> str | None:
    """The longest of the values, the first of equals; ``None`` if there is none."""
    known = [value for value in values if value]
    return max(known, key=len) if known else None
