"""The classes of events and states, their triggers and frames: loads, checks, and indexes them.

The format is described in docs/rules.md. ``python -m kg.rules`` checks every rule file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from kg.errors import RulesError
from kg.model import ENTITY_CLASSES, ROLES, is_a
from kg.rules import toml

FOLDER = Path(__file__).parent

Kind = Literal["verb", "noun", "adjective"]
_KINDS: tuple[tuple[Kind, str], ...] = (("verb", "verbs"), ("noun", "nouns"), ("adjective", "adjectives"))

PLOVER = frozenset(
    """
    AGREE CONSULT SUPPORT COOPERATE AID YIELD ACCUSE REQUEST REJECT THREATEN PROTEST MOBILIZE SANCTION COERCE
    ASSAULT
    """.split()
)
#: Roles that any predicate can get by its syntax (a place, a purpose clause), without a frame's help.
_FREE_ROLES = frozenset({"place", "reason", "purpose", "instrument"})
#: Wider names for the classes of fillers.
_WIDER = {"Agent": ("Person", "Group", "Organization", "Country")}
_CLASS_KEYS = frozenset({"definition", "example", "plover", "roles", "frames", "somebody"})
_POSITION_KEYS = ("subj", "obj", "iobj", "comp", "poss", "of", "compound", "by", "self", "comp_subj")
_WORD_KEYS = ("context", "not_context", "modifiers", "not_modifiers")
_ROLE_WORD_KEYS = ("needs", "bars", "heads", "not_heads")
_FRAME_KEYS = frozenset(
    {
        "verbs",
        "nouns",
        "adjectives",
        "prep",
        "requires",
        "known",
        "without",
        "swap",
        "together",
        *_POSITION_KEYS,
        *_WORD_KEYS,
        *_ROLE_WORD_KEYS,
    }
)
#: Places in the grammar that a frame can want empty, besides those behind a preposition.
_WITHOUT = ("subj", "obj", "iobj", "comp", "attr", "poss", "compound")
_PREPOSITIONS = frozenset(
    """
    about above across after against along alongside amid among around as at before behind below beside
    between beyond by concerning despite down during for from in inside into near of off on onto out outside
    over past per regarding since through throughout to toward towards under until up upon via with within
    without unlike than like
    """.split()
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A trigger: its words as sets of alternatives, and which of them is the head.

    ``words[head]`` is what a matcher looks up; the rest must be found beside it.
    """

    kind: Kind
    text: str
    words: tuple[frozenset[str], ...]
    head: int


@dataclass(frozen=True, slots=True)
class Frame:
    """Triggers that put their neighbours into roles in one way, and when they count.

    ``verb`` and ``noun`` map an argument's position (see ``kg.syntax.Argument``) to a role,
    for verb or adjective triggers and for noun triggers. ``own`` frames are the user's.
    """

    cls: str
    patterns: tuple[Pattern, ...]
    verb: Mapping[str, str]
    noun: Mapping[str, str]
    needs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    bars: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    heads: Mapping[str, frozenset[str]] = field(default_factory=dict)
    not_heads: Mapping[str, frozenset[str]] = field(default_factory=dict)
    requires: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    without: frozenset[str] = frozenset()
    context: frozenset[str] = frozenset()
    not_context: frozenset[str] = frozenset()
    modifiers: frozenset[str] = frozenset()
    not_modifiers: frozenset[str] = frozenset()
    together: bool = False
    rule: str = ""
    own: bool = False

    @property
    def conditions(self) -> int:
        """How many conditions the frame sets: the more, the sooner it is tried."""
        groups = (self.needs, self.bars, self.heads, self.not_heads)
        words = (self.context, self.not_context, self.modifiers, self.not_modifiers)
        listed = (self.requires, self.known, self.without, (self.together,) * self.together)
        return sum(map(len, groups)) + sum(map(len, listed)) + sum(map(bool, words))


@dataclass(frozen=True, slots=True)
class EventClass:
    """One class of the ontology: what it means, and the roles that its frames can fill.

    Only ``somebody`` does it, where that is set: "the plan promises growth" is no Promise.
    """

    name: str
    definition: str
    example: str
    plover: str | None
    roles: tuple[str, ...]
    family: str
    state: bool
    frames: tuple[Frame, ...]
    somebody: bool = False


@dataclass(frozen=True, slots=True)
class Eventive:
    """Which nouns name what happens: a list, endings, and the words that only look like it.

    ``aspect`` are the verbs that say no more of an event than that it begins or takes place,
    ``standing`` those whose participle before a noun says what somebody is, ``undoing`` those of what one
    does with ``undertakings`` of one's own. ``undergoers`` are nouns for whom an event befalls, ``manners`` those in
    the light of which one does something. ``things`` are two words of which the last alone would name an event.
    """

    nouns: frozenset[str]
    endings: tuple[str, ...]
    never: frozenset[str]
    aspect: frozenset[str]
    standing: frozenset[str]
    undoing: frozenset[str]
    undertakings: frozenset[str]
    undergoers: frozenset[str]
    manners: frozenset[str]
    things: frozenset[str]

    def __contains__(self, lemma: str) -> bool:
        return lemma in self.nouns or (lemma.endswith(self.endings) and lemma not in self.never and len(lemma) > 4)


@dataclass(frozen=True, slots=True)
class EventRules:
    """All classes, and the index from a trigger's head lemma to what may match there.

    ``index[kind][lemma]`` is ordered: longer patterns first, then frames with more
    conditions, then as the files have them; the user's own rules come before those that ship.
    """

    classes: Mapping[str, EventClass]
    index: Mapping[Kind, Mapping[str, tuple[tuple[Pattern, Frame], ...]]]
    plain: Mapping[Kind, Mapping[str, tuple[tuple[Pattern, str], ...]]]
    generic: frozenset[str]
    carriers: frozenset[str]
    eventive: Eventive
    light: Mapping[str, tuple[tuple[frozenset[str], str], ...]]


def satisfies(cls: str, wanted: Iterable[str]) -> bool:
    """Whether an entity class is one of ``wanted``; ``Agent`` stands for whoever can act."""
    return any(is_a(cls, narrow) for name in wanted for narrow in _WIDER.get(name, (name,)))


def _spellings(words: Iterable[str]) -> Iterator[str]:
    """The words, and those with a hyphen without it too: that is how some of them are read ("tie-up" as
    "tieup", see ``hyphens`` of ``nominals.toml``)."""
    for word in words:
        yield word
        if "-" in word:
            yield word.replace("-", "")


def pattern(kind: Kind, text: str) -> Pattern:
    """A trigger as docs/rules.md writes it: ``"call|recall back"``, ``"declaration of war"``.

    >>> pattern("noun", "nuclear test").head
    1
    """
    words = tuple(frozenset(_spellings(word.lower().split("|"))) for word in text.split())
    head = 0
    if kind == "noun":
        prepositions = [i for i, word in enumerate(words) if i and word & _PREPOSITIONS]
        head = (prepositions[0] if prepositions else len(words)) - 1
    elif kind == "adjective":
        head = len(words) - 1
    return Pattern(kind, text, words, head)


@lru_cache(maxsize=4)
def load(extra: Path | None = None) -> EventRules:
    """The classes of ``events/*.toml`` and ``states.toml``, and those of the folder ``extra``.

    Raises ``RulesError`` with the file and line for the first thing that is wrong.
    """
    classes: dict[str, EventClass] = {}
    for source, path, state in _files(extra):
        for event_class in _classes(source, toml.read(path, name=source)[1], family=path.stem, state=state, path=path):
            if event_class.name in classes:
                event_class = _extend(classes[event_class.name], event_class)
            classes[event_class.name] = event_class
    plain, generic, carriers = _predicates(FOLDER / "predicates.toml")
    _check_clashes(classes.values())
    return EventRules(
        classes=classes,
        index=_index(classes.values()),
        plain=plain,
        generic=generic,
        carriers=carriers,
        eventive=_eventive(FOLDER / "eventive.toml"),
        light=_light(FOLDER / "light_verbs.toml"),
    )


def _files(extra: Path | None) -> Iterator[tuple[str, Path, bool]]:
    for path in sorted((FOLDER / "events").glob("*.toml")):
        yield f"events/{path.name}", path, False
    yield "states.toml", FOLDER / "states.toml", True
    if extra is None:
        return
    if not extra.is_dir():
        raise RulesError(f"{extra}: no such folder of rules; --rules takes a folder with TOML files in it.")
    own = sorted(extra.glob("*.toml"))
    if not own:
        raise RulesError(f"{extra}: this folder has no files that end in .toml; --rules takes one with rules in it.")
    for path in own:
        yield str(path.absolute()), path, path.stem == "states"


def _extend(known: EventClass, more: EventClass) -> EventClass:
    """A class of the user's folder that is there already gets the new frames beside its own."""
    return EventClass(
        name=known.name,
        definition=more.definition or known.definition,
        example=more.example or known.example,
        plover=more.plover or known.plover,
        roles=tuple(dict.fromkeys((*known.roles, *more.roles))),
        family=known.family,
        state=known.state,
        frames=known.frames + more.frames,
        somebody=known.somebody or more.somebody,
    )


# ------------------------------------------------------------------ reading one file
def _classes(name: str, tables: Mapping[str, Any], *, family: str, state: bool, path: Path) -> Iterator[EventClass]:
    source = toml.Source(name, path.read_text(encoding="utf-8"))
    for cls, table in tables.items():
        if not isinstance(table, dict):
            raise source.error(
                f'"{cls}" stands outside any class; a file of classes has only [Class] tables', "", key=cls
            )
        yield _event_class(source, cls, table, family=family, state=state)


def _event_class(source: toml.Source, cls: str, table: Mapping[str, Any], *, family: str, state: bool) -> EventClass:
    toml.check_keys(source, table, _CLASS_KEYS, cls)
    if not cls[:1].isupper() or not cls.isalnum():
        raise source.error(f'"{cls}" is no name for a class: write it as in "AsylumRequest"', cls)
    for key in ("definition", "example"):
        if not isinstance(table.get(key, ""), str) or not table.get(key, "").strip():
            raise source.error(f'class {cls} needs a "{key}"', cls, key=key)
    plover = table.get("plover")
    if plover is not None and plover not in PLOVER:
        raise source.error(
            f'"{plover}" is no root type of PLOVER{toml.closest(str(plover), PLOVER)}', cls, key="plover"
        )
    roles = toml.strings(source, table.get("roles"), cls, "roles")
    for role in roles:
        if role not in ROLES:
            raise source.error(f'"{role}" is no role{toml.closest(role, ROLES)}', cls, key="roles")
    frames = tuple(
        _frame(source, cls, frame, roles=roles, nth=nth) for nth, frame in enumerate(table.get("frames", []))
    )
    if not frames and not state:
        raise source.error(f"class {cls} has no frames: add [[{cls}.frames]] with its verbs or nouns", cls)
    _check_roles_are_reachable(source, cls, roles, frames)
    somebody = _flag(source, table, "somebody", cls, 0)
    return EventClass(cls, table["definition"], table["example"], plover, roles, family, state, frames, somebody)


def _frame(source: toml.Source, cls: str, table: Mapping[str, Any], *, roles: Sequence[str], nth: int) -> Frame:
    where = f"{cls}.frames"
    toml.check_keys(source, table, _FRAME_KEYS, where, nth=nth)
    patterns = tuple(
        pattern(kind, text)
        for kind, key in _KINDS
        for text in toml.strings(source, table.get(key, []), where, key, nth=nth)
    )
    if not patterns:
        raise source.error("a frame needs verbs, nouns or adjectives", where, nth=nth)
    verb, noun = _positions(table, roles)
    for key in _ROLE_WORD_KEYS:
        _check_role_words(source, table, key, where, nth=nth)
    _check_known(source, table, where, nth=nth)
    for role in (*verb.values(), *noun.values(), *table.get("requires", ()), *_mentioned_roles(table)):
        if role not in roles and role not in _FREE_ROLES:
            near = toml.closest(role, roles)
            hint = near if "mean" in near else f'; add it to roles = [...] of {cls} or map it to ""'
            raise source.error(f'a frame fills the role "{role}", which {cls} does not have{hint}', where, nth=nth)
    return Frame(
        cls=cls,
        patterns=patterns,
        verb=verb,
        noun=noun,
        needs={role: tuple(v) for role, v in table.get("needs", {}).items()},
        bars={role: tuple(v) for role, v in table.get("bars", {}).items()},
        heads={role: frozenset(v) for role, v in table.get("heads", {}).items()},
        not_heads={role: frozenset(v) for role, v in table.get("not_heads", {}).items()},
        requires=toml.strings(source, table.get("requires", []), where, "requires", nth=nth),
        known=toml.strings(source, table.get("known", []), where, "known", nth=nth),
        without=frozenset(
            f"prep:{each}" if each in _PREPOSITIONS else each
            for each in toml.strings(source, table.get("without", []), where, "without", nth=nth)
        ),
        **{key: frozenset(toml.strings(source, table.get(key, []), where, key, nth=nth)) for key in _WORD_KEYS},
        together=_flag(source, table, "together", where, nth),
        rule=f"{_rule_file(source)}:{cls}:{source.line(where, nth=nth)}",
        own=Path(source.name).is_absolute(),
    )


def _flag(source: toml.Source, table: Mapping[str, Any], key: str, where: str, nth: int) -> bool:
    value = table.get(key, False)
    if not isinstance(value, bool):
        raise source.error(f'"{key}" has to be true or false', where, nth=nth, key=key)
    return value


def _check_known(source: toml.Source, table: Mapping[str, Any], where: str, *, nth: int) -> None:
    """``known`` speaks of roles that ``needs`` has classes for, ``without`` of places in the grammar."""
    for role in toml.strings(source, table.get("known", []), where, "known", nth=nth):
        if role not in table.get("needs", {}):
            raise source.error(
                f'"known" has the role "{role}", for which "needs" has no classes', where, nth=nth, key="known"
            )
    for position in toml.strings(source, table.get("without", []), where, "without", nth=nth):
        if position not in _WITHOUT and position not in _PREPOSITIONS:
            hint = toml.closest(position, (*_WITHOUT, *sorted(_PREPOSITIONS)))
            raise source.error(f'"{position}" is no place that "without" knows{hint}', where, nth=nth, key="without")


def _rule_file(source: toml.Source) -> str:
    """How a claim's rule names its file: the user's own without the folder that it happens to be in."""
    path = Path(source.name)
    return f"own:{path.name}" if path.is_absolute() else source.name


def _mentioned_roles(table: Mapping[str, Any]) -> Iterator[str]:
    for key in _ROLE_WORD_KEYS:
        yield from table.get(key, {})


def _check_role_words(source: toml.Source, table: Mapping[str, Any], key: str, where: str, *, nth: int) -> None:
    value = table.get(key, {})
    if not isinstance(value, dict):
        raise source.error(
            f'"{key}" has to map roles to words: {key} = {{ patient = ["..."] }}', where, nth=nth, key=key
        )
    for words in value.values():
        for word in toml.strings(source, words, where, key, nth=nth):
            if key in {"needs", "bars"} and word not in ENTITY_CLASSES and word not in _WIDER:
                hint = toml.closest(word, [*ENTITY_CLASSES, *_WIDER])
                raise source.error(f'"{word}" is no class of entities{hint}', where, nth=nth, key=key)


def _positions(table: Mapping[str, Any], roles: Sequence[str]) -> tuple[dict[str, str], dict[str, str]]:
    """The role of each argument's position, for verbs and for nouns, defaults filled in.

    A default holds only for a role that the class has.
    """

    def role(key: str, default: str) -> str:
        value = table.get(key)
        return str(value) if value is not None else default if default in roles else ""

    subj, obj = role("subj", "agent"), role("obj", "patient")
    prep = {f"prep:{name}": value for name, value in table.get("prep", {}).items()}
    comp = role("comp", "topic")
    told_of = str(table.get("comp_subj", ""))
    verb = {"subj": subj, "obj": obj, "iobj": role("iobj", "recipient"), "comp": comp, "comp_subj": told_of, **prep}
    if table.get("swap"):
        subj, obj = obj, subj
    of = table.get("of", table.get("poss", subj))
    poss = table.get("poss", of)
    noun = {
        "poss": poss,
        "prep:of": of,
        "compound": table.get("compound", poss),
        "prep:by": table.get("by", subj),
        "self": table.get("self", ""),
        "comp_subj": told_of,
        "comp": comp,
        "subj": subj,
        "obj": obj,
        "iobj": verb["iobj"],
        **prep,
    }
    return _filled(verb), _filled(noun)


def _filled(positions: Mapping[str, str]) -> dict[str, str]:
    return {position: role for position, role in positions.items() if role}


def _check_roles_are_reachable(source: toml.Source, cls: str, roles: Sequence[str], frames: Sequence[Frame]) -> None:
    filled = set(_FREE_ROLES)
    for frame in frames:
        kinds = {each.kind for each in frame.patterns}
        filled.update(frame.noun.values() if kinds == {"noun"} else frame.verb.values())
        filled.update(frame.noun.values() if "noun" in kinds else ())
    if frames:
        for role in roles:
            if role not in filled:
                raise source.error(
                    f'no frame of {cls} can fill the role "{role}": say where it stands, as in '
                    f'prep = {{ to = "{role}" }}, or take it out of "roles"',
                    cls,
                    key="roles",
                )


# ------------------------------------------------------------------ all files together
def _check_clashes(classes: Iterable[EventClass]) -> None:
    """Two frames without conditions must not claim the same trigger."""
    owners: dict[tuple[Kind, str], Frame] = {}
    for event_class in classes:
        for frame in event_class.frames:
            if frame.conditions:
                continue
            for each in frame.patterns:
                other = owners.setdefault((each.kind, each.text), frame)
                if other is not frame:
                    raise RulesError(
                        f'{_place(frame)}: the {each.kind} "{each.text}" is claimed without a condition by '
                        f"{frame.cls} and by {other.cls} ({_place(other)}); give one of them a condition."
                    )


def _place(frame: Frame) -> str:
    name, _, line = frame.rule.rsplit(":", 2)
    return f"{name}, line {line}"


def _index(classes: Iterable[EventClass]) -> dict[Kind, dict[str, tuple[tuple[Pattern, Frame], ...]]]:
    found: dict[Kind, dict[str, list[tuple[Pattern, Frame]]]] = {"verb": {}, "noun": {}, "adjective": {}}
    for event_class in classes:
        for frame in event_class.frames:
            for each in frame.patterns:
                for lemma in sorted(each.words[each.head]):
                    found[each.kind].setdefault(lemma, []).append((each, frame))
    rank = lambda entry: (not entry[1].own, -len(entry[0].words), -entry[1].conditions)  # noqa: E731
    return {kind: {lemma: tuple(sorted(v, key=rank)) for lemma, v in lemmas.items()} for kind, lemmas in found.items()}


def _predicates(
    path: Path,
) -> tuple[dict[Kind, dict[str, tuple[tuple[Pattern, str], ...]]], frozenset[str], frozenset[str]]:
    """PLOVER's root type for plain predicates, the verbs that make an event only where they relate two
    parties, and those that never do."""
    source, tables = toml.read(path)
    found: dict[Kind, dict[str, list[tuple[Pattern, str]]]] = {"verb": {}, "noun": {}, "adjective": {}}
    generic, carriers = (
        frozenset(toml.strings(source, tables.pop(key, []), "", key)) for key in ("generic", "carriers")
    )
    for root, table in tables.items():
        if root not in PLOVER:
            raise source.error(f'"{root}" is no root type of PLOVER{toml.closest(root, PLOVER)}', root)
        toml.check_keys(source, table, {"verbs", "nouns", "adjectives"}, root)
        for kind, key in _KINDS:
            for text in toml.strings(source, table.get(key, []), root, key):
                each = pattern(kind, text)
                for lemma in sorted(each.words[each.head]):
                    found[kind].setdefault(lemma, []).append((each, root))
    longest = {
        kind: {lemma: tuple(sorted(v, key=lambda e: -len(e[0].words))) for lemma, v in lemmas.items()}
        for kind, lemmas in found.items()
    }
    return longest, generic, carriers


def _eventive(path: Path) -> Eventive:
    source, table = toml.read(path)
    keys = (
        "nouns",
        "endings",
        "never",
        "aspect",
        "standing",
        "undoing",
        "undertakings",
        "undergoers",
        "manners",
        "things",
    )
    toml.check_keys(source, table, keys, "")
    nouns, endings, *others = (toml.strings(source, table.get(key), "", key) for key in keys)
    return Eventive(frozenset(nouns), endings, *map(frozenset, others))


def _light(path: Path) -> dict[str, tuple[tuple[frozenset[str], str], ...]]:
    """Light verbs: lemma -> (nouns, or empty for any; what the subject is of the noun)."""
    source, tables = toml.read(path)
    toml.check_keys(source, tables, {"light"}, "")
    found: dict[str, list[tuple[frozenset[str], str]]] = {}
    for nth, table in enumerate(tables.get("light", [])):
        toml.check_keys(source, table, {"verbs", "subject", "nouns"}, "light", nth=nth)
        if table.get("subject") not in {"subj", "obj"}:
            raise source.error('"subject" has to be "subj" or "obj"', "light", nth=nth, key="subject")
        nouns = frozenset(toml.strings(source, table.get("nouns", []), "light", "nouns", nth=nth))
        for text in toml.strings(source, table.get("verbs", []), "light", "verbs", nth=nth):
            found.setdefault(text, []).append((nouns, table["subject"]))
    return {lemma: tuple(sorted(entries, key=lambda e: not e[0])) for lemma, entries in found.items()}
