"""Pure comparators of two entities: each returns a score from -1 to 1 and its reason, or ``None``
when it has nothing to say. A score of -1 is a veto."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from kg.model import Entity, is_a


class Verdict(NamedTuple):
    """How far a feature speaks for two entities being one, and why."""

    score: float
    reason: str


VETO = -1.0
_BROAD = ("Person", "Group", "Organization", "Place", "Work", "Thing")


def name_key(name: str) -> str:
    """A name with case, accents, hyphens, apostrophes and articles folded away.

    >>> name_key("Thae Yong-ho") == name_key("THAE Yong Ho")
    True
    """
    folded = unicodedata.normalize("NFKD", name.replace("’s", "").replace("'s", ""))
    plain = "".join(c for c in folded if not unicodedata.combining(c)).casefold()
    words = re.sub(r"[^\w]+", " ", plain).split()
    while words and words[0] in {"the", "a", "an"}:
        words = words[1:]
    return " ".join(words)


def block_keys(entity: Entity) -> tuple[str, ...]:
    """The keys under which an entity may meet another one: its identifiers, its full name, and
    for people also the name with its parts in alphabetical order (family-first names)."""
    keys = [f"{register}:{ident}" for register, ident in entity.identifiers]
    key = name_key(entity.label)
    if key:
        keys.append(f"name:{key}")
        if entity.cls == "Person" and " " in key:
            keys.append("parts:" + " ".join(sorted(key.split())))
    if entity.cls == "Country" and entity.country:
        keys.append(f"country:{entity.country}")
    return tuple(keys)


def same_class(a: Entity, b: Entity) -> Verdict | None:
    """People, bodies, places, works and things are never one another."""
    broad = [next((top for top in _BROAD if is_a(e.cls, top)), "Thing") for e in (a, b)]
    if broad[0] != broad[1]:
        return Verdict(VETO, f"a {a.cls} is no {b.cls}")
    return None


def same_identifier(a: Entity, b: Entity) -> Verdict | None:
    """One identifier in common, or two different ones in the same register."""
    mine, other = dict(a.identifiers), dict(b.identifiers)
    for register in sorted(mine.keys() & other.keys()):
        if mine[register] == other[register]:
            return Verdict(1.0, f"the same {register} identifier")
        return Verdict(VETO, f"different {register} identifiers")
    return None


def same_country_itself(a: Entity, b: Entity) -> Verdict | None:
    """Two countries are one by their code."""
    if a.cls == b.cls == "Country" and a.country and b.country:
        return Verdict(1.0, "the same country code") if a.country == b.country else Verdict(VETO, "other countries")
    return None


def same_name(a: Entity, b: Entity) -> Verdict | None:
    """The fullest names are equal; a single word counts for less than a full name."""
    first, second = name_key(a.label), name_key(b.label)
    if first == second and first:
        full = " " in first or a.cls != "Person"
        return Verdict(0.9 if full else 0.4, f"both are called {a.label!r}")
    if a.cls == "Person" and sorted(first.split()) == sorted(second.split()) and " " in first:
        return Verdict(0.8, "the same names in another order")
    return None


def other_country(a: Entity, b: Entity) -> Verdict | None:
    """People and bodies of different countries are kept apart."""
    if a.country and b.country and a.country != b.country:
        return Verdict(VETO, f"of different countries: {a.country}, {b.country}")
    return None


def other_gender(a: Entity, b: Entity) -> Verdict | None:
    """A woman and a man."""
    if a.gender and b.gender and a.gender != b.gender:
        return Verdict(VETO, "a woman and a man")
    return None


#: Every comparator, in the order in which they are asked.
COMPARATORS: tuple[Callable[[Entity, Entity], Verdict | None], ...] = (
    same_class,
    same_country_itself,
    same_identifier,
    other_country,
    other_gender,
    same_name,
)
#: From this score on two entities are one.
THRESHOLD = 0.7


def compare(a: Entity, b: Entity) -> Verdict:
    """The highest score of the comparators and its reason; a veto outweighs all."""
    best = Verdict(0.0, "nothing in common")
    for comparator in COMPARATORS:
        verdict = comparator(a, b)
        if verdict is None:
            continue
        if verdict.score == VETO:
            return verdict
        if verdict.score > best.score:
            best = verdict
    return best
