"""The examples from end to end: what the named queries must answer, whoever mends which rule."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import networkx as nx
import pyoxigraph
import pytest
from rdflib import Graph

import kg
from kg.publish import rdf, shapes, sparql
from kg.publish.answer import in_words

EXAMPLES = Path(__file__).parents[1] / "examples"
Row = dict[str, str]
Ask = Callable[[str], list[Row]]


@pytest.fixture(scope="module")
def graph() -> nx.MultiDiGraph:
    return kg.build(EXAMPLES).nx


@pytest.fixture(scope="module")
def turtle(graph: nx.MultiDiGraph) -> str:
    return rdf.to_turtle(graph)


@pytest.fixture(scope="module")
def ask(turtle: str, tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """``ask("posts")``: the rows of a named query, as people see them."""
    path = tmp_path_factory.mktemp("examples") / "graph.ttl"
    path.write_text(turtle, encoding="utf-8")
    store: pyoxigraph.Store = sparql.load(path)

    def rows(name: str) -> list[Row]:
        answer = sparql.query(store, sparql.named_query(name).text)
        return [dict(zip(answer.variables, map(in_words, row), strict=True)) for row in answer.rows]

    return rows


def matching(rows: list[Row], **wanted: str) -> list[Row]:
    return [row for row in rows if all(row[key] == value for key, value in wanted.items())]


@pytest.mark.parametrize(
    "post",
    [
        {"person": "Jo Song Gil", "position": "acting ambassador", "for": "North Korea", "where": "Italy"},
        {"person": "Thae Yong Ho", "position": "deputy ambassador", "where": "Britain"},
        {"person": "Kang Chol", "position": "ambassador", "where": "Malaysia"},
        {"person": "Kim Jong Un", "position": "leader", "for": "North Korea", "according_to": "kuala-lumpur, rome"},
        {"person": "Sergei Lavrov", "position": "foreign minister", "for": "Russia"},
        {"person": "Donald Tusk", "position": "president", "for": "European Council"},
        {"person": "Hu Xijin", "position": "editor", "for": "Global Times"},
        {"person": "Wang Lijun", "position": "police chief", "for": "Chongqing"},
    ],
    ids=lambda post: post["person"],
)
def test_who_holds_which_post(ask: Ask, post: Row) -> None:
    assert matching(ask("posts"), status="Asserted", **post)


def test_who_is_said_to_have_defected(ask: Ask) -> None:
    rows = ask("defections")
    [thae] = matching(rows, person="Thae Yong Ho", status="Asserted")
    assert (thae["says"], thae["certainty"], thae["according_to"]) == ("yes", "certain", "rome")
    for row in matching(rows, person="Jo Song Gil"):
        assert (row["status"], row["certainty"]) == ("Hedged", "unspecified")


def test_what_unnamed_sources_say_stays_theirs(ask: Ask) -> None:
    rows = matching(ask("claims-by-source"), source="a diplomatic source")
    assert "Asylum request: Jo Song Gil – to a Western country" in {row["about"] for row in rows}
    assert all("Quoting a diplomatic source" in row["words"] or "The same source" in row["words"] for row in rows)


def test_what_is_disputed_has_both_sides(ask: Ask) -> None:
    rows = matching(ask("disputed"), status="Disputed")
    killing = [row for row in rows if row["about"].startswith("Killing: ")]
    assert {row["says"] for row in killing} == {"yes", "no"}
    words = {(row["says"], row["words"]) for row in killing}
    assert ("yes", "North Korea killed Kim, South Korean officials said.") in words
    assert ("no", "North Korea did not kill him, its diplomats insisted.") in words


def test_what_is_denied_is_no_fact(ask: Ask) -> None:
    rows = matching(ask("disputed"), source="Cai Wei")
    assert {row["says"] for row in rows} == {"no"}
    assert not matching(ask("timeline"), **{"class": "Contact"})


@pytest.mark.parametrize(
    ("day", "cls", "who"),
    [
        ("2016", "Defection", "Thae Yong Ho"),
        ("2017-02-13", "Death", "Kim Jong Nam"),
        ("2017-03-04", "Expulsion", "Kang Chol"),
        ("2018-03-26", "Expulsion", "United States"),
        ("2018-11-22", "Notification", "North Korea"),
        ("2020-07-23", "Arrest", "Tang Juan"),
        ("2020-07-24", "EmbassyClosure", "Houston"),
    ],
)
def test_what_happened_when(ask: Ask, day: str, cls: str, who: str) -> None:
    assert [row for row in matching(ask("timeline"), date=day, **{"class": cls}) if who in row["what"]]


def test_the_graph_conforms_to_the_shapes(turtle: str) -> None:
    assert shapes.validate(Graph().parse(data=turtle, format="turtle")) == []


def test_every_claim_quotes_its_document(graph: nx.MultiDiGraph) -> None:
    claims = [(node, data) for node, data in graph.nodes(data=True) if data["kind"] == "claim"]
    assert len(claims) > 100
    for node, data in claims:
        [document] = [end for _, end, edge in graph.out_edges(node, data=True) if edge["kind"] == "document"]
        text = graph.nodes[document]["text"]
        for part in ("sentence", "trigger", *(["cue"] if "cue" in data else [])):
            assert text[data[f"{part}_begin"] : data[f"{part}_end"]] == data[part]


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_hash_seed_changes_nothing(turtle: str, seed: str) -> None:
    code = (
        "import sys, kg; from kg.publish import rdf; "
        f"sys.stdout.buffer.write(rdf.to_turtle(kg.build({str(EXAMPLES)!r}).nx).encode())"
    )
    environment = {"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(kg.__file__).parents[1])}
    done = subprocess.run([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, check=True)
    # digests, for pytest would spend minutes on showing where a megabyte differs
    assert sha256(done.stdout).hexdigest() == sha256(turtle.encode()).hexdigest()
