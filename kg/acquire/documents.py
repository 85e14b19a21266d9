"""What every document goes through, wherever it comes from: is it readable, from when, what is story."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from kg.acquire import dates, furniture, headlines, language
from kg.model import Document, Furniture

Finish = Callable[[Document], Document]


class Refused(Exception):
    """A document that cannot be read; its text is a sentence for its owner: what, and what to do."""


class Found(NamedTuple):
    """What a page or a PDF gives: its text, and what it states of itself. Plain text, so that it is JSON too."""

    text: str
    title: str | None = None
    date: str | None = None  # YYYY-MM-DD
    author: str | None = None
    publisher: str | None = None
    url: str | None = None

    def document(self, id: str) -> Document:
        """The same as a document of that id."""
        day = datetime.date.fromisoformat(self.date) if self.date else None
        return Document(id, self.text, self.title, day, self.publisher, self.author, self.url)


def finish(document: Document, *, date: datetime.date | None, max_chars: int) -> Document:
    """The document with its headline, its date and its furniture. Raises ``Refused``.

    ``date`` is the publication date where neither the document nor its text gives one.
    """
    if len(document.text) > max_chars:
        raise Refused(too_large(max_chars))
    for problem in _PROBLEMS:
        if sentence := problem(document):
            raise Refused(sentence)
    around = furniture.find(document.text)
    own = document.date or _own_date(document.text) or _dateline_date(document.text, around) or date
    title = document.title or headlines.find(document.text, around)
    return replace(document, title=title, date=own, furniture=around)


def too_large(max_chars: int) -> str:
    """The sentence for a text of more characters than that."""
    return f"the text is longer than {max_chars:,} characters; split it into its articles or raise --max-chars."


def too_many_bytes(max_bytes: int, what: str = "it") -> str:
    """The sentence for a file or page of more bytes than the text in it may cost."""
    return f"{what} is larger than {max_bytes:,} bytes; split it into its articles or raise --max-chars."


def _own_date(text: str) -> datetime.date | None:
    found = dates.leading(text)
    if found and (found.value is None or not dates.is_plausible(found.value)):
        written = text[slice(*found.span)]
        raise Refused(f'the text opens with "{written}", which is no day that news can be from; correct it.')
    return found.value if found else None


def _dateline_date(text: str, around: Sequence[Furniture]) -> datetime.date | None:
    first = next((each for each in around if each.kind == "dateline"), None)
    return dates.of_dateline(text[slice(*first.span)]) if first else None


def _empty(document: Document) -> str | None:
    return None if document.text.strip() else "the text is empty; give it one or leave it out."


def _nul(document: Document) -> str | None:
    at = document.text.find("\0")
    return f"character {at + 1} of the text is NUL, so it is no plain text; take it out." if at >= 0 else None


def _half_characters(document: Document) -> str | None:
    fields = (document.id, document.text, document.title, document.publisher, document.author, document.url)
    if all(_is_unicode(value) for value in fields if value):
        return None
    return "it holds half of a surrogate pair, which is no character; mend how it was encoded."


def _is_unicode(value: str) -> bool:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _language(document: Document) -> str | None:
    if language.is_english(document.text):
        return None
    return "the text does not look like English, the one language that is read; leave it out."


_PROBLEMS = (_empty, _nul, _half_characters, _language)
