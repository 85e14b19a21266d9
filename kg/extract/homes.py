"""Whose an office is where the text need not say it: "the foreign minister" in an article about one country.

A post of a country or a city (``homes`` in posts.toml) that nobody is said to have is taken for that of the place
that the text is mostly about, if it is clearly about one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from kg.extract.drafts import Draft, Participants
from kg.model import Annotations, Entity, Mention
from kg.rules.lexicon import Lexicon
from kg.syntax import Parse

#: How often a text speaks at least of the place that it is about, and how many times as often as of any other: of
#: the one that it speaks of first, and of another.
_OFTEN, _FIRST, _OTHER = 2.0, 1.5, 3.0
#: What a mention of one of its cities weighs beside one of the country.
_CITY = 0.5
#: How much less sure the office is then.
_TRUST = 0.9


def settle(annotations: Annotations, drafts: Sequence[Draft], lexicon: Lexicon, who: Participants) -> None:
    """Let the offices without a country or a city have the one that the text is about."""
    tenures = [d for d in drafts if d.cls == "Tenure"]
    told = {holder for d in tenures if d.roles.get("represents") for holder in _holders(d, who)}
    places = _Places(annotations, who)
    for draft in tenures:
        if draft.roles.get("represents") or told.intersection(_holders(draft, who)):
            continue
        home = _home(draft, lexicon)
        token = None if home is None else _place(annotations, draft, home, places, tenures, lexicon)
        if token is not None:
            draft.roles["represents"] = [token]
            draft.rule += "; of the place that the text is about"
            draft.confidence *= _TRUST


def _home(draft: Draft, lexicon: Lexicon) -> str | None:
    return lexicon.home(draft.position or "", title=draft.rule.endswith("title"))


def _holders(draft: Draft, who: Participants) -> Iterator[str]:
    yield from (e.id for t in draft.roles.get("agent", ()) if (e := who.entity(t)) is not None)


class _Places:
    """The named countries and cities of the body, in text order."""

    def __init__(self, annotations: Annotations, who: Participants) -> None:
        self.parse, self.who = annotations.parse, who
        body = set(annotations.body)
        self.spoken: list[tuple[Mention, Entity]] = [
            (m, entity)
            for m in annotations.mentions
            if m.kind != "pronoun"
            and (entity := who.entities.get(m.entity)) is not None
            and entity.cls in {"Country", "City"}
            and entity.named
            and self.parse.sent_of[m.root] in body
        ]

    def of(self, cls: str) -> list[Mention]:
        return [m for m, entity in self.spoken if entity.cls == cls]


def _place(
    annotations: Annotations,
    office: Draft,
    cls: str,
    places: _Places,
    tenures: Sequence[Draft],
    lexicon: Lexicon,
) -> int | None:
    """The token of the place whose office it is, as far as the text tells."""
    if cls == "City":
        near = None if office.rule.endswith("title") else _just_named(annotations, office.head, cls, places.who)
        place = _protagonist(cls, office, places, tenures, lexicon) if near is None else None
        return near if place is None else place.root
    place = _protagonist(cls, office, places, tenures, lexicon) or _of_opening(office, places, lexicon)
    return None if place is None else place.root


def _just_named(annotations: Annotations, post: int, cls: str, who: Participants) -> int | None:
    """The last city before "the mayor, Bo" in the sentence."""
    first, _ = annotations.parse.sents[annotations.parse.sent_of[post]]
    return next((t for t in range(post, first, -1) if (e := who.entity(t)) is not None and e.cls == cls), None)


def _of_opening(office: Draft, places: _Places, lexicon: Lexicon) -> Mention | None:
    """The country, if the text names it, of the city that opens the sentence: "*In Oslo*, Justice Minister Bo"."""
    parse, who = places.parse, places.who
    first, _ = parse.sents[parse.sent_of[office.head]]
    if parse.lower[first] != "in" or first + 1 >= office.head:
        return None
    city = who.entity(first + 1)
    if city is None or city.cls != "City" or city.country is None or not _can_have(city, office, lexicon):
        return None
    return next((m for m, entity in places.spoken if entity.cls == "Country" and entity.country == city.country), None)


def _can_have(place: Entity, office: Draft, lexicon: Lexicon) -> bool:
    return place.country is None or lexicon.has_post(place.country, office.position or "")


def _protagonist(
    cls: str, office: Draft, places: _Places, tenures: Sequence[Draft], lexicon: Lexicon
) -> Mention | None:
    """The first mention of the place of a class that the text is about, if it is clearly about one: such an
    office of the one named first counts once more, and a city for its country."""
    who = places.who
    spoken = [m for m in places.of(cls) if _can_have(who.entities[m.entity], office, lexicon)]
    known: Counter[str] = Counter(m.entity for m in spoken)
    weights: dict[str, float] = {entity: float(n) for entity, n in known.items()}
    first = next((m for m in spoken if not _begins_a_word(places.parse, m)), None)
    if first is not None:
        offices = (d for d in tenures if _home(d, lexicon) == cls)
        weights[first.entity] += sum(
            who.entity(t) is who.entities[first.entity] for d in offices for t in d.roles.get("represents", ())
        )
    if cls == "Country":
        of_code = {who.entities[entity].country: entity for entity in reversed(weights) if who.entities[entity].country}
        for _, city in places.spoken:
            if city.cls == "City" and city.country in of_code:
                weights[of_code[city.country]] += _CITY
    often = sorted(weights.items(), key=lambda item: -item[1])[:2]
    if not often or often[0][1] < _OFTEN:
        return None
    most, weight = often[0]
    times = _FIRST if first is not None and first.entity == most else _OTHER
    if len(often) > 1 and weight < times * often[1][1]:
        return None
    return next(m for m in spoken if m.entity == most)


def _begins_a_word(parse: Parse, mention: Mention) -> bool:
    """Whether a name is only a part of a word: "*Japanese*-owned"."""
    return parse.words[mention.root + 1 : mention.root + 2] == ["-"]
