"""A socket, a server, one Ctrl-C."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import signal
import socket
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import networkx as nx
import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

from kg.errors import ServeError
from kg.publish import sparql
from kg.publish.server import app, ask
from kg.publish.server.workers import Limits, Workers

HOST = "127.0.0.1"
#: How many connections there may be at once; how many bytes the head of a request may have, and how many
#: seconds it may take to come.
_CONNECTIONS = 64
_HEAD = 32_768
_SECONDS = 10.0


def serve(
    graph: nx.MultiDiGraph,
    rdf: Path,
    *,
    title: str,
    port: int = 0,
    limits: Limits | None = None,
    max_nodes: int | None = None,
    ready: Callable[[str], None],
) -> None:
    """Serve the graph on this machine until it is interrupted (0: at any port that is free).

    ``rdf`` is its Turtle file, or the folder of a store. ``ready`` is told the address. ``max_nodes`` are drawn
    at first. Raises ``ServeError`` if the port is taken, ``InputError`` if the file is broken.
    """
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.default_int_handler)
    with contextlib.suppress(KeyboardInterrupt), bound(port) as listening, opened(rdf) as folder:
        pages = ask.pages(graph, title=title, max_nodes=max_nodes)
        address = f"{HOST}:{listening.getsockname()[1]}"
        workers = Workers(folder, limits or Limits())

        @contextlib.asynccontextmanager
        async def lifespan(_: Starlette) -> AsyncIterator[None]:
            ready(f"http://{address}/")
            yield

        hosts = (address, address.replace(HOST, "localhost"))
        config = uvicorn.Config(
            app.application(workers, pages, hosts, lifespan),
            http=Patient,
            ws="none",
            loop="asyncio",
            log_level="critical",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            limit_concurrency=_CONNECTIONS,
            h11_max_incomplete_event_size=_HEAD,
            timeout_graceful_shutdown=2,
        )
        asyncio.run(_run(_Server(config, workers), workers, listening))


async def _run(server: _Server, workers: Workers, listening: socket.socket) -> None:
    try:
        await workers.begin()
        await server.serve([listening])
    finally:
        await workers.end()


class _Server(uvicorn.Server):
    """Ends its processes first, so that nobody waits for an answer when it ends."""

    def __init__(self, config: uvicorn.Config, workers: Workers) -> None:
        super().__init__(config)
        self._workers = workers

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self._workers.end()
        await super().shutdown(sockets)


class Patient(H11Protocol):
    """A connection that is closed if the head of a request does not come in time."""

    _waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._waiting = self.loop.call_later(_SECONDS, transport.abort)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            self._stop_waiting()
        elif self._waiting is None and not self.transport.is_closing():
            self._waiting = self.loop.call_later(_SECONDS, self.transport.abort)

    def on_response_complete(self) -> None:
        self._stop_waiting()  # from here on it is idle, which has a limit of its own
        super().on_response_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None


@contextlib.contextmanager
def bound(port: int) -> Iterator[socket.socket]:
    """A socket that listens at the port on this machine. Raises ``ServeError`` if it cannot."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as found:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows, where SO_REUSEADDR means something else
            found.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            found.bind((HOST, port))
            found.listen(_CONNECTIONS)
        except OSError as error:
            why = _PORT.get(error.errno or 0, error.strerror or str(error))
            raise ServeError(
                f"port {port}: {why}; choose another with --port, or leave it out to have one that is free."
            ) from None
        yield found


_PORT = {
    errno.EADDRINUSE: "another program listens there already",
    errno.EACCES: "only an administrator may listen there",
}


@contextlib.contextmanager
def opened(rdf: Path) -> Iterator[Path]:
    """The folder of an Oxigraph store with the graph, which any number of processes may read at once.

    Raises ``InputError`` if there is no graph or it is broken.
    """
    if rdf.is_dir():
        yield rdf
        return
    with tempfile.TemporaryDirectory(prefix="kg-serve-", ignore_cleanup_errors=True) as folder:
        sparql.unpack(rdf, Path(folder))
        yield Path(folder)
