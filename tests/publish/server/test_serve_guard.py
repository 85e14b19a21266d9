"""What is not let in, and what does not hurt."""

from __future__ import annotations

import socket
import threading
import time
from pathlib import Path
from urllib.parse import urlencode

import pytest
from serving import Served, served

ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
GOOD = "ASK { ?who a kg:Person }"


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "127.0.0.1", "localhost:1", "127.0.0.1.evil.example", ""]
)
def test_it_answers_under_its_own_name_alone(server: Served, host: str) -> None:
    for path in ("/", "/sparql?query=ASK%7B%7D", "/neighbours?id=x"):
        told = server.ask(path, host=host)
        assert told.status == 421
        assert "alone" in told.text


def test_it_answers_as_localhost_too(server: Served) -> None:
    assert server.ask("/", host=f"LOCALHOST:{server.port}").status == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", "file://"])
def test_pages_of_other_places_may_not_ask(server: Served, origin: str) -> None:
    told = server.ask("/sparql", method="POST", body=GOOD, content_type="application/sparql-query", origin=origin)
    assert told.status == 403
    assert "access-control-allow-origin" not in told.headers


def test_its_own_pages_may(server: Served) -> None:
    origin = server.address.rstrip("/")
    assert (
        server.ask(f"/sparql?{urlencode({'query': GOOD})}", origin=origin, sec_fetch_site="same-origin").status == 200
    )


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_other_places_may_link_to_its_pages_and_no_more(server: Served, site: str) -> None:
    assert server.ask("/", sec_fetch_site=site, sec_fetch_mode="navigate").status == 200
    assert server.ask("/", sec_fetch_site=site, sec_fetch_mode="no-cors").status == 403
    assert server.ask("/sparql?query=ASK%7B%7D", sec_fetch_site=site, sec_fetch_mode="navigate").status == 403


def test_every_answer_is_sealed(server: Served) -> None:
    for told in (
        server.ask("/"),
        server.ask("/ask"),
        server.sparql(GOOD, ""),
        server.ask("/x"),
        server.ask("/", host="x"),
    ):
        assert told.headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in told.headers["content-security-policy"]
        assert told.headers["cross-origin-resource-policy"] == "same-origin"
        assert "server" not in told.headers
    assert "sandbox" in server.sparql(GOOD, "").headers["content-security-policy"]


REFUSED = {
    "SERVICE": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SERVICE SILENT": "SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SERVICE, escaped": "SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "LOAD": "LOAD <file:///etc/passwd>",
    "INSERT": "INSERT DATA { <a:a> <a:b> <a:c> }",
    "DELETE": "PREFIX a: <a:> DELETE WHERE { ?s ?p ?o }",
    "CLEAR": "CLEAR ALL",
    "DROP": "DROP DEFAULT",
    "FROM": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "two": "ASK {} ; INSERT DATA { <a:a> <a:b> <a:c> }",
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_writes_or_leads_elsewhere_is_refused(server: Served, case: str) -> None:
    with socket.socket() as elsewhere:
        elsewhere.bind(("127.0.0.1", 0))
        elsewhere.listen()
        elsewhere.settimeout(0.2)
        query = REFUSED[case].replace(":9/", f":{elsewhere.getsockname()[1]}/")
        for told in (
            server.sparql(query),
            server.ask("/sparql", method="POST", body=query, content_type="application/sparql-query"),
        ):
            assert told.status == 400
        with pytest.raises(TimeoutError):
            elsewhere.accept()


@pytest.mark.parametrize("media", ["application/sparql-update", "application/x-www-form-urlencoded"])
def test_updates_of_the_protocol_are_refused(server: Served, media: str) -> None:
    told = server.ask("/sparql", method="POST", body="update=CLEAR+ALL", content_type=media)
    assert told.status == 400
    assert "can only be read" in told.text
    assert server.sparql(GOOD).text == "answer\r\ntrue\r\n"


# ------------------------------------------------------------------ limits
def workers(server: Served) -> list[int]:
    children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children")
    if not children.exists():
        pytest.skip("this system does not tell who whose child is")
    return [int(pid) for pid in children.read_text().split()]


def test_a_query_without_end_is_given_up_and_leaves_nothing_behind(server: Served) -> None:
    server.sparql(GOOD)
    before = workers(server)
    told = server.sparql(ENDLESS)
    assert told.status == 400
    assert "given up after 4 seconds" in told.text
    assert len(set(before) - set(workers(server))) == 1
    assert server.sparql(GOOD).status == 200


def test_rows_beyond_the_limit_are_cut_and_said_to_be(server: Served) -> None:
    told = server.sparql("SELECT * WHERE { ?s ?p ?o }")
    assert told.headers["kg-only-first-rows"] == "50"
    assert told.text.count("\r\n") == 51
    assert "kg-only-first-rows" not in server.sparql(GOOD).headers


def test_memory_has_a_limit(out: Path) -> None:
    grown = '"a"'
    for one, other in ("ab", "bc", "cd", "de"):
        grown = f'REPLACE({grown}, "{one}", "{other * 1000}")'
    with served(out) as server:
        told = server.sparql(f"SELECT (STRLEN({grown}) AS ?n) {{}}")
        assert (told.status, "needs more memory" in told.text) == (400, True)
        assert server.sparql(GOOD).status == 200


def test_who_goes_away_is_not_answered_any_longer(server: Served) -> None:
    server.sparql(GOOD)
    before = set(workers(server))
    with socket.create_connection(("127.0.0.1", server.port)) as gone:
        gone.sendall(
            f"GET /sparql?{urlencode({'query': ENDLESS})} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n".encode()
        )
        time.sleep(0.7)
    begun = time.monotonic()
    while before <= set(workers(server)) and time.monotonic() - begun < 3:
        time.sleep(0.05)
    assert not before <= set(workers(server))
    assert server.sparql(GOOD).status == 200


def test_more_questions_than_there_is_room_for_are_sent_away(out: Path) -> None:
    with served(out, "--max-seconds", 2) as server:
        found: list[int] = []
        threads = [threading.Thread(target=lambda: found.append(server.sparql(ENDLESS).status)) for _ in range(24)]
        for thread in threads:
            thread.start()
        time.sleep(0.5)
        assert server.ask("/").status == 200
        server.end()
        for thread in threads:
            thread.join()
        assert found.count(503) >= 6


def test_a_long_query_is_refused_and_a_fairly_long_one_answered(server: Served) -> None:
    long = GOOD + " " * 1_000_000
    told = server.ask("/sparql", method="POST", body=long, content_type="application/sparql-query")
    assert told.status == 413
    fair = GOOD + " # " + "x" * 100_000
    assert server.ask("/sparql", method="POST", body=fair, content_type="application/sparql-query").status == 200
    nested = "ASK { " + "{ " * 20_000 + "?s ?p ?o" + " }" * 20_000 + " }"
    assert server.ask("/sparql", method="POST", body=nested, content_type="application/sparql-query").status == 400
    assert server.sparql(GOOD).status == 200


RAW = {
    "no request": b"hello\r\n\r\n",
    "a huge header": b"GET / HTTP/1.1\r\nX: " + b"a" * 200_000 + b"\r\n\r\n",
    "many headers": b"GET / HTTP/1.1\r\n" + b"X: a\r\n" * 20_000 + b"\r\n",
    "no host": b"GET / HTTP/1.1\r\n\r\n",
    "two hosts": b"GET / HTTP/1.1\r\nHost: PLACE\r\nHost: evil.example\r\n\r\n",
    "a negative length": b"POST /sparql HTTP/1.1\r\nHost: PLACE\r\nContent-Length: -5\r\n\r\n",
    "a huge length": b"POST /sparql HTTP/1.1\r\nHost: PLACE\r\nContent-Length: 99999999999\r\n\r\n",
    "two lengths": b"POST /sparql HTTP/1.1\r\nHost: PLACE\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nASK {}",
    "bytes in the path": b"GET /\xff\xfe HTTP/1.1\r\nHost: PLACE\r\n\r\n",
    "an old version": b"GET /\r\n\r\n",
    "a socket of the web": b"GET / HTTP/1.1\r\nHost: PLACE\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
}


@pytest.mark.parametrize("case", RAW)
def test_malformed_requests_get_an_answer_or_are_cut_off(server: Served, case: str) -> None:
    place = f"127.0.0.1:{server.port}".encode()
    with socket.create_connection(("127.0.0.1", server.port), timeout=15) as line:
        try:
            line.sendall(RAW[case].replace(b"PLACE", place))
            first = line.recv(4096)
        except ConnectionError:
            first = b""
    status = first.split(b" ")[1] if first else b""
    assert status in {b"", b"400", b"405", b"411", b"413", b"415", b"421", b"431"} or case == "a socket of the web"
    assert server.sparql(GOOD).status == 200


def test_slow_requests_are_cut_off_and_others_go_on(server: Served) -> None:
    place = f"127.0.0.1:{server.port}".encode()
    slow = [
        b"GET / HTTP/1.1\r\n",
        b"",
        b"POST /sparql HTTP/1.1\r\nHost: "
        + place
        + b"\r\nContent-Type: application/sparql-query\r\nContent-Length: 99\r\n\r\nA",
        b"GET /favicon.ico HTTP/1.1\r\nHost: " + place + b"\r\n\r\nGET / HTTP/1.1\r\nHost:",
    ]
    lines = [socket.create_connection(("127.0.0.1", server.port), timeout=25) for _ in range(40)]
    try:
        for i, line in enumerate(lines):
            line.sendall(slow[i % len(slow)])
        assert server.sparql(GOOD).status == 200
        begun = time.monotonic()
        for i, line in enumerate(lines):
            try:
                while piece := line.recv(4096):
                    assert piece.startswith((b"HTTP/1.1 408", b"HTTP/1.1 204", b"The request")), (i, piece)
            except ConnectionError:
                continue
        assert time.monotonic() - begun < 20
    finally:
        for line in lines:
            line.close()
    assert server.sparql(GOOD).status == 200
