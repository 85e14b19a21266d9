"""What the gazetteer knows about one name, and how names are compared: by words without
accents, full stops, hyphens and case, as long as the case is not against it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

ARTICLES = frozenset({"the"})
#: Units of one unbroken word of capitals up to this length are matched in capitals alone.
_STRICT_ACRONYM = 3
#: Short words of mixed case ("LeT") are matched as they stand.
_SHORT = 4
_SEPARATORS = str.maketrans({c: " " for c in "-‐‑–'’‘ʼʿʾ`´/"})
_JOINERS = frozenset({"-", "‐", "‑", "'", "’"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One reading of a name.

    ``name`` labels what the name stands for: "Italian" (kind ``demonym``) is an entry
    called "Italy"; "Downing Street" (kind ``metonym``) keeps its own name. ``cls`` is a
    class of ``kg.model.ENTITY_CLASSES``; ``country`` an ISO 3166-1 alpha-3 code.
    ``weak`` entries count only where the context agrees: they are common words, people's
    names, or small.

    Kinds: ``user``, ``country``, ``capital``, ``demonym``, ``metonym``, ``region``,
    ``city``, ``water``, ``facility``, ``body``, ``outlet``, ``military``, ``police``,
    ``party``, ``armed group``, ``company``, ``organization``, ``ship``, ``work``,
    ``people``, ``given name``. A ``capital``, ``metonym`` or ``country`` can act as its
    country's government.
    """

    name: str
    cls: str
    country: str | None = None
    kind: str = ""
    identifiers: tuple[tuple[str, str], ...] = ()
    weak: bool = False


Case = Literal["title", "exact", "acronym", "loose acronym", "any"]


class Form(NamedTuple):
    """One way to write an entry: its units as written, and what its case must be like."""

    units: tuple[str, ...]
    case: Case
    article: bool

    @property
    def key(self) -> str:
        """What the form is looked up by."""
        return " ".join(self.units).casefold()


def form(text: str, *, anywhere: bool = False, weak: bool = False) -> Form:
    """The form that ``text`` is: "the Gulf" demands the article, "U.S." is an acronym.

    ``anywhere`` is for names that the user gave: their case does not matter.
    """
    words = text.split()
    article = len(words) > 1 and words[0] in ARTICLES
    units: tuple[str, ...] = ()
    for word in words[1:] if article else words:
        units += units_of(word)
    return Form(units, _case(units, anywhere, weak), article)


def _case(units: tuple[str, ...], anywhere: bool, weak: bool) -> Case:
    alone = len(units) == 1
    if anywhere:
        return "title" if alone and len(units[0]) <= _STRICT_ACRONYM else "any"
    if alone and units[0].isupper() and len(units[0]) > 1:
        return "acronym" if weak or len(units[0]) <= _STRICT_ACRONYM else "loose acronym"
    return "exact" if alone and len(units[0]) <= _SHORT and not units[0][1:].islower() else "title"


@lru_cache(maxsize=8192)
def units_of(word: str) -> tuple[str, ...]:
    """A token's words without accents and full stops, split at hyphens and apostrophes.

    >>> units_of("Côte"), units_of("U.S."), units_of("Guinea-Bissau"), units_of(",")
    (('Cote',), ('US',), ('Guinea', 'Bissau'), ())
    """
    if word in _SPELT_OUT:
        return (_SPELT_OUT[word],)
    if word in _KEEP_STOP:
        return (word,)
    if word.isascii():
        if word.isalnum():
            return (word,)
        plain = word
    else:
        plain = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
        plain = plain.translate(_LETTERS)
    cleaned = plain.translate(_SEPARATORS).replace(".", "").replace(",", "")
    return tuple(u for u in cleaned.split() if any(c.isalnum() for c in u))


#: Abbreviations that are names only with their full stop: "Va." is Virginia, "Va" is none.
_KEEP_STOP = frozenset(
    "Ala. Ariz. Ark. Calif. Colo. Conn. Del. Fla. Ga. Ill. Ind. Kan. Ky. La. Mass. Md. Mich. Minn. "
    "Miss. Mo. Mont. Neb. Nev. Okla. Ore. Pa. Tenn. Tex. Va. Vt. Wash. Wis. Wyo. Ont. Que. Alta. Sask.".split()
)
#: Short words that names are written with and without.
_SPELT_OUT = {"&": "and", "St.": "Saint", "St": "Saint", "Mt.": "Mount", "Ft.": "Fort"}
_LETTERS = str.maketrans(
    {
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "ß": "ss",
        "đ": "d",
        "Đ": "D",
        "ı": "i",
        "æ": "ae",
        "Æ": "Ae",
        "ð": "d",
        "þ": "th",
        "œ": "oe",
        "Œ": "Oe",
        "ħ": "h",
        "ə": "e",
        "Ə": "E",
    }
)


def joins(word: str) -> bool:
    """Whether a token without letters may stand inside a name: a hyphen or an apostrophe."""
    return word in _JOINERS


def fits(case: Case, wanted: Sequence[str], seen: Sequence[str]) -> bool:
    """Whether the case of the text's units is not against a form's: "us" is not "US"."""
    if case == "any":
        return True
    if case == "exact":
        return tuple(wanted) == tuple(seen)
    if case != "title":
        return seen[0].isupper() or (case == "loose acronym" and seen[0][0].isupper())
    return all(not w[0].isupper() or s[0].isupper() for w, s in zip(wanted, seen, strict=True))
