"""The lines of pages into paragraphs: furniture of the page left out, words mended, lines joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

#: How many lines at the head and at the foot of a page can be furniture.
_EDGE = 2
#: On how many pages, and on which share of them, a line is a running head.
_PAGES = 3
_SHARE = 0.5
#: A line that ends a sentence and is shorter than this share of the page's width ends a paragraph.
_SHORT = 0.8
_NUMBER = re.compile(r"(?:page|p\.|-|–|—)?\s*(?:\d{1,4}|[ivxl]{1,7})\s*(?:(?:of|/)\s*\d{1,4}|-|–|—)?", re.IGNORECASE)
#: What browsers print at the head and foot: the moment and the title, the address and the page.
_PRINTED = re.compile(
    r"\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}, \d{1,2}:\d\d(?::\d\d)?(?: ?[AP]M)?(?: .*)?|(?:https?|file)://\S*\s+\d+ ?/ ?\d+"
)
_DIGITS = re.compile(r"\d+")
_HYPHENED = re.compile(r"([^\W\d_]+)-$")
_WORD_AHEAD = re.compile(r"[^\W\d_]+")
_CLOSED = re.compile(r"""[.!?:]["'”’)\]]*$""")

Page = Sequence[str]


def join(pages: Sequence[Page]) -> str:
    """The text of the pages, a blank line between its paragraphs."""
    heads = _running(pages)
    bodies = [_body(page, heads) for page in pages]
    words = Counter(word.casefold() for body in bodies for line in body for word in _words(line))
    return "\n\n".join(_mended(lines, words) for lines in _paragraphs(bodies))


def _words(line: str) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*(?!-$)\b", line)


# -- heads and feet ------------------------------------------------------------------------


def _running(pages: Sequence[Page]) -> frozenset[str]:
    """The lines that stand at the edge of page after page; numbers in them may count up."""
    seen = Counter(key for page in pages for key in {_key(page[at]) for at in _edges(page)})
    return frozenset(key for key, times in seen.items() if key and times >= max(_PAGES, _SHARE * len(pages)))


def _edges(page: Page) -> list[int]:
    filled = [at for at, line in enumerate(page) if line.strip()]
    return sorted({*filled[:_EDGE], *filled[-_EDGE:]})


def _key(line: str) -> str:
    return _DIGITS.sub("#", " ".join(line.split())).casefold()


def _body(page: Page, heads: frozenset[str]) -> list[str]:
    edges = set(_edges(page))
    filled = [at for at, line in enumerate(page) if line.strip()]
    outermost = {*filled[:1], *filled[-1:]}

    def is_furniture(at: int, line: str) -> bool:
        if at in outermost and _NUMBER.fullmatch(line.strip()):
            return True
        return at in edges and (_key(line) in heads or bool(_PRINTED.fullmatch(line.strip())))

    body = [line.rstrip() for at, line in enumerate(page) if not is_furniture(at, line)]
    return "\n".join(body).strip("\n").split("\n")


# -- lines into paragraphs -----------------------------------------------------------------


def _paragraphs(bodies: Sequence[Sequence[str]]) -> Iterator[list[str]]:
    """The lines of each paragraph; one that is not closed at the foot of a page goes on over leaf."""
    current: list[str] = []
    for body in bodies:
        width = _width(body)
        for line in body:
            if current and (not line or (_begins(line) and _CLOSED.search(current[-1]))):
                yield current
                current = []
            if line:
                current.append(line.strip())
            if line and _ends(line.strip(), width):
                yield current
                current = []
    if current:
        yield current


def _width(lines: Sequence[str]) -> int:
    """How wide the column is, in characters: few lines are wider."""
    lengths = sorted(len(line.strip()) for line in lines if line.strip())
    return lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0


def _begins(line: str) -> bool:
    return line.startswith(("  ", "\t", "•"))


def _ends(line: str, width: int) -> bool:
    return bool(_CLOSED.search(line)) and len(line) < _SHORT * width


def _mended(lines: Sequence[str], words: Counter[str]) -> str:
    text = ""
    for line in lines:
        if not text:
            text = line
        elif text.endswith("\u00ad"):  # a hyphen that is there for the line's end alone
            text = text[:-1] + line
        elif (half := _HYPHENED.search(text)) and line[:1].islower() and (rest := _WORD_AHEAD.match(line)):
            text = (text if _keeps_hyphen(half[1], rest.group(), words) else text[:-1]) + line
        else:
            text = text + ("" if text.endswith(("-", "–", "—", "/")) else " ") + line
    return text.replace("\u00ad", "")


def _keeps_hyphen(first: str, rest: str, words: Counter[str]) -> bool:
    """Whether the rest of the text writes the word with a hyphen, or knows its halves but not the whole."""
    first, rest = first.casefold(), rest.casefold()
    with_hyphen, without = words[f"{first}-{rest}"], words[first + rest]
    if with_hyphen or without:
        return with_hyphen > without
    return words[first] > 0 and words[rest] > 1  # the half on the next line is one of them
