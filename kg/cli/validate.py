"""``kg validate``: whether RDF from anywhere is as the vocabulary wants it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kg.cli import options, printing
from kg.errors import InputError


def validate(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="RDF in any common format; each file on its own."),
    ],
    rules: options.Rules = None,
    most: Annotated[int, typer.Option("--most", metavar="N", help="How many examples of each fault to show.")] = 3,
) -> None:
    """Check RDF files in this vocabulary: what is wrong, where, and what was expected."""
    from kg.publish import formats, validate

    classes = formats.options(base=None, text=True, rules=rules).classes
    unread, wrong = False, False
    for path in files:
        try:
            report = validate.validate(path, classes=classes)
        except InputError as error:
            printing.complain(str(error))
            unread = True
            continue
        wrong = wrong or report.empty or bool(report.groups)
        for nth, line in enumerate(validate.in_words(report, most=max(most, 0))):
            print(printing.printable(line if nth else f"{path}: {line}"))
    if unread or wrong:
        sys.exit(2 if unread else 1)
