"""The explorer: the graph as one HTML file that asks nothing of any network."""

from kg.publish.page.render import MAX_NODES, names, parts, render

__all__ = ["MAX_NODES", "names", "parts", "render"]
