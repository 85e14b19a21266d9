"""Words that are only mentioned: "the phrase “state terror”" speaks of two words, and of no terror."""

from __future__ import annotations

from collections.abc import Iterable

from kg.extract.drafts import Draft
from kg.rules.cues import Cues
from kg.syntax import Parse

_OPENING = frozenset({"“", "``", '"', "''", "‘", "'", "`"})
#: How many words a mentioned expression has at most.
_LONGEST = 4


def leave_out(parse: Parse, drafts: Iterable[Draft], cues: Cues) -> list[Draft]:
    """The drafts without those whose trigger is such an expression."""
    return [draft for draft in drafts if parse.pos[draft.head] == "VERB" or not _is_mentioned(parse, draft.head, cues)]


def _is_mentioned(parse: Parse, noun: int, cues: Cues) -> bool:
    """Whether a noun stands in quotation marks right behind "the phrase", "the words" and the like."""
    first = parse.sents[parse.sent_of[noun]][0]
    for mark in range(noun - 1, max(first, noun - _LONGEST - 1), -1):
        if parse.words[mark] in _OPENING:
            return parse.pos[mark - 1] == "NOUN" and parse.lemmas[mark - 1] in cues.expressions
    return False
