"""How well the reading does on articles that a careful reader has marked up: what is found, what is right.

    python benchmarks/quality.py [FOLDER] [--errors]

FOLDER (by default the project's own articles, tests/gold) holds NAME.txt beside NAME.gold.json, in the format that
benchmarks/confidence.py shows; entities there have a ``class`` and ``named`` as well, situations an ``id``. Entities of
the graph and of the reader stand for each other one to one, by the names that they share, so that one into which two
were poured counts once. A claim is found if class, sentence and a word of the trigger agree; a role is right if its
situation's claims were found and the participant stands in it. ``--errors`` lists all that is missing or too much.
"""

from __future__ import annotations

import argparse
import datetime
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import networkx as nx
from confidence import is_same, norm

import kg

OWN = Path(__file__).parents[1] / "tests" / "gold"
_ROLES = frozenset("agent patient recipient origin destination place topic represents".split())

Gold = dict[str, Any]
Pair = tuple[Any, ...]


class Figure(NamedTuple):
    """How many there are of the reader's, of ours, and of ours that are right."""

    wanted: int
    said: int
    right: int

    @property
    def found(self) -> float:
        """Right of what should be said; 0 if nothing should."""
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def precise(self) -> float:
        """Right of what is said; 0 if nothing is."""
        return self.right / self.said if self.said else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.right / (self.wanted + self.said) if self.wanted + self.said else 0.0


class Article:
    """One article's graph beside what a reader marked in it."""

    def __init__(self, path: Path) -> None:
        """Reads ``NAME.gold.json`` and builds ``NAME.txt`` beside it."""
        self.name = path.name.removesuffix(".gold.json")
        self.gold: Gold = json.loads(path.read_text(encoding="utf-8"))
        date = datetime.date.fromisoformat(self.gold["date"])
        self.graph: nx.MultiDiGraph = kg.build(path.with_name(f"{self.name}.txt"), date=date).nx
        self.names = {e["id"]: {norm(x) for x in (e["name"], *e["aliases"])} for e in self.gold["entities"]}
        self.node_of = self._entities()
        self.claim_of = self._claims()

    def _nodes(self, kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
        return ((node, data) for node, data in self.graph.nodes(data=True) if data["kind"] == kind)

    def _entities(self) -> dict[str, str]:
        """The reader's entities -> ours: those that share most names first."""
        offers = []
        for node, data in self._nodes("entity"):
            ours = {norm(x) for x in (data["label"], *json.loads(data.get("aliases", "[]")))}
            for entity in self.gold["entities"]:
                shared = len(ours & self.names[entity["id"]])
                if shared and (not entity["named"] or (data.get("named") and norm(entity["name"]) in ours)):
                    apart = norm(data["label"]) != norm(entity["name"])
                    offers.append((apart, -shared, len(ours), entity["id"], node))
        return dict(_one_to_one((entity, node) for *_, entity, node in sorted(offers)))

    def claims(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Our claims of the classes that the reader marked."""
        return ((node, data) for node, data in self._nodes("claim") if data["class"] in self.gold["classes"])

    def _claims(self) -> dict[tuple[int, int], str]:
        """The reader's claims, by situation and number -> ours: those with most participants in common first."""
        offers = []
        for at, situation in enumerate(self.gold["situations"]):
            for number, wanted in enumerate(situation["claims"]):
                for node, data in self.claims():
                    if is_same(data["class"], data["sentence"], data["trigger"], situation, wanted):
                        shared = len(self.roles(self.about(node)) & set(self.wanted_roles(situation)))
                        apart = norm(data["trigger"]) != norm(wanted["trigger"])
                        offers.append((-shared, apart, (at, number), node))
        return dict(_one_to_one((place, node) for *_, place, node in sorted(offers)))

    def about(self, claim: str) -> str:
        """The situation of a claim."""
        return next(to for _, to, data in self.graph.out_edges(claim, data=True) if data["kind"] == "about")

    def roles(self, situation: str) -> set[Pair]:
        """Role and entity node, of one of our situations."""
        edges = self.graph.out_edges(situation, data=True)
        kept = ((to, data) for _, to, data in edges if data["kind"] == "role" and data["role"] in _ROLES)
        return {(data["role"], to) for to, data in kept if self.graph.nodes[to]["kind"] == "entity"}

    def wanted_roles(self, situation: Gold) -> list[Pair]:
        """The same as the reader has it; the id of an entity that we have not stands for itself."""
        pairs = [(role, x) for role, ids in situation["roles"].items() if role in _ROLES for x in ids]
        return [(role, self.node_of.get(x, x)) for role, x in pairs if x in self.names]

    def source(self, claim: str) -> str:
        """The node of a claim's source."""
        return next(to for _, to, data in self.graph.out_edges(claim, data=True) if data["kind"] == "source")


def measure(article: Article) -> tuple[dict[str, Figure], list[str]]:
    """The figures of one article, and its errors in words."""
    figures, errors = {}, []
    for name, part in (("entities", _entities), ("claims", _claims), ("roles", _roles)):
        figures[name], wrong = part(article)
        errors += [f"{article.name}: {name}: {each}" for each in wrong]
    for name in ("source", "polarity", "certainty"):
        figures[name], wrong = _agreement(article, name)
        errors += [f"{article.name}: {name}: {each}" for each in wrong]
    return figures, errors


def _entities(article: Article) -> tuple[Figure, list[str]]:
    wanted = {e["id"]: e["name"] for e in article.gold["entities"] if e["named"]}
    said = {n: d["label"] for n, d in article.graph.nodes(data=True) if d["kind"] == "entity" and d.get("named")}
    right = {x: article.node_of[x] for x in wanted if article.node_of.get(x) in said}
    errors = [f"missing: {name}" for x, name in wanted.items() if x not in right]
    taken = set(article.node_of.values())
    errors += [f"too much, split or poured together: {label}" for node, label in said.items() if node not in taken]
    return Figure(len(wanted), len(said), len(right)), errors


def _claims(article: Article) -> tuple[Figure, list[str]]:
    wanted = {(a, n): (s, c) for a, s in enumerate(article.gold["situations"]) for n, c in enumerate(s["claims"])}
    said = dict(article.claims())
    taken = set(article.claim_of.values())
    errors = [f"missing: {_told(s['class'], c)}" for at, (s, c) in wanted.items() if at not in article.claim_of]
    errors += [f"too much: {_told(data['class'], data)}" for node, data in said.items() if node not in taken]
    return Figure(len(wanted), len(said), len(article.claim_of)), errors


def _roles(article: Article) -> tuple[Figure, list[str]]:
    wanted = right = 0
    errors = []
    names = {node: article.graph.nodes[node]["label"] for node in article.graph}
    for at, situation in enumerate(article.gold["situations"]):
        pairs = article.wanted_roles(situation)
        claims = [node for (a, _), node in article.claim_of.items() if a == at]
        ours = {pair for claim in claims for pair in article.roles(article.about(claim))}
        wanted, right = wanted + len(pairs), right + sum(pair in ours for pair in pairs)
        lost = [(role, names.get(x, x)) for role, x in pairs if claims and (role, x) not in ours]
        errors += [f"missing: {_told(situation['class'], situation['claims'][0])} {role} {x}" for role, x in lost]
    situations = {article.about(node) for node, _ in article.claims()}
    return Figure(wanted, sum(len(article.roles(each)) for each in situations), right), errors


def _agreement(article: Article, name: str) -> tuple[Figure, list[str]]:
    """Of the claims that were found, in how many the source, the polarity or the certainty is the reader's."""
    errors = []
    for (at, number), node in article.claim_of.items():
        situation = article.gold["situations"][at]
        wanted = situation["claims"][number][name]
        ours = article.graph.nodes[node].get(name)
        if name == "source":
            to = article.graph.nodes[article.source(node)]
            ours = "doc" if to["kind"] == "document" else to["label"]
            wanted = "doc" if wanted == "doc" else article.graph.nodes[article.node_of.get(wanted, node)]["label"]
        if ours != wanted:
            errors.append(f"{_told(situation['class'], situation['claims'][number])} {ours} for {wanted}")
    count = len(article.claim_of)
    return Figure(count, count, count - len(errors)), errors


def _told(cls: str, claim: Any) -> str:
    return f"{cls} «{claim['trigger']}» in «{claim['sentence'][:90]}»"


def _one_to_one(offers: Iterable[Pair]) -> Iterator[Pair]:
    """The first offers for things that no earlier one has taken."""
    left, right = set(), set()
    for one, other in offers:
        if one not in left and other not in right:
            left.add(one)
            right.add(other)
            yield one, other


def total(parts: Sequence[dict[str, Figure]]) -> dict[str, Figure]:
    """The figures of several articles together."""
    sums: Counter[tuple[str, str]] = Counter()
    for part in parts:
        for name, figure in part.items():
            sums.update({(name, field): value for field, value in figure._asdict().items()})
    return {name: Figure(*(sums[name, field] for field in Figure._fields)) for name in parts[0]}


def main(arguments: Sequence[str] | None = None) -> dict[str, Figure]:
    """Print the table; return the figures of all articles together."""
    parser = argparse.ArgumentParser(description="What is found and what is right in articles that are marked up.")
    parser.add_argument("folder", type=Path, nargs="?", default=OWN, help="NAME.txt and NAME.gold.json of each article")
    parser.add_argument("--errors", action="store_true", help="every miss, on standard error")
    options = parser.parse_args(arguments)
    measured = [measure(Article(path)) for path in sorted(options.folder.glob("*.gold.json"))]
    if not measured:
        parser.error(f"nothing to measure in {options.folder}: it needs NAME.txt and NAME.gold.json")
    if options.errors:
        print(*(error for _, errors in measured for error in errors), sep="\n", file=sys.stderr)
    figures = total([part for part, _ in measured])
    print(f"{len(measured)} articles\n{'':10} wanted   said  right  found precise    F1")
    for name, figure in figures.items():
        shares = f"{figure.found:6.3f} {figure.precise:7.3f} {figure.f1:5.3f}"
        print(f"{name:10} {figure.wanted:6} {figure.said:6} {figure.right:6} {shares}")
    return figures


if __name__ == "__main__":
    main()
