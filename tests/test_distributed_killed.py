"""A worker of Spark is killed while it reads, and everything is read all the same."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import clusters
import generated
import pytest
from clusters import NEEDED, settle

from kg import distributed, pipeline
from kg.distributed import reading
from kg.model import Document, Failure
from kg.pipeline import Setup
from kg.scale import spark

pytestmark = NEEDED


def test_a_worker_that_is_killed_while_it_reads_costs_time_and_no_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The work kills its own executor, so that this happens in the midst of a part on a machine of any speed."""
    documents: list[Document | Failure] = [generated.document(n) for n in range(24)]
    documents.insert(7, Failure("broken.txt", "is no text"))
    killed = tmp_path / "killed"
    monkeypatch.setattr(reading, "_read_rows", partial(clusters.read_and_kill, str(killed)))
    settle()
    with spark.opened("local-cluster[2,1,1024]") as cluster:
        found = list(distributed.read(documents, Setup(), cluster))
        victim = int(killed.read_text())
        assert "CoarseGrainedExecutorBackend" not in clusters.command(victim)
    assert victim > 1
    assert found == list(pipeline.read(documents, Setup()))
