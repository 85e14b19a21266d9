"""Writes the attacks of attacks.toml, each by the function that is named there; the text is our own."""

from __future__ import annotations

import gzip
import io
import json
import os
from pathlib import Path

TEXT = "Norland expelled Ana Velho on 3 March 2021, the minister said. Peter Grau denied that he had met her."
MARKUP = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)><!-- ]]> {{7*7}} ${x} </style></title>"


def _rows(path: Path, rows: list[dict[str, object]]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def rows_markup(path: Path) -> None:
    row = {name: MARKUP for name in ("id", "title", "publisher", "author", "url")}
    _rows(path, [{**row, "text": f"{TEXT} “{MARKUP}” said Mina Sol{MARKUP}. {MARKUP} arrested Ivo Ferro."}])


def rows_ids(path: Path) -> None:
    ids = ("../../etc/passwd", "/etc/passwd", "..", ".", "a/b/../../../c", "C:\\CON", "~root", "x\ny", "x" * 5_000)
    _rows(path, [{"id": ident, "text": f"{TEXT} It was case {n}."} for n, ident in enumerate(ids)])


def rows_addresses(path: Path) -> None:
    addresses = (
        "https://x.example/a b", 'https://x.example/"><b>', "https://x.example/\nLocation: y", "https://пример.example/ж",
        "javascript:alert(1)", "file:///etc/passwd", "https://x.example/%zz%00", "//[::1",
    )  # fmt: skip
    _rows(path, [{"id": str(n), "url": url, "text": f"{TEXT} It was {n}."} for n, url in enumerate(addresses)])


def link_to_zero(path: Path) -> None:
    path.symlink_to("/dev/zero")


def pipe(path: Path) -> None:
    os.mkfifo(path)


def _packed(size: int) -> bytes:
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as file:
        for _ in range(size // 1_000_000):
            file.write(b"spam and " * 111_111)
    return packed.getvalue()


def bomb(path: Path) -> None:
    path.write_bytes(_packed(100_000_000))


def bomb_in_bomb(path: Path) -> None:
    path.write_bytes(gzip.compress(_packed(50_000_000), mtime=0))


def cut_gzip(path: Path) -> None:
    path.write_bytes(gzip.compress(os.urandom(100) + TEXT.encode(), mtime=0)[:-40])


def nested_tags(path: Path) -> None:
    path.write_text("<html><body>" + "<div>" * 100_000 + TEXT + "</div>" * 100_000, encoding="utf-8")


def open_tags(path: Path) -> None:
    path.write_text("<html><body>" + "<b><table><a href=x>" * 33_000 + TEXT, encoding="utf-8")


def _feed(head: str, text: str) -> str:
    item = f"<item><title>x</title><description>{text}</description></item>"
    return f'<?xml version="1.0"?>{head}<rss version="2.0"><channel><title>x</title>{item}</channel></rss>'


def billion_laughs(path: Path) -> None:
    grown = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    path.write_text(_feed(f'<!DOCTYPE rss [<!ENTITY l0 "lol">{grown}]>', "&l9;"), encoding="utf-8")


def outside_entity(path: Path) -> None:
    path.write_text(_feed('<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "&x;"), encoding="utf-8")


def page_includes(path: Path) -> None:
    story = "".join(f"<p>{TEXT} The court heard him on Monday, and it was case {n}.</p>" for n in range(4))
    outside = '<iframe src="file:///etc/passwd"></iframe><object data="/etc/passwd"></object><base href="file:///">'
    path.write_text(
        f"<html><head><title>{MARKUP}</title></head><body>{outside}<article>{story}</article></body></html>"
    )


def fifty_megabytes(path: Path) -> None:
    path.write_text(f"{TEXT} " * (50_000_000 // len(TEXT)), encoding="utf-8")


def large_row(path: Path) -> None:
    _rows(path, [{"id": "x", "text": f"{TEXT} " * (50_000_000 // len(TEXT))}])


def nuls(path: Path) -> None:
    path.write_bytes(TEXT.encode() + b"\0\0" + TEXT.encode())


def mixed(path: Path) -> None:
    path.write_bytes("Ana Velho fled to Curaçao.\n".encode() + "Señor Grau stayed in Córdoba.\n".encode("latin-1"))


def overlong(path: Path) -> None:
    path.write_bytes(TEXT.encode() + b" \xc0\xbcscript\xc0\xbe +ADw-script+AD4- ")


def rows_days(path: Path) -> None:
    days = ("0000-01-01", "0001-01-01", "9999-12-31", "10000-01-01", "2021-03-04")
    _rows(path, [{"id": day, "date": day, "text": f"{TEXT} On Monday she fled."} for day in days])


def far_times(path: Path) -> None:
    times = (
        "in the year 0000", "on 31 December 9999", "9,999,999,999 years ago", "in 99999 days", "on 0000-00-00",
        "a million centuries later", "on 29 February 2021", "in " + "9" * 5_000 + " hours", "at 99:99 on Monday",
    )  # fmt: skip
    body = " ".join(f"Norland expelled Ana Velho {time}." for time in times)
    path.write_text(f"2199-12-31\n\n{body}\n", encoding="utf-8")


def json_twice(path: Path) -> None:
    path.write_text('{"id": "a", "text": "One said so.", "text": "Another did."}\n', encoding="utf-8")


def json_numbers(path: Path) -> None:
    digits = "0" * 100_000
    rows = (f'{{"id": 1{digits}, "text": "{TEXT}"}}', f'{{"id": "x", "a": 1e400000, "b": NaN, "text": "{TEXT}"}}')
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")


def json_deep(path: Path) -> None:
    path.write_text('{"id": "x", "text": "x", "more": ' + "[" * 100_000 + "]" * 100_000 + "}\n", encoding="utf-8")


def json_surrogates(path: Path) -> None:
    path.write_text('{"id": "x", "text": "Ana \\ud800 Velho fled."}\n', encoding="utf-8")


def pdf_circle(path: Path) -> None:
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 999999999 /Parent 3 0 R >>",
        b"<< /Type /Pages /Kids [2 0 R] /Count 999999999 /Parent 2 0 R >>",
    )
    data = b"%PDF-1.7\n" + b"".join(b"%d 0 obj %s endobj\n" % (n, each) for n, each in enumerate(objects, 1))
    path.write_bytes(data + b"trailer << /Root 1 0 R /Size 4 >>\nstartxref\n0\n%%EOF\n")


def warc_lengths(path: Path) -> None:
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://x.example/\r\n"
    path.write_bytes(head + b"Content-Length: 99999999999999999999\r\n\r\nHTTP/1.1 200 OK\r\n\r\n" + TEXT.encode())


def brackets(path: Path) -> None:
    path.write_text(f"{TEXT} " + "(“[" * 33_000 + " Peter Grau fled. " + "]”)" * 33_000, encoding="utf-8")


def blanks(path: Path) -> None:
    path.write_text(f"{TEXT} Peter" + " " * 900_000 + "Grau fled.", encoding="utf-8")


def long_sentence(path: Path) -> None:
    path.write_text("Norland " + "said that the minister knew " * 20_000 + "it.", encoding="utf-8")


def short_sentences(path: Path) -> None:
    path.write_text("No. " * 249_000, encoding="utf-8")
