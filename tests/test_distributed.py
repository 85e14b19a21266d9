"""Two engines compared: what Spark builds is what is built here."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from types import ModuleType

import pytest
from clusters import NEEDED, settle
from typer.testing import CliRunner

from kg.cli import app
from kg.distributed import identity, reading
from kg.fuse import fuse
from kg.fuse.resolve import resolve
from kg.model import Judgement, Reading
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
    made = list(benchmark.readings(60))
    return [*made, made[7]]  # a document that comes twice counts once


def test_who_is_who_is_the_same_by_both(cluster: Cluster, crowd: list[Reading]) -> None:
    rules_alone = resolve(crowd[:-1]).judgements
    judgements = [
        Judgement(one.a, one.b, not one.same, by="person")
        for one in (next(j for j in rules_alone if j.same is same) for same in (True, False))
    ]
    here = fuse(crowd, judgements=judgements)
    there = partial(identity.resolve, cluster, reading.table(cluster, crowd))
    assert fuse(crowd, judgements=judgements, resolver=there) == here
    assert any(j.same for j in here.judgements) and any(not j.same for j in here.judgements)


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
