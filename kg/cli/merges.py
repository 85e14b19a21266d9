"""``kg merges``: who was taken for whom, why, and what people say to it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import options, printing

if TYPE_CHECKING:
    from kg.model import Judgement

app = typer.Typer(help="Who is who: list what was judged, explain it, and judge yourself.", no_args_is_help=True)

Folder = Annotated[Path, typer.Option("-o", "--output", metavar="FOLDER", help="What kg build wrote.")]
Name = Annotated[str, typer.Argument(metavar="NAME", help="A name, NAME@DOCUMENT, or a mention as listed.")]


@app.command("list")
def list_(
    place: Annotated[
        Path | None,
        typer.Argument(metavar="[FOLDER]", help="What kg build wrote; else as -o says.", show_default=False),
    ] = None,
    folder: Folder = options.OUTPUT,
    apart: Annotated[bool, typer.Option("--apart", help="Those that were kept apart, too.")] = False,
) -> None:
    """List who was taken for whom, and every judgement of a person."""
    from kg import judging

    found = [each for each in judging.judgements(place or folder) if each.same or apart or each.by == "person"]
    _print(found)


@app.command()
def explain(first: Name, second: Name, folder: Folder = options.OUTPUT) -> None:
    """Say why two names are one entity, or why they are not."""
    from kg import judging

    found = judging.explained(folder, first, second)
    if found:
        _print(found)
    else:
        print("They were never compared: neither their names nor their identifiers have anything in common.")


@app.command()
def mentions(name: Name, folder: Folder = options.OUTPUT) -> None:
    """List an entity's mentions, to name one of them in a judgement."""
    from kg import judging

    rows = [
        (each.label, each.cls, place.words, place.title, place.document, place.ref)
        for each in judging.mentions(folder, name)
        for place in each.mentions
    ]
    printing.table(("name", "class", "words", "title", "document", "mention"), rows)


@app.command()
def split(first: Name, second: Name, folder: Folder = options.OUTPUT) -> None:
    """Lay down that two names are two."""
    _judge(folder, first, second, same=False)


@app.command()
def join(first: Name, second: Name, folder: Folder = options.OUTPUT) -> None:
    """Lay down that two names are one."""
    _judge(folder, first, second, same=True)


def _judge(folder: Path, first: str, second: str, *, same: bool) -> None:
    from kg import judging

    made = judging.judge(folder, first, second, same=same)
    one, other = map(printing.printable, made.names)
    print(f"{one} ({made.a}) and {other} ({made.b}) are {'one' if same else 'two'} from the next kg build on.")


def _print(found: Iterable[Judgement]) -> None:
    rows = [
        (
            "same" if j.same else "not the same",
            *j.names,
            "; ".join(j.reasons) or "a person says so",
            _score(j),
            j.a,
            j.b,
        )
        for j in found
    ]
    printing.table(("judgement", "one", "other", "because", "score", "mention", "other mention"), rows)


def _score(judgement: Judgement) -> str:
    return "" if judgement.score is None else f"{judgement.score:.2f}"
