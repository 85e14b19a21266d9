"""Sieves for a name and what stands beside it: appositions, titles, "is the mayor"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.annotate.candidates import Candidate
from kg.annotate.chains import Chains, Link
from kg.annotate.classes import broad
from kg.syntax import Parse


def apposition(chains: Chains) -> Iterator[Link]:
    """ "Jo, the acting ambassador", "the daily Tages-Bote": two phrases for one thing."""
    parse = chains.parse
    for n, c in enumerate(chains.found):
        if parse.deps[c.root] == "appos" and c.kind != "pronoun":
            for m in _apposed_to(chains, c):
                if _may_be_apposed(chains, chains.found[m], c):
                    yield Link(n, m, "apposition", 0.9)
                    break


def _apposed_to(chains: Chains, c: Candidate) -> Iterator[int]:
    """The phrases that one in apposition may describe: that which it hangs on; for a person's name also what
    that is of, or is of that: "the home of its *owner*, Ann Bo", "the *leader* of the party, Ann Bo"."""
    parse = chains.parse
    head = parse.heads[c.root]
    roots = [head]
    if c.name is not None and c.cls == "Person" and parse.words[c.name.start - 1] == ",":
        roots += [k for p in parse.children[head] if parse.lower[p] == "of" for k in parse.children[p]]
        if parse.deps[head] == "pobj":
            roots.append(parse.heads[parse.heads[head]])
    for root in roots:
        m = chains.at_root.get(root)
        if m is not None and (root == head or chains.found[m].cls == "Person"):
            yield m


def _may_be_apposed(chains: Chains, a: Candidate, b: Candidate) -> bool:
    """Whether two phrases side by side are one thing, and no place in a larger one, list or two names."""
    if a.name is not None and b.name is not None:
        return False
    if any(x.cls == "Thing" and x.name is None and x.determiner == "bare" for x in (a, b)):
        return False
    if any(x.noun in chains.words.phrases.labels for x in (a, b)):
        return False
    if any(
        not _is_person_too(chains, k)
        for x in (a, b)
        for k in chains.parse.children[x.root]
        if chains.parse.deps[k] == "conj"
    ):
        return False
    if a.cls != b.cls and "Thing" not in (a.cls, b.cls) and broad(a.cls) != broad(b.cls):
        return False
    return a.number is None or b.number is None or a.number == b.number


def _is_person_too(chains: Chains, conjunct: int) -> bool:
    """Whether what is coordinated with an apposition is one more description of one person."""
    n = chains.at_root.get(conjunct)
    return n is not None and chains.found[n].cls == "Person" and chains.found[n].name is None


def title_before(chains: Chains) -> Iterator[Link]:
    """ "special envoy for peace Ann Bo", "The mayor of Oslo, Ann Bo, said": a description and, right
    behind it, the name, where the parser did not put them together."""
    parse = chains.parse
    ends: dict[int, int] = {}
    for n, c in enumerate(chains.found):
        if c.name is not None and c.cls == "Person" and c.tokens[0] == c.head[0]:
            at = c.head[0]
            m = ends.get(at)
            if (
                m is None
                and parse.words[at - 1] == ","
                and _is_loose(parse, c, chains.found[k] if (k := ends.get(at - 1)) is not None else None)
            ):
                m = ends.get(at - 1)
            if m is not None:
                yield Link(n, m, "title before the name", 0.85)
        elif c.kind == "nominal" and c.cls == "Person" and c.number != "plur":
            ends[c.tokens[1]] = n


def _is_loose(parse: Parse, name: Candidate, title: Candidate | None) -> bool:
    """Whether a name behind a comma was hung on a word inside the title, or the title on nothing."""
    if title is None:
        return False
    inside = parse.deps[name.root] == "appos" and title.tokens[0] <= parse.heads[name.root] < title.tokens[1]
    return inside or parse.deps[title.root] in {"preconj", "dep", "npadvmod"}


def two_titles(chains: Chains) -> Iterator[Link]:
    """ "Retired judge and author Ann Bo": what is coordinated is two titles of one person."""
    parse = chains.parse
    for n, c in enumerate(chains.found):
        if c.name is None or c.cls != "Person" or parse.deps[c.root] != "conj" or c.tokens[0] == c.head[0]:
            continue
        m = chains.at_root.get(parse.heads[c.root])
        if m is not None and _is_bare_title(parse, chains.found[m], c):
            yield Link(n, m, "two titles", 0.96)


def _is_bare_title(parse: Parse, title: Candidate, name: Candidate) -> bool:
    """Whether the phrase is a title without an article, with no comma between it and the name."""
    if title.determiner != "bare" or title.cls != "Person" or title.name is not None or parse.tags[title.root] != "NN":
        return False
    return "," not in parse.words[title.root : name.root]


def predicate_nominal(chains: Chains) -> Iterator[Link]:
    """ "Ann Bo is the mayor": subject and definite predicate of "be"."""
    parse = chains.parse
    for n, c in enumerate(chains.found):
        if parse.deps[c.root] != "attr" or c.kind == "pronoun":
            continue
        verb = parse.heads[c.root]
        if parse.lemmas[verb] != "be" or any(
            parse.deps[k] in {"neg", "aux"} and parse.tags[k] in {"MD", "RB"} for k in parse.children[verb]
        ):
            continue
        subject = parse.child(verb, "nsubj")
        m = chains.at_root.get(parse.relative_antecedent(subject)) if subject is not None else None
        if m is None or chains.found[m].determiner in {"none", "quant"}:
            continue
        a = chains.found[m]
        if c.name is not None and a.name is not None:
            continue
        if c.determiner in {"def", "poss"} or (c.name is not None and a.determiner in {"def", "poss"}):
            yield Link(n, m, "predicate nominal", 0.8)
