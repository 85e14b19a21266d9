"""What tests of several stages share: the model, loaded once, and a reader of short texts."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from kg.model import Document, Reading

if TYPE_CHECKING:
    from spacy.language import Language

# a busy machine is no failure, and a failure is one on every run
settings.register_profile("kg", deadline=None, derandomize=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "kg"))

Reader = Callable[..., Reading]


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The default spaCy pipeline."""
    from kg.annotate import language

    return language.load(language.DEFAULT_MODEL)  # as the pipeline does: it is loaded once


@pytest.fixture(scope="session")
def reader(nlp: Language) -> Reader:
    """``reader(text, date=None)``: all that is read in a text."""
    from kg import pipeline
    from kg.acquire import documents

    def read(text: str, date: datetime.date | None = None) -> Reading:
        document = documents.finish(Document("x", text, date=date), date=None, max_chars=100_000)
        [reading] = pipeline.read_documents([document])
        assert isinstance(reading, Reading)
        return reading

    return read
