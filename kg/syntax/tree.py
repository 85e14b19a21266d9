"""A parsed text as plain lists: its tokens, its tree, and its phrases."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, update_wrapper
from typing import TYPE_CHECKING, Any, Concatenate, NamedTuple, ParamSpec, Self, TypeVar

from kg.syntax.labels import NOMINAL, SUBJECTS

if TYPE_CHECKING:
    from spacy.strings import StringStore
    from spacy.tokens import Doc

    from kg.model import Span

#: Prepositions that mark the doer of a passive verb or of an action noun.
_AGENT = "agent"


class NamedSpan(NamedTuple):
    """A name that the model saw: token range and the model's label."""

    start: int
    end: int
    label: str


TreeOf = TypeVar("TreeOf", bound="Tree")
Answer = TypeVar("Answer")
Asked = ParamSpec("Asked")


def remembered(question: Callable[Concatenate[TreeOf, Asked], Answer]) -> Callable[Concatenate[TreeOf, Asked], Answer]:
    """A question about a parse whose answer it keeps: the stages ask the same ones many times over.

    What is asked with must be hashable, and nobody may change the answer.
    """

    def ask(parse: TreeOf, /, *args: Asked.args, **named: Asked.kwargs) -> Answer:
        if named:
            return question(parse, *args, **named)
        known = parse.answers.setdefault(question, {})
        if args not in known:
            known[args] = question(parse, *args, **named)
        answer: Answer = known[args]
        return answer

    return update_wrapper(ask, question)


@dataclass(slots=False)
class Tree:
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
    def of(cls, doc: Doc) -> Self:
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

    def label_at(self, i: int) -> str:
        """The model's label of the name that a token lies in, empty if in none."""
        name = self.name_at.get(i)
        return "" if name is None else name.label

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
        below = self.children[i]
        return [c for c in below if self.deps[c] in labels] if below else []

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
        return self.is_person(noun) and self.lower[prep] != "of"

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
        if not self.is_person(i):
            return
        for prep in self.with_dep(i, "prep"):
            for body in self.with_dep(prep, "pobj"):
                if self.lower[prep] in {"of", "from"} and not self.is_person(body):
                    yield from (c for c in self.conjuncts(body) if c > body and self.is_person(c))

    def is_person(self, i: int) -> bool:
        """Whether a token is part of what the model takes for a person's name."""
        return self.label_at(i) == "PERSON"

    def _instances(self, i: int) -> Iterator[int]:
        """What is named as part of a group: "firms *including* A and B", "allies *such as* C"."""
        for c in self.with_dep(i, "prep"):
            such = self.lower[c] == "as" and any(self.lower[x] == "such" for x in (*self.children[c], c - 1))
            if such or self.lower[c] == "including":
                yield from self.with_dep(c, "pobj")

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


def _as_text(column: Sequence[int], strings: StringStore) -> list[str]:
    """What the keys of spaCy's store of strings stand for; a text has few different ones."""
    known = {key: strings[key] for key in set(column)}
    return [known[key] for key in column]
