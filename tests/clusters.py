"""Apache Spark for tests: where there is one, and why there is none."""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest


def _missing() -> str:
    home = os.environ.get("JAVA_HOME")
    if shutil.which("java") is None and not (home and Path(home, "bin", "java").exists()):
        return "there is no Java for Spark here"
    return "" if find_spec("pyspark") and find_spec("splink") else "pyspark and splink are not installed"


MISSING = _missing()
#: For ``pytestmark``.
NEEDED = [
    pytest.mark.spark,
    pytest.mark.skipif(bool(MISSING), reason=MISSING),
    # pyspark says so with each start, and has for a year
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
]


def settle() -> None:
    """Small and quiet, for a machine that others use too."""
    os.environ["PYSPARK_SUBMIT_ARGS"] = (
        "--driver-memory 2g --conf spark.ui.enabled=false --conf spark.sql.shuffle.partitions=2 pyspark-shell"
    )
    # the workers import what the tests do
    here = Path(__file__).parent
    os.environ["PYTHONPATH"] = os.pathsep.join(
        [str(here.parent), str(here), *filter(None, [os.environ.get("PYTHONPATH")])]
    )


def descendants(pid: int) -> list[int]:
    """The processes that a process has started, and those that they have."""
    found = [int(word) for path in Path(f"/proc/{pid}/task").glob("*/children") for word in path.read_text().split()]
    return [*found, *(each for child in found for each in descendants(child))]


def executors(pid: int) -> list[int]:
    """Of these, the executors of Spark."""

    def command(each: int) -> str:
        try:
            return Path(f"/proc/{each}/cmdline").read_text()
        except (FileNotFoundError, ProcessLookupError):
            return ""

    return [each for each in descendants(pid) if "CoarseGrainedExecutorBackend" in command(each)]
