"""Reading for a command: what could be read goes on, what could not is told at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

from kg.cli import options, printing
from kg.errors import InputError

if TYPE_CHECKING:
    import datetime
    from pathlib import Path

    from kg.acquire.limits import Limits
    from kg.model import Failure, Reading
    from kg.pipeline import Item, Setup

#: Exit status: some documents failed and the rest are done.
SOME_FAILED = 1


@dataclass(frozen=True, slots=True)
class Corpus:
    """What a command is to read, and with what: the inputs as they were named, the day of publication where they
    give none, what kind they are if that is said, what one document may cost, and what it is read with."""

    inputs: Sequence[str]
    day: datetime.date | None
    kind: str | None
    limits: Limits
    setup: Setup

    def documents(self) -> Iterator[Item]:
        """The documents, and those that cannot be taken in as their failures; none if no input is named."""
        from kg.acquire import readers

        return readers.read(self.inputs, date=self.day, kind=self.kind, limits=self.limits) if self.inputs else iter(())

    def readings(self, failures: list[Failure], *, jobs: int = 1) -> Iterator[Reading]:
        """What could be read; what could not is added to ``failures``. ``InputError`` if nothing could."""
        from kg import pipeline

        self.check()
        yield from good(pipeline.read(self.documents(), self.setup, jobs=options.jobs(jobs)), failures)

    def check(self) -> None:
        """Raises ``InputError`` if there is no input."""
        if not self.inputs:
            raise InputError("There is nothing to read: name a file, a folder, a web address, or - for standard input.")


def corpus(
    inputs: Sequence[str] | None,
    date: str | None,
    *,
    model: str | None,
    rules: Path | None,
    names: Path | None,
    mentions: str | None,
    claims: str | None,
    kind: str | None,
    max_seconds: float,
    max_chars: int,
    allow_private: bool,
) -> Corpus:
    """The corpus as the options say."""
    day = options.day(date)
    from kg.acquire.limits import Limits
    from kg.annotate.language import DEFAULT_MODEL
    from kg.pipeline import Setup

    seconds = max_seconds or None
    limits = Limits(max_chars, seconds, allow_private)
    return Corpus(
        inputs or (), day, kind, limits, Setup(model or DEFAULT_MODEL, rules, names, seconds, mentions, claims)
    )


def good(items: Iterable[Reading | Failure], failures: list[Failure]) -> Iterator[Reading]:
    """The same of what comes from elsewhere."""
    from kg.model import Failure

    read = 0
    for item in items:
        if isinstance(item, Failure):
            failures.append(item)
        else:
            read += 1
            yield item
    if not read:
        raise nothing_read(failures)


def nothing_read(failures: Iterable[Failure]) -> InputError:
    return InputError("\n".join([*_told(failures), "Nothing could be read."]))


def _told(failures: Iterable[Failure]) -> list[str]:
    return [f"{failure.document}: {failure.message}" for failure in failures]


def finish(failures: Sequence[Failure], faults: Sequence[Failure] = ()) -> None:
    """Say what failed, and leave with the status that tells so; ``faults`` are those of plug-ins."""
    if failures:
        some = "1 document" if len(failures) == 1 else f"{len(failures)} documents"
        printing.complain("\n".join([f"{some} could not be read; the rest is done:", *_told(failures)]))
    printing.complain_each(_told(faults))
    if failures or faults:
        raise typer.Exit(SOME_FAILED)
