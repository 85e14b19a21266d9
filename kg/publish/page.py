"""The graph as one HTML file: pyvis's network in a page of our own, which asks nothing of any network.

The template, style and script are page.html, page.css and page.js; vis-network's script comes out
of the pyvis package. A Content-Security-Policy lets nothing run but those two scripts and lets
nothing be fetched. This is the only file that knows pyvis.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from math import ceil, sqrt
from typing import Any, NamedTuple

import networkx as nx
from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup
from pyvis.network import Network

from kg.publish.addresses import visible
from kg.publish.page_data import GROUPS, page_data
from kg.publish.page_layout import Size, layout, neighbours_of

MAX_NODES = 1500
_VIS = "lib/vis-9.1.2/vis-network.min.js"
#: Letters of a label that are shown; how wide a letter is on average and how high a line, in sizes of the font.
_MOST_LETTERS = 44
_LETTER = 0.56
_LINE = 1.2
#: Where labels are wrapped, in pixels.
_WRAP = 150
#: Sizes of labels, in pixels: from how large a circle on, and in boxes.
_FONTS = ((18, 20), (13, 17), (0, 14))
_BOX_FONT = 14
#: How many entities are drawn larger in a large graph.
_LANDMARKS = 14
#: What is put before the words in a situation's box, so that nobody takes it for so.
_MARK = {"Disputed": "disputed: ", "Negated": "not: "}


class Shown(NamedTuple):
    """A node as the network shows it."""

    thing: int
    label: str
    shape: str
    group: str
    radius: int
    font: int
    plain: bool


def render(graph: nx.MultiDiGraph, *, title: str, max_nodes: int = MAX_NODES) -> str:
    """The page, as HTML text. Of a larger graph the network shows the ``max_nodes`` most important nodes.

    The panel, the article and the search have all of it.
    """
    data = page_data(graph)
    network, total = _network(data, max_nodes)
    data |= {"nodes": network.nodes, "edges": network.edges, "groups": GROUPS, "total": total}
    script, style = _file("page.js"), _file("page.css")
    return _template().render(
        title=visible(title),
        policy=_policy(scripts=(_vis(), script), style=style),
        style=Markup(style),
        vis=Markup(_vis()),
        script=Markup(script),
        data=Markup(_inert(data)),
    )


# ------------------------------------------------------------------ the file and what stands in it
@cache
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    return environment.from_string(_file("page.html"))


@cache
def _file(name: str) -> str:
    return (resources.files("kg.publish") / name).read_text(encoding="utf-8")


@cache
def _vis() -> str:
    """vis-network's script, without the address of a map that a browser's tools would ask for."""
    text = (resources.files("pyvis") / _VIS).read_text(encoding="utf-8")
    return re.sub(r"//# sourceMappingURL=\S*", "", text).strip()


def _policy(*, scripts: Sequence[str], style: str) -> str:
    """A policy that lets these run and nothing else, and nothing be asked of any place."""
    hashes = " ".join(f"'{_hash(script)}'" for script in scripts)
    return f"default-src 'none'; script-src {hashes}; style-src '{_hash(style)}'; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"


def _inert(data: object) -> str:
    """JSON that can stand in a script element whatever it holds: nothing in it is markup."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


# ------------------------------------------------------------------ the network
def _network(data: Mapping[str, Any], max_nodes: int) -> tuple[Network, int]:
    """The network of what is shown at first, and how many nodes there would be."""
    entities, situations = data["entities"], data["situations"]
    offset = len(entities)
    weights = _weights(data)
    landmark = _landmark(weights, len(situations))
    nodes = [_entity(i, each, weights[i], landmark) for i, each in enumerate(entities)]
    nodes += [_situation(offset + i, each) for i, each in enumerate(situations)]
    edges = _role_edges(situations, offset)
    linked = {end for a, b, *_ in edges for end in (a, b)} | set(range(offset, len(nodes)))
    linked |= {claim["source"] for claim in data["claims"] if claim["source"] >= 0}
    kept = set(_most_important(data, linked, max_nodes))
    shown = [node for node in nodes if node.thing in kept]
    places = _places(shown, [(a, b) for a, b, *_ in edges if a in kept and b in kept])
    network = Network(directed=True)
    for node, (x, y) in zip(shown, places, strict=True):
        network.add_node(
            node.thing,
            label=node.label,
            shape=node.shape,
            group=node.group,
            size=node.radius,
            font={"size": node.font},
            widthConstraint={"maximum": round(_WRAP * max(1.0, node.font / 20))},
            x=x,
            y=y,
            **({"plain": True} if node.plain else {}),
        )
    _add_edges(network, [*edges, *_source_edges(data)], kept)
    return network, len(linked)


def _weights(data: Mapping[str, Any]) -> list[int]:
    """How many claims each entity is in or makes."""
    found = [0] * len(data["entities"])
    for claim in data["claims"]:
        things = {thing for _, thing in claim["roles"]} | {claim["source"]}
        for thing in things:
            if 0 <= thing < len(found):
                found[thing] += 1
    return found


class Landmark(NamedTuple):
    """From what weight on an entity is to be seen from afar, and how much larger it is drawn then."""

    least: int
    grown: float


def _landmark(weights: Sequence[int], situations: int) -> Landmark:
    """In a large graph those that matter most are drawn larger, so that names can be read while all is in view."""
    grown = min(2.2, sqrt(max(situations, 70) / 70))
    return Landmark(sorted(weights, reverse=True)[:_LANDMARKS][-1] if weights else 0, grown)


def _entity(thing: int, entity: Mapping[str, Any], weight: int, landmark: Landmark) -> Shown:
    radius = min(26, 8 + round(3 * sqrt(weight)))
    if landmark.grown > 1 and weight >= max(landmark.least, 2):
        grown = landmark.grown
        return Shown(
            thing, _shortened(entity["label"]), "dot", entity["group"], round(radius * grown), round(20 * grown), False
        )
    font = next(size for least, size in _FONTS if radius >= least)
    return Shown(thing, _shortened(entity["label"]), "dot", entity["group"], radius, font, False)


def _situation(thing: int, situation: Mapping[str, Any]) -> Shown:
    status = situation["status"]
    label = _shortened(_MARK.get(status, "") + situation["short"])
    group = f"{'State' if situation['state'] else 'Event'}-{status}"
    return Shown(thing, label, "box", group, 0, _BOX_FONT, situation["plain"])


def _shortened(label: str) -> str:
    flat = " ".join(label.split())
    return flat if len(flat) <= _MOST_LETTERS else f"{flat[: _MOST_LETTERS - 1].rstrip()}…"


def _role_edges(situations: Sequence[Mapping[str, Any]], offset: int) -> list[tuple[int, int, str, int]]:
    """(from, to, role, situation): from the agent to the situation, from the situation to all others."""
    found = []
    for i, situation in enumerate(situations):
        about = offset + i
        for role, thing in situation["roles"]:
            ends = (thing, about) if role == "agent" else (about, thing)
            found.append((*ends, role, about))
    return found


def _source_edges(data: Mapping[str, Any]) -> list[tuple[int, int, str, int]]:
    """(source, situation, "says", situation), each once."""
    pairs = {(claim["source"], claim["about"]) for claim in data["claims"] if claim["source"] >= 0}
    return [(source, about, "says", about) for source, about in sorted(pairs)]


def _add_edges(network: Network, edges: Sequence[tuple[int, int, str, int]], kept: set[int]) -> None:
    status = {node["id"]: node["group"].partition("-")[2] for node in network.nodes}
    for number, (a, b, role, about) in enumerate(edges):
        if a in kept and b in kept and a != b:
            network.add_edge(a, b, id=number, role=role, about=about, status=status[about])


def _most_important(data: Mapping[str, Any], linked: set[int], most: int) -> list[int]:
    """Situations of a class before plain events, those with more claims first, and whoever is in them."""
    offset = len(data["entities"])
    situations = data["situations"]
    order = sorted(range(len(situations)), key=lambda i: (situations[i]["plain"], -len(situations[i]["claims"]), i))
    kept: dict[int, None] = {}
    for i in order:
        wanted = [offset + i, *(thing for _, thing in situations[i]["roles"])]
        new = [thing for thing in dict.fromkeys(wanted) if thing not in kept]
        if len(kept) + len(new) <= most:
            kept.update(dict.fromkeys(new))
    for thing in sorted(linked):
        if len(kept) >= most:
            break
        kept.setdefault(thing)
    return list(kept)


def _places(shown: Sequence[Shown], edges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where each node stands: first all that is seen at the start, then the plain events around it."""
    number = {node.thing: i for i, node in enumerate(shown)}
    inner = [(number[a], number[b]) for a, b in edges]
    plain = {i for i, node in enumerate(shown) if node.plain}
    core = {end for a, b in inner if a not in plain and b not in plain for end in (a, b)}
    core |= {i for i, node in enumerate(shown) if node.shape == "box" and not node.plain}
    rooms = [_room(node) for node in shown]
    places = layout(
        neighbours_of(len(shown), inner), [size for size, _ in rooms], [i in core for i in range(len(shown))]
    )
    return [(x, y - up) for (x, y), (_, up) in zip(places, rooms, strict=True)]


def _room(node: Shown) -> tuple[Size, int]:
    """Roughly how much room a node takes up, label and all, and how far above its middle the node itself stands."""
    letters = len(node.label) * _LETTER * node.font
    wrap = _WRAP * max(1.0, node.font / 20)
    width = min(letters, wrap)
    height = ceil(letters / wrap) * _LINE * node.font
    if node.shape == "box":
        return (width + 18, height + 14), 0
    return (max(width, 2 * node.radius), 2 * node.radius + height), round(height / 2)
