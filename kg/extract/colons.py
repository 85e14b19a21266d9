"""What stands after a colon: "Minister: talks failed", "the letter went on: nothing will change"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.candidates import Candidate
from kg.extract.quotations import Quotation, is_sentential
from kg.extract.reports import Tokens
from kg.extract.speakers import Material, can_speak
from kg.model import is_a
from kg.rules.cues import CERTAIN, Effect, Value
from kg.syntax import Parse

#: How many tokens a name before a colon may have.
_LABEL = 8
#: Whose words can follow a colon without a verb of saying: people and bodies, and what asks or studies.
_LABELLED_CLASSES = ("Person", "Group", "Organization", "Country")
_LABELLED_WORKS = frozenset({"poll", "report", "study", "survey", "source", "court", "official", "expert"})
#: Before a colon, these say whose a picture is.
_CAPTIONS = frozenset({"image", "images", "photo", "photos", "photograph", "picture", "credit", "file", "video", "map"})
_FIRST_PERSON = frozenset({"i", "we", "my", "our", "us", "me"})
_QUOTED = frozenset({'"', "“", "”", "''", "``"})
_EFFECT = Effect(
    positive=CERTAIN,
    negative=Value("positive", "unspecified"),
    presupposes=False,
    act="Statement",
    voice=True,
    sources="agents",
    main=None,
    past=None,
    told=None,
    unsaid=None,
    own_subject=False,
    named=None,
    future=False,
    name="label before a colon",
    rule="label before a colon",
)


def labels(material: Material, sentence: Tokens) -> Iterator[Candidate]:
    """A speaker's name and a colon at the start of a line, as in headlines and transcripts."""
    parse = material.parse
    start = _first_word(parse, sentence)
    if start is None or not _begins_line(parse, start):
        return
    colon = next((i for i in range(start, min(start + _LABEL, sentence[1])) if parse.words[i] == ":"), None)
    if colon is None or colon == start or any(parse.pos[i] in {"VERB", "AUX"} for i in range(start, colon)):
        return
    if parse.lower[colon - 1] in _CAPTIONS:
        return
    head = _head(parse, start, colon)
    content = set(range(colon + 1, _end_of_line(parse, colon)))
    if head is None or len(content) < 3 or not _can_label(material, head):
        return
    yield Candidate(colon, (colon, colon + 1), head, content, _EFFECT, "clause", speech=True, stop=colon)


def after_colon(parse: Parse, candidate: Candidate) -> set[int]:
    """The unquoted words that a cue's colon introduces: to the sentence's end, or from the next one on."""
    _, end = parse.sents[parse.sent_of[candidate.cue]]
    colon = candidate.cue_tokens[1]
    own = set(parse.subtree(candidate.cue))
    while colon < end and parse.words[colon] != ":" and (colon in own or parse.pos[colon] == "SPACE"):
        colon += 1
    if colon >= end or parse.words[colon] != ":":
        return set()
    rest = [i for i in range(colon + 1, end) if parse.pos[i] not in {"SPACE", "PUNCT"}]
    if rest:
        return set(range(colon + 1, end))
    return _statement(parse, parse.sent_of[candidate.cue] + 1)


def _statement(parse: Parse, n: int) -> set[int]:
    """The sentences from number ``n`` on that a colon at a line's end introduces: the first one, and all
    up to the last that speaks in the first person, as long as nothing is in quotation marks."""
    last = n
    for at in range(n, len(parse.sents)):
        words = parse.lower[slice(*parse.sents[at])]
        if any(word in _QUOTED for word in words):
            break
        if not _FIRST_PERSON.isdisjoint(words):
            last = at
    return {t for at in range(n, min(last + 1, len(parse.sents))) for t in range(*parse.sents[at])}


def introduction(material: Material, quote: Quotation) -> Candidate | None:
    """The colon before a quotation whose sentence has no verb of saying: "he gave another account: ..."."""
    parse = material.parse
    colon = quote.start - 1
    while colon >= 0 and parse.pos[colon] == "SPACE" and "\n" not in parse.words[colon]:
        colon -= 1
    if colon < 0 or parse.words[colon] != ":" or not is_sentential(parse, quote):
        return None
    start, _ = parse.sents[parse.sent_of[colon]]
    verb = next((i for i in range(start, colon) if parse.heads[i] == i and parse.pos[i] in {"VERB", "AUX"}), None)
    found = None if verb is None else parse.subject(verb)
    if found is None or found.position != "subj" or not can_speak(material, found.token, _EFFECT):
        return None
    return Candidate(colon, (colon, colon + 1), found.token, set(), _EFFECT, "quote", speech=True)


def _first_word(parse: Parse, sentence: Tokens) -> int | None:
    return next((i for i in range(*sentence) if parse.pos[i] not in {"SPACE", "PUNCT"}), None)


def _begins_line(parse: Parse, i: int) -> bool:
    at = parse.starts[i] - 1
    while at >= 0 and parse.text[at] in "\"“'‘ ":
        at -= 1
    return at < 0 or parse.text[at] == "\n"


def _end_of_line(parse: Parse, i: int) -> int:
    while i < len(parse) and "\n" not in parse.words[i]:
        i += 1
    return i


def _head(parse: Parse, start: int, colon: int) -> int | None:
    """The head of the words before the colon, if they are one noun phrase."""
    inside = range(start, colon)
    heads = [i for i in inside if parse.heads[i] not in inside or parse.heads[i] == i]
    if len(heads) == 1 and parse.pos[heads[0]] in {"NOUN", "PROPN"}:
        return heads[0]
    last = colon - 1
    return last if parse.pos[last] in {"NOUN", "PROPN"} and len(inside) <= 2 else None


def _can_label(material: Material, head: int) -> bool:
    parse = material.parse
    if parse.lemmas[head] in _LABELLED_WORKS or (parse.words[head].isupper() and len(parse.words[head]) > 2):
        return True
    entity = material.entity(head)
    return entity is not None and any(is_a(entity.cls, cls) for cls in _LABELLED_CLASSES)
