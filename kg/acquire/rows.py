"""JSON lines into Documents: one object a line, with ``id``, ``text`` and what else is known."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Protocol

from kg.acquire import dates
from kg.acquire.apart import Extract
from kg.acquire.documents import Finish, Found, Refused
from kg.model import Document, Failure

Row = dict[str, object]

#: A file of which so many rows on end are no rows is no file of rows: each would be a failure to tell.
_IDLE = 10_000
_OPTIONAL = ("title", "publisher", "author", "url")


class Lines(Protocol):
    """Whatever gives bytes line by line."""

    def readline(self, size: int = -1, /) -> bytes: ...


def read(
    stream: Lines, name: str, stem: str, *, finish: Finish, extract: Extract, max_bytes: int
) -> Iterator[Document | Failure]:
    """Each row's document, or why it has none. ``max_bytes`` is the longest line that is taken in.

    ``finish`` completes a document or raises ``Refused``; ``extract`` takes the page apart that a row's
    ``html`` holds, where it has no ``text``.

    A row without an id gets ``STEM:LINE``. Blank lines are passed over; a file without
    any row is one failure. Raises ``Refused`` after very many rows on end that are none.
    """
    number = idle = 0
    empty = True
    while raw := stream.readline(max_bytes):
        number += 1
        row: Row | str = _long(stream, max_bytes) if _is_cut(raw, max_bytes) else _row(raw, first=number == 1)
        idle = idle + 1 if isinstance(row, str) else 0
        if idle > _IDLE:
            raise Refused(f"more than {_IDLE:,} rows on end are empty or no JSON; what comes after is not read.")
        if row == "":
            continue
        empty = False
        try:
            yield finish(_document(_checked(row), f"{stem}:{number}", extract))
        except Refused as error:
            yield Failure(name, f"line {number}: {error}")
    if empty:
        yield Failure(name, "the file is empty; give it a row or leave it out.")


def _is_cut(raw: bytes, max_bytes: int) -> bool:
    return len(raw) == max_bytes and not raw.endswith(b"\n")


def _long(stream: Lines, max_bytes: int) -> str:
    """Passes over the rest of a row that is too long; the sentence on it."""
    _skip_line(stream, max_bytes)
    return f"the row is longer than {max_bytes:,} bytes; split it or raise --max-chars."


def _row(raw: bytes, *, first: bool) -> Row | str:
    """The object of a row; nothing if the row is blank, else the sentence on what is wrong with it."""
    raw = raw.removeprefix(b"\xef\xbb\xbf") if first else raw
    try:
        return _object(raw) if raw.strip() else ""
    except Refused as error:
        return str(error)


def _checked(row: Row | str) -> Row:
    if isinstance(row, str):
        raise Refused(row)
    return row


def _skip_line(stream: Lines, size: int) -> None:
    while (raw := stream.readline(size)) and not raw.endswith(b"\n"):
        pass


def _object(raw: bytes) -> Row:
    try:
        row = json.loads(raw.decode("utf-8"), object_pairs_hook=_without_repeats)
    except UnicodeDecodeError as error:
        raise Refused("the row is not UTF-8 text; save the file as UTF-8.") from error
    except json.JSONDecodeError as error:
        raise Refused(f"the row is not JSON ({error.msg}, column {error.colno}); mend it or take it out.") from error
    except RecursionError as error:
        raise Refused("the row is JSON nested too deeply; mend it or take it out.") from error
    except ValueError as error:  # a number of thousands of digits
        raise Refused("the row holds a number that is too large; mend it or take it out.") from error
    if not isinstance(row, dict):
        raise Refused('the row is not a JSON object; write {"id": ..., "text": ...}.')
    return row


def _without_repeats(pairs: list[tuple[str, object]]) -> Row:
    row = dict(pairs)
    if len(row) < len(pairs):
        twice, _ = Counter(key for key, _ in pairs).most_common(1)[0]
        raise Refused(f"the row has the key {twice[:40]!a} twice; leave one out.")
    return row


def _document(row: Row, default_id: str, extract: Extract) -> Document:
    """The document of a row. What the row says of itself outranks what its page says."""
    found = _found(row, extract)
    values = {key: _string(row, key) for key in _OPTIONAL}
    stated = found.document(default_id)
    return Document(
        id=_identifier(row) or default_id,
        text=found.text,
        title=values["title"] or stated.title,
        date=_date(row) or stated.date,
        publisher=values["publisher"] or stated.publisher,
        author=values["author"] or stated.author,
        url=values["url"] or stated.url,
    )


def _found(row: Row, extract: Extract) -> Found:
    if row.get("text") is not None:
        return Found(_string(row, "text") or "")
    page = _string(row, "html")
    if page is None:
        raise Refused('the row has no "text" and no "html"; give it one or take it out.')
    try:
        return extract("html", page.encode("utf-8"), "utf-8")
    except UnicodeEncodeError as error:
        raise Refused("it holds half of a surrogate pair, which is no character; mend how it was encoded.") from error


def _identifier(row: Row) -> str | None:
    value = row.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _string(row, "id")


def _string(row: Row, key: str) -> str | None:
    value = row.get(key)
    if value is None or isinstance(value, str):
        return value or None
    if key == "author" and isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ", ".join(value) or None
    raise Refused(f'the row has a "{key}" that is not text; put it in quotation marks or leave it out.')


def _date(row: Row) -> date | None:
    value = _string(row, "date")
    if value is None:
        return None
    day = dates.field(value)
    if day is None:
        raise Refused(f'the row has {value[:40]!a} as its "date", which is no day; write it as YYYY-MM-DD.')
    if not dates.is_plausible(day):
        raise Refused(f'the row has {value[:40]!a} as its "date", from which no news can be; correct it.')
    return day
