"""How much of the text the rules understood: the sentences that gave a claim, and those that gave none.

And what nobody can understand: times such as "Tuesday" in a text of which the day is not known."""

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


#: How the value of a time begins that only the day of publication would tell.
_NO_YEAR = "XXXX"


def undated(reading: Reading) -> list[str]:
    """The times of a text, in its words, that have no date because the text itself has none."""
    document = reading.document
    if document.date is not None:
        return []
    return [
        document.text[slice(*time.span)]
        for time in reading.times
        if time.edtf is None and time.value.startswith(_NO_YEAR)
    ]


@dataclass(slots=True)
class Tally:
    """The counts over readings as they go by; with ``explain``, also the sentences that gave no claim of a class.

    ``dateless`` counts the documents whose day of publication is wanted, ``undated`` the times that want it.
    """

    explain: bool = False
    dateless: int = 0
    undated: int = 0
    example: str = ""
    gave: Counter[Yield] = field(default_factory=Counter)
    poor: list[Sentence] = field(default_factory=list)

    def counting(self, readings: Iterable[Reading]) -> Iterator[Reading]:
        """The readings as they are, counted."""
        for reading in readings:
            found = sentences(reading)
            self.gave.update(sentence.gave for sentence in found)
            times = undated(reading)
            self.dateless += bool(times)
            self.undated += len(times)
            self.example = self.example or next(iter(times), "")
            if self.explain:
                self.poor += [sentence for sentence in found if sentence.gave != "classed"]
            yield reading

    def in_words(self) -> str:
        """The counts as a sentence, and a second one where a day of publication is wanted."""
        gave = (
            f"Of {self.gave.total()} body sentences {self.gave['classed']} gave a claim of a class, "
            f"{self.gave['plain']} plain events only, {self.gave['none']} nothing."
        )
        if not self.dateless:
            return gave
        states = "1 document states" if self.dateless == 1 else f"{self.dateless:,} documents state"
        have = "1 time has" if self.undated == 1 else f"{self.undated:,} times have"
        return f"{gave}\n{states} no day of publication, so {have} no date (“{self.example}”): give it with --date."
