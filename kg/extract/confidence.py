"""How far the reading of a claim is to be trusted, whatever its source thinks of it.

Each signal is something by which readings go wrong: a parse that is hard to get right, a trigger
that has other senses, participants and sources that are reached over links which may be wrong.
A signal gives a number, its weight turns that into log-odds, and their sum is the confidence. The
weights are few and round: each is about what the share of right claims among those with the signal
says, on articles that a reader had marked up (``benchmarks/confidence.py`` measures it).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

from kg.extract.attribution import Sourcing
from kg.extract.drafts import Draft
from kg.extract.factuality import Judgement
from kg.model import Mention
from kg.rules.schema import EventRules
from kg.syntax import Parse, remembered

#: Verb forms whose subject and time the parser has to infer.
_UNFINISHED = frozenset({"VB", "VBP"})
#: Labels of clauses that take their subject from elsewhere, and "dep", by which the parser says that it does not know.
_BORROWING = frozenset({"xcomp", "advcl", "acl", "pcomp", "dep"})
#: Sentences of news have some 25 words; up to there length does no harm, and from 55 on no more.
_LONG, _TOO_LONG = 25, 55
_CONJUNCTS = 4
#: Characters between a cue and what it attributes, beyond which more makes no difference.
_FAR = 200
_START = 0.6


class Evidence(NamedTuple):
    """What a claim's reading rests on; ``rivals`` is how many classes besides its own a bare trigger can name."""

    parse: Parse
    draft: Draft
    mentions: tuple[Mention, ...]
    sourcing: Sourcing
    judgement: Judgement
    rivals: int


def confidence(evidence: Evidence) -> float:
    """The trust in a claim, from 0 to 1, to two decimals."""
    odds = 0.0
    for signal, weight in _SIGNALS:
        odds += weight * signal(evidence)
    return round(1 / (1 + math.exp(-_START - odds)), 2)


def rivals(draft: Draft, parse: Parse, rules: EventRules) -> int:
    """How many other classes have the draft's trigger, where it is a single word."""
    entries = [
        entry
        for kind, table in rules.index.items()
        if f" {kind} «" in draft.rule and len(draft.tokens) == 1
        for entry in table.get(parse.lemmas[draft.head], ())
    ]
    return len({frame.cls for pattern, frame in entries if len(pattern.words) == 1} - {draft.cls})


# ------------------------------------------------------------------ the parse
def _length(e: Evidence) -> float:
    start, end = e.parse.sents[e.parse.sent_of[e.draft.head]]
    return min(max(end - start - _LONG, 0), _TOO_LONG - _LONG) / (_TOO_LONG - _LONG)


def _coordination(e: Evidence) -> float:
    return min(_conjuncts(e.parse, e.parse.sent_of[e.draft.head]), _CONJUNCTS) / _CONJUNCTS


@remembered
def _conjuncts(parse: Parse, sentence: int) -> int:
    start, end = parse.sents[sentence]
    return parse.deps[start:end].count("conj")


def _unfinished(e: Evidence) -> float:
    return float(e.parse.tags[e.draft.head] in _UNFINISHED)


def _gerund(e: Evidence) -> float:
    return float(e.parse.tags[e.draft.head] == "VBG")


def _borrowing(e: Evidence) -> float:
    return float(e.parse.deps[e.draft.head] in _BORROWING)


# ------------------------------------------------------------------ the trigger
def _rule(e: Evidence) -> float:
    """The rule's own trust, as log-odds: what has no class is read with less care."""
    return math.log(e.draft.confidence / (1 - e.draft.confidence))


def _told_in_passing(e: Evidence) -> float:
    """Titles and appositions say what they say in two or three words."""
    return float(e.draft.descriptive)


def _rivalled(e: Evidence) -> float:
    return float(e.rivals > 0)


def _nominal(e: Evidence) -> float:
    return float(" noun «" in e.draft.rule)


def _speech_alone(e: Evidence) -> float:
    """Made of a cue of speech, because nothing inside was of a class."""
    return float(e.draft.rule.startswith("reporting"))


# ------------------------------------------------------------------ the participants
def _described(e: Evidence) -> float:
    return float(any(m.kind == "nominal" for m in e.mentions))


def _pronoun(e: Evidence) -> float:
    return float(any(m.kind == "pronoun" for m in e.mentions))


def _links(e: Evidence) -> float:
    """How likely one of the links is wrong over which the participants are reached."""
    return 1 - math.prod(m.score for m in e.mentions)


def _nobody(e: Evidence) -> float:
    return float(not e.mentions)


# ------------------------------------------------------------------ the source and its certainty
def _unknown_source(e: Evidence) -> float:
    report = e.sourcing.report
    return float(report is not None and report.speaker is None)


def _distance(e: Evidence) -> float:
    if e.sourcing.cue is None:
        return 0.0
    return min(abs(e.sourcing.cue[0] - e.parse.starts[e.draft.head]), _FAR) / _FAR


def _hedged(e: Evidence) -> float:
    return float(e.judgement.certainty != "certain")


def _layered(e: Evidence) -> float:
    return float(len(e.judgement.because) > 1)


#: Each signal and its weight in log-odds: -0.7 halves the odds that the claim is right.
_SIGNALS: tuple[tuple[Callable[[Evidence], float], float], ...] = (
    (_length, -1.0),
    (_coordination, -0.4),
    (_unfinished, -0.7),
    (_gerund, -0.5),
    (_borrowing, -0.2),
    (_rule, 0.4),
    (_told_in_passing, 0.6),
    (_rivalled, -0.3),
    (_nominal, -0.3),
    (_speech_alone, -0.5),
    (_described, -0.6),
    (_pronoun, -0.2),
    (_links, -0.3),
    (_nobody, -0.5),
    (_unknown_source, -0.5),
    (_distance, -0.6),
    (_hedged, -0.4),
    (_layered, -0.2),
)
