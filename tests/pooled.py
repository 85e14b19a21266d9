"""Work for a pool of processes that needs no model: it sleeps, dies, hangs and refuses on demand.

A module of its own beside the tests: the processes import it by this name, wherever ``kg`` is installed.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence

from kg.errors import RulesError

Work = Callable[[Sequence[str]], Iterator[str]]


def start(refuse: str = "") -> Work:
    if refuse == "die":
        os._exit(3)
    if refuse:
        raise RulesError(refuse)
    return work


def work(items: Sequence[str]) -> Iterator[str]:
    for item in items:
        what, _, more = item.partition(" ")
        if what == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        elif what == "crash":
            raise LookupError(more)
        elif what == "hang":
            time.sleep(600)
        elif what == "sleep":
            time.sleep(float(more))
        yield f"{item}!"


def start_with_sizes() -> Work:
    return sizes


def sizes(items: Sequence[str]) -> Iterator[str]:
    """How many each came with."""
    for item in items:
        yield f"{item}!{len(items)}"


def lost(item: str, why: str) -> str:
    return f"{item}? {why}"
