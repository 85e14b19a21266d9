"""What a question to the graph gives: cells in rows, and what Python and notebooks want of them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Literal, NamedTuple

from kg.publish.vocabulary import ALL_PREFIXES

if TYPE_CHECKING:
    import pandas as pd

_XSD = ALL_PREFIXES["xsd"]
#: How many rows a notebook shows before it says how many more there are.
_SHOWN = 100

#: A value as Python has it.
Value = str | int | float | bool | datetime.date | None


class Cell(NamedTuple):
    """One value of an answer: its text, and what kind of RDF term it is."""

    value: str
    kind: Literal["uri", "literal", "bnode"]
    datatype: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question gave: a column a variable; ``complete`` is false if rows were cut off.

    ASK gives one row with ``answer``; CONSTRUCT and DESCRIBE give ``subject``, ``predicate`` and ``object``,
    and ``form`` tells so. ``rows`` holds the ``Cell``s as RDF has them; ``records``, ``to_pandas`` and going
    through the answer itself give Python's values.

    >>> answer = Answer(("who", "age"), ((Cell("Ana", "literal"), Cell("51", "literal", _XSD + "integer")),))
    >>> len(answer), answer.records()
    (1, [{'who': 'Ana', 'age': 51}])
    >>> print(answer)
    | who | age |
    | --- | --- |
    | Ana | 51  |
    """

    variables: tuple[str, ...]
    rows: tuple[tuple[Cell | None, ...], ...]
    complete: bool = True
    form: Literal["select", "ask", "triples"] = "select"

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Value]]:
        return iter(self.records())

    def records(self) -> list[dict[str, Value]]:
        """A ``dict`` a row: numbers, days and truth values as Python's, terms by their prefix, else text."""
        return [dict(zip(self.variables, map(in_python, row), strict=True)) for row in self.rows]

    def to_pandas(self) -> pd.DataFrame:
        """The rows as a ``pandas.DataFrame``, a column a variable (pandas comes with the extra ``notebook``)."""
        import pandas as pd

        return pd.DataFrame([list(map(in_python, row)) for row in self.rows], columns=list(self.variables))

    def __str__(self) -> str:
        from kg.publish import answers

        return answers.as_markdown(self).rstrip("\n")

    def _repr_html_(self) -> str:
        """The rows as an HTML table; all that they hold is text and never markup."""
        head = "".join(f"<th>{escape(name)}</th>" for name in self.variables)
        body = "".join(
            "<tr>" + "".join(f'<td style="text-align:left">{escape(in_words(cell))}</td>' for cell in row) + "</tr>"
            for row in self.rows[:_SHOWN]
        )
        more = len(self.rows) - _SHOWN
        told = f"<p>… and {more:,} more rows</p>" if more > 0 else "" if self.rows else "<p>No answer.</p>"
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{told}"


def in_words(cell: Cell | None) -> str:
    """A cell for people: an IRI of a known vocabulary by its prefix, nothing where there is no value.

    >>> in_words(Cell("https://kg.example/ontology#Asserted", "uri"))
    'kg:Asserted'
    """
    if cell is None:
        return ""
    if cell.kind == "uri":
        for prefix, namespace in ALL_PREFIXES.items():
            if cell.value.startswith(namespace):
                return f"{prefix}:{cell.value.removeprefix(namespace)}"
    return cell.value


_PYTHON: dict[str, Callable[[str], Value]] = {
    _XSD + "integer": int,
    _XSD + "decimal": float,
    _XSD + "double": float,
    _XSD + "boolean": lambda text: text in {"true", "1"},
    _XSD + "date": datetime.date.fromisoformat,
}


def in_python(cell: Cell | None) -> Value:
    """A cell as a value of Python; what Python has no such value for stays text.

    >>> in_python(Cell("2019-01-03", "literal", _XSD + "date"))
    datetime.date(2019, 1, 3)
    """
    if cell is None or cell.datatype not in _PYTHON:
        return None if cell is None else in_words(cell)
    try:
        return _PYTHON[cell.datatype](cell.value)
    except ValueError:  # "-0044-03-15"^^xsd:date is good RDF and no day of Python's
        return cell.value
