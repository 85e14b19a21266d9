"""Whose an office is where the text need not say it: "the foreign minister" in an article about one country.

A post of a country or a city (``homes`` in posts.toml) that nobody is said to have is taken for that of the place
that the text is mostly about, if it is clearly about one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from kg.extract.drafts import Draft, Participants
from kg.model import Annotations, Mention
from kg.rules.lexicon import Lexicon

#: How often a text speaks at least of the place that it is about, and how many times as often as of any other: of
#: the one that it speaks of first, and of another.
_OFTEN, _FIRST, _OTHER = 2, 1.5, 3
#: How much less sure the office is then.
_TRUST = 0.9


def settle(annotations: Annotations, drafts: Sequence[Draft], lexicon: Lexicon, who: Participants) -> None:
    """Let the offices without a country or a city have the one that the text is about."""
    tenures = [d for d in drafts if d.cls == "Tenure"]
    told = {holder for d in tenures if d.roles.get("represents") for holder in _holders(d, who)}
    about: dict[str, Mention | None] = {}
    for draft in tenures:
        if draft.roles.get("represents") or told.intersection(_holders(draft, who)):
            continue
        home = lexicon.home(draft.position or "", title=draft.rule.endswith("title"))
        if home is None:
            continue
        if home not in about:
            about[home] = _protagonist(annotations, home, who, tenures, lexicon)
        token = None if draft.rule.endswith("title") else _just_named(annotations, draft.head, home, who)
        place = about[home]
        if token is None and place is not None:
            token = place.root
        if token is not None:
            draft.roles["represents"] = [token]
            draft.rule += "; of the place that the text is about"
            draft.confidence *= _TRUST


def _holders(draft: Draft, who: Participants) -> Iterator[str]:
    yield from (e.id for t in draft.roles.get("agent", ()) if (e := who.entity(t)) is not None)


def _just_named(annotations: Annotations, post: int, cls: str, who: Participants) -> int | None:
    """The last city before "the mayor, Bo" in the sentence."""
    if cls != "City":
        return None
    first, _ = annotations.parse.sents[annotations.parse.sent_of[post]]
    return next((t for t in range(post, first, -1) if (e := who.entity(t)) is not None and e.cls == cls), None)


def _protagonist(
    annotations: Annotations, cls: str, who: Participants, tenures: Sequence[Draft], lexicon: Lexicon
) -> Mention | None:
    """The first mention of the place of a class that the text is about, if it is clearly about one: that of other
    such offices counts once more."""
    parse, body = annotations.parse, set(annotations.body)
    spoken = [
        m
        for m in annotations.mentions
        if m.kind != "pronoun"
        and (entity := who.entities.get(m.entity)) is not None
        and entity.cls == cls
        and entity.named
        and parse.sent_of[m.root] in body
    ]
    offices = (d for d in tenures if lexicon.home(d.position or "", title=d.rule.endswith("title")) == cls)
    held = Counter(e.id for d in offices for t in d.roles.get("represents", ()) if (e := who.entity(t)) is not None)
    known = Counter(m.entity for m in spoken)
    often = (known + Counter({entity: n for entity, n in held.items() if entity in known})).most_common(2)
    if not often or often[0][1] < _OFTEN:
        return None
    most, count = often[0]
    times = _FIRST if spoken[0].entity == most else _OTHER
    if len(often) > 1 and count < times * often[1][1]:
        return None
    return next(m for m in spoken if m.entity == most)
