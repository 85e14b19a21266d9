"""The SPARQL 1.1 Protocol: which question a request asks, and in which form its answer is wanted."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl

from kg.errors import QueryError
from kg.publish import answers
from kg.publish.answer import Answer

Form = str
_ROWS: dict[str, Callable[[Answer], str]] = {
    "application/sparql-results+json": answers.as_json,
    "application/sparql-results+xml": answers.as_xml,
    "text/csv": answers.as_csv,
    "text/tab-separated-values": answers.as_tsv,
    "application/json": answers.as_json,
    "application/xml": answers.as_xml,
    "text/xml": answers.as_xml,
}
#: What an answer can be written as, by its form; the first is what whoever has no wish is given.
WRITERS: Mapping[Form, Mapping[str, Callable[[Answer], str]]] = {
    "select": _ROWS,
    "ask": _ROWS,
    "triples": {
        "text/turtle": answers.as_turtle,
        "application/n-triples": answers.as_ntriples,
        "application/rdf+xml": answers.as_rdf_xml,
        "text/plain": answers.as_ntriples,
    },
}
_BROKEN = re.compile(r"%(?![0-9A-Fa-f]{2})")
_MOST_FIELDS = 20


class WrongMediaType(QueryError):
    """A body that is neither a form nor a query."""


# ------------------------------------------------------------------ the question
def question(method: str, media: str, query: str, body: bytes) -> str:
    """The text of the query that a request asks: ``query`` is what follows "?" in its address.

    Raises ``QueryError`` if there is none, several, or what a read-only endpoint of one graph does not do.
    """
    fields = form_fields(query)
    if method == "POST":
        kind, _, rest = media.partition(";")
        read = _BODIES.get(kind.strip().lower())
        if read is None:
            raise WrongMediaType(
                "send the query as application/sparql-query, or as the field query of a form "
                "(application/x-www-form-urlencoded)."
            )
        if re.search(r"charset", rest, re.IGNORECASE) and not re.search(r'charset="?utf-8', rest, re.IGNORECASE):
            raise WrongMediaType("send the query as UTF-8.")
        fields = [*fields, *read(body)]
    names = [name for name, _ in fields]
    if "update" in names:
        raise QueryError("this graph can only be read; an update is refused. Build it anew to change it.")
    if {"default-graph-uri", "named-graph-uri"} & set(names):
        raise QueryError("there is only this one graph; leave out default-graph-uri and named-graph-uri.")
    if names.count("query") != 1:
        raise QueryError("ask one question: give one field called query, with a query in SPARQL.")
    return dict(fields)["query"]


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise QueryError("the request is not UTF-8 text; send it as UTF-8.") from None


def form_fields(text: str, *, most: int = _MOST_FIELDS) -> list[tuple[str, str]]:
    """The fields of a form. Raises ``QueryError`` for broken percent escapes, and for more than a form has."""
    if _BROKEN.search(text):
        raise QueryError("the request has a % that begins no escape; write it as %25.")
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=most)
    except UnicodeDecodeError:
        raise QueryError("the request's percent escapes are not UTF-8; send it as UTF-8.") from None
    except ValueError:
        raise QueryError(f"the request has more than {most} fields.") from None


def _refused(body: bytes) -> list[tuple[str, str]]:
    return [("update", "")]


_BODIES: dict[str, Callable[[bytes], list[tuple[str, str]]]] = {
    "application/sparql-query": lambda body: [("query", _text(body))],
    "application/x-www-form-urlencoded": lambda body: form_fields(_text(body)),
    "application/sparql-update": _refused,
}


# ------------------------------------------------------------------ the form of its answer
def chosen(accept: str, form: Form) -> str | None:
    """The media type in which an answer of that form is given to whoever accepts these; ``None``: in none.

    >>> chosen("text/csv;q=0.5, */*;q=0.1", "select"), chosen("", "triples"), chosen("image/png", "ask")
    ('text/csv', 'text/turtle', None)
    """
    offers = list(WRITERS[form])
    wishes = _wishes(accept) or [("*/*", 1.0)]
    best, most = None, 0.0
    for offer in offers:
        weight = _weight(offer, wishes)
        if weight > most:
            best, most = offer, weight
    return best


def _wishes(accept: str) -> list[tuple[str, float]]:
    found = []
    for part in accept.lower().split(",")[:50]:
        media, *rest = (piece.strip() for piece in part.split(";"))
        quality = next((piece[2:] for piece in rest if piece.startswith("q=")), "1")
        if media:
            found.append((media, float(quality) if re.fullmatch(r"[01](\.\d{0,3})?", quality) else 1.0))
    return found


def _weight(offer: str, wishes: list[tuple[str, float]]) -> float:
    """The weight of the most specific wish that the offer fulfils."""
    for pattern in (offer, f"{offer.partition('/')[0]}/*", "*/*"):
        weights = [quality for media, quality in wishes if media == pattern]
        if weights:
            return max(weights)
    return 0.0


def offered(form: Form) -> str:
    """What there is instead, in words."""
    return f"the answer can be had as {', '.join(WRITERS[form])}; accept one of them."
