"""Verbs that report: their source, their content, and the words that belong to the cue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.extract.candidates import ISSUING, Candidate, Frames, apposed_subject, later_subject
from kg.extract.clauses import is_finite, is_whether
from kg.extract.contents import CONTENTS, clause
from kg.extract.cueing import frames_of, pattern_words
from kg.extract.reports import Tokens
from kg.extract.speakers import Material, can_speak
from kg.rules.cues import FRAMES, Effect
from kg.syntax import NOMINAL, OBJECTS, PASSIVE_SUBJECTS, Parse


def find(material: Material, v: int) -> Iterator[Candidate]:
    """The report of which the verb ``v`` is the cue, if it is one."""
    parse = material.parse
    if parse.deps[v] in {"amod", "compound", "aux", "auxpass"}:
        return
    frames = {kind: e for kind, e in frames_of(parse, v, material.cues).items() if e.act is not None}
    if "source" in frames and (cited := _quoted_as(material, v)) is not None:
        yield cited
        return
    content, effect, kind = _content(material, v, frames)
    if effect is None or (effect.own_subject and _is_bare_participle(material, v)) or _is_finding_out(parse, v, kind):
        return
    source = _speaking(material, v, effect)
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
        speech="quote" in frames and source is not None,
        given=_given(parse, v) if kind in _WITH_GIVEN_OBJECT else set(),
        clausal="clause" in frames,
    )


#: Verbs that say what was found, but with "whether" only that it is looked for.
_FINDING = frozenset({"ascertain", "calculate", "decide", "determine", "discern", "establish", "find"})


def _is_finding_out(parse: Parse, v: int, kind: str) -> bool:
    """Whether a verb says that an answer is sought: "to determine *whether* they agree"."""
    if kind != "clause" or parse.lemmas[v] not in _FINDING:
        return False
    return any(is_whether(parse, c) for c in parse.with_dep(v, "ccomp"))


def _content(material: Material, v: int, frames: Frames) -> tuple[set[int], Effect | None, str]:
    """The tokens of the content, what the cue says of it, and its kind; an empty set for a cue that
    may still be given a quotation."""
    for kind, look in CONTENTS:
        if kind not in frames and (kind != "prep" or frames.keys() <= FRAMES):
            continue
        content, effect = look(material.parse, v, frames)
        if kind == "object" and not content:
            content, effect = _led_to(material, v), frames["object"]
        if content and effect is not None:
            return content, effect, kind
    return set(), frames.get("quote"), "quote"


def _is_bare_participle(material: Material, v: int) -> bool:
    """Whether a participle speaks of the clause before it ("left early, suggesting that"): no act."""
    parse = material.parse
    if parse.child(v, "nsubj") is not None or parse.deps[v] not in {"advcl", "xcomp", "prep"}:
        return False
    return not any(e.act is not None and e.voice for e in frames_of(parse, parse.heads[v], material.cues).values())


def _speaking(material: Material, v: int, effect: Effect) -> int | None:
    """The source, if it is one that can be; a participle after a thing goes with the clause's subject."""
    for token in (_source(material.parse, v), _speaker_of_clause(material.parse, v)):
        if token is not None and can_speak(material, token, effect):
            return token
    return None


#: Kinds of content in which the object is only spoken of: "called the attack a crime", "urged the court to act".
_WITH_GIVEN_OBJECT = frozenset({"predicate", "as", "infinitive", "prep"})


def _given(parse: Parse, v: int) -> set[int]:
    return {t for c in parse.children[v] if parse.deps[c] in OBJECTS | PASSIVE_SUBJECTS for t in parse.subtree(c)}


def _source(parse: Parse, v: int) -> int | None:
    """The head token of the source: the logical subject of the cue."""
    reduced = (
        parse.deps[v] in {"acl", "relcl"} and parse.tags[v] in {"VBD", "VBN"} and parse.child(v, "nsubj", "aux") is None
    )
    if reduced or parse.is_passive(v):
        return next((token for name, token in parse.prepositions(v) if name == "by"), None)
    later = later_subject(parse, v)
    if later is not None:
        return later
    found = parse.subject(v)
    if found is None:
        return apposed_subject(parse, v)
    if found.position != "subj" or parse.pos[found.token] in {"VERB", "AUX"}:
        return None
    token = found.token
    if parse.deps[v] == "acl" and found.via == "participle":
        return _issuer(parse, token)
    return token


def _issuer(parse: Parse, noun: int) -> int:
    """Who speaks in "issued a statement saying": the one who issued it, where there is one."""
    verb = parse.heads[noun]
    if parse.deps[noun] in OBJECTS and parse.lemmas[verb] in ISSUING and not parse.is_passive(verb):
        found = parse.subject(verb)
        if found is not None and found.position == "subj":
            return found.token
    return noun


def _speaker_of_clause(parse: Parse, v: int) -> int | None:
    """Who speaks in a participle that modifies a thing: the subject of the clause around it."""
    if parse.deps[v] != "acl" or parse.tags[v] != "VBG":
        return None
    found = parse.subject(parse.clause_verb(parse.heads[v]))
    return found.token if found is not None and found.position == "subj" else None


def _may_be_unsaid(parse: Parse, v: int, kind: str) -> bool:
    """Whether a cue without a source is one: passives with a clause, an infinitive or "as"."""
    return kind in {"clause", "infinitive", "as"} and (parse.is_passive(v) or parse.tags[v] == "VBN")


def _led_to(material: Material, v: int) -> set[int]:
    """What the preposition of a pattern leads to: "lashed out at *the court*"."""
    parse = material.parse
    words = [w for w in pattern_words(parse, v, material.cues) if parse.deps[w] == "prep"]
    return {t for w in words for o in parse.with_dep(w, "pobj", "pcomp") for t in parse.subtree(o)}


def _cue_tokens(material: Material, v: int, content: Iterable[int]) -> Tokens:
    """A verb with its auxiliaries and adverbs before it, its particle and preposition after it."""
    parse = material.parse
    barred = set(content)
    start = v
    at = v
    while True:
        while (before := _own_before(parse, start, at)) is not None and before not in barred:
            start = before
        above = _verb_above(parse, at, start)
        if above is None or above in barred or _reports(material, above):
            break
        start = at = above
    end = v + 1
    words = set(pattern_words(parse, v, material.cues)) | set(parse.with_dep(v, "prt"))
    while end < len(parse) and (end in words or _is_linking(parse, end, v, barred)) and end not in barred:
        end += 1
    return start, max(end, _end_of_object(parse, v, end, words, barred))


def _end_of_object(parse: Parse, v: int, end: int, words: set[int], content: set[int]) -> int:
    """Where a cue ends that an object belongs to: behind the preposition that leads from it to the content
    ("*raised questions about* the plan", "*accused him of* fraud")."""
    for o in parse.with_dep(v, *OBJECTS):
        if parse.edges[o][0] != end:
            continue
        if parse.pos[o] != "PRON" and o not in words:
            continue
        below = parse.with_dep(v if parse.pos[o] == "PRON" else o, "prep")
        if o + 1 in below and o + 2 in content:
            return o + 2
    return end


def _verb_above(parse: Parse, v: int, start: int) -> int | None:
    """The word right before a cue that carries it: "*tried* to deny", "*was able* to deny", "*avoids* condemning"."""
    head = parse.heads[v]
    if parse.deps[v] not in {"xcomp", "acomp"} or head != start - 1 or parse.pos[head] not in {"VERB", "AUX", "ADJ"}:
        return None
    return head


def _reports(material: Material, v: int) -> bool:
    return any(effect.act is not None for effect in frames_of(material.parse, v, material.cues).values())


def _own_before(parse: Parse, start: int, v: int) -> int | None:
    """Where the auxiliary or adverb of ``v`` begins that ends right before ``start``."""
    for c in parse.children[v]:
        adverb = parse.deps[c] == "advmod" and parse.pos[c] in {"ADV", "PART"}
        if parse.edges[c][1] == start - 1 and (adverb or parse.deps[c] in {"aux", "auxpass", "neg"}):
            return parse.edges[c][0]
    return None


def _is_linking(parse: Parse, i: int, v: int, content: set[int]) -> bool:
    """A preposition right after the verb that leads to the content or the source: "called *for* talks", "was
    praised *by* the mayor"."""
    if parse.heads[i] != v or i + 1 >= len(parse):
        return False
    return parse.deps[i] == "agent" or (parse.deps[i] == "prep" and i + 1 in content)


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
            content = clause(parse, saying, frames)[0]
            if not content:  # "he had left, the agency quoted him as saying"
                before = clause(parse, v, frames)[0] - set(parse.subtree(prep))
                content = set() if any(parse.quoted[t] for t in before) else before
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
    if parse.pos[v] != "VERB" or candidate.frame != "quote" or not candidate.clausal:
        return set()
    for c in parse.children[v]:
        first, last = parse.edges[c]
        if c > v and first > v and parse.deps[c] in _MISREAD and _tells(parse, c, first):
            return set(range(first, last + 1))
    return set()


def _tells(parse: Parse, c: int, first: int) -> bool:
    """Whether what begins at ``first`` and is headed by ``c`` reads like a clause."""
    if parse.deps[c] == "advcl":  # "said after the vote *he would leave*"
        return (
            is_finite(parse, c)
            and parse.child(c, "nsubj", "nsubjpass", "expl") is not None
            and not _is_marked(parse, c)
        )
    if parse.lower[first] == "that" or is_finite(parse, c):
        return True
    return parse.deps[c] == "dobj" and parse.child(c, "acl", "relcl") is not None and parse.words[first][0].isupper()


def _is_marked(parse: Parse, c: int) -> bool:
    """Whether a conjunction or a question word opens a clause."""
    return any(x < c and (parse.deps[x] == "mark" or parse.tags[x] in {"WRB", "IN"}) for x in parse.children[c])


_MISREAD = frozenset({"advcl", "dobj", "acl", "xcomp", "oprd", "attr", "dep", "ccomp", "nsubj", "npadvmod"})
