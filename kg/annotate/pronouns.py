"""Pronouns: candidates that agree and may stand there, weighed by where they stand."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kg.annotate.candidates import Candidate
from kg.annotate.chains import Chain, Chains, Link
from kg.annotate.classes import broad
from kg.annotate.genders import PRONOUNS, REFLEXIVES, Pronoun
from kg.annotate.speakers import Quotation
from kg.model import is_a
from kg.syntax import Parse

_POSSESSIVE = frozenset({"his", "her", "its", "their", "my", "our", "your"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
#: How many sentences back a pronoun looks.
_WINDOW = {"he": 4, "she": 4, "it": 2, "they": 3}
#: Below this weight a pronoun stays unresolved: such links were wrong more often than right.
_THRESHOLD = 0.6
#: The same where there is but one whom it can mean.
_ALONE = -1.0
#: And where it is ahead of the next one by this lead.
_LEAD = 1.2
_AHEAD = 0.0


@dataclass(frozen=True, slots=True)
class Case:
    """One question: may this pronoun stand for the chain of that mention, and how well?"""

    chains: Chains
    pronoun: int
    c: Candidate
    says: Pronoun
    m: int
    a: Candidate
    chain: Chain


def resolve(chains: Chains, quotations: Sequence[Quotation]) -> Iterator[Link]:
    """A link for each pronoun whose antecedent is found, in order of the text."""
    spoken = {i: q for q in quotations for i in range(q.start, q.end)}
    for n, c in enumerate(chains.found):
        if c.kind != "pronoun":
            continue
        says = PRONOUNS[chains.parse.lower[c.root]]
        if says.person == 3:
            yield from _third(chains, n, c, says, spoken)
        elif says.person == 1:
            yield from _first(chains, n, c, says, spoken)


# ---------------------------------------------------------------------- I and we
def _first(chains: Chains, n: int, c: Candidate, says: Pronoun, spoken: dict[int, Quotation]) -> Iterator[Link]:
    quotation = spoken.get(c.root)
    body = _last_body(chains, n, c, spoken) if says.number == "plur" else None
    if quotation is None:
        if body is not None:
            yield Link(n, body, "we: the body that the text speaks for", 0.55)
        return
    before = _same_in_quotation(chains, n, c, quotation)
    if quotation.speaker is not None:
        m = chains.at_root.get(quotation.speaker)
        if m is not None and _may_say(chains, m, says):
            yield Link(n, m, "speaker of the quotation", 0.9 if says.number == "sing" else 0.7)
            return
        spoken_for = _represented(chains, m) if m is not None and says.number == "plur" else None
        if spoken_for is not None:
            yield Link(n, spoken_for, "whom the speaker speaks for", 0.55)
            return
    if before is not None:
        yield Link(n, before, "same pronoun in the quotation", 0.8)
    elif body is not None and not chains.parse.quoted[c.root]:
        yield Link(n, body, "we: the body that the statement speaks for", 0.55)


def _last_body(chains: Chains, n: int, c: Candidate, spoken: dict[int, Quotation]) -> int | None:
    """The country or body in whose name a text says "we": the last one of which it says in the present what
    it does ("Norland *condemns* the attack. We ..."). What others did is told in the past."""
    for m in range(n - 1, -1, -1):
        a = chains.found[m]
        if a.kind == "name" and _acts_now(chains.parse, a.root) and spoken.get(a.root) is spoken.get(c.root):
            cls = chains.of(m).cls
            if cls == "Country" or is_a(cls, "Organization"):
                return m
    return None


def _acts_now(parse: Parse, i: int) -> bool:
    verb = parse.heads[i]
    return (
        parse.deps[i] == "nsubj" and parse.deps[verb] == "ROOT" and parse.pos[verb] == "VERB" and _is_now(parse, verb)
    )


def _is_now(parse: Parse, verb: int) -> bool:
    return parse.tags[verb] in {"VBZ", "VBP"} and not parse.quoted[verb]


def _may_say(chains: Chains, m: int, says: Pronoun) -> bool:
    chain = chains.of(m)
    if says.number == "sing":
        return chain.cls in {"Person", "Thing"}
    return chain.cls in {"Group", "Country"} or is_a(chain.cls, "Organization")


def _represented(chains: Chains, speaker: int) -> int | None:
    """The body or country that a speaker is introduced with: "Oslo's envoy", "police spokesman Bo"."""
    for k in chains.of(speaker).members:
        c = chains.found[k]
        if c.kind == "pronoun" or not c.roles:
            continue
        beside = list(range(c.tokens[0], c.head[0]))
        if c.owner is not None:
            beside.append(c.owner)
        for x in beside:
            m = chains.at_root.get(x)
            cls = chains.of(m).cls if m is not None else "Thing"
            if m is not None and (cls == "Country" or is_a(cls, "Organization")):
                return m
    return None


def _same_in_quotation(chains: Chains, n: int, c: Candidate, quotation: Quotation) -> int | None:
    for m in range(n - 1, -1, -1):
        a = chains.found[m]
        if a.root < quotation.start:
            return None
        if a.kind == "pronoun" and PRONOUNS[chains.parse.lower[a.root]] == PRONOUNS[chains.parse.lower[c.root]]:
            return m
    return None


# ---------------------------------------------------------------------- he, she, it, they
def _third(chains: Chains, n: int, c: Candidate, says: Pronoun, spoken: dict[int, Quotation]) -> Iterator[Link]:
    scores: dict[int, tuple[float, int]] = {}
    for m in _candidates(chains, n, c, says):
        a = chains.found[m]
        case = Case(chains, n, c, says, m, a, chains.of(m))
        if not _agrees(case) or not _is_bound_well(case) or _is_speaker(chains, m, c, spoken):
            continue
        score = -0.5 if (c.root in spoken) != (a.root in spoken) else 0.0
        for weigh in WEIGHTS:
            score += weigh(case)
        chain = case.chain.members[0]
        if chain not in scores or score > scores[chain][0]:
            scores[chain] = (score, m)
    ranked = sorted(((score, m) for score, m in scores.values() if chains.conflict(n, m) is None), reverse=True)
    if ranked and says.number == "plur" and _is_of_several(chains, n, c, ranked[0][1]):
        return
    if ranked and ranked[0][0] > _least(ranked, reflexive=chains.parse.lower[c.root] in REFLEXIVES):
        score, m = ranked[0]
        word = chains.parse.lower[c.root]
        yield Link(n, m, f"{word}: the most salient before", round(1 / (1 + math.exp(-score)), 2))


def _is_of_several(chains: Chains, n: int, c: Candidate, best: int) -> bool:
    """Whether "they" are rather two or more who were named together as a subject after or with the best
    candidate: "Berg and Rossi said they ...". They are no one entity: the pronoun stays open."""
    parse = chains.parse
    for m in range(n - 1, -1, -1):
        a = chains.found[m]
        if c.sentence - a.sentence > 1 or (m < best and a.sentence < chains.found[best].sentence):
            return False
        if parse.deps[a.root] in _SUBJECTS and a.number != "plur" and _is_one_of_several(chains, a):
            return m == best or parse.deps[chains.found[best].root] not in _SUBJECTS or m > best
    return False


def _is_one_of_several(chains: Chains, a: Candidate) -> bool:
    """Whether names or persons are coordinated with the mention."""
    others = (chains.at_root.get(k) for k in chains.parse.with_dep(a.root, "conj"))
    return any(k is not None and (chains.found[k].name is not None or chains.found[k].cls == "Person") for k in others)


def _least(ranked: Sequence[tuple[float, int]], *, reflexive: bool) -> float:
    """The weight that the best candidate must have, for how far ahead of the next one it is."""
    if len(ranked) == 1 or reflexive:
        return _ALONE
    return _THRESHOLD if ranked[0][0] - ranked[1][0] < _LEAD else _AHEAD


def _candidates(chains: Chains, n: int, c: Candidate, says: Pronoun) -> Iterator[int]:
    """Mentions before the pronoun, nearest first, and the subject of a main clause that follows."""
    window = _WINDOW["he" if says.gender else "it" if says.number == "sing" else "they"]
    for m in range(n - 1, -1, -1):
        if c.sentence - chains.found[m].sentence > window:
            break
        yield m
    later = _main_subject_after(chains, c)
    if later is not None and later != n:
        yield later


def _main_subject_after(chains: Chains, c: Candidate) -> int | None:
    """For "After he left, Jo said ...": the subject of the clause that the pronoun's hangs on."""
    parse = chains.parse
    at = c.root
    while parse.heads[at] != at:
        if parse.deps[at] in {"advcl", "pcomp", "prep"} and parse.heads[at] > c.root:
            subject = next(
                (k for k in parse.children[parse.heads[at]] if parse.deps[k] in _SUBJECTS and k > c.root), None
            )
            if subject is not None:
                return chains.at_root.get(subject)
        at = parse.heads[at]
    return None


def _is_speaker(chains: Chains, m: int, c: Candidate, spoken: dict[int, Quotation]) -> bool:
    """Whether the pronoun stands in a quotation of that very speaker, who would say "I"."""
    quotation = spoken.get(c.root)
    if quotation is None or quotation.speaker is None:
        return False
    speaker = chains.at_root.get(quotation.speaker)
    return speaker is not None and chains.are_one(m, speaker)


# ------------------------------------------------------------------ what is possible
def _agrees(case: Case) -> bool:
    """Number, gender and kind."""
    says, a, chain = case.says, case.a, case.chain
    if a.kind == "pronoun":
        other = PRONOUNS[case.chains.parse.lower[a.root]]
        if len(chain.members) == 1:
            return other == says
    if says.gender is not None:
        return chain.cls == "Person" and a.number != "plur" and chain.genders <= {says.gender}
    if says.number == "sing":
        return chain.cls not in {"Person", "Group"} and a.number != "plur"
    return _is_several(case)


def _is_several(case: Case) -> bool:
    a, chain = case.a, case.chain
    if a.number == "plur" or chain.cls == "Group":
        return True
    if a.kind == "pronoun":
        return case.chains.parse.lower[a.root] in {"they", "them", "their", "theirs", "themselves"}
    return is_a(chain.cls, "Organization") or chain.cls == "Country"


def _is_bound_well(case: Case) -> bool:
    """Reflexives refer within their clause; others do not refer to a neighbour of their verb."""
    parse, c, a = case.chains.parse, case.c, case.a
    word = parse.lower[c.root]
    if word in REFLEXIVES:
        return parse.clause_verb(c.root) == parse.clause_verb(a.root) or a.root == _understood_subject(case)
    if a.tokens[0] <= c.root < a.tokens[1]:
        return False
    if word in _POSSESSIVE and parse.deps[c.root] == "poss":
        return True
    if parse.deps[c.root] in {"dobj", "dative"} and a.root == _understood_subject(case):
        return False  # "Berg came and thanked *him*"
    return _governor(case, c.root) != _governor(case, a.root)


def _understood_subject(case: Case) -> int | None:
    """The subject of the pronoun's clause, also where it is not said again: "seeks to save himself"."""
    parse = case.chains.parse
    found = parse.subject(parse.clause_verb(case.c.root))
    return found.token if found is not None else None


def _governor(case: Case, i: int) -> int:
    """The verb that a phrase is a participant of, directly or by a preposition; itself if none."""
    parse = case.chains.parse
    head = parse.heads[i]
    if parse.deps[i] in {"pobj"} and parse.pos[parse.heads[head]] in {"VERB", "AUX"}:
        return parse.heads[head]
    if parse.deps[i] in {"nsubj", "nsubjpass", "dobj", "dative"}:
        return head
    return -1 - i


# ------------------------------------------------------------------ what is likely
def _distance(case: Case) -> float:
    far = case.c.sentence - case.a.sentence
    if far < 0 or (far == 0 and case.a.root > case.c.root):
        return -1.5
    return -1.1 * far - 0.008 * min(60, case.c.root - case.a.root)


def _function(case: Case) -> float:
    """Subjects before objects before the rest; the same function is likelier."""
    parse = case.chains.parse
    dep = parse.deps[case.a.root]
    here = parse.deps[case.c.root]
    score = {"nsubj": 1.6, "nsubjpass": 1.5, "dobj": 0.6, "dative": 0.5, "poss": 0.5, "conj": 0.4, "appos": 0.0}.get(
        dep, 0.0
    )
    if here in _SUBJECTS and dep in _SUBJECTS:
        score += 0.5
    elif here == dep == "dobj":  # "found the letters and published *them*"
        verb = parse.heads[case.c.root]
        score += 1.2 if parse.deps[verb] == "conj" and parse.heads[verb] == parse.heads[case.a.root] else 0.6
    return score


def _prominence(case: Case) -> float:
    known = sum(1 for k in case.chain.members if k < case.pronoun)
    return 0.5 * math.log1p(known) + (0.3 if not case.chain.nominal else 0.0)


def _reporting(case: Case) -> float:
    """ "Kim said he ...": the subject of the verb that governs the pronoun's clause."""
    parse = case.chains.parse
    at = case.c.root
    for _ in range(6):
        if parse.deps[at] in {"ccomp", "xcomp", "advcl"} and case.a.root in parse.children[parse.heads[at]]:
            return 0.8 if parse.deps[case.a.root] in _SUBJECTS else 0.2
        if parse.heads[at] == at:
            break
        at = parse.heads[at]
    return 0.0


def _own_clause(case: Case) -> float:
    """ "Jo and his wife", "the firm sold its shares": a possessor near by."""
    parse = case.chains.parse
    if parse.lower[case.c.root] not in _POSSESSIVE or case.a.sentence != case.c.sentence:
        return 0.0
    if parse.deps[case.a.root] in _SUBJECTS and parse.clause_verb(case.a.root) == parse.clause_verb(case.c.root):
        return 1.0
    owned = parse.heads[case.c.root]
    if case.a.root == _understood_subject(case):
        return 1.6
    return 0.8 if parse.deps[owned] == "conj" and parse.heads[owned] == case.a.root else 0.0


def _gender(case: Case) -> float:
    if case.says.gender is None:
        return 0.0
    return 0.6 if case.says.gender in case.chain.genders else 0.0


def _kind(case: Case) -> float:
    cls, says = case.chain.cls, case.says
    if says.gender is not None:
        return 0.0
    if says.number == "sing":
        if is_a(cls, "Organization") or cls in {"Country", "Work"}:
            return 0.4
        return -0.3 if broad(cls) == "Place" else 0.0
    if cls == "Group":
        return 0.8
    return -0.3 if case.a.number == "plur" else -0.5


def _shape(case: Case) -> float:
    """A pronoun of the same form before; a phrase that says there is none."""
    if case.a.kind == "pronoun":
        return 0.4
    if case.a.adjective or (case.a.kind == "nominal" and case.chains.parse.deps[case.a.root] == "compound"):
        return -1.5
    return -3.0 if case.a.determiner == "none" else 0.0


WEIGHTS: tuple[Callable[[Case], float], ...] = (
    _distance,
    _function,
    _prominence,
    _reporting,
    _own_clause,
    _gender,
    _kind,
    _shape,
)
