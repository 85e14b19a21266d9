"""What the inputs name: files, folders, globs, web addresses, standard input."""

from __future__ import annotations

import glob
import itertools
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from kg.acquire import media, web
from kg.errors import InputError

STDIN = "-"


class Source(NamedTuple):
    """One thing to open: where it is, as the user wrote it, and the id of its document."""

    path: Path | None  # None: standard input, or the address
    name: str
    stem: str
    address: str | None = None


def sources(inputs: Sequence[str]) -> Iterator[Source]:
    """Every source that the inputs name, in their order; folders by name.

    Raises ``InputError`` at once if an input does not exist, or holds nothing that can be read.
    """
    if not inputs:
        raise InputError("There is nothing to read: name a file, a folder, an address, or - for standard input.")
    if list(inputs).count(STDIN) > 1:
        raise InputError("Standard input (-) is given twice, but can be read only once: leave one out.")
    return itertools.chain.from_iterable([_checked(name) for name in inputs])


def _checked(name: str) -> Iterator[Source]:
    """The sources that an input names; at least one, or ``InputError``."""
    found = _named(name)
    first = next(found, None)
    if first is None:
        raise InputError(
            f"{_shown(name)}: there is no file in it that can be read ({media.suffixes()}); name a file to read."
        )
    return itertools.chain([first], found)


def _named(name: str) -> Iterator[Source]:
    if name == STDIN:
        return iter([Source(None, "standard input", "stdin")])
    if web.is_address(name):
        address = web.checked(name)
        return iter([Source(None, address, address, address)])
    path = Path(name)
    if path.is_dir():
        return _in_folder(path, path)
    return iter([_file(path)]) if os.path.lexists(path) else _globbed(name)


def _globbed(pattern: str) -> Iterator[Source]:
    if not glob.has_magic(pattern):
        raise InputError(f"{_shown(pattern)}: there is no such file or folder; check its name.")
    found = [Path(match) for match in sorted(glob.glob(pattern, recursive=True))]
    if not found:
        raise InputError(f"{_shown(pattern)}: no file matches; check the pattern.")
    for path in found:
        if path.is_dir():
            yield from () if "**" in pattern else _in_folder(path, path)
        else:
            yield _file(path)


def _in_folder(folder: Path, top: Path) -> Iterator[Source]:
    """The files that a folder holds, by name; hidden ones and folders behind links are passed over."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        raise InputError(f"{_shown(folder)}: the folder cannot be opened ({error.strerror}).") from error
    for entry in entries:
        path = Path(entry.path)
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _in_folder(path, top)
        elif media.of_name(path.name)[0] and not entry.is_dir():
            yield Source(path, _shown(path), _shown(media.stem(path.relative_to(top)).as_posix()))


def _file(path: Path) -> Source:
    return Source(path, _shown(path), _shown(media.stem(path).name))


def _shown(name: object) -> str:
    """A name that can be printed and stored: bytes that are not UTF-8 come out as ``\\udcXX``."""
    return str(name).encode("utf-8", "backslashreplace").decode("utf-8")
