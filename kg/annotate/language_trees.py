"""What a statistical parser gets wrong in classes, put right on the finished parse."""

from __future__ import annotations

from collections.abc import Callable

from kg.syntax import Parse


def mended(parse: Parse) -> Parse:
    """The same parse, its heads and labels put right in place."""
    for mend in MENDS:
        mend(parse)
    return parse


def according_to(parse: Parse) -> None:
    """ "According to A, B and C fled": B is no conjunct of A, it is who fled."""
    for start, end in parse.sents:
        for i in range(start, end - 2):
            if parse.words[i].lower() != "to" or parse.words[i - 1].lower() != "according":
                continue
            _free_subject(parse, i, end)


def _free_subject(parse: Parse, to: int, end: int) -> None:
    sources = [j for j in range(to + 1, end) if parse.heads[j] == to and parse.deps[j] == "pobj"]
    for source in sources:
        comma = next((j for j in range(source + 1, end) if parse.words[j] == ","), None)
        if comma is None:
            return
        verb = _main_verb(parse, parse.heads[to - 1] if parse.words[to - 1].lower() == "according" else to)
        has_subject = any(parse.heads[j] == verb and parse.deps[j] in {"nsubj", "nsubjpass"} for j in range(to, end))
        moved = [j for j in range(comma + 1, end) if parse.deps[j] == "conj" and parse.heads[j] <= source]
        if has_subject or not moved or moved[0] > verb:
            return
        passive = any(parse.heads[j] == verb and parse.deps[j] == "auxpass" for j in range(to, end))
        parse.heads[moved[0]], parse.deps[moved[0]] = verb, "nsubjpass" if passive else "nsubj"


def _main_verb(parse: Parse, i: int) -> int:
    while parse.pos[i] not in {"VERB", "AUX"} and parse.heads[i] != i:
        i = parse.heads[i]
    return i


def close_apposition(parse: Parse) -> None:
    """ "A report in the daily Abend-Post said": the name right behind a noun belongs to it, where the
    parser made it a second subject of a verb that has one."""
    for i in range(1, len(parse.words)):
        if parse.deps[i] not in {"nsubj", "nsubjpass"} or parse.pos[i] != "PROPN":
            continue
        start = i
        while start > 0 and parse.heads[start - 1] in range(start, i + 1) and parse.deps[start - 1] == "compound":
            start -= 1
        noun, verb = start - 1, parse.heads[i]
        if noun < 0 or parse.tags[noun] != "NN":
            continue
        rival = any(
            parse.heads[j] == verb and parse.deps[j] in {"nsubj", "nsubjpass"} for j in range(max(0, start - 25), start)
        )
        if rival and parse.heads[noun] != i:
            parse.heads[i], parse.deps[i] = noun, "appos"


MENDS: tuple[Callable[[Parse], None], ...] = (according_to, close_apposition)
