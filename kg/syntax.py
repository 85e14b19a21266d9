"""The grammar of a parsed text: the only file that knows dependency labels.

``Parse`` is a spaCy ``Doc`` turned into plain lists once, because the rules ask about
the same tokens many times over and spaCy's own objects are slow to ask. A token is an
index into those lists. The labels are those of spaCy's English pipelines (ClearNLP's,
as in https://github.com/clir/clearnlp-guidelines).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, update_wrapper
from typing import TYPE_CHECKING, Any, Concatenate, NamedTuple, ParamSpec, TypeVar

if TYPE_CHECKING:
    from spacy.strings import StringStore
    from spacy.tokens import Doc

    from kg.model import Span

SUBJECTS = frozenset({"nsubj", "csubj"})
PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
ANY_SUBJECT = SUBJECTS | PASSIVE_SUBJECTS
OBJECTS = frozenset({"dobj", "obj"})
CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "relcl", "acl", "csubj", "csubjpass", "pcomp", "parataxis"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
#: Prepositions that mark the doer of a passive verb or of an action noun.
_AGENT = "agent"
#: Verbs whose object is understood as the subject of the infinitive below them ("asked him to go");
#: with any other verb the infinitive is the subject's ("promised him to go") or its purpose.
_OBJECT_CONTROL = frozenset(
    """
    advise allow appoint ask assign authorize authorise ban beg believe beseech bribe bring call cause caution
    challenge choose coax command commission compel condemn condition consider convince counsel dare deem direct
    egg elect embolden empower enable encourage enlist entice entitle entreat exhort expect find forbid force get
    goad hear help hire implore incite induce inspire instruct invite lead leave let like make mean mobilise
    mobilize motivate need nominate nudge oblige order pay permit persuade petition press pressure pressurise
    pressurize presume prod prohibit prompt push recruit remind report request require see select send sentence
    spur suspect task teach tell tempt think train trust understand urge want warn watch wish
    """.split()
)
#: Nouns whose clause with "that" says what they are.
_CONTENTS = frozenset(
    """
    accusation allegation argument assertion assessment assumption belief charge claim conclusion consensus conviction
    evidence fact fear finding hope idea impression indication news notion opinion possibility proof report rumor rumour
    sense sign suggestion suspicion theory view warning word
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
_OBJECT_DOES = frozenset(
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
#: Verbs that ask for something to be done, which may follow as "for" with an infinitive.
_FOR_CLAUSE = frozenset("call ask appeal push press plead beg pray lobby campaign argue vote wait".split())
#: What a contest is won by, with a number.
_MARGINS = frozenset(
    "% degree goal inch length metre meter mile minute percent point run seat second vote wicket".split()
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
#: Verbs, adjectives and nouns that say of somebody what he has done, and the prepositions before it: "charged *with*
#: murder", "guilty *of* theft", "on suspicion *of* arson".
_BLAMING = frozenset(
    """
    accuse acquit arrest blame charge clear condemn convict detain execute extradite fine hang imprison indict jail
    hunt prosecute punish sentence suspect try want guilty innocent
    """.split()
)
_BLAME = frozenset("accusation allegation charge conviction count guilt indictment suspicion warrant".split())
_BLAMED_FOR = frozenset({"for", "of", "on", "with"})
#: Verbs of whoever is charged: "faces charges of arson".
_BEING_BLAMED = frozenset("admit await deny face fight".split())
#: How far an understood subject is looked for.
_DEEPEST = 6


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


class NamedSpan(NamedTuple):
    """A name that the model saw: token range and the model's label."""

    start: int
    end: int
    label: str


Answer = TypeVar("Answer")
Asked = ParamSpec("Asked")


def remembered(question: Callable[Concatenate[Parse, Asked], Answer]) -> Callable[Concatenate[Parse, Asked], Answer]:
    """A question about a parse whose answer it keeps: the stages ask the same ones many times over.

    What is asked with must be hashable, and nobody may change the answer.
    """

    def ask(parse: Parse, /, *args: Asked.args, **named: Asked.kwargs) -> Answer:
        if named:
            return question(parse, *args, **named)
        known = parse.answers.setdefault(question, {})
        if args not in known:
            known[args] = question(parse, *args, **named)
        answer: Answer = known[args]
        return answer

    return update_wrapper(ask, question)


@dataclass(slots=False)
class Parse:
    """A text's tokens, tags, lemmas, tree, sentences and names, as plain lists.

    ``starts``/``ends`` are code points into ``text``. ``heads[i] == i`` at a root.
    ``sents`` are token ranges. White-space tokens are there and have the tag ``_SP``.
    """

    text: str
    words: list[str]
    lemmas: list[str]
    tags: list[str]
    pos: list[str]
    deps: list[str]
    heads: list[int]
    starts: list[int]
    ends: list[int]
    sents: list[tuple[int, int]]
    names: list[NamedSpan] = field(default_factory=list)

    @classmethod
    def of(cls, doc: Doc) -> Parse:
        """The parse that a spaCy ``Doc`` carries. Sentence bounds and tags must be set."""
        words = [t.text for t in doc]
        # a column at a time: asking each token for each of its words costs a tenth of the reading
        columns = doc.to_array(["LEMMA", "TAG", "POS", "DEP", "HEAD", "IDX"]).T
        lemmas, tags, pos, deps = (_as_text(column.tolist(), doc.vocab.strings) for column in columns[:4])
        starts: list[int] = columns[5].tolist()
        return cls(
            text=doc.text,
            words=words,
            lemmas=[(lemma or word).lower() for lemma, word in zip(lemmas, words, strict=True)],
            tags=tags,
            pos=pos,
            deps=deps,
            heads=[i + step for i, step in enumerate(columns[4].astype("int64").tolist())],
            starts=starts,
            ends=[s + len(w) for s, w in zip(starts, words, strict=True)],
            sents=[(s.start, s.end) for s in doc.sents],
            names=[NamedSpan(e.start, e.end, e.label_) for e in doc.ents],
        )

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def answers(self) -> dict[Callable[..., Any], dict[Any, Any]]:
        """What questions were answered, by their arguments; see ``remembered``."""
        return {}

    @cached_property
    def lower(self) -> list[str]:
        """Each token in lower case, typographic apostrophes made plain."""
        return [w.lower().replace("’", "'") for w in self.words]

    @cached_property
    def children(self) -> list[list[int]]:
        """Each token's dependents, left to right."""
        out: list[list[int]] = [[] for _ in self.words]
        for i, head in enumerate(self.heads):
            if head != i:
                out[head].append(i)
        return out

    @cached_property
    def sent_of(self) -> list[int]:
        """Each token's sentence, as an index into ``sents``."""
        out = [0] * len(self.words)
        for n, (start, end) in enumerate(self.sents):
            out[start:end] = [n] * (end - start)
        return out

    @cached_property
    def forms(self) -> list[frozenset[str]]:
        """The lemmas and the lower-case words of each sentence."""
        return [frozenset((*self.lemmas[start:end], *self.lower[start:end])) for start, end in self.sents]

    @cached_property
    def edges(self) -> list[tuple[int, int]]:
        """Each token's subtree, as its first and its last token."""
        left = list(range(len(self.words)))
        right = list(range(len(self.words)))
        for start, end in self.sents:
            order = sorted(range(start, end), key=self._depth, reverse=True)
            for i in order:
                head = self.heads[i]
                if head != i:
                    left[head] = min(left[head], left[i])
                    right[head] = max(right[head], right[i])
        return list(zip(left, right, strict=True))

    @cached_property
    def depths(self) -> list[int]:
        """Each token's distance from its root."""
        depths = [-1] * len(self.words)
        for i in range(len(self.words)):
            path: list[int] = []
            at = i
            while depths[at] < 0 and self.heads[at] != at and at not in path[-1:]:
                path.append(at)
                at = self.heads[at]
            base = depths[at] if depths[at] >= 0 else 0
            depths[at] = base
            for step, token in enumerate(reversed(path), start=1):
                depths[token] = base + step
        return depths

    def _depth(self, i: int) -> int:
        return self.depths[i]

    @cached_property
    def name_at(self) -> dict[int, NamedSpan]:
        """The model's name that each token lies in, for those that lie in one."""
        return {i: name for name in self.names for i in range(name.start, name.end)}

    @cached_property
    def quoted(self) -> list[bool]:
        """Whether each token stands between quotation marks; a quotation ends with its paragraph
        unless the next one opens with a mark again."""
        out = [False] * len(self.words)
        inside = False
        for i, word in enumerate(self.words):
            if word in {"“", "``", "„", "«"}:
                inside = True
            elif word in {"”", "''", "»"}:
                inside = False
            elif word == '"':
                inside = not inside
            elif "\n\n" in word or "\n\r\n" in word:
                inside = False
            else:
                out[i] = inside
        return out

    # ------------------------------------------------------------------ walking the tree
    def span(self, start: int, end: int) -> Span:
        """The characters of the tokens ``start`` to ``end`` (exclusive)."""
        return self.starts[start], self.ends[end - 1]

    def token_span(self, i: int) -> Span:
        """The characters of one token."""
        return self.starts[i], self.ends[i]

    def sentence_span(self, n: int) -> Span:
        """The characters of the ``n``-th sentence, without the white space around it."""
        start, end = self.sents[n]
        while start < end - 1 and self.tags[start] == "_SP":
            start += 1
        while end - 1 > start and self.tags[end - 1] == "_SP":
            end -= 1
        return self.span(start, end)

    def text_of(self, start: int, end: int) -> str:
        """The text of the tokens ``start`` to ``end`` (exclusive)."""
        return self.text[self.starts[start] : self.ends[end - 1]]

    def child(self, i: int, *labels: str) -> int | None:
        """The first dependent of ``i`` with one of the labels."""
        for c in self.children[i]:
            if self.deps[c] in labels:
                return c
        return None

    def with_dep(self, i: int, *labels: str) -> list[int]:
        """The dependents of ``i`` with one of the labels, left to right."""
        return [c for c in self.children[i] if self.deps[c] in labels]

    def subtree(self, i: int) -> Iterator[int]:
        """``i`` and everything below it, in no special order."""
        stack = [i]
        while stack:
            at = stack.pop()
            yield at
            stack.extend(self.children[at])

    def ancestors(self, i: int) -> Iterator[int]:
        """The heads above ``i``, nearest first."""
        while self.heads[i] != i:
            i = self.heads[i]
            yield i

    def conjuncts(self, i: int) -> list[int]:
        """``i`` and all that it is coordinated with, left to right."""
        first = i
        while self.deps[first] == "conj" and self.heads[first] != first:
            first = self.heads[first]
        out, stack = [], [first]
        while stack:
            at = stack.pop()
            out.append(at)
            stack.extend(self.with_dep(at, "conj"))
        return sorted(out)

    def prepositions(self, i: int) -> Iterator[tuple[str, int]]:
        """Each (preposition, object) below ``i``: ("to", Rome). Compound ones are joined
        ("because of"); coordinated objects come one by one. ``dative`` "to" counts."""
        for c in self.children[i]:
            if self.deps[c] in {"prep", "dative", _AGENT} and self.pos[c] not in NOMINAL:
                name = self.lower[c]
                if name == "of" and self.deps[c - 1] == "advmod" and self.heads[c - 1] == c:
                    name = f"{self.lower[c - 1]} of"  # "instead of"
                yield from self._objects_of(c, name)

    def _objects_of(self, prep: int, name: str) -> Iterator[tuple[str, int]]:
        for c in self.children[prep]:
            if self.deps[c] in {"pobj", "pcomp"}:
                for each in self.conjuncts(c) if self.deps[c] == "pobj" else [c]:
                    yield name, each
            elif self.deps[c] == "prep":
                yield from self._objects_of(c, f"{name} {self.lower[c]}")
            elif self.deps[c] == "conj" and self.pos[c] == "ADP":
                yield from self._objects_of(c, self.lower[c])

    # ------------------------------------------------------------------ phrases
    def noun_phrase(self, i: int) -> tuple[int, int]:
        """The token range of the noun phrase headed by ``i``: determiners, modifiers and
        prepositional phrases in, relative clauses, trailing appositions, coordinated
        phrases and parentheses out."""
        left, right = i, i
        for c in self.children[i]:
            dep = self.deps[c]
            if c < i:
                if dep not in {"punct", "cc", "preconj", "advcl", "parataxis", "mark", "nsubj", "aux", "cop"}:
                    left = min(left, self.edges[c][0])
            elif dep == "prep" and self._belongs_to_verb(i, c):
                continue
            elif dep in {"prep", "nummod", "case", "nmod", "compound", "amod", "npadvmod", "poss"}:
                right = max(right, self._stop_before_clause(c))
        while left < i and (self.pos[left] in {"PUNCT", "SPACE", "CCONJ"} and self.words[left] not in {'"', "“", "‘"}):
            left += 1
        while right > i and self.pos[right] in {"PUNCT", "SPACE"} and self.words[right] not in {'"', "”", "’"}:
            right -= 1
        return left, right + 1

    def _belongs_to_verb(self, noun: int, prep: int) -> bool:
        """Whether a phrase that the parser hung on a person's name says something of the event: "met
        *Bo* in Rome". Names are not narrowed down by where or when."""
        name = self.name_at.get(noun)
        return name is not None and name.label == "PERSON" and self.lower[prep] != "of"

    def _stop_before_clause(self, c: int) -> int:
        """The last token of ``c``'s subtree before any relative clause or apposition in it."""
        last = c
        for d in self.children[c]:
            if self.deps[d] in {"relcl", "acl", "appos", "advcl", "parataxis", "punct", "cc"} and d > c:
                continue
            if self.deps[d] == "conj" and any(self.words[x] == "," for x in range(c, d)):
                continue
            last = max(last, self._stop_before_clause(d))
        return last

    def base_noun_phrase(self, i: int) -> tuple[int, int]:
        """The token range of ``i`` with what stands before it: no prepositional phrases."""
        left, _ = self.noun_phrase(i)
        return left, i + 1

    def said_to_be(self, i: int) -> list[int]:
        """Whose names a copula gives to its subject ``i``: "the men arrested were *Bo* and *Eva*"."""
        verb = self.heads[i]
        if self.deps[i] not in SUBJECTS or self.lemmas[verb] != "be":
            return []
        attribute = self.child(verb, "attr")
        return [] if attribute is None or self.pos[attribute] != "PROPN" else self.each(attribute)

    def appositions(self, i: int) -> list[int]:
        """The heads of the appositions of ``i``."""
        return [x for c in self.with_dep(i, "appos") for x in (self.conjuncts(c) if self.pos[c] in NOMINAL else [])]

    # ------------------------------------------------------------------ clauses
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
        if self.tags[i] != "VBN":
            return False
        if dep in {"acl", "amod", "advcl"}:
            return not any(self.deps[c] == "aux" for c in self.children[i])
        if dep == "conj" and not helped:
            first = self.heads[i]
            # "the boy wearing a shirt and handcuffed by police"
            return self.is_passive(first) or (self.tags[first] == "VBG" and self.child(first, "aux") is None)
        return False

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
            if not by and self.lemmas[head] in _OBJECT_DOES and (whom := self._object_of(head)) is not None:
                return Argument(position, whom, "control")
        found = self._subject(self.clause_verb(head), depth)
        return Argument(position, found.token, "purpose") if found else None

    def _object_of(self, verb: int) -> int | None:
        """What an active verb is done to, a relative pronoun's noun in its place."""
        found = None if self.is_passive(verb) else self.child(verb, *OBJECTS)
        return None if found is None else self.relative_antecedent(found)

    def blamed(self, noun: int) -> int | None:
        """Who is said to have done what a noun names: "arrested *him* on suspicion of arson", "charges of
        murder against *Bo*", "*she* was found guilty of theft"."""
        while self.deps[noun] == "conj":
            noun = self.heads[noun]
        at = self._blaming_above(noun)
        if at is not None and self.lemmas[at] in _BLAME and self.pos[at] == "NOUN":
            owner = self.child(at, "poss") if self.lemmas[at] == "conviction" else None
            found = next((t for name, t in self._phrases_of(at) if name == "against"), owner)
            if found is not None:
                return self.relative_antecedent(found)
            verb = self.heads[at]
            if self.deps[at] in OBJECTS and self.lemmas[verb] in _BEING_BLAMED:
                subject = self.subject(verb)
                return None if subject is None else subject.token
            at = self._blaming_above(at)
        if at is None or self.pos[at] == "NOUN":
            return None
        if self.pos[at] == "ADJ" or self.is_passive(at):
            subject = self.subject(at)
            return None if subject is None else subject.token
        return self._object_of(at)

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
        if self.deps[noun] != "pobj" or self.lower[prep] not in _BLAMED_FOR:
            return None
        above = self.heads[prep]
        return above if self.lemmas[above] in _BLAMING or self.lemmas[above] in _BLAME else None

    def _is_bare_complement(self, verb: int) -> bool:
        """Whether the clause of ``verb`` has no finite form of its own: "to go", "going"."""
        finite = {"VBD", "VBZ", "VBP", "MD"}
        helpers = [c for c in self.children[verb] if self.deps[c] in {"aux", "auxpass"}]
        return self.tags[verb] not in finite and not any(self.tags[c] in finite for c in helpers)

    def _controller(self, verb: int, depth: int) -> int | None:
        """Who is understood as the subject of the verb's infinitive: its object, if it has one and
        is of the kind that hands it down, else its subject."""
        if self.lemmas[verb] in _OBJECT_CONTROL:
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
        name = self.name_at.get(i)
        return name is not None and name.label in {"GPE", "NORP", "ORG"}

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

    def antecedent_of(self, i: int) -> int | None:
        """The noun that a relative pronoun stands for, ``None`` if ``i`` is not one."""
        if self.tags[i] not in {"WP", "WDT", "WP$"} and not (self.lower[i] == "that" and self.pos[i] == "PRON"):
            return None
        at = i
        for _ in range(8):
            if self.deps[at] == "relcl":
                return self.heads[at]
            if self.heads[at] == at:
                return None
            at = self.heads[at]
        return None

    def relative_antecedent(self, i: int) -> int:
        """The antecedent of ``i`` if it is a relative pronoun, else ``i``."""
        found = self.antecedent_of(i)
        return i if found is None else found

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
        return self.deps[clause] == "xcomp" and has_object and self.lemmas[verb] not in _OBJECT_CONTROL

    def for_clause(self, verb: int, clause: int) -> int | None:
        """The "for" of what is asked for in a clause: "called *for* the army to withdraw"."""
        if self.lemmas[verb] not in _FOR_CLAUSE or self.deps[clause] not in {"advcl", "ccomp", "xcomp"}:
            return None
        return next((c for c in self.children[clause] if self.deps[c] == "mark" and self.lower[c] == "for"), None)

    def each(self, i: int) -> list[int]:
        """``i`` and what is coordinated below it ("A and B fled": A, B)."""
        out, stack = [], [i]
        while stack:
            at = stack.pop()
            out.append(at)
            stack.extend(c for c in self.with_dep(at, "conj") if self.pos[c] in NOMINAL)
            stack.extend(self._instances(at))
            stack.extend(self._next_person(at))
        return sorted(out)

    def _next_person(self, i: int) -> Iterator[int]:
        """Who follows in a list of people with where they are from, which the parser hung on that: "Bo of
        the Greens and *Eva Lund* of the Reds"."""
        if not self._is_person(i):
            return
        for prep in self.with_dep(i, "prep"):
            for body in self.with_dep(prep, "pobj"):
                if self.lower[prep] in {"of", "from"} and not self._is_person(body):
                    yield from (c for c in self.conjuncts(body) if c > body and self._is_person(c))

    def _is_person(self, i: int) -> bool:
        name = self.name_at.get(i)
        return name is not None and name.label == "PERSON"

    def _instances(self, i: int) -> Iterator[int]:
        """What is named as part of a group: "firms *including* A and B", "allies *such as* C"."""
        for c in self.with_dep(i, "prep"):
            such = self.lower[c] == "as" and any(self.lower[x] == "such" for x in (*self.children[c], c - 1))
            if such or self.lower[c] == "including":
                yield from self.with_dep(c, "pobj")

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


def _as_text(column: Sequence[int], strings: StringStore) -> list[str]:
    """What the keys of spaCy's store of strings stand for; a text has few different ones."""
    known = {key: strings[key] for key in set(column)}
    return [known[key] for key in column]
