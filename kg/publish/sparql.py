"""Questions to a built graph: SPARQL over its Turtle file, read-only, on Oxigraph.

Oxigraph by itself would fetch what ``SERVICE`` names from the network; every query is
looked through first, and what could write or leave this machine is refused.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

from kg.errors import InputError, QueryError
from kg.publish import exchange, stored
from kg.publish.answer import Answer, Cell
from kg.publish.parameters import Parameter, declared, head
from kg.publish.query_text import check_query, explain
from kg.publish.vocabulary import ALL_PREFIXES, KG, shipped_classes, suggest, terms

FILE = "graph.ttl"
#: Where a store has its graph.
STORED = "graph"
MAX_ROWS = 100_000
TIMEOUT = 60.0


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query that ships: ``title`` is one line, ``comment`` says what it gives, ``parameters`` what can be set."""

    name: str
    title: str
    comment: str
    text: str
    parameters: tuple[Parameter, ...] = ()


@cache
def named_queries() -> Mapping[str, NamedQuery]:
    """The queries that ship, by name, in the order of their names."""
    folder = resources.files("kg.publish") / "queries"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".rq")), key=lambda file: file.name)
    found = [_named(file.name.removesuffix(".rq"), file.read_text(encoding="utf-8")) for file in files]
    return {each.name: each for each in found}


def named_query(name: str) -> NamedQuery:
    """The query of that name. Raises ``QueryError`` if none has it."""
    known = named_queries()
    if name not in known:
        raise QueryError(f'no query is called "{name}"{suggest(name, known)} There are {", ".join(known)}.')
    return known[name]


def _named(name: str, text: str) -> NamedQuery:
    lines = [line.removeprefix("#").strip() for line in head(text)]
    comment = " ".join(line for line in lines[1:] if not line.startswith("--set")).strip()
    return NamedQuery(name, lines[0], comment, text, tuple(declared(text)))


def load(path: Path) -> ox.Store:
    """The graph in ``path``: a Turtle file or a folder that has ``graph.ttl``, which is read into memory, or a
    store that ``kg build --store`` made.

    Raises ``InputError`` if there is none or it is broken.
    """
    if stored.current(path / STORED) is not None:
        return stored.load(path / STORED)
    store = ox.Store()
    _read(store, path / FILE if path.is_dir() else path)
    return store


def unpack(file: Path, folder: Path) -> None:
    """Put the graph of a Turtle file into a store on the disk, for others to read. Raises ``InputError``."""
    store = ox.Store(str(folder))
    _read(store, file)
    store.flush()


def _read(store: ox.Store, file: Path) -> None:
    exchange.settle(file.parent)
    try:
        store.bulk_load(path=str(file), format=ox.RdfFormat.TURTLE)
    except FileNotFoundError:
        raise InputError(f'{file}: no such file; build a graph first, with "kg build".') from None
    except OSError as error:
        raise InputError(f"{file}: cannot be read ({error.strerror or error}).") from None
    except SyntaxError as error:
        raise InputError(f"{file}: this is not well-formed Turtle. {error.msg}.") from None


def store(turtle: str) -> ox.Store:
    """A graph that is Turtle text already, in memory."""
    made = ox.Store()
    made.bulk_load(turtle.encode("utf-8"), format=ox.RdfFormat.TURTLE)
    return made


def query(store: ox.Store, text: str, *, max_rows: int | None = MAX_ROWS, timeout: float | None = TIMEOUT) -> Answer:
    """Answer one query; the prefixes of the vocabulary need not be declared.

    At most ``max_rows`` rows are given, within ``timeout`` seconds. Raises ``QueryError``
    for a query that is broken, names a term that the vocabulary does not have, wants to
    change the graph or to reach another place, or takes too long.
    """
    check_query(
        text,
        known=lambda name: name in terms() or _occurs(store, name) or name in shipped_classes(),
        names=lambda: {*terms(), *shipped_classes()},
    )
    outcome: list[Answer | BaseException] = []

    def work() -> None:
        try:
            outcome.append(_answer(store, text, max_rows))
        except (SyntaxError, OSError, RuntimeError, ValueError) as error:
            outcome.append(error)

    # Oxigraph has no time limit of its own; it runs beside us, and what takes too long is left behind
    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    worker.join(timeout)
    if not outcome:
        raise QueryError(f"the query was given up after {timeout:g} seconds; make it narrower or set a higher limit.")
    result = outcome[0]
    if isinstance(result, SyntaxError):
        raise QueryError(explain(str(result.msg), text)) from None
    if isinstance(result, BaseException):
        raise QueryError(f"the query cannot be answered: {result}.") from None
    return result


def _occurs(store: ox.Store, name: str) -> bool:
    """Whether the graph uses ``kg:name`` anywhere: classes can come from the user's own rules."""
    try:
        node = ox.NamedNode(f"{KG}{name}")
    except ValueError:  # a name with something in it that no address has
        return False
    patterns = ((None, node, None), (None, None, node), (node, None, None))
    return any(next(iter(store.quads_for_pattern(*each)), None) is not None for each in patterns)


def _answer(store: ox.Store, text: str, max_rows: int | None) -> Answer:
    found = store.query(text, prefixes=ALL_PREFIXES)
    cell = _Cells().__getitem__
    if isinstance(found, ox.QueryBoolean):
        value = Cell("true" if found else "false", "literal", "http://www.w3.org/2001/XMLSchema#boolean")
        return Answer(("answer",), ((value,),), form="ask")
    if isinstance(found, ox.QueryTriples):
        triples = ((cell(t.subject), cell(t.predicate), cell(t.object)) for t in found)
        return replace(_cut(("subject", "predicate", "object"), triples, max_rows), form="triples")
    variables = tuple(variable.value for variable in found.variables)
    rows = (tuple(map(cell, solution)) for solution in found)
    return _cut(variables, rows, max_rows)


def _cut(variables: tuple[str, ...], rows: Iterator[tuple[Cell | None, ...]], max_rows: int | None) -> Answer:
    kept = tuple(islice(rows, max_rows))
    complete = max_rows is None or next(rows, None) is None
    return Answer(variables, kept, complete)


class _Cells(dict[object, Cell | None]):
    """Terms as cells, each made once: in long answers most come again and again."""

    def __missing__(self, term: object) -> Cell | None:
        made = self[term] = _cell(term)
        return made


def _cell(term: object) -> Cell | None:
    if isinstance(term, ox.NamedNode):
        return Cell(term.value, "uri")
    if isinstance(term, ox.BlankNode):
        return Cell(term.value, "bnode")
    if isinstance(term, ox.Literal):
        plain = term.language or term.datatype.value == "http://www.w3.org/2001/XMLSchema#string"
        return Cell(term.value, "literal", None if plain else term.datatype.value, term.language)
    return None if term is None else Cell(str(term), "literal")
