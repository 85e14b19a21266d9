"""A server as a user starts it: a process of its own, on a port that is free."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

import kg

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(kg.__file__).parents[1]), "PYTHONUNBUFFERED": "1"}


class Told(NamedTuple):
    """What a server answered."""

    status: int
    headers: Mapping[str, str]
    text: str


class Served(NamedTuple):
    """A server that runs."""

    process: subprocess.Popen[str]
    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def ask(self, path: str, *, method: str = "GET", body: bytes | str | None = None, **headers: str) -> Told:
        """One request; ``content_type="..."`` and the like are headers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, named)
        answer = connection.getresponse()
        told = Told(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read().decode("utf-8"))
        connection.close()
        return told

    def sparql(self, query: str, accept: str = "text/csv") -> Told:
        return self.ask(f"/sparql?{urlencode({'query': query})}", accept=accept)

    def end(self, how: signal.Signals = signal.SIGINT) -> tuple[int, str]:
        """Its exit status, and what it said beyond its address."""
        self.process.send_signal(how)
        out, err = self.process.communicate(timeout=30)
        return self.process.returncode, out + err


def start(*words: object, cwd: Path | None = None, most_in_page: int | None = None) -> subprocess.Popen[str]:
    """``kg serve`` with these words; ``most_in_page`` is how large a graph one page may have all of."""
    smaller = "" if most_in_page is None else f"from kg.publish.server import ask; ask.MOST_IN_PAGE = {most_in_page}; "
    return subprocess.Popen(
        [sys.executable, "-c", f"{smaller}from kg.cli import main; main()", "serve", *map(str, words)],
        env=ENVIRONMENT,
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


@contextmanager
def served(*words: object, most_in_page: int | None = None) -> Iterator[Served]:
    """``kg serve`` with these words, once it has told its address; it is ended on leaving, if it is not by then."""
    process = start(*words, most_in_page=most_in_page)
    assert process.stdout is not None
    line = process.stdout.readline()
    found = re.search(r"http://127\.0\.0\.1:(\d+)/ ", line)
    if found is None:
        process.kill()
        raise AssertionError(line + process.communicate()[1])
    try:
        yield Served(process, int(found[1]))
    finally:
        if process.poll() is None:
            process.terminate()  # and not kill: it tidies up behind itself
        try:
            process.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
