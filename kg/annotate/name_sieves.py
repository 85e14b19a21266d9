"""Sieves for names: equal, longer and shorter ones, in brackets, behind "the city of"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kg.annotate import matching
from kg.annotate.candidates import Candidate
from kg.annotate.chains import Chains, Link
from kg.annotate.classes import broad
from kg.model import is_a


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
    if c.cls == "Person" and len(c.key) == 1 and c.gender is not None:
        yield "name", c.key, c.gender  # "Mrs Berg" is not yet the "Berg" of whom the rest speaks
    else:
        yield "name", c.key, broad(c.cls)
    entry = c.entry
    sure = entry is not None and (not entry.weak or (entry.cls == c.cls and len(c.key) > 1))
    if entry is not None and sure and broad(entry.cls) == broad(c.cls) and entry.kind != "demonym":
        yield "entry", entry.name, broad(entry.cls)
    if c.cls == "Facility":
        yield "site", c.core_key  # "Evin" and "the Evin prison", but not a town and the plant there
    elif not c.name.is_whole:
        yield "name", c.core_key, broad(c.cls)


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
                (
                    (
                        _claim(chains, mine, by_key[other], how)
                        - _called_otherwise(chains, mine, places, by_key[other]),
                        -by_key[other][0],
                        how,
                    )
                    for other, how in bearers
                ),
                reverse=True,
            )
            for _, first, how in ranked:
                if chains.are_one(mine[0], -first) or chains.conflict(mine[0], -first) is None:
                    yield Link(mine[0], -first, how, 0.9 if -first < mine[0] else 0.75)
                    break


def same_surname(chains: Chains) -> Iterator[Link]:
    """ "Mrs Berg" and "Berg", where nobody is named in full who would rather be meant."""
    last: dict[matching.Key, int] = {}
    for n, c in enumerate(chains.found):
        if c.name is not None and c.cls == "Person" and len(c.key) == 1:
            if c.key in last:
                yield Link(n, last[c.key], "same name", 0.9)
            last[c.key] = n


def _called_otherwise(chains: Chains, mine: list[int], places: list[int], bearings: list[int]) -> float:
    """What counts against somebody whom the text calls otherwise: beside a "Mrs Berg" there is "Berg", her husband."""
    titled = {g for n in places if n not in mine and (g := chains.found[n].gender) is not None}
    titled -= {chains.found[n].gender for n in mine}
    return _APART if titled & chains.of(bearings[0]).genders else 0.0


#: More than to be the nearest.
_APART = 0.6
#: What counts against somebody who is named in full only after the short name was used: it was another's by then.
_LATER = 1.0


def _claim(chains: Chains, places: list[int], bearings: list[int], how: str) -> float:
    """How well those who are named in full at ``bearings`` can be meant at ``places``."""
    score = 0.5 * len(bearings) + (0.0 if how == "part of the name" else 0.5)
    if bearings[0] > places[0]:
        score -= _LATER
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
    plain = {
        n: _without_country(chains, chains.found[n]) for n in keys.values() if is_a(chains.found[n].cls, "Organization")
    }
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
        other_kind = chains.lexicon.head(a.key, name=True) is not None and matching.head_of(a.key) != matching.head_of(
            b.key
        )
        if not _is_only_head(chains, a.key) and not other_kind and not (a.entry is not None and not a.entry.weak):
            return "shorter name"
    return "another spelling" if matching.is_misspelt(a.key, b.key) else None


def _are_known(a: Candidate, b: Candidate) -> bool:
    """Whether the gazetteer knows both names, so that likeness says nothing."""
    return a.entry is not None and b.entry is not None and not a.entry.weak and not b.entry.weak


def _is_only_head(chains: Chains, key: tuple[str, ...]) -> bool:
    """Whether the words say no more than what kind of body it is: "the National Party"."""
    return (chains.lexicon.head(key, name=True) is not None and len(key) < 2) or all(
        w in chains.words.phrases.common for w in key
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


def parenthesis(chains: Chains) -> Iterator[Link]:
    """ "the Farmers' Union (FU)": a name, and its short or long form in brackets behind it."""
    parse = chains.parse
    for n, c in enumerate(chains.found):
        start, end = c.head
        if c.name is None or start < 2 or end >= len(parse) or parse.words[start - 1] != "(" or parse.words[end] != ")":
            continue
        before = next(
            (m for m in range(n - 1, -1, -1) if start - 1 in (chains.found[m].head[1], chains.found[m].tokens[1])), None
        )
        if before is not None and chains.found[before].name is not None and chains.found[before].cls != "Country":
            yield Link(n, before, "in brackets", 0.9)


def kind_of_name(chains: Chains) -> Iterator[Link]:
    """ "the city of Oslo", "the state of Ohio": the noun says what the name is."""
    parse = chains.parse
    for n, c in enumerate(chains.found):
        if c.kind != "nominal" or c.noun not in chains.words.phrases.kinds or c.number == "plur":
            continue
        of = next((k for k in parse.children[c.root] if parse.lower[k] == "of" and k == c.root + 1), None)
        inner = next((k for k in parse.children[of] if parse.deps[k] == "pobj"), None) if of is not None else None
        m = chains.at_root.get(inner) if inner is not None else None
        if m is not None and chains.found[m].name is not None and is_a(chains.found[m].cls, "Place"):
            yield Link(n, m, "kind and name", 0.96)
