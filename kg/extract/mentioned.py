"""Words that are only mentioned: "the phrase “state terror”" speaks of two words, and of no terror."""

from __future__ import annotations

from collections.abc import Iterable

from kg.extract.drafts import Draft
from kg.rules.cues import Cues
from kg.syntax import Parse

_OPENING = frozenset({"“", "``", '"', "''", "‘", "'", "`"})
#: How many words of the expression may stand before the one in question: a trigger of a class, another noun.
_BEFORE_TRIGGER, _BEFORE_NOUN = 5, 4
#: Nouns for words, before what triggers a class: "the term *terrorism*".
_FOR_WORDS = frozenset("adjective epithet expression hashtag label name nickname phrase slogan term verb word".split())
#: Those that mean nothing else before a noun: not "a *term* loan".
_ONLY_FOR_WORDS = frozenset({"expression", "phrase", "word"})


def is_mentioned(parse: Parse, i: int) -> bool:
    """Whether a trigger is only spoken of as a word: "the phrase '*holy war*'", "the term *genocide*"."""
    mark = _mark_before(parse, i, _BEFORE_TRIGGER)
    before = (i if mark is None else mark) - 1
    if before < parse.sents[parse.sent_of[i]][0] or parse.lemmas[before] not in _FOR_WORDS:
        return False
    if mark is not None:
        return True
    compound = parse.deps[before] == "compound" and parse.lemmas[before] in _ONLY_FOR_WORDS
    return parse.pos[i] == "NOUN" and (compound or parse.deps[i] in {"appos", "npadvmod"})


def leave_out(parse: Parse, drafts: Iterable[Draft], cues: Cues) -> list[Draft]:
    """The drafts without those whose trigger, but for verbs, stands in quotation marks behind such a noun."""
    return [draft for draft in drafts if parse.pos[draft.head] == "VERB" or not _is_expression(parse, draft.head, cues)]


def _is_expression(parse: Parse, noun: int, cues: Cues) -> bool:
    """Whether a noun stands in quotation marks right behind "the phrase", "the words" and the like."""
    mark = _mark_before(parse, noun, _BEFORE_NOUN)
    return mark is not None and parse.pos[mark - 1] == "NOUN" and parse.lemmas[mark - 1] in cues.expressions


def _mark_before(parse: Parse, i: int, most: int) -> int | None:
    """The nearest opening mark in the sentence with at most ``most - 1`` words between, and a word before it."""
    first = parse.sents[parse.sent_of[i]][0]
    return next((t for t in range(i - 1, max(first, i - most - 1), -1) if parse.words[t] in _OPENING), None)
