"""The tokens of a text, and the words that the model is given in their place.

A statistical parser reads best what looks like its training data. So each token has a
*twin*: the word that the model sees. Mostly it is the token itself; a hyphenated given name
becomes one plain word ("Min-ki" -> "Minki"), typographic quotation marks become straight
ones, a place in capitals at the head of a story gets small letters. Offsets, and every word
that later stages see, are the text's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from kg.rules import nominals

_STRAIGHT = {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‹": "'", "›": "'"}
_CURLY = str.maketrans({"’": "'", "‘": "'"})
_DATELINE = re.compile(
    r"(?:^|\n)[ \t]*([^\W\d_a-z][^\n]{0,70}?)[ \t]{0,9}"  # the place, with small letters in it perhaps
    r"(?:\([^)\n]{2,30}\)[ \t]{0,9})?"  # the agency
    r"(?:[\u2014\u2013]|--|[ \t]-)[ \t]*(?=[^\s])"
)
#: Whose words follow, in a transcript: "MINISTER BO: We ..."
_SPEAKER = re.compile(r"(?:^|\n)[ \t]*([^\W\d_a-z][^\na-z:]{2,60}):\s")


class Token(NamedTuple):
    """A token as the text has it, where it begins, the word that the model reads, and whether
    a space follows."""

    text: str
    start: int
    twin: str
    space: bool

    @property
    def end(self) -> int:
        """The code point after its last one."""
        return self.start + len(self.text)


def twins(text: str, tokens: Sequence[Token], is_place: Callable[[str], bool]) -> list[Token]:
    """The tokens with hyphenated names joined, and each with the word that the model shall read.

    ``is_place`` says whether a word by itself names a country, its people or a big city.
    """
    capitals = _in_capitals(text)
    joined = list(_joined(tokens, is_place))
    for i in _particles(joined):
        joined[i] = joined[i]._replace(twin="de")
    return [_twin(token, capitals) for token in joined]


#: A name's particle that is an English verb too; the model reads one that is not.
_VERBAL_PARTICLE = "do"
#: What stands before that verb with a capital, and is no name.
_QUESTIONS = frozenset({"how", "neither", "nor", "so", "what", "when", "where", "which", "who", "whom", "why"})


def _particles(tokens: Sequence[Token]) -> list[int]:
    """Where "do" is a particle between two parts of a name, and no verb: "Rui Matos do Vale", and "Matos do Vale"
    after that."""
    found = [
        i
        for i in range(1, len(tokens) - 1)
        if tokens[i].text == _VERBAL_PARTICLE and _is_part(tokens, i - 1) and _is_part(tokens, i + 1)
    ]
    sure = {(tokens[i - 1].text, tokens[i + 1].text) for i in found if _is_part(tokens, i - 2)}
    return [i for i in found if (tokens[i - 1].text, tokens[i + 1].text) in sure]


def _is_part(tokens: Sequence[Token], at: int) -> bool:
    return _is_capitalised(tokens, at) and tokens[at].text.lower() not in _QUESTIONS


def _joined(tokens: Sequence[Token], is_place: Callable[[str], bool]) -> Iterator[Token]:
    """The tokens, the parts of hyphenated names in one; what is a name in one place is one in all."""
    runs = {at: stop for at in range(len(tokens)) if (stop := _end_of_hyphenated(tokens, at)) > at + 1}
    names = {_text(tokens[at:stop]) for at, stop in runs.items() if _is_name(tokens, at, stop, is_place)}
    at = 0
    while at < len(tokens):
        parts = tokens[at : runs.get(at, at + 1)]
        text = _text(parts)
        if len(parts) > 1 and text in names:
            plain = "".join(t.text for t in parts if t.text not in "-‐‑")
            yield Token(text, parts[0].start, plain[:1].upper() + plain[1:].lower(), parts[-1].space)
        elif len(parts) > 1 and (one := _one_word(tokens, at)) is not None:
            parts = tokens[at : at + 3]
            yield Token(_text(parts), parts[0].start, one, parts[-1].space)
        else:
            parts = parts[:1]
            yield parts[0]
        at += len(parts)


def _one_word(tokens: Sequence[Token], at: int) -> str | None:
    """What the hyphened word at ``at`` is read as, if it is one word to English grammar: "re-elected" as
    "elected", "ex-wife" as "wife", "cease-fire" as "ceasefire"."""
    words = nominals.load().hyphens
    first, second = tokens[at].text, tokens[at + 2].text
    if _is_hyphened(tokens, at - 1) or _is_hyphened(tokens, at + 3) or not second.islower():
        return None
    whole = f"{first.lower()}-{second}"
    if any(whole.removesuffix(ending) in words.closed for ending in _ENDINGS):
        return first + second
    if len(second) > 2 and first.lower() in words.affixes | words.ranks:
        return second.capitalize() if first[0].isupper() else second
    return None


#: Of the plural and the forms of a verb.
_ENDINGS = ("", "s", "d", "ed", "ing")


def is_one_word(token: Token) -> bool:
    """Whether the model read a hyphened word as another that has its lemma: "re-elected" is "elect"."""
    first, hyphen, second = token.text.partition("-")
    if not hyphen or not first.isalpha() or first.lower() in nominals.load().hyphens.ranks:
        return False
    return token.twin.islower() or token.twin.lower() == second


def _is_hyphened(tokens: Sequence[Token], at: int) -> bool:
    return 0 <= at < len(tokens) and tokens[at].text in {"-", "‐", "‑"} and not tokens[at - 1].space


def _text(parts: Sequence[Token]) -> str:
    return "".join(t.text for t in parts)


def _end_of_hyphenated(tokens: Sequence[Token], at: int) -> int:
    """Where the run of words joined by hyphens that begins at ``at`` ends."""
    stop = at + 1
    while (
        stop + 1 < len(tokens)
        and tokens[stop].text in {"-", "‐", "‑"}
        and not tokens[stop - 1].space
        and not tokens[stop].space
        and _is_word(tokens[stop + 1].text)
    ):
        stop += 2
    return stop if _is_word(tokens[at].text) else at + 1


def _is_word(text: str) -> bool:
    """Whether a token is all letters, an apostrophe inside ("Qa'ida") let alone."""
    return text.isalpha() or (text[:1].isalpha() and text.translate(_CURLY).replace("'", "").isalpha())


def _is_name(tokens: Sequence[Token], at: int, stop: int, is_place: Callable[[str], bool]) -> bool:
    """Whether the hyphenated word is somebody's name, and no English compound ("Seoul-based")."""
    words = nominals.load().hyphens
    parts = [t.text for t in tokens[at:stop:2]]
    low = [p.lower() for p in parts]
    if at > 0 and tokens[at - 1].text in {"-", "‐", "‑"} and not tokens[at - 1].space:
        return False
    if low[0] in words.particles and parts[-1][0].isupper():
        return True
    if not parts[0][0].isupper() or low[0] in words.prefixes or any(p in words.suffixes for p in low[1:]):
        return False
    if any(is_place(p) for p in parts if p[0].isupper()) or parts[0].isupper():
        return False
    if all(p[0].isupper() for p in parts):
        return True
    beside = _is_capitalised(tokens, at - 1) or _is_capitalised(tokens, stop)
    return beside and len(parts[-1]) <= 6 and len(parts[0]) <= 8


def _is_capitalised(tokens: Sequence[Token], at: int) -> bool:
    """Whether the token there is a capitalised word, and not only for being the first one."""
    if not 0 <= at < len(tokens):
        return False
    word = tokens[at].text
    return word.isalpha() and word[0].isupper() and word.lower() not in _FUNCTION


_FUNCTION = frozenset({"the", "a", "an", "in", "on", "at", "by", "to", "of", "for", "but", "and", "as", "with", "from"})


def _in_capitals(text: str) -> list[tuple[int, int]]:
    """The stretches that name a place at the head of a story, or a speaker, in capitals."""
    places = [m.span(1) for m in _DATELINE.finditer(text)]
    found = [(a, b) for a, b in places if any(w.isupper() and len(w) > 3 for w in re.findall(r"\w+", text[a:b])[:1])]
    return found + [m.span(1) for m in _SPEAKER.finditer(text)]


def _twin(token: Token, capitals: Sequence[tuple[int, int]]) -> Token:
    word = token.twin
    if word in _STRAIGHT:
        return token._replace(twin=_STRAIGHT[word])
    if "’" in word or "‘" in word:
        return token._replace(twin=word.translate(_CURLY))
    if len(word) > 3 and word.isupper() and any(a <= token.start < b for a, b in capitals):
        return token._replace(twin=word.title())
    return token
