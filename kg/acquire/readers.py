"""Files, folders, globs, standard input and JSON lines into Documents, one at a time.

What can be read becomes a ``Document``; what cannot becomes a ``Failure`` with a sentence
for its owner, and the rest goes on. Only an input that names nothing is an error at once.
"""

from __future__ import annotations

import datetime
import glob
import io
import itertools
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO, NamedTuple

from kg.acquire import documents, rows
from kg.acquire.documents import Refused, too_large
from kg.errors import InputError
from kg.model import Document, Failure

MAX_CHARS = 2_000_000
_ROWS = (".jsonl", ".ndjson")
_IN_FOLDERS = (".txt", *_ROWS)
_STDIN = "-"
#: How long a row may be, in bytes, for each character that its text may have: JSON writes
#: a character beyond the basic plane as twelve.
_BYTES_A_CHAR = 12
_BOM = b"\xef\xbb\xbf"
#: How files begin that people take for text, in lower case.
_FORMATS = (
    ((b"%pdf",), "a PDF file"),
    ((b"\x1f\x8b",), "a gzip file"),
    ((b"pk\x03\x04",), "a zip or office file"),
    ((b"\xff\xfe", b"\xfe\xff"), "UTF-16"),
    ((b"<!doctype html", b"<html", b"<?xml", b"\xef\xbb\xbf<"), "a page of HTML or XML"),
)

Finish = Callable[[Document], Document]


class _Source(NamedTuple):
    """One thing to open: where it is, as the user wrote it, and the id of its document."""

    path: Path | None  # None: standard input
    name: str
    stem: str


def read(
    inputs: Sequence[str],
    *,
    date: datetime.date | None = None,
    stdin: BinaryIO | None = None,
    max_chars: int = MAX_CHARS,
) -> Iterator[Document | Failure]:
    """Every document of the inputs, in their order; folders by name.

    ``inputs`` are files (text, or JSON lines if they end in .jsonl), folders, globs, or ``-``
    for ``stdin``. ``date`` is the publication date of documents that give none themselves: a row's
    ``date`` outranks the date that a text opens with, and that one outranks ``date``. The id
    of a file is its name without the suffix, from the folder down if a folder was given; of
    a row, its ``id`` or ``STEM:LINE``.

    Raises ``InputError`` before anything is read if an input does not exist or holds no file.
    """
    if not inputs:
        raise InputError("There is nothing to read: name a file, a folder, or - for standard input.")
    if list(inputs).count(_STDIN) > 1:
        raise InputError("Standard input (-) is given twice, but can be read only once: leave one out.")
    sources = itertools.chain.from_iterable([_checked(name) for name in inputs])
    stream = stdin or sys.stdin.buffer
    finish = partial(documents.finish, date=date, max_chars=max_chars)
    return _without_repeats(item for source in sources for item in _open(source, stream, finish, max_chars))


# -- what the inputs name ------------------------------------------------------------------


def _checked(name: str) -> Iterator[_Source]:
    """The sources that an input names; at least one, or ``InputError``."""
    found = _named(name)
    first = next(found, None)
    if first is None:
        raise InputError(f"{_shown(name)}: there is no {' or '.join(_IN_FOLDERS)} file in it; name a file to read.")
    return itertools.chain([first], found)


def _named(name: str) -> Iterator[_Source]:
    if name == _STDIN:
        return iter([_Source(None, "standard input", "stdin")])
    path = Path(name)
    if path.is_dir():
        return _in_folder(path, path)
    return iter([_file(path)]) if os.path.lexists(path) else _globbed(name)


def _globbed(pattern: str) -> Iterator[_Source]:
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


def _in_folder(folder: Path, top: Path) -> Iterator[_Source]:
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
        elif path.suffix.lower() in _IN_FOLDERS:
            yield _Source(path, _shown(path), _shown(path.relative_to(top).with_suffix("").as_posix()))


def _file(path: Path) -> _Source:
    return _Source(path, _shown(path), _shown(path.stem))


def _shown(name: object) -> str:
    """A name that can be printed and stored: bytes that are not UTF-8 come out as ``\\udcXX``."""
    return str(name).encode("utf-8", "backslashreplace").decode("utf-8")


# -- one source after the other ------------------------------------------------------------


def _open(source: _Source, stdin: BinaryIO, finish: Finish, max_chars: int) -> Iterator[Document | Failure]:
    if source.path is None:
        yield from _from_stream(source, stdin, finish, max_chars)
        return
    try:
        if not stat.S_ISREG(source.path.stat().st_mode):
            yield Failure(source.name, "this is not an ordinary file; pipe it in and read it with -.")
            return
        with source.path.open("rb") as stream:
            if source.path.suffix.lower() in _ROWS:
                yield from _rows(source, stream, finish, max_chars)
            else:
                yield _text(source, stream, finish, max_chars)
    except OSError as error:
        yield Failure(source.name, f"the file cannot be read ({error.strerror}); check it and its permissions.")


def _from_stream(source: _Source, stream: BinaryIO, finish: Finish, max_chars: int) -> Iterator[Document | Failure]:
    """Standard input: JSON lines if it opens with a brace, else one text."""
    head = stream.readline(_BYTES_A_CHAR * max_chars)
    whole = _Chained(head, stream)
    if head.removeprefix(_BOM).lstrip().startswith(b"{"):
        yield from _rows(source, whole, finish, max_chars)
    else:
        yield _text(source, whole, finish, max_chars)


def _rows(source: _Source, stream: rows.Lines, finish: Finish, max_chars: int) -> Iterator[Document | Failure]:
    return rows.read(stream, source.name, source.stem, finish=finish, max_bytes=_BYTES_A_CHAR * max_chars)


class _Chained(io.RawIOBase):
    """What was already taken from a stream, and then the rest of it."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = io.BytesIO(head)
        self._rest = rest

    def read(self, size: int = -1) -> bytes:
        have = self._head.read(size)
        return have + (self._rest.read(size - len(have)) if size >= 0 else self._rest.read())

    def readline(self, size: int | None = -1) -> bytes:
        limit = -1 if size is None else size
        return self._head.readline(limit) or self._rest.readline(limit)


def _text(source: _Source, stream: BinaryIO | _Chained, finish: Finish, max_chars: int) -> Document | Failure:
    data = stream.read(4 * max_chars + 4)
    try:
        return finish(Document(id=source.stem, text=_decoded(data, max_chars)))
    except Refused as error:
        return Failure(source.name, str(error))


def _decoded(data: bytes, max_chars: int) -> str:
    if not data.removeprefix(_BOM).strip():
        raise Refused("the file is empty; give it a text or leave it out.")
    for begins, what in _FORMATS:
        if data[:200].lstrip().lower().startswith(begins):
            raise Refused(f"this is {what}, not plain text; save its text as a .txt file in UTF-8.")
    if b"\0" in data:
        raise Refused("this is a binary file, not text; leave it out.")
    if len(data) > 4 * max_chars:
        raise Refused(too_large(max_chars))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Refused(f"line {line} is not UTF-8 text; save the file as UTF-8.") from error


def _without_repeats(items: Iterable[Document | Failure]) -> Iterator[Document | Failure]:
    """A document that came before, with the same id and the same text, is a failure the second time."""
    seen: set[str] = set()
    for item in items:
        if isinstance(item, Document):
            if item.key in seen:
                yield Failure(item.id, "it is a duplicate: the same id and text came before; leave one out.")
                continue
            seen.add(item.key)
        yield item
