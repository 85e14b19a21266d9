"""The nouns of the project: what the stages hand to one another, and nothing else.

Everything here is plain data that pickles and compares by value. Offsets are Unicode
code points into ``Document.text``, end exclusive: ``text[begin:end]`` is always the words
that are meant. ``shared`` types are the only thing that two stages have in common.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from kg.syntax import Parse

Span = tuple[int, int]

Polarity = Literal["positive", "negative"]
Certainty = Literal["certain", "probable", "possible", "unspecified"]
Status = Literal["Disputed", "Asserted", "Reported", "Hedged", "Negated"]
#: An ``adjective`` is a country's ("Italian police"), an ``apposition`` a trailing noun phrase ("Jo, the envoy").
MentionKind = Literal["name", "nominal", "pronoun", "adjective", "apposition"]

#: Each entity class and the class above it (``None`` at the top).
ENTITY_CLASSES: dict[str, str | None] = {
    "Person": None,
    "Group": None,
    "Organization": None,
    "GovernmentBody": "Organization",
    "Embassy": "Organization",
    "Military": "Organization",
    "PoliticalParty": "Organization",
    "Company": "Organization",
    "NewsOutlet": "Organization",
    "InternationalOrganization": "Organization",
    "Place": None,
    "Country": "Place",
    "City": "Place",
    "Region": "Place",
    "Facility": "Place",
    "Work": None,
    "Thing": None,
}

#: Roles that a claim or a situation can give, in the order in which they are written.
ROLES: tuple[str, ...] = (
    "agent",
    "patient",
    "recipient",
    "origin",
    "destination",
    "place",
    "topic",
    "reason",
    "purpose",
    "instrument",
    "represents",
)

#: The source of a claim that the document makes in its own voice.
DOCUMENT_SOURCE = "doc"


@cache
def is_a(cls: str, wanted: str) -> bool:
    """Whether the entity class ``cls`` is ``wanted`` or lies below it.

    >>> is_a("Embassy", "Organization"), is_a("Organization", "Embassy")
    (True, False)
    """
    current: str | None = cls
    while current is not None:
        if current == wanted:
            return True
        current = ENTITY_CLASSES.get(current)
    return False


@dataclass(frozen=True, slots=True)
class Furniture:
    """A stretch of text that is not the story: a byline, a caption, a "read more" list."""

    span: Span
    kind: str


@dataclass(frozen=True, slots=True)
class Document:
    """One article as it came in. ``text`` is never changed after reading."""

    id: str
    text: str
    title: str | None = None
    date: date | None = None
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    furniture: tuple[Furniture, ...] = ()

    @property
    def key(self) -> str:
        """16 hex digits that depend on ``id`` and ``text`` alone; names the document's node."""
        return hashlib.sha256(f"{self.id}\0{self.text}".encode("utf-8", "surrogatepass")).hexdigest()[:16]

    @property
    def sha256(self) -> str:
        """The SHA-256 of the text, in hex."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be read, and why, in one sentence for its owner."""

    document: str
    message: str


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression: TIMEX3 ``type`` and ``value``, and the same as EDTF with its bounds.

    ``edtf`` is ``None`` where no calendar time follows (durations, sets, vague references,
    or a relative time in a document without a date); ``earliest`` and ``latest`` are the
    first and last day that the EDTF allows.
    """

    span: Span
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str
    edtf: str | None = None
    earliest: date | None = None
    latest: date | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where the text speaks of an entity.

    ``span`` is the maximal noun phrase without relative clauses and trailing appositions,
    ``head`` its head word or whole name; ``root`` is the index of the head token and
    ``tokens`` the token range of ``span``. ``link`` says why the mention belongs to its
    entity, ``score`` how sure that is (0 to 1).
    """

    span: Span
    head: Span
    entity: str
    root: int
    tokens: tuple[int, int]
    kind: MentionKind
    link: str = "first mention"
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Entity:
    """Someone or something that the text speaks of.

    ``country`` is the ISO 3166-1 alpha-3 code of the country that it is, belongs to or acts
    for. ``aliases`` are its other surface forms, pronouns left out. ``identifiers`` are
    links into public registers ("wikidata", "geonames" -> id).
    """

    id: str
    cls: str
    label: str
    aliases: tuple[str, ...] = ()
    named: bool = False
    anonymous: bool = False
    country: str | None = None
    gender: Literal["female", "male"] | None = None
    plural: bool = False
    identifiers: tuple[tuple[str, str], ...] = ()


PluginKind = Literal["mentions", "claims"]


@dataclass(frozen=True, slots=True)
class Proposals:
    """What became of the proposals that a plug-in made for one document (docs/plugins.md).

    ``dropped`` counts those that were not taken, by reason; ``fault`` says why none could be had at all.
    """

    plugin: str
    kind: PluginKind
    kept: int = 0
    dropped: tuple[tuple[str, int], ...] = ()
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Annotations:
    """What ``annotate`` hands to ``extract``: the parse and what was found on it.

    ``body`` lists the indices into ``parse.sents`` of the sentences that are story.
    """

    document: Document
    parse: Parse
    body: tuple[int, ...]
    entities: tuple[Entity, ...]
    mentions: tuple[Mention, ...]
    times: tuple[Timex, ...]
    proposals: tuple[Proposals, ...] = ()


@dataclass(frozen=True, slots=True)
class Attribution:
    """One stretch of reported speech, thought or writing.

    ``speaker`` is the entity that ``source`` (a span) refers to; both are ``None`` where
    the text leaves the source unsaid ("reportedly").
    """

    source: Span | None
    speaker: str | None
    cue: Span
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Filler:
    """What fills a role: an entity or another situation (of a claim's id), and its words."""

    span: Span
    entity: str | None = None
    situation: str | None = None


@dataclass(frozen=True, slots=True)
class ClaimTime:
    """When a claim says it was: the words, their EDTF and its first and last day."""

    span: Span
    text: str
    edtf: str | None = None
    earliest: date | None = None
    latest: date | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One proposition as one sentence states it, from one source.

    ``source`` is an entity id or ``DOCUMENT_SOURCE``; ``relayed_by`` runs from the
    outermost source inwards. ``about`` is empty until ``fuse`` has said which situation
    the claim is about. ``background`` claims are predicates that only carry, colour or attribute what
    another one says ("have", "said" with its content told): kept in a reading, left out of the graph.
    ``corrected`` says what a person has changed in it.
    """

    id: str
    cls: str
    predicate: str
    trigger: Span
    sentence: Span
    roles: dict[str, tuple[Filler, ...]] = field(default_factory=dict)
    state: bool = False
    position: str | None = None
    kinship: str | None = None
    amount: str | None = None
    time: ClaimTime | None = None
    polarity: Polarity = "positive"
    certainty: Certainty = "certain"
    confidence: float = 1.0
    source: str = DOCUMENT_SOURCE
    relayed_by: tuple[str, ...] = ()
    cue: Span | None = None
    rule: str = ""
    plover: str | None = None
    background: bool = False
    about: str = ""
    document: str = ""
    corrected: str = ""

    def fillers(self) -> Iterator[tuple[str, Filler]]:
        """Every (role, filler), in the order of ``ROLES``."""
        for role in ROLES:
            for filler in self.roles.get(role, ()):
                yield role, filler


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read in one document, before any merging; what ``kg annotate`` writes.

    ``sentences`` are the spans of the body's sentences, for coverage: a sentence that gave
    no claim is one that none of ``claims`` has as its ``sentence``. ``proposals`` says what became of
    those that plug-ins made.
    """

    document: Document
    entities: tuple[Entity, ...]
    mentions: tuple[Mention, ...]
    times: tuple[Timex, ...]
    attributions: tuple[Attribution, ...]
    claims: tuple[Claim, ...]
    sentences: tuple[Span, ...]
    proposals: tuple[Proposals, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether two mentions of documents are of one entity, who says so, and why.

    ``a`` and ``b`` name a mention as "DOCUMENT-KEY/BEGIN-END", so that a judgement outlives every
    re-build; ``names`` are what their entities are called. ``score`` runs from 0 to 1 and is of
    the rules alone; a person's judgement stands over every rule.
    """

    a: str
    b: str
    same: bool
    names: tuple[str, str] = ("", "")
    by: Literal["rule", "person"] = "rule"
    score: float | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person says of a claim that was read wrongly: that it is ``wrong``, or what is to be set.

    ``claim`` is the claim's id ("claim/KEY/BEGIN-END-Class"), made of the document's content and the place in
    it alone, so that a correction outlives every re-build. ``changes`` are (field, value).
    """

    claim: str
    wrong: bool = False
    changes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PlacedMention:
    """A mention and the key of the document that it stands in."""

    document: str
    mention: Mention


@dataclass(frozen=True, slots=True)
class Situation:
    """An event or a state that one or more claims are about, with what they say together."""

    id: str
    cls: str
    predicate: str
    state: bool
    status: Status
    roles: dict[str, tuple[str, ...]]
    claims: tuple[str, ...]
    position: str | None = None
    kinship: str | None = None
    amount: str | None = None
    time: ClaimTime | None = None
    plover: str | None = None
    merged_because: tuple[str, ...] = ()
    independent_sources: int = 1


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What ``fuse`` hands to ``graph``: many documents read as one.

    Ids are final and a function of content alone: ``document.key`` for documents,
    ``entity/KEY/BEGIN-END`` and so on for the rest. Claims have ``about`` and ``document``
    set, and their entity and situation references are to final ids; a claim whose source
    is its document has ``DOCUMENT_SOURCE``.

    ``judgements`` say which names were found to be one or were kept apart, and why. ``reprints`` gives each
    document that tells a story over again the first one that told it (key -> key). ``rejected`` lists, by
    document key, the claims that a person has marked as wrong.
    """

    documents: tuple[Document, ...]
    entities: tuple[Entity, ...]
    mentions: dict[str, tuple[PlacedMention, ...]]
    situations: tuple[Situation, ...]
    claims: tuple[Claim, ...]
    judgements: tuple[Judgement, ...] = ()
    reprints: dict[str, str] = field(default_factory=dict)
    rejected: dict[str, tuple[str, ...]] = field(default_factory=dict)
