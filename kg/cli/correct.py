"""``kg correct``: a claim that was read wrongly is marked so, or set right."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli import options, printing
from kg.errors import InputError


def correct(
    claim: Annotated[
        str,
        typer.Argument(metavar="CLAIM", help="The claim's address, as kg query --name evidence and the page print it."),
    ],
    wrong: Annotated[bool, typer.Option("--wrong", help="The claim was read wrongly: leave it out.")] = False,
    changes: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="FIELD=VALUE",
            help="Set a field: class, polarity, certainty, position, amount, kinship or time; can be repeated.",
        ),
    ] = None,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FOLDER", help="What kg build wrote.")
    ] = options.OUTPUT,
) -> None:
    """Set a claim right, or mark it as wrong; it holds in every later build into the same folder."""
    from kg import judging

    pairs = [_pair(change) for change in changes or ()]
    if wrong == bool(pairs):
        raise InputError("Say either --wrong, or what to change with --set FIELD=VALUE.")
    found = judging.correct(output, claim, wrong=wrong, changes=pairs)
    print(printing.printable(f"{found.label}: «{found.words}» in «{' '.join(found.sentence.split())}»"))
    print(
        "From the next kg build on "
        + ("it is left out." if wrong else "it has " + ", ".join(map("=".join, pairs)) + ".")
    )


def _pair(written: str) -> tuple[str, str]:
    field, sign, value = written.partition("=")
    if not sign or not field.strip():
        raise InputError(f"--set {written}: write it as FIELD=VALUE, such as certainty=possible.")
    return field.strip(), value.strip()
