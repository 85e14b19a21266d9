"""PLOVER's root type of a claim, by how the claim stands.

PLOVER codes what is promised, refused and threatened by the promise, the refusal and the threat: who
"will release" a prisoner agrees, who "refused to meet" rejects, who "plans to attack" threatens
(https://github.com/openeventdata/PLOVER, the sections on AGREE, REJECT and THREATEN).
"""

from __future__ import annotations

from kg.extract.factuality import Judgement

_FRIENDLY = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID", "YIELD"})
_HOSTILE = frozenset({"PROTEST", "MOBILIZE", "SANCTION", "COERCE", "ASSAULT"})
#: What makes a predicate likely because somebody announces that they will do it.
_ANNOUNCED = ("announced", "told or imagined", "arranged", "decision")
#: What leaves a predicate open without anyone's meaning to do it: purposes, conditions, demands.
_NOT_MEANT = (
    "purpose", "an act was for", "infinitive", "condition", "preposition", "time of", "eventuality", "demand", "appeal",
)  # fmt: skip


def root(predicate: str | None, judgement: Judgement) -> str | None:
    """The root type of a claim whose predicate by itself has the root type ``predicate``.

    >>> root("YIELD", Judgement("positive", "probable", ("will: announced future",)))
    'AGREE'
    >>> root("CONSULT", Judgement("negative", "certain", ("refuse: refusal",)))
    'REJECT'
    >>> root("ASSAULT", Judgement("positive", "certain", ()))
    'ASSAULT'
    """
    if judgement.polarity == "negative":
        return "REJECT" if predicate in _FRIENDLY | {"AGREE"} else predicate
    if not _is_meant(judgement):
        return predicate
    if predicate in _FRIENDLY:
        return "AGREE"
    return "THREATEN" if predicate in _HOSTILE else predicate


def _is_meant(judgement: Judgement) -> bool:
    """Whether the predicate is still to come because somebody means to do it, by the reason nearest to it."""
    nearest = judgement.because[-1] if judgement.because else ""
    if judgement.certainty == "probable":
        return any(kind in nearest for kind in _ANNOUNCED)
    return judgement.certainty == "unspecified" and nearest != "" and not any(kind in nearest for kind in _NOT_MEANT)
