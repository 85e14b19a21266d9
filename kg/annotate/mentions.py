"""What is talked about: every noun phrase, name and pronoun of the story, with its class.

Nothing here decides who is who; that is ``coreference.py``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.model import MentionKind, Timex
from kg.syntax import NamedSpan, Parse

#: The model's labels of names, and the class that each begins as.
LABELS = {
    "PERSON": "Person",
    "NORP": "Country",
    "FAC": "Facility",
    "ORG": "Organization",
    "GPE": "Country",
    "LOC": "Region",
    "PRODUCT": "Thing",
    "EVENT": "Thing",
    "WORK_OF_ART": "Work",
    "LAW": "Work",
    "LANGUAGE": "Thing",
}
PERSONAL = frozenset("i me my mine we us our ours you your yours he him his she her hers it its they them their theirs".split())
REFLEXIVE = frozenset("myself yourself himself herself itself ourselves yourselves themselves".split())
RELATIVE = frozenset({"who", "whom", "whose", "which", "that"})
_MODIFIERS = frozenset({"compound", "amod", "nmod", "det", "advmod", "nummod", "quantmod", "npadvmod"})


@dataclass(slots=True)
class Candidate:
    """A mention before it is known whose it is. ``name`` is the proper name in it, if it has one."""

    root: int
    tokens: tuple[int, int]
    head: tuple[int, int]
    kind: MentionKind
    cls: str
    sentence: int
    name: str | None = None
    label: str | None = None


def find(parse: Parse, body: tuple[int, ...], times: tuple[Timex, ...]) -> list[Candidate]:
    """Every mention of the body's sentences, in order of their heads."""
    timed = _tokens_of_times(parse, times)
    out: list[Candidate] = []
    for sentence in body:
        start, end = parse.sents[sentence]
        for i in range(start, end):
            if i not in timed:
                out += _at(parse, i, sentence)
    return out


def _tokens_of_times(parse: Parse, times: tuple[Timex, ...]) -> set[int]:
    if times:
        return {i for t in times for i in range(len(parse)) if t.span[0] <= parse.starts[i] < t.span[1]}
    return {i for n in parse.names if n.label in {"DATE", "TIME"} for i in range(n.start, n.end)}


def _at(parse: Parse, i: int, sentence: int) -> Iterator[Candidate]:
    """The mention whose head is the token ``i``, if one is."""
    if parse.pos[i] == "PRON":
        if parse.lower[i] in PERSONAL | REFLEXIVE and not _is_expletive(parse, i):
            yield Candidate(i, (i, i + 1), (i, i + 1), "pronoun", "Thing", sentence)
        elif parse.antecedent_of(i) is not None:
            yield Candidate(i, (i, i + 1), (i, i + 1), "pronoun", "Thing", sentence)
        return
    named = parse.name_at.get(i)
    if named is not None and named.label in LABELS:
        name = _trimmed(parse, named)
        if name.start < name.end and _root(parse, name) == i:
            yield _named(parse, i, name, sentence)
        return
    if named is None and parse.pos[i] in {"NOUN", "PROPN"} and parse.deps[i] not in {"compound", "amod", "nmod"}:
        kind: MentionKind = "nominal" if parse.pos[i] == "NOUN" else "name"
        text = parse.words[i] if kind == "name" else None
        yield Candidate(i, parse.noun_phrase(i), (i, i + 1), kind, "Thing", sentence, name=text)


def _named(parse: Parse, i: int, name: NamedSpan, sentence: int) -> Candidate:
    start, end = (name.start, name.end) if parse.deps[i] in _MODIFIERS else parse.noun_phrase(i)
    tokens = (min(start, name.start), max(end, name.end))
    text = parse.text_of(name.start, name.end)
    return Candidate(i, tokens, (name.start, name.end), "name", LABELS[name.label], sentence, name=text, label=name.label)


def _trimmed(parse: Parse, name: NamedSpan) -> NamedSpan:
    """The name without an article before it and a possessive behind it."""
    start, end = name.start, name.end
    while start < end and parse.tags[start] in {"DT", "_SP", "``"}:
        start += 1
    while start < end and parse.tags[end - 1] in {"POS", "_SP", "''", ",", "."}:
        end -= 1
    return NamedSpan(start, end, name.label)


def _root(parse: Parse, name: NamedSpan) -> int:
    """The token of the name whose head lies outside it (the last one of several)."""
    inside = range(name.start, name.end)
    return max((i for i in inside if parse.heads[i] not in inside or parse.heads[i] == i), default=name.end - 1)


def _is_expletive(parse: Parse, i: int) -> bool:
    """Whether "it" stands for nothing: "it rained", "it is likely that ..."."""
    if parse.lower[i] != "it" or parse.deps[i] == "expl":
        return parse.lower[i] == "it"
    head = parse.heads[i]
    if parse.deps[i] not in {"nsubj", "nsubjpass"}:
        return False
    clause = any(parse.deps[c] in {"ccomp", "csubj", "advcl", "xcomp"} and c > head for c in parse.children[head])
    return clause and (parse.lemmas[head] in {"be", "seem", "appear", "turn", "happen"} or parse.is_passive(head))
