"""Sieves for "the government" and "the capital": those of the country that the text is about."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence

from kg.annotate.candidates import Candidate
from kg.annotate.chains import Chains, Link

#: How much a text has to speak of a country at least, and how many times as much as of any other: of the one that
#: it speaks of first, and of another.
_ENOUGH, _FIRST, _OTHER = 2.0, 1.5, 3.0
#: What a mention of one of its cities weighs beside one of the country.
_CITY = 0.5
#: What says of "government" no more than whose it is.
_WHOSE = frozenset({"def", "poss", "bare"})


def government(chains: Chains) -> Iterator[Link]:
    """ "The government", where nothing says whose: that of the country that the text is about."""
    bare = [n for n, c in enumerate(chains.found) if _is_bare_government(chains, n, c)]
    about = _countries_of_text(chains) if bare else []
    for n in bare:
        if about:
            yield Link(n, _last_before(about, n), "the country that the text is about", 0.6)


def capital(chains: Chains) -> Iterator[Link]:
    """ "The capital": the one capital that the text names."""
    named = [n for n, c in enumerate(chains.found) if _is_capital(chains, n, c)]
    if len({chains.found[n].key for n in named}) != 1:
        return
    for n, c in enumerate(chains.found):
        if c.kind != "nominal" or c.noun != "capital" or c.determiner != "def" or c.number == "plur":
            continue
        if not c.qualities and c.owner is None and chains.of(n).nominal:
            yield Link(n, _last_before(named, n), "the one capital of the text", 0.6)


def _last_before(places: Sequence[int], n: int) -> int:
    """The last of the mentions before a place of the text, else the first one."""
    return places[max(0, bisect_left(places, n) - 1)]


def _is_capital(chains: Chains, n: int, c: Candidate) -> bool:
    return c.entry is not None and c.entry.kind == "capital" and not c.entry.weak and chains.of(n).cls == "City"


def _is_bare_government(chains: Chains, n: int, c: Candidate) -> bool:
    if c.kind != "nominal" or c.noun not in chains.words.countries.governments or c.number == "plur" or c.qualities:
        return False
    if c.determiner not in _WHOSE or not chains.of(n).nominal or chains.of(n).countries:
        return False
    parse = chains.parse
    owned = c.owner is not None and parse.pos[c.owner] != "PRON"
    behind = any(parse.tags[k] != "POS" for k in range(c.root + 1, c.tokens[1]))
    before = c.determiner == "bare" and parse.deps[c.root] != "compound"
    return not owned and not behind and not before


def _countries_of_text(chains: Chains) -> list[int]:
    """The mentions of the country that the text is clearly about."""
    weights: dict[str, float] = defaultdict(float)
    places: dict[str, list[int]] = defaultdict(list)
    for n, c in enumerate(chains.found):
        if c.entry is None or c.entry.weak or c.entry.country is None or _is_hyphened(chains, c):
            continue
        if c.cls == "Country":
            weights[c.entry.country] += 1
            places[c.entry.country].append(n)
        elif c.cls == "City":
            weights[c.entry.country] += _CITY
    ranked = sorted(places, key=lambda code: (-weights[code], places[code][0]))
    if not ranked or weights[ranked[0]] < _ENOUGH:
        return []
    best = ranked[0]
    times = _FIRST if places[best][0] == min(first for first, *_ in places.values()) else _OTHER
    others = max((weight for code, weight in weights.items() if code != best), default=0.0)
    return places[best] if weights[best] >= times * others else []


def _is_hyphened(chains: Chains, c: Candidate) -> bool:
    """Whether a name only begins a word: "*Japanese*-owned"."""
    return chains.parse.words[c.head[1] : c.head[1] + 1] == ["-"]
