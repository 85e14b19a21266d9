"""The headline that a text opens with: its first line, if that stands alone and ends as no sentence does."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.model import Furniture

_WORDS = range(3, 21)
#: The first line, and the empty line or the end of one that parts it from the story.
_OPENING = re.compile(
    r"\s*+(?P<line>\S[^\r\n\u2028\u2029]{1,158}[^\s.:;,\"”])[^\S\r\n]*+(?P<end>\r?\n)(?P<gap>[^\S\r\n]*+\r?\n)?"
)
_SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s*(?:[\r\n]|$)")


def find(text: str, furniture: Sequence[Furniture]) -> str | None:
    """The headline, or ``None`` where it is not clear that the first line is one.

    >>> find("Envoy leaves Rome\\n\\nAn envoy has left, police said on Monday.", ())
    'Envoy leaves Rome'
    """
    opening = _OPENING.match(text)
    if opening is None or len(opening["line"].split()) not in _WORDS:
        return None
    begin, end = opening.span("line")
    dated = any(each.kind == "date" and not text[end : each.span[0]].strip() for each in furniture)
    taken = any(each.span[0] < end and begin < each.span[1] for each in furniture)
    story = _SENTENCE_END.search(text, opening.end())
    return opening["line"] if story and not taken and (dated or opening["gap"] is not None) else None
