"""``kg status``: what is in a store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import printing

if TYPE_CHECKING:
    from kg.archive import Status

_UNITS = ("bytes", "KB", "MB", "GB", "TB")


def status(store: Annotated[Path, typer.Argument(metavar="DIR", help="What kg build --store was given.")]) -> None:
    """Say what is in a store: documents, sentences, claims, what is stale, how large it is, the last run."""
    from kg import archive

    found = archive.status(store)
    rows = (
        ("documents", f"{found.counts.documents:,}"),
        ("sentences", f"{found.counts.sentences:,}"),
        ("claims", f"{found.counts.claims:,}"),
        ("rules", found.version or "none yet"),
        ("stale", f"{found.stale:,}" + (" (the next kg build --store reads them again)" if found.stale else "")),
        ("graph", "up to date" if found.current else "not that of the documents; kg build --store makes it anew"),
        ("size", _size(found.counts.size)),
        ("last run", _run(found)),
    )
    for name, value in rows:
        print(f"{name:<11}{value}")
    for failure in found.failures:
        print(printing.printable(f"not read   {failure.document}: {failure.message}"))


def _run(found: Status) -> str:
    if found.begun is None:
        return "none yet"
    return f"{found.begun} to {found.ended}" if found.ended else f"{found.begun}, and it did not come to its end"


def _size(count: float) -> str:
    for unit in _UNITS[:-1]:
        if count < 1000:
            return f"{count:.0f} {unit}" if unit == "bytes" else f"{count:.1f} {unit}"
        count /= 1000
    return f"{count:.1f} {_UNITS[-1]}"
