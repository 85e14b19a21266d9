"""What two names have in common: pure functions on the written forms, each with a score and its reason.

Scores run from 0 to 1. From ``features.THRESHOLD`` a name alone makes two entities one; below it
something else has to speak for it, too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from kg.rules import resolving


class Verdict(NamedTuple):
    """How far something speaks for two entities being one, and why."""

    score: float
    reason: str


#: Two words of this many letters or more may differ a little if their consonants agree.
_LONG, _ALIKE = 5, 0.7
_LATIN = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ß": "ss"})


@lru_cache(maxsize=200_000)
def name_key(name: str) -> str:
    """A name with case, accents, hyphens, apostrophes and articles folded away.

    >>> name_key("Thae Yong-ho") == name_key("THAE Yong Ho")
    True
    """
    folded = unicodedata.normalize("NFKD", name.replace("’s", "").replace("'s", ""))
    plain = "".join(c for c in folded if not unicodedata.combining(c)).casefold().translate(_LATIN)
    words = re.sub(r"[^\w]+", " ", plain).split()
    while words and words[0] in {"the", "a", "an"}:
        words = words[1:]
    return " ".join(words)


@lru_cache(maxsize=200_000)
def sound(word: str) -> str:
    """A word of a romanised name as it is heard, roughly: spellings of one sound fall together.

    >>> sound("thae") == sound("tae"), sound("yong") == sound("jong")
    (True, False)
    """
    for written, read in resolving.load().sounds:
        word = word.replace(written, read)
    return re.sub(r"(.)\1", r"\1", word)


@lru_cache(maxsize=200_000)
def sound_key(name: str) -> str:
    """A whole name as it is heard, without spaces and particles; a surname of many spellings by its first.

    >>> sound_key("Thae Yong Ho") == sound_key("Tae Yongho")
    True
    """
    surnames = resolving.load().surnames
    return sound("".join(surnames.get(word, word) for word in person_words(name)))


@lru_cache(maxsize=200_000)
def _heard_words(name: str) -> tuple[str, ...]:
    return tuple(map(_heard, person_words(name)))


@lru_cache(maxsize=200_000)
def person_words(name: str) -> tuple[str, ...]:
    """The folded words of a person's name without particles, unless nothing else is left."""
    words = tuple(name_key(name).split())
    return tuple(word for word in words if word not in resolving.load().particles) or words


def is_everyones(name: str) -> bool:
    """Whether bodies of many countries are called that: "Foreign Ministry", "the Senate".

    >>> is_everyones("the Ministry of Foreign Affairs and Fish"), is_everyones("Supreme Court")
    (False, True)
    """
    words = name_key(name).split()
    return bool(words) and all(word in resolving.load().everywhere for word in words)


def initials(name: str) -> str:
    """The first letters of the words that begin with a capital: "World Health Organization" -> "who".

    >>> initials("the World Health Organization")
    'who'
    """
    return "".join(word[0] for word in re.findall(r"\w+", name) if word[0].isupper()).casefold()


def _heard(word: str) -> str:
    return sound(resolving.load().surnames.get(word, word))


# --- people -------------------------------------------------------------------------------


def equal_names(a: str, b: str) -> Verdict | None:
    """The same words; a single word says less than a full name."""
    first, second = name_key(a), name_key(b)
    if first != second or not first:
        return None
    return Verdict(0.9 if " " in first else 0.4, f"both are called {a!r}")


def other_order(a: str, b: str) -> Verdict | None:
    """The same words in another order: family name first or last."""
    first, second = name_key(a).split(), name_key(b).split()
    if len(first) > 1 and first != second and sorted(first) == sorted(second):
        return Verdict(0.8, "the same names in another order")
    return None


def other_spelling(a: str, b: str) -> Verdict | None:
    """The same sounds: "Thae Yong Ho" and "Tae Yong-ho"."""
    first, second = _heard_words(a), _heard_words(b)
    if min(len(first), len(second)) < 2 or name_key(a) == name_key(b):
        return None
    if sound_key(a) == sound_key(b) or (len(first) == len(second) and all(map(_sounds_alike, first, second))):
        return Verdict(0.8, f"{b!r} is another spelling of {a!r}")
    return None


def _sounds_alike(first: str, second: str) -> bool:
    """One sound, or long words of the same consonants that differ in little."""
    if first == second:
        return True
    if min(len(first), len(second)) < _LONG or _consonants(first) != _consonants(second):
        return False
    return Levenshtein.normalized_similarity(first, second) >= _ALIKE


def _consonants(word: str) -> str:
    return re.sub(r"[aeiou]", "", word)


def middle_names(a: str, b: str) -> Verdict | None:
    """One leaves out, or shortens, what stands between the first and the last: "George Bush", "George W. Bush"."""
    first, second = name_key(a).split(), name_key(b).split()
    if min(len(first), len(second)) < 2 or first == second or (first[0], first[-1]) != (second[0], second[-1]):
        return None
    short, long = sorted((first[1:-1], second[1:-1]), key=len)
    if len(first[0]) == 1 or not _within(short, long):
        return None
    return Verdict(0.75, f"{a!r} and {b!r} differ in middle names alone")


def _within(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether the words of the one come in the other, in order, as themselves or as initials."""
    rest = list(long)
    for word in short:
        while rest and not (rest[0] == word or (rest[0][0] == word[0] and 1 in (len(rest[0]), len(word)))):
            rest.pop(0)
        if not rest:
            return False
        rest.pop(0)
    return True


def initial_for_first(a: str, b: str) -> Verdict | None:
    """ "J. Smith" and "John Smith": fits, and says little by itself."""
    first, second = name_key(a).split(), name_key(b).split()
    if min(len(first), len(second)) < 2 or first[-1] != second[-1] or first[0] == second[0]:
        return None
    if first[0][0] == second[0][0] and 1 in (len(first[0]), len(second[0])):
        return Verdict(0.5, f"the initial fits: {a!r}, {b!r}")
    return None


def surname_only(a: str, b: str) -> Verdict | None:
    """ "Pompeo" and "Mike Pompeo", "Kim" and "Kim Jong Un": fits, and says little by itself."""
    short, long = sorted((name_key(a).split(), name_key(b).split()), key=len)
    if len(short) == 1 and len(long) > 1 and len(short[0]) > 1 and short[0] in (long[0], long[-1]):
        return Verdict(0.4, f"{a!r} and {b!r} share a name")
    return None


# --- bodies -------------------------------------------------------------------------------


def company_ending(a: str, b: str) -> Verdict | None:
    """ "Acme" and "Acme Inc."."""
    first = company_stem(a)
    if first and first == company_stem(b) and name_key(a) != name_key(b):
        return Verdict(0.8, f"{a!r} and {b!r} differ in the kind of company alone")
    return None


@lru_cache(maxsize=200_000)
def company_stem(name: str) -> tuple[str, ...]:
    """The folded words of a name without what tells the kind of company.

    >>> company_stem("Acme Steel Holdings Ltd.")
    ('acme', 'steel')
    """
    endings = resolving.load().company_endings
    words = name_key(name).split()
    while len(words) > 1 and words[-1] in endings:
        words = words[:-1]
    return tuple(words)


def initials_of(a: str, b: str) -> Verdict | None:
    """ "WHO" and "World Health Organization"."""
    short, long = sorted((a, b), key=len)
    letters = re.sub(r"[^\w]", "", short)
    if len(letters) >= 3 and letters.isupper() and " " not in short and initials(long) == letters.casefold():
        return Verdict(0.75, f"{short!r} are the initials of {long!r}")
    return None


def equal_titles(a: str, b: str) -> Verdict | None:
    """The same words, for what is no person."""
    first = name_key(a)
    return Verdict(0.9, f"both are called {a!r}") if first and first == name_key(b) else None


Comparator = Callable[[str, str], Verdict | None]

#: What is asked of two people's names, of two bodies', and of the rest.
PEOPLE: tuple[Comparator, ...] = (
    equal_names,
    other_order,
    other_spelling,
    middle_names,
    initial_for_first,
    surname_only,
)
BODIES: tuple[Comparator, ...] = (equal_titles, company_ending, initials_of)
OTHERS: tuple[Comparator, ...] = (equal_titles,)


def compare(a: str, b: str, comparators: Sequence[Comparator]) -> Verdict | None:
    """The verdict with the highest score, the first of equals; ``None`` if the names have nothing in common."""
    found = [verdict for comparator in comparators if (verdict := comparator(a, b)) is not None]
    return max(found, key=lambda verdict: verdict.score) if found else None
