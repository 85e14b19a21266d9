"""A store over many runs: grown, killed, taken up again, read by other rules, made smaller."""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import generated
import pytest
from typer.testing import CliRunner

from kg import archive, judging
from kg.cli import app
from kg.errors import InputError, StoreError
from kg.model import Document, Failure
from kg.pipeline import Item, Setup
from kg.publish import formats, sparql, stored
from kg.scale import store, versions
from kg.scale.store import Store, Task

OPTIONS = formats.options(base=None, text=True)
READ = generated.read_packed


@pytest.fixture(autouse=True)
def fresh() -> None:
    generated.work.clear()


def documents(*numbers: int) -> list[Document]:
    return [generated.document(n) for n in numbers]


def grow(folder: Path, items: Iterable[Item], **options: int) -> Counter[str]:
    """What became of the items: how many were new, read again, as before, or failed."""
    with store.opened(folder, write=True) as opened:
        found = archive.grow(opened, items, Setup(), read=READ, **options)
        return Counter("failed" if isinstance(each, Failure) else each.what for each in found)


def exported(folder: Path, output: Path) -> dict[str, bytes]:
    with store.opened(folder, write=True) as opened:
        publication = archive.Publication(opened, OPTIONS)
        publication.refresh()
        return {path.name: path.read_bytes() for path in publication.export(output, ["ttl", "json"])}


def asked(folder: Path) -> list[tuple[str, ...]]:
    assert archive.is_built(folder)
    answer = sparql.query(
        sparql.load(folder), "SELECT ?s ?p ?o WHERE { ?s ?p ?o FILTER(!ISBLANK(?s) && !ISBLANK(?o)) }"
    )
    return sorted(tuple(cell.value for cell in row if cell) for row in answer.rows)


# -- growing -------------------------------------------------------------------------------


def test_only_what_is_new_is_read(tmp_path: Path) -> None:
    assert grow(tmp_path, documents(0, 1, 2)) == {"new": 3}
    generated.work.clear()
    assert grow(tmp_path, documents(0, 1, 2, 3)) == {"same": 3, "new": 1}
    assert generated.work == ["parse case-3", "read case-3"]


def test_grown_in_steps_is_the_same_bytes_as_in_one_run(tmp_path: Path) -> None:
    grow(tmp_path / "steps", documents(*range(100)))
    exported(tmp_path / "steps", tmp_path / "out")
    grow(tmp_path / "steps", documents(*range(240)))
    grow(tmp_path / "once", documents(*range(240)))
    files = exported(tmp_path / "once", tmp_path / "other")
    assert files == exported(tmp_path / "steps", tmp_path / "out")
    assert len(files["graph.ttl"]) > 100_000
    assert asked(tmp_path / "steps") == asked(tmp_path / "once")


def test_more_processes_keep_the_same(tmp_path: Path) -> None:
    grow(tmp_path / "one", documents(*range(60)))
    grow(tmp_path / "two", documents(*range(60)), jobs=2)
    assert exported(tmp_path / "one", tmp_path / "a") == exported(tmp_path / "two", tmp_path / "b")


def test_a_document_whose_date_changed_is_read_again_and_keeps_its_place(tmp_path: Path) -> None:
    items = documents(0, 1, 2)
    grow(tmp_path, items)
    items[0] = replace(items[0], date=None)
    assert grow(tmp_path, items) == {"again": 1, "same": 2}
    with store.opened(tmp_path) as opened:
        assert [reading.document for reading in opened.readings()] == items


def test_what_fails_is_told_tried_again_and_stops_nothing(tmp_path: Path) -> None:
    items: list[Item] = [*documents(0), Document("bad", "Nothing here."), Failure("worse", "gone."), *documents(1)]
    for expected in ({"new": 2, "failed": 2}, {"same": 2, "failed": 2}):
        assert grow(tmp_path, items) == expected
        found = archive.status(tmp_path)
        assert found.counts.documents == 2
        assert found.failures == [Failure("bad", "no template"), Failure("worse", "gone.")]


# -- rules that change ---------------------------------------------------------------------


def test_changed_rules_read_again_from_the_kept_parses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    grow(tmp_path, documents(*range(6)))
    before = exported(tmp_path, tmp_path.with_name("out"))
    monkeypatch.setattr(versions, "reading", lambda *_: "other rules")
    assert archive.status(tmp_path).stale == 6
    generated.work.clear()
    # those that are named and those that are not, each once
    assert grow(tmp_path, documents(4, 5, 6)) == {"again": 6, "new": 1}
    assert sorted(generated.work) == ["parse case-6", *(f"read case-{n}" for n in range(7))]
    assert archive.status(tmp_path).stale == 0
    with store.opened(tmp_path, write=True) as opened:
        archive.remove(opened, ["case-6"])
    assert exported(tmp_path, tmp_path.with_name("out")) == before


def test_another_model_parses_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    grow(tmp_path, documents(0, 1))
    monkeypatch.setattr(versions, "reading", lambda *_: "other rules")
    monkeypatch.setattr(versions, "parsing", lambda *_: "other model")
    generated.work.clear()
    assert grow(tmp_path, []) == {"again": 2}
    assert generated.work == ["parse case-0", "read case-0", "parse case-1", "read case-1"]


def test_what_cannot_be_read_any_more_stays_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    grow(tmp_path, documents(0, 1))
    monkeypatch.setattr(versions, "reading", lambda *_: "other rules")

    def refuse(tasks: Iterable[Task], setup: Setup, *, jobs: int) -> Iterator[Failure]:
        return (Failure(task.document.id, "too slow.") for task in tasks)

    with store.opened(tmp_path, write=True) as opened:
        found = list(archive.grow(opened, [], Setup(), read=refuse))
        assert [each.document for each in found] == ["case-0", "case-1"]
        assert len(list(opened.readings())) == 2
    assert archive.status(tmp_path).stale == 2


# -- out again -----------------------------------------------------------------------------


def test_what_is_removed_takes_with_it_what_rested_on_it_alone(tmp_path: Path) -> None:
    grow(tmp_path / "s", documents(*range(30)))
    exported(tmp_path / "s", tmp_path / "out")
    with store.opened(tmp_path / "s", write=True) as opened:
        key = generated.document(20).key
        assert archive.remove(opened, ["case-7", key]) == ["case-7", "case-20"]
        archive.refresh_as_before(opened)
    grow(tmp_path / "never", documents(*(n for n in range(30) if n not in {7, 20})))
    assert exported(tmp_path / "s", tmp_path / "out") == exported(tmp_path / "never", tmp_path / "other")
    assert asked(tmp_path / "s") == asked(tmp_path / "never")


def test_a_store_can_become_empty(tmp_path: Path) -> None:
    grow(tmp_path / "s", documents(0))
    exported(tmp_path / "s", tmp_path / "out")
    with store.opened(tmp_path / "s", write=True) as opened:
        archive.remove(opened, ["case-0"])
        archive.refresh_as_before(opened)
    assert asked(tmp_path / "s") == []


def test_a_removal_that_names_the_wrong_removes_nothing(tmp_path: Path) -> None:
    twice = replace(generated.document(1), id="case-0")
    grow(tmp_path, [*documents(0), twice])
    with store.opened(tmp_path, write=True) as opened:
        with pytest.raises(StoreError, match=r"no document in .* has that id"):
            archive.remove(opened, [twice.key, "case-9"])
        with pytest.raises(StoreError, match=rf"2 documents have that id; .*: .*{twice.key}"):
            archive.remove(opened, ["case-0"])
        assert opened.counts().documents == 2
        assert archive.remove(opened, [twice.key]) == ["case-0"]


# -- nothing is done twice -----------------------------------------------------------------


def test_what_is_as_before_is_not_fused_or_written_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    grow(tmp_path / "s", documents(0, 1))
    before = exported(tmp_path / "s", tmp_path / "out")
    changed = (tmp_path / "out" / "graph.ttl").stat().st_mtime_ns

    def refuse(self: object, store: Store) -> None:
        raise AssertionError("nothing has changed")

    grow(tmp_path / "s", documents(1, 0))
    with monkeypatch.context() as patch:
        patch.setattr(archive.pipeline, "build", refuse)
        assert exported(tmp_path / "s", tmp_path / "out") == before
    assert (tmp_path / "out" / "graph.ttl").stat().st_mtime_ns == changed
    # but a file that someone changed is
    (tmp_path / "out" / "graph.ttl").write_text("mine", encoding="utf-8")
    assert exported(tmp_path / "s", tmp_path / "out") == before


def test_the_graph_is_current_or_it_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store here"):
        archive.is_built(tmp_path)
    grow(tmp_path / "s", documents(0))
    with pytest.raises(InputError, match="there is no graph here"):
        stored.load(tmp_path / "s" / "graph")
    for n in (0, 1):
        grow(tmp_path / "s", documents(n))
        assert not archive.status(tmp_path / "s").current
        exported(tmp_path / "s", tmp_path / "out")
        assert archive.status(tmp_path / "s").current
        assert archive.is_built(tmp_path / "s")
    grow(tmp_path / "s", documents(2))
    assert not archive.is_built(tmp_path / "s")
    assert len([path for path in (tmp_path / "s" / "graph").iterdir() if path.is_dir()]) == 1


def test_what_people_judge_makes_the_graph_anew_and_nothing_else(tmp_path: Path) -> None:
    items = documents(0, 110)  # two about Ana Velho
    grow(tmp_path, items)
    out = tmp_path.with_name("judged")
    assert exported(tmp_path, out)["graph.ttl"].count(b'rdfs:label "Ana Velho"') == 1
    judging.judge(tmp_path, "Ana Velho@case-0", "Ana Velho@case-110", same=False)
    assert not archive.status(tmp_path).current
    assert grow(tmp_path, items) == {"same": 2}
    assert exported(tmp_path, out)["graph.ttl"].count(b'rdfs:label "Ana Velho"') == 2
    [judgement] = judging.judgements(tmp_path)
    assert (judgement.by, judgement.same) == ("person", False)
    assert archive.status(tmp_path).current


def test_two_stores_are_compared_and_a_store_with_files(tmp_path: Path) -> None:
    grow(tmp_path / "old", documents(0, 1, 2))
    exported(tmp_path / "old", tmp_path / "files")
    shutil.copytree(tmp_path / "old", tmp_path / "new")
    grow(tmp_path / "new", documents(3))  # its own graph is older now
    with store.opened(tmp_path / "new", write=True) as opened:
        archive.remove(opened, ["case-1"])
    before = [path.read_bytes() for path in sorted(tmp_path.rglob("*")) if path.is_file()]
    for old in ("old", "files"):
        done = CliRunner().invoke(app, ["diff", str(tmp_path / old), str(tmp_path / "new"), "--json"])
        told = [json.loads(line) for line in done.output.splitlines()]
        assert [(each["kind"], each["document"]) for each in told] == [("new", "case-3"), ("gone", "case-1")]
    done = CliRunner().invoke(app, ["diff", str(tmp_path / "files"), str(tmp_path / "old")])
    assert done.output == "Claims that are new: 0; gone: 0; changed: 0.\n"
    assert [path.read_bytes() for path in sorted(tmp_path.rglob("*")) if path.is_file()] == before


# -- killed --------------------------------------------------------------------------------

SCRIPT = """
import sys
from functools import partial
from pathlib import Path
sys.path.insert(0, {tests!r})
import generated
import test_archive
if __name__ == "__main__":
    test_archive.build(Path(sys.argv[1]), jobs=int(sys.argv[2]), pause=0.002)
"""
MANY = 200


def tell(word: str) -> None:
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


def build(folder: Path, *, jobs: int, pause: float) -> None:
    """What is killed: a line for each document when it is done, then the graph and the files."""
    with store.opened(folder / "s", write=True) as opened:
        read = partial(READ, pause=pause)
        for each in archive.grow(opened, documents(*range(MANY)), Setup(), jobs=jobs, read=read):
            assert not isinstance(each, Failure)
            if each.what != "same":
                tell(each.document)
        tell("graph")
        publication = archive.Publication(opened, OPTIONS)
        publication.refresh()
        publication.export(folder / "out", ["ttl", "json"])
        tell("end")


@pytest.mark.parametrize("jobs", [1, 2])
def test_killed_at_any_point_it_goes_on_and_ends_with_the_same_bytes(tmp_path: Path, jobs: int) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT.format(tests=str(Path(__file__).parent)), encoding="utf-8")
    chance = random.Random(jobs)
    done: list[str] = []
    kills = 0
    while "end" not in done:
        process = subprocess.Popen(
            [sys.executable, str(script), str(tmp_path), str(jobs)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        lives = chance.randrange(1, 80)
        for line in process.stdout:
            done.append(line.strip())
            if kills < 6 and (len(done) % 80 == lives or line == "graph\n"):
                time.sleep(chance.random() * 0.05)
                process.send_signal(signal.SIGKILL)
                kills += 1
                break
        rest, complaint = process.communicate(timeout=300)
        done += rest.split()
        assert "Traceback" not in complaint
        with store.opened(tmp_path / "s") as opened:
            kept = {each.id for each in opened.all()}
        assert {line for line in done if line.startswith("case-")} <= kept
    assert kills >= 3
    read_twice = [line for line, count in Counter(done).items() if count > 1 and line.startswith("case-")]
    assert read_twice == []
    grow(tmp_path / "once", documents(*range(MANY)))
    files = exported(tmp_path / "once", tmp_path / "other")
    assert files == {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert asked(tmp_path / "s") == asked(tmp_path / "once")


def test_a_run_that_did_not_end_is_told(tmp_path: Path) -> None:
    with store.opened(tmp_path, write=True) as opened:
        found = archive.grow(opened, documents(0, 1, 2, 3, 4, 5), Setup(), read=READ)
        next(iter(found))
    known = archive.status(tmp_path)
    assert known.begun is not None
    assert known.ended is None
    assert known.counts.documents == 1
