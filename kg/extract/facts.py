"""Facts about entities in passing: nationality, age, whom a body represents, where a thing is.

Each is an ``Attribute`` state whose predicate names the fact, with the thing described as its
agent and the other entity as its patient.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kg.extract.drafts import Draft, Participants
from kg.model import Annotations, Entity, Mention, is_a
from kg.syntax import Parse

_PLACE_PREPOSITIONS = frozenset({"in", "at", "near", "outside", "inside", "around", "across", "throughout", "along"})
#: Those that put a thing beside a building, not into it.
_BESIDE = frozenset({"near", "outside", "around", "along"})
#: Prepositions between people and the body that they are of.
_PART_PREPOSITIONS = frozenset({"of", "from", "at", "with"})
#: Places whose "of" gives their name.
_SO_CALLED = frozenset(
    {"town", "city", "village", "port", "province", "state", "region", "district", "county", "island"}
)
_PARTS = frozenset({"part", "member", "arm", "branch", "wing"})
_PEOPLE = ("Person", "Group")
#: Bodies that act for the country whose they are.
_OFFICIAL = ("Embassy", "GovernmentBody", "Military")
_MODIFIERS = frozenset({"amod", "compound", "nmod", "poss"})
_OLDEST = 120

#: (predicate, token of the other entity or None, the literal)
Fact = tuple[str, int, str | None]


def find(annotations: Annotations, who: Participants, events: set[int]) -> list[Draft]:
    """Every fact that a noun phrase of the body states, in text order.

    ``events`` are the head tokens of situations that were found: "the deployment in Libya" is
    no thing in Libya.
    """
    parse = annotations.parse
    body = set(annotations.body)
    drafts: list[Draft] = []
    told: set[tuple[int, str, str, str]] = set()
    for mention in annotations.mentions:
        entity = who.entities.get(mention.entity)
        if entity is None or mention.kind == "pronoun" or parse.sent_of[mention.root] not in body:
            continue
        if entity.cls == "Thing" and mention.root in events:
            continue
        for reader in _READERS:
            for predicate, token, literal in reader(parse, mention, entity, who):
                other = who.entity(token) if literal is None else None
                key = (parse.sent_of[mention.root], entity.id, predicate, literal or (other.id if other else ""))
                if key not in told and (other is None or other.id != entity.id):
                    told.add(key)
                    drafts.append(_attribute(mention, predicate, token, literal))
    return sorted(drafts, key=lambda d: (d.head, d.predicate))


def _attribute(mention: Mention, predicate: str, token: int, literal: str | None) -> Draft:
    head = token if literal is not None else mention.root
    return Draft(
        head=head,
        tokens=(head,),
        cls="Attribute",
        predicate=predicate,
        rule=f"facts: {predicate}",
        state=True,
        roles={"agent": [mention.root]} if literal is not None else {"agent": [mention.root], "patient": [token]},
        amount=literal,
        confidence=0.8,
        descriptive=True,
    )


def _by_adjective(parse: Parse, mention: Mention, entity: Entity, who: Participants) -> Iterator[Fact]:
    """ "the Greek embassy", "a Syrian doctor", "South Korea's spy agency"."""
    for token in range(mention.tokens[0], mention.root):
        if parse.deps[token] not in _MODIFIERS or parse.heads[token] != mention.root:
            continue
        other = who.entity(token)
        if other is None or other.cls != "Country":
            continue
        if any(is_a(entity.cls, body) for body in _OFFICIAL):
            yield "represents", token, None
        elif parse.deps[token] != "poss" and _is_adjective(parse, token) and is_a_people_or_company(entity):
            yield "nationality", token, None
        elif is_a(entity.cls, "Place") and entity.cls != "Country":
            yield "locatedIn", token, None


def is_a_people_or_company(entity: Entity) -> bool:
    """Whether the entity can have a nationality."""
    return entity.cls in _PEOPLE or is_a(entity.cls, "Organization")


def _is_adjective(parse: Parse, token: int) -> bool:
    name = parse.name_at.get(token)
    return parse.pos[token] == "ADJ" or (name is not None and name.label == "NORP")


def _by_preposition(parse: Parse, mention: Mention, entity: Entity, who: Participants) -> Iterator[Fact]:
    """ "the embassy in Rome", "a village near the border", "the people of Aleppo"."""
    for name, token in parse.prepositions(mention.root):
        other = who.entity(token)
        if other is None:
            continue
        place = is_a(other.cls, "Place")
        if place and name == "of" and parse.lemmas[mention.root] in _SO_CALLED and other.named:
            continue  # "the town of Tarsin" is Tarsin
        if name in _BESIDE and other.cls == "Facility":
            continue  # "the hotel near the mosque" is in no mosque
        if place and (name in _PLACE_PREPOSITIONS or (name == "of" and _is_where(entity))):
            yield "locatedIn", token, None
        elif name in _PART_PREPOSITIONS and _is_part(entity) and is_a(other.cls, "Organization"):
            yield "partOf", token, None


def _as_part(parse: Parse, mention: Mention, entity: Entity, who: Participants) -> Iterator[Fact]:
    """ "Norland is fighting as part of the coalition"."""
    if parse.deps[mention.root] not in {"nsubj", "nsubjpass"} or not (_is_part(entity) or entity.cls == "Country"):
        return
    for name, token in (*parse.prepositions(parse.heads[mention.root]), *parse.prepositions(mention.root)):
        if name == "as" and parse.lemmas[token] in _PARTS:
            wholes = [t for of, t in parse.prepositions(token) if of == "of"]
            yield from (("partOf", t, None) for t in wholes if (e := who.entity(t)) is not None and _is_whole(e))


def _is_whole(entity: Entity) -> bool:
    return entity.cls == "Group" or is_a(entity.cls, "Organization")


def _by_possessive(parse: Parse, mention: Mention, entity: Entity, who: Participants) -> Iterator[Fact]:
    """ "the regime's forces", "the party's youth wing"."""
    for token in parse.with_dep(mention.root, "poss"):
        other = who.entity(token)
        if other is None or not _is_part(entity):
            continue
        if is_a(other.cls, "Organization") or (other.cls == "Country" and entity.cls == "Group"):
            yield "partOf", token, None


def _is_part(entity: Entity) -> bool:
    return entity.cls == "Group" or is_a(entity.cls, "Organization")


def _is_where(entity: Entity) -> bool:
    return entity.cls == "Group" or (is_a(entity.cls, "Place") and entity.cls != "Country")


def _by_apposition(parse: Parse, mention: Mention, entity: Entity, who: Participants) -> Iterator[Fact]:
    """ "Rome, Italy": the larger place after the smaller one."""
    if not is_a(entity.cls, "Place") or entity.cls == "Country":
        return
    for token in parse.with_dep(mention.root, "appos"):
        other = who.entity(token)
        if other is not None and is_a(other.cls, "Place"):
            yield "locatedIn", token, None


def _age(parse: Parse, mention: Mention, entity: Entity, who: Participants) -> Iterator[Fact]:
    """ "Jo, 48," and "Jo, aged 48": a number between commas after a person's name."""
    if entity.cls != "Person":
        return
    at = next(
        (t for t in range(mention.root, min(mention.root + 3, len(parse))) if parse.ends[t] >= mention.head[1]), -1
    )
    rest = range(at + 1, min(at + 4, len(parse)))
    words = [parse.lower[t] for t in rest]
    if len(words) == 3 and words[0] == ",":
        number = 2 if words[1] in {"aged", "age"} else 1
        closed = number == 2 or words[2] in {",", ".", ")"}
        if closed and words[number].isdigit() and 0 < int(words[number]) < _OLDEST:
            yield "age", rest[number], words[number]


#: Every reader of facts, in the order in which they are asked.
_READERS: tuple[Callable[[Parse, Mention, Entity, Participants], Iterator[Fact]], ...] = (
    _by_adjective,
    _by_preposition,
    _as_part,
    _by_possessive,
    _by_apposition,
    _age,
)
