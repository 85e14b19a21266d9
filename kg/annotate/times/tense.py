"""Which way a clause looks: whether what it says lies before or after the document's date."""

from __future__ import annotations

from typing import Literal

from kg.rules.times import TimeWords
from kg.syntax import Parse

#: "likely" is the future that an infinitive leaves open: "her decision to go".
Tense = Literal["past", "present", "future", "likely", ""]

_AFTER = frozenset({"after", "following", "since"})
_CONDITIONS = frozenset({"if", "unless", "once", "until"})
_STEPS = 12


def of_clause(parse: Parse, token: int, words: TimeWords) -> Tense:
    """The tense of the verb that governs a token; "" where no verb does.

    A preposition on the way decides before the verb: what is "ahead of Monday's vote" has
    Monday in the future, what comes "after Monday's vote" has it in the past.
    """
    at, inside_noun, steps = token, False, 0
    while parse.heads[at] != at and steps < _STEPS:
        at, steps = parse.heads[at], steps + 1
        if inside_noun and parse.lower[at] in _AFTER | {"ahead"}:
            return "past" if parse.lower[at] in _AFTER else "future"
        if parse.pos[at] in {"VERB", "AUX"}:
            found = of_verb(parse, at, words)
            timetable = parse.lemmas[at] != "be" or (steps <= 2 and not inside_noun)
            return found if timetable or found != "future" or _is_modal(parse, at) else "present"
        if parse.pos[at] == "ADJ" and parse.lemmas[at] in words.lists["PROSPECTIVE"]:
            return "likely" if of_clause_above(parse, at, words, 0) == "past" else "future"
        inside_noun = inside_noun or parse.pos[at] in {"NOUN", "PROPN"}
    return ""


def _is_modal(parse: Parse, verb: int) -> bool:
    return any(parse.tags[c] in {"MD", "TO"} for c in parse.children[verb])


def of_verb(parse: Parse, verb: int, words: TimeWords, depth: int = 0) -> Tense:
    """The tense of a verb, with its auxiliaries; of a bare form, that of the clause it hangs on."""
    auxiliaries = [c for c in parse.children[verb] if parse.deps[c] in {"aux", "auxpass"}]
    if any(parse.tags[c] == "MD" for c in auxiliaries):
        return "past" if any(parse.lemmas[c] == "have" for c in auxiliaries) else "future"
    tag = parse.tags[verb]
    finite = [parse.tags[c] for c in auxiliaries if parse.tags[c] in {"VBD", "VBP", "VBZ"}]
    if tag == "VBN" and parse.lemmas[verb] in words.lists["SCHEDULED"]:
        return _of_plan(parse, verb, finite, words, depth)
    if tag == "VBD" or "VBD" in finite:
        return "past"
    if tag == "VBN" and any(parse.lemmas[c] == "have" for c in auxiliaries):
        return "past"
    if tag in {"VBP", "VBZ"}:
        return "future" if _looks_ahead(parse, verb, words, depth) else "present"
    if finite:
        return "future" if tag == "VBG" else "present"
    return _of_bare_form(parse, verb, words, depth)


def _of_plan(parse: Parse, verb: int, finite: list[str], words: TimeWords, depth: int) -> Tense:
    """ "is scheduled for" looks ahead; what "was scheduled for" a time, or is told of as past with
    its plan ("left before the vote scheduled for"), may be over by now."""
    if "VBD" in finite:
        return "likely"
    alone = not finite and depth <= _STEPS
    return "likely" if alone and of_clause_above(parse, verb, words, depth) == "past" else "future"


def _looks_ahead(parse: Parse, verb: int, words: TimeWords, depth: int) -> bool:
    """Whether a simple present tells what is to come: "the talks open on Monday", "if they win"."""
    if any(parse.deps[c] == "mark" and parse.lower[c] in _CONDITIONS for c in parse.children[verb]):
        return True
    return parse.lemmas[verb] in words.lists["TIMETABLED"] and (depth == 0 or parse.lemmas[verb] != "be")


def _of_bare_form(parse: Parse, verb: int, words: TimeWords, depth: int) -> Tense:
    """Infinitives look where the word that they complete looks; participles share their clause's
    tense, but a past participle on a noun tells what is over ("the talks held on Monday")."""
    tag, dep, head = parse.tags[verb], parse.deps[verb], parse.heads[verb]
    if head == verb or depth > _STEPS:
        return "past" if tag == "VBN" else ""
    governed = parse.pos[head] in {"VERB", "AUX"}
    if tag == "VBN" and not (dep == "conj" and governed):
        return "past" if not any(parse.tags[c] == "TO" for c in parse.children[verb]) else "future"
    if tag == "VB" and dep in {"acl", "relcl"}:
        return "future" if parse.is_passive(verb) else "likely"
    if tag == "VB" and dep in {"xcomp", "ccomp"}:
        if parse.lemmas[head] == "be":
            # what "was to end" may have done so by now
            return "likely" if parse.tags[head] == "VBD" else "future"
        if parse.lemmas[head] in words.lists["PROSPECTIVE"]:
            return "future"
    return of_clause_above(parse, verb, words, depth)


def of_clause_above(parse: Parse, verb: int, words: TimeWords, depth: int) -> Tense:
    """The tense of the nearest verb above."""
    at = verb
    for _ in range(_STEPS):
        if parse.heads[at] == at:
            return ""
        at = parse.heads[at]
        if parse.pos[at] in {"VERB", "AUX"}:
            return of_verb(parse, at, words, depth + 1)
    return ""
