"""What a situation's claims amount to: its status, and the claims that give it that status."""

from __future__ import annotations

from collections.abc import Sequence

from kg.model import DOCUMENT_SOURCE, Claim, Status


def _voice(claim: Claim) -> tuple[str, str]:
    """Who says it: an entity, or the document itself."""
    return (claim.source, claim.document if claim.source == DOCUMENT_SOURCE else "")


def status(claims: Sequence[Claim]) -> tuple[Status, tuple[Claim, ...]]:
    """The status of a situation, and the claims that it rests on, in their order.

    The first that holds: ``Disputed`` when a certain positive claim of one source stands
    against a certain negative one of another; ``Asserted`` when a document says it in its own
    voice; ``Reported`` when an attributed claim is positive and certain; ``Hedged`` when some
    claim is positive; ``Negated``. Raises ``ValueError`` for no claims.
    """
    if not claims:
        raise ValueError("a situation has at least one claim")
    certain = [c for c in claims if c.certainty == "certain"]
    positive = [c for c in certain if c.polarity == "positive"]
    negative = [c for c in certain if c.polarity == "negative"]
    if any(_voice(yes) != _voice(no) for yes in positive for no in negative):
        return "Disputed", tuple(c for c in certain)
    own = [c for c in positive if c.source == DOCUMENT_SOURCE]
    if own:
        return "Asserted", tuple(own)
    if positive:
        return "Reported", tuple(positive)
    hedged = [c for c in claims if c.polarity == "positive"]
    if hedged:
        return "Hedged", tuple(hedged)
    return "Negated", tuple(claims)
