"""Words that attribute and words that weaken or deny: loads, checks and indexes them.

The format is described at the head of ``reporting.toml`` and ``modality.toml``. One word may
not say two things of one kind of content: that, like a key or a value that is not known, is
a ``RulesError`` with the file and the line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, cast

from kg.model import Certainty, Polarity
from kg.rules import toml

FOLDER = Path(__file__).parent
FILES = ("reporting.toml", "modality.toml")

#: From the weakest to the strongest: of two, the weaker holds.
SCALE: tuple[Certainty, ...] = ("unspecified", "possible", "probable", "certain")
#: Kinds of act that a report can be; those that are classes of the ontology come first.
ACTS = (
    "Statement", "Announcement", "Notification", "Accusation", "Denial", "Criticism", "Praise", "Demand", "Appeal",
    "Warning", "Promise", "Apology", "Disclosure", "Protest", "Threat",
    "Belief", "Question", "Intention", "Support", "Citation",
)  # fmt: skip
#: What a cue can have beside it, apart from prepositions.
FRAMES = frozenset(
    {
        "clause",
        "quote",
        "infinitive",
        "gerund",
        "object",
        "passive",
        "predicate",
        "as",
        "subject",
        "attribute",
        "compound",
        "source",
    }
)
PREPOSITIONS = frozenset(
    {"about", "against", "at", "concerning", "for", "from", "in", "into", "of", "on", "over", "regarding", "to",
     "toward", "towards", "whether", "with"}
)  # fmt: skip
Speakers = Literal["agents", "works", "anyone"]
_SPEAKERS = ("agents", "works", "anyone")
#: Sections whose words stand beside something and so need ``takes``; the others match by form alone.
_FRAMED = ("verbs", "nouns", "adjectives")
_BARE = ("adverbs", "prepositions", "modals", "conjunctions", "determiners", "purposes")
_KEYS = frozenset(
    {
        "name",
        "words",
        "takes",
        "positive",
        "negative",
        "presupposes",
        "act",
        "voice",
        "sources",
        "perfect",
        "main",
        "past",
        "told",
        "unsaid",
        "own_subject",
        "named",
        "future",
    }
)


class Value(NamedTuple):
    """How something stands: whether it is so, and how sure that is."""

    polarity: Polarity
    certainty: Certainty

    def negated(self) -> Value:
        """The same certainty of the contrary."""
        return Value("negative" if self.polarity == "positive" else "positive", self.certainty)

    def weakened(self, certainty: Certainty) -> Value:
        """The same, no surer than ``certainty``."""
        return Value(self.polarity, min(self.certainty, certainty, key=SCALE.index))


CERTAIN = Value("positive", "certain")


@dataclass(frozen=True, slots=True)
class Effect:
    """What a cue makes of its content.

    ``act`` is ``None`` for words that report nothing. ``voice`` says that the content is the
    source's word; ``main`` is what a conjunction makes of the clause above it; ``past`` takes the
    place of ``positive`` for a cue in the past ("was able to leave"), ``unsaid`` for a passive that
    names nobody, ``told`` for a modal in a clause that someone told ("said that he would leave");
    ``own_subject`` rules out participles; ``named`` is what a cue says whose source is named; ``future``
    tells that the cue puts off what it speaks of.
    """

    positive: Value
    negative: Value
    presupposes: bool
    act: str | None
    voice: bool
    sources: Speakers
    main: Value | None
    past: Value | None
    told: Value | None
    unsaid: Value | None
    own_subject: bool
    named: Value | None
    future: bool
    name: str
    rule: str

    @property
    def rule_told(self) -> str:
        """The rule, where ``told`` is what counts."""
        return f"{self.rule}, as told"

    def of(self, cue: Value, *, past: bool = False) -> Value:
        """What becomes of the content of a cue that itself stands like ``cue``, in the ``past`` or not."""
        if self.presupposes:
            return self.positive
        positive = self.past if past and self.past is not None else self.positive
        side = positive if cue.polarity == "positive" else self.negative
        return side.weakened(cue.certainty)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A cue: the lemmas (as alternatives) beside the one that it is indexed under, and its frames."""

    text: str
    beside: tuple[frozenset[str], ...]
    frames: Mapping[str, Effect]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A cue of fixed words in a row."""

    words: tuple[str, ...]
    effect: Effect


@dataclass(frozen=True, slots=True, eq=False)
class Cues:
    """All cues, indexed by the word that a matcher meets first.

    ``verbs``, ``nouns`` and ``adjectives`` map a lemma to its patterns, longest first; the
    others map the first word, lower case, to phrases, longest first. ``modals`` come before
    a plain verb, ``perfect_modals`` before "have". ``works`` are nouns for what can speak
    in writing, pictures or figures, ``utterances`` those that are somebody's words, ``people``
    nouns for people and bodies that say little of what they are. ``expressions`` are nouns for words that are only
    mentioned, ``channels`` for where words are put, ``press`` for who reports them and ``carrying`` verbs for that.
    ``futures`` are the rules of all cues that put off what they speak of.
    """

    verbs: Mapping[str, tuple[Pattern, ...]]
    nouns: Mapping[str, tuple[Pattern, ...]]
    adjectives: Mapping[str, tuple[Pattern, ...]]
    adverbs: Mapping[str, tuple[Phrase, ...]]
    prepositions: Mapping[str, tuple[Phrase, ...]]
    conjunctions: Mapping[str, tuple[Phrase, ...]]
    determiners: Mapping[str, tuple[Phrase, ...]]
    modals: Mapping[str, tuple[Phrase, ...]]
    perfect_modals: Mapping[str, tuple[Phrase, ...]]
    purposes: Mapping[str, tuple[Phrase, ...]]
    works: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    utterances: frozenset[str] = frozenset()
    expressions: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()
    press: frozenset[str] = frozenset()
    carrying: frozenset[str] = frozenset()
    futures: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Group:
    """One ``[[section]]`` of a file, and where it stands."""

    source: toml.Source
    section: str
    nth: int
    table: Mapping[str, Any]

    def error(self, message: str, key: str | None = None) -> Exception:
        return self.source.error(message, self.section, nth=self.nth, key=key)

    def words(self, key: str) -> tuple[str, ...]:
        return toml.strings(self.source, self.table.get(key, []), self.section, key, nth=self.nth)

    def value(self, key: str, default: str) -> Value:
        text = self.table.get(key, default)
        certainty = text.removeprefix("not ") if isinstance(text, str) else None
        if certainty not in SCALE:
            raise self.error(f'"{key}" has to be one of {", ".join(SCALE)}, with "not " before it or without', key)
        return Value("negative" if text != certainty else "positive", certainty)

    def flag(self, key: str, default: bool) -> bool:
        value = self.table.get(key, default)
        if not isinstance(value, bool):
            raise self.error(f'"{key}" has to be true or false', key)
        return value

    def choice(self, key: str, known: tuple[str, ...], default: str | None) -> str | None:
        value = self.table.get(key, default)
        if value is not None and value not in known:
            raise self.error(f'"{key}" is not one of {", ".join(known)}{toml.closest(str(value), known)}', key)
        return cast("str | None", value)


@lru_cache(maxsize=4)
def load(folder: Path | None = None) -> Cues:
    """The cues of the package, or of ``reporting.toml`` and ``modality.toml`` in ``folder``.

    Raises ``RulesError`` that names the file and the line of what is wrong.
    """
    index: dict[str, dict[str, dict[str, dict[str, Effect]]]] = {s: {} for s in (*_FRAMED, *_BARE, "perfect_modals")}
    owners: dict[tuple[str, str, str], _Group] = {}
    nouns: dict[str, frozenset[str]] = dict.fromkeys(
        ("works", "people", "utterances", "expressions", "channels", "press", "carrying"), frozenset()
    )
    for name in FILES:
        source, content = toml.read((folder or FOLDER) / name, name=name)
        sources = content.pop("sources", None)
        if sources is not None:
            toml.check_keys(source, sources, nouns, "sources")
            nouns = {key: frozenset(toml.strings(source, sources.get(key, []), "sources", key)) for key in nouns}
        for group in _groups(source, content):
            _add(group, index, owners)
    framed = {section: _patterns(index[section]) for section in _FRAMED}
    bare = {section: _phrases(index[section]) for section in (*_BARE, "perfect_modals")}
    effects = [p.effect for ps in (*bare["modals"].values(), *bare["purposes"].values()) for p in ps]
    patterns = [p for section in ("verbs", "adjectives") for found in framed[section].values() for p in found]
    effects += [e for p in patterns for e in p.frames.values()]
    futures = frozenset(e.rule_told if e.told is not None else e.rule for e in effects if e.told or e.future)
    return Cues(**framed, **bare, **nouns, futures=futures)  # type: ignore[arg-type]


def _groups(source: toml.Source, content: Mapping[str, Any]) -> Iterator[_Group]:
    for section, tables in content.items():
        if section not in (*_FRAMED, *_BARE):
            raise source.error(f'unknown section "{section}"{toml.closest(section, (*_FRAMED, *_BARE))}', section)
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            raise source.error(f'"{section}" has to be written as [[{section}]]', section)
        for nth, table in enumerate(tables):
            toml.check_keys(source, table, _KEYS, section, nth=nth)
            yield _Group(source, section, nth, table)


def _effect(group: _Group) -> Effect:
    name = group.table.get("name")
    if not isinstance(name, str) or not name:
        raise group.error('each group needs a "name" that says what its words have in common')
    return Effect(
        positive=group.value("positive", "certain"),
        negative=group.value("negative", "unspecified"),
        presupposes=group.flag("presupposes", False),
        act=group.choice("act", ACTS, None),
        voice=group.flag("voice", True),
        sources=cast("Speakers", group.choice("sources", _SPEAKERS, "agents")),
        main=group.value("main", "certain") if "main" in group.table else None,
        past=group.value("past", "certain") if "past" in group.table else None,
        told=group.value("told", "certain") if "told" in group.table else None,
        unsaid=group.value("unsaid", "certain") if "unsaid" in group.table else None,
        own_subject=group.flag("own_subject", False),
        named=group.value("named", "certain") if "named" in group.table else None,
        future=group.flag("future", False),
        name=name,
        rule=f"{group.source.name}:{name}",
    )


def _add(
    group: _Group,
    index: dict[str, dict[str, dict[str, dict[str, Effect]]]],
    owners: dict[tuple[str, str, str], _Group],
) -> None:
    """Put a group's words into ``index[section][head][pattern][frame]``."""
    effect = _effect(group)
    section = "perfect_modals" if group.flag("perfect", False) else group.section
    frames = _frames(group)
    words = group.words("words")
    if not words:
        raise group.error("a group needs words", "words")
    for word in words:
        for frame in frames:
            owner = owners.setdefault((section, word, frame), group)
            if owner is not group or words.count(word) > 1:
                first = f"{owner.source.name}:{owner.table['name']}"
                raise group.error(f'"{word}" with "{frame}" is claimed twice: by {first} and {effect.rule}', "words")
        parts = word.split()
        head = parts[-1] if section in {"nouns", "adjectives"} else parts[0]
        index[section].setdefault(head, {}).setdefault(word, {}).update(dict.fromkeys(frames, effect))


def _frames(group: _Group) -> tuple[str, ...]:
    if group.section in _BARE:
        if "takes" in group.table:
            raise group.error(f'[[{group.section}]] are matched by form and take nothing: leave "takes" out', "takes")
        return ("",)
    frames = group.words("takes")
    if not frames:
        raise group.error('"takes" has to say what the words stand beside', "takes")
    for frame in frames:
        if frame not in FRAMES | PREPOSITIONS:
            raise group.error(f'"takes": unknown "{frame}"{toml.closest(frame, FRAMES | PREPOSITIONS)}', "takes")
    return frames


def _patterns(entries: Mapping[str, Mapping[str, Mapping[str, Effect]]]) -> Mapping[str, tuple[Pattern, ...]]:
    out = {}
    for head, texts in entries.items():
        found = []
        for text, frames in texts.items():
            beside = [frozenset(part.split("|")) for part in text.split()]
            beside.pop(text.split().index(head))
            found.append(Pattern(text, tuple(beside), MappingProxyType(dict(frames))))
        out[head] = tuple(sorted(found, key=lambda pattern: -len(pattern.beside)))
    return MappingProxyType(out)


def _phrases(entries: Mapping[str, Mapping[str, Mapping[str, Effect]]]) -> Mapping[str, tuple[Phrase, ...]]:
    return MappingProxyType(
        {
            head: tuple(
                sorted((Phrase(tuple(text.split()), frames[""]) for text, frames in texts.items()), key=_longest_first)
            )
            for head, texts in entries.items()
        }
    )


def _longest_first(phrase: Phrase) -> int:
    return -len(phrase.words)
