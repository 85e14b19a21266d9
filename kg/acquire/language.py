"""Whether a text is English, told by the share of the words that English cannot do without."""

from __future__ import annotations

import itertools
import re

from kg.acquire import wordlists

#: A shorter text can be a headline or a list of names, so it is never refused.
_ENOUGH_LETTERS = 200
_ENOUGH_SHARE = 0.12
_LOOK_AT = 4_000
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def is_english(text: str) -> bool:
    """Whether a text is English, or too short to tell."""
    words = [m.group().casefold() for m in itertools.islice(_WORD.finditer(text), _LOOK_AT)]
    if sum(map(len, words)) <= _ENOUGH_LETTERS:
        return True
    common = wordlists.load("english")["function_words"]
    return sum(word in common for word in words) >= _ENOUGH_SHARE * len(words)
