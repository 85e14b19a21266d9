"""What is recognised, class by class, as a page for readers: ``python -m kg.publish.sheet`` writes docs/ontology.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from kg.publish.vocabulary import spoken, terms

if TYPE_CHECKING:
    from kg.rules.schema import EventClass, EventRules, Frame

_PAGE = Path("docs/ontology.md")
_FAMILIES = {
    "posts": "Posts",
    "diplomacy": "Diplomacy",
    "movement": "Movement",
    "law": "Law",
    "coercion": "Coercion",
    "violence": "Violence",
    "communication": "Communication",
    "politics": "Politics",
    "life": "Life",
    "economy": "Economy",
    "other": "Other events",
    "states": "States",
}
_KINDS = {"verb": "verbs", "noun": "nouns", "adjective": "adjectives"}
#: How many words of a list, and how many of a frame's triggers, a refusal names.
_MANY, _SOME = 10, 4
#: What is read without frames, by other tables.
_BESIDES = {
    "Tenure": "Nouns for offices too (`posts.toml`): titles, appositions, predicates, as-phrases.",
    "Kinship": 'Nouns for kin with an owner (`kinship.toml`): "Berg\'s wife", "the son of an official".',
    "Attribute": "Facts in noun phrases: nationality, age, whom a body represents, what lies or is part of what.",
}
_HEAD = """# What is recognised

<!-- Written by `python -m kg.publish.sheet` from the rules; change those, not this page. -->

Every class of events and states, with the words that name it. A word counts only where its participants and
its context fit: *not* lists what a class refuses. Everything else that a text says becomes a plain event.
PLOVER is the root type of that coding scheme. How to add words or classes: [rules](rules.md) and
[a class of your own](own-classes.md).

| role | is |
| --- | --- |
"""


def sheet(rules: EventRules) -> str:
    """The page, as Markdown."""
    roles = {term.name: term.table["definition"] for term in terms().values() if term.kind == "role"}
    out = [_HEAD + "".join(f"| {name} | {text} |\n" for name, text in roles.items())]
    order = list(_FAMILIES)
    classes = sorted(rules.classes.values(), key=lambda c: order.index(c.family))
    for family, members in groupby(classes, key=lambda c: c.family):
        out.append(f"\n## {_FAMILIES[family]}\n")
        out += [_class(each) for each in members]
    return "".join(out)


def _class(each: EventClass) -> str:
    rows = [("roles", _roles(each)), *((label, _triggers(each, kind)) for kind, label in _KINDS.items())]
    rows += [("besides", _BESIDES.get(each.name, "")), ("PLOVER", each.plover or "")]
    table = "".join(f"| {label} | {text} |\n" for label, text in rows if text)
    refusals = "".join(f"- {line}\n" for line in dict.fromkeys(_refusals(each)))
    example = f"*{each.example}*\n"
    head = f"\n### {each.name}\n\n{each.definition} {example}\n| | |\n| --- | --- |\n{table}"
    return head + (f"\nNot:\n\n{refusals}" if refusals else "")


def _roles(each: EventClass) -> str:
    """The roles, each with the classes that one frame or another wants there."""
    out = []
    for role in each.roles:
        wanted = dict.fromkeys(name for frame in each.frames for name in frame.needs.get(role, ()))
        out.append(f"**{role}** ({_classes(wanted)})" if wanted else f"**{role}**")
    return ", ".join(out)


def _classes(names: Iterable[str]) -> str:
    return ", ".join("whoever can act" if name == "Agent" else spoken(name) for name in names)


def _triggers(each: EventClass, kind: str) -> str:
    return ", ".join(sorted({_plain(p.text) for frame in each.frames for p in frame.patterns if p.kind == kind}))


def _plain(text: str) -> str:
    return text.replace("|", "/")


def _refusals(each: EventClass) -> Iterator[str]:
    """What a frame with its triggers does not take, a sentence each."""
    for frame in each.frames:
        refused = list(_refused(frame))
        if refused:
            yield f"{_quoted((_plain(p.text) for p in frame.patterns), _SOME)}: {'; '.join(refused)}"


def _refused(frame: Frame) -> Iterator[str]:
    for role, classes in frame.bars.items():
        yield f"{role} is no {_classes(classes)}"
    for role, heads in _sorted(frame.not_heads):
        yield f"{role} is not {_quoted(heads, _MANY)}"
    for words, where in ((frame.not_context, "in the sentence"), (frame.not_modifiers, "before it")):
        numbered = (_NUMBER if word == "#" else word for word in sorted(words))
        if words:
            yield f"no {_quoted(numbered, _MANY)} {where}"


_NUMBER = "a number"


def _sorted(words: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, list[str]]]:
    return ((role, sorted(heads)) for role, heads in words.items())


def _quoted(words: Iterable[str], most: int) -> str:
    """The words in quotation marks, the first ``most`` of them."""
    known = list(words)
    return ", ".join(f'"{word}"' for word in known[:most]) + (" …" if len(known) > most else "")


def main() -> None:
    """Write ``docs/ontology.md`` from the rules that ship; in the folder of the sources."""
    from kg.rules import schema

    _PAGE.write_text(sheet(schema.load()), encoding="utf-8")


if __name__ == "__main__":
    main()
