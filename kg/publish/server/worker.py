"""A process that answers questions, one after the other, until nothing more comes; ``workers`` starts it.

A question is a line of JSON. An answer is a line of JSON and so many bytes. Whatever happens in here, the
side that asks goes on: it ends this process when it takes too long, and starts another.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import pyoxigraph as ox

from kg.errors import QueryError
from kg.publish import parameters, sparql
from kg.publish.server import protocol

#: What a question may need, in bytes.
_MEMORY = 2 * 1024**3


class Reply(NamedTuple):
    """What is said of the answer, and the answer."""

    told: Mapping[str, Any]
    body: bytes = b""


def main() -> None:
    questions = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints says nothing to the side that asks
    _confine()
    serve(ox.Store.read_only(sys.argv[1]), questions, answers)


def serve(store: ox.Store, questions: BinaryIO, answers: BinaryIO) -> None:
    """Answer question after question."""
    _give(answers, Reply({"ready": True}))
    while line := questions.readline():
        question = json.loads(line)
        _limit(question["seconds"])
        _give(answers, answer(store, question))
        _limit(0)


def answer(store: ox.Store, question: Mapping[str, Any]) -> Reply:
    """The answer, or the sentence why there is none."""
    try:
        return _KINDS[question["what"]](store, question)
    except QueryError as error:
        return Reply({"refused": str(error)})


def _query(store: ox.Store, question: Mapping[str, Any]) -> Reply:
    answer = sparql.query(store, question["text"], max_rows=question["rows"], timeout=None)
    media = protocol.chosen(question["accept"], answer.form)
    if media is None:
        return Reply({"refused": protocol.offered(answer.form), "status": 406})
    body = protocol.WRITERS[answer.form][media](answer).encode("utf-8")
    if len(body) > question["bytes"]:
        raise QueryError(
            f"the answer is longer than {question['bytes'] // 1024**2} MB; make the query narrower, or add LIMIT."
        )
    return Reply({"media": media, "complete": answer.complete, "rows": len(answer)}, body)


def _bind(store: ox.Store, question: Mapping[str, Any]) -> Reply:
    text = parameters.one_question(store, None, name=question["name"], values=question["values"])
    return Reply({"media": "application/sparql-query", "complete": True}, text.encode("utf-8"))


_KINDS: dict[str, Callable[[ox.Store, Mapping[str, Any]], Reply]] = {"query": _query, "bind": _bind}


def _give(answers: BinaryIO, reply: Reply) -> None:
    answers.write(json.dumps({**reply.told, "size": len(reply.body)}).encode() + b"\n" + reply.body)
    answers.flush()


# ------------------------------------------------------------------ what this process may do
def _limit(seconds: float) -> None:
    """End this process so many seconds from now (0: never), should the side that asks be gone by then.

    The signal's default action needs no Python, which a query may keep from running.
    """
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds + 2 if seconds else 0)


def _confine() -> None:
    """Little memory, no files written, no network: as far as the system knows such limits."""
    try:
        import resource
    except ImportError:  # Windows
        return
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    for kind, limit in ((resource.RLIMIT_DATA, _MEMORY), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        try:
            resource.setrlimit(kind, (limit, limit))
        except (ValueError, OSError):  # a limit that the system does not take
            continue
    if sys.version_info >= (3, 12) and hasattr(os, "unshare"):
        try:  # a namespace of its own has no network; queries that would use one are refused before
            os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNET)
        except OSError:  # not everybody may
            return


def path_of(folder: Path) -> str:
    """The folder as the argument of such a process."""
    return str(folder.resolve())


if __name__ == "__main__":
    main()
