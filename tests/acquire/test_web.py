"""The web reader against a real server on this machine, and a resolver that lies."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.acquire import readers, web
from kg.acquire.documents import Refused
from kg.acquire.limits import Limits
from kg.errors import InputError
from kg.model import Document, Failure

FILES = Path(__file__).parent / "files"
LOCAL = Limits(max_chars=10_000, max_seconds=5, allow_private=True)


class Handler(BaseHTTPRequestHandler):
    asked: list[str]

    def do_GET(self) -> None:
        type(self).asked.append(self.path)
        PAGES[self.path.partition("?")[0]](self)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is logged."""

    def give(self, data: bytes, kind: str = "text/html; charset=utf-8", status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(data)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)

    def move(self, where: str, status: int = 302) -> None:
        self.give(b"", status=status, Location=where)

    def drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.keep_on(b"<p>He left.", 0.05)

    def drip_headers(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        self.keep_on(b"X: y\r\n", 0.05)

    def pour(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.keep_on(b"x" * 65_536, 0)

    def keep_on(self, data: bytes, wait: float) -> None:
        try:
            for _ in range(2_000):
                self.wfile.write(data)
                self.wfile.flush()
                time.sleep(wait)
        except OSError:
            return

    def hang_up(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"<p>He left.")


PAGES: dict[str, Callable[[Handler], None]] = {
    "/page": lambda h: h.give((FILES / "harbour.html").read_bytes()),
    "/latin": lambda h: h.give("<html><p>José left on Monday.".encode("latin-1"), "text/html; charset=iso-8859-1"),
    "/paper": lambda h: h.give((FILES / "digest.pdf").read_bytes(), "application/pdf"),
    "/feed": lambda h: h.give((FILES / "news.rss").read_bytes(), "application/rss+xml"),
    "/plain": lambda h: h.give(b"He left on Monday.", "text/plain"),
    "/rows": lambda h: h.give(b'{"text": "He left."}\n{"text": "She left."}', "application/x-ndjson"),
    "/rows.jsonl.gz": lambda h: h.give(gzip.compress(b'{"text": "He left."}'), "application/gzip"),
    "/nothing-said": lambda h: h.give((FILES / "digest.pdf").read_bytes(), "application/octet-stream"),
    "/packed": lambda h: h.give(gzip.compress(b"He left."), "text/plain", Content_Encoding="gzip"),
    "/brotli": lambda h: h.give(b"\x0b\x02", "text/plain", Content_Encoding="br"),
    "/bomb": lambda h: h.give(gzip.compress(b"x" * 80_000_000), "text/plain", Content_Encoding="gzip"),
    "/bomb.txt.gz": lambda h: h.give(gzip.compress(b" " * 80_000_000), "application/gzip"),
    "/picture": lambda h: h.give(b"\x89PNG", "image/png"),
    "/wrong": lambda h: h.give(b"%PDF-1.7", "text/html"),
    "/empty": lambda h: h.give(b""),
    "/gone": lambda h: h.give(b"<p>The page died.", status=404),
    "/teapot": lambda h: h.give(b"", status=799),
    "/moved": lambda h: h.move("/page?from=moved"),
    "/loop": lambda h: h.move("/loop", 301),
    "/to-file": lambda h: h.move("file:///etc/passwd"),
    "/to-user": lambda h: h.move("http://user@post.example/"),
    "/to-metadata": lambda h: h.move("http://169.254.169.254/latest/meta-data/"),
    "/nowhere": lambda h: h.give(b"", status=302),
    "/drip": Handler.drip,
    "/drip-headers": Handler.drip_headers,
    "/pour": Handler.pour,
    "/hang-up": Handler.hang_up,
}


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """A server on this machine; its address."""
    Handler.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def read(address: str, limits: Limits = LOCAL) -> list[Document | Failure]:
    return list(readers.read([address], limits=limits))


def only(items: list[Document | Failure]) -> Document:
    [document] = items
    assert isinstance(document, Document)
    return document


def message(items: list[Document | Failure]) -> str:
    [failure] = items
    assert isinstance(failure, Failure)
    return failure.message


# -- what is read --------------------------------------------------------------------------


def test_a_page_is_read_as_a_file_is_and_is_not_believed_about_its_site(site: str) -> None:
    document = only(read(f"{site}/page#top"))
    assert (document.id, document.title) == (f"{site}/page", "Harbour minister leaves his post")
    assert document.text.endswith("according to a court document.")
    assert document.url == f"{site}/page"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/latin", "José left on Monday."),
        ("/plain", "He left on Monday."),
        ("/packed", "He left."),
        ("/rows.jsonl.gz", "He left."),
    ],
)
def test_the_type_that_the_server_gives_decides(site: str, path: str, text: str) -> None:
    assert only(read(site + path)).text == text


def test_pdfs_feeds_and_rows_are_read_too(site: str) -> None:
    assert only(read(f"{site}/paper")).title == "Fisheries minister resigns"
    assert only(read(f"{site}/nothing-said")).title == "Fisheries minister resigns"
    assert [item.id for item in read(f"{site}/feed") if isinstance(item, Document)][:1] == ["post-17"]
    assert [item.id for item in read(f"{site}/rows") if isinstance(item, Document)] == [
        f"{site}/rows:1",
        f"{site}/rows:2",
    ]


def test_a_redirect_is_followed(site: str) -> None:
    document = only(read(f"{site}/moved"))
    assert (document.id, document.url) == (f"{site}/moved", f"{site}/page?from=moved")


# -- what is refused -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/gone", "404 Not Found"),
        ("/teapot", "answers 799;"),
        ("/picture", '"image/png", which cannot be read'),
        ("/wrong", "a PDF file, not a page of HTML"),
        ("/empty", "empty"),
        ("/brotli", 'packs it as "br"'),
        ("/bomb", "larger than 640,000 bytes"),
        ("/bomb.txt.gz", "longer than 10,000 characters"),
        ("/pour", "larger than 640,000 bytes"),
        ("/hang-up", "no answer that can be read"),
        ("/loop", "leads on more than 5 times"),
        ("/to-file", "no web address"),
        ("/to-user", "name or password"),
        ("/nowhere", "answers 302 Found"),
    ],
)
def test_a_bad_answer_is_a_failure(site: str, path: str, words: str) -> None:
    said = message(read(site + path))
    assert words in said
    assert said.endswith(".")


@pytest.mark.parametrize("path", ["/drip", "/drip-headers"])
def test_a_server_that_never_ends_is_given_up_in_time(site: str, path: str) -> None:
    assert "takes longer than 0.5 seconds to fetch" in message(read(site + path, LOCAL._replace(max_seconds=0.5)))


def test_a_server_that_does_not_listen_is_a_failure() -> None:
    with socket.socket() as idle:
        idle.bind(("127.0.0.1", 0))
        assert "does not answer" in message(read(f"http://127.0.0.1:{idle.getsockname()[1]}/"))


def test_the_rest_is_read_after_a_failure(site: str) -> None:
    failure, document = readers.read([f"{site}/gone", f"{site}/plain"], limits=LOCAL)
    assert isinstance(failure, Failure)
    assert failure.document == f"{site}/gone"
    assert isinstance(document, Document)


# -- private networks ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1",
        "127.9.9.9",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "169.254.169.254",
        "198.18.0.1",
        "192.0.2.1",
        "192.88.99.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "64:ff9b:1::7f00:1",
        "2002:7f00:1::",
        "2001:0:7f00:1::",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "fc00::1",
        "fd12:3456::1",
        "ff02::1",
        "2001:db8::1",
    ],
)
def test_no_number_of_a_private_network_is_public(number: str) -> None:
    assert not web.is_public(number)


@pytest.mark.parametrize("number", ["93.184.216.34", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_numbers_of_the_internet_are_public(number: str) -> None:
    assert web.is_public(number)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "0x7f000001",
        "2130706433",
        "017700000001",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "localhost",
        "localhost.",
    ],
)
def test_this_machine_is_refused_by_whatever_name(site: str, host: str) -> None:
    port = site.rpartition(":")[2]
    Handler.asked.clear()
    assert "--allow-private" in message(read(f"http://{host}:{port}/page", Limits(max_seconds=5)))
    assert Handler.asked == []


def answers(*numbers: str) -> Callable[..., list[tuple[object, ...]]]:
    """A resolver that gives these numbers, one each time that it is asked, and the last from then on."""
    left = list(numbers)

    def resolve(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        number = left.pop(0) if len(left) > 1 else left[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, port))]

    return resolve


def test_a_name_that_stands_for_a_private_number_is_refused(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", answers("127.0.0.1"))
    Handler.asked.clear()
    assert "--allow-private" in message(
        read(f"http://post.example:{site.rpartition(':')[2]}/page", Limits(max_seconds=5))
    )
    assert Handler.asked == []


def test_one_private_number_among_public_ones_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 80)) for number in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: both)
    with pytest.raises(Refused, match="--allow-private"):
        web.fetch("http://post.example/", Limits())


def test_a_name_that_changes_its_mind_leads_to_the_number_that_was_checked(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rebinding: the first answer is public, all later ones are this machine."""
    port = int(site.rpartition(":")[2])
    tried: list[tuple[str, int]] = []

    def connect(self: socket.socket, place: tuple[str, int]) -> None:
        tried.append(place)
        raise OSError(111, "refused")

    monkeypatch.setattr(socket, "getaddrinfo", answers("8.8.8.8", "127.0.0.1"))
    monkeypatch.setattr(socket.socket, "connect", connect)
    with pytest.raises(Refused, match="does not answer"):
        web.fetch(f"http://post.example:{port}/page", Limits(max_seconds=5))
    assert tried == [("8.8.8.8", port)]


def test_a_connection_that_ends_elsewhere_is_not_used(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = socket.socket.connect
    monkeypatch.setattr(socket, "getaddrinfo", answers("8.8.8.8"))
    monkeypatch.setattr(socket.socket, "connect", lambda self, place: real(self, ("127.0.0.1", place[1])))
    Handler.asked.clear()
    with pytest.raises(Refused, match="another host"):
        web.fetch(f"http://post.example:{site.rpartition(':')[2]}/page", Limits(max_seconds=5))
    assert Handler.asked == []


def test_a_redirect_into_a_private_network_is_refused(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first server counts as public here; where it leads does not."""
    monkeypatch.setattr(web, "is_public", lambda number: number == "127.0.0.1")
    with pytest.raises(Refused, match="--allow-private"):
        web.fetch(f"{site}/to-metadata", Limits(max_seconds=5))


def test_a_name_that_no_one_knows_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(Refused, match=r"no host post\.example"):
        web.fetch("https://post.example/", Limits())


def test_a_server_without_tls_is_no_answer_to_https(site: str) -> None:
    with pytest.raises(Refused, match="no answer that can be read"):
        web.fetch(site.replace("http:", "https:") + "/page", LOCAL)


def test_proxies_of_the_environment_are_not_used(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert only(read(f"{site}/plain")).text == "He left on Monday."


# -- addresses -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://post.example", "https://post.example/"),
        ("HTTPS://Post.Example:8443/a?b=c#d", "https://post.example:8443/a?b=c"),
        ("http://bücher.example/straße?q=ä", "http://xn--bcher-kva.example/stra%C3%9Fe?q=%C3%A4"),
        ("http://[::1]:80/", "http://[::1]:80/"),
        ('http://post.example/"<>', "http://post.example/%22%3C%3E"),
    ],
)
def test_an_address_is_asked_for_as_the_web_writes_it(written: str, address: str) -> None:
    assert web.checked(written) == address


@pytest.mark.parametrize(
    "written",
    [
        "http://",
        "http:///path",
        "http://post.example:99999/",
        "http://post.example:x/",
        "http://user:word@post.example/",
        "http://post example/",
        "http://post.example/\r\nHost: other",
        "http://[::1",
        "http://" + "a" * 70 + ".example/",
        "http://..example/",
    ],
)
def test_what_is_no_address_is_an_error_at_once(written: str) -> None:
    with pytest.raises(InputError):
        readers.read([written])


@given(st.text(max_size=30))
def test_any_text_is_an_address_or_an_error(rest: str) -> None:
    try:
        address = web.checked("http://" + rest)
    except InputError as error:
        assert str(error).endswith(".")
    else:
        assert address.isascii()
        assert web.checked(address) == address
