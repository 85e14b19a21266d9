"""Quotation marks: which tokens they enclose, and in which paragraph.

The marks are read by their shape where it tells (“ ”), by the white space around them where it
tells ("...", ''...''), and by turns where nothing does. A quotation ends with its paragraph at
the latest; one that is not closed goes on in the next paragraph if that opens with a mark again.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.syntax import Parse

_OPENING = frozenset({"“", "``", "„", "«", "‟"})
_CLOSING = frozenset({"”", "»"})
_EITHER = frozenset({'"', "''"})
_SINGLE_OPENING = frozenset({"‘", "`"})
_SINGLE_CLOSING = frozenset({"’", "'"})
_SENTENCE_END = (".", "!", "?", ",", "…")


@dataclass(frozen=True, slots=True)
class Quotation:
    """The tokens ``start`` to ``end`` (exclusive), marks included, of paragraph number ``paragraph``.

    ``closed`` is false for one that its paragraph's end cuts off; ``resumes`` is true for one
    that takes up such a one of the paragraph before.
    """

    start: int
    end: int
    paragraph: int
    closed: bool = True
    resumes: bool = False

    def __contains__(self, token: object) -> bool:
        return isinstance(token, int) and self.start <= token < self.end


def paragraphs(parse: Parse) -> list[int]:
    """Each token's paragraph, counted from 0. A line break counts where a sentence ends at it."""
    out = []
    number = 0
    last = ""
    for word, tag in zip(parse.words, parse.tags, strict=True):
        if (
            tag == "_SP"
            and "\n" in word
            and (word.count("\n") > 1 or last.endswith((*_SENTENCE_END, "”", '"', "''", ":")))
        ):
            number += 1
        if tag != "_SP":
            last = word
        out.append(number)
    return out


def find(parse: Parse) -> tuple[Quotation, ...]:
    """The outermost quotations of a text, left to right. Single marks count outside double ones only."""
    numbers = paragraphs(parse)
    out: list[Quotation] = []
    start: int | None = None
    single = False
    for i in range(len(parse)):
        if start is not None and numbers[i] != numbers[start]:
            if not single:
                out.append(_quotation(parse, start, i, numbers[start], out, closed=False))
            start = None
        role = _role(parse, i, start is not None, single)
        if role == "open" and start is None:
            start, single = i, parse.words[i] in _SINGLE_OPENING
        elif role == "close" and start is not None:
            out.append(_quotation(parse, start, i + 1, numbers[start], out, closed=True))
            start = None
    if start is not None and not single:
        out.append(_quotation(parse, start, len(parse), numbers[start], out, closed=False))
    return tuple(out)


def is_sentential(parse: Parse, quotation: Quotation) -> bool:
    """Whether a quotation is an utterance, rather than a few words taken over: it has a verb and
    ends like a sentence, or begins one."""
    inner = range(quotation.start + 1, quotation.end - (1 if quotation.closed else 0))
    words = [i for i in inner if parse.tags[i] != "_SP"]
    if not words:
        return False
    if not any(parse.pos[i] in {"VERB", "AUX"} for i in words) and len(words) < 4:
        return False
    after = parse.words[quotation.end] if quotation.end < len(parse) else "."
    return parse.words[words[-1]].endswith(_SENTENCE_END) or (after in {",", "."} and len(words) > 4)


def _quotation(
    parse: Parse, start: int, end: int, paragraph: int, before: list[Quotation], *, closed: bool
) -> Quotation:
    resumes = bool(before) and not before[-1].closed and before[-1].paragraph == paragraph - 1
    while end - 1 > start and parse.tags[end - 1] == "_SP":
        end -= 1
    return Quotation(start, end, paragraph, closed, resumes)


def _role(parse: Parse, i: int, inside: bool, single: bool) -> str:
    """Whether token ``i`` opens or closes a quotation, or neither ("")."""
    word = parse.words[i]
    if word in _EITHER:
        return "" if inside and single else _by_spaces(parse, i, inside)
    if word in _OPENING or word in _CLOSING:
        return "" if inside and single else ("open" if word in _OPENING else "close")
    if inside and single and word in _SINGLE_CLOSING:
        return "close"
    if not inside and word in _SINGLE_OPENING and _opens(parse, i):
        return "open"
    return ""


def _by_spaces(parse: Parse, i: int, inside: bool) -> str:
    before = _is_space_at(parse, parse.starts[i] - 1, "([-—–/")
    after = _is_space_at(parse, parse.ends[i], ".,;:!?)]-—–")
    if before != after:
        return "open" if before else "close"
    return "close" if inside else "open"


def _opens(parse: Parse, i: int) -> bool:
    return _is_space_at(parse, parse.starts[i] - 1, "([-—–")


def _is_space_at(parse: Parse, at: int, others: str) -> bool:
    if not 0 <= at < len(parse.text):
        return True
    return parse.text[at].isspace() or parse.text[at] in others
