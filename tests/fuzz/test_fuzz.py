"""The targets with the kept corpus and with what hypothesis makes of it; tests/fuzz/run.py goes further."""

from __future__ import annotations

from pathlib import Path

import pytest
from fuzz import targets
from hypothesis import given, settings
from hypothesis import strategies as st

CORPUS = sorted(path for path in (Path(__file__).parent / "corpus").rglob("*") if path.is_file())
SEEDS = {name: [path.read_bytes() for path in CORPUS if path.parent.name == name] for name in targets.TARGETS}


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_was_kept_does_no_harm(path: Path) -> None:
    data = path.read_bytes()
    for first in range(6) if path.parent.name == "readers" else [None]:
        targets.TARGETS[path.parent.name](data if first is None else bytes([first]) + data)


@st.composite
def spliced(draw: st.DrawFn, name: str) -> bytes:
    """A piece of one seed, anything, and a piece of another."""
    pieces = [draw(st.sampled_from(SEEDS[name])) for _ in range(2)]
    begin, end = (draw(st.integers(0, len(piece))) for piece in pieces)
    return draw(st.binary(max_size=1)) + pieces[0][:begin] + draw(st.binary(max_size=8)) + pieces[1][end:]


@pytest.mark.parametrize("name", targets.TARGETS)
def test_what_is_made_of_it_does_none(name: str) -> None:
    @settings(max_examples=60)
    @given(spliced(name))
    def fuzz(data: bytes) -> None:
        targets.TARGETS[name](data)

    fuzz()
