"""Whether a noun without any participant speaks of something that happened, or only of a kind of thing.

"The deal fell through" and "clashes broke out" do; "he has a knack for deals" and "accused of murder" name
a kind of event, of which the text does not say that there was one.
"""

from __future__ import annotations

from kg.extract import handing
from kg.rules.schema import EventRules
from kg.syntax import Parse

#: Families of classes of which texts often name the kind: an act of violence or of the law counts even so
#: ("arrested on suspicion of *burglary*").
KINDS = frozenset({"communication", "diplomacy", "economy", "life", "other", "politics"})
#: Verbs that make what they name: "declared *victory*".
_NAMING = frozenset({"declare", "claim", "concede", "announce", "admit", "score", "win", "secure"})
_CLAUSAL = frozenset({"nsubj", "nsubjpass", "ROOT"})
#: Prepositions that place their sentence beside something that happens.
_BESIDE = frozenset(
    "after amid amidst before since during following until throughout despite under pending upon ahead on at".split()
)
_DETERMINED = frozenset({"det", "poss", "predet", "nummod", "relcl"})
#: What stands between an event noun and the preposition of its own measure: "weeks of *protests*".
_SPELLS = frozenset(
    "second minute hour day night week month year decade century round wave spate string series spell".split()
)

#: Nouns of measure, whose "of" names a kind of act: "a pace of *killing*".
_MEASURES = frozenset("amount act degree form kind level method pace pattern rate scale type way".split())
#: Nouns for what one may, can or does not do: "the right *to vote*".
_LEAVE = frozenset("ability access age approach barrier duty eligibility failure freedom obligation right".split())


def names_a_kind(parse: Parse, i: int) -> bool:
    """Whether a verb without any participant only says of what kind something is, or what one may do: "a pace of
    *killing*", "the right *to vote*", "access to *voting*"."""
    above = parse.heads[i]
    if parse.tags[i] == "VB" and parse.deps[i] == "acl":
        return parse.lemmas[above] in _LEAVE
    if parse.tags[i] != "VBG" or parse.deps[i] not in {"pcomp", "pobj"}:
        return False
    governor = parse.lemmas[parse.heads[above]]
    return governor in _LEAVE or (parse.lower[above] == "of" and governor in _MEASURES)


def is_one(parse: Parse, noun: int) -> bool:
    """Whether a noun stands for one thing that happened, or some: "the *strike*", "*strikes*", "the Osby *strike*",
    not "*crime*"."""
    below = parse.children[noun]
    return parse.tags[noun] == "NNS" or any(parse.deps[c] in _DETERMINED or parse.pos[c] == "PROPN" for c in below)


def is_told(parse: Parse, noun: int, rules: EventRules) -> bool:
    """Whether the phrase of ``noun`` has a determiner, or stands where only something that happens can."""
    if any(parse.deps[c] in _DETERMINED for c in parse.children[noun]) or parse.deps[noun] in _CLAUSAL:
        return True
    if _is_fragment(parse, noun) or handing.light_verb(parse, noun, rules) is not None:
        return True
    first = noun
    while parse.deps[first] == "conj" and parse.heads[first] != first:
        first = parse.heads[first]
        if any(parse.deps[c] in _DETERMINED for c in parse.children[first]) or parse.deps[first] in _CLAUSAL:
            return True
    head = parse.heads[first]
    if parse.deps[first] == "pobj":
        governor = parse.heads[head]
        if parse.lower[head] in _BESIDE or "after" in parse.lower[head]:
            return True
        return parse.lower[head] == "of" and (parse.lemmas[governor] in _SPELLS or _is_counted(parse, governor))
    if parse.deps[first] == "dobj":
        return parse.lemmas[head] in rules.eventive.aspect or parse.lemmas[head] in _NAMING
    return False


def _is_counted(parse: Parse, noun: int) -> bool:
    return parse.pos[noun] == "NUM" or any(parse.deps[c] == "nummod" for c in parse.children[noun])


def _is_fragment(parse: Parse, noun: int) -> bool:
    """Whether the sentence is a headline, where nouns do without articles."""
    start, end = parse.sents[parse.sent_of[noun]]
    last = next((i for i in range(end - 1, start - 1, -1) if parse.pos[i] != "SPACE"), start)
    return parse.words[last] not in {".", "!", "?", '"', "”", "''", ":", "…", "..."}
