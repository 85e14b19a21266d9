"""``kg diff``: what a change of rules or of documents changed in the graph."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import options, printing

if TYPE_CHECKING:
    import networkx as nx

    from kg.publish.changes import Change

_MARKS = {"new": "+", "gone": "-", "changed": "~"}


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="What an earlier kg build wrote: its folder, or a store.")],
    new: Annotated[
        Path, typer.Argument(metavar="[NEW]", help="What a later one wrote; one may be a store and the other none.")
    ] = options.OUTPUT,
    as_json: Annotated[bool, typer.Option("--json", help="A JSON object a change, a line each.")] = False,
) -> None:
    """Tell claim by claim what differs between two graphs."""
    from kg.publish import changes

    found = changes.changes(_graph(old), _graph(new))
    if as_json:
        for change in found:
            print(json.dumps(change._asdict(), ensure_ascii=False))
        return
    for change in found:
        _print(change)
    count = changes.counts(found)
    print(f"Claims that are new: {count['new']:,}; gone: {count['gone']:,}; changed: {count['changed']:,}.")


def _graph(folder: Path) -> nx.MultiDiGraph:
    """What was written there, or what the documents of a store say now, whether its graph was made of them or not."""
    from kg import archive
    from kg.api import Graph
    from kg.scale import store

    return archive.graph(folder) if store.is_store(folder) else Graph.load(folder).nx


def _print(change: Change) -> None:
    print(printing.printable(f"{_MARKS[change.kind]} {change.what}"))
    print(printing.printable(f"    {change.document}: {change.sentence}"))
    for field, before, after in change.fields:
        print(printing.printable(f"    {field}: {before or '(nothing)'} -> {after or '(nothing)'}"))
