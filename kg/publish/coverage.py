"""How much of the text the rules understood: the sentences that gave a claim, and those that gave none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
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


@dataclass(slots=True)
class Tally:
    """The counts over readings as they go by; with ``explain``, also the sentences that gave no claim of a class."""

    explain: bool = False
    gave: Counter[Yield] = field(default_factory=Counter)
    poor: list[Sentence] = field(default_factory=list)

    def counting(self, readings: Iterable[Reading]) -> Iterator[Reading]:
        """The readings as they are, counted."""
        for reading in readings:
            found = sentences(reading)
            self.gave.update(sentence.gave for sentence in found)
            if self.explain:
                self.poor += [sentence for sentence in found if sentence.gave != "classed"]
            yield reading

    def in_words(self) -> str:
        """The counts as one sentence."""
        return (
            f"Of {self.gave.total()} body sentences {self.gave['classed']} gave a claim of a class, "
            f"{self.gave['plain']} plain events only, {self.gave['none']} nothing."
        )
