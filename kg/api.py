"""The Python side: ``kg.read`` reads articles, ``kg.build`` makes their ``kg.Graph``, and the graph is asked.

    import kg
    graph = kg.build("examples/rome.txt")
    print(graph.query(name="posts"))

The command line is a skin over what is here.
"""

from __future__ import annotations

import datetime
import os
import tempfile
import webbrowser
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.model import Document, Failure, Proposals, Reading
from kg.plugins.counting import ProposalCount

if TYPE_CHECKING:
    import pyoxigraph as ox
    from networkx import MultiDiGraph

    from kg.publish.answer import Answer
    from kg.publish.parameters import Value

#: What can be read: the name of a file, a folder or a pattern, ``-`` for standard input, or a document.
Input = str | os.PathLike[str] | Document
#: What ``build`` takes besides: what was read already.
Item = Input | Reading | Failure

#: How long a question may take, in seconds, and how many rows it may give.
_TIMEOUT = 60.0
_MAX_ROWS = 100_000
#: How many characters an article may have; the same as in ``kg.acquire.limits``.
_MAX_CHARS = 1_000_000
#: The file that ``Graph.load`` reads.
_FILE = "graph.json"
#: Who was taken for whom, beside the graph (docs/who-is-who.md).
_JUDGEMENTS = "judgements.jsonl"


def read(
    inputs: Item | Iterable[Item],
    *,
    date: datetime.date | str | None = None,
    model: str | None = None,
    rules: Path | None = None,
    names: Path | None = None,
    mentions: str | None = None,
    claims: str | None = None,
    jobs: int = 1,
    max_seconds: float | None = None,
    kind: str | None = None,
    max_chars: int = _MAX_CHARS,
    allow_private: bool = False,
) -> Iterator[Reading | Failure]:
    """Read articles, one at a time, in their order.

    ``inputs`` is one or several of: the name of a file (text, rows, HTML, PDF, a feed, a web archive), of a folder,
    a pattern, a web address, ``-``, or a ``kg.Document``. ``date`` is the day of publication where an article gives
    none, as a date or as "YYYY-MM-DD"; ``model`` another installed spaCy pipeline; ``rules`` a folder of rules and
    ``names`` a file of names of your own; ``mentions`` and ``claims`` plug-ins that are installed
    (docs/plugins.md): what became of what they propose is in ``Reading.proposals``. ``jobs`` processes read; an
    article that takes more than ``max_seconds``, or has more than ``max_chars`` characters, is given up. ``kind``
    says what files are whose names do not (docs/inputs.md); ``allow_private`` lets web addresses be inside private
    networks. What cannot be read comes out as a ``Failure`` that says why, and what was read already passes.

    Raises ``InputError``, ``ModelError``, ``PluginError`` or ``RulesError``, with a sentence, when the
    first article is asked for and that is what is wrong.

    >>> import kg
    >>> story = kg.Document("story", "Norland expelled Ambassador Ana Velho, police said.")
    >>> [reading] = kg.read(story)
    >>> [(claim.cls, claim.polarity, claim.certainty) for claim in reading.claims if claim.cls == "Expulsion"]
    [('Expulsion', 'positive', 'certain')]
    """
    from kg import pipeline
    from kg.annotate.language import DEFAULT_MODEL

    model, day = model or DEFAULT_MODEL, _day(date, "date")
    items = [inputs] if isinstance(inputs, str | os.PathLike | Document | Reading | Failure) else inputs
    for given, group in groupby(items, key=_kind):
        if given == "name":
            paths = [os.fspath(each) for each in group if isinstance(each, str | os.PathLike)]
            yield from pipeline.readings(
                paths,
                date=day,
                model=model,
                rules=rules,
                names=names,
                mentions=mentions,
                claims=claims,
                jobs=jobs,
                max_seconds=max_seconds,
                kind=kind,
                max_chars=max_chars,
                allow_private=allow_private,
            )
        elif given == "document":
            found = (
                pipeline.finished(_dated(each), date=day, max_chars=max_chars)
                for each in group
                if isinstance(each, Document)
            )
            yield from pipeline.read_documents(
                found,
                model=model,
                rules=rules,
                names=names,
                mentions=mentions,
                claims=claims,
                jobs=jobs,
                max_seconds=max_seconds,
            )
        else:
            yield from (each for each in group if isinstance(each, Reading | Failure))


def _day(given: object, where: str) -> datetime.date | None:
    """The day that is given as one, or as "YYYY-MM-DD". Raises ``InputError`` for anything else."""
    if isinstance(given, datetime.datetime):
        return given.date()
    if given is None or isinstance(given, datetime.date):
        return given
    try:
        return datetime.date.fromisoformat(given if isinstance(given, str) else "")
    except ValueError:
        raise InputError(f"{where}: {given!r} is no day; give a datetime.date, or write it as YYYY-MM-DD.") from None


def _dated(document: Document) -> Document:
    day = _day(document.date, document.id)
    return document if day is document.date else replace(document, date=day)


def _kind(item: Item) -> str:
    if isinstance(item, str | os.PathLike):
        return "name"
    if isinstance(item, Document):
        return "document"
    if isinstance(item, Reading | Failure):
        return "read"
    raise InputError(f"{type(item).__name__}: this cannot be read; give the name of a file or a kg.Document.")


def build(
    inputs: Item | Iterable[Item],
    *,
    date: datetime.date | str | None = None,
    model: str | None = None,
    rules: Path | None = None,
    names: Path | None = None,
    mentions: str | None = None,
    claims: str | None = None,
    jobs: int = 1,
    max_seconds: float | None = None,
    kind: str | None = None,
    max_chars: int = _MAX_CHARS,
    allow_private: bool = False,
    base: str | None = None,
    judged: Path | None = None,
    strict: bool = True,
) -> Graph:
    """One ``Graph`` of all that is read; the options up to ``allow_private`` are those of ``read``.

    ``inputs`` can be what ``read`` gives as well. ``base`` is what the addresses of all nodes begin with in
    RDF; ``judged`` is the folder of an earlier build, whose judgements and corrections hold
    (docs/who-is-who.md). The first article that cannot be read is raised as an ``InputError``; with
    ``strict=False`` the rest is done, and ``Graph.failures`` says what is missing and why (what a plug-in
    failed on, too). ``Graph.proposals`` is what became of all that plug-ins proposed.

    >>> import kg
    >>> graph = kg.build(kg.Document("story", "Norland expelled Ambassador Ana Velho, police said."))
    >>> graph.query("SELECT ?who ?whom WHERE { ?x a kg:Expulsion ; kg:agent/rdfs:label ?who ;"
    ...             " kg:patient/rdfs:label ?whom }").records()
    [{'who': 'Norland', 'whom': 'Ana Velho'}]
    """
    from kg import pipeline

    failures: list[Failure] = []
    found = read(
        inputs,
        date=date,
        model=model,
        rules=rules,
        names=names,
        mentions=mentions,
        claims=claims,
        jobs=jobs,
        max_seconds=max_seconds,
        kind=kind,
        max_chars=max_chars,
        allow_private=allow_private,
    )
    counted = ProposalCount()
    graph = pipeline.build(counted.counting(found if strict else _readings(found, failures)), judged=judged)
    return Graph(graph, base=base, failures=[*failures, *counted.faults], proposals=counted.total())


def _readings(items: Iterable[Reading | Failure], failures: list[Failure]) -> Iterator[Reading]:
    for item in items:
        if isinstance(item, Failure):
            failures.append(item)
        else:
            yield item


def project(
    graph: Graph | MultiDiGraph,
    *,
    status: str | Collection[str] = ("Asserted", "Reported"),
    classes: str | Collection[str] | None = None,
    plain: bool = True,
    isolated: bool = False,
) -> MultiDiGraph:
    """The view between entities that network analysis wants: one edge a situation between its participants.

    ``status`` says which situations count, one or several, ``classes`` of which class (``None``: all), ``plain``
    whether events without a class do, ``isolated`` whether entities without any edge are kept. An edge has the
    situation's class, status, label, time and the role of its target. Raises ``VocabularyError`` for an
    unknown status.
    """
    from kg.graph import project as view

    bare = graph.nx if isinstance(graph, Graph) else graph
    return view(bare, status=status, classes=classes, plain=plain, isolated=isolated)


class Graph:
    """What articles say: entities, situations, claims and documents, to be walked, asked, saved and looked at.

    ``kg.build`` makes one from articles, ``Graph.load`` from a folder that was saved.

    >>> import kg
    >>> kg.build(kg.Document("story", "Norland expelled Ana Velho."))
    <kg.Graph: 1 document, 2 entities, 1 claim, 1 situation>
    """

    def __init__(
        self,
        graph: MultiDiGraph,
        *,
        base: str | None = None,
        failures: Sequence[Failure] = (),
        proposals: Sequence[Proposals] = (),
    ) -> None:
        """``graph`` is a NetworkX graph as ``kg.graph.build`` describes it; ``base`` as for ``kg.build``."""
        from kg.publish import rdf

        if base is not None:
            rdf.check_base(base)
            graph.graph["base"] = base
        self._graph = graph
        self._store: ox.Store | None = None
        self.failures: tuple[Failure, ...] = tuple(failures)
        self.proposals: tuple[Proposals, ...] = tuple(proposals)

    @classmethod
    def load(cls, folder: str | os.PathLike[str]) -> Graph:
        """The graph that ``save`` or ``kg build`` wrote into ``folder`` (its ``graph.json``, or that file itself).

        Raises ``InputError`` if there is none or it is broken.
        """
        from kg.publish import networks

        place = Path(folder)
        return cls(networks.read_node_link(place / _FILE if place.is_dir() else place))

    @property
    def nx(self) -> MultiDiGraph:
        """The ``networkx.MultiDiGraph`` itself: ``help(kg.graph.build)`` lists its attributes.

        RDF is made of it at the first question; make your changes before that.
        """
        return self._graph

    @property
    def base(self) -> str:
        """What the addresses of all nodes begin with in RDF."""
        from kg.publish import rdf

        return str(self._graph.graph.get("base", rdf.BASE))

    def project(
        self,
        *,
        status: str | Collection[str] = ("Asserted", "Reported"),
        classes: str | Collection[str] | None = None,
        plain: bool = True,
        isolated: bool = False,
    ) -> MultiDiGraph:
        """The view between entities, as ``kg.project`` gives it."""
        return project(self, status=status, classes=classes, plain=plain, isolated=isolated)

    def query(
        self,
        sparql: str | None = None,
        /,
        *,
        name: str | None = None,
        max_rows: int | None = _MAX_ROWS,
        timeout: float | None = _TIMEOUT,
        **parameters: Value,
    ) -> Answer:
        """The ``Answer`` to a question in SPARQL, or to one that ships by its ``name`` and its ``parameters``.

        ``kg query --list`` names those that ship, with their parameters; names of people and places are found
        by any form of the name, whatever its case and accents. Questions only read. At most ``max_rows`` rows
        come within ``timeout`` seconds (``None``: no limit). Raises ``QueryError`` with a sentence.

        >>> import kg
        >>> graph = kg.build(kg.Document("story", "Ana Velho is Norland's ambassador to Portugal."))
        >>> for post in graph.query(name="posts", person="ana velho"):
        ...     print(post["position"], "in", post["where"])
        ambassador in Portugal
        """
        from kg.publish import parameters as bound
        from kg.publish import sparql as asked

        text = bound.one_question(self._rdf(), sparql, name=name, values=parameters)
        return asked.query(self._rdf(), text, max_rows=max_rows, timeout=timeout)

    def _rdf(self) -> ox.Store:
        if self._store is None:
            from kg.publish import rdf, sparql

            turtle = rdf.to_turtle(self._graph, base=self.base, classes=self._classes())
            self._store = sparql.store(turtle)
        return self._store

    def _classes(self) -> frozenset[str]:
        """The classes that may occur: those that ship, and those of the rules that the graph was read with."""
        from kg.publish.vocabulary import shipped_classes

        own = {data["class"] for _, data in self._graph.nodes(data=True) if data["kind"] == "situation"}
        return shipped_classes() | own

    def save(
        self,
        folder: str | os.PathLike[str],
        *,
        formats: str | Iterable[str] | None = None,
        text: bool = True,
        view: str = "claims",
        max_nodes: int | None = None,
    ) -> list[Path]:
        """Write the graph into ``folder``, which is made if need be; the paths of its files.

        ``formats`` are names like ``"ttl,json"`` or ``["ttl", "json"]``, by default all that ``kg build``
        writes; ``text=False`` leaves the articles' whole texts out of the RDF; ``view="standard"`` gives what is
        asserted alone, in the terms of other vocabularies; ``max_nodes`` is how many nodes the page draws at
        first. All files are replaced together, after all are
        written. Raises ``InputError`` for an unknown format, ``OutputError`` if the folder cannot be written to.
        """
        from kg.publish import files
        from kg.publish import formats as written

        names = formats if isinstance(formats, str) or formats is None else ",".join(formats)
        chosen = written.chosen(names, view=view)
        place = Path(folder)
        files.check_folder(place)
        options = written.options(base=self.base, text=text, view=view, max_nodes=max_nodes)._replace(
            classes=self._classes()
        )
        contents = dict(written.contents(self._graph, chosen, options))
        log = place / _JUDGEMENTS
        if "judgements" in self._graph.graph or log.exists():
            contents[_JUDGEMENTS] = self._graph.graph.get("judgements", "")
        return files.write_all(place, contents)

    def to_html(self, *, max_nodes: int | None = None) -> str:
        """The page that ``kg build`` writes: one HTML text that needs no network.

        Of a larger graph it draws the ``max_nodes`` most important nodes at first (by default 2000).
        """
        from kg.publish import page

        return page.render(self._graph, title=self.title, max_nodes=max_nodes or page.MAX_NODES, base=self.base)

    @property
    def title(self) -> str:
        """The article's title, or how many articles there are."""
        names = [data["label"] for _, data in self._graph.nodes(data=True) if data["kind"] == "document"]
        return str(names[0]) if len(names) == 1 else f"{len(names)} documents"

    def show(self, *, height: int = 720) -> Path | None:
        """The page: in a notebook below the cell, ``height`` pixels high; elsewhere in the browser.

        Outside notebooks the page is written into a temporary file, whose path is given.
        """
        from kg.publish import card

        if _in_notebook():
            from IPython import display

            shown = {"text/html": card.frame(self.to_html(), height=height), "text/plain": repr(self)}
            display.display(shown, raw=True)  # type: ignore[no-untyped-call]
            return None
        path = Path(tempfile.mkdtemp(prefix="kg-")) / "graph.html"
        path.write_text(self.to_html(), encoding="utf-8")
        webbrowser.open(path.as_uri())
        return path

    def __repr__(self) -> str:
        from kg.publish import card

        return f"<kg.Graph: {card.in_words(self._graph)}>"

    def _repr_html_(self) -> str:
        """What a notebook shows of a graph: how much there is, what is disputed, who is in it most."""
        from kg.publish import card

        return card.card(self._graph, title=self.title, failures=len(self.failures))


def _in_notebook() -> bool:
    """Whether a Jupyter kernel runs this; a terminal's IPython has none."""
    import sys

    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return getattr(shell, "kernel", None) is not None
