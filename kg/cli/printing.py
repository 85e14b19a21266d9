"""What the commands print: tables, progress, complaints; nothing in it can steer a terminal."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol, TypeVar

Each = TypeVar("Each")


class Step(Protocol):
    """Passes on what it is given, one by one, and counts it where someone is watching."""

    def __call__(self, items: Iterable[Each], /) -> Iterator[Each]: ...


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    if not rows:
        complain("No answer: nothing in the graph is like that.")
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text as Plain

    grid = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column in columns:
        grid.add_column(Plain(column), overflow="fold")
    for row in rows:
        grid.add_row(*(Plain(printable(value)) for value in row))
    if sys.stdout.isatty():
        Console().print(grid)
        return
    # where no one looks on, nothing is wrapped or padded, so that other tools get whole lines
    console = Console(width=10_000, file=io.StringIO())
    with console.capture() as written:
        console.print(grid)
    print("\n".join(line.rstrip() for line in written.get().rstrip("\n").split("\n")))


@contextmanager
def progress(inputs: Sequence[str] = ()) -> Iterator[Step]:
    """A bar on the terminal while reading goes on; nothing where no one is watching.

    ``inputs`` is what is read: where it can be known how many documents that is, the time left is shown.
    """
    if not sys.stderr.isatty():
        yield iter
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        ProgressColumn,
        SpinnerColumn,
        Task,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text as Plain

    from kg.acquire import counting

    class Counts(ProgressColumn):
        def render(self, task: Task) -> Plain:
            of = f" of {task.total:,.0f}" if task.total is not None else ""
            rate = f", {task.speed:,.1f} a second" if task.speed else ""
            return Plain(f"{task.completed:,.0f}{of} documents{rate}")

    total = counting.count(inputs) if inputs else None
    columns: list[ProgressColumn] = [SpinnerColumn(), Counts(), TimeElapsedColumn()]
    if total is not None:
        columns += [BarColumn(), TimeRemainingColumn(elapsed_when_finished=True)]
    with Progress(*columns, console=Console(stderr=True), transient=True, speed_estimate_period=120) as bar:
        task = bar.add_task("", total=total)

        def step(items: Iterable[Each], /) -> Iterator[Each]:
            for item in items:
                yield item
                bar.advance(task)

        yield step


def printable(text: str) -> str:
    """The text without what would steer a terminal: names and ids are other people's words."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def complain(message: str) -> None:
    print("\n".join(map(printable, message.split("\n"))), file=sys.stderr)


def complain_each(messages: Iterable[str]) -> None:
    for message in messages:
        complain(message)
