from __future__ import annotations

from pathlib import PurePath

import pytest

from kg.acquire import media
from kg.acquire.documents import Refused
from kg.errors import InputError


@pytest.mark.parametrize(
    ("name", "kind", "packed", "stem"),
    [
        ("a.txt", "text", False, "a"),
        ("a.b.TXT", "text", False, "a.b"),
        ("a.HTM", "html", False, "a"),
        ("a.jsonl.gz", "rows", True, "a"),
        ("a.warc.gz", "warc", True, "a"),
        ("a.gz", None, True, "a"),
        ("a.md.gz", None, True, "a.md"),
        ("a.md", None, False, "a"),
        ("a", None, False, "a"),
    ],
)
def test_a_name_tells_the_kind(name: str, kind: str | None, packed: bool, stem: str) -> None:
    assert media.of_name(name) == (kind, packed)
    assert media.stem(PurePath("news") / name) == PurePath("news") / stem


@pytest.mark.parametrize(
    ("header", "kind", "charset"),
    [
        ("text/html", "html", None),
        ("TEXT/HTML;Charset=KOI8-R", "html", "koi8-r"),
        ("application/rss+xml; charset=utf-8", "feed", "utf-8"),
        ("image/png", None, None),
        ("", None, None),
        ("text/html\r\nX: y", None, None),
        (";;;", "text", None),
    ],
)
def test_a_server_tells_the_kind(header: str, kind: str | None, charset: str | None) -> None:
    assert media.kind(header) == (kind, charset)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"WARC/1.0\r\n", "warc"),
        (b"<rss version='2.0'>", "feed"),
        (b"\xef\xbb\xbf\n<?xml version='1.0'?><feed>", "feed"),
        (b"<?xml version='1.0'?><html xmlns='x'>", "html"),
        (b"<!DOCTYPE html>", "html"),
        (b'{"text": ""}', "rows"),
        (b"PK\x03\x04", "text"),
        (b"He left.", "text"),
    ],
)
def test_a_file_without_a_suffix_is_known_by_how_it_begins(head: bytes, kind: str) -> None:
    assert media.by_head(head) == kind


@pytest.mark.parametrize(
    ("kind", "head", "words"),
    [
        ("text", b"%PDF-1.7", r"a PDF file, not plain text; give it the suffix \.pdf"),
        ("html", b"%PDF-1.7", r"a PDF file, not a page of HTML"),
        ("rows", b"\x1f\x8b\x08", r"a gzip file, not JSON lines; end its name in \.gz"),
        ("html", b"PK\x03\x04", r"a zip or office file, .* save its text"),
        ("text", b"<HTML >", r"HTML, not plain text; give it the suffix \.html, or say --reader html"),
        ("text", b"\xef\xbb\xbf <?xml", r"XML, not plain text"),
        ("text", b"WARC/1.0", r"\(WARC\), not plain text"),
        ("pdf", b"He left.", "this is not a PDF file"),
        ("warc", b"<html>", "HTML, not a web archive"),
        ("warc", b"He left.", "this is not a web archive"),
    ],
)
def test_a_file_that_goes_by_a_wrong_name_is_refused(kind: str, head: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        media.check(kind, head, named=False)


def test_who_named_the_reader_is_told_another_one() -> None:
    with pytest.raises(Refused, match=r"not plain text; say --reader pdf\."):
        media.check("text", b"%PDF-1.7", named=True)


@pytest.mark.parametrize(
    ("kind", "head"),
    [("html", b"<!-- x -->"), ("html", b"<?xml"), ("feed", b"<?xml"), ("text", b"{"), ("pdf", b"%PDF-1")],
)
def test_a_file_that_begins_as_its_kind_does_is_right(kind: str, head: bytes) -> None:
    media.check(kind, head, named=False)


def test_a_reader_that_is_not_there_is_an_error() -> None:
    assert media.known("html") == "html"
    with pytest.raises(InputError, match="one of text, rows, html, pdf, feed, warc"):
        media.known("docx")
