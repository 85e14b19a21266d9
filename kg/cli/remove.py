"""``kg remove``: documents out of a store."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli import printing


def remove(
    documents: Annotated[list[str], typer.Argument(metavar="DOCUMENT...", help="Their ids, or their keys.")],
    store: Annotated[Path, typer.Option("--store", metavar="DIR", help="The store to take them out of.")],
) -> None:
    """Take documents out of a store, with all that rests on them alone."""
    from kg import archive
    from kg.scale import store as stores

    with stores.opened(store, write=True, make=False) as opened:
        for name in archive.remove(opened, documents):
            print(printing.printable(f"Removed: {name}"))
        archive.refresh_as_before(opened)
