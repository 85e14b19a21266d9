"""What became of the proposals of plug-ins over many documents, and how that is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from kg.model import Failure, PluginKind, Proposals, Reading

Item = TypeVar("Item", bound=Reading | Failure)


@dataclass(slots=True)
class ProposalCount:
    """Adds up what became of proposals, as readings go by; ``faults`` are the documents that a plug-in failed on."""

    kept: Counter[tuple[str, PluginKind]] = field(default_factory=Counter)
    dropped: dict[tuple[str, PluginKind], Counter[str]] = field(default_factory=dict)
    failed: Counter[tuple[str, PluginKind]] = field(default_factory=Counter)
    faults: list[Failure] = field(default_factory=list)

    def counting(self, readings: Iterable[Item]) -> Iterator[Item]:
        """The readings as they are, counted."""
        for reading in readings:
            if isinstance(reading, Reading):
                self.add(reading.document.id, reading.proposals)
            yield reading

    def add(self, document: str, proposals: Iterable[Proposals]) -> None:
        """Count what became of one document's."""
        for each in proposals:
            plugin = (each.plugin, each.kind)
            self.kept[plugin] += each.kept
            self.dropped.setdefault(plugin, Counter()).update(dict(each.dropped))
            if each.fault is not None:
                self.failed[plugin] += 1
                message = f"the plug-in {each.plugin} for {each.kind} failed ({each.fault}); it was read without it."
                self.faults.append(Failure(document, message))

    def total(self) -> list[Proposals]:
        """One sum a plug-in."""
        return [
            Proposals(*plugin, self.kept[plugin], tuple(sorted(dropped.items())), self._failed_on(plugin))
            for plugin, dropped in self.dropped.items()
        ]

    def _failed_on(self, plugin: tuple[str, PluginKind]) -> str | None:
        count = self.failed[plugin]
        return f"failed on {count:,} document{'s' if count > 1 else ''}" if count else None

    def in_words(self) -> list[str]:
        """One sentence a plug-in: how many proposals were taken, and why the others were not."""
        return [_sentence(each) for each in self.total()]


def _sentence(each: Proposals) -> str:
    lost = sum(count for _, count in each.dropped)
    why = "; ".join(f"{count:,} {reason}" for reason, count in each.dropped)
    total = each.kept + lost
    what = each.kind if total != 1 else each.kind.removesuffix("s")
    told = f"Plug-in {each.plugin}: {total:,} {what} proposed, {each.kept:,} taken"
    return f"{told}, {lost:,} dropped ({why})." if lost else f"{told}."
