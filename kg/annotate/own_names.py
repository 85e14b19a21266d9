"""The user's own names: a CSV or TOML file of who is who, which outranks the gazetteer.

CSV has a header with ``name``, ``class`` and, as wanted, ``aliases``, ``country`` and
``identifiers`` (several in one cell are separated by semicolons, identifiers are written
``wikidata:Q42``). TOML has ``[[names]]`` tables with the same keys, ``aliases`` as a list
and ``identifiers`` as a table.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from kg.annotate.entries import Entry
from kg.errors import RulesError
from kg.model import ENTITY_CLASSES
from kg.rules import namelists, toml

_KEYS = ("name", "class", "aliases", "country", "identifiers")


class OwnName(NamedTuple):
    """A name of the user's and the other ways to write it."""

    entry: Entry
    aliases: tuple[str, ...]


def read(path: Path) -> tuple[OwnName, ...]:
    """The names in ``path``, in its order.

    Raises ``RulesError`` with the file and the line for a file that cannot be read, an
    unknown column, class or country, a name that is missing or there twice.
    """
    if path.suffix.lower() == ".toml":
        return _checked(path, _toml_rows(path))
    return _checked(path, _csv_rows(path))


class _Row(NamedTuple):
    line: int
    name: str
    cls: str
    aliases: tuple[str, ...]
    country: str
    identifiers: tuple[tuple[str, str], ...]


def _checked(path: Path, rows: list[_Row]) -> tuple[OwnName, ...]:
    seen: dict[str, int] = {}
    out = []
    for row in rows:
        where = f"{path}, line {row.line}"
        if not row.name:
            raise RulesError(f"{where}: the name is missing.")
        if row.cls not in ENTITY_CLASSES:
            raise RulesError(f'{where}: "{row.cls}" is no class of entities{_closest(row.cls, ENTITY_CLASSES)}')
        for name in (row.name, *row.aliases):
            if name in seen:
                raise RulesError(f'{where}: "{name}" is there already, on line {seen[name]}.')
            seen[name] = row.line
        entry = Entry(row.name, row.cls, _country(where, row.country), "user", row.identifiers)
        out.append(OwnName(entry, row.aliases))
    return tuple(out)


def _closest(word: str, known: Collection[str]) -> str:
    """How a complaint of a wrong word ends."""
    hint = toml.closest(word, known)
    return hint if hint.endswith("?") else f"{hint}."


def _country(where: str, text: str) -> str | None:
    """The alpha-3 code that a cell gives as itself or as a country's name."""
    if not text:
        return None
    nations = namelists.nations()
    if text.upper() in nations:
        return text.upper()
    for code, nation in nations.items():
        if text.casefold() in {n.casefold() for n in (nation.name, *nation.names)}:
            return code
    raise RulesError(f'{where}: "{text}" is no country; write its ISO 3166-1 alpha-3 code, such as ITA.')


def _csv_rows(path: Path) -> list[_Row]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise RulesError(f"{path}: the names cannot be read ({error.strerror}); check the file's name.") from error
    except UnicodeDecodeError as error:
        raise RulesError(f"{path}: the names cannot be read ({error}); the file has to be UTF-8 text.") from error
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in first and "," not in first else ",")
    header = [cell.strip().lower() for cell in next(reader, [])]
    for column in header:
        if column not in _KEYS:
            raise RulesError(f'{path}, line 1: unknown column "{column}"{_closest(column, _KEYS)}')
    if not {"name", "class"} <= set(header):
        raise RulesError(f'{path}, line 1: the header has to name the columns "name" and "class".')
    rows, line = [], reader.line_num + 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            if len(cells) > len(header):
                raise RulesError(f"{path}, line {line}: {len(cells)} cells under {len(header)} columns.")
            rows.append(_csv_row(path, line, dict(zip(header, (c.strip() for c in cells), strict=False))))
        line = reader.line_num + 1
    return rows


def _csv_row(path: Path, line: int, cells: Mapping[str, str]) -> _Row:
    pairs = []
    for item in _cell_items(cells.get("identifiers", "")):
        register, colon, value = item.partition(":")
        if not colon or not register.strip() or not value.strip():
            raise RulesError(f'{path}, line {line}: "{item}" is no identifier; write it as wikidata:Q42.')
        pairs.append((register.strip().lower(), value.strip()))
    return _Row(
        line,
        cells.get("name", ""),
        cells.get("class", ""),
        _cell_items(cells.get("aliases", "")),
        cells.get("country", ""),
        tuple(pairs),
    )


def _cell_items(cell: str) -> tuple[str, ...]:
    return tuple(x.strip() for x in re.split(r"[;|]", cell) if x.strip())


def _toml_rows(path: Path) -> list[_Row]:
    source, data = toml.read(path, name=str(path))
    toml.check_keys(source, data, {"names"}, "")
    tables = data.get("names", [])
    if not isinstance(tables, list) or not all(isinstance(t, dict) for t in tables):
        raise source.error("the names have to be [[names]] tables", "names")
    return [_toml_row(source, table, n) for n, table in enumerate(tables)]


def _toml_row(source: toml.Source, table: Mapping[str, Any], nth: int) -> _Row:
    toml.check_keys(source, table, _KEYS, "names", nth=nth)
    for key in ("name", "class", "country"):
        if not isinstance(table.get(key, ""), str):
            raise source.error(f'"{key}" has to be a text', "names", nth=nth, key=key)
    identifiers = table.get("identifiers", {})
    if not isinstance(identifiers, dict) or not all(isinstance(v, str) for v in identifiers.values()):
        raise source.error(
            '"identifiers" has to be a table, such as { wikidata = "Q42" }', "names", nth=nth, key="identifiers"
        )
    return _Row(
        source.line("names", nth=nth),
        table.get("name", "").strip(),
        table.get("class", "").strip(),
        toml.strings(source, table.get("aliases", []), "names", "aliases", nth=nth),
        table.get("country", "").strip(),
        tuple((register.lower(), value) for register, value in identifiers.items()),
    )
