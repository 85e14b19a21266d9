"""Knowledge as one ``networkx.MultiDiGraph``: entities, situations, claims and documents are nodes.

Every attribute is a scalar (str, int, float, bool), so that node-link JSON and GraphML keep all of it;
what is not known is left out, lists are JSON text, and dates are ISO 8601. Offsets are Unicode code
points into the ``text`` of the document that the claim or mention belongs to. Nodes and edges come in
the order of ``Knowledge``: documents, entities, situations, claims.

Nodes, told apart by ``kind``; each has a ``label`` for people:

``document``   id ``document/KEY``: ``name`` (as the input called it), ``text``, ``sha256``, ``title``,
               ``date``, ``publisher``, ``author``, ``url``, ``furniture`` (JSON ``[[begin, end, kind], ...]``),
           ``reprint_of`` (the document that told the story first), ``rejected`` (JSON list: the claims that a
           person has marked as wrong, which are left out)
``entity``     id ``entity/KEY/BEGIN-END``: ``class``, ``aliases`` (JSON list), ``named``, ``anonymous``,
               ``plural``, ``country`` (ISO 3166-1 alpha-3), ``gender``, ``identifiers`` (JSON object:
               register -> id)
``situation``  id ``situation/KEY/BEGIN-END-Class``: ``class``, ``predicate``, ``state``, ``status``,
               ``n_claims``, ``independent_sources``, ``plover``, ``position``, ``kinship``, ``amount``, *time*,
               ``merged_because`` (JSON list)
``claim``      id ``claim/KEY/...``: ``class``, ``predicate``, ``state``, ``polarity``, ``certainty``,
               ``confidence``, ``rule``, ``plover``, ``position``, ``kinship``, ``amount``, *time* with
               ``time_begin`` and ``time_end``; the words: ``sentence``, ``trigger`` and ``cue``, each with
               ``..._begin`` and ``..._end``; ``chain`` (JSON list of the entities that relay it, outermost
               first; left out where nobody does); ``corrected`` (what a person has set right)

*time* is ``time_text``, ``edtf``, ``earliest`` and ``latest``.

Edges, told apart by ``kind``; the key is unique between its two nodes:

``about``      claim -> situation
``document``   claim -> document that it stands in
``source``     claim -> entity or document: whose claim it is
``relayed_by`` claim -> entity between the source and the document; ``position`` in the chain, from 0
``role``       claim -> entity or situation, with ``role``, ``begin`` and ``end`` of the filler's words;
               situation -> entity or situation, with ``role``
``mention``    entity -> document, with ``begin``, ``end``, ``head_begin``, ``head_end``, ``form``
               (name, nominal, pronoun), ``link`` (why it is this entity) and ``score``
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import networkx as nx

from kg.graph.label import situation_label
from kg.model import DOCUMENT_SOURCE, ROLES, Claim, ClaimTime, Document, Entity, Knowledge, Situation, Span

Attributes = dict[str, str | int | float | bool]
#: Source node, target node, key, attributes.
Edge = tuple[str, str, str, Attributes]


def build(knowledge: Knowledge) -> nx.MultiDiGraph:
    """The graph of all that is known; its schema is this module's docstring.

    Raises ``ValueError`` if something refers to an id that ``knowledge`` does not have.
    """
    graph = nx.MultiDiGraph(vocabulary="https://kg.example/ontology#")
    texts = {document.key: document.text for document in knowledge.documents}
    labels = {entity.id: entity.label for entity in knowledge.entities}
    for document in knowledge.documents:
        graph.add_node(document_id(document.key), **_document(document, knowledge))
    for entity in knowledge.entities:
        graph.add_node(entity.id, **_entity(entity))
    for situation in knowledge.situations:
        graph.add_node(situation.id, **_situation(situation, label=situation_label(situation, labels)))
    for claim in knowledge.claims:
        graph.add_node(claim.id, **_claim(claim, text=texts[claim.document]))
    for begin, end, key, attributes in _edges(knowledge):
        _check(graph, begin, end)
        graph.add_edge(begin, end, key=key, **attributes)
    return graph


def document_id(key: str) -> str:
    """The node of the document with this key."""
    return f"document/{key}"


def _check(graph: nx.MultiDiGraph, begin: str, end: str) -> None:
    for node, other in ((begin, end), (end, begin)):
        if node not in graph:
            raise ValueError(f"{other} refers to {node}, which is not in the graph")


# ------------------------------------------------------------------ nodes
def _scalars(**values: str | int | float | bool | None) -> Attributes:
    return {name: value for name, value in values.items() if value is not None}


def _json(values: Sequence[object] | dict[str, str]) -> str | None:
    return json.dumps(values, ensure_ascii=False) if values else None


def _document(document: Document, knowledge: Knowledge) -> Attributes:
    return _scalars(
        kind="document",
        label=document.title or document.id,
        name=document.id,
        text=document.text,
        sha256=document.sha256,
        title=document.title,
        date=document.date.isoformat() if document.date else None,
        publisher=document.publisher,
        author=document.author,
        url=document.url,
        furniture=_json([[*each.span, each.kind] for each in document.furniture]),
        reprint_of=document_id(first) if (first := knowledge.reprints.get(document.key)) else None,
        rejected=_json(knowledge.rejected.get(document.key, ())),
    )


def _entity(entity: Entity) -> Attributes:
    return {
        "kind": "entity",
        "class": entity.cls,
        **_scalars(
            label=entity.label,
            aliases=_json(entity.aliases),
            named=entity.named,
            anonymous=entity.anonymous,
            plural=entity.plural,
            country=entity.country,
            gender=entity.gender,
            identifiers=_json(dict(entity.identifiers)),
        ),
    }


def _content(each: Situation | Claim) -> Attributes:
    """What a situation and a claim have in common."""
    return {
        "class": each.cls,
        **_scalars(
            predicate=each.predicate,
            state=each.state,
            plover=each.plover,
            position=each.position,
            kinship=each.kinship,
            amount=each.amount,
        ),
        **(_time(each.time) if each.time else {}),
    }


def _time(time: ClaimTime) -> Attributes:
    return _scalars(
        time_text=time.text,
        edtf=time.edtf,
        earliest=time.earliest.isoformat() if time.earliest else None,
        latest=time.latest.isoformat() if time.latest else None,
    )


def _situation(situation: Situation, *, label: str) -> Attributes:
    return {
        "kind": "situation",
        "label": label,
        "status": situation.status,
        "n_claims": len(situation.claims),
        "independent_sources": situation.independent_sources,
        **_content(situation),
        **_scalars(merged_because=_json(situation.merged_because)),
    }


def _claim(claim: Claim, *, text: str) -> Attributes:
    return {
        "kind": "claim",
        "label": f"{claim.cls}: {text[slice(*claim.trigger)]}",
        **_content(claim),
        **_scalars(
            polarity=claim.polarity,
            certainty=claim.certainty,
            confidence=claim.confidence,
            rule=claim.rule,
            chain=_json(claim.relayed_by),
            corrected=claim.corrected or None,
        ),
        **_words("sentence", claim.sentence, text),
        **_words("trigger", claim.trigger, text),
        **(_words("cue", claim.cue, text) if claim.cue else {}),
        **(
            _scalars(time_begin=claim.time.span[0], time_end=claim.time.span[1])
            if claim.time and claim.time.span[0] < claim.time.span[1]
            else {}
        ),
    }


def _where(time: ClaimTime) -> Attributes:
    """Where the time stands; one that a person has set stands nowhere."""
    begin, end = time.span
    return {"time_begin": begin, "time_end": end} if begin < end else {}


def _words(name: str, span: Span, text: str) -> Attributes:
    begin, end = span
    return {name: text[begin:end], f"{name}_begin": begin, f"{name}_end": end}


# ------------------------------------------------------------------ edges
def _edges(knowledge: Knowledge) -> Iterator[Edge]:
    for entity in knowledge.entities:
        yield from _mention_edges(entity, knowledge)
    for situation in knowledge.situations:
        yield from _situation_edges(situation)
    for claim in knowledge.claims:
        yield from _claim_edges(claim)


def _mention_edges(entity: Entity, knowledge: Knowledge) -> Iterator[Edge]:
    for placed in knowledge.mentions.get(entity.id, ()):
        mention = placed.mention
        begin, end = mention.span
        attributes = _scalars(
            kind="mention",
            begin=begin,
            end=end,
            head_begin=mention.head[0],
            head_end=mention.head[1],
            form=mention.kind,
            link=mention.link,
            score=mention.score,
        )
        yield entity.id, document_id(placed.document), f"mention:{begin}-{end}", attributes


def _situation_edges(situation: Situation) -> Iterator[Edge]:
    for role in ROLES:
        for filler in situation.roles.get(role, ()):
            yield situation.id, filler, f"role:{role}", {"kind": "role", "role": role}


def _claim_edges(claim: Claim) -> Iterator[Edge]:
    document = document_id(claim.document)
    yield claim.id, claim.about, "about", {"kind": "about"}
    yield claim.id, document, "document", {"kind": "document"}
    source = document if claim.source == DOCUMENT_SOURCE else claim.source
    yield claim.id, source, "source", {"kind": "source"}
    for position, relay in enumerate(claim.relayed_by):
        yield claim.id, relay, f"relayed_by:{position}", {"kind": "relayed_by", "position": position}
    for role, filler in claim.fillers():
        target = filler.entity or filler.situation
        if target is not None:
            begin, end = filler.span
            attributes = _scalars(kind="role", role=role, begin=begin, end=end)
            yield claim.id, target, f"role:{role}:{begin}-{end}", attributes
