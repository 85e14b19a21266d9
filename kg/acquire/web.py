"""A page from the web, and only from the web: no address inside a private network, no file, no end of waiting.

Every name is resolved here, every number that it stands for is checked, and the connection is made to the very
number that was checked: a name that points elsewhere a moment later leads nowhere new. Redirects are followed by
hand, each checked like the first. Proxies that the environment names are not used, since they would
resolve the names themselves.
"""

from __future__ import annotations

import http.client
import io
import ipaddress
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from typing import NamedTuple
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from kg.acquire import media, unpacked
from kg.acquire.documents import Refused, too_many_bytes
from kg.acquire.limits import Limits
from kg.errors import InputError

_REDIRECTS = 5
_CHUNK = 64 * 1024
_MOVED = {301, 302, 303, 307, 308}
_HEADERS = {
    "User-Agent": "kg-news",
    "Accept": "text/html, application/xhtml+xml, application/pdf, application/rss+xml, application/atom+xml, "
    "text/plain;q=0.9, */*;q=0.5",
    "Accept-Encoding": "identity",
    "Connection": "close",
}
#: What ``ipaddress`` counts as public although it leads to IPv4 addresses of any kind: 6to4 relays, NAT64.
_DETOURS = tuple(
    map(ipaddress.ip_network, ("192.88.99.0/24", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16"))
)

#: What stands in the path of an address as it is; all else is written with percent signs.
_IN_PATH = "/%:@!$&'()*+,;=~-._"
_HOST = re.compile(r"[a-z0-9_.-]+", re.IGNORECASE)

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Place = tuple[socket.AddressFamily, tuple[str, int]]


class Fetched(NamedTuple):
    """A page: its bytes, where it was in the end, the path there, and the kind and charset that the server gives."""

    data: bytes
    address: str
    path: str
    kind: str | None
    charset: str | None


class _Target(NamedTuple):
    address: str
    tls: bool
    host: str
    port: int
    path: str


def is_address(name: str) -> bool:
    """Whether an input is a web address.

    >>> is_address("https://post.example/"), is_address("https.txt")
    (True, False)
    """
    return re.match(r"https?://", name, re.IGNORECASE) is not None


def checked(address: str) -> str:
    """The address as it is asked for. Raises ``InputError`` if it is none."""
    try:
        return _target(address).address
    except Refused as error:
        raise InputError(f"{address}: {error}") from error


def fetch(address: str, limits: Limits) -> Fetched:
    """The page at an http(s) address. Raises ``Refused``: too slow, too large, private, not there."""
    deadline = time.monotonic() + limits.fetch_seconds
    target = _target(address)
    for _ in range(_REDIRECTS + 1):
        answer = _ask(target, limits, deadline)
        if isinstance(answer, Fetched):
            return answer
        target = _target(urljoin(target.address, answer))
    raise Refused(f"the address leads on more than {_REDIRECTS} times; give the one where it ends.")


# -- what is asked for ---------------------------------------------------------------------


def _target(address: str) -> _Target:
    if not address.isprintable() or " " in address:
        raise Refused("the address holds a blank or a control character; check it.")
    try:
        parts = urlsplit(address)
        host, port = _host(parts.hostname or ""), parts.port
    except ValueError as error:  # UnicodeError is one
        raise Refused("this is no web address; check it.") from error
    if parts.scheme not in ("http", "https") or not host:
        raise Refused("this is no web address (http or https); check it.")
    if "@" in parts.netloc:
        raise Refused("the address holds a name or password; give it without.")
    tls = parts.scheme == "https"
    path = quote(parts.path or "/", safe=_IN_PATH)
    query = quote(parts.query, safe=_IN_PATH + "?")
    shown = f"[{host}]" if ":" in host else host
    netloc = shown if port is None else f"{shown}:{port}"
    whole = urlunsplit((parts.scheme, netloc, path, query, ""))
    return _Target(whole, tls, host, port or (443 if tls else 80), path + (f"?{query}" if query else ""))


def _host(name: str) -> str:
    """The name as resolvers take it; a number as it is; nothing if it is neither. Raises ``ValueError``."""
    if ":" in name:
        return str(ipaddress.IPv6Address(name))
    host = name.rstrip(".").encode("idna").decode("ascii")
    return host if _HOST.fullmatch(host) else ""


# -- where it leads ------------------------------------------------------------------------


def is_public(number: str) -> bool:
    """Whether an IP address is one of the public internet, and no way around to one that is not.

    >>> is_public("93.184.216.34"), is_public("127.0.0.1"), is_public("::ffff:10.0.0.1")
    (True, False, False)
    """
    address: Address = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(str(address.ipv4_mapped))
        if address.is_site_local:
            return False
    special = address.is_multicast or address.is_reserved or address.is_unspecified
    return (
        address.is_global
        and not special
        and not any(address in net for net in _DETOURS if net.version == address.version)
    )


def _places(target: _Target, limits: Limits, deadline: float) -> list[Place]:
    """The numbers that a host's name stands for. All of them must be public, unless others are allowed."""
    found = [(family, (str(place[0]), int(place[1]))) for family, _, _, _, place in _resolved(target, deadline)]
    if not limits.allow_private and not all(is_public(number) for _, (number, _) in found):
        raise Refused("the address is inside a private network; say --allow-private if it may be read.")
    return found


def _resolved(
    target: _Target, deadline: float
) -> list[tuple[socket.AddressFamily, object, int, str, tuple[str | int, ...]]]:
    """What the resolver says, or ``Refused``: it knows nothing, or does not come back in time."""
    found: list[object] = []

    def resolve() -> None:
        with suppress(OSError, UnicodeError):
            found.extend(socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM))

    # a resolver cannot be told how long it may take
    thread = threading.Thread(target=resolve, daemon=True)
    thread.start()
    thread.join(max(0.0, deadline - time.monotonic()))
    if not found:
        raise Refused(f"there is no host {target.host}; check the address and the network.")
    return list(found)  # type: ignore[arg-type]


def _connected(target: _Target, limits: Limits, deadline: float) -> socket.socket:
    trouble: OSError | None = None
    for family, place in _places(target, limits, deadline):
        connection = socket.socket(family, socket.SOCK_STREAM)
        try:
            connection.settimeout(max(0.01, deadline - time.monotonic()))
            connection.connect(place)
            peer = str(connection.getpeername()[0])
        except OSError as error:
            connection.close()
            trouble = error
            continue
        if peer.partition("%")[0] != place[0].partition("%")[0]:
            connection.close()
            raise Refused("the connection went to another host than the one that was asked for.")
        return connection
    raise Refused(f"the host {target.host} does not answer; check the address and the network.") from trouble


# -- asking --------------------------------------------------------------------------------


def _ask(target: _Target, limits: Limits, deadline: float) -> Fetched | str:
    """The page, or the address that it moved to."""
    connection = _connected(target, limits, deadline)
    late = threading.Event()
    try:
        with _ending_at(deadline, connection, late), _wrapped(connection, target) as line:
            return _answer(line, target, limits)
    except (OSError, http.client.HTTPException, ValueError) as error:
        if late.is_set() or isinstance(error, TimeoutError):
            raise Refused(
                f"it takes longer than {limits.fetch_seconds:g} seconds to fetch; raise --max-seconds."
            ) from error
        raise Refused(f"the server at {target.host} gives no answer that can be read; try it in a browser.") from error
    finally:
        connection.close()


@contextmanager
def _ending_at(deadline: float, connection: socket.socket, late: threading.Event) -> Iterator[None]:
    """A clock beside the connection: a server that sends a byte a second never runs into a timeout."""
    line = connection.dup()

    def stop() -> None:
        late.set()
        with suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(max(0.0, deadline - time.monotonic()), stop)
    timer.start()
    try:
        yield
        if late.is_set():
            raise TimeoutError
    finally:
        timer.cancel()
        line.close()


def _wrapped(connection: socket.socket, target: _Target) -> socket.socket:
    if not target.tls:
        return connection
    import ssl

    return ssl.create_default_context().wrap_socket(connection, server_hostname=target.host)


def _answer(line: socket.socket, target: _Target, limits: Limits) -> Fetched | str:
    client = (http.client.HTTPSConnection if target.tls else http.client.HTTPConnection)(target.host, target.port)
    client.sock = line
    client.auto_open = False  # it would resolve the name again
    client.request("GET", target.path, headers=_HEADERS)
    response = client.getresponse()
    moved = response.getheader("Location")
    if response.status in _MOVED and moved:
        return moved
    if response.status != 200:
        raise Refused(f"the server answers {_status(response.status)}; check the address.")
    kind, charset = media.kind(response.getheader("Content-Type") or "")
    _check_type(response.getheader("Content-Type") or "", kind)
    data = _decoded(_body(response, limits.pdf_bytes), response.getheader("Content-Encoding"), limits.pdf_bytes)
    return Fetched(data, target.address, target.path.partition("?")[0], kind, charset)


def _status(status: int) -> str:
    known = {one.value: one.phrase for one in HTTPStatus}
    return f"{status} {known.get(status, '')}".strip()


#: What servers say of files of which they know nothing.
_ANYTHING = ("", "application/octet-stream", "binary/octet-stream", "application/gzip", "application/x-gzip")


def _check_type(content_type: str, kind: str | None) -> None:
    name = content_type.partition(";")[0].strip().lower()
    if kind is None and name not in _ANYTHING:
        raise Refused(f'it is of the type "{name[:60]}", which cannot be read.')


def _body(response: http.client.HTTPResponse, limit: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    while size <= limit and (part := response.read1(_CHUNK)):
        parts.append(part)
        size += len(part)
    if size > limit:
        raise Refused(too_many_bytes(limit))
    if response.length:
        raise http.client.IncompleteRead(b"", response.length)  # read1 says nothing of it
    return b"".join(parts)


def _decoded(data: bytes, encoding: str | None, limit: int) -> bytes:
    """The body without the packing that some servers do though they were asked not to."""
    name = (encoding or "identity").strip().lower()
    if name == "identity":
        return data
    if name not in ("gzip", "x-gzip"):
        raise Refused(f'the server packs it as "{name[:20]}", which cannot be read.')
    plain = unpacked.unpack(io.BytesIO(data)).read(limit + 1)
    if len(plain) > limit:
        raise Refused(too_many_bytes(limit))
    return plain
