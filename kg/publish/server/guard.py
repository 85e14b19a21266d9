"""What is let in: requests of pages of our own, of tools on this machine, and of nobody else.

A browser sends requests for any page that it shows. A page of another place could so ask this server, under its
own name (the Origin header tells) or, having had its name point to this machine, under that (Host tells).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from typing import NamedTuple

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: How long a request's body may be, in bytes, and how long it may take to come, in seconds.
MOST_BODY = 200_000
#: How much more is read and forgotten: who is still sending would not see why it is refused.
_MOST_PASSED_OVER = 8_000_000
_SECONDS = 10.0
#: What every answer tells a browser; a page's own policy is stricter where it has one.
_HEADERS = {
    "content-security-policy": "frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store",
}


class Refusal(NamedTuple):
    """The status of HTTP, and the sentence that says why."""

    status: int
    why: str


Check = Callable[[Scope, Headers, Collection[str]], Refusal | None]


def _host(scope: Scope, headers: Headers, hosts: Collection[str]) -> Refusal | None:
    if [host.lower() for host in headers.getlist("host")] in [[host] for host in hosts]:
        return None
    return Refusal(421, f"This server answers at http://{next(iter(hosts))}/ alone.")


def _origin(scope: Scope, headers: Headers, hosts: Collection[str]) -> Refusal | None:
    if all(origin.lower() in {f"http://{host}" for host in hosts} for origin in headers.getlist("origin")):
        return None
    return Refusal(403, "A page of another place may not ask this server.")


def _site(scope: Scope, headers: Headers, hosts: Collection[str]) -> Refusal | None:
    """Browsers say of each request whose page it is for; a link to a page of ours is all that others may have."""
    ours = headers.get("sec-fetch-site", "none") in {"none", "same-origin"}
    link = headers.get("sec-fetch-mode") == "navigate" and scope["path"] in PAGES
    return None if ours or link else Refusal(403, "A page of another place may not ask this server.")


def _size(scope: Scope, headers: Headers, hosts: Collection[str]) -> Refusal | None:
    told = headers.get("content-length", "0")
    if told.isascii() and told.isdigit() and len(told) < 12 and int(told) <= _MOST_PASSED_OVER:
        return None
    return _TOO_LONG


PAGES = frozenset({"/", "/ask"})
_TOO_LONG = Refusal(413, f"The request is longer than {MOST_BODY:,} bytes.")
_TOO_SLOW = Refusal(408, f"The request took longer than {_SECONDS:g} seconds to come.")
_CHECKS: tuple[Check, ...] = (_host, _origin, _site, _size)


class Guard:
    """An ASGI application around another one, which sees what is let in, its body read already."""

    def __init__(self, app: ASGIApp, hosts: Collection[str], seconds: float = _SECONDS) -> None:
        self.app = app
        self.hosts = hosts
        self.seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        headers = Headers(scope=scope)
        refusal = next(filter(None, (check(scope, headers, self.hosts) for check in _CHECKS)), None)
        body = await self._body(receive) if refusal is None else refusal
        if isinstance(body, Refusal):
            response = PlainTextResponse(f"{body.why}\n", body.status, {"connection": "close"})
            await response(scope, receive, sealed)
            return
        await self.app(scope, _again(body, receive), sealed)

    async def _body(self, receive: Receive) -> bytes | Refusal:
        found, size = b"", 0
        try:
            async with asyncio.timeout(self.seconds):
                while True:
                    message: Message = await receive()
                    piece = bytes(message.get("body", b""))
                    size += len(piece)
                    if size <= MOST_BODY:
                        found += piece
                    if size > _MOST_PASSED_OVER or not message.get("more_body", False):
                        return found if size <= MOST_BODY else _TOO_LONG
        except TimeoutError:
            return _TOO_SLOW


def _again(body: bytes, receive: Receive) -> Receive:
    """What gives the body that was read, and then what else comes."""
    first: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def give() -> Message:
        return first.pop() if first else await receive()

    return give
