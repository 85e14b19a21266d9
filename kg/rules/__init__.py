"""What the project knows about the world, as data: loaded once, checked, immutable."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.rules import cues, lexicon, schema


@dataclass(frozen=True, slots=True)
class Rules:
    """Every rule that a reading uses.

    ``events`` holds the classes of events and states with their triggers and frames,
    ``lexicon`` the heads, names, posts and kin terms, ``cues`` the words of attribution
    and modality.
    """

    events: schema.EventRules
    lexicon: lexicon.Lexicon
    cues: cues.Cues


@lru_cache(maxsize=4)
def load(extra: Path | None = None) -> Rules:
    """The rules that ship with the package, and those of the folder ``extra`` added to them.

    Raises ``RulesError`` that names the file and the line of what is wrong.
    """
    return Rules(events=schema.load(extra), lexicon=lexicon.load(), cues=cues.load())
