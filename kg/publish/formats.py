"""The formats that a graph is written in: one table, from a format's name to the files that it gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import networkx as nx

from kg.errors import InputError

if TYPE_CHECKING:
    from kg.publish.files import Content
    from kg.publish.statements import Statements


class Options(NamedTuple):
    """What a writer may ask: the base of all IRIs, whether to give whole texts, the classes of
    situations that there are (``None``: those that ship), the view (see ``VIEWS``), and how many nodes
    the page draws at first (``None``: as many as it draws quickly)."""

    base: str
    text: bool
    classes: frozenset[str] | None = None
    view: str = "claims"
    max_nodes: int | None = None


#: All that is claimed, in the own vocabulary; or what is asserted alone, in the terms of others.
VIEWS = ("claims", "standard")


def options(
    *, base: str | None, text: bool, rules: Path | None = None, view: str = "claims", max_nodes: int | None = None
) -> Options:
    """The options, checked; ``rules`` is the user's folder of rules, whose classes count too.

    Raises ``InputError`` if the base is no absolute address, ``RulesError`` for wrong rules.
    """
    from kg.publish import addresses
    from kg.rules import schema

    base = addresses.BASE if base is None else base
    addresses.check_base(base)
    if view not in VIEWS:
        raise InputError(f'--view: "{view}" is no view; choose from {", ".join(VIEWS)}.')
    return Options(base, text, None if rules is None else frozenset(schema.load(rules).classes), view, max_nodes)


# ------------------------------------------------------------------ writers
Files = Mapping[str, "Content"]
Writer = Callable[[nx.MultiDiGraph, Options], Files]


def _said(graph: nx.MultiDiGraph, options: Options) -> Statements:
    from kg.publish import standard, statements

    if options.view == "standard":
        return standard.statements(graph, base=options.base)
    return statements.statements(graph, base=options.base, text=options.text, classes=options.classes)


def _turtle(graph: nx.MultiDiGraph, options: Options) -> Files:
    from kg.publish import rdf, turtle, vocabulary

    prefixes = vocabulary.PREFIXES if options.view == "claims" else vocabulary.ALL_PREFIXES
    return {"graph.ttl": turtle.turtle(rdf.union(_said(graph, options), prefixes), base=options.base)}


def _nquads(graph: nx.MultiDiGraph, options: Options) -> Files:
    from kg.publish import quads

    return {"graph.nq": quads.nquads(_said(graph, options), base=options.base)}


def _trig(graph: nx.MultiDiGraph, options: Options) -> Files:
    from kg.publish import quads

    return {"graph.trig": quads.trig(_said(graph, options), base=options.base)}


def _jsonld(graph: nx.MultiDiGraph, options: Options) -> Files:
    from kg.publish import jsonld

    return {"graph.jsonld": jsonld.jsonld(_said(graph, options), base=options.base, view=options.view)}


def _node_link(graph: nx.MultiDiGraph, options: Options) -> Files:
    from kg.publish import networks

    return {"graph.json": networks.node_link(graph)}


def _graphml(graph: nx.MultiDiGraph, options: Options) -> Files:
    from kg.publish import networks

    return {"graph.graphml": networks.graphml(graph, text=options.text)}


def _page(graph: nx.MultiDiGraph, options: Options) -> Files:
    from kg.publish import page

    names = [data["label"] for _, data in graph.nodes(data=True) if data["kind"] == "document"]
    title = names[0] if len(names) == 1 else f"{len(names)} documents"
    most = options.max_nodes or page.MAX_NODES
    return {"graph.html": page.render(graph, title=title, max_nodes=most, base=options.base)}


def _csv(graph: nx.MultiDiGraph, options: Options) -> Files:
    from kg.publish import tables

    return {"claims.csv": tables.claims_csv(graph)}


def _parquet(graph: nx.MultiDiGraph, options: Options) -> Files:
    from kg.publish import tables

    return {"claims.parquet": tables.claims_parquet(graph)}


def _neo4j(graph: nx.MultiDiGraph, options: Options) -> Files:
    from kg.publish import neo4j

    return {f"neo4j/{name}": content for name, content in neo4j.neo4j(graph, text=options.text).items()}


def _ftm(graph: nx.MultiDiGraph, options: Options) -> Files:
    from kg.publish import ftm

    return {"entities.ftm.json": ftm.ftm(graph)}


def _dossiers(graph: nx.MultiDiGraph, options: Options) -> Files:
    from kg.publish import dossiers

    return {f"dossiers/{name}": content for name, content in dossiers.dossiers(graph).items()}


class Format(NamedTuple):
    """How a format is written, which views it has, and what it needs: a package, and the extra that brings it."""

    write: Writer
    views: tuple[str, ...] = ("claims",)
    needs: str | None = None
    extra: str | None = None


_FORMATS: dict[str, Format] = {
    "ttl": Format(_turtle, VIEWS),
    "json": Format(_node_link),
    "html": Format(_page),
    "nq": Format(_nquads, VIEWS),
    "trig": Format(_trig),
    "jsonld": Format(_jsonld, VIEWS),
    "graphml": Format(_graphml),
    "csv": Format(_csv),
    "parquet": Format(_parquet, needs="pyarrow", extra="parquet"),
    "neo4j": Format(_neo4j),
    "ftm": Format(_ftm, needs="followthemoney", extra="ftm"),
    "md": Format(_dossiers),
}
NAMES = tuple(_FORMATS)
_DEFAULTS = {"claims": "ttl,json,html", "standard": "ttl"}
DEFAULT = _DEFAULTS["claims"]


def views(name: str) -> tuple[str, ...]:
    """The views that a format has."""
    return _FORMATS[name].views


def chosen(written: str | None, *, view: str = "claims") -> list[str]:
    """The formats of ``ttl,json`` and the like, each once; ``None`` stands for those that are written anyway.

    Raises ``InputError`` for one that is not there, that the view does not have, or whose package is not installed.
    """
    written = _DEFAULTS[view] if written is None else written
    names = list(dict.fromkeys(name.strip().lower() for name in written.split(",") if name.strip()))
    for name in names:
        _check(name, view)
    if not names:
        raise InputError(f"--formats: no format is named; choose from {', '.join(_FORMATS)}.")
    return names


def _check(name: str, view: str) -> None:
    if name not in _FORMATS:
        raise InputError(f'--formats: "{name}" is no format; choose from {", ".join(_FORMATS)}.')
    each = _FORMATS[name]
    if view not in each.views:
        there = ", ".join(other for other, found in _FORMATS.items() if view in found.views)
        raise InputError(f"--formats: {name} has no view {view}; choose from {there}.")
    if each.needs and find_spec(each.needs) is None:
        raise InputError(f"--formats: {name} needs {each.needs}; install it with: pip install 'kg-news[{each.extra}]'")


def contents(graph: nx.MultiDiGraph, formats: Sequence[str], options: Options) -> dict[str, Content]:
    """The chosen formats' files: each one's name (``folder/name`` where a format is a folder) and what is in it.

    What is in a file can be pieces that are made as they are written.
    """
    return {file: content for name in formats for file, content in _FORMATS[name].write(graph, options).items()}
