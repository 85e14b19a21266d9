"""The other side of ``apart``: takes apart what comes in, until nothing more comes.

A question is a line of JSON and so many bytes; an answer is a line of JSON. What a parser raises beyond
``Refused`` ends the process, and the side that asks makes a failure of that.
"""

from __future__ import annotations

import json
import os
import sys
from typing import BinaryIO

from kg.acquire import pages, pdfs
from kg.acquire.documents import Found, Refused

_MEMORY = 2 * 1024**3


def main() -> None:
    questions = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints says nothing to the side that asks
    _confine()
    _load()
    serve(questions, answers)


def serve(questions: BinaryIO, answers: BinaryIO) -> None:
    """Answer question after question."""
    answers.write(b"ready\n")
    answers.flush()
    while line := questions.readline():
        question = json.loads(line)
        data = questions.read(question["size"])
        answers.write(json.dumps(answer(question, data)).encode() + b"\n")
        answers.flush()


def answer(question: dict[str, object], data: bytes) -> dict[str, str | None]:
    """What is found in the data, or the sentence why nothing is."""
    try:
        return _found(question, data)._asdict()
    except Refused as error:
        return {"refused": str(error)}


def _found(question: dict[str, object], data: bytes) -> Found:
    if question["what"] == "pdf":
        return pdfs.extract(data, max_chars=int(str(question["max_chars"])))
    if question["what"] == "fragment":
        return pages.fragment(data)
    charset = question["charset"]
    return pages.extract(data, charset=str(charset) if charset else None)


def _confine() -> None:
    """No more memory than that, no file longer than nothing, no core: where the system knows such limits."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for kind, limit in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        try:
            resource.setrlimit(kind, (limit, limit))
        except (ValueError, OSError):  # a limit that the system does not take
            continue


def _load() -> None:
    """The libraries, before the clock of the first document runs."""
    import pypdf
    import trafilatura

    del pypdf, trafilatura


if __name__ == "__main__":
    main()
