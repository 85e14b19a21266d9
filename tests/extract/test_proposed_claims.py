"""What becomes of claims that a plug-in proposes: what it quotes must stand in the text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kg import rules
from kg.acquire import documents
from kg.annotate import annotate, language
from kg.extract import extract, proposed
from kg.model import Annotations, Claim, Document, Reading
from kg.plugins import ProposedClaim
from kg.plugins.asking import Given

if TYPE_CHECKING:
    from spacy.language import Language

TEXT = (
    "Ana Velho dredged the  harbour works in May 2019. Bo Lind, an engineer, said the works had sunk the old quay. "
    "The envoy expelled Carl Dorn. He left."
)
GREEN = ProposedClaim(
    "Violation", "Ana Velho dredged the harbour works", "dredged", {"agent": ["Ana Velho"]}, time="May 2019"
)
SUNK = ProposedClaim("Disaster", "the works had sunk the old quay", "sunk", {"patient": ["the old quay"]})


@pytest.fixture(scope="module")
def found(nlp: Language) -> tuple[Annotations, Reading]:
    document = documents.finish(Document("x", TEXT), date=None, max_chars=10_000)
    [parse] = language.parse(nlp, [document])
    annotations = annotate(document, parse, rules.load())
    return annotations, extract(annotations, rules.load())


Found = tuple[Annotations, Reading]


def join(found: Found, *items: ProposedClaim) -> tuple[list[Claim], dict[str, int]]:
    """The claims of the plug-in that were taken, and why others were not."""
    annotations, reading = found
    joined = proposed.join(reading, annotations, Given("p", "claims", items), rules.load().events)
    taken = [claim for claim in joined.claims if claim.rule == "plug-in p"]
    [proposals] = joined.proposals
    assert proposals.kept == len(taken)
    return taken, dict(proposals.dropped)


def label(found: Found, entity: str | None) -> str:
    return next(each.label for each in found[1].entities if each.id == entity)


def test_a_quoted_claim_becomes_one(found: Found) -> None:
    [claim], dropped = join(found, replace(GREEN, polarity="negative", certainty="probable", confidence=0.7))
    assert dropped == {}
    assert TEXT[slice(*claim.trigger)] == "dredged"
    assert TEXT[slice(*claim.sentence)] == "Ana Velho dredged the  harbour works in May 2019."
    assert label(found, claim.roles["agent"][0].entity) == "Ana Velho"
    assert (claim.polarity, claim.certainty, claim.confidence) == ("negative", "probable", 0.7)
    assert claim.time is not None
    assert claim.time.edtf == "2019-05"
    assert claim.source == "doc"


def test_it_takes_the_place_of_a_plain_event_and_no_other(found: Found) -> None:
    before = {claim.trigger: claim for claim in found[1].claims}
    [claim], _ = join(found, GREEN)
    assert before[claim.trigger].cls == "Event"
    assert claim.id == before[claim.trigger].id


def test_who_says_so_is_left_to_the_rules_unless_it_is_quoted(found: Found) -> None:
    [claim], _ = join(found, SUNK)
    assert label(found, claim.source) == "Bo Lind"
    [other], _ = join(found, replace(SUNK, source="Ana Velho"))
    assert label(found, other.source) == "Ana Velho"
    assert other.cue is None


def test_said_is_no_statement_beside_a_claim_that_it_brings(found: Found) -> None:
    annotations, reading = found
    assert any(claim.cls == "Statement" and not claim.background for claim in reading.claims)
    joined = proposed.join(reading, annotations, Given("p", "claims", (SUNK,)), rules.load().events)
    assert not any(claim.cls == "Statement" and not claim.background for claim in joined.claims)


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        (replace(GREEN, cls="Blessing"), "an unknown class"),
        (replace(GREEN, roles={"hero": ["Ana Velho"]}), "an unknown role"),
        (replace(GREEN, kinship="aunt"), "an unknown kinship"),
        (replace(GREEN, sentence="Ana Velho blessed the harbour works"), "a sentence that does not stand in the story"),
        (replace(GREEN, sentence="works in May 2019. Bo Lind"), "a sentence that does not stand in the story"),
        (replace(GREEN, sentence=" "), "a sentence that does not stand in the story"),
        (replace(GREEN, trigger="Dredged"), "a trigger that does not stand in the sentence"),
        (replace(GREEN, trigger="dredge"), "a trigger that does not stand in the sentence"),
        (replace(GREEN, trigger="sunk"), "a trigger that does not stand in the sentence"),
        (replace(GREEN, trigger="…"), "a trigger that does not stand in the sentence"),
        (replace(GREEN, roles={"agent": ["Bo Lind"]}), "a participant that does not stand in the sentence"),
        (replace(GREEN, roles={"agent": ["dredged"]}), "a participant that is no mention"),
        (replace(GREEN, source="Eva Holm"), "a source that does not stand in the story"),
        (replace(GREEN, source="dredged"), "a source that is no mention"),
        (replace(GREEN, cue="said"), "a cue that does not stand in the sentence"),
        (replace(GREEN, position="mayor"), "a position that does not stand in the sentence"),
        (replace(GREEN, time="June 2019"), "a time that does not stand in the sentence"),
        (replace(GREEN, time="harbour"), "a time that is none"),
        (
            ProposedClaim("Dismissal", "The envoy expelled Carl Dorn.", "expelled", {"patient": ["Carl Dorn"]}),
            "words that are read as a claim already",
        ),
    ],
)
def test_what_does_not_stand_up_is_dropped_and_counted(found: Found, item: ProposedClaim, reason: str) -> None:
    assert join(found, item) == ([], {reason: 1})
    [good], dropped = join(found, item, SUNK)
    assert (good.cls, dropped) == ("Disaster", {reason: 1})


def test_the_same_claim_twice_is_one(found: Found) -> None:
    taken, dropped = join(found, SUNK, SUNK)
    assert (len(taken), dropped) == (1, {"words that are read as a claim already": 1})


def test_a_phrase_is_the_mention_that_heads_it(found: Found) -> None:
    [claim], _ = join(found, replace(SUNK, trigger="sunk", source="Bo Lind, an engineer"))
    assert label(found, claim.source) == "Bo Lind"


def test_words_that_the_rules_have_no_claim_for_are_one_more(found: Found) -> None:
    sentence = "Ana Velho dredged the harbour works"
    item = ProposedClaim("Ownership", sentence, "harbour", {"agent": ["Ana Velho"]}, position="harbour works")
    [claim], _ = join(found, item)
    assert (claim.state, claim.position) == (True, "harbour works")
    assert claim.id == f"s{len(found[1].claims) + 1}"
