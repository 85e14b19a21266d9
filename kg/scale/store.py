"""A store: the documents that were read, with their parses and their readings, in one folder.

``documents.sqlite`` holds them: SQLite's journal sees to it that whatever was committed is there after
the process is killed, and nothing by halves. ``graph/VERSION`` is the Oxigraph store of the graph that was made of
them; a new one is made beside the old one and takes its place whole. ``lock`` is held by whoever writes.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from kg.errors import StoreError
from kg.model import Document, Failure, Proposals, Reading
from kg.scale import packing

_FILE = "documents.sqlite"
_LOCK = "lock"
_GRAPHS = "graph"
#: "kgst": tells SQLite files of ours from others.
_APPLICATION = 0x6B677374
_FORMAT = 1
_TABLES = """
CREATE TABLE documents (
    position INTEGER PRIMARY KEY AUTOINCREMENT,  -- the order in which they came, which is that of the graph
    key TEXT NOT NULL UNIQUE,                    -- Document.key: of the id and the text
    id TEXT NOT NULL,
    content TEXT NOT NULL,                       -- a hash of all that is in the document
    parsing TEXT NOT NULL,                       -- the version of its parse
    version TEXT NOT NULL,                       -- the version of its reading
    sentences INTEGER NOT NULL,
    claims INTEGER NOT NULL
);
CREATE INDEX by_id ON documents (id);
CREATE TABLE texts (
    position INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE,
    document BLOB NOT NULL,
    parse BLOB NOT NULL,
    reading BLOB NOT NULL
);
CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE failures (document TEXT NOT NULL, message TEXT NOT NULL);
"""


class Task(NamedTuple):
    """A document to read, with its parse as it was packed, if that is known."""

    document: Document
    parse: bytes | None = None


class Packed(NamedTuple):
    """What is kept of a document that was read, as bytes."""

    document: Document
    parse: bytes
    reading: bytes
    sentences: int
    claims: int
    proposals: tuple[Proposals, ...] = ()


class Kept(NamedTuple):
    """What is known of a document that is in the store, without opening it."""

    position: int
    key: str
    id: str
    content: str
    parsing: str
    version: str

    def holds(self, document: Document) -> bool:
        """Whether it is this very document, with its date and all."""
        return self.content == packing.hash_of(document)


class Counts(NamedTuple):
    """How much is in a store; ``size`` in bytes on the disk."""

    documents: int
    sentences: int
    claims: int
    size: int


def is_store(folder: Path) -> bool:
    """Whether there is a store in the folder, or what looks like one."""
    return (folder / _FILE).is_file()


@contextmanager
def opened(folder: Path, *, write: bool = False, make: bool = True) -> Iterator[Store]:
    """The store in ``folder``; ``write`` keeps others from writing, and with ``make`` makes one where there is none.

    Raises ``StoreError`` if the folder holds something else, or another process writes into it.
    """
    if write and make:
        _make_room(folder)
    elif not is_store(folder):
        raise StoreError(f"{folder}: there is no store here; make one with kg build --store.")
    with _told(folder), _locked(folder, write), closing(_connect(folder)) as connection:
        yield Store(folder, connection)
        if write:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _make_room(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        others = next((path for path in folder.iterdir() if path.name not in {_LOCK, _GRAPHS}), None)
    except OSError as error:
        raise StoreError(f"{folder}: no store can be made here ({error.strerror}); choose another place.") from error
    if others is not None and not is_store(folder):
        raise StoreError(f"{folder}: this folder holds other things and no store; name a new one, or an empty one.")


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """What SQLite has to complain of, as a sentence that names the store."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        full = "full" in str(error) or "readonly" in str(error)
        what = "cannot be written to" if full else "is damaged or cannot be used"
        raise StoreError(f"{folder}: the store {what} ({error}).") from error


@contextmanager
def _locked(folder: Path, write: bool) -> Iterator[None]:
    """One writer at a time. The lock is SQLite's own, which ends with the process that holds it."""
    if not write:
        yield
        return
    with closing(sqlite3.connect(folder / _LOCK, timeout=0, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise StoreError(f"{folder}: another kg is writing into this store; wait until it has ended.") from error
        yield


def _connect(folder: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(folder / _FILE, isolation_level=None)
    try:
        _prepare(folder, connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(folder: Path, connection: sqlite3.Connection) -> None:
    # no commit is lost when the process is killed; in a power cut the last ones may be, and they are read again
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}")
    application, version = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in _HEADER)
    if (application, version) == (0, 0) and not connection.execute("SELECT 1 FROM sqlite_schema").fetchone():
        header = f"PRAGMA application_id = {_APPLICATION}; PRAGMA user_version = {_FORMAT};"
        connection.executescript(f"BEGIN; {_TABLES} {header} COMMIT;")
    elif application != _APPLICATION:
        raise StoreError(f"{folder / _FILE}: this is another program's file; name another folder.")
    elif version > _FORMAT:
        raise StoreError(f"{folder}: a newer kg has made this store; use that one, or build it anew.")


#: How many documents are listed at a time.
_PAGE = 1000
_CHANGES = "changes"
_HEADER = ("application_id", "user_version")
_KEPT = "position, key, id, content, parsing, version"


@dataclass(frozen=True, slots=True)
class Store:
    """An open store. Everything that is written is there for good as soon as the call returns."""

    folder: Path
    connection: sqlite3.Connection

    # -------------------------------------------------------------- documents
    def kept(self, key: str) -> Kept | None:
        """What is known of the document with that key."""
        row = self.connection.execute(f"SELECT {_KEPT} FROM documents WHERE key = ?", (key,)).fetchone()
        return None if row is None else Kept(*row)

    def all(self) -> Iterator[Kept]:
        """Every document, in the order in which they came."""
        return (Kept(*row) for row in self.connection.execute(f"SELECT {_KEPT} FROM documents ORDER BY position"))

    def called(self, name: str) -> list[Kept]:
        """The documents with that id or that key."""
        query = f"SELECT {_KEPT} FROM documents WHERE id = ? OR key = ? ORDER BY position"
        return [Kept(*row) for row in self.connection.execute(query, (name, name))]

    def stale(self, version: str) -> Iterator[Kept]:
        """The documents that were read by other rules, in their order; they may be read meanwhile."""
        query = f"SELECT {_KEPT} FROM documents WHERE version <> ? AND position > ? ORDER BY position LIMIT {_PAGE}"
        position = -1
        while rows := self.connection.execute(query, (version, position)).fetchall():
            yield from (Kept(*row) for row in rows)
            position = rows[-1][0]

    def document(self, kept: Kept) -> Document:
        return packing.unpack_document(self._text(kept, "document"))

    def parse(self, kept: Kept) -> bytes:
        """The parse as it was packed; whoever reads the document unpacks it."""
        return self._text(kept, "parse")

    def _text(self, kept: Kept, what: str) -> bytes:
        row = self.connection.execute(f"SELECT {what} FROM texts WHERE position = ?", (kept.position,)).fetchone()
        data: bytes = row[0]
        return data

    def readings(self) -> Iterator[Reading]:
        """Every document's reading, in the order in which the documents came, one at a time."""
        query = "SELECT document, reading FROM texts ORDER BY position"
        for document, reading in self.connection.execute(query):
            yield packing.unpack_reading(reading, packing.unpack_document(document))

    def put(self, packed: Packed, *, parsing: str, version: str) -> None:
        """Keep what was read in a document, in the place of what was read in it before."""
        document = packed.document
        values = (
            document.id,
            packing.hash_of(document),
            parsing,
            version,
            packed.sentences,
            packed.claims,
            document.key,
        )
        texts = (packing.pack_document(document), packed.parse, packed.reading)
        with self._transaction():
            self._changed()
            kept = self.kept(document.key)
            if kept is None:
                columns = "id, content, parsing, version, sentences, claims, key"
                done = self.connection.execute(
                    f"INSERT INTO documents ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)", values
                )
                self.connection.execute("INSERT INTO texts VALUES (?, ?, ?, ?)", (done.lastrowid, *texts))
            else:
                columns = "id = ?, content = ?, parsing = ?, version = ?, sentences = ?, claims = ?"
                self.connection.execute(f"UPDATE documents SET {columns} WHERE key = ?", values)
                columns = "document = ?, parse = ?, reading = ?"
                self.connection.execute(f"UPDATE texts SET {columns} WHERE position = ?", (*texts, kept.position))

    def remove(self, documents: list[Kept]) -> None:
        """Take documents out, with their texts, parses and readings; what they said is overwritten on the disk."""
        with self._transaction():
            self._changed()
            for kept in documents:
                self.connection.execute("DELETE FROM documents WHERE position = ?", (kept.position,))
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def counts(self) -> Counts:
        query = "SELECT COUNT(*), COALESCE(SUM(sentences), 0), COALESCE(SUM(claims), 0) FROM documents"
        documents, sentences, claims = self.connection.execute(query).fetchone()
        size = sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())
        return Counts(documents, sentences, claims, size)

    # -------------------------------------------------------------- notes and failures
    def note(self, name: str) -> Any:
        """What was noted under that name, or ``None``."""
        row = self.connection.execute("SELECT value FROM notes WHERE name = ?", (name,)).fetchone()
        return None if row is None else json.loads(row[0])

    def set_note(self, name: str, value: object) -> None:
        text = json.dumps(value, ensure_ascii=False)
        self.connection.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (name, text))

    def failures(self) -> list[Failure]:
        """What could not be read in the last run."""
        return [
            Failure(*row) for row in self.connection.execute("SELECT document, message FROM failures ORDER BY rowid")
        ]

    def set_failures(self, failures: list[Failure]) -> None:
        with self._transaction():
            self.connection.execute("DELETE FROM failures")
            rows = [(failure.document, failure.message) for failure in failures]
            self.connection.executemany("INSERT INTO failures VALUES (?, ?)", rows)

    def changes(self) -> int:
        """How often a document has come, changed or gone: the same number, the same documents."""
        return int(self.note(_CHANGES) or 0)

    def _changed(self) -> None:
        self.set_note(_CHANGES, self.changes() + 1)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    # -------------------------------------------------------------- the graph
    @property
    def graphs(self) -> Path:
        """The folder of the graph's versions: one, but while another takes its place."""
        return self.folder / _GRAPHS
