"""Processes that answer, a few at once: a running query cannot be stopped, but the process that runs it can.

What takes too long, or is not waited for any more, costs its process; the next question gets a new one.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from kg.errors import KgError, QueryError, ServeError
from kg.publish.server.worker import Reply, path_of


class Limits(NamedTuple):
    """What a question may cost: seconds, rows and bytes of its answer; how many are answered and wait at once."""

    seconds: float = 60.0
    rows: int = 100_000
    bytes: int = 64 * 1024**2
    at_once: int = 2
    waiting: int = 16


class Busy(KgError):
    """Too many questions at once."""


class Workers:
    """``limits.at_once`` processes over the graph in ``folder``; each is started when it is first needed."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self._folder = folder
        self._limits = limits
        self._asked = 0
        self._ended = False
        # None is a place for a process; the one that was used last is the first to be used again
        self._idle: asyncio.LifoQueue[_Worker | None] = asyncio.LifoQueue()
        self._running: set[_Worker] = set()
        for _ in range(limits.at_once):
            self._idle.put_nowait(None)

    async def ask(self, question: Mapping[str, Any]) -> Reply:
        """The answer to one question.

        Raises ``QueryError`` for one that is refused or takes too long, ``Busy`` if too many are asked at once
        and ``ServeError`` if no process can be started.
        """
        if self._asked >= self._limits.at_once + self._limits.waiting:
            raise Busy("too many questions at once; ask again in a moment.")
        self._asked += 1
        try:
            worker = await self._idle.get()
            try:
                worker = worker or await self._start()
                reply = await self._answer(worker, question)
            finally:
                self._idle.put_nowait(worker if worker is not None and worker.is_well else None)
        finally:
            self._asked -= 1
        return reply

    async def _answer(self, worker: _Worker, question: Mapping[str, Any]) -> Reply:
        seconds = self._limits.seconds
        sent = {**question, "seconds": seconds, "rows": self._limits.rows, "bytes": self._limits.bytes}
        try:
            async with asyncio.timeout(seconds):
                return await worker.ask(sent)
        except TimeoutError:
            raise QueryError(
                f"the query was given up after {seconds:g} seconds; make it narrower or set a higher limit."
            ) from None
        except (asyncio.IncompleteReadError, ConnectionError, ValueError):
            if self._ended:
                raise Busy("the server is ending.") from None
            raise QueryError("the query needs more memory than it may have; make it narrower.") from None
        finally:
            if not worker.is_well:
                await worker.end()
                self._running.discard(worker)

    async def _start(self) -> _Worker:
        worker = await _Worker.start(self._folder)
        self._running.add(worker)
        return worker

    async def begin(self) -> None:
        """Start the first process, so that what is wrong with the graph is told at once. Raises ``ServeError``."""
        self._idle.get_nowait()
        self._idle.put_nowait(await self._start())

    async def end(self) -> None:
        """End all of them, whatever they are about."""
        self._ended = True
        for worker in list(self._running):
            await worker.end()


class _Worker:
    """One process, and whether it can be asked: it cannot while it answers, nor if an answer was broken off."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.is_well = True

    @classmethod
    async def start(cls, folder: Path) -> _Worker:
        # -P: a file named like a library, in the folder that the user happens to be in, is not imported
        path = os.pathsep.join(entry for entry in sys.path if entry)
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "kg.publish.server.worker", path_of(folder)),
            env={**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,  # a Ctrl-C is for the server alone
        )
        worker = cls(process)
        try:
            await worker._read()
        except (asyncio.IncompleteReadError, ValueError):
            await worker.end()
            raise ServeError("the graph cannot be opened any more; start kg serve again.") from None
        return worker

    async def ask(self, question: Mapping[str, Any]) -> Reply:
        self.is_well = False
        into = self._process.stdin
        if into is None:  # it is a pipe: start said so
            raise ConnectionError
        into.write(json.dumps(question).encode() + b"\n")
        await into.drain()
        reply = await self._read()
        self.is_well = True
        return reply

    async def _read(self) -> Reply:
        out = self._process.stdout
        if out is None:
            raise ConnectionError
        told = json.loads(await out.readuntil(b"\n"))
        return Reply(told, await out.readexactly(told["size"]))

    async def end(self) -> None:
        self.is_well = False
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._kill()
            await self._process.wait()

    def _kill(self) -> None:
        if sys.platform == "win32":
            self._process.kill()
        else:
            # Popen's own kill first asks whether the process has ended: should it have, it takes the exit status
            # away from asyncio, which then writes to stderr that it does not know such a process
            os.kill(self._process.pid, signal.SIGKILL)
