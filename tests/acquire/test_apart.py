"""The process that takes pages and PDFs apart: it answers, it ends in time, and its end costs one document."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.acquire import apart, apart_worker
from kg.acquire.apart import Extract
from kg.acquire.documents import Refused
from kg.acquire.limits import Limits

FILES = Path(__file__).parent / "files"
STORY = b"<html><p>He left on Monday.</p>"


@pytest.fixture
def extract() -> Iterator[Extract]:
    with apart.extractor(Limits()) as found:
        yield found


def ask(*questions: tuple[dict[str, object], bytes]) -> list[dict[str, str]]:
    """What the other side answers, in this process."""
    sent = b"".join(json.dumps(question | {"size": len(data)}).encode() + b"\n" + data for question, data in questions)
    answers = io.BytesIO()
    apart_worker.serve(io.BytesIO(sent), answers)
    ready, *lines = answers.getvalue().splitlines()
    assert ready == b"ready"
    return [json.loads(line) for line in lines]


def test_question_after_question_is_answered() -> None:
    page: dict[str, object] = {"what": "html", "charset": None, "max_chars": 1_000}
    found = ask(
        (page, STORY),
        (page | {"charset": "no-such"}, STORY),
        (page | {"what": "fragment"}, b"<i>He</i> left"),
        (page | {"what": "pdf", "max_chars": 10}, (FILES / "digest.pdf").read_bytes()),
        (page | {"what": "pdf", "max_chars": 10_000}, (FILES / "digest.pdf").read_bytes()),
    )
    assert found[0]["text"] == "He left on Monday."
    assert "not known" in found[1]["refused"]
    assert found[2]["text"] == "He left"
    assert "longer than 10 characters" in found[3]["refused"]
    assert found[4]["title"] == "Fisheries minister resigns"


def test_a_page_with_half_a_character_comes_over_as_it_is(extract: Extract) -> None:
    found = extract("html", "<html><title>T\u2028\x85\u202e</title><p>He left — “on” 𝔘 Monday.".encode())
    assert (found.text, found.title) == ("He left — “on” 𝔘 Monday.", "T \u202e")


def test_what_takes_too_long_is_given_up_and_the_next_is_read() -> None:
    slow = b"<html><body><article>" + b"<a href=x>He left</a>" * 200_000
    words = r"longer than 0\.3 seconds .* raise --max-seconds"
    with apart.extractor(Limits(max_seconds=0.3)) as extract, pytest.raises(Refused, match=words):
        extract("html", slow)
    with apart.extractor(Limits(max_seconds=None)) as extract:
        assert extract("html", STORY).text == "He left on Monday."


def test_a_process_that_dies_costs_one_document(extract: Extract, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    real = subprocess.Popen

    def start(*args: object, **options: object) -> subprocess.Popen[bytes]:
        started.append(real(*args, **options))  # type: ignore[call-overload]
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", start)
    assert extract("html", STORY).text == "He left on Monday."
    started[0].kill()
    started[0].wait()
    with pytest.raises(Refused, match="cannot be taken apart"):
        extract("html", STORY)
    assert extract("html", STORY).text == "He left on Monday."
    assert len(started) == 2


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems do not keep to this limit")
def test_a_process_that_swallows_the_memory_dies_alone(tmp_path: Path) -> None:
    code = (
        "from kg.acquire import apart_worker\n"
        "apart_worker._confine()\n"
        "try:\n    x = bytearray(3 * 1024**3)\nexcept MemoryError:\n    print('no memory')\n"
        "try:\n    with open('x', 'w') as file:\n        file.write('x')\nexcept OSError:\n    print('no file')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.stdout.split("\n")[:2] == ["no memory", "no file"]


def test_a_file_named_like_a_library_is_not_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("trafilatura", "pypdf", "lxml", "json"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('hijacked')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with apart.extractor(Limits()) as extract:
        assert extract("html", STORY).text == "He left on Monday."


def test_no_process_is_left_behind() -> None:
    def children() -> set[str]:
        listed = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
        return set(listed.read_text(encoding="ascii").split()) if listed.exists() else set()

    before = children()
    with apart.extractor(Limits()) as extract:
        extract("html", STORY)
    assert children() == before
