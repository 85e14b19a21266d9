"""Mentions that a plug-in proposes, and what becomes of them beside our own (docs/plugins.md).

A proposal is cut to whole words without article, title and punctuation. Then, for a name:

- where we have no name, it is one;
- where we have one of the same bounds, it votes on that one's class: more than spaCy's label, less than the
  gazetteer, far less than the user's own list;
- a longer one takes the place of those of ours that are all inside it, unless the gazetteer or the user knows one of
  them; any other overlap is left out.

A noun phrase that is no name gets its class where we know none, or one that is broader.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kg.annotate.candidates import Candidate, Resources
from kg.annotate.classes import Vote
from kg.annotate.names import Name
from kg.model import ENTITY_CLASSES, Span, is_a
from kg.plugins import ProposedMention
from kg.plugins.asking import Given, Tally
from kg.rules.lexicon import Lexicon
from kg.syntax import Parse

#: What a sure proposal weighs: between spaCy's label (3) and the gazetteer (6).
_WEIGHT = 5.0
#: The label that spaCy would give to names of a class, where one says as much.
_LABELS = {
    **{"Person": "PERSON", "Organization": "ORG", "Region": "LOC", "Facility": "FAC", "Place": "GPE", "Work": "LAW"},
    "Thing": "PRODUCT",
}
#: Tags of words that no name begins with, and none ends in.
_LEADING = frozenset({"DT", "PRP$", "POS", "_SP", "``", "''", "-LRB-", "-RRB-", ",", ".", ":", "HYPH", "CC", "IN"})
_TRAILING = _LEADING - {"PRP$"}
#: What can head a noun phrase: "the *poor*", "*14* of them".
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "ADJ", "NUM"})


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal in whole words: its tokens, the head of them, and its vote."""

    tokens: tuple[int, int]
    root: int
    vote: Vote

    @property
    def cls(self) -> str:
        return self.vote.cls


@dataclass(slots=True)
class Proposals:
    """What a plug-in proposes in one text: names and other noun phrases, and the count of what becomes of them."""

    names: list[Proposal] = field(default_factory=list)
    nouns: list[Proposal] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)

    def join_names(self, own: Sequence[Name], taken: frozenset[int]) -> list[Name]:
        """Our names with those that are proposed, in order; ``taken`` are the tokens of times."""
        found = list(own)
        for proposal in self.names:
            begin, end = proposal.tokens
            over = [n for n in found if n.start < end and begin < n.end]
            if self.tally.count(_against(proposal, over, taken)):
                same = [n for n in over if (n.start, n.end) == proposal.tokens]
                if not same:
                    found = [n for n in found if n not in over] + [Name(begin, end, _label(proposal.cls))]
                elif proposal.cls == "Thing" and not same[0].entries:  # else it would count as a common noun
                    found[found.index(same[0])] = replace(same[0], label=_label("Thing"))
        return sorted(found, key=lambda n: (n.start, -n.end))

    def vote(self, found: Sequence[Candidate]) -> None:
        """Let the proposals vote on the classes of the names that have their bounds."""
        votes = {proposal.tokens: proposal.vote for proposal in self.names}
        for c in found:
            vote = votes.get(c.head) if c.name is not None else None
            if vote is not None:
                c.votes.append(vote)

    def class_nouns(self, found: Sequence[Candidate]) -> list[Proposal]:
        """Give noun phrases their class where ours is broader; the proposals that we have no mention for."""
        at_root = {c.root: c for c in found}
        new: dict[int, Proposal] = {}
        for proposal in self.nouns:
            own = at_root.get(proposal.root)
            if own is None:
                if self.tally.count("twice the same words" if proposal.root in new else None):
                    new[proposal.root] = proposal
            elif self.tally.count(_against_class(proposal.cls, own)):
                own.cls = proposal.cls
        return list(new.values())


def prepare(parse: Parse, body: Sequence[int], given: Given[ProposedMention], resources: Resources) -> Proposals:
    """The proposals in whole words, those that cannot be mentions counted out."""
    out = Proposals()
    inside = {i for n in body for i in range(*parse.sents[n])}
    seen: set[tuple[int, int]] = set()
    for item in sorted(given.items, key=lambda item: (-item.score, item.span, item.cls)):
        tokens = _tokens(parse, item.span, inside)
        cut = None if tokens is None else _cut(parse, tokens, resources.lexicon)
        reason = _wrong(item, parse, tokens, cut) or ("twice the same words" if cut in seen else None)
        if reason is not None or cut is None:
            out.tally.count(reason)
            continue
        seen.add(cut)
        root = _root(parse, cut)
        named = _is_name(parse, root)
        if not named and parse.pos[root] not in _NOMINAL:
            out.tally.count("no words of a name or noun phrase")
            continue
        vote = Vote(item.cls, _WEIGHT * item.score, f"the plug-in {given.plugin}")
        kind = out.names if named else out.nouns
        kind.append(Proposal(cut, root, vote))
    return out


def _wrong(
    item: ProposedMention, parse: Parse, tokens: tuple[int, int] | None, cut: tuple[int, int] | None
) -> str | None:
    """Why the proposal can be no mention, if it cannot."""
    begin, end = item.span
    if item.cls not in ENTITY_CLASSES:
        return "an unknown class"
    if not 0 <= begin < end <= len(parse.text):
        return "a place outside the text"
    if tokens is None:
        return "not whole words of one sentence of the story"
    return None if cut is not None else "no words of a name or noun phrase"


def _tokens(parse: Parse, span: Span, inside: set[int]) -> tuple[int, int] | None:
    """The tokens that stand in the span, if none is cut in two and all are of one sentence of the body."""
    first, behind = bisect_right(parse.ends, span[0]), bisect_left(parse.starts, span[1])
    touched = [i for i in range(first, behind) if not parse.words[i].isspace()]
    if not touched or parse.starts[touched[0]] < span[0] or parse.ends[touched[-1]] > span[1]:
        return None
    one = parse.sent_of[touched[0]] == parse.sent_of[touched[-1]]
    return (touched[0], touched[-1] + 1) if one and inside.issuperset(touched) else None


def _cut(parse: Parse, tokens: tuple[int, int], lexicon: Lexicon) -> tuple[int, int] | None:
    """Without article, title and punctuation at the edges; ``None`` if nothing with a letter or digit is left."""
    start, end = tokens
    while end > start and parse.tags[end - 1] in _TRAILING and not parse.words[end - 1][:1].isalnum():
        end -= 1
    while start < end - 1 and (parse.tags[start] in _LEADING or _is_title(parse, start, lexicon)):
        start += 1
    return (start, end) if any(c.isalnum() for i in range(start, end) for c in parse.words[i]) else None


def _is_title(parse: Parse, i: int, lexicon: Lexicon) -> bool:
    title = lexicon.title(parse.words[i])
    return title is not None and title.kind != "modifier" and parse.words[i + 1][:1].isupper()


def _root(parse: Parse, tokens: tuple[int, int]) -> int:
    """The token whose head lies outside (the last one of several)."""
    inside = range(*tokens)
    return max((i for i in inside if parse.heads[i] not in inside or parse.heads[i] == i), default=tokens[1] - 1)


def _is_name(parse: Parse, root: int) -> bool:
    """Whether the head is written like a name; at the head of a sentence the tag must say so."""
    first = root == parse.sents[parse.sent_of[root]][0]
    return any(c.isupper() for c in parse.words[root]) and (not first or parse.pos[root] == "PROPN")


def _label(cls: str) -> str:
    return next((label for above, label in _LABELS.items() if is_a(cls, above)), "")


def _against(proposal: Proposal, over: Sequence[Name], taken: frozenset[int]) -> str | None:
    """Why a name is left out beside those of ours that it overlaps."""
    begin, end = proposal.tokens
    if not taken.isdisjoint(range(begin, end)):
        return "part of a time"
    if any((n.start, n.end) == proposal.tokens for n in over):
        return None
    if any(not (begin <= n.start and n.end <= end) for n in over):
        return "overlaps a name of other bounds"
    if any(entry.kind != "given name" and not entry.weak for n in over for entry in n.entries[:1]):
        return "holds a name that is known"
    return None


def _against_class(cls: str, own: Candidate) -> str | None:
    if own.kind == "pronoun" or own.name is not None:
        return "no noun phrase"
    return None if own.cls == "Thing" or is_a(cls, own.cls) else "a noun of another class"
