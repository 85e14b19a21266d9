"""A large graph made by hand: people, countries and what happens between them, as a build would give it."""

from __future__ import annotations

import datetime
from functools import cache

from kg.model import Claim, ClaimTime, Document, Entity, Filler, Knowledge, Mention, PlacedMention, Situation, Status

_CLASSES = (
    "Meeting",
    "Arrest",
    "Visit",
    "Accusation",
    "Agreement",
    "Attack",
    "Tenure",
    "Statement",
    "Event",
    "Sanction",
)
_GROUPS = ("Person", "Country", "Company", "City", "Person", "GovernmentBody", "Person", "Group")
_STATUSES: tuple[Status, ...] = (
    "Asserted",
    "Reported",
    "Asserted",
    "Hedged",
    "Asserted",
    "Negated",
    "Asserted",
    "Disputed",
)
_SENTENCES = 20


@cache
def large(nodes: int) -> Knowledge:
    """Knowledge of ``nodes`` entities and situations, in a network like that of news: few in much, many in little."""
    n_entities = nodes // 3
    n_situations = nodes - n_entities
    documents = [_document(i) for i in range(-(-n_situations // _SENTENCES))]
    entities = [_entity(i, documents[i % len(documents)]) for i in range(n_entities)]
    made = [_situation(i, documents[i // _SENTENCES], entities) for i in range(n_situations)]
    mentions: dict[str, list[PlacedMention]] = {}
    for situation, claim in made:
        begin = claim.sentence[0]
        mention = Mention((begin, begin + 5), (begin, begin + 5), situation.roles["agent"][0], 0, (0, 1), "name")
        mentions.setdefault(mention.entity, []).append(PlacedMention(claim.document, mention))
    return Knowledge(
        documents=tuple(documents),
        entities=tuple(entities),
        mentions={entity: tuple(placed) for entity, placed in mentions.items()},
        situations=tuple(situation for situation, _ in made),
        claims=tuple(claim for _, claim in made),
    )


def _document(i: int) -> Document:
    text = "".join(f"Agent met somebody on the day {j:02} of the talks, it was said. " for j in range(_SENTENCES))
    return Document(
        f"news-{i}.txt", text, title=f"Talks, part {i}", date=datetime.date(2020, 1, 1) + datetime.timedelta(i)
    )


def _entity(i: int, document: Document) -> Entity:
    return Entity(
        f"entity/{document.key}/{i}-{i + 5}",
        _GROUPS[i % len(_GROUPS)],
        f"{_GROUPS[i % len(_GROUPS)]} number {i}",
        named=i % 5 != 4,
    )


def _situation(i: int, document: Document, entities: list[Entity]) -> tuple[Situation, Claim]:
    cls = _CLASSES[i % len(_CLASSES)]
    # squares make a few entities take part in much, and each in something
    first = entities[i * i % len(entities) * (i * 7 % len(entities)) // len(entities)]
    second = entities[(i * 13 + 5) % len(entities)]
    begin = (i % _SENTENCES) * (len(document.text) // _SENTENCES)
    where = (begin + 6, begin + 9)
    day = datetime.date(2015, 1, 1) + datetime.timedelta(i % 2000)
    time = ClaimTime(where, day.isoformat(), day.isoformat(), day, day) if i % 3 else None
    roles = {"agent": (first.id,), "patient": (second.id,)}
    claim = Claim(
        f"claim/{document.key}/{i}-{cls}",
        cls,
        "meet",
        where,
        (begin, begin + len(document.text) // _SENTENCES - 1),
        roles={role: (Filler(where, entity=ids[0]),) for role, ids in roles.items()},
        state=cls == "Tenure",
        time=time,
        source=entities[i * 3 % len(entities)].id if i % 4 == 1 else "doc",
        rule="events/test.toml:1",
        about=f"situation/{document.key}/{i}-{cls}",
        document=document.key,
        polarity="negative" if i % 8 == 5 else "positive",
        position="envoy" if cls == "Tenure" else None,
    )
    return Situation(
        claim.about,
        cls,
        "meet",
        cls == "Tenure",
        _STATUSES[i % 8],
        roles,
        (claim.id,),
        time=time,
        position=claim.position,
    ), claim
