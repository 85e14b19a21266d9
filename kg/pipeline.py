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
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from kg import rules as rulebook
from kg.acquire import documents as finishing
from kg.acquire import readers
from kg.acquire.limits import MAX_CHARS, Limits
from kg.annotate import annotate, gazetteer, language, story
from kg.annotate.language import DEFAULT_MODEL
from kg.errors import InputError, StoreError
from kg.extract import extract, proposed
from kg.model import Annotations, Document, Failure, Knowledge, Proposals, Reading
from kg.plugins import ProposedMention, asking, offered
from kg.scale import limit, local, packing
from kg.scale.store import Packed, Task
from kg.syntax import Parse

if TYPE_CHECKING:
    import networkx as nx
    from spacy.language import Language


#: How many documents a process is given at a time, and of how many characters together: enough for spaCy to work
#: in batches, few enough for every process to end at about the same time.
_BATCH, _BATCH_CHARS = 4, 40_000
#: How much longer a process may be silent than the limit of one document: its batch is parsed, then itself, then read,
#: and each plug-in may take as long again and spoil what follows it.
_PATIENCE, _PLUGIN_PATIENCE, _GRACE = 3, 2, 10.0
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
Work = TypeVar("Work", bound=Item | Task)
Done = TypeVar("Done")


@dataclass(frozen=True, slots=True)
class Setup:
    """What documents are read with, by whatever process: the spaCy pipeline, a folder of rules to add
    (docs/rules.md), a file of the user's own names (docs/names.md), how long one document may take, and the
    plug-ins that propose ``mentions`` and ``claims``, by name (docs/plugins.md).
    """

    model: str = DEFAULT_MODEL
    rules: Path | None = None
    names: Path | None = None
    max_seconds: float | None = None
    mentions: str | None = None
    claims: str | None = None


def readings(
    inputs: Sequence[str],
    *,
    date: datetime.date | None = None,
    model: str = DEFAULT_MODEL,
    rules: Path | None = None,
    names: Path | None = None,
    mentions: str | None = None,
    claims: str | None = None,
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
    the user's own names (docs/names.md); ``mentions`` and ``claims`` are names of plug-ins (docs/plugins.md).
    ``jobs`` processes read (1: this one); a document
    that takes more than ``max_seconds``, or whose text has more than ``max_chars`` characters, is a ``Failure``.
    ``kind`` says what the inputs are, whatever they are called; ``allow_private`` lets web addresses be
    inside private networks. Raises ``InputError``, ``ModelError``, ``PluginError`` or
    ``RulesError`` before anything is read when that is what is wrong.
    """
    setup = Setup(model, rules, names, max_seconds, mentions, claims)
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
    mentions: str | None = None,
    claims: str | None = None,
    jobs: int = 1,
    max_seconds: float | None = None,
) -> Iterator[Reading | Failure]:
    """The same for documents that are already in memory."""
    yield from read(documents, Setup(model, rules, names, max_seconds, mentions, claims), jobs=jobs)


def read(documents: Iterable[Item], setup: Setup, *, jobs: int = 1) -> Iterator[Reading | Failure]:
    """The same with everything that is read with in one place."""
    check(setup)
    if jobs == 1:
        yield from _spread(partial(_reader, setup), documents, setup, jobs=jobs)
        return
    for result in _spread(partial(_sender, setup), documents, setup, jobs=jobs):
        yield packing.received(result) if isinstance(result, bytes) else result


def read_packed(tasks: Iterable[Task | Failure], setup: Setup, *, jobs: int = 1) -> Iterator[Packed | Failure]:
    """The same for a store: what is read comes as bytes, and a parse that is there is not made again."""
    check(setup)
    yield from _spread(partial(_packer, setup), tasks, setup, jobs=jobs)


def check(setup: Setup) -> None:
    """Raise ``RulesError``, ``InputError`` or ``PluginError`` if rules, names or plug-ins are wrong, before
    anything is read."""
    rulebook.load(setup.rules, setup.names)
    gazetteer.load(setup.names)
    offered.check("mentions", setup.mentions)
    offered.check("claims", setup.claims)


def _spread(
    start: local.Start[Work, Done], tasks: Iterable[Work], setup: Setup, *, jobs: int
) -> Iterator[Done | Failure]:
    if jobs < 1:
        raise InputError(f"{jobs} processes cannot read anything: let at least one do it.")
    most = _BATCH if jobs > 1 else language.BATCH  # alone, nobody waits for a batch to end
    batches = local.in_batches(tasks, most=most, weight=_weight, heaviest=_BATCH_CHARS)
    rounds = _PATIENCE + sum(_PLUGIN_PATIENCE for plugin in (setup.mentions, setup.claims) if plugin)
    patience = None if setup.max_seconds is None else rounds * setup.max_seconds + _GRACE
    yield from local.spread(start, batches, jobs=jobs, lost=_lost, patience=patience)


def _weight(item: Item | Task) -> int:
    document = item.document if isinstance(item, Task) else item
    return len(document.text) if isinstance(document, Document) else 0


def _lost(item: Item | Task, why: str) -> Failure:
    if isinstance(item, Failure):
        return item
    document = item.document if isinstance(item, Task) else item
    return Failure(document.id, f"{why}; leave it out, or try it by itself.")


# -- in the process that reads -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Tools:
    """What is loaded once a process: the model, the rules, the limit of a document, and plug-ins."""

    nlp: Language
    book: rulebook.Rules
    seconds: float | None
    mentions: offered.Plugin | None = None
    claims: offered.Plugin | None = None


def _tools(setup: Setup) -> _Tools:
    return _Tools(
        language.load(setup.model),
        rulebook.load(setup.rules, setup.names),
        setup.max_seconds,
        offered.load("mentions", setup.mentions),
        offered.load("claims", setup.claims),
    )


def _reader(setup: Setup) -> local.Work[Item, Reading | Failure]:
    return partial(_read_batch, tools=_tools(setup))


def _sender(setup: Setup) -> local.Work[Item, bytes | Reading | Failure]:
    return partial(_send_batch, tools=_tools(setup))


def _packer(setup: Setup) -> local.Work[Task | Failure, Packed | Failure]:
    return partial(_pack_batch, tools=_tools(setup))


def _read_batch(batch: Sequence[Item], *, tools: _Tools) -> Iterator[Reading | Failure]:
    """Each document's reading, in order."""
    parses = _parses([item for item in batch if isinstance(item, Document)], tools)
    for item in batch:
        yield item if isinstance(item, Failure) else _read_one(item, next(parses), tools)


def _send_batch(batch: Sequence[Item], *, tools: _Tools) -> Iterator[bytes | Reading | Failure]:
    """The same as bytes, for the process that asked."""
    for result in _read_batch(batch, tools=tools):
        yield result if isinstance(result, Failure) else packing.sent(result)


def _pack_batch(batch: Sequence[Task | Failure], *, tools: _Tools) -> Iterator[Packed | Failure]:
    """Each document's reading and parse, packed, in order."""
    parses = _parses([item.document for item in batch if isinstance(item, Task) and item.parse is None], tools)
    for item in batch:
        if isinstance(item, Failure):
            yield item
            continue
        yield _packed(item, next(parses) if item.parse is None else _unpacked(item.parse, item.document), tools)


def _unpacked(parse: bytes, document: Document) -> Parse | Failure:
    try:
        return packing.unpack_parse(parse, document)
    except StoreError as error:
        return Failure(document.id, str(error))


def _packed(task: Task, parse: Parse | Failure, tools: _Tools) -> Packed | Failure:
    if isinstance(parse, Failure):
        return parse
    kept = task.parse or packing.pack_parse(parse)
    reading = _read_one(task.document, parse, tools)
    if isinstance(reading, Failure):
        return reading
    claims = sum(not claim.background for claim in reading.claims)
    return Packed(task.document, kept, packing.pack_reading(reading), len(reading.sentences), claims, reading.proposals)


def _parses(documents: Sequence[Document], tools: _Tools) -> Iterator[Parse | Failure]:
    """Each document's parse; they are made together, and one by one only if that fails."""
    try:
        together = limit.within(tools.seconds, lambda: list(language.parse(tools.nlp, documents)))
    except (limit.TooLong, *_FAULTS):
        for document in documents:
            yield _guarded(document, tools, lambda each: next(iter(language.parse(tools.nlp, [each]))))
    else:
        yield from together


def _read_one(document: Document, parse: Parse | Failure, tools: _Tools) -> Reading | Failure:
    if isinstance(parse, Failure):
        return parse
    given = _mentions(document, parse, tools)
    found = _guarded(document, tools, lambda each: _read_with(each, parse, tools.book, given))
    if isinstance(found, Failure) and given is not None and given.items:  # it may be their fault
        given = asking.Given(given.plugin, given.kind, fault=found.message)
        found = _guarded(document, tools, lambda each: _read_with(each, parse, tools.book, given))
    if isinstance(found, Failure):
        return found
    annotations, reading = found
    return reading if tools.claims is None else _with_claims(reading, annotations, tools.claims, tools)


def _read_with(
    document: Document, parse: Parse, book: rulebook.Rules, given: asking.Given[ProposedMention] | None
) -> tuple[Annotations, Reading]:
    annotations = annotate(document, parse, book, given)
    return annotations, extract(annotations, book)


# -- plug-ins ------------------------------------------------------------------------------


def _mentions(document: Document, parse: Parse, tools: _Tools) -> asking.Given[ProposedMention] | None:
    """What the plug-in for mentions proposes, if there is one."""
    if tools.mentions is None:
        return None
    return asking.mentions(tools.mentions, partial(_in_time, tools), document, story(document, parse))


def _with_claims(reading: Reading, annotations: Annotations, plugin: offered.Plugin, tools: _Tools) -> Reading:
    """The reading with the claims of the plug-in that stand up to the text."""
    given = asking.claims(plugin, partial(_in_time, tools), reading)
    joined = _guarded(reading.document, tools, lambda _: proposed.join(reading, annotations, given, tools.book.events))
    if isinstance(joined, Failure):
        failed = Proposals(plugin.name, plugin.kind, fault=joined.message)
        return replace(reading, proposals=(*reading.proposals, failed))
    return joined


def _in_time(tools: _Tools, work: Callable[[], list[object]]) -> list[object]:
    """What a plug-in gives, if it takes no longer than a document may."""
    try:
        return limit.within(tools.seconds, work)
    except limit.TooLong as error:
        raise TimeoutError(f"it took more than {tools.seconds:g} seconds") from error


def _guarded(document: Document, tools: _Tools, work: Callable[[Document], Done]) -> Done | Failure:
    """What the work gives, unless it takes too long or fails: that is the document's failure, and no other's."""
    try:
        return limit.within(tools.seconds, lambda: work(document))
    except limit.TooLong:
        limited = f"reading it took more than {tools.seconds:g} seconds"
        return Failure(document.id, f"{limited}; split it, or raise --max-seconds.")
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

    known = records.judgements(judged) if judged else []
    corrections = records.corrections(judged) if judged else []
    return graph_of(fuse(map(good, items), judgements=known, corrections=corrections))


def graph_of(knowledge: Knowledge) -> nx.MultiDiGraph:
    """The graph of what is known, with the log of who was taken for whom."""
    from kg.fuse import records
    from kg.graph import build as build_graph

    graph = build_graph(knowledge)
    if knowledge.judgements:
        graph.graph["judgements"] = records.judgement_lines(knowledge.judgements)
    return graph


def good(item: Reading | Failure) -> Reading:
    """The reading; raises ``InputError`` for a failure."""
    if isinstance(item, Failure):
        raise InputError(f"{item.document}: {item.message}")
    return item
