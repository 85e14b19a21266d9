"""Files of a folder are all old or all new, and one process at a time writes into it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import OutputError
from kg.publish import exchange, files

ROOT = Path(__file__).parents[2]
OLD, NEW = (
    {"a.txt": "old a", "b.txt": "old b", "n/c.txt": "old c"},
    {"a.txt": "new a", "b.txt": "new b", "n/d.txt": "new d"},
)
#: Writes ``NEW``, and is killed at the N-th time that it changes a name in the folder.
KILLED = """
import os, signal, sys
from pathlib import Path
from kg.publish import files
left = [int(sys.argv[2])]
def counting(change):
    def changed(*args, **options):
        left[0] -= 1
        if left[0] < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return change(*args, **options)
    return changed
os.replace, os.unlink, os.mkdir = map(counting, (os.replace, os.unlink, os.mkdir))
files.write_all(Path(sys.argv[1]), {"a.txt": "new a", "b.txt": "new b", "n/d.txt": "new d"})
"""


def contents(folder: Path) -> dict[str, str]:
    paths = [path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")]
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in sorted(paths)}


def run(script: str, *args: str) -> subprocess.CompletedProcess[bytes]:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run([sys.executable, "-c", script, *args], env=env, capture_output=True, check=False)


def test_killed_at_any_change_all_is_old_or_all_is_new(tmp_path: Path) -> None:
    became = []
    for n in range(30):
        folder = tmp_path / str(n)
        files.write_all(folder, OLD)
        code = run(KILLED, str(folder), str(n)).returncode
        exchange.settle(folder)
        became.append((code, contents(folder)))
        assert contents(folder) in (OLD, NEW)
        files.write_all(folder, NEW)  # the lock of the dead one holds nobody up, and what it left half-written goes
        assert contents(folder) == NEW
        assert not [path.name for path in folder.rglob("*.part")]
        if code == 0:
            break
    assert [code for code, _ in became[:-1]] == [-signal.SIGKILL] * (len(became) - 1)
    assert became[-1] == (0, NEW)
    assert sum(found == OLD for _, found in became) >= 3
    assert sum(found == NEW for _, found in became) >= 3


def test_two_at_once_are_told(tmp_path: Path) -> None:
    with files.locked(tmp_path / "out"):
        files.write_all(tmp_path / "out", {"x.txt": "mine"})  # whoever holds it may write
        other = run("import sys; from pathlib import Path; from kg.publish import files\n"
                    "files.write_all(Path(sys.argv[1]), {'x.txt': 'theirs'})", str(tmp_path / "out"))  # fmt: skip
        assert other.returncode == 1
        assert b"another kg is writing into this folder; wait until it has ended" in other.stderr
        assert contents(tmp_path / "out") == {"x.txt": "mine"}
    assert os.listdir(tmp_path / "out") == ["x.txt"]


def test_a_lock_that_nobody_holds_is_none(tmp_path: Path) -> None:
    (tmp_path / ".kg-lock").write_text("12345", encoding="utf-8")
    files.write_all(tmp_path, {"x.txt": "X"})
    assert os.listdir(tmp_path) == ["x.txt"]


def test_a_lock_that_leads_elsewhere_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / ".kg-lock").symlink_to(tmp_path / "made")
    with pytest.raises(OutputError, match="cannot be written"):
        files.write_all(tmp_path / "out", {"x.txt": "X"})
    assert os.listdir(tmp_path) == ["out"]


def test_a_folder_into_which_nothing_came_goes_again(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), files.locked(tmp_path / "a" / "b"):
        raise ZeroDivisionError
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(
    "journal",
    [
        "", "[]", "{", '{"moves": [["x"]], "gone": []}', '{"moves": 3}',
        {"moves": [["../.y.txt.abcdefgh.part", "../x.txt"]], "gone": []},
        {"moves": [["/etc/.y.abcdefgh.part", "x.txt"]], "gone": []},
        {"moves": [["keep.txt", "x.txt"]], "gone": []},
        {"moves": [], "gone": ["../keep.txt"]},
        {"moves": [], "gone": ["link/keep.txt"]},
        {"moves": [], "gone": ["a/b/keep.txt"]},
    ],
)  # fmt: skip
def test_a_journal_that_someone_else_wrote_does_nothing(tmp_path: Path, journal: object) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "link").symlink_to(tmp_path)
    for place in (tmp_path, folder):
        (place / "keep.txt").write_text("keep", encoding="utf-8")
    written = journal if isinstance(journal, str) else json.dumps(journal)
    (folder / ".kg-exchange").write_text(written, encoding="utf-8")
    exchange.settle(folder)
    assert sorted(os.listdir(tmp_path)) == ["keep.txt", "out"]
    assert sorted(os.listdir(folder)) == ["keep.txt", "link"]


def test_what_others_called_part_stays(tmp_path: Path) -> None:
    for name in (".x.txt.abcdefgh.part", ".other.txt.abcdefgh.part", "x.txt.part"):
        (tmp_path / name).write_text("", encoding="utf-8")
    files.write_all(tmp_path, {"x.txt": "X"})
    assert sorted(os.listdir(tmp_path)) == [".other.txt.abcdefgh.part", "x.txt", "x.txt.part"]
