"""Events that a text takes up again by a light word: "the move", "the incident", "this", "which".

Conservative: a word is resolved only where the event that it can mean stands in its own sentence or
the one before (for nouns of one kind of event two before, for another name of it anywhere), and else means nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.extract.drafts import Draft, Participants
from kg.rules import anaphora
from kg.rules.anaphora import ANY, Takes
from kg.rules.schema import EventRules
from kg.syntax import Parse

_DEFINITE = frozenset({"the", "this", "that", "these", "those", "such"})
_POINTING = frozenset({"this", "that"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
#: How many sentences back a noun that fits few classes, and one that fits many, looks.
_NARROW, _WIDE = 2, 1
#: From how many classes and families on a noun fits many.
_MANY = 6
_SAYING = "communication"
_HUMAN = frozenset({"Person", "Group"})


@dataclass(frozen=True, slots=True)
class TakenUp:
    """The head token of the event that a word stands for, and why."""

    head: int
    reason: str


def resolve(
    parse: Parse, body: Sequence[int], drafts: Sequence[Draft], rules: EventRules, who: Participants
) -> dict[int, TakenUp]:
    """What each light word of the body stands for, by its token. Where a clause begins with "which", the
    roles of its verb are put right: they had the noun before in the place of what was told."""
    words = anaphora.load()
    told = [d for d in drafts if not d.background and not d.state]
    out: dict[int, TakenUp] = {}
    for n in body:
        for i in range(*parse.sents[n]):
            takes = _takes(parse, i, words, who)
            head = None if takes is None else _antecedent(parse, i, _of_its_own(parse, i, takes, told), told, rules)
            if head is not None:
                head = out[head].head if head in out else head
                out[i] = TakenUp(head, f"«{_phrase(parse, i)}» takes up «{parse.words[head]}»")
    _put_right(parse, drafts, out)
    _let_go(parse, drafts, out, words)
    return out


def _let_go(parse: Parse, drafts: Sequence[Draft], found: Mapping[int, TakenUp], words: anaphora.Anaphora) -> None:
    """A noun that takes up an event of another class is no event besides it ("killed six. The *attack* ..."), or
    another name of it ("a bomb went off. The *attack* ..."). One of the same class is a claim of its own about it."""
    told = {d.head: d for d in drafts}
    for draft in drafts:
        again = found.get(draft.head)
        first = None if again is None else told.get(again.head)
        if again is None or (first is not None and first.cls == draft.cls):
            continue
        takes = words.nouns.get(parse.lemmas[draft.head])
        if first is not None and takes is not None and first.cls in takes.names:
            draft.cls, draft.plover, draft.roles = first.cls, first.plover, {}
        else:
            draft.background = True


def _of_its_own(parse: Parse, i: int, takes: Takes, told: Sequence[Draft]) -> Takes:
    """What a noun can take up where another word told of something of its own class before: that alone."""
    own = next((d.cls for d in told if d.head == i and not d.plain), None)
    lemmas = {parse.lemmas[d.head] for d in told if d.cls == own and d.head < i} - {parse.lemmas[i]}
    if takes.names and own not in takes.names and any(d.cls in takes.names and d.head < i for d in told):
        return Takes(frozenset(takes.names), plain=False, names=takes.names)  # "agreed to buy it ... the *deal*"
    return Takes(frozenset({own}), plain=False) if own is not None and lemmas else takes


def _phrase(parse: Parse, i: int) -> str:
    return parse.text_of(*parse.base_noun_phrase(i)) if parse.pos[i] == "NOUN" else parse.words[i]


def _takes(parse: Parse, i: int, words: anaphora.Anaphora, who: Participants) -> Takes | None:
    """What the token can take up; ``None`` if it is no such word, or says itself what it means."""
    if parse.pos[i] == "NOUN":
        return words.nouns.get(parse.lemmas[i]) if _is_bare_definite(parse, i, who) else None
    if parse.deps[i] not in _SUBJECTS or parse.lemmas[parse.heads[i]] not in words.reactions:
        return None
    if parse.lower[i] == "which":
        noun = parse.antecedent_of(i)
        clausal = parse.deps[parse.heads[i]] == "advcl" if noun is None else _cannot_be_which(parse, noun, who)
        return words.pronouns if clausal else None
    unknown = who.mention(i) is None
    if unknown and (parse.lower[i] in _POINTING or (parse.lower[i] == "it" and parse.pos[i] == "PRON")):
        return words.pronouns
    return None


def _is_bare_definite(parse: Parse, i: int, who: Participants) -> bool:
    """Whether a noun has a definite word before it, and nothing that says which one is meant."""
    entity = who.entity(i)
    if entity is not None and (entity.named or entity.cls not in {"Thing", "Work"}):
        return False
    children = parse.children[i]
    definite = any(parse.lower[c] in _DEFINITE and c < i for c in children)
    own = any(parse.deps[c] in {"prep", "acl", "relcl", "poss", "compound", "nummod"} for c in children)
    return definite and not own


def _cannot_be_which(parse: Parse, noun: int, who: Participants) -> bool:
    """Whether "which" does not stand for the noun before it: a person, a time or a number of people."""
    entity, name = who.entity(noun), parse.name_at.get(noun)
    comma = any(parse.words[t] == "," for t in range(noun, min(noun + 4, len(parse))))
    timed = name is not None and name.label in {"DATE", "TIME"}
    return comma and (timed or (entity is not None and entity.cls in _HUMAN))


# ------------------------------------------------------------------ what was told
def _antecedent(parse: Parse, i: int, takes: Takes, told: Sequence[Draft], rules: EventRules) -> int | None:
    """The head of the event that the word ``i`` stands for: the last clause before it in its own sentence,
    else the main event of a sentence before."""
    here = parse.sent_of[i]
    own = [d for d in told if parse.sent_of[d.head] == here and d.head < i and not _stands_in(parse, i, d.head)]
    fits = _fitting(own, takes, rules)
    if fits:
        return fits[-1].head
    back = _WIDE if len(takes.takes) >= _MANY or ANY in takes.takes else _NARROW
    for n in range(here - 1, max(-1, here - 1 - back), -1):
        sentence = [d for d in told if parse.sent_of[d.head] == n]
        fits = _fitting(sentence, takes, rules)
        if fits:
            return _main(parse, fits).head
    for name in takes.names:
        fits = [d for d in told if d.cls == name and d.head < i and parse.sent_of[d.head] < here]
        if fits:
            return fits[-1].head
    return None


def _stands_in(parse: Parse, i: int, verb: int) -> bool:
    """Whether the word belongs to the clause of ``verb``, and not to one coordinated with it or behind it."""
    at = i
    while parse.heads[at] != at:
        up = parse.heads[at]
        if up == verb:
            which = parse.lower[i] == "which" and parse.deps[at] in {"relcl", "advcl", "ccomp"}
            return not which and parse.deps[at] not in {"conj", "parataxis"}
        if parse.deps[at] == "relcl" and parse.lower[i] == "which":
            return False
        at = up
    return False


def _fitting(drafts: Sequence[Draft], takes: Takes, rules: EventRules) -> list[Draft]:
    """The events of a class that the word takes up, in text order; where there is none, verbs of no class."""
    found = [d for d in drafts if not d.plain and _is_of(d, takes.takes, rules)]
    if not found and takes.plain:
        found = [d for d in drafts if d.plain and d.rule.startswith("plain verb")]
    return found


def _is_of(draft: Draft, takes: frozenset[str], rules: EventRules) -> bool:
    known = rules.classes.get(draft.cls)
    if known is None:
        return False
    return draft.cls in takes or known.family in takes or (ANY in takes and known.family != _SAYING)


def _main(parse: Parse, drafts: Sequence[Draft]) -> Draft:
    """The one that stands highest in its sentence, the last of those that are coordinated."""

    def depth(draft: Draft) -> int:
        at, down = draft.head, 0
        while parse.heads[at] != at:
            down += parse.deps[at] != "conj"
            at = parse.heads[at]
        return down

    least = min(map(depth, drafts))
    return [d for d in drafts if depth(d) == least][-1]


def _put_right(parse: Parse, drafts: Sequence[Draft], found: Mapping[int, TakenUp]) -> None:
    """In a clause that "which" begins: the word itself where the verb had the noun before, or nothing."""
    for which in sorted(found):
        if parse.lower[which] != "which":
            continue
        noun = parse.antecedent_of(which)
        for draft in drafts:
            if draft.head == parse.heads[which] and noun is not None:
                draft.roles = {r: [which if t == noun else t for t in ts] for r, ts in draft.roles.items()}
            elif draft.head == parse.heads[which] and draft.plain:
                draft.roles = {"agent": [which], **{r: ts for r, ts in draft.roles.items() if r != "agent"}}
