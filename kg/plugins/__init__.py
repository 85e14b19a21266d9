"""What a plug-in is: a recogniser of mentions or of claims that somebody else has written (docs/plugins.md).

Two small Protocols, and what they give. A plug-in proposes; the rules for what of it is taken are in
``kg/annotate/proposed.py`` and ``kg/extract/proposed.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from kg.model import Certainty, Document, Polarity, Reading, Span


@dataclass(frozen=True, slots=True)
class ProposedMention:
    """A name or a noun phrase that speaks of somebody or something.

    ``span`` is its place in ``Document.text``, ``cls`` one of ``kg.model.ENTITY_CLASSES``, ``score`` how sure
    the plug-in is (0 to 1).
    """

    span: Span
    cls: str
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class ProposedClaim:
    """A claim, all of it in words of the text as they stand there.

    ``cls`` is a class of event or state, ``sentence`` the sentence or a part of it, ``trigger`` the word or words
    that say what happens, ``roles`` who takes part (role -> words). ``source`` are the words for whoever says so
    (``None``: whoever the rules find), ``cue`` those that attribute it; ``time`` and ``position`` (of a Tenure) are
    words of the sentence as well. ``polarity`` and ``certainty`` are those of the source, ``kinship`` (of a
    Kinship) is one of ``KIN``, ``confidence`` is how far the reading is to be trusted (0 to 1).
    """

    cls: str
    sentence: str
    trigger: str
    roles: Mapping[str, Sequence[str]] = field(default_factory=dict)
    source: str | None = None
    cue: str | None = None
    polarity: Polarity = "positive"
    certainty: Certainty = "certain"
    time: str | None = None
    position: str | None = None
    kinship: str | None = None
    confidence: float = 0.5


KIN = frozenset({"spouse", "parent", "child", "sibling", "relative"})

#: What may be given instead of either: its fields by name, as a language model writes them.
Fields = Mapping[str, object]


class MentionFinder(Protocol):
    """Proposes mentions in a document; ``sentences`` are the places of those that are story."""

    def __call__(self, document: Document, sentences: Sequence[Span], /) -> Iterable[ProposedMention | Fields]: ...


class ClaimFinder(Protocol):
    """Proposes claims; ``reading`` is all that the rules have found in the document, the text with it."""

    def __call__(self, reading: Reading, /) -> Iterable[ProposedClaim | Fields]: ...
