"""A reading as JSON: what was read in one document before any merging, for people and other tools."""

from __future__ import annotations

import json
from typing import Any

from kg.model import Attribution, Claim, Entity, Filler, Mention, Reading, Timex

#: No noun phrases of their own: "Italian" in "Italian police", and what trails a noun in apposition.
_WITHIN_PHRASES = frozenset({"adjective", "apposition"})


def as_line(reading: Reading) -> str:
    """The reading as one line of JSON, without the newline."""
    return json.dumps(as_json(reading), ensure_ascii=False)


def as_json(reading: Reading) -> dict[str, Any]:
    """The reading as plain lists and dictionaries. Spans are code points into ``text``, end exclusive."""
    document = reading.document
    return {
        "id": document.id,
        "text": document.text,
        "date": document.date.isoformat() if document.date else None,
        "furniture": [{"span": piece.span, "kind": piece.kind} for piece in document.furniture],
        "entities": [_entity(entity) for entity in reading.entities],
        "mentions": [_mention(mention) for mention in reading.mentions if mention.kind not in _WITHIN_PHRASES],
        "times": [_time(time) for time in reading.times],
        "attributions": [_attribution(attribution) for attribution in reading.attributions],
        "situations": [_situation(claim) for claim in reading.claims],
    }


def _entity(entity: Entity) -> dict[str, Any]:
    return {
        "id": entity.id,
        "class": entity.cls,
        "label": entity.label,
        "aliases": list(entity.aliases),
        "named": entity.named,
        "country": entity.country,
    }


def _mention(mention: Mention) -> dict[str, Any]:
    return {"span": mention.span, "head": mention.head, "entity": mention.entity}


def _time(time: Timex) -> dict[str, Any]:
    return {"span": time.span, "type": time.type, "value": time.value}


def _attribution(attribution: Attribution) -> dict[str, Any]:
    return {"source": attribution.source, "cue": attribution.cue, "content": list(attribution.content)}


def _situation(claim: Claim) -> dict[str, Any]:
    roles: dict[str, list[dict[str, Any]]] = {}
    for role, filler in claim.fillers():
        roles.setdefault(role, []).append(_filler(filler))
    return {
        "id": claim.id,
        "class": claim.cls,
        "predicate": claim.predicate,
        "plover": claim.plover,
        "trigger": claim.trigger,
        "roles": roles,
        "position": claim.position,
        "kinship": claim.kinship,
        "amount": claim.amount,
        "time": {"span": claim.time.span, "edtf": claim.time.edtf} if claim.time else None,
        "polarity": claim.polarity,
        "certainty": claim.certainty,
        "confidence": claim.confidence,
        "source": claim.source,
        "relayed_by": list(claim.relayed_by),
        "cue": claim.cue,
        "rule": claim.rule,
    }


def _filler(filler: Filler) -> dict[str, Any]:
    if filler.situation is not None:
        return {"span": filler.span, "situation": filler.situation}
    return {"span": filler.span, "entity": filler.entity}
