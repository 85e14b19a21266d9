"""Documents, parses and readings as bytes on the disk: MessagePack, compressed; checked when they come back.

It is data and no program: a file that someone else has written can be wrong, but cannot do anything.
"""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import replace
from typing import TypeVar

import msgspec

from kg.errors import StoreError
from kg.model import Document, Reading
from kg.syntax import Parse

Kind = TypeVar("Kind")

#: Stands in a packed reading or parse for its document, which is kept by itself.
_APART = Document("", "")


def pack_document(document: Document) -> bytes:
    return pack(document)


def hash_of(document: Document) -> str:
    """A hash of everything that is in the document: its text, date and all."""
    return hashlib.sha256(msgspec.msgpack.encode(document)).hexdigest()


def unpack_document(data: bytes) -> Document:
    """Raises ``StoreError`` if it is none, like all below."""
    return unpack(data, Document)


def pack_parse(parse: Parse) -> bytes:
    """The parse without its text."""
    return pack(replace(parse, text=""))


def unpack_parse(data: bytes, document: Document) -> Parse:
    parse = unpack(data, Parse)
    columns = (parse.lemmas, parse.tags, parse.pos, parse.deps, parse.heads, parse.starts, parse.ends)
    if any(len(column) != len(parse.words) for column in columns):
        raise StoreError(_DAMAGED)
    parse.text = document.text
    return parse


def pack_reading(reading: Reading) -> bytes:
    """The reading without its document."""
    return pack(replace(reading, document=_APART))


def unpack_reading(data: bytes, document: Document) -> Reading:
    return replace(unpack(data, Reading), document=document)


_READINGS = msgspec.msgpack.Decoder(Reading)


def sent(reading: Reading) -> bytes | Reading:
    """The whole reading for another process of this run: a third of the work of pickling. As it is, if it has half a
    character in it, which MessagePack cannot hold."""
    try:
        return msgspec.msgpack.encode(reading)
    except UnicodeEncodeError:
        return reading


def received(sent: bytes) -> Reading:
    """What ``sent`` has sent."""
    return _READINGS.decode(sent)


_DAMAGED = "the store is damaged: something in it is not what kg wrote; take it from a backup, or build it anew."


def pack(value: object) -> bytes:
    """Anything of msgspec's types."""
    return zlib.compress(msgspec.msgpack.encode(value))


def unpack(data: bytes, kind: type[Kind]) -> Kind:
    """The same again; raises ``StoreError`` if it is something else."""
    try:
        return msgspec.msgpack.decode(zlib.decompress(data), type=kind)
    except (zlib.error, msgspec.MsgspecError) as error:
        raise StoreError(_DAMAGED) from error
