"""What is done with a store: documents in and out, the graph of all that it holds, and what it says of itself.

Like ``kg.pipeline`` it joins the stages: ``pipeline`` reads, ``kg.scale.store`` keeps.
"""

from __future__ import annotations

import datetime
import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from kg import pipeline
from kg.errors import StoreError
from kg.model import Failure, Proposals
from kg.pipeline import Item, Setup
from kg.plugins import offered
from kg.scale import versions
from kg.scale.store import Counts, Kept, Packed, Store, Task, opened

if TYPE_CHECKING:
    import networkx as nx

    from kg.publish.formats import Options
    from kg.publish.summary import Summary

#: Reads what has to be read; ``pipeline.read_packed``, but for tests.
ReadPacked = Callable[..., Iterator[Packed | Failure]]


class Grown(NamedTuple):
    """A document that is in the store now: new, read again (its text or the rules changed), or as before.

    ``proposals`` is what became of those of plug-ins, if it was read now.
    """

    document: str
    what: Literal["new", "again", "same"]
    proposals: tuple[Proposals, ...] = ()


# -- documents -----------------------------------------------------------------------------


def grow(
    store: Store,
    documents: Iterable[Item],
    setup: Setup,
    *,
    jobs: int = 1,
    read: ReadPacked = pipeline.read_packed,
) -> Iterator[Grown | Failure]:
    """Read what the store does not have yet, and what other rules have read, and keep it.

    Each result comes when it is safe on the disk, so that a run that is killed goes on where it was.
    A document that cannot be read any more stays as it was. Raises what ``pipeline.read_packed`` raises.
    """
    pipeline.check(setup)
    run = _Run(store, versions.parsing(setup.model), _version(setup))
    store.set_note("run", {"begun": _now(), "version": run.version})
    plugins = {"mentions": setup.mentions, "claims": setup.claims}
    store.set_note("setup", {"model": setup.model, "rules": _path(setup.rules), "names": _path(setup.names), **plugins})
    failures: list[Failure] = []
    for result in read(run.tasks(documents), setup, jobs=jobs):
        yield from run.unchanged()
        if isinstance(result, Failure):
            failures.append(result)
            yield result
        else:
            # what a plug-in failed on is as if other rules had read it: it is tried again in the next run
            failed = any(each.fault is not None for each in result.proposals)
            store.put(result, parsing=run.parsing, version="" if failed else run.version)
            key = result.document.key
            yield Grown(result.document.id, "again" if key in run.again else "new", result.proposals)
    yield from run.unchanged()
    store.set_failures(failures)
    store.set_note("run", {**store.note("run"), "ended": _now()})


@dataclass(slots=True)
class _Run:
    """One run over some documents: what is read again, and what was found as it should be."""

    store: Store
    parsing: str
    version: str
    again: set[str] = field(default_factory=set)
    same: deque[str] = field(default_factory=deque)

    def tasks(self, documents: Iterable[Item]) -> Iterator[Task | Failure]:
        """What has to be read: of the documents, and then of those in the store that other rules have read."""
        for item in documents:
            kept = None if isinstance(item, Failure) else self.store.kept(item.key)
            if isinstance(item, Failure):
                yield item
            elif kept is None:
                yield Task(item)
            elif not kept.holds(item):
                self.again.add(kept.key)
                yield Task(item)
            elif kept.version != self.version:
                yield self._task(kept)
            else:
                self.same.append(item.id)
        for kept in self.store.stale(self.version):
            if kept.key not in self.again:
                yield self._task(kept)

    def _task(self, kept: Kept) -> Task:
        self.again.add(kept.key)
        return Task(self.store.document(kept), self.store.parse(kept) if kept.parsing == self.parsing else None)

    def unchanged(self) -> Iterator[Grown]:
        while self.same:
            yield Grown(self.same.popleft(), "same")


def remove(store: Store, names: Sequence[str]) -> list[str]:
    """Take the documents of these ids or keys out, with all that was read in them; their ids.

    Raises ``StoreError``, and takes none out, if one is not there or an id is that of several.
    """
    found: dict[str, Kept] = {}
    for name in names:
        called = store.called(name)
        if not called:
            raise StoreError(f"{name}: no document in {store.folder} has that id; nothing was taken out.")
        if len(called) > 1:
            keys = ", ".join(kept.key for kept in called)
            raise StoreError(f"{name}: {len(called)} documents have that id; name one by its key: {keys}.")
        found[called[0].key] = called[0]
    store.remove(list(found.values()))
    return [kept.id for kept in found.values()]


# -- the graph -----------------------------------------------------------------------------


@dataclass(eq=False)
class Publication:
    """The graph of a store as it is now, made when it is asked for and it is not there yet."""

    store: Store
    options: Options
    rules: Path | None = None

    @cached_property
    def graph(self) -> nx.MultiDiGraph:
        """All documents as one, with what people have judged in the store's folder."""
        return pipeline.build(self.store.readings(), judged=self.store.folder)

    @cached_property
    def stamp(self) -> str:
        """A hash of all that the graph depends on."""
        from kg.fuse import records

        folder = self.store.folder
        digest = hashlib.sha256(versions.graph(self.rules).encode())
        digest.update(f"{self.options.base}\0{self.options.text}\n".encode())
        judged = [judgement for judgement in records.judgements(folder) if judgement.by == "person"]
        digest.update(records.judgement_lines(judged).encode())
        digest.update(records.correction_lines(records.corrections(folder)).encode())
        for kept in self.store.all():
            digest.update(f"{kept.key} {kept.content} {kept.version}\n".encode())
        return digest.hexdigest()[:16]

    def refresh(self) -> Summary:
        """Bring the store's own graph up to date, if it is not; what is in it."""
        from kg.fuse import records
        from kg.publish import files, stored, summary

        known = self.store.note("graph")
        if known is None or {known["stamp"], stored.current(self.store.graphs)} != {self.stamp}:
            counted = summary.summary(self.graph)
            stored.write(self.graph, self.store.graphs, self.stamp, self.options)
            if "judgements" in self.graph.graph or (self.store.folder / records.JUDGEMENTS).exists():
                log = self.graph.graph.get("judgements", "")
                files.write_all(self.store.folder, {records.JUDGEMENTS: log})
            known = {"stamp": self.stamp, "base": self.options.base, "text": self.options.text}
            known |= {"changes": self.store.changes(), **counted._asdict()}
            self.store.set_note("graph", known)
        return summary.Summary([(name, count) for name, count in known["rows"]], known["disputed"])

    def export(self, output: Path, formats: Sequence[str]) -> list[Path]:
        """Write the files of these formats, unless they are there as they were written; their paths."""
        from kg.publish import files
        from kg.publish import formats as written

        place = f"export {output.resolve()} {','.join(formats)} {self.options.view} {self.options.max_nodes}"
        known = self.store.note(place)
        if known is not None and known["stamp"] == self.stamp:
            paths = [Path(path) for path in known["paths"]]
            if _states(paths) == known["files"]:
                return paths
        paths = files.write_all(output, written.contents(self.graph, formats, self.options))
        self.store.set_note(place, {"stamp": self.stamp, "paths": list(map(str, paths)), "files": _states(paths)})
        return paths


def _states(paths: Iterable[Path]) -> dict[str, list[int]]:
    """The size and time of each file, and of those in each folder: what tells that nobody has changed it."""
    files = [each for path in paths for each in (sorted(path.rglob("*")) if path.is_dir() else [path])]
    found = {str(path): path.stat() for path in files if path.is_file()}
    return {path: [stat.st_size, stat.st_mtime_ns] for path, stat in found.items()}


def refresh_as_before(store: Store) -> None:
    """Bring the store's graph up to date, written as it was the last time."""
    from kg.publish import formats

    known, rules = store.note("graph"), _rules(store)
    if known is not None:
        options = formats.options(base=known["base"], text=known["text"], rules=rules)
        Publication(store, options, rules).refresh()


def graph(folder: Path) -> nx.MultiDiGraph:
    """The graph of all documents of the store in the folder, made of what was read. Raises ``StoreError``."""
    from kg.publish import formats

    with opened(folder) as store:
        known, rules = store.note("graph") or {}, _rules(store)
        options = formats.options(base=known.get("base"), text=known.get("text", True), rules=rules)
        made = Publication(store, options, rules).graph
    made.graph["base"] = options.base
    return made


def is_built(folder: Path) -> bool:
    """Whether no document has come or gone since the store's graph was made. Raises ``StoreError``."""
    with opened(folder) as store:
        known = store.note("graph")
        return known is None or known["changes"] == store.changes()


# -- what a store says of itself -----------------------------------------------------------


class Status(NamedTuple):
    """What is in a store: ``stale`` documents were read by other rules than those of now; ``current`` says
    whether the graph is that of the documents; ``begun`` and ``ended`` are of the last run, in UTC."""

    counts: Counts
    version: str
    stale: int
    current: bool
    begun: str | None
    ended: str | None
    failures: list[Failure]


def status(folder: Path) -> Status:
    """Raises ``StoreError`` if there is no store in the folder."""
    with opened(folder) as store:
        run, setup = store.note("run") or {}, store.note("setup")
        version = _version(_setup(setup)) if setup else ""
        return Status(
            counts=store.counts(),
            version=version,
            stale=sum(1 for _ in store.stale(version)),
            current=_is_current(store),
            begun=run.get("begun"),
            ended=run.get("ended"),
            failures=store.failures(),
        )


def _is_current(store: Store) -> bool:
    from kg.publish import formats

    known, rules = store.note("graph"), _rules(store)
    if known is None:
        return False
    options = formats.options(base=known["base"], text=known["text"], rules=rules)
    return bool(Publication(store, options, rules).stamp == known["stamp"])


def _rules(store: Store) -> Path | None:
    setup = store.note("setup")
    return _named(setup["rules"]) if setup else None


def _setup(note: Mapping[str, str | None]) -> Setup:
    """What the store was read with the last time."""
    rules, names = _named(note["rules"]), _named(note["names"])
    return Setup(note["model"] or "", rules, names, mentions=note.get("mentions"), claims=note.get("claims"))


def _version(setup: Setup) -> str:
    plugins = [offered.version("mentions", setup.mentions), offered.version("claims", setup.claims)]
    return versions.reading(setup.model, setup.rules, setup.names, plugins)


def _path(path: Path | None) -> str | None:
    return None if path is None else str(path.resolve())


def _named(path: str | None) -> Path | None:
    return None if path is None else Path(path)


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
