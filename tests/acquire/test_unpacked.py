from __future__ import annotations

import gzip
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.acquire import readers, unpacked
from kg.acquire.documents import Refused
from kg.acquire.limits import Limits
from kg.model import Document, Failure


@given(st.lists(st.binary(max_size=100), min_size=1, max_size=4))
def test_what_was_packed_comes_out_again_however_many_parts(parts: list[bytes]) -> None:
    packed = b"".join(gzip.compress(part) for part in parts)
    assert unpacked.unpack(io.BytesIO(packed)).read() == b"".join(parts)


@given(st.binary(max_size=200), st.booleans())
def test_any_bytes_are_unpacked_or_refused(data: bytes, headed: bool) -> None:
    stream = unpacked.unpack(io.BytesIO((b"\x1f\x8b\x08\0" if headed else b"") + data))
    try:
        stream.read()
    except Refused as error:
        assert "not read" in str(error)


def test_a_bomb_is_refused_before_it_is_large() -> None:
    stream = unpacked.unpack(io.BytesIO(gzip.compress(b"\n" * 300_000_000, 1)))
    size = 0
    with pytest.raises(Refused, match="200 times its size"):
        while data := stream.read(1_000_000):
            size += len(data)
    assert size < 20_000_000


def rows(data: bytes, tmp_path: object) -> list[Document | Failure]:
    path = f"{tmp_path}/rows.jsonl.gz"
    with open(path, "wb") as file:
        file.write(data)
    return list(readers.read([path], limits=Limits()))


def test_rows_before_the_break_are_read(tmp_path: object) -> None:
    whole = gzip.compress(b'{"text": "He left."}\n', mtime=0)
    first, _second, cut = rows(whole + whole[:-6], tmp_path)
    assert isinstance(first, Document)
    assert isinstance(cut, Failure)
    assert "ends too early" in cut.message
    first, junk = rows(whole + b"\x1f\x8b\x08\0junk and more junk", tmp_path)
    assert isinstance(first, Document)
    assert isinstance(junk, Failure)
    assert "broken" in junk.message


def test_a_bomb_of_blank_rows_is_a_failure(tmp_path: object) -> None:
    first, bomb = rows(gzip.compress(b'{"text": "He left."}\n' + (b" " * 50_000 + b"\n") * 1_000), tmp_path)
    assert isinstance(first, Document)
    assert isinstance(bomb, Failure)
    assert "gzip bombs" in bomb.message
