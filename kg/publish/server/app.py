"""Which address gives what: the explorer, the questions, the SPARQL endpoint, neighbourhoods."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Coroutine, Sequence
from typing import Any, NamedTuple

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import StatelessLifespan

from kg.errors import QueryError, ServeError
from kg.publish.server import protocol
from kg.publish.server.guard import Guard
from kg.publish.server.worker import Reply
from kg.publish.server.workers import Busy, Workers

#: What a result may do where a browser shows it as a page: nothing.
_INERT = "default-src 'none'; sandbox; frame-ancestors 'none'"
#: Where the rest of a graph is told, and how many nodes can be asked of at once.
NEIGHBOURS = "/neighbours"
_MOST_ASKED = 400


class Rest(NamedTuple):
    """What tells of a graph of which the explorer has a part: neighbourhoods of ids, and ids of names, as JSON."""

    parts: Callable[[Sequence[str]], str]
    find: Callable[[str], str]


class Pages(NamedTuple):
    """What is given out beside answers: two pages, and the rest of a graph that is too large for one."""

    explorer: str
    ask: str
    rest: Rest | None = None


def application(
    workers: Workers, pages: Pages, hosts: Collection[str], lifespan: StatelessLifespan[Starlette]
) -> Starlette:
    """The server as an ASGI application that answers under these names alone."""

    async def sparql(request: Request) -> Response:
        text = protocol.question(
            request.method, request.headers.get("content-type", ""), request.url.query, await request.body()
        )
        accept = ",".join(request.headers.getlist("accept"))
        return _response(await _while_here(request, workers.ask({"what": "query", "text": text, "accept": accept})))

    async def question(request: Request) -> Response:
        values = {name: value for name, value in protocol.form_fields(request.url.query) if value.strip()}
        asked = {"what": "bind", "name": values.pop("name", ""), "values": values}
        return _response(await _while_here(request, workers.ask(asked)))

    async def explorer(request: Request) -> Response:
        return HTMLResponse(pages.explorer)

    async def ask(request: Request) -> Response:
        return HTMLResponse(pages.ask)

    async def icon(request: Request) -> Response:
        return Response(status_code=204)

    return Starlette(
        routes=[
            Route("/", explorer),
            Route("/ask", ask),
            Route("/sparql", sparql, methods=["GET", "POST"]),
            Route("/question", question),
            *(() if pages.rest is None else (Route(NEIGHBOURS, _telling(pages.rest)),)),
            Route("/favicon.ico", icon),
        ],
        middleware=[Middleware(Guard, hosts=hosts)],
        exception_handlers={
            QueryError: _refused,
            Busy: _busy,
            ServeError: _broken,
            HTTPException: _nothing,
            Exception: _bug,
        },
        lifespan=lifespan,
    )


def _telling(rest: Rest) -> Callable[[Request], Awaitable[Response]]:
    async def neighbours(request: Request) -> Response:
        fields = protocol.form_fields(request.url.query, most=_MOST_ASKED)
        words = [value for name, value in fields if name == "words"]
        wanted = [value for name, value in fields if name == "id"]
        found = asyncio.to_thread(rest.find, words[0]) if words else asyncio.to_thread(rest.parts, wanted)
        return Response(await found, media_type="application/json")

    return neighbours


async def _while_here(request: Request, asking: Coroutine[Any, Any, Reply]) -> Reply:
    """The reply, or the end of the question if whoever asks it goes away."""

    async def gone() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass

    await request.body()
    answer, leaving = asyncio.ensure_future(asking), asyncio.ensure_future(gone())
    try:
        await asyncio.wait((answer, leaving), return_when=asyncio.FIRST_COMPLETED)
        if not answer.done():
            answer.cancel()
            await asyncio.wait((answer,))
            raise Busy("nobody waits for the answer any more.")
        return answer.result()
    finally:
        leaving.cancel()
        answer.cancel()


def _response(reply: Reply) -> Response:
    told = reply.told
    if "refused" in told:
        return _sentence(told["refused"], told.get("status", 400))
    headers = {"content-security-policy": _INERT}
    if not told["complete"]:
        headers["kg-only-first-rows"] = str(told["rows"])
    media = told["media"]
    return Response(reply.body, headers=headers | {"content-type": f"{media}; charset=utf-8"})


def _sentence(text: str, status: int, headers: dict[str, str] | None = None) -> Response:
    return PlainTextResponse(f"{text[0].upper()}{text[1:]}\n", status, headers)


# ------------------------------------------------------------------ what goes wrong, in a sentence
async def _refused(request: Request, error: Exception) -> Response:
    return _sentence(str(error), 415 if isinstance(error, protocol.WrongMediaType) else 400)


async def _busy(request: Request, error: Exception) -> Response:
    return _sentence(str(error), 503, {"retry-after": "1"})


async def _broken(request: Request, error: Exception) -> Response:
    return _sentence(str(error), 500)


async def _nothing(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    said = {404: "There is nothing at this address.", 405: "This address is asked with GET."}
    headers = dict(error.headers or {})
    return _sentence(said.get(error.status_code, str(error.detail)), error.status_code, headers)


async def _bug(request: Request, error: Exception) -> Response:
    logging.getLogger(__name__).error("a request could not be answered", exc_info=error)
    return _sentence("The server failed to answer; its terminal says more.", 500)
