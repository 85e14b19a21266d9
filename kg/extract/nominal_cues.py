"""Nouns, adjectives and phrases that report: "the claim that", "is confident that", "according to"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.candidates import ISSUING, Candidate, Frames, apposed_subject, clause_head, clause_top
from kg.extract.clauses import clause_kind, governor, is_content_clause
from kg.extract.cueing import frames_of, phrase_at
from kg.extract.speakers import Material, can_speak
from kg.rules.cues import Effect
from kg.syntax import OBJECTS, Parse


def nouns(material: Material, n: int) -> Iterator[Candidate]:
    parse = material.parse
    frames = {kind: e for kind, e in frames_of(parse, n, material.cues).items() if e.act is not None}
    content, effect, kind = _noun_content(parse, n, frames)
    if effect is None or not content:
        return
    source = _noun_source(parse, n)
    if source is not None and not can_speak(material, source, effect):
        source = None
    if source is None and kind not in {"clause", "infinitive"}:
        return
    start = n
    verb = _bearing_verb(parse, n)
    if verb is not None and source is not None and source < verb:
        start = min([verb, *(c for c in parse.children[verb] if source < c < verb and parse.deps[c] in _HELPERS)])
    yield Candidate(n, (start, _cue_end(parse, n, content)), source, content, effect, kind)


_HELPERS = frozenset({"aux", "neg", "advmod"})


def _cue_end(parse: Parse, word: int, content: set[int]) -> int:
    """Where a cue ends: behind the preposition that leads from it to its content ("support *for* the plan")."""
    leads = word + 1 < len(parse) and parse.deps[word + 1] == "prep" and parse.heads[word + 1] == word
    return word + 2 if leads and word + 2 in content else word + 1


def _noun_content(parse: Parse, n: int, frames: Frames) -> tuple[set[int], Effect | None, str]:
    if parse.lower[n] == "order" and parse.lower[n - 1] == "in":
        return set(), None, ""
    for c in parse.children[n]:
        if c < n or parse.deps[c] not in {"acl", "relcl", "ccomp"}:
            continue
        kind = clause_kind(parse, c)
        if kind in frames and (
            kind != "clause" or (parse.lower[parse.edges[c][0]] == "that" and is_content_clause(parse, c))
        ):
            return set(parse.subtree(c)), frames[kind], kind
    for c in parse.with_dep(n, "prep"):
        if parse.lower[c] in frames:
            return set(parse.subtree(c)) - {c}, frames[parse.lower[c]], parse.lower[c]
        if parse.lower[c] in {"by", "from"} and "clause" in frames and (told := _told_behind(parse, c)) is not None:
            return set(parse.subtree(told)), frames["clause"], "clause"
    return set(), None, ""


def _told_behind(parse: Parse, by: int) -> int | None:
    """The clause that a noun for words has, where the parser hung it on whose words they are: "a claim by the
    guild *that he left*"."""
    for speaker in parse.with_dep(by, "pobj"):
        for c in parse.with_dep(speaker, "relcl", "acl"):
            first = parse.edges[c][0]
            whole = parse.child(c, "nsubj", "nsubjpass") not in {None, first}
            if parse.lower[first] == "that" and whole and (parse.deps[first] == "mark" or parse.child(c, "dobj")):
                return c
    return None


def _noun_source(parse: Parse, n: int) -> int | None:
    poss = parse.child(n, "poss")
    if poss is not None:
        return parse.relative_antecedent(poss)
    for name, token in parse.prepositions(n):
        if name in {"by", "from"}:
            return token
    verb = _bearing_verb(parse, n)
    if verb is not None:
        found = parse.subject(verb)
        if found is not None and found.position == "subj":
            return found.token
    return next(
        (c for c in parse.children[n] if parse.deps[c] in {"compound", "nmod"} and parse.pos[c] == "PROPN"), None
    )


def _bearing_verb(parse: Parse, n: int) -> int | None:
    """The verb that brings a noun for words or thoughts to its bearer: "*voiced* concern", "*had* doubts"."""
    verb = parse.heads[n]
    bears = parse.deps[n] in OBJECTS and parse.lemmas[verb] in ISSUING | _VOICING
    return verb if bears and not parse.is_passive(verb) else None


_VOICING = frozenset(
    {
        "express",
        "voice",
        "raise",
        "have",
        "repeat",
        "air",
        "share",
        "offer",
        "reiterate",
        "hold",
        "take",
        "advance",
        "spread",
        "face",
    }
)


def adjectives(material: Material, a: int) -> Iterator[Candidate]:
    """ "is confident that": the source is whom the adjective is said of."""
    parse = material.parse
    frames = {kind: e for kind, e in frames_of(parse, a, material.cues).items() if e.act is not None}
    verb = parse.heads[a]
    if not frames or parse.deps[a] not in {"acomp", "oprd"} or governor(parse, verb) != a:
        return
    subject = parse.subject(verb)
    if subject is None or parse.lower[subject.token] in {"it", "that", "this", "what"}:
        return
    content, effect, kind = _adjective_content(parse, a, verb, frames)
    if effect is not None and content and can_speak(material, subject.token, effect):
        start = min([verb, *(c for c in parse.children[verb] if parse.deps[c] in {"aux", "neg"})])
        cue = (start if start > subject.token else a, _cue_end(parse, a, content))
        yield Candidate(a, cue, subject.token, content, effect, kind)


def _adjective_content(parse: Parse, a: int, verb: int, frames: Frames) -> tuple[set[int], Effect | None, str]:
    for c in (*parse.children[a], *parse.children[verb]):
        if parse.deps[c] == "ccomp" and c > a and clause_kind(parse, c) == "clause" and "clause" in frames:
            return set(parse.subtree(c)), frames["clause"], "clause"
    for c in parse.with_dep(a, "prep"):
        if parse.lower[c] in frames:
            return set(parse.subtree(c)) - {c}, frames[parse.lower[c]], parse.lower[c]
    return set(), None, ""


def phrases(material: Material, i: int) -> Iterator[Candidate]:
    """ "according to police, he left": what the phrase hangs on is the content."""
    parse = material.parse
    found = phrase_at(parse, i, material.cues.prepositions)
    if found is None or found.effect.act is None or parse.heads[i] == i or _is_part_of_name(parse, i):
        return
    end = i + len(found.words)
    source = next((t for p in range(i, end) for t in parse.with_dep(p, "pobj", "dobj") if t >= end), None)
    if source is None or not can_speak(material, source, found.effect) or _is_a_measure(parse, i, source):
        return
    top = _told(parse, i)
    content = set(parse.subtree(top)) - set(parse.subtree(i))
    for clause in _of_others(material, top, i):
        content.difference_update(parse.subtree(clause), parse.with_dep(top, "cc"))
    subject = apposed_subject(parse, top) if parse.child(top, "nsubj", "nsubjpass", "expl") is None else None
    if subject is not None:
        content.update(parse.subtree(subject))
    stop = None if subject is None else parse.edges[subject][0]
    yield Candidate(i, (i, end), source, content, found.effect, "clause", speech=True, stop=stop)


def _of_others(material: Material, top: int, i: int) -> Iterator[int]:
    """Clauses joined to the one that a phrase speaks of which it does not reach: one behind it ("ten died, according
    to police, *and Japan sent aid*"), one that has a source of its own ("according to police ten died, *but the mayor
    said nine*")."""
    parse = material.parse
    for clause in parse.with_dep(top, "conj"):
        if clause < top or parse.child(clause, "nsubj", "nsubjpass", "expl") is None:
            continue
        reports = any(e.act is not None for e in frames_of(parse, clause, material.cues).values())
        joint = any(i < cc < clause for cc in parse.with_dep(top, "cc"))
        if (top < i < clause and joint) or (reports and parse.child(clause, "ccomp") is not None):
            yield clause


def _is_part_of_name(parse: Parse, i: int) -> bool:
    """Whether a capital inside a sentence shows a name: "her predecessor, *Per* Holm"."""
    start, _ = parse.sents[parse.sent_of[i]]
    capital = parse.words[i][:1].isupper() and parse.words[i + 1 : i + 2] != ["to"]
    return capital and parse.words[i + 1][:1].isupper() and any(parse.words[t].islower() for t in range(start, i))


def _told(parse: Parse, i: int) -> int:
    """The head of the clause that "according to" speaks of: the whole sentence where a comma sets the
    phrase off at its end, else the clause that it hangs on."""
    start, end = parse.sents[parse.sent_of[i]]
    top = clause_top(parse, parse.heads[i])
    rest = range(parse.edges[i][1] + 1, end)
    if i > start and parse.words[i - 1] == "," and all(parse.pos[t] in {"PUNCT", "SPACE"} for t in rest):
        while parse.heads[top] != top:
            top = parse.heads[top]
        return top
    if i == start or parse.deps[top] not in {"ccomp", "relcl", "advcl", "acl", "parataxis"}:
        return top
    return clause_head(parse, parse.heads[i])


def _is_a_measure(parse: Parse, i: int, source: int) -> bool:
    """Whether "per" counts: "per pupil", "per year"."""
    return parse.lower[i] == "per" and parse.tags[source] == "NN" and not parse.with_dep(source, "det", "poss")


def adverbs(material: Material, i: int) -> Iterator[Candidate]:
    """ "reportedly": nobody is named, the clause is the content."""
    parse = material.parse
    found = phrase_at(parse, i, material.cues.adverbs)
    if found is None or found.effect.act is None or parse.heads[i] == i:
        return
    content = set(parse.subtree(clause_head(parse, parse.heads[i]))) - set(parse.subtree(i))
    yield Candidate(i, (i, i + 1), None, content, found.effect, "clause")
