"""What a word makes of the words below it: one step of the way from a sentence's root to a predicate.

Cues say it by data (what "fail" makes of its infinitive); grammar says the rest: relative clauses
and definite phrases presuppose, purposes are open, coordinated clauses share what stands above both.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from kg.extract.cueing import frames_of, phrase_at
from kg.extract.modifiers import Reason, combine, shares_auxiliaries
from kg.rules.cues import CERTAIN, Cues, Effect, Value
from kg.syntax import OBJECTS, PASSIVE_SUBJECTS, SUBJECTS, Parse


class Step(NamedTuple):
    """A head and a dependent, with what the head stands in (``context``) and how it stands (``value``)."""

    parse: Parse
    cues: Cues
    head: int
    child: int
    context: Value
    value: Value


Outcome = tuple[Value, tuple[Reason, ...]]

UNSPECIFIED = Value("positive", "unspecified")
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_VERBAL = frozenset({"VERB", "AUX"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both", "each", "every", "all"})
_FACTIVE_PREPOSITIONS = frozenset({"despite", "because", "after", "since", "during", "amid", "following", "due"})
_TIME_MARKS = frozenset({"when", "after", "once", "before", "as", "while", "whenever", "where", "until"})


def below(step: Step) -> Outcome:
    """The context in which ``step.child`` stands."""
    rule = _BY_LABEL.get(step.parse.deps[step.child], _same)
    return rule(step)


# ------------------------------------------------------------------ forms
def is_infinitive(parse: Parse, i: int) -> bool:
    """Whether a verb has "to" and no finite form: "to leave", "to be leaving"."""
    return any(parse.tags[c] == "TO" and parse.deps[c] == "aux" for c in parse.children[i])


def is_finite(parse: Parse, i: int) -> bool:
    """Whether a clause has a finite verb of its own."""
    if parse.tags[i] in _FINITE:
        return True
    return any(parse.deps[c] in {"aux", "auxpass"} and parse.tags[c] in _FINITE for c in parse.children[i])


def is_past(parse: Parse, i: int) -> bool:
    """Whether a verb stands in the past or the perfect."""
    if any(parse.tags[c] == "MD" for c in parse.children[i]):
        return False
    return parse.tags[i] == "VBD" or (parse.tags[i] == "VBN" and parse.child(i, "aux") is not None)


def clause_kind(parse: Parse, i: int) -> str:
    """The frame that a clausal dependent fills: ``infinitive``, ``gerund``, ``clause`` or ``predicate``."""
    if is_infinitive(parse, i):
        return "infinitive"
    if parse.tags[i] == "VBG" and not is_finite(parse, i):
        return "gerund"
    if is_finite(parse, i) or any(parse.deps[c] in SUBJECTS | PASSIVE_SUBJECTS | {"mark"} for c in parse.children[i]):
        return "clause"
    return "predicate"


def is_whether(parse: Parse, i: int) -> bool:
    """Whether a clause is an indirect yes-no question."""
    return any(parse.deps[c] == "mark" and parse.lower[c] in {"if", "whether"} for c in parse.children[i])


#: What one does to words: a clause with such a verb tells which words, not what they say.
_DOING_WITH_WORDS = frozenset(
    {"make", "repeat", "deny", "reject", "issue", "deliver", "give", "publish", "hear", "receive", "dismiss", "dispute",
     "call", "describe", "have", "share", "hold", "face", "send", "write", "put", "break", "keep", "sign", "cast"}
)  # fmt: skip


def is_content_clause(parse: Parse, c: int) -> bool:
    """Whether a clause below a noun tells what it says: "the claim *that he left*", not "that he made"."""
    first = parse.edges[c][0]
    if parse.lower[first] != "that":
        return parse.deps[c] != "relcl"
    if parse.deps[first] in OBJECTS:
        return parse.lemmas[c] not in _DOING_WITH_WORDS
    return parse.deps[c] != "relcl" or parse.deps[first] == "mark"


def is_subjunctive(parse: Parse, i: int) -> bool:
    """Whether a clause has a subject and a bare verb: "insists that he *leave*", "that he *be* released"."""
    if parse.child(i, "nsubj", "nsubjpass") is None or parse.child(i, "mark") is None:
        return False
    auxiliaries = parse.with_dep(i, "aux", "auxpass")
    first = auxiliaries[0] if auxiliaries else i
    return parse.tags[first] == "VB" and parse.lemmas[first] != "do"


def is_open_question(parse: Parse, i: int) -> bool:
    """Whether a clause asks for someone, a time, a place or a reason of what it takes for given."""
    return any(
        parse.lower[c] in {"who", "why", "when", "where", "how"}
        and c < i
        and parse.deps[c] in {"nsubj", "nsubjpass", "advmod"}
        for c in parse.children[i]
    )


def addressee(parse: Parse, verb: int, infinitive: int) -> int | None:
    """The preposition before whoever is asked to do something: "called *on* them to", "pleaded *with* them to"."""
    prepositions = [c for c in parse.with_dep(verb, "prep") if verb < c < infinitive]
    return next((c for c in prepositions if parse.lower[c] in {"on", "upon", "to", "with", "for"}), None)


def is_definite(parse: Parse, i: int) -> bool:
    """Whether a noun phrase is spoken of as known: by its determiner, an owner, or as a name."""
    if parse.pos[i] in {"PROPN", "PRON"}:
        return True
    return any(
        parse.deps[c] == "poss" or (parse.deps[c] == "det" and parse.lower[c] in _DEFINITE) for c in parse.children[i]
    )


def governor(parse: Parse, head: int) -> int:
    """Who decides about a clause below ``head``: of a copula, its predicate ("is *likely* that")."""
    if parse.lemmas[head] in {"be", "become", "remain", "seem", "appear", "look", "feel", "make", "find", "get"}:
        for c in parse.children[head]:
            if parse.deps[c] in {"acomp", "attr", "oprd"} and parse.pos[c] in {"ADJ", "NOUN", "VERB"}:
                return c
    return head


# ------------------------------------------------------------------ rules by label
def _same(step: Step) -> Outcome:
    return step.value, ()


def _given(step: Step) -> Outcome:
    return CERTAIN, ()


def _outer(step: Step) -> Outcome:
    return step.context, ()


def _apply(step: Step, effect: Effect, word: int) -> Outcome:
    past = effect.past is not None and is_past(step.parse, step.parse.clause_verb(step.head))
    return effect.of(step.value, past=past), ((step.parse.lemmas[word], effect.rule),)


def _lexical(step: Step, *kinds: str) -> Outcome | None:
    """What the head, as a cue, makes of the first of ``kinds`` that it knows."""
    for at in {governor(step.parse, step.head): None, step.head: None}:
        frames = frames_of(step.parse, at, step.cues)
        for kind in kinds:
            if kind in frames:
                return _apply(step, frames[kind], at)
    return None


def _complement(step: Step) -> Outcome:
    parse, child = step.parse, step.child
    kind = clause_kind(parse, child)
    if kind == "clause" and is_whether(parse, child):
        return UNSPECIFIED, (("whether", "indirect question"),)
    if kind == "clause" and is_open_question(parse, child):
        return CERTAIN, ()  # "asked why he left": he did
    if kind == "clause" and is_subjunctive(parse, child):
        return UNSPECIFIED, ((parse.lower[child], "subjunctive"),)
    found = _lexical(step, kind)
    if found is not None:
        return found
    bare = kind == "predicate" and parse.tags[child] == "VB" and parse.lemmas[step.head] == "be"
    if kind == "infinitive" or bare:
        return _purpose(step)
    if kind == "clause" and step.value.polarity == "negative":
        return UNSPECIFIED, ()
    return step.value, ()


def _adverbial(step: Step) -> Outcome:
    parse, child = step.parse, step.child
    for mark in parse.children[child]:
        if mark < child and parse.deps[mark] in {"mark", "advmod", "prep"}:
            phrase = phrase_at(parse, mark, step.cues.conjunctions)
            if phrase is not None:
                return _marked(step, phrase.effect, parse.lower[mark])
    if is_infinitive(parse, child):
        asked = parse.is_passive(step.head) or addressee(parse, step.head, child) is not None
        found = _lexical(step, "infinitive") if asked else None
        return found or _purpose(step)
    if _is_inverted(parse, child):
        return UNSPECIFIED, (("inversion", "condition"),)
    if not is_finite(parse, child):
        return Value("positive", step.value.certainty), ()
    return CERTAIN, ()


def _purpose(step: Step) -> Outcome:
    """What is done for is open, unless it is done by the very act: "met to discuss the plan"."""
    known = step.cues.purposes.get(step.parse.lemmas[step.child])
    if known is None:
        return UNSPECIFIED, (("to", "purpose"),)
    return combine(step.value, known[0].effect.positive), ((step.parse.lemmas[step.child], known[0].effect.rule),)


def _marked(step: Step, effect: Effect, word: str) -> Outcome:
    """A clause with a conjunction: conditions are open, and so is the time of what is still to come."""
    if effect.positive != CERTAIN:
        return effect.positive, ((word, effect.rule),)
    to_come = step.value.certainty == "unspecified" and step.parse.tags[step.child] in {"VBZ", "VBP", "VBG", "VBN"}
    if word in _TIME_MARKS and to_come:
        return UNSPECIFIED, ((word, "time of what is to come"),)
    return CERTAIN, ()


def _is_inverted(parse: Parse, i: int) -> bool:
    """ "Had he stayed ...": an auxiliary before the subject."""
    auxiliary = next((c for c in parse.children[i] if parse.deps[c] == "aux"), None)
    subject = parse.child(i, "nsubj", "nsubjpass")
    if auxiliary is None or subject is None or auxiliary > subject:
        return False
    return parse.lower[auxiliary] in {"had", "should", "were"}


def _modifying_clause(step: Step) -> Outcome:
    """A clause below a noun: "plans to leave", "the claim that he left", "the man arrested"."""
    parse, child = step.parse, step.child
    kind = clause_kind(parse, child)
    if kind == "predicate" or (kind == "gerund" and parse.deps[child] == "acl"):
        return CERTAIN, ()
    found = _lexical(step, kind) if kind == "infinitive" or is_content_clause(parse, child) else None
    if found is not None:
        return found
    if kind == "infinitive":
        if any(
            parse.lower[c] in {"first", "last", "only", "second", "latest"}
            for c in (*parse.children[step.head], step.head)
        ):
            return step.value, ()
        return UNSPECIFIED, (("to", "infinitive"),)
    return _relative(step)


def _relative(step: Step) -> Outcome:
    """A relative clause is given, unless it is about anyone whatever."""
    open_ended = {"any", "anyone", "anybody", "anything", "whoever", "no", "nobody", "nothing", "someone"}
    words = (step.head, *(c for c in step.parse.children[step.head] if step.parse.deps[c] == "det"))
    if any(step.parse.lower[w] in open_ended for w in words):
        return UNSPECIFIED, (("any", "relative clause"),)
    return CERTAIN, ()


def _conjunct(step: Step) -> Outcome:
    parse, child = step.parse, step.child
    if parse.pos[child] in _VERBAL:
        if is_infinitive(parse, step.head) and parse.tags[child] in {"VBD", "VBZ"}:
            return CERTAIN, ()  # "urged him to leave and *spoke*": the parser's slip
        return (step.value if shares_auxiliaries(parse, child) else step.context), ()
    if parse.pos[child] in {"NOUN", "PROPN"} and not parse.with_dep(child, "det"):
        return step.value, ()
    return step.context, ()


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
    return CERTAIN, ()


def _nominal(step: Step) -> Outcome:
    """A noun without a cue above it: known things are given, others share what is said of the head."""
    if step.parse.pos[step.child] in _VERBAL:
        return step.value, ()
    if is_definite(step.parse, step.child):
        return CERTAIN, ()
    return step.value, ()


def _clausal_subject(step: Step) -> Outcome:
    if is_finite(step.parse, step.child):
        return _lexical(step, "clause") or (step.value, ())
    return combine(step.value, UNSPECIFIED) if is_infinitive(step.parse, step.child) else step.value, ()


def _compound(step: Step) -> Outcome:
    """ "an arrest warrant", "an assassination plot": plans name what they are for."""
    found = _lexical(step, "of", "for") if step.child < step.head else None
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
    while parse.deps[above] == "prep" and parse.pos[above] in {"ADP", "SCONJ"} and parse.heads[above] != above:
        above = parse.heads[above]
    outer = step._replace(head=above)
    if parse.pos[step.child] in _VERBAL and parse.deps[step.child] == "pcomp":
        found = _lexical(outer, parse.lower[prep])
        return found if found is not None and found[0] != CERTAIN else _gerund(step)
    found = _lexical(outer, parse.lower[prep])
    if found is not None and parse.lower[prep] == "from" and is_definite(parse, step.child):
        found = None  # "banned from *the election*": it is held all the same
    return found or _below_preposition(outer, parse.lower[prep])


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
        return UNSPECIFIED, ((prep, "preposition"),)
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
}
