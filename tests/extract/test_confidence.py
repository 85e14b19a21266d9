"""Each signal of a doubtful reading lowers the confidence, and nothing takes it out of 0 to 1."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trees import tree

from kg.extract.confidence import Evidence, confidence, rivals
from kg.extract.drafts import Draft
from kg.extract.factuality import Judgement
from kg.extract.reports import Report, Sourcing
from kg.model import DOCUMENT_SOURCE, Mention
from kg.rules import schema

PLAIN = "Bo - NNP nsubj 2\nfled flee VBD ROOT 0"
CERTAIN = Judgement("positive", "certain", ())
FLED = Draft(1, (1,), "Escape", "flee", "events/movement.toml:Escape:1 verb «flee»")
BO = Mention((0, 2), (0, 2), "e1", 0, (0, 1), "name")
ITSELF = Sourcing(DOCUMENT_SOURCE, (), None, None)
BEST = Evidence(tree(PLAIN), FLED, (BO,), ITSELF, CERTAIN, 0)
LONG = "\n".join([PLAIN, *(["then - RB advmod 2"] * 40)])
LISTED = "\n".join([PLAIN, *(["hid hide VBD conj 2"] * 3)])
UNSAID = Report(0, (0, 1), (0, 2), (0, 1), None, ((1, 2),), "Statement")


@pytest.mark.parametrize(
    "worse",
    [
        pytest.param(BEST._replace(parse=tree(LONG)), id="long sentence"),
        pytest.param(BEST._replace(parse=tree(LISTED)), id="coordination"),
        pytest.param(BEST._replace(parse=tree(PLAIN.replace("VBD", "VB"))), id="bare verb"),
        pytest.param(BEST._replace(parse=tree(PLAIN.replace("VBD", "VBG"))), id="gerund"),
        pytest.param(
            BEST._replace(parse=tree("left leave VBD ROOT 0\nfled flee VBD advcl 1")), id="subject from above"
        ),
        pytest.param(BEST._replace(draft=replace(FLED, confidence=0.5)), id="plain event"),
        pytest.param(BEST._replace(draft=replace(FLED, rule=FLED.rule.replace("verb", "noun"))), id="noun"),
        pytest.param(BEST._replace(draft=replace(FLED, rule="reporting.toml «flee»")), id="speech alone"),
        pytest.param(BEST._replace(rivals=1), id="other senses"),
        pytest.param(BEST._replace(mentions=(replace(BO, kind="nominal"),)), id="description"),
        pytest.param(BEST._replace(mentions=(replace(BO, kind="pronoun"),)), id="pronoun"),
        pytest.param(BEST._replace(mentions=(replace(BO, score=0.5),)), id="weak link"),
        pytest.param(BEST._replace(mentions=()), id="nobody"),
        pytest.param(BEST._replace(sourcing=Sourcing(DOCUMENT_SOURCE, (), None, UNSAID)), id="source unknown"),
        pytest.param(BEST._replace(sourcing=Sourcing("e1", (), (90, 94), None)), id="distant cue"),
        pytest.param(BEST._replace(judgement=Judgement("positive", "possible", ("may",))), id="hedged"),
        pytest.param(BEST._replace(judgement=Judgement("positive", "certain", ("a", "b"))), id="layers of cues"),
    ],
)
def test_a_doubtful_reading_is_trusted_less(worse: Evidence) -> None:
    assert confidence(worse) < confidence(BEST)


def test_a_title_is_trusted_more() -> None:
    assert confidence(BEST._replace(draft=replace(FLED, descriptive=True))) > confidence(BEST)


def test_rivals_are_the_other_classes_of_a_single_word() -> None:
    index = schema.load()
    parse = tree("Bo - NNP nsubj 2\nleft leave VBD ROOT 0\noffice - NN dobj 2")
    lexical = "events/x.toml:X:1 verb «leave»"
    known = next(frame.cls for pattern, frame in index.index["verb"]["leave"] if len(pattern.words) == 1)
    strange = rivals(Draft(1, (1,), "Docking", "leave", lexical), parse, index)
    assert rivals(Draft(1, (1,), known, "leave", lexical), parse, index) == strange - 1
    assert rivals(Draft(1, (1, 2), "Resignation", "leave office", lexical), parse, index) == 0
    assert rivals(Draft(1, (1,), "Tenure", "x", "posts.toml «envoy» by title"), parse, index) == 0


@given(
    st.floats(0.05, 0.95),
    st.lists(st.floats(0, 1), max_size=4),
    st.sampled_from(["certain", "probable", "possible", "unspecified"]),
    st.integers(0, 10),
)
def test_confidence_is_a_share(trust: float, scores: list[float], certainty: str, others: int) -> None:
    mentions = tuple(replace(BO, score=score) for score in scores)
    judgement = replace(CERTAIN, certainty=certainty)  # type: ignore[arg-type]
    evidence = BEST._replace(
        draft=replace(FLED, confidence=trust), mentions=mentions, judgement=judgement, rivals=others
    )
    assert 0 <= confidence(evidence) <= 1
