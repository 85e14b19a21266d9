"""The words that attribute and the words of modality: what is loaded, and what is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.errors import RulesError
from kg.rules import cues
from kg.rules.cues import CERTAIN, SCALE, Value

GOOD = '[[verbs]]\nname = "speech"\nact = "Statement"\nwords = ["say"]\ntakes = ["clause"]\n'


def write(folder: Path, reporting: str, modality: str = "") -> Path:
    (folder / "reporting.toml").write_text(reporting, encoding="utf-8")
    (folder / "modality.toml").write_text(modality, encoding="utf-8")
    return folder


def test_the_shipped_cues_are_many_and_loaded_once() -> None:
    found = cues.load()
    assert found is cues.load()
    acts = [
        e.act for table in (found.verbs, found.nouns) for ps in table.values() for p in ps for e in p.frames.values()
    ]
    assert len(found.verbs) > 500
    assert len(found.nouns) > 200
    assert {"Statement", "Denial", "Accusation", "Demand", "Belief", None} <= set(acts)


def test_the_shipped_cues_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        cues.load().verbs["say"] = ()  # type: ignore[index]


def test_longer_patterns_come_first() -> None:
    patterns = cues.load().verbs["make"]
    assert [len(p.beside) for p in patterns] == sorted((len(p.beside) for p in patterns), reverse=True)


def test_nouns_are_indexed_by_their_last_word(tmp_path: Path) -> None:
    text = GOOD.replace("verbs", "nouns").replace('"say"', '"press|media report"')
    [pattern] = cues.load(write(tmp_path, text)).nouns["report"]
    assert pattern.beside == (frozenset({"press", "media"}),)


def test_one_word_may_take_several_things_from_several_groups(tmp_path: Path) -> None:
    other = '[[verbs]]\nname = "hearsay"\nwords = ["say"]\ntakes = ["infinitive"]\npositive = "probable"\n'
    [pattern] = cues.load(write(tmp_path, GOOD, other)).verbs["say"]
    assert pattern.frames["clause"].positive == CERTAIN
    assert pattern.frames["infinitive"].positive == Value("positive", "probable")
    assert pattern.frames["infinitive"].rule == "modality.toml:hearsay"


def test_sources_name_what_can_speak(tmp_path: Path) -> None:
    found = cues.load(write(tmp_path, '[sources]\nworks = ["poll"]\nutterances = ["letter"]\n' + GOOD))
    assert found.works == {"poll"}
    assert found.utterances == {"letter"}
    assert found.people == frozenset()


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (GOOD.replace("takes", "take"), 5, r'unknown key "take"; did you mean "takes"\?'),
        (GOOD.replace("verbs", "verb"), 1, r'unknown section "verb"; did you mean "verbs"\?'),
        (GOOD.replace("[[verbs]]", "[verbs]"), 1, r"\[\[verbs\]\]"),
        (GOOD.replace('"clause"', '"clauses"'), 5, r'unknown "clauses"; did you mean "clause"\?'),
        (GOOD.replace('["clause"]', "[]"), 5, "what the words stand beside"),
        (GOOD.replace('["say"]', "[]"), 4, "needs words"),
        (GOOD.replace('["say"]', '"say"'), 4, "list of words"),
        (GOOD.replace('name = "speech"\n', ""), 1, 'needs a "name"'),
        (GOOD.replace('"Statement"', '"Statment"'), 3, r'did you mean "Statement"\?'),
        (GOOD + 'positive = "not sure"\n', 6, "certain"),
        (GOOD + "positive = 3\n", 6, "certain"),
        (GOOD + 'presupposes = "yes"\n', 6, "true or false"),
        (GOOD + 'sources = "all"\n', 6, "agents"),
        (GOOD + "\n" + GOOD, 10, '"say" with "clause" is claimed twice'),
        ('[[adverbs]]\nname = "doubt"\nwords = ["maybe"]\ntakes = ["clause"]\n', 4, "matched by form"),
        ("[sources]\nworkers = []\n", 2, r'unknown key "workers"'),
    ],
)
def test_a_fault_is_told_with_its_file_and_line(tmp_path: Path, text: str, line: int, message: str) -> None:
    with pytest.raises(RulesError, match=f"^reporting.toml, line {line}: .*{message}"):
        cues.load(write(tmp_path, text))


def test_two_files_may_not_claim_one_word(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match=re.escape("reporting.toml:speech and modality.toml:other")):
        cues.load(write(tmp_path, GOOD, GOOD.replace('"speech"', '"other"')))


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match="cannot be read"):
        cues.load(tmp_path / "nowhere")


def test_values_turn_and_weaken() -> None:
    assert CERTAIN.negated() == Value("negative", "certain")
    assert CERTAIN.negated().negated() == CERTAIN
    for certainty in SCALE:
        assert CERTAIN.weakened(certainty) == Value("positive", certainty)
        assert Value("negative", "unspecified").weakened(certainty) == Value("negative", "unspecified")


def test_what_a_cue_makes_of_its_content_follows_from_how_it_stands() -> None:
    [fail] = cues.load().verbs["fail"]
    effect = fail.frames["infinitive"]
    assert effect.of(CERTAIN) == Value("negative", "certain")
    assert effect.of(CERTAIN.negated()) == CERTAIN
    assert effect.of(Value("positive", "possible")) == Value("negative", "possible")
    able = next(p for p in cues.load().adjectives["able"] if "infinitive" in p.frames).frames["infinitive"]
    assert able.of(CERTAIN) == Value("positive", "possible")
    assert able.of(CERTAIN, past=True) == CERTAIN
    assert able.of(CERTAIN.negated(), past=True) == Value("negative", "certain")
