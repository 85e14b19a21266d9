"""A time limit on a piece of work in this process."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import TypeVar

Result = TypeVar("Result")


class TooLong(Exception):
    """The work did not end within its limit."""


def within(seconds: float | None, work: Callable[[], Result]) -> Result:
    """What ``work`` gives; raises ``TooLong`` in it once ``seconds`` have gone by. ``None`` is no limit.

    It needs the alarm clock of POSIX and the main thread; elsewhere there is no limit here, and only
    that of ``kg.scale.local`` on a whole process holds.
    """
    if seconds is None or not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        return work()
    armed = [True]

    def ring(number: int, frame: FrameType | None) -> None:
        if armed:
            raise TooLong

    before = signal.signal(signal.SIGALRM, ring)
    try:
        try:
            # it rings again each second: the first exception may be lost in a callback that drops what it raises
            signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
            return work()
        finally:
            armed.clear()
    finally:  # reached even if it rings on the way out of the work
        armed.clear()
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before or signal.SIG_DFL)
