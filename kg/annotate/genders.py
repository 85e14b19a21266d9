"""Number, gender and kind of what a mention speaks of; gender from evidence in the text alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from kg.rules.lexicon import Lexicon
from kg.syntax import Parse

if TYPE_CHECKING:
    from kg.annotate.candidates import Candidate

Number = Literal["sing", "plur"]
Gender = Literal["female", "male"]


class Pronoun(NamedTuple):
    """What a pronoun says: its person (1 to 3), number, gender, and whether it is somebody."""

    person: int
    number: Number | None
    gender: Gender | None = None
    human: bool | None = None


_I = Pronoun(1, "sing", None, True)
_WE = Pronoun(1, "plur", None, True)
_YOU = Pronoun(2, None, None, True)
_HE = Pronoun(3, "sing", "male", True)
_SHE = Pronoun(3, "sing", "female", True)
_IT = Pronoun(3, "sing", None, False)
_THEY = Pronoun(3, "plur", None, None)
PRONOUNS: dict[str, Pronoun] = {
    **dict.fromkeys(("i", "me", "my", "mine", "myself"), _I),
    **dict.fromkeys(("we", "us", "our", "ours", "ourselves"), _WE),
    **dict.fromkeys(("you", "your", "yours", "yourself", "yourselves"), _YOU),
    **dict.fromkeys(("he", "him", "his", "himself"), _HE),
    **dict.fromkeys(("she", "her", "hers", "herself"), _SHE),
    **dict.fromkeys(("it", "its", "itself"), _IT),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), _THEY),
}
REFLEXIVES = frozenset({"myself", "yourself", "himself", "herself", "itself", "ourselves", "yourselves", "themselves"})
#: Classes whose members are one or several at once: "the ministry said it", "the ministry said they".
COLLECTIVE = frozenset(
    {
        *("Organization", "GovernmentBody", "Embassy", "Military", "PoliticalParty", "Company", "NewsOutlet"),
        *("InternationalOrganization", "Group", "Country"),
    }
)


def describe(c: Candidate, parse: Parse, lexicon: Lexicon) -> None:
    """Fill in the number and the gender of a mention."""
    if c.kind == "pronoun":
        pronoun = PRONOUNS[parse.lower[c.root]]
        c.number, c.gender = pronoun.number, pronoun.gender
        return
    c.number = _number(c, parse)
    if c.cls == "Person":
        c.gender = _gender(c, parse, lexicon)


def _number(c: Candidate, parse: Parse) -> Number | None:
    if parse.tags[c.root] in {"NNS", "NNPS"} and c.name is None:
        return "plur"
    if c.cls == "Group":
        return "plur" if c.name is not None else None
    if c.name is None and c.cls in COLLECTIVE:
        return None
    return "sing"


def _gender(c: Candidate, parse: Parse, lexicon: Lexicon) -> Gender | None:
    """From kin terms, nouns and titles first, then from a given name in the text."""
    words = (
        parse.lower[max(c.tokens[0], c.head[0] - 5) : c.head[0]] if c.name else parse.lower[c.tokens[0] : c.root + 1]
    )
    kin, person, post = lexicon.kinship(words), lexicon.person(words), lexicon.post(words)
    for found in (kin, person, post):
        if found is not None and found.gender is not None:
            return found.gender
    for word in words:
        title = lexicon.title(word)
        if title is not None and title.gender is not None and c.name is not None:
            return title.gender
    if c.name is None:
        return None
    given = parse.words[c.name.start]
    if len(c.key) > 1 and given.lower() not in lexicon.family:
        return lexicon.gender(given)
    return None
