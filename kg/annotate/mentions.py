"""What is talked about: every noun phrase, name and pronoun of the story, with its class.

Nothing here decides who is who; that is ``coreference.py``.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.annotate import agreement, classes, genders, matching, metonyms
from kg.annotate.candidates import Candidate, Resources
from kg.annotate.entries import units_of
from kg.annotate.names import Name, Names
from kg.annotate.proposed import Proposals
from kg.model import Timex, is_a
from kg.syntax import Parse

_INSIDE = frozenset({"compound", "amod", "nmod", "det", "advmod", "quantmod", "nummod", "npadvmod", "predet"})
#: What a number can be to a verb that tells what befell people.
_PARTICIPANTS = frozenset({"nsubj", "nsubjpass", "dobj"})
_DETERMINERS = {
    **dict.fromkeys(("the",), "def"),
    **dict.fromkeys(("this", "that", "these", "those", "such"), "dem"),
    **dict.fromkeys(("a", "an"), "indef"),
    **dict.fromkeys(("no", "neither"), "none"),
    **dict.fromkeys(("another",), "other"),
    **dict.fromkeys(
        ("some", "any", "several", "many", "all", "both", "each", "every", "few", "most", "more", "either", "half"),
        "quant",
    ),
}


def find(
    parse: Parse,
    body: Sequence[int],
    times: Sequence[Timex],
    resources: Resources,
    proposed: Proposals | None = None,
) -> list[Candidate]:
    """Every mention of the body's sentences, in order of where they begin, longer ones first.

    ``proposed`` are those of a plug-in, to be joined to our own.
    """
    return Finder(parse, times, resources, proposed).find(body)


class Finder:
    """What the mentions of one text are found with."""

    def __init__(
        self, parse: Parse, times: Sequence[Timex], resources: Resources, proposed: Proposals | None = None
    ) -> None:
        self.parse = parse
        self.proposed = proposed
        self.lexicon = resources.lexicon
        self.gazetteer = resources.gazetteer
        self.phrases = resources.nominals.phrases
        self.verbs = resources.nominals.verbs
        self._nominals = resources.nominals
        self.timed = _tokens_of_times(parse, times)
        self.names: dict[int, Name] = {}

    def find(self, body: Sequence[int]) -> list[Candidate]:
        """See the module's ``find``."""
        parse = self.parse
        ranges = [parse.sents[n] for n in body]
        names = Names(parse, self.lexicon, self.gazetteer, self._nominals).find(ranges, self.timed)
        if self.proposed is not None:
            names = self.proposed.join_names(names, self.timed)
        self.names = {i: name for name in names if not name.nested for i in range(name.start, name.end)}
        out: list[Candidate] = []
        for sentence in body:
            for i in range(*parse.sents[sentence]):
                candidate = self._at(i, sentence)
                if candidate is not None:
                    out.append(candidate)
        out += self._nested(names, out)
        out += self._joined(out)
        agreement.agree(out)
        out = agreement.without_short_forms(out)
        metonyms.apply(out, parse, self.gazetteer, self._nominals)
        for candidate in out:
            genders.describe(candidate, parse, self.lexicon)
        out.sort(key=lambda c: (c.tokens[0], -c.tokens[1], c.root))
        return out

    def _nested(self, names: Sequence[Name], found: Sequence[Candidate]) -> list[Candidate]:
        """The mentions of names inside names: "Oslo" in "the University of Oslo"."""
        roots = {c.root for c in found}
        sentence_of = self.parse.sent_of
        out: list[Candidate] = []
        for name in names:
            if not name.nested or name.end - 1 in roots:
                continue
            i = name.end - 1
            candidate = Candidate(
                i, (name.start, name.end), (name.start, name.end), "name", "Thing", sentence_of[i], name=name
            )
            candidate.entry = name.entries[0] if name.entries else None
            self._set_key(candidate, name)
            candidate.determiner = "bare"
            candidate.country = self._country(candidate)
            roots.add(i)
            out.append(candidate)
        return out

    def _joined(self, found: Sequence[Candidate]) -> list[Candidate]:
        """The noun phrases that are proposed and that we have no mention for; the others have a say in classes."""
        if self.proposed is None:
            return []
        self.proposed.vote(found)
        new = [(p.root, p.cls) for p in self.proposed.class_nouns(found)]
        return [self._as_nominal(root, cls, self.parse.sent_of[root]) for root, cls in new]

    # ------------------------------------------------------------------ one token
    def _at(self, i: int, sentence: int) -> Candidate | None:
        """The mention whose head is the token ``i``, if one is."""
        parse = self.parse
        pos = parse.pos[i]
        if pos in {"PUNCT", "SPACE", "ADP", "VERB", "AUX", "CCONJ", "SCONJ", "PART"} and i not in self.names:
            return None
        name = self.names.get(i)
        if name is not None:
            return self._named(i, name, sentence) if _root(parse, name) == i else None
        if pos == "PRON":
            return self._pronoun(i, sentence)
        if i not in self.timed and pos in {"NOUN", "PROPN"}:
            return self._nominal(i, sentence)
        return self._number(i, sentence) if pos == "NUM" and i not in self.timed else None

    def _pronoun(self, i: int, sentence: int) -> Candidate | None:
        if self.parse.lower[i] not in genders.PRONOUNS or self._is_expletive(i) or self._is_bracketed(i):
            return None
        return Candidate(i, (i, i + 1), (i, i + 1), "pronoun", "Thing", sentence, determiner="def")

    def _is_bracketed(self, i: int) -> bool:
        """Whether the word stands alone in brackets: a mark, and no word of the sentence."""
        return self.parse.words[i - 1] == "(" and self.parse.words[i + 1 : i + 2] == [")"]

    def _nominal(self, i: int, sentence: int) -> Candidate | None:
        parse = self.parse
        if parse.deps[i] == "compound":
            return self._body_before_noun(i, sentence)
        if parse.deps[i] in {"amod", "nmod", "npadvmod", "quantmod"} or self._is_no_thing(i):
            return None
        return self._as_nominal(i, self._class_of_noun(i, self._words(i)), sentence)

    def _as_nominal(self, i: int, cls: str, sentence: int) -> Candidate:
        candidate = Candidate(i, self._span(i), (i, i + 1), "nominal", cls, sentence, noun=self.parse.lemmas[i])
        self._describe(candidate, self._words(i))
        return candidate

    def _number(self, i: int, sentence: int) -> Candidate | None:
        """A number that stands for people, by what happens to them: "killing at least *14*"."""
        parse = self.parse
        verb = parse.heads[i]
        if parse.deps[i] not in _PARTICIPANTS or parse.lemmas[verb] not in self.verbs.befalling:
            return None
        if parse.lower[i] in {"one", "1"} or any(parse.lower[k] in {"$", "%", "£", "€"} for k in parse.children[i]):
            return None
        if parse.deps[i] == "dobj" and any(parse.deps[k] == "dobj" and k != i for k in parse.children[verb]):
            return None
        candidate = Candidate(i, self._span(i), (i, i + 1), "nominal", "Group", sentence, noun=parse.lemmas[i])
        candidate.determiner = "num"
        return candidate

    def _body_before_noun(self, i: int, sentence: int) -> Candidate | None:
        """A body in front of another noun: a named country's or place's ("Greek army | deployments"), or the one
        whose office somebody holds ("a police | spokesman")."""
        if self.parse.heads[i] <= i:
            return None
        cls = classes.noun_class([self.parse.lower[i]], self.lexicon)
        if cls is None or not (is_a(cls, "Organization") or cls == "Facility"):
            return None
        name = self.names.get(i - 1)
        if name is None or not name.entries:
            return self._body_of_office(i, cls, sentence)
        if cls == "Facility":
            return None
        c = Candidate(i, (name.start, i + 1), (i, i + 1), "nominal", cls, sentence, noun=self.parse.lemmas[i])
        c.determiner, c.owner, c.country, c.roles = "def", i - 1, self._code(name), frozenset({c.noun})
        return c

    def _body_of_office(self, i: int, cls: str, sentence: int) -> Candidate | None:
        parse = self.parse
        start, holder = i, parse.heads[i]
        while start > 0 and parse.deps[start - 1] == "compound" and parse.heads[start - 1] in {i, holder}:
            start -= 1
        post = self.lexicon.posts.get(parse.lower[holder])
        if post is None or not post.office or start in self.names:
            return None
        c = Candidate(i, (start, i + 1), (i, i + 1), "nominal", cls, sentence, noun=parse.lemmas[i])
        self._describe(c, parse.lower[start : i + 1])
        c.determiner = "def"
        return c

    def _named(self, i: int, name: Name, sentence: int) -> Candidate | None:
        parse = self.parse
        inside = (
            parse.deps[i] in _INSIDE
            and parse.heads[i] != i
            and parse.pos[parse.heads[i]] in {"NOUN", "PROPN", "ADJ", "NUM"}
        )
        if inside and self._is_title_of_name(i, name):
            inside = False
        start, end = (self._with_titles(name), name.end) if inside else self._span(i)
        tokens = (min(start, name.start), max(end, name.end))
        entry = name.entries[0] if name.entries else None
        candidate = Candidate(i, tokens, (name.start, name.end), "name", "Thing", sentence, name=name, entry=entry)
        candidate.adjective = self._is_adjective(name)
        if candidate.adjective and (entry is None or entry.country is None):
            return None
        self._set_key(candidate, name)
        candidate.votes = classes.votes_for(parse, name, i, self.lexicon)
        if not candidate.key:
            return None
        self._describe(candidate, parse.lower[tokens[0] : name.start])
        return candidate

    def _set_key(self, c: Candidate, name: Name) -> None:
        words = [w for k in range(name.start, name.end) for w in units_of(self.parse.words[k])]
        c.key = matching.key_of(words)
        c.is_acronym = len(words) == 1 and words[0].isupper() and len(words[0]) > 1

    def _with_titles(self, name: Name) -> int:
        """Where the titles begin that stand before a name inside a larger phrase."""
        parse, start = self.parse, name.start
        while start > 0 and parse.pos[start - 1] in {"NOUN", "PROPN", "ADJ"} and parse.heads[start - 1] >= start - 1:
            words = parse.lower[max(0, start - 4) : start]
            post = self.lexicon.post(words)
            if post is not None and not post.plural:
                start -= len(post.word.split())
            elif (title := self.lexicon.title(parse.words[start - 1])) and (
                title.kind != "modifier" or start < name.start
            ):
                start -= 1
            else:
                break
        return start

    def _is_title_of_name(self, i: int, name: Name) -> bool:
        """Whether the parser took a name for a modifier of the verb or title that follows it."""
        return self.parse.heads[i] < name.start

    def _is_adjective(self, name: Name) -> bool:
        """Whether the name is the adjective of a country, people or region: "Italian police"."""
        parse = self.parse
        last = name.end - 1
        known = bool(name.entries) and name.entries[0].kind == "demonym"
        if not known and (name.label not in {"NORP", ""} or parse.pos[last] != "ADJ"):
            return False
        return parse.pos[last] == "ADJ" or (parse.deps[last] in _INSIDE and parse.heads[last] > last)

    # ------------------------------------------------------------------ what the phrase says
    def _describe(self, c: Candidate, words: Sequence[str]) -> None:
        """Fill in determiner, modifiers, roles, owner and country from the phrase."""
        parse = self.parse
        c.determiner = self._determiner(c)
        modifiers: list[str] = []
        for k in parse.children[c.root]:
            dep = parse.deps[k]
            if dep == "poss":
                c.owner = k
            elif dep in {"amod", "compound", "nmod", "nummod"} and not c.head[0] <= k < c.head[1]:
                modifiers += [
                    parse.lemmas[x] for x in parse.subtree(k) if parse.pos[x] in {"NOUN", "PROPN", "ADJ", "NUM", "VERB"}
                ]
            elif dep == "prep" and parse.lower[k] == "of" and c.owner is None:
                c.owner = next((x for x in parse.children[k] if parse.deps[x] == "pobj"), None)
        c.modifiers = frozenset(modifiers)
        if c.name is None and modifiers:
            c.qualities = frozenset(
                parse.lemmas[k]
                for k in parse.children[c.root]
                if k not in self.names
                and parse.deps[k] in {"amod", "compound", "nmod"}
                and parse.pos[k] in {"NOUN", "ADJ"}
            )
        c.country = self._country(c)
        c.roles = self._roles(c, words)

    def _determiner(self, c: Candidate) -> str:
        parse = self.parse
        found = "bare"
        for k in parse.children[c.root]:
            if k > c.root:
                break
            dep, word = parse.deps[k], parse.lower[k]
            if dep == "poss":
                return "poss"
            if dep in {"det", "predet"} or word in _DETERMINERS:
                kind = _DETERMINERS.get(word, "")
                if kind and found not in {"def", "dem"}:
                    found = kind
            elif dep == "nummod" and found == "bare":
                found = "num"
        return found

    def _country(self, c: Candidate) -> str | None:
        """The code of the country that the name or one of its own modifiers stands for."""
        if c.entry is not None and c.entry.country and not c.entry.weak and c.cls != "Person":
            return c.entry.country
        before = range(c.tokens[0], c.head[0])
        in_office = c.name is None or self.lexicon.post(self.parse.lower[before.start : before.stop]) is not None
        for k in (*before, *self._of_whom(c)):
            name = self.names.get(k)
            if name is None or c.head[0] <= k < c.head[1]:
                continue
            code = self._code(name)
            # "a former Vietnam prisoner" is of no country, "the French singer" and "the US envoy" are
            if code and (in_office or name.entries[0].kind == "demonym"):
                return code
        return self._country_in_name(c.name) if c.name is not None and c.name.label != "PERSON" else None

    def _of_whom(self, c: Candidate) -> list[int]:
        """The words that may say whose something is: adjectives, possessors, what follows "of"."""
        parse = self.parse
        own = [k for k in parse.children[c.root] if parse.deps[k] in {"amod", "compound", "nmod", "poss"}]
        for prep in parse.children[c.root]:
            if parse.deps[prep] == "prep" and parse.lower[prep] == "of":
                own += [k for k in parse.children[prep] if parse.deps[k] == "pobj"]
        return own

    def _country_in_name(self, name: Name) -> str | None:
        """The country in a body's name: "the Bank of Ghana"."""
        for k in range(name.start, name.end):
            _, entries = self.gazetteer.longest(self.parse.words, k)
            if entries and not entries[0].weak and entries[0].kind in {"country", "demonym"}:
                return entries[0].country
        return None

    def _code(self, name: Name) -> str | None:
        first = name.entries[0] if name.entries else None
        return (
            first.country if first is not None and first.kind in {"country", "demonym", "capital", "metonym"} else None
        )

    def _roles(self, c: Candidate, words: Sequence[str]) -> frozenset[str]:
        """The nouns that say what somebody or something is: "ambassador", "ministry"."""
        found = set()
        if c.noun:
            found.add(c.noun)
        post = self.lexicon.post(words) if words else None
        if post is not None:
            found |= {matching.head_of(tuple(post.word.split())), post.word}
        elif words and c.name is not None:
            title = self.lexicon.title(words[-1])
            if title is not None and title.kind != "modifier":
                found.add(title.full.split()[-1])
            elif classes.noun_class(words, self.lexicon) is not None:
                found.add(words[-1])
        return frozenset(found)

    def _class_of_noun(self, i: int, words: Sequence[str]) -> str:
        parse = self.parse
        cls = classes.noun_class(words, self.lexicon)
        if parse.lemmas[i] in self.phrases.quantities:
            inner = next(
                (
                    x
                    for k in parse.children[i]
                    if parse.lower[k] == "of"
                    for x in parse.children[k]
                    if parse.deps[x] == "pobj"
                ),
                None,
            )
            if inner is not None and inner not in self.names:
                of = self._class_of_noun(inner, self._words(inner))
                return "Group" if of in {"Person", "Group"} else of
        if cls is not None:
            return cls
        head = self.lexicon.head(words)
        if head is not None and head.weak and self._acts(i):
            return head.cls
        kin = self.lexicon.kinship(words)
        if kin is not None and any(parse.deps[k] == "poss" for k in parse.children[i]):
            return "Group" if kin.plural else "Person"
        return "Thing"

    def _acts(self, i: int) -> bool:
        """Whether the noun is the subject of a verb that only somebody can do."""
        parse = self.parse
        return parse.deps[i] == "nsubj" and parse.lemmas[parse.heads[i]] in self.verbs.acting

    def _words(self, i: int) -> list[str]:
        """The words of the phrase up to its head, in lower case, the head in its own form."""
        parse = self.parse
        start = i
        while (
            start > 0
            and i - start < 5
            and parse.heads[start - 1] <= i
            and parse.pos[start - 1] in {"NOUN", "PROPN", "ADJ", "PART", "PUNCT", "VERB"}
        ):
            if parse.pos[start - 1] == "PUNCT" and parse.words[start - 1] != "-":
                break
            start -= 1
        return parse.lower[start : i + 1]

    def _span(self, i: int) -> tuple[int, int]:
        start, end = self.parse.noun_phrase(i)
        tags = self.parse.tags
        while start < i and tags[start] in {"RB", "WRB"} and tags[start + 1] in {"DT", "NNP", "NNPS", "PRP$"}:
            start += 1
        while end - 1 > i and end - 1 in self.timed and self._ends_in_time(i, end):
            end -= 1
            while end - 1 > i and self.parse.pos[end - 1] in {"ADP", "PUNCT"}:
                end -= 1
        return start, end

    def _ends_in_time(self, i: int, end: int) -> bool:
        """Whether the phrase ends in a time that hangs on its head: "a report | on Thursday"."""
        top = end - 1
        while self.parse.heads[top] != i and self.parse.heads[top] != top and i < self.parse.heads[top]:
            top = self.parse.heads[top]
        return self.parse.heads[top] == i and top > i and self.parse.lower[top] != "of"

    # ------------------------------------------------------------------ what is no mention
    def _is_no_thing(self, i: int) -> bool:
        """Whether the noun names nothing: part of a fixed phrase, or a measure with its number."""
        parse = self.parse
        lemma = parse.lemmas[i]
        head = parse.heads[i]
        if parse.deps[i] == "pobj" and " ".join(parse.lower[head : i + 1]) in self.phrases.idioms:
            return True  # "in the first place"
        if parse.deps[i] in {"pobj", "dobj", "nsubjpass"} and not self._has_determiner(i):
            word = parse.lower[head] if parse.deps[i] == "pobj" else parse.lemmas[head]
            if f"{word} {parse.lower[i]}" in self.phrases.idioms:
                return True
        people = lemma in self.phrases.quantities and any(parse.lower[k] == "of" and k > i for k in parse.children[i])
        if people:
            return False  # "hundreds of thousands of Danes"
        return lemma in self.phrases.measures and any(
            parse.deps[k] in {"nummod", "quantmod"} for k in parse.children[i]
        )

    def _has_determiner(self, i: int) -> bool:
        return any(self.parse.deps[k] in {"det", "poss", "amod"} for k in self.parse.children[i])

    def _is_expletive(self, i: int) -> bool:
        """Whether "it" stands for nothing: "it rained", "it is likely that ..."."""
        parse = self.parse
        if parse.lower[i] != "it":
            return False
        head = parse.heads[i]
        if parse.deps[i] == "expl":
            return True
        if parse.deps[i] not in {"nsubj", "nsubjpass"} or head == i:
            return parse.deps[i] == "dobj" and self._is_formal_object(i, head)
        if parse.pos[head] == "ADJ":
            return self._has_clause(head)
        clause = any(
            parse.deps[c] in {"ccomp", "csubj", "advcl", "xcomp", "acl", "relcl"} and c > head
            for c in parse.children[head]
        )
        if parse.is_passive(head):
            return any(parse.deps[c] in {"ccomp", "csubj"} and c > head for c in parse.children[head])
        if parse.lemmas[head] in {"rain", "snow"}:
            return True
        if parse.lemmas[head] not in self.verbs.impersonal:
            return False
        if parse.lemmas[head] == "be":
            return clause or any(
                self._has_clause(c) for c in parse.children[head] if parse.deps[c] in {"acomp", "attr"}
            )
        return any(parse.deps[c] in {"ccomp", "csubj"} and c > head for c in parse.children[head])

    def _is_formal_object(self, i: int, verb: int) -> bool:
        """ "made it clear that", "find it hard to": the clause behind is what is meant."""
        after = [c for c in self.parse.children[verb] if c > i]
        return any(self.parse.deps[c] == "oprd" for c in after) and any(
            self.parse.deps[c] in {"ccomp", "xcomp"} for c in after
        )

    def _has_clause(self, i: int) -> bool:
        return any(self.parse.deps[c] in {"ccomp", "xcomp", "advcl", "relcl", "csubj"} for c in self.parse.children[i])


def _root(parse: Parse, name: Name) -> int:
    """The token of the name whose head lies outside it (the last one of several)."""
    inside = range(name.start, name.end)
    return max((i for i in inside if parse.heads[i] not in inside or parse.heads[i] == i), default=name.end - 1)


def _tokens_of_times(parse: Parse, times: Sequence[Timex]) -> frozenset[int]:
    if times:
        at, out = 0, set()
        for t in sorted(times, key=lambda t: t.span):
            while at < len(parse) and parse.ends[at] <= t.span[0]:
                at += 1
            k = at
            while k < len(parse) and parse.starts[k] < t.span[1]:
                out.add(k)
                k += 1
        return frozenset(out)
    return frozenset(i for n in parse.names if n.label in {"DATE", "TIME"} for i in range(n.start, n.end))
