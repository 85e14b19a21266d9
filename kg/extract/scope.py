"""What a word makes of the words below it: one step of the way from a sentence's root to a predicate.

Cues say it by data (what "fail" makes of its infinitive); grammar says the rest: relative clauses
and definite phrases presuppose, purposes are open, coordinated clauses share what stands above both.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from kg.extract.clauses import (
    addressee,
    clause_kind,
    governor,
    is_any,
    is_aside,
    is_content_clause,
    is_definite,
    is_finite,
    is_habit,
    is_infinitive,
    is_inverted,
    is_now,
    is_open_question,
    is_past,
    is_perfect,
    is_question_word,
    is_subjunctive,
    is_supposed,
    is_whether,
)
from kg.extract.cueing import frames_of, phrase_at
from kg.extract.modifiers import Reason, combine, nor, own, shares_auxiliaries
from kg.rules.cues import CERTAIN, Cues, Effect, Value
from kg.syntax import OBJECTS, PASSIVE_SUBJECTS, Parse


class Step(NamedTuple):
    """A head and a dependent, with what the head stands in (``context``) and how it stands (``value``)."""

    parse: Parse
    cues: Cues
    head: int
    child: int
    context: Value
    value: Value


Outcome = tuple[Value, tuple[Reason, ...]]

_LIKELY = Value("positive", "probable")
_POSSIBLE = Value("positive", "possible")
UNSPECIFIED = Value("positive", "unspecified")
_VERBAL = frozenset({"VERB", "AUX"})
_FACTIVE_PREPOSITIONS = frozenset({"despite", "because", "after", "since", "during", "amid", "following", "due"})
#: Verbs of having a part in something.
_PARTAKING = frozenset({"involve", "implicate", "participate", "engage", "take"})
_LIMITS = frozenset({"until", "till", "before"})
#: Conjunctions that with the perfect tell what has been: "*once* it has ended" does not.
_SAME_TIME = frozenset({"as", "while", "where"})
_TIME_MARKS = frozenset({"when", "after", "once", "before", "as", "while", "whenever", "where", "until"})


def below(step: Step) -> Outcome:
    """The context in which ``step.child`` stands."""
    rule = _BY_LABEL.get(step.parse.deps[step.child], _same)
    return rule(step)


# ------------------------------------------------------------------ rules by label
def _same(step: Step) -> Outcome:
    return step.value, ()


def _given(step: Step) -> Outcome:
    return CERTAIN, ()


def _outer(step: Step) -> Outcome:
    return step.context, ()


def _apply(step: Step, effect: Effect, word: int) -> Outcome:
    if effect.unsaid is not None and step.value == CERTAIN and _is_unsaid(step.parse, word):
        return effect.unsaid, ((step.parse.lemmas[word], effect.rule),)
    past = effect.past is not None and is_past(step.parse, step.parse.clause_verb(step.head))
    return effect.of(step.value, past=past), ((step.parse.lemmas[word], effect.rule),)


def _is_unsaid(parse: Parse, verb: int) -> bool:
    """Whether a verb leaves out who says so: "it was claimed that", without "by"."""
    return parse.is_passive(verb) and parse.child(verb, "agent") is None


def _lexical(step: Step, *kinds: str) -> Outcome | None:
    """What the head, as a cue, makes of the first of ``kinds`` that it knows."""
    for at in _deciding(step.parse, step.head):
        frames = frames_of(step.parse, at, step.cues)
        for kind in kinds:
            if kind in frames:
                return _apply(step, frames[kind], at)
    return None


def _deciding(parse: Parse, head: int) -> tuple[int, ...]:
    """The words that decide about a clause below ``head``: of a copula with a predicate, the predicate alone."""
    decisive = governor(parse, head)
    if decisive != head and parse.lemmas[head] == "be":
        return (decisive,)
    return (decisive,) if decisive == head else (decisive, head)


def _complement(step: Step) -> Outcome:
    parse, child = step.parse, step.child
    kind = clause_kind(parse, child)
    if kind == "clause" and is_whether(parse, child):
        return UNSPECIFIED, (("whether", "indirect question"),)
    if kind == "infinitive" and is_question_word(parse, child):
        return UNSPECIFIED, (("to", "indirect question"),)  # "the problem was how to leave"
    if kind == "clause" and is_open_question(parse, child):
        return CERTAIN, ()  # "asked why he left": he did
    if kind == "clause" and is_subjunctive(parse, child):
        return UNSPECIFIED, ((parse.lower[child], "subjunctive"),)
    found = _of_subject(step, kind) or _lexical(step, kind)
    if found is not None:
        return found
    bare = kind == "predicate" and parse.tags[child] == "VB" and parse.lemmas[step.head] == "be"
    if kind == "infinitive" or bare:
        return _purpose(step)
    if kind == "clause" and step.value.polarity == "negative":
        return UNSPECIFIED, ()
    return step.value, ()


def _of_subject(step: Step, kind: str) -> Outcome | None:
    """What a plan is: "the aim is to leave" says of leaving what "the aim to leave" does."""
    parse = step.parse
    if kind != "infinitive" or parse.lemmas[step.head] != "be" or governor(parse, step.head) != step.head:
        return None
    happens = "object" if parse.is_passive(step.child) else "subject"
    if happens in frames_of(parse, step.child, step.cues):
        return None  # "the vote is to be held" is no vote to hold anything
    subject = parse.child(step.head, "nsubj", "csubj")
    if subject is None:
        return None
    word = parse.child(subject, "relcl") if parse.lower[subject] == "all" else subject  # "all they want is to leave"
    if word is None or parse.pos[word] not in {"NOUN", "VERB"}:
        return None
    effect = frames_of(parse, word, step.cues).get(kind)
    return None if effect is None else _apply(step, effect, word)


def _adverbial(step: Step) -> Outcome:
    parse, child = step.parse, step.child
    for mark in parse.children[child]:
        if mark < child and parse.deps[mark] in {"mark", "advmod", "prep"}:
            phrase = phrase_at(parse, mark, step.cues.conjunctions)
            if phrase is not None:
                if parse.lower[mark - 1 : mark + 1] == ["soon", "as"] and is_now(parse, child):
                    return UNSPECIFIED, (("soon as", "time of what is to come"),)
                return _marked(step, phrase.effect, parse.lower[mark])
    if is_infinitive(parse, child):
        asked = parse.is_passive(step.head) or addressee(parse, step.head, child) is not None
        found = _lexical(step, "infinitive") if asked else None
        return found or _purpose(step)
    if is_inverted(parse, child):
        return UNSPECIFIED, (("inversion", "condition"),)
    if not is_finite(parse, child):
        if (
            parse.tags[child] == "VBG"
            and parse.words[parse.edges[child][0] - 1] == ","
            and is_infinitive(parse, step.head)
        ):
            return CERTAIN, ()  # "wants to buy the mill, *drawing* a rebuke": of the whole sentence
        return Value("positive", step.value.certainty), ()
    return CERTAIN, ()


def _purpose(step: Step) -> Outcome:
    """What is done for is done by the very act ("met to discuss the plan"), or what an act was for; the
    purpose of an act that is itself open is open."""
    if is_perfect(step.parse, step.child):
        return step.value, ()
    lemma = step.parse.lemmas[step.child]
    known = step.cues.purposes.get(lemma)
    if known is not None:
        return combine(step.value, known[0].effect.positive), ((lemma, known[0].effect.rule),)
    other = step.cues.purposes.get("*")
    if other is None or step.value != CERTAIN or _is_judged(step):
        return UNSPECIFIED, (("to", "purpose"),)
    return other[0].effect.positive, ((lemma, other[0].effect.rule),)


def _is_judged(step: Step) -> bool:
    """Whether an infinitive is what something is said of, and no purpose: "hard for them *to leave*"."""
    return step.parse.lemmas[step.head] == "be" or governor(step.parse, step.head) != step.head


def _marked(step: Step, effect: Effect, word: str) -> Outcome:
    """A clause with a conjunction: conditions are open, and so is the time of what is still to come."""
    if effect.past is not None and is_past(step.parse, step.child):
        return effect.past, ((word, effect.rule),)
    if effect.positive != CERTAIN:
        return effect.positive, ((word, effect.rule),)
    if is_habit(step.parse, step.child, word):
        return UNSPECIFIED, ((word, "habit"),)
    if word in _LIMITS and step.parse.tags[step.child] in {"VBZ", "VBP"}:
        return UNSPECIFIED, ((word, "time of what is to come"),)  # "stayed away until he *comes*"
    if word in _SAME_TIME and step.parse.tags[step.child] == "VBN":
        return CERTAIN, ()  # "will win, just as they have won before"
    if word in _TIME_MARKS and _is_to_come(step) and step.parse.tags[step.child] in {"VBZ", "VBP", "VBG", "VBN"}:
        return UNSPECIFIED, ((word, "time of what is to come"),)
    return CERTAIN, ()


def _is_to_come(step: Step) -> bool:
    """Whether the clause above is open, or announced: "will end when the envoy leaves"."""
    announced = any(step.parse.tags[c] == "MD" for c in step.parse.with_dep(step.head, "aux"))
    return step.value.certainty == "unspecified" or (step.value.certainty == "probable" and announced)


def _modifying_clause(step: Step) -> Outcome:
    """A clause below a noun: "plans to leave", "the claim that he left", "the man arrested"."""
    parse, child = step.parse, step.child
    kind = clause_kind(parse, child)
    if kind == "infinitive" and parse.lower[step.head - 1 : step.head + 1] == ["in", "order"]:
        return _purpose(step)
    if kind == "predicate" or (kind == "gerund" and parse.deps[child] == "acl"):
        return _of_no_one_yet(step) or (CERTAIN, ())
    found = _lexical(step, kind) if kind == "infinitive" or is_content_clause(parse, child) else None
    if found is not None:
        return found
    if kind == "infinitive":
        if any(
            parse.lower[c] in {"first", "last", "only", "second", "latest"}
            for c in (*parse.children[step.head], step.head)
        ):
            return step.value, ()
        if parse.child(child, "auxpass") is not None:
            return UNSPECIFIED, (("to be", "still to come"),)  # "a list to be published in May"
        if parse.deps[step.head] in OBJECTS and parse.deps[child] == "acl":
            return _purpose(step)  # "built a wall to stop them"
        return _POSSIBLE, (("to", "infinitive"),)
    return _relative(step)


def _relative(step: Step) -> Outcome:
    """A relative clause is given, unless it is about anyone whatever."""
    open_ended = {"any", "anyone", "anybody", "anything", "whoever", "no", "nobody", "nothing", "someone"}
    words = (step.head, *(c for c in step.parse.children[step.head] if step.parse.deps[c] == "det"))
    if any(step.parse.lower[w] in open_ended for w in words):
        return UNSPECIFIED, (("any", "relative clause"),)
    if step.parse.tags[step.child] in {"VBZ", "VBP"} and _is_each(step.parse, step.head):
        return UNSPECIFIED, ((step.parse.lower[step.head], "habit"),)
    return _of_no_one_yet(step) or (CERTAIN, ())


def _is_each(parse: Parse, head: int) -> bool:
    """Whether a clause in the plain present tells of whoever it may be, or whenever: "*those* who steal", "*every
    time* he calls"."""
    each = parse.lemmas[head] == "time" and any(parse.lower[c] in {"every", "each"} for c in parse.children[head])
    return each or parse.lower[head] in {"those", "whoever"}


def _of_no_one_yet(step: Step) -> Outcome | None:
    """What is told of someone who need not be there: "wants a deputy *who speaks Danish*", "has not seen a letter
    *signed by them*"; not an aside behind a comma."""
    parse, head = step.parse, step.head
    if parse.pos[head] != "NOUN" or is_definite(parse, head) or parse.deps[head] == "pobj":
        return None
    if step.value.certainty == "unspecified":
        if not is_now(parse, step.child) and not is_supposed(parse, parse.clause_verb(head)):
            return None  # "to free soldiers who were caught"
    elif step.value.polarity != "negative" or not is_any(parse, head):
        return None
    if is_aside(parse, step.child):
        return None
    return UNSPECIFIED, (("a", "of no one in particular"),)


def _conjunct(step: Step) -> Outcome:
    parse, child = step.parse, step.child
    if parse.pos[child] in _VERBAL:
        if is_infinitive(parse, step.head) and parse.tags[child] in {"VBD", "VBZ"}:
            return CERTAIN, ()  # "urged him to leave and *spoke*": the parser's slip
        if (first := _infinitive_before(parse, step.head, child)) is not None:
            return below(step._replace(child=first))  # "called on him to leave and *apologize*": likewise
        if not shares_auxiliaries(parse, child):
            return step.context, ()
        if nor(parse, child) is not None:  # which denies it once more: "has not been tried *nor* charged"
            return Value("positive", step.value.certainty), ()
        return step.value, ()
    if parse.pos[child] in {"NOUN", "PROPN"} and not parse.with_dep(child, "det"):
        return step.value, ()
    return step.context, ()


def _infinitive_before(parse: Parse, head: int, child: int) -> int | None:
    """The infinitive below a finite verb that a bare verb goes on, where the parser joined it to the finite one."""
    if parse.tags[child] != "VB" or parse.tags[head] not in {"VBD", "VBZ", "VBG", "VBN"}:
        return None
    if any(parse.deps[c] in {"aux", "auxpass", "nsubj", "nsubjpass"} for c in parse.children[child]):
        return None
    below_it = (c for c in parse.with_dep(head, "xcomp", "advcl", "ccomp") if head < c < child)
    return next((c for c in below_it if is_infinitive(parse, c)), None)


def _object(step: Step) -> Outcome:
    return _lexical(step, "object") or _nominal(step)


def _subject(step: Step) -> Outcome:
    parse = step.parse
    passive = parse.deps[step.child] in PASSIVE_SUBJECTS
    found = _lexical(step, "passive", "object", "subject") if passive else _lexical(step, "subject")
    if found is not None:
        return found
    if passive and not is_definite(parse, step.child):
        return step.value, ()
    return _brought_about(step) or _imagined(step) or (CERTAIN, ())


#: Modals of what is thought of, not told.
_IMAGINING = frozenset({"would", "'d", "could", "might", "may", "can"})


def _imagined(step: Step) -> Outcome | None:
    """An event that is only thought of, with what it would do: "*a strike* would cost millions"."""
    parse, noun = step.parse, step.child
    if parse.pos[noun] != "NOUN" or not is_any(parse, noun):
        return None
    auxiliaries = {parse.lower[c] for c in parse.with_dep(step.head, "aux")}
    if not auxiliaries & _IMAGINING or auxiliaries & {"have", "'ve"} or parse.is_passive(step.head):
        return None
    if parse.child(step.head, "neg") is not None:
        return None  # "a promise could not stop them"
    return UNSPECIFIED, (("would", "only imagined"),)


def _brought_about(step: Step) -> Outcome | None:
    """What a verb below says of the subject of the one above: "the vote is *to be held*", "is due *to begin*"."""
    parse = step.parse
    if parse.pos[step.child] != "NOUN":
        return None
    between = (step.head, *parse.with_dep(step.head, "acomp", "oprd"))
    for above in between:
        for verb in parse.with_dep(above, "xcomp"):
            kinds = ("passive", "object") if parse.is_passive(verb) else ("subject",)
            frames = frames_of(parse, verb, step.cues)
            effect = next((frames[kind] for kind in kinds if kind in frames), None)
            if effect is None or effect.positive != CERTAIN or not is_infinitive(parse, verb):
                continue
            context, why = below(step._replace(head=above, child=verb))
            value, reasons = own(parse, verb, step.cues)
            return effect.of(combine(context, value)), (*why, *reasons)
    return None


def _nominal(step: Step) -> Outcome:
    """A noun without a cue above it: known things are given, others share what is said of the head."""
    if step.parse.pos[step.child] in _VERBAL:
        return step.value, ()
    if is_definite(step.parse, step.child) and not _is_any_one(step.parse, step.child):
        return CERTAIN, ()
    return step.value, ()


def _is_any_one(parse: Parse, noun: int) -> bool:
    """Whether a noun stands for one after the other, however many there will be: "in *each* vote"."""
    return parse.pos[noun] == "NOUN" and any(parse.lower[c] in {"each", "every"} for c in parse.with_dep(noun, "det"))


def _clausal_subject(step: Step) -> Outcome:
    if is_whether(step.parse, step.child):
        return UNSPECIFIED, (("whether", "indirect question"),)
    if is_finite(step.parse, step.child):
        return _lexical(step, "clause") or (step.value, ())
    return combine(step.value, UNSPECIFIED) if is_infinitive(step.parse, step.child) else step.value, ()


def _compound(step: Step) -> Outcome:
    """ "an arrest warrant", "an assassination plot": plans name what they are for."""
    found = _lexical(step, "compound", "of", "for") if step.child < step.head else None
    if found is not None and found[0].certainty in {"unspecified", "possible"}:
        return found
    return step.value, ()


# ------------------------------------------------------------------ prepositions
def _prepositional(step: Step) -> Outcome:
    """What stands below a preposition: ``head`` is the preposition, what it hangs on decides."""
    parse, prep = step.parse, step.head
    phrase = _phrase_ending_at(parse, prep, step.cues)
    if phrase is not None:
        # "cannot leave without paying" says nothing of a payment, "left without paying" that there was none
        said = phrase.positive if CERTAIN in (step.value, phrase.positive) else UNSPECIFIED
        return said, ((parse.lower[prep], phrase.rule),)
    above = parse.heads[prep]
    if parse.lower[above] in _FACTIVE_PREPOSITIONS and parse.deps[prep] == "pcomp":
        return CERTAIN, ()  # "did not sell *because of* falling prices"
    while parse.deps[above] == "prep" and parse.pos[above] in {"ADP", "SCONJ"} and parse.heads[above] != above:
        above = parse.heads[above]
    outer = step._replace(head=above)
    if parse.pos[step.child] in _VERBAL and parse.deps[step.child] == "pcomp":
        found = _lexical(outer, parse.lower[prep])
        return found if found is not None and found[0] != CERTAIN else _gerund(step)
    found = _lexical(outer, parse.lower[prep])
    if found is not None and parse.lower[prep] == "from" and is_definite(parse, step.child):
        found = None  # "banned from *the election*": it is held all the same
    elif found is not None and _is_part_of(parse, above, prep) and is_definite(parse, step.child):
        found = None  # "may be involved in *the killing*", which there was
    elif found is not None and found[0] == _LIKELY and _is_known(parse, above, prep, step.child):
        return CERTAIN, ()  # "reports of *the explosion*", which is known
    return found or _below_preposition(outer, parse.lower[prep])


def _is_known(parse: Parse, above: int, prep: int, noun: int) -> bool:
    """Whether an act is known, if not who did it: "reports of *the blast*", "was charged with *the murder*"."""
    return (parse.pos[above] == "NOUN" or parse.lower[prep] == "with") and is_definite(parse, noun)


def _is_part_of(parse: Parse, above: int, prep: int) -> bool:
    """Whether a phrase tells of an act what it was part of: "was not involved *in the killing*"."""
    return parse.lower[prep] == "in" and parse.lemmas[above] in _PARTAKING


def _source_phrase(step: Step) -> Outcome:
    """Who says so stands outside what is said: "may rise, *according* to the bank"."""
    return (CERTAIN, ()) if step.parse.lower[step.child] == "according" else (step.value, ())


def _below_preposition(step: Step, prep: str) -> Outcome:
    """A denial does not reach into a phrase without a cue: "was not hurt in an attack"."""
    if step.value.polarity == "negative" or prep in _FACTIVE_PREPOSITIONS:
        return CERTAIN, ()
    return _nominal(step)


def _phrase_ending_at(parse: Parse, prep: int, cues: Cues) -> Effect | None:
    """The prepositional cue that ends with the token ``prep``: "without", "instead of"."""
    for start in range(max(0, prep - 4), prep + 1):
        phrase = phrase_at(parse, start, cues.prepositions)
        if phrase is not None and start + len(phrase.words) == prep + 1 and phrase.effect.act is None:
            return phrase.effect
    return None


def _gerund(step: Step) -> Outcome:
    """A clause after a preposition without a cue: "after leaving", "by leaving", "about leaving"."""
    prep = step.parse.lower[step.head]
    if prep in {"after", "since", "for", "despite", "upon", "following", "with"}:
        return CERTAIN, ()
    if prep in {"about", "to", "before", "toward", "towards", "at", "against", "on"}:
        return _POSSIBLE, ((prep, "preposition"),)
    return Value("positive" if prep == "of" else step.value.polarity, step.value.certainty), ()


_BY_LABEL: dict[str, Callable[[Step], Outcome]] = {
    "ccomp": _complement,
    "xcomp": _complement,
    "csubj": _clausal_subject,
    "csubjpass": _clausal_subject,
    "advcl": _adverbial,
    "acl": _modifying_clause,
    "relcl": _modifying_clause,
    "conj": _conjunct,
    "parataxis": _outer,
    "appos": _given,
    "poss": _given,
    "amod": _given,
    "compound": _compound,
    "nmod": _compound,
    "pobj": _prepositional,
    "pcomp": _prepositional,
    "nsubj": _subject,
    "nsubjpass": _subject,
    **dict.fromkeys(OBJECTS, _object),
    "dative": _nominal,
    "prep": _source_phrase,
}
