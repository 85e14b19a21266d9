"""Clauses that a statistical parser hung in the wrong place, put right on the finished parse: what is a participle and
what the verb, what belongs to a verb and not to its object, who says what at a sentence's end."""

from __future__ import annotations

from collections.abc import Callable

from kg.syntax import FINITE, OBJECT_DOES, Parse

_NOUNS = frozenset({"NOUN", "PROPN"})
#: Tags of a verb that tells that something was said.
_TOLD = frozenset({"VBD", "VBN", "VBZ"})
#: How many words lie at most between those that are put right, and how many steps up the tree: a "sentence" may have
#: a hundred thousand words.
_REACH, _STEPS = 60, 20


def second_saying(parse: Parse) -> None:
    """ "She said she would stay but *demanded* a vote", "he denied that it had fled and *accused* the army": a past
    tense behind what is still to come, and what people do with words behind what is or had been, goes on with the
    past tense of who speaks."""
    for i, dep in enumerate(parse.deps):
        if dep != "conj" or parse.tags[i] not in _PAST:
            continue
        clause = _first_conjunct(parse, i)
        saying = parse.heads[clause]
        if parse.deps[clause] != "ccomp" or parse.tags[saying] != "VBD" or not saying < clause < i:
            continue
        if i - saying > 2 * _REACH or _has_subject(parse, clause, i):
            continue
        if parse.tags[i] == "VBN" and not any(
            parse.heads[j] == i and parse.deps[j] in _TAKEN for j in range(i, min(i + 12, len(parse)))
        ):
            continue
        helpers = {parse.lower[j] for j in range(saying, clause) if parse.heads[j] == clause and parse.deps[j] in _AUX}
        to_come = parse.tags[i] == "VBD" and not helpers.isdisjoint(_TO_COME)
        spoken = parse.lemmas[i] in _WITH_WORDS and parse.lemmas[clause] not in _WITH_WORDS
        if to_come or (spoken and (parse.tags[clause] != "VBD" or parse.lemmas[clause] == "be")):
            parse.heads[i], parse.tags[i] = saying, "VBD"


_PAST = frozenset({"VBD", "VBN"})
#: What a participle in the passive does not take.
_TAKEN = frozenset({"dobj", "ccomp", "xcomp"})
_AUX = frozenset({"aux", "auxpass"})
_TO_COME = frozenset({"would", "will", "could", "can", "may", "might", "should", "must"})
#: What people do with words, and do besides saying something.
_WITH_WORDS = frozenset(
    """
    accuse appeal apologise apologize blame condemn criticise criticize demand deny insist praise promise reject
    threaten thank urge vow warn
    """.split()
)


def _first_conjunct(parse: Parse, i: int) -> int:
    for _ in range(_STEPS):
        if parse.deps[i] != "conj" or parse.pos[parse.heads[i]] not in {"VERB", "AUX"}:
            break
        i = parse.heads[i]
    return i


def _has_subject(parse: Parse, after: int, verb: int) -> bool:
    return any(parse.heads[j] == verb and parse.deps[j] in {"nsubj", "nsubjpass"} for j in range(after, verb))


def content_behind_phrase(parse: Parse) -> None:
    """ "Denied in a post *that he had fled*": what is said hangs on the verb, where the parser took it for a relative
    clause of the noun between; it has a subject of its own, and "that" no place in it."""
    for i, dep in enumerate(parse.deps):
        noun = parse.heads[i]
        if dep not in {"relcl", "acl"} or parse.deps[noun] != "pobj" or noun > i:
            continue
        below = [j for j in range(noun, i) if parse.heads[j] == i] if i - noun < _REACH else []
        marks = [j for j in below if parse.deps[j] == "mark" and parse.lower[j] == "that"]
        if not marks or not any(parse.deps[j] in {"nsubj", "nsubjpass"} and j > marks[0] for j in below):
            continue
        verb = noun
        for _ in range(_STEPS):
            if parse.deps[verb] not in {"pobj", "prep"}:
                break
            verb = parse.heads[verb]
        if parse.lemmas[verb] not in _SPEAKING or parse.pos[verb] != "VERB" or parse.lemmas[noun] in _CONTENTS:
            continue
        if not any(parse.heads[j] == verb and parse.deps[j] == "ccomp" for j in range(verb, i)):
            parse.heads[i], parse.deps[i] = verb, "ccomp"


_SPEAKING = frozenset(
    """
    acknowledge add admit allege announce argue claim complain concede confirm declare deny disclose insist maintain
    note predict promise report reveal say state stress suggest testify vow warn write
    """.split()
)
#: Nouns that a clause of their own content may follow.
_CONTENTS = frozenset(
    """
    accusation allegation assertion belief claim concern evidence fact fear hope idea news possibility promise report
    rumor rumour sign suggestion suspicion theory threat view warning
    """.split()
)


def opening_clause(parse: Parse) -> None:
    """ "Six sailors *snatched* off Togo have been freed": of two verbs with one subject and nothing that joins them the
    first is a participle that says something of the subject."""
    for second, dep in enumerate(parse.deps):
        first = parse.heads[second]
        if (
            dep != "conj"
            or not 0 < second - first < _REACH
            or parse.tags[first] not in {"VBD", "VBN"}
            or parse.pos[second] != "VERB"
        ):
            continue
        begin = max(parse.sents[parse.sent_of[first]][0], first - _REACH)
        below = [j for j in range(begin, second) if parse.heads[j] == first]
        subjects = [j for j in below if parse.deps[j] in {"nsubj", "nsubjpass"} and j < first]
        own = [j for j in range(first + 1, second) if parse.heads[j] == second]
        finite = any(parse.deps[j] in {"aux", "auxpass"} and parse.tags[j] in FINITE for j in own)
        joined = any(parse.deps[j] in {"cc", "aux", "auxpass", "mark", "dobj"} for j in below)
        joined = joined or any(parse.words[j] in {",", ";", "and", "or", "but"} for j in range(first, second))
        if len(subjects) != 1 or joined or not finite or any(parse.deps[j] in _SUBJECTS for j in own):
            continue
        _put_above(parse, subjects[0], first, second)


def participle_before_conjunction(parse: Parse) -> None:
    """ "The bomb went off, *killing two*, hours after they had agreed": what stands before the conjunction of a clause
    is no part of it, and belongs to the clause before."""
    for i, dep in enumerate(parse.deps):
        clause = parse.heads[i]
        if dep != "advcl" or parse.tags[i] != "VBG" or not 0 < clause - i < _REACH or parse.heads[clause] >= i:
            continue
        if parse.deps[clause] != "advcl" or parse.pos[parse.heads[clause]] not in {"VERB", "AUX"}:
            continue
        if any(parse.heads[j] == clause and parse.deps[j] == "mark" for j in range(i, clause)):
            parse.heads[i] = parse.heads[clause]


def wanted_to(parse: Parse) -> None:
    """ "Wants envoys *based* in Bern to meet": who is wanted to do something is meant by the participle behind them."""
    for i, dep in enumerate(parse.deps):
        if (
            dep != "ccomp"
            or parse.tags[i] != "VBN"
            or parse.lemmas[parse.heads[i]] not in {"want", "need", "ask", "expect"}
        ):
            continue
        end = min(parse.sents[parse.sent_of[i]][1], i + _REACH)
        subject = next(
            (j for j in range(max(parse.heads[i], i - _REACH), i) if parse.heads[j] == i and parse.deps[j] == "nsubj"),
            None,
        )
        wanted = next((j for j in range(i, end) if parse.heads[j] == i and parse.deps[j] in {"advcl", "xcomp"}), None)
        if (
            subject is None
            or wanted is None
            or parse.tags[wanted] != "VB"
            or not any(parse.heads[j] == wanted and parse.tags[j] == "TO" for j in range(i, wanted))
        ):
            continue
        parse.heads[wanted], parse.deps[wanted] = parse.heads[i], "ccomp"
        parse.heads[subject] = wanted
        parse.heads[i], parse.deps[i] = subject, "acl"


_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})


def _put_above(parse: Parse, subject: int, participle: int, verb: int) -> None:
    """Let the verb be the one of the clause, and the participle before it one of its subject."""
    _, end = parse.sents[parse.sent_of[verb]]
    passive = any(parse.heads[j] == verb and parse.deps[j] == "auxpass" for j in range(participle, verb))
    above, label = parse.heads[participle], parse.deps[participle]
    parse.heads[verb], parse.deps[verb] = (verb if above == participle else above), label
    for j in range(verb + 1, min(end, verb + _REACH)):
        if parse.heads[j] == participle:
            parse.heads[j] = verb
    parse.heads[subject], parse.deps[subject] = verb, "nsubjpass" if passive else "nsubj"
    parse.heads[participle], parse.deps[participle], parse.tags[participle] = subject, "acl", "VBN"


def trailing_saying(parse: Parse) -> None:
    """ "He was held, the news agency *Belog reported*": who says so at the end of a sentence is no apposition to the
    noun before the comma, with what is said a clause about it."""
    for i, dep in enumerate(parse.deps):
        noun = parse.heads[i]
        if (
            dep != "relcl"
            or parse.deps[noun] != "appos"
            or parse.lemmas[i] not in _SAYING
            or parse.tags[i] not in _TOLD
        ):
            continue
        end = min(parse.sents[parse.sent_of[i]][1], i + _REACH)
        subject = next(
            (j for j in range(max(noun, i - _REACH), i) if parse.heads[j] == i and parse.deps[j] == "nsubj"), None
        )
        below = [j for j in range(i + 1, end) if parse.heads[j] == i]
        if subject is None or parse.tags[subject] != "NNP" or any(parse.deps[j] not in _LOOSE for j in below):
            continue
        told = parse.heads[noun]
        for _ in range(_STEPS):
            joined = parse.deps[told] == "conj" and parse.pos[parse.heads[told]] in {"VERB", "AUX"}
            if parse.pos[told] in {"VERB", "AUX"} and not joined:
                break
            told = parse.heads[told]
        if told < noun and parse.pos[told] in {"VERB", "AUX"} and parse.heads[told] == told:
            parse.heads[i], parse.deps[i] = i, parse.deps[told]
            parse.heads[told], parse.deps[told] = i, "ccomp"
            parse.heads[noun], parse.deps[noun] = i, "nsubj"
            parse.heads[subject], parse.deps[subject] = noun, "appos"


_SAYING = frozenset({"report", "say", "announce", "write", "state", "add", "confirm", "claim", "note", "reveal"})
#: What may stand behind a verb of saying that ends a sentence.
_LOOSE = frozenset({"punct", "prep", "npadvmod", "advmod"})


def unwelcome(parse: Parse) -> None:
    """ "Declared the consul *persona non grata*": what the verb makes of its object, where the parser made one
    phrase of the two."""
    for i in range(1, len(parse.words) - 2):
        if [w.lower() for w in parse.words[i : i + 3]] != ["persona", "non", "grata"]:
            continue
        start = max(parse.sents[parse.sent_of[i]][0], i - _REACH)
        verb = next((j for j in range(i - 1, start - 1, -1) if parse.lemmas[j] == "declare"), None)
        if verb is None:
            continue
        last = i + 2
        inside = [j for j in range(verb + 1, i) if parse.heads[j] in range(i, last + 1) and parse.deps[j] != "punct"]
        nouns = [j for j in inside if parse.pos[j] in _NOUNS]
        for j in inside:
            parse.heads[j] = nouns[-1] if nouns else verb
        if nouns and not any(parse.heads[j] == verb and parse.deps[j] == "dobj" for j in range(verb, i)):
            parse.heads[nouns[-1]], parse.deps[nouns[-1]] = verb, "dobj"
        parse.heads[last], parse.deps[last] = verb, "oprd"
        for j in (i, i + 1):
            parse.heads[j], parse.deps[j] = last, "compound"


def charge_behind_object(parse: Parse) -> None:
    """ "Accused the rebels *of killing* two", "barred the firm *from bidding*": what somebody is charged with, thanked
    for or kept from hangs on the verb, where the parser hung it on whoever it is."""
    for i, dep in enumerate(parse.deps):
        if dep != "prep" or parse.words[i] not in _OF_DEEDS or parse.pos[parse.heads[i]] not in _NOUNS:
            continue
        verb = _verb_of_object(parse, parse.heads[i])
        if verb is None or parse.lemmas[verb] not in OBJECT_DOES or not _is_deed(parse, verb, i):
            continue
        below = next((j for j in range(i + 1, min(i + 8, len(parse.words))) if parse.heads[j] == i), None)
        if below is not None and (parse.deps[below] == "pcomp" or _is_charge(parse, verb, i, below)):
            parse.heads[i] = verb


#: Prepositions before what one has done.
_OF_DEEDS = frozenset({"of", "for", "from", "into"})
_CHARGING = frozenset({"accuse", "convict", "acquit", "suspect", "absolve"})
#: What is for doing something, and no one who does it.
_FOR_DOING = frozenset(
    """
    agreement basis bid bill budget call campaign case deadline deal fund law licence license mechanism method money
    motion permit plan policy procedure process programme program project proposal reason request rule scheme system
    """.split()
)
_DEEDS = frozenset(
    """
    abduction arson assassination assault attack attempt blast bombing corruption crime espionage fraud genocide
    kidnapping killing manslaughter massacre murder offence offense plot rape robbery shooting stabbing theft treason
    """.split()
)


def _is_deed(parse: Parse, verb: int, link: int) -> bool:
    """Whether what follows the preposition can be what the object of such a verb did."""
    word = parse.words[link]
    return parse.lemmas[verb] in _CHARGING if word == "of" else parse.lemmas[parse.heads[link]] not in _FOR_DOING


def _verb_of_object(parse: Parse, noun: int) -> int | None:
    """The verb whose object the noun is, or ends: "the head of the *bank*"."""
    at = noun
    for _ in range(_STEPS):
        if parse.deps[at] not in {"pobj", "prep", "conj"} or parse.heads[at] > at:
            break
        at = parse.heads[at]
    return parse.heads[at] if parse.deps[at] == "dobj" and parse.heads[at] < at else None


def _is_charge(parse: Parse, verb: int, of: int, noun: int) -> bool:
    """Whether a bare noun behind "of" is what one is charged with: "accused the head of the bank *of fraud*"."""
    if parse.words[of] != "of" or parse.lemmas[verb] not in _CHARGING or parse.pos[noun] != "NOUN":
        return False
    return parse.lemmas[noun] in _DEEDS or not any(
        parse.heads[j] == noun and parse.deps[j] in {"det", "poss", "nummod"} for j in range(of, noun)
    )


def summing_up(parse: Parse) -> None:
    """ "Said it had spied, *a charge* that the army rejects": what sums up the clause before, to tell what became of
    it, is no object or other name of what stands in that clause, and no part of what was said."""
    for i, dep in enumerate(parse.deps):
        if parse.lemmas[i] not in _SUMS or parse.pos[i] != "NOUN" or dep not in {"dobj", "appos", "conj", "npadvmod"}:
            continue
        below = [j for j in range(max(0, i - 4), i) if parse.heads[j] == i]
        first = min(below, default=i)
        if parse.words[first].lower() not in {"a", "an"} or not first or parse.words[first - 1] != ",":
            continue
        if not any(parse.heads[j] == i and parse.deps[j] == "relcl" for j in range(i, min(i + 12, len(parse)))):
            continue
        verb = _top(parse, i)
        if verb is not None and verb < i and parse.pos[verb] in {"VERB", "AUX"}:
            parse.heads[i], parse.deps[i] = verb, "parataxis"


#: Nouns by which a text sums up what was said.
_SUMS = frozenset(
    "accusation allegation account assertion assessment call charge claim demand suggestion version view".split()
)


def _top(parse: Parse, i: int) -> int | None:
    """The main verb of the sentence, if it is not too far up the tree."""
    for _ in range(_STEPS):
        if parse.heads[i] == i:
            return i
        i = parse.heads[i]
    return None


MENDS: tuple[Callable[[Parse], None], ...] = (
    content_behind_phrase,
    second_saying,
    opening_clause,
    participle_before_conjunction,
    wanted_to,
    trailing_saying,
    unwelcome,
    charge_behind_object,
    summing_up,
)
