"""News in; a graph of who says what happened, how sure they are, and where it is written, out.

    import kg
    graph = kg.build("examples/rome.txt")
    print(graph.query(name="posts"))

``graph.nx`` is a ``networkx.MultiDiGraph``. Names are loaded when they are first used, so
that ``import kg`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.api import Graph as Graph
    from kg.api import build as build
    from kg.api import project as project
    from kg.api import read as read
    from kg.errors import KgError as KgError
    from kg.model import Document as Document
    from kg.model import Failure as Failure
    from kg.model import Reading as Reading
    from kg.publish.answer import Answer as Answer

__version__ = "0.1.0"

_HOME = {
    "Answer": "kg.publish.answer",
    "Document": "kg.model",
    "Failure": "kg.model",
    "Graph": "kg.api",
    "KgError": "kg.errors",
    "Reading": "kg.model",
    "build": "kg.api",
    "project": "kg.api",
    "read": "kg.api",
}
__all__ = ["__version__", *_HOME]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)
