"""Sieves for nouns: "the ministry", "the country", "his wife", "the vessel"."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence

from kg.annotate import matching
from kg.annotate.candidates import Candidate
from kg.annotate.chains import Chain, Chains, Link
from kg.model import is_a
from kg.syntax import Parse

_DEFINITE = frozenset({"def", "dem"})
_PLURAL = frozenset({"NNS", "NNPS"})
_TELLING = frozenset({"VERB", "NOUN", "AUX"})


def same_noun(chains: Chains) -> Iterator[Link]:
    """A definite noun and the last phrase before it with that noun and no other qualities."""
    last: dict[str, list[int]] = defaultdict(list)
    for n, c in enumerate(chains.found):
        if c.kind != "nominal" or not c.noun:
            continue
        if c.determiner in _DEFINITE and not _tells_which(chains, c) and not _is_named_at_once(chains, c):
            for m in reversed(last[c.noun]):
                if _may_be_same(chains, chains.found[m], c) and chains.conflict(n, m) is None:
                    yield Link(n, m, "same noun", 0.8)
                    break
        last[c.noun].append(n)


def _tells_which(chains: Chains, c: Candidate) -> bool:
    """Whether a clause right behind the noun says which one is meant, by what was not told before: "the group
    *whose robots scored most*" is no group that was spoken of."""
    parse = chains.parse
    start, _ = parse.sents[parse.sent_of[c.root]]
    for clause in parse.with_dep(c.root, "relcl"):
        first = parse.edges[clause][0]
        if "," in parse.words[c.root + 1 : first + 1] or first - c.root > 1:
            continue
        told = (i for i in range(start) if parse.pos[i] in _TELLING and parse.lemmas[i] == parse.lemmas[clause])
        if next(told, None) is None:
            return True
    return False


def _is_named_at_once(chains: Chains, c: Candidate) -> bool:
    """Whether the name of what the noun means follows at once: "the website *Mapmakers*" is no website that was
    told of, unless by that name."""
    parse = chains.parse
    for k in parse.with_dep(c.root, "appos"):
        m = chains.at_root.get(k)
        if m is not None and chains.found[m].name is not None and not chains.found[m].adjective:
            return "," not in parse.words[c.root + 1 : k]
    return False


def _may_be_same(chains: Chains, a: Candidate, b: Candidate) -> bool:
    """Whether the later phrase b can take up a: nothing new in it, nothing that tells them apart."""
    if a.determiner in {"none", "other"} or (a.number and b.number and a.number != b.number):
        return False
    if (chains.parse.tags[a.root] in _PLURAL) != (chains.parse.tags[b.root] in _PLURAL):
        return False  # also of a "country", whose pronoun may be "they"
    if a.cls == "Thing" and b.sentence - a.sentence > 12:
        return False
    new = b.modifiers - a.modifiers
    if a.determiner in _DEFINITE and b.modifiers == a.modifiers and _owner_text(chains, a) == _owner_text(chains, b):
        return True
    if _has_owner(chains, b) and _owner_text(chains, a) != _owner_text(chains, b):
        return False
    return not (new or (a.modifiers - b.modifiers) & chains.words.phrases.telling)


def _has_owner(chains: Chains, c: Candidate) -> bool:
    return c.owner is not None or bool(_owner_text(chains, c))


def _owner_text(chains: Chains, c: Candidate) -> str:
    """What stands behind the head, and whose it is: "of the treaty"; that it has something itself ("the
    *ministry's* spokesman") says nothing of whose it is."""
    parse = chains.parse
    behind = range(c.root + 1, c.tokens[1])
    return " ".join(parse.lower[k] for k in behind if parse.tags[k] != "POS")


def same_owner(chains: Chains) -> Iterator[Link]:
    """ "his wife" and "Jo's wife": one noun, owners that are one."""
    last: dict[str, list[int]] = defaultdict(list)
    for n, c in enumerate(chains.found):
        if c.kind != "nominal" or c.owner is None or c.determiner not in {"poss", "def"}:
            continue
        owner = chains.at_root.get(c.owner)
        if owner is None:
            continue
        for m in reversed(last[c.noun]):
            a = chains.found[m]
            theirs = chains.at_root.get(a.owner) if a.owner is not None else None
            if theirs is not None and chains.are_one(owner, theirs) and not _differ(a, c, chains):
                yield Link(n, m, "same owner", 0.85)
                break
        last[c.noun].append(n)


def _differ(a: Candidate, b: Candidate, chains: Chains) -> bool:
    ignored = {chains.parse.lemmas[x.owner] for x in (a, b) if x.owner is not None}
    return bool((a.modifiers ^ b.modifiers) - ignored) or (a.number != b.number)


def synonym(chains: Chains) -> Iterator[Link]:
    """ "the vessel" and the last ship before it: nouns that take one another up."""
    sets = chains.words.synonyms
    recent: list[int] = []
    for n, c in enumerate(chains.found):
        others = sets.get(c.noun) if c.kind == "nominal" else None
        if others is None:
            continue
        if (
            c.determiner in _DEFINITE
            and len(chains.of(n).members) == 1
            and not c.modifiers
            and not _has_owner(chains, c)
        ):
            for m in reversed(recent):
                a = chains.found[m]
                if c.sentence - a.sentence > 4:
                    break
                if (
                    a.noun in others
                    and a.noun != c.noun
                    and a.determiner not in {"none", "other", "quant"}
                    and a.number == c.number
                ):
                    yield Link(n, m, "another word for it", 0.6)
                    break
        recent.append(n)


def bare_body(chains: Chains) -> Iterator[Link]:
    """ "police", "parliament" without an article: the one that the text speaks of."""
    last: dict[str, int] = {}
    for n, c in enumerate(chains.found):
        if c.kind != "nominal" or c.noun not in chains.words.phrases.bare_bodies or c.modifiers or c.owner is not None:
            continue
        if c.determiner not in {"bare", "def"}:
            continue
        bearers = [chain for chain in chains if _is_body_called(chains, chain, c.noun)]
        if len(bearers) == 1:
            yield Link(n, bearers[0].members[0], "the one of that name", 0.7)
        elif not bearers and c.noun in last:
            yield Link(n, last[c.noun], "same noun", 0.7)
        last[c.noun] = n


def _is_body_called(chains: Chains, chain: Chain, noun: str) -> bool:
    """Whether the chain is a body with a name of its own that has the noun: "Oslo police"."""
    if not is_a(chain.cls, "Organization"):
        return False
    members = [chains.found[m] for m in chain.members]
    return any(noun in key for key in chain.keys) or any(
        c.noun == noun and any(chains.found[m].name is not None for m in chains.inside(c)) for c in members
    )


def same_words(chains: Chains) -> Iterator[Link]:
    """ "local media" and "local media": bodies and groups in the very same words."""
    last: dict[str, int] = {}
    for n, c in enumerate(chains.found):
        if (
            c.kind == "nominal"
            and c.determiner == "bare"
            and c.modifiers
            and (c.cls == "Group" or is_a(c.cls, "Organization"))
        ):
            text = " ".join(chains.parse.lower[c.tokens[0] : c.tokens[1]])
            if text in last:
                yield Link(n, last[text], "same words", 0.6)
            last[text] = n


def role_of_name(chains: Chains) -> Iterator[Link]:
    """ "the ambassador", "the ministry": a definite noun that a named chain is called by."""
    bearers = _bearers(chains)
    for n, c in enumerate(chains.found):
        if c.kind != "nominal" or c.determiner not in _DEFINITE or not chains.of(n).nominal or _tells_which(chains, c):
            continue
        m = _bearer(chains, n, c, bearers.get(c.noun, ()))
        if m is not None:
            yield Link(n, m, "called so before", 0.75)
        elif is_a(c.cls, "Organization") and not c.modifiers and not _has_owner(chains, c):
            called = (x for word in sorted(chains.words.synonyms.get(c.noun, ())) for x in bearers.get(word, ()))
            m = _bearer(chains, n, c, sorted(x for x in called if is_a(chains.of(x).cls, "Organization")))
            if m is not None:
                yield Link(n, m, "another word for it", 0.65)


def _bearers(chains: Chains) -> dict[str, list[int]]:
    """The mentions of named chains by the nouns that these are called by, in order."""
    out: dict[str, list[int]] = defaultdict(list)
    for chain in chains:
        if not chain.nominal:
            heads = {matching.head_of(key) for key in chain.keys} if chain.cls != "Person" else set()
            for noun in sorted(heads | chain.roles):
                out[noun] += chain.members
    return {noun: sorted(members) for noun, members in out.items()}


def _bearer(chains: Chains, n: int, c: Candidate, bearers: Sequence[int]) -> int | None:
    """The last mention before of a chain whose names or titles have the noun."""
    seen: set[int] = set()
    for m in reversed(bearers[: bisect_left(bearers, n)]):
        chain = chains.of(m)
        if chain.members[0] in seen:
            continue
        seen.add(chain.members[0])
        if _has_no_more(chains, chain, c) and chains.conflict(n, m) is None:
            return m
    return None


def _has_no_more(chains: Chains, chain: Chain, c: Candidate) -> bool:
    """Whether the phrase says nothing of the noun that the chain's names and phrases do not say."""
    known = {w for key in chain.keys for w in key} | chain.roles
    for m in chain.members:
        known |= chains.found[m].modifiers
        known |= {w for r in chains.found[m].roles for w in r.split()}
    if c.country is not None and c.country not in chain.countries:
        return False
    new = {w for w in c.modifiers if w not in known and chains.gazetteer.country_of(w) is None}
    return not new or not {_full(chains, w) for w in new} - {_full(chains, w) for w in known}


def _full(chains: Chains, word: str) -> str:
    """The name of the party that a word stands for, else the word: "GOP" and "Republican" are of one."""
    forms = (word, word.upper(), f"{word.title()} Party")
    parties = (e.name for form in forms for e in chains.gazetteer.find(form)[:1] if e.cls == "PoliticalParty")
    return next(parties, word)


def generic(chains: Chains) -> Iterator[Link]:
    """ "the country", "the city", "the company": the last named one of that class that is prominent."""
    for n, c in enumerate(chains.found):
        wanted = chains.words.generic.get(c.noun) if c.kind == "nominal" else None
        if wanted is None or not chains.of(n).nominal or c.modifiers - _WHOLE or c.number == "plur":
            continue
        if c.determiner not in _DEFINITE or _has_owner(chains, c) or _tells_which(chains, c):
            continue
        m = _last_of_class(chains, n, wanted, c)
        if m is not None:
            yield Link(n, m, f"the last {wanted}", 0.6)


_WHOLE = frozenset({"whole", "entire"})


def _last_of_class(chains: Chains, n: int, wanted: str, c: Candidate) -> int | None:
    best: tuple[float, int] | None = None
    for m in range(n - 1, -1, -1):
        distance = c.sentence - chains.found[m].sentence
        if distance > 6 and best is not None:
            break
        chain = chains.of(m)
        if (
            chain.nominal
            or not (_fits_class(chain.cls, wanted) or (c.noun == "state" and chain.cls == "Region"))
            or chains.conflict(n, m) is not None
        ):
            continue
        weight = math.log1p(sum(1 for k in chain.members if k < n)) - distance + _standing(chains, chains.found[m])
        best = max(best or (weight, m), (weight, m))
    return best[1] if best else None


def _standing(chains: Chains, c: Candidate) -> float:
    """How prominent a place of the text makes what stands there: a subject and what it is of, not
    an adjective or a noun in front of another."""
    parse = chains.parse
    dep = parse.deps[c.root]
    if c.adjective or dep in {"compound", "amod", "nmod"}:
        return -1.5
    if dep in {"nsubj", "nsubjpass"}:
        return 1.0
    above = parse.heads[parse.heads[c.root]] if dep == "pobj" else parse.heads[c.root]
    return (
        0.7
        if dep in {"pobj", "poss"} and parse.deps[above] in {"nsubj", "nsubjpass"}
        else 0.3
        if dep == "pobj"
        else 0.0
    )


def _fits_class(cls: str, wanted: str) -> bool:
    return cls in _WIDER.get(wanted, ()) or (wanted not in _WIDER and is_a(cls, wanted))


#: What a noun of a wide sense may stand for: an armed "group" is classed as a force.
_WIDER = {
    "Company": ("Company", "Organization", "NewsOutlet"),
    "Organization": ("Organization", "PoliticalParty", "InternationalOrganization", "Military"),
}


def lead(chains: Chains) -> Iterator[Link]:
    """ "A judge has thrown out ..." in the first sentences, and later on "Judge Ann Bo": who is told of without
    a name at the head of a story is the one of that post, or the body of those words, that it names then."""
    named = [chain for chain in chains if not chain.nominal]
    for n, c in enumerate(chains.found):
        if c.sentence - chains.found[0].sentence > _LEAD:
            return
        if c.kind != "nominal" or c.determiner != "indef" or c.number == "plur" or not chains.of(n).nominal:
            continue
        words = {c.noun, *chains.words.synonyms.get(c.noun, ())}
        fits = [chain for chain in named if chain.members[0] > n and _is_told_of(chains, n, c, chain, words)]
        same = sum(1 for d in chains.found if d.kind == "nominal" and d.noun == c.noun and d.determiner == "indef")
        if len(fits) == 1 and same == 1:
            yield Link(fits[0].members[0], n, "named later", 0.7)


#: How many sentences open a story, the headline among them, and in how many more it names whom it told of.
_LEAD, _NAMING = 2, 6


def _is_told_of(chains: Chains, n: int, c: Candidate, chain: Chain, words: set[str]) -> bool:
    """Whether the chain is of one who bears that post, or of a body whose name has what the phrase says of it."""
    first = chains.found[chain.members[0]]
    if not 0 < first.sentence - c.sentence <= _NAMING or first.name is None or chains.conflict(n, chain.members[0]):
        return False
    if c.cls == "Person" and chain.cls == "Person":
        return c.noun in chains.words.leads and bool(words & first.roles)
    if not (is_a(c.cls, "Organization") and is_a(chain.cls, "Organization")):
        return False
    parse = chains.parse
    told = {parse.lemmas[k] for k in parse.subtree(c.root) if k != c.root and parse.pos[k] in {"NOUN", "PROPN"}}
    key = set(chain.keys[0]) if chain.keys else set()
    return bool(words & key) and bool(told & {w.removesuffix("s") for w in key} | told & key)


def introduced(chains: Chains) -> Iterator[Link]:
    """ "A clerk was jailed on Monday. Ana Lund, 41, ...": who the first sentence is about without a name is the one
    whom one of the next names, and of whom it says no more than the age."""
    n = _subject_of_lead(chains)
    if n is None:
        return
    c = chains.found[n]
    for chain in chains:
        first = chains.found[chain.members[0]]
        if chain.nominal or chain.cls != "Person" or first.sentence <= c.sentence:
            continue
        if first.sentence - c.sentence > _INTRODUCING:
            return
        if _is_as_known(chains, chain, first) and chains.conflict(n, chain.members[0]) is None:
            yield Link(chain.members[0], n, "whom the story is about", 0.65)
            return


#: In how many sentences after the first a story names whom it is about.
_INTRODUCING = 3
_CLAUSES = frozenset({"ROOT", "conj", "ccomp"})
#: Verbs of sources, who are told of only for what they say.
_SAYING = frozenset(
    "say tell add warn claim announce report write note state argue insist confirm acknowledge deny admit".split()
)


def _subject_of_lead(chains: Chains) -> int | None:
    """The person without a name whom the first sentence with a verb, but for the headline, is about."""
    parse = chains.parse
    for n, c in enumerate(chains.found):
        if c.sentence - chains.found[0].sentence > _LEAD:
            return None
        verb = parse.heads[c.root]
        if (
            _is_headline(parse, c.sentence)
            or parse.deps[c.root] not in {"nsubj", "nsubjpass"}
            or parse.deps[verb] not in _CLAUSES
        ):
            continue
        if c.kind != "nominal" or c.cls != "Person" or c.number == "plur" or c.determiner != "indef":
            return None
        return n if not _says_so(parse, c) and chains.of(n).nominal else None
    return None


_FULL_STOPS = frozenset({".", "!", "?", '"', "”", "''", ")", "’"})


def _is_headline(parse: Parse, sentence: int) -> bool:
    """Whether a line ends without a full stop."""
    words = (w for w in reversed(parse.words[slice(*parse.sents[sentence])]) if not w.isspace())
    return next(words, "") not in _FULL_STOPS


def _says_so(parse: Parse, c: Candidate) -> bool:
    """Whether somebody is told of only as a source; a verb with a second subject is that one's."""
    verb = parse.heads[c.root]
    alone = len(parse.with_dep(verb, "nsubj")) == 1
    return parse.lemmas[verb] in _SAYING and parse.deps[c.root] == "nsubj" and alone


def _is_as_known(chains: Chains, chain: Chain, first: Candidate) -> bool:
    """Whether somebody is spoken of as if the reader knew already who that is: by the full name alone, or with the
    age behind it."""
    if first.name is None or len(first.key) < 2:
        return False
    parse, end = chains.parse, first.name.end
    aged = (
        parse.words[end : end + 1] == [","] and parse.words[end + 1 : end + 2] != [] and parse.words[end + 1].isdigit()
    )
    told = chain.roles or any(parse.deps[k] in {"appos", "relcl", "acl"} for k in parse.children[first.root])
    subject = parse.deps[first.root] in {"nsubj", "nsubjpass", "dobj"}
    return subject and not _says_so(parse, first) and (aged or not told)


def somebody(chains: Chains) -> Iterator[Link]:
    """ "the man", "the girl": the last person of that gender, unless others stand between."""
    for n, c in enumerate(chains.found):
        gender = chains.words.somebody.get(c.noun) if c.kind == "nominal" else None
        if (
            gender is None
            or c.determiner not in _DEFINITE
            or c.number == "plur"
            or not chains.of(n).nominal
            or c.modifiers
            or _tells_which(chains, c)
        ):
            continue
        for m in range(n - 1, -1, -1):
            a = chains.found[m]
            if c.sentence - a.sentence > 2:
                break
            if a.cls == "Person" and a.number != "plur" and chains.conflict(n, m) is None:
                yield Link(n, m, f"the last {gender} person", 0.5)
                break


def same_mission(chains: Chains) -> Iterator[Link]:
    """Embassies and consulates of one country in one place, as far as each mention says it."""
    missions = [n for n, c in enumerate(chains.found) if c.cls == "Embassy" and c.number != "plur"]
    for at, n in enumerate(missions):
        for m in reversed(missions[:at]):
            if chains.found[n].noun == chains.found[m].noun and not chains.are_one(n, m):
                mine, theirs = _ties(chains, n), _ties(chains, m)
                both = [k for k in mine if k in theirs]
                nothing_new = mine.keys() <= theirs.keys()
                if both and nothing_new and all(mine[k] & theirs[k] for k in both) and chains.conflict(n, m) is None:
                    yield Link(n, m, "mission of one country or in one place", 0.8)
                    break


def _ties(chains: Chains, n: int) -> dict[str, set[int]]:
    """The chains of the country whose mission it is ("of") and of the place where it is ("in")."""
    out: dict[str, set[int]] = {}
    parse = chains.parse
    for k in chains.of(n).members:
        c = chains.found[k]
        before = [x for x in parse.children[c.root] if parse.deps[x] in {"amod", "compound", "nmod", "poss"}]
        behind = [x for p in parse.children[c.root] if parse.lower[p] in {"in", "at"} for x in parse.children[p]]
        for x in before + behind:
            m = chains.at_root.get(x)
            if m is None or not is_a(chains.of(m).cls, "Place"):
                continue
            of = chains.of(m).cls == "Country" and x in before
            out.setdefault("of" if of else "in", set()).add(chains.of(m).members[0])
    return out
