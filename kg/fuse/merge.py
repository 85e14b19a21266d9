"""Which claims are about one situation: the same class, compatible roles and compatible times."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from kg.fuse.posts import compatible_posts
from kg.model import Claim, ClaimTime
from kg.rules import merging

#: Roles in which two claims of one situation cannot name different participants.
_CORE = ("agent", "patient", "recipient", "origin", "destination", "represents")
#: Of the situations that one participant has a part in, as many of the last ones are looked at. Who takes part in
#: more of a class is a country or the like; what two participants share is found among all of theirs.
_LAST = 60
_SYMMETRIC = frozenset({"spouse", "sibling", "relative"})
#: How many letters of two words are the same where one is made of the other.
_STEM = 4
#: How many characters before a noun are looked at.
_BEFORE = 60
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "his", "her", "its", "their"})


@dataclass(slots=True, eq=False)  # found again in lists by identity: comparing contents is slow
class Cluster:
    """Claims about one situation so far, and what they say together."""

    cls: str
    claims: list[Claim] = field(default_factory=list)
    roles: dict[str, set[str]] = field(default_factory=dict)
    times: list[ClaimTime] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    last_document: str = ""
    told: list[datetime.date] = field(default_factory=list)

    def add(self, claim: Claim, reason: str) -> None:
        """Take the claim in; ``reason`` says why, and is empty for the first."""
        self.claims.append(claim)
        for role in _CORE:
            self.roles.setdefault(role, set()).update(_of(claim, role))
        if claim.time is not None:
            self.times.append(claim.time)
        if reason:
            self.reasons.append(reason)
        self.last_document = claim.document


def cluster(
    claims: Iterable[Claim],
    text_of: Callable[[Claim], str],
    told_on: Callable[[Claim], datetime.date | None] = lambda claim: None,
) -> list[Cluster]:
    """Claims into situations, in reading order; each claim joins the best situation that it fits.

    ``text_of`` gives the text of a claim's document, for the words around its trigger, ``told_on`` the day on
    which it was published.
    """
    clusters: list[Cluster] = []
    by_party: dict[_Parties, list[Cluster]] = {}
    by_class: dict[tuple[str, str], list[Cluster]] = {}
    for claim in claims:
        recent = by_class.setdefault((claim.document, claim.cls), [])
        found = _by_participants(claim, by_party, text_of, told_on(claim)) or _by_words(claim, recent, text_of)
        if found is None:
            home = Cluster(claim.cls)
            clusters.append(home)
            home.add(claim, "")
        else:
            home, reason = found
            home.add(claim, reason)
        home.told += [day for day in (told_on(claim),) if day is not None and day not in home.told]
        for key in _party_keys(claim):
            known = by_party.setdefault(key, [])
            if home not in known[-_LAST:]:
                known.append(home)
        if home in recent:
            recent.remove(home)
        recent.append(home)
    return clusters


def blocks(claims: Sequence[Claim]) -> Iterator[tuple[int, str]]:
    """What the claims of one document can be merged by: each one's number, and a key of what it shares with others.

    Claims that no chain of keys joins do not ask for one another in ``cluster``: whatever the chains of keys hold
    together can be merged by itself, in the same order, and comes out the same.
    """
    by_words = {claim.cls for claim in claims if _is_noun(claim)} - {"Event", "State"}
    for n, claim in enumerate(claims):
        for name, parties in _party_keys(claim):
            if len(parties) == 1:
                yield n, repr((name, parties))
        if claim.cls in by_words:
            yield n, repr((claim.document, claim.cls))


def around(claim: Claim, text: str) -> str:
    """All that merging reads of the document's text: the trigger and a little before it."""
    begin, end = claim.trigger
    return text[max(0, begin - _BEFORE) : end]


def as_text(claim: Claim, kept: str) -> str:
    """What ``around`` has kept, where it stood."""
    return kept.rjust(claim.trigger[1])


#: A class (or a predicate) and one or two of its participants, each in its role.
_Parties = tuple[str, tuple[tuple[str, str], ...]]


def _parties(claim: Claim) -> list[tuple[str, str]]:
    return [(role, entity) for role in _CORE for entity in sorted(_of(claim, role))]


def _party_keys(claim: Claim) -> Iterator[_Parties]:
    """What a situation is found by: each two of its participants, and each one."""
    name = claim.predicate if claim.cls in {"Event", "State"} else claim.cls
    parties = _parties(claim)
    yield from ((name, pair) for pair in combinations(parties, 2))
    yield from ((name, (party,)) for party in parties)


def _by_participants(
    claim: Claim,
    by_party: dict[_Parties, list[Cluster]],
    text_of: Callable[[Claim], str],
    day: datetime.date | None,
) -> tuple[Cluster, str] | None:
    """The situation of the same class with the most participants in the same roles, the latest of equals."""
    best: tuple[int, Cluster] | None = None
    seen: set[int] = set()
    for key in _party_keys(claim):
        for candidate in by_party.get(key, ())[-_LAST:]:
            if id(candidate) in seen:
                continue
            seen.add(id(candidate))
            score = _agreement(claim, candidate, text_of)
            if score > 0 and (best is None or score >= best[0]) and _told_together(claim, candidate, day):
                best = score, candidate
    if best is None:
        return None
    return best[1], f"{claim.cls} with {best[0]} participant{'s' if best[0] > 1 else ''} in common"


def _told_together(claim: Claim, candidate: Cluster, day: datetime.date | None) -> bool:
    """Whether what happens again and again was told of within the same weeks, or is of one known time."""
    rules = merging.load()
    if claim.cls not in rules.repeated or day is None or not candidate.told:
        return True
    if claim.time is not None and claim.time.edtf is not None and any(t.edtf is not None for t in candidate.times):
        return True
    return min(abs((day - other).days) for other in candidate.told) <= rules.days_between


def _by_words(claim: Claim, recent: Sequence[Cluster], text_of: Callable[[Claim], str]) -> tuple[Cluster, str] | None:
    """The last situation of the class that a noun takes up: a definite one ("the attack"), or one
    without any participant of its own where the text has told of only one."""
    if claim.cls in {"Event", "State"}:
        return None
    text = text_of(claim)
    if not _is_noun(claim) or _is_another(claim, text):
        return None
    words = _words(claim, text)
    fits = [c for c in recent if _compatible(claim, c, loosely=True) and _may_be_called(claim, c, text_of)]
    if fits and _is_anaphoric(claim, text):
        return fits[-1], f"«{words}» takes up the last {claim.cls}"
    if len(recent) == 1 == len(fits) and _says_not_whom(claim) and _is_the_one(claim, text):
        return fits[0], f"«{words}» names the one {claim.cls} of the text"
    return None


def _says_not_whom(claim: Claim) -> bool:
    """Whether a claim has no participant but, of what one suffers once, who did it: "charged with *murder*"."""
    return all(role == "agent" and claim.cls in merging.load().once for role, _ in _parties(claim))


def _is_another(claim: Claim, text: str) -> bool:
    """Whether the noun says itself that it is not what was told: "the previous election"."""
    return bool(merging.load().another & set(_before(claim, text)))


def _is_the_one(claim: Claim, text: str) -> bool:
    """Whether a noun without "the" can still be what the text told of: one of a name, or of what one suffers
    but once ("charged with murder"), and neither an indefinite one nor many."""
    plural = _words(claim, text).endswith("s") and not _words(claim, text).endswith("ss")
    new = plural or not {"a", "an"}.isdisjoint(_before(claim, text))
    return not new and (claim.cls in merging.load().once or claim.cls in merging.load().collective)


def _may_be_called(claim: Claim, candidate: Cluster, text_of: Callable[[Claim], str]) -> bool:
    """Whether the noun is of the stem of a word that told of the situation, where the class has many nouns."""
    if claim.cls not in merging.load().by_word:
        return True
    return any(_stems(claim, text_of(claim)) & _stems(c, text_of(c)) for c in candidate.claims)


def _stems(claim: Claim, text: str) -> set[str]:
    return {word.lower()[:_STEM] for word in _words(claim, text).split()}


def _agreement(claim: Claim, candidate: Cluster, text_of: Callable[[Claim], str]) -> int:
    """How many participants the claim shares with the situation in the same roles; 0 if it
    cannot be the same."""
    if not _compatible(claim, candidate):
        return 0
    rules = merging.load()
    same = [role for role in _CORE if _of(claim, role) & candidate.roles.get(role, set())]
    if same == ["agent"] and _one_lacks_patient(claim, candidate):
        return 0
    if claim.cls in {"Event", "State"}:
        first = candidate.claims[0]
        equal = {role: _of(claim, role) for role in _CORE} == {role: _of(first, role) for role in _CORE}
        return len(same) if equal and len(same) > 1 and claim.predicate == first.predicate else 0
    if "patient" in same and claim.cls in rules.once:
        return len(same)
    if claim.cls in rules.repeated and len(same) < 2:
        texts = [claim, *candidate.claims]
        return len(same) if any(_is_anaphoric(c, text_of(c)) for c in texts) else 0
    return len(same)


def _one_lacks_patient(claim: Claim, candidate: Cluster) -> bool:
    """Whether only one of the two says to whom it was done, in another document: whoever does it, a country
    above all, may have done it to somebody else."""
    elsewhere = all(other.document != claim.document for other in candidate.claims)
    return elsewhere and bool(_of(claim, "patient")) != bool(candidate.roles.get("patient"))


def _of(claim: Claim, role: str) -> set[str]:
    """Who fills a role. Kinship is told from either side, so its sides are put in one order."""
    if claim.cls == "Kinship" and role in {"agent", "patient"}:
        sides = [{f.entity for f in claim.roles.get(side, ()) if f.entity} for side in ("agent", "patient")]
        turned = claim.kinship == "parent" or (claim.kinship in _SYMMETRIC and sorted(sides[0]) > sorted(sides[1]))
        return sides[(role == "agent") == turned]
    return {f.entity for f in claim.roles.get(role, ()) if f.entity}


def _compatible(claim: Claim, candidate: Cluster, *, loosely: bool = False) -> bool:
    """Nothing that the claim says contradicts what the situation's claims say. ``loosely`` lets
    what many take part in have other agents in each claim."""
    free = {"agent", "patient"} if loosely and claim.cls in merging.load().collective else set()
    for role in _CORE:
        mine, theirs = _of(claim, role), candidate.roles.get(role, set())
        if mine and theirs and not mine & theirs and role not in free:
            return False
    first = candidate.claims[0]
    if claim.cls == "Kinship" and _line(claim) != _line(first):
        return False
    if claim.cls == "Attribute" and (claim.predicate, claim.amount) != (first.predicate, first.amount):
        return False
    if claim.cls == "Tenure" and not all(compatible_posts(claim.position, c.position) for c in candidate.claims):
        return False
    return all(_times_meet(claim.time, time) for time in candidate.times)


def _line(claim: Claim) -> str | None:
    """Parent and child are one kinship, told from either side."""
    return "child" if claim.kinship == "parent" else claim.kinship


def _times_meet(a: ClaimTime | None, b: ClaimTime | None) -> bool:
    """Whether two times can be one: their first and last days overlap, unknown ends being open."""
    if a is None or b is None or a.edtf is None or b.edtf is None:
        return True
    if a.latest is not None and b.earliest is not None and a.latest < b.earliest:
        return False
    return not (b.latest is not None and a.earliest is not None and b.latest < a.earliest)


def _is_anaphoric(claim: Claim, text: str) -> bool:
    """Whether the trigger is a noun that takes something up: "the defection", "his escape"."""
    words = _before(claim, text)
    return _is_noun(claim) and any(w in _DEFINITE or w.endswith(("'s", "’s")) for w in words)


def _before(claim: Claim, text: str) -> list[str]:
    """The two words before the trigger, in small letters."""
    before = text[max(0, claim.trigger[0] - _BEFORE) : claim.trigger[0]].split()
    return [w.strip("“”\"'’,").lower() for w in before[-2:]]


def _is_noun(claim: Claim) -> bool:
    return " noun «" in claim.rule


def _words(claim: Claim, text: str) -> str:
    return " ".join(text[slice(*claim.trigger)].split())


def best_time(claims: Sequence[Claim]) -> ClaimTime | None:
    """The most exact time that the claims give: the shortest known stretch, the first of equals."""
    times = [c.time for c in claims if c.time is not None]
    if not times:
        return None
    return min(times, key=_width)


def _width(time: ClaimTime) -> tuple[int, int]:
    if time.edtf is None:
        return (2, 0)
    if time.earliest is None or time.latest is None:
        return (1, 0)
    return (0, (time.latest - time.earliest).days)
