"""``kg annotate``: what was read in each document, before any merging."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import options, printing, reading

if TYPE_CHECKING:
    from kg.model import Failure


def annotate(
    inputs: options.Inputs,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Where to write; else standard output.")
    ] = None,
    date: options.Date = None,
    model: options.Model = None,
    rules: options.Rules = None,
    names: options.Names = None,
    mentions: options.Mentions = None,
    claims: options.Claims = None,
    jobs: options.Jobs = 1,
    max_seconds: options.MaxSeconds = options.SECONDS,
    reader: options.Reader = None,
    max_chars: options.MaxChars = options.CHARS,
    allow_private: options.AllowPrivate = False,
) -> None:
    """Write what was read in each document, before any merging, as JSON lines."""
    corpus = reading.corpus(
        inputs,
        date,
        model=model,
        rules=rules,
        names=names,
        mentions=mentions,
        claims=claims,
        kind=reader,
        max_seconds=max_seconds,
        max_chars=max_chars,
        allow_private=allow_private,
    )
    from kg.plugins.counting import ProposalCount
    from kg.publish import files, notes

    failures: list[Failure] = []
    proposals = ProposalCount()
    with printing.progress(inputs) as step:
        found = corpus.readings(failures, jobs=jobs)
        lines = (notes.as_line(each) for each in proposals.counting(step(found)))
        if output is not None:
            files.write_lines(output, lines)
        else:
            for line in lines:
                sys.stdout.write(line + "\n")
    printing.complain_each(proposals.in_words())
    reading.finish(failures, proposals.faults)
