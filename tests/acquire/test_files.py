"""Real files of each kind, read as a user reads them: the story and what is stated, and nothing around it."""

from __future__ import annotations

import gzip
import io
import shutil
from datetime import date
from pathlib import Path

import pytest

from kg.acquire import readers
from kg.acquire.limits import Limits
from kg.errors import InputError
from kg.model import Document, Failure

FILES = Path(__file__).parent / "files"
HARBOUR = (
    "Harbour minister leaves his post\n\n"
    "LISBON - The Portuguese harbour minister, Paulo Reis, resigned on Monday, two officials said.\n\n"
    "Reis met the Spanish ambassador in Lisbon last week. He denied that the meeting was about the fishing treaty.\n\n"
    "“I was not dismissed,” he told reporters.\n\n"
    "Police arrested his driver in Porto on Sunday, according to a court document."
)
STATED = {
    "title": "Harbour minister leaves his post",
    "date": date(2019, 3, 4),
    "author": "Ana Velho, Rui Sousa",
    "publisher": "Harbour Post",
    "url": "https://post.example/2019/harbour-minister",
}


def read(*names: object, kind: str | None = None, stdin: bytes = b"", **limits: int) -> list[Document | Failure]:
    found = readers.read([str(n) for n in names], kind=kind, stdin=io.BytesIO(stdin), limits=Limits(**limits))
    return list(found)


def documents(items: list[Document | Failure]) -> list[Document]:
    return [item for item in items if isinstance(item, Document)]


def messages(items: list[Document | Failure]) -> list[str]:
    return [item.message for item in items if isinstance(item, Failure)]


def stated(document: Document) -> dict[str, object]:
    return {name: getattr(document, name) for name in STATED}


def test_a_page_is_its_story_and_what_it_states() -> None:
    [document] = documents(read(FILES / "harbour.html"))
    assert (document.id, document.text, stated(document)) == ("harbour", HARBOUR, STATED)


def test_a_row_may_hold_a_page_and_outranks_what_the_page_states() -> None:
    plain, page = documents(read(FILES / "rows.jsonl.gz"))
    assert (plain.id, plain.date) == ("a", date(2020, 5, 12))
    assert (page.id, page.text) == ("b", HARBOUR)
    assert stated(page) == STATED | {"publisher": "Archive of the Coast"}


def test_a_packed_text_is_read_as_a_text() -> None:
    [document] = documents(read(FILES / "story.txt.gz"))
    assert (document.id, document.date) == ("story", date(2019, 1, 3))
    assert document.text.endswith("Police arrested the mayor of Faro on Monday.\n")


def test_a_pdf_is_its_paragraphs_without_what_runs_along_the_edges() -> None:
    [document] = documents(read(FILES / "digest.pdf"))
    first, *_, _fourth, last = document.text.split("\n\n")
    assert (document.title, document.author) == ("Fisheries minister resigns", "Liv Dahl")
    assert document.date is None, "the day on which a file was made is not when its news are from"
    assert first.startswith("The Norwegian fisheries minister, Kari Holm, resigned on Friday")
    assert "the government of the Faroe Islands welcomed it" in first
    assert "Before they left, the harbour master thanked them." in document.text
    assert last.endswith("whether to appeal as well.")
    assert "Digest" not in document.text
    assert "Page" not in document.text


def test_an_rss_feed_is_a_document_an_item() -> None:
    items = read(FILES / "news.rss")
    full, short = documents(items)
    assert messages(items) == ["item 3: it has no text; leave it out."]
    assert (full.id, full.title, full.date) == ("post-17", "Envoy & wife leave Oslo", date(2020, 5, 12))
    assert (full.author, full.publisher) == ("Ana Velho", "Harbour Post")
    assert full.text == (
        "Norway expelled the Latvian envoy, Janis Kalns, on Monday.\n\nKalns said that he had not spied."
    )
    assert (short.id, short.author, short.date) == ("https://post.example/2020/bank", "Rui Sousa", None)
    assert short.text == "Two brothers founded a bank in Riga & Tallinn last week."


def test_an_atom_feed_is_a_document_an_entry() -> None:
    strike, mayor = documents(read(FILES / "news.atom"))
    assert (strike.id, strike.title, strike.url) == ("tag:wire.example,2021:1", "Strike ends", "https://wire.example/1")
    assert (strike.date, strike.author, strike.publisher) == (date(2021, 2, 1), "Liv Dahl, Per Moe", "Fjord Wire")
    assert strike.text == (
        "The dockers of Bergen ended their strike on Sunday.\n\nThe union said that the port had paid them."
    )
    assert (mayor.text, mayor.date) == ("The mayor of Bergen died on Tuesday.", date(2021, 2, 3))


def test_an_archive_is_its_pages_and_no_page_is_believed_about_its_site() -> None:
    items = read(FILES / "crawl.warc.gz")
    harbour, latin = documents(items)
    [failed] = messages(items)
    assert (harbour.id, harbour.text) == ("https://post.example/2019/harbour-minister?s=1", HARBOUR)
    assert stated(harbour) == STATED
    assert (latin.text, latin.url) == ("José Peña resigned on Monday.", "https://post.example/latin")
    assert failed.startswith("record 4 (https://post.example/empty): no story was found")


def test_an_archive_need_not_be_packed(tmp_path: Path) -> None:
    (tmp_path / "crawl.warc").write_bytes(gzip.decompress((FILES / "crawl.warc.gz").read_bytes()))
    assert [d.id for d in documents(read(tmp_path))] == [d.id for d in documents(read(FILES / "crawl.warc.gz"))]


def test_a_folder_is_read_by_name_whatever_is_in_it() -> None:
    assert [document.id for document in documents(read(FILES))] == [
        "https://post.example/2019/harbour-minister?s=1",
        "https://post.example/latin",
        "digest",
        "harbour",
        "tag:wire.example,2021:1",
        "tag:wire.example,2021:2",
        "post-17",
        "https://post.example/2020/bank",
        "a",
        "b",
        "story",
    ]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("harbour.html", "html"),
        ("digest.pdf", "pdf"),
        ("news.rss", "feed"),
        ("news.atom", "feed"),
        ("crawl.warc.gz", "warc"),
        ("rows.jsonl.gz", "rows"),
        ("story.txt.gz", "text"),
    ],
)
def test_standard_input_and_odd_names_are_read_as_the_user_says(name: str, kind: str, tmp_path: Path) -> None:
    expected = [(d.text, d.title, d.date) for d in documents(read(FILES / name))]
    piped = read("-", kind=kind, stdin=(FILES / name).read_bytes())
    assert [(d.text, d.title, d.date) for d in documents(piped)] == expected
    shutil.copy(FILES / name, tmp_path / "download.bin")
    called = read(tmp_path / "download.bin", kind=kind)
    assert [(d.text, d.title, d.date) for d in documents(called)] == expected


@pytest.mark.parametrize("name", ["harbour.html", "digest.pdf", "news.rss", "news.atom"])
def test_a_file_without_a_suffix_is_known_by_how_it_begins(name: str, tmp_path: Path) -> None:
    shutil.copy(FILES / name, tmp_path / "download")
    found = documents(read(tmp_path / "download"))
    assert [d.text for d in found] == [d.text for d in documents(read(FILES / name))]


@pytest.mark.parametrize("name", ["harbour.html", "digest.pdf", "news.rss", "crawl.warc.gz"])
def test_a_file_that_goes_by_a_wrong_name_is_a_failure(name: str, tmp_path: Path) -> None:
    data = (FILES / name).read_bytes()
    (tmp_path / "a.txt").write_bytes(data)
    (tmp_path / "b.jsonl").write_bytes(data)
    (tmp_path / "c.txt.gz").write_bytes(b"He left.")
    items = read(tmp_path)
    assert len(messages(items)) == len(items) == 3
    assert all("this is " in message or "gzip data is broken" in message for message in messages(items))


def test_the_text_may_be_as_long_as_the_user_says() -> None:
    [message] = messages(read(FILES / "harbour.html", max_chars=200))
    assert message == ("the text is longer than 200 characters; split it into its articles or raise --max-chars.")
    assert len(documents(read(FILES / "harbour.html", max_chars=len(HARBOUR)))) == 1


def test_a_page_or_pdf_may_not_be_larger_than_its_text_can_need() -> None:
    [page] = messages(read(FILES / "harbour.html", max_chars=100))
    [pdf] = messages(read(FILES / "digest.pdf", max_chars=20))
    assert page.startswith("it is larger than 2,000 bytes")
    assert pdf.startswith("it is larger than 1,280 bytes")
    assert "record 1 (https://post.example/2019/harbour-minister?s=1): the page is larger than 2,000 bytes" in "".join(
        messages(read(FILES / "crawl.warc.gz", max_chars=100))
    )


def test_an_unknown_reader_is_an_error_at_once() -> None:
    with pytest.raises(InputError, match="--reader docx"):
        readers.read(["-"], kind="docx")
