"""Two engines compared: what Spark builds is what is built here."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator
from dataclasses import replace
from operator import itemgetter
from pathlib import Path
from types import ModuleType

import pytest
from clusters import NEEDED, settle
from pyarrow import parquet
from typer.testing import CliRunner

from kg.cli import app
from kg.distributed import merging, reading
from kg.errors import KgError
from kg.fuse import fuse
from kg.model import Correction, Filler, Judgement, Reading
from kg.scale import spark
from kg.scale.spark import Cluster

pytestmark = NEEDED

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    settle()
    with spark.opened("local[2]") as opened:
        yield opened


@pytest.fixture(scope="module")
def crowd() -> list[Reading]:
    """Documents with few surnames, so that many blocks are too large to be compared in full."""
    spec = importlib.util.spec_from_file_location("fuse_benchmark", ROOT / "benchmarks" / "fuse.py")
    assert spec is not None and spec.loader is not None
    benchmark: ModuleType = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(benchmark)
    benchmark._LAST = ["Halaman", "Korsen", "Korsenn"]
    made = [with_more(each) for each in benchmark.readings(60)]
    again = replace(made[3], document=replace(made[3].document, id="a reprint"))
    return [*made, again, made[7]]  # a document that comes twice counts once


def with_more(found: Reading) -> Reading:
    """A claim about another one, and one whose noun may take up what was told before."""
    first, second, third, *rest = found.claims
    told = replace(second, roles={**second.roles, "topic": (Filler(first.trigger, situation=first.id),)})
    taken_up = replace(third, cls=first.cls, roles={}, time=None, rule="generated noun «x»")
    return replace(found, claims=(first, told, taken_up, *rest))


def test_what_was_merged_is_the_same_by_both(cluster: Cluster, crowd: list[Reading]) -> None:
    alone = fuse(crowd)
    judgements = [
        Judgement(one.a, one.b, not one.same, by="person")
        for one in (next(j for j in alone.judgements if j.same is same) for same in (True, False))
    ]
    merged = [situation.claims for situation in alone.situations if len(situation.claims) > 1]
    corrections = [Correction(merged[0][0], wrong=True), Correction(merged[1][0], changes=(("polarity", "negative"),))]
    here = fuse(crowd, judgements=judgements, corrections=corrections)
    found = reading.table(cluster, crowd)
    assert merging.knowledge(merging.fused(cluster, found, judgements, corrections)) == here
    assert any(j.same for j in here.judgements) and any(not j.same for j in here.judgements)
    assert here.reprints and here.rejected
    assert any(f.situation for claim in here.claims for _, f in claim.fillers())


def test_the_files_are_the_same_and_so_is_what_is_told(cluster: Cluster, tmp_path: Path) -> None:
    (tmp_path / "broken.txt").write_bytes(b"\0\1\2")
    inputs = [str(ROOT / "examples" / "rome.txt"), str(tmp_path / "broken.txt"), str(ROOT / "examples" / "houston.txt")]
    written = {}
    for engine in ("local", "spark"):
        done = CliRunner().invoke(
            app,
            ["build", *inputs, "-o", str(tmp_path / engine), "--formats", "nq,json", "--engine", engine]
            + (["--master", "local[2]"] if engine == "spark" else []),
        )
        assert done.exit_code == 1
        files = {path.name: path.read_bytes() for path in (tmp_path / engine).iterdir()}
        written[engine] = done.output.replace(str(tmp_path / engine), ""), files
    assert written["local"] == written["spark"]
    assert json.loads(written["spark"][1]["graph.json"])["nodes"]


def parts(folder: Path) -> list[str]:
    """The lines of all parts, sorted; that all of it is there is said by an empty file."""
    assert (folder / "_SUCCESS").exists()
    files = sorted(folder.glob("part-*"))
    return sorted(line for path in files for line in path.read_text(encoding="utf-8").split("\n") if line)


def test_what_the_workers_write_in_parts_is_what_a_local_build_writes(cluster: Cluster, tmp_path: Path) -> None:
    (tmp_path / "broken.txt").write_bytes(b"\0\1\2")
    stories = [ROOT / "examples" / name for name in ("rome.txt", "houston.txt")]
    (tmp_path / "again.txt").write_text("A reprint. " + stories[0].read_text(encoding="utf-8"), encoding="utf-8")
    names = {"one.txt": "Thae Yong Ho", "two.txt": "Tae Yong-ho"}
    for file, name in names.items():
        (tmp_path / file).write_text(f"{name}, the deputy ambassador to Britain, defected in 2016.", encoding="utf-8")
    stories += [tmp_path / file for file in names]
    given = ["build", *map(str, stories), str(tmp_path / "again.txt"), str(tmp_path / "broken.txt")]
    here = CliRunner().invoke(app, [*given, "-o", str(tmp_path / "here"), "--formats", "nq,parquet"])
    there = CliRunner().invoke(
        app, [*given, "--engine", "spark", "--master", "local[2]", "--partitioned", str(tmp_path / "there")]
    )
    assert (here.exit_code, there.exit_code) == (1, 1), there.output
    assert there.output.splitlines()[:6] == here.output.splitlines()[:6]  # how much of what there is
    assert "broken.txt" in there.output and not (tmp_path / "output").exists()
    lines = parts(tmp_path / "there" / "graph.nq")
    assert lines == sorted((tmp_path / "here" / "graph.nq").read_text(encoding="utf-8").splitlines())
    assert any("ontology#reprintOf" in line for line in lines)
    own = (tmp_path / "here" / "judgements.jsonl").read_text(encoding="utf-8").splitlines()
    assert parts(tmp_path / "there" / "judgements.jsonl") == sorted(own) and own
    tables = [parquet.read_table(tmp_path / name / "claims.parquet") for name in ("here", "there")]
    assert tables[0].schema.names == tables[1].schema.names
    rows = [sorted(table.to_pylist(), key=itemgetter("claim")) for table in tables]
    assert rows[0] == rows[1] and rows[0]
    # what is there is never written over
    again = CliRunner().invoke(app, [*given, "--engine", "spark", "--partitioned", str(tmp_path / "there")])
    assert isinstance(again.exception, KgError) and "there is a graph.nq already" in str(again.exception)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--engine", "local"], "add --engine spark"),
        (["--engine", "spark", "--formats", "nq,html"], "only nq and parquet are written in parts"),
        (["--engine", "spark", "--formats", "nq", "--view", "standard"], "only all claims"),
    ],
)
def test_what_cannot_be_written_in_parts_is_told(options: list[str], told: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["build", str(ROOT / "examples" / "rome.txt"), "--partitioned", "x", *options])
    assert isinstance(done.exception, KgError) and told in str(done.exception)
