"""Document and parse in, annotations out: what the text speaks of, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.annotate import coreference, gazetteer, mentions, proposed, times
from kg.annotate.candidates import Resources
from kg.model import Annotations, Document, Span
from kg.plugins import ProposedMention
from kg.plugins.asking import Given
from kg.rules import nominals
from kg.syntax import Parse

if TYPE_CHECKING:
    from kg.rules import Rules


def annotate(
    document: Document, parse: Parse, rules: Rules, given: Given[ProposedMention] | None = None
) -> Annotations:
    """The entities, mentions and times of one document; ``given`` is what a plug-in proposes as mentions."""
    body = _body(document, parse)
    resources = Resources(rules.lexicon, gazetteer.load(rules.names), nominals.load())
    found_times = times.find(parse, document.date)
    joined = None if given is None else proposed.prepare(parse, body, given, resources)
    found = mentions.find(parse, body, found_times, resources, joined)
    entities, placed = coreference.resolve(parse, found, resources)
    tallies = () if given is None or joined is None else (joined.tally.result(given),)
    return Annotations(document, parse, body, entities, placed, found_times, tallies)


def story(document: Document, parse: Parse) -> tuple[Span, ...]:
    """The places of the sentences that are story, which claims and mentions are taken from."""
    return tuple(parse.sentence_span(n) for n in _body(document, parse))


def _body(document: Document, parse: Parse) -> tuple[int, ...]:
    """The sentences that are story: not inside furniture, and not without a word."""
    out = []
    for n, (start, end) in enumerate(parse.sents):
        words = [i for i in range(start, end) if parse.tags[i] != "_SP"]
        if not any(parse.words[i][:1].isalnum() for i in words):
            continue
        middle = (parse.starts[words[0]], parse.ends[words[-1]])
        if not any(f.span[0] <= middle[0] and middle[1] <= f.span[1] for f in document.furniture):
            out.append(n)
    return tuple(out)
