"""TOML with line numbers: reads a rule file and says in plain words where it is wrong."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.errors import RulesError


@dataclass(frozen=True, slots=True)
class Source:
    """A rule file's name and text, to find lines in. ``name`` is relative to the rules' folder."""

    name: str
    text: str

    def line(self, table: str, *, nth: int = 0, key: str | None = None) -> int:
        """The line (from 1) of the ``nth`` header ``[table]`` or ``[[table]]``, or of a key below it.

        Falls back to the header when the key is not on a line of its own, and to line 1
        when the table is not there.
        """
        headers = _headers(self.text, table)
        if nth < len(headers):
            start = headers[nth].start()
        elif not table:
            start = 0
        else:
            return 1
        if key is not None:
            after = re.compile(r"^\s*\[", re.MULTILINE).search(self.text, headers[nth].end() if headers else 0)
            section = self.text[start : after.start() if after else len(self.text)]
            found = re.search(rf"^\s*\"?{re.escape(key)}\"?\s*=", section, re.MULTILINE)
            if found:
                return self.text.count("\n", 0, start + found.end()) + 1
        if headers:
            start = headers[nth].end()
        return self.text.count("\n", 0, start) + 1

    def error(self, message: str, table: str = "", *, nth: int = 0, key: str | None = None) -> RulesError:
        """The exception for a fault at that place: "events/law.toml, line 12: ..."."""
        return RulesError(f"{self.name}, line {self.line(table, nth=nth, key=key)}: {message}")


@lru_cache(maxsize=4096)  # every frame asks for its own line
def _headers(text: str, table: str) -> tuple[re.Match[str], ...]:
    return tuple(re.finditer(rf"^\s*\[\[?\s*{re.escape(table)}\s*\]\]?", text, re.MULTILINE))


def read(path: Path, *, name: str | None = None) -> tuple[Source, dict[str, Any]]:
    """A rule file's text and its content. Raises ``RulesError`` for broken TOML."""
    label = name or path.name
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RulesError(f"{label}: the rule file cannot be read ({error}); it has to be UTF-8 text.") from error
    try:
        return Source(label, text), tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RulesError(f"{label}: not TOML: {error}.") from error


#: Up to how many words a hint lists.
_LISTED = 20


def closest(word: str, known: Collection[str]) -> str:
    """A hint for a wrong word: '; did you mean "needs"?', or what there is where that is not much."""
    near = get_close_matches(word, sorted(known), n=1)
    if near:
        return f'; did you mean "{near[0]}"?'
    return f"; there are {', '.join(known)}" if len(known) <= _LISTED else ""


def check_keys(source: Source, table: Mapping[str, Any], known: Collection[str], where: str, *, nth: int = 0) -> None:
    """Raise for the first key of ``table`` that is not ``known``."""
    for key in table:
        if key not in known:
            raise source.error(f'unknown key "{key}"{closest(key, known)}', where, nth=nth, key=key)


def strings(source: Source, value: object, where: str, key: str, *, nth: int = 0) -> tuple[str, ...]:
    """``value`` as a tuple of strings; raises if it is not a list of non-empty strings."""
    if not isinstance(value, list) or not all(isinstance(x, str) and x.strip() for x in value):
        raise source.error(f'"{key}" has to be a list of words, such as {key} = ["..."]', where, nth=nth, key=key)
    return tuple(value)
