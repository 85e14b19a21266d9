"""One name, one class: what all places of a name together say that it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kg.annotate import classes, matching
from kg.annotate.candidates import Candidate
from kg.annotate.classes import Vote
from kg.model import is_a

#: The weight from which on a vote says that something is called or has what it is.
_SAID = 3.5
#: The weight of being the beginning of a body's name: more than the model's and the gazetteer's word together.
_BEGUN = 6.0
#: Kinds of names that stand for a country, also where a body's name begins with them: "Kenya Airways".
_COUNTRIES = frozenset({"country", "demonym", "capital", "metonym"})
_PLACED = frozenset({"stands where places do", "a person is in nobody"})
Votes = dict[matching.Key, list[Vote]]


def agree(found: Sequence[Candidate]) -> None:
    """Give each name the class that all its places together speak for.

    What the places say counts on the average; that the name is a part of a person's full name
    counts once.
    """
    places: dict[matching.Key, list[Candidate]] = defaultdict(list)
    for c in found:
        if c.name is not None:
            places[c.key].append(c)
    votes: Votes = {key: _averaged(members) for key, members in places.items()}
    _share(votes, places)
    parts = {part for key in votes if len(key) > 1 and classes.decide(votes[key]) == "Person" for part in _parts(key)}
    begun: dict[str, list[matching.Key]] = defaultdict(list)
    for key in places:
        if len(key) > 1:
            begun[key[0]].append(key)
    for key in [k for k in places if k not in parts and k[0] in begun]:
        votes[key] += _short_for_body(key, begun[key[0]], places, votes)
    for key, members in places.items():
        if key in parts and not members[0].is_acronym:
            votes[key] += _part_of_person(votes[key], members, _is_of_house(key, votes))
        else:
            votes[key] += _with_shares(members)
        cls = classes.decide(votes[key])
        for c in members:
            c.cls = cls
        if key in parts and cls == "Person":
            _leave_in_place(members)


def _is_of_house(key: matching.Key, votes: Votes) -> bool:
    """Whether some firm's longer name begins with the name: "Brandt" where "Brandt & Sons" is told of."""
    longer = (other for other in votes if len(other) > len(key) and other[: len(key)] == key)
    return any(classes.decide(votes[other]) == "Company" for other in longer)


def _short_for_body(
    key: matching.Key, longer: Sequence[matching.Key], places: Mapping[matching.Key, Sequence[Candidate]], votes: Votes
) -> Iterator[Vote]:
    """What it says of a name that a body's longer one began with it before: "Norvik" after "Norvik Air" is no town,
    unless it stands where places do."""
    members = places[key]
    first = members[0]
    is_person = any(v.cls == "Person" for c in members for v in c.votes)
    known = first.entry is not None and first.entry.kind in _COUNTRIES
    if known or first.is_acronym or any(v.reason in _PLACED for c in members for v in c.votes):
        return
    for other in longer:
        if len(other) > len(key) and other[: len(key)] == key and places[other][0].root < first.root:
            cls = classes.decide(votes[other])
            # a foundation or a school may be named for somebody who is told of as well
            if cls == "Company" or (is_a(cls, "Organization") and not is_person):
                yield Vote(cls, _BEGUN, "short for a body")
                return


def _part_of_person(votes: Sequence[Vote], members: Sequence[Candidate], house: bool) -> Iterator[Vote]:
    """What it says of a name that it is a part of a person's: more than that some town has it too, less
    than that it is called a firm or has what firms have. Two such signs make it the family's firm."""
    signs = [c for c in members if any(_is_of_firm(v) for v in c.votes)]
    firm = bool(signs)
    if len(signs) + house > 1:
        yield Vote("Company", 4.0, "a firm of the family's name")
    yield Vote("Person", 0.5 if firm else 4.0, "part of a person's name")
    small = [v for v in votes if v.reason == "the gazetteer's city"]
    if small and not firm:
        yield Vote("Person", sum(v.weight for v in small), "a person's rather than a town's")


def _is_of_firm(vote: Vote) -> bool:
    return vote.cls == "Company" and vote.weight >= _SAID and not vote.reason.startswith('"')


def _with_shares(members: Sequence[Candidate]) -> Iterator[Vote]:
    """What it says of a name that nobody knows that the text gives it once what only a firm has."""
    votes = [v for c in members for v in c.votes]
    known = any(v.reason.startswith("the gazetteer's") for v in votes)
    if not known and any(v.cls == "Company" and v.reason.startswith(("has ", "stands before ")) for v in votes):
        yield Vote("Company", 4.0, "a firm, as it has what firms have")


def _leave_in_place(members: Sequence[Candidate]) -> None:
    """Let a name that is a person's otherwise stay a place where it stands behind "in": "met Paris in Paris"."""
    for c in members:
        if any(v.reason == "a person is in nobody" or v.reason == "stands where places do" for v in c.votes) and any(
            v.reason == "the gazetteer's city" for v in c.votes
        ):
            c.cls = "City"


def _share(votes: Votes, places: Mapping[matching.Key, Sequence[Candidate]]) -> None:
    """Let "Idlib" count with "Idlib province", and an acronym with the name that it stands for."""
    for key, members in places.items():
        core, name = members[0].core_key, members[0].name
        if core != key and core in votes and name is not None and name.label == "LOC":
            votes[core] = votes[core] + votes[key]
    for key in [k for k in places if len(k) > 1 and _is_model_alone(votes[k])]:
        if (key[-1],) in votes and classes.decide(votes[key[-1],]) == "Person":
            votes[key] = [*votes[key], Vote("Person", 3.0, "whose last name is a person's")]
    for key in [k for k, members in places.items() if members[0].is_acronym]:
        for full in places:
            if matching.is_acronym_of(key, full):
                votes[key] = votes[full] = votes[key] + votes[full]


def _is_model_alone(votes: Sequence[Vote]) -> bool:
    """Whether nothing but the model says what a name is, and that it is nobody."""
    return bool(votes) and all(v.reason.startswith("the model says") and v.cls != "Person" for v in votes)


def _averaged(members: Sequence[Candidate]) -> list[Vote]:
    """What all places of a name say of it on the average; an age, which is told but once, counts in full."""
    places = [c for c in members if c.votes] or members
    once = next((v for c in places for v in c.votes if v.reason == "an age"), None)
    rest = [v._replace(weight=v.weight / len(places)) for c in places for v in c.votes if v.reason != "an age"]
    return rest if once is None else [once, *rest]


def _parts(key: matching.Key) -> set[matching.Key]:
    """What somebody of that full name may be called for short."""
    return {(word,) for word in key} | {key[n:] for n in range(1, len(key))}


def without_short_forms(found: Sequence[Candidate]) -> list[Candidate]:
    """The mentions without those inside a name of their own class: short forms of the whole."""
    outer = {i: c for c in found if c.name is not None and not c.name.nested for i in range(*c.head)}
    return [c for c in found if c.name is None or not c.name.nested or _is_other(c, outer.get(c.root))]


def _is_other(c: Candidate, outer: Candidate | None) -> bool:
    return outer is not None and c.cls not in {outer.cls, "Thing"} and not classes.is_near(c.cls, outer.cls)
