"""``kg serve``: a graph that was built, explored and asked in the browser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import options, printing
from kg.errors import InputError

if TYPE_CHECKING:
    import networkx as nx


def serve(
    out: Annotated[
        Path | None, typer.Argument(metavar="[OUT]", help="What kg build wrote (by default output/).")
    ] = None,
    store: Annotated[
        Path | None, typer.Option("--store", metavar="DIR", help="Serve a store of kg build --store instead.")
    ] = None,
    port: Annotated[
        int, typer.Option("--port", metavar="N", min=0, max=65535, help="The port; 0: any that is free.")
    ] = 0,
    show: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
    max_seconds: Annotated[
        float, typer.Option("--max-seconds", metavar="S", min=0.1, help="How long one question may take.")
    ] = 60.0,
    max_rows: Annotated[
        int, typer.Option("--max-rows", metavar="N", min=1, help="How many rows one answer may have.")
    ] = 100_000,
    max_nodes: Annotated[
        int | None, typer.Option("--max-nodes", metavar="N", min=1, help="How many nodes the page draws at first.")
    ] = None,
) -> None:
    """Explore and ask a graph in the browser, on this machine alone; Ctrl-C ends it."""
    from kg.publish.server import run
    from kg.publish.server.workers import Limits

    if store is not None and out is not None:
        raise InputError(f"There are two graphs, {out} and {store}: leave one out.")
    graph, rdf, title = _stored(store) if store is not None else _built(out or options.OUTPUT)

    def ready(address: str) -> None:
        print(f"{title}: {address} (SPARQL at {address}sparql). Ctrl-C ends it.", flush=True)
        if show:
            import webbrowser

            webbrowser.open(address)

    run.serve(
        graph,
        rdf,
        title=title,
        port=port,
        limits=Limits(seconds=max_seconds, rows=max_rows),
        max_nodes=max_nodes,
        ready=ready,
    )


def _built(folder: Path) -> tuple[nx.MultiDiGraph, Path, str]:
    import kg
    from kg.publish import sparql, stored

    if stored.current(folder / sparql.STORED) is not None:
        return _stored(folder)
    graph = kg.Graph.load(folder)
    return graph.nx, folder / sparql.FILE, printing.printable(graph.title)


def _stored(folder: Path) -> tuple[nx.MultiDiGraph, Path, str]:
    import kg
    from kg import archive
    from kg.publish import sparql, stored

    if not archive.is_built(folder):
        printing.complain(f"The graph is older than the documents of the store: run kg build --store {folder}.")
    graph = kg.Graph(archive.graph(folder))
    return graph.nx, stored.place(folder / sparql.STORED), printing.printable(graph.title)
