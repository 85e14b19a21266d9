"""Articles from templates of our own, any number of them, and a reader of these that needs no model."""

from __future__ import annotations

import datetime
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from kg.model import Claim, Document, Entity, Failure, Filler, Mention, Reading
from kg.scale import local, packing
from kg.scale.store import Packed, Task
from kg.syntax import Parse

_FIRST = ("Ana", "Peter", "Mina", "Ivo", "Lena", "Kai", "Rosa", "Emil", "Nora", "Otto")
_LAST = ("Velho", "Grau", "Sol", "Ferro", "Brandt", "Moreno", "Lund", "Kask", "Petri", "Weiss", "Holm")
_COUNTRIES = ("Norland", "Sudria", "Vestmark", "Ostany")
_TEMPLATE = re.compile(r"(?P<agent>\w+) expelled (?P<patient>\w+ \w+) on (?P<day>[\d-]+)\.")


def document(n: int) -> Document:
    """The ``n``-th article; some people and countries come in many of them."""
    name = f"{_FIRST[n % len(_FIRST)]} {_LAST[n % len(_LAST)]}"
    day = datetime.date(2020, 1, 1) + datetime.timedelta(days=n % 700)
    text = f"{_COUNTRIES[n % 4]} expelled {name} on {day}. It was case {n}.\n"
    return Document(f"case-{n}", text, date=day, publisher=f"Paper {n % 3}")


def read(document: Document) -> Reading:
    """What the one sentence says. Raises ``LookupError`` for a text without it."""
    found = _TEMPLATE.search(document.text)
    if found is None:
        raise LookupError("no template")
    entities = (
        Entity("e1", "Country", found["agent"], named=True),
        Entity("e2", "Person", found["patient"], named=True),
    )
    mentions = tuple(
        Mention(found.span(role), found.span(role), f"e{n}", root=n, tokens=(n, n + 1), kind="name")
        for n, role in enumerate(("agent", "patient"), start=1)
    )
    trigger = (document.text.index("expelled"), document.text.index("expelled") + len("expelled"))
    claim = Claim(
        "c1",
        "Expulsion",
        "expel",
        trigger,
        found.span(),
        roles={"agent": (Filler(found.span("agent"), "e1"),), "patient": (Filler(found.span("patient"), "e2"),)},
        rule="generated",
    )
    return Reading(document, entities, mentions, (), (), (claim,), (found.span(),))


def parse(document: Document) -> Parse:
    """The words between spaces, and no grammar."""
    words = [(found[0], *found.span()) for found in re.finditer(r"\S+", document.text)]
    size = len(words)
    tags = ["X"] * size
    heads = list(range(size))
    texts, starts, ends = ([word[n] for word in words] for n in range(3))
    return Parse(document.text, texts, texts, tags, tags, tags, heads, starts, ends, [(0, size)])


#: How often a text was parsed and read since this was cleared; only in this process.
work: list[str] = []


def pack(batch: Sequence[Task | Failure], *, pause: float = 0.0) -> Iterator[Packed | Failure]:
    """What a process does with a few documents."""
    for item in batch:
        time.sleep(pause)
        if isinstance(item, Failure):
            yield item
            continue
        if item.parse is None:
            work.append(f"parse {item.document.id}")
        work.append(f"read {item.document.id}")
        kept = item.parse or packing.pack_parse(parse(item.document))
        try:
            reading = read(item.document)
        except LookupError as error:
            yield Failure(item.document.id, str(error))
            continue
        yield Packed(item.document, kept, packing.pack_reading(reading), len(reading.sentences), len(reading.claims))


def start(pause: float) -> Callable[[Sequence[Task | Failure]], Iterator[Packed | Failure]]:
    return partial(pack, pause=pause)


def lost(item: Task | Failure, why: str) -> Failure:
    return item if isinstance(item, Failure) else Failure(item.document.id, why)


def read_packed(
    tasks: Iterable[Task | Failure], setup: object = None, *, jobs: int = 1, pause: float = 0.0
) -> Iterator[Packed | Failure]:
    """In the place of ``pipeline.read_packed``."""
    batches = local.in_batches(tasks, most=4, weight=lambda _: 1, heaviest=4)
    yield from local.spread(partial(start, pause), batches, jobs=jobs, lost=lost)
