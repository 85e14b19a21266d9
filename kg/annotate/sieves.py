"""Sieves for names, nouns and titles, from the surest to the least sure.

Each yields links that it finds likely; ``Chains.join`` refuses those that something speaks
against. Pronouns are in ``pronouns.py``.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator

from kg.annotate import matching
from kg.annotate.chains import Chain, Chains, Link
from kg.annotate.classes import broad
from kg.annotate.mentions import Candidate
from kg.model import is_a
from kg.syntax import Parse

#: Nouns that stand for the last thing of a class, named or not, when they are definite.
_GENERIC = {
    **dict.fromkeys(("country", "nation", "state", "republic", "kingdom"), "Country"),
    **dict.fromkeys(("city", "town", "village", "municipality"), "City"),
    **dict.fromkeys(("region", "province", "territory", "county", "island", "district"), "Region"),
    **dict.fromkeys(
        ("company", "firm", "corporation", "carrier", "airline", "manufacturer", "retailer", "bank"), "Company"
    ),
    **dict.fromkeys(("group", "organization", "organisation", "movement", "network", "body"), "Organization"),
    **dict.fromkeys(("newspaper", "paper", "daily", "broadcaster", "outlet", "tabloid", "weekly"), "NewsOutlet"),
    **dict.fromkeys(("party",), "PoliticalParty"),
    **dict.fromkeys(("ministry", "agency", "department", "court", "parliament", "police"), "GovernmentBody"),
    **dict.fromkeys(("embassy", "consulate", "mission"), "Embassy"),
    **dict.fromkeys(("building", "site", "facility", "palace", "hospital", "museum"), "Facility"),
}
#: Nouns that go with "of" before the name of what they are.
_KINDS = frozenset(
    {
        *("city", "town", "village", "province", "region", "state", "island", "district", "county", "municipality"),
        *("republic", "kingdom", "territory", "port", "suburb", "neighborhood", "neighbourhood", "area", "governorate"),
    }
)
_DEFINITE = frozenset({"def", "dem"})
_ANYBODY = {
    **dict.fromkeys(("man", "boy", "husband", "king", "prince"), "male"),
    **dict.fromkeys(("woman", "girl", "wife", "queen", "princess"), "female"),
}


# ---------------------------------------------------------------------- names
def same_name(chains: Chains) -> Iterator[Link]:
    """Names that are equal, and names of one entry of the gazetteer."""
    by_key: dict[tuple[object, ...], int] = {}
    for n, c in enumerate(chains.found):
        for key in _identities(c):
            if key in by_key:
                yield Link(n, by_key[key], "same name" if key[0] == "name" else "names of one " + c.cls.lower(), 0.97)
            else:
                by_key[key] = n


def _identities(c: Candidate) -> Iterator[tuple[object, ...]]:
    if c.cls == "Country" and c.country is not None and c.entry is not None:
        yield "country", c.country
        return
    if c.name is None:
        return
    yield "name", c.key, broad(c.cls)
    entry = c.entry
    if entry is not None and not entry.weak and broad(entry.cls) == broad(c.cls) and entry.kind != "demonym":
        yield "entry", entry.name, broad(entry.cls)
    if not c.name.is_whole:
        yield "name", c.key[: -(c.name.end - c.name.core)], broad(c.cls)


def apposition(chains: Chains) -> Iterator[Link]:
    """ "Jo, the acting ambassador", "the daily Tages-Bote": two phrases for one thing."""
    parse = chains.parse
    for n, c in enumerate(chains.found):
        if parse.deps[c.root] == "appos" and c.kind != "pronoun":
            m = chains.at_root.get(parse.heads[c.root])
            if m is not None and _may_be_apposed(chains, chains.found[m], c):
                yield Link(n, m, "apposition", 0.9)


def _may_be_apposed(chains: Chains, a: Candidate, b: Candidate) -> bool:
    """Whether two phrases side by side are one thing, and no place in a larger one or list."""
    if a.name is not None and b.name is not None:
        return not (is_a(b.cls, "Place") or a.key == b.key) and "Person" in (a.cls, b.cls) and a.cls == b.cls
    if any(not _is_person_too(chains, k) for x in (a, b) for k in chains.parse.children[x.root] if chains.parse.deps[k] == "conj"):
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
            if m is None and parse.words[at - 1] == "," and _is_loose(parse, c, chains.found[k] if (k := ends.get(at - 1)) is not None else None):
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
        if m is not None and chains.found[m].determiner == "bare" and chains.found[m].cls == "Person" and chains.found[m].name is None:
            if parse.tags[parse.heads[c.root]] == "NN" and not any(parse.words[k] == "," for k in range(parse.heads[c.root], c.root)):
                yield Link(n, m, "two titles", 0.96)


def parenthesis(chains: Chains) -> Iterator[Link]:
    """ "the Farmers' Union (FU)": a name, and its short or long form in brackets behind it."""
    parse = chains.parse
    for n, c in enumerate(chains.found):
        start, end = c.head
        if c.name is None or start < 2 or end >= len(parse) or parse.words[start - 1] != "(" or parse.words[end] != ")":
            continue
        before = next((m for m in range(n - 1, -1, -1) if start - 1 in (chains.found[m].head[1], chains.found[m].tokens[1])), None)
        if before is not None and chains.found[before].name is not None and chains.found[before].cls != "Country":
            yield Link(n, before, "in brackets", 0.9)


def kind_of_name(chains: Chains) -> Iterator[Link]:
    """ "the city of Oslo", "the state of Ohio": the noun says what the name is."""
    parse = chains.parse
    for n, c in enumerate(chains.found):
        if c.kind != "nominal" or c.noun not in _KINDS or c.number == "plur":
            continue
        of = next((k for k in parse.children[c.root] if parse.lower[k] == "of" and k == c.root + 1), None)
        inner = next((k for k in parse.children[of] if parse.deps[k] == "pobj"), None) if of is not None else None
        m = chains.at_root.get(inner) if inner is not None else None
        if m is not None and chains.found[m].name is not None and is_a(chains.found[m].cls, "Place"):
            yield Link(n, m, "kind and name", 0.96)


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


def full_name(chains: Chains) -> Iterator[Link]:
    """Surnames, given names and names with more or fewer words, of people. Of several that bear the
    name it is the one who is nearest before and named most."""
    by_key: dict[matching.Key, list[int]] = defaultdict(list)
    for n, c in enumerate(chains.found):
        if c.name is not None and c.cls == "Person":
            by_key[c.key].append(n)
    for key, places in sorted(by_key.items(), key=lambda item: -len(item[0])):
        bearers = [(other, how) for other in by_key if (how := _fuller(key, other))]
        for chain in list(dict.fromkeys(chains.of(n).members[0] for n in places)):
            mine = [n for n in places if chains.of(n).members[0] == chain]
            ranked = sorted(
                ((_claim(chains, mine, by_key[other], how), -by_key[other][0], how) for other, how in bearers), reverse=True
            )
            for _, first, how in ranked:
                if chains.are_one(mine[0], -first) or chains.conflict(mine[0], -first) is None:
                    yield Link(mine[0], -first, how, 0.9 if -first < mine[0] else 0.75)
                    break


def _claim(chains: Chains, places: list[int], bearings: list[int], how: str) -> float:
    """How well those who are named in full at ``bearings`` can be meant at ``places``."""
    score = 0.5 * len(bearings) + (0.0 if how == "part of the name" else 0.5)
    for n in places:
        before = [chains.found[n].sentence - chains.found[m].sentence for m in bearings if m < n]
        score += 1.0 / (1 + min(before)) if before else 0.0
    return score


def _fuller(key: matching.Key, other: matching.Key) -> str | None:
    """How the first name stands for the second: a part of it, or another spelling of it."""
    if len(other) > len(key):
        return matching.is_part_of_person(key, other)
    same = len(key) == len(other) > 1 and key != other and matching.may_be_one_person(key, other)
    return "another spelling" if same else None


def shorter_name(chains: Chains) -> Iterator[Link]:
    """Acronyms, expansions and shortened names of bodies, places and things."""
    keys: dict[matching.Key, int] = {}
    for n, c in enumerate(chains.found):
        if c.name is not None and c.cls != "Person" and not c.adjective:
            keys.setdefault(c.key, n)
    plain = {n: _without_country(chains, chains.found[n]) for n in keys.values() if is_a(chains.found[n].cls, "Organization")}
    ordered = sorted(keys.values())
    for n in ordered:
        for m in ordered:
            reason = _shortening(chains, n, m) if n != m else None
            if reason is None and n in plain and m in plain and n != m and plain[n] == plain[m]:
                reason = "same body of one country"
            if reason and not chains.are_one(n, m) and chains.conflict(n, m) is None:
                yield Link(max(n, m), min(n, m), reason, 0.85)
                break


def _shortening(chains: Chains, n: int, m: int) -> str | None:
    """Why the first name may be short for the second."""
    a, b = chains.found[n], chains.found[m]
    if a.is_acronym and matching.is_acronym_of(a.key, b.key):
        return "acronym"
    if "Country" in (a.cls, b.cls) or broad(a.cls) != broad(b.cls) or _are_known(a, b):
        return None
    if (a.cls == "Facility" or is_a(a.cls, "Organization")) and matching.is_part_of_name(a.key, b.key):
        other_kind = chains.lexicon.head(a.key, name=True) is not None and matching.head_of(a.key) != matching.head_of(b.key)
        if not _is_only_head(chains, a.key) and not other_kind and not (a.entry is not None and not a.entry.weak):
            return "shorter name"
    return "another spelling" if matching.is_misspelt(a.key, b.key) else None


def _are_known(a: Candidate, b: Candidate) -> bool:
    """Whether the gazetteer knows both names, so that likeness says nothing."""
    return a.entry is not None and b.entry is not None and not a.entry.weak and not b.entry.weak


def _is_only_head(chains: Chains, key: tuple[str, ...]) -> bool:
    """Whether the words say no more than what kind of body it is: "the National Party"."""
    return chains.lexicon.head(key, name=True) is not None and len(key) < 2 or all(w in _COMMON for w in key)


_COMMON = frozenset(
    {"national", "international", "united", "new", "general", "central", "federal", "state", "south", "north"}
)


def _without_country(chains: Chains, c: Candidate) -> tuple[str, ...]:
    """The words of a body's name in alphabetical order, small words and countries left out."""
    words = chains.parse.words[c.head[0] : c.head[1]]
    out: list[str] = []
    at = 0
    while at < len(words):
        count, entries = chains.gazetteer.longest(words, at)
        if entries and entries[0].kind in {"country", "demonym"}:
            at += count
            continue
        if words[at].lower() not in _SMALL:
            out.append(words[at].lower())
        at += 1
    return tuple(sorted(out))


_SMALL = frozenset({"of", "the", "for", "and", "'s", "’s"})


# ---------------------------------------------------------------------- nouns
def same_noun(chains: Chains) -> Iterator[Link]:
    """A definite noun and the last phrase before it with that noun and no other qualities."""
    last: dict[str, list[int]] = defaultdict(list)
    for n, c in enumerate(chains.found):
        if c.kind != "nominal" or not c.noun:
            continue
        if c.determiner in _DEFINITE:
            for m in reversed(last[c.noun]):
                if _may_be_same(chains, chains.found[m], c) and chains.conflict(n, m) is None:
                    yield Link(n, m, "same noun", 0.8)
                    break
        last[c.noun].append(n)


def _may_be_same(chains: Chains, a: Candidate, b: Candidate) -> bool:
    """Whether the later phrase b can take up a: nothing new in it, nothing that tells them apart."""
    if a.determiner in {"none", "other"} or (a.number and b.number and a.number != b.number):
        return False
    if a.cls == "Thing" and b.sentence - a.sentence > 12:
        return False
    new = b.modifiers - a.modifiers
    if a.determiner in _DEFINITE and b.modifiers == a.modifiers and _owner_text(chains, a) == _owner_text(chains, b):
        return True
    if _has_owner(chains, b) and _owner_text(chains, a) != _owner_text(chains, b):
        return False
    return not (new or (a.modifiers - b.modifiers) & _TELLING)


_TELLING = frozenset({"other", "another", "different", "second", "third", "former", "previous", "next", "separate"})


def _has_owner(chains: Chains, c: Candidate) -> bool:
    return c.owner is not None or c.tokens[1] > c.root + 1


def _owner_text(chains: Chains, c: Candidate) -> str:
    """What stands behind the head, and whose it is: "of the treaty"."""
    parse = chains.parse
    return " ".join(parse.lower[c.root + 1 : c.tokens[1]])


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
    sets = chains.synonyms
    recent: list[int] = []
    for n, c in enumerate(chains.found):
        others = sets.get(c.noun) if c.kind == "nominal" else None
        if others is None:
            continue
        if c.determiner in _DEFINITE and len(chains.of(n).members) == 1 and not c.modifiers and not _has_owner(chains, c):
            for m in reversed(recent):
                a = chains.found[m]
                if c.sentence - a.sentence > 4:
                    break
                if a.noun in others and a.noun != c.noun and a.determiner not in {"none", "other", "quant"} and a.number == c.number:
                    yield Link(n, m, "another word for it", 0.6)
                    break
        recent.append(n)


def bare_body(chains: Chains) -> Iterator[Link]:
    """ "police", "parliament" without an article: the one that the text speaks of."""
    last: dict[str, int] = {}
    for n, c in enumerate(chains.found):
        if c.kind != "nominal" or c.noun not in _BARE_BODIES or c.modifiers or c.determiner not in {"bare", "def"} or c.owner is not None:
            continue
        bearers = [k for k in chains if not k.nominal and any(c.noun in key for key in k.keys) and is_a(k.cls, "Organization")]
        if len(bearers) == 1:
            yield Link(n, bearers[0].members[0], "the one of that name", 0.7)
        elif not bearers and c.noun in last:
            yield Link(n, last[c.noun], "same noun", 0.7)
        last[c.noun] = n


_BARE_BODIES = frozenset({"police", "parliament", "congress", "senate", "cabinet", "nato"})


def role_of_name(chains: Chains) -> Iterator[Link]:
    """ "the ambassador", "the ministry": a definite noun that a named chain is called by."""
    for n, c in enumerate(chains.found):
        if c.kind != "nominal" or c.determiner not in _DEFINITE or not chains.of(n).nominal:
            continue
        m = _bearer(chains, n, c)
        if m is not None:
            yield Link(n, m, "called so before", 0.75)


def _bearer(chains: Chains, n: int, c: Candidate) -> int | None:
    """The last mention before of a chain whose names or titles have the noun."""
    seen: set[int] = set()
    for m in range(n - 1, -1, -1):
        chain = chains.of(m)
        if chain.members[0] in seen or chain.nominal:
            continue
        seen.add(chain.members[0])
        if _is_called(chains, chain, c) and chains.conflict(n, m) is None:
            return m
    return None


def _is_called(chains: Chains, chain: Chain, c: Candidate) -> bool:
    noun = c.noun
    in_name = chain.cls != "Person" and any(noun == matching.head_of(key) for key in chain.keys)
    if not in_name and noun not in chain.roles:
        return False
    known = {w for key in chain.keys for w in key} | chain.roles
    for m in chain.members:
        known |= chains.found[m].modifiers
        known |= {w for r in chains.found[m].roles for w in r.split()}
    new = {w for w in c.modifiers if w not in known and chains.gazetteer.country_of(w) is None}
    return not new


def generic(chains: Chains) -> Iterator[Link]:
    """ "the country", "the city", "the company": the last named one of that class that is prominent."""
    for n, c in enumerate(chains.found):
        wanted = _GENERIC.get(c.noun) if c.kind == "nominal" else None
        if wanted is None or not chains.of(n).nominal or c.modifiers - _WHOLE or c.number == "plur":
            continue
        if c.determiner not in _DEFINITE or _has_owner(chains, c):
            continue
        m = _last_of_class(chains, n, wanted, c.sentence)
        if m is not None:
            yield Link(n, m, f"the last {wanted}", 0.6)


_WHOLE = frozenset({"whole", "entire"})


def _last_of_class(chains: Chains, n: int, wanted: str, sentence: int) -> int | None:
    best: tuple[float, int] | None = None
    for m in range(n - 1, -1, -1):
        distance = sentence - chains.found[m].sentence
        if distance > 6 and best is not None:
            break
        chain = chains.of(m)
        if chain.nominal or not _fits_class(chain.cls, wanted) or chains.conflict(n, m) is not None:
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
    return 0.7 if dep in {"pobj", "poss"} and parse.deps[above] in {"nsubj", "nsubjpass"} else 0.3 if dep == "pobj" else 0.0


def _fits_class(cls: str, wanted: str) -> bool:
    if wanted == "Company":
        return cls in {"Company", "Organization", "NewsOutlet"}
    return (
        is_a(cls, wanted)
        if wanted != "Organization"
        else cls in {"Organization", "PoliticalParty", "InternationalOrganization"}
    )


def somebody(chains: Chains) -> Iterator[Link]:
    """ "the man", "the girl": the last person of that gender, unless others stand between."""
    for n, c in enumerate(chains.found):
        gender = _ANYBODY.get(c.noun) if c.kind == "nominal" else None
        if (
            gender is None
            or c.determiner not in _DEFINITE
            or c.number == "plur"
            or not chains.of(n).nominal
            or c.modifiers
        ):
            continue
        for m in range(n - 1, -1, -1):
            a = chains.found[m]
            if c.sentence - a.sentence > 2:
                break
            if a.cls == "Person" and a.number != "plur" and chains.conflict(n, m) is None:
                yield Link(n, m, f"the last {gender} person", 0.5)
                break


SIEVES: tuple[Callable[[Chains], Iterator[Link]], ...] = (
    same_name,
    apposition,
    title_before,
    two_titles,
    parenthesis,
    kind_of_name,
    full_name,
    shorter_name,
    predicate_nominal,
    same_noun,
    bare_body,
    role_of_name,
    synonym,
    generic,
    somebody,
)
def same_mission(chains: Chains) -> Iterator[Link]:
    """Embassies and consulates of one country in one place, as far as each mention says it."""
    missions = [n for n, c in enumerate(chains.found) if c.cls == "Embassy" and c.number != "plur"]
    for at, n in enumerate(missions):
        for m in reversed(missions[:at]):
            if chains.found[n].noun == chains.found[m].noun and not chains.are_one(n, m):
                mine, theirs = _ties(chains, n), _ties(chains, m)
                both = [k for k in mine if k in theirs]
                if both and all(mine[k] & theirs[k] for k in both) and chains.conflict(n, m) is None:
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


AFTER_PRONOUNS: tuple[Callable[[Chains], Iterator[Link]], ...] = (same_owner, same_mission)
