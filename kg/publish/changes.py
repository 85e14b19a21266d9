"""What differs between two graphs, claim by claim: after a change of rules, of documents, or of what people judged."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

import networkx as nx

from kg.publish import tables

#: What is compared, in the order in which it is told: columns of the table of claims.
FIELDS = (
    "what predicate who whom recipient origin destination where topic reason purpose instrument represents position "
    "kinship amount when edtf source chain cue polarity certainty status"
).split()
_IDENT = re.compile(r"claim/(?P<document>[^/]+)/(?P<trigger>\d+-\d+)-(?P<cls>\w+?)(?:-(?P<nth>\d+))?")

Row = Mapping[str, Any]


class Change(NamedTuple):
    """One claim that is new, gone or other than it was; ``fields`` are (name, old value, new value)."""

    kind: Literal["new", "gone", "changed"]
    document: str
    what: str
    sentence: str
    fields: tuple[tuple[str, str, str], ...]


def changes(old: nx.MultiDiGraph, new: nx.MultiDiGraph) -> list[Change]:
    """Every claim that differs, in the order of the new graph; those that are gone come after them.

    A claim is the same one if it stands at the same place of the same text, or, where the text
    has changed, in the same words of the document of that name.
    """
    before, after = [dict(row) for row in tables.claims(old)], [dict(row) for row in tables.claims(new)]
    pairs: dict[int, int] = {}
    for key in _KEYS:
        _pair(before, after, key, pairs)
    matched = set(pairs.values())
    found = [change for n, row in enumerate(after) if (change := _change(before, row, pairs.get(n))) is not None]
    gone = (row for n, row in enumerate(before) if n not in matched)
    return found + [Change("gone", _text(row, "document"), _text(row, "label"), _sentence(row), ()) for row in gone]


def counts(found: list[Change]) -> dict[str, int]:
    """How many claims are new, gone and changed."""
    return {kind: sum(change.kind == kind for change in found) for kind in ("new", "gone", "changed")}


def _same_place(row: Row) -> object:
    """The document's text, the words that name the situation, and its class."""
    return row["claim"]


def _same_trigger(row: Row) -> object:
    """The same words, read as another class."""
    exact = _IDENT.fullmatch(row["claim"])
    return (exact["document"], exact["trigger"], exact["nth"]) if exact else row["claim"]


def _same_words(row: Row) -> object:
    """The same sentence of a document whose text is another one now."""
    return row.get("document"), _sentence(row), row.get("trigger"), row.get("what")


_KEYS: tuple[Callable[[Row], object], ...] = (_same_place, _same_trigger, _same_words)


def _pair(
    before: list[dict[str, Any]], after: list[dict[str, Any]], key: Callable[[Row], object], pairs: dict[int, int]
) -> None:
    """Add to ``pairs`` (new place -> old place) those that the key brings together, each once, in order."""
    taken = set(pairs.values())
    waiting: dict[object, list[int]] = {}
    for n, row in enumerate(before):
        if n not in taken:
            waiting.setdefault(key(row), []).append(n)
    for n, row in enumerate(after):
        if n not in pairs and (there := waiting.get(key(row))):
            pairs[n] = there.pop(0)


def _change(before: list[dict[str, Any]], row: Row, old: int | None) -> Change | None:
    where = _text(row, "document"), _text(row, "label"), _sentence(row)
    if old is None:
        return Change("new", *where, ())
    fields = tuple(_differing(before[old], row))
    return Change("changed", *where, fields) if fields else None


def _differing(old: Row, new: Row) -> Iterator[tuple[str, str, str]]:
    for field in FIELDS:
        if _text(old, field) != _text(new, field):
            yield field, _text(old, field), _text(new, field)


def _text(row: Row, field: str) -> str:
    return str(row.get(field, ""))


def _sentence(row: Row) -> str:
    return " ".join(_text(row, "sentence").split())
