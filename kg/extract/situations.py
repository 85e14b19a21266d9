"""What happens: triggers of the event classes, with their participants."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kg.extract import evidence, frames, handing, mentioned, plain, triggers
from kg.extract.drafts import Draft, Participants
from kg.extract.plain import root_type
from kg.model import Annotations
from kg.rules.schema import EventClass, EventRules, Frame, Kind, Pattern, satisfies
from kg.syntax import Argument, Parse


def find(annotations: Annotations, rules: EventRules, who: Participants) -> list[Draft]:
    """Every situation of the body that a verb, noun or adjective names, in text order.

    States by titles, posts and kin terms are found in ``states``.
    """
    parse = annotations.parse
    body = [i for sentence in annotations.body for i in range(*parse.sents[sentence])]
    found = {i: draft for i in body if (draft := _classed(parse, i, rules, who)) is not None}
    senses = frozenset(
        (parse.lemmas[i], draft.cls)
        for i, draft in found.items()
        if parse.pos[i] == "NOUN" and (draft.roles or evidence.is_one(parse, i))
    )
    found |= _in_the_same_sense(parse, (i for i in body if i not in found), senses, rules, who)
    drafts = _without_parts(parse, [found[i] for i in sorted(found)], rules)
    drafts, acts = _told_once(parse, drafts, rules)
    taken = {t for draft in drafts for t in draft.tokens}
    light = (_light_verbs(parse, drafts, rules) | acts) - taken
    carriers = [plain.background(parse, i, rules, who) for i in sorted(light)]
    others = plain.find(annotations, taken | light, rules, who)
    return sorted(drafts + carriers + others, key=lambda d: (d.head, d.tokens))


# ------------------------------------------------------------------ situations of a class
Senses = frozenset[tuple[str, str]]


def _in_the_same_sense(
    parse: Parse, tokens: Iterable[int], senses: Senses, rules: EventRules, who: Participants
) -> dict[int, Draft]:
    """The situations that nouns name which the text used in a sure ``(lemma, class)`` sense elsewhere: a
    text that told of a strike on a base means the same by "the strike" later. Verbs change their sense
    from one sentence to the next."""
    lemmas = {lemma for lemma, _ in senses}
    again = (i for i in tokens if parse.lemmas[i] in lemmas and parse.pos[i] == "NOUN" and evidence.is_one(parse, i))
    return {i: draft for i in again if (draft := _classed(parse, i, rules, who, senses)) is not None}


def _classed(parse: Parse, i: int, rules: EventRules, who: Participants, senses: Senses = frozenset()) -> Draft | None:
    """The first frame that fits at token ``i``, its roles filled. With ``senses`` only those that want a
    context count, and the sense of the word stands for it."""
    if not triggers.are_there(parse, i, rules.index):
        return None
    if parse.pos[i] == "NOUN" and (name := parse.name_at.get(i)) is not None and name.label not in _EVENT_NAMES:
        return None
    if _is_last_of_compound(parse, i) or _is_standing(parse, i, rules) or _is_only_naming(parse, i):
        return None
    modifier = _modifies_noun(parse, i)
    around = parse.forms[parse.sent_of[i]]
    stands: dict[tuple[Kind, tuple[int, ...]], list[Argument]] = {}
    for pattern, frame, tokens in triggers.matches(parse, i, rules.index):
        if "self" not in frame.noun and (modifier or _is_body(i, who, rules.classes[frame.cls])):
            continue
        settled = (parse.lemmas[i], frame.cls) in senses
        if senses and not (settled and frame.context):
            continue
        if frame.context and not settled and frame.context.isdisjoint(around):
            continue  # most frames with a context fail here, before their neighbours are looked for
        found = stands.get((pattern.kind, tokens))
        if found is None:
            found = stands[pattern.kind, tokens] = frames.arguments(parse, i, pattern.kind, tokens, rules)
        draft = _draft(parse, i, pattern, frame, tokens, found, rules, who, settled=settled)
        if draft is not None:
            return draft if _is_event(parse, draft, pattern.kind, rules, who) else None
    return None


def _is_event(parse: Parse, draft: Draft, kind: Kind, rules: EventRules, who: Participants) -> bool:
    """Whether the words tell of something that happens, and not only of the kind, or of the words themselves."""
    if mentioned.is_mentioned(parse, draft.head):
        return False
    if kind == "verb" and evidence.names_a_kind(parse, draft.head):
        return any(who.mention(t) is not None for tokens in draft.roles.values() for t in tokens)
    if draft.roles:
        return True
    bare = kind == "noun" and rules.classes[draft.cls].family in evidence.KINDS
    return not bare or evidence.is_told(parse, draft.head, rules)


def _modifies_noun(parse: Parse, i: int) -> bool:
    """Whether a noun only says of what kind the next one is: "death row", "an arrest warrant", or is
    the first part of a word with a hyphen: "denial-of-service"."""
    if parse.pos[i] != "NOUN":
        return False
    hyphened = i + 1 < len(parse) and parse.words[i + 1] == "-" and parse.starts[i + 1] == parse.ends[i]
    return hyphened or (parse.deps[i] == "compound" and parse.pos[parse.heads[i]] == "NOUN")


def _is_body(i: int, who: Participants, event_class: EventClass) -> bool:
    """Whether a noun is part of the name of a body ("the Lund *foundation*"), or a politician's staff that
    does something ("the *campaign* said"). An inquiry is both a body and what it does."""
    entity = who.entity(i) if who.parse.pos[i] == "NOUN" else None
    is_body = entity is not None and satisfies(entity.cls, ("Organization", "Place"))
    return is_body and entity is not None and (entity.named or event_class.family == "politics")


def _is_only_naming(parse: Parse, i: int) -> bool:
    """Whether a participle does no more than give a name, or keep it: "one *named* Bo", "asked not to be *named*"."""
    if parse.lemmas[i] != "name" or parse.tags[i] != "VBN":
        return False
    if parse.deps[i] == "acl" and parse.heads[i] == i - 1 and i + 1 < len(parse):
        return i + 1 in parse.name_at and parse.name_at[i + 1].label == "PERSON"
    return parse.deps[i] == "xcomp" and parse.child(i, "neg") is not None and parse.lemmas[parse.heads[i]] == "ask"


def _is_standing(parse: Parse, i: int, rules: EventRules) -> bool:
    """Whether a participle before a noun only says what somebody is: "*elected* officials"."""
    told = any(parse.lower[c] in {"newly", "recently", "just", "re"} for c in parse.children[i])
    return parse.deps[i] == "amod" and parse.lemmas[i] in rules.eventive.standing and not told


def _is_last_of_compound(parse: Parse, i: int) -> bool:
    """Whether a word is the end of a hyphened one that says how or of what kind somebody or something is ("the
    *lowest-paid* workers", "the *self-styled* king", "*crop-damaging* rain"), or that is a whole phrase ("a
    *get-out-the-vote* effort"). Who does it may stand there by a name: "*Paris-backed* rebels"."""
    first = i
    while first > 1 and parse.words[first - 1] == "-" and parse.ends[first - 2] == parse.starts[first - 1]:
        if parse.starts[first] != parse.ends[first - 1]:
            break
        first -= 2
    if i - first >= 4:
        return True
    if first == i or parse.tags[i] not in {"VBN", "VBG", "JJ"}:
        return False
    kind = parse.pos[first] == "NOUN" and first not in parse.name_at and parse.deps[i] in {"amod", "compound"}
    return kind or parse.pos[first] in {"ADV", "ADJ"}


#: Families of classes that need somebody who acts, be it a law or a report that makes it so.
_ACTED = frozenset({"diplomacy", "law", "movement", "posts"})
#: Classes of what one can be charged with.
_DEED_FAMILIES, _DEEDS = frozenset({"violence"}), frozenset({"Crime", "Espionage", "Violation"})
#: Classes of what is said of somebody's doings: it is said of him.
_JUDGING = frozenset({"Criticism", "Praise"})
_EVENT_NAMES = frozenset({"EVENT", "DATE", "TIME", "LAW", "CARDINAL", "NORP"})


def _draft(
    parse: Parse,
    i: int,
    pattern: Pattern,
    frame: Frame,
    tokens: tuple[int, ...],
    found: Sequence[Argument],
    rules: EventRules,
    who: Participants,
    *,
    settled: bool,
) -> Draft | None:
    roles = frames.roles_of(found, _mapping(frame, pattern.kind, rules.classes[frame.cls]), who)
    if any(argument.position in frame.without for argument in found) or not frames.fits(
        frame, roles, i, tokens, who, settled=settled
    ):
        return None
    if _is_of_nobody(i, roles, who):
        return None
    event_class = rules.classes[frame.cls]
    if frames.is_figure_of_speech(roles, who):
        if event_class.somebody:
            return None
        if event_class.family in _ACTED or (
            event_class.family == "communication" and frames.is_only_a_thing(roles, who)
        ):
            del roles["agent"]  # of "signed the treaty that closed the bases and pardoned ..."
    return Draft(
        head=i,
        tokens=tokens,
        cls=frame.cls,
        predicate=" ".join(parse.lemmas[t] for t in tokens),
        rule=f"{frame.rule} {pattern.kind} «{pattern.text}»",
        state=event_class.state,
        plover=_finer_root(parse, i, len(tokens), rules) or event_class.plover or root_type(parse, i, rules)[0],
        roles=_ordered(_final(frame, event_class, roles, who), event_class.roles),
        confidence=_trust(frame, pattern.kind),
    )


def _is_of_nobody(i: int, roles: frames.Roles, who: Participants) -> bool:
    """Whether a noun for a participant ("candidate", "successor") speaks of no one in particular: of nobody
    whom the text names, and not of "the" one."""
    if all(i not in tokens for tokens in roles.values()):
        return False
    entity, parse = who.entity(i), who.parse
    definite = any(parse.lower[c] in {"the", "this", "that"} or parse.deps[c] == "poss" for c in parse.children[i])
    return entity is None or not (entity.named or (definite and parse.deps[i] != "poss"))


def _final(frame: Frame, event_class: EventClass, roles: frames.Roles, who: Participants) -> frames.Roles:
    """What is left of the roles, with those for whom their words only stand."""
    return frames.stood_for(frames.admitted(frame, roles, who), who, judged=event_class.name in _JUDGING)


def _mapping(frame: Frame, kind: Kind, event_class: EventClass) -> Mapping[str, str]:
    """The frame's roles by position; whoever is charged with a deed is the one who is said to have done it."""
    if kind != "noun":
        return frame.verb
    deed = event_class.family in _DEED_FAMILIES or event_class.name in _DEEDS
    doer = frame.noun.get("subj")
    return {**frame.noun, frames.BLAMED: doer} if deed and doer else frame.noun


def _ordered(roles: frames.Roles, order: Iterable[str]) -> frames.Roles:
    known = [role for role in order if role in roles]
    return {role: roles[role] for role in (*known, *(r for r in roles if r not in known))}


def _trust(frame: Frame, kind: Kind) -> float:
    """Verbs are read more surely than nouns; conditions that held make a trigger surer."""
    base = {"verb": 0.85, "noun": 0.75, "adjective": 0.75}[kind]
    return min(0.95, base + 0.02 * frame.conditions)


def _without_parts(parse: Parse, drafts: list[Draft], rules: EventRules) -> list[Draft]:
    """Drop what is only a part of a longer trigger: the asylum of "seek asylum". Where the part is
    itself a longer noun ("make a *port call*"), the light verb goes instead."""
    long_nouns = {d.head for d in drafts if len(d.tokens) > 1 and parse.pos[d.head] == "NOUN"}
    kept = [
        d
        for d in drafts
        if not any(
            (light := handing.light_verb(parse, t, rules)) is not None and light[0] == d.head
            for t in long_nouns.intersection(d.tokens)
        )
    ]
    inner = {t for d in kept if len(d.tokens) > 1 for t in d.tokens if t != d.head}
    return [d for d in kept if d.head not in inner]


#: Roles of what does or brings about what a verb says.
_DOING = ("agent", "instrument")


def _told_once(parse: Parse, drafts: list[Draft], rules: EventRules) -> tuple[list[Draft], set[int]]:
    """The drafts without verbs that only say what the event that is their subject did ("the *blast* tore
    through a market", "destroyed by the *quake*"), whose roles go to it; and these verbs."""
    by_head = {draft.head: draft for draft in drafts if parse.pos[draft.head] == "NOUN"}
    acts: set[int] = set()
    drafts = [d for d in drafts if not _is_the_complement(d, drafts)]
    for draft in drafts:
        doing = [t for role in _DOING for t in draft.roles.get(role, ())]
        event = next((by_head[t] for t in doing if t in by_head and by_head[t].cls == draft.cls), None)
        if event is None or event is draft:
            continue
        acts.add(draft.head)
        for role in rules.classes[draft.cls].roles:
            fillers = [t for t in draft.roles.get(role, ()) if t not in doing]
            if fillers and role not in event.roles:
                event.add(role, fillers)
    return [draft for draft in drafts if draft.head not in acts], acts


def _is_the_complement(noun: Draft, drafts: list[Draft]) -> bool:
    """Whether a noun only says to what its verb came: "sentenced to a *life term*"."""
    return not noun.roles and any(noun.head in d.roles.get("topic", ()) and d.cls == noun.cls for d in drafts)


def _light_verbs(parse: Parse, drafts: list[Draft], rules: EventRules) -> set[int]:
    """The verbs that only carry an action noun: no events of their own."""
    return {
        light[0]
        for draft in drafts
        if parse.pos[draft.head] == "NOUN" and (light := handing.light_verb(parse, draft.head, rules)) is not None
    }


def _finer_root(parse: Parse, i: int, length: int, rules: EventRules) -> str | None:
    """The root type of a phrase at least as long as the one that gave the class: a promise is AGREE,
    a promise of support SUPPORT."""
    root, tokens = root_type(parse, i, rules)
    if len(tokens) >= max(length, 2):
        return root
    light = handing.light_verb(parse, i, rules) if parse.pos[i] == "NOUN" else None
    if light is None:
        return None
    root, tokens = root_type(parse, light[0], rules)
    return root if i in tokens else None
