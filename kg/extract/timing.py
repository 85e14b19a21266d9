"""Events to times: which time expression says when a situation was, by syntax alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kg.extract import frames
from kg.extract.drafts import Draft, Participants
from kg.model import ClaimTime, Timex
from kg.rules.schema import EventRules
from kg.syntax import Parse

_LINKS = frozenset(
    {"prep", "pobj", "npadvmod", "advmod", "tmod", "nummod", "compound", "amod", "pcomp", "nmod", "appos"}
)
#: Tags of a verb that tells what was said.
_PAST = frozenset({"VBD", "VBG", "VBN"})
#: Prepositions that make an event the occasion of what their verb says: both have one time.
_ON_OCCASION = frozenset({"in", "during", "at", "upon", "amid", "by"})


def governors(parse: Parse, times: Sequence[Timex]) -> dict[int, list[Timex]]:
    """For each token that a time expression modifies, those expressions."""
    starts = {start: i for i, start in enumerate(parse.starts)}
    found: dict[int, list[Timex]] = {}
    for timex in times:
        first = starts.get(timex.span[0])
        if first is None or not _is_placed(timex):
            continue
        inside = [first]
        while inside[-1] + 1 < len(parse) and parse.ends[inside[-1] + 1] <= timex.span[1]:
            inside.append(inside[-1] + 1)
        governor = _governor(parse, inside)
        if governor is not None:
            found.setdefault(governor, []).append(timex)
    return found


def _is_placed(timex: Timex) -> bool:
    return timex.edtf is not None or timex.type in {"DATE", "TIME"}


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
        if up not in own and parse.pos[up] in {"VERB", "AUX", "NOUN", "PROPN", "ADJ"}:
            return up
        if parse.deps[at] not in _LINKS and up not in own:
            return None
        at = up
    return None


def assign(
    parse: Parse, drafts: Sequence[Draft], times: Sequence[Timex], rules: EventRules, who: Participants
) -> dict[int, ClaimTime]:
    """The time of each draft that has one, by the draft's index."""
    by_token = governors(parse, times)
    found: dict[int, ClaimTime] = {}
    if not by_token:
        return found
    for n, draft in enumerate(drafts):
        if draft.cls == "Attribute":
            continue
        tokens = dict.fromkeys((draft.head, *draft.tokens, *_carriers(parse, draft.head, rules)))
        candidates = [timex for token in tokens for timex in by_token.get(token, ())]
        candidates = candidates or _shared(parse, draft.head, by_token)
        if candidates:
            best = min(candidates, key=lambda t: (t.edtf is None, abs(t.span[0] - parse.starts[draft.head])))
            found[n] = as_claim_time(parse, best)
    _continue_speech(parse, drafts, found, rules, who)
    return found


def _continue_speech(
    parse: Parse, drafts: Sequence[Draft], found: dict[int, ClaimTime], rules: EventRules, who: Participants
) -> None:
    """Who goes on speaking in the next sentence does so on the same occasion: "On Monday Bo said ...
    She added ..."."""
    last: dict[str, tuple[int, ClaimTime]] = {}
    for n, draft in enumerate(drafts):
        known = rules.classes.get(draft.cls)
        if known is None or known.family != "communication" or parse.tags[draft.head] not in _PAST:
            continue
        sentence = parse.sent_of[draft.head]
        speakers = {e.id for t in draft.roles.get("agent", ()) if (e := who.entity(t)) is not None}
        for speaker in sorted(speakers):
            spoke = last.get(speaker)
            if n not in found and spoke is not None and sentence - spoke[0] <= 1:
                found[n] = spoke[1]
            if n in found:
                last[speaker] = sentence, found[n]


def _carriers(parse: Parse, i: int, rules: EventRules) -> Iterator[int]:
    """The other words whose times are those of the event at ``i``: its light verb or copula, a verb
    that says no more than that it begins, goes on or takes place."""
    head, dep = parse.heads[i], parse.deps[i]
    if dep in {"attr", "acomp", "oprd"} and head != i:
        yield head
    if parse.pos[i] != "NOUN":
        if dep == "xcomp" and parse.lemmas[head] in rules.eventive.aspect:
            yield head
        return
    light = frames.light_verb(parse, i, rules)
    if light is not None:
        yield light[0]
    if dep in {"dobj", "nsubjpass"} and parse.lemmas[head] in rules.eventive.aspect:
        yield head
    if dep == "nsubj" and parse.pos[head] == "VERB":
        yield head  # "the blast killed two on Monday"
    if dep == "pobj" and parse.lower[head] in _ON_OCCASION and parse.pos[parse.heads[head]] == "VERB":
        yield parse.heads[head]  # "was killed in a raid on Monday"
    for c in parse.with_dep(i, "relcl", "acl"):
        if parse.lemmas[c] in rules.eventive.aspect or parse.lemmas[c] in rules.light:
            yield c


def _shared(parse: Parse, verb: int, by_token: Mapping[int, list[Timex]]) -> list[Timex]:
    """A time at the head of a clause is that of all its coordinated verbs: "On Monday she came and
    spoke"."""
    first = verb
    while parse.deps[first] == "conj" and parse.pos[parse.heads[first]] == "VERB":
        first = parse.heads[first]
    subject = parse.child(first, "nsubj", "nsubjpass")
    if first == verb or subject is None or parse.pos[verb] != "VERB":
        return []
    if any(parse.deps[c] in {"nsubj", "nsubjpass"} for c in parse.children[verb]):
        return []
    return [t for t in by_token.get(first, ()) if t.span[0] < parse.starts[subject]]


def as_claim_time(parse: Parse, timex: Timex) -> ClaimTime:
    """The expression as the time of a claim."""
    return ClaimTime(timex.span, parse.text[slice(*timex.span)], timex.edtf, timex.earliest, timex.latest)
