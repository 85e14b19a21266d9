"""Apache Spark for tests: where there is one, and why there is none."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from kg.distributed import reading
from kg.pipeline import Setup


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
        "--driver-memory 2g --conf spark.ui.enabled=false --conf spark.sql.shuffle.partitions=2 "
        # with few rows, most of the time would be spent on compiling what is run once
        "--conf spark.sql.codegen.wholeStage=false --conf spark.driver.extraJavaOptions=-XX:TieredStopAtLevel=1 "
        "--conf spark.executor.extraJavaOptions=-XX:TieredStopAtLevel=1 pyspark-shell"
    )
    # the workers import what the tests do
    here = Path(__file__).parent
    os.environ["PYTHONPATH"] = os.pathsep.join(
        [str(here.parent), str(here), *filter(None, [os.environ.get("PYTHONPATH")])]
    )


def command(pid: int) -> str:
    """What a process was started with; nothing if it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def executor(pid: int) -> int:
    """The executor of Spark that a process belongs to: the nearest above it."""
    while pid and "CoarseGrainedExecutorBackend" not in command(pid):
        pid = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return pid


#: How many parts this process has read.
_parts = 0
_read_rows = reading._read_rows


def read_and_kill(file: str, setup: Setup, rows: Iterator[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """As documents are read; but the first process that has read one part and some of the next one kills its executor,
    and writes into the file which one that was."""
    global _parts
    for n, row in enumerate(_read_rows(setup, rows)):
        if _parts and n == 2:
            _kill_once(Path(file))
        yield row
    _parts += 1


def _kill_once(file: Path) -> None:
    try:
        with file.open("x") as told:
            mine = executor(os.getpid())
            told.write(str(mine))
    except FileExistsError:
        return
    os.kill(mine, signal.SIGKILL)
    time.sleep(600)  # nothing more comes of this part: who is orphaned is ended
