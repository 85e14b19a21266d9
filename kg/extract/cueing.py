"""Which cue a word of the text is, and what it makes of what stands beside it."""

from __future__ import annotations

from collections.abc import Mapping

from kg.rules.cues import Cues, Effect, Pattern, Phrase
from kg.syntax import Parse, remembered

_NONE: Mapping[str, Effect] = {}
#: How far below a cue its other words may stand: "make the point", "cast doubt on".
_DEPTH = 2


@remembered
def frames_of(parse: Parse, i: int, cues: Cues) -> Mapping[str, Effect]:
    """What token ``i`` makes of each kind of content; empty where it is no cue.

    Where several patterns match, the longest decides for the kinds of content that it knows.
    """
    patterns = _table(parse, i, cues).get(parse.lemmas[i])
    if patterns is None:
        return _NONE
    matching = [pattern for pattern in patterns if not pattern.beside or _has_beside(parse, i, pattern)]
    if len(matching) == 1:
        return matching[0].frames
    out: dict[str, Effect] = {}
    for pattern in reversed(matching):
        out.update(pattern.frames)
    return out


def pattern_words(parse: Parse, i: int, cues: Cues) -> tuple[int, ...]:
    """The tokens of the longest pattern that matches at ``i``, ``i`` included."""
    for pattern in _table(parse, i, cues).get(parse.lemmas[i], ()):
        if not pattern.beside:
            break
        found = _beside(parse, i, pattern)
        if found is not None:
            return tuple(sorted((i, *found)))
    return (i,)


def phrase_at(parse: Parse, i: int, table: Mapping[str, tuple[Phrase, ...]]) -> Phrase | None:
    """The longest phrase of ``table`` that begins at token ``i``."""
    for phrase in table.get(parse.lower[i], ()):
        n = len(phrase.words)
        if n == 1 or tuple(parse.lower[i : i + n]) == phrase.words:
            return phrase
    return None


def _table(parse: Parse, i: int, cues: Cues) -> Mapping[str, tuple[Pattern, ...]]:
    pos = parse.pos[i]
    if pos in {"VERB", "AUX"}:
        return cues.verbs
    if pos in {"NOUN", "PROPN"}:
        return cues.nouns
    return cues.adjectives


def _has_beside(parse: Parse, i: int, pattern: Pattern) -> bool:
    return _beside(parse, i, pattern) is not None


def _beside(parse: Parse, i: int, pattern: Pattern) -> list[int] | None:
    """The tokens that the rest of a pattern matches below ``i``, ``None`` if one is missing."""
    below = _below(parse, i, _DEPTH)
    found = []
    for words in pattern.beside:
        hit = next((t for t in below if t not in found and (parse.lemmas[t] in words or parse.lower[t] in words)), None)
        if hit is None:
            return None
        found.append(hit)
    return found


def _below(parse: Parse, i: int, depth: int) -> list[int]:
    children = parse.children[i]
    if depth == 1:
        return children
    return [t for c in children for t in (c, *_below(parse, c, depth - 1))]
