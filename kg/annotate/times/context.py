"""What a time expression is read against: the document's date, and the times mentioned before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Literal

from kg.annotate.times import tense
from kg.annotate.times.atoms import Atoms
from kg.annotate.times.patterns import Match
from kg.annotate.times.periods import FINENESS, Grain, Period
from kg.annotate.times.tense import Tense
from kg.rules.times import TimeWords
from kg.syntax import Parse

TimexType = Literal["DATE", "TIME", "DURATION", "SET"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one expression means. ``start`` and ``end`` are pieces of the text, end exclusive.

    ``period`` is the stretch of the calendar, where one follows; ``value`` the TIMEX3 value where
    none does. ``edtf``, ``first`` and ``last`` stand for themselves where they differ from the
    period's (ranges, open ends). ``clock`` is a time of day that still wants a day; ``apply``
    makes a period of the one that the neighbouring expression gives ("the morning of", "two days
    before"); both are looked for among the neighbours, else ``period`` or ``value`` stands.
    """

    start: int
    end: int
    type: TimexType
    value: str = ""
    period: Period | None = None
    edtf: str | None = None
    first: date | None = None
    last: date | None = None
    clock: str = ""
    apply: Callable[[Period], Period | None] | None = None
    #: Where the expression would end if ``apply`` has something to apply to; 0 for ``end``.
    reach: int = 0


@dataclass(slots=False)
class Context:
    """A text that is being read; ``at`` is the piece where the reading is."""

    parse: Parse
    atoms: Atoms
    date: date | None
    words: TimeWords
    #: The calendar times so far, each with its first piece.
    mentions: list[tuple[int, Period]] = field(default_factory=list)
    at: int = 0

    @property
    def today(self) -> Period | None:
        """The document's day."""
        return None if self.date is None else Period(self.date, "day")

    def mentioned_near(self, at: int, finest: Grain) -> Period | None:
        """The last calendar time of that grain or finer that the sentence of the piece ``at`` gives."""
        sentence = self.sentence(at)
        for where, period in reversed(self.mentions):
            if self.sentence(where) != sentence:
                return None
            if FINENESS[period.grain] <= FINENESS[finest]:
                return period
        return None

    def anchor(self, source: str, finest: Grain) -> Period | None:
        """Where an expression counts from: the last time mentioned ("text") of that grain or a finer
        one, else the document's day. ``None`` where the text has just gone to another time without
        saying so finely: "In May 2016 he quit; the next day he fled"."""
        if source != "text":
            return self.today
        for where, period in reversed(self.mentions):
            if FINENESS[period.grain] <= FINENESS[finest]:
                return period
            if self.atoms.at(where - 1) == "since":
                continue  # "sanctions since 2011" does not take the text to another time
            first, last = replace(period, edge="").bounds
            near = self.sentence(self.at) - self.sentence(where) <= 1
            if near and not (self.date and first <= self.date <= last):
                return None
        return self.today

    def sentence(self, at: int) -> int:
        """The sentence of a piece."""
        return self.parse.sent_of[self.atoms.tokens[at]]

    def tense(self, match: Match) -> Tense:
        """The tense of the clause that the expression stands in."""
        return tense.of_clause(self.parse, self.head(match), self.words)

    def head(self, match: Match) -> int:
        """The token of the expression that hangs on a word outside it."""
        inside = match.tokens
        for i in inside:
            if self.parse.heads[i] not in inside:
                return i
        return inside[-1]

    def before(self, match: Match, back: int = 1) -> str:
        """The piece before the expression, in lower case."""
        return self.atoms.at(match.start - back)

    def after(self, match: Match, on: int = 0) -> str:
        """The piece after the expression, in lower case."""
        return self.atoms.at(match.end + on)

    def tag_after(self, match: Match) -> str:
        """The tag of the piece after the expression."""
        return self.atoms.tag(match.end) if self.after(match) else ""

    def is_upper(self, piece: int) -> bool:
        """Whether a piece begins with a capital."""
        return self.parse.text[self.atoms.begin(piece)].isupper()

    def is_name(self, match: Match) -> bool:
        """Whether the expression is part of a longer name ("Sunday Herald", "Winter Garden")."""
        tokens = match.tokens
        name = self.parse.name_at.get(tokens[-1])
        if name is None or name.label in {"DATE", "TIME", "CARDINAL", "ORDINAL", "QUANTITY"}:
            return False
        return name.end > tokens[-1] + 1 and self.parse.tags[tokens[-1] + 1] in {"NNP", "NNPS"}

    def is_title(self, match: Match) -> bool:
        """Whether a word like "today" has a capital because it ends a name ("Herald Today")."""
        before = match.start - 1
        if not self.is_upper(match.start) or before < 0 or self.sentence(before) != self.sentence(match.start):
            return False
        return self.atoms.tag(before) in {"NNP", "NNPS"} and self.is_upper(before)

    def says_that(self, match: Match) -> bool:
        """Whether the "that" of the expression begins a clause: "said that May ..."."""
        return self.atoms.word(match.start) == "that" and self.atoms.tag(match.start) == "IN"

    def listed(self, name: str, word: str) -> bool:
        """Whether a word is on one of the lists of ``kg/rules/times.toml``."""
        return word in self.words.lists[name]

    @cached_property
    def day_first(self) -> bool:
        """Whether the text writes its days before its months."""
        words = [self.atoms.word(i) for i in range(len(self.atoms.tokens))]
        months = {**self.words.words["MONTH"], **self.words.words["MON"]}
        score = 0
        for before, word, after in zip(["", *words], words, [*words[1:], ""], strict=False):
            if word in months:
                score += before.rstrip("stndrh").isdecimal()
                score -= after.isdecimal() and len(after) <= 2
        return score > 0


def calendar(match: Match, period: Period | None, value: str = "") -> Reading | None:
    """A reading of type DATE or TIME; ``value`` is for a text without a date."""
    if period is None and not value:
        return None
    timed = period.grain == "time" if period else "T" in value
    return Reading(match.start, match.end, "TIME" if timed else "DATE", "" if period else value, period)
