"""What one event has from another of its sentence: who did it, and where it was.

"Nine were killed in an *Israeli* air strike", "she was arrested at a rally *in Oslo*", "a blast killed two *in
Kabul*": the verb and the noun tell of one occasion.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.extract.drafts import Draft, Participants
from kg.extract.frames import is_place
from kg.extract.occasions import fronted
from kg.rules.schema import EventRules
from kg.syntax import Parse

#: Prepositions before the occasion of what a verb says, and those before what it is done by.
_ON_OCCASION = frozenset({"in", "at", "on", "during"})
_BY_MEANS = frozenset({"in", "by"})
_VIOLENCE = "violence"
#: Families of what an event brings about where it is.
_RESULTS = frozenset({"violence", "life", "other"})
_WHERE = ("place", "origin", "destination")
_MOVEMENT = "movement"
#: Classes of other families that befall people together.
_TOGETHER = frozenset({"Arrest", "Detention", "Release", "Abduction", "Expulsion", "Charge", "Conviction"})
_PEOPLE = frozenset({"Person", "Group"})
#: Prepositions before a place at the head of a sentence.
_AT = frozenset({"in", "at", "near", "outside"})


def share(parse: Parse, drafts: Sequence[Draft], rules: EventRules, who: Participants) -> None:
    """Let each verb and the nouns of its occasion have what the other has."""
    nouns = {d.head: d for d in drafts if parse.pos[d.head] == "NOUN" and not d.plain and not d.state}
    violence = {d.head: d for d in drafts if not d.plain and rules.classes[d.cls].family == _VIOLENCE}
    for draft in drafts:
        if parse.pos[draft.head] != "VERB" or draft.plain or draft.state:
            continue
        _with_companions(parse, draft, rules, who)
        for name, token in parse.prepositions(draft.head):
            occasion = nouns.get(token)
            if occasion is None:
                continue
            if name in _BY_MEANS and _families(draft, occasion, rules) == {_VIOLENCE}:
                _hand_doers(draft, occasion)
            if name in _ON_OCCASION | _BY_MEANS:
                _hand_place(occasion, draft)
                _hand_place(draft, occasion)
        subject = parse.subject(draft.head)
        for child in () if subject is None or subject.position != "subj" else parse.each(subject.token):
            cause = nouns.get(child)
            if cause is not None and _families(draft, cause, rules) <= _RESULTS:
                _hand_place(draft, cause)
                _hand_place(cause, draft)
                _hand_doers(draft, cause)
        if rules.classes[draft.cls].family in _RESULTS:
            _from_the_target(parse, violence, draft, who)
        _from_the_front(parse, draft, who)


def _with_companions(parse: Parse, draft: Draft, rules: EventRules, who: Participants) -> None:
    """Those with whom somebody travels, disappears or is arrested do, or suffer, the same: "fled *with his wife*"."""
    if rules.classes[draft.cls].family != _MOVEMENT and draft.cls not in _TOGETHER:
        return
    subject = parse.subject(draft.head)
    role = None if subject is None else next((r for r, ts in draft.roles.items() if subject.token in ts), None)
    if role is None:
        return
    taken = {t for tokens in draft.roles.values() for t in tokens}
    for name, token in parse.prepositions(draft.head):
        entity = who.entity(token)
        if name == "with" and token not in taken and entity is not None and entity.cls in _PEOPLE:
            draft.add(role, [token])


def _families(one: Draft, other: Draft, rules: EventRules) -> set[str]:
    return {rules.classes[one.cls].family, rules.classes[other.cls].family}


def _hand_doers(draft: Draft, occasion: Draft) -> None:
    """Who did it on that occasion, unless somebody else is said to have done it."""
    if occasion.roles.get("agent") and not set(draft.roles.get("agent", ())) - {occasion.head}:
        draft.add("agent", occasion.roles.get("agent", ()))


def _hand_place(giver: Draft, taker: Draft) -> None:
    if giver.roles.get("place") and not any(taker.roles.get(role) for role in _WHERE):
        taker.add("place", giver.roles["place"])


def _from_the_target(parse: Parse, violence: Mapping[int, Draft], draft: Draft, who: Participants) -> None:
    """The place of an attack, or the place attacked, is where it hurt people: "stormed *the base*, killing two"."""
    verb = parse.heads[draft.head]
    attack = violence.get(verb)
    if attack is None or verb > draft.head or parse.deps[draft.head] not in {"advcl", "conj"}:
        return
    hit = [t for t in attack.roles.get("patient", ()) if is_place(t, who)]
    where = attack.roles.get("place") or hit
    if where and not any(draft.roles.get(role) for role in _WHERE):
        draft.add("place", where)


def _from_the_front(parse: Parse, draft: Draft, who: Participants) -> None:
    """A place at the head of a sentence is that of all its coordinated verbs: "*In Oslo* she spoke and was booed"."""
    opening = fronted(parse, draft.head)
    if opening is None or any(draft.roles.get(role) for role in _WHERE):
        return
    first, subject = opening
    before = parse.edges[subject][0]
    places = [t for name, t in parse.prepositions(first) if name in _AT and t < before and is_place(t, who)]
    if places:
        draft.add("place", places)
