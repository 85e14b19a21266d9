"""Rows through Spark, with work that needs no model."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import pytest
from clusters import NEEDED, settle

from kg.errors import ProcessError
from kg.scale import local, spark
from kg.scale.spark import Cluster

pytestmark = NEEDED


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    settle()
    with spark.opened("local[2]") as opened:
        yield opened


ROWS = [(n, f"row {n}".encode()) for n in range(150)]
SCHEMA = "number long, data binary"


def doubled(rows: Iterable[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
    for number, data in rows:
        yield number, data * 2


def test_rows_come_back_as_they_were_written_and_in_order(cluster: Cluster) -> None:
    frame = spark.written(cluster, "back", reversed(ROWS), SCHEMA)
    assert list(spark.collected(frame, "number")) == ROWS


def test_a_table_without_rows_is_a_table(cluster: Cluster) -> None:
    frame = spark.kept(cluster, "none", spark.mapped(spark.written(cluster, "empty", [], SCHEMA), doubled, SCHEMA))
    assert list(spark.collected(frame, "number")) == []


def test_every_row_is_worked_on_once(cluster: Cluster) -> None:
    frame = spark.in_tasks(spark.written(cluster, "each", ROWS, SCHEMA), len(ROWS))
    assert frame.rdd.getNumPartitions() > 1
    found = list(spark.collected(spark.mapped(frame, doubled, SCHEMA), "number"))
    assert found == [(number, data * 2) for number, data in ROWS]


def joined(rows: Iterable[tuple[int, int, bytes]]) -> Iterator[tuple[int, bytes]]:
    group = list(rows)
    yield group[0][0], b" ".join(data for _, _, data in group)


def test_the_rows_of_a_group_come_together_and_in_their_order(cluster: Cluster) -> None:
    rows = [(n % 3, 100 - n, str(n).encode()) for n in range(100)]
    frame = spark.written(cluster, "groups", rows, "team long, place long, data binary")
    found = dict(spark.collected(spark.grouped(frame, joined, SCHEMA, by="team", order="place"), "number"))
    assert found == {team: b" ".join(str(n).encode() for n in range(99, -1, -1) if n % 3 == team) for team in range(3)}


def dies_once(rows: Iterable[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
    for number, data in rows:
        if number == 70 and spark.attempt() == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        yield number, data + bytes([spark.attempt()])


def test_a_process_that_dies_costs_time_alone_and_knows_that_it_is_the_second(cluster: Cluster) -> None:
    frame = spark.in_tasks(spark.written(cluster, "deaths", ROWS, SCHEMA), len(ROWS))
    found = spark.kept(cluster, "alive", spark.mapped(frame, dies_once, SCHEMA))
    rows = list(spark.collected(found, "number"))
    assert [(number, data[:-1]) for number, data in rows] == ROWS
    assert rows[70][1][-1] == 1 and {data[-1] for _, data in rows} == {0, 1}


def deadly(batch: Sequence[int]) -> Iterator[str]:
    for number in batch:
        if number == 70:
            os.kill(os.getpid(), signal.SIGKILL)
        yield str(number)


def start() -> Callable[[Sequence[int]], Iterator[str]]:
    return deadly


def lost(number: int, why: str) -> str:
    return f"{number} is lost: {why}"


def apart_the_second_time(rows: Iterable[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
    """As documents are read: in this process at first, in others where one has died."""
    batches = ([number] for number, _ in rows)
    for said in local.spread(start, batches, jobs=1 if spark.attempt() == 0 else 2, lost=lost):
        yield int(said.split()[0]), said.encode()


def test_what_kills_its_process_each_time_costs_itself_alone(cluster: Cluster) -> None:
    frame = spark.in_tasks(spark.written(cluster, "deadly", ROWS, SCHEMA), len(ROWS))
    found = dict(spark.collected(spark.mapped(frame, apart_the_second_time, SCHEMA), "number"))
    assert found.pop(70) == b"70 is lost: the process that read it ended (SIGKILL)"
    assert found == {number: str(number).encode() for number, _ in ROWS if number != 70}


def test_components_have_the_name_of_their_smallest_node(cluster: Cluster) -> None:
    edges = cluster.spark.createDataFrame([(7, 3), (3, 9), (9, 12), (20, 21), (21, 20)], "a long, b long")
    found = dict(spark.collected(spark.components(cluster, "parts", edges), "node"))
    assert found == {3: 3, 7: 3, 9: 3, 12: 3, 20: 20, 21: 20}


def test_what_was_on_the_disk_is_taken_away_and_a_running_session_is_not(cluster: Cluster, tmp_path: Path) -> None:
    with spark.opened("local[2]", str(tmp_path)) as other:
        spark.written(other, "something", ROWS, SCHEMA)
        assert other.spark is cluster.spark
        assert [path.name for path in tmp_path.iterdir()] == [Path(other.scratch).name]
    assert list(tmp_path.iterdir()) == []
    assert cluster.spark.range(3).count() == 3


def test_several_machines_need_a_folder_that_all_see() -> None:
    with pytest.raises(ProcessError, match="--scratch"), spark.opened("spark://somewhere:7077"):
        pass


def test_without_java_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(ProcessError, match="needs Java"), spark.opened("local"):
        pass
