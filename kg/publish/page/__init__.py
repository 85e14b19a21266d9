"""The explorer: the graph as one HTML file that asks nothing of any network."""

from kg.publish.page.render import MAX_NODES, part, render

__all__ = ["MAX_NODES", "part", "render"]
