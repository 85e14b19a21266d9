"""Whether two names may be one: pure comparisons of their folded words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

#: A name's folded words, as ``key_of`` makes them.
Key = tuple[str, ...]

_SMALL = frozenset(
    {"of", "the", "and", "for", "de", "du", "la", "le", "al", "el", "bin", "van", "von", "in", "on", "to", "at"}
)
_POINTS = frozenset({"north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"})
_ENDINGS = frozenset({"jr", "sr", "ii", "iii", "iv"})


def key_of(words: Sequence[str]) -> tuple[str, ...]:
    """A name's words as they are compared: folded, points of the compass in one form.

    >>> key_of(["North", "Eastern", "Syria"]), key_of(["Northeast", "Syria"])
    (('northeast', 'syria'), ('northeast', 'syria'))
    """
    out: list[str] = []
    for word in words[1:] if len(words) > 1 and words[0].casefold() == "the" else words:
        plain = word.casefold()
        point = plain.removesuffix("ern") if plain.removesuffix("ern") in _POINTS else plain
        if out and out[-1] in {"north", "south"} and point in {"east", "west"}:
            out[-1] += point
        else:
            out.append(point)
    return tuple(out)


@lru_cache(maxsize=1 << 14)
def may_be_one_person(a: Key, b: Key) -> bool:
    """Whether two full names can be one person's: the shorter one's words stand in the longer
    one in order, initials and one wrong letter a word allowed.

    >>> may_be_one_person(("john", "bolton"), ("john", "r", "bolton"))
    True
    >>> may_be_one_person(("anne", "bo"), ("carl", "bo"))
    False
    """
    one, other = sorted((_plain(a), _plain(b)), key=len)
    return bool(one) and _stands_in(one, other) and (len(one) == 1 or any(w in other for w in one))


@lru_cache(maxsize=1 << 14)
def is_part_of_person(short: Key, full: Key) -> str | None:
    """How a shorter name is part of a full one: "surname", "given name" or "part of the name"."""
    short, full = _plain(short), _plain(full)
    if not short or len(short) >= len(full):
        return None
    if short == full[-len(short) :]:
        return "surname"
    if short == full[: len(short)]:
        return "given name"
    return "part of the name" if may_be_one_person(short, full) and (len(short) > 1 or short[0] in full) else None


def is_misspelt(a: Key, b: Key) -> bool:
    """Whether two names of several words differ by a letter a word, one word at least being the same."""
    if len(a) != len(b) or len(a) == 1 or a == b:
        return False
    pairs = list(zip(a, b, strict=True))
    return all(_near(x, y) for x, y in pairs) and any(x == y for x, y in pairs)


def is_acronym_of(short: Key, full: Key) -> bool:
    """Whether the one-word name is the initials of the other: "nia", with small words or without.

    >>> is_acronym_of(("nia",), ("national", "intelligence", "agency"))
    True
    """
    if len(short) != 1 or len(full) < 2 or not 2 <= len(short[0]) <= 8:
        return False
    letters = "".join(w[0] for w in full)
    main = "".join(w[0] for w in full if w not in _SMALL)
    return short[0] in {letters, main}


def head_of(key: Key) -> str:
    """The word that says what a named thing is: "court" of "the supreme court of Ohio"."""
    cut = next((n for n, w in enumerate(key) if n and w in {"of", "for", "on", "in", "at", "to"}), len(key))
    return key[cut - 1]


def is_part_of_name(short: Key, full: Key) -> bool:
    """Whether a body's or thing's shorter name begins or ends its full one."""
    if len(short) >= len(full):
        return False
    return short in (full[: len(short)], full[-len(short) :])


def _plain(key: Key) -> Key:
    return key if key[-1:] and key[-1] not in _ENDINGS else tuple(w for w in key if w not in _ENDINGS)


def _stands_in(short: Key, full: Key) -> bool:
    at = 0
    for n, word in enumerate(short):
        last = n == len(short) - 1
        while at < len(full) and not (_near(word, full[at]) or (not last and _is_initial(word, full[at]))):
            at += 1
        if at == len(full):
            return False
        at += 1
    return True


def _is_initial(a: str, b: str) -> bool:
    return (len(a) == 1 or len(b) == 1) and a[0] == b[0]


def _near(a: str, b: str) -> bool:
    """Whether two words are equal, or differ by one letter where that is little."""
    if a == b:
        return True
    if min(len(a), len(b)) < 5 or abs(len(a) - len(b)) > 1:
        return False
    return _differ_by_one(a, b)


def _differ_by_one(a: str, b: str) -> bool:
    """Whether one insertion, deletion or exchange of a letter makes the words equal."""
    short, long = sorted((a, b), key=len)
    at = next((i for i, (x, y) in enumerate(zip(short, long, strict=False)) if x != y), len(short))
    return short[at:] == long[at + 1 :] or (len(a) == len(b) and short[at + 1 :] == long[at + 1 :])
