"""The network that is drawn at first: which nodes, and where each stands. The only file that knows pyvis."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from math import ceil
from typing import Any, NamedTuple

from pyvis.network import Network

from kg.publish.page.layout import Size, layout, neighbours_of

_VIS = "lib/vis-9.1.2/vis-network.min.js"
#: Letters of a label that are shown, how wide one is on average and how high a line, in sizes of the font.
_MOST_LETTERS = 44
_LETTER = 0.58
_LINE = 1.25
#: Where labels of entities are wrapped, and the sizes of labels, in pixels; paint.js draws them so.
_WRAP = 130
_FONTS = ((18, 15), (13, 13.5), (0, 12.5))
_BOX_FONT = 12.5

#: Number of the thing, x, y.
Node = tuple[int, int, int]


class _Drawn(NamedTuple):
    thing: int
    label: str
    box: bool
    radius: int
    plain: bool


@cache
def vis_script() -> str:
    """vis-network's script, without the address of a map that a browser's tools would ask for."""
    text = (resources.files("pyvis") / _VIS).read_text(encoding="utf-8")
    return re.sub(r"//# sourceMappingURL=\S*", "", text).strip()


def drawn_nodes(data: Mapping[str, Any], max_nodes: int) -> tuple[list[Node], list[int], int]:
    """The nodes drawn at first with their places, all situations by importance, and how many nodes there would be."""
    edges = _edges(data)
    offset = len(data["entities"])
    linked = {end for edge in edges for end in edge} | set(range(offset, offset + len(data["situations"])))
    linked |= {claim["source"] for claim in data["claims"] if claim["source"] >= 0}
    order = _by_importance(data)
    kept = _most_important(data, order, linked, max_nodes)
    drawn = [_drawn(data, thing) for thing in sorted(kept)]
    inner = [(a, b) for a, b in edges if a in kept and b in kept and a != b]
    ends = {end for edge in inner for end in edge}
    spoken = {(claim["about"], claim["source"]) for claim in data["claims"] if claim["source"] in kept - ends}
    places = _places(drawn, inner, sorted((a, b) for a, b in spoken if a in kept))
    network = Network(directed=True)
    for node, (x, y) in zip(drawn, places, strict=True):
        network.add_node(node.thing, label=node.label, shape="custom", x=x, y=y)
    return [(node["id"], node["x"], node["y"]) for node in network.nodes], order, len(linked)


def _drawn(data: Mapping[str, Any], thing: int) -> _Drawn:
    offset = len(data["entities"])
    if thing < offset:
        entity = data["entities"][thing]
        return _Drawn(thing, shortened(entity["label"]), False, entity["radius"], False)
    situation = data["situations"][thing - offset]
    return _Drawn(thing, shortened(situation["short"]), True, 0, situation["plain"])


def shortened(label: str) -> str:
    """The label on one line, cut if it is long.

    >>> shortened("a  b")
    'a b'
    """
    flat = " ".join(label.split())
    return flat if len(flat) <= _MOST_LETTERS else f"{flat[: _MOST_LETTERS - 1].rstrip()}…"


def _edges(data: Mapping[str, Any]) -> list[tuple[int, int]]:
    offset = len(data["entities"])
    return [(offset + i, thing) for i, each in enumerate(data["situations"]) for _, thing in each["roles"]]


def _by_importance(data: Mapping[str, Any]) -> list[int]:
    """Situations of a class before plain ones, those with more claims first, then those of weightier participants."""
    entities, situations = data["entities"], data["situations"]
    offset = len(entities)
    claims = [0] * len(situations)
    for claim in data["claims"]:
        claims[claim["about"] - offset] += 1

    def key(i: int) -> tuple[bool, int, int, int]:
        weight = sum(entities[thing]["weight"] for _, thing in situations[i]["roles"] if thing < offset)
        return situations[i]["plain"], -claims[i], -weight, i

    return [offset + i for i in sorted(range(len(situations)), key=key)]


def _most_important(data: Mapping[str, Any], order: Sequence[int], linked: set[int], most: int) -> set[int]:
    """The first situations and whoever is in them, then those who only speak, ``most`` in all."""
    offset = len(data["entities"])
    kept: set[int] = set()
    for about in order:
        new = {about, *(thing for _, thing in data["situations"][about - offset]["roles"])} - kept
        if len(kept) + len(new) <= most:
            kept |= new
    for thing in sorted(linked - kept):
        if len(kept) >= most:
            break
        kept.add(thing)
    return kept


def _places(
    drawn: Sequence[_Drawn], edges: Sequence[tuple[int, int]], spoken: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Where each node stands: first all that is seen at the start, then the plain events around it.

    ``spoken`` leads from what is said to those who do nothing else than say it, so that they stand near it.
    """
    number = {node.thing: i for i, node in enumerate(drawn)}
    inner, said = ([(number[a], number[b]) for a, b in pairs] for pairs in (edges, spoken))
    plain = {i for i, node in enumerate(drawn) if node.plain}
    core = {end for a, b in inner if a not in plain and b not in plain for end in (a, b)}
    core |= {i for i, node in enumerate(drawn) if node.box and not node.plain}
    rooms = [_room(node) for node in drawn]
    places = layout(
        neighbours_of(len(drawn), [*inner, *said]), [size for size, _ in rooms], [i in core for i in range(len(drawn))]
    )
    return [(x, y - up) for (x, y), (_, up) in zip(places, rooms, strict=True)]


def _room(node: _Drawn) -> tuple[Size, int]:
    """Roughly how much room a node takes up, label and all, and how far above its middle the node itself stands."""
    font = _BOX_FONT if node.box else next(size for least, size in _FONTS if node.radius >= least)
    letters = len(node.label) * _LETTER * font
    if node.box:
        return (letters + 16, font + 12), 0
    width = min(letters, _WRAP)
    height = ceil(letters / _WRAP) * _LINE * font
    return (max(width, 2 * node.radius), 2 * node.radius + height), round(height / 2)
