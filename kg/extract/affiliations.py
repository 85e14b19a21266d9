"""Who belongs to what, where nothing but the wording of a name says so: "Unity's Bo Lind", "Ada Roy of the
Greens", "Labour MP Ruth Hall", "Sue Lane (R-Ohio)", "a Democrat".

Membership that a verb or a noun tells ("joined", "a member of") comes from ``states.toml``.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from kg.extract.drafts import Draft, Participants
from kg.model import Annotations, is_a
from kg.rules.lexicon import Lexicon
from kg.syntax import Parse

#: Prepositions after a person's name whose object is a body that the person belongs to.
_OF = frozenset({"of", "from"})
_TITLE_LINKS = frozenset({"compound", "nmod", "amod"})
_NOUNS = frozenset({"NOUN", "PROPN"})


def find(annotations: Annotations, lexicon: Lexicon, who: Participants, tenures: Sequence[Draft]) -> list[Draft]:
    """Every affiliation that stands beside a person's name, once for each pair in a sentence; not where a
    post already says what somebody is to a body ("the bank's president, Bo Lind")."""
    parse, known, parties = annotations.parse, _pairs(tenures, who), _parties(annotations)
    found: dict[tuple[int, ...], Draft] = {}
    for n in annotations.body:
        seen: set[tuple[str, str]] = set()
        for person in range(*parse.sents[n]):
            if not _is_person(person, who):
                continue
            for body, trigger in itertools.chain(
                _beside(parse, person, lexicon, who), _called(parse, person, lexicon, who, parties)
            ):
                pair = _pair(person, body, trigger, who)
                if pair is None or pair in seen or (n, *pair) in known:
                    continue
                seen.add(pair)
                if trigger in found:
                    found[trigger].add("agent", [person])  # "Unity's *Bo Lind* and *Jan Mott*"
                else:
                    found[trigger] = _draft(parse, person, body, trigger)
    return list(found.values())


def _is_person(token: int, who: Participants) -> bool:
    """Whether a token is the head of a person's name."""
    mention = who.by_root.get(token)
    if mention is None or mention.kind != "name":
        return False
    entity = who.entities.get(mention.entity)
    return entity is not None and entity.cls == "Person" and entity.named


def _pair(person: int, body: int | None, trigger: tuple[int, ...], who: Participants) -> tuple[str, str] | None:
    """The entities of a person and of a body, if the body is an organisation with a name; for a body that
    the text does not name, the word for its members."""
    member, entity = who.entity(person), None if body is None else who.entity(body)
    if member is not None and body is None:
        return member.id, who.parse.lower[trigger[-1]]
    if member is None or entity is None or not entity.named or not is_a(entity.cls, "Organization"):
        return None
    return member.id, entity.id


def _pairs(tenures: Sequence[Draft], who: Participants) -> set[tuple[int, str, str]]:
    """(sentence, person, body) of the posts that are held."""
    return {
        (who.parse.sent_of[draft.head], person.id, body.id)
        for draft in tenures
        for token in draft.roles.get("agent", ())
        for other in (t for role in ("represents", "place", "destination") for t in draft.roles.get(role, ()))
        if (person := who.entity(token)) is not None and (body := who.entity(other)) is not None
    }


def _draft(parse: Parse, person: int, body: int | None, trigger: tuple[int, ...]) -> Draft:
    return Draft(
        head=trigger[-1],
        tokens=trigger,
        cls="Affiliation",
        predicate=" ".join(parse.lower[t] for t in trigger),
        rule="affiliations.py «beside a name»",
        state=True,
        roles={"agent": [person]} if body is None else {"agent": [person], "patient": [body]},
        confidence=0.8,
        descriptive=True,
    )


def _name(token: int, who: Participants) -> tuple[int, ...]:
    """The words of the name that ``token`` heads."""
    mention = who.mention(token)
    if mention is None:
        return (token,)
    parse = who.parse
    around = range(max(mention.tokens[0], 0), mention.tokens[1])
    inside = tuple(t for t in around if mention.head[0] <= parse.starts[t] and parse.ends[t] <= mention.head[1])
    return inside or (token,)


#: A body, if the text names it, and the words that tell that somebody belongs to it.
_Membership = tuple[int | None, tuple[int, ...]]


# ------------------------------------------------------------------ a body by its name
def _beside(parse: Parse, person: int, lexicon: Lexicon, who: Participants) -> Iterator[_Membership]:
    """(body, words of its name) of what owns, follows or precedes a person's name."""
    for owner in _owners(parse, person):
        yield owner, _name(owner, who)
    for body in _following(parse, person, who):
        yield body, _name(body, who)
    for t in _preceding(parse, person):
        entity = who.entity(t)
        if entity is not None and entity.cls == "PoliticalParty" and who.by_root.get(t) is not None:
            yield t, _name(t, who)


def _owners(parse: Parse, person: int) -> Iterator[int]:
    """Whose somebody is: of "Unity's Bo Lind and Jan Mott" both."""
    first = person
    found = parse.with_dep(person, "poss")
    if not found and parse.deps[person] == "conj" and not _is_introduced(parse, person):
        first = parse.heads[person]
        found = parse.with_dep(first, "poss")
    yield from found


def _is_introduced(parse: Parse, person: int) -> bool:
    """Whether a coordinated name has words of its own before or after it."""
    own = (c for c in parse.children[person] if parse.deps[c] in {"poss", "prep", "det", "amod", "appos"})
    return next(own, None) is not None or parse.words[parse.edges[person][0] - 1] == ","


def _following(parse: Parse, person: int, who: Participants) -> Iterator[int]:
    """The bodies of a phrase right after the name: "Ada Roy *of the Greens*"; with several names and bodies
    and "respectively", the one in the same place of the row."""
    people = [person]
    prep = next((c for c in parse.with_dep(person, "prep") if c == person + 1), None)
    if prep is None:
        people = _row(parse, person)
        below = (c for each in people for c in parse.with_dep(each, "prep"))
        prep = next((c for c in below if c == people[-1] + 1 and "respectively" in parse.lower[c : c + 2]), None)
    body = None if prep is None or parse.lower[prep] not in _OF else parse.child(prep, "pobj")
    bodies = [] if body is None else parse.conjuncts(body)
    if prep is not None and len(bodies) > 1 and "respectively" in parse.lower[prep : prep + 2]:
        people = _row(parse, person)
        bodies = bodies[people.index(person) :][:1]
    yield from (b for b in bodies if (e := who.entity(b)) is not None and e.cls != "GovernmentBody")


def _row(parse: Parse, person: int) -> list[int]:
    """All who are named in one row with a person, in text order."""
    first = person
    while parse.deps[first] == "conj":
        first = parse.heads[first]
    return parse.conjuncts(first)


def _preceding(parse: Parse, person: int) -> Iterator[int]:
    """The words before a name and before the titles that stand before it: "*Labour* MP Ruth Hall"."""
    above = {person}
    for t in range(person - 1, parse.edges[person][0] - 1, -1):
        if parse.heads[t] in above and parse.deps[t] in _TITLE_LINKS:
            above.add(t)
            yield t
        elif parse.pos[t] not in {"PUNCT", "PROPN", "ADJ"}:
            break


# ------------------------------------------------------------------ a party by what its members are called
_Parties = dict[str, int]


def _parties(annotations: Annotations) -> _Parties:
    """Every name of a party in the text -> a token that refers to it."""
    names: dict[str, str] = {}
    for entity in annotations.entities:
        if is_a(entity.cls, "Organization") and entity.named:
            names.update((name.lower(), entity.id) for name in (entity.label, *entity.aliases))
    roots: dict[str, int] = {}
    for mention in annotations.mentions:
        roots.setdefault(mention.entity, mention.root)
    return {name: roots[ident] for name, ident in names.items() if ident in roots}


def _called(parse: Parse, person: int, lexicon: Lexicon, who: Participants, parties: _Parties) -> Iterator[_Membership]:
    """(party, trigger) where the party is told by a noun for its members or by letters."""
    for t in _descriptions(parse, person):
        names = _partisan(parse, t, lexicon)
        if names:
            yield _party(names, parties), (t,)
    label = _label(parse, person, lexicon)
    if label is not None:
        yield _party(lexicon.party_labels[parse.words[label[0]]], parties), label


def _party(names: Sequence[str], parties: _Parties) -> int | None:
    return next((parties[name.lower()] for name in names if name.lower() in parties), None)


def _descriptions(parse: Parse, person: int) -> Iterator[int]:
    """The nouns that say what somebody is: before the name, apposed, by a copula."""
    yield from _preceding(parse, person)
    yield from parse.appositions(person)
    if parse.deps[person] == "appos":
        yield parse.heads[person]
    if parse.deps[person] == "nsubj":
        yield from parse.with_dep(parse.heads[person], "attr")


def _partisan(parse: Parse, t: int, lexicon: Lexicon) -> tuple[str, ...]:
    """The party's names for a noun like "Democrat", "Social Democrat", "pan-democrat". As an adjective it says of
    an office who holds it; whose "the *Republican* nominee" is, is another matter."""
    post = lexicon.posts.get(parse.lower[parse.heads[t]])
    if parse.pos[t] not in _NOUNS and (parse.pos[t] != "ADJ" or post is None or not post.office):
        return ()
    two = f"{parse.lower[t - 1]} {parse.lower[t]}" if t > 0 else ""
    return lexicon.partisans.get(two) or lexicon.partisans.get(parse.lower[t], ())


def _label(parse: Parse, person: int, lexicon: Lexicon) -> tuple[int, ...] | None:
    """The tokens of "R-Ohio" after "Sue Lane (" or "Sue Lane, "."""
    i = person + 1
    if i + 3 >= len(parse) or parse.words[i] not in {"(", ","}:
        return None
    if parse.words[i + 1] not in lexicon.party_labels or parse.words[i + 2] not in {"-", "–"}:
        return None
    end = i + 3
    while end < len(parse) and parse.words[end] not in {")", ",", "."} and end - i < 8:
        end += 1
    return tuple(range(i + 1, end))
