"""What a noun for an event gets from the words above it: its doer and its place from a light verb ("carried out an
attack"), whom it befell from a noun ("the *victim* of an attack"), whose it is from what is done in its light ("fired a
missile in *breach* of the truce").
"""

from __future__ import annotations

from kg.rules.schema import EventRules
from kg.syntax import Argument, Parse

#: Prepositions whose object is where something happens, if it is a place.
PLACE = ("prep:in", "prep:at", "prep:near", "prep:inside", "prep:outside", "prep:on", "prep:across", "prep:around")
#: Before what one says or does something at: "in talks with Lund", "during a visit".
_OCCASION = frozenset({"in", "during", "at"})
#: Verbs that tell where something was known to happen: "looting *was reported* in Osby".
_TOLD_OF = frozenset({"report", "record", "register", "see", "observe"})
#: Positions of whoever does what a noun names.
_OWN = frozenset({"poss", "compound", "prep:by"})


def light_verb(parse: Parse, noun: int, rules: EventRules) -> tuple[int, str] | None:
    """The light verb that an action noun completes ("carried out an attack"), and whether its
    subject is the noun's ``subj`` or ``obj``; ``None`` if there is none."""
    first = noun
    while parse.deps[first] == "conj":
        first = parse.heads[first]
    verb = parse.heads[first]
    if parse.deps[first] == "pobj":
        verb = parse.heads[verb]
        if parse.deps[parse.heads[first]] != "prep":
            return None
        key = f"{parse.lemmas[verb]} {parse.lower[parse.heads[first]]}"
    elif parse.deps[first] in {"dobj", "nsubjpass", "attr"}:
        particle = parse.child(verb, "prt")
        key = parse.lemmas[verb] if particle is None else f"{parse.lemmas[verb]} {parse.lower[particle]}"
    elif parse.deps[first] == "acl" or parse.pos[verb] != "VERB":
        return None
    else:
        return None
    for nouns, subject in rules.light.get(key, ()):
        if not nouns or parse.lemmas[noun] in nouns:
            return verb, subject
    return None


def is_light(parse: Parse, verb: int, rules: EventRules) -> bool:
    """Whether the verb can carry an action noun."""
    particle = parse.child(verb, "prt")
    key = parse.lemmas[verb] if particle is None else f"{parse.lemmas[verb]} {parse.lower[particle]}"
    return key in rules.light or parse.lemmas[verb] in rules.light


def handed_down(parse: Parse, noun: int, rules: EventRules) -> list[Argument]:
    """What an action noun gets from its light verb: a subject, and the verb's own phrases."""
    light = light_verb(parse, noun, rules)
    if light is None:
        participle = parse.child(noun, "acl")
        if participle is not None and parse.tags[participle] == "VBN" and is_light(parse, participle, rules):
            # "an attack carried out by the group", "a deal reached in May between the two"
            below = parse.prepositions(participle)
            return [Argument("subj" if name == "by" else f"prep:{name}", t) for name, t in below]
        return _from_above(parse, noun, rules)
    verb, position = light
    found: list[Argument] = []
    for argument in parse.arguments(verb):
        if argument.position == "subj":
            found.append(Argument(position, argument.token, "control"))
        elif argument.position == "iobj":
            found.append(Argument("iobj", argument.token, "control"))
        elif argument.position.startswith("prep:") and argument.token != noun:
            found.append(argument)
    return found


def _from_above(parse: Parse, noun: int, rules: EventRules) -> list[Argument]:
    """What a noun that no light verb carries gets from what it hangs on."""
    prep = parse.heads[noun]
    if parse.deps[noun] != "pobj":
        return _from_the_verb(parse, noun, rules)
    above = parse.heads[prep]
    if (answerable := _answerable(parse, parse.lower[prep], above)) is not None:
        return [Argument("subj", t, "control") for t in parse.each(answerable)]
    if parse.lower[prep] == "of" and parse.lemmas[above] in rules.eventive.undergoers:
        return [Argument("obj", each.token, "control") for each in so_called(parse, above)]
    if parse.lower[prep] == "in" and parse.lemmas[noun] in rules.eventive.manners:
        return _of_what_is_done(parse, above)
    return _on_the_occasion(parse, noun, above) if parse.lower[prep] in _OCCASION else []


def _answerable(parse: Parse, preposition: str, above: int) -> int | None:
    """Who is said to have done what a preposition leads to: "claimed responsibility *for* it", "is responsible *for*
    it", "was *behind* it", "is blamed *for* it"."""
    at = above
    if preposition == "for" and parse.lemmas[above] == "responsibility" and parse.deps[above] == "dobj":
        at = parse.heads[above]
        return None if parse.child(at, "neg") is not None else _doer(parse, at)
    if preposition == "for" and parse.lemmas[above] == "responsible":
        head = parse.heads[above]
        return head if parse.deps[above] == "amod" else _doer(parse, head)
    if preposition == "for" and parse.lemmas[above] == "blame" and parse.pos[above] == "VERB":
        return parse.child(above, "nsubjpass") if parse.is_passive(above) else parse.child(above, "dobj")
    return _doer(parse, at) if preposition == "behind" and parse.lemmas[above] == "be" else None


def _doer(parse: Parse, verb: int) -> int | None:
    subject = parse.subject(verb)
    return None if subject is None or subject.position != "subj" else subject.token


def _of_what_is_done(parse: Parse, above: int) -> list[Argument]:
    """Who does what is said to be a breach or a protest, of a verb or of a noun ("*its* test in breach of ...")."""
    if parse.pos[above] in {"NOUN", "PROPN"}:
        return [a for a in parse.noun_arguments(above) if a.position in _OWN]
    return [Argument("subj", a.token, "control") for a in parse.arguments(above) if a.position == "subj"]


def _from_the_verb(parse: Parse, noun: int, rules: EventRules) -> list[Argument]:
    """The phrases of a verb that says no more of the noun than that it happens ("the talks took place *in
    Geneva*"), and the parties that the parser hung on the verb ("hailed a deal in May *between A and B*")."""
    verb = parse.heads[noun]
    if parse.pos[verb] != "VERB":
        return []
    below = parse.prepositions(verb)
    happens = parse.lemmas[verb] in rules.eventive.aspect or (
        parse.deps[noun] == "nsubjpass" and parse.lemmas[verb] in _TOLD_OF
    )
    if parse.deps[noun] in {"nsubj", "nsubjpass"} and happens:
        return [Argument(f"prep:{name}", t) for name, t in below if f"prep:{name}" in PLACE]
    if parse.deps[noun] != "dobj":
        return []
    between = [Argument("prep:between", t) for name, t in below if name == "between"]
    own = parse.lemmas[verb] in rules.eventive.undoing and parse.lemmas[noun] in rules.eventive.undertakings
    subject = parse.subject(verb) if own and not between and parse.child(noun, "poss") is None else None
    doers = [] if subject is None else [Argument("subj", t, "control") for t in parse.each(subject.token)]
    return between + doers


def _on_the_occasion(parse: Parse, noun: int, verb: int) -> list[Argument]:
    """Who takes part besides the other side: "*Berg* raised it in a call with Lund"."""
    alone = any(name == "with" for name, _ in parse.prepositions(noun)) and parse.child(noun, "poss") is None
    subject = parse.subject(verb) if alone and parse.pos[verb] == "VERB" else None
    if subject is None or any(name in {"of", "between"} for name, _ in parse.prepositions(noun)):
        return []
    return [Argument("subj", t, "control") for t in parse.each(subject.token)]


def so_called(parse: Parse, noun: int) -> list[Argument]:
    """Whom a noun names, for nouns of a participant: its apposition's other half, the subject of
    its copula, the name that follows it, or the noun itself."""
    head, dep = parse.heads[noun], parse.deps[noun]
    if dep == "appos":
        return [Argument("self", head)]
    if dep == "compound" and head > noun and parse.pos[head] == "PROPN":
        return [Argument("self", t) for t in (parse.each(head) if parse.tags[noun] == "NNS" else [head])]
    if dep in {"attr", "oprd"}:
        subject = parse.subject(head)
        if subject is not None:
            return [Argument("self", t) for t in parse.each(subject.token)]
    named = [t for t in parse.appositions(noun) if parse.pos[t] == "PROPN"]
    return [Argument("self", t) for t in (named if parse.tags[noun] == "NNS" else named[:1]) or [noun]]
