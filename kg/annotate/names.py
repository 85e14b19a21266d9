"""Proper names: those that the model saw, mended in classes, and those that it did not see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.annotate.entries import Entry
from kg.annotate.gazetteer import Gazetteer
from kg.rules.lexicon import Lexicon
from kg.syntax import NamedSpan, Parse

#: The model's labels that name an entity; the others are times, amounts and numbers.
LABELS = frozenset({"PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE"})
_AMOUNTS = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"})
_OPENING = frozenset({"DT", "PRP$", "_SP", "``", "-LRB-", "HYPH", ":", ",", "CC", "IN", "''", "RB"})
_CLOSING = frozenset({"POS", "_SP", "''", "``", ",", ".", ":", "HYPH", "-LRB-", "-RRB-", "CC", "IN", "DT"})
#: Labels of things whose names are phrases with small words in them.
_PHRASES = frozenset({"WORK_OF_ART", "LAW", "EVENT"})


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name: its tokens without article, title and possessive, the model's label
    (``""`` where it gave none) and what the gazetteer knows by that name."""

    start: int
    end: int
    label: str
    entries: tuple[Entry, ...] = ()


class Names:
    """What is needed to find the names of one text; ``find`` does."""

    def __init__(self, parse: Parse, lexicon: Lexicon, gazetteer: Gazetteer) -> None:
        self.parse = parse
        self.lexicon = lexicon
        self.gazetteer = gazetteer

    def find(self, body: Sequence[tuple[int, int]], timed: frozenset[int]) -> list[Name]:
        """The names within the token ranges ``body``, in order; none begins in a time expression."""
        parse = self.parse
        spans: list[NamedSpan] = []
        for n in parse.names:
            if n.label in LABELS:
                spans += self._mended(n)
        amounts = timed | {i for n in parse.names if n.label in _AMOUNTS for i in range(n.start, n.end)}
        taken = {i: n for n in spans for i in range(n.start, n.end)}
        out: list[Name] = []
        for start, end in body:
            i = start
            while i < end:
                name = self._at(i, end, taken, amounts)
                if name is not None:
                    out.append(name)
                i = name.end if name is not None else i + 1
        return out

    # ------------------------------------------------------------------ one place
    def _at(self, i: int, end: int, taken: dict[int, NamedSpan], amounts: frozenset[int] | set[int]) -> Name | None:
        """The name that begins at the token, if one does."""
        parse = self.parse
        seen = taken.get(i)
        if not parse.words[i][:1].isupper() and (seen is None or seen.start != i):
            return None
        count, entries = self.gazetteer.longest(parse.words, i) if i not in amounts else (0, ())
        stop = min(i + count, end)
        if seen is not None and seen.start <= i < seen.end and stop < seen.end:
            if i != seen.start:
                return Name(i, seen.end, seen.label, self._known(i, seen.end))
            return self._divided(seen, stop, entries)
        if entries and self._is_trusted(i, stop, entries, seen):
            label = seen.label if seen is not None and seen.end == stop else ""
            return Name(i, stop, label, entries)
        if seen is not None:
            return Name(i, seen.end, seen.label, entries if stop == seen.end else self._known(i, seen.end))
        if i in amounts:
            return None
        return self._unseen(i, end, taken)

    def _divided(self, seen: NamedSpan, stop: int, entries: tuple[Entry, ...]) -> Name:
        """The model's name, or its beginning where that is a name of another kind that ran into it:
        an outlet and a person in "told NPR Ann Bo had fled"."""
        first = entries[0] if entries else None
        if first is not None and seen.label == "PERSON" and not first.weak and first.kind in {"outlet", "body"}:
            return Name(seen.start, stop, "ORG", entries)
        return Name(seen.start, seen.end, seen.label, self._known(seen.start, seen.end))

    def _known(self, start: int, end: int) -> tuple[Entry, ...]:
        return self.gazetteer.find(self.parse.text_of(start, end))

    def _is_trusted(self, i: int, stop: int, entries: tuple[Entry, ...], seen: NamedSpan | None) -> bool:
        """Whether the gazetteer's reading counts without the model's, or beyond it."""
        if entries[0].kind == "user":
            return True
        if entries[0].weak or entries[0].kind == "given name":
            return False
        if seen is not None and seen.label == "PERSON" and seen.end == stop:
            return True
        tags = self.parse.tags[i:stop]
        return stop - i > 1 or tags[0] in {"NNP", "NNPS", "JJ"}

    def _unseen(self, i: int, end: int, taken: dict[int, NamedSpan]) -> Name | None:
        """A run of capitalised words that the model overlooked."""
        parse = self.parse
        if parse.tags[i] not in {"NNP", "NNPS"} or not parse.words[i][0].isalpha():
            return None
        stop = i + 1
        while stop < end and stop not in taken and self._goes_on(stop):
            stop += 1
        start = self._after_titles(i, stop)
        words = [w for w in parse.lower[start:stop]]
        if start == stop or self._is_common(words) or len(parse.words[start]) < 2:
            return None
        return Name(start, stop, "", self._known(start, stop))

    def _goes_on(self, i: int) -> bool:
        return self.parse.tags[i] in {"NNP", "NNPS"} and self.parse.words[i][:1].isupper()

    def _is_common(self, words: Sequence[str]) -> bool:
        """Whether the words are no name by themselves, for all their capitals: "Parliament"."""
        lexicon = self.lexicon
        if len(words) > 1 and lexicon.post(words) is None and lexicon.person(words) is None:
            return False
        head = lexicon.head(words)
        return (
            (head is not None and len(words) == 1)
            or lexicon.post(words) is not None
            or lexicon.person(words) is not None
            or lexicon.kinship(words) is not None
            or lexicon.title(words[-1]) is not None
        )

    # ------------------------------------------------------------------ the model's spans
    def _mended(self, span: NamedSpan) -> Iterator[NamedSpan]:
        """The model's span without what is no name, in two where a possessive divides it."""
        parse = self.parse
        inner = [i for i in range(span.start, span.end - 1) if parse.tags[i] == "POS"]
        if inner and span.label not in _PHRASES and not self._is_of_name(inner[0]):
            yield from self._mended(NamedSpan(span.start, inner[0], span.label))
            yield from self._mended(NamedSpan(inner[0] + 1, span.end, span.label))
            return
        start, end = self._trimmed(span.start, span.end, span.label)
        if span.label in {"PERSON", "NORP", "GPE", "ORG"}:
            start = self._after_titles(start, end)
        end = self._completed(end, span.label)
        start, end = self._trimmed(start, end, span.label)
        if start < end and self._is_name(start, end, span.label):
            yield NamedSpan(start, end, span.label)

    def _is_of_name(self, possessive: int) -> bool:
        """Whether the possessive is part of a name that the gazetteer knows: "Macy's"."""
        before = self.gazetteer.longest(self.parse.words, possessive - 1)
        return before[0] >= 2

    def _trimmed(self, start: int, end: int, label: str) -> tuple[int, int]:
        parse = self.parse
        known = label in _PHRASES
        while start < end and parse.tags[start] in _OPENING and not (known and parse.words[start][0].isupper()):
            start += 1
        while start < end and (
            parse.tags[end - 1] in _CLOSING
            or (not known and not _has_capital(parse.words[end - 1]) and end - start > 1)
        ):
            if parse.tags[end - 1] == "." and parse.words[end - 1] != ".":
                break
            end -= 1
        return start, end

    def _after_titles(self, start: int, end: int) -> int:
        """Where the name begins after titles and posts that stand before it: "Mayor Ann Bo"."""
        parse = self.parse
        best = start
        for i in range(start, min(start + 4, end - 1)):
            words = parse.lower[start : i + 1]
            post = self.lexicon.post(words)
            if self.lexicon.title(parse.words[i]) is not None or (post is not None and not post.weak):
                best = i + 1
        return best

    def _completed(self, end: int, label: str) -> int:
        """A name that stops at a particle or before its last word goes on: "Omar bin | Said"."""
        parse = self.parse
        last = len(parse)
        while (
            label == "PERSON"
            and end < last
            and parse.words[end][:1].isupper()
            and parse.lower[end - 1] in self.lexicon.particles
        ):
            end += 1
        return end

    def _is_name(self, start: int, end: int, label: str) -> bool:
        """Whether what the model calls a name has a capital, and is no bare post or title."""
        parse = self.parse
        words = parse.lower[start:end]
        if not any(_has_capital(parse.words[i]) or parse.words[i][0].isdigit() for i in range(start, end)):
            return False
        if (
            label in _PHRASES
            and any(parse.pos[i] in {"PRON", "VERB", "AUX"} for i in range(start, end))
            and not self._is_quoted(start, end)
        ):
            return False
        if label in {"PERSON", "ORG", "NORP", "PRODUCT"} and self._is_common(words) and not self._known(start, end):
            return False
        return not self._is_part_of_post(start, end)

    def _is_quoted(self, start: int, end: int) -> bool:
        before = self.parse.tags[start - 1] if start else ""
        return before == "``" or (end < len(self.parse) and self.parse.tags[end] == "''")

    def _is_part_of_post(self, start: int, end: int) -> bool:
        """Whether the words open a post that goes on: "National Security | Adviser"."""
        parse = self.parse
        if end >= len(parse) or self._known(start, end):
            return False
        for stop in (end + 1, end + 2):
            post = self.lexicon.post(parse.lower[start:stop])
            if post is not None and len(post.word.split()) >= stop - start:
                return True
        return False


def _has_capital(word: str) -> bool:
    return any(c.isupper() for c in word) or not word.isascii()
