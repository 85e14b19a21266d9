"""A part of the records of a graph, numbered anew: what a server gives a page that has not all of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any


def part_data(data: Mapping[str, Any], wanted: Collection[int]) -> dict[str, Any]:
    """The records of the things ``wanted`` alone: with the claims about them, and all that these name."""
    offset = len(data["entities"])
    about = [i for i, _ in enumerate(data["situations"]) if offset + i in wanted]
    about = sorted({*about, *_topics(data, about)})
    kept = {offset + i for i in about}
    claims = [claim for claim in data["claims"] if claim["about"] in kept]
    named = {thing for i in about for _, thing in data["situations"][i]["roles"]}
    for claim in claims:
        named |= {claim["source"], *claim["chain"], *(thing for _, thing in claim["roles"])}
    entities = sorted(thing for thing in named | set(wanted) if 0 <= thing < offset)
    documents = sorted({claim["document"] for claim in claims})
    number = {thing: i for i, thing in enumerate([*entities, *sorted(kept)])} | {-1: -1}
    place = {document: i for i, document in enumerate(documents)}

    def roles(record: Mapping[str, Any]) -> list[list[Any]]:
        return [[role, number[thing]] for role, thing in record["roles"] if thing in number]

    return {
        **data,
        "documents": [
            {
                **data["documents"][i],
                "mentions": [[b, e, number[m]] for b, e, m in data["documents"][i]["mentions"] if m in number],
            }
            for i in documents
        ],
        "entities": [data["entities"][i] for i in entities],
        "situations": [{**data["situations"][i], "roles": roles(data["situations"][i])} for i in about],
        "claims": [
            {
                **claim,
                "about": number[claim["about"]],
                "document": place[claim["document"]],
                "source": number[claim["source"]],
                "chain": [number[thing] for thing in claim["chain"]],
                "roles": roles(claim),
            }
            for claim in claims
        ],
    }


def _topics(data: Mapping[str, Any], about: Collection[int]) -> set[int]:
    """The situations that situations name in a role, so that no name leads nowhere."""
    offset = len(data["entities"])
    return {thing - offset for i in about for _, thing in data["situations"][i]["roles"] if thing >= offset}
