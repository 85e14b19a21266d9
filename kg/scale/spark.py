"""Rows on many machines, by Apache Spark: written, mapped, grouped and joined; no stage is known here.

A row is a tuple of whole numbers and bytes, so that nothing is lost on the way that a type of Spark's could not hold.
What a step gives is kept as Parquet in the scratch folder before the next one starts: an executor that dies costs
what it was doing, and never what was done.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import ProcessError

if TYPE_CHECKING:
    import pandas as pd
    from pyspark.sql import DataFrame, SparkSession

#: Rows in, rows out, in one process of a worker; it is pickled.
Work = Callable[[Iterator[Any]], Iterable[tuple[Any, ...]]]

#: Rows that go between Spark and Python at a time, and rows and bytes that the driver hands over at a time.
_BATCH = 64
_ROWS, _BYTES = 5_000, 16_000_000
#: Rows for one task of reading: enough to be worth its start, few enough to be done again.
_TASK = 500
_LOCAL = re.compile(r"local(?:\[(?P<cores>\d+|\*)\])?")


@dataclass(frozen=True, slots=True)
class Cluster:
    """An open session of Spark, and the folder (or ``hdfs://``, ``s3a://`` ... address) that all its machines see."""

    spark: SparkSession
    scratch: str


@contextmanager
def opened(master: str, scratch: str | None = None) -> Iterator[Cluster]:
    """Spark at ``master``, with a folder of its own under ``scratch`` that is taken away in the end.

    A session that runs already is used, and left running. Raises ``ProcessError`` if there is no pyspark or no
    Java, if the master does not answer, or if there is no scratch folder and the machines are several.
    """
    _check(master, scratch)
    from pyspark.sql import SparkSession

    running = SparkSession.getActiveSession()
    own = tempfile.mkdtemp(prefix="kg-") if scratch is None else f"{scratch.rstrip('/')}/kg-{os.getpid()}"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # that a newer pandas is not tried out yet
        spark = running or _start(master)
        try:
            with _settings(spark):
                yield Cluster(spark, own)
        finally:
            _take_away(spark, own)
            if running is None:
                spark.stop()


def _check(master: str, scratch: str | None) -> None:
    if find_spec("pyspark") is None or find_spec("splink") is None:
        raise ProcessError("--engine spark needs the packages pyspark and splink: pip install 'kg-news[spark]'.")
    home = os.environ.get("JAVA_HOME")
    if shutil.which("java") is None and not (home and Path(home, "bin", "java").exists()):
        raise ProcessError("--engine spark needs Java, 17 or newer: install it, or set JAVA_HOME to where it is.")
    if scratch is None and not master.startswith("local"):
        raise ProcessError(f"--master {master}: name a folder that all its machines see, with --scratch.")


def _start(master: str) -> SparkSession:
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    if master.startswith("local"):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    found = _LOCAL.fullmatch(master)
    # without a number of attempts, a process that dies ends a run on one machine
    builder = SparkSession.builder.appName("kg").master(f"local[{found['cores'] or '*'},4]" if found else master)
    for name, value in _started_with(master).items():
        builder = builder.config(name, value)
    try:
        spark = builder.getOrCreate()
    except (PySparkException, Py4JError, OSError) as error:
        raise _refused(master, error) from error
    spark.sparkContext.setLogLevel("ERROR")
    return spark


def _refused(master: str, error: Exception) -> ProcessError:
    first = next((line for line in str(error).splitlines() if line.strip()), type(error).__name__)
    return ProcessError(f"--master {master}: Spark could not be started there ({first.strip()}).")


def _started_with(master: str) -> dict[str, str]:
    """What has to be said before a session starts; whatever the user's own spark-defaults.conf says stands."""
    if not master.startswith("local"):
        return {}
    mine = {"spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1", "spark.ui.enabled": "false"}
    return mine | {"spark.ui.showConsoleProgress": "false"}


@contextmanager
def _settings(spark: SparkSession) -> Iterator[None]:
    name = "spark.sql.execution.arrow.maxRecordsPerBatch"
    before = spark.conf.get(name)
    spark.conf.set(name, str(_BATCH))
    try:
        yield
    finally:
        if before is not None:
            spark.conf.set(name, before)


def _take_away(spark: SparkSession, folder: str) -> None:
    """Through Hadoop, which knows every kind of address."""
    from py4j.protocol import Py4JError

    with suppress(Py4JError, OSError):  # a session that is dead cannot clean up, and the error that killed it is told
        path, files = _files(spark, folder)
        files.delete(path, True)


def _files(spark: SparkSession, place: str) -> tuple[Any, Any]:
    """The place as Hadoop's path, and the file system that it is in."""
    jvm: Any = spark.sparkContext._jvm
    path = jvm.org.apache.hadoop.fs.Path(place)
    return path, path.getFileSystem(spark.sparkContext._jsc.hadoopConfiguration())


# -- tables --------------------------------------------------------------------------------


def written(cluster: Cluster, name: str, rows: Iterable[tuple[Any, ...]], schema: str) -> DataFrame:
    """The driver's own rows as a table; only so many are in memory at a time. The last column is bytes."""
    place = f"{cluster.scratch}/{name}"
    supply = iter(rows)
    while chunk := list(_chunk(supply)):
        cluster.spark.createDataFrame(chunk, schema).coalesce(1).write.mode("append").parquet(place)
    if not exists(cluster, place):
        cluster.spark.createDataFrame([], schema).write.parquet(place)
    return cluster.spark.read.schema(schema).parquet(place)


def _chunk(rows: Iterator[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    size = 0
    for row in islice(rows, _ROWS):
        yield row
        size += len(row[-1])
        if size > _BYTES:
            return


def kept(cluster: Cluster, name: str, frame: DataFrame) -> DataFrame:
    """The table as it is on the disk once it has been made: what rests on it never makes it again."""
    place = f"{cluster.scratch}/{name}"
    frame.write.parquet(place)
    return cluster.spark.read.schema(frame.schema).parquet(place)


def in_tasks(frame: DataFrame, count: int) -> DataFrame:
    """A table of ``count`` rows of much work each, in as many parts as there should be tasks."""
    cores = frame.sparkSession.sparkContext.defaultParallelism
    return frame.repartition(max(1, min(count, max(2 * cores, -(-count // _TASK)))), frame.columns[0])


def collected(frame: DataFrame, *order: str) -> Iterator[tuple[Any, ...]]:
    """The rows in that order, a part at a time."""
    for row in frame.orderBy(*order).toLocalIterator():
        yield tuple(bytes(value) if isinstance(value, bytearray) else value for value in row)


def exists(cluster: Cluster, place: str) -> bool:
    """Whether there is a file or a folder at that address."""
    path, files = _files(cluster.spark, place)
    return bool(files.exists(path))


# -- work ----------------------------------------------------------------------------------


def mapped(frame: DataFrame, work: Work, schema: str) -> DataFrame:
    """What ``work`` makes of the rows of each part, in Python processes of the workers."""
    return frame.mapInPandas(partial(_mapped, work, _names(schema)), schema)


def grouped(frame: DataFrame, work: Work, schema: str, *, by: str, order: str) -> DataFrame:
    """What ``work`` makes of the rows of each value of ``by``, which come in the order of these columns ("kind
    number"), one at a time."""
    parts = frame.repartition(by).sortWithinPartitions(by, *order.split())
    place = frame.columns.index(by)
    return mapped(parts, partial(_each_group, work, place), schema)


def _each_group(work: Work, place: int, rows: Iterator[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    for _, group in groupby(rows, key=itemgetter(place)):
        yield from work(group)


def _names(schema: str) -> list[str]:
    return [column.split()[0].strip("`") for column in schema.split(",")]


def _mapped(work: Work, names: list[str], frames: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    import pandas as pd

    rows = (row for frame in frames for row in frame.itertuples(index=False, name=None))
    made = iter(work(rows))
    while batch := list(islice(made, _BATCH)):
        yield pd.DataFrame(batch, columns=names)


def attempt() -> int:
    """How often this task was tried before; 0 outside of one."""
    from pyspark import TaskContext

    context = TaskContext.get()
    return 0 if context is None else context.attemptNumber()


# -- components ----------------------------------------------------------------------------


def components(cluster: Cluster, name: str, edges: DataFrame) -> DataFrame:
    """The smallest node of each node's component, by Splink's clustering: (node, component).

    ``edges`` has the columns a and b, whole numbers; a node without an edge is in no component.
    """
    from splink import SparkAPI
    from splink.clustering import cluster_pairwise_predictions_at_threshold

    nodes = edges.selectExpr("a AS node").union(edges.selectExpr("b AS node")).distinct()
    cluster.spark.sparkContext.setCheckpointDir(f"{cluster.scratch}/{name}-rounds")
    make: Any = SparkAPI  # it has no types
    splink = make(spark_session=cluster.spark, register_udfs_automatically=False, break_lineage_method="checkpoint")
    found = cluster_pairwise_predictions_at_threshold(
        nodes,
        edges.select("a", "b"),
        splink,
        node_id_column_name="node",
        edge_id_column_name_left="a",
        edge_id_column_name_right="b",
    )
    return kept(cluster, name, found.as_spark_dataframe().selectExpr("node", "cluster_id AS component"))
