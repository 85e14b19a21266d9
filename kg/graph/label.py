"""A line of words for each situation, for people who look at a list or a picture."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from kg.model import ROLES, Situation

#: Roles that a label shows after the agent, with the word that introduces each.
_SHOWN = (
    ("patient", ""),
    ("recipient", "to "),
    ("origin", "from "),
    ("destination", "to "),
    ("place", "in "),
)
_MOST = 3


def situation_label(situation: Situation, labels: Mapping[str, str]) -> str:
    """``"Expulsion: Italy – Mun Jong Nam"``; ``labels`` maps entity ids to names.

    It names what the claims are about, and says nothing of whether it is so.
    """
    special = _SPECIAL.get(situation.cls)
    line = special(situation, labels) if special else ""
    return line or _general(situation, labels)


def _names(fillers: Iterable[str], labels: Mapping[str, str]) -> str:
    """The names of the fillers that are entities; situations have no short name."""
    names = [labels[filler] for filler in fillers if filler in labels]
    shown = ", ".join(names[:_MOST])
    return f"{shown} …" if len(names) > _MOST else shown


def _role(situation: Situation, role: str, labels: Mapping[str, str]) -> str:
    return _names(situation.roles.get(role, ()), labels)


def _general(situation: Situation, labels: Mapping[str, str]) -> str:
    agent = _role(situation, "agent", labels)
    others = [word + name for role, word in _SHOWN if (name := _role(situation, role, labels))]
    participants = " – ".join(part for part in (agent, " ".join(others)) if part)
    head = _head(situation)
    return f"{head}: {participants}" if participants else head


def _head(situation: Situation) -> str:
    if situation.cls in {"Event", "State"}:
        return situation.predicate or situation.cls
    words = _words(situation.cls)
    return words[0].upper() + words[1:]


def _words(name: str) -> str:
    """``"AsylumRequest"`` -> ``"asylum request"``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


def _tenure(situation: Situation, labels: Mapping[str, str]) -> str:
    agent, position = _role(situation, "agent", labels), situation.position
    if not agent or not position:
        return ""
    whose, where = _role(situation, "represents", labels), _role(situation, "destination", labels)
    place = " ".join(part for part in (whose and f"of {whose}", where and f"to {where}") if part)
    return f"{agent}, {position} {place}".rstrip()


def _kinship(situation: Situation, labels: Mapping[str, str]) -> str:
    agent, patient = _role(situation, "agent", labels), _role(situation, "patient", labels)
    return f"{agent}, {situation.kinship or 'relative'} of {patient}" if agent and patient else ""


def _attribute(situation: Situation, labels: Mapping[str, str]) -> str:
    others = [name for role in ROLES[1:] if (name := _role(situation, role, labels))]
    value = ", ".join(others) or situation.amount
    agent = _role(situation, "agent", labels)
    return f"{agent}: {_words(situation.predicate)} {value}" if agent and value else ""


_SPECIAL: dict[str, Callable[[Situation, Mapping[str, str]], str]] = {
    "Tenure": _tenure,
    "Kinship": _kinship,
    "Attribute": _attribute,
}
