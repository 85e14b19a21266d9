"""Who a source phrase names, and whether it can speak."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.extract.reports import Tokens
from kg.model import Annotations, Entity, Mention, is_a
from kg.rules.cues import Cues, Effect
from kg.syntax import Parse

_SPEAKING_CLASSES = ("Person", "Group", "Organization", "Country", "City", "Region", "Work")
_FIRST_PERSON = frozenset({"i", "we", "me", "us", "my", "our"})
_PEOPLE_PRONOUNS = frozenset(
    "he she they we i you who someone everyone many some others several most few one another both all those "
    "anyone everybody somebody him her them us me his their whose your himself herself themselves "
    "nobody none neither each whoever".split()
)
#: Endings of nouns for people that do something.
_AGENTIVE = (
    "writer",
    "maker",
    "ator",
    "ist",
    "ioner",
    "ector",
    "keeper",
    "ician",
    "ologist",
    "holder",
    "leader",
    "er-in-chief",
)
_OWNERS = frozenset({"from", "by", "of"})


@dataclass(frozen=True, slots=True)
class Material:
    """What a text's reports are found in."""

    annotations: Annotations
    cues: Cues
    mentions: dict[int, Mention] = field(default_factory=dict)
    entities: dict[str, Entity] = field(default_factory=dict)

    @classmethod
    def of(cls, annotations: Annotations, cues: Cues) -> Material:
        """The same with its mentions and entities indexed: by head token, by id."""
        mentions: dict[int, Mention] = {}
        for mention in annotations.mentions:
            mentions.setdefault(mention.root, mention)
        return cls(annotations, cues, mentions, {entity.id: entity for entity in annotations.entities})

    @property
    def parse(self) -> Parse:
        return self.annotations.parse

    def entity(self, token: int) -> Entity | None:
        """The entity that the phrase headed by ``token`` refers to."""
        mention = self.mentions.get(token)
        return None if mention is None else self.entities.get(mention.entity)


def phrase(parse: Parse, token: int) -> Tokens:
    """The source phrase headed by ``token``: coordinated names and appositions in, relative clauses out."""
    start, end = parse.noun_phrase(token)
    for c in parse.children[token]:
        if c > token and parse.deps[c] in {"appos", "conj"} and parse.pos[c] in {"NOUN", "PROPN", "PRON"}:
            inner = phrase(parse, c)
            if not any(
                parse.pos[t] in {"VERB", "AUX"} and parse.tags[t] not in {"VBG", "VBN"} for t in range(end, inner[0])
            ):
                end = max(end, inner[1])
    return start, end


def whole_phrase(parse: Parse, source: Tokens, apart: Sequence[Tokens]) -> Tokens:
    """A source phrase with what else is said of it there: relative clauses, participles, ages, a bracket closed.

    Nothing that reaches into ``apart`` (cue, content) belongs to it: "the man *who said so*".
    """
    start, end = source
    for t in range(start, end):
        for c in parse.children[t]:
            first, last = parse.edges[c]
            if parse.deps[c] not in _SAID_OF or not end - 1 <= first <= end + 1 or last < end:
                continue
            if not any(a <= last and first < b for a, b in apart):
                end = last + 1
    while end > start + 1 and parse.words[end - 1] in {",", ";", ":", "-", "--", "–", "—"}:
        end -= 1
    opened = sum(parse.words[t] == "(" for t in range(start, end))
    if opened > sum(parse.words[t] == ")" for t in range(start, end)) and parse.words[end : end + 1] == [")"]:
        end += 1
    return start, end


#: What stands behind a noun and says something of it.
_SAID_OF = frozenset({"relcl", "acl", "appos", "nummod"})


def can_speak(material: Material, token: int, effect: Effect) -> bool:
    """Whether what ``token`` names can be the source of such a cue."""
    parse = material.parse
    entity = material.entity(token)
    if any(parse.lower[c] == "no" for c in parse.with_dep(token, "det")):
        return False  # "no group claimed it"
    if effect.sources == "anyone" or is_first_person(parse, token):
        return True
    is_work = parse.lemmas[token] in material.cues.works or (entity is not None and is_a(entity.cls, "Work"))
    if effect.sources == "works":
        return is_work
    if is_work or parse.lower[token] in _PEOPLE_PRONOUNS or parse.lemmas[token] in material.cues.people:
        return True
    if parse.lemmas[token].endswith(_AGENTIVE) or (parse.lower[token] == "it" and _is_speech(effect)):
        return True
    if entity is not None:
        return any(is_a(entity.cls, cls) for cls in _SPEAKING_CLASSES)
    return parse.pos[token] == "PROPN"


def _is_speech(effect: Effect) -> bool:
    return effect.act not in {"Belief", "Intention"}


def can_be_cited(material: Material, token: int) -> bool:
    """Whether what ``token`` names can be whom a report comes from, and not only what it points to."""
    entity = material.entity(token)
    if entity is None:
        return False
    if material.parse.lemmas[token] in material.cues.people | material.cues.utterances:
        return True
    return any(is_a(entity.cls, cls) for cls in _SPEAKING_CLASSES[:-1])


def is_first_person(parse: Parse, token: int) -> bool:
    """Whether the source is whoever is speaking: "I", "we"."""
    return parse.lower[token] in _FIRST_PERSON


def speaker(material: Material, token: int) -> str | None:
    """The entity that speaks where the phrase headed by ``token`` is the source.

    Of a statement, letter and the like it is the one whose statement it is, where the text
    says so next to it ("the ministry's statement said", "reports from the ministry").
    """
    owner = _owner(material, token)
    for head in (token,) if owner is None else (owner, token):
        mention = material.mentions.get(head)
        if mention is not None:
            return mention.entity
    inside = (m for t in range(*phrase(material.parse, token)) if (m := material.mentions.get(t)) is not None)
    return next((m.entity for m in inside if m.kind == "name"), None)


def _owner(material: Material, token: int) -> int | None:
    parse = material.parse
    if parse.lemmas[token] not in material.cues.utterances:
        return None
    poss = parse.child(token, "poss")
    if poss is not None:
        return poss
    for name, noun in parse.prepositions(token):
        if name in _OWNERS:
            entity = material.entity(noun)
            if entity is not None and any(is_a(entity.cls, cls) for cls in _SPEAKING_CLASSES[:-1]):
                return noun
    return None
