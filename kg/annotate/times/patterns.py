"""What time expressions look like: an ordered table of patterns over the pieces of a text.

A pattern is a regular expression (blanks are for the reader) in which ``<...>`` is one piece: a
word in lower case, a class of ``kg/rules/times.toml`` or of the shapes of ``atoms.py`` in capitals,
or several of them, ``<last|next|MONTH>``. ``<name:...>`` names what it finds, ``{macro}`` and
``{name:macro}`` put in a part of the table below. The first pattern that fits wins, so that the
longer ones stand first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from kg.annotate.times.atoms import BREAK, OTHER, Atoms, Vocabulary
from kg.errors import RulesError
from kg.rules import times as rules

#: Marks that join the two ends of a range.
_DASH = "-|–|—|‐|‑"
_TO = f"to|until|till|through|thru|{_DASH}"

MACROS: dict[str, str] = {
    # numbers
    "int": "(?: (?: <a> (?= <hundred|thousand> ) )? <INT|CARDINAL> (?:<-|‑>? <CARDINAL>)* (?:<and> <CARDINAL>)? "
    "| <BIG> | <DEC> )",
    "some": "(?: <a|an>? <couple> <of>? | <a>? <VAGUE_NUMBER|dozen> | <dozens|scores|hundreds|thousands> <of> )",
    "quantity": "(?: {int} (?: <and> <a> <half> )? | {some} | <half> <a|an> | <a> <half> <-|‑>? | <a|an> )",
    "half": "(?: (?P<tail> <and> <a> <half> ) )?",
    "approx": "(?: <APPROX> <to>? | <BOUND> | <at> <least|most> | <more|less|fewer> <than> | <up> <to> | <just> "
    "<BOUND> )",
    "ordinal": "(?: (?:<twenty|thirty> <-|‑>?)? <ORD> )",
    # which part of a period: "early", "mid-", "the end of"
    "edge": f"(?: <EDGE> <{_DASH}|in>? <the>? | <the>? <very>? <EDGE_NOUN> <of> <the>? )",
    # years after a month or a day
    "dated": "(?: <,>? <y:Y4> (?!<%|COUNTED>) | <,>? <'> <yy:YY> | <,>? <of>? <ys:this|last|next|that|same> "
    "<same>? <year> "
    "| <the|of> <the>? <ys2:following|previous|same> <year> )",
    "which": "(?: <y:Y4> (?: <-|–|/> <yy2:YY> )? | <'> <yy:YY> | <ys:this|last|next|that> <year> | <the> "
    "<ys2:following|previous|same>? <year> )",
    "weekday": "(?: <w:WEEKDAY|WDAY> (?: (?<= <WDAY> ) <.> )? <,>? <the>? )?",
    "month": "<m:MONTH|MON> (?: (?<= <MON> ) <.> )?",
    "late": "(?: <early|late|earlier|later> <on>? <the>? )?",
    "the": "(?: <the> )?",
    # "July and August 2016", "January 3 to March 9, 2014": the year stands at the second
    "month_ahead": f"(?= <{_TO}|and|or> <MONTH|MON> <.|,>? <y3:Y4> )?",
    "day_ahead": f"(?= <{_TO}|and|or> (?: <MONTH|MON> <.>? <D|DORD> | <the>? <D|DORD> <of>? <MONTH|MON> <.>? ) <,>? "
    f"<y3:Y4> )?",
    "not_counted": "(?! <COUNTED|UNIT|HALF_DAY|million|billion|thousand|hundred> | <:> )",
    "zone": "(?: <ZONE> <time>? | <local> <time> )?",
    "aside": "(?: <(> <CLOCK|HHMM|H12|DOTCLOCK> <HALF_DAY>? <ZONE>? <,>? <)> )?",
}

#: (kind, pattern): ``resolve.py`` has a function for each kind.
PATTERNS: tuple[tuple[str, str], ...] = (
    ("nothing", "{phrases:blocked}"),
    ("named", "{phrases:named}"),
    # ---- full dates
    ("iso_date", "<y:Y4> <-> <m:N2> <-> <d:N2> (?: <t>? <c:CLOCK> <z:z>? )? (?!<-|INT>)"),
    ("numeric_date", "<y:Y4> </> <m:N12> </> <d:D> (?!</>)"),
    ("slashed_date", "<a:N12|D> (?P<mark> </> ) <b:N12|D> </> <y:Y4|YY> (?!</>)"),
    ("slashed_date", "<a:N12|D> <-> <b:N12|D> <-> <y:Y4> (?!<->)"),
    ("dotted_date", "<x:DOTTED>"),
    (
        "month_days",
        f"{{weekday}} {{month}} <the>? <d:D|DORD> <{_TO}|and|&> <the>? <e:D|DORD> {{not_counted}} (?! "
        f"<{_DASH}|of|/> | <MONTH> ) {{dated}}?",
    ),
    (
        "days_month",
        f"(?: <the> (?= <DORD> ) )? <d:D|DORD> <{_TO}|and|&> <the>? <e:D|DORD> <of>? {{month}} {{dated}}?",
    ),
    (
        "month_day",
        "{edge}? {weekday} {month} <the>? <d:D|DORD> {not_counted} (?! <of> ) (?: {dated} | {day_ahead} )",
    ),
    (
        "month_day",
        "{edge}? {weekday} (?: <the> (?= <DORD> ) )? <d:D|DORD> <of>? <-|/>? {month} <-|/>? (?: {dated} | "
        "{day_ahead} )",
    ),
    ("month_year", "(?: {edge} | <the> <month> <of> )? <m:MONTH|MON> <.>? <,|of>? {dated}"),
    # ---- holidays and named days
    ("holiday", "{edge}? (?: <the>? <s:SHIFT> )? {phrases:holiday} (?: <p:DAYPART> )? (?: <,|of|in>? {which} )?"),
    # ---- parts of the year
    (
        "quarter",
        "{the} (?: {o:ordinal} | <o2:last|final> ) <-|‑>? (?: <fiscal|financial> )? <quarter> (?: <of> "
        "<fiscal>? {which} )?",
    ),
    ("quarter", "{the} (?: {o:ordinal} | <o2:last|final> ) <-|‑>? (?: <fiscal|financial> )? <quarter> (?: {which} )"),
    ("quarter", "<q:QUARTER> (?: <of|,|'>? (?: <y:Y4> | <yy:YY> ) | <of>? <ys:this|last|next> <year> )?"),
    ("half", "{the} (?: <o:ORD> | <o2:last|latter|final|other> )? <half> <of> <fiscal>? {which}"),
    ("half", "<h:HALF> <of|,>? <y:Y4>"),
    ("season", "{the} (?: <s:SHIFT> <same>? )? {edge}? <n:SEASON> {not_counted} (?: <,|of>? {which} )?"),
    (
        "weekend",
        "(?: <the>? <s:SHIFT> <same>? <s2:past|coming>? | <the> )? <u:weekend> (?: <of> (?= "
        "<MONTH|MON|D|DORD> ) (?P<of>) )?",
    ),
    ("weekends", "(?P<n> <weekends> )"),
    # ---- months
    ("month", "(?: {edge} | <the> <month> <of> )? (?: <the>? <s:SHIFT> )? <m:MONTH> {month_ahead} (?! <D|DORD> )"),
    ("day_of", "<the> <d:DORD> <of> (?: <s:SHIFT> | <the> ) <month>"),
    ("day_of", "(?<= <on> ) <the> <d:ORDN>"),
    ("clock", "{approx}? (?P<c> <HHMM> (?: <hours|hrs> | (?= <ZONE> ) ) ) {zone} {aside}"),
    # ---- decades, centuries, years
    ("decade", "{the} {edge}? (?: <to> {edge} )? <'>? (?: <d:DECADE> | <y:Y4> <'s> )"),
    ("decade_word", "<the> {edge}? (?: <c:Y4|nineteen> <-|‑>? )? <n:DECADE_WORD>"),
    ("century", "{the} {edge}? {o:ordinal} <-|‑>? <century>"),
    ("fiscal", "<the>? <fiscal|financial> <year>? <y:Y4> (?: <-|–|/> <YY> )?"),
    ("fiscal", "<fy> <y:Y4>"),
    ("years", "<y:Y4> <-|–|/> <yy:YY> {not_counted} (?!<-|–|/>)"),
    ("year", "(?: {edge} | <the>? <year> )? <y:Y4>"),
    ("year", "(?<= <in|since|of|until|by> ) <'> <yy:YY>"),
    ("year_end", "<the|this|last|next>? <year> <-|‑|'s>? <end>"),
    # ---- clock times
    ("clock", "{approx}? (?P<c> <HOUR|CLOCK|DOTCLOCK> <HALF_DAY> ) {zone} {aside}"),
    ("clock", "{approx}? (?P<c> <H12|CARDINAL> <o'clock> ) {zone} {aside} (?: <in> <the> <p:DAYPART> )?"),
    ("clock", "{approx}? (?P<c> <CLOCK> <hours|hrs>? ) {zone} {aside} (?P<bare>)"),
    ("clock", "{approx}? (?P<c> <half|quarter> <past|to> <H12|CARDINAL> )"),
    ("clock", "{approx}? (?P<c> <H12|CARDINAL> ) <in> <the> <p:DAYPART>"),
    ("moment", "{approx}? (?: <at> )? <n:MOMENT> {zone}"),
    # ---- days
    ("days_off", "<the> <day> <r:before|after> <t:TODAY>"),
    ("before_last", "<the> <u:SHIFTABLE> <r:before|after> <last|next>"),
    ("today", "{late} <t:TODAY> (?: <'s>? <p:DAYPART> )?"),
    ("tonight", "<n:tonight|overnight>"),
    (
        "weekday",
        "{late} (?: <the>? <s:SHIFT> <same>? )? (?: <s2:past|coming> )? <w:WEEKDAY> (?: <p:DAYPART> )? (?: "
        "<of>? <x:this|last|next|that> <week> )?",
    ),
    ("weekdays", "<w:WEEKDAYS>"),
    (
        "this_part",
        "(?: <early|late|earlier|later> )? (?: <the> <s:SHIFT> | <s2:SHIFT> ) <same>? (?: <early|late> )? <p:DAYPART>",
    ),
    (
        "part_of",
        "<the>? (?: <small|early|late> )? (?: <hours> | <p:DAYPART> <hours>? ) <of> (?= "
        "<WEEKDAY|MONTH|MON|D|DORD|the|TODAY> )",
    ),
    ("part", "(?<= <in|during|for> ) <the> (?: <early|late> )? <p:DAYPART> (?: <hours> )?"),
    ("part", "(?<= <at> ) <p:DAYPART>"),
    # ---- "last week", "the following year", "later that month"
    (
        "span",
        "<nearly|almost|roughly>? (?: <the|this|these|those>? ) "
        "<s:past|last|next|coming|upcoming|following|previous|preceding|first|final> (?: {q:quantity} )? "
        "<u:UNIT> (?: <and> <u2:UNIT> )?",
    ),
    (
        "shifted",
        "(?: <early|late|earlier|later> <in>? )? (?: {edge} )? (?: <the> <s:SHIFT> <same>? | <s2:SHIFT> "
        "<same|past|coming|very>? ) (?: <fiscal|financial|calendar> )? <u:SHIFTABLE> (?! <-|‑> )",
    ),
    ("in_the", "<early|late|earlier|later> <in> <the> <u:SHIFTABLE>"),
    ("edge_of", "<the>? <EDGE_NOUN> <of> <the> <u:week|month|year|decade|century|quarter>"),
    # ---- sets
    (
        "every",
        "<every|each> (?: <other> | {q:int} | <ORD> )? (?: <u:UNIT|SHIFTABLE> | <w:WEEKDAY> | <m:MONTH> | "
        "<n:SEASON> ) (?: <p:DAYPART> )?",
    ),
    ("every", "<every|each> <other>? <p:DAYPART>"),
    (
        "times",
        "(?: {int} <times> | <once|twice|thrice> | {some} <times> ) (?: <a|an|per|every|each> ) (?: {q:int} "
        ")? <u:UNIT>",
    ),
    ("frequency", "<f:FREQUENCY>"),
    # ---- distances
    ("ago", "{approx}? {q:quantity} <u:UNIT> {half} (?: <and> {q2:quantity} <u2:UNIT> )? <ago|back> (?: <today> )?"),
    ("ago", "(?: <long>? ) <u:days|weeks|months|years|decades|centuries|hours> <ago>"),
    (
        "apart",
        "{approx}? {q:quantity} <u:UNIT> {half} (?: <and> {q2:quantity} <u2:UNIT> )? "
        "<r:earlier|later|before|after|previously|afterwards|afterward|beforehand|prior|hence>",
    ),
    ("apart", "{approx}? {q:quantity} <u:UNIT> {half} (?P<r> <from> <now|today> | <down> <the> <line> )"),
    ("apart", "<the> <u:UNIT|DAYPART> <r:before|after>"),
    ("apart", "<u:days|weeks|months|years|decades|hours|minutes> <r:later|earlier|before|after>"),
    ("ahead", "(?<= <in> ) {approx}? {q:quantity} <u:UNIT> {half} (?: <'|'s> <time> )?"),
    # ---- durations
    (
        "duration",
        "(?: <the> (?= <INT|CARDINAL> <UNIT> ) )? {approx}? {q:quantity} <-|‑|–>? <u:UNIT> {half} "
        "(?: <and>? {q2:int} <u2:UNIT> )? "
        "(?: <-|‑>? <long> )? (?! <-|‑>? <AGE> )",
    ),
    (
        "duration",
        "(?<= <for|in|after|over|within|of|many|through|during|spanning|spent|took|last|lasted|lasting> ) "
        "<u:days|weeks|months|years|decades|centuries|hours|minutes>",
    ),
    ("duration", "<u:UNIT> <-|‑> <long>"),
    ("duration", "(?: <the|an> )? <entire|whole|full> <u:UNIT>"),
    ("rate", "<per> <u:UNIT>"),
    # ---- the rest
    ("vague", "{phrases:vague}"),
)


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern that fits: its kind, the pieces ``start`` to ``end`` (exclusive), and its named parts."""

    kind: str
    atoms: Atoms
    start: int
    end: int
    parts: dict[str, tuple[int, int]]

    def has(self, *names: str) -> bool:
        """Whether one of the parts is there."""
        return any(name in self.parts for name in names)

    def word(self, *names: str) -> str:
        """The first piece of the first of these parts that is there, "" if none is."""
        for name in names:
            if name in self.parts:
                return self.atoms.word(self.parts[name][0])
        return ""

    def words(self, name: str | None = None) -> list[str]:
        """The pieces of a part, or of the whole."""
        start, end = (self.start, self.end) if name is None else self.parts.get(name, (0, 0))
        return self.atoms.words(start, end)

    @property
    def phrase(self) -> str:
        """The fixed phrase of the lexicon that it has, its pieces set apart by blanks."""
        return " ".join(self.words("h"))

    @property
    def tokens(self) -> range:
        """The parse's tokens that it covers."""
        return range(self.atoms.tokens[self.start], self.atoms.tokens[self.end - 1] + 1)


class Grammar:
    """The patterns, compiled: where they fit in a text."""

    def __init__(self) -> None:
        words = rules.load()
        texts = [(kind, _expand(text, words)) for kind, text in PATTERNS]
        self.kinds = [kind for kind, _ in texts]
        names = {name for _, text in texts for item in _ITEM.finditer(text) for name in _names(item)[1]}
        core = _core(words)
        self.vocabulary = Vocabulary(words, {name for name in names if not _is_class(name)} | core, core)
        pieces = [self._pieces(text) for _, text in texts]
        self._each = [_Lazy(text) for text in pieces]
        self._any = re.compile("|".join(f"(?P<p{n}>{_GROUP.sub('(?:', text)})" for n, text in enumerate(pieces)), re.X)
        self._core = re.compile(f"[{self.vocabulary.core}]")

    def runs(self, codes: str) -> Iterator[tuple[int, int]]:
        """Each stretch of known pieces with one in it that can make a time expression."""
        end = 0
        for core in self._core.finditer(codes):
            at = core.start()
            if at < end:
                continue
            start = at
            while start > end and codes[start - 1] not in _STOPS:
                start -= 1
            end = at + 1
            while end < len(codes) and codes[end] not in _STOPS:
                end += 1
            yield start, end

    def first(self, codes: str, start: int, end: int) -> tuple[int, int] | None:
        """The leftmost place in a run where a pattern fits, and the first pattern that does."""
        found = self._any.search(codes, start, end)
        return (found.start(), int((found.lastgroup or "p0")[1:])) if found else None

    def fits(self, atoms: Atoms, at: int, end: int, first: int) -> Iterator[Match]:
        """The matches at a place, by the patterns from the ``first`` on that fit there."""
        for n in range(first, len(self._each)):
            found = self._each[n].expression.match(atoms.codes, at, end)
            if found and found.end() > at:
                parts = {name: found.span(name) for name, text in found.groupdict().items() if text is not None}
                yield Match(self.kinds[n], atoms, at, found.end(), parts)

    def _pieces(self, text: str) -> str:
        """The pattern with a set of characters for each ``<...>``."""
        return _ITEM.sub(self._piece, text)

    def _piece(self, item: re.Match[str]) -> str:
        label, names = _names(item)
        sets = [self.vocabulary.having(name) for name in names]
        if not all(sets):
            raise RulesError(f"a pattern of time expressions names {item.group()}, and no word is of that class")
        chars = "".join(dict.fromkeys("".join(sets)))
        return f"(?P<{label}>[{chars}])" if label else f"[{chars}]"


class _Lazy:
    """A regular expression that is compiled when it is first wanted."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def expression(self) -> re.Pattern[str]:
        return re.compile(self._text, re.X)


@lru_cache(maxsize=1)
def grammar() -> Grammar:
    """The one grammar, compiled when it is first wanted."""
    return Grammar()


_STOPS = frozenset({OTHER, BREAK})
_ITEM = re.compile(r"(?<!\(\?P)<([^<>=! ][^<>]*)>")
_MACRO = re.compile(r"\{(?:(\w+):)?(\w+)\}")
_GROUP = re.compile(r"\(\?P<\w+>")
_LABEL = re.compile(r"([a-z]\w*):(?=.)")
#: Words of the patterns that make a time expression though they are in no class.
_CORE_WORDS = frozenset(
    {"tonight", "overnight", "o'clock", "weekends", "quarter", "half", "/", "'", "gmt", "utc", "fy"}
)


def _is_class(name: str) -> bool:
    return (name.isupper() and name.replace("_", "").isalnum() and len(name) > 1) or name == "D"


def _names(item: re.Match[str]) -> tuple[str, list[str]]:
    """The label and the alternatives of ``<label:one|two>``."""
    text = item.group(1)
    label = _LABEL.match(text)
    return (label.group(1), text[label.end() :].split("|")) if label else ("", text.split("|"))


def _core(words: rules.TimeWords) -> set[str]:
    return {_phrase(text)[0][-1] for table in words.phrases.values() for text in table} | _CORE_WORDS


def _phrase(text: str) -> tuple[list[str], list[str]]:
    """The words of a phrase, and those that have to follow it."""
    phrase, _, after = text.partition(" > ")
    return phrase.split(), after.split()


def _expand(text: str, words: rules.TimeWords) -> str:
    """The pattern with its macros put in."""

    def put(macro: re.Match[str]) -> str:
        label, name = macro.groups()
        if label == "phrases":
            return f"(?P<h> {_alternatives(words.phrases[name])} )"
        body = _expand(MACROS[name], words)
        return f"(?P<{label}>{body})" if label else body

    return _MACRO.sub(put, text)


def _alternatives(phrases: Iterable[str]) -> str:
    """Any of the phrases, the longest first."""
    out = []
    for phrase, after in sorted(map(_phrase, phrases), key=lambda pair: -len(pair[0])):
        ahead = f"(?= {_items(after)} )" if after else ""
        out.append(_items(phrase) + ahead)
    return f"(?: {' | '.join(out)} )"


def _items(words: Iterable[str]) -> str:
    return " ".join(f"<{word}>" for word in words)
