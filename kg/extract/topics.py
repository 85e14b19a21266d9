"""What a statement is about: of the clauses and phrases beside a verb of saying only what tells it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.extract.drafts import Draft
from kg.rules.cues import Cues
from kg.syntax import NOMINAL, Parse

_CLAUSES = frozenset({"ccomp", "xcomp", "conj", "parataxis", "dep"})
_ACT = "Statement"


def settle(parse: Parse, drafts: Sequence[Draft], cues: Cues) -> None:
    """Leave to each statement the topics that tell what is said, in place; a verb that only carries another
    ("*wants* to sell") hands over to it, and a fragment tells nothing."""
    by_head = {draft.head: draft for draft in drafts}
    for draft in drafts:
        if draft.cls != _ACT or "topic" not in draft.roles:
            continue
        told = [t for topic in draft.roles["topic"] for t in _told(parse, draft.head, topic, by_head, cues)]
        if told:
            draft.roles["topic"] = list(dict.fromkeys(told))
        else:
            del draft.roles["topic"]


def _told(parse: Parse, cue: int, topic: int, by_head: Mapping[int, Draft], cues: Cues) -> list[int]:
    if parse.deps[topic] not in _CLAUSES:
        return [] if _is_channel(parse, topic, cues) else [topic]
    if parse.pos[topic] in NOMINAL or _is_relative(parse, cue, topic):
        return []
    for _ in range(3):
        draft = by_head.get(topic)
        if draft is None:
            return []
        if not draft.background:
            return [topic] if draft.roles or not draft.plain else []
        below = parse.child(topic, "xcomp")
        if below is None:
            return []
        topic = below
    return []


def _is_channel(parse: Parse, topic: int, cues: Cues) -> bool:
    """Whether a noun says where words were put: "said on *its website*"."""
    on = parse.deps[topic] == "pobj" and parse.lower[parse.heads[topic]] in {"on", "over"}
    return on and parse.lemmas[topic].lower() in cues.channels


def _is_relative(parse: Parse, cue: int, topic: int) -> bool:
    """Whether a clause is what the parser made of a relative clause: "said he sold ships *that leaked*"."""
    subject = parse.child(topic, "nsubj", "nsubjpass")
    earlier = any(c < topic for c in parse.with_dep(cue, "ccomp"))
    return earlier and subject is not None and parse.lower[subject] in {"that", "which", "who"}
