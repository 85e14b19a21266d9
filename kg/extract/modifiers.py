"""What a predicate's own words say of it: negation, auxiliaries, adverbs, determiners, mood.

Everything here looks one step around a token; what stands above it is ``scope``'s affair.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from kg.extract.clauses import is_definite, is_habit, own_clauses
from kg.extract.cueing import frames_of, phrase_at
from kg.rules.cues import CERTAIN, SCALE, Cues, Effect, Value
from kg.syntax import ANY_SUBJECT, OBJECTS, Parse, remembered

#: A word that says something of the predicate, for the explanation, and what it says.
Reason = tuple[str, str]
Judged = tuple[Value, tuple[Reason, ...]]

_UNSPECIFIED = Value("positive", "unspecified")
#: Labels of a verb's subjects and objects, and of what makes it a finite verb of its own.
_ARGUMENTS, _OWN = ANY_SUBJECT | OBJECTS, ANY_SUBJECT | {"aux"}
_NEGATION = Value("negative", "certain")
#: Verbs whose "no" denies what they bring, not themselves: "has no plans", "sees no end".
_LIGHT = frozenset(
    {"have", "make", "take", "see", "know", "serve", "give", "do", "hold", "pose", "leave", "find", "get", "be",
     "assume", "expect", "predict", "foresee", "anticipate", "forecast", "report", "show", "promise", "mean"}
)  # fmt: skip


@remembered
def own(parse: Parse, i: int, cues: Cues, below: int | None = None) -> Judged:
    """The value that ``i`` has by its own words, in a context that is certain.

    ``below`` is the dependent that one comes from, whose own determiner is then its own
    affair ("signed no deal" denies the signing; seen from the deal it denies the deal).
    """
    if parse.pos[i] in {"VERB", "AUX"}:
        return _verb(parse, i, cues, below)
    if parse.pos[i] in {"NOUN", "PROPN", "PRON", "NUM"}:
        return _noun(parse, i, cues)
    return _merge(_adverbs(parse, i, cues))


@cache  # there are few values, and many words
def combine(outer: Value, inner: Value) -> Value:
    """A value in the context of another: the signs multiply, the weaker certainty holds."""
    polarity = "positive" if outer.polarity == inner.polarity else "negative"
    certainty = min(outer.certainty, inner.certainty, key=SCALE.index)
    return Value("positive" if polarity == "positive" else "negative", certainty)


def _merge(found: Iterator[tuple[Effect, str]] | list[tuple[Effect, str]]) -> Judged:
    value, reasons = CERTAIN, []
    for effect, word in found:
        value = combine(value, effect.positive)
        reasons.append((word, effect.rule))
    return value, tuple(reasons)


# ------------------------------------------------------------------ verbs
def _verb(parse: Parse, i: int, cues: Cues, below: int | None) -> Judged:
    value, reasons = _merge([*_adverbs(parse, i, cues), *_negative_arguments(parse, i, cues, below)])
    modal = _modal(parse, i, cues)
    if modal is not None and not _is_performative(parse, i, cues):
        effect, word = modal
        told = effect.told is not None and _is_told(parse, i)
        value = _under(effect, value, told=told)
        reasons = ((word, effect.rule_told if told else effect.rule), *reasons)
    for mood in _MOODS:
        found = mood(parse, i, cues)
        if found is not None:
            value = combine(value, found[0])
            reasons = (*reasons, found[1])
    return value, reasons


def _under(modal: Effect, value: Value, *, told: bool) -> Value:
    """What a modal makes of a verb that without it would have ``value``."""
    negated = value.polarity == "negative"
    if told and modal.told is not None:
        said = modal.told.negated() if negated else modal.told
    else:
        said = modal.negative if negated else modal.positive
    return said.weakened(value.certainty)


def _is_told(parse: Parse, i: int) -> bool:
    """Whether a verb is what someone told in the past, which puts "will" back to "would"."""
    while parse.deps[i] == "conj" and parse.pos[parse.heads[i]] in {"VERB", "AUX"}:
        i = parse.heads[i]
    told = {"VBD", "VBN", "VBG"}
    if parse.deps[i] == "ccomp" and parse.tags[parse.heads[i]] in told:
        return True
    return any(parse.deps[c] == "parataxis" and parse.tags[c] in told for c in parse.children[i])


def _adverbs(parse: Parse, i: int, cues: Cues) -> Iterator[tuple[Effect, str]]:
    joined = nor(parse, i)
    below = (c for a in parse.with_dep(i, "aux", "auxpass") for c in parse.with_dep(a, "neg"))
    for c in (*parse.children[i], *below, *(() if joined is None else (joined,))):
        if c != joined and parse.deps[c] not in {"neg", "advmod", "preconj", "cc", "det", "predet"}:
            continue
        if parse.deps[c] == "cc" and c != joined and (parse.lower[c] != "nor" or c > i):
            continue
        first = parse.edges[c][0] if parse.deps[c] == "advmod" else c
        for at in {first: None, c: None}:
            phrase = phrase_at(parse, at, cues.adverbs)
            if phrase is not None:
                if not _is_of_something_else(parse, c, i, phrase.effect):
                    yield phrase.effect, " ".join(phrase.words)
                break


def nor(parse: Parse, i: int) -> int | None:
    """The "nor" that joins ``i`` to what it is coordinated with."""
    if parse.deps[i] != "conj":
        return None
    head = parse.heads[i]
    return next((c for c in parse.children[head] if head < c < i and parse.lower[c] == "nor"), None)


def _is_of_something_else(parse: Parse, adverb: int, head: int, effect: Effect) -> bool:
    """Whether an adverb that denies speaks of the words after it: "killed nearly ten", "left hardly a week ago"."""
    if effect.positive.polarity == "positive":
        return False
    if parse.deps[adverb] == "neg":
        return _is_only_limited(parse, adverb, head)
    if parse.lower[adverb] in {"almost", "nearly"}:
        return adverb != head - 1
    return adverb > head + 1 and parse.pos[head] != "AUX"


def _is_only_limited(parse: Parse, negation: int, head: int) -> bool:
    """Whether what is denied is that it was no more than that: "was *not* speaking *only* of them"."""
    after = parse.lower[head + 1 : head + 3]
    return negation < head and after[:1] in (["only"], ["solely"], ["merely"], ["just"]) and after[1:] != ["yet"]


def _negative_arguments(parse: Parse, i: int, cues: Cues, below: int | None) -> Iterator[tuple[Effect, str]]:
    """Subjects and objects of none: "no one left", "signed no deal"."""
    for c in parse.children[i]:
        if c == below or parse.deps[c] not in _ARGUMENTS:
            continue
        if parse.deps[c] in OBJECTS and parse.lemmas[i] in _LIGHT:
            continue
        yield from _none(parse, c, cues)


def _none(parse: Parse, i: int, cues: Cues) -> Iterator[tuple[Effect, str]]:
    if (parse.lower[i] in cues.determiners and parse.pos[i] != "NOUN") or parse.lower[i] in {
        "nobody",
        "nothing",
        "none",
    }:
        phrase = phrase_at(parse, i, cues.determiners)
        if phrase is not None and not _is_a_few(parse, i):
            yield phrase.effect, parse.lower[i]
        return
    for c in dict.fromkeys((parse.edges[i][0], *parse.children[i])):
        if parse.deps[c] in {"det", "amod", "preconj", "neg"} and c < i:
            phrase = phrase_at(parse, c, cues.determiners)
            if phrase is not None and not _is_a_few(parse, c):
                yield phrase.effect, parse.lower[c]


def _is_a_few(parse: Parse, i: int) -> bool:
    return i > 0 and parse.lower[i - 1] in {"a", "the", "these", "those", "last", "next", "past", "first"}


def _modal(parse: Parse, i: int, cues: Cues) -> tuple[Effect, str] | None:
    """The modal auxiliary of a verb; its own, or that of the verb that it is coordinated with."""
    at = i
    for _ in range(4):
        auxiliaries = [c for c in parse.children[at] if parse.deps[c] in {"aux", "auxpass"}]
        for c in auxiliaries:
            if parse.tags[c] == "MD":
                perfect = any(parse.lower[x] in {"have", "'ve", "of"} and x > c for x in auxiliaries)
                phrase = phrase_at(parse, c, cues.perfect_modals if perfect else cues.modals)
                return (phrase.effect, parse.lower[c]) if phrase else None
        if auxiliaries or not shares_auxiliaries(parse, at):
            return None
        at = parse.heads[at]
    return None


_PERFORMED = frozenset({"Appeal", "Demand", "Statement", "Praise", "Apology", "Warning"})


def _is_performative(parse: Parse, i: int, cues: Cues) -> bool:
    """Whether a first person does by the saying what the modal only seems to put off: "I would urge them"."""
    subject = parse.child(i, "nsubj")
    if subject is None or parse.lower[subject] not in {"i", "we"} or parse.is_passive(i):
        return False
    if not any(parse.lower[c] in {"would", "'d", "must", "can", "should"} for c in parse.with_dep(i, "aux")):
        return False
    if parse.child(i, "neg") is not None or parse.deps[i] in {"advcl", "relcl"}:
        return False
    patterns = cues.verbs.get(parse.lemmas[i], ())
    return any(
        effect.act in _PERFORMED for pattern in patterns if not pattern.beside for effect in pattern.frames.values()
    )


#: Forms that need an auxiliary, and the present that the tagger takes for one of them.
_NEEDING_HELP = frozenset({"VB", "VBN", "VBG", "VBP"})


def shares_auxiliaries(parse: Parse, i: int) -> bool:
    """Whether a coordinated verb has no subject and no auxiliary, and a form that needs one:
    "may resign or *flee*", "was arrested and *charged*"."""
    if parse.deps[i] != "conj" or parse.pos[i] not in {"VERB", "AUX"} or parse.tags[i] not in _NEEDING_HELP:
        return False
    if any(parse.deps[c] in {"aux", "auxpass"} or parse.deps[c] in ANY_SUBJECT for c in parse.children[i]):
        return False
    first = parse.tags[parse.heads[i]]
    return first == parse.tags[i] or (first == "VB" and parse.tags[i] == "VBP")


# ------------------------------------------------------------------ mood
Mood = Callable[[Parse, int, Cues], tuple[Value, Reason] | None]


def _question(parse: Parse, i: int, cues: Cues) -> tuple[Value, Reason] | None:
    """A main clause that ends with a question mark, unless it asks for who or when it was."""
    if parse.heads[i] != i:
        return None
    _, end = parse.sents[parse.sent_of[i]]
    at = end - 1
    while at > i and (parse.tags[at] in {"_SP", "''", "-RRB-"} or parse.words[at] in {'"', "”", "’", "''"}):
        at -= 1
    if parse.words[at] != "?" or (parse.quoted[at] and not parse.quoted[i]):
        return None  # what is asked is asked in the quotation alone
    return _UNSPECIFIED, ("?", "question")


def _imperative(parse: Parse, i: int, cues: Cues) -> tuple[Value, Reason] | None:
    if parse.tags[i] != "VB" or not (parse.heads[i] == i or (parse.deps[i] == "ccomp" and i < parse.heads[i])):
        return None
    if any(parse.deps[c] in _OWN and parse.lower[c] != "do" for c in parse.children[i]):
        return None
    return _UNSPECIFIED, (parse.lower[i], "imperative")


def _condition(parse: Parse, i: int, cues: Cues) -> tuple[Value, Reason] | None:
    """A clause that hangs on a condition: "if they come, he leaves"; not what is told: "if so, they said"."""
    if parse.tags[i] == "VBD" and _modal(parse, i, cues) is None:
        return None
    for c in parse.children[i]:
        if parse.deps[c] != "advcl":
            continue
        for mark in parse.children[c]:
            if mark < c and parse.deps[mark] in {"mark", "advmod"}:
                if _is_usual(parse, i) and is_habit(parse, c, parse.lower[mark]) and not _is_said_to(parse, c):
                    return _UNSPECIFIED, (parse.lower[mark], "habit")
                phrase = phrase_at(parse, mark, cues.conjunctions)
                if phrase is not None and phrase.effect.main is not None and not _is_even(parse, mark):
                    return phrase.effect.main, (parse.lower[mark], phrase.effect.rule)
    return None


def _is_usual(parse: Parse, i: int) -> bool:
    """Whether a verb stands in the plain present: "leaves", not "is leaving" or "has left"."""
    return parse.tags[i] in {"VBZ", "VBP"} and parse.lemmas[i] not in {"be", "have"}


def _is_said_to(parse: Parse, clause: int) -> bool:
    """Whether a clause only leads on who listens: "when you look at the figures, they win"."""
    return any(parse.lower[c] in {"you", "one"} for c in parse.with_dep(clause, "nsubj"))


def _is_even(parse: Parse, mark: int) -> bool:
    return mark > 0 and parse.lower[mark - 1] == "even"


_MOODS: tuple[Mood, ...] = (_question, _imperative, _condition)


# ------------------------------------------------------------------ nouns
def _noun(parse: Parse, i: int, cues: Cues) -> Judged:
    none = () if _is_the_one(parse, i) else _none(parse, i, cues)
    value, reasons = _merge([*none, *_attributes(parse, i, cues), *_noun_adverbs(parse, i, cues)])
    if _is_to_be_held(parse, i):
        return combine(value, _UNSPECIFIED), (*reasons, ("to be", "still to come"))
    for effect, word in _arranged(parse, i, cues):
        return combine(value, effect.positive), (*reasons, (word, effect.rule))
    return value, reasons


def _is_the_one(parse: Parse, i: int) -> bool:
    """Whether a noun speaks of a known one, whatever is denied of it: "neither *the candidate* nor her aide"."""
    return parse.pos[i] == "NOUN" and is_definite(parse, i)


def _arranged(parse: Parse, i: int, cues: Cues) -> Iterator[tuple[Effect, str]]:
    """A participle that puts a noun into the future: "the meeting *scheduled* for May", "*set* to open in May"."""
    for c in own_clauses(parse, i):
        effect = frames_of(parse, c, cues).get("passive") if parse.tags[c] == "VBN" else None
        if effect is not None and effect.positive.certainty != "certain":
            yield effect, parse.lower[c]


def _is_to_be_held(parse: Parse, i: int) -> bool:
    """Whether a passive infinitive puts a noun into the future: "the election to be held in May"."""
    return any(
        any(parse.tags[x] == "TO" for x in parse.children[c]) and parse.child(c, "auxpass") is not None
        for c in own_clauses(parse, i)
    )


def _attributes(parse: Parse, i: int, cues: Cues) -> Iterator[tuple[Effect, str]]:
    for c in parse.children[i]:
        if c < i and parse.deps[c] in {"amod", "compound", "nmod", "advmod"}:
            for pattern in cues.adjectives.get(parse.lower[c], ()):
                effect = pattern.frames.get("attribute")
                if effect is not None and not pattern.beside:
                    yield effect, parse.lower[c]


def _noun_adverbs(parse: Parse, i: int, cues: Cues) -> Iterator[tuple[Effect, str]]:
    for c in parse.children[i]:
        if parse.deps[c] in {"neg", "advmod"} and c < i:
            phrase = phrase_at(parse, c, cues.adverbs)
            if phrase is not None and not (c + 1 < i and parse.pos[c + 1] == "NUM"):
                yield phrase.effect, parse.lower[c]
