"""Furniture: what stands around a story and is none of it, found by class and never by one site.

A line is asked against an ordered table of small recognisers; a list of links or sources
is its heading and the short lines below it. Where it is not clear that a line is
furniture, it is story: what is missed here costs a wrong claim, what is cut costs a true one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from kg.acquire import dates, wordlists
from kg.model import Furniture, Span

#: Longer lines than this, in characters, are paragraphs: only a part of them can be furniture.
_PARAGRAPH = 1_000
_CAPTION = 500
_DATELINE_CHARS = 120
_LINK_WORDS = 25
_HEADLINE_WORDS = 20
_SOURCE_WORDS = 40


class _Line(NamedTuple):
    """A line that is not blank: its text without the space around it, and where that stands."""

    text: str
    begin: int
    number: int  # among the lines that are not blank
    total: int
    words: int
    longest_below: int  # words of the longest line from here to the end
    open_below: int  # how many lines from here to the end do not close as a sentence does


_WORDS = wordlists.load("furniture")

_TEXT_LINE = re.compile(r"\S[^\r\n\u2028\u2029]*")

Recogniser = Callable[[_Line], Span | None]


def find(text: str) -> tuple[Furniture, ...]:
    """All furniture of a text, in order, without overlaps. Spans are code points into ``text``."""
    date = dates.leading(text)
    start = date.span[1] if date else 0
    found = [Furniture(date.span, "date")] if date else []
    lines = _lines(text, start)
    at = 0
    while at < len(lines):
        until, pieces = _list_at(lines, at) or (at + 1, _pieces(lines[at]))
        found += pieces
        at = until
    return tuple(found)


def _lines(text: str, start: int) -> list[_Line]:
    found = [(m.group().rstrip(), m.start()) for m in _TEXT_LINE.finditer(text, start)]
    lines: list[_Line] = []
    longest, loose = 0, 0
    for number in range(len(found) - 1, -1, -1):
        words, begin = found[number]
        count = len(words.split())
        longest, loose = max(longest, count), loose + (not _is_closed(words))
        lines.append(_Line(words, begin, number, len(found), count, longest, loose))
    return lines[::-1]


def _pieces(line: _Line) -> list[Furniture]:
    for kind, recogniser in _table_for(line):
        if span := recogniser(line):
            begin, end = span
            return [Furniture((line.begin + begin, line.begin + end), kind)]
    return []


# -- lists ---------------------------------------------------------------------------------


def _list_at(lines: Sequence[_Line], at: int) -> tuple[int, list[Furniture]] | None:
    """If a list of links or sources begins at this line: the line after it, and its furniture."""
    heading = lines[at].text.rstrip(" :»>…-–—").casefold().replace("’", "'")
    if heading in _WORDS["link_headings"]:
        return _take(lines, at, "read-more", _links_end(lines, at + 1))
    if heading in _WORDS["source_headings"] and lines[at].number > 0:
        return _take(lines, at, "sources", _sources_end(lines, at + 1))
    return None


def _take(lines: Sequence[_Line], at: int, kind: str, until: int) -> tuple[int, list[Furniture]]:
    return until, [Furniture((line.begin, line.begin + len(line.text)), kind) for line in lines[at:until]]


def _links_end(lines: Sequence[_Line], at: int) -> int:
    """Where the links end: at the end of the text if all that is left looks like them."""
    if at == len(lines):
        return at
    if lines[at].longest_below <= _HEADLINE_WORDS and 2 * lines[at].open_below >= len(lines) - at:
        return len(lines)
    until = at
    while until < len(lines) and lines[until].words <= _HEADLINE_WORDS and not _is_closed(lines[until].text):
        until += 1
    return until


def _sources_end(lines: Sequence[_Line], at: int) -> int:
    """Sources stand at the end of a text; a heading with paragraphs below it is a part of the story."""
    return len(lines) if at == len(lines) or lines[at].longest_below <= _SOURCE_WORDS else at


def _is_closed(words: str) -> bool:
    return words.rstrip("\"'”’)").endswith((".", "!", "?", ":", ";", ","))


# -- single lines --------------------------------------------------------------------------

_NAME = r"(?:(?:Mc|Mac|O['’]|[Dd]e |[Vv]an (?:der )?|[Vv]on |[Aa]l-)?[A-Z][\w’'.-]*)"
_NAMES = rf"{_NAME}(?: {_NAME}){{1,3}}"
_PEOPLE = rf"{_NAMES}(?:(?:, | and |, and | & ){_NAMES})*"
_CREDIT = re.compile(r"\(([^()]{2,80})\)\.?")
_PERSON_SLASH = re.compile(rf"{_NAMES} ?/ ?[A-Z][\w.&-]*(?: [A-Z][\w.&-]*){{0,3}}")
_BY = re.compile(r"(?:by|from|story by|words by|text by) ", re.IGNORECASE)
_BYLINE = re.compile(
    rf"(?i:by|from|story by|words by|text by) {_PEOPLE}(?:,? (?:in|for|at) {_NAME}(?: {_NAME})*)?"
    rf"(?:, [A-Z][\w ,&’'.-]{{1,60}}|\s*[|•·–—-]\s*.{{1,60}})?"
)
_DESK = re.compile(
    r"[(\[]?(?:additional |further )?(?:reporting|writing|editing|edited|written|compiled|translated|translation|"
    rf"produced|graphics?) by:? {_NAME}.*",
    re.IGNORECASE,
)
_CONTRIBUTED = re.compile(
    rf"[(\[]?{_NAME}.{{0,200}}?\bcontributed (?:to (?:this|the) (?:report|story|article|piece)|reporting)\b"
    rf".{{0,80}}"
)
_REPORTED_FROM = re.compile(rf"{_PEOPLE} reported from {_NAME}(?:(?:, | and | ){_NAME}){{0,4}}\.?")
_DATELINE = re.compile(
    r"(?:(?P<caps>[A-Z][A-Z.’'-]+(?:[ /][A-Z][A-Z.’'-]*){0,3})|(?P<place>[A-Z][\w.’'-]+(?:[ /][A-Z][\w.’'-]+){0,3}))"
    r"(?P<region>, [A-Z][\w.]+(?: [A-Z][\w.]+){0,2}?)?"
    r"(?P<day>,? (?:\w{3,9}\.? \d{1,2}|\d{1,2} \w{3,9}\.?)(?:,? \d{4})?)?"
    r"(?P<agency> \([A-Za-z][\w&. /-]{1,40}\))?"
    r" ?(?:(?:-{1,2}|–|—)(?=\s+[A-Z0-9\"“'‘]|$)|$)"
)
_IMPERATIVE = re.compile(
    r"(?:please )?(?:share|like|follow|join|subscribe|sign up|tweet|click|tap|download|get|e-?mail this|print this|"
    r"support|donate|become a|register|log in|send us|write to us|stay updated|stay informed|save|bookmark)\b",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"(?:share|share this|tweet|print|e-?mail|comments?(?: \(\d+\))?|\d+ comments?|\d+ shares?|\d+ min(?:ute)?s? read|"
    r"advertise(?:ment)?|listen to article|share on \w+|copy link|view comments|leave a comment|text size|"
    r"back to top|show more|load more|skip to content|loading\.*|play video)[.:!]?",
    re.IGNORECASE,
)
_OFFER = re.compile(
    r"\b(?:us|our|this (?:article|story|page|report)|newsletters?|inbox|the app|our app|account|breaking news alerts?|"
    r"here|unlimited access|free trial|@\w+|stay updated|updates|subscribers?)\b|@\w",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\) ?(?:copyright )?\d{4}|copyright (?:©|\(c\)|\d{4}|by\b)).*|.{0,120}\ball rights reserved\b.{0,120}|"
    r"this material may not be (?:published|reproduced).*",
    re.IGNORECASE,
)
_ADVERTISEMENT = re.compile(
    r"[-–— ]*(?:advertisement|sponsored(?: content)?|paid content|promoted content|"
    r"(?:story|article) continues (?:below|after)(?: this| the)?(?: ad(?:vertisement)?)?)\b[^.]{0,60}",
    re.IGNORECASE,
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_CONTACT = re.compile(
    r"(?:contact|e-?mail|write to|tel|telephone|phone|fax|press (?:contact|office)|media contact|for (?:more|further) "
    r"information|to contact)\b",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?:tel|telephone|phone|fax)\.?:? ?\+?[\d ()./-]{6,}", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_UPDATED = re.compile(
    r"(?:(?:first |last )?(?:published|updated|posted|modified)(?: on| at)?:? (?=.*\d).{3,70}|"
    r"\d{1,2}[:.]\d\d ?(?:[ap]\.?m\.?)?(?: [A-Z]{2,4})?(?:,? .{0,40}\d{4})?)",
    re.IGNORECASE,
)


@lru_cache(maxsize=8)
def _any_of(key: str) -> re.Pattern[str]:
    words = sorted(_WORDS[key], key=lambda word: (-len(word), word))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)


def _whole(line: _Line) -> Span:
    return 0, len(line.text)


def _matches(pattern: re.Pattern[str], *, words: int) -> Recogniser:
    """Lines of at most so many words that the pattern matches from end to end."""

    def recognise(line: _Line) -> Span | None:
        return _whole(line) if line.words <= words and pattern.fullmatch(line.text) else None

    return recognise


def _is_credit(inside: str) -> bool:
    parts = [part.strip() for part in re.split(r"/| via |,| - ", inside)]
    named = len(parts) > 1 and any(part in _WORDS["agencies"] for part in parts)
    return named or bool(_any_of("credit_words").search(inside)) or bool(_PERSON_SLASH.fullmatch(inside.strip()))


def _is_set_apart(line: _Line, credit: re.Match[str]) -> bool:
    """Whether a sentence ends before the credit, which body text does not do: "the bloc (CDU/CSU)"."""
    before = line.text[max(0, credit.start() - 9) : credit.start()].rstrip()
    return before.endswith((".", "!", "?", "”", '"')) or credit.start() == 0


def _credit_line(line: _Line) -> Span | None:
    """A picture's caption, up to its credit; in a long line that is not the first, the credit alone."""
    for credit in _CREDIT.finditer(line.text):
        if not _is_credit(credit[1]) or not _is_set_apart(line, credit):
            continue
        at_end = credit.end() == len(line.text)
        if credit.end() <= _CAPTION and (at_end or line.number == 0):
            return 0, credit.end()
        return credit.span()
    return None


def _caption_start(line: _Line) -> Span | None:
    start, mark, _ = _partition(line.text, (":", " - ", " – ", " — "))
    known = start.casefold() in _WORDS["caption_starts"]
    return _whole(line) if mark and known and len(line.text) <= _CAPTION else None


def _pull_quote(line: _Line) -> Span | None:
    """Whose words a quotation set apart is: "—Ann Lee on the vote", below or without the words."""
    dashed = re.match(r"[—–][^\S\n]?[A-ZÀ-Þ\u0100-\u017f]", line.text)
    return _whole(line) if dashed and line.words <= _HEADLINE_WORDS and not _is_closed(line.text) else None


def _partition(text: str, marks: Sequence[str]) -> tuple[str, str, str]:
    first = min((mark for mark in marks if mark in text), key=text.index, default="")
    return text.partition(first) if first else (text, "", "")


def _link(line: _Line) -> Span | None:
    start, mark, rest = _partition(line.text, (":", " | ", " » ", " > "))
    known = start.casefold().strip("[(> ") in _WORDS["link_starts"]
    return _whole(line) if mark and rest.strip() and known and line.words <= _LINK_WORDS else None


def _share(line: _Line) -> Span | None:
    """An imperative to the reader that names a network or what we offer."""
    if line.words > _LINK_WORDS or not _IMPERATIVE.match(line.text):
        return None
    asked = _OFFER.search(line.text) or _any_of("networks").search(line.text)
    return _whole(line) if asked else None


def _section(line: _Line) -> Span | None:
    """ "WORLD NEWS", "Politics | Europe": labels above the story, which has lines of its own below."""
    if line.number > 2 or line.total < line.number + 3 or line.words > 6:
        return None
    labels = [label.strip(" :").casefold() for label in re.split(r"[|/>»•·]", line.text)]
    return _whole(line) if all(label in _WORDS["sections"] for label in labels) else None


def _agency_alone(line: _Line) -> Span | None:
    return _whole(line) if line.text.strip("()[].- ") in _WORDS["agencies"] else None


def _reported_from(line: _Line) -> Span | None:
    """The desk's note at the foot; higher up the same words may be the story."""
    at_foot = line.total >= 4 and line.number >= line.total - 3
    return _whole(line) if at_foot and _REPORTED_FROM.fullmatch(line.text) else None


def _byline(line: _Line) -> Span | None:
    if line.words > 16 or line.text.endswith((".", "!", "?", ",", ";")) or not _BY.match(line.text):
        return None
    return _whole(line) if _BYLINE.fullmatch(_decapitalised(line.text)) else None


def _decapitalised(text: str) -> str:
    """``BY JO SMITH AND ANN LEE`` as ``By Jo Smith and Ann Lee``."""
    return re.sub(r"\b[A-ZÀ-Þ]{2,}\b", lambda word: word.group().title(), text).replace(" And ", " and ")


def _dateline(line: _Line) -> Span | None:
    """The words before the dash, where they say enough to be sure: capitals, a date or an agency. Alone on a line they
    may do without the dash, if they have a day with its year."""
    found = _DATELINE.match(line.text[:_DATELINE_CHARS])
    if not found or line.number > 4:
        return None
    if not found.group().endswith(("-", "–", "—")) and not re.search(r"\d{4}", found["day"] or ""):
        return None
    agency = (found["agency"] or "").strip(" ()") in _WORDS["agencies"]
    return found.span() if found["caps"] or found["day"] or agency else None


def _contact(line: _Line) -> Span | None:
    alone = any(p.fullmatch(line.text.strip("()[] .")) for p in (_MAIL, _PHONE, _ADDRESS))
    asked = _CONTACT.match(line.text) and (_MAIL.search(line.text) or _PHONE.search(line.text))
    return _whole(line) if alone or (asked and line.words <= _LINK_WORDS) else None


#: The first recogniser that knows a line says what it is.
_TABLE: tuple[tuple[str, Recogniser], ...] = (
    ("advertisement", _matches(_ADVERTISEMENT, words=12)),
    ("copyright", _matches(_COPYRIGHT, words=60)),
    ("section", _section),
    ("byline", _byline),
    ("byline", _agency_alone),
    ("byline", _matches(_DESK, words=60)),
    ("byline", _matches(_CONTRIBUTED, words=40)),
    ("byline", _reported_from),
    ("date", _matches(_UPDATED, words=14)),
    ("caption", _caption_start),
    ("caption", _credit_line),
    ("caption", _pull_quote),
    ("read-more", _link),
    ("share", _matches(_ALONE, words=6)),
    ("share", _share),
    ("contact", _contact),
    ("dateline", _dateline),
)
#: What a single word of letters alone can be: a text may have a million of them.
_TABLE_OF_WORDS: tuple[tuple[str, Recogniser], ...] = (
    ("advertisement", _matches(_ADVERTISEMENT, words=12)),
    ("section", _section),
    ("byline", _agency_alone),
    ("share", _matches(_ALONE, words=6)),
)
#: What a paragraph can hold: furniture is never as long as that as a whole.
_TABLE_OF_PARAGRAPHS: tuple[tuple[str, Recogniser], ...] = (("caption", _credit_line), ("dateline", _dateline))


def _table_for(line: _Line) -> tuple[tuple[str, Recogniser], ...]:
    if len(line.text) > _PARAGRAPH:
        return _TABLE_OF_PARAGRAPHS
    return _TABLE_OF_WORDS if line.words == 1 and line.text.isalpha() else _TABLE
