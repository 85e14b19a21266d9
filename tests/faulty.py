"""A build and an update of a store, of small articles and with no model, to be killed; and whether nothing broke."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import generated

import kg
from kg import archive, pipeline
from kg.model import Failure
from kg.pipeline import Setup
from kg.publish import exchange, formats, sparql
from kg.scale import store

OPTIONS = formats.options(base=None, text=True)
FORMATS = ["ttl", "json", "nq"]
OLD, NEW = 15, 40
#: So soon after its beginning, in seconds, that nothing of it can have ended.
_MOMENT = 0.001
_SCRIPT = """
import sys
from pathlib import Path
import faulty
if __name__ == "__main__":
    getattr(faulty, sys.argv[1])(Path(sys.argv[2]), int(sys.argv[3]))
"""


class Kill(NamedTuple):
    """What was killed and when, as a share of the time that it takes; whether it ended before; what was found."""

    what: str
    share: float
    ended: bool
    found: str


def tell(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def build(folder: Path, many: int) -> None:
    """Articles into ``folder/out``, told when it begins and ends."""
    tell("begin")
    readings = [generated.read(generated.document(n)) for n in range(many)]
    kg.Graph(pipeline.build(readings)).save(folder / "out", formats=FORMATS)
    tell("end")


def update(folder: Path, many: int) -> None:
    """Articles into the store ``folder/store``, and its files into ``folder/out``; a line for each that is done."""
    tell("begin")
    documents = [generated.document(n) for n in range(many)]
    with store.opened(folder / "store", write=True) as opened:
        for each in archive.grow(opened, documents, Setup(), read=generated.read_packed):
            assert not isinstance(each, Failure)
            tell(each.document)
        tell("graph")
        publication = archive.Publication(opened, OPTIONS)
        publication.refresh()
        publication.export(folder / "out", FORMATS)
    tell("end")


def files(folder: Path) -> dict[str, bytes]:
    """What a user sees in the folder."""
    exchange.settle(folder)
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if not path.name.startswith(".")}


def started(what: str, folder: Path, many: int) -> subprocess.Popen[str]:
    """The process, once it has told that it begins."""
    path = os.pathsep.join(map(str, (Path(__file__).parent, Path(__file__).parents[1])))
    process = subprocess.Popen(
        [sys.executable, "-c", _SCRIPT, what, str(folder), str(many)],
        env={**os.environ, "PYTHONPATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "begin\n"
    return process


def duration(what: str, folder: Path) -> float:
    """How long the whole of it takes here, in seconds, from a folder as ``prepare`` leaves it."""
    prepare(what, folder)
    process = started(what, folder, NEW)
    begun = time.monotonic()
    _, complaint = process.communicate()
    assert process.returncode == 0, complaint
    return time.monotonic() - begun


def prepare(what: str, folder: Path) -> None:
    """The state before: ``OLD`` articles."""
    folder.mkdir()
    quietly(what, folder, OLD)


def quietly(what: str, folder: Path, many: int) -> None:
    process = started(what, folder, many)
    _, complaint = process.communicate()
    assert process.returncode == 0, complaint


def killed(what: str, folder: Path, seconds: float, share: float, whole: Mapping[str, Mapping[str, bytes]]) -> Kill:
    """Kill it after that share of its time; assert that all is old or new, and that the next run ends well.

    ``whole`` are the files of the old state and of the new one.
    """
    prepare(what, folder)
    process = started(what, folder, NEW)
    time.sleep(seconds * share)
    process.send_signal(signal.SIGKILL)
    told, complaint = process.communicate()
    assert "Traceback" not in complaint, complaint
    found = [name for name, content in whole.items() if files(folder / "out") == content]
    assert len(found) == 1, "neither the old files nor the new"
    if what == "update":
        with store.opened(folder / "store") as opened:
            kept = {each.id for each in opened.all()}
        assert {line for line in told.split() if line.startswith("case-")} <= kept
        answer = sparql.query(sparql.load(folder / "store"), "SELECT (COUNT(*) AS ?n) { ?c a kg:Claim }")
        assert int(answer.rows[0][0].value) in (OLD, NEW)
    quietly(what, folder, NEW)
    assert files(folder / "out") == whole["new"]
    left = [path.name for path in (folder / "out").iterdir() if path.name.startswith(".")]
    assert left == []
    return Kill(what, share, process.returncode == 0, found[0])


def states(what: str, folder: Path) -> dict[str, dict[str, bytes]]:
    """The files of the old state and of the new one."""
    folder.mkdir()
    found = {}
    for name, many in (("old", OLD), ("new", NEW)):
        quietly(what, folder, many)
        found[name] = files(folder / "out")
    assert found["old"] != found["new"]
    return found


def many_kills(what: str, folder: Path, times: int, *, seed: int) -> list[Kill]:
    """Kill it so many times, each time at another point; more often, if it always ended before: the machine may have
    been slower when it was timed."""
    chance = random.Random(seed)
    whole = states(what, folder / "whole")
    seconds = duration(what, folder / "timed")
    # each in its own part of the time, and some beyond it
    shares = [1.1 * (n + chance.random()) / times for n in range(times)]
    kills = [killed(what, folder / str(n), seconds, share, whole) for n, share in enumerate(shares)]
    while all(kill.ended for kill in kills) and seconds > _MOMENT:
        seconds /= 2
        kills.append(killed(what, folder / str(len(kills)), seconds, chance.random(), whole))
    return kills
