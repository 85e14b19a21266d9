"""The one file to read first: the stages, in order.

    acquire   input             -> Document
    annotate  Document          -> Annotations
    extract   Annotations       -> Reading (claims)
    fuse      Readings          -> Knowledge (entities, situations)
    graph     Knowledge         -> networkx.MultiDiGraph
    publish   graph             -> Turtle, JSON, HTML, answers

The stages know nothing of one another; they meet here.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kg import rules as rulebook
from kg.acquire import readers
from kg.annotate import annotate, gazetteer, language
from kg.annotate.language import DEFAULT_MODEL
from kg.errors import InputError
from kg.extract import extract
from kg.model import Document, Failure, Reading

if TYPE_CHECKING:
    import networkx as nx
    from spacy.language import Language

#: How many documents are read ahead, so that spaCy can work in batches.
_AHEAD = language.BATCH


def readings(
    inputs: Sequence[str],
    *,
    date: datetime.date | None = None,
    model: str = DEFAULT_MODEL,
    rules: Path | None = None,
    names: Path | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Reading | Failure]:
    """Read each input, in order; a document that cannot be read comes out as its ``Failure``.

    ``inputs`` are files, folders, globs or ``-``; ``date`` is the publication date where
    the input has none; ``rules`` a folder of rules to add (docs/rules.md), ``names`` a file of
    the user's own names (docs/names.md). Raises ``InputError``, ``ModelError`` or ``RulesError`` before
    anything is read when that is what is wrong.
    """
    yield from read_documents(readers.read(inputs, date=date, stdin=stdin), model=model, rules=rules, names=names)


def read_documents(
    documents: Iterable[Document | Failure],
    *,
    model: str = DEFAULT_MODEL,
    rules: Path | None = None,
    names: Path | None = None,
) -> Iterator[Reading | Failure]:
    """The same for documents that are already in memory."""
    book = _book(rules, names)
    nlp = language.load(model)
    batch: list[Document | Failure] = []
    for item in documents:
        batch.append(item)
        if len(batch) == _AHEAD:
            yield from _read_batch(batch, nlp=nlp, book=book)
            batch = []
    yield from _read_batch(batch, nlp=nlp, book=book)


def _book(rules: Path | None, names: Path | None) -> rulebook.Rules:
    """The rules to read with; a file of names that is wrong is told before anything is read."""
    book = rulebook.load(rules, names)
    gazetteer.load(names)
    return book


def _read_batch(
    batch: Sequence[Document | Failure], *, nlp: Language, book: rulebook.Rules
) -> Iterator[Reading | Failure]:
    parses = language.parse(nlp, [item for item in batch if isinstance(item, Document)])
    for item in batch:
        if isinstance(item, Failure):
            yield item
        else:
            yield extract(annotate(item, next(parses), book), book)


def build(items: Iterable[Reading | Failure]) -> nx.MultiDiGraph:
    """One graph of all that was read.

    Raises ``InputError`` at the first ``Failure``: whoever wants the rest leaves it out knowingly.
    """
    from kg.fuse import fuse
    from kg.graph import build as build_graph

    return build_graph(fuse(_read(item) for item in items))


def _read(item: Reading | Failure) -> Reading:
    if isinstance(item, Failure):
        raise InputError(f"{item.document}: {item.message}")
    return item
