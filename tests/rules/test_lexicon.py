from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest

from kg.errors import RulesError
from kg.model import ENTITY_CLASSES
from kg.rules import lexicon
from kg.rules.lexicon import Kin, Lexicon, canonical

FILES = ("organizations.toml", "names.toml", "titles.toml", "groups.toml", "posts.toml", "kinship.toml", "parties.toml")


@pytest.fixture(scope="module")
def book() -> Lexicon:
    return lexicon.load()


HEADS = [
    # words, in a proper name?, class
    ("the foreign ministry", False, "GovernmentBody"),
    ("supreme court", False, "GovernmentBody"),
    ("a news agency", False, "NewsOutlet"),
    ("the space agency", False, "GovernmentBody"),
    ("state television", False, "NewsOutlet"),
    ("high commission", False, "Embassy"),
    ("two embassies", False, "Embassy"),
    ("consulate - general", False, "Embassy"),
    ("the security forces", False, "Military"),
    ("rebel group", False, "Military"),
    ("rights group", False, "Organization"),
    ("a trade union", False, "Organization"),
    ("ruling party", False, "PoliticalParty"),
    ("the airline", False, "Company"),
    ("law firm", False, "Company"),
    ("a prison", False, "Facility"),
    ("the border town", False, "City"),
    ("a province", False, "Region"),
    ("river", False, "Place"),
    ("a draft resolution", False, "Work"),
    ("ballistic missile", False, "Thing"),
    ("Tidewater Post", True, "NewsOutlet"),
    ("Tidewater Herald", True, "NewsOutlet"),
    ("Acme Holdings", True, "Company"),
    ("Acme Inc.", True, "Company"),
    ("Popular Front", True, "PoliticalParty"),
    ("Harbour Foundation", True, "Organization"),
    ("Long Bridge", True, "Facility"),
    ("Blue River", True, "Place"),
    ("Clean Air Act", True, "Work"),
    ("Ministry", True, "GovernmentBody"),
]


@pytest.mark.parametrize(("text", "name", "cls"), HEADS)
def test_heads(text: str, name: bool, cls: str, book: Lexicon) -> None:
    head = book.head(text.split(), name=name)
    assert head is not None
    assert head.cls == cls


def test_heads_of_names_are_none_of_common_nouns(book: Lexicon) -> None:
    assert book.head(["blog", "post"]) is not None
    assert book.head(["the", "post"]) is None
    assert book.head(["Post"], name=True) is not None
    assert book.head([]) is None
    assert book.head(["quorum"], name=True) is None


def test_weak_heads_and_plurals(book: Lexicon) -> None:
    group, ministries = book.head(["group"]), book.head(["ministries"])
    assert group is not None and group.weak
    assert ministries is not None and ministries.plural and not ministries.weak


POSTS = [
    # words, office?, gender, slots
    ("acting ambassador", True, None, {"to": "destination", "of": "represents"}),
    ("charge d'affaires", True, None, {"in": "destination"}),
    ("chargés d’affaires", True, None, {"in": "destination"}),
    ("consul - general", True, None, {"in": "destination"}),
    ("prime minister", True, None, {"of": "represents"}),
    ("deputy foreign ministers", True, None, {"of": "topic"}),
    ("secretary - general", True, None, {"of": "represents"}),
    ("member of parliament", True, None, {"for": "represents"}),
    ("spokeswoman", True, "female", {"for": "represents"}),
    ("king", True, "male", {"of": "represents"}),
    ("special envoy", True, None, {"for": "topic"}),
    ("human rights lawyer", False, None, {"for": "represents"}),
    ("journalist", False, None, {}),
    ("engineers", False, None, {}),
    ("head coach", True, None, {"of": "represents"}),
]


@pytest.mark.parametrize(("text", "office", "gender", "slots"), POSTS)
def test_posts(text: str, office: bool, gender: str | None, slots: dict[str, str], book: Lexicon) -> None:
    post = book.post(text.split())
    assert post is not None
    assert (post.office, post.gender) == (office, gender)
    assert slots.items() <= post.takes.items()


def test_the_longest_post_wins(book: Lexicon) -> None:
    post, weak = book.post(["her", "chief", "of", "staff"]), book.post(["the", "head"])
    assert post is not None and post.word == "chief of staff"
    assert weak is not None and weak.weak
    assert book.post(["table"]) is None


def test_words_beside_a_post(book: Lexicon) -> None:
    seen = {w: (book.post_modifiers[w].part, book.post_modifiers[w].time) for w in ("acting", "deputy", "former")}
    assert seen == {"acting": (True, "now"), "deputy": (True, "now"), "former": (False, "ended")}
    assert (book.post_modifiers["elect"].part, book.post_modifiers["elect"].time) == (True, "future")
    assert book.post_modifiers["outgoing"].time == "now"


KIN = [
    ("his wife", "spouse", "spouse", "female", "now"),
    ("late husband", "spouse", "spouse", "male", "ended"),
    ("widow", "spouse", "spouse", "female", "ended"),
    ("fiancée", "spouse", "spouse", "female", "future"),
    ("two sons", "child", "parent", "male", "now"),
    ("teenage daughter", "child", "parent", "female", "now"),
    ("mother", "parent", "child", "female", "now"),
    ("half - brother", "sibling", "sibling", "male", "now"),
    ("brother - in - law", "relative", "relative", "male", "now"),
    ("sisters-in-law", "relative", "relative", "female", "now"),
    ("mother-in-law", "relative", "relative", "female", "now"),
    ("grandmother", "relative", "relative", "female", "now"),
    ("grandparents", "relative", "relative", None, "now"),
    ("children", "child", "parent", None, "now"),
]


@pytest.mark.parametrize(("text", "kinship", "inverse", "gender", "when"), KIN)
def test_kin(text: str, kinship: str, inverse: str, gender: str | None, when: str, book: Lexicon) -> None:
    kin = book.kinship(text.split())
    assert kin is not None
    assert (kin.kinship, kin.inverse, kin.gender, kin.time) == (kinship, inverse, gender, when)


def test_every_kin_term_is_the_inverse_of_its_inverse(book: Lexicon) -> None:
    pairs = {(k.kinship, k.inverse) for k in book.kin.values()}
    assert pairs == {(b, a) for a, b in pairs} | {("child", "parent"), ("parent", "child")}
    assert isinstance(book.kin["partner"], Kin)
    assert book.kin["partner"].weak


def test_people(book: Lexicon) -> None:
    source, crowd, women = book.person(["diplomatic", "source"]), book.person(["the", "crowd"]), book.person(["women"])
    assert source is not None and source.source and not source.plural
    assert crowd is not None and crowd.group and crowd.plural
    assert women is not None and women.plural and women.gender == "female"
    assert book.person(["officials"]) is not None
    assert book.person(["stone"]) is None
    assert {"unnamed", "anonymous", "unidentified"} <= book.anonymous
    assert "senior" in book.vague


def test_titles(book: Lexicon) -> None:
    general, mrs, lawyer, former = (book.title(w) for w in ("Gen.", "Mrs.", "activist", "former"))
    assert book.title("dissident") is not None
    assert general is not None and (general.kind, general.full) == ("post", "general")
    assert mrs is not None and (mrs.kind, mrs.gender) == ("honorific", "female")
    assert former is not None and former.kind == "modifier"
    assert lawyer is None  # an occupation of posts.toml
    assert book.title("Lt. Col.") is not None
    assert book.title("Sheikh") is not None
    assert book.title("Rome") is None


def test_given_names(book: Lexicon) -> None:
    names = {n: book.gender(n) for n in ("Maria", "Giovanni", "Song-gil", "Song Gil", "Kim", "René", "Rene", "Zzz")}
    assert names == {
        "Maria": "female",
        "Giovanni": "male",
        "Song-gil": "male",
        "Song Gil": "male",
        "Kim": None,
        "René": "male",
        "Rene": None,
        "Zzz": None,
    }
    assert "kim" in book.family
    assert {"van", "bin", "de"} <= book.particles


def test_no_name_is_of_both_genders(book: Lexicon) -> None:
    folded: dict[str, set[str]] = {}
    for name, gender in book.given.items():
        if gender:
            folded.setdefault(name, set()).add(gender)
    assert all(len(g) == 1 for g in folded.values())
    assert sum(g == "female" for g in book.given.values()) > 1000
    assert sum(g == "male" for g in book.given.values()) > 1000


def test_all_words_are_canonical_and_all_classes_are_known(book: Lexicon) -> None:
    for table in (book.heads, book.name_heads, book.people, book.posts, book.kin, book.titles, book.post_modifiers):
        assert all(word == canonical(word) and word for word in table)
    for head in (*book.heads.values(), *book.name_heads.values()):
        assert head.cls in ENTITY_CLASSES


WRONG = [
    ("organizations.toml", '[Goverment]\nheads = ["x"]\n', 'line 1: unknown key "Goverment"'),
    ("organizations.toml", '[Company]\nhead = ["x"]\n', 'line 2: unknown key "head"; did you mean "heads"?'),
    ("organizations.toml", '[Company]\nheads = "x"\n', 'line 2: "heads" has to be a list'),
    (
        "organizations.toml",
        '[Company]\nheads = ["firm"]\n[Thing]\nheads = ["x",\n "firm"]\n',
        'line 5: "firm" is there',
    ),
    ("organizations.toml", "Company = 3\n", '"Company" has to be a table'),
    ("names.toml", '[given]\nfemale = ["Ana"]\nmale = ["Ana"]\n', 'line 3: "Ana" is there twice'),
    ("names.toml", "[given]\nboth = []\n", 'line 2: unknown key "both"'),
    ("titles.toml", "[posts]\nany = 3\n", '"posts" has to be a table of title'),
    ("titles.toml", '[honorifics]\nany = ["Dr."]\nmale = ["Dr."]\n', 'line 3: "Dr." is there twice'),
    ("groups.toml", '[persons]\nwords = ["guest"]\nsources = ["guest"]\n', 'line 3: "guest" is there twice'),
    ("groups.toml", "persons = 3\n", '"persons" has to be a table'),
    ("posts.toml", '[[posts]]\nnoun = ["x"]\n', 'line 2: unknown key "noun"'),
    ("posts.toml", '[[posts]]\nnouns = ["x"]\ntakes = { to = "target" }\n', 'line 3: "takes" is one of represents'),
    ("posts.toml", '[[posts]]\nnouns = ["x"]\ntakes = "to"\n', 'line 3: "takes" has to be a table'),
    ("posts.toml", '[[posts]]\nnouns = ["x"]\noffice = "yes"\n', 'line 3: "office" has to be true or false'),
    ("posts.toml", '[[posts]]\nnouns = ["x"]\n[[posts]]\nnouns = ["y"]\ngender = "f"\n', 'line 5: "gender" is one of'),
    (
        "posts.toml",
        '[[posts]]\nnouns = ["consul general", "consul-general"]\n',
        'line 2: "consul-general" is there twice',
    ),
    ("posts.toml", "[posts]\n", "[[posts]] has to be a list of tables"),
    ("posts.toml", '[modifiers.part]\nonce = ["x"]\n', 'line 2: unknown key "once"'),
    ("kinship.toml", '[[kin]]\nnouns = ["x"]\nkinship = "cousin"\n', 'line 3: "kinship" is one of spouse'),
    ("kinship.toml", "[[kin]\n", "not TOML"),
    ("parties.toml", 'members = "x"\n', '"members" has to be a table of word'),
    ("parties.toml", "[labels]\nD = 3\n", "D"),
    ("parties.toml", '[followers]\n"green" = []\n', 'unknown key "followers"'),
]


@pytest.mark.parametrize(("name", "text", "message"), WRONG)
def test_a_wrong_file_names_the_line(name: str, text: str, message: str, tmp_path: Path) -> None:
    for file in FILES:
        shutil.copy(lexicon.FOLDER / file, tmp_path / file)
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(RulesError) as error:
        lexicon.load(tmp_path)
    assert str(error.value).startswith(name)
    assert message in str(error.value)


def test_a_folder_without_the_files(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match="cannot be read"):
        lexicon.load(tmp_path)


def test_every_country_that_has_a_post_or_lacks_it_is_one(book: Lexicon) -> None:
    codes = tomllib.loads((Path(lexicon.__file__).parent / "countries.toml").read_text(encoding="utf-8")).keys()
    for table in (book.not_of, book.only_of):
        for post, countries in table.items():
            assert countries <= codes, post


def test_a_country_has_the_posts_that_it_has(book: Lexicon) -> None:
    assert not book.has_post("USA", "deputy prime minister")
    assert book.has_post("ITA", "deputy prime minister")
    assert not book.has_post("FRA", "king")
