"""Everything else that is said: a plain event for each predicate that no class has.

Predicates that only carry, start or colour what another word names, and nouns that only may
name an event, are *background*: they stand in the reading with their polarity and certainty,
but make no situation in the graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.extract import frames, triggers
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
    "prep:from": "origin",
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


def find(annotations: Annotations, taken: set[int], rules: EventRules, who: Participants) -> list[Draft]:
    """A plain event for each verb and action noun of the body that is not ``taken``."""
    parse = annotations.parse
    found = (
        _plain(parse, i, rules, who)
        for sentence in annotations.body
        for i in range(*parse.sents[sentence])
        if i not in taken
    )
    return [draft for draft in found if draft is not None]


def background(parse: Parse, i: int, rules: EventRules, who: Participants) -> Draft:
    """The verb ``i`` as an event that the graph leaves out."""
    draft = _plain_verb(parse, i, rules, who)
    draft.background = True
    draft.plover = None
    return draft


def _plain(parse: Parse, i: int, rules: EventRules, who: Participants) -> Draft | None:
    if parse.pos[i] == "VERB" and parse.deps[i] not in {"aux", "auxpass", "compound"}:
        only_colours = parse.deps[i] == "amod" or parse.lemmas[i] in rules.generic
        return background(parse, i, rules, who) if only_colours else _plain_verb(parse, i, rules, who)
    if parse.pos[i] == "NOUN" and parse.name_at.get(i) is None:
        return _plain_noun(parse, i, rules, who)
    return None


def _plain_verb(parse: Parse, i: int, rules: EventRules, who: Participants) -> Draft:
    root, tokens = root_type(parse, i, rules)
    found = frames.arguments(parse, i, "verb", (i,), rules)
    # "signed a deal with Chile": Chile stands below the deal
    found += [a for t in tokens if parse.pos[t] == "NOUN" for a in parse.noun_arguments(t) if a.position in _PASSED_UP]
    return Draft(
        head=i,
        tokens=(i,),
        cls="Event",
        predicate=_predicate(parse, i, found, who),
        rule="plain verb" if root is None else f"plain verb, predicates.toml:{root}",
        plover=root,
        roles=_plain_roles(found, _PLAIN, who),
        confidence=0.6,
    )


def _plain_noun(parse: Parse, i: int, rules: EventRules, who: Participants) -> Draft | None:
    """An action noun of no class. It is background unless PLOVER's lexicon has it or the text says
    who does it or to whom."""
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
