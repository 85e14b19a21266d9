"""Reading for a command: what could be read goes on, what could not is told at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import typer

from kg.cli import options, printing
from kg.errors import InputError

if TYPE_CHECKING:
    import datetime
    from pathlib import Path

    from kg.model import Failure, Reading
    from kg.pipeline import Setup

#: Exit status: some documents failed and the rest are done.
SOME_FAILED = 1


def setup(
    model: str | None,
    rules: Path | None,
    names: Path | None,
    max_seconds: float,
    mentions: str | None = None,
    claims: str | None = None,
) -> Setup:
    """What documents are read with, as the options say."""
    from kg.annotate.language import DEFAULT_MODEL
    from kg.pipeline import Setup

    return Setup(model or DEFAULT_MODEL, rules, names, max_seconds or None, mentions, claims)


def check(inputs: Sequence[str]) -> None:
    """Raises ``InputError`` if there are none."""
    if not inputs:
        raise InputError("There is nothing to read: name a file, a folder, a web address, or - for standard input.")


def readings(
    inputs: Sequence[str],
    day: datetime.date | None,
    failures: list[Failure],
    *,
    model: str | None,
    rules: Path | None,
    names: Path | None,
    mentions: str | None = None,
    claims: str | None = None,
    jobs: int = 1,
    max_seconds: float = 0,
    kind: str | None = None,
    max_chars: int = options.CHARS,
    allow_private: bool = False,
) -> Iterator[Reading]:
    """What could be read; what could not is added to ``failures``. ``InputError`` if nothing could."""
    from kg import api

    check(inputs)
    items = api.read(
        inputs,
        date=day,
        model=model,
        rules=rules,
        names=names,
        mentions=mentions,
        claims=claims,
        jobs=options.jobs(jobs),
        max_seconds=max_seconds or None,
        kind=kind,
        max_chars=max_chars,
        allow_private=allow_private,
    )
    yield from good(items, failures)


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
