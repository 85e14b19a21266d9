"""The command: how it begins, how it ends, and what it says when it cannot."""

from __future__ import annotations

import asyncio
import signal
import socket
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import pytest
from serving import ENVIRONMENT, served, start

import kg
from kg.errors import QueryError
from kg.publish import sparql
from kg.publish.server.workers import Limits, Workers

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
STORY = "date 2021-03-04\n\nNorland expelled Ambassador Ana Velho on Monday, police said. It rained.\n"


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_at_once_and_leaves_nothing(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: signal.Signals
) -> None:
    monkeypatch.setitem(ENVIRONMENT, "TMPDIR", str(tmp_path))
    with served(out) as server:
        assert len(list(tmp_path.iterdir())) == 1
        server.sparql("ASK {}")
        assert server.end(how) == (0, "")
    assert list(tmp_path.iterdir()) == []
    with socket.socket() as free, pytest.raises(ConnectionRefusedError):
        free.connect(("127.0.0.1", server.port))


def test_it_ends_while_a_question_is_answered(out: Path) -> None:
    with served(out) as server, socket.create_connection(("127.0.0.1", server.port)) as asking:
        query = urlencode({"query": ENDLESS})
        asking.sendall(f"GET /sparql?{query} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n".encode())
        server.ask("/")
        assert server.end() == (0, "")
        assert b"503" in asking.recv(4096)


def test_the_exit_status_of_a_process_is_read_once(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever asks besides asyncio may take the status away from it, and it complains to the user."""

    def asks(self: subprocess.Popen[bytes]) -> None:
        raise AssertionError(f"{self.args!r} is asked whether it has ended")

    async def ask_and_end() -> None:
        pool = Workers(tmp_path, Limits(seconds=0.2))
        await pool.begin()
        monkeypatch.setattr(subprocess.Popen, "poll", asks)
        question = {"what": "query", "text": ENDLESS, "accept": "text/csv"}
        asking = [asyncio.create_task(pool.ask(question)) for _ in range(3)]
        with pytest.raises(QueryError, match="given up"):
            await asking[0]
        await asyncio.gather(pool.end(), pool.end(), *asking[1:], return_exceptions=True)

    sparql.unpack(out / "graph.ttl", tmp_path)
    with ThreadPoolExecutor(1) as elsewhere:  # a browser of another test may have a loop that runs in this thread
        elsewhere.submit(asyncio.run, ask_and_end()).result()
    assert caplog.messages == []


def failed(*words: object) -> str:
    process = start(*words)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (2, "")
    assert err.count("\n") == 1
    return err


def test_a_port_that_is_taken(out: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert f"port {port}: another program listens there already; choose another" in failed(out, "--port", port)


def test_a_graph_that_is_not_there_or_broken(out: Path, tmp_path: Path) -> None:
    assert "no such file; build a graph" in failed(tmp_path / "nothing")
    (tmp_path / "graph.json").write_bytes((out / "graph.json").read_bytes())
    assert "graph.ttl: no such file; build a graph first" in failed(tmp_path)
    (tmp_path / "graph.ttl").write_text("<a> <b", encoding="utf-8")
    assert "not well-formed Turtle" in failed(tmp_path)
    (tmp_path / "graph.json").write_text("{", encoding="utf-8")
    assert "not a graph that kg wrote" in failed(tmp_path)
    assert "There are two graphs" in failed(out, "--store", out)
    assert "no store" in failed("--store", tmp_path).lower()


def test_a_store_is_served_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY, encoding="utf-8")
    build = [
        sys.executable,
        "-m",
        "kg",
        "build",
        "story.txt",
        "--store",
        "archive",
        "--base",
        "https://base.example/x/",
    ]
    subprocess.run(build, cwd=tmp_path, env=ENVIRONMENT, check=True, capture_output=True)
    for words in (("--store", tmp_path / "archive"), (tmp_path / "archive",)):
        with served(*words) as server:
            told = server.sparql("SELECT ?who WHERE { ?x a kg:Expulsion ; kg:patient ?who }")
            assert "https://base.example/x/entity/" in told.text
            assert "Ana Velho" in server.ask("/").text
            assert server.end() == (0, "")


def test_the_graph_of_a_custom_base_leads_back_to_the_explorer(tmp_path: Path) -> None:
    kg.build(kg.Document("story", STORY), base="https://base.example/x/").save(tmp_path)
    with served(tmp_path) as server:
        assert '"base":"https://base.example/x/"' in server.ask("/ask").text
        assert tempfile.gettempdir() not in server.ask("/").text
