"""What fails around the program: killed processes, full disks, closed pipes, two at once, clocks that jump."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import faulty
import pytest

from kg.publish import files

ROOT = Path(__file__).parents[1]
TEXT = "Norland expelled Ana Velho on 3 March 2021. Peter Grau said that she had defected.\n"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "story.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def kg(*args: object, limit: Callable[[], None] | None = None, **options: object) -> subprocess.CompletedProcess[str]:
    options = {"stdout": subprocess.PIPE, **options}
    return subprocess.run(
        [sys.executable, "-m", "kg", *map(str, args)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=limit,
        check=False,
        **options,  # type: ignore[call-overload]
    )


@pytest.mark.parametrize("what", ["build", "update"])
def test_killed_at_any_point_all_is_old_or_all_is_new(what: str, tmp_path: Path) -> None:
    # scripts/faults.py does the same fifty times
    kills = faulty.many_kills(what, tmp_path, 3, seed=5)
    assert len(kills) >= 3
    assert not all(kill.ended for kill in kills)


def test_on_a_full_disk_the_old_files_stay(article: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert kg("build", article, "-o", out).returncode == 0
    before = faulty.files(out)
    article.write_text(TEXT * 2, encoding="utf-8")

    def small() -> None:  # no file may be longer than that, as on a disk that is full from there on
        resource.setrlimit(resource.RLIMIT_FSIZE, (3_000, 3_000))

    done = kg("build", article, "-o", out, limit=small)
    assert done.returncode == 2
    assert "graph.ttl: cannot be written (File too large); choose another place with -o." in done.stderr
    assert "Traceback" not in done.stderr
    assert faulty.files(out) == before
    assert sorted(os.listdir(out)) == sorted(before)


def test_a_disk_of_its_own_that_fills_up_and_turns_read_only(article: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=48k", "tmpfs", disk], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("only root may mount a disk")
    try:
        assert kg("build", article, "-o", disk / "out", "--formats", "ttl").returncode == 0
        before = faulty.files(disk / "out")
        full = kg("build", article, "-o", disk / "out")  # the page is larger than what is left
        assert full.returncode == 2
        assert "cannot be written (No space left on device); choose another place with -o." in full.stderr
        assert faulty.files(disk / "out") == before
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        locked = kg("build", article, "-o", disk / "out", "--formats", "ttl")
        assert locked.returncode == 2
        assert "Traceback" not in full.stderr + locked.stderr
        assert "cannot be written" in locked.stderr
        assert kg("query", disk / "out", "--name", "evidence").returncode == 0
        assert faulty.files(disk / "out") == before
    finally:
        subprocess.run(["umount", disk], check=True)


def test_output_that_cannot_be_taken_is_told(article: Path) -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:
        for args in (["annotate", article], ["query", "--list"]):
            done = kg(*args, stdout=full)
            assert done.returncode == 2
            assert done.stderr == "standard output: cannot be written (No space left on device).\n"


def test_who_closes_the_pipe_early_gets_no_complaint(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text("".join(f'{{"id": "{n}", "text": "{TEXT.strip()}"}}\n' for n in range(60)), encoding="utf-8")
    read, write = os.pipe()
    os.close(read)
    done = kg("annotate", rows, stdout=write)
    os.close(write)
    assert done.stderr == ""
    assert done.returncode in (0, 1)


def test_two_builds_into_one_folder_are_told(article: Path, tmp_path: Path) -> None:
    with files.locked(tmp_path / "out"):
        done = kg("build", article, "-o", tmp_path / "out")
    assert done.returncode == 2
    assert done.stderr == (
        f"{tmp_path / 'out'}: another kg is writing into this folder; "
        "wait until it has ended, or choose another with -o.\n"
    )
    assert not (tmp_path / "out").exists()
    assert kg("build", article, "-o", tmp_path / "out").returncode == 0


def test_a_clock_that_jumps_changes_nothing(tmp_path: Path) -> None:
    jumping = """
import itertools, time
from kg import archive
steps = itertools.count()
time.time = lambda: [4102444800.0, 0.0, 1e9][next(steps) % 3]
archive._now = lambda: ["2100-01-01 00:00:00 UTC", "1970-01-01 00:00:00 UTC"][next(steps) % 2]
"""
    found = []
    for name, clock in (("steady", ""), ("jumping", jumping)):
        folder = tmp_path / name
        (folder / "build").mkdir(parents=True)
        (folder / "update").mkdir()
        runs = "".join(f"faulty.{what}(Path({str(folder / what)!r}), 20)\n" for what in ("build", "update", "update"))
        script = f"from pathlib import Path\nimport faulty\n{clock}\n{runs}"
        path = os.pathsep.join([str(ROOT / "tests"), str(ROOT)])
        done = subprocess.run(
            [sys.executable, "-c", script], env={**os.environ, "PYTHONPATH": path}, capture_output=True
        )
        assert done.returncode == 0, done.stderr.decode()
        found.append([faulty.files(folder / what / "out") for what in ("build", "update")])
    assert found[0] == found[1]


def test_only_what_a_store_says_of_its_last_run_asks_what_day_it_is() -> None:
    asked = re.compile(r"\b(?:datetime|date)\.(?:now|today|utcnow)\(|\btime\.time(?:_ns)?\(")
    asking = {path.name for path in (ROOT / "kg").rglob("*.py") if asked.search(path.read_text(encoding="utf-8"))}
    assert asking == {"archive.py"}
