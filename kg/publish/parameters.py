"""The parameters of a query: declared in its head, bound in its text.

A query declares a parameter in a comment, and has a place for its value, where ``UNDEF`` stands for any:

    # --set person=NAME  Whose posts; everybody's if it is left out. Example: Thae Yong Ho
    VALUES $the_person { UNDEF }

A value never becomes part of the query as it was typed. It is made an RDF term (an address that the graph has,
or a literal), and the term takes the place of what stands between the braces.
"""

from __future__ import annotations

import datetime
import difflib
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

import pyoxigraph as ox

from kg.errors import QueryError
from kg.publish.query_text import Token, tokens
from kg.publish.vocabulary import KG, PREFIXES, SCHEMA, shipped_classes, suggest, terms

#: What a parameter can be set to from Python.
Value = str | int | datetime.date

_DECLARED = re.compile(r"#\s*--set\s+(\w+)=([A-Z]+)\s+(.*?)(?:\s+Example: (.*))?\Z")
_HEAD = re.compile(r"#[^\n]*(?:\n|\Z)")
_LABEL = ox.NamedNode(PREFIXES["rdfs"] + "label")
_ALIAS = ox.NamedNode(PREFIXES["skos"] + "altLabel")
_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_PUBLISHER = ox.NamedNode(str(SCHEMA.publisher))
_IDENTIFIER = ox.NamedNode(str(SCHEMA.identifier))
_DATE = ox.NamedNode(PREFIXES["xsd"] + "date")
#: How many names are offered instead of one that is not there.
_OFFERED = 5
#: Letters that Unicode does not take apart into a plain one and an accent.
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})


class Parameter(NamedTuple):
    """A parameter of a query: ``kind`` is one of ``KINDS``; a required one has no meaning if it is left out."""

    name: str
    kind: str
    comment: str
    example: str | None
    required: bool


def declared(text: str) -> list[Parameter]:
    """The parameters that the head of a query declares.

    >>> [each.name for each in declared("# Title\\n# --set person=NAME  Whose. Example: Ana\\nSELECT * {}")]
    ['person']
    """
    found = []
    for line in head(text):
        match = _DECLARED.match(line)
        if match:
            name, kind, comment, example = match.groups()
            found.append(Parameter(name, kind, comment, example, comment.startswith("Required")))
    return found


def head(text: str) -> Iterator[str]:
    """The comment lines that a query opens with."""
    at = 0
    while match := _HEAD.match(text, at):
        yield match[0].rstrip("\n")
        at = match.end()


def bind(store: ox.Store, text: str, values: Mapping[str, Value], *, name: str = "the query") -> str:
    """The query with these values in the places of its parameters.

    Names are looked up in ``store``. Raises ``QueryError`` for a parameter that the query does not have or
    that is missing, and for a value that the graph does not know or that is of the wrong kind.
    """
    known = {each.name: each for each in declared(text)}
    for each in values:
        if each not in known:
            there = f"it has {', '.join(known)}" if known else "it has none"
            raise QueryError(f'{name} has no parameter "{each}"{suggest(each, known).rstrip(".?")}; {there}.')
    for parameter in known.values():
        if parameter.required and parameter.name not in values:
            example = f' (for example {parameter.name}="{parameter.example}")' if parameter.example else ""
            raise QueryError(f"{name} needs a value for {parameter.name}{example}.")
    for each, value in values.items():
        found = KINDS[known[each].kind](store, each, value)
        text = _put(text, f"$the_{each}", " ".join(str(term) for term in found))
    return text


def _put(text: str, variable: str, terms: str) -> str:
    """``terms`` between the braces of each ``VALUES`` block of this one variable."""
    found = list(tokens(text))
    places = [(i + 1, _closing(found, i + 1)) for i in range(1, len(found) - 2) if _is_block(found, i, variable)]
    if not places:
        raise QueryError(f"the query has no VALUES {variable} {{ UNDEF }}, where the value of its parameter would go.")
    for opening, closing in reversed(places):
        begin, end = found[opening].at + 1, found[closing].at if closing is not None else len(text)
        text = f"{text[:begin]} {terms} {text[end:]}"
    return text


def _is_block(found: Sequence[Token], i: int, variable: str) -> bool:
    return found[i].text == variable and found[i - 1].text.upper() == "VALUES" and found[i + 1].text == "{"


def _closing(found: Sequence[Token], opening: int) -> int | None:
    return next((i for i in range(opening, len(found)) if found[i].text == "}"), None)


# ------------------------------------------------------------------ names
def fold(name: str) -> str:
    """A name without what people write differently: case, accents, hyphens, dots, articles.

    >>> fold("The  Société-Générale"), fold("Jo Song-gil") == fold("JO SONG GIL")
    ('societe generale', True)
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    words = re.sub(r"[^\w]+", " ", plain.translate(_PLAIN).replace("’", "'").replace("'", "")).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in {"the", "a", "an"} else words)


def _names(store: ox.Store, predicates: Sequence[ox.NamedNode], cls: str) -> Iterator[tuple[str, ox.NamedNode]]:
    """Each name in the graph of a node of the class, with the node."""
    of_class = {quad.subject for quad in store.quads_for_pattern(None, _TYPE, ox.NamedNode(KG[cls]))}
    for predicate in predicates:
        for quad in store.quads_for_pattern(None, predicate, None):
            if quad.subject in of_class and isinstance(quad.object, ox.Literal):
                assert isinstance(quad.subject, ox.NamedNode)  # what has a name has an address
                yield quad.object.value, quad.subject


def _named(
    store: ox.Store, name: str, value: Value, *, predicates: Sequence[ox.NamedNode], cls: str
) -> list[ox.NamedNode]:
    wanted = fold(str(value))
    names = sorted(_names(store, predicates, cls), key=lambda pair: (pair[0], str(pair[1])))
    found = {node: None for written, node in names if fold(written) == wanted and wanted}
    if found:
        return sorted(found, key=str)
    near = _nearest(wanted, [written for written, _ in names])
    offered = f"the nearest are {', '.join(near)}" if near else f"no {cls.lower()} has a name like it"
    raise QueryError(f'{name}: nothing in the graph is called "{value}"; {offered}.')


def _nearest(wanted: str, names: Collection[str]) -> list[str]:
    """Names that have a word of the wanted one, then names that are written much like it."""
    words = set(wanted.split())
    folded: dict[str, str] = {}
    for name in names:
        folded.setdefault(fold(name), name)
    sharing = sorted((each for each in folded if words & set(each.split())), key=lambda each: (len(each), each))
    similar = difflib.get_close_matches(wanted, list(folded), n=_OFFERED, cutoff=0.6)
    return [folded[each] for each in dict.fromkeys([*sharing, *similar])][:_OFFERED]


# ------------------------------------------------------------------ values of each kind
def _entity(store: ox.Store, name: str, value: Value) -> list[ox.NamedNode]:
    return _named(store, name, value, predicates=(_LABEL, _ALIAS), cls="Entity")


def _document(store: ox.Store, name: str, value: Value) -> list[ox.NamedNode]:
    return _named(store, name, value, predicates=(_LABEL, _IDENTIFIER, _PUBLISHER), cls="Document")


def _class(store: ox.Store, name: str, value: Value) -> list[ox.NamedNode]:
    """A class of situations, as the vocabulary writes it or in words ("asylum request")."""
    own = (quad.object for quad in store.quads_for_pattern(None, _TYPE, None) if isinstance(quad.object, ox.NamedNode))
    there = {str(KG[each]): each for each in {*shipped_classes(), "Event", "State"}}
    there |= {each.value: each.value.removeprefix(str(KG)) for each in own if each.value.startswith(str(KG))}
    wanted = fold(str(value)).replace(" ", "")
    for address in sorted(there):
        if there[address].casefold() == wanted:
            return [ox.NamedNode(address)]
    raise QueryError(f'{name}: "{value}" is no class of events or states{suggest(str(value), there.values())}')


def _status(store: ox.Store, name: str, value: Value) -> list[ox.NamedNode]:
    known = {each.name.casefold(): each.name for each in terms().values() if each.table.get("of") == "Status"}
    if str(value).casefold() not in known:
        raise QueryError(f'{name}: "{value}" is no status; there are {", ".join(known.values())}.')
    return [ox.NamedNode(KG[known[str(value).casefold()]])]


def _day(store: ox.Store, name: str, value: Value) -> list[ox.Literal]:
    try:
        day = datetime.date.fromisoformat(str(value))
    except ValueError:
        raise QueryError(f"{name}: there is no such day as {value}; write it as YYYY-MM-DD.") from None
    return [ox.Literal(day.isoformat(), datatype=_DATE)]


def _number(store: ox.Store, name: str, value: Value) -> list[ox.Literal]:
    if not re.fullmatch(r"\d{1,9}", str(value), re.ASCII):
        raise QueryError(f"{name}: {value} is no number; write it in digits.")
    return [ox.Literal(int(value))]  # type: ignore[arg-type]  # a date has no digits alone


def _text(store: ox.Store, name: str, value: Value) -> list[ox.Literal]:
    if not str(value).strip():
        raise QueryError(f"{name}: the text is empty; give it some words or leave it out.")
    if any("\ud800" <= c <= "\udfff" for c in str(value)):
        raise QueryError(f"{name}: the text holds half of a character; check how it is encoded.")
    return [ox.Literal(str(value))]


#: What a parameter can be: who or what by its name, a document by its title, id or publisher, a class, a status ...
KINDS: dict[str, Callable[[ox.Store, str, Value], Sequence[ox.NamedNode | ox.Literal]]] = {
    "NAME": _entity,
    "DOCUMENT": _document,
    "CLASS": _class,
    "STATUS": _status,
    "DAY": _day,
    "NUMBER": _number,
    "TEXT": _text,
}


def one_question(
    store: ox.Store, text: str | None, *, name: str | None = None, values: Mapping[str, Value] | None = None
) -> str:
    """The text of the one question: ``text`` itself or the query that ships as ``name``, with its values.

    Raises ``QueryError`` if there is none or both.
    """
    from kg.publish.sparql import named_query

    if (text is None) == (name is None):
        raise QueryError("ask one question: in SPARQL, or one that ships by its name.")
    asked = text if text is not None else named_query(name or "").text
    return bind(store, asked, values or {}, name=name or "the query")
