"""A folder of Markdown notes, one for each who takes part in anything or says it, linked as Obsidian links them.

A note says what the articles say its subject did, what was done to it, what posts it held, what it said, and each time
who says so, with the sentence. All words of the articles are escaped: nothing in them is markup, a tag or a link.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from typing import Any, NamedTuple

import networkx as nx

from kg.publish.addresses import visible

Attributes = Mapping[str, Any]

INDEX = "Index"
#: What a name of a file cannot hold on some system, in some link, or on a screen where it would mislead.
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\[\]#^`\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffd]+')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|\Z)", re.IGNORECASE)
#: Bytes of a name, with room for a number and the ending: file systems allow 255.
_LONGEST = 120
#: What is markup anywhere, or at the beginning of a line, or would make a link of an address.
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~$%&!=^@]|\A[-+](?=\s|\Z|-)|(?<=\A\d)[.)]|:(?=//)|(?<=www)\.)", re.IGNORECASE)
_ROLE_WORDS = {
    "agent": "by",
    "patient": "of",
    "recipient": "to",
    "origin": "from",
    "destination": "to",
    "place": "in",
    "topic": "about",
    "reason": "because of",
    "purpose": "for",
    "instrument": "with",
    "represents": "for",
}


#: Classes that say less than one of their attributes.
_MORE = {
    "Tenure": "position",
    "Kinship": "kinship",
    "Attribute": "predicate",
    "Event": "predicate",
    "State": "predicate",
}


class _Part(NamedTuple):
    """An entity's part in a situation."""

    situation: str
    roles: tuple[str, ...]


def dossiers(graph: nx.MultiDiGraph) -> dict[str, Iterable[str]]:
    """Each note's file name and text, and those of an index."""
    parts = _parts(graph)
    said = _said(graph)
    relays = {relay for _, relay, edge in graph.edges(data=True) if edge["kind"] == "relayed_by"}
    taking_part = parts.keys() | said.keys() | relays
    entities = (node for node, data in graph.nodes(data=True) if data["kind"] == "entity")
    subjects = [node for node in entities if node in taking_part]
    names = file_names((node, graph.nodes[node]["label"]) for node in subjects)
    writer = _Writer(graph, names)
    notes: dict[str, Iterable[str]] = {f"{INDEX}.md": writer.index(subjects)}
    for node in subjects:
        notes[f"{names[node]}.md"] = writer.note(node, parts.get(node, []), said.get(node, []))
    return notes


def _parts(graph: nx.MultiDiGraph) -> dict[str, list[_Part]]:
    found: dict[str, dict[str, list[str]]] = {}
    for situation, filler, edge in graph.edges(data=True):
        if edge["kind"] == "role" and graph.nodes[situation]["kind"] == "situation":
            found.setdefault(filler, {}).setdefault(situation, []).append(edge["role"])
    return {
        filler: [_Part(situation, tuple(roles)) for situation, roles in situations.items()]
        for filler, situations in found.items()
    }


def _said(graph: nx.MultiDiGraph) -> dict[str, list[str]]:
    """The claims whose source an entity is."""
    found: dict[str, list[str]] = {}
    for claim, source, edge in graph.edges(data=True):
        if edge["kind"] == "source":
            found.setdefault(source, []).append(claim)
    return found


# ------------------------------------------------------------------ names of files
def file_names(labels: Iterable[tuple[str, str]]) -> dict[str, str]:
    """A file name without ending for each (id, label): allowed on every system, and no two alike but for case."""
    taken = {_folded(INDEX)}
    names: dict[str, str] = {}
    for ident, label in labels:
        plain = file_name(label)
        tries = (plain if n == 1 else f"{plain} {n}" for n in count(1))
        names[ident] = next(name for name in tries if _folded(name) not in taken)
        taken.add(_folded(names[ident]))
    return names


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def file_name(label: str) -> str:
    """The label as the name of a file, without ending.

    >>> file_name("Ministry of Health/Welfare: 'x'"), file_name("con"), file_name("..")
    ("Ministry of Health Welfare 'x'", 'con_', 'unnamed')
    """
    name = " ".join(_UNSAFE.sub(" ", unicodedata.normalize("NFC", visible(label))).split())
    name = name.encode("utf-8")[:_LONGEST].decode("utf-8", "ignore").strip(" .~-")
    return f"{name}_" if _RESERVED.match(name) else name or "unnamed"


# ------------------------------------------------------------------ words
def escaped(text: str) -> str:
    r"""The text on one line, with nothing in it that Markdown or Obsidian would take for markup.

    >>> print(escaped("a *b*\n#c [[d]]"))
    a \*b\* \#c \[\[d\]\]
    """
    return _MARKUP.sub(r"\\\1", " ".join(visible(text).split()))


def _shown(text: str) -> str:
    """The words of a link, where a backslash does not help: brackets and the like as others that look alike."""
    return " ".join(visible(text).translate(_ALIKE).split()) or "…"


_ALIKE = str.maketrans("[]|<>`*_~=#^$%&!{}\\", "()/‹›'∗‗∼＝＃˄＄％＆！()/")


class _Writer:
    """The notes of one graph."""

    def __init__(self, graph: nx.MultiDiGraph, names: Mapping[str, str]) -> None:
        self.graph = graph
        self.names = names

    def index(self, subjects: list[str]) -> Iterator[str]:
        yield "# Index\n\nWritten by kg; a new build replaces it.\n"
        yield "\n## Articles\n\n"
        for _, data in self.graph.nodes(data=True):
            if data["kind"] == "document":
                particulars = (data.get(name) for name in ("publisher", "date"))
                yield (
                    f"- {escaped(data['label'])}" + "".join(f", {escaped(each)}" for each in particulars if each) + "\n"
                )
        disputed = [data for _, data in self.graph.nodes(data=True) if data.get("status") == "Disputed"]
        if disputed:
            yield "\n## What the sources do not agree on\n\n"
            yield from (f"- {escaped(data['label'])}\n" for data in disputed)
        kinds: dict[str, list[str]] = {}
        for node in subjects:
            kinds.setdefault(self.graph.nodes[node]["class"], []).append(node)
        for kind, nodes in kinds.items():
            yield f"\n## {kind}\n\n"
            yield from (f"- {self._link(node)}\n" for node in nodes)

    def note(self, node: str, parts: list[_Part], said: list[str]) -> Iterator[str]:
        data = self.graph.nodes[node]
        aliases = [visible(alias) for alias in json.loads(data.get("aliases", "[]"))]
        yield "---\n"
        yield f"aliases: {json.dumps(aliases, ensure_ascii=True)}\n"  # JSON is YAML as it is, line breaks and all
        yield f"tags: [{json.dumps('kg/' + data['class'])}]\nid: {json.dumps(visible(node))}\n---\n\n"
        yield f"# {escaped(data['label']) or '…'}\n"
        for heading, chosen in self._sections(parts).items():
            if chosen:
                yield f"\n## {heading}\n\n"
                for part in chosen:
                    yield from self._situation(part, node)
        if said:
            yield "\n## What they said\n\n"
            yield from (self._said(claim) for claim in said)

    def _sections(self, parts: list[_Part]) -> dict[str, list[_Part]]:
        found: dict[str, list[_Part]] = {"Posts": [], "What they did and were": [], "What was done to them": []}
        for part in sorted(parts, key=lambda part: self._when(part.situation)):
            if self.graph.nodes[part.situation]["class"] == "Tenure":
                found["Posts"].append(part)
            elif "agent" in part.roles:
                found["What they did and were"].append(part)
            else:
                found["What was done to them"].append(part)
        return found

    def _when(self, situation: str) -> str:
        """What is dated comes first, in its order."""
        return str(self.graph.nodes[situation].get("earliest", "~"))

    def _situation(self, part: _Part, node: str) -> Iterator[str]:
        data = self.graph.nodes[part.situation]
        what = data.get(_MORE.get(data["class"], "")) or data["class"]
        amount = [escaped(data["amount"])] if "amount" in data else []
        words = [f"**{escaped(what)}**", *amount, *self._others(part, node)]
        time = data.get("edtf") or data.get("time_text")
        yield "- " + " ".join(words) + (f", {escaped(time)}" if time else "") + f" — *{data['status']}*\n"
        for claim, _, edge in self.graph.in_edges(part.situation, data=True):
            if edge["kind"] == "about":
                yield self._claim(claim, indent="    ")

    def _others(self, part: _Part, node: str) -> Iterator[str]:
        for _, filler, edge in self.graph.out_edges(part.situation, data=True):
            if edge["kind"] == "role" and filler in self.names and filler != node:
                yield f"{_ROLE_WORDS[edge['role']]} {self._link(filler)}"

    def _claim(self, claim: str, *, indent: str) -> str:
        linked = self._linked(claim)
        who = self._link(linked["source"]) if linked["source"] in self.names else "the article itself"
        relays = json.loads(self.graph.nodes[claim].get("chain", "[]"))
        via = "".join(f", as told by {self._link(relay)}" for relay in reversed(relays))
        return f"{indent}- {who}{via} {self._words(claim, linked['document'])}"

    def _said(self, claim: str) -> str:
        linked = self._linked(claim)
        label = escaped(self.graph.nodes[linked["about"]]["label"])
        return f"- **{label}** {self._words(claim, linked['document'])}"

    def _linked(self, claim: str) -> dict[str, str]:
        return {edge["kind"]: target for _, target, edge in self.graph.out_edges(claim, data=True)}

    def _words(self, claim: str, document: str) -> str:
        """How sure, the sentence, and where it stands."""
        data, article = self.graph.nodes[claim], self.graph.nodes[document]
        how = ("denied, " if data["polarity"] == "negative" else "") + data["certainty"]
        where = ", ".join(escaped(article[name]) for name in ("label", "date") if name in article)
        return f"({how}): “{escaped(data['sentence'])}” — {where}\n"

    def _link(self, node: str) -> str:
        label = self.graph.nodes[node]["label"]
        if node not in self.names:
            return escaped(label)
        name, shown = self.names[node], _shown(label)
        return f"[[{name}]]" if shown == name else f"[[{name}|{shown}]]"
