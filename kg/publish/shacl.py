"""The shapes as questions to Oxigraph: what pySHACL finds, found in a fraction of the time on a large graph.

Each constraint of a shape becomes one SPARQL query for what breaks it. Only what ``shapes.ttl`` uses is known here;
the tests break graphs in many ways and compare with pySHACL, which stays the measure (``kg.publish.shapes``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

import pyoxigraph as ox
from rdflib import RDF, SH, XSD, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kg.publish.shapes import SHAPES
from kg.publish.vocabulary import ALL_PREFIXES


class Fault(NamedTuple):
    """One thing that is wrong: at which node, with which property (if it is about one), and what was found."""

    node: str
    property: str | None
    message: str
    found: str | None


class Question(NamedTuple):
    """A query for ``?this`` (and ``?value``) that break one constraint; in ``message``, ``{?name}`` is filled in.

    ``at_value`` says that the value is at fault, not the node that was asked about.
    """

    text: str
    property: str | None
    message: str
    at_value: bool = False


def faults(store: ox.Store) -> Iterator[Fault]:
    """All that is wrong with what the store holds, whichever of its graphs it is in; each fault once."""
    yield from dict.fromkeys(_faults(store))


def _faults(store: ox.Store) -> Iterator[Fault]:
    for question in questions():
        found = store.query(question.text, prefixes=ALL_PREFIXES, use_default_graph_as_union=True)
        assert isinstance(found, ox.QuerySolutions)
        names = [variable.value for variable in found.variables]
        for solution in found:
            values = {name: _words(solution[name]) for name in names if solution[name] is not None}
            node = values.get("value" if question.at_value else "this", "")
            message = question.message
            for name, value in values.items():
                message = message.replace(f"{{?{name}}}", value)
            yield Fault(node, question.property, message, None if question.at_value else values.get("value"))


def _words(term: object) -> str:
    return term.value if isinstance(term, ox.Literal | ox.NamedNode) else str(term)


# ------------------------------------------------------------------ from shapes to questions
@cache
def questions() -> tuple[Question, ...]:
    """The questions that the shapes that ship come to."""
    graph = Graph().parse(SHAPES, format="turtle")
    shapes = sorted(shape for shape in graph.subjects(RDF.type, SH.NodeShape) if isinstance(shape, URIRef))
    return tuple(question for shape in shapes for question in _of_shape(graph, shape))


def _of_shape(graph: Graph, shape: URIRef) -> Iterator[Question]:
    target = _target(graph, shape)
    yield from _constraints(graph, shape, target, None)
    for node in sorted(graph.objects(shape, SH.property), key=str):
        yield from _constraints(graph, node, target, graph.value(node, SH.path))
    for node in sorted(graph.objects(shape, SH.sparql), key=str):
        select = str(graph.value(node, SH.select)).replace("$", "?")
        text = f"SELECT * WHERE {{ {target} {{ {select}\n}} }}"
        yield Question(text, None, str(graph.value(node, SH.message)), at_value=True)


def _target(graph: Graph, shape: URIRef) -> str:
    """A pattern for the nodes that a shape is about, as ``?this``."""
    patterns = [f"{{ ?this a {each.n3()} }}" for each in _sorted(graph, shape, SH.targetClass)]
    patterns += [f"{{ ?this {each.n3()} ?x }}" for each in _sorted(graph, shape, SH.targetSubjectsOf)]
    patterns += [f"{{ ?x {each.n3()} ?this }}" for each in _sorted(graph, shape, SH.targetObjectsOf)]
    nodes = " ".join(each.n3() for each in _sorted(graph, shape, SH.targetNode))
    patterns += [f"{{ VALUES ?this {{ {nodes} }} }}"] if nodes else []
    if len(patterns) == 1:  # a nested SELECT takes Oxigraph much longer
        return patterns[0]
    return f"{{ SELECT DISTINCT ?this WHERE {{ {' UNION '.join(patterns)} }} }}"


def _sorted(graph: Graph, shape: Node, predicate: URIRef) -> list[URIRef]:
    return sorted(each for each in graph.objects(shape, predicate) if isinstance(each, URIRef))


def _constraints(graph: Graph, node: Node, target: str, path: Node | None) -> Iterator[Question]:
    message = str(graph.value(node, SH.message))
    inverse = graph.value(path, SH.inversePath) if path is not None else None
    for predicate, value in sorted(graph.predicate_objects(node), key=str):
        if predicate in _BESIDE:
            continue
        reach = _reach(path, inverse)
        body = _COMPONENTS[predicate](_Constraint(graph, node, value, reach))
        name = path if isinstance(path, URIRef) else inverse
        text = f"SELECT ?this ?value WHERE {{ {target} {body} }}"
        yield Question(text, str(name) if name is not None else None, message)


def _reach(path: Node | None, inverse: Node | None) -> str:
    """How ``?value`` is reached from ``?this``."""
    if path is None:
        return "BIND (?this AS ?value)"
    return f"?value {inverse.n3()} ?this ." if inverse is not None else f"?this {path.n3()} ?value ."


#: What stands in a shape beside its constraints.
_BESIDE = {
    *(RDF.type, SH.path, SH.message, SH.property, SH.sparql, SH.qualifiedMinCount),
    *(SH.targetClass, SH.targetNode, SH.targetObjectsOf, SH.targetSubjectsOf),
}


class _Constraint(NamedTuple):
    """One constraint: the shape that it stands in, what it wants, and the pattern that reaches the value."""

    graph: Graph
    shape: Node
    wanted: Node
    reach: str


def _at_least(each: _Constraint) -> str:
    assert each.wanted == Literal(1), "no shape wants more than one"
    return f"FILTER NOT EXISTS {{ {each.reach.replace('?value', '?any')} }}"


def _at_most(each: _Constraint) -> str:
    assert each.wanted == Literal(1), "no shape allows more than one"
    first, second = (each.reach.replace("?value", name) for name in ("?one", "?other"))
    return f'FILTER EXISTS {{ {first} {second} FILTER (!sameTerm(?one, ?other)) }} BIND ("more than one" AS ?value)'


def _datatype(each: _Constraint) -> str:
    datatype = each.wanted.n3()
    # a cast is unbound where the text is none of the type
    well_formed = "true" if each.wanted == XSD.string else f"COALESCE(isLiteral({datatype}(STR(?value))), false)"
    return f"{each.reach} FILTER (!isLiteral(?value) || DATATYPE(?value) != {datatype} || !{well_formed})"


def _compared(operator: str) -> Callable[[_Constraint], str]:
    def compare(each: _Constraint) -> str:
        return f"{each.reach} FILTER (!COALESCE(?value {operator} {each.wanted.n3()}, false))"

    return compare


def _compared_with(operator: str) -> Callable[[_Constraint], str]:
    def compare(each: _Constraint) -> str:
        other = f"?this {each.wanted.n3()} ?other"
        return f"{each.reach} {other} FILTER (!COALESCE(?value {operator} ?other, false))"

    return compare


def _long_enough(each: _Constraint) -> str:
    return f"{each.reach} FILTER (!COALESCE(STRLEN(STR(?value)) >= {each.wanted.n3()}, false))"


def _pattern(each: _Constraint) -> str:
    return f"{each.reach} FILTER (!COALESCE(REGEX(STR(?value), {each.wanted.n3()}), false))"


def _one_of(each: _Constraint) -> str:
    return f"{each.reach} FILTER (?value NOT IN ({_listed(each.graph, each.wanted)}))"


def _of_class(each: _Constraint) -> str:
    return _of_classes(each, [each.wanted])


def _of_one_class(each: _Constraint) -> str:
    alternatives = Collection(each.graph, each.wanted)
    classes = [each.graph.value(alternative, SH["class"]) for alternative in alternatives]
    return _of_classes(each, [cls for cls in classes if cls is not None])


def _of_classes(each: _Constraint, classes: list[Node]) -> str:
    names = " ".join(cls.n3() for cls in classes)
    return f"{each.reach} FILTER NOT EXISTS {{ VALUES ?class {{ {names} }} ?value a ?class }}"


def _qualified(each: _Constraint) -> str:
    assert each.graph.value(each.shape, SH.qualifiedMinCount) == Literal(1)
    allowed = _listed(each.graph, each.graph.value(each.wanted, SH["in"]))
    return f"FILTER NOT EXISTS {{ {each.reach.replace('?value', '?any')} FILTER (?any IN ({allowed})) }}"


def _listed(graph: Graph, head: Node | None) -> str:
    assert head is not None
    return ", ".join(each.n3() for each in Collection(graph, head))


_COMPONENTS: dict[Node, Callable[[_Constraint], str]] = {
    SH.minCount: _at_least,
    SH.maxCount: _at_most,
    SH.datatype: _datatype,
    SH.minInclusive: _compared(">="),
    SH.maxInclusive: _compared("<="),
    SH.lessThan: _compared_with("<"),
    SH.lessThanOrEquals: _compared_with("<="),
    SH.minLength: _long_enough,
    SH.pattern: _pattern,
    SH["in"]: _one_of,
    SH["class"]: _of_class,
    SH["or"]: _of_one_class,
    SH.qualifiedValueShape: _qualified,
}
