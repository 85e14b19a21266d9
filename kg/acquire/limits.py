"""How much one document may cost before it is given up, so that no single one can stop the rest."""

from __future__ import annotations

from typing import NamedTuple

#: How many characters a text may have.
MAX_CHARS = 1_000_000
#: How many bytes a page, a feed or a PDF may have for each character that a text may have: markup,
#: scripts and pictures are most of them.
_PAGE_BYTES_A_CHAR = 20
_PDF_BYTES_A_CHAR = 64
#: JSON writes a character beyond the basic plane as twelve bytes.
_ROW_BYTES_A_CHAR = 12
_SECONDS = 120.0


class Limits(NamedTuple):
    """``max_chars`` of a document's text; ``max_seconds`` to take a page or a PDF apart, or to fetch an address.

    ``max_seconds`` may be ``None``: as long as it takes. No server is waited for without end even then.
    """

    max_chars: int = MAX_CHARS
    max_seconds: float | None = _SECONDS
    allow_private: bool = False  # web addresses inside private networks

    @property
    def fetch_seconds(self) -> float:
        return _SECONDS if self.max_seconds is None else self.max_seconds

    @property
    def text_bytes(self) -> int:
        return 4 * self.max_chars

    @property
    def row_bytes(self) -> int:
        return _ROW_BYTES_A_CHAR * self.max_chars

    @property
    def page_bytes(self) -> int:
        return _PAGE_BYTES_A_CHAR * self.max_chars

    @property
    def pdf_bytes(self) -> int:
        return _PDF_BYTES_A_CHAR * self.max_chars


DEFAULT = Limits()
