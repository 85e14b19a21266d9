"""The shape of a report, and of what a report says about where something comes from."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Certainty, Polarity, Span

#: A range of tokens, end exclusive.
Tokens = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Report:
    """One stretch of reported speech, thought or writing.

    ``cue`` is the cue's main token, ``cue_tokens`` all of it, ``cue_span`` its characters.
    ``source`` is the phrase that names the source, ``speaker`` the entity that it refers to;
    both are ``None`` where the text leaves the source unsaid. ``pronoun`` is the relative pronoun
    that stands for the source beside the cue, where there is one. ``polarity`` and ``certainty``
    are what the cue says of its content. ``relayed`` are entities through which it comes where
    the cue itself says so, outermost first. ``voice`` is false where the content is only what
    the act is about ("criticised the attack") and not the source's word. ``quoted`` tells
    whether the content stands in quotation marks. ``given`` are those parts of the content
    that the source speaks of but does not state ("called *the attack* a crime").
    """

    cue: int
    cue_tokens: Tokens
    cue_span: Span
    source: Tokens | None
    speaker: str | None
    content: tuple[Tokens, ...]
    act: str
    polarity: Polarity = "positive"
    certainty: Certainty = "certain"
    relayed: tuple[str, ...] = ()
    voice: bool = True
    quoted: bool = False
    rule: str = ""
    pronoun: int | None = None
    given: tuple[Tokens, ...] = ()

    def covers(self, token: int) -> bool:
        """Whether ``token`` is part of what the source states."""
        if not self.content or not self.content[0][0] <= token < self.content[-1][1]:
            return False
        return _within(token, self.content) and not _within(token, self.given)

    @property
    def size(self) -> int:
        """How many tokens the content has."""
        return sum(end - start for start, end in self.content)


def _within(token: int, ranges: tuple[Tokens, ...]) -> bool:
    return any(start <= token < end for start, end in ranges)


@dataclass(frozen=True, slots=True)
class Sourcing:
    """Where a predicate comes from.

    ``source`` is an entity id or ``DOCUMENT_SOURCE``; ``relayed_by`` runs from the outermost
    source inwards; ``cue`` and ``report`` belong to the report from whose cue on the source speaks.
    """

    source: str
    relayed_by: tuple[str, ...]
    cue: Span | None
    report: Report | None
