"""Evidence never lies: whatever characters a text holds, every span is the words that are quoted from it.

News sentences of our own, with anything at all put in between their words, are read, merged, built and written;
what comes out is read back and looked at with none of the code that made it.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterator

import pyoxigraph as ox
import pytest
import rdf_readers
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from kg import pipeline
from kg.model import Document, Failure, Reading
from kg.publish import formats, shacl

KG = "https://kg.example/ontology#"
NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
DERIVED = "http://www.w3.org/ns/prov#wasDerivedFrom"
ROLES = ("agent", "patient", "recipient", "origin", "destination", "place", "topic", "reason", "purpose", "instrument")
OPTIONS = formats.options(base=None, text=True)

#: Sentences that give claims, in pieces: anything can stand where they meet.
TEMPLATES = (
    ("Norland", "expelled", "Ana Velho", "on 3 March 2021."),
    ("Norland", "has not", "expelled", "Ana Velho, the minister said."),
    ("“Sudria", "arrested", "Peter Grau,”", "a spokeswoman said", "on Monday."),
    ('"We', 'will never recall our ambassador,"', "Mina Sol", "told reporters."),
    ("Mina Sol,", "Sudria's", "ambassador to Norland,", "may have defected."),
    ("According to", "a report citing “a ‘senior’ diplomat”,", "Ivo Ferro", "fled to Vestmark last week."),
    ("Sudria", "did not", "expel", "Ana Velho."),
    ("Norland", "denied", "that it had expelled", "Ana Velho."),
    ("Ana", "Velho's", "sister", "denied", "that she had met Ivo Ferro."),
    ("The ministry", "said that", "Lena Brandt", "resigned because", "police arrested her husband."),
)
#: What is written to hide, to break and to confuse.
NASTY = (
    *("\r\n", "\n\n", "\t", "\xa0", "\u3000", "\x85", "\u2028", "\u2029"),  # blanks and ends of lines
    *("\ufeff", "\u200b", "\u200d", "\u2060", "\u00ad", "\u202e", "\u202c", "\u2067", "\u2069"),  # not to be seen
    *("\u0301", "a\u0308\u0323", "\u0e33", "\U0001f468\u200d\U0001f469", "\u05d0\u05d1", "\u0627\u0644"),
    *("\x01", "\x1b[31m", "\x7f", "\ufffe", "\uffff", "\U0010ffff"),
    *("”", "“‘“", "’’", '"', "'", "\\", "\\u0041", '"""', "'''"),
    *("<b>", "</script>", "&amp;", "]]>", "{{x}}", "#char=0,5", "<http://x.example/>", "_:b0", "%00"),
    *("x" * 5_000, "word " * 400, "\u0301" * 300, " " * 3_000),
)
plain = st.sampled_from([" ", " ", " ", "\n"])
anything = st.one_of(
    st.sampled_from(NASTY), st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=6)
)
joint = st.one_of(plain, plain, anything, st.builds(lambda a, b, c: a + b + c, plain, anything, plain))


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Sentences in any order, with anything between their pieces, and anything before and after."""
    text = draw(st.one_of(st.just(""), anything))
    for pieces in draw(st.lists(st.sampled_from(TEMPLATES), min_size=1, max_size=4)):
        for piece in pieces[:-1]:
            text += piece + draw(joint)
        text += pieces[-1] + draw(st.one_of(plain, anything))
    return text


class Seen:
    """What a graph says, found by walking over its statements."""

    def __init__(self, store: ox.Store) -> None:
        self.out: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for quad in store:
            value = str(quad.object) if isinstance(quad.object, ox.BlankNode) else quad.object.value
            self.out[str(quad.subject)[1:-1]][quad.predicate.value].append(value)

    def each(self, cls: str) -> Iterator[tuple[str, dict[str, list[str]]]]:
        return ((node, said) for node, said in self.out.items() if KG + cls in said.get(TYPE, ()))

    def one(self, node: str, predicate: str) -> str:
        [value] = self.out[node][predicate]
        return value


# -- the tests -----------------------------------------------------------------------------


@pytest.mark.skipif(not rdf_readers.has_n3(), reason="N3.js is not installed: run npm ci --prefix tests")
def test_any_text_is_quoted_as_it_stands_and_every_reader_finds_the_same() -> None:
    told: Counter[str] = Counter()

    @settings(max_examples=100, suppress_health_check=list(HealthCheck))
    @given(st.lists(texts(), min_size=1, max_size=2), st.booleans())
    def check(written: list[str], dated: bool) -> None:
        files, originals = built(written, datetime.date(2021, 3, 4) if dated else None)
        if files:
            told.update(look_at(files, originals, by_n3))
            event("read")

    with rdf_readers.n3() as by_n3:
        check()
    # it must not be that nothing was read in all that
    assert told["claims"] > 150
    assert told["strings"] > 400
    assert {"Asserted", "Reported", "Hedged", "Negated", "Disputed"} <= set(told)


@pytest.mark.parametrize("broken", ["\0", "\ud800", "\udfff", "\udcff and \ud83d"])
@pytest.mark.parametrize("field", ["text", "id", "title", "publisher", "author", "url"])
def test_what_no_format_can_carry_is_refused(field: str, broken: str) -> None:
    values = {"id": "x", "text": "Norland expelled Ana Velho."}
    values[field] = f"Norland {broken} expelled Ana Velho."
    found = pipeline.finished(Document(**values))
    if broken == "\0" and field != "text":
        assert isinstance(found, Document)  # it is shown as U+2400
    else:
        assert isinstance(found, Failure)
        assert "NUL" in found.message or "surrogate" in found.message


def test_what_one_format_cannot_carry_is_shown_in_its_place() -> None:
    text = "Norland\x01 expelled \x1bAna Velho\x7f, \ufffepolice said."
    files, originals = built([text], None)
    [shown] = originals.values()
    assert shown == "Norland\u2401 expelled \u241bAna Velho\u2421, \ufffdpolice said."
    assert len(shown) == len(text)
    assert "characters of the text that RDF cannot hold, replaced: 4" in files["graph.ttl"]


# -- what they do --------------------------------------------------------------------------


def built(written: list[str], day: datetime.date | None) -> tuple[dict[str, str], dict[str, str]]:
    """The files of the graph of these texts, and each document's text as RDF may hold it, by its key.

    Texts that are refused are left out; nothing, if all are.
    """
    documents = {}
    for text in dict.fromkeys(written):
        found = pipeline.finished(Document(f"story {len(documents)}", text, date=day))
        if isinstance(found, Document):
            assert found.text == text
            documents[found.key] = found
        else:
            assert found.message.endswith(".")
    readings = list(pipeline.read_documents(documents.values()))
    assert all(isinstance(each, Reading) for each in readings), readings
    if not readings:
        return {}, {}
    graph = pipeline.build(readings)
    contents = formats.contents(graph, ["ttl", "nq", "jsonld"], OPTIONS)
    files = {name: "".join(content) for name, content in contents.items()}  # type: ignore[arg-type]
    return files, {key: "".join(map(pictured, document.text)) for key, document in documents.items()}


def pictured(character: str) -> str:
    """What stands for a character in RDF: itself, or a picture of what XML 1.0 cannot hold."""
    code = ord(character)
    if code in (0x9, 0xA, 0xD) or (0x20 <= code < 0x7F) or 0x80 <= code < 0xFFFE or code > 0xFFFF:
        return character
    return "\u2421" if code == 0x7F else chr(0x2400 + code) if code < 0x20 else "\ufffd"


def look_at(files: dict[str, str], originals: dict[str, str], by_n3: rdf_readers.ReadN3) -> Iterator[str]:
    """Assert all that has to hold of the files; the kinds of what was found."""
    turtle = rdf_readers.by_oxigraph(files["graph.ttl"], "turtle")
    assert rdf_readers.by_oxigraph(files["graph.nq"], "nquads") == turtle
    assert rdf_readers.by_oxigraph(files["graph.jsonld"], "jsonld") == turtle
    assert rdf_readers.by_rdflib(files["graph.ttl"], "turtle") == turtle
    assert by_n3(files["graph.ttl"], "turtle") == turtle
    assert by_n3(files["graph.nq"], "nquads") == turtle
    store = ox.Store()
    store.bulk_load(files["graph.ttl"].encode("utf-8"), format=ox.RdfFormat.TURTLE)
    assert list(shacl.faults(store)) == []
    seen = Seen(store)
    yield from strings(seen, originals)
    yield from claims(seen)
    yield from situations(seen)


def strings(seen: Seen, originals: dict[str, str]) -> Iterator[str]:
    """Every text is the one that came in, and every stretch of it that is quoted is what stands there."""
    texts = {}
    for node, said in list(seen.each("Document")):
        context = seen.one(node, KG + "text")
        texts[context] = seen.one(context, NIF + "isString")
        assert texts[context] == originals[node.rpartition("/")[2]]
        assert said[KG + "sha256"]
    assert len(texts) == len(originals)
    for node, said in list(seen.out.items()):
        if NIF + "anchorOf" in said:
            begin, end = (int(seen.one(node, NIF + name)) for name in ("beginIndex", "endIndex"))
            text = texts[seen.one(node, NIF + "referenceContext")]
            assert 0 <= begin < end <= len(text)
            assert seen.one(node, NIF + "anchorOf") == text[begin:end]
            assert node.endswith(f"#char={begin},{end}")
            yield "strings"


def claims(seen: Seen) -> Iterator[str]:
    """Every claim has all that makes it one, and what it names is there."""
    documents = {node for node, _ in seen.each("Document")}
    things = {node for node, _ in seen.each("Entity")}
    happenings = {node for kind in ("Event", "State") for node, _ in seen.each(kind)}
    for node, said in list(seen.each("Claim")):
        document = seen.one(node, DERIVED)
        assert document in documents
        assert seen.one(node, KG + "about") in happenings
        assert seen.one(node, KG + "source") in things | {document}
        assert seen.one(node, KG + "polarity") in {KG + "positive", KG + "negative"}
        certainties = ("certain", "probable", "possible", "unspecified")
        assert seen.one(node, KG + "certainty") in {KG + name for name in certainties}
        assert 0 <= float(seen.one(node, KG + "confidence")) <= 1
        sentence, trigger = (seen.one(node, KG + name) for name in ("evidence", "trigger"))
        assert sentence.startswith(f"{document}#char=") and trigger.startswith(f"{document}#char=")
        assert seen.one(trigger, NIF + "anchorOf") in seen.one(sentence, NIF + "anchorOf")
        assert set(said[KG + "relayedBy"]) <= things | documents
        yield "claims"
    for said in list(seen.out.values()):
        for role in (*ROLES, "represents"):
            assert set(said.get(KG + role, ())) <= things | happenings


def situations(seen: Seen) -> Iterator[str]:
    """Every status is what its claims, looked at here, amount to."""
    about: dict[str, list[tuple[str, str, str, bool]]] = defaultdict(list)
    for node, _ in list(seen.each("Claim")):
        polarity, certainty = (seen.one(node, KG + name).removeprefix(KG) for name in ("polarity", "certainty"))
        source = seen.one(node, KG + "source")
        about[seen.one(node, KG + "about")].append((polarity, certainty, source, source == seen.one(node, DERIVED)))
    happenings = [node for kind in ("Event", "State") for node, _ in seen.each(kind)]
    assert set(about) == set(happenings)
    for node in happenings:
        status = seen.one(node, KG + "status").removeprefix(KG)
        assert status == amounting_to(about[node])
        yield status


def amounting_to(said: list[tuple[str, str, str, bool]]) -> str:
    """The status as docs/vocabulary.md defines it: the first line that holds."""
    yes = {
        (source, own) for polarity, certainty, source, own in said if (polarity, certainty) == ("positive", "certain")
    }
    no = {
        (source, own) for polarity, certainty, source, own in said if (polarity, certainty) == ("negative", "certain")
    }
    if any(one != other for one in yes for other in no):
        return "Disputed"
    if any(own for _, own in yes):
        return "Asserted"
    if yes:
        return "Reported"
    return "Hedged" if any(polarity == "positive" for polarity, *_ in said) else "Negated"
