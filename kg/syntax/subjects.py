"""Who does what a verb says: its subject, also where that is understood."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

from kg.syntax.labels import ANY_SUBJECT, FINITE, NOMINAL, OBJECTS
from kg.syntax.tree import Tree, remembered

#: Verbs whose object is understood as the subject of the infinitive below them ("asked him to go");
#: with any other verb the infinitive is the subject's ("promised him to go") or its purpose.
OBJECT_CONTROL = frozenset(
    """
    advise allow appoint ask assign authorize authorise ban beg believe beseech bribe bring call cause caution
    challenge choose coax command commission compel condemn condition consider convince counsel dare deem direct
    egg elect embolden empower enable encourage enlist entice entitle entreat exhort expect find forbid force get
    goad hear help hire implore incite induce inspire instruct invite lead leave let like make mean mobilise
    mobilize motivate need nominate nudge oblige order pay permit persuade petition pick press pressure pressurise
    pressurize presume prod prohibit prompt push recruit remind report request require see select send sentence
    spur suspect tap task teach tell tempt think train trust understand urge want warn watch wish
    """.split()
)
#: Verbs that ask or trust somebody after a preposition to do what follows: "called *on Bo* to go".
_PHRASE_CONTROL = {
    "appeal": frozenset({"to"}),
    "call": frozenset({"on", "upon"}),
    "count": frozenset({"on"}),
    "depend": frozenset({"on"}),
    "plead": frozenset({"with"}),
    "prevail": frozenset({"on", "upon"}),
    "rely": frozenset({"on"}),
}
#: Verbs whose object does what follows as a gerund after a preposition ("accused *him* of lying").
OBJECT_DOES = frozenset(
    """
    absolve accuse acquit admonish applaud arrest assail attack ban bar bash berate blame blast block cajole
    castigate censure charge chastise chide coerce commend condemn congratulate convict credit criticise criticize
    debar denounce detain deter discourage dismiss disqualify dissuade dupe excoriate expel fault fine fire force
    forgive free goad hail hammer hinder hit honor honour impeach imprison indict inhibit jail keep knock lambast
    lambaste laud lure mock obstruct pan pardon penalise penalize persuade pillory praise preclude pressure
    pressurise prevent prohibit prosecute punish rap rebuke reprimand reproach rescue restrain restrict rip sack
    salute sanction save scold sentence skewer slam stop sue suspect talk taunt thank trick try upbraid
    """.split()
)
#: Verbs that say what becomes of another's request or plan, their object: what it is for is not their subject's to do.
_OTHERS_PLANS = frozenset(
    """
    accept approve back block consider criticise criticize deny discuss dismiss endorse grant hear ignore mock oppose
    praise probe quash receive refuse reject rebuff resist review shelve spurn support thwart turn veto welcome
    """.split()
)
#: Nouns whose infinitive is not theirs to do: "time *to say*", "money *to pay*".
_ABSTRACT = frozenset(
    """
    ability attempt authority capacity chance decision effort freedom fund incentive mandate means method money need
    opportunity option permission place plan power reason resource right room space step time way
    """.split()
)
#: Nouns for what somebody else is to do: "his order *to close* the school".
_DIRECTIVES = frozenset(
    """
    advice appeal call command demand directive injunction instruction invitation mandate motion order plea pressure
    recommendation ruling warrant
    """.split()
)
#: How far an understood subject is looked for.
_DEEPEST = 6


#: Verbs of what is done to people, whose past tense without an object goes on with a passive: "was arrested in May
#: and *extradited* in June".
_DONE_TO = frozenset(
    """
    acquit appoint arrest assassinate ban beat behead bury charge convict deport detain dismiss elect execute exile
    expel extradite fine fire free hang hospitalise hospitalize imprison indict interrogate jail kill murder oust
    pardon poison promote question release remove repatriate replace sack sentence shoot strip suspend torture
    transfer
    """.split()
)
#: Verbs of whom one puts somewhere to do what follows: "picked *Berg* to replace her".
_PUT_FORWARD = frozenset(
    {
        "appoint",
        "choose",
        "deploy",
        "designate",
        "elect",
        "hire",
        "name",
        "nominate",
        "pick",
        "recruit",
        "select",
        "tap",
    }
)
#: Verbs of what one wants or sees done to somebody: "wants the envoy *recalled*", "had him *arrested*".
_BROUGHT_ABOUT = frozenset({"want", "need", "like", "prefer", "see", "watch", "have", "get", "order"})


class Argument(NamedTuple):
    """A participant of a predicate: its position, the token that fills it, and how it was found.

    ``position`` is ``subj`` (the logical subject: a passive's by-phrase too), ``obj`` (the
    logical object: a passive's subject too), ``iobj``, ``poss``, ``compound``, ``comp`` (a
    clause), ``purpose`` (an infinitive that says what for), ``attr``, or ``prep:of`` and so on, with
    the preposition's lemma. ``via`` says how it was found: ``direct``, ``control``, ``conjunction``,
    ``relative``, ``participle`` or ``purpose``.
    """

    position: str
    token: int
    via: str = "direct"


class Clauses(Tree):
    """A parsed text whose verbs know their subjects."""

    @remembered
    def is_passive(self, i: int) -> bool:
        """Whether the verb ``i`` is passive, or a past participle without a helper: one that modifies
        a noun ("the men arrested"), or a clause of its own ("Arrested in May, he ...")."""
        if any(self.deps[c] in {"auxpass", "nsubjpass", "csubjpass"} for c in self.children[i]):
            return True
        dep = self.deps[i]
        helped = any(self.deps[c] in {"aux", "nsubj", "dobj"} for c in self.children[i])
        if dep in {"acl", "amod"} and self.tags[i] == "VBD":
            return not helped  # a participle that the tagger took for a past tense
        if dep in {"ccomp", "oprd"} and self.tags[i] in {"VBN", "VBD"} and self._is_brought_about(i):
            return True
        if dep == "conj" and self.tags[i] == "VBD" and self.lemmas[i] in _DONE_TO and not helped:
            return self.is_passive(self.heads[i])
        if self.tags[i] != "VBN":
            return False
        if dep in {"acl", "amod", "advcl"}:
            return not any(self.deps[c] == "aux" for c in self.children[i])
        if dep == "conj" and not helped:
            first = self.heads[i]
            # "the boy wearing a shirt and handcuffed by police"
            return self.is_passive(first) or (self.tags[first] == "VBG" and self.child(first, "aux") is None)
        return False

    def _is_brought_about(self, i: int) -> bool:
        """Whether the participle ``i`` says what one wants or sees done: "wants the envoy *recalled*"."""
        if self.lemmas[self.heads[i]] not in _BROUGHT_ABOUT:
            return False
        return not any(self.deps[c] in {"aux", "mark", "dobj"} for c in self.children[i])

    def clause_verb(self, i: int) -> int:
        """The predicate of the clause that ``i`` stands in: the nearest verb at or above it."""
        at = i
        while self.pos[at] not in {"VERB", "AUX"} and self.heads[at] != at:
            at = self.heads[at]
        return at

    @remembered
    def subject(self, verb: int) -> Argument | None:
        """The grammatical subject of a verb, found through coordination, control, relative
        clauses and participles. Positions: ``subj`` or ``obj`` (of a passive)."""
        return self._subject(verb, 0)

    def _subject(self, verb: int, depth: int) -> Argument | None:
        position = "obj" if self.is_passive(verb) else "subj"
        for c in self.children[verb]:
            if self.deps[c] in ANY_SUBJECT:
                way = "direct" if self.antecedent_of(c) is None else "relative"
                return Argument(position, self.relative_antecedent(c), way)
        if depth > _DEEPEST or self.heads[verb] == verb:
            return None
        understood = self._understood.get(self.deps[verb])
        return None if understood is None else understood(verb, position, depth + 1)

    @cached_property
    def _understood(self) -> dict[str, Callable[[int, str, int], Argument | None]]:
        """Where the subject of a verb without one comes from, by the verb's own label."""
        modifier = self._subject_of_modifier
        adjunct = self._subject_of_adjunct
        return {
            "conj": self._subject_of_conjunct,
            "xcomp": self._subject_by_control,
            "ccomp": self._subject_by_control,
            "acl": modifier,
            "relcl": modifier,
            "amod": modifier,
            "advcl": adjunct,
            "pcomp": adjunct,
            "acomp": self._subject_of_complement,
            "oprd": self._subject_of_complement,
        }

    def _subject_of_conjunct(self, verb: int, position: str, depth: int) -> Argument | None:
        """ "She fled and sought asylum": that of the first verb."""
        first = self._first_of_conjuncts(verb)
        if self.pos[first] not in {"VERB", "AUX"}:
            return None
        found = self._subject(first, depth)
        return Argument(position, found.token, "conjunction") if found else None

    def _first_of_conjuncts(self, verb: int) -> int:
        """The verb that a coordinated one goes with: a finite one goes with no infinitive that the parser
        hung it on ("urged them to stay and *spoke* with Bo")."""
        first = self.heads[verb]
        if (
            self.tags[verb] not in {"VBD", "VBZ"}
            or self.tags[first] != "VB"
            or self.child(first, "auxpass") is not None
        ):
            return first
        above = (up for up in self.ancestors(first) if self.pos[up] == "VERB" and self.tags[up] == self.tags[verb])
        return next(above, first) if self._is_bare_complement(first) else first

    def _subject_of_complement(self, verb: int, position: str, depth: int) -> Argument | None:
        """ "They remain committed to ...", "is ready to ...": that of the copula."""
        found = self._subject(self.heads[verb], depth)
        return Argument(position, found.token, "control") if found else None

    def _subject_by_control(self, verb: int, position: str, depth: int) -> Argument | None:
        """ "They asked him to go": his going; "they hope to go": theirs."""
        if not self._is_bare_complement(verb) or (self.deps[verb] == "ccomp" and self.tags[verb] not in {"VBG", "VB"}):
            return None
        target = self._controller(self.heads[verb], depth)
        return Argument(position, target, "control") if target is not None else None

    def _subject_of_modifier(self, verb: int, position: str, depth: int) -> Argument | None:
        """ "the man arrested", "a plan to attack" (of whoever has the plan)."""
        noun = self.heads[verb]
        if self.pos[noun] not in NOMINAL:
            return None
        abstract = self.deps[verb] == "relcl" and self.lemmas[noun] in _ABSTRACT
        if (self.deps[verb] == "acl" or abstract) and self.tags[verb] == "VB" and position == "subj":
            return self._owner(noun, depth)
        return Argument(position, noun, "participle")

    def _subject_of_adjunct(self, verb: int, position: str, depth: int) -> Argument | None:
        """ "left to seek asylum", "after leaving", "his plan for leaving"."""
        if not self._is_bare_complement(verb):
            return None
        head = self.heads[verb]
        if self.deps[verb] == "pcomp":
            head = self.heads[head]
            if self.pos[head] in NOMINAL:
                return self._owner(head, depth)
            if self.pos[head] == "ADJ":  # "guilty of lying"
                found = self._subject(head, depth)
                return Argument(position, found.token, "control") if found else None
            by = self.lower[self.heads[verb]] == "by"  # "kept them safe by going": how its subject did it
            if not by and self.lemmas[head] in OBJECT_DOES and (whom := self._object_of(head)) is not None:
                return Argument(position, whom, "control")
        if self.lemmas[head] in _PUT_FORWARD and (chosen := self._object_of(head)) is not None:
            return Argument(position, chosen, "control")
        found = self._subject(self.clause_verb(head), depth)
        return Argument(position, found.token, "purpose") if found else None

    def _object_of(self, verb: int) -> int | None:
        """What an active verb is done to, a relative pronoun's noun in its place."""
        found = None if self.is_passive(verb) else self.child(verb, *OBJECTS)
        return None if found is None else self.relative_antecedent(found)

    def _is_bare_complement(self, verb: int) -> bool:
        """Whether the clause of ``verb`` has no finite form of its own: "to go", "going"."""
        helpers = [c for c in self.children[verb] if self.deps[c] in {"aux", "auxpass"}]
        return self.tags[verb] not in FINITE and not any(self.tags[c] in FINITE for c in helpers)

    def _controller(self, verb: int, depth: int) -> int | None:
        """Who is understood as the subject of the verb's infinitive: its object, if it has one and
        is of the kind that hands it down, else its subject."""
        if self.lemmas[verb] in OBJECT_CONTROL:
            for c in self.children[verb]:
                if self.deps[c] in OBJECTS or (self.deps[c] == "dative" and self.pos[c] in NOMINAL):
                    return c
        asked = _PHRASE_CONTROL.get(self.lemmas[verb])
        if asked is not None:
            for name, token in self.prepositions(verb):
                if name in asked and self.pos[token] in NOMINAL:
                    return token
        if self.deps[verb] == "acomp" and self.pos[verb] == "ADJ":
            verb = self.heads[verb]  # "is willing to go"
        found = self._subject(verb, depth)
        return found.token if found else None

    def _is_someone(self, i: int) -> bool:
        return self.label_at(i) in {"GPE", "NORP", "ORG"}

    def _owner(self, noun: int, depth: int) -> Argument | None:
        if self.lemmas[noun] in _DIRECTIVES:
            told = (t for name, t in self.prepositions(noun) if name in {"to", "on"} and self.pos[t] in NOMINAL)
            return next((Argument("subj", t, "control") for t in told), None)
        poss = self.child(noun, "poss")
        if poss is None:  # "*UN* efforts to mediate"
            poss = next((c for c in self.with_dep(noun, "compound", "amod", "nmod") if self._is_someone(c)), None)
        if poss is not None:
            return Argument("subj", poss, "control")
        verb = self.heads[noun]
        receiver = self.child(verb, "dative") if self.deps[noun] in OBJECTS else None
        if receiver is not None and self.pos[receiver] in NOMINAL:
            return Argument("subj", receiver, "control")  # "gave *him* more time to pay"
        if self.deps[noun] in OBJECTS and self.pos[verb] == "VERB" and self.lemmas[verb] not in _OTHERS_PLANS:
            found = self._subject(verb, depth)
            return Argument("subj", found.token, "control") if found else None
        return None
