"""How much of the text the rules understood: the sentences that gave a claim, and those that gave none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from kg.model import Reading, Span

#: What every predicate is that the ontology has no class for.
_PLAIN = frozenset({"Event", "State"})

Yield = Literal["classed", "plain", "none"]


class Sentence(NamedTuple):
    """A sentence of a body, and the best that it gave: a claim of a class, a plain event, or nothing."""

    document: str
    span: Span
    text: str
    gave: Yield


def sentences(reading: Reading) -> list[Sentence]:
    """Every sentence of the reading's body, in order, with what it gave."""
    classes: dict[Span, set[str]] = {}
    for claim in (c for c in reading.claims if not c.background):
        classes.setdefault(claim.sentence, set()).add(claim.cls)
    document = reading.document
    return [
        Sentence(document.id, span, " ".join(document.text[slice(*span)].split()), _gave(classes.get(span, set())))
        for span in reading.sentences
    ]


def _gave(classes: set[str]) -> Yield:
    if not classes:
        return "none"
    return "plain" if classes <= _PLAIN else "classed"


def in_words(found: Iterable[Sentence]) -> str:
    """The counts as one sentence."""
    gave = [sentence.gave for sentence in found]
    return (
        f"Of {len(gave)} body sentences {gave.count('classed')} gave a claim of a class, "
        f"{gave.count('plain')} plain events only, {gave.count('none')} nothing."
    )
