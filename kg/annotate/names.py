"""Proper names: those that the model saw, mended in classes, and those that it did not see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.annotate.entries import Entry
from kg.annotate.gazetteer import Gazetteer
from kg.model import is_a
from kg.rules.lexicon import Lexicon, Post
from kg.rules.nominals import Nominals
from kg.syntax import NamedSpan, Parse

#: The model's labels that name an entity; the others are times, amounts and numbers.
LABELS = frozenset({"PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE"})
_AMOUNTS = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"})
_OPENING = frozenset({"DT", "PRP$", "_SP", "``", "-LRB-", "HYPH", ":", ",", "CC", "IN", "''", "RB", "POS"})
_CLOSING = frozenset({"POS", "_SP", "''", "``", ",", ".", ":", "HYPH", "-LRB-", "-RRB-", "CC", "IN", "DT"})
#: Labels of things whose names are phrases with small words in them.
_PHRASES = frozenset({"WORK_OF_ART", "LAW", "EVENT"})
#: Labels that the model gives to any words with capitals.
_DOUBTFUL = frozenset({"ORG", "WORK_OF_ART", "PRODUCT", "EVENT", "FAC", "LAW"})
_BODIES = frozenset({"ORG", "FAC"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_PROPER = frozenset({"NNP", "NNPS"})
#: Kinds of the gazetteer's entries that are places or stand for one.
_PLACES = frozenset({"country", "capital", "region", "city", "water"})
#: Plurals without an ending that bodies are named for.
_PEOPLE = frozenset({"people", "women", "men", "children"})
#: First parts of words that say what somebody is for or against: no part of a name, whatever their capitals.
_STANCES = frozenset({"pro", "anti", "non"})
#: Adjectives of number that a capital at a sentence's beginning makes look like part of a name.
_QUANTIFIERS = frozenset(
    {"other", "another", "many", "several", "some", "most", "few", "both", "all", "such", "fellow"}
)
_SMALL_SURNAMES = frozenset({"An", "Do", "He", "In", "Me", "On", "Or", "So", "To", "We"})
#: Small words inside an enactment's name, and endings of ordinal numbers.
_INNER = frozenset({"of", "and", "on", "for", "&", ","})
_ORDINALS = frozenset({"st", "nd", "rd", "th"})
#: What an outlet does; and what tells one whose name is two common words from these words.
REPORTING = frozenset({"report", "write", "publish", "note", "say", "reveal"})
_TELLING = REPORTING | {"claim"}
_MONTHS = frozenset({"April", "May", "June", "August"})
#: How far behind a name its small head may stand: "the EastMed gas pipeline".
_REACH = 3


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name: its tokens without article, title and possessive, the model's label
    (``""`` where it gave none) and what the gazetteer knows by that name.

    ``core`` is where the name ends by itself, ``end`` where its small head does: "Idlib | province".
    A ``nested`` one stands inside another.
    """

    start: int
    end: int
    label: str
    entries: tuple[Entry, ...] = ()
    core: int = 0
    nested: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether the name has no small head behind it."""
        return self.core in {0, self.end}


class Names:
    """What is needed to find the names of one text; ``find`` does."""

    def __init__(self, parse: Parse, lexicon: Lexicon, gazetteer: Gazetteer, words: Nominals) -> None:
        self.parse = parse
        self.lexicon = lexicon
        self.gazetteer = gazetteer
        self.directions = words.phrases.directions
        self.prefixes = words.hyphens.prefixes
        self.headlines: frozenset[int] = frozenset()
        heads = words.name_heads
        self.laws, self.streets = heads.laws, heads.streets
        self.heads = {
            **dict.fromkeys(heads.bodies, "ORG"),
            **dict.fromkeys(heads.families, "FAMILY"),
            **dict.fromkeys(heads.regions, "LOC"),
            **dict.fromkeys(heads.facilities, "FAC"),
        }

    def find(self, body: Sequence[tuple[int, int]], timed: frozenset[int]) -> list[Name]:
        """The names within the token ranges ``body``, in order; none begins in a time expression."""
        parse = self.parse
        self.headlines = headlines = _headlines(parse, body)
        seen = [n for n in parse.names if n.label in LABELS and not (n.label in _DOUBTFUL and n.start in headlines)]
        spans = self._joined([s for n in seen for s in self._mended(n)])
        spans = _over(spans, [s for low, high in body for s in self._built(low, high)])
        amounts = timed | {i for n in parse.names if n.label in _AMOUNTS for i in range(n.start, n.end)}
        taken = {i: n for n in spans for i in range(n.start, n.end)}
        out: list[Name] = []
        for start, end in body:
            i = start
            while i < end:
                name = self._at(i, end, taken, amounts)
                if name is not None:
                    name = self._extended(name, start, end, out[-1].end if out else 0)
                    out.append(name)
                i = name.end if name is not None else i + 1
        return self._with_repeated(out, body, amounts)

    def _with_repeated(self, found: list[Name], body: Sequence[tuple[int, int]], amounts: frozenset[int]) -> list[Name]:
        """The names, and where their words stand again: alone where the model did not see them, or
        inside longer names ("the Warhol Museum" speaks of Warhol too)."""
        parse = self.parse
        known = self._forms(found)
        covered = {i: name for name in found for i in range(name.start, name.end)}
        out = list(found)
        for start, end in body:
            for i in range(start, end):
                if i in amounts or parse.pos[i] not in _NOUNS:
                    continue
                outer = covered.get(i)
                stop = self._end_of_repeated(i, known, outer, covered)
                if stop is not None:
                    out.append(Name(i, stop, "", self._known(i, stop), nested=outer is not None))
        out.sort(key=lambda n: (n.start, -n.end))
        return out

    def _end_of_repeated(
        self, i: int, known: dict[str, list[tuple[str, ...]]], outer: Name | None, covered: dict[int, Name]
    ) -> int | None:
        """Where the longest known name that stands again at the token ends."""
        words = self.parse.words
        for form in known.get(words[i], ()):
            stop = i + len(form)
            if tuple(words[i:stop]) == form and self._may_repeat(i, stop, outer, covered):
                return stop
        return None

    def _forms(self, found: Sequence[Name]) -> dict[str, list[tuple[str, ...]]]:
        """The names' words by their first, longest first; of people's full names the parts too."""
        forms: dict[tuple[str, ...], None] = {}
        for name in found:
            words = tuple(self.parse.words[name.start : name.core or name.end])
            forms[words] = None
            if name.label == "PERSON" and len(words) > 1 and words[-1][0].isupper():
                forms[words[-1:]] = None
        by_first: dict[str, list[tuple[str, ...]]] = {}
        for words in sorted(forms, key=len, reverse=True):
            if words[0][:1].isupper():
                by_first.setdefault(words[0], []).append(words)
        return by_first

    def _may_repeat(self, start: int, stop: int, outer: Name | None, covered: dict[int, Name]) -> bool:
        """Whether known words there are the name again: outside all names, or well inside one."""
        if outer is None:
            return not any(i in covered for i in range(start, stop))
        if outer.label == "PERSON" or stop - start == outer.end - outer.start or stop > outer.end:
            return False
        return start > outer.start or (outer.core in {0, outer.end})

    # ------------------------------------------------------------------ one place
    def _at(self, i: int, end: int, taken: dict[int, NamedSpan], amounts: frozenset[int]) -> Name | None:
        """The name that begins at the token, if one does."""
        parse = self.parse
        seen = taken.get(i)
        if not parse.words[i][:1].isupper() and (seen is None or seen.start != i):
            return None
        count, entries = self.gazetteer.longest(parse.words, i) if i not in amounts else (0, ())
        stop = min(i + count, end)
        if seen is not None and stop < seen.end:
            if i != seen.start:
                return Name(i, seen.end, seen.label, self._known(i, seen.end))
            return self._divided(seen, stop, entries)
        if entries and self._is_trusted(i, stop, entries, seen):
            label = seen.label if seen is not None and seen.end == stop else ""
            return Name(i, stop, label, entries)
        if seen is not None:
            return Name(i, seen.end, seen.label, entries if stop == seen.end else self._known(i, seen.end))
        return None if i in amounts or i in self.headlines else self._unseen(i, end, taken)

    def _divided(self, seen: NamedSpan, stop: int, entries: tuple[Entry, ...]) -> Name:
        """The model's name, or its beginning where that is a name of another kind that ran into it:
        an outlet and a person in "told NPR Ann Bo had fled"."""
        first = entries[0] if entries else None
        if first is not None and seen.label == "PERSON" and not first.weak and first.kind in {"outlet", "body"}:
            return Name(seen.start, stop, "ORG", entries)
        return Name(seen.start, seen.end, seen.label, self._known(seen.start, seen.end))

    def _known(self, start: int, end: int) -> tuple[Entry, ...]:
        return self.gazetteer.find(self.parse.text_of(start, end))

    def _is_trusted(self, i: int, stop: int, entries: tuple[Entry, ...], seen: NamedSpan | None) -> bool:
        """Whether the gazetteer's reading counts without the model's, or beyond it."""
        if entries[0].kind == "user":
            return True
        if entries[0].kind == "outlet" and stop - i > 1 and entries[0].weak:
            return not _TELLING.isdisjoint(self.parse.lemmas[stop : stop + 1])  # "The Moon reported"
        if entries[0].weak or entries[0].kind == "given name":
            return False
        if seen is not None and seen.label == "PERSON" and seen.end == stop:
            return True
        return stop - i > 1 or self.parse.tags[i] in {"NNP", "NNPS", "JJ"}

    def _unseen(self, i: int, end: int, taken: dict[int, NamedSpan]) -> Name | None:
        """A run of capitalised words that the model overlooked."""
        parse = self.parse
        if parse.tags[i] not in _PROPER or not parse.words[i][0].isalpha():
            return None
        stop = i + 1
        while stop < end and stop not in taken and (self._goes_on(stop) or self._is_plural_possessive(stop, end)):
            stop += 1
        start = self._after_titles(i, stop)
        if start == stop or self._is_common(parse.lower[start:stop]) or len(parse.words[start]) < 2:
            return None
        return Name(start, stop, "", self._known(start, stop))

    def _goes_on(self, i: int) -> bool:
        return self.parse.tags[i] in _PROPER and self.parse.words[i][:1].isupper()

    def _is_plural_possessive(self, i: int, end: int) -> bool:
        """Whether the token is the apostrophe of "the Farmers' | Union"."""
        parse = self.parse
        plural = parse.lower[i - 1].endswith("s") or parse.lower[i - 1] in _PEOPLE
        return parse.tags[i] == "POS" and plural and len(parse.words[i]) == 1 and i + 1 < end and self._goes_on(i + 1)

    def _is_common(self, words: Sequence[str]) -> bool:
        """Whether the words are no name by themselves, for all their capitals: "Parliament"."""
        lexicon = self.lexicon
        if len(words) == 1 and (lexicon.head(words) is not None or lexicon.title(words[0]) is not None):
            return True
        found = (lexicon.post(words), lexicon.person(words), lexicon.kinship(words))
        return any(f is not None and len(f.word.split()) >= len(words) for f in found)

    # ------------------------------------------------------------------ words beside it
    def _extended(self, name: Name, low: int, high: int, after: int) -> Name:
        """The name with what belongs to it before and behind: "north-eastern | Syria",
        "Islamic Revolutionary | Guard Corps", "the Orlov | dynasty"."""
        if name.entries and name.entries[0].kind == "user":
            return name
        start = self._left_edge(name, max(low, after))
        if start < name.start:
            region = self._is_place(name)
            name = Name(
                start, name.end, "LOC" if region else name.label, () if region else self._known(start, name.end)
            )
        return self._with_head(name, high)

    def _left_edge(self, name: Name, low: int) -> int:
        parse = self.parse
        start = name.start
        if self._is_place(name):
            while start > low and (
                parse.lower[start - 1] in self.directions or self._is_hyphen_in_direction(start - 1)
            ):
                start -= 1
        elif name.label == "ORG":
            while start > low and parse.words[start - 1][:1].isupper() and parse.pos[start - 1] in {"ADJ", "PROPN"}:
                if self._is_common([parse.lower[start - 1]]) or self.gazetteer.country_of(parse.words[start - 1]):
                    break
                start -= 1
            start = self._before_of(start, low)
        return start

    def _before_of(self, start: int, low: int) -> int:
        """Where a body's name begins that the model took up behind "of" alone: "the Little Brothers | of
        the Holy Cross"; ``start`` if nothing with a capital and in the plural stands before that."""
        parse = self.parse
        of = start - 2 if start > low and parse.lower[start - 1] == "the" else start - 1
        first = of - 1
        if first <= low or parse.lower[of] != "of" or parse.tags[first] != "NNPS":
            return start
        if self._known(first, of) or self.lexicon.post(parse.lower[first:of]) is not None:
            return start
        while first - 1 > low and parse.words[first - 1][:1].isupper() and parse.pos[first - 1] in {"ADJ", "PROPN"}:
            first -= 1
        return first

    def _is_hyphen_in_direction(self, i: int) -> bool:
        return self.parse.words[i] == "-" and i > 0 and self.parse.lower[i - 1] in self.directions

    def _is_place(self, name: Name) -> bool:
        if name.entries and not name.entries[0].weak:
            return name.entries[0].kind in _PLACES
        return name.label in {"GPE", "LOC"}

    def _with_head(self, name: Name, high: int) -> Name:
        """The name and the small noun behind it that says what it is, if that is part of it."""
        parse = self.parse
        if self._says_little(name):
            return name
        for i in range(name.end, min(name.end + _REACH, high)):
            if parse.pos[i] not in {"NOUN", "PROPN"} or parse.deps[name.end - 1] not in {"compound", "amod", "nmod"}:
                break
            label = self.heads.get(parse.lower[i])
            if label is not None and name.start <= _within(parse, name.end - 1, i) and self._takes(name, label):
                return Name(name.start, i + 1, label, self._known(name.start, i + 1), name.end)
        return name

    def _says_little(self, name: Name) -> bool:
        """Whether the name is half a word ("pro-*Moscow* district councillors"), or its capital that of a
        sentence's beginning ("*Islamist* group")."""
        parse, i = self.parse, name.start
        if i and parse.words[i - 1] == "-":
            return True
        opens = i == parse.sents[parse.sent_of[i]][0]
        return opens and name.end - i == 1 and not name.label and not name.entries

    def _takes(self, name: Name, label: str) -> bool:
        """Whether a body, region or facility is called by such a name: a party by no country's."""
        first = name.entries[0] if name.entries and not name.entries[0].weak else None
        if first is not None and (first.kind == "demonym" or is_a(first.cls, "Organization")):
            return False
        if label == "LOC":
            return name.label != "PERSON" and (first is None or first.kind in _PLACES - {"country"})
        return first is None or first.kind not in _PLACES

    # ------------------------------------------------------------------ names by their build
    def _built(self, low: int, high: int) -> Iterator[NamedSpan]:
        """The enactments and addresses of a sentence, which their last words tell: "the Fair Work and
        Pensions Act", "12 Mill Lane"."""
        parse = self.parse
        for i in range(low + 1, high):
            if not parse.words[i][:1].isupper() or i in self.headlines:
                continue
            if parse.lower[i] in self.laws:
                start = self._start_of_law(i, low)
                if start < i:
                    yield NamedSpan(start, i + 1, "LAW")
            elif i + 2 < high and parse.lower[i + 1] == "of" and self._is_of_people(i):
                yield from self._members(i, low, high)
            elif parse.lower[i] in self.streets:
                start = self._start_of_address(i, low)
                if start < i:
                    yield NamedSpan(start, i + 1, "FAC")

    def _is_of_people(self, i: int) -> bool:
        """Whether a plural is of people, and of no holders of an office."""
        word = self.parse.lower[i : i + 1]
        post, person = self.lexicon.post(word), self.lexicon.person(word)
        if post is not None:
            return post.plural and not post.office
        return person is not None and person.plural

    def _members(self, i: int, low: int, high: int) -> Iterator[NamedSpan]:
        """A body that is named for its members, a plural with capitals on both sides: "Osby Nurses of the *Sund*";
        behind a post it may have a second place before: "the head of *Norland and* Osby Nurses of the Sund"."""
        words, lower = self.parse.words, self.parse.lower
        stop = i + 2 + (lower[i + 2] == "the")
        if not words[i - 1][:1].isupper() or not words[stop : stop + 1]:
            return
        end = stop
        while end < high and words[end][:1].isupper():
            end += 1
        start = i
        while start > low and words[start - 1][:1].isupper() and self.parse.pos[start - 1] in {"ADJ", "PROPN"}:
            start -= 1
        if (
            start - 3 > low
            and lower[start - 1] == "and"
            and words[start - 2][:1].isupper()
            and lower[start - 3] == "of"
        ):
            start -= 2
        if start < i and end > stop:
            yield NamedSpan(start, end, "ORG")

    def _start_of_law(self, i: int, low: int) -> int:
        """Where an enactment's name begins: with the first of the words with capitals before its head,
        small words between them included."""
        start = at = i
        while at > low:
            at -= 1
            if self._is_of_law(at):
                start = at
            elif self.parse.lower[at] not in _INNER:
                break
        while start < i and self._known(start, start + 1) and self.gazetteer.country_of(self.parse.words[start]):
            start += 1
        return start

    def _is_of_law(self, i: int) -> bool:
        """Whether the word can be one of an enactment's name: a noun or adjective with a capital."""
        parse = self.parse
        opens = i == parse.sents[parse.sent_of[i]][0] and parse.pos[i] != "PROPN"
        return parse.words[i][:1].isupper() and parse.pos[i] in {"NOUN", "PROPN", "ADJ", "VERB"} and not opens

    def _start_of_address(self, i: int, low: int) -> int:
        """Where an address begins that ends in the token: with its number; ``i`` if it has none."""
        words = self.parse.words
        for at in range(i - 1, max(low, i - 5) - 1, -1):
            if words[at].isdigit() and at < i - 1:
                return at
            if not (words[at][0].isupper() or (words[at][0].isdigit() and words[at][-2:] in _ORDINALS)):
                break
        return i

    # ------------------------------------------------------------------ the model's spans
    def _joined(self, spans: list[NamedSpan]) -> list[NamedSpan]:
        """Spans that follow one another at once and are one name of a person or a body, joined."""
        out: list[NamedSpan] = []
        for span in spans:
            last = out[-1] if out else None
            if last is not None and self._are_joined_by_of(last, span):
                out[-1] = NamedSpan(last.start, span.end, "ORG")
            elif last is not None and last.end == span.start and self._are_one_name(last, span):
                out[-1] = NamedSpan(last.start, span.end, "ORG" if last.label == "ORG" else "PERSON")
            else:
                out.append(span)
        return out

    def _are_joined_by_of(self, a: NamedSpan, b: NamedSpan) -> bool:
        """Whether two spans with "of" between them are a body's name that the model cut: "the Little Brothers
        | of | the Holy Cross", "the Centre | of | Policy Studies"."""
        parse = self.parse
        between = parse.lower[a.end : b.start]
        if between not in (["of"], ["of", "the"]) or b.label not in _BODIES or parse.heads[a.end] != a.end - 1:
            return False
        if a.label == "PERSON":
            return parse.tags[a.end - 1] in {"NNPS", "NNS"} and not self._known(a.start, a.end)
        return a.label == "ORG" and a.end - a.start == 1 and self.lexicon.head([parse.lower[a.start]]) is not None

    def _are_one_name(self, a: NamedSpan, b: NamedSpan) -> bool:
        """Whether two spans side by side are one name: not "Democrat | Ann Bo", nor the end of a post and who
        holds it, "Secretary of Defense | Ann Bo"."""
        if any(self.parse.pos[i] != "PROPN" for i in range(a.start, b.end)):
            return False
        if a.end - a.start == 1 and (self._is_adjective(a.start) or self._ends_post(a.start)):
            return False
        if any(e.kind != "given name" for e in self._known(a.start, a.end)):
            return False
        # "the Farm Relief Caucus | PAC"
        bodies = a.label == b.label == "ORG" and a.end - a.start > 1 and self.parse.heads[a.end - 1] in range(*b[:2])
        return bodies or b.label in {"PERSON", "NORP"}

    def _ends_post(self, i: int) -> bool:
        """Whether the word is the last of a post of several: "Secretary of *State*"."""
        post = self.lexicon.post(self.parse.lower[max(0, i - 5) : i + 1])
        return post is not None and " of " in post.word

    def _mended(self, span: NamedSpan) -> Iterator[NamedSpan]:
        """The model's span without what is no name, in two where a possessive divides it."""
        parse = self.parse
        inner = [i for i in range(span.start, span.end - 1) if parse.tags[i] == "POS"]
        if inner and span.label not in _PHRASES and not self._is_of_name(inner[0], span.end):
            yield from self._mended(NamedSpan(span.start, inner[0], span.label))
            yield from self._mended(NamedSpan(inner[0] + 1, span.end, span.label))
            return
        start, end = self._trimmed(span.start, self._completed(span.start, span.end, span.label), span.label)
        if span.label == "PERSON" and end - start > 2 and self._is_adjective(start):
            start += 1
        if self._may_have_title(start, end, span.label):
            start = self._after_titles(start, end, of_person=span.label not in _BODIES)
        if start < end and self._is_name(start, end, span.label):
            yield NamedSpan(start, end, span.label)

    def _is_of_name(self, possessive: int, end: int) -> bool:
        """Whether a possessive is part of a name: "Macy's", "the Farmers' Union", "St Ann's Hospital"."""
        parse = self.parse
        if self.gazetteer.longest(parse.words, possessive - 1)[0] >= 2:
            return True
        if parse.tags[possessive - 1] in {"NNS", "NNPS"} or parse.lower[possessive - 1] in _PEOPLE:
            return True
        alone = end - possessive == 2 and self.lexicon.head(parse.lower[end - 1 : end]) is not None
        return alone and not self._known(possessive - 1, possessive)

    def _is_adjective(self, i: int) -> bool:
        """Whether the word says whence or of which party somebody is: "Italian Paolo Verdi"."""
        if self.parse.lower[i] in self.lexicon.partisans:
            return True
        return any(e.kind == "demonym" or e.cls == "PoliticalParty" for e in self._known(i, i + 1)[:1])

    def _trimmed(self, start: int, end: int, label: str) -> tuple[int, int]:
        parse = self.parse
        phrase = label in _PHRASES
        while start < end and parse.tags[start] in _OPENING and not (phrase and parse.words[start][0].isupper()):
            start += 1
        while start + 1 < end and (self._is_stance(start) or parse.lower[start] in _QUANTIFIERS):
            start += 1
        while start < end and self._is_no_end(end - 1, phrase=phrase, only=end - start == 1):
            end -= 1
        if label == "PERSON":
            end = next((i for i in range(start + 1, end) if self._ends_person(i, start)), end)
        # "the consulate in Grodno | and his deputy"
        whose = next((i for i in range(start + 2, end) if parse.tags[i] == "PRP$" and parse.tags[i - 1] == "CC"), None)
        return start, end if whose is None or label in {"WORK_OF_ART", "LAW"} else whose - 1

    def _ends_person(self, i: int, start: int) -> bool:
        """Whether a person's name is over before the token: a verb or pronoun, "of" behind a full name."""
        parse = self.parse
        if parse.lower[i] in {"of", "from"}:
            return i - start > 1
        return parse.pos[i] in {"AUX", "PRON"} and parse.words[i] not in _SMALL_SURNAMES

    def _is_no_end(self, i: int, *, phrase: bool, only: bool) -> bool:
        """Whether a name cannot end in the token: punctuation, a small word."""
        parse = self.parse
        if parse.tags[i] in _CLOSING:
            return len(parse.words[i]) == 1 or parse.tags[i] != "."
        return not (phrase or only or _has_capital(parse.words[i]) or parse.words[i].isdigit())

    def _may_have_title(self, start: int, end: int, label: str) -> bool:
        if label in {"ORG", "FAC"}:
            return self.lexicon.head(self.parse.lower[start:end], name=True) is None
        return label in {"PERSON", "NORP", "GPE"}

    def _after_titles(self, start: int, end: int, *, of_person: bool = True) -> int:
        """Where the name begins after titles and posts that stand before it: "Mayor Ann Bo". A body's name
        has nouns for people as adjectives ("the *National* Audit Office"): they stay."""
        parse = self.parse
        best = start
        for i in range(start, min(start + 4, end - 1)):
            if parse.lower[i] in self.lexicon.given and i + 1 < end:
                break
            post, person = self.lexicon.post(parse.lower[start : i + 1]), self.lexicon.people.get(parse.lower[i])
            title = self.lexicon.title(parse.words[i])
            found = (_strong(post), person if of_person else None)
            if title is not None or any(f is not None and not f.plural for f in found):
                best = i + 1
        return best

    def _completed(self, start: int, end: int, label: str) -> int:
        """Where a person's name ends that the model cut off after a particle ("Omar bin | Said") or before
        a surname that is a small word as well ("Nelson | Or")."""
        parse = self.parse
        if label != "PERSON":
            return end
        while end < len(parse) and parse.words[end][:1].isupper() and parse.lower[end - 1] in self.lexicon.particles:
            end += 1
        alone = end - start == 1 and parse.lower[start] in self.lexicon.given
        return end + 1 if self._is_surname_of_month(end) or (alone and self._is_small_surname(end)) else end

    def _is_small_surname(self, i: int) -> bool:
        """Whether a small word is written as a surname behind a given name."""
        parse = self.parse
        return i < len(parse) and i not in self.headlines and parse.words[i] in _SMALL_SURNAMES

    def _is_surname_of_month(self, i: int) -> bool:
        """Whether a month behind a given name is a surname: "Prime Minister Ann | May said"."""
        parse = self.parse
        if i + 1 >= len(parse) or parse.words[i] not in _MONTHS or parse.words[i + 1][:1].isdigit():
            return False
        return parse.lower[i - 1] in self.lexicon.given and parse.tags[i] == "NNP"

    def _is_name(self, start: int, end: int, label: str) -> bool:
        """Whether what the model calls a name has a capital, and is no bare post or title."""
        parse = self.parse
        if end - start == 1 and (self._is_prefixed(start) or self._is_stance(start)):
            return False
        if not any(_has_capital(parse.words[i]) or parse.words[i][0].isdigit() for i in range(start, end)):
            return False
        if end - start == 1 and _is_mark(parse.words[start]):
            return False
        if label == "PERSON" and end - start == 1 and start in self.headlines and parse.tags[start] == "NNPS":
            return False  # "Berlin Condemns *Attacks*"
        clause = any(parse.pos[i] in {"PRON", "VERB", "AUX"} for i in range(start, end))
        if label in _PHRASES and clause and not self._is_quoted(start, end):
            return False
        if label in {"PERSON", "ORG", "NORP", "PRODUCT"} and self._is_common(parse.lower[start:end]):
            return bool(self._known(start, end))
        return not self._is_part_of_post(start, end) and not self._is_post_of_country(start, end)

    def _is_prefixed(self, i: int) -> bool:
        """Whether the word is an English compound and not a name by its own capital: "mid-March"."""
        return self.parse.words[i][0].islower() and self.parse.lower[i].partition("-")[0] in self.prefixes

    def _is_stance(self, i: int) -> bool:
        """Whether the word says for or against what somebody is: "Pro-Moscow", "anti-Houthi"."""
        first, hyphen, _ = self.parse.lower[i].partition("-")
        return bool(hyphen) and first in _STANCES

    def _is_post_of_country(self, start: int, end: int) -> bool:
        """Whether the words are a country and a post of it: "UK Special Representative"."""
        count, entries = self.gazetteer.longest(self.parse.words, start)
        if not entries or entries[0].kind not in {"country", "demonym"} or not start + count < end:
            return False
        rest = self.parse.lower[start + count : end]
        head = self.lexicon.head(rest)
        return self._is_common(rest) and (head is None or head.cls not in {"Work", "Thing"})

    def _is_quoted(self, start: int, end: int) -> bool:
        before = self.parse.tags[start - 1] if start else ""
        return before == "``" and (end < len(self.parse) and self.parse.tags[end] == "''")

    def _is_part_of_post(self, start: int, end: int) -> bool:
        """Whether the words open a post that goes on: "National Security | Adviser"."""
        parse = self.parse
        if end >= len(parse) or self._known(start, end):
            return False
        for stop in (end + 1, end + 2):
            post = self.lexicon.post(parse.lower[start:stop])
            if post is not None and len(post.word.split()) >= stop - start:
                return True
        return False


def _strong(post: Post | None) -> Post | None:
    return None if post is None or post.weak else post


def _headlines(parse: Parse, body: Sequence[tuple[int, int]]) -> frozenset[int]:
    """The tokens of sentences whose every long word is capitalised: there a capital says nothing."""
    out: set[int] = set()
    for start, end in body:
        words = [parse.words[i] for i in range(start, end) if parse.words[i].isalpha() and len(parse.words[i]) > 4]
        if len(words) > 2 and all(w[0].isupper() for w in words) and parse.words[end - 1] not in {".", "!", "?"}:
            out.update(range(start, end))
    return frozenset(out)


def _over(spans: Sequence[NamedSpan], built: Sequence[NamedSpan]) -> list[NamedSpan]:
    """The spans, those that are built in the place of what they overlap, unless that is longer."""
    for new in built:
        old = [s for s in spans if s.start < new.end and new.start < s.end]
        if any(s.start < new.start or s.end > new.end or s == new or _ends_in(s, new) for s in old):
            continue
        spans = [s for s in spans if s not in old]
        spans = sorted([*spans, new], key=lambda s: s.start)
    return list(spans)


def _ends_in(person: NamedSpan, built: NamedSpan) -> bool:
    """Whether what ends like an enactment is a person's name: "Carl Law"."""
    return person.label == "PERSON" and person.end == built.end


def _within(parse: Parse, i: int, head: int) -> int:
    """``i`` if it hangs on ``head``, directly or by words between them; else -1."""
    at = i
    while i <= at < head and parse.heads[at] > at:
        at = parse.heads[at]
    return i if at == head or (at > head and parse.heads[head] == at) else -1


def _is_mark(word: str) -> bool:
    """Whether a word alone is a letter ("I.", "B") or a Roman number, which counts and names nobody."""
    plain = word.removesuffix(".")
    return len(plain) == 1 or (len(plain) > 1 and set(plain) <= set("IVX"))


def _has_capital(word: str) -> bool:
    return any(c.isupper() for c in word)
