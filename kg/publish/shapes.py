"""Whether an RDF graph is as the vocabulary wants it, and in words what is wrong if not."""

from __future__ import annotations

from pathlib import Path

from rdflib import RDF, SH, Graph
from rdflib.term import Node

from kg.publish.turtle import natural

SHAPES = Path(__file__).parent / "shapes.ttl"


def validate(rdf: Graph) -> list[str]:
    """What is wrong with ``rdf``, one line a fault, in the order of its nodes; empty if nothing is.

    >>> from rdflib import URIRef
    >>> from kg.publish.vocabulary import term
    >>> wrong = Graph().add((URIRef("https://kg.example/id/e"), RDF.type, term("Entity")))
    >>> validate(wrong)[0]
    'https://kg.example/id/e: an entity needs a mention'
    """
    import pyshacl  # slow to load, and only the checks want it

    shapes = Graph().parse(SHAPES, format="turtle")
    _, report, _ = pyshacl.validate(rdf, shacl_graph=shapes, inference="none", advanced=False, meta_shacl=False)
    assert isinstance(report, Graph), report  # it is something else only if the shapes themselves are wrong
    lines = {_line(report, result) for result in report.subjects(RDF.type, SH.ValidationResult)}
    return sorted(lines, key=natural)


def _line(report: Graph, result: Node) -> str:
    message = report.value(result, SH.resultMessage)
    value = report.value(result, SH.value)
    node = report.value(result, SH.focusNode)
    if report.value(result, SH.sourceConstraintComponent) == SH.SPARQLConstraintComponent:
        return f"{value}: {message}"  # asked once for a whole document or status; the value is what is at fault
    about = f" (found: {value})" if value is not None and value != node else ""
    return f"{node}: {message}{about}"


__all__ = ["SHAPES", "validate"]
