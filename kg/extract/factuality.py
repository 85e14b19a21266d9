"""How a predicate stands: whether its source says that it is so, and how sure it is.

The value is worked out down the tree, from the place where the source begins to speak (the cue of
a report, or the root of the sentence) to the predicate: each word above makes something of what is
below it (``scope``), and each word's own negation, modals and mood are added (``modifiers``).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from kg.extract.modifiers import Reason, combine, own
from kg.extract.reports import Report
from kg.extract.scope import Step, below
from kg.model import Certainty, Polarity
from kg.rules.cues import CERTAIN, Cues, Value
from kg.syntax import Parse


@dataclass(frozen=True, slots=True)
class Judgement:
    """A predicate's polarity and certainty, the words and rules that they come from, and whether it is
    announced for the future ("will leave", "said that she would leave")."""

    polarity: Polarity
    certainty: Certainty
    because: tuple[str, ...]
    announced: bool = False


def judge(parse: Parse, token: int, cues: Cues, report: Report | None) -> Judgement:
    """How ``token`` stands for its source: that of ``report``, or the document where it is ``None``."""
    if report is None:
        value, reasons = value_of(parse, token, cues)
    else:
        outer = Value(report.polarity, report.certainty)
        value, reasons = value_of(parse, token, cues, outer=outer, above=range(*report.cue_tokens))
        if outer != CERTAIN:
            reasons = ((parse.lemmas[report.cue], report.rule), *reasons)
    announced = value.certainty == "probable" and any(rule in cues.futures for _, rule in reasons)
    because = tuple(f"{word}: {rule}" for word, rule in reasons)
    return Judgement(value.polarity, value.certainty, because, announced)


def value_of(
    parse: Parse, token: int, cues: Cues, *, outer: Value = CERTAIN, above: Collection[int] = ()
) -> tuple[Value, tuple[Reason, ...]]:
    """The value of ``token`` when what stands at the top of its tree, or below one of ``above``, has ``outer``.

    Raises nothing; a token that is its own root has ``outer`` and its own modifiers.
    """
    path = _path(parse, token, above)
    context = outer
    value = outer
    reasons: tuple[Reason, ...] = ()
    for position, at in enumerate(path):
        if position:
            step = Step(parse, cues, path[position - 1], at, context, value)
            context, why = below(step)
            # what is given does not depend on what stands above it
            reasons = why if context == CERTAIN else reasons + why
        inner, why = _own(parse, at, cues, path[position + 1] if position + 1 < len(path) else None)
        value = combine(context, inner)
        reasons += why
    return value, reasons


def _own(parse: Parse, at: int, cues: Cues, child: int | None) -> tuple[Value, tuple[Reason, ...]]:
    if parse.pos[at] in {"ADP", "SCONJ"} and child is not None:
        return CERTAIN, ()
    return own(parse, at, cues, child)


def _path(parse: Parse, token: int, above: Collection[int]) -> list[int]:
    """The tokens from the top of the tree, or from just below ``above``, down to ``token``."""
    path = [token]
    while parse.heads[token] != token and parse.heads[token] not in above:
        token = parse.heads[token]
        path.append(token)
    return path[::-1]
