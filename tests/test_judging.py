"""People judge a graph that was built, by names and claims; a second build holds to it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import networkx as nx
import pytest
from typer.testing import CliRunner

from kg import judging, pipeline
from kg.api import Graph
from kg.cli import app
from kg.errors import InputError
from kg.fuse import records
from kg.model import Claim, Document, Entity, Filler, Mention, Reading


def story(name: str, text: str, person: str) -> Reading:
    """One document that says that a person fled, read by hand."""
    begin, fled = text.index(person), text.index("fled")
    spans = (begin, begin + len(person))
    return Reading(
        Document(name, text),
        (Entity("e1", "Person", person, named=True),),
        (Mention(spans, spans, "e1", 0, (0, 1), "name"),),
        (),
        (),
        (Claim("s1", "Escape", "flee", (fled, fled + 4), (0, len(text)), {"agent": (Filler(spans, entity="e1"),)}),),
        ((0, len(text)),),
    )


READINGS = [
    story("a", "Thae Yong Ho fled on Monday.", "Thae Yong Ho"),
    story("b", "On Monday Tae Yong-ho fled.", "Tae Yong-ho"),
    story("c", "Ann Bo fled, too.", "Ann Bo"),
]


def built(folder: Path) -> nx.MultiDiGraph:
    graph = pipeline.build(READINGS, judged=folder)
    Graph(graph).save(folder, formats="ttl,json")
    return graph


def people(graph: nx.MultiDiGraph) -> list[str]:
    return sorted(data["label"] for _, data in graph.nodes(data=True) if data["kind"] == "entity")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    built(tmp_path)
    return tmp_path


def test_a_split_holds_in_the_next_build_and_stands_in_the_log(folder: Path) -> None:
    assert people(built(folder)) == ["Ann Bo", "Thae Yong Ho"]
    judging.judge(folder, "Thae Yong Ho@a", "Thae Yong Ho@b", same=False)
    assert people(built(folder)) == ["Ann Bo", "Tae Yong-ho", "Thae Yong Ho"]
    (judgement,) = judging.judgements(folder)
    assert (judgement.by, judgement.same) == ("person", False)
    # and takes itself back
    judging.judge(folder, "Thae Yong Ho", "Tae Yong-ho", same=True)
    assert people(built(folder)) == ["Ann Bo", "Thae Yong Ho"]


def test_a_join_holds_in_the_next_build(folder: Path) -> None:
    judging.judge(folder, "Thae Yong Ho", "ann bo", same=True)
    assert people(built(folder)) == ["Thae Yong Ho"]


def test_every_mention_and_every_judgement_is_found_by_any_form_of_the_name(folder: Path) -> None:
    (known,) = judging.mentions(folder, "tae yong ho")
    assert [place.document for place in known.mentions] == ["a", "b"]
    (judgement,) = judging.about(judging.judgements(folder), "Thae Yong Ho", "TAE YONG HO")
    assert "another spelling" in judgement.reasons[0]
    assert judging.about(judging.judgements(folder), "Thae Yong Ho", "Ann Bo") == []


def test_a_document_is_named_by_its_id_its_title_or_its_key(tmp_path: Path) -> None:
    titled = [replace(r, document=replace(r.document, title=f"The story {r.document.id}")) for r in READINGS]
    Graph(pipeline.build(titled, judged=tmp_path)).save(tmp_path, formats="ttl")
    (known,) = judging.mentions(tmp_path, "Thae Yong Ho")
    first, second = known.mentions
    assert (first.document, first.title, first.words) == ("a", "The story a", "Thae Yong Ho")
    for document in ("b", "The story b", titled[1].document.key):
        assert judging.reference(tmp_path, f"Thae Yong Ho@{document}") == (second.ref, "Thae Yong Ho")


def test_what_was_judged_is_explained_of_all_that_can_be_judged(folder: Path) -> None:
    first, second = (place.ref for place in judging.mentions(folder, "Thae Yong Ho")[0].mentions)
    for pair in (("Thae Yong Ho@a", "Thae Yong Ho@b"), (second, first), ("Tae Yong-ho", "Thae Yong Ho@a")):
        (judgement,) = judging.explained(folder, *pair)
        assert "another spelling" in judgement.reasons[0]
    assert judging.explained(folder, "Thae Yong Ho@a", "Ann Bo@c") == []
    for name in ("Nobody", "Ann Bo@a", "0123456789abcdef/0-3"):
        with pytest.raises(InputError, match="nobody and nothing of that name"):
            judging.explained(folder, "Thae Yong Ho", name)


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("Nobody", "Ann Bo", "nobody and nothing of that name"),
        ("An Bo", "Ann Bo", "Did you mean 'Ann Bo'"),
        ("Ann Bo@a", "Ann Bo", "nobody and nothing of that name there; Ann Bo is in c."),
        ("Ann Bo", "Ann Bo", "are one mention"),
        ("0123456789abcdef/0-3", "Ann Bo", "has no mention there"),
    ],
)
def test_names_that_nobody_has_are_told(folder: Path, first: str, second: str, words: str) -> None:
    before = (folder / records.JUDGEMENTS).read_text(encoding="utf-8")
    with pytest.raises(InputError) as error:
        judging.judge(folder, first, second, same=True)
    assert words in str(error.value)
    assert (folder / records.JUDGEMENTS).read_text(encoding="utf-8") == before


def test_a_name_of_several_asks_which_one(tmp_path: Path) -> None:
    twice = [story(n, f"{'x' * n_} Kim fled.", "Kim") for n, n_ in (("a", 1), ("b", 2))]
    Graph(pipeline.build(twice)).save(tmp_path, formats="ttl")
    with pytest.raises(InputError, match="several are called that"):
        judging.judge(tmp_path, "Kim", "Kim@b", same=True)
    judging.judge(tmp_path, "Kim@a", "Kim@b", same=True)
    assert people(pipeline.build(twice, judged=tmp_path)) == ["Kim"]


def test_a_claim_that_is_wrong_stays_out_of_every_later_build(folder: Path) -> None:
    claim = next(
        n for n, data in built(folder).nodes(data=True) if data["kind"] == "claim" and data["label"].endswith("fled")
    )
    found = judging.correct(folder, f"https://kg.example/id/{claim}", wrong=True, changes=[])
    assert (found.words, found.sentence) == ("fled", "Thae Yong Ho fled on Monday.")
    assert claim not in built(folder)
    with pytest.raises(InputError, match="no such claim"):
        judging.correct(folder, claim, wrong=True, changes=[])


def test_a_claim_is_set_right_in_every_later_build(folder: Path) -> None:
    claim = next(n for n, data in built(folder).nodes(data=True) if data["kind"] == "claim")
    judging.correct(folder, claim, wrong=False, changes=[("certainty", "possible")])
    data = built(folder).nodes[claim]
    assert (data["certainty"], data["corrected"]) == ("possible", "certainty: possible (was certain)")


def test_the_evidence_has_the_address_that_a_correction_wants(folder: Path) -> None:
    row, *_ = Graph.load(folder).query(name="evidence", text="too").records()
    assert judging.correct(folder, row["claim"], wrong=True, changes=[]).sentence == "Ann Bo fled, too."


def test_the_list_of_documents_has_the_ids_that_judgements_want(folder: Path) -> None:
    answer = Graph.load(folder).query(name="documents")
    for row in answer.records():
        (known, *_) = judging.mentions(folder, "Ann Bo" if row["id"] == "c" else "Thae Yong Ho")
        assert any(place.is_in(row["id"]) for place in known.mentions)


def test_a_graph_of_one_document_has_no_log(tmp_path: Path) -> None:
    Graph(pipeline.build(READINGS[:1])).save(tmp_path, formats="ttl")
    assert not (tmp_path / records.JUDGEMENTS).exists()
    with pytest.raises(InputError, match="several documents"):
        judging.judgements(tmp_path)


RUN = CliRunner()


@pytest.mark.parametrize(
    ("arguments", "printed"),
    [
        (["merges", "list"], "another spelling"),
        (["merges", "explain", "Thae Yong Ho", "Tae Yong-ho"], "another spelling"),
        (["merges", "explain", "Thae Yong Ho", "Ann Bo"], "never compared"),
        (["merges", "mentions", "Ann Bo"], "Person"),
        (["merges", "split", "Thae Yong Ho@a", "Thae Yong Ho@b"], "are two from the next kg build on"),
        (["merges", "join", "Thae Yong Ho", "Ann Bo"], "are one from the next kg build on"),
    ],
)
def test_the_commands(folder: Path, arguments: list[str], printed: str) -> None:
    done = RUN.invoke(app, [*arguments, "-o", str(folder)])
    assert done.exit_code == 0, done.output
    assert printed in done.output


def test_the_list_takes_its_folder_either_way(folder: Path) -> None:
    one, other = (RUN.invoke(app, ["merges", "list", *words, str(folder)]) for words in ([], ["-o"]))
    assert (one.exit_code, one.output) == (0, other.output)


def test_the_command_that_corrects(folder: Path) -> None:
    claim = next(n for n, data in built(folder).nodes(data=True) if data["kind"] == "claim")
    done = RUN.invoke(app, ["correct", claim, "--set", "certainty=possible", "-o", str(folder)])
    assert "it has certainty=possible" in done.output
    done = RUN.invoke(app, ["correct", claim, "--wrong", "-o", str(folder)])
    assert "it is left out" in done.output
    assert claim not in built(folder)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["x", "--wrong"], "this is no claim"),
        (["x"], "Say either --wrong"),
        (["x", "--wrong", "--set", "amount=1"], "Say either --wrong"),
        (["x", "--set", "amount"], "write it as FIELD=VALUE"),
        (["x", "--set", "colour=red"], "cannot be set"),
    ],
)
def test_wrong_corrections_are_told(folder: Path, arguments: list[str], words: str) -> None:
    done = RUN.invoke(app, ["correct", *arguments, "-o", str(folder)])
    assert isinstance(done.exception, InputError)
    assert words in str(done.exception)
    assert not (folder / records.CORRECTIONS).exists()
