"""What people have corrected: claims that were read wrongly, taken out or set right before anything is merged."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, get_args

from kg.errors import InputError
from kg.model import Certainty, Claim, ClaimTime, Correction, Polarity


class Corrected(NamedTuple):
    """The claims that stand, and, by document key, what is said of those that do not."""

    claims: list[Claim]
    rejected: dict[str, tuple[str, ...]]


def apply(claims: Iterable[Claim], corrections: Sequence[Correction]) -> Corrected:
    """The claims as people have set them right; of several corrections of one claim each counts, in order.

    Raises ``InputError`` for a correction that cannot be made.
    """
    by_claim: dict[str, list[Correction]] = {}
    for correction in corrections:
        by_claim.setdefault(correction.claim, []).append(correction)
    out: list[Claim] = []
    rejected: dict[str, tuple[str, ...]] = {}
    for claim in claims:
        theirs = by_claim.get(claim.id, [])
        if any(correction.wrong for correction in theirs):
            rejected[claim.document] = (*rejected.get(claim.document, ()), f"{claim.id}: marked as wrong")
            continue
        changes = {field: value for correction in theirs for field, value in correction.changes}
        out.append(_changed(claim, changes) if changes else claim)
    return Corrected(out, rejected)


def check(changes: Mapping[str, str]) -> None:
    """Raise ``InputError`` unless each field may be set, and to that value."""
    for field, value in changes.items():
        _setter(field)(value)


def _changed(claim: Claim, changes: Mapping[str, str]) -> Claim:
    notes = []
    changed = claim
    for field, value in changes.items():
        changed = replace(changed, **_setter(field)(value))  # type: ignore[arg-type]
        notes.append(f"{field}: {value or 'nothing'} (was {_was(claim, field) or 'nothing'})")
    return replace(changed, corrected="; ".join(notes), confidence=1.0)


def _was(claim: Claim, field: str) -> object:
    if field == "time":
        return claim.time and (claim.time.edtf or claim.time.text)
    return getattr(claim, "cls" if field == "class" else field)


def _one_of(field: str, known: Sequence[str]) -> Callable[[str], dict[str, object]]:
    def setter(value: str) -> dict[str, object]:
        if value not in known:
            raise InputError(f'{field}: "{value}" is none of {", ".join(known)}.')
        return {field: value}

    return setter


def _text(field: str) -> Callable[[str], dict[str, object]]:
    return lambda value: {field: value or None}


def _class(value: str) -> dict[str, object]:
    from kg.rules import schema

    classes = schema.load().classes
    if value not in classes:
        from difflib import get_close_matches

        near = get_close_matches(value, sorted(classes), n=1)
        raise InputError(f'class: there is no class "{value}"' + (f'; did you mean "{near[0]}"?' if near else "."))
    return {"cls": value, "state": classes[value].state}


def _time(value: str) -> dict[str, object]:
    """A day, month or year; nothing takes the time away."""
    if not value:
        return {"time": None}
    for form in ("%Y-%m-%d", "%Y-%m", "%Y"):
        try:
            first = datetime.datetime.strptime(value, form).date()
        except ValueError:
            continue
        return {"time": ClaimTime((0, 0), value, value, first, _last_day(first, form))}
    raise InputError(f'time: "{value}" is no day (YYYY-MM-DD), month (YYYY-MM) or year (YYYY).')


def _last_day(first: datetime.date, form: str) -> datetime.date:
    if form == "%Y-%m-%d":
        return first
    if form == "%Y":
        return first.replace(month=12, day=31)
    after = first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
    return after - datetime.timedelta(days=1)


#: What may be set, and how a value is read.
_SETTERS: dict[str, Callable[[str], dict[str, object]]] = {
    "class": _class,
    "polarity": _one_of("polarity", get_args(Polarity)),
    "certainty": _one_of("certainty", get_args(Certainty)),
    "position": _text("position"),
    "amount": _text("amount"),
    "kinship": _text("kinship"),
    "time": _time,
}


def _setter(field: str) -> Callable[[str], dict[str, object]]:
    if field not in _SETTERS:
        raise InputError(f'"{field}" cannot be set; choose from {", ".join(_SETTERS)}.')
    return _SETTERS[field]
