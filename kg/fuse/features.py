"""Pure comparators of two profiles: what forbids that they are one, what speaks for it, and why.

A veto outweighs everything. The name gives the score; posts and company in common add to it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from kg.fuse import names
from kg.fuse.names import Verdict
from kg.fuse.posts import compatible_posts
from kg.fuse.profiles import Profile, Traits, broad_class, trait_pairs
from kg.model import is_a

#: From this score on two entities are one.
THRESHOLD = 0.7
#: What a post, and each neighbour, in common adds; and the most that neighbours add together.
_POST, _NEIGHBOUR, _COMPANY = 0.2, 0.1, 0.3
#: A name that more documents' entities have as a neighbour says nothing any more.
_RARE = 20


class Comparison(NamedTuple):
    """Whether two entities may be one, how much speaks for it, and each reason."""

    score: float
    reasons: tuple[str, ...]
    vetoed: bool = False


_WHY_NOT = (
    "of different kinds: {}, {}",
    "of different countries: {}, {}",
    "a {} and a {} person",
    "of different generations: {}, {}",
    "hold offices of different countries: {}, {}",
)


def veto(a: Traits, b: Traits) -> str | None:
    """Why the two can never be one; ``None`` if nothing forbids it."""
    for why, (mine, theirs) in zip(_WHY_NOT, trait_pairs(a, b), strict=True):
        if mine and theirs and not mine & theirs:
            return why.format(" and ".join(sorted(mine)), " and ".join(sorted(theirs)))
    for register in sorted(a.registers.keys() & b.registers.keys()):
        if not a.registers[register] & b.registers[register]:
            return f"different {register} identifiers"
    return None


def same_identifier(a: Profile, b: Profile) -> Verdict | None:
    """One identifier of a public register in common, or one country's code."""
    common = dict(a.entity.identifiers).items() & dict(b.entity.identifiers).items()
    for register, _ in sorted(common):
        return Verdict(1.0, f"the same {register} identifier")
    if a.entity.cls == b.entity.cls == "Country" and a.entity.country and a.entity.country == b.entity.country:
        return Verdict(1.0, "the same country code")
    return None


def same_name(a: Profile, b: Profile) -> Verdict | None:
    """What their names have in common, by the kind of thing that they name."""
    first, second = a.entity, b.entity
    broad = broad_class(first.cls)
    comparators = {"Person": names.PEOPLE, "Organization": names.BODIES}.get(broad, names.OTHERS)
    found = names.compare(first.label, second.label, comparators)
    if found is None or broad != "Organization" or is_a(first.cls, "Company"):
        return found
    one_country = first.country is not None and first.country == second.country
    if names.is_everyones(first.label) and not one_country:
        return Verdict(min(found.score, 0.5), f"{found.reason}, as bodies of many countries are")
    return found


def same_post(a: Profile, b: Profile) -> Verdict | None:
    """One post of one country or body."""
    for position, whose in sorted(a.posts):
        for other, theirs in sorted(b.posts):
            if whose == theirs and compatible_posts(position, other):
                return Verdict(_POST, f"both are {position}" + (f" ({whose})" if whose else ""))
    return None


def same_company(a: Profile, b: Profile) -> Verdict | None:
    """Texts of both speak of the same other people, bodies and places."""
    common = sorted(
        name for name in a.neighbours.keys() & b.neighbours.keys() if a.neighbours[name] + b.neighbours[name] <= _RARE
    )
    if not common:
        return None
    return Verdict(min(_COMPANY, _NEIGHBOUR * len(common)), "texts of both speak of " + ", ".join(common[:3]))


#: What can make two entities one, and what can only add to it.
_GROUNDS: tuple[Callable[[Profile, Profile], Verdict | None], ...] = (same_identifier, same_name)
_SUPPORT: tuple[Callable[[Profile, Profile], Verdict | None], ...] = (same_post, same_company)


def compare(a: Profile, b: Profile) -> Comparison:
    """All that speaks for two profiles being one entity, with the reasons, or what forbids it."""
    grounds = _said(_GROUNDS, a, b)
    if not grounds:
        return Comparison(0.0, ("nothing in common",))
    against = veto(a.traits, b.traits)
    if against is not None:
        return Comparison(0.0, (against,), vetoed=True)
    best = max(grounds, key=lambda verdict: verdict.score)
    support = _said(_SUPPORT, a, b) if best.score < 1 else []
    score = min(1.0, best.score + sum(verdict.score for verdict in support))
    return Comparison(round(score, 2), tuple(verdict.reason for verdict in (best, *support)))


def _said(comparators: Sequence[Callable[[Profile, Profile], Verdict | None]], a: Profile, b: Profile) -> list[Verdict]:
    return [verdict for comparator in comparators if (verdict := comparator(a, b)) is not None]
