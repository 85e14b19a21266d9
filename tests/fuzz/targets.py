"""What is fuzzed: bytes in; an error that is no ``KgError`` or ``Refused``, or a result that cannot be, is a find.

Each target is a function of bytes, so that atheris, hypothesis and a kept corpus can all feed it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from functools import cache, partial

import pyoxigraph as ox

from kg.acquire import charsets, dates, documents, feeds, furniture, media, rows, unpacked, warcs
from kg.acquire.documents import Found, Refused
from kg.acquire.limits import Limits
from kg.annotate import times
from kg.errors import KgError
from kg.model import Document, Failure
from kg.publish import sparql
from kg.syntax import Parse

Target = Callable[[bytes], None]
LIMITS = Limits(max_chars=20_000, max_seconds=5)


# -- readers -------------------------------------------------------------------------------


def readers(data: bytes) -> None:
    """The first byte says which reader; what it gives is a document that holds together, or a failure."""
    kinds = (_text, _rows, _feed, _warc, _packed, _head)
    with suppress(Refused):
        for item in kinds[data[0] % len(kinds) if data else 0](data[1:]):
            if isinstance(item, Failure):
                assert item.message.endswith(".")
            else:
                assert item.text.strip()
                assert all(0 <= f.span[0] < f.span[1] <= len(item.text) for f in item.furniture)
                item.text.encode("utf-8")


def _fake(what: str, data: bytes, charset: str | None = None, /) -> Found:
    """In the place of the process that takes pages apart: that one is not measured here."""
    return Found(charsets.plain(data, charset)[:1000] or "x")


_finish = partial(documents.finish, date=None, max_chars=LIMITS.max_chars)
_Items = Iterator[Document | Failure]


def _text(data: bytes) -> _Items:
    text = charsets.plain(data, None)
    furniture.find(text)
    dates.leading(text)
    yield _finish(Document("x", text))


def _rows(data: bytes) -> _Items:
    return rows.read(io.BytesIO(data), "x", "x", finish=_finish, extract=_fake, max_bytes=LIMITS.row_bytes)


def _feed(data: bytes) -> _Items:
    return feeds.read(io.BytesIO(data), "x", "x", finish=_finish, extract=_fake)


def _warc(data: bytes) -> _Items:
    return warcs.read(io.BytesIO(data), "x", "x", finish=_finish, extract=_fake, limits=LIMITS)


def _packed(data: bytes) -> _Items:
    return _text(unpacked.unpack(io.BytesIO(data)).read(100_000))


def _head(data: bytes) -> _Items:
    kind = media.by_head(data)
    assert kind in media.KINDS
    with suppress(Refused):
        media.check(kind, data, named=False)
    dates.stated(data.decode("utf-8", "replace"))
    return iter(())


# -- times ---------------------------------------------------------------------------------


def when(data: bytes) -> None:
    """Any words, read as times: spans in the text and in order, days that exist."""
    text = data.decode("utf-8", "ignore")[:2_000]
    for day in (None, date(2199, 12, 31), date(1500, 1, 1)):
        last = 0
        for found in times.find(_flat(text), day):
            begin, end = found.span
            assert last <= begin < end <= len(text)
            last = end
            if found.earliest and found.latest:
                assert found.earliest <= found.latest


def _flat(text: str) -> Parse:
    """The words of a text, and no tree."""
    found = list(re.finditer(r"\d[\d.,:]*\w*|\w+|[^\w\s]", text))
    words = [each.group() for each in found]
    tags = ["CD" if word[0].isdigit() else "NNP" if word[0].isupper() else "NN" for word in words]
    n = len(words)
    lower = [word.lower() for word in words]
    starts, ends = [each.start() for each in found], [each.end() for each in found]
    return Parse(text, words, lower, tags, ["X"] * n, ["dep"] * n, list(range(n)), starts, ends, [(0, n)] if n else [])


# -- queries -------------------------------------------------------------------------------


@cache
def _graph() -> ox.Store:
    return sparql.store('@prefix kg: <https://kg.example/ontology#> . <x:a> a kg:Claim ; kg:cue "said" .')


def queries(data: bytes) -> None:
    """Any text, asked: an answer or a ``QueryError``, and the graph is as before."""
    graph = _graph()
    before = len(graph)
    with suppress(KgError):
        answer = sparql.query(graph, data.decode("utf-8", "ignore")[:2_000], max_rows=100, timeout=5)
        assert len(answer.rows) <= 100
    assert len(graph) == before


TARGETS: dict[str, Target] = {"readers": readers, "times": when, "queries": queries}
