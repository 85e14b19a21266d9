"""One function over many items, in this process or in several; the results come in the items' order.

Each process has a pipe of its own, so that one which dies or hangs takes nothing with it but what it
was doing: the unfinished items of its batch are done again one by one, and an item that is alone when
its process ends is lost, and told so.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from kg.errors import KgError, ProcessError

Item = TypeVar("Item")
Result = TypeVar("Result")
Lost = TypeVar("Lost")

#: A function that gives one result an item, in order, each as soon as it is done.
Work = Callable[[Sequence[Item]], Iterable[Result]]
#: Makes the function, once a process: it loads what is slow to load. It is pickled, and so are items and results.
Start = Callable[[], Work[Item, Result]]

#: How many results may wait for an earlier one, a process: one slow item does not stop the others.
_AHEAD = 64
#: How long a process may take to end once it has closed its pipe, in seconds.
_PARTING = 5.0
#: The first word of what a process tells.
_READY, _DONE, _REFUSED = "ready", "done", "refused"


def spread(
    start: Start[Item, Result],
    batches: Iterable[Sequence[Item]],
    *,
    jobs: int = 1,
    lost: Callable[[Item, str], Lost],
    patience: float | None = None,
) -> Iterator[Result | Lost]:
    """The result of every item of every batch, in order, by ``jobs`` processes (1: by this one).

    ``lost(item, why)`` is the result of an item whose process died, or told nothing for ``patience``
    seconds and was ended. Batches are taken as they are needed, and nothing is started before the first.
    Raises the ``KgError`` that ``start`` raises, and ``ProcessError`` if processes cannot be started.
    """
    if jobs == 1:
        work: Work[Item, Result] | None = None
        for batch in batches:
            work = work or start()
            yield from work(batch)
        return
    crew = _Crew(start, jobs, lost, patience)
    try:
        yield from crew.results(_numbered(batches))
    finally:
        crew.end()


def in_batches(
    items: Iterable[Item], *, most: int, weight: Callable[[Item], int], heaviest: int
) -> Iterator[list[Item]]:
    """The items in lists of at most ``most``, none heavier than ``heaviest`` but by a single item.

    >>> list(in_batches("aabc", most=3, weight=ord, heaviest=195))
    [['a', 'a'], ['b'], ['c']]
    """
    batch: list[Item] = []
    total = 0
    for item in items:
        heavy = weight(item)
        if batch and (len(batch) == most or total + heavy > heaviest):
            yield batch
            batch, total = [], 0
        batch.append(item)
        total += heavy
    if batch:
        yield batch


def _numbered(batches: Iterable[Sequence[Item]]) -> Iterator[list[tuple[int, Item]]]:
    position = 0
    for batch in batches:
        yield list(enumerate(batch, position))
        position += len(batch)


# -- the parent ----------------------------------------------------------------------------


@dataclass(slots=True, eq=False)
class _Worker(Generic[Item]):
    """A process, the pipe to it, and what of its batch is not done yet: (position, item)."""

    process: BaseProcess
    pipe: Connection
    todo: deque[tuple[int, Item]] = field(default_factory=deque)
    ready: bool = False
    heard: float = 0.0
    gone: str = ""


@dataclass(slots=True, eq=False)
class _Crew(Generic[Item, Result, Lost]):
    """The processes of one run, what they have done and what has to be done again."""

    start: Start[Item, Result]
    jobs: int
    lost: Callable[[Item, str], Lost]
    patience: float | None
    workers: list[_Worker[Item]] = field(default_factory=list)
    again: deque[list[tuple[int, Item]]] = field(default_factory=deque)
    ahead: deque[list[tuple[int, Item]]] = field(default_factory=deque)
    done: dict[int, Result | Lost] = field(default_factory=dict)

    def results(self, supply: Iterator[list[tuple[int, Item]]]) -> Iterator[Result | Lost]:
        given = 0
        while self._hand_out(supply):
            self._look_ahead(supply)
            self._hear()
            self._bury()
            while given in self.done:
                yield self.done.pop(given)
                given += 1

    def end(self) -> None:
        for worker in self.workers:
            _end(worker)

    def _hand_out(self, supply: Iterator[list[tuple[int, Item]]]) -> bool:
        """Give each idle process a batch, if there is one; whether anything is being done then."""
        busy = sum(1 for worker in self.workers if worker.todo)
        while busy < self.jobs:
            batch = self._next(supply)
            if batch is None:
                break
            worker = next((worker for worker in self.workers if not worker.todo), None)
            if worker is None:
                worker = _started(self.start)
                self.workers.append(worker)
            worker.todo.extend(batch)
            if worker.ready:
                _send(worker)
            busy += 1
        return busy > 0

    def _next(self, supply: Iterator[list[tuple[int, Item]]]) -> list[tuple[int, Item]] | None:
        """What has to be done again comes first; nothing new is begun while too much waits to be given out."""
        if self.again:
            return self.again.popleft()
        if len(self.done) >= _AHEAD * self.jobs:
            return None
        return self.ahead.popleft() if self.ahead else next(supply, None)

    def _look_ahead(self, supply: Iterator[list[tuple[int, Item]]]) -> None:
        """Have a batch ready for each process while all are busy, so that none waits until one has been made.

        The last ones are taken apart: else a process would be left alone with a whole batch in the end.
        """
        while len(self.ahead) < self.jobs and len(self.done) < _AHEAD * self.jobs:
            batch = next(supply, None)
            if batch is None:
                self.ahead = deque([each] for batch in self.ahead for each in batch)
                return
            self.ahead.append(batch)

    def _hear(self) -> None:
        """Wait for a process to tell something, and take it in; one that is silent for too long is ended."""
        pipes = {worker.pipe: worker for worker in self.workers}
        heard = [pipes[pipe] for pipe in wait(list(pipes), self._wait_for()) if isinstance(pipe, Connection)]
        for worker in heard:
            try:
                self._take(worker, worker.pipe.recv())
            except (EOFError, OSError):
                worker.process.join(_PARTING)
                worker.gone = f"the process that read it ended ({_exit(worker.process.exitcode)})"
        if not heard and self.patience is not None:
            for worker in self.workers:
                if worker.ready and worker.todo and time.monotonic() >= worker.heard + self.patience:
                    worker.gone = f"the process that read it gave no sign for {self.patience:g} seconds"

    def _wait_for(self) -> float | None:
        due = [worker.heard for worker in self.workers if worker.ready and worker.todo]
        if self.patience is None or not due:
            return None
        return max(0.0, min(due) + self.patience - time.monotonic())

    def _take(self, worker: _Worker[Item], told: tuple[str, Any]) -> None:
        word, value = told
        worker.heard = time.monotonic()
        if word == _REFUSED:
            raise value
        if word == _READY:
            worker.ready = True
            _send(worker)
        else:
            position, _ = worker.todo.popleft()
            self.done[position] = value

    def _bury(self) -> None:
        """Take out the processes that are gone, and see to what they left."""
        for worker in [worker for worker in self.workers if worker.gone]:
            self.workers.remove(worker)
            _end(worker)
            if not worker.ready:
                raise ProcessError(
                    f"{worker.gone.replace('that read it', 'for reading')} while it started: try fewer --jobs if "
                    'memory is short; a script of your own needs if __name__ == "__main__": around its calls.'
                )
            left = list(worker.todo)
            if len(left) == 1:
                [(position, item)] = left
                self.done[position] = self.lost(item, worker.gone)
            else:
                self.again.extend([each] for each in left)


def _started(start: Start[Item, Result]) -> _Worker[Item]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, start), name="kg reader", daemon=True)
    try:
        with _deaf_to_interrupts():
            process.start()
    except OSError as error:
        raise ProcessError(f"No process can be started ({error.strerror}); try fewer --jobs.") from error
    theirs.close()
    return _Worker(process, ours)


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """A process that starts now takes no notice of Ctrl-C: the one that started it sees to its end."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before or signal.SIG_DFL)


def _send(worker: _Worker[Item]) -> None:
    worker.heard = time.monotonic()
    with suppress(OSError):  # it is dead: the next time that we listen, its end of the pipe says so
        worker.pipe.send([item for _, item in worker.todo])


def _end(worker: _Worker[Item]) -> None:
    worker.process.kill()
    worker.process.join()
    worker.pipe.close()


def _exit(code: int | None) -> str:
    if code is None or code >= 0:
        return f"exit status {code}"
    with suppress(ValueError):
        return signal.Signals(-code).name
    return f"signal {-code}"


# -- the process ---------------------------------------------------------------------------


def _serve(pipe: Connection, start: Start[Item, Result]) -> None:
    """What a process does: make the function, then one batch after the other, until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        work = start()
    except KgError as error:
        pipe.send((_REFUSED, error))
        return
    with suppress(EOFError, OSError):  # whoever asked is gone
        pipe.send((_READY, os.getpid()))
        while True:
            for result in work(pipe.recv()):
                pipe.send((_DONE, result))


def _end_with_parent() -> None:
    """Whoever started this process may be killed at any time; then nobody waits for what it does."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
