"""What the project knows about the world, as data: loaded once, checked, immutable."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.rules.cues import Cues
from kg.rules.cues import load as load_cues
from kg.rules.lexicon import Lexicon
from kg.rules.lexicon import load as load_lexicon
from kg.rules.schema import EventRules
from kg.rules.schema import load as load_events


@dataclass(frozen=True, slots=True)
class Rules:
    """Every rule that a reading uses.

    ``events`` holds the classes of events and states with their triggers and frames,
    ``lexicon`` the heads, names, posts and kin terms, ``cues`` the words of attribution
    and modality. ``names`` is the user's file of who is who, if there is one.
    """

    events: EventRules
    lexicon: Lexicon
    cues: Cues
    names: Path | None = None


@lru_cache(maxsize=4)
def load(extra: Path | None = None, names: Path | None = None) -> Rules:
    """The rules that ship with the package, those of the folder ``extra`` and the file ``names`` added.

    Raises ``RulesError`` that names the file and the line of what is wrong.
    """
    return Rules(events=load_events(extra), lexicon=load_lexicon(), cues=load_cues(), names=names)
