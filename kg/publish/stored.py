"""The graph as an Oxigraph store on the disk, for graphs that are too large to be read in for each question.

A folder has one version of it in use, which the file ``current`` names; a new one is made beside it.
"""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import pyoxigraph as ox

from kg.errors import InputError, OutputError
from kg.publish import files, quads, statements

if TYPE_CHECKING:
    from kg.publish.formats import Options

_CURRENT = "current"


def write(graph: nx.MultiDiGraph, folder: Path, version: str, options: Options) -> None:
    """Put the graph's statements into ``folder``, as that version and in the place of any other.

    They are in the default graph, as Turtle has them. Killed at any point, the version before is still in
    use. Raises ``OutputError``.
    """
    part = folder / f".{version}.part"
    try:
        for rest in (part, folder / version):
            shutil.rmtree(rest, ignore_errors=True)
        part.mkdir(parents=True)
        store = ox.Store(str(part))
        said = statements.statements(graph, base=options.base, text=options.text, classes=options.classes)
        lines = quads.nquads((each._replace(document=None) for each in said), base=options.base)
        store.bulk_load(io.BufferedReader(_Pieces(lines)), format=ox.RdfFormat.N_TRIPLES)
        store.flush()
        del store  # closes it
        os.replace(part, folder / version)
        files.write_all(folder, {_CURRENT: version})
        for other in folder.iterdir():
            if other.is_dir() and other.name != version:
                shutil.rmtree(other, ignore_errors=True)
    except OSError as error:
        raise OutputError(f"{folder}: the graph cannot be written ({error.strerror or error}).") from error


def current(folder: Path) -> str | None:
    """The version that is in use, if there is one."""
    try:
        version = (folder / _CURRENT).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    return version if version.isalnum() and (folder / version).is_dir() else None


def load(folder: Path) -> ox.Store:
    """The graph that is in the folder, to be asked and nothing else. Raises ``InputError``."""
    try:
        return ox.Store.read_only(str(place(folder)))
    except OSError as error:
        raise InputError(f"{folder}: the graph cannot be opened ({error}); build it anew with kg build.") from error


def place(folder: Path) -> Path:
    """The folder of the version that is in use. Raises ``InputError`` if there is none."""
    version = current(folder)
    if version is None:
        raise InputError(f"{folder}: there is no graph here; make one with kg build --store.")
    return folder / version


class _Pieces(io.RawIOBase):
    """Pieces of text that are made as they are read, as a file."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self._pieces: Iterator[str] = iter(pieces)
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        view = memoryview(buffer)
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = piece.encode("utf-8")
        size = min(len(view), len(self._rest))
        view[:size], self._rest = self._rest[:size], self._rest[size:]
        return size
