"""Files that are either whole or not there: written beside their place, then moved into it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from kg.errors import OutputError


def check_folder(folder: Path) -> None:
    """Raise ``OutputError`` if it can be known beforehand that the folder cannot be written to."""
    nearest = folder
    while not nearest.exists() and nearest != nearest.parent:
        nearest = nearest.parent
    if not nearest.is_dir():
        raise OutputError(f"{nearest}: this is a file, not a folder; choose another place with -o.")
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise OutputError(f"{nearest}: this folder cannot be written to; choose another place with -o.")


def write_all(folder: Path, contents: Mapping[str, str]) -> list[Path]:
    """Write each name's text into ``folder``, which is made if need be; return their paths.

    All are written out in full before the first one takes its place, so that a full disk or a
    killed process leaves what was there before. Raises ``OutputError``.
    """
    with _told(folder):
        folder.mkdir(parents=True, exist_ok=True)
        staged: list[tuple[Path, Path]] = []
        try:
            for name, text in contents.items():
                staged.append((_stage(folder, name, [text]), folder / name))
            for temporary, place in staged:
                os.replace(temporary, place)
        finally:
            for temporary, _ in staged:
                temporary.unlink(missing_ok=True)
    return [place for _, place in staged]


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write lines into a file as they come; the file takes its place after the last one.

    Raises ``OutputError``; what ``lines`` raises passes through, and nothing is written then.
    """
    with _told(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            raise OutputError(f"{path}: this is a folder; name a file to write to.")
    temporary = _stage(path.parent, path.name, (line + "\n" for line in lines))
    with _told(path):
        os.replace(temporary, path)


def _stage(folder: Path, name: str, chunks: Iterable[str]) -> Path:
    """The chunks in a new file of the folder, on the disk when this returns."""
    with _told(folder):
        handle, path = tempfile.mkstemp(dir=folder, prefix=f".{name}.", suffix=".part")
    try:
        with open(handle, "w", encoding="utf-8", newline="\n") as file:
            for chunk in chunks:
                with _told(folder / name):
                    file.write(chunk)
            with _told(folder / name):
                file.flush()
                os.fsync(handle)
                os.fchmod(handle, 0o666 & ~_umask())
    except BaseException:
        Path(path).unlink(missing_ok=True)
        raise
    return Path(path)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@contextmanager
def _told(place: Path) -> Iterator[None]:
    """An ``OSError`` as a sentence that names the place."""
    try:
        yield
    except OSError as error:
        raise OutputError(f"{place}: cannot be written ({error.strerror}); choose another place with -o.") from error
