"""How many sources a situation rests on that do not merely repeat one another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.model import DOCUMENT_SOURCE, Claim, Entity


class Independence:
    """Counts sources of claims: a story and its reprints are one, and so is a named source, wherever it is
    quoted; "a diplomat" of two stories may be two, and counts as two."""

    def __init__(self, entities: Iterable[Entity], reprints: Mapping[str, str]) -> None:
        self._unnamed = {entity.id: entity.label for entity in entities if not entity.named}
        self._reprints = reprints

    def count(self, claims: Iterable[Claim]) -> int:
        """The number of independent sources of the claims."""
        return len({self._origin(claim) for claim in claims})

    def _origin(self, claim: Claim) -> tuple[str, ...]:
        story = self._reprints.get(claim.document, claim.document)
        if claim.source == DOCUMENT_SOURCE:
            return ("story", story)
        if claim.source in self._unnamed:
            return ("unnamed", story, self._unnamed[claim.source])
        return ("named", claim.source)
