"""The pool of processes, with work that needs no model: it sleeps, dies, hangs and refuses on demand."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

import pooled
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pooled import lost, start

from kg.errors import ProcessError, RulesError
from kg.scale import limit, local


def spread(items: Sequence[str], *, size: int = 2, jobs: int = 2, patience: float | None = None) -> list[str]:
    batches = local.in_batches(items, most=size, weight=lambda _: 1, heaviest=size)
    return list(local.spread(start, batches, jobs=jobs, lost=lost, patience=patience))


WORDS = ["sleep 0.05", *(f"w{n}" for n in range(40))]


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_come_in_the_order_of_the_items(jobs: int) -> None:
    assert spread(WORDS, jobs=jobs) == [f"{word}!" for word in WORDS]


def test_nothing_comes_of_nothing() -> None:
    assert spread([]) == []


def test_a_process_that_dies_costs_its_item_alone() -> None:
    items = [*WORDS[:5], "die", *WORDS[5:], "die"]
    found = spread(items, size=4)
    dead = [n for n, item in enumerate(items) if item == "die"]
    assert [n for n, result in enumerate(found) if not result.endswith("!")] == dead
    assert all(found[n] == "die? the process that read it ended (SIGKILL)" for n in dead)
    assert [result for result in found if result.endswith("!")] == [f"{word}!" for word in WORDS]


def test_an_exception_that_the_work_does_not_catch_is_a_process_that_ends() -> None:
    assert spread(["a", "crash x", "b"]) == ["a!", "crash x? the process that read it ended (exit status 1)", "b!"]


def test_a_process_that_hangs_is_ended() -> None:
    found = spread(["a", "hang", "b", "c"], patience=2.5)
    assert found == ["a!", "hang? the process that read it gave no sign for 2.5 seconds", "b!", "c!"]


def test_a_slow_reader_of_the_results_ends_no_process() -> None:
    """While nobody takes results, the processes wait for their pipes, and that is no hanging."""
    items = [f"{n} {'x' * 100_000}" for n in range(8)]
    batches = [items[:4], items[4:]]
    found = []
    for result in local.spread(start, batches, jobs=2, lost=lost, patience=2.0):
        if not found:
            time.sleep(2.5)
        found.append(result)
    assert found == [f"{item}!" for item in items]


def test_what_refuses_to_start_says_why() -> None:
    with pytest.raises(RulesError, match="no such rules"):
        list(local.spread(partial(start, "no such rules"), [["a"]], jobs=2, lost=lost))


def test_a_process_that_dies_as_it_starts_is_an_error() -> None:
    with pytest.raises(ProcessError, match=r"exit status 3.* while it started"):
        list(local.spread(partial(start, "die"), [["a"]], jobs=2, lost=lost))


def test_only_so_much_is_taken_as_can_be_done_soon() -> None:
    """One slow item in front, and the supply is not drained behind it."""
    taken = 0

    def supply() -> Iterator[list[str]]:
        nonlocal taken
        for word in ["sleep 1.5", *(f"w{n}" for n in range(5000))]:
            taken += 1
            yield [word]

    results = local.spread(start, supply(), jobs=2, lost=lost)
    assert next(results) == "sleep 1.5!"
    assert 2 <= taken <= 2 * local._AHEAD + 6
    assert sum(1 for _ in results) == 5000


def test_who_closes_early_ends_the_processes() -> None:
    results = local.spread(start, [["a"], ["hang"]], jobs=2, lost=lost)
    assert next(results) == "a!"
    began = time.monotonic()
    results.close()
    assert time.monotonic() - began < 120


SCRIPT = """
import sys, time
sys.path.insert(0, {here!r})
from kg.scale import local
from pooled import lost, start
if __name__ == "__main__":
    for result in local.spread(start, [["pid"], ["hang"], ["hang"]], jobs=2, lost=lost):
        print(result, flush=True)
"""


def _children(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


def _with_ctrl_c() -> None:
    """A job in the background starts with Ctrl-C off, and hands that on to what it starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="asks Linux for the children of a process")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda sent: sent.name)
def test_ctrl_c_and_kill_end_every_process(sent: signal.Signals, tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT.format(here=str(Path(pooled.__file__).parent)), encoding="utf-8")
    parent = subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=_with_ctrl_c,
    )
    assert parent.stdout is not None
    assert parent.stdout.readline() == "pid!\n"
    children = _children(parent.pid)
    assert len(children) >= 2
    if sent == signal.SIGINT:
        os.killpg(parent.pid, sent)  # as a terminal does
    else:
        os.kill(parent.pid, sent)
    _, complaint = parent.communicate(timeout=120)
    assert complaint.count("Traceback") == (sent == signal.SIGINT)
    until = time.monotonic() + 120
    while any(map(_runs, children)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(_runs, children))


def test_the_last_batches_are_shared_out() -> None:
    """Nobody is left alone with a whole batch while the others have nothing to do."""
    batches = [[f"pid {n}.{k}" for k in range(4)] for n in range(6)]
    found = list(local.spread(pooled.start_with_sizes, batches, jobs=2, lost=lost))
    assert [each.split("!")[0] for each in found] == [word for batch in batches for word in batch]
    sizes = [int(each.split("!")[1]) for each in found]
    assert sizes[:8] == [4] * 8 and sizes[-4:] == [1] * 4


# -- batches and limits --------------------------------------------------------------------


@given(st.lists(st.integers(0, 50)), st.integers(1, 5), st.integers(1, 60))
def test_batches_hold_everything_in_order_and_no_more_than_they_may(
    weights: list[int], most: int, heaviest: int
) -> None:
    batches = list(local.in_batches(weights, most=most, weight=lambda weight: weight, heaviest=heaviest))
    assert [weight for batch in batches for weight in batch] == weights
    assert all(0 < len(batch) <= most for batch in batches)
    assert all(len(batch) == 1 or sum(batch) <= heaviest for batch in batches)


def test_a_limit_ends_what_takes_too_long() -> None:
    def forever() -> None:
        while True:
            pass

    with pytest.raises(limit.TooLong):
        limit.within(0.05, forever)


def test_a_limit_ends_what_drops_exceptions_on_the_way() -> None:
    def stubborn() -> None:
        with suppress(limit.TooLong):
            time.sleep(10)
        time.sleep(10)

    began = time.monotonic()
    with pytest.raises(limit.TooLong):
        limit.within(0.05, stubborn)
    assert time.monotonic() - began < 8


@pytest.mark.parametrize("seconds", [None, 30.0])
def test_a_limit_leaves_alone_what_ends_in_time(seconds: float | None) -> None:
    assert limit.within(seconds, lambda: "done") == "done"


def test_a_limit_leaves_no_alarm_behind_whenever_it_rings() -> None:
    before = signal.getsignal(signal.SIGALRM)
    for n in range(1, 300):
        with suppress(limit.TooLong):
            limit.within(n * 1e-7, lambda: None)
        assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
        assert signal.getsignal(signal.SIGALRM) is before
