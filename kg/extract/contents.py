"""What stands beside a verb of saying, by kinds: a clause, an infinitive, an object and so on."""

from __future__ import annotations

from collections.abc import Callable

from kg.extract.candidates import Found, Frames, clause_top, later_subject
from kg.extract.clauses import addressee, clause_kind
from kg.rules.cues import FRAMES
from kg.syntax import NOMINAL, OBJECTS, PASSIVE_SUBJECTS, Parse


def clause(parse: Parse, v: int, frames: Frames) -> Found:
    content: set[int] = set()
    for c in parse.children[v]:
        if c > v and (parse.deps[c] == "ccomp" or _is_that_adverbial(parse, c)) and clause_kind(parse, c) == "clause":
            content.update(_before_semicolon(parse, c))
            if parse.child(c, "nsubj", "nsubjpass", "csubj", "expl") is None:  # "believes *the talks* helped"
                content.update(t for o in parse.with_dep(v, "dobj") if o < c for t in range(parse.edges[o][0], c))
        elif c < v and parse.deps[c] == "ccomp" and not _is_set_apart(parse, c, v):
            content.update(parse.subtree(c))
    if not content:
        content = _clause_below_phrase(parse, v)
    if not content and _is_outer_cue(parse, v, parse.heads[v]):
        return set(parse.subtree(parse.heads[v])) - set(parse.subtree(v)), frames["clause"]
    if not content and (top := _host(parse, v, frames)) is not None:
        content = set(parse.subtree(top)) - set(parse.subtree(v))
        if later_subject(parse, v) is not None:
            content.update(parse.subtree(parse.with_dep(v, "nsubj")[0]))
    return content, frames["clause"]


def _clause_below_phrase(parse: Parse, v: int) -> set[int]:
    """A that-clause that the parser hung on a phrase between: "was told by the envoy *that he left*", "said at
    the time *that he left*"."""
    nouns = [n for c in parse.with_dep(v, "agent", "prep") for n in parse.with_dep(c, "pobj")]
    for noun in (*nouns, *parse.with_dep(v, "npadvmod")):
        for c in parse.with_dep(noun, "relcl", "acl"):
            if c > v and any(parse.deps[m] == "mark" and parse.lower[m] == "that" for m in parse.children[c]):
                return set(parse.subtree(c))
    return set()


def _is_that_adverbial(parse: Parse, c: int) -> bool:
    """A that-clause that the parser took for an adverbial: "was told by them weeks ago *that he left*"."""
    return parse.deps[c] == "advcl" and any(
        parse.lower[m] == "that" and parse.deps[m] == "mark" for m in parse.children[c]
    )


def _is_set_apart(parse: Parse, c: int, v: int) -> bool:
    """Whether a clause before a cue is no content of it: it ends with a semicolon, or reports the cue itself."""
    _, last = parse.edges[c]
    if any(parse.words[t] == ";" and not parse.quoted[t] for t in range(last, v)):
        return True
    return _is_outer_cue(parse, c, v)


def _is_outer_cue(parse: Parse, outer: int, inner: int) -> bool:
    """Whether the parser put a cue below the one that it reports: "the agency *reported* a source *said* ..."."""
    if parse.deps[outer] != "ccomp" or outer > inner or parse.heads[outer] != inner or parse.quoted[outer]:
        return False
    if parse.child(outer, "ccomp", "dobj", "xcomp") is not None or parse.child(outer, "nsubj") is None:
        return False
    subject = parse.child(inner, "nsubj")
    if subject is None or subject < outer or parse.lemmas[outer] not in _REPORTING:
        return False
    return not any(parse.words[t] in {",", '"', "”", "''"} for t in range(outer, parse.edges[subject][0]))


_REPORTING = frozenset(
    {"report", "say", "write", "announce", "claim", "note", "state", "add", "allege", "reveal", "confirm", "suggest"}
)


def _before_semicolon(parse: Parse, c: int) -> set[int]:
    """A clause's tokens up to a semicolon outside quotation marks: what follows is the text's own."""
    tokens = sorted(parse.subtree(c))
    stop = next((t for t in tokens if t > c and parse.words[t] == ";" and not parse.quoted[t]), None)
    return {t for t in tokens if stop is None or t < stop}


def _host(parse: Parse, v: int, frames: Frames) -> int | None:
    """The clause that a parenthetical or "as"-clause with the cue ``v`` stands in: "it is, he said, over"."""
    head = parse.heads[v]
    if head == v or parse.child(v, "nsubj") is None:
        return None
    hearer = frames["clause"].act == "Notification"  # "it is, he told *them*, over"
    if not hearer and any(parse.deps[c] in OBJECTS and parse.lower[c] != "it" for c in parse.children[v]):
        return None
    if parse.deps[v] == "parataxis" or _is_appended(parse, v):
        return clause_top(parse, head)
    if parse.deps[v] == "advcl" and any(parse.lower[c] == "as" and parse.deps[c] == "mark" for c in parse.children[v]):
        return clause_top(parse, head)
    return None


def _is_appended(parse: Parse, v: int) -> bool:
    """Whether the parser joined a cue behind a comma to the clause that it reports: "it may fail, *she told* them"."""
    head, first = parse.heads[v], parse.edges[v][0]
    if parse.deps[v] != "conj" or head > first or parse.words[first - 1] != ",":
        return False
    last = max((c for c in parse.with_dep(head, "conj") if c < v), default=head)  # "came and left, she told them"
    return parse.pos[head] in {"VERB", "AUX"} and not any(last < c < v for c in parse.with_dep(head, "cc"))


def _infinitive(parse: Parse, v: int, frames: Frames) -> Found:
    for c in parse.children[v]:
        asked = parse.deps[c] == "advcl" and addressee(parse, v, c) is not None
        if (asked or parse.deps[c] in {"xcomp", "ccomp"}) and c > v and clause_kind(parse, c) == "infinitive":
            content = _infinitive_tokens(parse, c)
            for o in parse.children[v]:
                passive = parse.is_passive(v) and parse.deps[o] in PASSIVE_SUBJECTS
                if (parse.deps[o] in OBJECTS or passive) and parse.lower[o] != "it":
                    content.update(parse.subtree(o))
            if (at := addressee(parse, v, c)) is not None:
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
        if parse.deps[c] in {"prep", "dative"} and parse.lower[c] in frames and parse.lower[c] not in FRAMES:
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


_EMPTY_OBJECTS = frozenset(
    {"himself", "herself", "itself", "themselves", "myself", "yourself", "so", "that", "which", "what", "it"}
)
#: Kinds of content in the order in which they are looked for; the first that is there decides.
CONTENTS: tuple[tuple[str, Callable[[Parse, int, Frames], Found]], ...] = (
    ("clause", clause),
    ("infinitive", _infinitive),
    ("predicate", _predicate),
    ("as", _as),
    ("gerund", _gerund),
    ("prep", _prep),
    ("object", _object),
)
