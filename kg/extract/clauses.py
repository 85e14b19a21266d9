"""The shape of a clause or a phrase: infinitive, finite, a question, an inverted condition, definite."""

from __future__ import annotations

from kg.syntax import ANY_SUBJECT, FINITE, OBJECTS, Parse

#: Labels of what only a clause with a predicate of its own has.
_OPENING = ANY_SUBJECT | {"mark"}

_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both", "each", "every", "all"})


def is_infinitive(parse: Parse, i: int) -> bool:
    """Whether a verb has "to" and no finite form: "to leave", "to be leaving"."""
    return any(parse.tags[c] == "TO" and parse.deps[c] == "aux" for c in parse.children[i])


def is_finite(parse: Parse, i: int) -> bool:
    """Whether a clause has a finite verb of its own."""
    if parse.tags[i] in FINITE:
        return True
    return any(parse.deps[c] in {"aux", "auxpass"} and parse.tags[c] in FINITE for c in parse.children[i])


def is_past(parse: Parse, i: int) -> bool:
    """Whether a verb stands in the past or the perfect."""
    if any(parse.tags[c] == "MD" for c in parse.children[i]):
        return False
    return parse.tags[i] == "VBD" or (parse.tags[i] == "VBN" and parse.child(i, "aux") is not None)


def clause_kind(parse: Parse, i: int) -> str:
    """The frame that a clausal dependent fills: ``infinitive``, ``gerund``, ``clause`` or ``predicate``."""
    if is_infinitive(parse, i):
        return "infinitive"
    if not is_finite(parse, i) and (parse.tags[i] == "VBG" or _is_gerund(parse, i)):
        return "gerund"
    if is_finite(parse, i) or any(parse.deps[c] in _OPENING for c in parse.children[i]):
        return "clause"
    return "predicate"


def _is_gerund(parse: Parse, i: int) -> bool:
    """Whether a participle has "having" or "being": "denied *having met* him"."""
    helpers = parse.with_dep(i, "aux", "auxpass")
    return parse.deps[i] in {"xcomp", "ccomp"} and any(parse.tags[c] == "VBG" for c in helpers)


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


#: Pronouns for anyone whatever, and determiners of one that may be any.
_ANYONE = frozenset("you one someone somebody something anyone anybody anything people everyone everybody".split())
_ANY = frozenset({"a", "an", "any", "another"})


def is_habit(parse: Parse, clause: int, mark: str) -> bool:
    """Whether a clause of time tells of no one occasion: "*whenever* he calls", "when you call them", "when a
    witness dies"."""
    if mark not in {"when", "whenever"} or not is_now(parse, clause):
        return False
    subject = parse.child(clause, "nsubj", "nsubjpass")
    if mark == "whenever" or subject is None:
        return mark == "whenever"
    if parse.lower[subject] in _ANYONE:
        return True
    return parse.pos[subject] == "NOUN" and is_any(parse, subject)


def is_any(parse: Parse, noun: int) -> bool:
    """Whether a noun phrase is of one that may be any: "*a* strike"."""
    return any(parse.lower[c] in _ANY for c in parse.with_dep(noun, "det"))


def is_now(parse: Parse, clause: int) -> bool:
    """Whether a clause stands in the present."""
    first = next((c for c in parse.children[clause] if parse.deps[c] in {"aux", "auxpass"}), clause)
    return parse.tags[first] in {"VBZ", "VBP"}


def is_aside(parse: Parse, clause: int) -> bool:
    """Whether a clause stands behind a comma, a dash or a bracket: what it says is added."""
    return parse.words[parse.edges[clause][0] - 1] in {",", "-", "--", "–", "—", "("}


def is_supposed(parse: Parse, clause: int) -> bool:
    """Whether a clause is a condition: "*if* you had a friend who was lying"."""
    return any(parse.deps[c] == "mark" and parse.lower[c] in {"if", "unless"} for c in parse.children[clause])


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


def is_question_word(parse: Parse, i: int) -> bool:
    """Whether an infinitive is a question: "how to leave", "whom to send"."""
    to = next((c for c in parse.children[i] if parse.tags[c] == "TO"), 0)
    return to > 0 and (parse.tags[to - 1] in {"WRB", "WP", "WDT"} or parse.lower[to - 1] == "whether")


def addressee(parse: Parse, verb: int, infinitive: int) -> int | None:
    """The preposition before whoever is asked to do something: "called *on* them to", "pleaded *with* them to"."""
    prepositions = [c for c in parse.with_dep(verb, "prep") if verb < c < infinitive and not _is_of_time(parse, c)]
    return next((c for c in prepositions if parse.lower[c] in {"on", "upon", "to", "with", "for"}), None)


def _is_of_time(parse: Parse, prep: int) -> bool:
    """Whether a preposition stands before a day or an hour: "called her *on Monday* to thank her"."""
    return any(parse.label_at(o) in {"DATE", "TIME"} for o in parse.with_dep(prep, "pobj"))


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


def is_perfect(parse: Parse, i: int) -> bool:
    """Whether an infinitive tells what has been: "was announced *to have died*"."""
    return parse.tags[i] == "VBN" and any(parse.lower[c] == "have" for c in parse.with_dep(i, "aux"))


def is_inverted(parse: Parse, i: int) -> bool:
    """ "Had he stayed ...": an auxiliary before the subject."""
    auxiliary = next((c for c in parse.children[i] if parse.deps[c] == "aux"), None)
    subject = parse.child(i, "nsubj", "nsubjpass")
    if auxiliary is None or subject is None or auxiliary > subject:
        return False
    return parse.lower[auxiliary] in {"had", "should", "were"}


def own_clauses(parse: Parse, i: int) -> list[int]:
    """The clauses that modify the noun ``i``, those too that the parser hung on the noun above it:
    "a candidate for the vote *to be held*". A clause right behind another noun modifies that one."""
    above = parse.heads[parse.heads[i]] if parse.deps[i] == "pobj" else i
    near = [c for c in parse.with_dep(above, "relcl", "acl") if _word_before(parse, parse.edges[c][0]) == i]
    own = [c for c in parse.with_dep(i, "relcl", "acl") if not _is_taken(parse, i, c)]
    return sorted({*near, *own})


def _is_taken(parse: Parse, i: int, clause: int) -> bool:
    """Whether a common noun below ``i`` stands right before a clause."""
    before = _word_before(parse, parse.edges[clause][0])
    return before > i and parse.pos[before] == "NOUN" and parse.deps[before] == "pobj"


def _word_before(parse: Parse, i: int) -> int:
    """The last word before token ``i`` that is no punctuation; -1 if there is none."""
    i -= 1
    while i >= 0 and parse.pos[i] in {"PUNCT", "SPACE"}:
        i -= 1
    return i
