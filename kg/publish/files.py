"""Files that are either whole or not there: written beside their place, then moved into it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from kg.errors import OutputError
from kg.publish import exchange

#: What goes into a file: text, bytes, or pieces of text that are made as they are written.
Content = str | bytes | Iterable[str]
#: The list of what was written into a folder, in that folder.
_LIST = ".written-by-kg"


def check_folder(folder: Path) -> None:
    """Raise ``OutputError`` if it can be known beforehand that the folder cannot be written to."""
    nearest = folder
    while not nearest.exists() and nearest != nearest.parent:
        nearest = nearest.parent
    if not nearest.is_dir():
        raise OutputError(f"{nearest}: this is a file, not a folder; choose another place with -o.")
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise OutputError(f"{nearest}: this folder cannot be written to; choose another place with -o.")


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other processes from writing into ``folder`` as long as this lasts, reading and writing in it included.

    Raises ``OutputError`` if another one writes there, or if nobody can.
    """
    with ExitStack() as stack:
        with _told(folder):
            stack.enter_context(exchange.locked(folder))
        yield


def write_all(folder: Path, contents: Mapping[str, Content]) -> list[Path]:
    """Write each name's content into ``folder``, which is made if need be; return the paths of what was written.

    A name can be ``folder/name``; the path that is returned is the folder's then. Such a folder gets a hidden
    list of what was written into it; what the one before lists and this one does not is taken away, and what someone
    else put there stays. All are written out in full and then exchanged as one (``kg.publish.exchange``), so that a
    full disk or a killed process leaves the old ones or the new. Raises ``OutputError``, also if another
    process writes into the folder; what making the contents raises passes through.
    """
    everything = {**contents, **_lists(contents)}
    with locked(folder), _told(folder):
        for path in exchange.leftovers(folder, list(everything)):
            path.unlink()
        staged: list[tuple[Path, Path]] = []
        new = [folder / name for name in _folders(contents) if not (folder / name).is_dir()]
        stale = [path for name in _folders(contents) for path in _stale(folder, name, contents)]
        try:
            for path in new:
                path.mkdir()
            for name, content in everything.items():
                place = folder / name
                # a folder can have thousands of files: their names are on the disk only some moments later
                staged.append((_stage(place.parent, place.name, _chunks(content), sync="/" not in name), place))
            exchange.exchange(folder, staged, stale)
        finally:
            for temporary, _ in staged:
                temporary.unlink(missing_ok=True)
            for path in new:
                if path.is_dir() and not any(path.iterdir()):
                    path.rmdir()
    return list(dict.fromkeys(folder / name.partition("/")[0] for name in contents))


def _folders(contents: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(name.partition("/")[0] for name in contents if "/" in name))


def _lists(contents: Iterable[str]) -> dict[str, str]:
    """The hidden list of each folder: the names of its files, a line each."""
    found: dict[str, str] = {}
    for name in contents:
        folder, slash, file = name.partition("/")
        if slash:
            found[f"{folder}/{_LIST}"] = found.get(f"{folder}/{_LIST}", "") + f"{file}\n"
    return found


def _stale(folder: Path, name: str, contents: Container[str]) -> list[Path]:
    """What an earlier build wrote into this folder and this one does not."""
    try:
        before = (folder / name / _LIST).read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, NotADirectoryError, UnicodeDecodeError):
        return []
    return [folder / name / old for old in before if Path(old).name == old and f"{name}/{old}" not in contents]


def _chunks(content: Content) -> Iterable[bytes]:
    if isinstance(content, bytes):
        return [content]
    return (chunk.encode("utf-8") for chunk in ([content] if isinstance(content, str) else content))


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write lines into a file as they come; the file takes its place after the last one.

    Raises ``OutputError``; what ``lines`` raises passes through, and nothing is written then.
    """
    with _told(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            raise OutputError(f"{path}: this is a folder; name a file to write to.")
    temporary = _stage(path.parent, path.name, (f"{line}\n".encode() for line in lines))
    with _told(path):
        os.replace(temporary, path)


def _stage(folder: Path, name: str, chunks: Iterable[bytes], *, sync: bool = True) -> Path:
    """The chunks in a new file of the folder, on the disk when this returns (unless ``sync`` is false)."""
    with _told(folder):
        handle, path = tempfile.mkstemp(dir=folder, prefix=f".{name[:40]}.", suffix=".part")
    try:
        with open(handle, "wb") as file:
            for chunk in chunks:
                with _told(folder / name):
                    file.write(chunk)
            with _told(folder / name):
                file.flush()
                if sync:
                    os.fsync(handle)
                os.fchmod(handle, 0o666 & ~_umask())
    except BaseException:
        Path(path).unlink(missing_ok=True)
        raise
    return folder / Path(path).name


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@contextmanager
def _told(place: Path) -> Iterator[None]:
    """An ``OSError`` as a sentence that names the place."""
    try:
        yield
    except OSError as error:
        raise OutputError(f"{place}: cannot be written ({error.strerror}); choose another place with -o.") from error
