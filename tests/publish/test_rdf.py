from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from knowledge import (
    AGE,
    CITIZEN,
    CLAIMS,
    DIPLOMAT,
    FAROL,
    FIRST,
    FLIGHT,
    GONE,
    KNOWLEDGE,
    LISBON,
    NORLAND,
    PORTUGAL,
    POST,
    SECOND,
    SITUATIONS,
    VELHO,
    WATCH,
)
from rdflib import PROV, RDF, RDFS, SKOS, XSD, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.compare import isomorphic

from kg.errors import InputError, VocabularyError
from kg.graph import build
from kg.model import Claim, Document, Entity, Knowledge, Mention, PlacedMention, Situation
from kg.publish.rdf import BASE, iri, to_rdf, to_turtle, visible
from kg.publish.vocabulary import KG, NIF, PREFIXES, SCHEMA


@pytest.fixture(scope="module")
def rdf() -> Graph:
    return to_rdf(build(KNOWLEDGE))


def claims_about(rdf: Graph, situation: str) -> list[URIRef]:
    return sorted(node for node in rdf.subjects(KG.about, iri(situation)) if isinstance(node, URIRef))


def claim_of(rdf: Graph, source: str) -> URIRef:
    [claim] = rdf.subjects(KG.source, iri(source))
    assert isinstance(claim, URIRef)
    return claim


def test_a_document_and_its_text(rdf: Graph) -> None:
    document = iri(f"document/{FIRST.key}")
    context = URIRef(f"{document}#char=0,{len(FIRST.text)}")
    assert set(rdf.predicate_objects(document)) == {
        (RDF.type, KG.Document),
        (RDFS.label, Literal(FIRST.title)),
        (SCHEMA.identifier, Literal(FIRST.id)),
        (SCHEMA.headline, Literal(FIRST.title)),
        (SCHEMA.publisher, Literal(FIRST.publisher)),
        (SCHEMA.author, Literal(FIRST.author)),
        (SCHEMA.datePublished, Literal("2021-03-04", datatype=XSD.date)),
        (SCHEMA.url, URIRef("https://news.example/envoy")),
        (KG.sha256, Literal(FIRST.sha256)),
        (KG.text, context),
    }
    assert rdf.value(context, NIF.isString) == Literal(FIRST.text)
    assert (context, RDF.type, NIF.Context) in rdf


def test_an_entity_its_names_and_its_mentions(rdf: Graph) -> None:
    velho = iri(VELHO.id)
    assert set(rdf.objects(velho, RDF.type)) == {KG.Entity, KG.Person}
    assert rdf.value(velho, RDFS.label) == Literal("Ana Velho")
    assert set(rdf.objects(velho, SKOS.altLabel)) == {Literal("Velho"), Literal("The ambassador")}
    words = {str(rdf.value(mention, NIF.anchorOf)) for mention in rdf.objects(velho, KG.mention)}
    assert words == {"Ana Velho", "she", "Velho", "The ambassador", "his sister"}
    assert (iri(DIPLOMAT.id), KG.anonymous, Literal(True)) in rdf
    assert rdf.value(velho, KG.anonymous) is None


def test_countries_and_cities_carry_codes_and_links(rdf: Graph) -> None:
    assert rdf.value(iri(PORTUGAL.id), KG.isoCode) == Literal("PRT")
    assert rdf.value(iri(LISBON.id), KG.isoCode) == Literal("PRT")
    assert set(rdf.objects(iri(PORTUGAL.id), SCHEMA.sameAs)) == {
        URIRef("http://www.wikidata.org/entity/Q45"),
        URIRef("https://sws.geonames.org/2264397/"),
    }
    assert len(list(rdf.triples((None, KG.isoCode, None)))) == 2  # the embassy's country is no code of its own


def test_every_quoted_string_is_the_text_at_its_offsets(rdf: Graph) -> None:
    strings = list(rdf.subject_objects(NIF.anchorOf))
    assert len(strings) > 30
    for node, words in strings:
        text = str(rdf.value(rdf.value(node, NIF.referenceContext), NIF.isString))
        begin, end = (int(str(rdf.value(node, p))) for p in (NIF.beginIndex, NIF.endIndex))
        assert text[begin:end] == str(words)
        assert str(node).endswith(f"#char={begin},{end}")


def test_a_claim_that_reached_the_document_through_another(rdf: Graph) -> None:
    claim = claim_of(rdf, DIPLOMAT.id)
    assert rdf.value(claim, KG.about) == iri(FLIGHT)
    assert rdf.value(claim, KG.relayedBy) == iri(FAROL.id)
    assert list(Collection(rdf, rdf.value(claim, KG.chain))) == [iri(FAROL.id)]
    assert rdf.value(claim, KG.cue) == Literal("citing")
    assert (claim, KG.polarity, KG.positive) in rdf
    assert (claim, KG.certainty, KG.certain) in rdf
    assert rdf.value(claim, KG.confidence) == Literal("0.9", datatype=XSD.decimal)
    assert rdf.value(claim, PROV.wasDerivedFrom) == iri(f"document/{FIRST.key}")
    assert str(rdf.value(rdf.value(claim, KG.trigger), NIF.anchorOf)) == "defected"


def test_two_claims_of_one_sentence_share_its_node(rdf: Graph) -> None:
    evidence = [rdf.value(claim, KG.evidence) for s in (POST, GONE) for claim in claims_about(rdf, s)]
    assert len(evidence) == 4
    assert len(set(evidence)) == 3


def test_the_documents_own_voice_is_the_document(rdf: Graph) -> None:
    sources = {rdf.value(claim, KG.source) for claim in claims_about(rdf, GONE)}
    assert sources == {iri(f"document/{FIRST.key}"), iri(f"document/{SECOND.key}")}


def test_a_situation_has_class_status_roles_and_time(rdf: Graph) -> None:
    gone, post, watch = iri(GONE), iri(POST), iri(WATCH)
    assert set(rdf.objects(gone, RDF.type)) == {KG.Event, KG.Disappearance}
    assert set(rdf.objects(post, RDF.type)) == {KG.State, KG.Tenure}
    assert set(rdf.objects(watch, RDF.type)) == {KG.Event}
    assert rdf.value(watch, KG.predicate) == Literal("watch")
    assert rdf.value(gone, KG.status) == KG.Asserted
    assert rdf.value(gone, KG.place) == iri(LISBON.id)
    assert rdf.value(post, KG.represents) == iri(NORLAND.id)
    assert rdf.value(post, KG.position) == Literal("ambassador")
    assert rdf.value(gone, KG.edtf) == Literal("2021-03-01")
    assert rdf.value(gone, KG.earliest) == Literal("2021-03-01", datatype=XSD.date)
    assert rdf.value(gone, KG.timeText) == Literal("on Monday")


def test_asserted_attributes_are_published_as_plain_triples(rdf: Graph) -> None:
    assert (iri(VELHO.id), KG.nationality, iri(NORLAND.id)) in rdf
    assert (iri(VELHO.id), KG.age, Literal(51)) in rdf


@pytest.mark.parametrize("status", ["Disputed", "Reported", "Hedged", "Negated"])
def test_only_asserted_attributes_are(status: str) -> None:
    situations = tuple(
        replace(s, status=status) if s.id in {AGE, CITIZEN} else s  # type: ignore[arg-type]
        for s in SITUATIONS
    )
    rdf = to_rdf(build(replace(KNOWLEDGE, situations=situations)))
    assert not list(rdf.triples((None, KG.nationality, None)))
    assert not list(rdf.triples((None, KG.age, None)))


def test_an_attribute_without_shortcut_has_none() -> None:
    situations = tuple(replace(s, predicate="height") if s.id == AGE else s for s in SITUATIONS)
    rdf = to_rdf(build(replace(KNOWLEDGE, situations=situations)))
    assert not list(rdf.triples((iri(VELHO.id), KG.age, None)))


def test_texts_can_be_left_out() -> None:
    rdf = to_rdf(build(KNOWLEDGE), text=False)
    assert not list(rdf.triples((None, NIF.isString, None)))
    assert len(list(rdf.subjects(RDF.type, NIF.Context))) == 2


def test_every_term_that_is_used_is_in_the_vocabulary(rdf: Graph) -> None:
    from kg.publish.vocabulary import ONTOLOGY

    defined = set(Graph().parse(ONTOLOGY).subjects())
    used = {node for triple in rdf for node in triple if str(node).startswith(str(KG))}
    assert len(used) > 40
    assert used <= defined


@pytest.mark.parametrize(
    ("node", "attribute", "value"),
    [(GONE, "class", "Disapearance"), (GONE, "status", "asserted"), (VELHO.id, "class", "Human")],
)
def test_an_unknown_term_is_an_error(node: str, attribute: str, value: str) -> None:
    graph = build(KNOWLEDGE)
    graph.nodes[node][attribute] = value
    with pytest.raises(VocabularyError, match=f'"{value}" is no '):
        to_rdf(graph)


def test_a_users_own_class_is_one_if_it_is_named() -> None:
    graph = build(KNOWLEDGE)
    graph.nodes[WATCH]["class"] = "Heist"
    classes = {str(data["class"]) for _, data in graph.nodes(data=True) if data["kind"] == "situation"}
    assert (iri(WATCH), RDF.type, KG.Heist) in to_rdf(graph, classes=classes)


def test_the_turtle_is_the_graph_and_oxigraph_reads_it_too() -> None:
    graph = build(KNOWLEDGE)
    text = to_turtle(graph)
    assert isomorphic(Graph().parse(data=text, format="turtle"), to_rdf(graph))
    store = ox.Store()
    store.bulk_load(text.encode(), format=ox.RdfFormat.TURTLE)
    back = Graph().parse(data=store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph()), format="nt")
    assert isomorphic(back, to_rdf(graph))


def test_the_bytes_do_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    script = "from knowledge import KNOWLEDGE; from kg.graph import build; from kg.publish.rdf import to_turtle; "
    script += "import sys; sys.stdout.buffer.write(to_turtle(build(KNOWLEDGE)).encode())"
    root = Path(__file__).parents[2]
    outputs = set()
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": f"{root}{os.pathsep}{root / 'tests'}"}
        outputs.add(subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, check=True).stdout)
    assert len(outputs) == 1
    assert next(iter(outputs)).startswith(b"@base")


@pytest.mark.parametrize(
    "base", ["", "id/", "not an address", "https://x.example/<b>/", "mailto:", "https://x.example/id#"]
)
def test_a_base_that_is_no_address_is_refused(base: str) -> None:
    with pytest.raises(InputError, match="cannot stand before the addresses of nodes"):
        to_rdf(nx.MultiDiGraph(), base=base)


def test_another_base(rdf: Graph) -> None:
    other = to_rdf(build(KNOWLEDGE), base="urn:news:")
    assert (URIRef(f"urn:news:{VELHO.id}"), RDF.type, KG.Person) in other
    assert len(other) == len(rdf)


@pytest.mark.parametrize(
    ("url", "value"),
    [
        ("https://news.example/a b?q=“x”", URIRef("https://news.example/a%20b?q=%E2%80%9Cx%E2%80%9D")),
        ("javascript:alert(1)", Literal("javascript:alert(1)")),
        ("page 3", Literal("page 3")),
    ],
)
def test_only_web_addresses_become_links(url: str, value: URIRef | Literal) -> None:
    rdf = to_rdf(build(Knowledge((Document("x", "Text.", url=url),), (), {}, (), ())))
    assert list(rdf.objects(None, SCHEMA.url)) == [value]


def hostile(text: str, words: str) -> Knowledge:
    """A claim about ``words``, which begin ``text``, in a document of that text."""
    document = Document(id=words, text=text, title=words, publisher=words)
    span = (0, len(words))
    entity = Entity(id=f"entity/{document.key}/{words}", cls="Thing", label=words, aliases=(words, "x"))
    mention = Mention(span, span, entity.id, 0, (0, 1), "nominal")
    claim = Claim(
        id="claim/x", cls="Event", predicate=words, trigger=span, sentence=(0, len(text)), about="situation/x",
        document=document.key, rule=words, cue=span, amount=words,
    )  # fmt: skip
    situation = Situation("situation/x", "Event", words, False, "Asserted", {"agent": (entity.id,)}, ("claim/x",))
    mentions = {entity.id: (PlacedMention(document.key, mention),)}
    return Knowledge((document,), (entity,), mentions, (situation,), (claim,))


words = st.text(st.characters(exclude_characters=""), min_size=1, max_size=12)


@given(words, st.text(max_size=12))
def test_any_text_gives_valid_output_with_offsets_that_hold(begin: str, rest: str) -> None:
    graph = build(hostile(begin + rest, begin))
    text = to_turtle(graph)
    raw = text.encode("utf-8")
    assert isomorphic(Graph().parse(data=raw, format="turtle"), to_rdf(graph))
    store = ox.Store()
    store.bulk_load(raw, format=ox.RdfFormat.TURTLE)
    [solution] = store.query(
        f"SELECT ?words (SUBSTR(?text, 1, {len(begin)}) AS ?there) "
        "{ ?e kg:mention ?m . ?m nif:anchorOf ?words ; nif:referenceContext ?c . ?c nif:isString ?text }",
        prefixes=PREFIXES,
    )
    assert solution["words"].value == solution["there"].value == visible(begin)


def test_what_rdf_cannot_hold_is_shown_and_counted() -> None:
    rdf = to_rdf(build(hostile("a\x00b\x1b\ud800\x7f\ufffe rest", "a\x00b")))
    assert str(next(rdf.objects(None, NIF.isString))) == "a␀b␛�␡� rest"
    comments = [str(each) for each in rdf.objects(None, RDFS.comment)]
    assert comments == ["characters of the text that RDF cannot hold, replaced: 5"]


def test_confidence_is_written_as_every_store_gives_it_back() -> None:
    graph = build(replace(KNOWLEDGE, claims=(replace(CLAIMS[0], confidence=1.0), *CLAIMS[1:])))
    assert '"1"^^xsd:decimal' in to_turtle(graph)
    assert BASE in to_turtle(graph)
