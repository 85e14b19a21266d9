"""A situation on its way to a claim: tokens where the claim will have entities and spans."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.model import Annotations, Entity, Mention
from kg.syntax import Parse


@dataclass(slots=True)
class Draft:
    """What a trigger says, with its participants still as head tokens of noun phrases or clauses.

    ``head`` is the trigger's main token, ``tokens`` all of them. ``confidence`` starts as the
    trust in the rule and is lowered by what the reading rests on. ``prospective`` states are yet to come.
    """

    head: int
    tokens: tuple[int, ...]
    cls: str
    predicate: str
    rule: str
    state: bool = False
    plover: str | None = None
    roles: dict[str, list[int]] = field(default_factory=dict)
    position: str | None = None
    kinship: str | None = None
    amount: str | None = None
    time: int | None = None
    confidence: float = 0.9
    descriptive: bool = False
    prospective: bool = False
    background: bool = False

    @property
    def plain(self) -> bool:
        """Whether no class of the ontology fitted."""
        return self.cls in {"Event", "State"}

    def add(self, role: str, tokens: Iterable[int]) -> None:
        """Let ``tokens`` fill ``role`` too, each once."""
        known = self.roles.setdefault(role, [])
        known.extend(t for t in tokens if t not in known)


class Participants:
    """Looks up what a token of the parse refers to."""

    def __init__(self, annotations: Annotations) -> None:
        self.parse: Parse = annotations.parse
        self.entities: dict[str, Entity] = {e.id: e for e in annotations.entities}
        self.by_root: dict[int, Mention] = {}
        for mention in annotations.mentions:
            self.by_root.setdefault(mention.root, mention)
        names = {
            t: m
            for m in annotations.mentions
            if m.kind in {"name", "adjective"}
            for t in range(*_head_tokens(m, self.parse))
        }
        self._mentions: dict[int, Mention] = names | self.by_root

    def mention(self, token: int) -> Mention | None:
        """The mention that ``token`` heads, or the name that it is part of."""
        return self._mentions.get(token)

    def entity(self, token: int) -> Entity | None:
        """The entity that ``token`` refers to."""
        mention = self.mention(token)
        return None if mention is None else self.entities.get(mention.entity)

    def lemma(self, token: int) -> str:
        """The head lemma of what ``token`` refers to: a pronoun's is that of its entity's label."""
        if self.parse.pos[token] == "PRON":
            entity = self.entity(token)
            if entity is not None and not entity.named:
                return entity.label.split()[-1].lower()
        return self.parse.lemmas[token]


def _head_tokens(mention: Mention, parse: Parse) -> tuple[int, int]:
    start, end = mention.root, mention.root + 1
    while start > 0 and parse.starts[start - 1] >= mention.head[0]:
        start -= 1
    while end < len(parse) and parse.ends[end] <= mention.head[1]:
        end += 1
    return start, end
