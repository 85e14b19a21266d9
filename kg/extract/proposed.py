"""Claims that a plug-in proposes, held against the text: what it quotes must stand there (docs/plugins.md).

The words of sentence, trigger, cue, time, position and of each role must stand in one sentence of the story, those
of the source in it or elsewhere in the story; white space does not matter, all else does. A plug-in that names no
source leaves it to the rules who says so. Where the rules have
a claim at the trigger already it stays, but for a plain event, whose place a class takes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.extract import plover
from kg.extract.factuality import Judgement
from kg.extract.timing import as_claim_time
from kg.model import DOCUMENT_SOURCE, ROLES, Annotations, Claim, ClaimTime, Filler, Mention, Reading, Span
from kg.plugins import KIN, ProposedClaim
from kg.plugins.asking import Given, Tally
from kg.rules.schema import EventRules

_PLAIN = frozenset({"Event", "State"})
#: What a verb of saying is when nothing that it brings is of a class.
_SAYING = "Statement"


class _Not(Exception):
    """A proposal is not taken; the text is the reason."""


def join(reading: Reading, annotations: Annotations, given: Given[ProposedClaim], rules: EventRules) -> Reading:
    """The reading with the claims of a plug-in that stand up to the text, and the count of those that do not."""
    joiner = _Joiner(reading, annotations, given.plugin, rules)
    tally = Tally()
    for item in given.items:
        try:
            joiner.add(item)
        except _Not as reason:
            tally.count(str(reason))
        else:
            tally.count(None)
    return replace(reading, claims=joiner.settled(), proposals=(*reading.proposals, tally.result(given)))


@dataclass(slots=True)
class _Joiner:
    reading: Reading
    annotations: Annotations
    plugin: str
    rules: EventRules
    claims: dict[str, Claim] = field(init=False)
    classed: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.claims = {claim.id: claim for claim in self.reading.claims}

    def add(self, item: ProposedClaim) -> None:
        """Take the proposal in, or raise ``_Not`` with the reason."""
        _check_terms(item, self.rules)
        sentence = self._sentence(item)
        trigger = self._words(item.trigger, sentence)
        if trigger is None:
            raise _Not("a trigger that does not stand in the sentence")
        before = self._before(trigger, sentence)
        ident = f"s{len(self.claims) + 1}" if before is None else before.id
        claim = self._claim(item, ident, sentence, trigger)
        if item.source is None:
            claim = self._attributed(claim, before)
        self.claims[ident] = claim
        if claim.cls not in _PLAIN:
            self.classed.add(ident)

    def settled(self) -> tuple[Claim, ...]:
        """All claims, in order; "said" is no statement of its own where it brings a claim of a class."""
        return tuple(
            replace(claim, background=True) if claim.cls == _SAYING and self._brings_claims(claim) else claim
            for claim in sorted(self.claims.values(), key=lambda claim: int(claim.id[1:]))
        )

    def _brings_claims(self, claim: Claim) -> bool:
        return any(filler.situation in self.classed for filler in claim.roles.get("topic", ()))

    def _attributed(self, claim: Claim, before: Claim | None) -> Claim:
        """The claim with the source that our own rules see, for a plug-in that names none."""
        if before is not None:
            return replace(claim, source=before.source, relayed_by=before.relayed_by, cue=before.cue)
        begin, end = claim.trigger
        around = [
            (content[1] - content[0], n, each)
            for n, each in enumerate(self.reading.attributions)
            for content in each.content
            if content[0] <= begin and end <= content[1]
        ]
        if not around:
            return claim
        _, _, nearest = min(around, key=lambda each: each[:2])
        return replace(claim, source=nearest.speaker or DOCUMENT_SOURCE, cue=nearest.cue)

    def _claim(self, item: ProposedClaim, ident: str, sentence: Span, trigger: Span) -> Claim:
        roles = self._roles(item.roles, sentence)
        cls = self.rules.classes.get(item.cls)
        judged = Judgement(item.polarity, item.certainty, ())
        return Claim(
            id=ident,
            cls=item.cls,
            predicate=self._predicate(trigger),
            trigger=trigger,
            sentence=sentence,
            roles={role: roles[role] for role in ROLES if role in roles},
            state=cls.state if cls is not None else item.cls == "State",
            position=self._quoted(item.position, sentence, "a position"),
            kinship=item.kinship,
            time=self._time(item.time, sentence),
            polarity=item.polarity,
            certainty=item.certainty,
            confidence=item.confidence,
            source=self._source(item.source, sentence),
            cue=self._place(item.cue, sentence, "a cue"),
            rule=f"plug-in {self.plugin}",
            plover=plover.root(cls.plover, judged) if cls is not None and not cls.state else None,
        )

    def _sentence(self, item: ProposedClaim) -> Span:
        """The first sentence of the story that has the quoted words, the trigger and the participants."""
        holding = [s for s in self.reading.sentences if self._words(item.sentence, s) is not None]
        if not holding:
            raise _Not("a sentence that does not stand in the story")
        needed = [item.trigger, *(words for quotes in item.roles.values() for words in quotes)]
        return next((s for s in holding if all(self._words(words, s) for words in needed)), holding[0])

    def _words(self, quote: str, within: Span) -> Span | None:
        return next(self._all(quote, within), None)

    def _all(self, quote: str, within: Span) -> Iterator[Span]:
        """Where the quoted words stand as whole words."""
        words = quote.split()
        if not words or not any(c.isalnum() for c in quote):
            return
        pattern = r"(?<!\w)" if words[0][0].isalnum() else ""
        pattern += r"\s+".join(map(re.escape, words)) + (r"(?!\w)" if words[-1][-1].isalnum() else "")
        for found in re.compile(pattern).finditer(self.reading.document.text, *within):
            yield found.span()

    def _place(self, quote: str | None, sentence: Span, what: str) -> Span | None:
        if quote is None:
            return None
        place = self._words(quote, sentence)
        if place is None:
            raise _Not(f"{what} that does not stand in the sentence")
        return place

    def _quoted(self, quote: str | None, sentence: Span, what: str) -> str | None:
        place = self._place(quote, sentence, what)
        return None if place is None else " ".join(self.reading.document.text[slice(*place)].split())

    def _roles(self, roles: Mapping[str, Sequence[str]], sentence: Span) -> dict[str, tuple[Filler, ...]]:
        found: dict[str, tuple[Filler, ...]] = {}
        for role, quotes in roles.items():
            fillers = {(m := self._participant(quote, sentence)).entity: m for quote in quotes}
            if fillers:
                found[role] = tuple(Filler(m.span, entity=entity) for entity, m in fillers.items())
        return found

    def _participant(self, quote: str, sentence: Span) -> Mention:
        if self._words(quote, sentence) is None:
            raise _Not("a participant that does not stand in the sentence")
        mention = self._mention(self._all(quote, sentence))
        if mention is None:
            raise _Not("a participant that is no mention")
        return mention

    def _mention(self, places: Iterator[Span]) -> Mention | None:
        """The mention that the words at the first such place are: of the same bounds or head, else the outermost."""
        for place in places:
            inside = [m for m in self.reading.mentions if place[0] <= m.head[0] and m.head[1] <= place[1]]
            for fits in _FITTING:
                for mention in inside:
                    if fits(self.annotations, mention, place):
                        return mention
        return None

    def _source(self, quote: str | None, sentence: Span) -> str:
        """The entity that says so: its words in the sentence, else the last before it, else the first after it."""
        if quote is None:
            return DOCUMENT_SOURCE
        others = sorted(self.reading.sentences, key=lambda s: (s != sentence, s > sentence, abs(s[0] - sentence[0])))
        holding = [s for s in others if self._words(quote, s) is not None]
        if not holding:
            raise _Not("a source that does not stand in the story")
        mention = self._mention(place for s in holding for place in self._all(quote, s))
        if mention is None:
            raise _Not("a source that is no mention")
        return mention.entity

    def _time(self, quote: str | None, sentence: Span) -> ClaimTime | None:
        place = self._place(quote, sentence, "a time")
        if place is None:
            return None
        for timex in self.reading.times:
            if timex.span[0] < place[1] and place[0] < timex.span[1]:
                return as_claim_time(self.annotations.parse, timex)
        raise _Not("a time that is none")

    def _before(self, trigger: Span, sentence: Span) -> Claim | None:
        """The plain event whose place the proposal takes; ``_Not`` if there is a claim of a class."""
        there = [c for c in self.claims.values() if c.trigger[0] < trigger[1] and trigger[0] < c.trigger[1]]
        if any(c.cls not in _PLAIN for c in there):
            raise _Not("words that are read as a claim already")
        return next((c for c in there if c.sentence == sentence), None)

    def _predicate(self, trigger: Span) -> str:
        parse = self.annotations.parse
        inside = [i for i in range(len(parse)) if trigger[0] <= parse.starts[i] and parse.ends[i] <= trigger[1]]
        return " ".join(parse.lemmas[i] for i in inside if not parse.words[i].isspace()) or "happen"


def _check_terms(item: ProposedClaim, rules: EventRules) -> None:
    cls = rules.classes.get(item.cls)
    if cls is None and item.cls not in _PLAIN:
        raise _Not("an unknown class")
    if not set(item.roles) <= set(ROLES):
        raise _Not("an unknown role")
    if item.kinship is not None and item.kinship not in KIN:
        raise _Not("an unknown kinship")


def _is_phrase(annotations: Annotations, mention: Mention, place: Span) -> bool:
    return place in {mention.span, mention.head}


def _is_head(annotations: Annotations, mention: Mention, place: Span) -> bool:
    """Whether what the mention's head hangs on lies outside the quoted words."""
    parse = annotations.parse
    above = parse.heads[mention.root]
    return above == mention.root or not place[0] <= parse.starts[above] < place[1]


#: In which order mentions in quoted words are taken for what the words mean.
_FITTING: tuple[Callable[[Annotations, Mention, Span], bool], ...] = (_is_phrase, _is_head)
