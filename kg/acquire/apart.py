"""Pages and PDFs are taken apart in a process of its own, which may be ended when it takes too long.

Their parsers are large, some of them are C, and what they read is written by strangers. A document that
makes them hang, crash or swallow the memory costs its own limit, and the next one gets a new process. What
comes back is JSON, so that the process that was fed strangers' bytes can hand over text and nothing else.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Literal, Protocol

from kg.acquire.documents import Found, Refused
from kg.acquire.limits import Limits

What = Literal["html", "fragment", "pdf"]


class Extract(Protocol):
    """What takes a page or a PDF apart: ``extract("html", data, charset)``. Raises ``Refused``."""

    def __call__(self, what: What, data: bytes, charset: str | None = None, /) -> Found: ...


@contextmanager
def extractor(limits: Limits) -> Iterator[Extract]:
    """An ``Extract`` that works in a process apart, started when it is first needed and ended on leaving."""
    apart = _Apart(limits)
    try:
        yield apart.extract
    finally:
        apart.end()


class _Apart:
    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None

    def extract(self, what: What, data: bytes, charset: str | None = None, /) -> Found:
        answer = self._ask(what, data, charset)
        if "refused" in answer:
            raise Refused(str(answer["refused"]))
        return Found(**answer)

    def end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _ask(self, what: What, data: bytes, charset: str | None) -> dict[str, str]:
        process = self._process = self._process or _start()
        question = {"what": what, "size": len(data), "charset": charset, "max_chars": self._limits.max_chars}
        late = threading.Event()

        def stop() -> None:
            late.set()
            process.kill()

        seconds = self._limits.max_seconds
        timer = threading.Timer(seconds or 0.0, stop)
        if seconds is not None:
            timer.start()
        try:
            line = _exchange(process, json.dumps(question).encode() + b"\n" + data)
        finally:
            timer.cancel()
        if line.endswith(b"\n"):
            answer: dict[str, str] = json.loads(line)
            return answer
        self.end()
        if late.is_set():
            raise Refused(
                f"it takes longer than {seconds:g} seconds to take apart; raise --max-seconds or leave it out."
            )
        raise Refused("it cannot be taken apart: it is broken, or needs too much memory; mend it or leave it out.")


def _start() -> subprocess.Popen[bytes]:
    """The process, once it has told that it is ready."""
    # -P: a file named like a library, in the folder that the user happens to be in, is not imported
    path = os.pathsep.join(entry for entry in sys.path if entry)
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "kg.acquire.apart_worker"],
        env={**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    _out(process).readline()
    return process


def _exchange(process: subprocess.Popen[bytes], question: bytes) -> bytes:
    """The answer's line; a part of it, or nothing, if the process ends before it is through."""
    try:
        if process.stdin is not None:
            process.stdin.write(question)
            process.stdin.flush()
    except BrokenPipeError:
        return b""
    return _out(process).readline()


def _out(process: subprocess.Popen[bytes]) -> IO[bytes]:
    if process.stdout is None:  # it is a pipe: _start said so
        raise ValueError("the process has no output")
    return process.stdout
