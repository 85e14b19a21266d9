"""Knowledge in, one NetworkX graph out; and views of it that network analysis wants."""

from kg.graph.build import build
from kg.graph.project import project

__all__ = ["build", "project"]
