"""A time limit on a piece of work in this process."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class TooLong(Exception):
    """The work did not end within its limit."""


@contextmanager
def within(seconds: float | None) -> Iterator[None]:
    """Raise ``TooLong`` in the block once ``seconds`` have gone by; ``None`` is no limit.

    It needs the alarm clock of POSIX and the main thread; elsewhere there is no limit here, and only
    that of ``kg.scale.local`` on a whole process holds.
    """
    if seconds is None or not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _ring)
    # it rings again each second: the first exception may be lost in a callback that drops what it raises
    signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _ring(number: int, frame: FrameType | None) -> None:
    raise TooLong
