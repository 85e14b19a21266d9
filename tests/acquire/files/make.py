"""Makes the files of this folder that are not written by hand: ``python tests/acquire/files/make.py``."""

from __future__ import annotations

import datetime
import gzip
import io
import json
from pathlib import Path

HERE = Path(__file__).parent
HEAD = "Fjord Wire - Weekly Digest"
PARAGRAPHS = (
    "The Norwegian fisheries minister, Kari Holm, resigned on Friday after a dispute over quotas, and the gov-\n"
    "ernment of the Faroe Islands welcomed it, two officials said. Her deputy took over for the time being.",
    "Holm denied that she had been dismissed. She told reporters that the prime minister had asked her to stay,\n"
    "and that a long-standing disagreement about the government of the islands had nothing to do with it.",
)
MORE = (
    (
        "The port of Bergen was closed for two days while divers looked for the wreck of a trawler, and ferries to\n"
        "the islands were cancelled until the wind had fallen and the harbour master had said that it was safe.",
        "Passengers waited in the old customs house, which the town had opened for them on Thursday evening, and on\n"
        "the second day they were given soup by the crew of a ferry that was to have taken them home. Before they",
    ),
    (
        "left, the harbour master thanked them.",
        "A court in Oslo sentenced two brothers to three years in prison for smuggling cod, and acquitted the father,\n"
        "who had told the judge that he had never been aboard the boat and could not tell one fish from another.",
    ),
    (
        "The two brothers will appeal, their lawyer said. The prosecutor, Nils Berg, called it mild and said\n"
        "that he would wait for the written judgment before he decided whether to appeal as well.",
    ),
)


def pdf(path: Path) -> None:
    """Three pages with a running head, a page number, justified lines and a word that is broken at a line's end."""
    from fpdf import FPDF

    document = FPDF(format=(148, 210))
    document.set_creation_date(datetime.datetime(2024, 1, 2, tzinfo=datetime.UTC))
    document.set_title("Fisheries minister resigns")
    document.set_author("Liv Dahl")
    document.set_producer("make.py")
    document.set_margin(12)
    for number in range(1, 4):
        document.add_page()
        document.set_font("Helvetica", size=7)
        document.cell(0, 6, HEAD, new_x="LMARGIN", new_y="NEXT")
        document.set_font("Helvetica", size=6)
        for text in (*(PARAGRAPHS if number == 1 else ()), *MORE[number - 1]):
            for line in text.split("\n"):
                document.cell(0, 4, line, new_x="LMARGIN", new_y="NEXT")
            document.ln(2)
        document.set_y(-20)
        document.cell(0, 6, f"Page {number} of 3", align="C")
    document.output(str(path))


def archive(path: Path, page: bytes) -> None:
    """A web archive as crawlers write it: the page, a picture, a page that was not found, and another page."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    records = (
        ("https://post.example/2019/harbour-minister?s=1", "200 OK", "text/html; charset=utf-8", page),
        ("https://post.example/logo.png", "200 OK", "image/png", b"\x89PNG\r\n\x1a\n"),
        ("https://post.example/gone", "404 Not Found", "text/html", b"<html><p>The page died.</p></html>"),
        ("https://post.example/empty", "200 OK", "text/html", b"<html><body></body></html>"),
        (
            "https://post.example/latin",
            "200 OK",
            "text/html; charset=iso-8859-1",
            "<html><head><link rel=canonical href='https://agency.example/x'></head><body><p>José Peña resigned on "
            "Monday.</p></body></html>".encode("latin-1"),
        ),
    )
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True)
    for number, (address, status, kind, content) in enumerate(records):
        headers = {"WARC-Date": "2022-05-06T07:08:09Z", "WARC-Record-ID": f"<urn:uuid:{number:032}>"}
        http = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(
                address, "response", payload=io.BytesIO(content), http_headers=http, warc_headers_dict=headers
            )
        )
    path.write_bytes(buffer.getvalue())


def packed(path: Path, text: str) -> None:
    path.write_bytes(gzip.compress(text.encode(), mtime=0))


def main() -> None:
    page = (HERE / "harbour.html").read_bytes()
    pdf(HERE / "digest.pdf")
    archive(HERE / "crawl.warc.gz", page)
    packed(HERE / "story.txt.gz", "date 2019-01-03\n\nPolice arrested the mayor of Faro on Monday.\n")
    rows = [
        {"id": "a", "text": "Norway expelled the envoy of Latvia on Monday.", "date": "2020-05-12"},
        {"id": "b", "html": page.decode(), "publisher": "Archive of the Coast"},
    ]
    packed(HERE / "rows.jsonl.gz", "".join(json.dumps(row) + "\n" for row in rows))


if __name__ == "__main__":
    main()
