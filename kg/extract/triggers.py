"""Where a trigger stands: patterns of words matched on the tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from kg.rules.schema import Kind, Pattern
from kg.syntax import CLAUSES, SUBJECTS, Parse

T = TypeVar("T")

#: How far below a verb the words of its pattern may stand, in steps of the tree.
_DEPTH = 3
_PARTICIPLES = frozenset({"VBN", "VBG"})
#: Labels that a trigger's own words do not cross: other clauses, and who does it.
_FOREIGN = CLAUSES | SUBJECTS | {"appos", "conj"}
_COMPLEMENTS = frozenset({"xcomp", "ccomp"})


def kinds_at(parse: Parse, i: int) -> tuple[Kind, ...]:
    """What kinds of trigger token ``i`` can be by its tag, best first."""
    pos, tag = parse.pos[i], parse.tags[i]
    if pos == "VERB" or (pos == "AUX" and parse.deps[i] not in {"aux", "auxpass"}):
        # a participle before a noun may be an adjective of the lexicon ("wounded", "missing")
        return ("verb", "adjective") if tag in _PARTICIPLES and parse.child(i, "dobj") is None else ("verb",)
    if pos == "NOUN":
        # the tagger takes some gerunds and short verbs for nouns; the pattern decides
        return ("noun",)
    if pos == "ADJ":
        return ("adjective", "verb") if parse.words[i].endswith(("ed", "ing")) else ("adjective",)
    return ()


def matches(
    parse: Parse, i: int, index: Mapping[Kind, Mapping[str, tuple[tuple[Pattern, T], ...]]]
) -> Iterator[tuple[Pattern, T, tuple[int, ...]]]:
    """Each (pattern, value, tokens) of the index whose head is token ``i``, best first."""
    forms = parse.forms[parse.sent_of[i]]
    for kind in kinds_at(parse, i):
        for lemma in _head_forms(parse, i, kind):
            for pattern, value in index[kind].get(lemma, ()):
                if len(pattern.words) == 1:
                    tokens: tuple[int, ...] | None = (i,)
                elif forms.isdisjoint(pattern.words[1]):
                    continue  # most patterns fail here, before the tree is looked at
                else:
                    tokens = _match(parse, i, pattern)
                if tokens is not None:
                    yield pattern, value, tokens


def are_there(parse: Parse, i: int, index: Mapping[Kind, Mapping[str, object]]) -> bool:
    """Whether the index has anything at all for token ``i``: of most words it has nothing."""
    return any(lemma in index[kind] for kind in kinds_at(parse, i) for lemma in _head_forms(parse, i, kind))


def _head_forms(parse: Parse, i: int, kind: Kind) -> tuple[str, ...]:
    lemma, lower = parse.lemmas[i], parse.lower[i]
    if kind == "verb":
        return (lemma,) if parse.pos[i] != "ADJ" else (_verb_of_participle(lower),)
    return (lemma,) if lemma == lower else (lemma, lower)


def _verb_of_participle(word: str) -> str:
    """The lemma of a participle that the tagger took for an adjective, as the lemmatizer would
    have it for the regular ones: "detained" -> "detain"."""
    for suffix in ("ed", "ing"):
        if word.endswith(suffix):
            stem = word[: -len(suffix)]
            if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "sl":
                stem = stem[:-1]
            return stem
    return word


def _match(parse: Parse, i: int, pattern: Pattern) -> tuple[int, ...] | None:
    """The tokens of ``pattern`` with its head at ``i``, in text order; ``None`` if it does not fit."""
    forms = parse.forms[parse.sent_of[i]]
    if any(forms.isdisjoint(word) for word in pattern.words):
        return None
    found = _beside_noun(parse, i, pattern) if pattern.kind != "verb" else _below_verb(parse, i, pattern)
    return None if found is None else tuple(sorted((i, *found)))


def _fits(parse: Parse, token: int, word: frozenset[str]) -> bool:
    return parse.lemmas[token] in word or parse.lower[token] in word


def _below_verb(parse: Parse, verb: int, pattern: Pattern) -> list[int] | None:
    """The words after a verb: below it to its right, in order, or its passive subject."""
    nearby = sorted(_reach(parse, verb, _DEPTH))
    passive = [c for c in parse.with_dep(verb, "nsubjpass")]
    if not passive and parse.deps[verb] in {"relcl", "acl"} and parse.is_passive(verb):
        passive = [parse.heads[verb]]
    found: list[int] = []
    at = verb
    for word in pattern.words[1:]:
        token = next((t for t in nearby if t > at and _fits(parse, t, word) and _bound(parse, t, (verb, *found))), None)
        if token is None:
            token = next((t for t in passive if _fits(parse, t, word)), None)
        else:
            at = token
        if token is None:
            return None
        found.append(token)
    return found if _whole(parse, found) else None


def _bound(parse: Parse, token: int, above: tuple[int, ...]) -> bool:
    """Whether a preposition hangs on the trigger itself, and a noun on one of its own prepositions: not
    "spoke at the opening *of* the week", not "made it a priority, with new *laws*"."""
    head = parse.heads[token]
    if parse.deps[token] == "pobj":
        return head in above or parse.lower[head] in {"of", "in"} or parse.heads[head] not in above
    return parse.deps[token] != "prep" or head in above


def _whole(parse: Parse, found: list[int]) -> bool:
    """Whether nouns stand for themselves: "cut jobs", not "cut job security"."""
    return all(parse.deps[t] not in {"compound", "poss", "nmod"} or parse.heads[t] in found for t in found)


def _reach(parse: Parse, i: int, depth: int) -> Iterator[int]:
    for c in parse.children[i]:
        dep = parse.deps[c]
        if dep not in _FOREIGN or (dep == "xcomp" and parse.pos[c] == "ADJ"):
            yield c
            if depth > 1:
                yield from _reach(parse, c, depth - 1)
        elif (depth == _DEPTH and dep in _COMPLEMENTS) or (dep == "pcomp" and parse.lower[i] == "as"):
            yield c  # "let know", "quoted as saying": the verb itself, nothing below it
        if depth == _DEPTH and (mark := parse.for_clause(i, c)) is not None:
            yield mark


def _beside_noun(parse: Parse, noun: int, pattern: Pattern) -> list[int] | None:
    """The words before a noun (its modifiers, or directly before it) and those after it."""
    found: list[int] = []
    at = noun
    for word in reversed(pattern.words[: pattern.head]):
        near = [t for t in range(at - 1, max(parse.edges[noun][0], at - 4) - 1, -1)]
        token = next((t for t in near if _fits(parse, t, word) and parse.pos[t] != "PUNCT"), None)
        if token is None and at > 0 and _fits(parse, at - 1, word) and parse.sent_of[at - 1] == parse.sent_of[noun]:
            token = at - 1
        if token is None:
            return None
        found.append(token)
        at = token
    at = noun
    nearby = sorted(_reach(parse, noun, _DEPTH))
    for word in pattern.words[pattern.head + 1 :]:
        token = next((t for t in nearby if t > at and _fits(parse, t, word)), None)
        if token is None:
            return None
        found.append(token)
        at = token
    return found


def trigger_span(parse: Parse, head: int, tokens: tuple[int, ...]) -> tuple[int, int]:
    """The token range to show for a trigger: all its words when they stand together (up to two
    words between), else its head alone."""
    first, last = tokens[0], tokens[-1]
    if last - first + 1 - len(tokens) <= 2:
        return first, last + 1
    return head, head + 1
