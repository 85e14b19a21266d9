"""Every command that the documentation shows is run, page by page in the order in which they stand there.

Those that cannot be run here are listed with the reason. ``python tests/test_commands.py`` writes what happens now
into the first steps.
"""

from __future__ import annotations

import json
import re
import shlex
import shutil
import tempfile
from pathlib import Path

import distributions
import pytest
from test_readme import output, prepared, shape

from kg import cli

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
PROGRAMS = "kg|pip|pytest|curl|ftm|neo4j-admin|cypher-shell|sqlite3|mkdocs|python|docker|spark-submit"
COMMAND = re.compile(rf"^(?:    (?=(?:{PROGRAMS}) )|\$ )(.+)$", re.MULTILINE)

#: What a command begins with that is not run here, and why.
NOT_RUN = {
    "pip install": ".ci/run installs the package; tests/plugins reads the example as pip would install it",
    "pytest": "this is pytest; tests/test_own_classes.py runs the example's",
    "kg build article.html": "it fetches from the web; tests/acquire reads each kind of file",
    "kg build https://": "it fetches from the web; tests/acquire has a server of its own",
    "curl": "it fetches from the web",
    "kg build articles/ --mentions NAME": "NAME stands for a plug-in; the commands below it are run",
    "neo4j-admin": "it needs Neo4j's server; tests/publish/test_neo4j.py reads the tables back",
    "cypher-shell": "it needs Neo4j's server; tests/publish/test_neo4j.py parses the script",
    "ftm": "tests/publish/test_ftm.py validates with its library",
    'kg query "SELECT ..."': "the dots stand for a query; tests/test_tutorial.py asks those of the page",
    "kg serve": "it runs until it is stopped; tests/publish/server has one",
    "kg build articles/ --engine spark": "it needs Spark, and a cluster; tests/test_distributed.py has both, small",
}
ARTICLES = {
    "article-1": "Lawmaker Kim Min Ki met Thae Yong Ho, the deputy ambassador to Britain, in London. Thae Yong Ho "
    "defected in 2016. Kim Min Ki spoke to the Fox in Oslo. The Fox was arrested.",
    "article-2": "Tae Yong-ho, the deputy ambassador to Britain, defected in 2016. Kim Min Ki, a singer, thanked him.",
    "article-3": "Thae Yong Ho, a former diplomat, met Ana Velho. An aide denied that Ana Velho had fled.",
}


def commands(page: Path) -> list[str]:
    return COMMAND.findall(page.read_text(encoding="utf-8"))


def runnable(page: Path) -> list[str]:
    return [command for command in commands(page) if not command.startswith(tuple(NOT_RUN))]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as a user may have it who has come to a page: with the examples, articles, a graph, a plug-in."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    (tmp_path / "articles").mkdir()
    for name, text in ARTICLES.items():
        (tmp_path / "articles" / f"{name}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "more.jsonl").write_text(
        json.dumps({"id": "more", "text": "Ana Velho fled to Oslo."}), encoding="utf-8"
    )
    csv = re.search(r"```csv\n(name,.*?)```", (ROOT / "docs" / "names.md").read_text(encoding="utf-8"), re.DOTALL)
    assert csv is not None
    (tmp_path / "ships.csv").write_text(csv[1], encoding="utf-8")
    story = re.search(r"```text\n(.*?)```", (ROOT / "docs" / "first-steps.md").read_text(encoding="utf-8"), re.DOTALL)
    assert story is not None
    (tmp_path / "my-article.txt").write_text(story[1], encoding="utf-8")
    (tmp_path / "question.rq").write_text("SELECT ?who WHERE { ?who a kg:Person }", encoding="utf-8")
    monkeypatch.syspath_prepend(distributions.install(tmp_path / "toy", ROOT / "examples" / "plugin"))
    return tmp_path


def run(command: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """The exit status of a ``kg`` command."""
    program, *words = shlex.split(command)
    assert program == "kg", command
    monkeypatch.setattr("sys.argv", [program, *words])
    with pytest.raises(SystemExit) as end:
        cli.main()
    return int(end.value.code or 0)


def built(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Make the graphs that pages begin from; the address of a claim of a defection in one."""
    run("kg build articles -o output --formats ttl,json", monkeypatch)
    for copy in ("graphs", "before", "after"):
        shutil.copytree(folder / "output", folder / copy)
    nodes = json.loads((folder / "output" / "graph.json").read_text(encoding="utf-8"))["nodes"]
    return next(node["id"] for node in nodes if node["kind"] == "claim" and node["id"].endswith("-Defection"))


@pytest.mark.parametrize("page", [page for page in PAGES if runnable(page)], ids=lambda page: page.name)
def test_the_commands_of_a_page_run(
    page: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    claim = built(folder, monkeypatch)
    for command in runnable(page):
        capsys.readouterr()
        status = run(re.sub(r"claim/0123456789abcdef/[\w-]+", claim, command), monkeypatch)
        # a person reads "1" as "some of it is missing"; kg diff says "nothing differs" by 0 as others do
        assert (command, status, capsys.readouterr().err) == (command, 0, "")


SHOWN = re.compile(r"```console\n\$ (kg [^\n]*)\n(.*?)```", re.DOTALL)
FIRST_STEPS = ROOT / "docs" / "first-steps.md"


def test_the_first_steps_print_what_the_page_shows(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As in the README, figures may move and rows be added as the rules get better."""
    shown = SHOWN.findall(FIRST_STEPS.read_text(encoding="utf-8"))
    assert len(shown) == 5
    for command, below in shown:
        capsys.readouterr()
        assert run(command, monkeypatch) == 0
        printed = capsys.readouterr().out
        if command.startswith("kg build"):
            assert shape(printed) == shape(below)
        else:
            rows = [line.split() for line in printed.splitlines()]
            wanted = [line.split() for line in below.splitlines()]
            assert len(wanted) > 2
            assert [row for n, row in enumerate(wanted) if n != 1 and row not in rows] == [], command


def test_every_reason_is_needed() -> None:
    shown = [command for page in PAGES for command in commands(page)]
    unused = {start for start in NOT_RUN if not any(command.startswith(start) for command in shown)}
    assert not unused


def test_every_page_with_code_blocks_of_commands_is_seen() -> None:
    assert {page.name for page in PAGES if commands(page)} >= {
        *("README.md", "first-steps.md", "formats.md", "inputs.md", "names.md", "own-classes.md", "plugins.md"),
        *("scale.md", "sparql.md", "who-is-who.md"),
    }


def refresh() -> None:
    with tempfile.TemporaryDirectory() as name:
        place = prepared(Path(name))
        page = FIRST_STEPS.read_text(encoding="utf-8")
        (place / "my-article.txt").write_text(re.findall(r"```text\n(.*?)```", page, re.DOTALL)[0], encoding="utf-8")
        fresh = SHOWN.sub(lambda m: f"```console\n$ {m[1]}\n{output(m[1], place).rstrip()}\n```", page)
    FIRST_STEPS.write_text(fresh, encoding="utf-8")


if __name__ == "__main__":
    refresh()
