from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import networkx as nx
import pytest
from knowledge import FIRST, KNOWLEDGE, SECOND

from kg.graph import build
from kg.model import Knowledge
from kg.publish.page import render

HOSTILE = [
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "<img src=x onerror=alert(1)>",
    "\"'><b>bold</b>",
    "javascript:alert(1)",
    "{{ 7 * 7 }} {% raw %}",
    "\u202eright to left\u202c",
    "\u2028\u2029\x00\x1b[31m\ud800",
    "\U0001f600" * 40,
    "x" * 10_000,
]


class Page(HTMLParser):
    """The elements of a page, and the text of its scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.inside: list[list[str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag in {"script", "style"}:
            self.inside.append([tag, ""])

    def handle_data(self, data: str) -> None:
        if self.cdata_elem:
            self.inside[-1][1] += data

    @property
    def tags(self) -> list[str]:
        return [tag for tag, _ in self.elements]

    @property
    def data(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.inside[1][1])
        return found

    @property
    def policy(self) -> str:
        return next(a["content"] or "" for _, a in self.elements if a.get("http-equiv") == "Content-Security-Policy")


def hostile(text: str) -> Knowledge:
    """The same knowledge with ``text`` wherever words of others can stand."""
    words = f"{text}\n\n{FIRST.text}"
    document = replace(FIRST, title=text, publisher=text, author=text, url=text)
    broken = replace(SECOND, id=text, text=SECOND.text, title=words)
    return replace(
        KNOWLEDGE,
        documents=(document, broken),
        entities=tuple(replace(e, label=text, aliases=(text, "x"), country=text[:3]) for e in KNOWLEDGE.entities),
        situations=tuple(replace(s, predicate=text, position=text, amount=text) for s in KNOWLEDGE.situations),
        claims=tuple(
            replace(c, predicate=text, rule=text, document=_key(c.document, broken)) for c in KNOWLEDGE.claims
        ),
        mentions={
            e: tuple(replace(m, document=_key(m.document, broken)) for m in placed)
            for e, placed in KNOWLEDGE.mentions.items()
        },
    )


def _key(key: str, broken: Any) -> str:
    return broken.key if key == SECOND.key else key


def test_the_page_asks_nothing_of_any_place() -> None:
    page = Page(render(build(KNOWLEDGE), title="Two documents"))
    assert not {"link", "img", "iframe", "object", "base", "form", "a"} & set(page.tags)
    assert not [a for _, a in page.elements if {"src", "href", "action", "srcset"} & a.keys()]
    assert "sourceMappingURL" not in page.inside[2][1]
    assert not re.search(r"url\(|@import", page.inside[0][1])


def test_the_policy_lets_these_scripts_run_and_nothing_else() -> None:
    page = Page(render(build(KNOWLEDGE), title="Two documents"))
    assert [tag for tag, _ in page.inside] == ["style", "script", "script", "script"]
    assert "default-src 'none'" in page.policy
    assert "unsafe" not in page.policy
    for _, text in (page.inside[0], *page.inside[2:]):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in page.policy
    assert not [name for _, a in page.elements for name in a if name.startswith("on") or name == "style"]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_becomes_markup(text: str) -> None:
    plain = Page(render(build(KNOWLEDGE), title="Two documents"))
    html = render(build(hostile(text)), title=text)
    html.encode("utf-8")
    page = Page(html)
    assert page.tags == plain.tags
    assert [tag for tag, _ in page.inside] == [tag for tag, _ in plain.inside]
    assert page.policy == plain.policy
    assert "<" not in page.inside[1][1]
    assert page.data["entities"][0]["label"][:5] == text.replace("\x00", "␀").replace("\x1b", "␛")[:5]


def test_two_pages_of_one_graph_are_the_same() -> None:
    assert render(build(KNOWLEDGE), title="x") == render(build(KNOWLEDGE), title="x")


def test_nodes_and_edges_of_the_network() -> None:
    data = Page(render(build(KNOWLEDGE), title="x")).data
    nodes = {node["id"]: node for node in data["nodes"]}
    edges = data["edges"]
    # all but the daily, which only passes on what another says
    assert len(nodes) == data["total"] == len(KNOWLEDGE.entities) + len(KNOWLEDGE.situations) - 1
    assert nodes[0] == {**nodes[0], "label": "Ana Velho", "shape": "dot", "group": "Person"}
    flight = next(node for node in nodes.values() if node["group"] == "Event-Disputed")
    assert (flight["shape"], flight["label"]) == ("box", "disputed: defection")
    assert [node["label"] for node in nodes.values() if node.get("plain")] == ["watch"]
    ends = {(edge["role"], edge["from"] == edge["about"]) for edge in edges}
    assert ("agent", False) in ends
    assert ("patient", True) in ends
    assert {edge["status"] for edge in edges if edge["about"] == flight["id"]} == {"Disputed"}
    says = [edge for edge in edges if edge["role"] == "says"]
    assert {nodes[edge["from"]]["label"] for edge in says} == {"a diplomat", "Norland", "Rui Velho"}
    assert len({edge["id"] for edge in edges}) == len(edges)


def test_long_labels_are_cut() -> None:
    data = Page(render(build(hostile("long " * 30)), title="x")).data
    assert max(len(node["label"]) for node in data["nodes"]) <= 44
    assert data["nodes"][0]["label"].endswith("…")


def test_a_large_graph_shows_what_matters_most() -> None:
    data = Page(render(build(KNOWLEDGE), title="x", max_nodes=6)).data
    assert len(data["nodes"]) <= 6 < data["total"]
    assert "disputed: defection" in {node["label"] for node in data["nodes"]}
    assert len(data["entities"]) == len(KNOWLEDGE.entities)
    kept = {node["id"] for node in data["nodes"]}
    assert all(edge["from"] in kept and edge["to"] in kept for edge in data["edges"])


def test_in_a_large_graph_those_that_matter_most_are_drawn_larger() -> None:
    [gone] = [s for s in KNOWLEDGE.situations if s.cls == "Disappearance"]
    [first, *_] = [c for c in KNOWLEDGE.claims if c.about == gone.id]
    more = [
        (replace(gone, id=f"{gone.id}-{i}"), replace(first, id=f"{first.id}-{i}", about=f"{gone.id}-{i}"))
        for i in range(100)
    ]
    crowd = replace(
        KNOWLEDGE,
        situations=(*KNOWLEDGE.situations, *(situation for situation, _ in more)),
        claims=(*KNOWLEDGE.claims, *(claim for _, claim in more)),
    )
    few, many = (
        {node["label"]: node for node in Page(render(build(knowledge), title="x")).data["nodes"]}
        for knowledge in (KNOWLEDGE, crowd)
    )
    assert many["Ana Velho"]["font"]["size"] > few["Ana Velho"]["font"]["size"]
    assert many["a diplomat"]["font"] == few["a diplomat"]["font"]


def test_a_page_of_nothing() -> None:
    page = Page(render(nx.MultiDiGraph(), title="Nothing"))
    assert page.data["nodes"] == page.data["documents"] == []
