"""What kind of thing a name or a noun speaks of: evidence is added up, the broad class first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from kg.annotate.names import REPORTING, Name
from kg.model import ENTITY_CLASSES
from kg.rules import nominals
from kg.rules.lexicon import Lexicon
from kg.syntax import Parse

#: The model's labels, and the class and weight that each lends.
_LABEL_VOTES: dict[str, tuple[str, float]] = {
    "PERSON": ("Person", 3.0),
    "NORP": ("Group", 2.0),
    "FAC": ("Facility", 2.5),
    "ORG": ("Organization", 2.0),
    "GPE": ("City", 2.5),
    "LOC": ("Region", 2.0),
    "PRODUCT": ("Thing", 1.5),
    "EVENT": ("Thing", 2.0),
    "WORK_OF_ART": ("Work", 2.0),
    "LAW": ("Work", 2.5),
    "LANGUAGE": ("Thing", 3.0),
    "FAMILY": ("Group", 9.0),
}
_PLACE_PREPOSITIONS = frozenset({"in", "near", "outside", "across", "throughout", "inside", "around"})
#: What one has or does in somebody.
_TRUST = frozenset(
    {
        "confidence",
        "trust",
        "faith",
        "believe",
        "interest",
        "belief",
        "rage",
        "confide",
        "disappointed",
        "share",
        "stake",
        "invest",
        "investment",
        "holding",
        "stock",
        "member",
        "membership",
        "shareholder",
        "specialize",
        "specialise",
    }
)
#: What a firm has, and nobody else: shareholders, and posts at its head.
_ASSETS = frozenset(
    {
        "shareholder",
        "investor",
        "share",
        "subsidiary",
        "headquarters",
        "factory",
        "plant",
        "profit",
        "revenue",
        "customer",
        "turnover",
        "stock",
        "brand",
        "chief executive",
        "ceo",
        "chief financial",
        "finance director",
        "finance chief",
        "chief operating",
        "managing director",
        "takeover",
    }
)
#: Those of them that stand right behind a firm's name: "Norvik *shareholders*", "Norvik *chief executive* Ann Bo".
_CLOSE_ASSETS = frozenset(
    {"shareholder", "share", "stock", "chief executive", "ceo", "finance director", "finance chief"}
)
#: What one has in a firm, or of it.
_STOCKS = frozenset({"share", "stake", "stock", "holding", "shareholder", "takeover", "acquisition", "subsidiary"})
_BUYING = frozenset({"buy", "acquire", "purchase", "delist"})
_DEEDS = frozenset({"say", "tell", "learn", "report", "announce", "ask", "interview", "want", "employ", "hire", "sue"})
_LIFELESS = frozenset({"WORK_OF_ART", "PRODUCT", "LAW", "EVENT"})
_OF = frozenset({"of", "for", "de", "du", "del", "on", "in", "at", "and", "to"})
_HUMAN = frozenset({"Person", "Group"})
#: What a person is to another may as well be a firm or a country.
_ANYBODY = frozenset({"rival", "opponent", "competitor", "partner", "ally"})


class Vote(NamedTuple):
    """One piece of evidence for a class: its weight and what it rests on."""

    cls: str
    weight: float
    reason: str


def broad(cls: str) -> str:
    """The top class above ``cls``: "Place" for "City"."""
    above = ENTITY_CLASSES[cls]
    while above is not None:
        cls, above = above, ENTITY_CLASSES[above]
    return cls


def is_near(a: str, b: str) -> bool:
    """Whether two classes are two readings of one kind of thing: two sorts of bodies."""
    return broad(a) == broad(b) == "Organization"


def decide(votes: Iterable[Vote]) -> str:
    """The class with most evidence: first among the broad classes, then within the best one.

    >>> decide([Vote("City", 2, ""), Vote("NewsOutlet", 2, ""), Vote("Organization", 1, "")])
    'NewsOutlet'
    """
    by_broad: dict[str, float] = defaultdict(float)
    by_class: dict[str, float] = defaultdict(float)
    for vote in votes:
        by_broad[broad(vote.cls)] += vote.weight
        by_class[vote.cls] += vote.weight
    if not by_broad:
        return "Thing"
    best = max(by_broad, key=lambda c: by_broad[c])
    inside = [c for c in by_class if broad(c) == best]
    narrow = [c for c in inside if c != best or len(inside) == 1]
    return max(narrow, key=lambda c: by_class[c])


# ---------------------------------------------------------------------- names
def votes_for(parse: Parse, name: Name, root: int, lexicon: Lexicon) -> list[Vote]:
    """The evidence for the class of a name, from itself and from the words about it."""
    return [v for source in SOURCES for v in source(parse, name, root, lexicon)]


def _by_label(parse: Parse, name: Name, root: int, lexicon: Lexicon) -> Iterator[Vote]:
    if name.label:
        cls, weight = _LABEL_VOTES[name.label]
        yield Vote(cls, weight, f"the model says {name.label}")


def _by_gazetteer(parse: Parse, name: Name, root: int, lexicon: Lexicon) -> Iterator[Vote]:
    for rank, entry in enumerate(name.entries[:3]):
        if entry.kind == "user":
            yield Vote(entry.cls, 100.0, "the user's list")
            return
        if entry.kind == "given name":
            continue
        agrees = bool(name.label) and broad(entry.cls) == broad(_LABEL_VOTES[name.label][0])
        weight = (2.0 if agrees else 0.5) if entry.weak else (6.0 if rank == 0 else 0.5)
        if name.label == "PERSON" and not entry.weak and name.end - name.start == 1:
            weight = 3.5
        if rank and not agrees:
            weight = min(weight, 0.3)
        yield Vote(entry.cls, weight / (1 + rank), f"the gazetteer's {entry.kind}")


def _by_head(parse: Parse, name: Name, root: int, lexicon: Lexicon) -> Iterator[Vote]:
    words = parse.lower[name.start : name.end]
    cut = next((k for k, w in enumerate(words) if w in _OF and k), len(words))
    whole = lexicon.head(words, name=True)
    spans = whole is not None and len(whole.word.split()) > len(words) - cut
    head = whole if spans else lexicon.head(words[:cut], name=True) or whole
    if head is None or head.plural or (len(words) == 1 and name.label == "PERSON"):
        return
    weight = 2.0 if head.weak else 5.0
    if len(words) == 1 or head.word not in lexicon.heads:
        weight = 3.0
    if name.label == "PERSON":
        weight -= 1.5
    yield Vote(head.cls, weight, f'"{head.word}" in the name')


def _by_given_name(parse: Parse, name: Name, root: int, lexicon: Lexicon) -> Iterator[Vote]:
    words = parse.lower[name.start : name.end]
    if (
        1 < len(words) < 6
        and (words[0] in lexicon.given or words[0] in lexicon.family)
        and words[-1] not in lexicon.heads
    ):
        yield Vote("Person", 1.5 if name.label in {"PERSON", ""} else 2.5, "a given name")


def _by_title(parse: Parse, name: Name, root: int, lexicon: Lexicon) -> Iterator[Vote]:
    """ "President X", "the daily X", "lawmaker X": what the noun in front of the name says."""
    before = name.start - 1
    if before >= 0 and parse.pos[before] == "ADJ":
        yield from _by_noun(parse.lower[before : before + 1], lexicon, 4.0)
        return
    if before < 0 or not _is_part_of(parse, before, name) or parse.tags[before] == "POS":
        return
    words = parse.lower[max(0, before - 4) : before + 1]
    title = lexicon.title(parse.words[before])
    post = lexicon.post(words)
    if (title is not None and title.kind != "modifier") or (post is not None and not post.plural):
        yield Vote("Person", 5.0, "a title")
    elif parse.deps[root] not in {"compound"}:
        yield from _by_noun(words, lexicon, 4.0)


def _is_part_of(parse: Parse, token: int, name: Name) -> bool:
    """Whether the token belongs to the noun phrase of the name, as a word before it."""
    return parse.pos[token] in {"NOUN", "PROPN", "ADJ"} and (
        name.start <= parse.heads[token] < name.end or parse.heads[token] == parse.heads[name.start]
    )


def _by_noun(words: Sequence[str], lexicon: Lexicon, weight: float) -> Iterator[Vote]:
    cls = noun_class(words, lexicon)
    if cls is not None and cls not in {"Thing", "Group"} and words[-1] not in _ANYBODY:
        yield Vote(cls, weight, f'called "{words[-1]}"')


def _by_apposition(parse: Parse, name: Name, root: int, lexicon: Lexicon) -> Iterator[Vote]:
    others = [c for c in parse.children[root] if parse.deps[c] == "appos"]
    if parse.deps[root] == "appos":
        others.append(parse.heads[root])
    # behind a comma only: "an employee of the airline Jet Sun" names the airline
    if name.label == "PERSON" and name.end - name.start > 1 and parse.words[name.start - 1] == ",":
        others = [_described(parse, other, lexicon) for other in others]
    for other in others:
        if parse.pos[other] == "NOUN":
            close = other == name.start - 1
            words = parse.lower[parse.base_noun_phrase(other)[0] : other + 1]
            # "the state news agency Andes" is no range of mountains
            sure = close and parse.lower[parse.base_noun_phrase(other)[0]] in {"the", "a", "an"}
            yield from _by_noun(words, lexicon, 9.0 if sure else 5.0 if close else 3.5)
    if not others:
        yield from _by_aside(parse, name, lexicon)


def _by_aside(parse: Parse, name: Name, lexicon: Lexicon) -> Iterator[Vote]:
    """ "X, a firm that ...": what the words behind a comma say, where the parser made nothing of them."""
    at = name.end
    if parse.words[at : at + 1] != [","] or parse.lower[at + 1 : at + 2] not in (["a"], ["an"]):
        return
    stop = at + 2
    while stop < len(parse) and parse.pos[stop] in {"NOUN", "ADJ", "PROPN"}:
        stop += 1
    if stop > at + 2:
        yield from _by_noun(parse.lower[at + 2 : stop], lexicon, 3.5)


def _described(parse: Parse, noun: int, lexicon: Lexicon) -> int:
    """The noun for a person in the phrase that a person's full name is apposed to: "the home of its *owner*, Ann
    Bo", "the *leader* of the party, Ann Bo"."""
    above = parse.heads[parse.heads[noun]] if parse.deps[noun] == "pobj" else noun
    below = [k for p in parse.children[noun] if parse.lower[p] == "of" for k in parse.children[p]]
    for other in (noun, above, *below):
        if parse.pos[other] == "NOUN":
            cls = noun_class(parse.lower[parse.base_noun_phrase(other)[0] : other + 1], lexicon)
            if cls == "Person":
                return other
    return noun


def _by_place(parse: Parse, name: Name, root: int, lexicon: Lexicon) -> Iterator[Vote]:
    first = root
    while parse.deps[first] == "conj" and parse.heads[first] < first:
        first = parse.heads[first]
    prep = parse.heads[first]
    if parse.deps[first] != "pobj" or parse.lower[prep] not in _PLACE_PREPOSITIONS:
        return
    if parse.lemmas[parse.heads[prep]] in _TRUST:
        return
    if name.label == "PERSON":
        if first != root or prep == name.start - 1:
            yield Vote("City", 3.5 if first == root else 2.5, "a person is in nobody")
    elif name.label == "ORG" and prep == name.start - 1 and _is_bare(parse, name, lexicon):
        yield Vote("City", 2.2, "stands bare where places do")
    else:
        yield Vote("Place", 0.8, "stands where places do")


def _is_bare(parse: Parse, name: Name, lexicon: Lexicon) -> bool:
    """Whether nothing in the name says that it is a body: no known head, no capitals alone."""
    words = parse.words[name.start : name.end]
    return not name.entries and lexicon.head([w.lower() for w in words], name=True) is None and words[-1].istitle()


def _by_company(parse: Parse, name: Name, root: int, lexicon: Lexicon) -> Iterator[Vote]:
    """ "shares in X", "X's shareholders", "bought X": what only a firm has, and what is done to firms."""
    head = parse.heads[root]
    if parse.deps[root] == "poss":
        if parse.lemmas[head] in _ASSETS or " ".join(parse.lower[head - 1 : head + 1]) in _ASSETS:
            yield Vote("Company", 3.5, f"has {parse.lower[head]}")
    elif _is_close_asset(parse, name.end, root):
        yield Vote("Company", 3.5, f"stands before {parse.lower[name.end]}")
    elif (
        parse.deps[root] == "pobj" and parse.lemmas[parse.heads[head]] in _STOCKS and parse.lower[head] in {"in", "of"}
    ):
        yield Vote("Company", 3.5, f"{parse.lower[parse.heads[head]]} {parse.lower[head]} it")


def _is_close_asset(parse: Parse, i: int, root: int) -> bool:
    """Whether the word behind a name is what a firm has, with the firm before it."""
    linked = parse.deps[root] in {"compound", "nmod", "amod"}
    if i >= len(parse) or parse.sent_of[i] != parse.sent_of[root] or not linked:
        return False
    plural = parse.lemmas[i] in _CLOSE_ASSETS and parse.tags[i] == "NNS"
    return plural or parse.lower[i] == "ceo" or " ".join(parse.lower[i : i + 2]) in _CLOSE_ASSETS


def _by_relative(parse: Parse, name: Name, root: int, lexicon: Lexicon) -> Iterator[Vote]:
    """ "X, who ..." is somebody and "X, which ..." is nobody."""
    at = name.end
    if parse.words[at : at + 1] == [","]:
        word = parse.lower[at + 1] if at + 1 < len(parse) else ""
        if word == "who":
            yield Vote("Person", 3.0, "who")
        elif word == "which" and name.label == "PERSON":
            yield Vote("Organization", 3.0, "which")


def _by_age(parse: Parse, name: Name, root: int, lexicon: Lexicon) -> Iterator[Vote]:
    """ "Ann Bo, 41, ...": only people are told of with their age."""
    behind = parse.words[name.end : name.end + 3]
    if len(behind) == 3 and behind[0] == behind[2] == "," and behind[1].isdigit() and 1 < len(behind[1]) < 3:
        yield Vote("Person", 4.0, "an age")


def _by_member(parse: Parse, name: Name, root: int, lexicon: Lexicon) -> Iterator[Vote]:
    """ "Ann Bo of ABC": capitals alone are hardly a person, and if a person is of them a body."""
    word = parse.words[root]
    if name.end - name.start > 1 or not (word.isalpha() and word.isupper() and len(word) > 1):
        return
    if name.label == "PERSON":
        yield Vote("Organization", 2.0, "capitals alone")
    if name.start > 1 and parse.lower[name.start - 1] in {"of", "from"} and not name.entries:
        person = parse.name_at.get(parse.heads[name.start - 1])
        if person is not None and person.label == "PERSON":
            yield Vote("Organization", 2.5, "somebody is of it")


def _by_deed(parse: Parse, name: Name, root: int, lexicon: Lexicon) -> Iterator[Vote]:
    """A work or a ware does not say or learn anything: who does is a body."""
    verb = parse.heads[root]
    outlet = next((e for e in name.entries if e.kind == "outlet" and e.weak), None)
    if outlet is not None and _is_told_or_tells(parse, root, verb):
        yield Vote(outlet.cls, 6.0, f"an outlet that stands with {parse.lower[verb]}")
    if name.label in _LIFELESS and parse.deps[root] == "nsubj" and parse.lemmas[verb] in _DEEDS:
        yield Vote("Organization", 2.5, f"{parse.lower[verb]} something")


def _is_told_or_tells(parse: Parse, root: int, verb: int) -> bool:
    """Whether a name is that of who reports, or is told, something: "The *Hill* reported"."""
    if parse.deps[root] == "nsubj":
        return parse.lemmas[verb] in REPORTING
    return parse.deps[root] in {"dobj", "dative"} and parse.lemmas[verb] == "tell"


def _by_kind(parse: Parse, name: Name, root: int, lexicon: Lexicon) -> Iterator[Vote]:
    """ "the island of X": what the noun in front of "of" says, where the name is a place, and where the noun only
    says of what kind it is ("the *town* of X") whatever it looks like."""
    of = parse.heads[root]
    if parse.deps[root] == "pobj" and parse.lower[of] == "of" and parse.heads[of] == of - 1:
        cls = noun_class([parse.lower[of - 1]], lexicon)
        only = of == name.start - 1 and parse.lower[of - 1] in nominals.load().phrases.kinds
        if cls is not None and broad(cls) == "Place" and (only or name.label in {"GPE", "LOC", "FAC", ""}):
            yield Vote(cls, 9.0 if only else 3.0, f'"{parse.lower[of - 1]} of"')


SOURCES: tuple[Callable[[Parse, Name, int, Lexicon], Iterator[Vote]], ...] = (
    _by_label,
    _by_gazetteer,
    _by_head,
    _by_given_name,
    _by_title,
    _by_apposition,
    _by_place,
    _by_kind,
    _by_company,
    _by_relative,
    _by_age,
    _by_member,
    _by_deed,
)


# ---------------------------------------------------------------------- nouns
def noun_class(words: Sequence[str], lexicon: Lexicon) -> str | None:
    """The class that the last noun of ``words`` (lower case) gives, ``None`` if it gives none.

    The longest entry of all tables decides: "press officer" before "officer".
    """
    found: list[tuple[int, int, str]] = []
    kin = lexicon.kinship(words)
    if kin is not None and not kin.weak:
        found.append((len(kin.word.split()), 3, "Group" if kin.plural else "Person"))
    post = lexicon.post(words)
    if post is not None:
        found.append((len(post.word.split()), 2, "Group" if post.plural else "Person"))
    person = lexicon.person(words)
    if person is not None:
        found.append((len(person.word.split()), 1, "Group" if person.plural or person.group else "Person"))
    head = lexicon.head(words)
    if head is not None and not head.weak:
        # "police", "staff": a body before a number of people
        rank = 2 if person is not None and person.group and broad(head.cls) == "Organization" else 0
        found.append((len(head.word.split()), rank, head.cls))
    return max(found)[2] if found else None
