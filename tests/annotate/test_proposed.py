"""What becomes of mentions that a plug-in proposes, beside our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg import rules
from kg.acquire import documents
from kg.annotate import annotate, language
from kg.model import Annotations, Document, Proposals
from kg.plugins import ProposedMention
from kg.plugins.asking import Given

if TYPE_CHECKING:
    from spacy.language import Language


def read(nlp: Language, text: str, *words: tuple[str, str]) -> Annotations:
    """The text read with these words proposed, each with a class; none is no plug-in at all."""
    document = documents.finish(Document("x", text), date=None, max_chars=10_000)
    [parse] = language.parse(nlp, [document])
    items = tuple(ProposedMention(_place(text, quote), cls) for quote, cls in words)
    given = Given("p", "mentions", items) if words else None
    return annotate(document, parse, rules.load(), given)


def _place(text: str, quote: str) -> tuple[int, int]:
    return text.index(quote), text.index(quote) + len(quote)


def classes(found: Annotations) -> dict[str, str]:
    return {entity.label: entity.cls for entity in found.entities}


SHIPS = "The tug Qorvath sank off Brest. Sailors from the Qorvath were saved by a trawler."


@pytest.mark.parametrize(
    ("text", "words", "cls", "label", "expected"),
    [
        (SHIPS, "Qorvath", "Thing", "Qorvath", "Thing"),
        ("Mr. Zilmar spoke to Tramona.", "Mr. Zilmar", "Company", "Zilmar", "Person"),
        ("She works for Tramona in Oslo.", "Tramona", "Company", "Tramona", "Company"),
        ("Rain fell in Oslo.", "Oslo", "City", "Oslo", "City"),
        ("He praised a cupola.", "a cupola", "Facility", "a cupola", "Facility"),
    ],
)
def test_a_proposal_gives_a_class(nlp: Language, text: str, words: str, cls: str, label: str, expected: str) -> None:
    found = read(nlp, text, (words, cls))
    assert classes(found)[label] == expected
    assert found.proposals == (Proposals("p", "mentions", 1),)


def test_the_gazetteer_outranks_a_plug_in(nlp: Language) -> None:
    assert classes(read(nlp, "Envoys met in Portugal.", ("Portugal", "Person")))["Portugal"] == "Country"


def test_a_longer_name_takes_the_place_of_what_is_inside_it(nlp: Language) -> None:
    text = "Tramona of the Quince Larder was sold to Ana Velho."
    found = read(nlp, text, ("Tramona of the Quince Larder", "Company"))
    assert classes(found)["Tramona of the Quince Larder"] == "Company"


@pytest.mark.parametrize(
    ("text", "words", "cls", "reason"),
    [
        ("Rain fell in Oslo.", "Osl", "City", "not whole words of one sentence of the story"),
        ("Rain fell in Oslo. Ana slept.", "Oslo. Ana", "City", "not whole words of one sentence of the story"),
        ("Rain fell in Oslo.", "Oslo", "Town", "an unknown class"),
        ("Rain fell in Oslo.", ".", "City", "no words of a name or noun phrase"),
        ("Rain fell in Oslo on Monday.", "Monday", "City", "part of a time"),
        ("Envoys left the University of Oslo.", "University", "Company", "overlaps a name of other bounds"),
        (
            "Portugal Telecomix met Ana Velho.",
            "Portugal Telecomix met Ana Velho",
            "Company",
            "no words of a name or noun phrase",
        ),
        ("The minister slept in Oslo.", "minister", "City", "a noun of another class"),
        ("She slept in Oslo.", "She", "Person", "no noun phrase"),
    ],
)
def test_a_proposal_that_is_left_out_is_counted_and_changes_nothing(
    nlp: Language, text: str, words: str, cls: str, reason: str
) -> None:
    found = read(nlp, text, (words, cls))
    [proposals] = found.proposals
    assert proposals.kept == 0
    assert proposals.dropped == ((reason, 1),)
    assert found.entities == read(nlp, text).entities


def test_places_outside_the_text_and_the_same_words_twice(nlp: Language) -> None:
    document = Document("x", "Rain fell in Oslo.")
    [parse] = language.parse(nlp, [document])
    spans = [(13, 17), (13, 17), (-4, 3), (13, 99), (5, 5)]
    given = Given("p", "mentions", tuple(ProposedMention(span, "City") for span in spans))
    found = annotate(document, parse, rules.load(), given)
    assert found.proposals == (
        Proposals("p", "mentions", 1, (("a place outside the text", 3), ("twice the same words", 1))),
    )


def test_a_caption_is_no_story(nlp: Language) -> None:
    text = "By Ana Velho\n\nRain fell in Oslo, the first in a month, and the farmers of the valley were glad of it."
    found = read(nlp, text, ("Ana Velho", "Person"))
    assert found.document.furniture
    assert found.proposals[0].dropped == (("not whole words of one sentence of the story", 1),)


def test_proposed_names_go_through_coreference(nlp: Language) -> None:
    text = "The tug Qorvath sank off Brest. Sailors from the Qorvath were saved."
    found = read(nlp, text, ("Qorvath", "Thing"))
    ship = next(entity for entity in found.entities if entity.label == "Qorvath")
    assert sum(mention.entity == ship.id for mention in found.mentions) >= 2
