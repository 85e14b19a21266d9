"""Participants into roles: the frame of a trigger, tried on what stands around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.extract.drafts import Participants
from kg.extract.handing import PLACE, handed_down, so_called
from kg.model import Entity
from kg.rules import nominals, occasions
from kg.rules.schema import EventRules, Frame, Kind, satisfies
from kg.syntax import Argument, Parse

#: Roles that such a phrase can fill.
_WHERE = frozenset({"origin", "destination", "place"})
#: Nouns whose "to" names a post: it stays theirs.
_POSTED = frozenset({"ambassador", "envoy", "representative", "adviser", "advisor", "aide", "visitor", "visit"})
#: Prepositions of phrases that can be the event's or its patient's.
_MOVABLE = frozenset({"in", "at", "from", "to", "into", "near", "on"})
_REASON = ("prep:because of", "prep:due to", "prep:in response to", "prep:in retaliation for", "prep:over")
_MODIFIERS = frozenset({"compound", "amod", "nmod", "poss", "nummod", "advmod"})

#: The position of whoever owns a noun that is part of a verb's trigger.
_OWNER = "owner"
#: The position of whoever is said to have done what a noun names: "charged *her* with arson".
BLAMED = "blamed"
#: Whom something can be done to by way of what is theirs.
_OWNERS = ("Agent",)
_OWNED = frozenset({"patient", "origin"})

#: Positions before a noun whose filler can be its doer.
_BEFORE_NOUN = frozenset({"poss", "compound"})

#: Roles of what one leaves and joins, and the prepositions between a post and the body that it is in.
_LEFT_OR_JOINED, _BODY_OF = frozenset({"origin", "destination"}), frozenset({"at", "in", "of", "with"})
_COUNTS = {
    "both": 2,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
#: Words for a part so large that its whole may stand for it: "most of *the victims*".
_SHARES = frozenset({"most", "all", "both", "many", "some", "several", "half"})

#: What one does something on and not to: "voted *on election day*", "thanked her *on Twitter*".
_DAYS_AND_MEDIA = frozenset(
    """
    day eve morning afternoon evening night weekend camera facebook instagram radio telegram television tv twitter
    whatsapp youtube
    """.split()
)

Roles = dict[str, list[int]]


def arguments(parse: Parse, head: int, kind: Kind, tokens: Sequence[int], rules: EventRules) -> list[Argument]:
    """What stands around a trigger, those of its own words apart."""
    if kind == "verb":
        found = parse.arguments(head) + _of_parts(parse, [t for t in tokens if t != head])
    elif kind == "adjective":
        found = _adjective_arguments(parse, head)
    else:
        found = parse.noun_arguments(head) + handed_down(parse, head, rules) + so_called(parse, head)
        found += [Argument(BLAMED, t, "control") for t in (parse.blamed(head),) if t is not None]
        found += [Argument("obj", t, "control") for t in (parse.charged(head),) if t is not None]
        found += _of_parts(parse, [t for t in tokens if t > head])
    found += _of_the_patient(parse, found)
    found += [
        Argument("comp_subj", t, "control")
        for a in found
        if a.position == "comp"
        and parse.pos[a.token] in {"VERB", "AUX"}
        and (subject := parse.subject(a.token)) is not None
        for t in parse.each(subject.token)
        if subject.via in {"direct", "control"}
    ]
    own = set(tokens)
    return [a for a in dict.fromkeys(found) if a.token not in own or a.position == "self"]


def _of_the_patient(parse: Parse, found: Sequence[Argument]) -> list[Argument]:
    """Phrases that the parser hung on what the event is done to, where they may as well say something
    of the event: "recalled its envoy *from Ankara*", "the arrival of troops *in Haiti*"."""
    return [
        Argument(f"prep:{name}", token, "patient")
        for argument in found
        if _may_carry(parse, argument)
        for name, token in parse.prepositions(argument.token)
        if name in _MOVABLE and not (name == "to" and parse.lemmas[argument.token] in _POSTED)
    ]


def _may_carry(parse: Parse, argument: Argument) -> bool:
    """Whether a phrase behind a participant may say something of the event: behind what it is done to, and
    behind a doer that comes last ("killed by police *in Oslo*")."""
    last = argument.position in {"obj", "prep:of", "prep:on", "prep:against"} or (
        argument.position == "subj" and parse.is_by(argument.token)
    )
    return last and argument.via == "direct"


def _of_parts(parse: Parse, tokens: Sequence[int]) -> list[Argument]:
    """The prepositional phrases of the nouns in a trigger, and whose they are: "cut ties *with Iran*",
    "overturned *his* conviction"."""
    nouns = [t for t in tokens if parse.pos[t] in {"NOUN", "PROPN", "ADJ"}]
    found = [a for t in nouns for a in parse.noun_arguments(t)]
    phrases = [a for a in found if a.position.startswith("prep:")]
    subjects = [Argument("obj", t) for adj in tokens if parse.pos[adj] == "ADJ" for t in _said_of(parse, adj)]
    return phrases + subjects + [Argument(_OWNER, a.token) for a in found if a.position in {"poss", "prep:of"}]


def _said_of(parse: Parse, adjective: int) -> list[int]:
    """Of whom an adjective below a verb says something: "found *the clerk* guilty"."""
    subject = parse.child(adjective, "nsubj")
    return [] if subject is None else parse.each(subject)


def _adjective_arguments(parse: Parse, adjective: int) -> list[Argument]:
    """The noun that an adjective speaks of, and its prepositional phrases."""
    found = [Argument(f"prep:{name}", token) for name, token in parse.prepositions(adjective)]
    head = parse.heads[adjective]
    if parse.deps[adjective] in {"amod", "acl"} and parse.pos[head] in {"NOUN", "PROPN"}:
        found += [Argument("subj", head)]
    elif (verb := _listing(parse, adjective)) is not None:
        found += [
            Argument("subj", t) for a in parse.arguments(verb) if a.position == "subj" for t in parse.each(a.token)
        ]
    elif _is_predicate(parse, adjective):
        subject = parse.subject(adjective)
        if subject is not None:
            found += [Argument("subj", token) for token in parse.each(subject.token)]
    elif parse.pos[head] in {"AUX", "VERB"}:
        subject = parse.subject(head)
        if subject is not None:
            found += [Argument("subj", token) for token in parse.each(subject.token)]
        found += [Argument(f"prep:{name}", token) for name, token in parse.prepositions(head)]
    return found


def _listing(parse: Parse, adjective: int) -> int | None:
    """The verb that says who is one of those that an adjective stands for: "among the *dead* was Bo"."""
    prep = parse.heads[adjective]
    if parse.deps[adjective] != "pobj" or parse.lower[prep] != "among":
        return None
    return parse.heads[prep] if parse.lemmas[parse.heads[prep]] == "be" else None


def _is_predicate(parse: Parse, participle: int) -> bool:
    """Whether a participle is the verb of its clause: "5,000 of them *were wanted*", not "was seen wounded"."""
    helped = any(parse.deps[c] in {"nsubj", "nsubjpass", "aux", "auxpass"} for c in parse.children[participle])
    return parse.pos[participle] == "VERB" and helped


def roles_of(found: Sequence[Argument], mapping: Mapping[str, str], who: Participants) -> Roles:
    """Roles by the frame's mapping; then a place, a reason and a purpose from what is left over."""
    roles: Roles = {}
    used: set[int] = set()
    found = [_by_name(each, who) for argument in found for each in _spelled_out(argument, who)]
    doer = _doers(found, mapping)
    for argument in sorted(found, key=lambda a: (a.via == "patient", a.position == BLAMED)):
        role = mapping.get(argument.position)
        if argument.position == BLAMED and role in roles:
            continue
        if role and doer and argument.position in _BEFORE_NOUN:
            role = doer
        if role == "topic" and argument.position in PLACE and _is_where(argument.token, who):
            role = "place"  # "was defeated in Ohio", "was defeated in the final"
        if role is not None and argument.token not in used and _may_fill(argument, role, roles, who):
            roles.setdefault(role, []).append(argument.token)
            used.add(argument.token)
    for argument in found:
        role = None if argument.token in used else _free_role(argument, roles, who)
        if role is not None:
            roles.setdefault(role, []).append(argument.token)
    _done_to_owner(found, mapping, roles, who)
    return roles


def _spelled_out(argument: Argument, who: Participants) -> list[Argument]:
    """Several who are only described, by the names that an apposition or a copula gives them: "two men, *A* and
    *B*", "the candidates elected were *A* and *B*"."""
    parse, token = who.parse, argument.token
    if parse.pos[token] != "NOUN" or ((entity := who.entity(token)) is not None and entity.named):
        return [argument]
    told = argument.via in {"participle", "relative"}
    named = [t for t in (parse.said_to_be(token) if told else ()) if _is_named(t, who)]
    if not named and parse.tags[token] == "NNS":
        apposed = [t for each in parse.with_dep(token, "appos") for t in parse.each(each) if _is_named(t, who)]
        named = apposed if len(apposed) > 1 else []
        listed = [t for each in parse.with_dep(token, "conj") for t in parse.each(each) if _is_named(t, who)]
        if len(listed) > 1 and any(_COUNTS.get(parse.lower[c]) == len(listed) for c in parse.children[token]):
            named = listed  # "two men, A and B"
    return [argument._replace(token=t) for t in named] or [argument]


def _is_named(token: int, who: Participants) -> bool:
    mention = who.mention(token)
    return mention is not None and mention.kind == "name"


def _by_name(argument: Argument, who: Participants) -> Argument:
    """A participant that is only counted or pointed at, by the apposition that says who it is ("one of
    them, *the broker*"), or by those of whom it is most."""
    parse, token = who.parse, argument.token
    if parse.pos[token] not in {"NUM", "DET", "PRON", "ADJ"} or who.mention(token) is not None:
        return argument
    inside = [t for name, t in parse.prepositions(token) if name == "of"]
    if parse.lower[token] in _SHARES and inside and who.mention(inside[0]) is not None:
        return argument._replace(token=inside[0])
    apposed = (t for each in (token, *inside) for t in parse.appositions(each))
    return argument._replace(token=next((t for t in apposed if who.mention(t) is not None), token))


def _done_to_owner(found: Sequence[Argument], mapping: Mapping[str, str], roles: Roles, who: Participants) -> None:
    """Let whose the trigger's noun is be the one that it is done to, if nobody else is: "overturned *his*
    conviction", "quashed the conviction *of a broker*"; not the doer's own: "lost her seat"."""
    role = mapping.get("obj")
    if role not in _OWNED or roles.get(role):
        return
    doers = {entity.id for t in roles.get(mapping.get("subj", ""), ()) if (entity := who.entity(t)) is not None}
    for argument in found:
        entity = who.entity(argument.token) if argument.position == _OWNER else None
        if entity is not None and satisfies(entity.cls, _OWNERS) and entity.id not in doers:
            roles.setdefault(role, []).append(argument.token)


def _may_fill(argument: Argument, role: str, roles: Roles, who: Participants) -> bool:
    """Whether an argument can fill the role that the frame has for its position."""
    if not _can_refer(who.parse, argument.token):
        return False
    if argument.position == "prep:on" and who.parse.lemmas[argument.token] in _DAYS_AND_MEDIA:
        return False
    if (
        role == "topic"
        and argument.position == "prep:in"
        and who.parse.lemmas[argument.token] in occasions.load().utterances
    ):
        return False  # "said so *in a letter*"
    if argument.position == "compound" and who.mention(argument.token) is None:
        return False
    if argument.position == "prep:of" and role == "reason" and (entity := who.entity(argument.token)) is not None:
        return not satisfies(entity.cls, _OWNERS)  # "quashed the conviction *of a broker*": whose, not what for
    if argument.via == "patient" and role == "recipient" and argument.position == "prep:to":
        return role not in roles and _is_named_or_somebody(argument.token, who)
    return argument.via != "patient" or (role in _WHERE and role not in roles and is_place(argument.token, who))


def _is_named_or_somebody(token: int, who: Participants) -> bool:
    """Whether something can be given to it: "sold oil worth $40m *to refineries in China*"."""
    entity = who.entity(token)
    return entity is not None and satisfies(entity.cls, ("Agent", "Facility"))


def _free_role(argument: Argument, roles: Roles, who: Participants) -> str | None:
    """The role that an argument can have without a frame's help."""
    if argument.position == "purpose":
        return "purpose"
    if argument.position in PLACE and is_place(argument.token, who):
        return "place" if argument.via != "patient" or "place" not in roles else None
    return "reason" if argument.position in _REASON else None


def is_place(token: int, who: Participants) -> bool:
    """Whether the token refers to a place; a name of no known class is one beside a place: "in Rome and *Osby*"."""
    entity = who.entity(token)
    if entity is None or entity.cls != "Thing" or not entity.named:
        return entity is not None and satisfies(entity.cls, ("Place",))
    others = [who.entity(t) for t in who.parse.conjuncts(token)]
    return any(other is not None and satisfies(other.cls, ("Place",)) for other in others)


def _is_where(token: int, who: Participants) -> bool:
    """Whether something happens there: a place, that is not spoken of as a country that acts."""
    entity = who.entity(token)
    return entity is not None and entity.cls in {"Region", "City", "Facility", "Place"}


def _doers(found: Sequence[Argument], mapping: Mapping[str, str]) -> str | None:
    """The role of what stands before an action noun whose of-phrase has the one that it would
    have alone: "his arrest", but "*his* arrest of the rioters"."""
    of, doer = mapping.get("prep:of"), mapping.get("subj")
    if of is None or doer in {None, of} or all(argument.position != "prep:of" for argument in found):
        return None
    return doer if mapping.get("poss") == of else None


def _can_refer(parse: Parse, token: int) -> bool:
    """Expletives and wh-words without an antecedent fill no role."""
    return parse.deps[token] != "expl" and parse.tags[token] not in {"WP", "WDT", "EX"}


def is_figure_of_speech(roles: Roles, who: Participants) -> bool:
    """Whether nobody at all can be the doer: "the *plan* promises growth"."""
    doers = roles.get("agent", ())
    return bool(doers) and all(_is_inert(t, who) for t in doers)


def is_only_a_thing(roles: Roles, who: Participants) -> bool:
    """Whether no doer is at least a text, which can say and forbid something: "spent the *debate* talking"."""
    return not any((e := who.entity(t)) is not None and e.cls == "Work" for t in roles.get("agent", ()))


def _is_inert(token: int, who: Participants) -> bool:
    entity = who.entity(token)
    if who.parse.pos[token] == "VERB":
        return False
    unlike_someone = entity is None or (not entity.named and satisfies(entity.cls, ("Thing", "Work")))
    return unlike_someone and who.lemma(token) in nominals.load().inert


def fits(
    frame: Frame, roles: Roles, head: int, tokens: Sequence[int], who: Participants, *, settled: bool = False
) -> bool:
    """Whether all of the frame's conditions hold for these roles at this place. Where the sense of the word
    is ``settled`` by other sentences, its context need not be in this one."""
    parse = who.parse
    return (
        all(roles.get(role) for role in frame.requires)
        and all(_any_known_is(roles.get(role, ()), wanted, who) for role, wanted in frame.needs.items())
        and all(_some_is(roles.get(role, ()), frame.needs[role], who) for role in frame.known)
        and not any(_some_is(roles.get(role, ()), barred, who) for role, barred in frame.bars.items())
        and (not frame.together or _are_several(roles, who))
        and all(
            any((_lemmas(t, who) | _titles(t, who)) & heads for t in roles.get(role, ()))
            for role, heads in frame.heads.items()
        )
        and not any(_lemmas(t, who) & heads for role, heads in frame.not_heads.items() for t in roles.get(role, ()))
        and _words_fit(frame, parse, head, tokens, settled=settled)
    )


def _are_several(roles: Roles, who: Participants) -> bool:
    """Whether there are two sides, or one of several heads: nobody meets alone."""
    parse, doers = who.parse, roles.get("agent", ())
    if roles.get("patient") or len(doers) > 1 or any(parse.tags[t] in {"NNS", "NNPS"} for t in doers):
        return True
    entities = [entity for t in doers if (entity := who.entity(t)) is not None]
    return any(entity.cls == "Group" or satisfies(entity.cls, ("Organization",)) for entity in entities) or any(
        parse.lower[t] in {"they", "we", "who", "both", "all"} for t in doers
    )


def admitted(frame: Frame, roles: Roles, who: Participants) -> Roles:
    """The roles without fillers of a wrong class beside one of a right class: not Geneva in
    "the *Geneva* talks between Syria and the rebels"."""
    return {
        role: _of_class(tokens, frame.needs[role], who) if role in frame.needs else tokens
        for role, tokens in roles.items()
    }


def stood_for(roles: Roles, who: Participants, *, judged: bool) -> Roles:
    """The roles with the body in the place of a post or a part of it ("resigned from *her post at the bank*"), and
    where somebody is ``judged`` with whose act it is that is praised or criticised: "praised *his* handling"."""
    found = dict(roles)
    for role in _LEFT_OR_JOINED & roles.keys():
        found[role] = [_through(t, _BODY_OF, ("Organization",), who) for t in roles[role]]
    if judged and "patient" in roles:
        whose = [_through(t, frozenset(), _OWNERS, who) for t in roles["patient"]]
        acts = [t for t, owner in zip(roles["patient"], whose, strict=True) if t != owner]
        found["patient"] = list(dict.fromkeys(whose))
        if acts and "topic" not in roles:
            found["topic"] = acts
    return found


def _through(token: int, prepositions: frozenset[str], wanted: tuple[str, ...], who: Participants) -> int:
    """Whose the thing is that a noun names: of a wanted class, after a preposition or as its possessor."""
    entity, parse = who.entity(token), who.parse
    if parse.pos[token] != "NOUN" or (entity is not None and (entity.named or entity.cls != "Thing")):
        return token
    owner = parse.child(token, "poss")
    owners = [parse.relative_antecedent(owner)] if owner is not None and not prepositions else []
    near = [t for name, t in parse.prepositions(token) if name in prepositions]
    fits = (t for t in near + owners if (e := who.entity(t)) is not None and satisfies(e.cls, wanted))
    return next(fits, token)


def _of_class(tokens: list[int], wanted: tuple[str, ...], who: Participants) -> list[int]:
    if not _some_is(tokens, wanted, who):
        return tokens
    return [t for t in tokens if (entity := who.entity(t)) is None or satisfies(entity.cls, wanted)]


def _lemmas(token: int, who: Participants) -> frozenset[str]:
    """The filler's head lemma, and where that is a quantity what it is one of: "some of its *troops*". A person's
    name says nothing: "Ann *Stone*" is none."""
    parse, own = who.parse, who.lemma(token)
    if parse.is_person(token):
        return frozenset()
    if parse.pos[token] not in {"DET", "NUM", "PRON"} and own not in nominals.load().phrases.quantities:
        return frozenset({own})
    return frozenset({own, *(who.lemma(t) for name, t in parse.prepositions(token) if name == "of")})


def _titles(token: int, who: Participants) -> frozenset[str]:
    """The nouns before a person's name that say what he is: "*Judge* Ann Stone"."""
    mention, parse = who.mention(token), who.parse
    if mention is None or mention.kind != "name" or not parse.is_person(token):
        return frozenset()
    before = (t for t in range(*mention.tokens) if parse.starts[t] < mention.head[0])
    return frozenset(parse.lower[t] for t in before if parse.pos[t] in {"NOUN", "PROPN"} and parse.heads[t] > t)


def _any_known_is(tokens: Sequence[int], wanted: tuple[str, ...], who: Participants) -> bool:
    """True when nothing is known against it: no filler, or one that is of a wanted class."""
    known = [entity for t in tokens if (entity := who.entity(t)) is not None and not _is_collective(t, entity, who)]
    return not known or any(satisfies(entity.cls, wanted) for entity in known)


def _is_collective(token: int, entity: Entity, who: Participants) -> bool:
    """Whether something was taken for a thing by a noun that people are called by as well: "the *group*"."""
    return entity.cls == "Thing" and not entity.named and who.lemma(token) in nominals.load().collective


def _some_is(tokens: Sequence[int], barred: tuple[str, ...], who: Participants) -> bool:
    return any((entity := who.entity(t)) is not None and satisfies(entity.cls, barred) for t in tokens)


def _words_fit(frame: Frame, parse: Parse, head: int, tokens: Sequence[int], *, settled: bool) -> bool:
    if frame.context or frame.not_context:
        start, end = parse.sents[parse.sent_of[head]]
        around = {parse.lemmas[i] for i in range(start, end) if i not in tokens and not parse.is_person(i)}
        if (frame.context and not settled and not frame.context & around) or frame.not_context & around:
            return False
    if frame.modifiers or frame.not_modifiers:
        own = {form for c in parse.children[head] if parse.deps[c] in _MODIFIERS for form in _forms(parse, c)}
        if any(parse.deps[c] == "nummod" for c in parse.children[head]):
            own.add("#")
        if (frame.modifiers and not frame.modifiers & own) or frame.not_modifiers & own:
            return False
    return True


def _forms(parse: Parse, i: int) -> tuple[str, str]:
    return parse.lemmas[i], parse.lower[i]
