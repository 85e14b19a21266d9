"""What every document goes through, wherever it comes from: is it readable, from when, what is story."""

from __future__ import annotations

import datetime
from dataclasses import replace

from kg.acquire import dates, furniture, language
from kg.model import Document


class Refused(Exception):
    """A document that cannot be read; its text is a sentence for its owner: what, and what to do."""


def finish(document: Document, *, date: datetime.date | None, max_chars: int) -> Document:
    """The document with its date and its furniture. Raises ``Refused``.

    ``date`` is the publication date where neither the document nor its text gives one.
    """
    if len(document.text) > max_chars:
        raise Refused(too_large(max_chars))
    for problem in _PROBLEMS:
        if sentence := problem(document):
            raise Refused(sentence)
    own = document.date or _own_date(document.text) or date
    return replace(document, date=own, furniture=furniture.find(document.text))


def too_large(max_chars: int) -> str:
    """The sentence for a text of more characters than that."""
    return f"the text is longer than {max_chars:,} characters; split it into its articles."


def _own_date(text: str) -> datetime.date | None:
    found = dates.leading(text)
    if found and found.value is None:
        written = text[slice(*found.span)]
        raise Refused(f'there is no such day as the "{written}" that the text opens with; correct it.')
    return found.value if found else None


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
