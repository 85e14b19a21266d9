"""Bytes into text: by the byte-order mark, else by what is declared, else UTF-8. Never by guessing."""

from __future__ import annotations

import codecs
import re

from kg.acquire.documents import Refused

#: UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: How far into a page its charset may be declared; the HTML standard says 1,024.
_DECLARED_WITHIN = 4_096
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_DECLARED_XML = re.compile(rb"""\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})["']""", re.IGNORECASE)
_REPLACEMENT = "\ufffd"


def mark(data: bytes) -> str | None:
    """The encoding that a byte-order mark at the head names."""
    return next((name for begins, name in _MARKS if data.startswith(begins)), None)


def plain(data: bytes, declared: str | None = None) -> str:
    """The text of a plain file. Raises ``Refused`` if its bytes are not what they say they are."""
    marked = mark(data)
    encoding = marked or (_known(declared) if declared else "utf-8")
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        if marked or declared:
            raise Refused(f"byte {error.start + 1:,} is not {encoding.upper()}, which the file says it is.") from error
        line = data.count(b"\n", 0, error.start) + 1
        raise Refused(f"line {line} is not UTF-8 text; save the file as UTF-8.") from error


def markup(data: bytes, declared: str | None = None) -> tuple[str, bool]:
    """The text of a page, and whether all its bytes were characters of its charset.

    ``declared`` is what the server said. What is no character becomes U+FFFD, as in a browser:
    a stray byte in an advertisement is no reason to lose the story. Raises ``Refused`` if nothing
    is declared and it is not UTF-8, or if no one knows the charset.
    """
    encoding = mark(data) or _declared(data, declared)
    try:
        return data.decode(encoding or "utf-8").removeprefix("\ufeff"), True
    except UnicodeDecodeError as error:
        if encoding is None:
            line = data.count(b"\n", 0, error.start) + 1
            raise Refused(f"line {line} is not UTF-8, and the page declares no charset; declare it.") from error
        return data.decode(encoding, errors="replace").removeprefix("\ufeff"), False


def is_damaged(text: str | None) -> bool:
    """Whether a text holds the mark of a byte that was no character."""
    return _REPLACEMENT in (text or "")


def _declared(data: bytes, by_server: str | None) -> str | None:
    if by_server:
        return _known(by_server)
    found = _DECLARED_XML.match(data) or _DECLARED.search(data[:_DECLARED_WITHIN])
    if not found:
        return None
    name = _known(found[1].decode("ascii"))
    # a page that says so in ASCII is not UTF-16: the HTML standard reads it as UTF-8
    return "utf-8" if name.startswith("utf-16") else name


def _known(label: str) -> str:
    """The codec for a label as browsers take it: ``iso-8859-1`` is Windows-1252. Raises ``Refused``."""
    import webencodings

    found = webencodings.lookup(label)
    if found is None or found.name == "x-user-defined":
        raise Refused(f'its charset is said to be "{label[:40]}", which is not known; save it as UTF-8.')
    return str(found.codec_info.name)
