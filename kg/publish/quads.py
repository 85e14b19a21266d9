"""RDF with a named graph a document: N-Quads, a line a statement, and TriG, for people to read.

What a document says (its particulars, mentions, claims and words) is in the graph that has the document's own
address as its name; what was merged over documents (entities, situations and their status) is in the default graph.
So a document can be taken out of a store, or asked alone, by the name of its graph. Both are written as they come,
in pieces, so that a large graph need not be held twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby, islice

from kg.publish.addresses import BASE, address
from kg.publish.statements import STRING, Statement, Text
from kg.publish.vocabulary import PREFIXES

#: How many lines are handed over at once.
_LINES = 1000
_ADDRESS_BREAKS = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_TEXT_BREAKS = re.compile(r'[\x00-\x1f\x7f"\\]')
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}


def nquads(said: Iterable[Statement], *, base: str = BASE) -> Iterator[str]:
    """The statements as N-Quads, many lines at a time; without documents in them it is N-Triples.

    >>> print(*nquads([Statement("document/0a", "https://a.example/x", "https://a.example/p", Text("é", STRING))]))
    <https://a.example/x> <https://a.example/p> "é" <https://kg.example/id/document/0a> .
    <BLANKLINE>
    """
    lines = (_line(each, base) for each in said)
    while block := "".join(islice(lines, _LINES)):
        yield block


def _line(each: Statement, base: str) -> str:
    document, subject, predicate, value = each
    end = " .\n" if document is None else f" {_named(address(document, base=base))} .\n"
    return f"{_named(subject)} {_named(predicate)} {_text(value) if isinstance(value, Text) else _named(value)}{end}"


def _text(value: Text) -> str:
    quoted = f'"{_TEXT_BREAKS.sub(_escape, value.text)}"'
    return quoted if value.datatype == STRING else f"{quoted}^^{_named(value.datatype)}"


@lru_cache(maxsize=4096)  # predicates, classes, and nodes that come many times in a row
def _named(name: str) -> str:
    return name if name.startswith("_:") else f"<{_ADDRESS_BREAKS.sub(_unicode_escape, name)}>"


def _escape(match: re.Match[str]) -> str:
    return _ESCAPES.get(match[0]) or _unicode_escape(match)


def _unicode_escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04X}"


def trig(said: Iterable[Statement], *, base: str = BASE) -> Iterator[str]:
    """The statements as TriG, a graph at a time; those of one document must stand together."""
    from kg.publish import rdf, turtle

    yield turtle.header(sorted(PREFIXES.items()), base=base)
    for document, group in groupby(said, key=lambda each: each.document):
        written = turtle.body(rdf.union(group), base=base)
        if document is None:
            yield written
        else:
            yield f"\n{_named(address(document, base=base))} {{\n{written}}}\n"
