"""The kinds of files that can be read: by their suffix, by the type that a server gives, by how they begin."""

from __future__ import annotations

import codecs
import re
from email.message import Message
from pathlib import PurePath

from kg.acquire.documents import Refused
from kg.errors import InputError

#: Each kind, with its suffixes and what a server calls it.
_KINDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "text": ((".txt",), ("text/plain",)),
    "rows": (
        (".jsonl", ".ndjson"),
        ("application/json", "application/jsonl", "application/x-ndjson", "application/jsonlines"),
    ),
    "html": ((".html", ".htm", ".xhtml"), ("text/html", "application/xhtml+xml")),
    "pdf": ((".pdf",), ("application/pdf", "application/x-pdf")),
    "feed": (
        (".rss", ".atom", ".xml"),
        ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml"),
    ),
    "warc": ((".warc",), ("application/warc",)),
}
KINDS = tuple(_KINDS)
_OF_SUFFIX = {suffix: kind for kind, (suffixes, _) in _KINDS.items() for suffix in suffixes}
_OF_TYPE = {name: kind for kind, (_, names) in _KINDS.items() for name in names}
_PACKED = ".gz"

#: How files begin, in lower case: what they are then, and the kinds that may begin so.
_HEADS: tuple[tuple[tuple[bytes, ...], str, tuple[str, ...]], ...] = (
    ((b"%pdf-",), "a PDF file", ("pdf",)),
    ((b"\x1f\x8b",), "a gzip file", ()),
    ((b"pk\x03\x04", b"\xd0\xcf\x11\xe0"), "a zip or office file", ()),
    ((b"warc/",), "a web archive (WARC)", ("warc",)),
    ((b"<rss", b"<feed", b"<rdf:rdf"), "a feed (RSS or Atom)", ("feed",)),
    ((b"<!doctype html", b"<html"), "a page of HTML", ("html",)),
    ((b"<?xml",), "XML", ("feed", "html")),
)
#: Kinds that begin in a way of their own, and nothing else is one.
_SELF_EVIDENT = {"pdf": "a PDF file", "warc": "a web archive (WARC)"}
_SHOWN_HEAD = 400


def of_name(name: str) -> tuple[str | None, bool]:
    """The kind that a file's name tells, ``None`` if it tells none, and whether it is packed with gzip.

    >>> of_name("news.jsonl.gz"), of_name("notes.md")
    (('rows', True), (None, False))
    """
    path = PurePath(name.lower())
    packed = path.suffix == _PACKED
    return _OF_SUFFIX.get(PurePath(path.stem).suffix if packed else path.suffix), packed


def stem(path: PurePath) -> PurePath:
    """The path without the suffixes that tell what it is."""
    if path.suffix.lower() == _PACKED and _OF_SUFFIX.get(PurePath(path.stem).suffix.lower()):
        path = path.with_suffix("")
    return path.with_suffix("")


def suffixes() -> str:
    """All suffixes, for a sentence."""
    return ", ".join(_OF_SUFFIX)


def kind(content_type: str) -> tuple[str | None, str | None]:
    """The kind and the charset that a ``Content-Type`` header gives.

    >>> kind('text/html; charset="ISO-8859-1"')
    ('html', 'iso-8859-1')
    """
    message = Message()
    message["Content-Type"] = " ".join(content_type.split())
    charset = message.get_content_charset()
    return _OF_TYPE.get(message.get_content_type() if content_type else ""), charset


def known(kind: str) -> str:
    """The kind, if there is one of that name. Raises ``InputError``."""
    if kind not in _KINDS:
        raise InputError(f"--reader {kind}: there is no such reader; it is one of {', '.join(KINDS)}.")
    return kind


def by_head(head: bytes) -> str:
    """The kind that a file seems to be which says nothing about itself: text, if nothing else."""
    begin = _begin(head)
    for begins, _, kinds in _HEADS:
        if begin.startswith(begins) and kinds:
            return "html" if "html" in kinds and re.search(rb"<html[\s>]", begin) else kinds[0]
    return "rows" if begin.startswith(b"{") else "text"


def check(kind: str, head: bytes, *, named: bool) -> None:
    """That a file begins as its kind does. Raises ``Refused``: it goes by a wrong name."""
    begin = _begin(head)
    for begins, what, kinds in _HEADS:
        if begin.startswith(begins) and kind not in kinds:
            raise Refused(f"this is {what}, not {_article(kind)}; {_advice(kinds, what, named)}")
    if kind in _SELF_EVIDENT and not any(begin.startswith(begins) for begins, _, kinds in _HEADS if kind in kinds):
        raise Refused(f"this is not {_SELF_EVIDENT[kind]}, whatever it is called; give it its own suffix.")


def _advice(kinds: tuple[str, ...], what: str, named: bool) -> str:
    if not kinds:
        packed = what == "a gzip file"
        return "end its name in .gz, or unpack it." if packed else "save its text as a .txt file in UTF-8."
    return (
        f"say --reader {kinds[0]}."
        if named
        else f"give it the suffix {_KINDS[kinds[0]][0][0]}, or say --reader {kinds[0]}."
    )


def _article(kind: str) -> str:
    return {
        "text": "plain text",
        "rows": "JSON lines",
        "html": "a page of HTML",
        "pdf": "a PDF file",
        "feed": "a feed (RSS or Atom)",
        "warc": "a web archive (WARC)",
    }[kind]


def _begin(head: bytes) -> bytes:
    return head[:_SHOWN_HEAD].removeprefix(codecs.BOM_UTF8).lstrip().lower()
