from __future__ import annotations

import io

import pytest

from kg.acquire import pages, warcs
from kg.acquire.documents import Found, Refused
from kg.acquire.limits import DEFAULT, Limits
from kg.model import Document, Failure

STORY = b"<html><body><p>He left on Monday.</p></body></html>"
HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"


def extract(what: str, data: bytes, charset: str | None = None, /) -> Found:
    assert what == "html"
    return pages.extract(data, charset=charset)


def record(content: bytes, kind: str = "response", address: str = "https://post.example/1", **headers: str) -> bytes:
    lines = {
        "WARC-Type": kind,
        "WARC-Target-URI": address,
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": str(len(content)),
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return b"WARC/1.0\r\n" + head.encode() + b"\r\n" + content + b"\r\n\r\n"


def read(data: bytes, limits: Limits = DEFAULT) -> list[Document | Failure | str]:
    """What is read, and at the end the sentence with which the archive is refused, if it is."""
    found: list[Document | Failure | str] = []
    try:
        for item in warcs.read(
            io.BytesIO(data), "a.warc", "a", finish=lambda document: document, extract=extract, limits=limits
        ):
            found.append(item)
    except Refused as error:
        found.append(str(error))
    return found


def test_pages_that_were_found_are_read_and_nothing_else() -> None:
    archive = (
        record(b"software: x\r\n", "warcinfo")
        + record(b"GET / HTTP/1.1\r\n\r\n", "request")
        + record(HTTP.replace(b"200 OK", b"301 Moved") + STORY)
        + record(HTTP.replace(b"text/html", b"image/png") + b"\x89PNG")
        + record(HTTP + STORY)
        + record(STORY, "resource", "https://post.example/2", Content_Type="text/html")
        + record(HTTP + STORY, address="https://post.example/" + "a" * 2_000)
    )
    assert [(d.id, d.url) for d in read(archive) if isinstance(d, Document)] == [
        ("https://post.example/1", "https://post.example/1"),
        ("https://post.example/2", "https://post.example/2"),
        ("a:7", None),
    ]


@pytest.mark.parametrize(
    ("archive", "words"),
    [
        (record(HTTP.replace(b"text/html", b"text/css") + b"x"), "no page of HTML and no PDF"),
        (b"WARC/1.0\r\n", "no page of HTML"),
        (b"WARC/1.0\r\nX: " + b"y" * 100_000, "broken at its head"),
        (b"<html>", "broken at its head"),
    ],
)
def test_an_archive_without_pages_is_refused(archive: bytes, words: str) -> None:
    [said] = read(archive)
    assert isinstance(said, str)
    assert words in said


@pytest.mark.parametrize("tail", [b"NO/WARC\r\n\r\n", b"WARC/1.0\r\nX: " + b"y" * 100_000])
def test_what_came_before_the_break_is_read(tail: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    document, said = read(record(HTTP + STORY) + tail)
    assert isinstance(document, Document)
    assert said == "the archive is broken after record 1; what comes then is not read."
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("length", ["99999999999", "-1", "x"])
def test_a_record_that_lies_about_its_length_does_no_harm(length: str) -> None:
    items = read(record(HTTP + STORY, Content_Length=length))
    assert items
    assert all(not isinstance(item, Document) or item.text.startswith("He left on Monday.") for item in items)


def test_a_page_that_is_too_large_is_a_failure_and_the_rest_is_read() -> None:
    archive = record(HTTP + STORY + b" " * 3_000) + record(HTTP + STORY)
    bad, good = read(archive, Limits(max_chars=100))
    assert bad == Failure(
        "a.warc",
        "record 1 (https://post.example/1): the page is larger than 2,000 bytes; "
        "split it into its articles or raise --max-chars.",
    )
    assert isinstance(good, Document)
