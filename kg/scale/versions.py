"""What a parse, a reading and a graph depend on beside the text, each as one short hash.

The files themselves are hashed, code and rules alike, so that nothing has to be remembered by whoever
changes one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path

import kg

_PACKAGE = Path(kg.__file__).parent
#: What a parse depends on: the names of places decide on some tokens.
_PARSING = (
    "annotate/language*.py",
    *("annotate/gazetteer.py", "annotate/entries.py", "annotate/matching.py"),
    *("rules/gazetteer/*", "rules/countries.toml"),
    "syntax/*.py",
)
_READING = ("annotate/**/*.py", "extract/**/*.py", "plugins/*.py", "rules/**/*", "model.py")
_GRAPH = ("fuse/**/*.py", "graph/**/*.py", "publish/**/*", "rules/**/*", "model.py")
#: How many hex digits a version has.
_DIGITS = 16


def parsing(model: str) -> str:
    """The version of parses by the spaCy pipeline ``model``."""
    return _digest([model, _installed(model), _installed("spacy"), *_own(_PARSING)])


def reading(model: str, rules: Path | None = None, names: Path | None = None, plugins: Iterable[str] = ()) -> str:
    """The version of readings: of the parse, the rules that ship, the user's folder of rules and file of names,
    and of the ``plugins``."""
    return _digest([parsing(model), *_own(_READING), *_hashes([*_under(rules), *_under(names)]), *plugins])


def graph(rules: Path | None = None) -> str:
    """The version of what is made of readings: entities, situations and how they are written."""
    return _digest([*_own(_GRAPH), *_hashes(_under(rules))])


def _installed(package: str) -> str:
    try:
        return metadata.version(package.replace("_", "-"))
    except metadata.PackageNotFoundError:  # a pipeline in a folder
        config = Path(package) / "config.cfg"
        return hashlib.sha256(config.read_bytes()).hexdigest() if config.is_file() else ""


def _own(patterns: Iterable[str]) -> Iterator[str]:
    yield kg.__version__
    yield from _hashes(path for pattern in patterns for path in sorted(_PACKAGE.glob(pattern)))


def _under(path: Path | None) -> list[Path]:
    if path is None:
        return []
    return sorted(path.rglob("*")) if path.is_dir() else [path]


def _hashes(paths: Iterable[Path]) -> Iterator[str]:
    for path in paths:
        if path.is_file() and path.suffix != ".pyc":
            yield path.name
            yield hashlib.sha256(path.read_bytes()).hexdigest()


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:_DIGITS]
