"""What people judge about a graph that was built: who is who, and which claims were read wrongly.

People speak of names and claims; what is kept are places in documents (``kg.fuse.records``), so that a
judgement outlives every re-build. Here the one is found for the other in the graph that was built.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import InputError
from kg.fuse import corrections, records
from kg.fuse.names import name_key
from kg.model import Correction, Judgement
from kg.publish import files, sparql

if TYPE_CHECKING:
    import pyoxigraph as ox

_REFERENCE = re.compile(r"(?:.*/)?([0-9a-f]{16})(?:/|#char=)(\d+)[-,](\d+)")
_CLAIM = re.compile(r"(?:.*/)?(?:claim/)?([0-9a-f]{16}/\d+-\d+-\w+(?:-\d+)?)")
_MENTIONS = """
SELECT ?entity ?label ?class ?mention ?words ?title ?id WHERE {
  ?entity a kg:Entity, ?class ; rdfs:label ?label ; kg:mention ?mention .
  FILTER(?class != kg:Entity)
  ?mention nif:anchorOf ?words ; nif:referenceContext/^kg:text ?document .
  ?document rdfs:label ?title .
  OPTIONAL { ?document schema:identifier ?id }
}
"""
#: How many documents are named in a complaint.
_OFFERED = 5
_FORMS = "SELECT ?entity ?name WHERE { ?entity a kg:Entity ; skos:altLabel ?name }"
_CLAIMS = """
SELECT ?claim ?label ?words ?sentence WHERE {
  ?claim a kg:Claim ; kg:about/rdfs:label ?label ; kg:trigger/nif:anchorOf ?words ; kg:evidence/nif:anchorOf ?sentence .
}
"""


class Place(NamedTuple):
    """A mention: the id and the title of its document, its words, and where it is, as "KEY/BEGIN-END"."""

    document: str
    title: str
    words: str
    ref: str

    def is_in(self, document: str) -> bool:
        """Whether that is the mention's document, by its id, its title or its key."""
        return document in (self.document, self.title, self.ref.partition("/")[0])


@dataclass(frozen=True, slots=True)
class Known:
    """An entity of the graph: its label, class and other forms, and its mentions."""

    label: str
    cls: str
    forms: tuple[str, ...]
    mentions: tuple[Place, ...]

    def places(self, document: str) -> list[str]:
        """Where its mentions in a document are, or in all documents if none is named."""
        return [place.ref for place in self.mentions if not document or place.is_in(document)]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A claim of the graph in words: the situation, the words that name it, and the sentence."""

    ident: str
    label: str
    words: str
    sentence: str


def reference(folder: Path, name: str) -> tuple[str, str]:
    """The mention that ``name`` means, as "KEY/BEGIN-END", and what its entity is called.

    ``name`` is a mention itself, an entity's address, a name, or NAME@DOCUMENT where several
    documents have the name; DOCUMENT is its id, its title or its key.
    Raises ``InputError`` if nothing, or more than one entity, is called that.
    """
    known = _entities(folder)
    exact = _REFERENCE.fullmatch(name)
    if exact:
        ref = f"{exact[1]}/{exact[2]}-{exact[3]}"
        found = next((each.label for each in known if ref in each.places("")), None)
        if found is None:
            raise InputError(f"{name}: the graph in {folder} has no mention there; see: kg merges mentions NAME.")
        return ref, found
    places = [(refs[0], each.label) for each, refs in _placed(known, name)]
    if not places:
        raise InputError(_nobody(name, known, folder))
    if len(places) > 1:
        listed = "\n".join(f"  {ref}  {label}" for ref, label in places)
        raise InputError(f"{name}: several are called that; say which one, by the mention:\n{listed}")
    return places[0]


def mentions(folder: Path, name: str) -> list[Known]:
    """Whom the graph knows under this name. Raises ``InputError`` if nobody."""
    known = _entities(folder)
    found = _called(known, name)
    if not found:
        raise InputError(_nobody(name, known, folder))
    return found


def _placed(known: Sequence[Known], name: str) -> list[tuple[Known, list[str]]]:
    """Whom a name or NAME@DOCUMENT means, each with the mentions that are meant; nobody, if nobody has any there."""
    wanted, _, document = (name, "", "") if _called(known, name) else name.partition("@")
    placed = [(each, each.places(document)) for each in _called(known, wanted)]
    return [(each, refs) for each, refs in placed if refs]


def judgements(folder: Path) -> list[Judgement]:
    """Every judgement in the folder's log. Raises ``InputError`` if there is no log."""
    if not (folder / records.JUDGEMENTS).exists():
        raise InputError(f"{folder}: no names were compared here; build a graph of several documents first.")
    return records.judgements(folder)


def about(found: Iterable[Judgement], *names: str) -> list[Judgement]:
    """The judgements that are about all of these names or mentions."""

    def speaks_of(judgement: Judgement, name: str) -> bool:
        return name in (judgement.a, judgement.b) or name_key(name) in map(name_key, judgement.names)

    return [judgement for judgement in found if all(speaks_of(judgement, name) for name in names)]


def explained(folder: Path, first: str, second: str) -> list[Judgement]:
    """The judgements about two that are named as for a judgement: a name, NAME@DOCUMENT, or a mention.

    Raises ``InputError`` if there is no log, or if nobody has one of the names.
    """
    found = judgements(folder)
    by_name = about(found, first, second)
    if by_name:
        return by_name
    known = _entities(folder)
    one, other = (_meant(known, name, folder) for name in (first, second))
    return [each for each in found if (each.a in one and each.b in other) or (each.b in one and each.a in other)]


def _meant(known: Sequence[Known], name: str, folder: Path) -> set[str]:
    """Every mention of whom a name means; of a mention, all of that entity in its document."""
    exact = _REFERENCE.fullmatch(name)
    if exact:
        ref = f"{exact[1]}/{exact[2]}-{exact[3]}"
        placed = [each.places(exact[1]) for each in known if ref in each.places("")]
    else:
        placed = [refs for _, refs in _placed(known, name)]
    if not placed:
        raise InputError(_nobody(name, known, folder))
    return {ref for refs in placed for ref in refs}


def judge(folder: Path, first: str, second: str, *, same: bool) -> Judgement:
    """Lay down that two names are one entity, or two; it holds from the next build on.

    Raises ``InputError`` for names that the graph does not have, ``OutputError``.
    """
    (a, one), (b, other) = reference(folder, first), reference(folder, second)
    if a == b:
        raise InputError(
            f"{first} and {second} are one mention; to take an entity apart name two of its mentions: "
            f"kg merges mentions {first!r} lists them."
        )
    made = Judgement(a, b, same, (one, other), by="person")
    pair = {a, b}
    with files.locked(folder):  # a build that ends in between would be written over
        rest = [j for j in records.judgements(folder) if {j.a, j.b} != pair]
        ordered = [*(j for j in rest if j.by == "person"), made, *(j for j in rest if j.by == "rule")]
        files.write_all(folder, {records.JUDGEMENTS: records.judgement_lines(ordered)})
    return made


def correct(folder: Path, claim: str, *, wrong: bool, changes: Sequence[tuple[str, str]]) -> Evidence:
    """Lay down that a claim is wrong, or what is to be set in it; it holds from the next build on.

    Raises ``InputError`` for a claim that the graph does not have or a value that cannot be set.
    """
    corrections.check(dict(changes))
    found = _claim(folder, claim)
    made = Correction(found.ident, wrong, tuple(changes))
    with files.locked(folder):
        kept = records.corrections(folder)
        files.write_all(folder, {records.CORRECTIONS: records.correction_lines([*kept, made])})
    return found


def _claim(folder: Path, name: str) -> Evidence:
    exact = _CLAIM.fullmatch(name)
    if exact is None:
        raise InputError(
            f"{name}: this is no claim; give its address as kg query --name evidence prints it, "
            "or claim/KEY/BEGIN-END-Class."
        )
    ident = f"claim/{exact[1]}"
    for row in _rows(sparql.load(folder), _CLAIMS):
        if row[0].endswith(f"/{ident}"):
            return Evidence(ident, *row[1:])
    raise InputError(f"{name}: the graph in {folder} has no such claim.")


def _entities(folder: Path) -> list[Known]:
    store = sparql.load(folder)
    forms: dict[str, list[str]] = {}
    for entity, name in _rows(store, _FORMS):
        forms.setdefault(entity, []).append(name)
    found: dict[str, tuple[str, str, list[Place]]] = {}
    for entity, label, cls, mention, words, title, document in _rows(store, _MENTIONS):
        exact = _REFERENCE.fullmatch(mention)
        if exact:
            entry = found.setdefault(entity, (label, cls.rpartition("#")[2], []))
            entry[2].append(Place(document or title, title, words, f"{exact[1]}/{exact[2]}-{exact[3]}"))
    return [
        Known(label, cls, tuple(sorted(forms.get(entity, ()))), tuple(sorted(places, key=_order)))
        for entity, (label, cls, places) in sorted(found.items())
    ]


def _order(place: Place) -> tuple[str, str, int]:
    key, _, span = place.ref.partition("/")
    return place.document, key, int(span.split("-")[0])


def _called(known: Sequence[Known], name: str) -> list[Known]:
    """Those whose label it is, else those of whom it is another form."""
    wanted = name_key(name)
    by_label = [each for each in known if name_key(each.label) == wanted]
    return by_label or [each for each in known if wanted in map(name_key, each.forms)]


def _nobody(name: str, known: Sequence[Known], folder: Path) -> str:
    from difflib import get_close_matches

    wanted, _, document = name.partition("@")
    called = _called(known, wanted)
    if called and document:
        there = sorted({place.document for each in called for place in each.mentions})
        listed = ", ".join(there[:_OFFERED]) + (" ..." if len(there) > _OFFERED else "")
        return f"{name}: the graph in {folder} has nobody and nothing of that name there; {wanted} is in {listed}."
    near = get_close_matches(wanted, sorted({each.label for each in known}), n=3, cutoff=0.5)
    hint = f" Did you mean {' or '.join(map(repr, near))}?" if near else ""
    return f"{name}: the graph in {folder} has nobody and nothing of that name.{hint}"


def _rows(store: ox.Store, text: str) -> list[tuple[str, ...]]:
    answer = sparql.query(store, text, max_rows=None)
    return [tuple(cell.value if cell is not None else "" for cell in row) for row in answer.rows]
