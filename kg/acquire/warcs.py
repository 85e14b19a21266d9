"""WARC: the pages of HTML and the PDFs among its records into Documents. ``warcio`` is known here alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from kg.acquire import media, page_metadata
from kg.acquire.apart import Extract, What
from kg.acquire.documents import Finish, Refused, too_many_bytes
from kg.acquire.limits import Limits
from kg.model import Document, Failure

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

_LINE = 64 * 1024


def read(
    stream: BinaryIO, name: str, stem: str, *, finish: Finish, extract: Extract, limits: Limits
) -> Iterator[Document | Failure]:
    """Each page's document, or why it has none; its id is the address, or ``STEM:RECORD``.

    Requests, pictures, scripts, redirects and pages that were not found are no documents. Raises
    ``Refused`` where the archive is broken: what came before has been read.
    """
    documents = 0
    for number, record in _records(stream):
        what, charset = _what(record)
        if what is None:
            continue
        documents += 1
        address = page_metadata.web_address(record.rec_headers.get_header("WARC-Target-URI") or "")
        try:
            data = _content(record, limits.pdf_bytes if what == "pdf" else limits.page_bytes)
            found = extract(what, data, charset)
            url = page_metadata.settled(found.url, address)
            yield finish(found._replace(url=url).document(address or f"{stem}:{number}"))
        except Refused as error:
            yield Failure(name, f"record {number}{f' ({address})' if address else ''}: {error}")
    if not documents:
        raise Refused("the archive holds no page of HTML and no PDF; leave it out.")


def _records(stream: BinaryIO) -> Iterator[tuple[int, ArcWarcRecord]]:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.bufferedreaders import DecompressingBufferedReader
    from warcio.exceptions import ArchiveLoadFailed

    class Lines(DecompressingBufferedReader):  # type: ignore[misc]
        """Without it, one header line may be as long as the memory is."""

        def readline(self, length: int | None = None) -> bytes:
            line: bytes = super().readline(min(length or _LINE, _LINE))
            if len(line) > _LINE // 2 and not line.endswith(b"\n"):  # it gives up somewhat before its limit
                raise ArchiveLoadFailed("a header is too long")
            return line

    class Archive(ArchiveIterator):  # type: ignore[misc]
        INC_RECORD = ""  # a sentence for stderr: what is wrong is told by us

        def _next_record(self, next_line: bytes | None) -> ArcWarcRecord:
            try:
                return super()._next_record(next_line)
            except AttributeError as error:  # of the library's: it takes for granted that there is an address
                raise ArchiveLoadFailed("a record has no address") from error

    records = Archive(stream)
    records.reader = Lines(stream)
    number = 0
    try:
        for record in records:
            number += 1
            yield number, record
    except (ArchiveLoadFailed, EOFError, ValueError) as error:
        after = f"after record {number}" if number else "at its head"
        raise Refused(f"the archive is broken {after}; what comes then is not read.") from error


def _what(record: ArcWarcRecord) -> tuple[What | None, str | None]:
    """How the content of a record is taken apart, ``None`` if it is no document, and its charset."""
    if record.rec_type not in ("response", "resource"):
        return None, None
    headers: Any = record.http_headers or record.rec_headers
    if record.http_headers and headers.get_statuscode() != "200":
        return None, None
    kind, charset = media.kind(headers.get_header("Content-Type") or "")
    return ("html" if kind == "html" else "pdf" if kind == "pdf" else None), charset


def _content(record: ArcWarcRecord, limit: int) -> bytes:
    stream = record.content_stream()
    parts: list[bytes] = []
    size = 0
    while size <= limit and (part := stream.read(_LINE)):
        parts.append(part)
        size += len(part)
    if size > limit:
        raise Refused(too_many_bytes(limit, "the page"))
    return b"".join(parts)
