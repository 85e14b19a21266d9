"""A cue on its way to a report, and what the finders of cues share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.extract.clauses import is_finite
from kg.extract.reports import Tokens
from kg.rules.cues import Effect
from kg.syntax import Parse

Frames = Mapping[str, Effect]
#: The tokens of the content, and what the cue says of it; empty where there is none of that kind.
Found = tuple[set[int], Effect | None]
#: Verbs that bring words before the public: who "issued a statement saying" says it.
ISSUING = frozenset(
    {"issue", "release", "make", "publish", "send", "write", "post", "put", "deliver", "give", "tweet", "file", "sign"}
)


@dataclass(slots=True)
class Candidate:
    """A cue with its source (the head token of the phrase) and the tokens of its content.

    ``frame`` is the kind of content; ``outlets`` are hearers or citing sources that only relay;
    ``speech`` is true where the cue can carry a quotation, ``clausal`` where it can carry a clause.
    ``in_quotes`` and ``given`` are parts of the content: what is quoted, what is only spoken of.
    ``citing`` is who cites the source. ``stop`` is a token that the source phrase does not reach.
    """

    cue: int
    cue_tokens: Tokens
    source: int | None
    content: set[int]
    effect: Effect
    frame: str
    outlets: list[int] = field(default_factory=list)
    speech: bool = False
    in_quotes: set[int] = field(default_factory=set)
    given: set[int] = field(default_factory=set)
    clausal: bool = False
    citing: int | None = None
    stop: int | None = None


def clause_top(parse: Parse, i: int) -> int:
    """The whole coordinated finite clause around ``i``."""
    while parse.heads[i] != i and (not is_clause(parse, i) or parse.deps[i] == "conj"):
        i = parse.heads[i]
    return i


def is_clause(parse: Parse, i: int) -> bool:
    return parse.pos[i] in {"VERB", "AUX"} and (is_finite(parse, i) or parse.child(i, "nsubj", "nsubjpass") is not None)


def clause_head(parse: Parse, i: int) -> int:
    while parse.heads[i] != i and not is_clause(parse, i):
        i = parse.heads[i]
    return i


def apposed_subject(parse: Parse, v: int) -> int | None:
    """The subject that the parser took for an apposition: "according to the agency, *the minister* said"."""
    for prep in parse.with_dep(v, "prep"):
        for t in sorted(parse.subtree(prep)):
            if prep < t < v and parse.deps[t] == "appos" and parse.words[parse.edges[t][0] - 1] == ",":
                return t
    return None


def later_subject(parse: Parse, v: int) -> int | None:
    """The speaker after a cue that the parser also gave the subject around it: "talks, *said Bo*, are over"."""
    subjects = parse.with_dep(v, "nsubj")
    if len(subjects) < 2 or not subjects[0] < v < subjects[-1]:
        return None
    return subjects[-1] if any(parse.words[t] == "," for t in range(subjects[0], v)) else None
