"""How many documents the inputs hold, as far as it can be known without reading them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kg.acquire import inputs, media, web

_ONE_A_FILE = frozenset({"text", "html", "pdf"})
_CHUNK = 1 << 20


def count(names: Sequence[str]) -> int | None:
    """The number of documents, blank rows and those that cannot be read included; ``None`` if it cannot be known.

    Raises ``InputError`` like ``kg.acquire.readers.read``.
    """
    if inputs.STDIN in names or any(map(web.is_address, names)):
        return None
    total = 0
    for source in inputs.sources(names):
        kind, packed = media.of_name(source.path.name) if source.path else (None, False)
        if kind in _ONE_A_FILE:
            total += 1
        elif kind == "rows" and not packed and source.path and source.path.is_file():
            total += _lines(source.path)
        else:
            return None
    return total


def _lines(path: Path) -> int:
    found, last = 0, b"\n"
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                found += chunk.count(b"\n")
                last = chunk
    except OSError:
        return 1  # the failure that it will be
    return found + (not last.endswith(b"\n"))
