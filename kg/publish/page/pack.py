"""Records as small tables: column names once, words that come often as numbers of one list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kg.model import ROLES

Record = Mapping[str, Any]

#: The tables, and the columns whose words come often.
TABLES = ("documents", "entities", "situations", "claims")
_WORDS = frozenset(
    (
        "class predicate group country status position kinship polarity certainty rule plover edtf earliest latest"
    ).split()
)


def pack(data: Mapping[str, Any]) -> dict[str, Any]:
    """Each table as ``{"columns": [...], "rows": [[...], ...]}``; rows end at their last value.

    ``words`` is the list that columns named in ``coded`` count in; ``roles`` and ``mentions`` are flat lists
    of pairs and triples, the first of a pair counting in ``roles``. ``model.js`` reads it.
    """
    words: dict[str, int] = {}
    packed = {name: _table(data[name], words) for name in TABLES}
    rest = {name: value for name, value in data.items() if name not in TABLES}
    return {**rest, **packed, "words": list(words), "coded": sorted(_WORDS), "roles": list(ROLES)}


def _table(records: Sequence[Record], words: dict[str, int]) -> dict[str, Any]:
    columns = list(dict.fromkeys(column for record in records for column in record))
    rows = []
    for record in records:
        row = [_cell(column, record.get(column), words) for column in columns]
        while row and row[-1] is None:
            row.pop()
        rows.append(row)
    return {"columns": columns, "rows": rows}


def _cell(column: str, value: Any, words: dict[str, int]) -> Any:
    if value is None or value is False or value == [] or value == {}:
        return None
    if column == "roles":
        return [number for role, thing in value for number in (ROLES.index(role), thing)]
    if column == "mentions":
        return [number for mention in value for number in mention]
    if column in _WORDS:
        return words.setdefault(str(value), len(words))
    return 1 if value is True else value
