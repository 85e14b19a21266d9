from __future__ import annotations

import filecmp
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from knowledge import KNOWLEDGE

from kg import cli, graph
from kg.publish import files, rdf, sparql, summary
from kg.publish.answer import Answer, Cell
from kg.scale import store

STORY = "date 2021-03-04\n\nNorland expelled Ambassador Ana Velho on Monday, police said. It rained.\n"


class Done(NamedTuple):
    status: int
    out: str
    err: str


Kg = Callable[..., Done]


@pytest.fixture
def kg(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Kg:
    """``kg("build", path)`` in an empty folder: what the command line does, in this process."""
    monkeypatch.chdir(tmp_path)

    def run(*words: object, stdin: str = "") -> Done:
        monkeypatch.setattr(sys, "argv", ["kg", *map(str, words)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        with pytest.raises(SystemExit) as end:
            cli.main()
        written = capsys.readouterr()
        code = end.value.code
        assert isinstance(code, int) or code is None
        return Done(code or 0, written.out, written.err)

    return run


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    return path


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# -- annotate ------------------------------------------------------------------------------


def test_annotate_writes_one_line_a_document(kg: Kg, story: Path) -> None:
    done = kg("annotate", story, "-", stdin="She resigned.")
    first, second = map(json.loads, done.out.splitlines())
    assert (done.status, done.err) == (0, "")
    assert (first["id"], first["text"], first["date"]) == ("story", STORY, "2021-03-04")
    assert (second["id"], second["text"], second["date"]) == ("stdin", "She resigned.", None)


def test_annotate_writes_into_a_file(kg: Kg, story: Path) -> None:
    done = kg("annotate", story, "-o", "new/notes.jsonl")
    assert done == (0, "", "")
    assert json.loads(Path("new/notes.jsonl").read_text(encoding="utf-8"))["id"] == "story"
    assert left(Path("new")) == ["notes.jsonl"]


def test_the_date_option_is_for_documents_without_one(kg: Kg, story: Path) -> None:
    done = kg("annotate", story, "-", "--date", "2020-02-02", stdin="She resigned.")
    assert [json.loads(line)["date"] for line in done.out.splitlines()] == ["2021-03-04", "2020-02-02"]


# -- build ---------------------------------------------------------------------------------


def test_build_writes_three_files_and_tells_what_is_in_them(kg: Kg, story: Path) -> None:
    done = kg("build", story)
    assert (done.status, done.err) == (0, "")
    assert left(Path("output")) == ["graph.html", "graph.json", "graph.ttl"]
    assert "documents           1\n" in done.out
    assert "Of 2 body sentences 1 gave a claim of a class, 1 plain events only, 0 nothing." in done.out
    assert "Written: output/graph.ttl, output/graph.json, output/graph.html\n" in done.out
    assert "It rained." not in done.out


def test_a_day_of_publication_that_is_wanted_is_asked_for(kg: Kg, story: Path) -> None:
    wanted = "1 document states no day of publication, so 1 time has no date (“Monday”): give it with --date.\n"
    assert wanted not in kg("build", story).out
    story.write_text(STORY.partition("\n\n")[2], encoding="utf-8")
    assert wanted in kg("build", story).out
    assert wanted not in kg("build", story, "--date", "2021-03-04").out


def test_explain_lists_the_sentences_that_gave_no_claim_of_a_class(kg: Kg, story: Path) -> None:
    done = kg("build", story, "--explain", "--formats", "json")
    assert done.status == 0
    assert left(Path("output")) == ["graph.json"]
    [line] = [line for line in done.out.splitlines() if "It rained." in line]
    begin = STORY.index("It rained")
    assert line.split() == ["plain", f"story:{begin}-{begin + 10}", "It", "rained."]


def test_base_and_text_are_handed_on(kg: Kg, story: Path) -> None:
    assert kg("build", story, "--base", "https://x.example/", "--text", "none", "-o", "out").status == 0
    turtle = Path("out/graph.ttl").read_text(encoding="utf-8")
    assert "https://x.example/" in turtle
    assert "nif:isString" not in turtle


def test_some_documents_fail_and_the_rest_is_done(kg: Kg, story: Path) -> None:
    Path("empty.txt").write_text("", encoding="utf-8")
    done = kg("build", story, "empty.txt")
    assert done.status == 1
    assert done.err == (
        "1 document could not be read; the rest is done:\n"
        "empty.txt: the file is empty; give it a text or leave it out.\n"
    )
    assert left(Path("output")) == ["graph.html", "graph.json", "graph.ttl"]


def test_only_the_first_disputes_are_named(kg: Kg, story: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    labels = [f"Killing {n}\n" for n in range(7)]
    monkeypatch.setattr(summary, "summary", lambda graph: summary.Summary([("documents", 1)], labels))
    done = kg("build", story, "--formats", "json")
    assert "Disputed: Killing 4\\n\n... and 2 more; ask: kg query --name disputed\n" in done.out
    assert "Killing 5" not in done.out


def test_two_builds_of_one_input_are_the_same_bytes(kg: Kg, story: Path) -> None:
    assert kg("build", story, "-o", "one").status == kg("build", story, "-o", "two").status == 0
    for name in left(Path("one")):
        assert filecmp.cmp(Path("one", name), Path("two", name), shallow=False), name


def test_more_processes_write_the_same_bytes(kg: Kg, story: Path) -> None:
    Path("more").mkdir()
    for n in range(6):
        Path(f"more/{n}.txt").write_text(STORY.replace("Monday", f"March {n + 1}"), encoding="utf-8")
    assert kg("build", story, "more", "-o", "one", "--formats", "ttl").status == 0
    assert kg("build", story, "more", "-o", "two", "--formats", "ttl", "--jobs", 2).status == 0
    assert filecmp.cmp("one/graph.ttl", "two/graph.ttl", shallow=False)


def test_a_document_may_take_so_long_and_no_longer(kg: Kg, story: Path) -> None:
    done = kg("annotate", story, "--max-seconds", "0.000001")
    assert (done.status, done.out) == (2, "")
    assert "story: reading it took more than 1e-06 seconds; split it, or raise --max-seconds.\n" in done.err


# -- a store -------------------------------------------------------------------------------


def test_a_store_grows_is_asked_and_shrinks(kg: Kg, story: Path) -> None:
    Path("more.txt").write_text(STORY.replace("Norland", "Sudria"), encoding="utf-8")
    Path("empty.txt").write_text("", encoding="utf-8")
    assert "Store s: 1 new, 0 read again, 0 as before." in kg("build", story, "--store", "s").out
    done = kg("build", story, "more.txt", "empty.txt", "--store", "s", "--explain", "--formats", "ttl")
    assert done.status == 1
    assert "empty.txt: the file is empty" in done.err
    assert "Store s: 1 new, 0 read again, 1 as before.\nWritten: output/graph.ttl\n" in done.out
    assert "plain story:" in re.sub(" +", " ", done.out)
    assert not Path("output/graph.html").exists()
    said = kg("status", "s")
    assert (said.status, said.err) == (0, "")
    rows = dict(line.split(maxsplit=1) for line in said.out.splitlines())
    assert (rows["documents"], rows["sentences"], rows["stale"]) == ("2", "4", "0")
    assert rows["graph"] == "up to date"
    assert "read   empty.txt: the file is empty" in rows["not"]
    ask = "SELECT ?name WHERE { ?e rdfs:label ?name }"
    before = kg("query", "--store", "s", ask).out.split()
    assert {"Norland", "Sudria", "more"} <= set(before)
    assert kg("remove", "more", "--store", "s").out == "Removed: more\n"
    after = kg("query", "--store", "s", ask).out.split()
    assert "Norland" in after
    assert not {"Sudria", "more"} & set(after)
    assert kg("query", "s", ask).out == kg("query", "--store", "s", ask).out


def test_a_store_is_brought_up_to_date_without_an_input(kg: Kg, story: Path) -> None:
    kg("build", story, "--store", "s")
    Path("mine.csv").write_text("name,class\nAna Velho,Person\n", encoding="utf-8")
    assert "0 new, 1 read again, 0 as before." in kg("build", "--store", "s", "--names", "mine.csv").out
    assert "0 new, 0 read again, 0 as before." in kg("build", "--store", "s", "--names", "mine.csv").out


def test_a_graph_that_is_behind_its_store_says_so(kg: Kg, story: Path) -> None:
    kg("build", story, "--store", "s")
    with store.opened(Path("s"), write=True) as opened:
        opened.remove(opened.called("story"))
    done = kg("query", "--store", "s", "ASK { ?s ?p ?o }")
    assert done.status == 0
    assert done.err == "The graph is older than the documents of the store: run kg build --store s.\n"
    assert "not that of the documents" in kg("status", "s").out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("status", "none"), "none: there is no store here; make one with kg build --store."),
        (("remove", "x", "--store", "none"), "none: there is no store here"),
        (("query", "--store", "none", "ASK {}"), "none: there is no store here"),
        (("query", "here", "ASK {}", "--store", "none"), "There are two graphs, here and none: leave one out."),
        (("build", "story.txt", "--store", "story.txt"), "story.txt: no store can be made here"),
        (("build", "story.txt", "--store", "."), "this folder holds other things and no store"),
        (("build", "empty.txt", "--store", "new"), "empty.txt: the file is empty"),
        (("build", "--store", "new"), "Nothing could be read."),
    ],
)
def test_wrong_stores_are_one_sentence_and_status_2(kg: Kg, story: Path, words: tuple[str, ...], sentence: str) -> None:
    Path("empty.txt").write_text("", encoding="utf-8")
    done = kg(*words)
    assert (done.status, done.out) == (2, "")
    assert sentence in done.err
    assert "Traceback" not in done.err


# -- wrong use -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("missing.txt",), "missing.txt: there is no such file or folder; check its name."),
        (("story.txt", "--date", "2021-02-30"), "--date 2021-02-30: there is no such day; write it as YYYY-MM-DD."),
        (("story.txt", "--model", "xx_none"), "xx_none"),
        (("empty.txt",), "Nothing could be read."),
        (("\x1b[31m.txt",), "\\x1b[31m.txt: no file matches"),
    ],
)
@pytest.mark.parametrize("command", ["build", "annotate"])
def test_wrong_use_is_one_sentence_and_status_2(
    kg: Kg, story: Path, command: str, words: tuple[str, ...], sentence: str
) -> None:
    Path("empty.txt").write_text("", encoding="utf-8")
    done = kg(command, *words, "-o", "out")
    assert (done.status, done.out) == (2, "")
    assert sentence in done.err
    assert "Traceback" not in done.err
    assert not Path("out").exists()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--formats", "pdf"), '"pdf" is no format; choose from ttl, json, html, nq'),
        (("--base", "here"), "here"),
        (("--jobs", "-1"), "jobs"),
        (("--max-seconds", "soon"), "--max-seconds"),
        (("-o", "story.txt"), "story.txt: this is a file, not a folder"),
        (("-o", "story.txt/below"), "not a folder"),
        (("--text", "some"), "some"),
    ],
)
def test_wrong_options_of_build_are_told_before_anything_is_read(
    kg: Kg, story: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], sentence: str
) -> None:
    from kg import pipeline

    monkeypatch.delattr(pipeline, "readings")
    done = kg("build", "story.txt", *words)
    assert (done.status, done.out) == (2, "")
    assert sentence in done.err
    assert "Traceback" not in done.err
    assert left(story.parent) == ["story.txt"]


def test_an_output_that_cannot_be_written_is_told(kg: Kg, story: Path) -> None:
    Path("folder").mkdir()
    done = kg("annotate", story, "-o", "folder")
    assert (done.status, done.err) == (2, "folder: this is a folder; name a file to write to.\n")


def test_without_an_input_or_a_store_there_is_nothing_to_read(kg: Kg) -> None:
    done = kg("build")
    assert (done.status, done.out) == (2, "")
    assert "There is nothing to read: name a file" in done.err


def test_the_version_is_told(kg: Kg) -> None:
    import kg as package

    assert kg("--version") == (0, f"kg {package.__version__}\n", "")


def test_without_a_command_there_is_help(kg: Kg) -> None:
    done = kg()
    assert done.status == 2
    assert "annotate" in done.out + done.err


# -- query ---------------------------------------------------------------------------------

STATUSES = "SELECT ?status (COUNT(?s) AS ?n) WHERE { ?s kg:status ?status } GROUP BY ?status ORDER BY ?status"


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A folder with a graph that was made by hand."""
    folder = tmp_path / "built"
    folder.mkdir()
    (folder / "graph.ttl").write_text(rdf.to_turtle(graph.build(KNOWLEDGE)), encoding="utf-8")
    return folder


def test_a_query_is_answered_as_a_table(kg: Kg, built: Path) -> None:
    done = kg("query", built, STATUSES)
    assert (done.status, done.err) == (0, "")
    rows = [line.split() for line in done.out.splitlines()]
    assert rows[0] == ["status", "n"]
    assert ["kg:Disputed", "1"] in rows


def test_a_query_is_answered_as_csv_and_json(kg: Kg, built: Path) -> None:
    ask = 'SELECT ?label ?missing WHERE { ?e rdfs:label ?label FILTER(?label = "Ana Velho") }'
    assert kg("query", built, ask, "--format", "csv").out == "label,missing\r\nAna Velho,\r\n"
    found = json.loads(kg("query", built, ask, "--format", "json").out)
    assert found == {
        "head": {"vars": ["label", "missing"]},
        "results": {"bindings": [{"label": {"type": "literal", "value": "Ana Velho"}}]},
    }


def test_a_query_comes_from_a_file_or_by_its_name(kg: Kg, built: Path) -> None:
    Path("q.rq").write_text("ASK { ?s kg:status kg:Disputed }", encoding="utf-8")
    assert kg("query", built, "-f", "q.rq").out.split()[-1] == "true"
    listed = kg("query", "--list").out.splitlines()
    assert len(listed) >= 5
    names = [line.split()[0] for line in listed if not line.startswith(" ")]
    assert names == list(sparql.named_queries())


def test_parameters_are_set_listed_and_shown(kg: Kg, built: Path) -> None:
    assert "person: Whose posts" in kg("query", "--list").out
    assert "VALUES $the_person { UNDEF }" in kg("query", "--show", "posts").out
    done = kg("query", built, "--name", "posts", "--set", "person=ana velho", "--format", "csv")
    assert done.out.splitlines()[1].startswith("Ana Velho,ambassador,Norland,Portugal")
    Path("own.rq").write_text(
        "# Own\n# --set who=NAME  Who. Example: Ana\nSELECT ?l { VALUES $the_who { UNDEF } $the_who rdfs:label ?l }",
        encoding="utf-8",
    )
    assert kg("query", built, "-f", "own.rq", "--set", "who=RUI VELHO", "--format", "csv").out == "l\r\nRui Velho\r\n"


def test_answers_come_as_markdown_and_turtle(kg: Kg, built: Path) -> None:
    assert kg("query", built, "--name", "posts", "--format", "markdown").out.startswith("| person    | position")
    statements = kg("query", built, "--name", "statements", "--format", "turtle")
    assert statements.out.startswith("@prefix ")
    rows = kg("query", built, "--name", "posts", "--format", "turtle")
    assert (rows.status, rows.out) == (2, "")
    assert "ask with CONSTRUCT or DESCRIBE" in rows.err


def test_the_graph_is_looked_for_where_build_puts_it(kg: Kg, built: Path) -> None:
    built.rename("output")
    assert kg("query", STATUSES).out == kg("query", "output", STATUSES).out


def test_no_answer_is_said_so(kg: Kg, built: Path) -> None:
    done = kg("query", built, "SELECT ?s WHERE { ?s kg:status kg:status }")
    assert (done.status, done.out) == (0, "")
    assert "No answer" in done.err


def test_an_answer_that_was_cut_is_said_so(kg: Kg, built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cut = Answer(("s",), ((Cell("x\x1b[31m", "literal"),), (None,)), complete=False)
    monkeypatch.setattr(sparql, "query", lambda store, text: cut)
    done = kg("query", built, STATUSES)
    assert done.err == "Only the first 2 rows are shown; make the query narrower.\n"
    assert "x\\x1b[31m" in done.out


def test_on_a_terminal_the_table_is_wrapped_to_its_width(kg: Kg, built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    done = kg("query", built, "SELECT ?words WHERE { ?s nif:anchorOf ?words }")
    assert done.status == 0
    lines = re.sub(r"\x1b\[[\d;]*m", "", done.out).splitlines()
    assert len(lines) > 10
    assert max(map(len, lines)) <= 40


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "There is no query"),
        (("built",), "There is no query"),
        (("built", "posts"), "ask it with --name posts"),
        (("posts",), "ask it with --name posts"),
        (("built", "SELECT", "*"), "put the query in quotation marks"),
        (("built", "x", "--name", "posts"), "put the query in quotation marks"),
        (("built", "--name", "posts", "-f", "q.rq"), "There are two queries"),
        (("built", "--name", "no-such"), '"no-such"'),
        (("built", "-f", "missing.rq"), "missing.rq: cannot be read"),
        (("built", "-f", "latin.rq"), "latin.rq: is not UTF-8"),
        (("built", "SELECT ?s WHERE { ?s kg:status }"), "line 1"),
        (("built", "DELETE WHERE { ?s ?p ?o }"), "DELETE"),
        (("nowhere", STATUSES), "nowhere"),
        (("built", STATUSES, "--format", "yaml"), "yaml"),
        (("built", STATUSES, "--set", "person=x"), "the query has no parameter"),
        (("built", "--name", "posts", "--set", "prson=x"), 'did you mean "person"; it has person, country.'),
        (("built", "--name", "posts", "--set", "person"), "write the parameter and its value"),
        (("built", "--name", "posts", "--set", "person="), "write the parameter and its value"),
        (("built", "--name", "posts", "--set", "person=x", "--set", "person=y"), "given twice"),
        (("built", "--name", "posts", "--set", "person=Velo"), "the nearest are"),
        (("built", "--name", "dossier"), "dossier needs a value for person"),
        (("--show", "no-such"), '"no-such"'),
    ],
)
def test_wrong_queries_are_one_sentence_and_status_2(
    kg: Kg, built: Path, words: tuple[str, ...], sentence: str
) -> None:
    Path("latin.rq").write_bytes(b"# \xff")
    done = kg("query", *words)
    assert (done.status, done.out) == (2, "")
    assert sentence in done.err
    assert "Traceback" not in done.err


# -- the process ---------------------------------------------------------------------------


def test_progress_is_shown_where_someone_is_watching(
    kg: Kg, story: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    done = kg("annotate", story, "-o", "notes.jsonl")
    assert (done.status, done.out) == (0, "")
    assert "0 of 1 documents" in done.err
    assert "documents" in kg("annotate", "-", "-o", "notes.jsonl", stdin="She left.").err


def test_help_imports_nothing_heavy() -> None:
    code = "import atexit, sys; from kg.cli import main; atexit.register(lambda: print(sorted(sys.modules))); main()"
    done = subprocess.run([sys.executable, "-c", code, "--help"], capture_output=True, text=True, check=True)
    assert "build" in done.stdout
    for heavy in ("spacy", "rdflib", "networkx", "pyvis", "pyoxigraph", "numpy"):
        assert f"'{heavy}'" not in done.stdout


def test_who_stops_it_finds_the_old_files_whole(kg: Kg, story: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kg("build", story, "-o", "out")
    before = {path.name: path.read_bytes() for path in Path("out").iterdir()}
    story.write_text("Norland expelled two diplomats, police said.", encoding="utf-8")
    stage, staged = files._stage, []

    def interrupted(folder: Path, name: str, *rest: Any, **more: Any) -> Path:
        staged.append(name)
        if len(staged) > 1:
            raise KeyboardInterrupt
        return stage(folder, name, *rest, **more)

    monkeypatch.setattr(files, "_stage", interrupted)
    done = kg("build", story, "-o", "out")
    assert (done.status, done.out, len(staged)) == (130, "", 2)
    assert done.err.startswith("Stopped.")
    assert {path.name: path.read_bytes() for path in Path("out").iterdir()} == before


def test_a_reader_that_closes_early_is_no_traceback(story: Path) -> None:
    story.write_text(STORY * 20, encoding="utf-8")
    command = [sys.executable, "-m", "kg", "annotate", str(story), str(story.parent)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(os.environ)) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


# -- validate ------------------------------------------------------------------------------


def test_validate_says_what_is_wrong_and_in_how_many_places(kg: Kg, built: Path) -> None:
    good = kg("validate", built / "graph.ttl")
    assert (good.status, good.err) == (0, "")
    assert ": as the vocabulary wants it: " in good.out
    broken = built / "broken.ttl"
    broken.write_text(
        (built / "graph.ttl").read_text(encoding="utf-8").replace("kg:positive", "kg:perhaps"), encoding="utf-8"
    )
    done = kg("validate", broken, "--most", 1)
    assert done.status == 1
    assert "kg:polarity: a claim needs one kg:polarity, kg:positive or kg:negative" in done.out
    assert "found: kg:perhaps" in done.out
    assert kg("validate", built / "graph.ttl", broken).status == 1


def test_validate_names_what_cannot_be_read_and_does_the_rest(kg: Kg, built: Path) -> None:
    Path("words.ttl").write_text("no RDF at all", encoding="utf-8")
    done = kg("validate", "words.ttl", "missing.nq", built / "graph.ttl")
    assert done.status == 2
    assert "words.ttl: this is not RDF that can be read. As Turtle: " in done.err
    assert "missing.nq: no such file." in done.err
    assert "as the vocabulary wants it" in done.out


def test_the_page_begins_with_as_many_nodes_as_are_asked_for(kg: Kg, story: Path) -> None:
    done = kg("build", story, "--max-nodes", 0)
    assert done.status == 2
    assert "--max-nodes" in done.err
    assert left(story.parent) == ["story.txt"]
    assert kg("build", story, "--max-nodes", 3).status == 0
    assert '"most":3,' in (story.parent / "output" / "graph.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--master", "local[2]"], "add --engine spark"),
        (["--scratch", "somewhere"], "add --engine spark"),
        (["--engine", "spark", "--store", "archive"], "keeps no store"),
    ],
)
def test_options_of_spark_and_others_that_do_not_go_together(kg: Kg, story: Path, words: list[str], said: str) -> None:
    done = kg("build", story, *words)
    assert (done.status, done.out) == (2, "")
    assert said in done.err
