"""Parses built by hand, so that grammar is tested without a model."""

from __future__ import annotations

import datetime

from kg.model import Annotations, Document, Entity, Mention
from kg.syntax import NamedSpan, Parse

_POS = {
    "NNP": "PROPN", "NNPS": "PROPN", "NN": "NOUN", "NNS": "NOUN", "PRP": "PRON", "PRP$": "PRON", "WP": "PRON",
    "WDT": "PRON", "WP$": "PRON", "IN": "ADP", "TO": "PART", "RB": "ADV", "JJ": "ADJ", "JJR": "ADJ", "DT": "DET",
    "CD": "NUM", "CC": "CCONJ", "RP": "ADP", "POS": "PART", "MD": "AUX", "_SP": "SPACE", "EX": "PRON", "WRB": "SCONJ",
}  # fmt: skip


def tree(rows: str, *, names: tuple[tuple[int, int, str], ...] = ()) -> Parse:
    """A one-sentence parse from rows of ``word lemma tag dep head``; heads count from 1, 0 is the root.

    A lemma ``-`` is the word in lower case. Every token but punctuation is followed by a space.
    """
    table = [row.split() for row in rows.strip().splitlines()]
    words = [row[0] for row in table]
    text, starts = "", []
    for n, word in enumerate(words):
        glued = word in {",", ".", "'s", "”", ")"} or (n > 0 and words[n - 1] in {"“", "("})
        text += word if glued or not text else f" {word}"
        starts.append(len(text) - len(word))
    tags = [row[2] for row in table]
    return Parse(
        text=text,
        words=words,
        lemmas=[row[0].lower() if row[1] == "-" else row[1] for row in table],
        tags=tags,
        pos=[
            _POS.get(tag, "VERB" if tag.startswith("VB") else "PUNCT") if row[3] not in {"aux", "auxpass"} else "AUX"
            for row, tag in zip(table, tags, strict=True)
        ],
        deps=[row[3] for row in table],
        heads=[int(row[4]) - 1 if row[4] != "0" else n for n, row in enumerate(table)],
        starts=starts,
        ends=[s + len(w) for s, w in zip(starts, words, strict=True)],
        sents=[(0, len(words))],
        names=[NamedSpan(*name) for name in names],
    )


def annotations(parse: Parse, **classes: str) -> Annotations:
    """Every noun and pronoun a mention of its own entity, of the class given by its word (else Thing)."""
    entities, mentions = [], []
    for i, pos in enumerate(parse.pos):
        if pos in {"NOUN", "PROPN", "PRON"}:
            ident = f"e{i}"
            kind = "name" if pos == "PROPN" else "nominal"
            entities.append(Entity(ident, classes.get(parse.words[i], "Thing"), parse.words[i], named=kind == "name"))
            span = parse.token_span(i)
            mentions.append(Mention(span, span, ident, i, (i, i + 1), kind))  # type: ignore[arg-type]
    document = Document("x", parse.text, date=datetime.date(2020, 1, 1))
    return Annotations(document, parse, (0,), tuple(entities), tuple(mentions), ())
