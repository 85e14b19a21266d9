"""Which other words of a sentence tell when an event was: its light verb, the clause that it is part of.

``carriers`` are words whose time is the event's own; ``neighbours`` are clauses that were at the
same time, asked only where an event has no time of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract import handing
from kg.extract.clauses import is_infinitive, own_clauses
from kg.rules import occasions
from kg.rules.schema import EventRules
from kg.syntax import SUBJECTS, Parse

#: Prepositions that make an event the occasion of what their verb says: both have one time.
_ON_OCCASION = frozenset({"in", "during", "at", "upon", "amid", "by", "with"})
#: Prepositions before what is said or written.
_IN_WORDS = frozenset({"in", "at", "during", "on"})
_MEANWHILE = frozenset({"when", "while"})
_VERBS = frozenset({"VERB", "AUX"})


def carriers(parse: Parse, i: int, rules: EventRules) -> Iterator[int]:
    """The other words whose times are those of the event at ``i``: its light verb or copula, a verb
    that says no more than that it begins, goes on or takes place."""
    head, dep = parse.heads[i], parse.deps[i]
    if dep in {"attr", "acomp", "oprd"} and head != i:
        yield head
    if parse.pos[i] in _VERBS:
        yield from _of_verb(parse, i, rules)
    elif parse.pos[i] == "NOUN":
        yield from _of_noun(parse, i, rules)


def _of_verb(parse: Parse, i: int, rules: EventRules) -> Iterator[int]:
    head, dep = parse.heads[i], parse.deps[i]
    seen = parse.tags[i] == "VBG" and parse.lemmas[head] in occasions.load().perception
    if dep in {"xcomp", "ccomp"} and (seen or (dep == "xcomp" and parse.lemmas[head] in rules.eventive.aspect)):
        yield head
    if dep == "pcomp" and parse.lower[head] in _ON_OCCASION - {"with"} and parse.pos[parse.heads[head]] == "VERB":
        yield parse.heads[head]  # "was applauded on Monday upon announcing it"


def _of_noun(parse: Parse, i: int, rules: EventRules) -> Iterator[int]:
    head, dep = parse.heads[i], parse.deps[i]
    words = occasions.load()
    light = handing.light_verb(parse, i, rules)
    if light is not None and parse.lemmas[light[0]] not in words.announcing:
        yield light[0]
    if dep in {"dobj", "nsubjpass"} and parse.lemmas[head] in rules.eventive.aspect:
        yield head
    if dep in {"nsubj", "nsubjpass"} and parse.pos[head] in _VERBS:
        if dep == "nsubj" and parse.pos[head] == "VERB":
            yield head  # "the blast killed two on Monday"
        yield from _arranged(parse, head, rules)
    if dep == "pobj":
        yield from _below_preposition(parse, i, rules)
    if dep == "dobj":
        # "announced his resignation effective Monday"
        yield from (c for c in parse.children[head] if c > i and parse.lemmas[c] == "effective")
    yield from (c for c in parse.children[i] if c > i and parse.lemmas[c] == "effective")
    for c in own_clauses(parse, i):
        if parse.lemmas[c] in rules.eventive.aspect or parse.lemmas[c] in rules.light:
            yield c
            yield from _arranged(parse, c, rules)


def _arranged(parse: Parse, verb: int, rules: EventRules) -> Iterator[int]:
    """What an event is to do: "is *to be held* in May", "is due *to begin* on Monday", "set *to open* on Monday"."""
    below = (verb, *parse.with_dep(verb, "acomp", "oprd"))
    clauses = (c for b in below for c in parse.with_dep(b, "xcomp", "advcl") if is_infinitive(parse, c))
    yield from (c for c in clauses if parse.lemmas[c] in rules.eventive.aspect)


def _below_preposition(parse: Parse, i: int, rules: EventRules) -> Iterator[int]:
    prep = parse.heads[i]
    above = parse.heads[prep]
    if parse.lower[prep] in _ON_OCCASION and parse.pos[above] == "VERB":
        yield above  # "was killed in a raid on Monday"
    partitive = parse.lower[prep] == "of" and parse.lemmas[above] in occasions.load().partitive
    if partitive or (parse.lower[prep] == "with" and parse.pos[above] == "NOUN"):
        # "has been the target of sanctions since 2011", "began an offensive with air strikes on Monday"
        yield above
        yield from carriers(parse, above, rules)


def of_office(parse: Parse, i: int, rules: EventRules) -> Iterator[int]:
    """The words whose times are those of an office: "*served* as consul", "*began serving* as consul"."""
    prep = parse.heads[i]
    if parse.deps[i] != "pobj" or parse.lower[prep] != "as":
        return
    verb = parse.heads[prep]
    yield verb
    yield from _of_verb(parse, verb, rules)


# ------------------------------------------------------------------ clauses that were at the same time
def neighbours(parse: Parse, i: int) -> Iterator[int]:
    """The verbs and nouns that were when the verb ``i`` was: "She said so *when she visited* Oslo on Monday", "the
    *blast* on Monday killed two"."""
    if parse.pos[i] not in _VERBS:
        return
    if parse.lemmas[i] in occasions.load().wreaking and not parse.is_passive(i):
        subject = parse.subject(i)
        if subject is not None and subject.position == "subj" and parse.pos[subject.token] == "NOUN":
            yield subject.token
    yield from _meanwhile(parse, i)
    yield from _on_the_day_when(parse, i)
    yield from _participles(parse, i)
    yield from _words_of(parse, i)


def _meanwhile(parse: Parse, i: int) -> Iterator[int]:
    """A clause with "when" or "while" and the clause above it, both in the past."""
    pairs = [(c, i) for c in parse.with_dep(i, "advcl")]
    if parse.deps[i] == "advcl":
        pairs.append((i, parse.heads[i]))
    for below, above in pairs:
        marked = any(parse.lower[c] in _MEANWHILE and c < below for c in parse.children[below])
        if marked and _is_past(parse, above) and (_is_past(parse, below) or parse.tags[below] == "VBG"):
            yield above if below == i else below


def _on_the_day_when(parse: Parse, i: int) -> Iterator[int]:
    """What was on a day of which a clause tells more: "It broke out on Tuesday, *when* the consul was expelled"."""
    noun = parse.heads[i]
    told = any(parse.lower[c] == "when" for c in parse.children[i])
    if parse.deps[i] == "relcl" and told and _is_past(parse, i) and parse.pos[noun] in {"NOUN", "PROPN"}:
        yield noun
        yield from (up for up in parse.ancestors(noun) if parse.pos[up] in _VERBS)


def _participles(parse: Parse, i: int) -> Iterator[int]:
    """ "*Speaking* in Oslo on Monday, she said", "On Monday she called for talks, *claiming* ..."."""
    first = (
        parse.heads[i] if parse.deps[i] == "conj" and parse.tags[i] == "VBG" else i
    )  # "killing two and *wounding* six"
    if parse.deps[first] == "advcl" and _is_bare_participle(parse, first) and _is_past(parse, parse.heads[first]):
        yield parse.heads[first]
    if _is_past(parse, i):
        yield from (c for c in parse.with_dep(i, "advcl") if c < i and _is_bare_participle(parse, c))


def _is_bare_participle(parse: Parse, i: int) -> bool:
    return parse.tags[i] == "VBG" and not any(
        parse.deps[c] in {"aux", "mark", "prep"} and c < i for c in parse.children[i]
    )


def _words_of(parse: Parse, i: int) -> Iterator[int]:
    """ "In a *letter* on Monday, she urged": what is said in words is said when they were written."""
    for prep in parse.with_dep(i, "prep"):
        noun = parse.child(prep, "pobj") if parse.lower[prep] in _IN_WORDS else None
        if noun is not None and parse.lemmas[noun] in occasions.load().utterances:
            yield noun
            yield from own_clauses(parse, noun)


def fronted(parse: Parse, verb: int) -> tuple[int, int] | None:
    """The verb that opens the coordination which ``verb`` continues, and the token before which a time
    is that of all: "On Monday she *came* and spoke"."""
    first = verb
    while parse.deps[first] in {"conj", "dep"} and parse.pos[parse.heads[first]] == "VERB":
        first = parse.heads[first]
    subject = parse.child(first, *SUBJECTS, "nsubjpass")
    if first == verb or subject is None or parse.tags[verb] != parse.tags[first]:
        return None
    return first, subject


def _is_past(parse: Parse, i: int) -> bool:
    """Whether a clause is told in the past tense."""
    return parse.tags[i] == "VBD" or any(parse.tags[c] == "VBD" for c in parse.with_dep(i, "aux", "auxpass"))
