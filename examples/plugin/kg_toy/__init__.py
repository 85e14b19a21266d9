"""A toy plug-in for kg: ships by their prefix, and where they moor.

A real one would ask a model. This one looks for "MV" and "moored", so that you see what is asked of a plug-in.
Each entry point in ``pyproject.toml`` names a function here, which is called once and gives the plug-in itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.model import Document, Reading, Span
from kg.plugins import ClaimFinder, MentionFinder, ProposedClaim, ProposedMention

SHIP = re.compile(r"\b(?:MV|SS) [A-Z]\w+(?: [A-Z]\w+)*")
MOORED = re.compile(r"\b(moored) (?:in|at) (\w+)")


def ships() -> MentionFinder:
    """Makes the plug-in for mentions. Load your model here: it is done once a process."""
    return find_ships


def moorings() -> ClaimFinder:
    """Makes the plug-in for claims."""
    return find_moorings


def find_ships(document: Document, sentences: Sequence[Span]) -> Iterator[ProposedMention]:
    """Each ship, with its place in ``document.text``."""
    for begin, end in sentences:
        for found in SHIP.finditer(document.text, begin, end):
            yield ProposedMention(found.span(), "Thing", score=0.9)


def find_moorings(reading: Reading) -> Iterator[ProposedClaim]:
    """Each mooring as an arrival. All that is given are words of the sentence; kg looks them up there."""
    for begin, end in reading.sentences:
        sentence = reading.document.text[begin:end]
        ship, moored = SHIP.search(sentence), MOORED.search(sentence)
        if ship and moored:
            roles = {"agent": [ship[0]], "destination": [moored[2]]}
            yield ProposedClaim("Arrival", sentence, moored[1], roles, confidence=0.6)
