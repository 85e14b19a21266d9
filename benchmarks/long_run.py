"""Memory and open files of one process that reads many documents.

    python benchmarks/long_run.py [DOCUMENTS]

By default 10,000 short articles, made up as it goes, are read one after the other with the default pipeline, and
nothing is kept. A line is printed for every tenth part: what must stay flat is flat if the last lines are alike.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from kg import pipeline
from kg.model import Document, Reading

_PEOPLE = ("Ana Velho", "Peter Grau", "Mina Sol", "Ivo Ferro", "Lena Brandt", "Kai Moreno", "Rosa Lund")
_COUNTRIES = ("Norland", "Sudria", "Vestmark", "Ostany", "Meridia")
_SENTENCES = (
    "{0} expelled {1} on day {2} of the talks.",
    "{1} told reporters that {0} had arrested {3}.",
    "According to a report by the daily No. {2}, {3} may have fled to {4}.",
    "The ministry of {4} denied that it had met {1}.",
)


def articles(many: int) -> Iterator[Document]:
    """Articles of two sentences, no two alike; every name in them is made up, and some come once only."""
    for n in range(many):
        names = (
            _COUNTRIES[n % 5],
            f"{_PEOPLE[n % 7]}{'son' if n % 3 else ''}",
            str(n),
            f"Otto Nr{n}",
            _COUNTRIES[(n + 2) % 5],
        )
        pair = (_SENTENCES[n % 4], _SENTENCES[(n + 1 + n // 4) % 4])
        yield Document(f"article {n}", " ".join(sentence.format(*names) for sentence in pair))


def memory() -> float:
    """What the process holds now, in MB. Linux only."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def main(many: int) -> None:
    """Read, and print a line for every tenth part."""
    begun, claims = time.process_time(), 0
    print(f"{'documents':>10} {'claims':>8} {'MB':>6} {'open files':>11} {'seconds of processor':>21}")
    for n, item in enumerate(pipeline.read_documents(articles(many), max_seconds=60), 1):
        assert isinstance(item, Reading), item
        claims += len(item.claims)
        if n % max(1, many // 10) == 0:
            files = len(os.listdir("/proc/self/fd"))
            print(
                f"{n:>10,} {claims:>8,} {memory():>6.0f} {files:>11} {time.process_time() - begun:>21.1f}", flush=True
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
