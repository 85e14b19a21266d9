"""Whatever the inputs name into Documents, one at a time.

What can be read becomes a ``Document``; what cannot becomes a ``Failure`` with a sentence
for its owner, and the rest goes on. Only an input that names nothing is an error at once.
"""

from __future__ import annotations

import datetime
import io
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from kg.acquire import apart, charsets, documents, feeds, inputs, media, page_metadata, rows, unpacked, warcs, web
from kg.acquire.apart import Extract, What
from kg.acquire.documents import Finish, Found, Refused, too_large, too_many_bytes
from kg.acquire.inputs import Source
from kg.acquire.limits import DEFAULT, Limits
from kg.model import Document, Failure

#: How far into a stream is looked to tell what it is.
_HEAD = 4_096

Items = Iterator[Document | Failure]


class _Means(NamedTuple):
    """What every reader is given besides its stream."""

    finish: Finish
    extract: Extract
    limits: Limits
    kind: str | None  # as the user says


class _Opened(NamedTuple):
    """A stream and what is known of it; ``declared`` is the charset that a server gave."""

    source: Source
    stream: BinaryIO
    declared: str | None = None


def read(
    names: Sequence[str],
    *,
    date: datetime.date | None = None,
    stdin: BinaryIO | None = None,
    kind: str | None = None,
    limits: Limits = DEFAULT,
) -> Items:
    """Every document of the inputs, in their order; folders by name.

    ``names`` are files (of the kinds in ``media``, also packed with gzip), folders, globs, web addresses, or
    ``-`` for ``stdin``. ``date`` is the publication date of documents that give none themselves: what a row, a
    page or a feed states outranks the date that a text opens with, and that one outranks ``date``. ``kind``
    is what all inputs are, whatever they are called. The id of a file is its name without the suffix, from
    the folder down if a folder was given; of a row or item, its own or ``STEM:NUMBER``.

    Raises ``InputError`` before anything is read if an input does not exist or holds no file.
    """
    sources = inputs.sources(names)
    chosen = media.known(kind) if kind else None
    return _without_repeats(_each(sources, stdin or sys.stdin.buffer, date, chosen, limits))


def _each(
    sources: Iterable[Source], stdin: BinaryIO, date: datetime.date | None, kind: str | None, limits: Limits
) -> Items:
    finish = partial(documents.finish, date=date, max_chars=limits.max_chars)
    with apart.extractor(limits) as extract:
        means = _Means(finish, extract, limits, kind)
        for source in sources:
            try:
                yield from _open(source, stdin, means)
            except Refused as error:
                yield Failure(source.name, str(error))


# -- opening -------------------------------------------------------------------------------


def _open(source: Source, stdin: BinaryIO, means: _Means) -> Items:
    if source.address is not None:
        yield from _fetched(source, source.address, means)
    elif source.path is None:
        yield from _read(_Opened(source, stdin), None, packed=False, means=means)
    else:
        yield from _from_file(source, source.path, means)


def _from_file(source: Source, path: Path, means: _Means) -> Items:
    try:
        # a pipe without a writer would keep the opener waiting
        with open(path, "rb", opener=lambda name, flags: os.open(name, flags | getattr(os, "O_NONBLOCK", 0))) as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                raise Refused(_NO_FILE)
            kind, packed = media.of_name(path.name)
            yield from _read(_Opened(source, stream), kind, packed=packed, means=means)
    except OSError as error:
        if path.is_dir() or path.is_fifo() or path.is_socket():
            raise Refused(_NO_FILE) from error
        raise Refused(f"the file cannot be read ({error.strerror}); check it and its permissions.") from error


_NO_FILE = "this is not an ordinary file; pipe it in and read it with -."


def _fetched(source: Source, address: str, means: _Means) -> Items:
    page = web.fetch(address, means.limits)
    kind, packed = media.of_name(page.path)
    opened = _Opened(source._replace(address=page.address), io.BytesIO(page.data), page.charset)
    yield from _read(opened, page.kind or kind, packed=packed and page.data.startswith(b"\x1f\x8b"), means=means)


def _read(opened: _Opened, kind: str | None, *, packed: bool, means: _Means) -> Items:
    """What the stream holds: by what the user says, else its name or server, else how it begins."""
    source, stream, declared = opened
    head, whole = _peeked(stream)
    if packed or (means.kind and head.startswith(b"\x1f\x8b")):
        head, whole = _peeked(unpacked.unpack(whole))
    if len(head) < _HEAD and not head.removeprefix(b"\xef\xbb\xbf").strip():
        raise Refused("the file is empty; give it a text or leave it out.")
    chosen = means.kind or kind or media.by_head(head)
    media.check(chosen, head, named=means.kind is not None)
    yield from _READERS[chosen](_Opened(source, whole, declared), means)


def _peeked(stream: BinaryIO) -> tuple[bytes, BinaryIO]:
    """How a stream begins, to its first line with something in it, and the whole of it again."""
    head = b""
    while len(head) < _HEAD and not head.strip() and (line := stream.readline(_HEAD)):
        head += line
    return head, cast(BinaryIO, _Chained(head, stream))


class _Chained(io.RawIOBase):
    """What was already taken from a stream, and then the rest of it."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = io.BytesIO(head)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        have = self._head.read(size)
        return have + (self._rest.read(size - len(have)) if size >= 0 else self._rest.read())

    def readline(self, size: int | None = -1) -> bytes:
        limit = -1 if size is None else size
        have = self._head.readline(limit)
        if have.endswith(b"\n") or len(have) == limit:
            return have
        return have + self._rest.readline(limit - len(have) if limit >= 0 else -1)


# -- a reader a kind -----------------------------------------------------------------------


def _text(opened: _Opened, means: _Means) -> Items:
    limit = means.limits.text_bytes
    data = opened.stream.read(limit + 5)  # a byte-order mark of four, and one too many
    if b"\0" in data and not charsets.mark(data):
        raise Refused("this is a binary file, not text; leave it out.")
    if len(data) > limit + 4:
        raise Refused(too_large(means.limits.max_chars))
    text = charsets.plain(data, opened.declared)
    yield means.finish(Document(id=opened.source.stem, text=text, url=opened.source.address))


def _rows(opened: _Opened, means: _Means) -> Items:
    source = opened.source
    return rows.read(
        opened.stream,
        source.name,
        source.stem,
        finish=means.finish,
        extract=means.extract,
        max_bytes=means.limits.row_bytes,
    )


def _html(opened: _Opened, means: _Means) -> Items:
    yield from _apart("html", opened, means, means.limits.page_bytes)


def _pdf(opened: _Opened, means: _Means) -> Items:
    yield from _apart("pdf", opened, means, means.limits.pdf_bytes)


def _apart(what: What, opened: _Opened, means: _Means, limit: int) -> Items:
    data = opened.stream.read(limit + 1)
    if len(data) > limit:
        raise Refused(too_many_bytes(limit))
    found: Found = means.extract(what, data, opened.declared)
    url = page_metadata.settled(found.url, opened.source.address)
    yield means.finish(found._replace(url=url).document(opened.source.stem))


def _feed(opened: _Opened, means: _Means) -> Items:
    source = opened.source
    stream = _Capped(opened.stream, means.limits.pdf_bytes)
    yield from feeds.read(cast(BinaryIO, stream), source.name, source.stem, finish=means.finish, extract=means.extract)


class _Capped(io.RawIOBase):
    """A stream that refuses to give more than so many bytes: what XML keeps in memory grows with it."""

    def __init__(self, stream: BinaryIO, limit: int) -> None:
        self._stream = stream
        self._limit = limit
        self._left = limit

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._left -= len(data)
        if self._left < 0:
            raise Refused(too_many_bytes(self._limit, "the feed"))
        return data


def _warc(opened: _Opened, means: _Means) -> Items:
    source = opened.source
    return warcs.read(
        opened.stream,
        source.name,
        source.stem,
        finish=means.finish,
        extract=means.extract,
        limits=means.limits,
    )


_READERS: dict[str, Callable[[_Opened, _Means], Items]] = {
    "text": _text,
    "rows": _rows,
    "html": _html,
    "pdf": _pdf,
    "feed": _feed,
    "warc": _warc,
}


# -- all together --------------------------------------------------------------------------


def _without_repeats(items: Iterable[Document | Failure]) -> Items:
    """A document that came before, with the same id and the same text, is a failure the second time."""
    seen: set[str] = set()
    for item in items:
        if isinstance(item, Document):
            if item.key in seen:
                yield Failure(item.id, "it is a duplicate: the same id and text came before; leave one out.")
                continue
            seen.add(item.key)
        yield item
