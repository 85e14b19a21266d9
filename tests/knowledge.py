"""One small, good ``Knowledge`` of two documents, made by hand: what graph and publish are tested on.

It has an attribution chain, a denial, a dispute between sources, a tenure, kinship, an
attribute, a situation that is the topic of another, a plain event, and times.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import replace

from kg.model import (
    Claim,
    ClaimTime,
    Document,
    Entity,
    Filler,
    Furniture,
    Knowledge,
    Mention,
    PlacedMention,
    Situation,
    Span,
    Status,
)

FIRST = Document(
    id="first.txt",
    title="Envoy missing in Lisbon",
    date=datetime.date(2021, 3, 4),
    publisher="The Harbour Post",
    author="A. Writer",
    url="https://news.example/envoy",
    text=(
        "By A. Writer\n\n"
        "Ana Velho, the Norland ambassador to Portugal, disappeared in Lisbon on Monday. "
        "The daily Farol said she had defected, citing a diplomat. "
        "Norland’s government denied that Velho had defected. "
        "Velho, 51, is a citizen of Norland and the sister of Rui Velho. "
        "Portugal warned Norland over the disappearance."
    ),
    furniture=(Furniture((0, 12), "byline"),),
)
SECOND = Document(
    id="second.txt",
    date=datetime.date(2021, 3, 6),
    text=(
        "The ambassador vanished two days before a summit. "
        "Rui Velho said his sister did not defect. "
        "Inspectors may search the embassy next week. Gulls watched the harbour."
    ),
)


def span(document: Document, words: str, nth: int = 0) -> Span:
    """Where ``words`` stand in the document for the ``nth`` time."""
    begin = [m.start() for m in re.finditer(re.escape(words), document.text)][nth]
    return begin, begin + len(words)


def sentence(document: Document, at: int) -> Span:
    """The sentence that the character ``at`` stands in."""
    begin = max(m.end() for m in re.finditer(r"^|\. |\n", document.text[:at]))
    return begin, document.text.index(".", at) + 1


def _entity(document: Document, words: str, cls: str, *, label: str | None = None, **more: object) -> Entity:
    begin, end = span(document, words)
    made = Entity(id=f"entity/{document.key}/{begin}-{end}", cls=cls, label=label or words)
    return replace(made, **more)  # type: ignore[arg-type]


VELHO = _entity(FIRST, "Ana Velho", "Person", aliases=("Velho", "The ambassador"), named=True, gender="female")
NORLAND = _entity(FIRST, "Norland", "Country", aliases=("Norland’s government",), named=True)
PORTUGAL = _entity(
    FIRST, "Portugal", "Country", named=True, country="PRT", identifiers=(("wikidata", "Q45"), ("geonames", "2264397"))
)
LISBON = _entity(FIRST, "Lisbon", "City", named=True, country="PRT", identifiers=(("geonames", "2267057"),))
FAROL = _entity(FIRST, "The daily Farol", "NewsOutlet", label="Farol", aliases=("The daily Farol",), named=True)
DIPLOMAT = _entity(FIRST, "a diplomat", "Person", anonymous=True)
RUI = _entity(FIRST, "Rui Velho", "Person", named=True)
INSPECTORS = _entity(SECOND, "Inspectors", "Group", plural=True)
EMBASSY = _entity(SECOND, "the embassy", "Embassy", country="NOR")
ENTITIES = (VELHO, NORLAND, PORTUGAL, LISBON, FAROL, DIPLOMAT, RUI, INSPECTORS, EMBASSY)

_PLACES: tuple[tuple[Entity, Document, str, int], ...] = (
    (VELHO, FIRST, "Ana Velho", 0),
    (VELHO, FIRST, "she", 0),
    (VELHO, FIRST, "Velho", 1),
    (VELHO, FIRST, "Velho", 2),
    (VELHO, SECOND, "The ambassador", 0),
    (VELHO, SECOND, "his sister", 0),
    (NORLAND, FIRST, "Norland", 0),
    (NORLAND, FIRST, "Norland’s government", 0),
    (NORLAND, FIRST, "Norland", 2),
    (NORLAND, FIRST, "Norland", 3),
    (PORTUGAL, FIRST, "Portugal", 0),
    (PORTUGAL, FIRST, "Portugal", 1),
    (LISBON, FIRST, "Lisbon", 0),
    (FAROL, FIRST, "The daily Farol", 0),
    (DIPLOMAT, FIRST, "a diplomat", 0),
    (RUI, FIRST, "Rui Velho", 0),
    (RUI, SECOND, "Rui Velho", 0),
    (INSPECTORS, SECOND, "Inspectors", 0),
    (EMBASSY, SECOND, "the embassy", 0),
)


def _mentions() -> dict[str, tuple[PlacedMention, ...]]:
    found: dict[str, list[PlacedMention]] = {}
    for entity, document, words, nth in _PLACES:
        where = span(document, words, nth)
        mention = Mention(span=where, head=where, entity=entity.id, root=0, tokens=(0, 1), kind="name")
        found.setdefault(entity.id, []).append(PlacedMention(document.key, mention))
    return {entity: tuple(placed) for entity, placed in found.items()}


def situation(document: Document, words: str, cls: str, *, nth: int = 0) -> str:
    """The id of the situation that ``words`` name first."""
    begin, end = span(document, words, nth)
    return f"situation/{document.key}/{begin}-{end}-{cls}"


def filler(document: Document, words: str, entity: Entity, nth: int = 0) -> tuple[Filler, ...]:
    return (Filler(span(document, words, nth), entity=entity.id),)


def _claim(document: Document, words: str, cls: str, about: str, *, nth: int = 0, **more: object) -> Claim:
    begin, end = span(document, words, nth)
    made = Claim(
        id=f"claim/{document.key}/{begin}-{end}-{cls}",
        cls=cls,
        predicate=words,
        trigger=(begin, end),
        sentence=sentence(document, begin),
        about=about,
        document=document.key,
        confidence=0.9,
        rule=f"events/test.toml:{cls}:1",
    )
    return replace(made, **more)  # type: ignore[arg-type]


MONDAY = ClaimTime(
    span(FIRST, "on Monday"), "on Monday", "2021-03-01", datetime.date(2021, 3, 1), datetime.date(2021, 3, 1)
)
NEXT_WEEK = ClaimTime(
    span(SECOND, "next week"),
    "next week",
    "2021-03-08/2021-03-14",
    datetime.date(2021, 3, 8),
    datetime.date(2021, 3, 14),
)

GONE = situation(FIRST, "disappeared", "Disappearance")
POST = situation(FIRST, "ambassador", "Tenure")
FLIGHT = situation(FIRST, "defected", "Defection")
DENIAL = situation(FIRST, "denied", "Denial")
CITIZEN = situation(FIRST, "citizen", "Attribute")
AGE = situation(FIRST, "51", "Attribute")
KIN = situation(FIRST, "sister", "Kinship")
WARNING = situation(FIRST, "warned", "Warning")
SEARCH = situation(SECOND, "search", "Search")
WATCH = situation(SECOND, "watched", "Event")

CLAIMS = (
    _claim(
        FIRST,
        "ambassador",
        "Tenure",
        POST,
        state=True,
        position="ambassador",
        roles={
            "agent": filler(FIRST, "Ana Velho", VELHO),
            "destination": filler(FIRST, "Portugal", PORTUGAL),
            "represents": filler(FIRST, "Norland", NORLAND),
        },
    ),
    _claim(
        FIRST,
        "disappeared",
        "Disappearance",
        GONE,
        time=MONDAY,
        roles={"agent": filler(FIRST, "Ana Velho", VELHO), "place": filler(FIRST, "Lisbon", LISBON)},
    ),
    _claim(
        FIRST,
        "defected",
        "Defection",
        FLIGHT,
        roles={"agent": filler(FIRST, "she", VELHO)},
        source=DIPLOMAT.id,
        relayed_by=(FAROL.id,),
        cue=span(FIRST, "citing"),
    ),
    _claim(
        FIRST,
        "denied",
        "Denial",
        DENIAL,
        plover="REJECT",
        roles={
            "agent": filler(FIRST, "Norland’s government", NORLAND),
            "topic": (Filler(span(FIRST, "defected", 1), situation=FLIGHT),),
        },
    ),
    _claim(
        FIRST,
        "defected",
        "Defection",
        FLIGHT,
        nth=1,
        roles={"agent": filler(FIRST, "Velho", VELHO, 1), "origin": filler(FIRST, "Norland", NORLAND, 2)},
        source=NORLAND.id,
        cue=span(FIRST, "denied"),
        polarity="negative",
    ),
    _claim(
        FIRST,
        "51",
        "Attribute",
        AGE,
        state=True,
        predicate="age",
        amount="51",
        roles={"agent": filler(FIRST, "Velho", VELHO, 2)},
    ),
    _claim(
        FIRST,
        "citizen",
        "Attribute",
        CITIZEN,
        state=True,
        predicate="nationality",
        roles={"agent": filler(FIRST, "Velho", VELHO, 2), "patient": filler(FIRST, "Norland", NORLAND, 2)},
    ),
    _claim(
        FIRST,
        "sister",
        "Kinship",
        KIN,
        state=True,
        kinship="sibling",
        roles={"agent": filler(FIRST, "Velho", VELHO, 2), "patient": filler(FIRST, "Rui Velho", RUI)},
    ),
    _claim(
        FIRST,
        "warned",
        "Warning",
        WARNING,
        plover="THREATEN",
        roles={
            "agent": filler(FIRST, "Portugal", PORTUGAL, 1),
            "recipient": filler(FIRST, "Norland", NORLAND, 3),
            "topic": (Filler(span(FIRST, "disappearance"), situation=GONE),),
        },
    ),
    _claim(FIRST, "disappearance", "Disappearance", GONE),
    _claim(SECOND, "vanished", "Disappearance", GONE, roles={"agent": filler(SECOND, "The ambassador", VELHO)}),
    _claim(
        SECOND,
        "defect",
        "Defection",
        FLIGHT,
        roles={"agent": filler(SECOND, "his sister", VELHO)},
        source=RUI.id,
        cue=span(SECOND, "said"),
        polarity="negative",
    ),
    _claim(
        SECOND,
        "search",
        "Search",
        SEARCH,
        time=NEXT_WEEK,
        certainty="possible",
        confidence=0.7,
        roles={"agent": filler(SECOND, "Inspectors", INSPECTORS), "patient": filler(SECOND, "the embassy", EMBASSY)},
    ),
    _claim(SECOND, "watched", "Event", WATCH, predicate="watch"),
)


def _situation(ident: str, cls: str, status: Status, roles: dict[str, tuple[str, ...]], **more: object) -> Situation:
    claims = tuple(claim.id for claim in CLAIMS if claim.about == ident)
    first = next(claim for claim in CLAIMS if claim.about == ident)
    made = Situation(
        id=ident,
        cls=cls,
        predicate=first.predicate,
        state=first.state,
        status=status,
        roles=roles,
        claims=claims,
        position=first.position,
        kinship=first.kinship,
        amount=first.amount,
        plover=first.plover,
    )
    return replace(made, **more)  # type: ignore[arg-type]


SITUATIONS = (
    _situation(
        POST,
        "Tenure",
        "Asserted",
        {"agent": (VELHO.id,), "destination": (PORTUGAL.id,), "represents": (NORLAND.id,)},
    ),
    _situation(
        GONE,
        "Disappearance",
        "Asserted",
        {"agent": (VELHO.id,), "place": (LISBON.id,)},
        time=MONDAY,
        merged_because=("same class and agent",),
    ),
    _situation(FLIGHT, "Defection", "Disputed", {"agent": (VELHO.id,), "origin": (NORLAND.id,)}),
    _situation(DENIAL, "Denial", "Asserted", {"agent": (NORLAND.id,), "topic": (FLIGHT,)}),
    _situation(AGE, "Attribute", "Asserted", {"agent": (VELHO.id,)}),
    _situation(CITIZEN, "Attribute", "Asserted", {"agent": (VELHO.id,), "patient": (NORLAND.id,)}),
    _situation(KIN, "Kinship", "Asserted", {"agent": (VELHO.id,), "patient": (RUI.id,)}),
    _situation(WARNING, "Warning", "Asserted", {"agent": (PORTUGAL.id,), "recipient": (NORLAND.id,), "topic": (GONE,)}),
    _situation(SEARCH, "Search", "Hedged", {"agent": (INSPECTORS.id,), "patient": (EMBASSY.id,)}, time=NEXT_WEEK),
    _situation(WATCH, "Event", "Asserted", {}),
)

KNOWLEDGE = Knowledge(
    documents=(FIRST, SECOND), entities=ENTITIES, mentions=_mentions(), situations=SITUATIONS, claims=CLAIMS
)
