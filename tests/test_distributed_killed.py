"""A worker of Spark is killed while it reads, and everything is read all the same."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import generated
from clusters import NEEDED, executors, settle

from kg import distributed, pipeline
from kg.model import Document, Failure
from kg.pipeline import Setup
from kg.scale import spark
from kg.scale.spark import Cluster

pytestmark = NEEDED


@contextmanager
def a_killed_executor(cluster: Cluster) -> Iterator[list[int]]:
    """Kills one executor as soon as a part has been read and others are being read; which one."""
    killed: list[int] = []
    ended = threading.Event()
    context = cluster.spark.sparkContext

    def watch() -> None:
        while not killed and not ended.wait(0.05):
            running = executors(os.getpid())
            tracker = context.statusTracker()
            stages = [tracker.getStageInfo(each) for each in tracker.getActiveStageIds()]
            if len(running) == 2 and any(each and each.numTasks > 2 and each.numCompletedTasks for each in stages):
                os.kill(running[0], signal.SIGKILL)
                killed.append(running[0])

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield killed
    finally:
        ended.set()
        watcher.join()


def test_a_worker_that_is_killed_while_it_reads_costs_time_and_no_data() -> None:
    documents: list[Document | Failure] = [generated.document(n) for n in range(60)]
    documents.insert(7, Failure("broken.txt", "is no text"))
    settle()
    with spark.opened("local-cluster[2,1,1024]") as cluster:
        with a_killed_executor(cluster) as killed:
            found = list(distributed.read(documents, Setup(), cluster))
        assert len(killed) == 1
    assert found == list(pipeline.read(documents, Setup()))
