"""News in; a graph of who says what happened, how sure they are, and where it is written, out.

    import kg
    graph = kg.build(kg.readings(["examples/rome.txt"]))

``graph`` is a ``networkx.MultiDiGraph``. Names are loaded when they are first used, so
that ``import kg`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.graph import project as project
    from kg.pipeline import build as build
    from kg.pipeline import read_documents as read_documents
    from kg.pipeline import readings as readings

__version__ = "0.1.0"

_HOME = {
    "build": "kg.pipeline",
    "project": "kg.graph",
    "read_documents": "kg.pipeline",
    "readings": "kg.pipeline",
}
__all__ = ["__version__", *_HOME]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)
