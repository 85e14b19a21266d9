"""Who takes part in what verbs and nouns name, by logical position."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.syntax.labels import NOMINAL, OBJECTS, SUBJECTS
from kg.syntax.subjects import OBJECT_CONTROL, Argument, Clauses
from kg.syntax.tree import remembered

#: Nouns whose clause with "that" says what they are.
_CONTENTS = frozenset(
    """
    accusation allegation argument assertion assessment assumption belief charge claim conclusion consensus conviction
    evidence fact fear finding hope idea impression indication news notion opinion possibility proof report rumor rumour
    sense sign suggestion suspicion theory view warning word
    """.split()
)
#: Verbs that ask for something to be done, which may follow as "for" with an infinitive.
_FOR_CLAUSE = frozenset("call ask appeal push press plead beg pray lobby campaign argue vote wait".split())
#: What a contest is won by, with a number.
_MARGINS = frozenset(
    "% degree goal inch length metre meter mile minute percent point run seat second vote wicket".split()
)
#: Verbs, adjectives and nouns that say of somebody what he has done, and the prepositions before it: "charged *with*
#: murder", "guilty *of* theft", "on suspicion *of* arson".
_BLAMING = frozenset(
    """
    accuse acquit arrest blame charge clear condemn convict detain execute extradite fine hang imprison indict jail
    hunt prosecute punish sentence suspect try want guilty innocent
    """.split()
)
_BLAME = frozenset("accusation allegation charge conviction count guilt indictment suspicion warrant".split())
_BLAMED_FOR = frozenset({"for", "of", "on", "with", "over"})
#: Verbs of whoever is charged: "faces charges of arson".
_BEING_BLAMED = frozenset("admit await deny face fight".split())
#: Verbs of whoever says of himself that he did it, or did not: "admitted bribery".
_OWNING_UP = frozenset({"admit", "deny"})
#: Verbs of whoever is tried: "*stood* trial for arson", "*was* on trial".
_BEING_TRIED = frozenset("await be face go stand".split())
#: What the parser may take for what a charge belongs to: "convicted him on *May 9* of arson", "in *absentia* of arson".
_BETWEEN = frozenset({"in", "on", "for"})


class Parse(Clauses):
    """A parsed text of which one can ask everything: what the stages work on."""

    def blamed(self, noun: int) -> int | None:
        """Who is said to have done what a noun names: "arrested *him* on suspicion of arson", "charges of
        murder against *Bo*", "*she* was found guilty of theft"."""
        while self.deps[noun] == "conj":
            noun = self.heads[noun]
        if self.deps[noun] in OBJECTS and self.lemmas[self.heads[noun]] in _OWNING_UP:
            return self._subject_of(self.heads[noun])
        at = self._blaming_above(noun)
        if at is not None and self.lemmas[at] == "trial":
            return self._tried(at)
        if at is not None and self.lemmas[at] in _BLAME and self.pos[at] == "NOUN":
            owner = self.child(at, "poss") if self.lemmas[at] == "conviction" else None
            found = next((t for name, t in self._phrases_of(at) if name == "against"), owner)
            if found is not None:
                return self.relative_antecedent(found)
            verb = self.heads[at]
            if self.deps[at] in OBJECTS and self.lemmas[verb] in _BEING_BLAMED:
                return self._subject_of(verb)
            at = self._blaming_above(at)
        if at is None or self.pos[at] == "NOUN":
            return None
        if self.pos[at] == "ADJ" and self.lemmas[self.heads[at]] == "plead":
            return self._subject_of(self.heads[at])
        return self._subject_of(at) if self.pos[at] == "ADJ" or self.is_passive(at) else self._object_of(at)

    def _subject_of(self, verb: int) -> int | None:
        subject = self.subject(verb)
        return None if subject is None else subject.token

    def _tried(self, trial: int) -> int | None:
        """Who stands trial: "the trial *of Bo* for arson", "*Bo* is on trial over it", "put *Bo* on trial"."""
        owner = self.child(trial, "poss") or next((t for name, t in self.prepositions(trial) if name == "of"), None)
        if owner is not None:
            return self.relative_antecedent(owner)
        verb = self.heads[trial]
        if self.deps[trial] == "pobj" and self.lower[verb] == "on":
            verb = self.heads[verb]
        if self.lemmas[verb] == "put" or self.lemmas[verb] == "try":
            return self._subject_of(verb) if self.is_passive(verb) else self._object_of(verb)
        return self._subject_of(verb) if self.lemmas[verb] in _BEING_TRIED else None

    def charged(self, noun: int) -> int | None:
        """Who is charged, where a noun of charging follows what is done about it: "jailed *him* on a charge of"."""
        above = self._blaming_above(noun) if self.lemmas[noun] in _BLAME else None
        if above is None or self.pos[above] != "VERB":
            return None
        subject = self.subject(above) if self.is_passive(above) else None
        return self._object_of(above) if subject is None else subject.token

    def _phrases_of(self, noun: int) -> Iterator[tuple[str, int]]:
        """The prepositional phrases of a noun; against whom a charge is stands after what it is of, and says
        nothing of that: "charges of theft *against Bo*"."""
        below = list(self.prepositions(noun))
        if self.lemmas[noun] in _BLAME:
            below += [
                each for name, t in below if name == "of" for each in self.prepositions(t) if each[0] == "against"
            ]
        elif (above := self._blaming_above(noun)) is not None and self.lemmas[above] in _BLAME:
            below = [each for each in below if each[0] != "against"]
        yield from below

    def _blaming_above(self, noun: int) -> int | None:
        """The word of charging that a noun follows after a preposition."""
        prep = self.heads[noun]
        if self.deps[noun] != "pobj":
            return None
        above = self.heads[prep]
        if self.lower[prep] not in _BLAMED_FOR:
            return above if self.lower[prep] == "to" and self.lemmas[above] == "guilty" else None
        if self.deps[above] == "pobj" and self.lower[self.heads[above]] in _BETWEEN and self._is_between(above, prep):
            above = self.heads[self.heads[above]]
        if self.lemmas[above] in _BLAMING or self.lemmas[above] in _BLAME:
            return above
        if self.lemmas[above] == "trial":
            return above
        stands = self.lemmas[above] in _BEING_TRIED  # "*is* now on trial in Oslo over it"
        on = (t for name, t in self.prepositions(above) if name == "on" and self.lemmas[t] == "trial") if stands else ()
        return next(iter(on), None)

    def _is_between(self, noun: int, preposition: int) -> bool:
        """Whether a noun only says when, for how long, or that somebody was not there; but "the day *of* the theft"."""
        name = self.name_at.get(noun)
        timed = name is not None and name.label in {"DATE", "TIME"}
        return self.lower[noun] == "absentia" or (
            timed and (self.lower[preposition] != "of" or self.pos[noun] != "NOUN")
        )

    def arguments(self, verb: int) -> list[Argument]:
        """Every participant of a verb by its logical position; see ``Argument``.

        Coordinated fillers come one by one. Relative pronouns are replaced by their noun,
        the gap of an object relative clause by its noun, and a bare infinitive or
        participle gets the subject that is understood.
        """
        return list(self._arguments(verb))

    @remembered
    def _arguments(self, verb: int) -> Sequence[Argument]:
        out: list[Argument] = []
        subject = self.subject(verb)
        if subject is not None:
            out += [Argument(subject.position, t, subject.via) for t in self.each(subject.token)]
        for c in self.children[verb]:
            out += self._complement(verb, c)
        passive = self.is_passive(verb)
        for name, token in self.prepositions(verb):
            if name == "at" and self.lower[token] == "hands":  # "killed at the hands of the rebels"
                out += [Argument("subj" if passive else "", t) for of, t in self.prepositions(token) if of == "of"]
                continue
            doer = name == "by" and passive and self.deps[token] != "pcomp" and not self._is_margin(token)
            out.append(Argument("subj" if doer else f"prep:{name}", self.relative_antecedent(token)))
        out += self._shared_arguments(verb, out)
        gap = self._relative_gap(verb, out)
        return out if gap is None else [*out, gap]

    def is_by(self, noun: int) -> bool:
        """Whether a noun is the doer of a passive: "was killed *by police*"."""
        while self.deps[noun] == "conj":
            noun = self.heads[noun]
        return self.deps[noun] == "pobj" and self.lower[self.heads[noun]] == "by"

    def _is_margin(self, noun: int) -> bool:
        """Whether a by-phrase says by how much: "was defeated *by 900 votes* by Bo"."""
        return self.lemmas[noun] in _MARGINS and any(self.deps[c] == "nummod" for c in self.children[noun])

    def _complement(self, verb: int, c: int) -> list[Argument]:
        """What the dependent ``c`` is to the verb, prepositional phrases and subjects apart."""
        dep = self.deps[c]
        if dep in OBJECTS:
            return [Argument("obj", t) for t in self.each(self.relative_antecedent(c))]
        if dep == "dative" and self.pos[c] in NOMINAL:
            return [Argument("iobj", t) for t in self.each(c)]
        if self._is_purpose(verb, c):
            return [Argument("purpose", c)]
        if dep in {"ccomp", "xcomp"} or self.for_clause(verb, c) is not None:
            return [Argument("comp", t) for t in self.conjuncts(c)]
        if dep in {"attr", "oprd"}:
            return [Argument("attr", t) for t in self.conjuncts(c)]
        return []

    def _is_purpose(self, verb: int, clause: int) -> bool:
        """Whether a clause says what the verb is done for: "expelled him to protest the test"."""
        if self.tags[clause] != "VB" or not any(self.tags[c] == "TO" for c in self.children[clause]):
            return False
        if self.for_clause(verb, clause) is not None:
            return False
        if self.deps[clause] == "advcl":
            return True
        has_object = any(self.deps[c] in OBJECTS for c in self.children[verb])
        return self.deps[clause] == "xcomp" and has_object and self.lemmas[verb] not in OBJECT_CONTROL

    def for_clause(self, verb: int, clause: int) -> int | None:
        """The "for" of what is asked for in a clause: "called *for* the army to withdraw"."""
        if self.lemmas[verb] not in _FOR_CLAUSE or self.deps[clause] not in {"advcl", "ccomp", "xcomp"}:
            return None
        return next((c for c in self.children[clause] if self.deps[c] == "mark" and self.lower[c] == "for"), None)

    def _shared_arguments(self, verb: int, have: Sequence[Argument]) -> list[Argument]:
        """Objects that a coordinated verb shares with the next one: "arrested and jailed him"."""
        if any(a.position == "obj" for a in have) or self.is_passive(verb):
            return []
        for c in self.with_dep(verb, "conj"):
            if self.pos[c] == "VERB" and not any(self.deps[x] in SUBJECTS for x in self.children[c]):
                shared = self.with_dep(c, "dobj")
                between = range(verb + 1, c)
                if shared and all(self.pos[x] in {"CCONJ", "PUNCT", "ADV", "VERB"} for x in between):
                    return [Argument("obj", t, "conjunction") for t in self.each(shared[0])]
        return []

    def _relative_gap(self, verb: int, have: Sequence[Argument]) -> Argument | None:
        """The noun of an object relative clause without a pronoun: "the man they arrested"."""
        if self.deps[verb] != "relcl" or any(a.position == "obj" for a in have):
            return None
        if self.child(verb, "mark") is not None and self.lemmas[self.heads[verb]] in _CONTENTS:
            return None  # "the view that the port was shelled"
        if any(self.antecedent_of(c) is not None for x in self.children[verb] for c in self.subtree(x)):
            return None
        if any(self.deps[c] in SUBJECTS for c in self.children[verb]) and self.pos[self.heads[verb]] in NOMINAL:
            return Argument(self._position_of_gap(verb), self.heads[verb], "relative")
        return None

    def _position_of_gap(self, verb: int) -> str:
        """Where the noun belongs that a relative clause leaves out: behind a preposition that has nothing behind
        it, "the man they argued *with*"."""
        bare = (c for c in self.with_dep(verb, "prep") if c > verb and not self.children[c])
        left = next(bare, None)
        return "obj" if left is None else f"prep:{self.lower[left]}"

    def _is_reduced(self, clause: int) -> bool:
        """Whether a clause beside a noun is a participle that says something of it ("a motion *seeking*
        records", "talks *held* in May"), no content of it ("a plan *to go*", "word *that he left*")."""
        if self.tags[clause] not in {"VBG", "VBN", "VBD"}:
            return False
        return not any(self.deps[c] in {"nsubj", "nsubjpass", "expl", "mark", "aux"} for c in self.children[clause])

    def noun_arguments(self, noun: int) -> list[Argument]:
        """The participants of an action noun: ``poss``, ``compound`` (nouns and adjectives
        before it: "the Rome talks", "Italian police"), ``prep:...``, ``comp``."""
        out: list[Argument] = []
        for c in self.children[noun]:
            dep = self.deps[c]
            if dep == "poss":
                out += [Argument("poss", self.relative_antecedent(t)) for t in self.each(c)]
            elif (dep in {"compound", "nmod"} or (dep == "amod" and self.pos[c] in {"ADJ", "PROPN"})) and c < noun:
                out.append(Argument("compound", c))
            elif dep == "ccomp" or (dep == "acl" and not self._is_reduced(c)):
                out.append(Argument("comp", c))
        out += [Argument(f"prep:{name}", self.relative_antecedent(t)) for name, t in self._phrases_of(noun)]
        return out
