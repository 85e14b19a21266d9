"""Countries by other words: a capital that acts, "the Greek government", "the Greeks"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.annotate.gazetteer import Gazetteer
from kg.rules.nominals import Nominals
from kg.syntax import Parse

if TYPE_CHECKING:
    from kg.annotate.candidates import Candidate

_WITH = frozenset({"with", "between", "against", "to", "on", "from", "for", "by"})


def apply(found: Sequence[Candidate], parse: Parse, gazetteer: Gazetteer, words: Nominals) -> None:
    """Give each mention that stands for a country the country as its class and entry."""
    for c in found:
        code = _country_meant(c, parse, words)
        if code is not None:
            c.cls, c.country, c.entry = "Country", code, gazetteer.country(code)
        elif _is_people(c):
            c.cls = "Person" if parse.tags[c.root] in {"NN", "NNP"} and c.determiner == "indef" else "Group"


def _country_meant(c: Candidate, parse: Parse, words: Nominals) -> str | None:
    """The code of the country that the mention stands for, ``None`` if it stands for none."""
    entry = c.entry
    if c.name is None:
        countries = words.countries
        if c.noun in countries.governments and c.number != "plur" and not c.modifiers & countries.other_governments:
            return c.country
        return None
    if entry is None or entry.country is None or (c.cls == "Person" and entry.kind != "demonym"):
        return None
    if entry.kind == "country":
        return entry.country if c.cls in {"Country", "City", "Region", "Place"} and not entry.weak else None
    if entry.kind == "demonym":
        return entry.country if c.adjective or (c.determiner == "def" and _acts(c, parse, words)) else None
    if entry.kind == "capital" and not entry.weak:
        return entry.country if _acts(c, parse, words) else None
    return None


def _is_people(c: Candidate) -> bool:
    return c.entry is not None and c.entry.kind == "demonym" and not c.adjective


def _acts(c: Candidate, parse: Parse, words: Nominals) -> bool:
    """Whether the mention does what a government does, or has what a government has."""
    i, head = c.root, parse.heads[c.root]
    dep, lemma = parse.deps[i], parse.lemmas[head]
    if dep == "conj":
        first = i
        while parse.deps[first] == "conj":
            first = parse.heads[first]
        i, head = first, parse.heads[first]
        dep, lemma = parse.deps[i], parse.lemmas[head]
    if dep == "nsubj":
        return lemma in words.countries.acts
    if dep in {"dobj", "dative"} or (dep == "nsubjpass" and parse.lower[head] not in {"bombed", "hit", "struck"}):
        return lemma in words.verbs.addressing
    if dep == "poss":
        return lemma in words.countries.affairs
    if dep == "pobj" and parse.lower[head] in _WITH:
        above = parse.heads[head]
        if parse.deps[head] == "agent":
            return True
        return (
            parse.pos[above] == "NOUN"
            and parse.lemmas[above] in words.countries.affairs
            and parse.lower[head] in {"with", "between", "against", "on", "by"}
        )
    return False
