from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import networkx as nx
import pytest
from knowledge import FIRST, KNOWLEDGE, RUI, SECOND

from kg.graph import build
from kg.model import Knowledge
from kg.publish.page import names, parts, render
from kg.publish.page.data import page_data
from kg.publish.page.network import drawn_nodes, shortened
from kg.publish.page.pack import TABLES, pack
from kg.publish.page.render import render_ask

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
    assert unpacked(page.data)["entities"][0]["label"][:5] == text.replace("\x00", "␀").replace("\x1b", "␛")[:5]


def test_two_pages_of_one_graph_are_the_same() -> None:
    assert render(build(KNOWLEDGE), title="x") == render(build(KNOWLEDGE), title="x")


def test_long_labels_are_cut() -> None:
    assert len(shortened("long " * 30)) == 44
    assert shortened("long " * 30).endswith("…")
    assert shortened(" two\n lines ") == "two lines"


def test_all_that_is_linked_is_drawn() -> None:
    data = page_data(build(KNOWLEDGE))
    nodes, order, total = drawn_nodes(data, 1000)
    drawn = {labels(data)[number] for number, _, _ in nodes}
    # all but the daily, which only passes on what another says
    assert {entity.label for entity in KNOWLEDGE.entities} - drawn == {"Farol"}
    assert len(nodes) == total == len(KNOWLEDGE.entities) + len(KNOWLEDGE.situations) - 1
    assert len({(x, y) for _, x, y in nodes}) == len(nodes)
    # most claims first, those of no class of the vocabulary last
    ordered = [labels(data)[number] for number in order]
    assert set(ordered[:2]) == {"Defection: Ana Velho – from Norland", "Disappearance: Ana Velho – in Lisbon"}
    assert ordered[-1] == "watch"


def test_a_large_graph_shows_what_matters_most() -> None:
    data = page_data(build(KNOWLEDGE))
    nodes, _, total = drawn_nodes(data, 6)
    assert len(nodes) <= 6 < total
    assert "Defection: Ana Velho – from Norland" in {labels(data)[number] for number, _, _ in nodes}


def labels(data: Mapping[str, Any]) -> list[str]:
    return [thing["label"] for thing in [*data["entities"], *data["situations"]]]


def test_a_page_that_is_served_has_what_is_drawn_first_and_may_ask_its_server() -> None:
    graph = build(KNOWLEDGE)
    page = Page(render(graph, title="x", max_nodes=6, served="neighbours"))
    assert "connect-src 'self'" in page.policy
    assert page.data["page"] == {**page.data["page"], "served": "neighbours", "total": 18}
    assert 0 < len(page.data["entities"]["rows"]) < len(KNOWLEDGE.entities)
    assert 0 < len(page.data["situations"]["rows"]) < len(KNOWLEDGE.situations)
    assert all(0 <= number < 6 + len(page.data["entities"]["rows"]) for number, _, _ in page.data["nodes"])
    alone = Page(render(graph, title="x", max_nodes=6))
    assert "connect-src" not in alone.policy
    assert len(alone.data["entities"]["rows"]) == len(KNOWLEDGE.entities)


def test_a_neighbourhood_has_what_a_thing_takes_part_in() -> None:
    answer = parts(build(KNOWLEDGE))
    found = unpacked(json.loads(answer([RUI.id, "entity/none/0-1"])))
    assert [each["label"] for each in found["situations"]] == ["Ana Velho, sibling of Rui Velho"]
    assert [each["label"] for each in found["entities"]] == ["Ana Velho", "Rui Velho"]
    assert [each["about"] for each in found["claims"]] == [2]
    assert [each["label"] for each in found["documents"]] == ["Envoy missing in Lisbon"]
    assert unpacked(json.loads(answer([])))["entities"] == []


def test_a_neighbourhood_of_everybody_is_everything() -> None:
    graph = build(KNOWLEDGE)
    data = page_data(graph)
    idents = [thing["id"] for thing in [*data["entities"], *data["situations"]]]
    assert json.loads(parts(graph)(idents)) == json.loads(json.dumps(pack(data)))


def unpacked(packed: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The records of a packed graph, as the script reads them."""
    found: dict[str, list[dict[str, Any]]] = {}
    for name in TABLES:
        columns, rows = packed[name]["columns"], packed[name]["rows"]
        coded = set(packed["coded"])
        records = [dict(zip(columns, row, strict=False)) for row in rows]
        found[name] = [
            {key: packed["words"][value] if key in coded else value for key, value in each.items() if value is not None}
            for each in records
        ]
    return found


def test_packed_records_say_the_same() -> None:
    data = page_data(build(KNOWLEDGE))
    again = unpacked(pack(data))
    for name in TABLES:
        assert len(again[name]) == len(data[name])
        for before, after in zip(data[name], again[name], strict=True):
            for key in ("id", "label", "class", "status", "rule", "sentence", "text", "edtf", "confidence"):
                assert after.get(key) == before.get(key)
    roles = pack(data)["roles"]
    flat = again["situations"][0]["roles"]
    pairs = [[roles[flat[i]], flat[i + 1]] for i in range(0, len(flat), 2)]
    assert pairs == data["situations"][0]["roles"]


def test_a_page_of_nothing() -> None:
    page = Page(render(nx.MultiDiGraph(), title="Nothing"))
    assert page.data["nodes"] == page.data["documents"]["rows"] == []


def test_names_are_found_whatever_their_case_and_accents() -> None:
    find = names(build(KNOWLEDGE))
    found = json.loads(find("  VELHÓ"))
    assert {label for _, label, cls in found if cls == "Person"} == {"Ana Velho", "Rui Velho"}
    assert [cls for _, _, cls in found[:2]] == ["Person", "Person"]
    assert find("") == find("nobody") == "[]"


def test_a_claim_leads_to_the_neighbourhood_of_what_it_is_about() -> None:
    graph = build(KNOWLEDGE)
    claim, about = next((a, b) for a, b, data in graph.edges(data=True) if data["kind"] == "about")
    assert parts(graph)([claim]) == parts(graph)([about])


def test_a_page_that_a_server_gives_out_leads_to_its_questions() -> None:
    graph = build(KNOWLEDGE)
    assert 'href="/ask"' in render(graph, title="x", asks="/ask")
    assert 'href="/ask"' not in render(graph, title="x")
    assert "</script><b>" not in render_ask({"words": "</script><b>"}, title="</script><b>")
