from __future__ import annotations

from pathlib import Path

import pytest

from kg.acquire import counting, readers
from kg.errors import InputError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.txt").write_text("She resigned on Monday.", encoding="utf-8")
    (tmp_path / "rows.jsonl").write_bytes(b'{"id": "a", "text": "He left."}\n{"id": "b", "text": "They met."}')
    (tmp_path / "more.ndjson").write_bytes(b'{"text": "It was said."}\n')
    return tmp_path


def test_files_and_rows_are_counted_as_they_are_read(folder: Path) -> None:
    names = [str(folder)]
    assert counting.count(names) == 4 == sum(1 for _ in readers.read(names))
    assert counting.count([str(folder / "*.txt"), str(folder / "rows.jsonl")]) == 3


def test_an_empty_file_of_rows_has_none(folder: Path) -> None:
    (folder / "rows.jsonl").write_bytes(b"")
    assert counting.count([str(folder / "rows.jsonl")]) == 0


@pytest.mark.parametrize(
    "name", ["-", "https://post.example/story", "feed.rss", "rows.jsonl.gz", "crawl.warc", "notes.md"]
)
def test_what_cannot_be_known_is_not_guessed(folder: Path, name: str) -> None:
    path = folder / name
    if "/" not in name and name != "-":
        path.write_bytes(b"x")
        name = str(path)
    assert counting.count([str(folder / "one.txt"), name]) is None


def test_an_input_that_is_not_there_is_an_error(folder: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        counting.count([str(folder / "none.txt")])
