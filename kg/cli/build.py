"""``kg build``: articles in, their graph out."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import clustered, options, printing, reading, storing

if TYPE_CHECKING:
    from kg.model import Failure
    from kg.publish.coverage import Sentence
    from kg.publish.summary import Summary

#: How many disputed situations are named before "and N more".
_DISPUTED = 5


class Text(StrEnum):
    """Whether the articles' whole texts go into the RDF."""

    all = "all"
    none = "none"


class View(StrEnum):
    """What the RDF says: all claims, or what is asserted alone."""

    claims = "claims"
    standard = "standard"


def build(
    inputs: options.InputsOrNone = None,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FOLDER", help="Where the files go.")
    ] = options.OUTPUT,
    date: options.Date = None,
    model: options.Model = None,
    rules: options.Rules = None,
    names: options.Names = None,
    mentions: options.Mentions = None,
    claims: options.Claims = None,
    base: Annotated[str | None, typer.Option(metavar="IRI", help="What the IRIs of all nodes begin with.")] = None,
    text: Annotated[Text, typer.Option(help="Whether the RDF holds the articles' whole texts.")] = Text.all,
    formats: Annotated[
        str | None,
        typer.Option(metavar="LIST", help=f"Of {','.join(options.FORMATS)}; by default ttl,json,html."),
    ] = None,
    max_nodes: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, help="How many nodes the page draws at first; by default 2000."),
    ] = None,
    view: Annotated[View, typer.Option(help="All claims, or the asserted alone in others' terms.")] = View.claims,
    store: options.Store = None,
    jobs: options.Jobs = 1,
    max_seconds: options.MaxSeconds = options.SECONDS,
    reader: options.Reader = None,
    max_chars: options.MaxChars = options.CHARS,
    allow_private: options.AllowPrivate = False,
    engine: options.Engine = options.Engines.local,
    master: options.Master = None,
    scratch: options.Scratch = None,
    partitioned: options.Partitioned = None,
    explain: Annotated[bool, typer.Option("--explain", help="List the sentences that gave no claim.")] = False,
) -> None:
    """Read articles and write their graph: graph.ttl, graph.json and graph.html, or the formats that are named."""
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
    options.check_engine(engine, master, scratch, store)
    from kg import api
    from kg.plugins.counting import ProposalCount
    from kg.publish import coverage, files, summary
    from kg.publish import formats as written

    chosen_options = written.options(base=base, text=text is Text.all, rules=rules, view=view, max_nodes=max_nodes)
    chosen = written.chosen(formats, view=view)
    parts = [] if partitioned is None else options.in_parts(formats, chosen, view, engine)
    files.check_folder(output)
    covered = coverage.Tally(explain=explain)
    failures: list[Failure] = []
    proposals = ProposalCount()
    if store is not None:
        found, told = storing.grow(
            store,
            corpus,
            failures,
            jobs=jobs,
            chosen=chosen_options,
            output=output,
            formats=chosen if formats else (),
            covered=covered,
            proposals=proposals,
        )
    elif partitioned is not None:
        found, told = clustered.write(
            corpus, failures, partitioned, parts, chosen_options, master=master, scratch=scratch, judged=output
        )
    else:
        with files.locked(output):
            if engine is options.Engines.spark:
                graph = clustered.build(
                    corpus,
                    failures,
                    lambda readings: covered.counting(proposals.counting(readings)),
                    master=master,
                    scratch=scratch,
                    base=base,
                    judged=output,
                )
            else:
                with printing.progress(corpus.inputs) as step:
                    readings = step(corpus.readings(failures, jobs=jobs))
                    graph = api.build(covered.counting(proposals.counting(readings)), base=base, judged=output)
            paths = graph.save(output, formats=formats, text=text is Text.all, view=view, max_nodes=max_nodes)
        found, told = summary.summary(graph.nx), "Written: " + ", ".join(map(str, paths))
    _print_summary(found)
    if explain or (store is None and partitioned is None):
        _print_coverage(covered.in_words(), covered.poor)
    for sentence in proposals.in_words():
        print(printing.printable(sentence))
    print(told)
    reading.finish(failures, proposals.faults)


def _print_summary(found: Summary) -> None:
    for name, count in found.rows:
        print(f"{name:<14}{count:>7,}")
    shown = found.disputed[:_DISPUTED]
    for label in shown:
        print(f"Disputed: {printing.printable(label)}")
    if len(found.disputed) > len(shown):
        print(f"... and {len(found.disputed) - len(shown)} more; ask: kg query --name disputed")


def _print_coverage(words: str, explained: Sequence[Sentence]) -> None:
    print("\n".join(map(printing.printable, words.split("\n"))))
    for sentence in explained:
        begin, end = sentence.span
        print(printing.printable(f"  {sentence.gave:<6}{sentence.document}:{begin}-{end}  {sentence.text}"))
