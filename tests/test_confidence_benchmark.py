"""benchmarks/confidence.py on an article of our own that is marked up."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

SCRIPT = Path(__file__).parents[1] / "benchmarks" / "confidence.py"
SENTENCES = ["Ida Moe resigned on Monday.", "Police arrested Tom Berg."]


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("confidence_benchmark", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def gold(source: str = "doc") -> dict[str, Any]:
    said = {"polarity": "positive", "certainty": "certain"}
    return {
        "date": "2020-05-13",
        "classes": ["Resignation", "Arrest"],
        "entities": [{"id": "e1", "name": "Ida Moe"}, {"id": "e2", "name": "Tom Berg"}, {"id": "e3", "name": "police"}],
        "situations": [
            {
                "class": "Resignation",
                "roles": {"agent": ["e1"]},
                "claims": [{"trigger": "resigned", "sentence": SENTENCES[0], "source": source, **said}],
            },
            {
                "class": "Arrest",
                "roles": {"agent": ["e3"], "patient": ["e1"]},
                "claims": [{"trigger": "arrested", "sentence": SENTENCES[1], "source": "doc", **said}],
            },
        ],
    }


def write(folder: Path, marked: dict[str, Any]) -> None:
    (folder / "a.txt").write_text(" ".join(SENTENCES), encoding="utf-8")
    (folder / "a.gold.json").write_text(json.dumps(marked), encoding="utf-8")


def test_a_claim_is_right_with_source_certainty_and_roles(tmp_path: Path, benchmark: ModuleType) -> None:
    write(tmp_path, gold())
    judged = list(benchmark.judge(tmp_path / "a.gold.json"))
    assert [(j.claim.cls, j.right) for j in judged] == [("Resignation", True), ("Arrest", False)]
    write(tmp_path, gold(source="e3"))
    judged = list(benchmark.judge(tmp_path / "a.gold.json"))
    assert not judged[0].right


def test_the_table_is_printed(tmp_path: Path, benchmark: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, gold())
    above, below = benchmark.main([str(tmp_path)])
    assert {above, below} == {0.0, 1.0}
    assert capsys.readouterr().out.startswith("2 claims, 0.500 right\nquartile 1")


def test_an_empty_folder_is_told(tmp_path: Path, benchmark: ModuleType) -> None:
    with pytest.raises(SystemExit):
        benchmark.main([str(tmp_path)])
