"""Everything else that is said: a plain event for each predicate that no class has.

Predicates that only carry, start or colour what another word names, and nouns that only may
name an event, are *background*: they stand in the reading with their polarity and certainty,
but make no situation in the graph.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from kg.extract import frames, handing, triggers
from kg.extract.drafts import Draft, Participants
from kg.model import Annotations
from kg.rules.schema import EventRules
from kg.syntax import Argument, Parse

#: Roles of a plain event by its arguments' positions.
_PLAIN = {
    "subj": "agent",
    "obj": "patient",
    "iobj": "recipient",
    "comp": "topic",
    "prep:about": "topic",
    "prep:on": "topic",
    "prep:between": "patient",
    "prep:from": "origin",
    "prep:out of": "origin",
    "prep:into": "destination",
    "prep:toward": "destination",
    "prep:towards": "destination",
    "prep:against": "patient",
    "prep:with": "patient",
    "prep:for": "recipient",
}
_PLAIN_NOUN = {
    "poss": "agent",
    "prep:by": "agent",
    "prep:from": "agent",
    "subj": "agent",
    "obj": "patient",
    "compound": "agent",
    "prep:of": "patient",
    "prep:on": "patient",
    "prep:against": "patient",
    "prep:to": "recipient",
    "prep:about": "topic",
}
#: What a noun of a phrase passes up to its verb.
_PASSED_UP = frozenset({"prep:on", "prep:with", "prep:against", "prep:for", "prep:to", "prep:over", "prep:between"})
#: What an object that only completes its verb passes up as the verb's own object: "play a role *in Libya*".
_COMPLETED_BY = frozenset({"prep:of", "poss"})
#: Before a noun that takes up what was told: "rejected *the* decision".
_TAKES_UP = frozenset({"the", "this", "that", "these", "those"})
#: Roles of which two make a relation.
_RELATED = ("agent", "patient", "recipient", "origin", "destination", "place")
#: Classes of entities that take part in nothing by themselves.
_INERT = frozenset({"Thing", "Work"})


def find(annotations: Annotations, taken: set[int], rules: EventRules, who: Participants) -> list[Draft]:
    """A plain event for each verb and action noun of the body that is not ``taken``."""
    parse = annotations.parse
    found = (
        _plain(parse, i, rules, who, taken)
        for sentence in annotations.body
        for i in range(*parse.sents[sentence])
        if i not in taken
    )
    return [draft for draft in found if draft is not None]


def background(parse: Parse, i: int, rules: EventRules, who: Participants) -> Draft:
    """The verb ``i`` as an event that the graph leaves out. It has participants only where it relates two
    parties: whoever "continues to work" stands with the work."""
    draft = _plain_verb(parse, i, rules, who)
    draft.background = True
    draft.plover = None
    if not _relates(draft, who):
        draft.roles = {}
    return draft


def _plain(parse: Parse, i: int, rules: EventRules, who: Participants, taken: Collection[int]) -> Draft | None:
    if parse.pos[i] == "VERB" and parse.deps[i] not in {"aux", "auxpass", "compound"}:
        lemma = parse.lemmas[i]
        # "the deal *reached* in May" says no more than "the deal"
        carries = parse.deps[i] == "acl" and parse.heads[i] in taken and handing.is_light(parse, i, rules)
        if parse.deps[i] == "amod" or lemma in rules.carriers or carries:
            return background(parse, i, rules, who)
        draft = _plain_verb(parse, i, rules, who, taken)
        return draft if lemma not in rules.generic or _relates(draft, who) else background(parse, i, rules, who)
    if parse.pos[i] == "NOUN" and parse.name_at.get(i) is None:
        return _plain_noun(parse, i, rules, who)
    return None


def _relates(draft: Draft, who: Participants) -> bool:
    """Whether two people, bodies or places take part: "the rebels *took* Tarsin", but not "took a look"."""
    parties: dict[str, str] = {}
    for role in _RELATED:
        for token in draft.roles.get(role, ()):
            entity = who.entity(token)
            if entity is not None and entity.cls not in _INERT:
                parties.setdefault(entity.id, role)
    return len(set(parties.values())) > 1 and not {"agent", "patient"}.isdisjoint(parties.values())


def _plain_verb(
    parse: Parse, i: int, rules: EventRules, who: Participants, taken: Collection[int] = frozenset()
) -> Draft:
    root, tokens = root_type(parse, i, rules)
    found = frames.arguments(parse, i, "verb", (i,), rules)
    # "signed a deal with Chile": Chile stands below the deal
    found += [a for t in tokens if parse.pos[t] == "NOUN" for a in parse.noun_arguments(t) if a.position in _PASSED_UP]
    name = _predicate(parse, i, found, who)
    found = _completed(parse, found, rules, who, taken)
    return Draft(
        head=i,
        tokens=(i,),
        cls="Event",
        predicate=name,
        rule="plain verb" if root is None else f"plain verb, predicates.toml:{root}",
        plover=root,
        roles=_plain_roles(found, _PLAIN, who),
        confidence=0.6,
    )


def _completed(
    parse: Parse, found: list[Argument], rules: EventRules, who: Participants, taken: Collection[int]
) -> list[Argument]:
    """The arguments with those of an object that only completes its verb in its place: "played a role
    *in Libya*", "has influence *on the rebels*". Such a noun names nothing that is told of, and is in the
    predicate's name."""
    out: list[Argument] = []
    for argument in found:
        if argument.token in taken or not _only_completes(parse, argument, rules, who):
            out.append(argument)
            continue
        below = parse.noun_arguments(argument.token)
        out += [Argument("obj", a.token) for a in below if a.position in _COMPLETED_BY and who.entity(a.token)]
        out += [a for a in below if a.position.startswith("prep:") and a.position not in _COMPLETED_BY]
    return list(dict.fromkeys(out))


def _only_completes(parse: Parse, argument: Argument, rules: EventRules, who: Participants) -> bool:
    noun = argument.token
    if argument.position != "obj" or argument.via != "direct" or parse.pos[noun] != "NOUN":
        return False
    if any(parse.lower[c] in _TAKES_UP for c in parse.children[noun]):
        return False
    entity = who.entity(noun)
    if entity is not None and (entity.cls not in _INERT or entity.named):
        return False
    draft = _plain_noun(parse, noun, rules, who)
    return draft is not None and draft.background


def _plain_noun(parse: Parse, i: int, rules: EventRules, who: Participants) -> Draft | None:
    """An action noun of no class. It is background unless PLOVER's lexicon has it or the text says
    who does it or to whom."""
    if parse.deps[i - 1] == "compound" and f"{parse.lemmas[i - 1]} {parse.lemmas[i]}" in rules.eventive.things:
        return None
    root, _ = root_type(parse, i, rules)
    if root is None and parse.lemmas[i] not in rules.eventive:
        return None
    roles = _plain_roles(frames.arguments(parse, i, "noun", (i,), rules), _PLAIN_NOUN, who)
    entity = who.entity(i)
    is_someone = entity is not None and entity.cls != "Thing"
    if root is None and is_someone:
        return None
    return Draft(
        head=i,
        tokens=(i,),
        cls="Event",
        predicate=parse.lemmas[i],
        rule="plain noun" if root is None else f"plain noun, predicates.toml:{root}",
        plover=root,
        roles=roles,
        confidence=0.5,
        background=root is None and not ({"agent", "patient"} & roles.keys()),
    )


def root_type(parse: Parse, i: int, rules: EventRules) -> tuple[str | None, tuple[int, ...]]:
    """PLOVER's root type of a plain predicate, where the lexicon has one, and the words that show it."""
    return next(((root, tokens) for _, root, tokens in triggers.matches(parse, i, rules.plain)), (None, (i,)))


def _plain_roles(found: Iterable[Argument], mapping: dict[str, str], who: Participants) -> frames.Roles:
    found = list(found)
    roles = frames.roles_of(found, mapping, who)
    used = {t for tokens in roles.values() for t in tokens}
    for argument in found:
        if argument.position != "prep:to" or argument.token in used:
            continue
        entity = who.entity(argument.token)
        if entity is not None:
            place = entity.cls in {"Country", "City", "Region", "Place", "Facility"}
            roles.setdefault("destination" if place else "recipient", []).append(argument.token)
    return roles


def _predicate(parse: Parse, verb: int, found: Iterable[Argument], who: Participants) -> str:
    """A readable name for a plain event: the verb, its particle, and an object that is no one:
    "grant overseas travel", "agonize"."""
    words = [parse.lemmas[verb]]
    particle = parse.child(verb, "prt")
    if particle is not None:
        words.append(parse.lower[particle])
    for argument in found:
        if argument.position == "obj" and argument.via == "direct" and parse.pos[argument.token] == "NOUN":
            entity = who.entity(argument.token)
            if entity is None or (entity.cls == "Thing" and not entity.named):
                words += _bare(parse, argument.token)
            break
    return " ".join(words)


def _bare(parse: Parse, noun: int) -> Iterator[str]:
    start, end = parse.base_noun_phrase(noun)
    for t in range(start, end):
        if parse.pos[t] in {"NOUN", "ADJ", "PROPN"} and parse.sent_of[t] == parse.sent_of[noun]:
            yield parse.lower[t]
