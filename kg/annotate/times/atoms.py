"""A text as atoms: the pieces that time expressions are made of, one character each.

spaCy leaves "2003–2005" whole and takes "2019-01-03" apart; here numbers, words and marks are
always pieces of their own. Each piece is written as one character that stands for all the classes
it belongs to, so that the patterns are ordinary regular expressions over one short string.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.model import Span
from kg.rules.times import TimeWords
from kg.syntax import Parse

OTHER = "."
BREAK = "\n"

_PIECES = re.compile(
    r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?"
    r"|[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}(?![0-9])"
    r"|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\.[0-9]+)?(?![0-9:])"
    r"|[0-9]+\.[0-9]+"
    r"|[0-9]+(?:st|nd|rd|th)(?![a-z])"
    r"|[0-9]+s(?![a-z])"
    r"|[qh][1-4](?![a-z0-9])"
    r"|[0-9]+"
    r"|[^\W\d_]+(?:\.[^\W\d_]+)*\.?"
    r"|['’]s(?![a-z])"
    r"|.",
    re.IGNORECASE | re.DOTALL,
)
_SHAPES: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = (
    (("BIG",), re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")),
    (("DOTTED",), re.compile(r"[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}")),
    (("CLOCK",), re.compile(r"(?:[01]?[0-9]|2[0-4]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?")),
    (("DEC", "DOTCLOCK"), re.compile(r"(?:1?[0-9]|2[0-3])\.[0-5][0-9]")),
    (("DEC",), re.compile(r"[0-9]+\.[0-9]+")),
    (
        ("ORD", "DORD", "ORDN"),
        re.compile(r"0?1st|0?2nd|0?3rd|0?[4-9]th|1[0-9]th|2(?:0th|1st|2nd|3rd|[4-9]th)|30th|31st"),
    ),
    (("ORD",), re.compile(r"[0-9]{1,3}(?:st|nd|rd|th)")),
    (("DECADE",), re.compile(r"(?:1[0-9]|20)?[0-9]0s")),
    (("QUARTER",), re.compile(r"q[1-4]")),
    (("HALF",), re.compile(r"h[12]")),
    (("INT",), re.compile(r"[0-9]{1,9}")),
)
#: Classes of words that no expression is made of alone.
_GLUE = frozenset(
    "INT D N12 H12 HOUR N2 YY HHMM BIG DEC DOTCLOCK ORD DORD ORDINAL CARDINAL SHIFT EDGE EDGE_NOUN ZONE HALF "
    "QUARTER".split()
)
#: Lists that patterns look for beside an expression.
_LISTED = ("APPROX", "BOUND", "VAGUE_NUMBER", "COUNTED", "AGE", "PERIODICAL")


class Vocabulary:
    """Which character stands for a piece, and which characters a class has."""

    def __init__(self, words: TimeWords, literals: Iterable[str], core: Iterable[str]) -> None:
        """``literals`` are words that patterns name; ``core`` those of them that can make an expression."""
        self._core_words = frozenset(core)
        classes: dict[str, set[str]] = {word: {word} for word in literals}
        for name, table in words.words.items():
            for word in table:
                classes.setdefault(word, set()).add(name)
                if name == "ORDINAL":
                    classes[word] |= {"ORD", "DORD"}
        for name in _LISTED:
            for word in words.lists[name]:
                classes.setdefault(word, set()).add(name)
        for word in literals:
            classes[word].update(*(names for names, shape in _SHAPES if shape.fullmatch(word)))
        for text in _numbers():
            classes.setdefault(text, set()).update(number_classes(text))
        self._chars: dict[frozenset[str], str] = {}
        #: The character of each word and each number of up to four digits.
        self.codes: dict[str, str] = {word: self._char(frozenset(found)) for word, found in classes.items()}
        self._shaped = {names: self._char(frozenset(names)) for names, _ in _SHAPES}

    def _char(self, classes: frozenset[str]) -> str:
        return self._chars.setdefault(classes, chr(0xE000 + len(self._chars)))

    def of(self, text: str) -> str:
        """The character of a piece that is in no lexicon: by its shape."""
        for names, shape in _SHAPES:
            if shape.fullmatch(text):
                return self._shaped[names]
        return OTHER

    def having(self, name: str) -> str:
        """Every character of a piece that is of the class, or is the word."""
        return "".join(char for classes, char in self._chars.items() if name in classes)

    @property
    def core(self) -> str:
        """The characters of pieces that can make a time expression."""
        return "".join(
            char
            for classes, char in self._chars.items()
            if any(
                name in self._core_words or (name.isupper() and name not in _GLUE and name not in _LISTED)
                for name in classes
            )
        )


def number_classes(text: str) -> set[str]:
    """What a number of up to four digits may be, by its digits alone."""
    number, width = int(text), len(text)
    names = {"INT"}
    if width <= 2:
        ranges = {"D": range(1, 32), "N12": range(1, 13), "H12": range(1, 13), "HOUR": range(25)}
        names |= {name for name, span in ranges.items() if number in span}
        names |= {"N2", "YY"} if width == 2 else set()
    elif width == 4:
        names |= {"Y4"} if 1000 <= number <= 2199 else set()
        names |= {"HHMM"} if number // 100 <= 24 and number % 100 < 60 else set()
    return names


def _numbers() -> Iterable[str]:
    return (f"{number:0{width}}" for width in (1, 2, 3, 4) for number in range(10**width))


@dataclass(slots=True)
class Atoms:
    """The pieces of a text. ``codes`` has one character a piece, ``tokens`` the parse's token
    that each lies in; ``pieces`` the offsets and the text of those that are part of a token."""

    parse: Parse
    codes: str
    tokens: list[int]
    pieces: dict[int, tuple[int, int, str]] = field(default_factory=dict)

    def word(self, i: int) -> str:
        """The piece in lower case."""
        piece = self.pieces.get(i)
        return piece[2] if piece else self.parse.lower[self.tokens[i]]

    def words(self, start: int, end: int) -> list[str]:
        """The pieces ``start`` to ``end`` (exclusive), in lower case."""
        return [self.word(i) for i in range(start, end)]

    def begin(self, i: int) -> int:
        """The piece's first code point."""
        piece = self.pieces.get(i)
        return piece[0] if piece else self.parse.starts[self.tokens[i]]

    def end(self, i: int) -> int:
        """The code point after the piece."""
        piece = self.pieces.get(i)
        return piece[1] if piece else self.parse.ends[self.tokens[i]]

    def span(self, start: int, end: int) -> Span:
        """The code points of the pieces ``start`` to ``end`` (exclusive)."""
        return self.begin(start), self.end(end - 1)

    def tag(self, i: int) -> str:
        """The tag of the token that the piece lies in, "" outside the text."""
        return self.parse.tags[self.tokens[i]] if 0 <= i < len(self.tokens) else ""

    def at(self, i: int) -> str:
        """The piece in lower case, "" outside the text and across a paragraph's end."""
        return self.word(i) if 0 <= i < len(self.tokens) and self.codes[i] != BREAK else ""

    def glued(self, i: int) -> bool:
        """Whether no blank stands between the piece and the one before it."""
        return 0 < i < len(self.tokens) and self.begin(i) == self.end(i - 1)


def split(parse: Parse, vocabulary: Vocabulary) -> Atoms:
    """The text's pieces, in order. White space within a paragraph and square brackets are left out."""
    codes: list[str] = []
    tokens: list[int] = []
    atoms = Atoms(parse, "", tokens)
    get = vocabulary.codes.get
    for i, word in enumerate(parse.lower):
        code = get(word)
        if code is None:
            if word.isalpha():
                code = OTHER
            elif word.isspace() or not word:
                if not _ends_paragraph(parse, i):
                    continue
                code = BREAK
            elif word in "[]":
                continue
            else:
                _take_apart(atoms, i, codes, vocabulary)
                continue
        codes.append(code)
        tokens.append(i)
    atoms.codes = "".join(codes)
    return atoms


def _ends_paragraph(parse: Parse, i: int) -> bool:
    """Whether the white space is a paragraph's end: a blank line, or a line's that ends a sentence."""
    word = parse.words[i]
    newlines = word.count("\n")
    if newlines != 1:
        return newlines > 1
    return i + 1 >= len(parse) or parse.sent_of[i] != parse.sent_of[i + 1] or parse.sents[parse.sent_of[i]][0] == i


def _take_apart(atoms: Atoms, i: int, codes: list[str], vocabulary: Vocabulary) -> None:
    start, word = atoms.parse.starts[i], atoms.parse.words[i]
    for match in _PIECES.finditer(word):
        text = match.group().lower().replace("’", "'")
        begin, end = start + match.start(), start + match.end()
        if text[-1] == "." and len(text) > 1 and text not in vocabulary.codes:
            # a full stop, and no part of an abbreviation that is known
            text, end = text[:-1], end - 1
        atoms.pieces[len(codes)] = (begin, end, text)
        codes.append(vocabulary.codes.get(text) or vocabulary.of(text))
        atoms.tokens.append(i)
