"""What is read in single sentences: tables in ``cases/events`` and ``cases/states``, one file a family.

A table is named after a class and has a ``text`` and either what must be read of that class or
``none = true``. What must be read: ``trigger`` (words that the trigger has), roles (the words or the
name of a filler, or a list of them), ``position``, ``kinship``, ``polarity``, ``certainty``, ``source``.
A case with ``known`` is one that is not read right yet, and says why: when it comes right, the test
asks for the note to be taken out.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg import pipeline
from kg.model import DOCUMENT_SOURCE, ROLES, Claim, Document, Reading

FOLDER = Path(__file__).parent / "cases"
_FIELDS = {"text", "trigger", "none", "known", "position", "kinship", "polarity", "certainty", "source", *ROLES}


def cases() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every (id, class, case) of the tables."""
    for path in sorted((*FOLDER.glob("events/*.toml"), *FOLDER.glob("states/*.toml"))):
        for cls, rows in tomllib.loads(path.read_text(encoding="utf-8")).items():
            for n, row in enumerate(rows, start=1):
                assert row.keys() <= _FIELDS, f"{path.name} {cls} {n}: {row.keys() - _FIELDS}"
                yield f"{path.stem}-{cls}-{n}", cls, row


CASES = list(cases())


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading]:
    """Each case's text as it was read, all in one run."""
    documents = [Document(ident, row["text"]) for ident, _, row in CASES]
    found = pipeline.read_documents(documents)
    return {item.document.id: item for item in found if isinstance(item, Reading)}


def words(text: str) -> str:
    """Lower case, without articles, possessives and punctuation."""
    plain = re.sub(r"[’']s\b|[^\w\s]", "", text.lower())
    return re.sub(r"^(the|a|an) ", "", " ".join(plain.split()))


def names(reading: Reading, claim: Claim, role: str) -> set[str]:
    """What a role's fillers may be called: their words, and their entity's label and aliases."""
    text = reading.document.text
    entities = {e.id: e for e in reading.entities}
    out = set()
    for filler in claim.roles.get(role, ()):
        out.add(words(text[slice(*filler.span)]))
        if filler.entity is not None:
            entity = entities[filler.entity]
            out |= {words(form) for form in (entity.label, *entity.aliases)}
    return out


def agrees(reading: Reading, claim: Claim, row: dict[str, Any]) -> bool:
    """Whether a claim says all that the case asks for."""
    text = reading.document.text
    if not set(words(row.get("trigger", "")).split()) <= set(words(text[slice(*claim.trigger)]).split()):
        return False
    for role in ROLES:
        wanted = row.get(role, [])
        if any(words(x) not in names(reading, claim, role) for x in ([wanted] if isinstance(wanted, str) else wanted)):
            return False
    if "source" in row and words(row["source"]) not in source_names(reading, claim):
        return False
    return all(getattr(claim, key) == row[key] for key in ("kinship", "polarity", "certainty") if key in row) and (
        "position" not in row or set(words(row["position"]).split()) <= set(words(claim.position or "").split())
    )


def source_names(reading: Reading, claim: Claim) -> set[str]:
    """What a claim's source may be called; the document is ``doc``."""
    if claim.source == DOCUMENT_SOURCE:
        return {DOCUMENT_SOURCE}
    entity = next(e for e in reading.entities if e.id == claim.source)
    return {words(form) for form in (entity.label, *entity.aliases)}


@pytest.mark.parametrize(("ident", "cls", "row"), CASES, ids=[ident for ident, _, _ in CASES])
def test_case(ident: str, cls: str, row: dict[str, Any], readings: dict[str, Reading]) -> None:
    reading = readings[ident]
    found = [claim for claim in reading.claims if claim.cls == cls]
    right = not found if row.get("none") else any(agrees(reading, claim, row) for claim in found)
    if "known" in row:
        if right:
            pytest.fail(f"read right by now: take the note {row['known']!r} out of the case")
        pytest.xfail(row["known"])
    assert right, f"{row}\nread: {[(c.cls, c.trigger, c.roles, c.certainty, c.source) for c in reading.claims]}"
