"""Who speaks in each quotation, as far as its surroundings say."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from kg.rules.nominals import Verbs
from kg.syntax import Parse


class Quotation(NamedTuple):
    """A stretch between quotation marks (token range) and the head token of its speaker."""

    start: int
    end: int
    speaker: int | None


_MARKS = frozenset({'"', "“", "”", "''", "``"})
_FIRST_PERSON = frozenset({"i", "me", "my", "we", "us", "our"})


def find(parse: Parse, verbs: Verbs) -> list[Quotation]:
    """The quotations of a text, in order, and then the statements without quotation marks. A quotation
    without a speaker of its own that follows another at once is the same speaker's."""
    out: list[Quotation] = []
    for start, end in _stretches(parse):
        speaker = _speaker(parse, verbs, start, end)
        if speaker is None and out and _goes_on(parse, out[-1], start):
            speaker = out[-1].speaker
        out.append(Quotation(start, end, speaker))
    return [*_carried_back(parse, out), *_statements(parse, verbs)]


def _statements(parse: Parse, verbs: Verbs) -> Iterator[Quotation]:
    """What a colon at a sentence's end introduces without quotation marks ("The minister said: I welcome
    ..."): the sentences up to the last that speaks in the first person, before any quotation mark."""
    for n in range(len(parse.sents) - 1):
        low, high = parse.sents[n]
        if not _ends_in(parse, n, {":"}) or any(parse.quoted[low:high]):
            continue
        found = [t for i in range(low, high) if (t := _subject_of_saying(parse, verbs, i)) is not None]
        last = _last_in_first_person(parse, n + 1)
        if found and last is not None:
            yield Quotation(high, parse.sents[last][1], found[-1])


def _last_in_first_person(parse: Parse, first: int) -> int | None:
    last = None
    for n in range(first, len(parse.sents)):
        words = parse.lower[slice(*parse.sents[n])]
        if not _MARKS.isdisjoint(words):
            break
        if not _FIRST_PERSON.isdisjoint(words):
            last = n
    return last


def _stretches(parse: Parse) -> Iterator[tuple[int, int]]:
    start: int | None = None
    for i, inside in enumerate(parse.quoted):
        if inside and start is None:
            start = i
        elif not inside and start is not None:
            yield start, i
            start = None
    if start is not None:
        yield start, len(parse)


def _goes_on(parse: Parse, before: Quotation, start: int) -> bool:
    """Whether only the marks and one sentence at most stand between two quotations."""
    return parse.sent_of[start] - parse.sent_of[before.end - 1] <= 1 and start - before.end < 25


def _carried_back(parse: Parse, found: list[Quotation]) -> list[Quotation]:
    """A quotation that stands before one whose speaker is named, in one paragraph, is his too."""
    for n in range(len(found) - 2, -1, -1):
        here, after = found[n], found[n + 1]
        between = parse.words[here.end : after.start]
        if (
            here.speaker is None
            and after.speaker is not None
            and not any("\n" in w for w in between)
            and len(between) < 12
        ):
            found[n] = here._replace(speaker=after.speaker)
    return found


def _speaker(parse: Parse, verbs: Verbs, start: int, end: int) -> int | None:
    """The subject of the nearest verb of speaking outside the quotation, in its sentences or,
    after a colon, in the one before."""
    first, last = parse.sent_of[start], parse.sent_of[end - 1]
    low, high = parse.sents[first][0], parse.sents[last][1]
    if low >= start - 1 and first > 0 and _ends_in(parse, first - 1, {":", ","}):
        low = parse.sents[first - 1][0]
    best: tuple[int, int] | None = None
    for i in range(low, high):
        if start <= i < end or parse.quoted[i]:
            continue
        subject = _subject_of_saying(parse, verbs, i)
        if subject is not None:
            distance = start - i if i < start else i - end
            best = min(best or (distance, subject), (distance, subject))
    return best[1] if best else None


def _ends_in(parse: Parse, sentence: int, marks: Collection[str]) -> bool:
    start, end = parse.sents[sentence]
    words = [parse.words[i] for i in range(start, end) if parse.tags[i] != "_SP"]
    return bool(words) and words[-1] in marks


def _subject_of_saying(parse: Parse, verbs: Verbs, i: int) -> int | None:
    if parse.pos[i] == "VERB" and parse.lemmas[i] in verbs.speaking:
        found = next((c for c in parse.children[i] if parse.deps[c] == "nsubj"), None)
        if found is None:
            argument = parse.subject(i)
            found = argument.token if argument is not None and argument.position == "subj" else None
        return None if found is None else parse.relative_antecedent(found)
    if parse.lower[i] == "to" and i > 0 and parse.lower[i - 1] == "according":
        return next((c for c in parse.children[i] if parse.deps[c] == "pobj"), None)
    return None
