from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import InputError, OutputError
from kg.publish import files


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_files_are_written_into_a_new_folder(tmp_path: Path) -> None:
    paths = files.write_all(tmp_path / "a" / "b", {"x.txt": "é\n", "y.txt": ""})
    assert [path.name for path in paths] == ["x.txt", "y.txt"]
    assert paths[0].read_bytes() == "é\n".encode()
    assert names(tmp_path / "a" / "b") == ["x.txt", "y.txt"]


def test_files_get_the_rights_that_the_umask_leaves(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        [path] = files.write_all(tmp_path, {"x.txt": "X"})
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_if_one_cannot_be_written_all_stay_as_they_were(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[int] = []

    def full_at_the_second(handle: int) -> None:
        written.append(handle)
        if len(written) == 2:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_at_the_second)
    (tmp_path / "x.txt").write_text("old", encoding="utf-8")
    with pytest.raises(OutputError, match=r"y\.txt.*No space left.*choose another place"):
        files.write_all(tmp_path, {"x.txt": "new", "y.txt": "Y"})
    assert (tmp_path / "x.txt").read_text(encoding="utf-8") == "old"
    assert names(tmp_path) == ["x.txt"]


def test_a_place_that_is_taken_by_a_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "x.txt").mkdir()
    with pytest.raises(OutputError, match="cannot be written"):
        files.write_all(tmp_path, {"x.txt": "new"})
    with pytest.raises(OutputError, match="this is a folder"):
        files.write_lines(tmp_path / "x.txt", ["X"])
    assert names(tmp_path) == ["x.txt"]


def test_lines_are_written_as_they_come(tmp_path: Path) -> None:
    files.write_lines(tmp_path / "new" / "x.jsonl", (str(n) for n in range(3)))
    assert (tmp_path / "new" / "x.jsonl").read_bytes() == b"0\n1\n2\n"


def test_what_the_lines_raise_passes_through_and_nothing_is_written(tmp_path: Path) -> None:
    def lines() -> Iterator[str]:
        yield "A"
        raise InputError("no more")

    with pytest.raises(InputError, match="no more"):
        files.write_lines(tmp_path / "x.jsonl", lines())
    assert names(tmp_path) == []


def test_a_folder_is_checked_beforehand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files.check_folder(tmp_path / "new" / "er")
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="not a folder"):
        files.check_folder(tmp_path / "file" / "below")
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(OutputError, match="cannot be written to"):
        files.check_folder(tmp_path)
    assert names(tmp_path) == ["file"]


def test_a_folder_is_written_with_a_list_of_what_is_in_it(tmp_path: Path) -> None:
    paths = files.write_all(tmp_path, {"notes/a.md": "A", "x.bin": b"\xff", "notes/b.md": iter(["B", "é"])})
    assert paths == [tmp_path / "notes", tmp_path / "x.bin"]
    assert names(tmp_path / "notes") == [".written-by-kg", "a.md", "b.md"]
    assert (tmp_path / "notes" / "b.md").read_bytes() == "Bé".encode()
    assert (tmp_path / "x.bin").read_bytes() == b"\xff"


def test_what_was_written_before_goes_and_what_is_someones_own_stays(tmp_path: Path) -> None:
    files.write_all(tmp_path, {"notes/a.md": "A", "notes/b.md": "B"})
    (tmp_path / "notes" / "own.md").write_text("mine", encoding="utf-8")
    files.write_all(tmp_path, {"notes/b.md": "B2", "notes/c.md": "C"})
    assert names(tmp_path / "notes") == [".written-by-kg", "b.md", "c.md", "own.md"]
    assert (tmp_path / "notes" / "b.md").read_text(encoding="utf-8") == "B2"


@pytest.mark.parametrize("listed", ["../keep.txt\n", "sub\n", b"\xff".decode("latin-1")])
def test_a_list_that_someone_changed_takes_nothing_else_away(tmp_path: Path, listed: str) -> None:
    (tmp_path / "keep.txt").write_text("keep", encoding="utf-8")
    files.write_all(tmp_path, {"notes/a.md": "A"})
    (tmp_path / "notes" / "sub").mkdir()
    (tmp_path / "notes" / ".written-by-kg").write_bytes(listed.encode("latin-1"))
    files.write_all(tmp_path, {"notes/a.md": "A"})
    assert names(tmp_path / "notes") == [".written-by-kg", "a.md", "sub"]
    assert (tmp_path / "keep.txt").exists()


def test_a_folder_that_cannot_be_made_whole_is_not_made(tmp_path: Path) -> None:
    def broken() -> Iterator[str]:
        yield "A"
        raise InputError("no more")

    with pytest.raises(InputError, match="no more"):
        files.write_all(tmp_path, {"notes/a.md": "A", "notes/b.md": broken()})
    assert names(tmp_path) == []
    (tmp_path / "notes").write_text("a file", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be written"):
        files.write_all(tmp_path, {"notes/a.md": "A"})
    assert (tmp_path / "notes").read_text(encoding="utf-8") == "a file"
