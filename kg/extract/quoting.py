"""Whose quotations are: each is given to the cue that it belongs to, over sentences and paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.extract import colons, quotations
from kg.extract.candidates import Candidate
from kg.extract.quotations import Quotation
from kg.extract.speakers import Material
from kg.syntax import Parse

#: How much of its paragraph a quotation has to fill to go on from the paragraph before.
_WHOLE_PARAGRAPH = 0.6


def assign(material: Material, found: list[Candidate], quotes: Sequence[Quotation]) -> None:
    """Add each quotation to the content of the cue that it belongs to."""
    parse = material.parse
    by_sentence: dict[int, list[Candidate]] = {}
    for candidate in found:
        by_sentence.setdefault(parse.sent_of[candidate.cue], []).append(candidate)
    owners: list[Candidate | None] = []
    for n, quote in enumerate(quotes):
        if (named := _labelled(parse, quote, by_sentence)) is not None:
            named.content.update(range(named.cue + 1, quote.end))
            owners.append(named)
            continue
        near = _near(parse, quote, by_sentence)
        owner = _overlapping(quote, near) or _adjacent(parse, quote, near)
        if owner is None and (introduced := colons.introduction(material, quote)) is not None:
            found.append(introduced)
            owner = introduced
        if owner is None and _stands_alone(parse, quote):
            owner = _continued(parse, n, quotes, owners, by_sentence)
        if owner is not None:
            owner.content.update(range(quote.start, quote.end))
            owner.in_quotes.update(range(quote.start, quote.end))
        owners.append(owner)
    for candidate in found:
        around = next((q for q, o in zip(quotes, owners, strict=True) if o is not None and candidate.cue in q), None)
        if around is not None:  # what is quoted reports nothing outside its quotation
            candidate.content.intersection_update(range(around.start, around.end))


def _near(parse: Parse, quote: Quotation, by_sentence: dict[int, list[Candidate]]) -> list[Candidate]:
    first, last = parse.sent_of[quote.start], parse.sent_of[quote.end - 1]
    return [c for n in range(first - 1, last + 2) for c in by_sentence.get(n, ()) if c.cue not in quote]


def _labelled(parse: Parse, quote: Quotation, by_sentence: dict[int, list[Candidate]]) -> Candidate | None:
    """The speaker's name and a colon that a quotation itself begins with, as in a quoted transcript."""
    first = by_sentence.get(parse.sent_of[quote.start + 1], ()) if quote.start + 1 < quote.end else ()
    return next((c for c in first if c.stop == c.cue and parse.words[c.cue] == ":" and c.cue in quote), None)


def _overlapping(quote: Quotation, near: Iterable[Candidate]) -> Candidate | None:
    """The cue outside whose content the tree already puts into the quotation; of several the innermost."""
    hits = [c for c in near if any(t in c.content for t in range(quote.start + 1, quote.end - 1))]
    for candidate in hits:
        if candidate.speech and candidate.effect.voice:
            candidate.content.update(t for t in range(quote.start, quote.end))
    return min(hits, key=lambda c: len(c.content), default=None)


def _adjacent(parse: Parse, quote: Quotation, near: Iterable[Candidate]) -> Candidate | None:
    """The cue that only its own words and punctuation part from the quotation."""
    if not quotations.is_sentential(parse, quote):
        return None
    best: tuple[int, Candidate] | None = None
    for candidate in near:
        if not candidate.speech:
            continue
        gap = _gap(parse, quote, candidate)
        if gap is not None and (best is None or gap < best[0]):
            best = (gap, candidate)
    return None if best is None else best[1]


def _gap(parse: Parse, quote: Quotation, candidate: Candidate) -> int | None:
    """How many tokens part cue and quotation, ``None`` if some are not the cue's own."""
    cue = candidate.cue
    between = range(quote.end, cue) if quote.end <= cue else range(cue + 1, quote.start)
    own = set(parse.subtree(cue))
    if cue < quote.start and parse.pos[quote.start - 1] in {"ADP", "DET", "ADJ", "NOUN"} and quote.start - 1 > cue:
        return None  # the name of something: "said in “The Last Word”"
    for t in between:
        if parse.tags[t] == "_SP" and "\n" in parse.words[t]:
            return None
        if parse.pos[t] in {"PUNCT", "SPACE"}:
            if parse.words[t] in {".", "!", "?"} and not parse.words[t - 1].endswith("."):
                return None
            continue
        if t not in own or t in candidate.content:
            return None
    return len(between)


def _stands_alone(parse: Parse, quote: Quotation) -> bool:
    """Whether a quotation fills its sentences, so that nothing in them says whose it is."""
    if quote.resumes:
        return True
    if not quotations.is_sentential(parse, quote):
        return False
    start = parse.sents[parse.sent_of[quote.start]][0]
    end = parse.sents[parse.sent_of[quote.end - 1]][1]
    outside = [
        t for t in (*range(start, quote.start), *range(quote.end, end)) if parse.pos[t] not in {"PUNCT", "SPACE"}
    ]
    return not outside


def _continued(
    parse: Parse,
    n: int,
    quotes: Sequence[Quotation],
    owners: Sequence[Candidate | None],
    by_sentence: dict[int, list[Candidate]],
) -> Candidate | None:
    """Who goes on speaking in a quotation without a cue of its own."""
    quote = quotes[n]
    before = next(((q, o) for q, o in zip(reversed(quotes[:n]), reversed(owners), strict=True) if o is not None), None)
    if before is not None and (quote.resumes or before[0].paragraph == quote.paragraph):
        return before[1]
    sentence = parse.sent_of[quote.start]
    said = [c for c in by_sentence.get(sentence - 1, ()) if c.speech and c.effect.voice and c.source is not None]
    if said:
        return said[0]
    if before is not None and quote.paragraph - before[0].paragraph == 1 and _fills_paragraph(parse, quote):
        return before[1]
    return None


def _fills_paragraph(parse: Parse, quote: Quotation) -> bool:
    start, end = quote.start, quote.end
    while start > 0 and "\n" not in parse.words[start - 1]:
        start -= 1
    while end < len(parse) and "\n" not in parse.words[end]:
        end += 1
    return (quote.end - quote.start) >= _WHOLE_PARAGRAPH * (end - start)
