"""The two files in which people and rules lay down what they judged, beside the graph that was built.

``judgements.jsonl`` (who is who) and ``corrections.jsonl`` (claims set right) are JSON lines, one
judgement a line, to read and edit by hand. A build rewrites the rules' own lines and keeps every
line of a person.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.model import Correction, Judgement

JUDGEMENTS, CORRECTIONS = "judgements.jsonl", "corrections.jsonl"
_REFERENCE = re.compile(r"[0-9a-f]{16}/\d+-\d+")
_CLAIM = re.compile(r"claim/[0-9a-f]{16}/\d+-\d+-\w+(-\d+)?")


def judgements(folder: Path) -> list[Judgement]:
    """The judgements that the folder holds, a person's and the rules'; none if there is no file.

    Raises ``InputError`` with file and line for one that cannot be read.
    """
    return [_judgement(row, where) for row, where in _rows(folder / JUDGEMENTS)]


def corrections(folder: Path) -> list[Correction]:
    """The corrections that the folder holds; none if there is no file. Raises like ``judgements``."""
    return [_correction(row, where) for row, where in _rows(folder / CORRECTIONS)]


def judgement_lines(found: Iterable[Judgement]) -> str:
    """The judgements as they are written, a line each."""
    return "".join(_line(_judgement_row(judgement)) for judgement in found)


def correction_lines(found: Iterable[Correction]) -> str:
    """The corrections as they are written, a line each."""
    return "".join(_line(_correction_row(correction)) for correction in found)


def _line(row: dict[str, object]) -> str:
    return json.dumps(row, ensure_ascii=False) + "\n"


def _judgement_row(judgement: Judgement) -> dict[str, object]:
    row: dict[str, object] = {
        "names": list(judgement.names),
        "same": judgement.same,
        "by": judgement.by,
        "reasons": list(judgement.reasons),
        "a": judgement.a,
        "b": judgement.b,
    }
    return row if judgement.score is None else {**row, "score": judgement.score}


def _correction_row(correction: Correction) -> dict[str, object]:
    if correction.wrong:
        return {"claim": correction.claim, "wrong": True}
    return {"claim": correction.claim, "set": dict(correction.changes)}


def _rows(path: Path) -> list[tuple[dict[str, Any], str]]:
    """Each line's object and where it stands; a missing file has none."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({error}); it has to be a text file in UTF-8.") from error
    rows = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise InputError(f"{where}: is not JSON ({error}); mend or remove the line.") from error
        if not isinstance(row, dict):
            raise InputError(f"{where}: has to be a JSON object; mend or remove the line.")
        rows.append((row, where))
    return rows


def _judgement(row: dict[str, Any], where: str) -> Judgement:
    for side in ("a", "b"):
        if not isinstance(row.get(side), str) or not _REFERENCE.fullmatch(row[side]):
            raise InputError(f'{where}: "{side}" has to name a mention as DOCUMENT-KEY/BEGIN-END.')
    if row["a"] == row["b"]:
        raise InputError(f'{where}: "a" and "b" are one mention; a judgement is about two.')
    if not isinstance(row.get("same"), bool):
        raise InputError(f'{where}: "same" has to be true or false.')
    if row.get("by") not in ("rule", "person"):
        raise InputError(f'{where}: "by" has to be "rule" or "person"; yours are "person".')
    names = row.get("names", ["", ""])
    if not isinstance(names, list) or len(names) != 2 or not all(isinstance(name, str) for name in names):
        raise InputError(f'{where}: "names" has to be a list of two names.')
    reasons = row.get("reasons", [])
    if not isinstance(reasons, list) or not all(isinstance(reason, str) for reason in reasons):
        raise InputError(f'{where}: "reasons" has to be a list of texts.')
    score = row.get("score")
    if isinstance(score, bool) or not isinstance(score, int | float | None):
        raise InputError(f'{where}: "score" has to be a number.')
    return Judgement(row["a"], row["b"], row["same"], (names[0], names[1]), row["by"], score, tuple(reasons))


def _correction(row: dict[str, Any], where: str) -> Correction:
    from kg.fuse.corrections import check

    claim = row.get("claim")
    if not isinstance(claim, str) or not _CLAIM.fullmatch(claim):
        raise InputError(f'{where}: "claim" has to be a claim\'s id, such as claim/0123456789abcdef/10-18-Arrest.')
    changes = row.get("set", {})
    wrong = row.get("wrong", False)
    if not isinstance(changes, dict) or not all(isinstance(value, str) for value in changes.values()):
        raise InputError(f'{where}: "set" has to be an object of fields and texts.')
    if not isinstance(wrong, bool) or wrong == bool(changes):
        raise InputError(f'{where}: a correction says either "wrong": true or what to "set".')
    try:
        check(changes)
    except InputError as error:
        raise InputError(f"{where}: {error}") from error
    return Correction(claim, wrong, tuple(changes.items()))
