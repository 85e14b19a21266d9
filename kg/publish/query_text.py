"""What a query's text gives away before it is run: whether it may be, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

from kg.errors import QueryError
from kg.publish.vocabulary import ALL_PREFIXES, suggest

_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = frozenset("INSERT DELETE LOAD CLEAR CREATE DROP COPY MOVE ADD WITH".split())
#: Words that lead out of the graph, and what to say of them.
_OUTSIDE = {
    "SERVICE": "SERVICE would ask another server",
    "FROM": "FROM names another graph, and there is only this one",
    "LOAD": "LOAD would fetch another graph",
}
_NOT_OFFERED = frozenset({"SERVICE", "LATERAL", '"{|"', '"~"'})
_TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\n\r]*)
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<string>\"\"\"(?:\\.|[^\\])*?\"\"\"|'''(?:\\.|[^\\])*?'''|"(?:\\.|[^"\\\n\r])*"|'(?:\\.|[^'\\\n\r])*')
  | (?P<variable>[?$]\w+)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<bnode>_:[\w.-]+)
  | (?P<name>(?:[^\W\d_][\w.-]*)?:(?:[\w:%-]|\\.|\.(?=[\w:%\\.-]))*)
  | (?P<word>[^\W\d]\w*)
  | (?P<other>\S)
    """,
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """A piece of a query: ``kind`` is a group of the pattern above, ``at`` its place."""

    kind: str
    text: str
    at: int


def tokens(text: str) -> Iterator[Token]:
    """The pieces of a query but for its comments."""
    for match in _TOKEN.finditer(text):
        if match.lastgroup and match.lastgroup != "comment":
            yield Token(match.lastgroup, match[0], match.start())


def check_query(text: str, *, known: Callable[[str], bool], names: Callable[[], Collection[str]]) -> None:
    """Raise ``QueryError`` unless ``text`` only reads, only here, and in terms that there are.

    ``known`` says whether ``kg:NAME`` is a term; ``names()`` are offered as suggestions.
    """
    found = list(tokens(text))
    _check_form(found)
    # a query may write any character as \uXXXX; one that hides a word so is refused as well
    plain = _unescaped(text)
    for version in (found,) if plain == text else (found, list(tokens(plain))):
        for token in version:
            reason = _OUTSIDE.get(token.text.upper()) if token.kind == "word" else None
            if reason:
                raise QueryError(f"{_place(text, token.at)}: {reason}; a query reads this graph alone.")
    _check_names(text, found, known, names)


def _unescaped(text: str) -> str:
    return re.sub(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})", _character, text)


def _character(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code <= 0x10FFFF else match[0]


def _prologue(found: list[Token]) -> tuple[set[str], int]:
    """The prefixes that a query declares, and where its form begins."""
    declared, i = set(), 0
    while i < len(found) and found[i].text.upper() in {"PREFIX", "BASE", "VERSION"}:
        if found[i].text.upper() == "PREFIX" and i + 2 < len(found):
            declared.add(found[i + 1].text.removesuffix(":"))
            i += 3
        else:
            i += 2
    return declared, i


def _check_form(found: list[Token]) -> None:
    _, start = _prologue(found)
    if start >= len(found):
        raise QueryError("the query is empty; begin it with SELECT, for example SELECT * WHERE { ?s ?p ?o } LIMIT 10.")
    first = found[start].text
    if first.upper() in _UPDATES:
        raise QueryError(f"{first.upper()} would change the graph; it can only be read. Build it anew to change it.")
    if first.upper() not in _FORMS:
        raise QueryError(
            f'a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE, and not with "{first}"{suggest(first, _FORMS)}'
        )


def _check_names(
    text: str, found: list[Token], known: Callable[[str], bool], names: Callable[[], Collection[str]]
) -> None:
    declared, start = _prologue(found)
    for token in found[start:]:
        if token.kind != "name":
            continue
        prefix, _, local = token.text.partition(":")
        if prefix not in declared and prefix not in ALL_PREFIXES:
            raise QueryError(
                f'{_place(text, token.at)}: the prefix "{prefix}:" is not declared'
                f"{suggest(prefix, ALL_PREFIXES)} Without PREFIX there are {', '.join(ALL_PREFIXES)}."
            )
        if prefix == "kg" and prefix not in declared and not known(local):
            hint = suggest(local, names(), prefix="kg:")
            raise QueryError(f'{_place(text, token.at)}: "{token.text}" is not in the vocabulary{hint}')


def _place(text: str, at: int) -> str:
    line = text.count("\n", 0, at) + 1
    return f"line {line}, column {at - text.rfind(chr(10), 0, at)}"


def explain(message: str, text: str) -> str:
    """Oxigraph's message about a broken query as a sentence, with the line at fault."""
    match = re.match(r"error at (\d+):(\d+): expected (?:one of )?(.*)", message, re.DOTALL)
    if match is None:
        return f"the query is not well-formed SPARQL: {message}."
    row, column, wanted = int(match[1]), int(match[2]), match[3]
    for token in tokens(text):
        if token.kind == "other" and token.text in "\"'":
            return (
                f"the query is not well-formed SPARQL: the string that begins at {_place(text, token.at)} has no end."
            )
    lines = text.split("\n")
    line = lines[row - 1].rstrip() if row <= len(lines) else ""
    after = line[: column - 1].split()
    at = f', after "{after[-1]}"' if after else ""
    return f"the query is not well-formed SPARQL at line {row}, column {column}{at}: {_wanted(wanted)}."


def _wanted(expected: str) -> str:
    """What a reader can use of the list of all that could have stood there."""
    sentences = re.findall(r"(?:^|, )([A-Z][a-z][^\[\]\"']*? [^\[\]\"',]+)(?=,|$)", expected)
    if sentences:
        first = str(sentences[0])
        return first[0].lower() + first[1:]
    pieces = re.findall(r'"(?:\\.|[^"])+"|\b[A-Z]{2,}\b', re.sub(r"\[[^\]]*\]", "", expected))
    shown = [piece for piece in dict.fromkeys(pieces) if piece not in _NOT_OFFERED][:5]
    return f"expected {' or '.join(shown)}" if shown else "something is missing or does not belong there"
