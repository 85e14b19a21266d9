"""Plug-ins from the outside: the example that ships, and those that misbehave."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from typing import Any

import distributions
import pytest
import rdflib

import kg
from kg import archive, cli
from kg.errors import PluginError
from kg.model import Document, Failure, Proposals, Reading
from kg.pipeline import Setup, read
from kg.plugins import ProposedClaim, ProposedMention, asking, offered
from kg.plugins.counting import ProposalCount
from kg.plugins.offered import Plugin
from kg.publish import rdf, shapes
from kg.scale import store

EXAMPLE = Path(__file__).parents[2] / "examples" / "plugin"
STORY = "The MV Sea Falcon moored in Trieste, port officials said. The MV Sea Falcon carried grain."
DOCUMENT = Document("port", STORY)

#: Makers of plug-ins as others may write them, by the name of their entry point.
MODULE = """
import time

def quiet():
    return lambda *known: []

def raising():
    def find(*known):
        yield {"cls": "Person", "span": [0, 3]}
        raise OSError("no  connection\\nto the model")
    return find

def leaving():
    def find(*known):
        raise SystemExit(3)
    return find

def text():
    return lambda *known: "MV Sea Falcon"

def nothing():
    return lambda *known: None

def endless():
    def find(*known):
        while True:
            yield {"cls": "Person", "span": [0, 3]}
    return find

def slow():
    def find(*known):
        time.sleep(30)
        return []
    return find

def rubbish():
    return lambda *known: [None, 7, {}, {"cls": "Person"}, object()]

def choosy():
    def find(*known):
        document = getattr(known[0], "document", known[0])
        if "grain" in document.text:
            raise ValueError("no grain")
        return []
    return find

def unmade():
    raise RuntimeError("the model is not there")

def number():
    return 3

word = "word"
"""
MAKERS = "quiet raising leaving text nothing endless slow rubbish choosy unmade number word".split()


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example as if it were installed."""
    monkeypatch.syspath_prepend(distributions.install(tmp_path / "toy", EXAMPLE))
    return tmp_path / "toy"


@pytest.fixture
def bad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package with the plug-ins of ``MAKERS``, and two that cannot be imported."""
    folder = tmp_path / "bad"
    points = {name: f"kg_bad:{name}" for name in MAKERS} | {"lost": "kg_bad:lost", "gone": "kg_gone:make"}
    distributions.register(folder, "kg-bad", "0.1", {"kg.mentions": points, "kg.claims": points})
    (folder / "kg_bad.py").write_text(MODULE, encoding="utf-8")
    monkeypatch.syspath_prepend(folder)


def test_the_example_finds_ships_and_moorings(toy: Path) -> None:
    [plain] = kg.read(DOCUMENT)
    [reading] = kg.read(DOCUMENT, mentions="toy", claims="toy")
    assert isinstance(plain, Reading)
    assert isinstance(reading, Reading)
    assert not any(claim.cls == "Arrival" for claim in plain.claims)
    [ship] = [entity for entity in reading.entities if entity.label == "MV Sea Falcon"]
    assert (ship.cls, ship.named) == ("Thing", True)
    [arrival] = [claim for claim in reading.claims if claim.cls == "Arrival"]
    assert arrival.rule == "plug-in toy"
    assert arrival.roles["agent"][0].entity == ship.id
    [source] = [entity for entity in reading.entities if entity.id == arrival.source]
    assert source.label == "port officials"
    assert reading.proposals == (Proposals("toy", "mentions", 2), Proposals("toy", "claims", 1))


def test_the_graph_with_a_plug_in_is_right_and_the_same_by_any_number_of_processes(toy: Path) -> None:
    documents = [replace(DOCUMENT, id=f"port {n}") for n in range(3)]
    setup = Setup(mentions="toy", claims="toy")
    assert list(read(documents, setup, jobs=2)) == list(read(documents, setup))
    graph = kg.build(documents, mentions="toy", claims="toy")
    assert graph.proposals == (Proposals("toy", "mentions", 6), Proposals("toy", "claims", 3))
    assert graph.query(
        "SELECT DISTINCT ?who ?where { ?x a kg:Arrival ; kg:agent/rdfs:label ?who ; kg:destination/rdfs:label ?where }"
    ).records() == [{"who": "MV Sea Falcon", "where": "Trieste"}]
    assert shapes.validate(rdflib.Graph().parse(data=rdf.to_turtle(graph.nx), format="turtle")) == []


def test_the_examples_entry_points_are_what_the_protocols_want(toy: Path) -> None:
    for group in ("kg.mentions", "kg.claims"):
        [point] = metadata.entry_points(group=group, name="toy")
        assert callable(point.load()())


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("absent", r"--claims absent: no such plug-in is installed \(installed: choosy, .*, word\); see docs"),
        ("gone", r"--claims gone: the plug-in kg_gone:make cannot be imported \(ModuleNotFoundError: "),
        ("lost", r"--claims lost: the plug-in kg_bad:lost cannot be imported \(AttributeError: "),
        ("word", r"--claims word: kg_bad:word cannot be called; it has to make the plug-in"),
        ("unmade", r"--claims unmade: the plug-in could not be started \(RuntimeError: the model is not there\)"),
        ("number", r"--claims number: the plug-in gives int, which cannot be called"),
    ],
)
def test_a_plug_in_that_cannot_be_had_is_told_before_anything_is_read(bad: None, name: str, message: str) -> None:
    with pytest.raises(PluginError, match=message):
        list(kg.read(DOCUMENT, claims=name))


def test_none_installed_is_told() -> None:
    with pytest.raises(PluginError, match=r"\(installed: none\)"):
        offered.check("mentions", "absent")


def test_a_name_that_two_packages_have_is_told(toy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "other"
    distributions.register(other, "kg-other", "2", {"kg.mentions": {"toy": "kg_toy:ships"}})
    monkeypatch.syspath_prepend(other)
    with pytest.raises(PluginError, match=r"several packages bring .* \(kg-other, kg-toy\): uninstall one"):
        offered.check("mentions", "toy")


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("raising", "OSError: no connection to the model"),
        ("leaving", "SystemExit: 3"),
        ("text", "TypeError: it gave str and no list of proposals"),
        ("nothing", "TypeError: it gave NoneType and no list of proposals"),
        (
            "endless",
            f"ValueError: it gave more than {len(STORY)} proposals, which is more than the text has characters",
        ),
        ("slow", "TimeoutError: it took more than 0.5 seconds"),
    ],
)
@pytest.mark.parametrize("kind", ["mentions", "claims"])
def test_what_a_plug_in_does_wrong_costs_its_own_proposals_alone(bad: None, kind: Any, name: str, fault: str) -> None:
    [plain] = kg.read(DOCUMENT)
    limit = 0.5 if name == "slow" else None
    [reading] = kg.read(DOCUMENT, max_seconds=limit, **{kind: name})
    assert isinstance(reading, Reading)
    assert reading.proposals == (Proposals(name, kind, fault=fault),)
    assert replace(reading, proposals=()) == plain


def test_rubbish_is_counted_by_its_reason(bad: None) -> None:
    [reading] = kg.read(DOCUMENT, claims="rubbish")
    assert isinstance(reading, Reading)
    assert reading.proposals == (
        Proposals(
            "rubbish",
            "claims",
            0,
            (("no ProposedClaim", 3), ("of the wrong form: Object missing required field `cls`", 1),
             ("of the wrong form: Object missing required field `sentence`", 1)),
        ),
    )  # fmt: skip


Case = tuple[object, str]


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ({"cls": "Person", "span": [0, 3], "scor": 1}, "a field that ProposedMention does not have"),
        ({"cls": "Person", "span": [0, 3], "score": 1.5}, "a score or confidence outside 0 to 1"),
        ({"cls": "Person", "span": [0, 3], "score": float("nan")}, "a score or confidence outside 0 to 1"),
        ({"cls": "Person", "span": [0, True]}, "of the wrong form: Expected `int`, got `bool` - at `$.span[1]`"),
        ({"cls": 7, "span": [0, 3]}, "of the wrong form: Expected `str`, got `int` - at `$.cls`"),
        (ProposedMention((0, 3), None), "of the wrong form: Expected `str`, got `null` - at `$.cls`"),  # type: ignore[arg-type]
        (ProposedMention, "no ProposedMention"),
    ],
)
def test_a_proposal_of_the_wrong_form_is_dropped(item: object, reason: str) -> None:
    plugin = Plugin("p", "mentions", lambda document, sentences: [item, ProposedMention((0, 3), "Person")])
    given = asking.mentions(plugin, lambda work: work(), DOCUMENT, ())
    assert given.items == (ProposedMention((0, 3), "Person"),)
    assert given.dropped == ((reason, 1),)


def test_a_polarity_of_ones_own_is_dropped() -> None:
    item = {"cls": "Arrival", "sentence": "It came.", "trigger": "came", "polarity": "maybe"}
    given = asking.claims(Plugin("p", "claims", lambda reading: iter([item])), lambda work: work(), _reading())
    assert given.dropped == (("of the wrong form: Invalid enum value 'maybe' - at `$.polarity`", 1),)


def _reading() -> Reading:
    return Reading(DOCUMENT, (), (), (), (), (), ())


def test_counts_over_documents_are_told_in_words() -> None:
    count = ProposalCount()
    readings = [
        replace(
            _reading(),
            proposals=(Proposals("p", "claims", 2, (("an unknown class", 1),)), Proposals("q", "mentions", 1)),
        ),
        Failure("lost", "no text"),
        replace(_reading(), proposals=(Proposals("p", "claims", fault="OSError"), Proposals("q", "mentions"))),
    ]
    assert list(count.counting(readings)) == readings
    assert count.in_words() == [
        "Plug-in p: 3 claims proposed, 2 taken, 1 dropped (1 an unknown class).",
        "Plug-in q: 1 mention proposed, 1 taken.",
    ]
    assert count.faults == [Failure("port", "the plug-in p for claims failed (OSError); it was read without it.")]
    assert count.total()[0].fault == "failed on 1 document"


# ---------------------------------------------------------------------- the command line and a store
@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Iterator[Callable[..., tuple[int, str, str]]]:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "port.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "quay.txt").write_text("Ana Velho moored in Oslo, police said.", encoding="utf-8")

    def call(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["kg", *words])
        with pytest.raises(SystemExit) as end:
            cli.main()
        written = capsys.readouterr()
        return int(end.value.code or 0), written.out, written.err

    yield call


Run = Callable[..., tuple[int, str, str]]


def test_a_build_tells_what_became_of_proposals(toy: Path, run: Run) -> None:
    status, out, err = run("build", "port.txt", "--mentions", "toy", "--claims", "toy")
    assert (status, err) == (0, "")
    assert "Plug-in toy: 2 mentions proposed, 2 taken.\nPlug-in toy: 1 claim proposed, 1 taken.\nWritten: " in out


def test_annotate_tells_it_beside_its_output(toy: Path, run: Run) -> None:
    status, out, err = run("annotate", "port.txt", "--mentions", "toy")
    assert (status, err, out.count("\n")) == (0, "Plug-in toy: 2 mentions proposed, 2 taken.\n", 1)


def test_a_plug_in_that_fails_on_a_document_is_told_and_the_rest_is_done(bad: None, run: Run) -> None:
    status, out, err = run("build", "port.txt", "quay.txt", "--claims", "choosy")
    assert status == 1
    assert err == "port: the plug-in choosy for claims failed (ValueError: no grain); it was read without it.\n"
    assert "documents           2" in out


def test_an_unknown_plug_in_is_one_sentence(run: Run) -> None:
    status, out, err = run("build", "port.txt", "--mentions", "gliner")
    assert (status, out) == (2, "")
    assert err == "--mentions gliner: no such plug-in is installed (installed: none); see docs/plugins.md.\n"


def test_a_store_is_read_again_with_another_plug_in(toy: Path, run: Run) -> None:
    assert "1 new, 0 read again" in run("build", "port.txt", "--store", "kept")[1]
    again = run("build", "--store", "kept", "--claims", "toy")[1]
    assert "0 new, 1 read again" in again
    assert "Plug-in toy: 1 claim proposed, 1 taken." in again
    assert "0 new, 0 read again, 1 as before" in run("build", "port.txt", "--store", "kept", "--claims", "toy")[1]


def test_what_a_plug_in_failed_on_is_tried_again_in_the_next_run(bad: None, run: Run, tmp_path: Path) -> None:
    words = ("build", "port.txt", "quay.txt", "--store", "kept", "--claims", "choosy")
    assert (run(*words)[0], run(*words)[0]) == (1, 1)
    with store.opened(tmp_path / "kept") as opened:
        assert [kept.id for kept in opened.stale(archive.status(tmp_path / "kept").version)] == ["port"]
    assert run("build", "--store", "kept", "--claims", "quiet")[0] == 0
    assert archive.status(tmp_path / "kept").stale == 0


def test_claims_are_proposals_of_a_fixed_form() -> None:
    item = ProposedClaim("Arrival", "It came.", "came", {"agent": ["It"]})
    given = asking.claims(Plugin("p", "claims", lambda reading: [item]), lambda work: work(), _reading())
    assert given.items == (item,)
