"""Events to times: which time expression says when a situation was, by syntax alone."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from kg.extract.drafts import Draft, Participants
from kg.extract.occasions import carriers, fronted, neighbours, of_office
from kg.model import ClaimTime, Timex
from kg.rules import occasions
from kg.rules.schema import EventRules
from kg.syntax import FINITE, NOMINAL, Parse

_LINKS = frozenset(
    {"prep", "pobj", "npadvmod", "advmod", "tmod", "nummod", "compound", "amod", "pcomp", "nmod", "appos"}
)
#: Tags of a verb that tells what was said.
_PAST = frozenset({"VBD", "VBG", "VBN"})
_HAPPENING = frozenset({"VERB", "AUX", "NOUN", "PROPN", "ADJ"})
#: How many sentences on one still speaks on the same occasion: after words, and after a gathering.
_NEAR, _AT_GATHERING = 2, 4
#: Conjunctions that open or close a state.
_LIMITS = frozenset({"since", "until", "till"})
#: Which way an event lies from what is told so long after or before it.
_SIGNS = {"after": 1, "before": -1}
#: Of lengths of time.
_UNITS = frozenset({"year", "month", "week", "day", "hour"})
_DAY_OR_LONGER = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
#: Lengths of time within a day.
_SHORT_WHILES = frozenset({"hours", "minutes", "shortly", "moments", "immediately"})
#: How many nouns a time may be lifted over.
_STEPS = 3
_LENGTH = re.compile(r"P(\d+)([DWMY])")


class _Place(NamedTuple):
    """Where a time expression hangs."""

    token: int
    timex: Timex


def governors(parse: Parse, times: Sequence[Timex]) -> dict[int, list[Timex]]:
    """For each token that a time expression modifies, those expressions."""
    found: dict[int, list[Timex]] = {}
    for timex, inside in _inside(parse, times):
        governor = _governor(parse, inside) if _is_placed(timex) and not _is_as_of(parse, inside[0]) else None
        if governor is not None and not _is_record(parse, governor, inside[0]):
            found.setdefault(governor, []).append(timex)
    return found


def _put_off(parse: Parse, by_token: dict[int, list[Timex]], date: datetime.date | None) -> dict[int, list[Timex]]:
    """The same, with what is still to come given to what is said: "estimated *by 2050* the sea would rise"."""
    if date is None:
        return by_token
    found: dict[int, list[Timex]] = {}
    for governor, expressions in by_token.items():
        told = parse.child(governor, "ccomp") if parse.tags[governor] in _PAST else None
        for timex in expressions:
            later = (
                timex.latest is not None and timex.latest > date and (timex.earliest is None or timex.earliest > date)
            )
            found.setdefault(told if later and told is not None else governor, []).append(timex)
    return found


def _inside(parse: Parse, times: Sequence[Timex]) -> list[tuple[Timex, list[int]]]:
    """Each expression with its tokens."""
    starts = {start: i for i, start in enumerate(parse.starts)}
    found = []
    for timex in times:
        first = starts.get(timex.span[0])
        if first is not None:
            last = first
            while last + 1 < len(parse) and parse.ends[last + 1] <= timex.span[1]:
                last += 1
            found.append((timex, list(range(first, last + 1))))
    return found


def _is_placed(timex: Timex) -> bool:
    return timex.edtf is not None or timex.type in {"DATE", "TIME"}


def _is_record(parse: Parse, governor: int, first: int) -> bool:
    """ "its first victory since 1958", "the worst flood since 2002": not when it was."""
    if parse.lower[first - 1 : first] != ["since"]:
        return False
    nouns = (governor, *parse.with_dep(governor, "attr", "dobj", "nsubj"))
    ranks = [c for noun in nouns for c in parse.children[noun] if parse.deps[c] in {"amod", "nummod"}]
    return any(parse.tags[c] == "JJS" or parse.lower[c] in {"first", "second", "only"} for c in ranks)


def _is_as_of(parse: Parse, first: int) -> bool:
    """ "as of Monday" says until when something is known, not when it was."""
    return parse.lower[max(0, first - 2) : first] == ["as", "of"]


def _governor(parse: Parse, inside: Sequence[int]) -> int | None:
    """The verb or noun that the expression depends on, through prepositions."""
    own = set(inside)
    at = next((i for i in inside if parse.heads[i] not in own and parse.tags[i] != "_SP"), None)
    if at is None or parse.heads[at] == at:
        return None
    for _ in range(4):
        up = parse.heads[at]
        if up == at:
            return None
        if up not in own and parse.pos[up] in _HAPPENING:
            beside = _is_bare_behind(parse, at, up) or _is_length(parse, up)
            return _verb_above(parse, up) if beside else up
        if parse.deps[at] not in _LINKS and up not in own:
            return None
        at = up
    return None


def _is_bare_behind(parse: Parse, at: int, noun: int) -> bool:
    """Whether a time without a preposition stands behind a noun, where it belongs to the verb: "asked for
    a meeting *Monday night*"."""
    bare = parse.deps[at] in {"npadvmod", "tmod"} and at > noun
    return bare and parse.pos[noun] in NOMINAL and parse.deps[noun] in {"dobj", "pobj"}


def _is_length(parse: Parse, noun: int) -> bool:
    """Whether a noun says only how long: "sentenced to *ten years* in 2016"."""
    return parse.lemmas[noun] in _UNITS and any(parse.deps[c] == "nummod" for c in parse.children[noun])


def _verb_above(parse: Parse, i: int) -> int:
    return next((up for up in parse.ancestors(i) if parse.pos[up] == "VERB"), i)


def assign(
    parse: Parse,
    drafts: Sequence[Draft],
    times: Sequence[Timex],
    rules: EventRules,
    who: Participants,
    date: datetime.date | None = None,
) -> dict[int, ClaimTime]:
    """The time of each draft that has one, by the draft's index; ``date`` is the document's."""
    by_token = _put_off(parse, _lifted(parse, drafts, governors(parse, times)), date)
    lengths = {**_lengths_since(parse, times, date), **_lengths_from(parse, times, by_token)}
    found: dict[int, ClaimTime] = {}
    if not by_token and not lengths:
        return found
    for n, draft in enumerate(drafts):
        if draft.cls == "Attribute":
            continue
        place = _place(parse, draft, by_token, rules)
        if place is not None:
            found[n] = _bounded(parse, draft, place, date)
        elif (length := _length_of(parse, draft, lengths)) is not None:
            found[n] = length
    _continue_speech(parse, drafts, found, rules, who)
    _on_the_day(parse, drafts, found)
    return found


def _lifted(parse: Parse, drafts: Sequence[Draft], by_token: dict[int, list[Timex]]) -> dict[int, list[Timex]]:
    """The same, with what the parser hung behind people and things given to what happens: "flew home with the
    *runners* on Sunday"."""
    events = {t for draft in drafts for t in draft.tokens}
    found: dict[int, list[Timex]] = {}
    for governor, expressions in by_token.items():
        above = _event_above(parse, governor, events) if governor not in events else governor
        for timex in expressions:
            behind = timex.type == "DATE" and timex.span[0] > parse.starts[governor]
            found.setdefault(above if behind else governor, []).append(timex)
    return found


def _event_above(parse: Parse, noun: int, events: set[int]) -> int:
    """The event whose participant, or whose place, a noun is."""
    at = noun
    for _ in range(_STEPS):
        if parse.pos[at] not in NOMINAL or parse.deps[at] not in {"pobj", "dobj", "conj", "nsubjpass"}:
            return noun
        at = parse.heads[at]
        while parse.deps[at] == "prep" and at not in events:
            at = parse.heads[at]
        if at in events:
            return at
    return noun


def _place(parse: Parse, draft: Draft, by_token: Mapping[int, list[Timex]], rules: EventRules) -> _Place | None:
    """The nearest expression of the event's own, else that of a clause which was at the same time."""
    tokens = [draft.head, *draft.tokens, *(t for t in carriers(parse, draft.head, rules) if _tells(parse, draft, t))]
    if draft.cls == "Tenure":
        tokens += of_office(parse, draft.head, rules)
    own = [_Place(t, x) for t in dict.fromkeys(tokens) for x in by_token.get(t, ()) if _fits(parse, draft, x)]
    if not own and draft.state:
        own = [_opened(p, mark) for t in dict.fromkeys(tokens) for p, mark in _limits(parse, t, by_token)]
    if not own:
        own = _shared(parse, draft, by_token)
    if not own:
        return None
    return min(
        own, key=lambda p: (p.timex.edtf is None, _coarseness(p.timex), abs(p.timex.span[0] - parse.starts[draft.head]))
    )


def _tells(parse: Parse, draft: Draft, carrier: int) -> bool:
    """Whether a word's time is the draft's: what a minister *did*, or *who joined* in May, does not tell since when
    he is one."""
    if not draft.state or parse.pos[draft.head] == "VERB":
        return True
    done = parse.heads[draft.head] == carrier and parse.deps[draft.head] in {"nsubj", "nsubjpass"}
    return not done and parse.deps[carrier] != "relcl"


def _limits(parse: Parse, token: int, by_token: Mapping[int, list[Timex]]) -> Iterator[tuple[_Place, str]]:
    """The times of the clauses between which a state lasts: "was consul *until he left in 2016*"."""
    for clause in parse.with_dep(token, "advcl"):
        marks = {parse.lower[c] for c in parse.with_dep(clause, "mark")} & _LIMITS
        yield from ((_Place(clause, t), mark) for mark in sorted(marks) for t in by_token.get(clause, ()))


def _opened(place: _Place, mark: str) -> _Place:
    """The place with the time that lasts from it on ("since") or up to it."""
    timex = place.timex
    if timex.edtf is None or "/" in timex.edtf:
        return place
    if mark == "since":
        return place._replace(timex=replace(timex, edtf=f"{timex.edtf}/..", latest=None))
    return place._replace(timex=replace(timex, edtf=f"../{timex.edtf}", earliest=None))


def _coarseness(timex: Timex) -> int:
    """How many days an expression allows, in steps: of two at one place, the narrower tells more."""
    if timex.earliest is None or timex.latest is None:
        return 2
    return int((timex.latest - timex.earliest).days > 1)


def _fits(parse: Parse, draft: Draft, timex: Timex) -> bool:
    """ "until Monday" is no time of what is over at once."""
    before = parse.text[: timex.span[0]].rstrip().rpartition(" ")[2].lower()
    return before not in {"until", "till"} or draft.state or draft.cls in occasions.load().lasting


def _shared(parse: Parse, draft: Draft, by_token: Mapping[int, list[Timex]]) -> list[_Place]:
    """A time at the head of a clause is that of all its coordinated verbs ("On Monday she came and
    spoke"), and clauses that were together share theirs."""
    opening = fronted(parse, draft.head)
    if opening is not None:
        first, stop = opening
        places = [_Place(first, t) for t in by_token.get(first, ()) if t.span[0] < parse.starts[stop]]
        if places:
            return places
    for neighbour in neighbours(parse, draft.head):
        places = [
            _Place(neighbour, t if draft.state else _closed(t))
            for t in by_token.get(neighbour, ())
            if _fits(parse, draft, t)
        ]
        if places:
            return places
    return []


def _closed(timex: Timex) -> Timex:
    """What is over at once is of the beginning of a time that lasts: "since October, when they left"."""
    begin = (timex.edtf or "").removesuffix("/..")
    if begin == timex.edtf or timex.earliest is None or not _DAY_OR_LONGER.fullmatch(begin):
        return timex
    first = timex.earliest
    month = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    last = {4: first.replace(month=12, day=31), 7: month}.get(len(begin), first)
    return replace(timex, edtf=begin, latest=last)


def _bounded(parse: Parse, draft: Draft, place: _Place, date: datetime.date | None) -> ClaimTime:
    """The expression as the draft's time; that of becoming opens an office, that of leaving closes it. What
    then lay ahead ("did not pay for *the next ten years*") is not counted from today."""
    time = as_claim_time(parse, place.timex)
    if date is not None and time.latest is not None and time.latest > date and _was_ahead(parse, place):
        return ClaimTime(time.span, time.text)
    if draft.cls != "Tenure" or time.edtf is None or "/" in time.edtf or place.token == draft.head:
        return time
    words, lemma = occasions.load(), parse.lemmas[place.token]
    above = parse.lemmas[parse.heads[place.token]] if parse.deps[place.token] == "xcomp" else ""
    if {lemma, above} & words.begins_office:
        return replace(time, edtf=f"{time.edtf}/..", latest=None)
    if lemma in words.ends_office:
        return replace(time, edtf=f"../{time.edtf}", earliest=None)
    return time


def _was_ahead(parse: Parse, place: _Place) -> bool:
    """Whether a length of time to come is told of in the past."""
    words = parse.text[slice(*place.timex.span)].lower().split()
    if not words[-1].endswith("s") or not {"next", "coming"} & set(words):
        return False
    for verb in (place.token, *parse.ancestors(place.token)):
        finite = [c for c in parse.with_dep(verb, "aux", "auxpass") if parse.tags[c] in FINITE]
        if any(parse.tags[c] == "MD" for c in finite):
            return parse.child(verb, "aux") is not None and any(parse.lower[c] == "have" for c in parse.children[verb])
        if finite or parse.tags[verb] in FINITE:
            return "VBD" in {parse.tags[verb], *(parse.tags[c] for c in finite)}
    return False


# ------------------------------------------------------------------ lengths of time since an event
def _lengths_since(parse: Parse, times: Sequence[Timex], date: datetime.date | None) -> dict[int, ClaimTime]:
    """ "in the two months since his escape": the event lies so far back from the document's day."""
    found: dict[int, ClaimTime] = {}
    for timex, inside in _inside(parse, times):
        length = _LENGTH.fullmatch(timex.value)
        if date is None or timex.type != "DURATION" or length is None:
            continue
        event = _event_since(parse, inside)
        day = _before(date, int(length[1]), length[2])
        if event is not None and day is not None:
            found[event] = ClaimTime(timex.span, parse.text[slice(*timex.span)], *_about(day, length[2]))
    return found


def _length_of(parse: Parse, draft: Draft, lengths: Mapping[int, ClaimTime]) -> ClaimTime | None:
    """The time by a length that is the draft's own, or that of the verb whose subject it is: "two days after a
    *quake* struck"."""
    head = draft.head
    if head in lengths:
        return lengths[head]
    subject = parse.deps[head] == "nsubj" and parse.pos[head] == "NOUN" and not draft.state
    return lengths.get(parse.heads[head]) if subject else None


def _lengths_from(parse: Parse, times: Sequence[Timex], by_token: Mapping[int, list[Timex]]) -> dict[int, ClaimTime]:
    """ "resigned on Monday, two days *after* the vote": the event lies so far from the day of what was told."""
    found: dict[int, ClaimTime] = dict(_hours_from(parse, by_token))
    for timex, inside in _inside(parse, times):
        length = _LENGTH.fullmatch(timex.value)
        after = inside[-1] + 1
        if timex.type != "DURATION" or length is None or after >= len(parse) or parse.lower[after] not in _SIGNS:
            continue
        event = _event_beside(parse, after)
        anchor = None if event is None else next((up for up in _above(parse, event, after) if up in by_token), None)
        day = (
            next((t.earliest for t in by_token.get(anchor, ()) if t.earliest and t.earliest == t.latest), None)
            if anchor
            else None
        )
        if event is None or day is None:
            continue
        then = _before(day, _SIGNS[parse.lower[after]] * int(length[1]), length[2])
        if then is not None:
            exact = (then.isoformat(), then, then) if length[2] == "D" else _about(then, length[2])
            found[event] = ClaimTime(timex.span, parse.text[slice(*timex.span)], *exact)
    return found


def _hours_from(parse: Parse, by_token: Mapping[int, list[Timex]]) -> Iterator[tuple[int, ClaimTime]]:
    """ "Resigned on Monday, *hours after* the vote": what lies so near was on the same day, or about it."""
    for sign in range(1, len(parse)):
        if parse.lower[sign] not in _SIGNS or parse.lower[sign - 1] not in _SHORT_WHILES:
            continue
        event = _event_beside(parse, sign)
        above = None if event is None else next((up for up in _above(parse, event, sign) if up in by_token), None)
        if event is None or above is None:
            continue
        day = next((t for t in by_token[above] if t.earliest is not None and t.earliest == t.latest), None)
        if day is not None and day.earliest is not None:
            yield event, ClaimTime(day.span, parse.text[slice(*day.span)], f"{day.earliest}~", day.earliest, day.latest)


def _event_beside(parse: Parse, after: int) -> int | None:
    """The clause or the noun behind "after" or "before"."""
    return parse.heads[after] if parse.deps[after] == "mark" else parse.child(after, "pobj", "pcomp")


def _above(parse: Parse, event: int, after: int) -> Iterator[int]:
    """The words above a clause or a phrase with "after" whose time may be known, nearest first."""
    start = event if parse.deps[after] == "mark" else after
    yield from (up for up in parse.ancestors(start) if parse.pos[up] in _HAPPENING)
    if parse.heads[event] == event:  # where the parser made the clause with "after" the main one
        yield from (c for c in parse.with_dep(event, "ccomp") if c < after)


def _event_since(parse: Parse, inside: Sequence[int]) -> int | None:
    """The noun or the verb that "since" puts at the beginning of a length of time."""
    after = inside[-1] + 1
    if after >= len(parse) or parse.lower[after] != "since":
        return None
    return parse.heads[after] if parse.deps[after] == "mark" else parse.child(after, "pobj")


def _before(date: datetime.date, count: int, unit: str) -> datetime.date | None:
    """The day so many days, weeks, months or years before ``date``; ``None`` beyond the calendar."""
    if unit in "DW":
        ordinal = date.toordinal() - count * (7 if unit == "W" else 1)
        return datetime.date.fromordinal(ordinal) if ordinal > 0 else None
    months = date.year * 12 + date.month - 1 - count * (12 if unit == "Y" else 1)
    return datetime.date(months // 12, months % 12 + 1, 1) if months >= 12 else None


def _about(day: datetime.date, unit: str) -> tuple[str, datetime.date, datetime.date]:
    """EDTF, first and last day of what was about then, as finely as the unit tells."""
    if unit == "Y":
        return f"{day.year:04}~", day.replace(month=1, day=1), day.replace(month=12, day=31)
    if unit == "M":
        last = (day.replace(day=28) + datetime.timedelta(days=4)).replace(day=1) - datetime.timedelta(days=1)
        return f"{day.isoformat()[:7]}~", day.replace(day=1), last
    return f"{day.isoformat()}~", day, day


# ------------------------------------------------------------------ going on speaking
class _Spoke(NamedTuple):
    """When somebody last spoke or met someone: the sentence, the trigger, the time."""

    sentence: int
    token: int
    time: ClaimTime
    gathering: bool


def _continue_speech(
    parse: Parse, drafts: Sequence[Draft], found: dict[int, ClaimTime], rules: EventRules, who: Participants
) -> None:
    """Who goes on speaking in the next sentence does so on the same occasion: "On Monday Bo said ...
    She added ...", "On Monday Bo held a rally. She promised ..."."""
    last: dict[str, _Spoke] = {}
    for n, draft in enumerate(drafts):
        speaking = _is_speech(parse, draft, rules)
        if not speaking and draft.cls not in occasions.load().gatherings:
            continue
        speakers = {e.id for t in draft.roles.get("agent", ()) if (e := who.entity(t)) is not None}
        for speaker in sorted(speakers):
            spoke = last.get(speaker)
            if speaking and n not in found and spoke is not None and _goes_on(parse, draft.head, spoke):
                found[n] = spoke.time
            if n in found:
                last[speaker] = _Spoke(parse.sent_of[draft.head], draft.head, found[n], not speaking)


def _is_of_days(time: ClaimTime) -> bool:
    return time.earliest is not None and time.latest is not None and (time.latest - time.earliest).days <= 1


def _is_speech(parse: Parse, draft: Draft, rules: EventRules) -> bool:
    known = rules.classes.get(draft.cls)
    return known is not None and known.family == "communication" and parse.tags[draft.head] in _PAST


def _goes_on(parse: Parse, token: int, spoke: _Spoke) -> bool:
    """Whether what is said at ``token`` is said on the occasion; what one says that one had said is not."""
    if parse.sent_of[token] - spoke.sentence > (_AT_GATHERING if spoke.gathering else _NEAR):
        return False
    if any(parse.lower[c] in {"had", "'d"} for c in parse.with_dep(token, "aux")):
        return False
    if not _is_of_days(spoke.time) and not any(parse.lower[c] == "then" for c in parse.with_dep(token, "advmod")):
        return False  # what was said "in June" says nothing of what is said next
    inside = spoke.token in parse.ancestors(token)
    return not inside or parse.deps[token] in {"conj", "advcl"}


# ------------------------------------------------------------------ the results of a contest
#: What an election brings, and words that say that it was another one.
_RESULTS, _ANOTHER = (
    frozenset({"Election", "Victory"}),
    frozenset({"first", "previously", "earlier", "once", "had", "already"}),
)


def _on_the_day(parse: Parse, drafts: Sequence[Draft], found: dict[int, ClaimTime]) -> None:
    """Who won and who lost did so on the day of the election, where a text tells of one and when it was."""
    days = {
        time.edtf: time
        for n, draft in enumerate(drafts)
        if draft.cls == "Election" and parse.pos[draft.head] == "NOUN" and (time := found.get(n)) is not None
    }
    if len(days) != 1:
        return
    (day,) = days.values()
    if not _is_of_days(day):
        return
    for n, draft in enumerate(drafts):
        if draft.cls in _RESULTS and n not in found and _is_told_of(parse, draft.head):
            found[n] = day


def _is_told_of(parse: Parse, verb: int) -> bool:
    """Whether a verb tells in the past what happened, of no other occasion."""
    words = {parse.lower[c] for c in parse.children[verb]}
    modal = any(parse.tags[c] == "MD" for c in parse.children[verb])
    return parse.tags[verb] in {"VBD", "VBN"} and not modal and not words & _ANOTHER


def as_claim_time(parse: Parse, timex: Timex) -> ClaimTime:
    """The expression as the time of a claim."""
    return ClaimTime(timex.span, parse.text[slice(*timex.span)], timex.edtf, timex.earliest, timex.latest)
