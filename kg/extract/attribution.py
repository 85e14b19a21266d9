"""Who says so: reported speech, thought and writing, with its source, its cue and its content.

Cues are found in the tree (``candidates``), then given the quotations that stand beside them or
follow them (``quotations``), then turned into ``Report``s; ``sources_of`` reads off them where a
predicate comes from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from kg.extract import colons, nominal_cues, quotations, quoting, relaying, verbal_cues
from kg.extract.candidates import Candidate
from kg.extract.clauses import is_aside, is_infinitive, is_open_question, is_past, is_subjunctive, is_whether
from kg.extract.cueing import frames_of
from kg.extract.factuality import value_of
from kg.extract.modifiers import own
from kg.extract.reports import Report as Report
from kg.extract.reports import Sourcing as Sourcing
from kg.extract.reports import Tokens
from kg.extract.scope import UNSPECIFIED
from kg.extract.speakers import Material, is_first_person, phrase, speaker, whole_phrase
from kg.model import DOCUMENT_SOURCE, Annotations, Attribution, Span
from kg.rules.cues import CERTAIN, Cues, Value
from kg.syntax import Parse

_MARKS = frozenset({'"', "“", "”", "``", "''", "‘", "’", "(", ")", "[", "]", "$", "#"})
_RELATIVE = frozenset({"WP", "WDT", "WP$", "WRB"})
#: Acts whose words, though quoted, leave open whether it is so.
_OPEN_ACTS = frozenset({"Question", "Demand", "Appeal", "Promise", "Intention"})


def find(annotations: Annotations, cues: Cues) -> tuple[Report, ...]:
    """Every report of the body, in the order of the cues."""
    material = Material.of(annotations, cues)
    parse = annotations.parse
    found = [c for n in annotations.body for c in _of_sentence(material, parse.sents[n])]
    quoting.assign(material, found, quotations.find(parse))
    for candidate in found:
        if candidate.speech and not candidate.content:
            candidate.content |= colons.after_colon(parse, candidate) or verbal_cues.right_of(parse, candidate)
    reports = sorted((_report(material, c) for c in found if c.content), key=lambda r: r.cue_tokens)
    return tuple(_with_inner_speakers(parse, list(_distinct(reports))))


def _distinct(reports: Sequence[Report]) -> Iterator[Report]:
    """The reports that have content, each cue once: of a verb and its noun the one that has more."""
    best: dict[Tokens, Report] = {}
    for report in reports:
        other = best.get(report.cue_tokens)
        if other is None or report.size >= other.size:
            best[report.cue_tokens] = report
    return (r for r in reports if r.content and best[r.cue_tokens] is r)


def _of_sentence(material: Material, sentence: Tokens) -> Iterator[Candidate]:
    """Every cue of one sentence, left to right, those without content too if they can carry a quotation."""
    yield from colons.labels(material, sentence)
    for i in range(*sentence):
        for finder in _finders(material, i):
            yield from finder(material, i)


Finder = Callable[[Material, int], Iterator[Candidate]]


def _finders(material: Material, i: int) -> Iterator[Finder]:
    """The finders that the word ``i`` concerns."""
    parse, cues = material.parse, material.cues
    pos, lemma, word = parse.pos[i], parse.lemmas[i], parse.lower[i]
    if pos in {"VERB", "AUX"}:
        if lemma in cues.verbs:
            yield verbal_cues.find
    elif pos in {"NOUN", "PROPN"}:
        if lemma in cues.nouns:
            yield nominal_cues.nouns
    elif pos == "ADJ" and lemma in cues.adjectives:
        yield nominal_cues.adjectives
    if word in cues.prepositions:
        yield nominal_cues.phrases
    elif pos == "ADV" and word in cues.adverbs:
        yield nominal_cues.adverbs


def sources_of(token: int, reports: Sequence[Report]) -> Sourcing:
    """Who says what ``token`` says: the innermost source, and those that relay it.

    Where the text names a source that could not be told who it is, the source is the document,
    and the report is given, so that its certainty (``probable`` at most) is what counts.
    """
    said = [r for r in reports if r.voice and r.covers(token) and r.cue != token and (r.source or r.speaker)]
    chain = [r for r in said if r.speaker is not None]
    if not chain:
        unknown = min(said, key=lambda r: r.size, default=None)
        return Sourcing(DOCUMENT_SOURCE, (), None if unknown is None else unknown.cue_span, unknown)
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


def as_attributions(reports: Sequence[Report], parse: Parse) -> tuple[Attribution, ...]:
    """The reports as spans of characters, for ``kg annotate``.

    Listed are the sources that the text itself has: what these say of others' words, and what they think
    and want, is part of what they say (claims carry the whole chain).
    """
    return tuple(
        Attribution(
            source=_source_span(r, parse),
            speaker=r.speaker,
            cue=r.cue_span,
            content=tuple(parse.span(*piece) for piece in r.content),
        )
        for r in reports
        if _is_its_own(r, reports)
    )


def _source_span(report: Report, parse: Parse) -> Span | None:
    """The words beside the cue that name the source: its whole phrase, or the pronoun that stands for it."""
    if report.pronoun is not None:
        return parse.token_span(report.pronoun)
    return (
        None
        if report.source is None
        else parse.span(*whole_phrase(parse, report.source, (report.cue_tokens, *report.content)))
    )


def _is_its_own(report: Report, reports: Sequence[Report]) -> bool:
    """Whether a report stands in the text itself, and not in what another source says or as part of a longer
    cue ("*voiced* fears")."""
    return not any(r is not report and (_is_said_in(report, r) or _is_word_of(report, r)) for r in reports)


def _is_said_in(report: Report, other: Report) -> bool:
    return other.voice and other.covers(report.cue)


def _is_word_of(report: Report, other: Report) -> bool:
    (start, end), own = other.cue_tokens, report.cue_tokens
    longer = (end - start, other.cue) > (own[1] - own[0], report.cue)
    return other.cue != report.cue and longer and start <= report.cue < end


# ------------------------------------------------------------------ reports
def _report(material: Material, candidate: Candidate) -> Report:
    parse = material.parse
    relaying.cite(material, candidate)
    source = candidate.source
    span = None if source is None else phrase(parse, source)
    if span is not None and candidate.stop is not None:
        span = span[0], min(span[1], candidate.stop)
    value = _content_value(material, candidate)
    start, end = candidate.cue_tokens
    own = {*range(start, end), *(() if span is None else range(*span))}
    return Report(
        cue=candidate.cue,
        cue_tokens=candidate.cue_tokens,
        cue_span=parse.span(start, end),
        source=span,
        speaker=None if source is None else speaker(material, source),
        content=_ranges(parse, candidate.content - own),
        act=candidate.effect.act or "Statement",
        polarity=value.polarity,
        certainty=value.certainty,
        relayed=tuple(relaying.outlets(material, candidate)),
        voice=candidate.effect.voice
        and not _is_yet_to_speak(parse, candidate.cue, value)
        and not _is_left_unsaid(parse, candidate, value),
        quoted=bool(candidate.in_quotes),
        rule=candidate.effect.rule,
        given=_ranges(parse, candidate.given | _asides(material, candidate)),
        pronoun=_relative_pronoun(parse, candidate.cue),
    )


def _asides(material: Material, candidate: Candidate) -> set[int]:
    """What the text itself adds about somebody in what is only asked for or spoken of ("demanded a pardon for
    Bo, *who has not been charged*"), and what others answered ("said he was beaten, *which police deny*")."""
    parse = material.parse
    if candidate.in_quotes:
        return set()
    stated = candidate.frame in {"clause", "quote"} and candidate.effect.act not in _OPEN_ACTS
    clauses = (c for c in candidate.content if parse.deps[c] == "relcl")
    if stated:
        clauses = (c for c in clauses if c < candidate.cue or _is_answer(material, c))
    else:
        clauses = (c for c in clauses if parse.pos[parse.heads[c]] == "PROPN")
    told = {t for c in clauses for t in _aside(parse, c)}
    if not stated:
        done = (c for c in candidate.content if parse.deps[c] == "acl" and parse.tags[c] == "VBN")
        told.update(t for c in done for t in parse.subtree(c))
    return told


def _is_answer(material: Material, clause: int) -> bool:
    """Whether a clause tells what somebody else said of what is reported: "which police *denied*"."""
    frames = frames_of(material.parse, clause, material.cues).values()
    return any(e.act == "Denial" for e in frames) and material.parse.child(clause, "nsubj") is not None


def _aside(parse: Parse, clause: int) -> range:
    """A relative clause behind a comma, up to the next one."""
    first, last = parse.edges[clause]
    if not is_aside(parse, clause) or parse.tags[first] not in _RELATIVE:
        return range(0)
    return range(first, next((t for t in range(clause, last + 1) if parse.words[t] == ","), last + 1))


def _is_left_unsaid(parse: Parse, candidate: Candidate, value: Value) -> bool:
    """Whether a source does not tell what the text takes for given: "has not said *why they were refused*"."""
    asked = any(is_open_question(parse, c) for c in parse.with_dep(candidate.cue, "ccomp"))
    return asked and value == UNSPECIFIED and parse.child(candidate.cue, "neg") is not None


def _relative_pronoun(parse: Parse, cue: int) -> int | None:
    """The relative pronoun that is the subject of the cue: "*who* said"."""
    subject = parse.child(cue, "nsubj")
    return subject if subject is not None and parse.antecedent_of(subject) is not None else None


def _content_value(material: Material, candidate: Candidate) -> Value:
    """What the cue says of its content, as it stands itself: "did not say that", "will say that".

    Words in quotation marks speak for themselves.
    """
    if candidate.effect.act not in _OPEN_ACTS and candidate.in_quotes and not candidate.content - candidate.in_quotes:
        return CERTAIN
    if candidate.source is not None and candidate.effect.named is not None:
        return candidate.effect.named
    if (asked := _asked(material.parse, candidate)) is not None:
        return asked
    if material.parse.pos[candidate.cue] in {"NOUN", "PROPN"}:
        value, _ = own(material.parse, candidate.cue, material.cues)
    else:
        value, _ = value_of(material.parse, candidate.cue, material.cues)
    if value.polarity == "positive" and value.certainty != "unspecified":
        value = UNSPECIFIED if _is_announced(material.parse, candidate.cue, value) else CERTAIN
    return candidate.effect.of(value, past=is_past(material.parse, candidate.cue))


def _is_announced(parse: Parse, cue: int, value: Value) -> bool:
    """Whether the words are still to come: "will say that", "is expected to say that"."""
    if value.certainty != "probable":
        return False
    return is_infinitive(parse, cue) or any(parse.tags[c] == "MD" for c in parse.with_dep(cue, "aux"))


def _is_yet_to_speak(parse: Parse, cue: int, content: Value) -> bool:
    """Whether the act is only wished for: "asked voters *to demand* talks", "tests *to confirm* that"."""
    return content.certainty == "unspecified" and parse.pos[cue] == "VERB" and is_infinitive(parse, cue)


def _asked(parse: Parse, candidate: Candidate) -> Value | None:
    """What an indirect question or demand leaves open ("asked whether", "insists that he leave"), and
    what a question takes for given ("asked why")."""
    clause = parse.child(candidate.cue, "ccomp") if candidate.frame == "clause" else None
    if clause is None or clause < candidate.cue:
        return None
    if is_whether(parse, clause) or is_subjunctive(parse, clause):
        return UNSPECIFIED
    return CERTAIN if candidate.effect.act == "Question" and is_open_question(parse, clause) else None


def _ranges(parse: Parse, tokens: set[int]) -> tuple[Tokens, ...]:
    """Tokens as ranges, each without punctuation and white space at its ends; quotation marks stay."""
    out: list[list[int]] = []
    for t in sorted(tokens):
        if parse.pos[t] in {"PUNCT", "SPACE"} and parse.words[t] not in _MARKS and not (out and out[-1][1] == t):
            continue
        if out and out[-1][1] == t:
            out[-1][1] = t + 1
        else:
            out.append([t, t + 1])
    for piece in out:
        while (
            piece[1] > piece[0]
            and parse.pos[piece[1] - 1] in {"PUNCT", "SPACE"}
            and parse.words[piece[1] - 1] not in _MARKS
        ):
            piece[1] -= 1
    return tuple((a, b) for a, b in out if any(parse.pos[t] not in {"PUNCT", "SPACE"} for t in range(a, b)))


def _with_inner_speakers(parse: Parse, reports: list[Report]) -> list[Report]:
    """ "I think" inside a quotation is a hedge of whoever is quoted, outside one of the author: no other source.

    Of anyone else whom the text does not make known, it is only probable that they said it to the author.
    """
    out = []
    for report in reports:
        if report.source is not None and any(is_first_person(parse, t) for t in range(*report.source)):
            around = [
                r for r in reports if r.quoted and r is not report and r.covers(report.cue) and r.speaker is not None
            ]
            if around:
                report = replace(report, speaker=min(around, key=lambda r: r.size).speaker)
            elif report.speaker is None:
                report = replace(report, voice=False)
        elif report.voice and report.source is not None and report.speaker is None:
            weak = Value(report.polarity, report.certainty).weakened("probable")
            report = replace(report, certainty=weak.certainty)
        out.append(report)
    return out
