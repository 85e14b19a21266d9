"""PDF into the text of its pages, and what its metadata plausibly states. ``pypdf`` is known here alone."""

from __future__ import annotations

import io
import logging
import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from kg.acquire import dates, paragraphs
from kg.acquire.documents import Found, Refused, too_large

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_ENCRYPTED = "the PDF is locked with a password; save it without one."
_BROKEN = "the PDF is broken; print it into a new one, or save its text as a .txt file."
_PICTURES = "the PDF holds no text, perhaps pictures of pages; run a text recognition over it."
#: What programs write into the title and author of their own accord.
_NO_TITLE = re.compile(
    r"microsoft (?:word|powerpoint|excel)\b.*|untitled.*|document\d*|"
    r"(?:.*\.)(?:docx?|odt|rtf|pdf|indd|qxd|tex|html?|txt)|(?:https?://|about:).*|[\W\d_]*|.{0,3}|.{301,}",
    re.IGNORECASE | re.DOTALL,
)
_NO_AUTHOR = re.compile(
    r"(?:user|admin|administrator|owner|author|unknown|anonymous|default|guest|root|test|pc|none|n/?a)\d*|"
    r"\S+@\S+|(?:https?://).*|[\W\d_]*|.{0,2}|.{201,}",
    re.IGNORECASE | re.DOTALL,
)
#: Lines that are so many times farther apart than is usual on the page, or so much larger, are two paragraphs.
_FAR = 1.3
_LARGER = 1.15
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_PRISM = ("3.0", "2.2", "2.1", "2.0", "1.2")


class _Line(NamedTuple):
    text: str
    height: float  # above the foot of the page
    size: float  # of its letters


def extract(data: bytes, *, max_chars: int) -> Found:
    """The text of a PDF file, joined into paragraphs. Raises ``Refused``.

    Its date is the one of publication that its XMP metadata states; the day on which
    the file was made is not taken for it, since a story is often printed years later.
    """
    import pypdf.errors

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Refused(_ENCRYPTED)
        text = paragraphs.join(_pages(reader, max_chars))
    except pypdf.errors.DependencyError as error:
        raise Refused(_ENCRYPTED) from error
    except (pypdf.errors.PyPdfError, RecursionError) as error:
        raise Refused(_BROKEN) from error
    if not text.strip():
        raise Refused(_PICTURES)
    return Found(_without_controls(text), **_stated(reader))


def _pages(reader: PdfReader, max_chars: int) -> list[list[str]]:
    pages: list[list[str]] = []
    size = 0
    for page in reader.pages:
        lines = _lines(page)
        size += sum(map(len, lines))
        if size > 2 * max_chars:  # furniture and hyphens are still in it
            raise Refused(too_large(max_chars))
        pages.append(lines)
    return pages


def _lines(page: PageObject) -> list[str]:
    """The lines of a page in reading order, an empty one where the layout sets two of them apart."""
    lines = [_Line("", 0.0, 0.0)]

    def visit(text: str, matrix: Sequence[float], text_matrix: Sequence[float], _font: object, size: float) -> None:
        height = matrix[1] * text_matrix[4] + matrix[3] * text_matrix[5] + matrix[5]
        first, *rest = text.split("\n")
        for number, piece in enumerate([first, *rest]):
            if number:
                lines.append(_Line("", 0.0, 0.0))
            if piece.strip() and not lines[-1].text.strip():
                lines[-1] = _Line(lines[-1].text, height, abs(size * text_matrix[3] * matrix[3]))
            lines[-1] = lines[-1]._replace(text=lines[-1].text + piece)

    page.extract_text(visitor_text=visit)
    filled = [line._replace(text=line.text.translate(_LIGATURES)) for line in lines if line.text.strip()]
    return _set_apart(filled)


def _set_apart(lines: Sequence[_Line]) -> list[str]:
    gaps = sorted(above.height - line.height for above, line in pairwise(lines) if above.height > line.height)
    usual = gaps[len(gaps) // 4] if gaps else 0.0
    found: list[str] = []
    for above, line in pairwise([*lines[:1], *lines]):
        far = above.height - line.height > _FAR * usual
        other = max(above.size, line.size) > _LARGER * min(above.size, line.size)
        found += ["", line.text] if far or other else [line.text]
    return found


def _without_controls(text: str) -> str:
    """The text without control characters, which fonts without names for their glyphs give."""
    return "".join(char for char in text if char.isprintable() or char in "\n\t")


# -- metadata ------------------------------------------------------------------------------


def _stated(reader: PdfReader) -> dict[str, str | None]:
    info = reader.metadata
    return {
        "title": _plausible(info.title if info else None, _NO_TITLE),
        "author": _plausible(info.author if info else None, _NO_AUTHOR),
        "date": _published(reader),
    }


def _plausible(value: object, junk: re.Pattern[str]) -> str | None:
    words = " ".join(_without_controls(str(value or "")).split())
    return None if junk.fullmatch(words) else words


def _published(reader: PdfReader) -> str | None:
    """The day of publication by PRISM, as publishers write it into XMP."""
    import pypdf.errors

    try:
        xmp = reader.xmp_metadata
    except pypdf.errors.PyPdfError:
        return None  # the pages can be read all the same
    if xmp is None:
        return None
    for name in ("publicationDate", "coverDate"):
        for version in _PRISM:
            for element in xmp.get_element("", f"http://prismstandard.org/namespaces/basic/{version}/", name):
                text = "".join(child.data for child in element.childNodes if child.nodeType == child.TEXT_NODE)
                if day := dates.stated(text):
                    return day.isoformat()
    return None
