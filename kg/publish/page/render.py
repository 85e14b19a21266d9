"""The graph as one HTML file: template, styles and scripts of this folder, and vis-network out of pyvis.

    page.html   the frame
    ask.html    the frame of the page of questions, which only a server gives out
    styles/     what it looks like, in the order of ``_STYLES``
    scripts/    what it does: ES modules, of which ``bundle`` makes one script

A Content-Security-Policy lets nothing run but those two scripts and lets nothing be fetched;
a page that a server gives out may ask that server, and nobody else.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

import networkx as nx
from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from kg.publish.addresses import BASE, visible
from kg.publish.page.data import page_data
from kg.publish.page.network import Node, drawn_nodes, vis_script
from kg.publish.page.pack import pack
from kg.publish.page.parts import part_data

#: How many nodes are drawn at first; benchmarks/page.py says what more would cost.
MAX_NODES = 2000
#: How many names are found at once.
_MOST_FOUND = 9
_Part = tuple[Mapping[str, Any], list[Node], list[int]]
_STYLES = ("base", "stage", "filters", "views", "pane", "media")
_MAIN = "main"
_EXPORT = re.compile(r"^export const ([\w$]+) =", re.MULTILINE)
_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([a-z]+)\.js";\n', re.MULTILINE)


def render(
    graph: nx.MultiDiGraph,
    *,
    title: str,
    max_nodes: int = MAX_NODES,
    base: str = BASE,
    served: str | None = None,
    asks: str | None = None,
) -> str:
    """The page, as HTML text. Of a larger graph it draws the ``max_nodes`` most important nodes first.

    All of the graph is in the page, unless ``served`` says at which address of the same server
    neighbourhoods can be had (what ``parts`` gives): then only what is drawn first is. ``base`` is
    what the IRIs of exported Turtle begin with; ``asks`` is the address of a page of questions, if there is one.
    """
    everything = page_data(graph)
    nodes, order, total = drawn_nodes(everything, max_nodes)
    shown: Mapping[str, Any] = everything
    if served is not None:
        shown, nodes, order = _first_part(everything, nodes, order)
    packed = pack(shown)
    packed |= {
        "nodes": nodes,
        "order": order,
        "page": {"title": visible(title), "base": base, "most": max_nodes, "total": total, "served": served},
    }
    script, style = bundle(), "\n".join(_file(f"styles/{name}.css") for name in _STYLES)
    return _template("page.html").render(
        title=visible(title),
        asks=asks,
        policy=policy(scripts=(vis_script(), script), style=style, served=served is not None),
        style=Markup(style),
        vis=Markup(vis_script()),
        script=Markup(script),
        data=Markup(inert(packed)),
    )


def render_ask(data: Mapping[str, Any], *, title: str) -> str:
    """The page of questions that a server gives out beside the explorer, as HTML text; ``ask.js`` reads ``data``."""
    script, style = bundle("ask"), "\n".join(_file(f"styles/{name}.css") for name in ("base", "ask"))
    return _template("ask.html").render(
        title=visible(title),
        policy=policy(scripts=(script,), style=style, served=True),
        style=Markup(style),
        script=Markup(script),
        data=Markup(inert(data)),
    )


def _first_part(data: Mapping[str, Any], nodes: Sequence[Node], order: Sequence[int]) -> _Part:
    """The records of what is drawn first alone, and its nodes and order in their numbers."""
    shown = part_data(data, {node[0] for node in nodes})
    idents = [node["id"] for node in [*data["entities"], *data["situations"]]]
    number = {node["id"]: i for i, node in enumerate([*shown["entities"], *shown["situations"]])}
    renumbered = [(number[idents[thing]], x, y) for thing, x, y in nodes]
    return shown, renumbered, [number[idents[i]] for i in order if idents[i] in number]


def parts(graph: nx.MultiDiGraph) -> Callable[[Sequence[str]], str]:
    """What answers a page that was made with ``served``: ids of nodes in, JSON of their neighbourhoods out.

    A neighbourhood is the node, the situations that it takes part in, who else does, and the claims of them all.
    Ids that the graph does not have are passed over.
    """
    everything = page_data(graph)
    offset = len(everything["entities"])
    number = {node["id"]: i for i, node in enumerate([*everything["entities"], *everything["situations"]])}
    taking: dict[int, list[int]] = {}
    for i, situation in enumerate(everything["situations"]):
        for _, thing in situation["roles"]:
            taking.setdefault(thing, []).append(offset + i)

    for claim in everything["claims"]:
        number.setdefault(claim["id"], claim["about"])

    def answer(idents: Sequence[str]) -> str:
        asked = {number[ident] for ident in idents if ident in number}
        wanted = asked | {about for thing in asked for about in taking.get(thing, ())}
        return inert(pack(part_data(everything, wanted)))

    return answer


def names(graph: nx.MultiDiGraph) -> Callable[[str], str]:
    """What looks names up for such a page: words in, JSON ``[[id, label, class], ...]`` of those called so out."""
    everything = page_data(graph)
    known = [
        ("\n".join([fold(each["label"]), *map(fold, each.get("aliases", ()))]), each)
        for each in [*everything["entities"], *everything["situations"]]
    ]

    def find(words: str) -> str:
        wanted = fold(words.strip())
        found = [(written, each) for written, each in known if wanted and wanted in written]
        found.sort(key=lambda pair: (not pair[0].startswith(wanted), -pair[1].get("weight", -1), len(pair[0])))
        return inert([[each["id"], each["label"], each["class"]] for _, each in found[:_MOST_FOUND]])

    return find


def fold(text: str) -> str:
    """The text without case and accents, as the script has it.

    >>> fold("Łódź, GENÈVE")
    'łodz, geneve'
    """
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()


# ------------------------------------------------------------------ the file and what stands in it
@cache
def _template(name: str) -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    return environment.from_string(_file(name))


@cache
def _file(name: str) -> str:
    return (resources.files("kg.publish.page") / name).read_text(encoding="utf-8")


@cache
def bundle(main: str = _MAIN) -> str:
    """The modules of ``scripts/`` as one script, each a function after those that it imports.

    They keep to ``import { a, b } from "./c.js"`` and ``export const``, and none leads back to itself.
    """
    texts: dict[str, str] = {}

    def add(name: str) -> None:
        source = _file(f"scripts/{name}.js")
        for _, other in _IMPORT.findall(source):
            if other not in texts:
                add(other)
        exported = ", ".join(_EXPORT.findall(source))
        body = _EXPORT.sub(r"const \1 =", _IMPORT.sub(r"const {\1} = modules.\2;\n", source)).strip()
        texts[name] = f"modules.{name} = (() => {{\n{body}\nreturn {{ {exported} }};\n}})();"

    add(main)
    return '"use strict";\nconst modules = {};\n' + "\n\n".join(texts.values())


def policy(*, scripts: Sequence[str], style: str, served: bool) -> str:
    """A policy that lets these run and nothing else, and nothing be asked of anybody but one's own server."""
    hashes = " ".join(f"'{_hash(script)}'" for script in scripts)
    connect = " connect-src 'self';" if served else ""
    return (
        f"default-src 'none'; script-src {hashes}; style-src '{_hash(style)}';{connect} "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"


def inert(data: object) -> str:
    """JSON that can stand in a script element whatever it holds: nothing in it is markup."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
