from __future__ import annotations

import io
import json
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.acquire import readers
from kg.acquire.limits import Limits
from kg.errors import InputError
from kg.model import Document, Failure

FRENCH = "Le ministre des affaires étrangères a quitté son poste lundi après un vote du parlement. " * 5


def read(
    *inputs: object, day: date | None = None, stdin: bytes = b"", max_chars: int = 1000
) -> list[Document | Failure]:
    limits = Limits(max_chars=max_chars)
    return list(readers.read([str(i) for i in inputs], date=day, stdin=io.BytesIO(stdin), limits=limits))


def documents(*inputs: object, day: date | None = None, stdin: bytes = b"") -> list[Document]:
    found = read(*inputs, day=day, stdin=stdin)
    assert [item for item in found if isinstance(item, Failure)] == []
    return [item for item in found if isinstance(item, Document)]


def ids(*inputs: object) -> list[str]:
    return [document.id for document in documents(*inputs)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {
        "b.txt": "B left.",
        "a.txt": "A left.",
        "sub/c.txt": "C left.",
        "sub/rows.jsonl": '{"text": "D left."}\n\n{"id": "e", "text": "E left."}\n',
        ".hidden.txt": "No.",
        ".git/x.txt": "No.",
        "notes.md": "No.",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


# -- what inputs name ----------------------------------------------------------------------


def test_a_folder_is_read_by_name_and_its_ids_are_paths(folder: Path) -> None:
    assert ids(folder) == ["a", "b", "sub/c", "sub/rows:1", "e"]


def test_a_file_is_named_by_its_stem_whatever_its_suffix(folder: Path) -> None:
    assert ids(folder / "notes.md", folder / "sub" / "c.txt") == ["notes", "c"]


def test_a_glob_is_sorted_and_goes_into_folders(folder: Path) -> None:
    assert ids(folder / "?.txt") == ["a", "b"]
    assert ids(folder / "s*") == ["c", "rows:1", "e"]
    assert ids(folder / "**" / "*.txt") == ["a", "b", "c"]


def test_a_name_with_a_bracket_is_the_file_of_that_name(tmp_path: Path) -> None:
    (tmp_path / "a[1].txt").write_text("A left.", encoding="utf-8")
    assert ids(tmp_path / "a[1].txt") == ["a[1]"]


def test_links_to_files_are_read_and_links_to_folders_are_not_followed(folder: Path) -> None:
    (folder / "loop").symlink_to(folder)
    (folder / "z.txt").symlink_to(folder / "notes.md")
    assert ids(folder) == ["a", "b", "sub/c", "sub/rows:1", "e", "z"]


@pytest.mark.parametrize("name", ["missing.txt", "missing/*.txt", "empty", "nul\0.txt"])
def test_an_input_that_names_nothing_is_an_error_at_once(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match=r"missing|empty|nul"):
        readers.read([str(tmp_path / name)])


def test_no_input_and_standard_input_twice_are_errors() -> None:
    with pytest.raises(InputError, match="nothing to read"):
        readers.read([])
    with pytest.raises(InputError, match="twice"):
        readers.read(["-", "-"])


def test_reading_is_lazy(folder: Path) -> None:
    stream = readers.read([str(folder / "a.txt"), str(folder / "b.txt")])
    assert isinstance(next(stream), Document)
    (folder / "b.txt").write_text("B came back.", encoding="utf-8")
    second = next(stream)
    assert isinstance(second, Document)
    assert second.text == "B came back."


# -- texts ---------------------------------------------------------------------------------


def test_the_text_is_kept_as_it_is_but_for_the_byte_order_mark(tmp_path: Path) -> None:
    text = "  He left.\r\nShe stayed.\r\n\t\u200b𝔘\n"
    (tmp_path / "x.txt").write_bytes(b"\xef\xbb\xbf" + text.encode())
    [document] = documents(tmp_path / "x.txt")
    assert document.text == text


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0\ufeff"), min_size=1, max_size=80))
def test_any_text_comes_back_as_it_was_or_is_refused_in_words(text: str) -> None:
    [item] = read("-", stdin=text.encode())
    if isinstance(item, Document):
        assert item.text == text
    else:
        assert item.message.endswith(".")


def test_furniture_is_found(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("By Ana Velho\n\nHe left.", encoding="utf-8")
    [document] = documents(tmp_path / "x.txt")
    assert [(piece.kind, piece.span) for piece in document.furniture] == [("byline", (0, 12))]


def test_standard_input_is_a_text_or_json_lines() -> None:
    assert [d.id for d in documents("-", stdin=b"He left.\nShe stayed.")] == ["stdin"]
    assert [d.id for d in documents("-", stdin=b' {"text": "He left."}')] == ["stdin:1"]
    assert [d.text for d in documents("-", stdin=b'{"text": "A."}\n{"text": "B."}\n')] == ["A.", "B."]


# -- dates ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "field", "option", "day"),
    [
        ("He left.", None, None, None),
        ("He left.", None, date(2001, 1, 1), date(2001, 1, 1)),
        ("date 2002-02-02 He left.", None, date(2001, 1, 1), date(2002, 2, 2)),
        ("date 2002-02-02 He left.", "2003-03-03", date(2001, 1, 1), date(2003, 3, 3)),
        ("date 2002-02-31 He left.", "2003-03-03", None, date(2003, 3, 3)),
        ("He left.", "2003-03-03T10:00:00Z", None, date(2003, 3, 3)),
        ("He left.", "", None, None),
    ],
)
def test_the_row_outranks_the_text_and_the_text_the_option(
    text: str, field: str | None, option: date | None, day: date | None
) -> None:
    row = json.dumps({"text": text, "date": field})
    [document] = documents("-", stdin=row.encode(), day=option)
    assert document.date == day


# -- rows ----------------------------------------------------------------------------------


def test_a_row_gives_all_that_is_known_of_its_document() -> None:
    row = {
        "id": 7,
        "text": "He left.",
        "title": "Gone",
        "date": "2003-03-03",
        "publisher": "Harbour Post",
        "author": ["Ana Velho", "Rui Sousa"],
        "url": "https://harbour.example/7",
        "other": {"left": "alone"},
    }
    [document] = documents("-", stdin=json.dumps(row).encode())
    assert (document.id, document.title, document.date) == ("7", "Gone", date(2003, 3, 3))
    assert (document.publisher, document.author) == ("Harbour Post", "Ana Velho, Rui Sousa")
    assert document.url == "https://harbour.example/7"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (b'{"text": "He left."', "not JSON"),
        (b'{"text": "He left.", "text": "He stayed."}', "'text' twice"),
        (b'{"id": 1}', 'no "text"'),
        (b'{"text": null}', 'no "text"'),
        (b'{"text": ""}', "empty"),
        (b'{"text": " \\n"}', "empty"),
        (b'{"text": 7}', '"text" that is not text'),
        (b'{"text": "He left.", "id": true}', '"id" that is not text'),
        (b'{"text": "He left.", "author": [1]}', '"author" that is not text'),
        (b'{"text": "He left.", "date": "2019-02-30"}', "'2019-02-30'"),
        (b'{"text": "He left.", "date": 2019}', '"date" that is not text'),
        (b'{"text": "He left.", "date": "0000-01-01"}', "'0000-01-01'"),
        (b'{"text": "He left.", "date": "9999-12-31"}', "from which no news can be"),
        (b'{"text": "date 9999-12-31 He left."}', "no day that news can be from"),
        (b'{"text": "He left.", ' + b"".join(b'"k%d": 1, ' % n for n in range(900)) + b'"k7": 2}', "'k7' twice"),
        (b'{"html": 7}', '"html" that is not text'),
        (b'{"html": "<p>He left.\\udcff"}', "surrogate"),
        (b'{"html": "<nav><a href=x>Home</a></nav>"}', "no story"),
        (b'{"text": "He left.\\u0000"}', "character 9 of the text is NUL"),
        (b'{"text": "He left.\\ud800"}', "surrogate"),
        (b'{"text": "He left.", "title": "\\udfff"}', "surrogate"),
        (b'{"text": "date 2019-02-30 He left."}', '"date 2019-02-30"'),
        (b'{"text": "\xff"}', "not UTF-8"),
        (b'{"text": "He left.", "n": ' + b"9" * 5000 + b"}", "too large"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "longer than"),
        (b'{"text": "' + b"x" * 1001 + b'"}', "longer than 1,000 characters"),
        (b'{"text": "' + b"x" * 12_001 + b'"}', "longer than 12,000 bytes"),
        (b"[1]", "not a JSON object"),
        (json.dumps({"text": FRENCH}).encode(), "English"),
    ],
)
def test_a_bad_row_is_a_failure_of_its_line_and_the_rest_is_read(tmp_path: Path, row: bytes, words: str) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b'{"text": "A."}\n' + row + b'\n{"text": "C."}\n')
    first, bad, last = read(path)
    assert isinstance(bad, Failure)
    assert bad.document == str(path)
    assert bad.message.startswith("line 2: ")
    assert words in bad.message
    assert [item.id for item in (first, last) if isinstance(item, Document)] == ["rows:1", "rows:3"]


def test_a_row_that_is_nested_too_deeply_is_a_failure() -> None:
    row = b'{"text": ' + b"[" * 200_000 + b"]" * 200_000 + b"}"
    [item] = read("-", stdin=row, max_chars=1_000_000)
    assert isinstance(item, Failure)
    assert "nested too deeply" in item.message


@pytest.mark.parametrize("line", [b"\n", b"x\n", b"x" * 200 + b"\n"])
def test_a_file_that_holds_anything_but_rows_is_given_up(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b'{"text": "A."}\n' + line * 20_000 + b'{"text": "C."}\n')
    first, *told, last = read(path, max_chars=10)
    assert isinstance(first, Document)
    assert len(told) == (0 if line == b"\n" else 10_000)
    assert isinstance(last, Failure)
    assert "more than 10,000 rows on end" in last.message


def test_a_file_of_rows_without_rows_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_bytes(b"\xef\xbb\xbf\n \n")
    [item] = read(tmp_path / "rows.jsonl")
    assert isinstance(item, Failure)
    assert "empty" in item.message


# -- files that cannot be read -------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (b"He\0left.", "binary"),
        (b"\x89PNG\r\n\x1a\n\0\0", "binary"),
        (b"%PDF-1.7 \xff", "PDF"),
        (b"\x1f\x8b\x08 left", "gzip"),
        (b"PK\x03\x04 left", "zip"),
        ("He left.".encode("utf-16")[:-1], "byte 17 is not UTF-16"),
        (b"He left.\nShe \xff stayed.", "line 2 is not UTF-8"),
        (b" <!DOCTYPE html><p>He left.", "HTML"),
        (b"x" * 1001, "longer than 1,000 characters"),
        (b"\xc3\xa9" * 2_100, "longer than 1,000 characters"),
        (b"date 2019-13-01 He left.", "no day that news"),
        (FRENCH.encode(), "English"),
    ],
)
def test_a_bad_file_is_a_failure_and_the_rest_is_read(tmp_path: Path, data: bytes, words: str) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    (tmp_path / "b.txt").write_bytes(b"She stayed.")
    bad, good = read(tmp_path)
    assert isinstance(bad, Failure)
    assert bad.document == str(tmp_path / "a.txt")
    assert words in bad.message
    assert isinstance(good, Document)


def test_a_short_text_is_never_refused_for_its_language() -> None:
    assert [d.text for d in documents("-", stdin=b"Paris, Berlin, Roma, Madrid.")] == ["Paris, Berlin, Roma, Madrid."]


def test_devices_and_pipes_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    for path in (tmp_path / "pipe.txt", Path("/dev/zero")):
        [item] = read(path)
        assert isinstance(item, Failure)
        assert "not an ordinary file" in item.message


def test_a_link_to_nowhere_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "x.txt").symlink_to(tmp_path / "gone.txt")
    [item] = read(tmp_path / "x.txt")
    assert isinstance(item, Failure)
    assert "cannot be read" in item.message


def test_a_folder_that_cannot_be_opened_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(InputError, match="Permission denied"):
        readers.read([str(tmp_path)])


def test_a_file_name_that_is_no_utf8_can_still_be_printed(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"\xff.txt")).write_text("He left.", encoding="utf-8")
    assert ids(tmp_path) == ["\\udcff"]


def test_a_document_that_came_before_is_a_duplicate(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("He left.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("He left.", encoding="utf-8")
    first, again, other = read(tmp_path / "a.txt", tmp_path / "a.txt", tmp_path / "b.txt")
    assert isinstance(first, Document)
    assert isinstance(again, Failure)
    assert "duplicate" in again.message
    assert isinstance(other, Document)
