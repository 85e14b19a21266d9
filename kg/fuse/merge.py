"""Which claims are about one situation: the same class, compatible roles and compatible times."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from kg.fuse.posts import compatible_posts
from kg.model import Claim, ClaimTime
from kg.rules import merging

#: Roles in which two claims of one situation cannot name different participants.
_CORE = ("agent", "patient", "recipient", "origin", "destination", "represents")
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "his", "her", "its", "their"})


@dataclass(slots=True)
class Cluster:
    """Claims about one situation so far, and what they say together."""

    cls: str
    claims: list[Claim] = field(default_factory=list)
    roles: dict[str, set[str]] = field(default_factory=dict)
    times: list[ClaimTime] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    last_document: str = ""

    def add(self, claim: Claim, reason: str) -> None:
        """Take the claim in; ``reason`` says why, and is empty for the first."""
        self.claims.append(claim)
        for role in _CORE:
            self.roles.setdefault(role, set()).update(f.entity for f in claim.roles.get(role, ()) if f.entity)
        if claim.time is not None:
            self.times.append(claim.time)
        if reason:
            self.reasons.append(reason)
        self.last_document = claim.document


def cluster(claims: Iterable[Claim], text_of: Callable[[Claim], str]) -> list[Cluster]:
    """Claims into situations, in reading order; each claim joins the best situation that it fits.

    ``text_of`` gives the text of a claim's document, for the words around its trigger.
    """
    clusters: list[Cluster] = []
    by_party: dict[tuple[str, str, str], list[Cluster]] = {}
    latest: dict[tuple[str, str], Cluster] = {}
    for claim in claims:
        found = _find(claim, by_party, latest, text_of)
        if found is None:
            home = Cluster(claim.cls)
            clusters.append(home)
            home.add(claim, "")
        else:
            home, reason = found
            home.add(claim, reason)
        for key in _parties(claim):
            known = by_party.setdefault(key, [])
            if home not in known:
                known.append(home)
        latest[claim.document, claim.cls] = home
    return clusters


def _parties(claim: Claim) -> list[tuple[str, str, str]]:
    name = claim.predicate if claim.cls in {"Event", "State"} else claim.cls
    return [(name, role, f.entity) for role in _CORE for f in claim.roles.get(role, ()) if f.entity]


def _find(
    claim: Claim,
    by_party: dict[tuple[str, str, str], list[Cluster]],
    latest: dict[tuple[str, str], Cluster],
    text_of: Callable[[Claim], str],
) -> tuple[Cluster, str] | None:
    """The situation that the claim is about, and the reason for thinking so."""
    seen: list[Cluster] = []
    for key in _parties(claim):
        seen += [c for c in by_party.get(key, ()) if c not in seen]
    best: tuple[int, Cluster] | None = None
    for candidate in seen:
        score = _agreement(claim, candidate, text_of)
        if score > 0 and (best is None or score >= best[0]):
            best = score, candidate
    if best is not None:
        return best[1], f"{claim.cls} with {best[0]} participant{'s' if best[0] > 1 else ''} in common"
    recent = latest.get((claim.document, claim.cls))
    if recent is not None and _is_anaphoric(claim, text_of(claim)) and _compatible(claim, recent):
        return recent, f"«{_words(claim, text_of(claim))}» takes up the last {claim.cls}"
    return None


def _agreement(claim: Claim, candidate: Cluster, text_of: Callable[[Claim], str]) -> int:
    """How many participants the claim shares with the situation in the same roles; 0 if it
    cannot be the same."""
    if not _compatible(claim, candidate):
        return 0
    shared = sum(bool(_of(claim, role) & candidate.roles.get(role, set())) for role in _CORE)
    if claim.cls in {"Event", "State"}:
        first = candidate.claims[0]
        same = {role: _of(claim, role) for role in _CORE} == {role: _of(first, role) for role in _CORE}
        return shared if same and shared > 1 and claim.predicate == first.predicate else 0
    if claim.cls in merging.load().repeated and shared < 2:
        texts = [claim, *candidate.claims]
        return shared if any(_is_anaphoric(c, text_of(c)) for c in texts) else 0
    return shared


def _of(claim: Claim, role: str) -> set[str]:
    return {f.entity for f in claim.roles.get(role, ()) if f.entity}


def _compatible(claim: Claim, candidate: Cluster) -> bool:
    """Nothing that the claim says contradicts what the situation's claims say."""
    for role in _CORE:
        mine, theirs = _of(claim, role), candidate.roles.get(role, set())
        if mine and theirs and not mine & theirs:
            return False
    first = candidate.claims[0]
    if claim.cls == "Kinship" and claim.kinship != first.kinship:
        return False
    if claim.cls == "Attribute" and (claim.predicate, claim.amount) != (first.predicate, first.amount):
        return False
    if claim.cls == "Tenure" and not all(compatible_posts(claim.position, c.position) for c in candidate.claims):
        return False
    return all(_times_meet(claim.time, time) for time in candidate.times)


def _times_meet(a: ClaimTime | None, b: ClaimTime | None) -> bool:
    """Whether two times can be one: their first and last days overlap, unknown ends being open."""
    if a is None or b is None or a.edtf is None or b.edtf is None:
        return True
    if a.latest is not None and b.earliest is not None and a.latest < b.earliest:
        return False
    return not (b.latest is not None and a.earliest is not None and b.latest < a.earliest)


def _is_anaphoric(claim: Claim, text: str) -> bool:
    """Whether the trigger is a noun that takes something up: "the defection", "his escape"."""
    before = text[max(0, claim.trigger[0] - 60) : claim.trigger[0]].split()
    words = [w.strip("“”\"'’,").lower() for w in before[-3:]]
    trigger = _words(claim, text).split()
    if claim.rule.rfind(" noun «") < 0 or not trigger or len(words) == 0:
        return False
    return any(w in _DEFINITE or w.endswith(("'s", "’s")) for w in words[-2:])


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
