"""Reprints: documents that tell one story in the same words, found with MinHash.

A story that an agency sells to many papers is one source and not many; documents stay documents, but
count as one independent source together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from kg.model import Document

if TYPE_CHECKING:
    from datasketch import MinHash

#: Words in one shingle; how many hashes; documents of this estimated similarity are looked at.
_WORDS, _HASHES, _CANDIDATE = 5, 64, 0.3
#: A reprint has this share of its shingles, at least, in the other text, or the other way round: reprints are cut.
_SHARED = 0.6
#: Shorter texts than this many shingles are too short to tell.
_SHORT = 20


def reprints(documents: Sequence[Document]) -> dict[str, str]:
    """Each document that repeats an earlier one's words, and the first document of that story (keys).

    >>> reprints([])
    {}
    """
    if len(documents) < 2:
        return {}
    from datasketch import MinHashLSH

    index = MinHashLSH(threshold=_CANDIDATE, num_perm=_HASHES)
    first: dict[str, str] = {}
    kept: dict[str, Document] = {}
    order: dict[str, int] = {}
    for document in documents:
        own = frozenset(_shingles(document))
        if len(own) < _SHORT or document.key in kept:
            continue
        sketch = _sketch(own)
        near = sorted(index.query(sketch), key=order.__getitem__)
        story = next((key for key in near if _repeats(own, frozenset(_shingles(kept[key])))), None)
        if story is not None:
            first[document.key] = first.get(story, story)
        index.insert(document.key, sketch)
        kept[document.key] = document
        order[document.key] = len(order)
    return first


def bands(document: Document) -> list[bytes]:
    """Keys of which any two documents that ``reprints`` compares share one; none if the text is too short."""
    own = frozenset(_shingles(document))
    if len(own) < _SHORT:
        return []
    from datasketch import MinHashLSH

    values = _sketch(own).hashvalues
    ranges = MinHashLSH(threshold=_CANDIDATE, num_perm=_HASHES).hashranges
    return [bytes([n]) + values[begin:end].tobytes() for n, (begin, end) in enumerate(ranges)]


def repeats(document: Document, earlier: Document) -> bool:
    """Whether the two, which share a band, tell one story in the same words."""
    return _repeats(frozenset(_shingles(document)), frozenset(_shingles(earlier)))


def first_told(found: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The first document of each story, of pairs in order: a document, and the first of those that it repeats.

    >>> first_told([("b", "a"), ("c", "b")])
    {'b': 'a', 'c': 'a'}
    """
    first: dict[str, str] = {}
    for document, earlier in found:
        first[document] = first.get(earlier, earlier)
    return first


def _sketch(shingles: frozenset[str]) -> MinHash:
    from datasketch import MinHash

    sketch = MinHash(num_perm=_HASHES, seed=1)
    sketch.update_batch([shingle.encode("utf-8", "surrogatepass") for shingle in sorted(shingles)])
    return sketch


def _shingles(document: Document) -> Iterator[str]:
    """Every run of words of the story, without what is furniture, case and punctuation."""
    text = document.text
    for furniture in reversed(document.furniture):
        text = text[: furniture.span[0]] + " " + text[furniture.span[1] :]
    words = re.findall(r"\w+", text.casefold())
    for n in range(len(words) - _WORDS + 1):
        yield " ".join(words[n : n + _WORDS])


def _repeats(a: frozenset[str], b: frozenset[str]) -> bool:
    return len(a & b) >= _SHARED * min(len(a), len(b))
