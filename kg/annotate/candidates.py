"""A mention before it is known whose it is, and what the world's words and names are."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.annotate.classes import Vote
from kg.annotate.entries import Entry
from kg.annotate.gazetteer import Gazetteer
from kg.annotate.genders import Gender, Number
from kg.annotate.names import Name
from kg.model import MentionKind
from kg.rules.lexicon import Lexicon
from kg.rules.nominals import Nominals


@dataclass(slots=True)
class Candidate:
    """A mention before it is known whose it is.

    ``key`` are the folded words of its proper name, ``noun`` its head noun; ``roles`` the posts,
    kin terms and other nouns that it is called by. ``determiner`` is one of def, dem, indef,
    poss, quant, num, none, other and bare. ``modifiers`` are the words before the noun, ``qualities``
    those of them that hang on it and are no names. ``owner`` is the head token of a possessor or of an
    of-phrase, ``country`` the code of the country in its words.
    """

    root: int
    tokens: tuple[int, int]
    head: tuple[int, int]
    kind: MentionKind
    cls: str
    sentence: int
    name: Name | None = None
    key: tuple[str, ...] = ()
    noun: str = ""
    determiner: str = ""
    modifiers: frozenset[str] = frozenset()
    qualities: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    owner: int | None = None
    number: Number | None = None
    gender: Gender | None = None
    country: str | None = None
    entry: Entry | None = None
    adjective: bool = False
    votes: list[Vote] = field(default_factory=list)
    is_acronym: bool = False

    @property
    def core_key(self) -> tuple[str, ...]:
        """The words of the name without a small head behind it: "Idlib" of "Idlib province"."""
        return self.key if self.name is None or self.name.is_whole else self.key[: self.name.core - self.name.end]


@dataclass(frozen=True, slots=True)
class Resources:
    """What the world's words and names are; the same for every document."""

    lexicon: Lexicon
    gazetteer: Gazetteer
    nominals: Nominals
