"""Cues in the tree: verbs, nouns, adjectives and phrases that report, with what stands beside them.

Each function looks at one kind of cue and gives what it found as ``Candidate``s; what they hold of
quotations that the tree does not reach is added by ``attribution``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from kg.extract.cueing import frames_of, pattern_words, phrase_at
from kg.extract.reports import Tokens
from kg.extract.scope import clause_kind, governor, is_finite
from kg.extract.speakers import Material, can_speak as can_speak
from kg.rules.cues import Effect
from kg.syntax import NOMINAL, OBJECTS, PASSIVE_SUBJECTS, Parse


@dataclass(slots=True)
class Candidate:
    """A cue with its source (the head token of the phrase) and the tokens of its content.

    ``frame`` is the kind of content; ``outlet`` is a hearer or a citing source that only relays.
    ``speech`` is true where the cue can carry a quotation.
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


def find(material: Material, sentence: Tokens) -> Iterator[Candidate]:
    """Every cue of one sentence, left to right, those without content too if they can carry a quotation."""
    parse, cues = material.parse, material.cues
    for i in range(*sentence):
        pos = parse.pos[i]
        if pos in {"VERB", "AUX"}:
            if parse.lemmas[i] in cues.verbs:
                yield from _verb(material, i)
        elif pos in {"NOUN", "PROPN"}:
            if parse.lemmas[i] in cues.nouns:
                yield from _noun(material, i)
        elif pos == "ADJ" and parse.lemmas[i] in cues.adjectives:
            yield from _adjective(material, i)
        if parse.lower[i] in cues.prepositions:
            yield from _according(material, i)
        elif pos == "ADV" and parse.lower[i] in cues.adverbs:
            yield from _hearsay(material, i)


# ------------------------------------------------------------------ verbs
def _verb(material: Material, v: int) -> Iterator[Candidate]:
    parse = material.parse
    if parse.deps[v] in {"amod", "compound", "aux", "auxpass"}:
        return
    frames = {kind: e for kind, e in frames_of(parse, v, material.cues).items() if e.act is not None}
    if "source" in frames and (cited := _quoted_as(material, v)) is not None:
        yield cited
        return
    if not frames:
        return
    source = _source(parse, v)
    for kind, look in _CONTENTS:
        effects = [frames[k] for k in frames if k == kind or (kind == "prep" and k not in _KINDS)]
        if not effects:
            continue
        content, effect = look(parse, v, frames)
        if kind == "object" and not content:
            content, effect = _led_to(material, v), frames["object"]
        if content and effect is not None:
            break
    else:
        content, effect, kind = set(), frames.get("quote"), "quote"
    if effect is None or (effect.own_subject and parse.child(v, "nsubj") is None and parse.deps[v] in {"advcl", "xcomp", "prep"}):
        return
    if source is not None and not can_speak(material, source, effect):
        source = _speaker_of_clause(parse, v)
        if source is None or not can_speak(material, source, effect):
            return
    if source is None and not _may_be_unsaid(parse, v, kind):
        return
    yield Candidate(
        cue=v,
        cue_tokens=_cue_tokens(material, v, content),
        source=source,
        content=content,
        effect=effect,
        frame=kind,
        outlets=_hearers(parse, v) if effect.voice else [],
        speech="quote" in frames,
        given=_given(parse, v) if kind in _WITH_GIVEN_OBJECT else set(),
    )


#: Kinds of content in which the object is only spoken of: "called the attack a crime", "urged the court to act".
_WITH_GIVEN_OBJECT = frozenset({"predicate", "as", "infinitive", "prep"})


def _given(parse: Parse, v: int) -> set[int]:
    return {t for c in parse.children[v] if parse.deps[c] in OBJECTS | PASSIVE_SUBJECTS for t in parse.subtree(c)}


def _source(parse: Parse, v: int) -> int | None:
    """The head token of the source: the logical subject of the cue."""
    reduced = parse.deps[v] in {"acl", "relcl"} and parse.tags[v] in {"VBD", "VBN"} and parse.child(v, "nsubj", "aux") is None
    if reduced or parse.is_passive(v):
        return next((token for name, token in parse.prepositions(v) if name == "by"), None)
    found = parse.subject(v)
    if found is None or found.position != "subj" or parse.pos[found.token] in {"VERB", "AUX"}:
        return None
    token = found.token
    if parse.deps[v] == "acl" and found.via == "participle":
        return _issuer(parse, token)
    return token


def _issuer(parse: Parse, noun: int) -> int:
    """Who speaks in "issued a statement saying": the one who issued it, where there is one."""
    verb = parse.heads[noun]
    if parse.deps[noun] in OBJECTS and parse.lemmas[verb] in _ISSUING and not parse.is_passive(verb):
        found = parse.subject(verb)
        if found is not None and found.position == "subj":
            return found.token
    return noun


_ISSUING = frozenset({"issue", "release", "make", "publish", "send", "write", "post", "put", "deliver", "give", "tweet", "file", "sign"})


def _speaker_of_clause(parse: Parse, v: int) -> int | None:
    """Who speaks in a participle that modifies a thing: the subject of the clause around it."""
    if parse.deps[v] != "acl" or parse.tags[v] != "VBG":
        return None
    found = parse.subject(parse.clause_verb(parse.heads[v]))
    return found.token if found is not None and found.position == "subj" else None


def _may_be_unsaid(parse: Parse, v: int, kind: str) -> bool:
    """Whether a cue without a source is one: passives with a clause, an infinitive or "as"."""
    return kind in {"clause", "infinitive", "as"} and (parse.is_passive(v) or parse.tags[v] == "VBN")


Frames = dict[str, Effect]
Found = tuple[set[int], Effect | None]


def _clause(parse: Parse, v: int, frames: Frames) -> Found:
    content: set[int] = set()
    for c in parse.children[v]:
        if parse.deps[c] == "ccomp" and (c < v or clause_kind(parse, c) == "clause"):
            content.update(_before_semicolon(parse, c) if c > v else parse.subtree(c))
    if not content and (top := _host(parse, v)) is not None:
        content = set(parse.subtree(top)) - set(parse.subtree(v))
    return content, frames["clause"]


def _before_semicolon(parse: Parse, c: int) -> set[int]:
    """A clause's tokens up to a semicolon outside quotation marks: what follows is the text's own."""
    tokens = sorted(parse.subtree(c))
    stop = next((t for t in tokens if t > c and parse.words[t] == ";" and not parse.quoted[t]), None)
    return {t for t in tokens if stop is None or t < stop}


def _host(parse: Parse, v: int) -> int | None:
    """The clause that a parenthetical or "as"-clause with the cue ``v`` stands in: "it is, he said, over"."""
    head = parse.heads[v]
    if head == v or parse.child(v, "nsubj") is None:
        return None
    if any(parse.deps[c] in OBJECTS and parse.lower[c] != "it" for c in parse.children[v]):
        return None
    if parse.deps[v] == "parataxis":
        return _clause_top(parse, head)
    if parse.deps[v] == "advcl" and any(parse.lower[c] == "as" and parse.deps[c] == "mark" for c in parse.children[v]):
        return _clause_top(parse, head)
    return None


def _clause_top(parse: Parse, i: int) -> int:
    """The whole coordinated clause around ``i``."""
    while parse.heads[i] != i and (parse.pos[i] not in {"VERB", "AUX"} or parse.deps[i] == "conj"):
        i = parse.heads[i]
    return i


def _quote(parse: Parse, v: int, frames: Frames) -> Found:
    return set(), None


def _infinitive(parse: Parse, v: int, frames: Frames) -> Found:
    for c in parse.children[v]:
        if parse.deps[c] in {"xcomp", "ccomp"} and c > v and clause_kind(parse, c) == "infinitive":
            content = _infinitive_tokens(parse, c)
            for o in parse.children[v]:
                passive = parse.is_passive(v) and parse.deps[o] in PASSIVE_SUBJECTS
                if (parse.deps[o] in OBJECTS or passive) and parse.lower[o] != "it":
                    content.update(parse.subtree(o))
            for at in parse.children[v]:  # "called on Italy to leave"
                if parse.deps[at] == "prep" and v < at < c and parse.lower[at] in {"on", "upon"}:
                    content.update(t for o in parse.with_dep(at, "pobj") for t in parse.subtree(o))
            return content, frames["infinitive"]
    return set(), None


def _infinitive_tokens(parse: Parse, c: int) -> set[int]:
    """An infinitive's tokens, without a finite verb that the parser coordinated with it by mistake."""
    out = set(parse.subtree(c))
    for conjunct in parse.with_dep(c, "conj"):
        if parse.tags[conjunct] in {"VBD", "VBZ"} and parse.child(conjunct, "nsubj") is None:
            out -= set(parse.subtree(conjunct))
    return out


def _gerund(parse: Parse, v: int, frames: Frames) -> Found:
    for c in parse.children[v]:
        if parse.deps[c] in {"xcomp", "ccomp"} and c > v and clause_kind(parse, c) == "gerund":
            return set(parse.subtree(c)), frames["gerund"]
    return set(), None


def _predicate(parse: Parse, v: int, frames: Frames) -> Found:
    content: set[int] = set()
    for c in parse.children[v]:
        if parse.deps[c] == "oprd" and c > v:
            content.update(parse.subtree(c))
            for o in parse.children[v]:
                if parse.deps[o] in OBJECTS | PASSIVE_SUBJECTS:
                    content.update(parse.subtree(o))
        elif parse.deps[c] == "ccomp" and c > v and clause_kind(parse, c) != "infinitive":
            content.update(parse.subtree(c))
    return content, frames["predicate"]


def _as(parse: Parse, v: int, frames: Frames) -> Found:
    for c in parse.children[v]:
        if parse.deps[c] == "prep" and parse.lower[c] == "as" and c > v:
            content = set(parse.subtree(c))
            for o in parse.children[v]:
                if parse.deps[o] in OBJECTS | PASSIVE_SUBJECTS or (parse.lower[o] == "to" and o < c):
                    content.update(parse.subtree(o))
            return content, frames["as"]
    return set(), None


def _prep(parse: Parse, v: int, frames: Frames) -> Found:
    for c in parse.children[v]:
        if parse.deps[c] in {"prep", "dative"} and parse.lower[c] in frames and parse.lower[c] not in _KINDS:
            content = {t for o in parse.children[c] if parse.deps[o] in {"pobj", "pcomp"} for t in parse.subtree(o)}
            for o in parse.children[v]:
                if parse.deps[o] in OBJECTS | PASSIVE_SUBJECTS and parse.lower[c] != "about":
                    content.update(parse.subtree(o))
                    content.add(c)
            return content, frames[parse.lower[c]]
    if "of" in frames and "object" not in frames:  # "accused the mayor of theft", the phrase put below the mayor
        for o in parse.with_dep(v, "dobj"):
            if any(parse.lower[c] == "of" and parse.deps[c] == "prep" for c in parse.children[o]):
                return set(parse.subtree(o)), frames["of"]
    return set(), None


def _object(parse: Parse, v: int, frames: Frames) -> Found:
    content: set[int] = set()
    passive = parse.is_passive(v)
    for c in parse.children[v]:
        wanted = parse.deps[c] in (PASSIVE_SUBJECTS if passive else OBJECTS)
        if wanted and parse.pos[c] in NOMINAL and parse.lower[c] not in _EMPTY_OBJECTS:
            content.update(parse.subtree(c))
    return content, frames["object"]


def _led_to(material: Material, v: int) -> set[int]:
    """What the preposition of a pattern leads to: "lashed out at *the court*"."""
    parse = material.parse
    words = [w for w in pattern_words(parse, v, material.cues) if parse.deps[w] == "prep"]
    return {t for w in words for o in parse.with_dep(w, "pobj", "pcomp") for t in parse.subtree(o)}


_EMPTY_OBJECTS = frozenset({"himself", "herself", "itself", "themselves", "myself", "yourself", "so", "that", "which", "what", "it"})
#: Kinds of content in the order in which they are looked for; the first that is there decides.
_CONTENTS: tuple[tuple[str, Callable[[Parse, int, Frames], Found]], ...] = (
    ("clause", _clause),
    ("infinitive", _infinitive),
    ("predicate", _predicate),
    ("as", _as),
    ("gerund", _gerund),
    ("prep", _prep),
    ("object", _object),
)
_KINDS = frozenset({"clause", "quote", "infinitive", "gerund", "object", "predicate", "as", "subject", "attribute", "source"})


def _cue_tokens(material: Material, v: int, content: Iterable[int]) -> Tokens:
    """A verb with its auxiliaries and adverbs before it, its particle and preposition after it."""
    parse = material.parse
    barred = set(content)
    start = v
    while start - 1 >= 0 and _belongs(parse, start - 1, v) and start - 1 not in barred:
        start -= 1
    end = v + 1
    words = set(pattern_words(parse, v, material.cues)) | set(parse.with_dep(v, "prt"))
    while end < len(parse) and (end in words or _is_linking(parse, end, v)) and end not in barred:
        end += 1
    return start, end


def _belongs(parse: Parse, i: int, v: int) -> bool:
    if parse.heads[i] != v:
        return False
    return parse.deps[i] in {"aux", "auxpass", "neg"} or (parse.deps[i] == "advmod" and parse.pos[i] in {"ADV", "PART"})


def _is_linking(parse: Parse, i: int, v: int) -> bool:
    """A preposition right after the verb that leads to the content: "called *for* talks"."""
    return parse.deps[i] == "prep" and parse.heads[i] == v and parse.lower[i] in {"for", "of", "on", "about", "against", "upon"}


def _hearers(parse: Parse, v: int) -> list[int]:
    """Those who are told: "told the BBC", "said to the BBC"."""
    out = [c for c in parse.children[v] if parse.deps[c] in {"dobj", "dative"} and parse.pos[c] in NOMINAL]
    return out + [token for name, token in parse.prepositions(v) if name == "to"]


def _quoted_as(material: Material, v: int) -> Candidate | None:
    """ "was quoted by the agency as saying", "the agency quoted him as saying": who is quoted speaks."""
    parse = material.parse
    for prep in parse.with_dep(v, "prep"):
        if parse.lower[prep] != "as":
            continue
        for saying in parse.with_dep(prep, "pcomp"):
            frames = frames_of(parse, saying, material.cues)
            effect = frames.get("clause")
            if effect is None or effect.act is None:
                continue
            content, _ = _clause(parse, saying, dict(frames))
            passive = parse.is_passive(v)
            agent = [token for name, token in parse.prepositions(v) if name == "by"]
            quoted = parse.child(v, *(PASSIVE_SUBJECTS if passive else OBJECTS))
            found = None if passive else parse.subject(v)
            return Candidate(
                cue=saying,
                cue_tokens=_span_of_quoting(parse, v, saying),
                source=None if quoted is None else parse.relative_antecedent(quoted),
                content=content,
                effect=effect,
                frame="clause",
                outlets=agent if passive else ([found.token] if found is not None else []),
                speech=True,
            )
    return None


def _span_of_quoting(parse: Parse, v: int, saying: int) -> Tokens:
    start = min([v, *(c for c in parse.children[v] if parse.deps[c] in {"aux", "auxpass"})])
    return start, saying + 1


def right_of(parse: Parse, candidate: Candidate) -> set[int]:
    """What the parser put behind a verb of saying in some other way than as a clause of it."""
    v = candidate.cue
    if parse.pos[v] != "VERB" or candidate.frame != "quote":
        return set()
    for c in parse.children[v]:
        first, last = parse.edges[c]
        if c > v and parse.deps[c] in _MISREAD and first > v and any(is_finite(parse, t) for t in range(first, last + 1)):
            return set(range(first, last + 1))
    return set()


_MISREAD = frozenset({"dobj", "acl", "xcomp", "oprd", "attr", "dep", "ccomp", "nsubj", "npadvmod"})


# ------------------------------------------------------------------ nouns and adjectives
def _noun(material: Material, n: int) -> Iterator[Candidate]:
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
    yield Candidate(n, (n, n + 1), source, content, effect, kind)


def _noun_content(parse: Parse, n: int, frames: Frames) -> tuple[set[int], Effect | None, str]:
    for c in parse.children[n]:
        if c < n or parse.deps[c] not in {"acl", "relcl", "ccomp"}:
            continue
        kind = clause_kind(parse, c)
        if kind in frames and (kind != "clause" or _is_that_clause(parse, c)):
            return set(parse.subtree(c)), frames[kind], kind
    for c in parse.with_dep(n, "prep"):
        if parse.lower[c] in frames:
            return set(parse.subtree(c)) - {c}, frames[parse.lower[c]], parse.lower[c]
    return set(), None, ""


def _is_that_clause(parse: Parse, c: int) -> bool:
    """Whether a clause after a noun tells its content: "the claim *that he left*", not "that he made"."""
    first = parse.edges[c][0]
    if parse.lower[first] != "that":
        return False
    if parse.deps[c] != "relcl":
        return True
    return parse.deps[first] == "mark"


def _noun_source(parse: Parse, n: int) -> int | None:
    poss = parse.child(n, "poss")
    if poss is not None:
        return parse.relative_antecedent(poss)
    for name, token in parse.prepositions(n):
        if name in {"by", "from"}:
            return token
    verb = parse.heads[n]
    if parse.deps[n] in OBJECTS and parse.lemmas[verb] in _ISSUING | _VOICING and not parse.is_passive(verb):
        found = parse.subject(verb)
        if found is not None and found.position == "subj":
            return found.token
    return next((c for c in parse.children[n] if parse.deps[c] in {"compound", "nmod"} and parse.pos[c] == "PROPN"), None)


_VOICING = frozenset({"express", "voice", "raise", "have", "repeat", "air", "share", "offer", "reiterate", "hold", "take", "advance", "spread", "face"})


def _adjective(material: Material, a: int) -> Iterator[Candidate]:
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
        yield Candidate(a, (start if start > subject.token else a, a + 1), subject.token, content, effect, kind)


def _adjective_content(parse: Parse, a: int, verb: int, frames: Frames) -> tuple[set[int], Effect | None, str]:
    for c in (*parse.children[a], *parse.children[verb]):
        if parse.deps[c] == "ccomp" and c > a and clause_kind(parse, c) == "clause" and "clause" in frames:
            return set(parse.subtree(c)), frames["clause"], "clause"
    for c in parse.with_dep(a, "prep"):
        if parse.lower[c] in frames:
            return set(parse.subtree(c)) - {c}, frames[parse.lower[c]], parse.lower[c]
    return set(), None, ""


# ------------------------------------------------------------------ phrases
def _according(material: Material, i: int) -> Iterator[Candidate]:
    """ "according to police, he left": what the phrase hangs on is the content."""
    parse = material.parse
    found = phrase_at(parse, i, material.cues.prepositions)
    if found is None or found.effect.act is None or parse.heads[i] == i:
        return
    end = i + len(found.words)
    source = next((t for p in range(i, end) for t in parse.with_dep(p, "pobj", "dobj") if t >= end), None)
    if source is None or not can_speak(material, source, found.effect):
        return
    top = _clause_top(parse, parse.heads[i])
    below = set(parse.subtree(i))
    sentence = parse.sents[parse.sent_of[i]]
    if i == sentence[0] or parse.deps[top] not in {"ccomp", "relcl", "advcl", "acl", "parataxis"}:
        content = set(parse.subtree(top)) - below
    else:
        content = set(parse.subtree(_clause_head(parse, parse.heads[i]))) - below
    yield Candidate(i, (i, end), source, content, found.effect, "clause", speech=True)


def _clause_head(parse: Parse, i: int) -> int:
    while parse.heads[i] != i and parse.pos[i] not in {"VERB", "AUX"}:
        i = parse.heads[i]
    return i


def _hearsay(material: Material, i: int) -> Iterator[Candidate]:
    """ "reportedly": nobody is named, the clause is the content."""
    parse = material.parse
    found = phrase_at(parse, i, material.cues.adverbs)
    if found is None or found.effect.act is None or parse.heads[i] == i:
        return
    content = set(parse.subtree(_clause_head(parse, parse.heads[i]))) - set(parse.subtree(i))
    yield Candidate(i, (i, i + 1), None, content, found.effect, "clause")

