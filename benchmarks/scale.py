"""Many documents: processes, memory while reading, and what an unchanged run costs.

    python benchmarks/scale.py jobs [--documents 120]
    python benchmarks/scale.py memory [--documents 1000 10000]
    python benchmarks/scale.py again [--documents 10000] [--jobs 2]

``jobs`` reads the same documents with one process and with two, in turns, and compares the times without the
start of the processes: by the clock, which wants two cores that nobody else uses, and by processor time, which does
not. ``memory`` reads and drops documents in a process of its own for each number and compares the most that each has
held. ``again`` builds a store, builds it again from the same documents, and compares the two times.

The articles are made from templates with ever new names: of some sixty words, and for ``jobs`` of some four hundred.
"""

from __future__ import annotations

import argparse
import datetime
import json
import multiprocessing
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter

from kg import pipeline
from kg.acquire import documents
from kg.model import Document, Failure

_SYLLABLES = (
    "ba be bi bo da de di do ka ke ko la le li lo ma me mi mo na ne no ra re ri ro sa se so ta te ti to".split()
)
_COUNTRIES = "France Italy Spain Poland Norway Chile Kenya Japan Canada Egypt".split()
_SENTENCES = (
    "{country} expelled {name}, the ambassador of {other}, on Monday, police said.",
    "{last} denied that there had been any talks with the opposition in {city}.",
    "A spokesman for the foreign ministry said that {last} would leave within {number} days.",
    "In {city}, {number} people were arrested after a demonstration against {name}.",
    "The president of {other} said he had appointed {second} as the new ambassador.",
    "{second} had been accused of espionage by prosecutors in {country}, according to a report.",
)


def article(n: int, sentences: int = 5) -> Document:
    """The ``n``-th article, a dozen words a sentence, with names of its own."""
    words = [_word(n * 7 + k) for k in range(5)]
    fields = {
        "country": _COUNTRIES[n % 10],
        "other": _COUNTRIES[(n // 10 + n + 1) % 10],
        "name": f"{words[0]} {words[1]}",
        "last": words[1],
        "second": f"{words[2]} {words[3]}",
        "city": words[4],
        "number": str(2 + n % 50),
    }
    story = [_SENTENCES[(n + k) % len(_SENTENCES)].format(**fields) for k in range(sentences)]
    day = datetime.date(2020, 1, 1) + datetime.timedelta(days=n % 700)
    return Document(f"article-{n}", " ".join(story) + "\n", date=day)


def _word(n: int) -> str:
    digits = []
    n += 40_000
    while n:
        n, rest = divmod(n, len(_SYLLABLES))
        digits.append(_SYLLABLES[rest])
    return "".join(digits).capitalize()


def articles(count: int, sentences: int = 5) -> Iterator[Document]:
    for n in range(count):
        yield documents.finish(article(n, sentences), date=None, max_chars=10_000)


# -- processes -----------------------------------------------------------------------------


def jobs(count: int, rounds: int = 3) -> float:
    """How many times as fast two processes read as one."""
    best = {1: 0.0, 2: 0.0}
    for _ in range(rounds):
        for number in best:
            best[number] = max(best[number], _rate(count, number))
    spent = {number: (_spent(count, number) - _spent(_FEW, number)) / (count - _FEW) for number in best}
    for number, rate in best.items():
        print(
            f"--jobs {number}{rate:10.1f} documents a second, {1000 * spent[number]:.1f} ms of processor time for each"
        )
    print(f"ratio{best[2] / best[1]:14.2f} by the clock, {2 * spent[1] / spent[2]:.2f} by processor time")
    return best[2] / best[1]


#: So few that what is spent on them is the start of the processes.
_FEW = 16
#: How many sentences an article of the usual length has.
_LONG = 32


def _rate(count: int, number: int) -> float:
    """Documents a second, from the first that is done to the last."""
    found = pipeline.read_documents(articles(count, _LONG), jobs=number)
    assert not isinstance(next(found), Failure)
    began = perf_counter()
    rest = sum(1 for _ in found)
    return rest / (perf_counter() - began)


def _spent(count: int, number: int) -> float:
    """Processor time of this process and of all that it starts, in seconds."""
    began = _used()
    for _ in pipeline.read_documents(articles(count, _LONG), jobs=number):
        pass
    return _used() - began


def _used() -> float:
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(used.ru_utime + used.ru_stime for used in both)


# -- memory --------------------------------------------------------------------------------


def memory(counts: Sequence[int]) -> float:
    """How many times as much the largest number of documents takes as the smallest."""
    context = multiprocessing.get_context("spawn")
    peaks = []
    for count in counts:
        with context.Pool(1) as pool:
            peaks.append(pool.apply(_peak, (count,)))
        print(f"{count:>8,} documents{peaks[-1]:8.0f} MB")
    print(f"ratio{peaks[-1] / peaks[0]:21.2f}")
    return peaks[-1] / peaks[0]


def _peak(count: int) -> float:
    for _ in pipeline.read_documents(articles(count)):
        pass
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # kilobytes on Linux


# -- a second run --------------------------------------------------------------------------


def again(count: int, number: int) -> float:
    """What part of the first run an unchanged one takes."""
    with tempfile.TemporaryDirectory() as folder:
        rows = Path(folder) / "articles.jsonl"
        with rows.open("w", encoding="utf-8") as file:
            for n in range(count):
                each = article(n)
                file.write(json.dumps({"id": each.id, "text": each.text, "date": str(each.date)}) + "\n")
        command = [sys.executable, "-m", "kg", "build", str(rows), "--store", f"{folder}/store", "--jobs", str(number)]
        times = []
        for name in ("first", "again"):
            began = perf_counter()
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            times.append(perf_counter() - began)
            print(f"{name:<8}{times[-1]:8.1f} s   {done.stdout.splitlines()[-1].partition(': ')[2]}")
        size = sum(path.stat().st_size for path in Path(folder, "store").rglob("*") if path.is_file())
    print(f"share{100 * times[1] / times[0]:10.2f} %   {size / count / 1000:.1f} KB a document")
    return times[1] / times[0]


def main(arguments: Sequence[str] | None = None) -> float:
    parser = argparse.ArgumentParser(description="Many documents: processes, memory, and a second run.")
    parser.add_argument("what", choices=("jobs", "memory", "again"))
    parser.add_argument("--documents", type=int, nargs="+", help="how many documents")
    parser.add_argument("--jobs", type=int, default=2, help="with how many processes a store is built")
    options = parser.parse_args(arguments)
    if options.what == "jobs":
        return jobs(*(options.documents or [120]))
    if options.what == "memory":
        return memory(options.documents or [1000, 10_000])
    return again(*(options.documents or [10_000]), options.jobs)


if __name__ == "__main__":
    main()
