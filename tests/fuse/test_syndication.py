"""Reprints: found whether cut or framed by a paper's own lines; stories of their own are left alone."""

from __future__ import annotations

import pytest

from kg.fuse.sources import Independence
from kg.fuse.syndication import reprints
from kg.model import Claim, Document, Entity, Furniture

STORY = (
    "The harbour of Velm was closed on Tuesday after a tanker ran aground in thick fog near the old lighthouse. "
    "Coast guards took off eleven sailors and said that no oil had leaked so far. The owner, a shipping line "
    "from the south, has sent two tugs, which are expected to arrive tomorrow morning. Fishermen of the town "
    "complained that nobody had told them for how long they would have to stay ashore with their boats."
)
OTHER = (
    "A tanker is stuck off Velm, and the town waits. Eleven men were brought ashore by the coast guard in the night, "
    "wet and cold but unhurt. Nobody knows yet when ships may leave the harbour again, the mayor said at noon, and "
    "asked everyone to be patient until the owner's tugs are there to pull the vessel from the rocks below the light."
)


def test_the_same_words_are_one_story_and_the_first_of_them_is_named() -> None:
    documents = [Document("a", STORY), Document("b", OTHER), Document("c", STORY + " "), Document("d", STORY.upper())]
    keys = [document.key for document in documents]
    assert reprints(documents) == {keys[2]: keys[0], keys[3]: keys[0]}


def test_a_cut_reprint_under_another_head_is_found() -> None:
    cut = STORY.rsplit(". ", 1)[0]
    head = "From our wire desk. "
    framed = Document("b", head + cut, furniture=(Furniture((0, len(head)), "byline"),))
    first = Document("a", STORY)
    assert reprints([first, framed]) == {framed.key: first.key}


@pytest.mark.parametrize("texts", [[], [STORY], [STORY, OTHER], ["Short.", "Short."]])
def test_nothing_else_is_a_reprint(texts: list[str]) -> None:
    assert reprints([Document(str(n), text) for n, text in enumerate(texts)]) == {}


def test_reprints_named_sources_and_unnamed_ones_are_counted_as_what_they_are() -> None:
    people = [
        Entity("n", "Person", "Ann Bo", named=True),
        Entity("u1", "Person", "a diplomat"),
        Entity("u2", "Person", "a diplomat"),
    ]

    def claim(document: str, source: str = "doc") -> Claim:
        return Claim("x", "Arrest", "arrest", (0, 1), (0, 1), document=document, source=source)

    count = Independence(people, {"reprint": "first"}).count
    assert count([claim("first"), claim("reprint")]) == 1
    assert count([claim("first"), claim("second")]) == 2
    assert count([claim("first", "n"), claim("second", "n")]) == 1
    assert count([claim("first", "u1"), claim("reprint", "u2")]) == 1
    assert count([claim("first", "u1"), claim("second", "u2")]) == 2
    assert count([claim("first"), claim("first", "n")]) == 2
