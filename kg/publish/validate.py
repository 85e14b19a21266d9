"""Whether an RDF file is as the vocabulary wants it, and in words what is wrong if not.

The file can come from anywhere: Turtle, N-Triples, N-Quads, TriG, JSON-LD or RDF/XML. Its named graphs are
taken together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from kg.errors import InputError
from kg.publish import shacl
from kg.publish.turtle import natural
from kg.publish.vocabulary import ALL_PREFIXES, KG, shipped_classes, suggest, terms

_ENDINGS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".json": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
}
#: What a file without such an ending is tried as; N-Triples is Turtle, and Turtle is TriG.
_LINES = (ox.RdfFormat.TRIG, ox.RdfFormat.N_QUADS)
_NAMES = {
    ox.RdfFormat.TURTLE: "Turtle",
    ox.RdfFormat.N_TRIPLES: "N-Triples",
    ox.RdfFormat.N_QUADS: "N-Quads",
    ox.RdfFormat.TRIG: "TriG",
    ox.RdfFormat.JSON_LD: "JSON-LD",
    ox.RdfFormat.RDF_XML: "RDF/XML",
}
_COUNTED = {"Document": "documents", "Entity": "entities", "Claim": "claims"}


class Group(NamedTuple):
    """What is wrong in one way: what was expected of which property, and where that is not so."""

    expected: str
    property: str | None
    faults: list[shacl.Fault]


class Report(NamedTuple):
    """What is in a file (its statements, and how many things of each kind), and what is wrong with it."""

    statements: int
    counts: dict[str, int]
    groups: list[Group]

    @property
    def empty(self) -> bool:
        """Whether nothing in the file is of the vocabulary."""
        return not any(self.counts.values()) and not self.groups


def validate(path: Path, *, classes: Collection[str] | None = None) -> Report:
    """Check one file; ``classes`` are the classes of events and states that may occur (``None``: those that ship).

    Raises ``InputError`` for a file that is not there or that is no RDF.
    """
    store = load(path)
    known = {*terms(), *(shipped_classes() if classes is None else classes)}
    groups: dict[tuple[str, str | None], list[shacl.Fault]] = {}
    for fault in (*shacl.faults(store), *_unknown(store, known)):
        groups.setdefault((fault.message, fault.property), []).append(fault)
    ordered = [
        Group(expected, name, sorted(found, key=lambda fault: natural(fault.node)))
        for (expected, name), found in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0][0]))
    ]
    return Report(len(store), _counts(store), ordered)


# ------------------------------------------------------------------ reading
def load(path: Path) -> ox.Store:
    """The file in memory, read as what its ending or else its beginning says it is."""
    try:
        with path.open("rb") as file:
            start = file.read(1024)
    except FileNotFoundError:
        raise InputError(f"{path}: no such file.") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error}).") from None
    wanted = _ENDINGS.get(path.suffix.lower())
    tried = list(dict.fromkeys(([wanted] if wanted else []) + _by_content(start)))
    wrong: list[str] = []
    for kind in tried:
        store = ox.Store()
        try:
            store.bulk_load(path=str(path), format=kind, base_iri=path.absolute().as_uri())
        except (SyntaxError, ValueError) as error:
            wrong.append(f"{_NAMES[kind]}: {getattr(error, 'msg', None) or error}")
        else:
            return store
    raise InputError(f"{path}: this is not RDF that can be read. As {wrong[0].rstrip('.')}.")


def _by_content(start: bytes) -> list[ox.RdfFormat]:
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith((b"{", b"[")):
        return [ox.RdfFormat.JSON_LD, *_LINES]
    if text.startswith((b"<?xml", b"<rdf:", b"<!DOCTYPE", b"<!--")):
        return [ox.RdfFormat.RDF_XML]
    return list(_LINES)


# ------------------------------------------------------------------ looking
def _unknown(store: ox.Store, known: Collection[str]) -> Iterator[shacl.Fault]:
    """Properties, classes and values under the vocabulary's address that it does not have."""
    counted = "SELECT ?term (COUNT(*) AS ?n) (MIN(STR(?s)) AS ?first)"
    used = counted + " {{ {} FILTER (STRSTARTS(STR(?term), STR(kg:))) }} GROUP BY ?term"
    for kind, pattern in (("property", "?s ?term ?o"), ("class", "?s a ?term")):
        rows = store.query(used.format(pattern), prefixes=ALL_PREFIXES, use_default_graph_as_union=True)
        assert isinstance(rows, ox.QuerySolutions)
        for row in rows:
            name = row["term"].value.removeprefix(str(KG))
            if name not in known:
                hint = suggest(name, known, prefix="kg:").rstrip(".")
                message = f"kg:{name} is no {kind} of the vocabulary{hint}"
                yield shacl.Fault(row["first"].value, None, message, f"used {row['n'].value} times")


def _counts(store: ox.Store) -> dict[str, int]:
    found = {words: _count(store, f"?x a kg:{name}") for name, words in _COUNTED.items()}
    found["situations"] = _count(store, "{ ?x a kg:Event } UNION { ?x a kg:State }")
    return found


def _count(store: ox.Store, pattern: str) -> int:
    text = f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ {pattern} }}"
    rows = store.query(text, prefixes=ALL_PREFIXES, use_default_graph_as_union=True)
    assert isinstance(rows, ox.QuerySolutions)
    return int(next(rows)["n"].value)


# ------------------------------------------------------------------ telling
def in_words(report: Report, *, most: int = 3) -> Iterator[str]:
    """The report, line by line; at most ``most`` examples of each thing that is wrong."""
    if report.empty:
        yield f"nothing in it is of the vocabulary ({KG}): {_number(report.statements, 'statement')} of something else."
        return
    counts = ", ".join(f"{count:,} {words}" for words, count in report.counts.items())
    if not report.groups:
        yield f"as the vocabulary wants it: {_number(report.statements, 'statement')}; {counts}."
        return
    total = sum(len(group.faults) for group in report.groups)
    yield f"{_number(total, 'fault')} of {_number(len(report.groups), 'kind')}, in {counts}:"
    for group in report.groups:
        yield f"{len(group.faults):>7,}  {_short(group.property) + ': ' if group.property else ''}{group.expected}"
        for fault in group.faults[:most]:
            found = f"  found: {_short(fault.found)}" if fault.found and fault.found != fault.node else ""
            yield f"         {fault.node}{found}"
        if len(group.faults) > most:
            yield f"         ... and {len(group.faults) - most:,} more"


def _number(count: int, word: str) -> str:
    return f"{count:,} {word}" + ("" if count == 1 else "s")


def _short(text: str) -> str:
    """An address of a known vocabulary with its prefix, and any text not too long."""
    for prefix, namespace in ALL_PREFIXES.items():
        if text.startswith(namespace):
            return f"{prefix}:{text.removeprefix(namespace)}"
    return text if len(text) <= 80 else f"{text[:80]}…"
