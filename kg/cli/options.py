"""The options that several commands share, and what they mean."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.errors import InputError

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

#: Where a graph is written, and read from, unless the user says otherwise.
OUTPUT = Path("output")

#: The formats of a graph, for the help; ``kg.publish.formats`` knows how they are written.
FORMATS = ("ttl", "nq", "trig", "jsonld", "json", "graphml", "html", "csv", "parquet", "neo4j", "ftm", "md")

_INPUT = typer.Argument(
    metavar="INPUT...",
    help="Files (text, JSON lines, HTML, PDF, RSS and Atom, WARC; also .gz), folders, globs, "
    "web addresses, or - for standard input.",
)
Inputs = Annotated[list[str], _INPUT]
InputsOrNone = Annotated[list[str] | None, _INPUT]
Store = Annotated[
    Path | None, typer.Option("--store", metavar="DIR", help="Keep what is read there, and read only what is new.")
]
Date = Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="Publication date where the input has none.")]
Rules = Annotated[
    Path | None, typer.Option("--rules", metavar="FOLDER", help="Rules of your own, beside those that ship.")
]
Names = Annotated[
    Path | None, typer.Option("--names", metavar="FILE", help="Names of your own (CSV or TOML) that settle who is who.")
]
Mentions = Annotated[
    str | None, typer.Option("--mentions", metavar="PLUGIN", help="A plug-in that proposes names and noun phrases.")
]
Claims = Annotated[
    str | None, typer.Option("--claims", metavar="PLUGIN", help="A plug-in that proposes claims in quotations.")
]
Model = Annotated[str | None, typer.Option(metavar="NAME", help="Another installed spaCy pipeline to read with.")]
Jobs = Annotated[int, typer.Option("--jobs", metavar="N", min=0, help="Processes to read with; 0: one a core.")]
MaxSeconds = Annotated[
    float, typer.Option("--max-seconds", metavar="S", min=0, help="How long one document may take; 0: for ever.")
]
#: Generous: an article takes a tenth of a second.
SECONDS = 120.0
Reader = Annotated[
    str | None,
    typer.Option("--reader", metavar="KIND", help="What the inputs are: text, rows, html, pdf, feed or warc."),
]
MaxChars = Annotated[int, typer.Option("--max-chars", metavar="N", min=1, help="How long one document's text may be.")]
#: The same as in ``kg.acquire.limits``, which is not imported for a line of help.
CHARS = 1_000_000
AllowPrivate = Annotated[bool, typer.Option("--allow-private", help="Web addresses may be inside private networks.")]


class Engines(StrEnum):
    """What documents are read with: processes of this machine, or Apache Spark."""

    local = "local"
    spark = "spark"


Engine = Annotated[Engines, typer.Option(help="Read here, or on the machines of an Apache Spark (docs/scale.md).")]
Master = Annotated[str | None, typer.Option("--master", metavar="URL", help="Where Spark is; by default local[*].")]
Scratch = Annotated[
    str | None, typer.Option("--scratch", metavar="DIR", help="A folder that all machines of Spark see, for the time.")
]
Partitioned = Annotated[
    str | None,
    typer.Option(
        "--partitioned",
        metavar="DIR",
        help="Let Spark's machines write nq and parquet there, in parts, and nothing else.",
    ),
]
#: What can be written in parts.
IN_PARTS = ("nq", "parquet")


def in_parts(formats: str | None, chosen: Sequence[str], view: str, engine: Engines) -> list[str]:
    """The formats to write in parts. Raises ``InputError`` for what cannot be written so."""
    if engine is not Engines.spark:
        raise InputError("--partitioned is of Spark: add --engine spark, or leave it out.")
    wanted = list(chosen) if formats else list(IN_PARTS)
    other = next((each for each in wanted if each not in IN_PARTS), None)
    if other is not None:
        raise InputError(f"--formats {other}: only {' and '.join(IN_PARTS)} are written in parts.")
    if view != "claims":
        raise InputError(f"--view {view}: only all claims are written in parts.")
    return wanted


def check_engine(engine: Engines, master: str | None, scratch: str | None, store: Path | None) -> None:
    """Raises ``InputError`` for options that do not go together."""
    if engine is Engines.local and (master is not None or scratch is not None):
        raise InputError("--master and --scratch are of Spark: add --engine spark, or leave them out.")
    if engine is Engines.spark and store is not None:
        raise InputError("--engine spark keeps no store; leave out --store, or read into it with --jobs.")


def jobs(wanted: int) -> int:
    """How many processes ``--jobs`` asks for."""
    import os

    if wanted:
        return wanted
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def day(written: str | None) -> datetime.date | None:
    if written is None:
        return None
    from kg.acquire import dates

    day = dates.field(written)
    if day is None:
        raise InputError(f"--date {written}: there is no such day; write it as YYYY-MM-DD.")
    return day
