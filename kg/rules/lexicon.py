"""The nouns of people, posts, kin and organisations, given names and titles, as data.

Loads and checks ``organizations.toml``, ``names.toml``, ``titles.toml``, ``groups.toml``,
``posts.toml``, ``kinship.toml`` and ``parties.toml``. All look-ups are by lower-case words as they stand in
the text, so singular and plural forms are both in the tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, TypeVar

from kg.errors import RulesError
from kg.model import ENTITY_CLASSES
from kg.rules import toml
from kg.rules.inflection import plural as plural_of

FOLDER = Path(__file__).parent

Gender = Literal["female", "male"]
Tense = Literal["ended", "future", "now"]
_GENDERS = ("female", "male")
_KINSHIPS = ("spouse", "parent", "child", "sibling", "relative")
_SLOTS = ("represents", "destination", "place", "topic")
_TIMES = ("ended", "future", "now")
_LONGEST = 6

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Head:
    """A noun that says what its phrase is: "ministry", "news agency"; in a name "Times", "Inc.".

    ``weak`` heads are of their class only in names or with a sign in the context ("group",
    "office").
    """

    word: str
    cls: str
    plural: bool = False
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Title:
    """A word before a name. ``post`` titles ("President", "Gen.") are offices and ``full``
    spells them out ("general"); honorifics ("Mr.", "Sheikh") are none; an ``occupation``
    ("lawyer") is no office; a ``modifier`` only goes before others ("former")."""

    word: str
    kind: Literal["honorific", "post", "occupation", "modifier"]
    full: str = ""
    gender: Gender | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A noun for people: "diplomat", "staff".

    ``group`` is true of nouns that mean several people without a plural form ("staff",
    "crowd"). ``source`` ones are quoted without a name ("officials", "a source").
    """

    word: str
    plural: bool = False
    group: bool = False
    source: bool = False
    gender: Gender | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """A noun that names an office or an occupation.

    ``office`` is true where holding it is a Tenure. ``takes`` says what a preposition after
    it gives: ``represents`` (whose office it is), ``destination`` (where accredited),
    ``place``, or ``topic`` (part of the position: "minister of finance"). ``before`` says
    what a country or body in front of it is: ``represents`` in "the Italian ambassador".
    ``weak`` ones ("head", "member") need a complement or a name beside them. ``public`` ones are of a
    state or a place: a party beside them ("the Labour mayor") is the holder's, not whose office it is.
    """

    word: str
    office: bool
    takes: Mapping[str, str]
    before: str = "represents"
    plural: bool = False
    weak: bool = False
    public: bool = False
    gender: Gender | None = None


@dataclass(frozen=True, slots=True)
class PostModifier:
    """A word before or after a post. ``part`` ones belong to the position ("acting", "deputy");
    ``time`` says when it is held: "former" has ``ended``, "incoming" is in the ``future``."""

    word: str
    part: bool
    time: Tense = "now"


@dataclass(frozen=True, slots=True)
class Kin:
    """A noun for kin. ``kinship`` is what the person so called is to the owner: "X's son" is a
    ``child`` of X; ``inverse`` is what the owner is to that person, a ``parent``.

    ``time`` is ``ended`` for "widow" and "ex-wife", ``future`` for "fiancé". ``weak`` ones
    ("partner") are kin only of a person, and without a noun before them.
    """

    word: str
    kinship: str
    inverse: str
    gender: Gender | None = None
    plural: bool = False
    in_law: bool = False
    time: Tense = "now"
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every table, by lower-case words: plural forms stand beside the singular ones, hyphens
    are blanks ("secretary general"), possessives are apart ("prosecutor 's office").

    ``heads`` are heads of noun phrases, ``name_heads`` last words of proper names.
    ``given`` has given names, ``None`` where the gender does not follow; ``family`` common
    family names of cultures that put them first; ``particles`` what stands inside names
    in lower case ("bin", "van"); ``anonymous`` adjectives of unnamed people, ``vague`` those
    that go with unnamed sources and with others. ``kin_verbs`` has the kinship that a word of
    a verb's trigger tells ("is *married* to"). ``partisans`` are nouns for a party's followers, ``party_labels``
    its letters beside a constituency ("D-Ohio"), each with the names of the party. ``homes`` has the class of whose
    office a post is, ``title_homes`` that of one right before a name; ``not_of`` and ``only_of`` the codes of the
    countries that have no such post, and of those that alone have it.
    """

    heads: Mapping[str, Head]
    name_heads: Mapping[str, Head]
    titles: Mapping[str, Title]
    given: Mapping[str, Gender | None]
    family: frozenset[str]
    particles: frozenset[str]
    people: Mapping[str, Person]
    anonymous: frozenset[str]
    vague: frozenset[str]
    posts: Mapping[str, Post]
    post_words: frozenset[str]
    post_modifiers: Mapping[str, PostModifier]
    kin: Mapping[str, Kin]
    kin_verbs: Mapping[str, str]
    partisans: Mapping[str, tuple[str, ...]]
    party_labels: Mapping[str, tuple[str, ...]]
    homes: Mapping[str, str]
    title_homes: Mapping[str, str]
    not_of: Mapping[str, frozenset[str]]
    only_of: Mapping[str, frozenset[str]]

    def head(self, words: Sequence[str], *, name: bool = False) -> Head | None:
        """The head that the words end in; the longest wins ("news agency" before "agency").

        In a proper ``name`` what decides names goes first: "Post" is an outlet.
        """
        found = _longest(self.heads, words)
        proper = _longest(self.name_heads, words) if name else None
        if found is None or proper is None:
            return proper or found
        return found if len(found.word) > len(proper.word) else proper

    def post(self, words: Sequence[str]) -> Post | None:
        """The post that the words end in; the longest wins ("prime minister")."""
        return _longest(self.posts, words)

    def home(self, position: str, *, title: bool) -> str | None:
        """The class of whose office a post is: a "foreign minister" is of a country, whichever it is."""
        words = canonical(position).split()
        for start in range(len(words)):
            for key in (" ".join(words[start:]), f"* {words[-1]}" if len(words) - start > 1 else ""):
                found = self.homes.get(key) or (self.title_homes.get(key) if title else None)
                if found is not None:
                    return found
        return None

    def has_post(self, country: str, position: str) -> bool:
        """Whether the country with a code can have such a post: the United States have no "prime minister"."""
        for post in _endings(position):
            if country in self.not_of.get(post, ()) or country not in self.only_of.get(post, {country}):
                return False
        return True

    def person(self, words: Sequence[str]) -> Person | None:
        """The noun for people that the words end in."""
        return _longest(self.people, words)

    def kinship(self, words: Sequence[str]) -> Kin | None:
        """The kin term that the words end in."""
        return _longest(self.kin, words)

    def title(self, word: str) -> Title | None:
        """The title that a word before a name is, with or without its full stop."""
        return self.titles.get(canonical(word)) or self.titles.get(canonical(word.rstrip(".")))

    def gender(self, given: str) -> Gender | None:
        """The gender that a given name tells, ``None`` where it tells none. Its syllables may stand
        apart ("Song Gil", "Song-gil")."""
        return self.given.get("-".join(given.lower().split()))


@lru_cache(maxsize=10_000)  # the same few nouns are asked about at every turn
def canonical(text: str) -> str:
    """A phrase as the tables have it.

    >>> canonical("Secretary-General"), canonical("the prosecutor’s office")
    ('secretary general', "the prosecutor 's office")
    """
    plain = text.lower().replace("’", "'").replace("-", " ")
    return " ".join(plain.replace(" 's", "'s").replace("'s ", " 's ").split())


def _longest(table: Mapping[str, Item], words: Sequence[str]) -> Item | None:
    """The item for the longest ending of the words."""
    for ending in _endings(" ".join(words[-_LONGEST:])):
        found = table.get(ending)
        if found is not None:
            return found
    return None


@lru_cache(maxsize=10_000)
def _endings(phrase: str) -> tuple[str, ...]:
    """A phrase's endings as the tables have them, longest first."""
    parts = canonical(phrase).split()
    return tuple(" ".join(parts[start:]) for start in range(len(parts)))


# ---------------------------------------------------------------------- loading
@lru_cache(maxsize=4)
def load(folder: Path | None = None) -> Lexicon:
    """The lexicon in ``folder``, by default the one that ships.

    Raises ``RulesError`` with the file and the line: an unknown key, class or value, a word
    that two entries of one table claim.
    """
    where = folder or FOLDER
    names = _read(where, "names.toml", frozenset({"given", "family", "particles"}))
    people = _read(where, "groups.toml", frozenset({"persons", "groups", "anonymous"}))
    posts = _read(where, "posts.toml", frozenset({"posts", "modifiers", "homes"}))
    heads, name_heads = _heads(*_read(where, "organizations.toml", ENTITY_CLASSES.keys()))
    named_posts = _posts(*posts)
    kinship = _read(where, "kinship.toml", frozenset({"kin", "verbs"}))
    parties = _read(where, "parties.toml", frozenset({"members", "labels"}))
    return Lexicon(
        heads=heads,
        name_heads=name_heads,
        titles=_titles(*_read(where, "titles.toml", frozenset({"honorifics", "posts", "occupations", "modifiers"}))),
        given=_given(*names),
        family=_words(names, "family"),
        particles=_words(names, "particles"),
        people=_people(*people),
        anonymous=_words(people, "anonymous"),
        vague=_words(people, "anonymous", "vague"),
        posts=named_posts,
        post_words=frozenset(word for name in named_posts for word in name.split()),
        post_modifiers=_modifiers(*posts),
        kin=_kin(*kinship),
        kin_verbs=_kin_verbs(*kinship),
        partisans=_parties(*parties, "members"),
        party_labels=_parties(*parties, "labels"),
        homes=_homes(*posts, "any"),
        title_homes=_homes(*posts, "titles"),
        not_of=_countries_with(*posts, "not_of"),
        only_of=_countries_with(*posts, "only_of"),
    )


_Data = Mapping[str, Any]


def _read(folder: Path, name: str, known: Iterable[str]) -> tuple[toml.Source, dict[str, Any]]:
    source, data = toml.read(folder / name)
    toml.check_keys(source, data, frozenset(known), "")
    return source, data


class _Table(dict[str, Item]):
    """A table that is being filled: the second entry for a word is an error."""

    def __init__(self, source: toml.Source) -> None:
        super().__init__()
        self.source = source

    def put(self, word: str, item: Item, where: str, key: str, nth: int = 0) -> None:
        """Add an item that a file lists; raises ``RulesError`` if the word has one."""
        name = canonical(word)
        if name in self:
            raise _at(self.source, word, f'"{word}" is there twice', where, key, nth)
        self[name] = item

    def also(self, word: str, item: Item) -> None:
        """Add a derived form, unless the file says something else of it."""
        self.setdefault(canonical(word), item)


def _at(source: toml.Source, word: str, message: str, where: str, key: str, nth: int) -> RulesError:
    """The error at the last line that has the word in quotes, if there is one."""
    lines = source.text.splitlines()
    quoted = [n for n, line in enumerate(lines, start=1) if f'"{word}"' in line.partition("#")[0]]
    if quoted:
        return RulesError(f"{source.name}, line {quoted[-1]}: {message}")
    return source.error(message, where, nth=nth, key=key)


def _table(source: toml.Source, value: object, where: str, known: Iterable[str]) -> _Data:
    if not isinstance(value, dict):
        raise source.error(f'"{where}" has to be a table', where)
    toml.check_keys(source, value, frozenset(known), where)
    return value


def _words(read: tuple[toml.Source, _Data], section: str, key: str = "words") -> frozenset[str]:
    source, data = read
    table = _table(source, data.get(section, {}), section, {"words", "vague"})
    return frozenset(canonical(w) for w in toml.strings(source, table.get(key, []), section, key))


def _one_of(source: toml.Source, value: object, known: Sequence[str], where: str, key: str, nth: int = 0) -> Any:
    if value not in known:
        hint = toml.closest(str(value), known)
        raise source.error(f'"{key}" is one of {", ".join(known)}, not {value!r}{hint}', where, nth=nth, key=key)
    return value


def _bool(source: toml.Source, table: _Data, default: bool, where: str, key: str, nth: int = 0) -> bool:
    value = table.get(key, default)
    if not isinstance(value, bool):
        raise source.error(f'"{key}" has to be true or false', where, nth=nth, key=key)
    return value


def _heads(source: toml.Source, data: _Data) -> tuple[dict[str, Head], dict[str, Head]]:
    """The heads of noun phrases and those of proper names."""
    common, proper = _Table[Head](source), _Table[Head](source)
    derived: list[tuple[str, Head]] = []
    for cls, content in data.items():
        lists = _table(source, content, cls, {"heads", "weak", "names"})
        for key in ("heads", "weak", "names"):
            for word in toml.strings(source, lists.get(key, []), cls, key):
                head = Head(word, cls, weak=key == "weak")
                (proper if key == "names" else common).put(word, head, cls, key)
                if key != "names":
                    derived.append((plural_of(word), replace(head, plural=True)))
    for word, head in derived:
        common.also(word, head)
    return dict(common), dict(proper)


def _titles(source: toml.Source, data: _Data) -> dict[str, Title]:
    table = _Table[Title](source)
    for section, kind in (("honorifics", "honorific"), ("occupations", "occupation"), ("modifiers", "modifier")):
        lists = _table(source, data.get(section, {}), section, {"any", *_GENDERS})
        for key in ("any", *_GENDERS):
            for word in toml.strings(source, lists.get(key, []), section, key):
                gender = None if key == "any" else key
                table.put(word, Title(word, kind, word.lower(), gender), section, key)  # type: ignore[arg-type]
    posts = data.get("posts", {})
    if not isinstance(posts, dict) or not all(isinstance(v, str) for v in posts.values()):
        raise source.error('"posts" has to be a table of title = "what it says in full"', "posts")
    for word, full in posts.items():
        table.put(word, Title(word, "post", full), "posts", word)
    return dict(table)


def _given(source: toml.Source, data: _Data) -> dict[str, Gender | None]:
    lists = _table(source, data.get("given", {}), "given", {"female", "male", "either"})
    table = _Table[Gender | None](source)
    genders: tuple[tuple[str, Gender | None], ...] = (("female", "female"), ("male", "male"), ("either", None))
    for key, gender in genders:
        for word in toml.strings(source, lists.get(key, []), "given", key):
            name = word.lower()
            if name in table:
                raise _at(source, word, f'"{word}" is there twice', "given", key, 0)
            table[name] = gender
    return dict(table)


def _people(source: toml.Source, data: _Data) -> dict[str, Person]:
    table = _Table[Person](source)
    derived: list[tuple[str, Person]] = []
    for section in ("persons", "groups"):
        lists = _table(source, data.get(section, {}), section, {"words", "sources", *_GENDERS})
        for key in ("words", "sources", *_GENDERS):
            for word in toml.strings(source, lists.get(key, []), section, key):
                group = section == "groups"
                gender = _one_of(source, key, _GENDERS, section, key) if key in _GENDERS else None
                person = Person(word, plural=group, group=group, source=key == "sources", gender=gender)
                table.put(word, person, section, key)
                derived.append((plural_of(word), replace(person, plural=True)))
    for word, person in derived:
        table.also(word, person)
    return dict(table)


_POST_KEYS = ("nouns", "office", "takes", "before", "weak", "gender", "public")


def _posts(source: toml.Source, data: _Data) -> dict[str, Post]:
    table = _Table[Post](source)
    derived: list[tuple[str, Post]] = []
    for nth, content in enumerate(_tables(source, data, "posts")):
        toml.check_keys(source, content, _POST_KEYS, "posts", nth=nth)
        takes = content.get("takes", {})
        if not isinstance(takes, dict):
            raise source.error('"takes" has to be a table of preposition = "slot"', "posts", nth=nth, key="takes")
        for slot in takes.values():
            _one_of(source, slot, _SLOTS, "posts", "takes", nth)
        gender = content.get("gender")
        post = Post(
            "",
            office=_bool(source, content, True, "posts", "office", nth),
            takes=takes,
            before=_one_of(source, content.get("before", "represents"), _SLOTS, "posts", "before", nth),
            weak=_bool(source, content, False, "posts", "weak", nth),
            public=_bool(source, content, False, "posts", "public", nth),
            gender=None if gender is None else _one_of(source, gender, _GENDERS, "posts", "gender", nth),
        )
        for word in toml.strings(source, content.get("nouns"), "posts", "nouns", nth=nth):
            table.put(word, replace(post, word=word), "posts", "nouns", nth)
            derived.append((plural_of(word), replace(post, word=word, plural=True)))
    for word, post in derived:
        table.also(word, post)
    return dict(table)


def _tables(source: toml.Source, data: _Data, name: str) -> list[_Data]:
    tables = data.get(name, [])
    if not isinstance(tables, list) or not all(isinstance(t, dict) for t in tables):
        raise source.error(f"[[{name}]] has to be a list of tables", name)
    return tables


def _homes(source: toml.Source, data: _Data, key: str) -> dict[str, str]:
    table = _Table[str](source)
    for cls, content in _table(source, data.get("homes", {}), "homes", ENTITY_CLASSES).items():
        _table(source, content, f"homes.{cls}", {"any", "titles", "not_of", "only_of"})
        for word in toml.strings(source, content.get(key, []), f"homes.{cls}", key):
            table.put(word, cls, f"homes.{cls}", key)
    return dict(table)


def _countries_with(source: toml.Source, data: _Data, key: str) -> dict[str, frozenset[str]]:
    """Of posts, the codes of the countries that ``key`` lists for them."""
    where = f"homes.Country.{key}"
    content = data.get("homes", {}).get("Country", {}).get(key, {})
    lists = _table(source, content, where, content)
    return {canonical(post): frozenset(toml.strings(source, codes, where, post)) for post, codes in lists.items()}


def _modifiers(source: toml.Source, data: _Data) -> dict[str, PostModifier]:
    sections = _table(source, data.get("modifiers", {}), "modifiers", {"part", "apart"})
    table = _Table[PostModifier](source)
    for section, content in sections.items():
        where = f"modifiers.{section}"
        lists = _table(source, content, where, _TIMES)
        for key in lists:
            time = _one_of(source, key, _TIMES, where, key)
            for word in toml.strings(source, lists[key], where, key):
                table.put(word, PostModifier(word, section == "part", time), where, key)
    return dict(table)


_KIN_KEYS = ("nouns", "kinship", "inverse", "gender", "in_law", "time", "weak")


def _kin(source: toml.Source, data: _Data) -> dict[str, Kin]:
    table = _Table[Kin](source)
    derived: list[tuple[str, Kin]] = []
    for nth, content in enumerate(_tables(source, data, "kin")):
        toml.check_keys(source, content, _KIN_KEYS, "kin", nth=nth)
        gender = content.get("gender")
        kin = Kin(
            "",
            kinship=_one_of(source, content.get("kinship"), _KINSHIPS, "kin", "kinship", nth),
            inverse=_one_of(source, content.get("inverse"), _KINSHIPS, "kin", "inverse", nth),
            gender=None if gender is None else _one_of(source, gender, _GENDERS, "kin", "gender", nth),
            in_law=_bool(source, content, False, "kin", "in_law", nth),
            time=_one_of(source, content.get("time", "now"), _TIMES, "kin", "time", nth),
            weak=_bool(source, content, False, "kin", "weak", nth),
        )
        for word in toml.strings(source, content.get("nouns"), "kin", "nouns", nth=nth):
            table.put(word, replace(kin, word=word), "kin", "nouns", nth)
            derived.append((plural_of(word), replace(kin, word=word, plural=True)))
    for word, kin in derived:
        table.also(word, kin)
    return dict(table)


def _kin_verbs(source: toml.Source, data: _Data) -> dict[str, str]:
    table = _table(source, data.get("verbs", {}), "verbs", _KINSHIPS)
    return {word: kinship for kinship in table for word in toml.strings(source, table[kinship], "verbs", kinship)}


def _parties(source: toml.Source, data: _Data, section: str) -> dict[str, tuple[str, ...]]:
    """The names of the party for each word; plurals of members' nouns too ("fellow *Republicans*")."""
    words = data.get(section, {})
    if not isinstance(words, dict):
        raise source.error(f'"{section}" has to be a table of word = names of the party', section)
    names = {word: tuple(toml.strings(source, words[word], section, word)) for word in words}
    plurals = {plural_of(word): party for word, party in names.items()} if section == "members" else {}
    return plurals | names
