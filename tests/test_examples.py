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
from kg.publish import parameters, rdf, shapes, sparql
from kg.publish.answer import in_words

EXAMPLES = Path(__file__).parents[1] / "examples"
Row = dict[str, str]
Ask = Callable[..., list[Row]]


@pytest.fixture(scope="module")
def graph() -> nx.MultiDiGraph:
    return kg.build(EXAMPLES).nx


@pytest.fixture(scope="module")
def turtle(graph: nx.MultiDiGraph) -> str:
    return rdf.to_turtle(graph)


@pytest.fixture(scope="module")
def ask(turtle: str, tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """``ask("posts", person="Jo Song Gil")``: the rows of a named query, as people see them."""
    path = tmp_path_factory.mktemp("examples") / "graph.ttl"
    path.write_text(turtle, encoding="utf-8")
    store: pyoxigraph.Store = sparql.load(path)

    def rows(name: str, **values: str) -> list[Row]:
        answer = sparql.query(store, parameters.one_question(store, None, name=name, values=values))
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
    for row in matching(rows, person="Jo Song Gil", according_to="rome"):
        assert (row["says"], row["certainty"]) == ("yes", "unspecified")


def test_what_unnamed_sources_say_stays_theirs(ask: Ask) -> None:
    rows = matching(ask("claims-by-source"), source="a diplomatic source")
    assert "Asylum request: Jo Song Gil – to a Western country" in {row["about"] for row in rows}
    words = ("Quoting a diplomatic source", "The same source", "according to a diplomatic source")
    assert all(any(each in row["words"] for each in words) for row in rows)


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


#: Of each query that ships: its parameters, and a row that must be among its answers.
ANSWERS: list[tuple[str, Row, Row]] = [
    (
        "between",
        {"first": "Jo Song Gil", "second": "Thae Yong Ho"},
        {"who": "North Korea", "linked_to": "Thae Yong Ho"},
    ),
    ("claims-by-source", {"source": "kim min-ki"}, {"about": "Disappearance: Jo Song Gil – in Rome", "says": "yes"}),
    (
        "confirmed-later",
        {"about": "Jo Song Gil"},
        {
            "hedged_on": "2019-02-21",
            "hedged_by": "a person with knowledge of the case",
            "hedged_words": "Jo may have defected to South Korea, according to a person with knowledge of the case.",
            "confirmed_on": "2020-10-08",
            "confirmed_by": "Envoy's defection is confirmed",
        },
    ),
    (
        "contradictions",
        {"about": "Kim Jong Nam"},
        {"yes": "South Korean officials", "words_for_it": "North Korea killed Kim, South Korean officials said."},
    ),
    ("defections", {"person": "Thae"}, {"person": "Thae Yong Ho", "status": "Asserted", "according_to": "rome"}),
    (
        "denials",
        {"source": "Cai Wei"},
        {"certainty": "certain", "cue": "denied", "status": "Negated"},
    ),
    ("disputed", {"about": "Kim Jong Nam"}, {"says": "no", "words": "North Korea denies that he was murdered."}),
    ("documents", {}, {"document": "Envoy's defection is confirmed", "publisher": "Eastern Wire"}),
    ("dossier", {"person": "THAE YONG HO"}, {"role": "agent", "what": "Defection: Thae Yong Ho", "when": "2016"}),
    ("embassies", {"country": "Russia"}, {"mission": "Russian consulate in Seattle", "where": "Seattle"}),
    ("evidence", {"class": "asylum request", "text": "diplomatic"}, {"document": "rome", "begin": "743", "end": "874"}),
    ("expulsions", {"country": "Italy"}, {"whom": "Mun Jong Nam", "because_of": "Weapon test: North Korea"}),
    ("hearsay", {"through": "Theresa May"}, {"source": "Scientists at the Porton Down laboratory", "says": "yes"}),
    ("justice", {"person": "Sergei Skripal"}, {"step": "Pardon", "when": "2010", "by": "Dmitry Medvedev"}),
    ("kinship", {"person": "Kim Jong Un"}, {"person": "Kim Jong Nam", "is_the": "sibling", "of": "Kim Jong Un"}),
    ("names", {"class": "newsoutlet"}, {"label": "Han River Daily", "class": "NewsOutlet"}),
    (
        "one-document",
        {"document": "Han River Daily"},
        {"about": "Jo's wife, spouse of Jo Song Gil", "status": "Reported", "sources": "A government source"},
    ),
    ("overview", {}, {"class": "Kinship", "disputed": "0"}),
    ("posts", {"country": "Malaysia"}, {"person": "Kang Chol", "position": "ambassador"}),
    ("sources", {"source": "Cai Wei"}, {"class": "Person", "named": "yes", "denied": "1", "relayed": "0"}),
    ("statements", {"class": "Pardon"}, {"object": "2010"}),
    ("timeline", {"about": "Jo Song Gil", "since": "2019-06-01"}, {"date": "2019-07", "class": "Defection"}),
    (
        "unconfirmed",
        {"about": "Jo Song Gil"},
        {
            "about": "Jo Song Gil, child of a senior official in Pyongyang",
            "certainty": "possible",
            "source": "an expert",
        },
    ),
    (
        "unnamed-sources",
        {"about": "Jo Song Gil"},
        {"about": "Asylum request: Jo Song Gil – to a Western country", "source": "a diplomatic source"},
    ),
    (
        "who-told-whom",
        {"person": "Italian Foreign Ministry"},
        {"who": "North Korean embassy", "how": "Notification", "when": "2018-12-05"},
    ),
]


@pytest.mark.parametrize(("name", "values", "row"), ANSWERS, ids=[name for name, _, _ in ANSWERS])
def test_each_query_answers_with_its_parameters(ask: Ask, name: str, values: Row, row: Row) -> None:
    assert matching(ask(name, **values), **row)


def test_each_query_that_ships_has_an_answer_here() -> None:
    assert {name for name, _, _ in ANSWERS} == set(sparql.named_queries())


@pytest.mark.parametrize("name", list(sparql.named_queries()))
def test_the_examples_of_the_parameters_have_answers(ask: Ask, name: str) -> None:
    known = sparql.named_query(name).parameters
    required = {each.name: each.example or "" for each in known if each.required}
    for each in known:
        assert ask(name, **(required | {each.name: each.example or ""})), each.name


def test_what_others_bear_out_is_not_one_documents_alone(ask: Ask) -> None:
    alone = {row["about"] for row in ask("one-document")}
    assert "Disappearance: Jo Song Gil – in Rome" not in alone
    assert "Killing: North Korea – Kim Jong Nam" in alone


def test_what_was_confirmed_is_no_longer_unconfirmed(ask: Ask) -> None:
    confirmed = {row["about"] for row in ask("confirmed-later")}
    assert "Defection: Jo Song Gil – to South Korea" in confirmed
    assert not confirmed & {row["about"] for row in ask("unconfirmed")}


def test_an_unnamed_source_with_a_named_one_beside_it_is_not_alone(ask: Ask) -> None:
    alone = {row["about"] for row in ask("unnamed-sources")}
    assert "Defection: Jo Song Gil – to South Korea" not in alone


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
