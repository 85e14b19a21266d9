"""Any bytes, whatever they are called, are a document or a failure that says why; and no blank costs the day."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.acquire import dates, media, readers
from kg.acquire.limits import Limits
from kg.model import Document, Failure

FILES = Path(__file__).parent / "files"
SEEDS = [path.read_bytes() for path in sorted(FILES.iterdir()) if path.suffix != ".py" and path.is_file()]


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A real file, cut short and with a few bytes changed."""
    data = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(0, 4))):
        data[draw(st.integers(0, len(data) - 1))] = draw(st.integers(0, 255))
    return bytes(data[: draw(st.integers(1, len(data)))])


@settings(max_examples=40)
@given(st.one_of(st.binary(max_size=300), damaged()), st.sampled_from([None, *media.KINDS]))
def test_any_bytes_are_documents_or_failures(data: bytes, kind: str | None) -> None:
    for item in readers.read(["-"], stdin=io.BytesIO(data), kind=kind, limits=Limits(max_seconds=20)):
        if isinstance(item, Failure):
            assert item.message.endswith(".")
        else:
            assert isinstance(item, Document)
            assert item.text.strip()
            assert all(item.text[slice(*piece.span)] for piece in item.furniture)


@pytest.mark.parametrize("begin", ["", "date", "Monday,", "published on", "x" * 150 + "\n", "March"])
@pytest.mark.parametrize("blank", [" ", "\n", "\r\n", "\u2028"])
def test_a_million_blanks_are_passed_over(begin: str, blank: str) -> None:
    # with a step back for each blank this would take hours
    assert dates.leading(begin + blank * 1_000_000 + "x") is None
