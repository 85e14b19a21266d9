from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

import networkx as nx
import pytest
from antlr4 import CommonTokenStream, InputStream
from antlr4.error.ErrorListener import ErrorListener
from antlr4_cypher import CypherLexer, CypherParser
from hostile import HOSTILE, hostile
from hypothesis import given
from hypothesis import strategies as st
from knowledge import FLIGHT, GONE, KNOWLEDGE, VELHO

from kg.graph import build
from kg.publish.addresses import visible
from kg.publish.neo4j import neo4j, quoted


def files(graph: nx.MultiDiGraph, *, text: bool = True) -> dict[str, str]:
    return {name: "".join(pieces) for name, pieces in neo4j(graph, text=text).items()}


def rows(table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table, newline="")))


class Raises(ErrorListener):  # type: ignore[misc]
    def syntaxError(self, recognizer: object, token: object, line: int, column: int, message: str, e: object) -> None:
        raise AssertionError(f"{line}:{column} {message}")


def parse(script: str) -> None:
    """Raise unless the openCypher grammar of antlr4-cypher takes the script."""
    lexer = CypherLexer(InputStream(script))
    parser = CypherParser(CommonTokenStream(lexer))
    for each in (lexer, parser):
        each.removeErrorListeners()
        each.addErrorListener(Raises())
    parser.script()


def strings(script: str) -> Iterator[str]:
    """The string literals of a script, put together and read as Cypher reads them."""
    literal = r"'((?:[^'\\]|\\.)*)'"
    for found in re.finditer(rf"{literal}(?: \+ {literal})*", script, re.DOTALL):
        parts = re.findall(literal, found[0], re.DOTALL)
        yield "".join(
            re.sub(r"\\(.)", lambda m: {"n": "\n", "r": "\r", "t": "\t"}.get(m[1], m[1]), part) for part in parts
        )


@pytest.fixture(scope="module")
def written() -> dict[str, str]:
    return files(build(KNOWLEDGE))


def test_the_tables_hold_every_node_and_edge(written: dict[str, str]) -> None:
    graph = build(KNOWLEDGE)
    nodes = {row["id:ID"]: row for row in rows(written["nodes.csv"])}
    assert list(nodes) == list(graph)
    for node, data in graph.nodes(data=True):
        row = {name.partition(":")[0]: value for name, value in nodes[node].items() if name != "id:ID" and value}
        expected = {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in data.items()}
        assert {name: value for name, value in row.items() if name} == expected
    edges = [(r[":START_ID"], r[":END_ID"], r["key"]) for r in rows(written["relationships.csv"])]
    assert edges == [(a, b, key) for a, b, key in graph.edges(keys=True)]


def test_labels_types_and_columns_are_what_the_importer_wants(written: dict[str, str]) -> None:
    nodes = {row["id:ID"]: row for row in rows(written["nodes.csv"])}
    assert nodes[VELHO.id][":LABEL"] == "Kg;Entity;Person"
    assert nodes[FLIGHT][":LABEL"] == "Kg;Situation;Event;Defection"
    assert {"confidence:double", "named:boolean", "sentence_begin:long", "label"} <= set(nodes[GONE])
    types = {row[":TYPE"] for row in rows(written["relationships.csv"])}
    assert {"ABOUT", "SOURCE", "DOCUMENT", "MENTION", "RELAYED_BY", "AGENT", "PLACE"} <= types


def test_articles_can_be_left_out() -> None:
    without = files(build(KNOWLEDGE), text=False)
    assert "text" not in rows(without["nodes.csv"])[0]
    assert " text: " not in without["import.cypher"]


def test_the_script_is_cypher_and_says_the_same(written: dict[str, str]) -> None:
    constraint, _, rest = written["import.cypher"].partition("\n")
    assert constraint == "CREATE CONSTRAINT kg_id IF NOT EXISTS FOR (n:Kg) REQUIRE n.id IS UNIQUE;"
    statements = re.split(r"(?<=;)\n(?=\nUNWIND)", rest)
    assert len(statements) > 10
    for statement in statements[:4] + statements[-3:]:
        parse(statement)
    said = set(strings(rest))
    graph = build(KNOWLEDGE)
    assert set(graph) <= said
    values = {v for _, data in graph.nodes(data=True) for v in data.values() if isinstance(v, str)}
    assert values <= said


def test_the_grammar_refuses_what_is_no_cypher() -> None:
    with pytest.raises(AssertionError):
        parse("UNWIND [{id: 'it's'}] AS row MERGE (n:Kg {id: row.id});")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_one_string(text: str) -> None:
    found = files(build(hostile(text, text)))
    assert visible(text) in set(strings(found["import.cypher"]))
    assert {row["label"] for row in rows(found["nodes.csv"])} >= {visible(text)}
    parse(f"RETURN {quoted(visible(text))} AS x;")


@given(st.text() | st.text("\\'u0027\n`"))
def test_any_text_is_one_string(text: str) -> None:
    written = quoted(text)
    assert list(strings(written)) == [text]
    assert not re.search(r"\\u", written)


def test_a_property_of_several_types_is_text() -> None:
    graph = build(KNOWLEDGE)
    graph.nodes[VELHO.id]["odd name`"] = 1
    graph.nodes[GONE]["odd name`"] = "x"
    found = files(graph)
    assert "odd name`" in rows(found["nodes.csv"])[0]
    assert "`odd name```: 1" in found["import.cypher"]
