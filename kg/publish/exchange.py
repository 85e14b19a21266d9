"""Several files of a folder change places as one: all of the old, or all of the new, whenever the process is killed.

One process at a time may write into a folder; the system gives its lock back when it ends, however it ends. New files
stand beside the old ones first. Then a journal says which takes whose place, and from then on whoever comes
next, a writer or a reader, finishes what a killed process has begun.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path

from kg.errors import OutputError

_LOCK = ".kg-lock"
_JOURNAL = ".kg-exchange"
#: A file that is not whole yet: ``.NAME.RANDOM.part``.
_PART = re.compile(r"\.(?P<name>.+)\.[a-z0-9_]{8}\.part", re.DOTALL)

Moves = Sequence[tuple[Path, Path]]

#: The folders that are locked already by those who called.
_held: ContextVar[frozenset[Path]] = ContextVar("_held", default=frozenset())


# -- the lock ------------------------------------------------------------------------------


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep others from writing into ``folder``, which is made if need be and goes again if nothing came into it.

    What a killed process has begun there is finished first. Raises ``OutputError`` if another process
    writes there, ``OSError`` if the folder cannot be made or written to. Systems without ``fcntl`` have no lock.
    """
    place = folder.absolute()
    if place in _held.get():
        yield
        return
    made = _made(folder)
    try:
        handle = _lock(folder)
        token = _held.set(_held.get() | {place})
        try:
            _finish(folder)
            yield
        finally:
            _held.reset(token)
            if handle is not None:
                with suppress(
                    OSError
                ):  # the folder may have turned read-only; an empty file that nobody holds is no lock
                    (folder / _LOCK).unlink(missing_ok=True)
                os.close(handle)
    finally:
        for path in made:
            with suppress(OSError):  # something has come into it
                path.rmdir()


def _made(folder: Path) -> list[Path]:
    """Make the folder; what of it was not there, innermost first."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing


def _lock(folder: Path) -> int | None:
    try:
        import fcntl
    except ImportError:  # Windows
        return None
    while True:
        handle = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            message = "another kg is writing into this folder; wait until it has ended, or choose another with -o."
            raise OutputError(f"{folder}: {message}") from None
        except OSError:  # a file system without locks
            return handle
        if _is_there(folder / _LOCK, handle):
            return handle
        os.close(handle)  # whoever held it took it away just now


def _is_there(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False


# -- the exchange --------------------------------------------------------------------------


def exchange(folder: Path, moves: Moves, gone: Sequence[Path]) -> None:
    """Let each first file of ``moves`` take the place of the second, and ``gone`` go. The folder is locked.

    Raises ``OSError``, and changes nothing then, unless the disk fails half-way.
    """
    for _, place in moves:
        if place.is_dir():
            raise IsADirectoryError(21, "it is a folder", str(place))
    names = [[str(path.relative_to(folder)) for path in pair] for pair in moves]
    journal = json.dumps({"moves": names, "gone": [str(path.relative_to(folder)) for path in gone]})
    beside = folder / f"{_JOURNAL}.new"
    try:
        with open(beside, "w", encoding="utf-8") as file:
            file.write(journal)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, folder / _JOURNAL)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    try:
        _move(moves, gone)
    except BaseException:  # Ctrl-C: it is decided already
        _move(moves, gone)
        raise
    finally:
        (folder / _JOURNAL).unlink(missing_ok=True)


def _move(moves: Moves, gone: Sequence[Path]) -> None:
    for temporary, place in moves:
        with suppress(FileNotFoundError):  # it is there already
            os.replace(temporary, place)
    for path in gone:
        with suppress(FileNotFoundError, IsADirectoryError):
            path.unlink()


def settle(folder: Path) -> None:
    """Before a folder is read: finish what a killed process has begun to exchange, if nobody is at it now."""
    if (folder / _JOURNAL).is_file():
        with suppress(OutputError, OSError), locked(folder):
            pass


def _finish(folder: Path) -> None:
    """Roll a journal forward, and take away what a killed process has left half-written."""
    journal = folder / _JOURNAL
    if journal.is_file():
        moves, gone = _read(folder, journal)
        _move(moves, gone)
        journal.unlink(missing_ok=True)
    (folder / f"{_JOURNAL}.new").unlink(missing_ok=True)


def leftovers(folder: Path, names: Sequence[str]) -> list[Path]:
    """The half-written files of these names, ``folder/name`` among them, that a killed process has left."""
    wanted = {(folder / name).parent: set[str]() for name in names}
    for name in names:
        wanted[(folder / name).parent].add(Path(name).name[:40])
    return [
        path
        for place, known in wanted.items()
        if place.is_dir()
        for path in place.iterdir()
        if (found := _PART.fullmatch(path.name)) and found["name"] in known
    ]


def _read(folder: Path, journal: Path) -> tuple[Moves, Sequence[Path]]:
    """What a journal says, if it is one of ours: it names nothing outside its folder."""
    try:
        said = json.loads(journal.read_text(encoding="utf-8"))
        moves = [(_inside(folder, part), _inside(folder, place)) for part, place in said["moves"]]
        gone = [_inside(folder, name) for name in said["gone"]]
    except (ValueError, KeyError, TypeError):
        return [], []
    good = all(_PART.fullmatch(part.name) and part.parent == place.parent for part, place in moves)
    return (moves, gone) if good else ([], [])


def _inside(folder: Path, name: str) -> Path:
    path = Path(name)
    if (
        path.is_absolute()
        or ".." in path.parts
        or not 1 <= len(path.parts) <= 2
        or (folder / path.parts[0]).is_symlink()
    ):
        raise ValueError(name)
    return folder / path
