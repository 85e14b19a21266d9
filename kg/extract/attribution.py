"""Who says so: reported speech, thought and writing, with its source, its cue and its content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.model import DOCUMENT_SOURCE, Annotations, Attribution, Certainty, Polarity, Span
from kg.rules.cues import Cues
from kg.syntax import Parse

#: A range of tokens, end exclusive.
Tokens = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Report:
    """One stretch of reported speech, thought or writing.

    ``cue`` is the cue's main token, ``cue_tokens`` all of it, ``cue_span`` its characters.
    ``source`` is the phrase that names the source, ``speaker`` the entity that it refers to;
    both are ``None`` where the text leaves the source unsaid. ``polarity`` and ``certainty``
    are what the cue says of its content. ``relayed`` are entities through which it comes where
    the cue itself says so, outermost first. ``voice`` is false where the content is only what
    the act is about ("criticised the attack") and not the source's word. ``quoted`` tells
    whether the content stands in quotation marks.
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

    def covers(self, token: int) -> bool:
        """Whether ``token`` is part of the content."""
        return any(start <= token < end for start, end in self.content)

    @property
    def size(self) -> int:
        """How many tokens the content has."""
        return sum(end - start for start, end in self.content)


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


def sources_of(token: int, reports: Sequence[Report]) -> Sourcing:
    """Who says what ``token`` says: the innermost source, and those that relay it."""
    chain = [r for r in reports if r.voice and r.speaker is not None and r.covers(token) and r.cue != token]
    if not chain:
        return Sourcing(DOCUMENT_SOURCE, (), None, None)
    chain.sort(key=lambda r: (-r.size, r.cue))
    names: list[str] = []
    speaking: Report = chain[0]
    for report in chain:
        for name in (*report.relayed, report.speaker):
            if name is not None and name not in names[-1:]:
                names.append(name)
                speaking = report
    source = names.pop()
    return Sourcing(source, tuple(n for n in dict.fromkeys(names) if n != source), speaking.cue_span, speaking)


def find(annotations: Annotations, cues: Cues) -> tuple[Report, ...]:
    """Every report of the body, in the order of the cues."""
    return ()


def as_attributions(reports: Sequence[Report], parse: Parse) -> tuple[Attribution, ...]:
    """The reports as spans of characters, for ``kg annotate``."""
    return tuple(
        Attribution(
            source=None if r.source is None else parse.span(*r.source),
            speaker=r.speaker,
            cue=r.cue_span,
            content=tuple(parse.span(*piece) for piece in r.content),
        )
        for r in reports
    )
