"""Gzip, unpacked as it is read, and given up where it grows as only a bomb does."""

from __future__ import annotations

import gzip
import io
import zlib
from typing import BinaryIO

from kg.acquire.documents import Refused

#: Text shrinks to a third or a tenth, rows that repeat themselves to a hundredth; gzip's own limit is 1,032.
_RATIO = 200
_FREE = 16 * 1024 * 1024
_BUFFER = 128 * 1024


def unpack(stream: BinaryIO) -> io.BufferedReader:
    """What a gzip stream holds. Reading raises ``Refused`` if it is broken, cut short, or a bomb."""
    return io.BufferedReader(_Unpacked(stream), _BUFFER)


class _Unpacked(io.RawIOBase):
    def __init__(self, stream: BinaryIO) -> None:
        self._packed = _Counted(stream)
        self._unpacked = gzip.GzipFile(fileobj=self._packed, mode="rb")
        self._size = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            data = self._unpacked.read1(len(buffer))  # read would lose what came before a break
        except EOFError as error:
            raise Refused("the gzip data ends too early; what comes after is not read.") from error
        except (gzip.BadGzipFile, zlib.error) as error:
            raise Refused("the gzip data is broken; what comes after is not read.") from error
        self._size += len(data)
        if self._size > max(_FREE, _RATIO * self._packed.size):
            raise Refused(
                f"it unpacks to more than {_RATIO} times its size, as gzip bombs do; what comes after is not read."
            )
        buffer[: len(data)] = data
        return len(data)


class _Counted(io.RawIOBase):
    """A stream, and how many bytes were taken from it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.size = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.size += len(data)
        return data
