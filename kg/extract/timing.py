"""Events to times: which time expression says when a situation was, by syntax alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kg.extract.drafts import Draft
from kg.model import ClaimTime, Timex
from kg.syntax import Parse

_LINKS = frozenset(
    {"prep", "pobj", "npadvmod", "advmod", "tmod", "nummod", "compound", "amod", "pcomp", "nmod", "appos"}
)


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
    parse: Parse, drafts: Iterable[Draft], times: Sequence[Timex], light: Mapping[int, int]
) -> dict[int, ClaimTime]:
    """The time of each draft that has one, by the draft's index.

    ``light`` maps an action noun to the light verb that carries it, whose times are the
    noun's. A time before its clause ("On Monday, police said ...") is the main verb's.
    """
    by_token = governors(parse, times)
    found: dict[int, ClaimTime] = {}
    for n, draft in enumerate(drafts):
        tokens = (draft.head, *draft.tokens, *([light[draft.head]] if draft.head in light else []))
        candidates = [timex for token in dict.fromkeys(tokens) for timex in by_token.get(token, ())]
        candidates += _of_copula(parse, draft, by_token)
        if candidates:
            best = min(candidates, key=lambda t: (t.edtf is None, abs(t.span[0] - parse.starts[draft.head])))
            found[n] = as_claim_time(parse, best)
    return found


def _of_copula(parse: Parse, draft: Draft, by_token: Mapping[int, list[Timex]]) -> list[Timex]:
    """What a copula carries for its predicate nominal: "has been the envoy since 2017"."""
    head = parse.heads[draft.head]
    if parse.deps[draft.head] in {"attr", "acomp", "oprd"} and head != draft.head:
        return by_token.get(head, [])
    return []


def as_claim_time(parse: Parse, timex: Timex) -> ClaimTime:
    """The expression as the time of a claim."""
    return ClaimTime(timex.span, parse.text[slice(*timex.span)], timex.edtf, timex.earliest, timex.latest)
