"""States that nouns name: who holds which post, who is whose kin, what is said of a person in passing.

Verbs of state ("serves as", "lives in") come from ``states.toml`` with the events' frames;
this file reads titles, appositions, predicate nominals and possessives.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract import affiliations
from kg.extract.drafts import Draft, Participants
from kg.model import Annotations, Entity, is_a
from kg.rules import Rules
from kg.rules.lexicon import Lexicon, Post
from kg.syntax import Parse

_TITLE_LINKS = frozenset({"compound", "nmod", "amod", "npadvmod", "poss"})
_NOUNS = frozenset({"NOUN", "PROPN"})
#: What may hold an office for somebody: the classes that a post can represent.
_BODIES = ("Organization", "Place")


@dataclass(frozen=True, slots=True)
class Office:
    """A post as a phrase: its head token, its token range with the modifiers that belong to it."""

    head: int
    start: int
    end: int
    post: Post
    position: str


def find(annotations: Annotations, rules: Rules, who: Participants, drafts: Sequence[Draft]) -> list[Draft]:
    """``drafts`` and the states that nouns name, in text order."""
    parse, lexicon = annotations.parse, rules.lexicon
    plover = {name: c.plover for name, c in rules.events.classes.items()}
    found: list[Draft] = []
    for n in annotations.body:
        for i in range(*parse.sents[n]):
            if parse.pos[i] in _NOUNS:
                found += _tenures(parse, i, lexicon, who)
                found += _kinships(parse, i, lexicon, who)
    found += affiliations.find(annotations, lexicon, who, found)
    for draft in found:
        draft.plover = plover.get(draft.cls)
    for draft in drafts:
        if draft.cls == "Kinship":
            draft.kinship = _told_by_verb(parse, draft, lexicon)
    # a post or a kin term is the better reading of a noun that only looks like an event
    heads = {draft.head for draft in found}
    kept = [
        d
        for d in drafts
        if not (d.head in heads and (d.plain or d.state))
        and not _is_named_below(parse, d, found)
        and not _is_nobodys(d, who)
    ]
    return sorted([*kept, *found], key=lambda d: (d.head, d.tokens, d.cls, d.predicate))


def _is_named_below(parse: Parse, draft: Draft, found: Sequence[Draft]) -> bool:
    """Whether a verb of state only carries a noun that says more: "served as ambassador"."""
    if draft.cls != "Tenure" or parse.pos[draft.head] != "VERB":
        return False
    left, right = parse.edges[draft.head]
    return any(d.cls == "Tenure" and left <= d.head <= right and draft.head in parse.ancestors(d.head) for d in found)


def _is_nobodys(draft: Draft, who: Participants) -> bool:
    """Whether a tenure has no one with a name who holds it: "an envoy who ran the embassy"."""
    holders = [who.entity(t) for t in draft.roles.get("agent", ())]
    return draft.cls == "Tenure" and not any(e is not None and e.named for e in holders)


# ------------------------------------------------------------------ tenures
def _tenures(parse: Parse, i: int, lexicon: Lexicon, who: Participants) -> Iterator[Draft]:
    """The tenure that the noun ``i`` names, once for each person who holds it."""
    office = _office(parse, i, lexicon, who)
    if office is None or not office.post.office:
        return
    for holder, way in _holders(parse, office, who):
        person = who.entity(holder)
        if person is None or person.cls != "Person" or not person.named:
            continue
        roles = _parties(parse, office, holder, who)
        bare = way == "description" or (office.post.weak and not _is_form_of_address(parse, office, way))
        if bare and len(roles) == 0:
            continue
        yield Draft(
            head=i,
            tokens=tuple(range(i, max(i + 1, office.end))),
            cls="Tenure",
            predicate=office.position,
            rule=f"posts.toml «{office.post.word}» by {way}",
            state=True,
            roles={"agent": [holder], **{role: tokens for role, tokens in roles.items() if holder not in tokens}},
            position=office.position,
            confidence=0.9 if way in {"title", "apposition"} else 0.8,
            descriptive=way in {"title", "apposition", "description"},
            prospective=_is_to_come(parse, office, lexicon),
        )


def _is_form_of_address(parse: Parse, office: Office, way: str) -> bool:
    """Whether a post is written as a part of the name behind it: "Secretary Lind", not "the secretary, Bo Lind"."""
    return way == "title" and office.start == office.head and parse.words[office.head][:1].isupper()


def _office(parse: Parse, i: int, lexicon: Lexicon, who: Participants) -> Office | None:
    """The office whose head noun is ``i``: "deputy foreign minister", "Secretary of State"."""
    if _spelt_out(parse.lower[i], lexicon).rpartition("-")[2] not in lexicon.post_words:
        return None
    first, last = parse.sents[parse.sent_of[i]]
    begin, end = max(first, i - _BEFORE), min(i + _AFTER, last)
    spelt = [_spelt_out(w, lexicon).removeprefix("ex-") for w in parse.lower[begin:end]]
    folded = [w.replace("-", " ").strip() for w in spelt]
    known = [lexicon.post_words.issuperset(w.split()) for w in folded]
    low, high = i, i + 1  # a post has no other words than those of posts
    while low > begin and known[low - 1 - begin]:
        low -= 1
    while high < end and known[high - begin]:
        high += 1
    for stop in range(high, i, -1):
        for start in range(low, i + 1):
            post = lexicon.posts.get(" ".join(filter(None, folded[start - begin : stop - begin])))
            if post is not None and parse.words[start] != "-" and _head_of(parse, start, stop) == i:
                words = [w for w in spelt[start - begin : stop - begin] if w != "-"]
                topic = _topic(parse, i, stop, post)
                position = [*_modifiers(parse, start, i, lexicon, who), *words, *topic]
                return Office(i, start, stop, post, " ".join(position))
    return None


def _spelt_out(word: str, lexicon: Lexicon) -> str:
    """The post that an abbreviation before a name stands for: "Sen." is a senator."""
    title = lexicon.titles.get(word) if word.endswith(".") else None
    return title.full if title is not None and title.kind == "post" else word


def _is_to_come(parse: Parse, office: Office, lexicon: Lexicon) -> bool:
    """Whether a word before or in the post says that it is not held yet: "the *incoming* mayor"."""
    left, _ = parse.base_noun_phrase(office.head)
    around = [*parse.lower[max(left, office.start - _BEFORE) : office.end], parse.lower[office.head].rpartition("-")[2]]
    known = (lexicon.post_modifiers.get(word) for word in around)
    return any(modifier is not None and modifier.time == "future" for modifier in known)


#: How many words before and after its head noun the name of a post may have.
_BEFORE, _AFTER = 5, 4


def _head_of(parse: Parse, start: int, stop: int) -> int:
    """The head of a phrase that names a post: before its preposition, else its last word."""
    return next((t - 1 for t in range(start + 1, stop) if parse.pos[t] == "ADP"), stop - 1)


def _modifiers(parse: Parse, start: int, post: int, lexicon: Lexicon, who: Participants) -> list[str]:
    """The words before a post that belong to the position: "acting", "deputy"."""
    words: list[str] = []
    for t in range(start - 1, max(parse.sents[parse.sent_of[post]][0], start - _BEFORE) - 1, -1):
        modifier = lexicon.post_modifiers.get(parse.lower[t])
        if parse.pos[t] == "ADP" and parse.words[t + 1] != "-":
            break
        if modifier is not None and modifier.part and modifier.word != "senior":
            words.insert(0, parse.lower[t])
        elif modifier is None and not _passes(parse, t, who):
            break
    return words


def _passes(parse: Parse, t: int, who: Participants) -> bool:
    """Whether the words of a position may go on before ``t``: "acting *North Korean* ambassador"."""
    if parse.words[t] == "-":
        return True
    entity = who.entity(t)
    return entity is not None and is_a(entity.cls, "Place") and parse.heads[t] >= t and parse.deps[t] != "poss"


def _topic(parse: Parse, i: int, after: int, post: Post) -> list[str]:
    """The field of a post that follows its words: "of justice", "for East African affairs"."""
    for c in parse.with_dep(i, "prep"):
        if c >= after and post.takes.get(parse.lower[c]) == "topic":
            start, end = parse.edges[c]
            stop = next((t for t in range(start, end + 1) if parse.words[t] in {",", ";", "("}), end + 1)
            return [parse.text_of(start, stop)] if stop > start else []
    return []


def _holders(parse: Parse, office: Office, who: Participants) -> list[tuple[int, str]]:
    """Who holds the office: (token, way), by the first construction that gives somebody."""
    i = office.head
    for way, tokens in (
        ("title", _titled(parse, i, who)),
        ("apposition", _apposed(parse, i, who)),
        ("predicate", _predicated(parse, i)),
        ("as-phrase", _as_phrase(parse, i)),
        ("description", [i]),
    ):
        people = [t for t in tokens if (e := who.entity(t)) is not None and e.cls == "Person" and e.named]
        if way == "apposition" and parse.tags[i] == "NNS" and all(len(parse.each(t)) < 2 for t in people):
            continue  # "Bo, two deputy *chiefs* and a clerk" is a list
        if people:
            return [(t, way) for t in people]
    return []


def _titled(parse: Parse, i: int, who: Participants) -> list[int]:
    """ "Foreign Secretary Dominic Raab": the name that the post stands before."""
    head = parse.heads[i]
    if parse.deps[i] in _TITLE_LINKS - {"poss"} and head > i:
        mention = who.mention(head)
        if mention is not None and mention.kind == "name" and mention.head[0] >= parse.ends[i]:
            return [head]
    following = i + 1
    if following < len(parse) and parse.pos[following] == "PROPN" and parse.sent_of[following] == parse.sent_of[i]:
        mention = who.mention(following)
        if mention is not None and mention.kind == "name" and mention.head[0] == parse.starts[following]:
            return [mention.root]
    return []


def _apposed(parse: Parse, i: int, who: Participants) -> list[int]:
    """ "Jo, the envoy" and "the envoy, Jo": the other half of an apposition."""
    first = i
    while parse.deps[first] == "conj" and parse.pos[parse.heads[first]] in _NOUNS:
        first = parse.heads[first]
    found = [c for c in parse.appositions(i) if (m := who.mention(c)) is not None and m.kind == "name"]
    if parse.deps[first] == "appos":
        found.append(parse.heads[first])
    return found


def _predicated(parse: Parse, i: int) -> list[int]:
    """ "Jo has been the envoy", "who is the minister": the subject of the copula."""
    first = i
    while parse.deps[first] == "conj" and parse.pos[parse.heads[first]] in _NOUNS:
        first = parse.heads[first]
    if parse.deps[first] not in {"attr", "oprd"}:
        return []
    subject = parse.subject(parse.heads[first])
    return [] if subject is None else parse.each(subject.token)


def _as_phrase(parse: Parse, i: int) -> list[int]:
    """ "served as ambassador", "his post as ambassador": the subject, or whose post it is."""
    if parse.deps[i] != "pobj" or parse.lower[parse.heads[i]] != "as":
        return []
    governor = parse.heads[parse.heads[i]]
    if parse.pos[governor] in _NOUNS:
        owner = parse.child(governor, "poss")
        return [] if owner is None else [parse.relative_antecedent(owner)]
    objects = [a.token for a in parse.arguments(governor) if a.position == "obj" and parse.pos[a.token] != "NOUN"]
    if objects:
        return objects
    subject = parse.subject(governor)
    return [] if subject is None or subject.position == "obj" else [subject.token]


def _parties(parse: Parse, office: Office, holder: int, who: Participants) -> dict[str, list[int]]:
    """Whose office it is and where it is held, from what stands around the post."""
    roles: dict[str, list[int]] = {}
    for token, role in _neighbours(parse, office, holder, who):
        entity = who.entity(token)
        if entity is None or not _can_be(entity, role, office.post):
            continue
        if role not in roles:
            roles[role] = [token]
    return roles


def _can_be(entity: Entity, role: str, post: Post) -> bool:
    if post.public and entity.cls == "PoliticalParty":
        return False
    if role == "represents" and entity.cls == "Person":
        return entity.named and post.word.startswith(
            ("spokes", "chief of staff", "adviser", "advisor", "deputy", "lawyer", "aide")
        )
    return any(is_a(entity.cls, body) for body in _BODIES) or (role == "represents" and entity.cls == "Group")


def _neighbours(parse: Parse, office: Office, holder: int, who: Participants) -> Iterator[tuple[int, str]]:
    """(token, role) of every neighbour of a post that may be its body or its place."""
    i, post = office.head, office.post
    for name, token in parse.prepositions(i):
        role = post.takes.get(name)
        if role in {"represents", "destination", "place"} and not i < token < office.end:
            yield token, role
    left = min(parse.noun_phrase(i)[0], parse.noun_phrase(holder)[0] if holder > i else i)
    for c in (*parse.with_dep(i, "poss"), *(parse.with_dep(holder, "poss") if holder > i else ())):
        yield parse.relative_antecedent(c), post.before
    for t in range(i - 1, left - 1, -1):
        mention = who.mention(t)
        if mention is None or parse.heads[t] < t:
            continue
        of_the_post = t >= office.start and mention.root == t and mention.kind != "pronoun" and _is_known(who.entity(t))
        if of_the_post or mention.head[1] <= parse.starts[office.start]:
            yield mention.root, post.before
    if holder != i:
        for name, token in parse.prepositions(holder):
            other = who.entity(token)
            if name == "of" and other is not None and other.cls != "PoliticalParty":
                yield token, "represents"  # "Bo of the Greens" is a member, whatever office he holds


def _is_known(body: Entity | None) -> bool:
    """Whether a noun before a post says whose it is: the police, or a firm that was named, but not some hospital."""
    return body is not None and (body.named or body.cls in {"GovernmentBody", "Military"})


# ------------------------------------------------------------------ kinship
def _told_by_verb(parse: Parse, draft: Draft, lexicon: Lexicon) -> str:
    """The kinship that a verb's trigger tells: "is married to"."""
    words = (word for t in draft.tokens for word in (parse.lower[t], parse.lemmas[t]))
    return next((lexicon.kin_verbs[word] for word in words if word in lexicon.kin_verbs), "relative")


def _kinships(parse: Parse, i: int, lexicon: Lexicon, who: Participants) -> Iterator[Draft]:
    """The kinship that the noun ``i`` names with an owner: "Jo's wife", "son of an official"."""
    kin = lexicon.kinship(parse.lower[max(parse.sents[parse.sent_of[i]][0], i - 2) : i + 1])
    if kin is None or kin.kinship not in {"spouse", "parent", "child", "sibling", "relative"}:
        return
    owners = _owners(parse, i, who)
    if not owners:
        return
    holders = _apposed(parse, i, who) or _titled(parse, i, who) or _predicated(parse, i) or [i]
    for holder in holders:
        person = who.entity(holder)
        if person is None or person.cls not in {"Person", "Group"}:
            continue
        others = [t for t in owners if who.entity(t) not in {None, person}]
        if others:
            yield Draft(
                head=i,
                tokens=(i,),
                cls="Kinship",
                predicate=kin.kinship,
                rule=f"kinship.toml «{kin.word}»",
                state=True,
                roles={"agent": [holder], "patient": others},
                kinship=kin.kinship,
                confidence=0.9,
            )


def _owners(parse: Parse, i: int, who: Participants) -> list[int]:
    """Whose kin: a possessive, an of-phrase, also of what ``i`` is coordinated with ("son or
    son-in-law of an official")."""
    found: list[int] = []
    for each in parse.conjuncts(i):
        found += [parse.relative_antecedent(t) for c in parse.with_dep(each, "poss") for t in parse.each(c)]
        found += [t for name, t in parse.prepositions(each) if name in {"of", "to"}]
        if found:
            break
    if not found and parse.deps[i] in _TITLE_LINKS and parse.heads[i] > i:
        found += [parse.relative_antecedent(c) for c in parse.with_dep(parse.heads[i], "poss")]
    return [t for t in found if (e := who.entity(t)) is not None and e.cls in {"Person", "Group"}]
