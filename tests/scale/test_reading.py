"""Reading in several processes, within limits: what is read, what fails, and that neither depends on how."""

from __future__ import annotations

import datetime
import gc
from collections.abc import Callable
from typing import Any

import pytest

from kg import pipeline
from kg.acquire import documents
from kg.errors import InputError
from kg.model import Annotations, Document, Failure, Reading
from kg.scale import packing
from kg.scale.store import Packed, Task
from kg.syntax import Parse

NAMES = ("Ana Velho", "Peter Grau", "Mina Sol", "Ivo Ferro", "Lena Brandt", "Kai Moreno")
PLACES = ("Norland", "Sudria", "Vestmark")


def story(n: int) -> Document:
    """A short article of its own for each number."""
    name, place, other = NAMES[n % 6], PLACES[n % 3], PLACES[(n + 1) % 3]
    text = (
        f"{place} expelled {name}, the ambassador of {other}, on Monday, officials said.\n\n"
        f"{name.split()[1]} denied on day {n} that there had been {n + 2} meetings with the opposition. It rained.\n"
    )
    whole = Document(f"story-{n}", text, date=datetime.date(2021, 3, 1 + n % 28))
    return documents.finish(whole, date=None, max_chars=10_000)


BROKEN = Failure("broken", "it is broken.")


@pytest.mark.usefixtures("nlp")
def test_any_number_of_processes_reads_the_same() -> None:
    items = [story(0), BROKEN, *map(story, range(1, 12))]
    alone = list(pipeline.read_documents(items))
    together = list(pipeline.read_documents(items, jobs=2, max_seconds=60))
    assert alone == together
    assert repr(alone) == repr(together)  # 1 and 1.0 are equal, and are not written alike
    assert alone[1] == BROKEN
    assert sum(len(reading.claims) for reading in alone if isinstance(reading, Reading)) > 20


@pytest.mark.usefixtures("nlp")
def test_a_document_reads_the_same_whatever_it_is_read_with() -> None:
    items = [story(n) for n in range(9)]
    together = list(pipeline.read_documents(items))
    alone = [reading for item in items for reading in pipeline.read_documents([item])]
    assert together == alone


@pytest.mark.parametrize("jobs", [0, -2])
def test_no_process_is_no_way_to_read(jobs: int) -> None:
    with pytest.raises(InputError, match=f"{jobs} processes cannot read"):
        list(pipeline.read_documents([story(0)], jobs=jobs))


Extract = Callable[[Annotations, Any], Reading]


def failing(monkeypatch: pytest.MonkeyPatch, how: Callable[[], object]) -> None:
    """Make the rules fail on "story-1"."""
    extract: Extract = pipeline.extract

    def fail(annotations: Annotations, rules: Any) -> Reading:
        if annotations.document.id == "story-1":
            how()
        return extract(annotations, rules)

    monkeypatch.setattr(pipeline, "extract", fail)


def forever() -> None:
    while True:
        pass


def wrong() -> object:
    return [][1]


def deep() -> None:
    deep()


@pytest.mark.usefixtures("nlp")
@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        (forever, "reading it took more than 3 seconds; split it, or raise --max-seconds."),
        (wrong, "reading it failed (IndexError: list index out of range; test_reading.py, line "),
        (deep, "reading it failed (RecursionError: "),
    ],
    ids=["forever", "wrong", "deep"],
)
def test_one_poisonous_document_is_told_and_passed_over(
    monkeypatch: pytest.MonkeyPatch, how: Callable[[], object], sentence: str
) -> None:
    failing(monkeypatch, how)
    first, second, third = pipeline.read_documents([story(0), story(1), story(2)], max_seconds=3)
    assert isinstance(first, Reading)
    assert isinstance(third, Reading)
    assert isinstance(second, Failure)
    assert second.document == "story-1"
    assert second.message.startswith(sentence)


def test_a_parse_that_fails_costs_its_document_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    parse = pipeline.language.parse

    def fail(nlp: Any, found: Any) -> Any:
        if any(document.id == "story-1" for document in found):
            raise MemoryError("no room")
        return parse(nlp, found)

    monkeypatch.setattr(pipeline.language, "parse", fail)
    kinds = [type(item) for item in pipeline.read_documents([story(0), story(1), story(2)])]
    assert kinds == [Reading, Failure, Reading]


@pytest.mark.usefixtures("nlp")
def test_what_is_read_is_not_kept() -> None:
    """However many documents go by, only a batch of readings and parses is alive."""

    def alive() -> int:
        gc.collect()
        return sum(isinstance(each, Parse | Reading) for each in gc.get_objects())

    before = alive()
    found = [alive() for n, _ in enumerate(pipeline.read_documents(map(story, range(80)))) if n % 20 == 0]
    assert len(found) == 4
    assert all(count - before <= 2 * pipeline.language.BATCH for count in found)


@pytest.mark.usefixtures("nlp")
def test_what_is_packed_is_what_is_read_and_a_parse_is_not_made_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    items = [story(n) for n in range(3)]
    first = list(pipeline.read_packed([BROKEN, *map(Task, items)], pipeline.Setup()))
    assert first[0] == BROKEN
    packed = [each for each in first if isinstance(each, Packed)]
    read = list(pipeline.read_documents(items))
    assert [packing.unpack_reading(each.reading, each.document) for each in packed] == read
    assert [each.sentences for each in packed] == [3, 3, 3]
    monkeypatch.delattr(pipeline.language, "parse")
    again = [Task(each.document, each.parse) for each in packed]
    assert list(pipeline.read_packed(again, pipeline.Setup())) == packed
    damaged = list(pipeline.read_packed([Task(items[0], b"no parse"), again[1]], pipeline.Setup()))
    assert isinstance(damaged[0], Failure)
    assert "damaged" in damaged[0].message
    assert damaged[1] == packed[1]


@pytest.mark.usefixtures("nlp")
def test_what_fails_is_not_packed(monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, wrong)
    found = list(pipeline.read_packed([Task(story(0)), Task(story(1))], pipeline.Setup()))
    assert [type(each) for each in found] == [Packed, Failure]
