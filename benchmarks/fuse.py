"""What fusing costs as readings grow: who is who and which claims are of one situation.

    python benchmarks/fuse.py [--mentions 12500 25000 50000 100000]

The readings are generated: ten entities a document, each mentioned once, and four claims. Half of them are people of
10,500 names, some a surname alone; countries come in most documents, companies with and without their legal form.
So there are common names, rare names and large blocks, as in an archive. Processor time is measured, which a busy
machine spoils least. The last column is the time over n log n, against that of the smallest size: about 1 or less if it
grows no faster.
"""

from __future__ import annotations

import argparse
import datetime
import gc
import math
import random
from collections.abc import Iterator, Sequence
from time import process_time

from kg.fuse import fuse
from kg.model import Claim, ClaimTime, Document, Entity, Filler, Mention, Reading

_FIRST = [a + b for a in "Ba Ka Lo Mi Ne Ro Su Ta Vi Zo".split() for b in "rin mas lek dor nia".split()]
_LAST = [
    a + b + c
    for a in "Hal Kor Ben Tur Vas Lim Ost".split()
    for b in "aeiou"
    for c in "man ski sen ton rez well".split()
]
_COUNTRIES = (("Italy", "ITA"), ("France", "FRA"), ("Spain", "ESP"), ("Kenya", "KEN"), ("Chile", "CHL"))
_CLASSES = ("Arrest", "Visit", "Meeting", "Tenure", "Statement")
_POSTS = ("mayor", "judge", "envoy", "minister")
#: How many entities, each with one mention, a document has.
ENTITIES = 10
_BEGAN = datetime.date(2020, 1, 1)


def readings(count: int) -> Iterator[Reading]:
    """So many documents' readings, always the same."""
    chance = random.Random(1)
    for n in range(count):
        yield _reading(n, chance)


def _reading(n: int, chance: random.Random) -> Reading:
    entities = tuple(_entity(f"e{each}", chance) for each in range(ENTITIES))
    text = " ".join(entity.label for entity in entities) + " " + " ".join(chance.choices(_FIRST, k=60))
    spans = []
    for entity in entities:
        begin = spans[-1][1] + 1 if spans else 0
        spans.append((begin, begin + len(entity.label)))
    mentions = tuple(
        Mention(span, span, entity.id, each, (each, each + 1), "name")
        for each, (entity, span) in enumerate(zip(entities, spans, strict=True))
    )
    day = _BEGAN + datetime.timedelta(days=n % 1000)
    claims = tuple(_claim(f"c{each}", spans, day, chance) for each in range(4))
    return Reading(Document(f"document-{n}", text, date=day), entities, mentions, (), (), claims, ())


def _entity(ident: str, chance: random.Random) -> Entity:
    kind = chance.random()
    if kind < 0.5:
        name = f"{chance.choice(_FIRST)} {chance.choice(_LAST)}"
        return Entity(ident, "Person", name, named=True, country=chance.choice([None, "ITA", "FRA"]))
    if kind < 0.6:
        return Entity(ident, "Person", chance.choice(_LAST), named=True)
    if kind < 0.8:
        name, code = chance.choice(_COUNTRIES)
        return Entity(ident, "Country", name, named=True, country=code)
    name = f"{chance.choice(_LAST)} {chance.choice(['Steel', 'Oil', 'Bank'])}{chance.choice(['', ' Inc', ' AG'])}"
    return Entity(ident, "Company", name, named=True)


def _claim(ident: str, spans: Sequence[tuple[int, int]], day: datetime.date, chance: random.Random) -> Claim:
    one, other = chance.sample(range(ENTITIES), 2)
    cls = chance.choice(_CLASSES)
    trigger = spans[one]
    return Claim(
        ident,
        cls,
        cls.lower(),
        trigger,
        (0, spans[-1][1]),
        roles={
            "agent": (Filler(spans[one], entity=f"e{one}"),),
            "patient": (Filler(spans[other], entity=f"e{other}"),),
        },
        state=cls == "Tenure",
        position=chance.choice(_POSTS) if cls == "Tenure" else None,
        time=ClaimTime(trigger, str(day), str(day), day, day) if chance.random() < 0.5 else None,
        polarity="negative" if chance.random() < 0.1 else "positive",
        rule="generated verb «x»",
    )


def measure(mentions: Sequence[int]) -> float:
    """Prints a line a size; how much faster than n log n the time grows from the smallest to the largest."""
    first = last = 0.0
    for size in mentions:
        given = list(readings(size // ENTITIES))
        gc.collect()
        began = process_time()
        found = fuse(given)
        spent = process_time() - began
        last = spent / (size * math.log2(size))
        first = first or last
        counts = f"{len(found.entities):>8,} entities {len(found.situations):>8,} situations"
        print(f"{size:>8,} mentions {spent:7.1f} s {counts}   per n log n: {last / first:.2f}", flush=True)
    return last / first


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mentions", type=int, nargs="+", default=[12_500, 25_000, 50_000, 100_000], metavar="N")
    measure(parser.parse_args().mentions)


if __name__ == "__main__":
    main()
