from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pytest
from knowledge import CLAIMS, KNOWLEDGE
from rdflib import Graph

from kg.errors import InputError
from kg.graph import build
from kg.publish import jsonld, quads, rdf, standard
from kg.publish.statements import statements
from kg.publish.validate import in_words, validate


@pytest.fixture(scope="module")
def graph() -> nx.MultiDiGraph:
    return build(KNOWLEDGE)


WRITERS: dict[str, Callable[[nx.MultiDiGraph], str]] = {
    "graph.ttl": rdf.to_turtle,
    "graph.nt": lambda graph: rdf.to_rdf(graph).serialize(format="nt"),
    "graph.nq": lambda graph: "".join(quads.nquads(statements(graph))),
    "graph.trig": lambda graph: "".join(quads.trig(statements(graph))),
    "graph.jsonld": lambda graph: "".join(jsonld.jsonld(statements(graph))),
    "graph.json": lambda graph: "".join(jsonld.jsonld(statements(graph))),
    "graph.rdf": lambda graph: rdf.to_rdf(graph).serialize(format="xml"),
}


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("ending", [True, False])
def test_each_format_is_read_by_its_ending_or_by_its_beginning(
    tmp_path: Path, graph: nx.MultiDiGraph, name: str, ending: bool
) -> None:
    path = tmp_path / (name if ending else "graph")
    path.write_text(WRITERS[name](graph), encoding="utf-8")
    report = validate(path)
    assert report.groups == []
    assert report.statements == len(rdf.to_rdf(graph))
    assert report.counts == {"documents": 2, "entities": 9, "claims": len(CLAIMS), "situations": 10}
    [line] = in_words(report)
    assert line.startswith("as the vocabulary wants it: ")


def test_an_ending_that_is_wrong_is_seen_through(tmp_path: Path, graph: nx.MultiDiGraph) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text(WRITERS["graph.jsonld"](graph), encoding="utf-8")
    assert validate(path).groups == []


def test_what_is_wrong_is_grouped_and_counted(tmp_path: Path, graph: nx.MultiDiGraph) -> None:
    path = tmp_path / "graph.ttl"
    text = rdf.to_turtle(graph).replace("kg:confidence 0.9 ", "kg:confidence 1.9 ").replace("kg:cue", "kg:cues")
    path.write_text(text, encoding="utf-8")
    lines = list(in_words(validate(path), most=2))
    assert lines[0] == "14 faults of 2 kinds, in 2 documents, 9 entities, 14 claims, 10 situations:"
    assert lines[1] == "     13  kg:confidence: a claim needs one kg:confidence, a decimal from 0 to 1"
    assert lines[2].endswith("  found: 1.9")
    assert lines[4] == "         ... and 11 more"
    assert lines[5] == '      1  kg:cues is no property of the vocabulary; did you mean "kg:cue"?'
    assert lines[6].endswith("  found: used 3 times")


def test_a_class_of_the_users_rules_is_one(tmp_path: Path, graph: nx.MultiDiGraph) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text(rdf.to_turtle(graph).replace("kg:Search", "kg:Heist"), encoding="utf-8")
    [group] = validate(path).groups
    assert group.expected.startswith("kg:Heist is no class of the vocabulary")
    assert validate(path, classes={"Heist", *(c.cls for c in CLAIMS)}).groups == []


@pytest.mark.parametrize("text", ["", "<https://x.example/a> <https://x.example/b> 1 ."])
def test_a_file_of_something_else_is_said_so(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.ttl"
    path.write_text(text, encoding="utf-8")
    report = validate(path)
    assert report.empty
    [line] = in_words(report)
    assert line.startswith("nothing in it is of the vocabulary (https://kg.example/ontology#): ")
    assert line.endswith(f"{len(Graph().parse(data=text))} statement{'' if text else 's'} of something else.")


def test_the_standard_view_is_something_else(tmp_path: Path, graph: nx.MultiDiGraph) -> None:
    path = tmp_path / "x.nq"
    path.write_text("".join(quads.nquads(standard.statements(graph))), encoding="utf-8")
    assert validate(path).empty


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("x.ttl", "not RDF", "not RDF that can be read. As Turtle: "),
        ("x.rdf", "<?xml version='1.0'?><a>", "As RDF/XML: "),
        ("x.jsonld", '{"@id": ', "As JSON-LD: "),
        ("x", "{]", "As JSON-LD: "),
    ],
)
def test_what_is_no_rdf_is_an_error(tmp_path: Path, name: str, text: str, sentence: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=sentence):
        validate(tmp_path / name)


def test_what_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        validate(tmp_path / "x.ttl")
    with pytest.raises(InputError, match="cannot be read"):
        validate(tmp_path)
