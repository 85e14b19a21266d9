"""What a statistical parser gets wrong in classes, put right on the finished parse."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from kg.annotate import language_clauses
from kg.syntax import NOMINAL, Parse


def mended(parse: Parse) -> Parse:
    """The same parse, its heads and labels put right in place."""
    for mend in MENDS:
        mend(parse)
    return parse


def according_to(parse: Parse) -> None:
    """ "According to A, B and C fled": B is no conjunct of A, it is who fled."""
    for start, end in parse.sents:
        for i in range(start, end - 2):
            if parse.words[i].lower() != "to" or parse.words[i - 1].lower() != "according":
                continue
            _free_subject(parse, i, end)


def _free_subject(parse: Parse, to: int, end: int) -> None:
    sources = [j for j in range(to + 1, end) if parse.heads[j] == to and parse.deps[j] == "pobj"]
    for source in sources:
        comma = next((j for j in range(source + 1, end) if parse.words[j] == ","), None)
        if comma is None:
            return
        verb = _main_verb(parse, parse.heads[to - 1] if parse.words[to - 1].lower() == "according" else to)
        has_subject = any(parse.heads[j] == verb and parse.deps[j] in {"nsubj", "nsubjpass"} for j in range(to, end))
        moved = [j for j in range(comma + 1, end) if parse.deps[j] == "conj" and parse.heads[j] <= source]
        if has_subject or not moved or moved[0] > verb:
            return
        passive = any(parse.heads[j] == verb and parse.deps[j] == "auxpass" for j in range(to, end))
        parse.heads[moved[0]], parse.deps[moved[0]] = verb, "nsubjpass" if passive else "nsubj"


def _main_verb(parse: Parse, i: int) -> int:
    while parse.pos[i] not in {"VERB", "AUX"} and parse.heads[i] != i:
        i = parse.heads[i]
    return i


def particle_with_object(parse: Parse) -> None:
    """ "called *on* his allies": no particle has an object; it is a preposition."""
    for i, dep in enumerate(parse.deps):
        if dep == "pobj" and parse.deps[parse.heads[i]] == "prt":
            parse.deps[parse.heads[i]] = "prep"


def counted_subject(parse: Parse) -> None:
    """ "According to the ministry over 40 miners died": what is counted right before a verb without a subject
    is its subject, though no comma parts it from the source."""
    for i, dep in enumerate(parse.deps):
        over = parse.heads[i]
        if dep != "pobj" or parse.words[over].lower() not in _ABOUT:
            continue
        phrase = parse.heads[over]
        verb = parse.heads[phrase]
        number = next((j for j in range(over + 1, i) if parse.heads[j] == i and parse.deps[j] == "nummod"), None)
        if parse.words[phrase].lower() not in {"according", "to"} or parse.pos[verb] != "VERB" or number != over + 1:
            continue
        below = [j for j in range(i + 1, verb) if parse.heads[j] == verb]
        subjects = (
            j for j in range(phrase, verb) if parse.heads[j] == verb and parse.deps[j] in {"nsubj", "nsubjpass"}
        )
        if (below[:1] or [verb])[0] != i + 1 or next(subjects, None) is not None:
            continue
        passive = any(parse.deps[j] == "auxpass" for j in below)
        parse.heads[i], parse.deps[i] = verb, "nsubjpass" if passive else "nsubj"
        parse.heads[over], parse.deps[over] = number, "quantmod"


#: Words before a number that make it rough.
_ABOUT = frozenset({"over", "about", "around", "under", "above"})


def name_behind_title(parse: Parse) -> None:
    """ "Ambassador to the United States Ann Bo said": the name right behind a post and what it is of is whose
    the post is, where the parser made it a second subject or a part of the place."""
    for name in parse.names:
        before = name.start - 1
        if name.label != "PERSON" or before < 2 or parse.sent_of[before] != parse.sent_of[name.start]:
            continue
        inside = range(name.start, name.end)
        root = next((j for j in inside if parse.heads[j] not in inside), name.start)
        link = _link_of_post(parse, before)
        post = None if link is None else parse.heads[link]
        if link is None or post is None or parse.heads[root] not in {link, parse.heads[post]}:
            continue
        if parse.pos[post] != "PROPN" or post != link - 1 or parse.deps[root] not in {"pobj", "nsubj", "nsubjpass"}:
            continue
        if parse.heads[before] == root:
            parse.heads[before], parse.deps[before] = link, "pobj"
        parse.heads[root], parse.deps[root] = post, "appos"


def _link_of_post(parse: Parse, last: int) -> int | None:
    """The "to" or "of" before the name that ends with token ``last``, with an article at most between."""
    place = next((n for n in parse.names if n.start <= last < n.end and n.label in {"GPE", "ORG", "LOC", "NORP"}), None)
    start = last if place is None else place.start
    while start > 0 and (parse.pos[start] == "DET" or (parse.pos[start] == "PROPN" and parse.pos[start - 1] != "ADP")):
        start -= 1
    link = start if parse.pos[start] == "ADP" else start - 1
    return link if link > 0 and parse.words[link] in {"to", "of"} else None


def close_apposition(parse: Parse) -> None:
    """ "A report in the daily Abend-Post said": the name right behind a noun belongs to it, where the
    parser made it a second subject of a verb that has one."""
    for i in range(1, len(parse.words)):
        if parse.deps[i] not in {"nsubj", "nsubjpass"} or parse.pos[i] != "PROPN":
            continue
        start = i
        while start > 0 and parse.heads[start - 1] in range(start, i + 1) and parse.deps[start - 1] == "compound":
            start -= 1
        noun, verb = start - 1, parse.heads[i]
        if noun < 0 or parse.tags[noun] != "NN":
            continue
        rival = any(
            parse.heads[j] == verb and parse.deps[j] in {"nsubj", "nsubjpass"} for j in range(max(0, start - 25), start)
        )
        if rival and parse.heads[noun] != i:
            parse.heads[i], parse.deps[i] = noun, "appos"


def day_of_saying(parse: Parse) -> None:
    """ "The bank said *on Tuesday* it will close": a day right behind a verb of saying is when it was said, where
    the parser hung it on the clause behind it."""
    for name in parse.names:
        if name.label not in {"DATE", "TIME"}:
            continue
        root = next((j for j in range(name.start, name.end) if not name.start <= parse.heads[j] < name.end), name.start)
        first, top = name.start, root
        if parse.deps[root] == "pobj" and parse.heads[root] == name.start - 1:
            first = top = name.start - 1
        clause = parse.heads[top]
        saying = parse.heads[clause]
        if parse.deps[clause] != "ccomp" or not saying < first < clause or parse.tags[saying] not in _TOLD:
            continue
        if saying != first - 1 and parse.heads[first - 1] != saying:
            continue
        if any(parse.heads[j] == clause and parse.deps[j] in {"nsubj", "nsubjpass"} for j in range(name.end, clause)):
            parse.heads[top] = saying


#: Tags of a verb that tells that something was said.
_TOLD = frozenset({"VBD", "VBN", "VBZ"})


def opening_participle(parse: Parse) -> None:
    """ "*Elected* mayor in 2011, Bo signed ...": a participle that opens a sentence, with a post and a comma
    before the subject, says what befell that subject; the post is what it made of them."""
    for start, _ in parse.sents:
        if parse.tags[start] == "VBN" and parse.deps[start] == "amod":
            _free_participle(parse, start)


def _free_participle(parse: Parse, participle: int) -> None:
    post = parse.heads[participle]
    verb = parse.heads[post]
    if parse.pos[verb] != "VERB" or verb < post or parse.deps[post] not in {"nsubj", "nsubjpass", "npadvmod", "dep"}:
        return
    comma = next((i for i in range(post, verb) if parse.words[i] == ","), verb)
    if not any(parse.heads[i] == verb and parse.deps[i] in {"nsubj", "nsubjpass"} for i in range(comma, verb)):
        return
    for i in range(post + 1, comma):
        if parse.heads[i] == post and parse.deps[i] == "prep":
            parse.heads[i] = participle
    parse.heads[participle], parse.deps[participle] = verb, "advcl"
    parse.heads[post], parse.deps[post] = participle, "oprd"


def second_subject(parse: Parse) -> None:
    """ "One of them, *the broker* Al Bo, died": of two subjects the one between commas says who the other is."""
    for start, end in parse.sents:
        subjects: dict[int, list[int]] = {}
        for i in range(start, end):
            if parse.deps[i] in {"nsubj", "nsubjpass"} and i < parse.heads[i]:
                subjects.setdefault(parse.heads[i], []).append(i)
        for verb, (first, *others) in subjects.items():
            if len(others) != 1 or parse.pos[others[0]] not in {"NOUN", "PROPN"}:
                continue
            between = [i for i in range(first, others[0]) if parse.words[i] == ","]
            behind = [i for i in range(others[0], verb) if parse.words[i] == ","]
            if len(between) == 1 and len(behind) == 1:
                parse.heads[others[0]], parse.deps[others[0]] = first, "appos"


def irregular(parse: Parse) -> None:
    """ "overthrew" is of "overthrow": what the lemmatizer leaves as it is ends like a verb that it knows."""
    for i, tag in enumerate(parse.tags):
        word = parse.words[i].lower()
        if not tag.startswith("VB") or parse.lemmas[i] != word:
            continue
        prefix = next((p for p in _PREFIXES if word.startswith(p) and word[len(p) :] in _IRREGULAR), None)
        if prefix is not None:
            parse.lemmas[i] = prefix + _IRREGULAR[word[len(prefix) :]]


_PREFIXES = ("over", "under", "fore", "with", "out", "mis", "re", "un")
_IRREGULAR = {
    "threw": "throw", "thrown": "throw", "took": "take", "taken": "take", "saw": "see", "seen": "see", "ran": "run",
    "came": "come", "drew": "draw", "drawn": "draw", "held": "hold", "stood": "stand", "went": "go", "gone": "go",
    "told": "tell", "built": "build", "wrote": "write", "written": "write", "made": "make", "sold": "sell",
    "paid": "pay", "sent": "send", "met": "meet", "won": "win", "bought": "buy", "rode": "ride", "ridden": "ride",
    "shot": "shoot", "led": "lead", "gave": "give", "given": "give", "did": "do", "done": "do", "bid": "bid",
}  # fmt: skip


def silent_e(parse: Parse) -> None:
    """ "fined" is of "fine": a short verb like "fin" would double its consonant, so a lemma without
    it has lost its last letter."""
    for i, lemma in enumerate(parse.lemmas):
        if parse.tags[i] in _INFLECTED and _NEVER_SILENT.search(lemma) and parse.words[i].lower() == lemma + "d":
            parse.lemmas[i] = lemma[:-1]  # "waterboarded" is of "waterboard"
        if parse.tags[i] not in _INFLECTED or not _SHORT.fullmatch(lemma):
            continue
        if parse.words[i].lower() in {lemma + "ed", lemma + "ing"}:
            parse.lemmas[i] = lemma + "e"


_INFLECTED = frozenset({"VBD", "VBN", "VBG"})
#: Consonants that no verb has before a silent e.
_NEVER_SILENT = re.compile(r"(?:r[dtkmnp]|ck|sh|lk|nk|mp|[fpcxn]t|ld|ght)e$")
#: One syllable that ends in a single vowel and a single consonant that English doubles.
_SHORT = re.compile(r"(?:qu|[^aeiou])*[aeiou][^aeiouwxy]")


def mistagged_noun(parse: Parse) -> None:
    """Nouns that were taken for names though they are in small letters and no part of one ("the *putsch*
    failed"), or for verbs though they are plural subjects with an article or a noun before them ("air
    *strikes* went on")."""
    capitals = {
        i
        for name in parse.names
        if not "".join(parse.words[name.start : name.end]).islower()
        for i in range(name.start, name.end)
    }
    for i, tag in enumerate(parse.tags):
        word = parse.words[i]
        if tag == "NNS" and word.lower().endswith("affaires") and parse.words[i - 1].lower() in {"charge", "chargé"}:
            parse.tags[i] = "NN"
        elif tag in {"NNP", "NNPS"} and word.islower() and len(word) > 3 and i not in capitals:
            parse.pos[i], parse.tags[i] = "NOUN", "NNS" if tag == "NNPS" else "NN"
        elif (
            i and tag == "VBZ" and parse.deps[i] in _FILLED and parse.deps[i - 1] in _BEFORE and parse.heads[i - 1] == i
        ):
            parse.pos[i], parse.tags[i] = "NOUN", "NNS"


#: Labels that a finite verb never has.
_FILLED = frozenset({"nsubj", "nsubjpass", "dobj", "pobj"})
_BEFORE = frozenset({"compound", "amod", "det", "nummod"})


def relative_that(parse: Parse) -> None:
    """ "A charge *that* it rejects": a conjunction has no place in its clause, a relative pronoun has."""
    for i, dep in enumerate(parse.deps):
        if (
            parse.tags[i] == "IN"
            and parse.lower[i] == "that"
            and dep in _FILLED
            and parse.deps[parse.heads[i]] == "relcl"
        ):
            parse.pos[i], parse.tags[i] = "PRON", "WDT"


def reduced_passive(parse: Parse) -> None:
    """ "Files *made* public by the archive show ...", "The envoy, *summoned* twice, has left": participles
    that were taken for past tenses. No past tense has a doer after "by", or one comma before it."""
    for start, end in parse.sents:
        done_by = {parse.heads[i] for i in range(start, end) if parse.deps[i] == "agent"}
        pairs = [(i, parse.heads[i]) for i in range(start, end) if parse.deps[i] == "nsubj" and i < parse.heads[i]]
        pairs = [
            (i, verb)
            for i, verb in pairs
            if parse.tags[verb] == "VBD" and (verb in done_by or parse.words[verb - 1] == ",")
        ]
        if not pairs:
            continue  # most sentences
        below: dict[int, list[int]] = {}
        for i in range(start, end):
            below.setdefault(parse.heads[i], []).append(i)
        for subject, verb in pairs:
            reduced = verb in done_by or _is_set_off(parse, subject, verb, below)
            if reduced and not _has_object(parse, below[verb]):
                parse.tags[verb], parse.deps[subject] = "VBN", "nsubjpass"


def _has_object(parse: Parse, below: Sequence[int]) -> bool:
    """Whether below a verb there is a helper, a clause or an object that is a noun."""
    return any(
        parse.deps[c] in {"aux", "auxpass", "ccomp"} or (parse.deps[c] == "dobj" and parse.pos[c] in NOMINAL)
        for c in below
    )


def _is_set_off(parse: Parse, subject: int, verb: int, below: Mapping[int, Sequence[int]]) -> bool:
    """Whether a single comma stands between the verb and its subject, and a finite verb goes on behind."""
    if parse.words[verb - 1] != "," or any(parse.words[i] == "," for i in range(subject, verb - 1)):
        return False
    return any(
        parse.deps[c] == "conj"
        and any(parse.words[x] == "," for x in range(verb, c))
        and any(parse.tags[x] in {"VBZ", "VBP", "VBD", "MD"} for x in (c, *below.get(c, ())))
        for c in below[verb]
    )


def listed(parse: Parse) -> None:
    """ "Norland, the Sund League and Velia are ready": the second of a list is no apposition of the first,
    as the plural verb or the comma before "and" shows."""
    for i, dep in enumerate(parse.deps):
        first = parse.heads[i]
        if dep != "appos" or parse.tags[first] not in {"NNP", "NNPS", "NNS"} or first > i:
            continue
        start, end = parse.sents[parse.sent_of[i]]
        last = next((j for j in range(i + 1, end) if parse.heads[j] == i and parse.deps[j] == "conj"), None)
        joint = next((j for j in range(i + 1, last or i) if parse.heads[j] == i and parse.deps[j] == "cc"), None)
        if last is None or joint is None:
            continue
        names = parse.pos[i] == parse.pos[first] == "PROPN" and parse.words[joint - 1] == ","
        if names or _are_bare_plurals(parse, (first, i, last)) or _has_plural_verb(parse, first, range(start, end)):
            parse.deps[i] = "conj"


def _are_bare_plurals(parse: Parse, nouns: tuple[int, ...]) -> bool:
    """ "with firms, students of the university and nurses"."""
    determined = {parse.heads[j] for j in range(nouns[0] - 4, nouns[-1]) if j >= 0 and parse.deps[j] in {"det", "poss"}}
    return all(parse.tags[n] == "NNS" for n in nouns) and determined.isdisjoint(nouns)


def _has_plural_verb(parse: Parse, subject: int, sentence: range) -> bool:
    if parse.deps[subject] not in {"nsubj", "nsubjpass"}:
        return False
    verb = parse.heads[subject]
    helpers = [j for j in sentence if parse.heads[j] == verb and parse.deps[j] in {"aux", "auxpass"}]
    finite = next((j for j in (*helpers, verb)), verb)
    return parse.tags[finite] == "VBP" or parse.words[finite].lower() == "were"


def joined_to_noun(parse: Parse) -> None:
    """ "Met with Berg, as well as *officials*": a noun coordinated with a verb belongs to the noun before."""
    for i, dep in enumerate(parse.deps):
        verb = parse.heads[i]
        if dep != "conj" or parse.pos[i] not in _NOUNS or parse.pos[verb] != "VERB" or verb > i:
            continue
        joint = next((j for j in range(i - 1, verb, -1) if parse.heads[j] == verb and parse.deps[j] == "cc"), None)
        if joint is None:
            continue
        at = next((j for j in range(joint - 1, verb, -1) if parse.pos[j] in _NOUNS), verb)
        while at > verb and parse.deps[at] not in {"pobj", "dobj"}:
            at = parse.heads[at]
        if at > verb and parse.pos[at] in _NOUNS:
            parse.heads[i] = at


_NOUNS = frozenset({"NOUN", "PROPN"})


MENDS: tuple[Callable[[Parse], None], ...] = (
    according_to,
    particle_with_object,
    counted_subject,
    name_behind_title,
    close_apposition,
    day_of_saying,
    opening_participle,
    second_subject,
    irregular,
    silent_e,
    mistagged_noun,
    relative_that,
    reduced_passive,
    listed,
    joined_to_noun,
    *language_clauses.MENDS,
)
