"""What happens: triggers of the event classes with their participants, and every other predicate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.extract import frames, triggers
from kg.extract.drafts import Draft, Participants
from kg.model import Annotations
from kg.rules.schema import EventRules, Frame, Kind, Pattern
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
#: Endings of nouns that name what somebody does; those that do not are in ``not_eventive``.
_EVENTIVE = ("tion", "sion", "ment", "ance", "ence", "ing", "al", "ure", "age")


def find(annotations: Annotations, rules: EventRules, who: Participants) -> list[Draft]:
    """Every situation of the body that a verb, noun or adjective names, in text order.

    States by titles, posts and kin terms are found in ``states``.
    """
    parse = annotations.parse
    drafts: list[Draft] = []
    for sentence in annotations.body:
        for i in range(*parse.sents[sentence]):
            draft = _classed(parse, i, rules, who)
            if draft is not None:
                drafts.append(draft)
    drafts = _without_parts(parse, drafts, rules)
    taken = {t for draft in drafts for t in draft.tokens} | _light_verbs(parse, drafts, rules)
    plain = [
        draft
        for sentence in annotations.body
        for i in range(*parse.sents[sentence])
        if i not in taken and (draft := _plain(parse, i, rules, who)) is not None
    ]
    return sorted(drafts + plain, key=lambda d: (d.head, d.tokens))


# ------------------------------------------------------------------ situations of a class
def _classed(parse: Parse, i: int, rules: EventRules, who: Participants) -> Draft | None:
    """The first frame that fits at token ``i``, its roles filled."""
    if parse.pos[i] == "NOUN" and (name := parse.name_at.get(i)) is not None and name.label not in _EVENT_NAMES:
        return None
    modifier = _modifies_noun(parse, i)
    for pattern, frame, tokens in triggers.matches(parse, i, rules.index):
        if modifier and "self" not in frame.noun:
            continue
        draft = _draft(parse, i, pattern, frame, tokens, rules, who)
        if draft is not None:
            return draft
    return None


def _modifies_noun(parse: Parse, i: int) -> bool:
    """Whether a noun only says of what kind the next one is: "death row", "an arrest warrant"."""
    return parse.pos[i] == "NOUN" and parse.deps[i] == "compound" and parse.pos[parse.heads[i]] == "NOUN"


_EVENT_NAMES = frozenset({"EVENT", "DATE", "TIME", "LAW", "CARDINAL", "NORP"})


def _draft(
    parse: Parse,
    i: int,
    pattern: Pattern,
    frame: Frame,
    tokens: tuple[int, ...],
    rules: EventRules,
    who: Participants,
) -> Draft | None:
    found = frames.arguments(parse, i, pattern.kind, tokens, rules)
    roles = frames.roles_of(found, frame.noun if pattern.kind == "noun" else frame.verb, who)
    if any(argument.position in frame.without for argument in found) or not frames.fits(frame, roles, i, tokens, who):
        return None
    event_class = rules.classes[frame.cls]
    return Draft(
        head=i,
        tokens=tokens,
        cls=frame.cls,
        predicate=" ".join(parse.lemmas[t] for t in tokens),
        rule=f"{frame.rule} {pattern.kind} «{pattern.text}»",
        state=event_class.state,
        plover=_finer_root(parse, i, len(tokens), rules) or event_class.plover,
        roles=_ordered(roles, event_class.roles),
        confidence=_trust(frame, pattern.kind),
    )


def _ordered(roles: frames.Roles, order: Iterable[str]) -> frames.Roles:
    known = [role for role in order if role in roles]
    return {role: roles[role] for role in (*known, *(r for r in roles if r not in known))}


def _trust(frame: Frame, kind: Kind) -> float:
    """Verbs are read more surely than nouns; conditions that held make a trigger surer."""
    base = {"verb": 0.85, "noun": 0.75, "adjective": 0.75}[kind]
    return min(0.95, base + 0.02 * frame.conditions)


def _without_parts(parse: Parse, drafts: list[Draft], rules: EventRules) -> list[Draft]:
    """Drop what is only a part of a longer trigger: the asylum of "seek asylum". Where the part is
    itself a longer noun ("make a *port call*"), the light verb goes instead."""
    long_nouns = {d.head for d in drafts if len(d.tokens) > 1 and parse.pos[d.head] == "NOUN"}
    kept = [
        d
        for d in drafts
        if not (parse.lemmas[d.head] in rules.light and any(t in long_nouns for t in d.tokens if t != d.head))
    ]
    inner = {t for d in kept if len(d.tokens) > 1 for t in d.tokens if t != d.head}
    return [d for d in kept if d.head not in inner]


def _light_verbs(parse: Parse, drafts: list[Draft], rules: EventRules) -> set[int]:
    """The verbs that only carry an action noun: no events of their own."""
    return {
        light[0]
        for draft in drafts
        if parse.pos[draft.head] == "NOUN" and (light := frames.light_verb(parse, draft.head, rules)) is not None
    }


# ------------------------------------------------------------------ everything else
def _plain(parse: Parse, i: int, rules: EventRules, who: Participants) -> Draft | None:
    if parse.pos[i] == "VERB" and parse.deps[i] not in {"aux", "auxpass", "amod", "compound"}:
        return None if parse.lemmas[i] in rules.generic else _plain_verb(parse, i, rules, who)
    if parse.pos[i] == "NOUN" and parse.name_at.get(i) is None:
        return _plain_noun(parse, i, rules, who)
    return None


def _plain_verb(parse: Parse, i: int, rules: EventRules, who: Participants) -> Draft:
    root, tokens = _root(parse, i, rules)
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
    """An action noun of no class: one that the lexicon lists, or that looks like one and has a doer
    or an object."""
    root, _ = _root(parse, i, rules)
    listed = root is not None
    if not listed and (not parse.lemmas[i].endswith(_EVENTIVE) or parse.lemmas[i] in rules.generic):
        return None
    found = frames.arguments(parse, i, "noun", (i,), rules)
    roles = _plain_roles(found, _PLAIN_NOUN, who)
    entity = who.entity(i)
    if not listed and (not roles or (entity is not None and entity.cls != "Thing")):
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
    )


def _root(parse: Parse, i: int, rules: EventRules) -> tuple[str | None, tuple[int, ...]]:
    """PLOVER's root type of a plain predicate, where the lexicon has one, and the words that show it."""
    return next(((root, tokens) for _, root, tokens in triggers.matches(parse, i, rules.plain)), (None, (i,)))


def _finer_root(parse: Parse, i: int, length: int, rules: EventRules) -> str | None:
    """The root type of a longer phrase than the one that gave the class: a promise is AGREE, a
    promise of support SUPPORT."""
    root, tokens = _root(parse, i, rules)
    if len(tokens) > max(length, 1):
        return root
    light = frames.light_verb(parse, i, rules) if parse.pos[i] == "NOUN" else None
    if light is None:
        return None
    root, tokens = _root(parse, light[0], rules)
    return root if i in tokens else None


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
