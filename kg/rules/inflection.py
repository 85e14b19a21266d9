"""Plurals of the nouns in the lexicon: regular ones by rule, the rest by a table."""

from __future__ import annotations

import re

_IRREGULAR = {
    "person": "people",
    "woman": "women",
    "man": "men",
    "child": "children",
    "wife": "wives",
    "midwife": "midwives",
    "life": "lives",
    "thief": "thieves",
    "half": "halves",
    "chief": "chiefs",
    "staff": "staff",
    "personnel": "personnel",
    "police": "police",
    "corps": "corps",
    "forces": "forces",
    "headquarters": "headquarters",
    "barracks": "barracks",
    "works": "works",
    "series": "series",
    "offspring": "offspring",
    "clergy": "clergy",
    "cabin crew": "cabin crews",
    "gendarmerie": "gendarmeries",
    "attaché": "attachés",
    "fiancé": "fiancés",
    "fiancée": "fiancées",
    "charge d'affaires": "charges d'affaires",
    "chargé d'affaires": "chargés d'affaires",
    "alumnus": "alumni",
    "alumna": "alumnae",
    "swiss": "swiss",
    "crisis": "crises",
    "passer-by": "passers-by",
    "passerby": "passersby",
    "runner-up": "runners-up",
    "grown-up": "grown-ups",
    "aide-de-camp": "aides-de-camp",
    "man-at-arms": "men-at-arms",
    "quiz": "quizzes",
}
#: The head of a phrase stands before these: "member of parliament", "secretary-general", "brother-in-law".
_HEAD_FIRST = re.compile(
    r"^(?P<head>[^ -]+(?: [^ -]+)*?)(?P<rest>(?:-| )(?:of|in|to|for|at|on|de|general|elect|designate|law)\b.*)$"
)
#: In these the last word is the head after all.
_RANKS = ("major general", "lieutenant general", "brigadier general", "colonel general", "director general")


def plural(phrase: str) -> str:
    """The plural of a noun or noun phrase, lower-case.

    >>> plural("ministry"), plural("spokesman"), plural("secretary-general"), plural("brother-in-law")
    ('ministries', 'spokesmen', 'secretaries-general', 'brothers-in-law')
    """
    if phrase in _IRREGULAR:
        return _IRREGULAR[phrase]
    found = None if phrase in _RANKS else _HEAD_FIRST.match(phrase)
    if found:
        return plural(found["head"]) + found["rest"]
    before, space, last = phrase.rpartition(" ")
    if space:
        return f"{before} {plural(last)}"
    return _word(last)


def _word(word: str) -> str:
    stem, hyphen, last = word.rpartition("-")
    if hyphen:
        return f"{stem}-{plural(last)}"
    for ending in ("woman", "man"):
        if word.endswith(ending) and word not in {"human", "roman", "german", "shaman", "ottoman", "talisman"}:
            return word[: -len(ending)] + _IRREGULAR[ending]
    if word.endswith("person"):
        return word[:-6] + "people"
    if word.endswith("child"):
        return word + "ren"
    if word.endswith("wife"):
        return word[:-2] + "ves"
    if re.search(r"[^aeiou]y$|quy$", word):
        return word[:-1] + "ies"
    if re.search(r"(s|x|z|ch|sh)$", word) and not word.endswith(("arch",)):
        return word + "es"
    if word in {"hero", "echo", "torpedo", "embargo"}:
        return word + "es"
    return word + "s"
