"""Asking a plug-in about one document: whatever it does, it costs its own proposals alone."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from itertools import islice
from typing import Any, Generic, TypeVar

from kg.model import Document, PluginKind, Proposals, Reading, Span
from kg.plugins import ProposedClaim, ProposedMention
from kg.plugins.offered import Plugin, told

#: Runs a piece of work within the limits of a document.
Within = Callable[[Callable[[], list[object]]], list[object]]
Proposed = TypeVar("Proposed", ProposedMention, ProposedClaim)


@dataclass(frozen=True, slots=True)
class Given(Generic[Proposed]):
    """What a plug-in gave for one document: what has the right form, and why the rest has not.

    ``fault`` says why nothing could be had of it at all.
    """

    plugin: str
    kind: PluginKind
    items: tuple[Proposed, ...] = ()
    dropped: tuple[tuple[str, int], ...] = ()
    fault: str | None = None


@dataclass(slots=True)
class Tally:
    """Counts what becomes of proposals: those that are kept, and the others by their reason."""

    kept: int = 0
    dropped: Counter[str] = field(default_factory=Counter)

    def count(self, reason: str | None) -> bool:
        """Whether the proposal is kept: there is no reason against it."""
        if reason is None:
            self.kept += 1
        else:
            self.dropped[reason] += 1
        return reason is None

    def result(self, given: Given[Proposed]) -> Proposals:
        """What became of all that was given."""
        dropped = Counter(dict(given.dropped)) + self.dropped
        return Proposals(given.plugin, given.kind, self.kept, tuple(sorted(dropped.items())), given.fault)


def mentions(plugin: Plugin, within: Within, document: Document, sentences: Sequence[Span]) -> Given[ProposedMention]:
    """The mentions that the plug-in proposes; it runs ``within`` what limits it."""
    return _given(plugin, ProposedMention, lambda: within(lambda: _listed(plugin.find(document, sentences), document)))


def claims(plugin: Plugin, within: Within, reading: Reading) -> Given[ProposedClaim]:
    """The same for claims."""
    return _given(plugin, ProposedClaim, lambda: within(lambda: _listed(plugin.find(reading), reading.document)))


def _given(plugin: Plugin, form: type[Proposed], ask: Callable[[], list[object]]) -> Given[Proposed]:
    try:
        checked = [_checked(item, form) for item in ask()]
    except (Exception, SystemExit) as error:  # noqa: BLE001 - others wrote it: it may raise anything
        return Given(plugin.name, plugin.kind, fault=told(error))
    bad = Counter(each for each in checked if isinstance(each, str))
    good = tuple(each for each in checked if not isinstance(each, str))
    return Given(plugin.name, plugin.kind, good, tuple(sorted(bad.items())))


def _listed(answer: Any, document: Document) -> list[object]:
    most = len(document.text)
    if isinstance(answer, str | bytes | Mapping) or not isinstance(answer, Iterable):
        raise TypeError(f"it gave {type(answer).__name__} and no list of proposals")
    items = list(islice(answer, most + 1))
    if len(items) > most:
        raise ValueError(f"it gave more than {most:,} proposals, which is more than the text has characters")
    return items


def _checked(item: object, form: type[Proposed]) -> Proposed | str:
    """The item as a proposal of that form, or why it is none."""
    import msgspec

    known = {each.name for each in fields(form)}
    given = item
    if is_dataclass(item) and isinstance(item, form):
        given = {name: getattr(item, name) for name in known}
    if not isinstance(given, Mapping):
        return f"no {form.__name__}"
    if set(given) - known:
        return f"a field that {form.__name__} does not have"
    try:
        checked = msgspec.convert(dict(given), form)
    except msgspec.ValidationError as error:
        return f"of the wrong form: {error}"
    trust = checked.score if isinstance(checked, ProposedMention) else checked.confidence
    if not math.isfinite(trust) or not 0 <= trust <= 1:
        return "a score or confidence outside 0 to 1"
    return checked
