"""The one file to read first: the stages, in order.

    acquire   input             -> Document
    annotate  Document          -> Annotations
    extract   Annotations       -> Reading (claims)
    fuse      Readings          -> Knowledge (entities, situations)
    graph     Knowledge         -> networkx.MultiDiGraph
    publish   graph             -> Turtle, JSON, HTML, answers

The stages know nothing of one another; they meet here. ``scale`` says in which process a document is read.
"""

from __future__ import annotations

import datetime
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kg import rules as rulebook
from kg.acquire import documents as finishing
from kg.acquire import readers
from kg.acquire.limits import MAX_CHARS, Limits
from kg.annotate import annotate, gazetteer, language
from kg.annotate.language import DEFAULT_MODEL
from kg.errors import InputError
from kg.extract import extract
from kg.model import Document, Failure, Reading
from kg.scale import limit, local
from kg.syntax import Parse

if TYPE_CHECKING:
    import networkx as nx
    from spacy.language import Language

#: How many documents a process is given at a time, and of how many characters together: enough for spaCy to work
#: in batches, few enough for every process to end at about the same time.
_BATCH, _BATCH_CHARS = 4, 40_000
#: How much longer a process may be silent than the limit of one document: its batch is parsed, then itself, then read.
_PATIENCE, _GRACE = 3, 10.0
#: What a fault in the rules or the model looks like: it costs its document and no other.
_FAULTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    RuntimeError,
    TypeError,
    ValueError,
)

Item = Document | Failure


@dataclass(frozen=True, slots=True)
class Setup:
    """What documents are read with, by whatever process: the spaCy pipeline, a folder of rules to add
    (docs/rules.md), a file of the user's own names (docs/names.md), and how long one document may take.
    """

    model: str = DEFAULT_MODEL
    rules: Path | None = None
    names: Path | None = None
    max_seconds: float | None = None


def readings(
    inputs: Sequence[str],
    *,
    date: datetime.date | None = None,
    model: str = DEFAULT_MODEL,
    rules: Path | None = None,
    names: Path | None = None,
    stdin: BinaryIO | None = None,
    jobs: int = 1,
    max_seconds: float | None = None,
    kind: str | None = None,
    max_chars: int = MAX_CHARS,
    allow_private: bool = False,
) -> Iterator[Reading | Failure]:
    """Read each input, in order; a document that cannot be read comes out as its ``Failure``.

    ``inputs`` are files, folders, globs, web addresses or ``-`` (docs/inputs.md); ``date`` is the publication
    date where the input has none; ``rules`` a folder of rules to add (docs/rules.md), ``names`` a file of
    the user's own names (docs/names.md). ``jobs`` processes read (1: this one); a document
    that takes more than ``max_seconds``, or whose text has more than ``max_chars`` characters, is a ``Failure``.
    ``kind`` says what the inputs are, whatever they are called; ``allow_private`` lets web addresses be
    inside private networks. Raises ``InputError``, ``ModelError`` or
    ``RulesError`` before anything is read when that is what is wrong.
    """
    setup = Setup(model, rules, names, max_seconds)
    limits = Limits(max_chars, max_seconds, allow_private)
    yield from read(readers.read(inputs, date=date, stdin=stdin, kind=kind, limits=limits), setup, jobs=jobs)


def finished(
    document: Document, *, date: datetime.date | None = None, max_chars: int = MAX_CHARS
) -> Document | Failure:
    """A document that was made in memory, as one that was read: with its date and its furniture, or refused."""
    try:
        return finishing.finish(document, date=date, max_chars=max_chars)
    except finishing.Refused as refused:
        return Failure(document.id, str(refused))


def read_documents(
    documents: Iterable[Item],
    *,
    model: str = DEFAULT_MODEL,
    rules: Path | None = None,
    names: Path | None = None,
    jobs: int = 1,
    max_seconds: float | None = None,
) -> Iterator[Reading | Failure]:
    """The same for documents that are already in memory."""
    yield from read(documents, Setup(model, rules, names, max_seconds), jobs=jobs)


def read(documents: Iterable[Item], setup: Setup, *, jobs: int = 1) -> Iterator[Reading | Failure]:
    """The same with everything that is read with in one place."""
    _book(setup)  # what is wrong with it is told before anything is read
    batches = local.in_batches(documents, most=_BATCH, weight=_weight, heaviest=_BATCH_CHARS)
    patience = None if setup.max_seconds is None else _PATIENCE * setup.max_seconds + _GRACE
    yield from local.spread(partial(reader, setup), batches, jobs=jobs, lost=_lost, patience=patience)


def reader(setup: Setup) -> Callable[[Sequence[Item]], Iterator[Reading | Failure]]:
    """The function that reads a few documents in one process. Raises ``ModelError`` or ``RulesError``."""
    return partial(_read_batch, nlp=language.load(setup.model), book=_book(setup), seconds=setup.max_seconds)


def _weight(item: Item) -> int:
    return len(item.text) if isinstance(item, Document) else 0


def _lost(item: Item, why: str) -> Failure:
    return item if isinstance(item, Failure) else Failure(item.id, f"{why}; leave it out, or try it by itself.")


def _book(setup: Setup) -> rulebook.Rules:
    """The rules to read with; a file of names that is wrong is told before anything is read."""
    book = rulebook.load(setup.rules, setup.names)
    gazetteer.load(setup.names)
    return book


def _read_batch(
    batch: Sequence[Item], *, nlp: Language, book: rulebook.Rules, seconds: float | None
) -> Iterator[Reading | Failure]:
    """Each document's reading, in order; the parses are made together, unless one of them fails."""
    documents = [item for item in batch if isinstance(item, Document)]
    try:
        with limit.within(seconds):
            together = deque(language.parse(nlp, documents))
    except (limit.TooLong, *_FAULTS):
        together = deque()
    for item in batch:
        if isinstance(item, Failure):
            yield item
        else:
            yield _read_one(item, together.popleft() if together else None, nlp=nlp, book=book, seconds=seconds)


def _read_one(
    document: Document, parse: Parse | None, *, nlp: Language, book: rulebook.Rules, seconds: float | None
) -> Reading | Failure:
    try:
        with limit.within(seconds):
            parse = parse or next(iter(language.parse(nlp, [document])))
            return extract(annotate(document, parse, book), book)
    except limit.TooLong:
        return Failure(document.id, f"reading it took more than {seconds:g} seconds; split it, or raise --max-seconds.")
    except _FAULTS as error:
        return Failure(document.id, _fault(error))


def _fault(error: Exception) -> str:
    """A sentence on a fault of ours, with the place, so that it can be mended."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(place.filename).name}, line {place.lineno}"
    return f"reading it failed ({type(error).__name__}: {error}; {where}); leave it out, and please report it."


def build(items: Iterable[Reading | Failure], *, judged: Path | None = None) -> nx.MultiDiGraph:
    """One graph of all that was read.

    ``judged`` is the folder of an earlier build, if there is one: what people have laid down there about names
    and claims (docs/who-is-who.md) holds. The graph's attribute ``judgements`` is the log of who was taken
    for whom, as JSON lines. Raises ``InputError`` at the first ``Failure``: whoever wants the rest leaves
    it out knowingly.
    """
    from kg.fuse import fuse, records
    from kg.graph import build as build_graph

    known = records.judgements(judged) if judged else []
    corrections = records.corrections(judged) if judged else []
    knowledge = fuse((_good(item) for item in items), judgements=known, corrections=corrections)
    graph = build_graph(knowledge)
    if knowledge.judgements:
        graph.graph["judgements"] = records.judgement_lines(knowledge.judgements)
    return graph


def _good(item: Reading | Failure) -> Reading:
    if isinstance(item, Failure):
        raise InputError(f"{item.document}: {item.message}")
    return item
