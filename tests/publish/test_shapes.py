from __future__ import annotations

from dataclasses import replace

import pytest
from knowledge import CLAIMS, FIRST, GONE, KNOWLEDGE, SITUATIONS, VELHO
from rdflib import PROV, RDF, RDFS, XSD, Graph, Literal, URIRef

from kg.graph import build
from kg.model import Status
from kg.publish.rdf import iri, to_rdf
from kg.publish.shapes import validate
from kg.publish.vocabulary import KG, NIF

CLAIM = iri(next(c.id for c in CLAIMS if c.about == GONE))
EVIDENCE = URIRef(f"{iri('document/' + FIRST.key)}#char=14,93")
PLACE = iri("place/unknown")


@pytest.fixture
def rdf() -> Graph:
    return to_rdf(build(KNOWLEDGE))


def test_a_good_graph_conforms(rdf: Graph) -> None:
    assert validate(rdf) == []
    assert validate(to_rdf(build(KNOWLEDGE), text=False)) == []


@pytest.mark.parametrize(
    ("node", "predicate", "message"),
    [
        (CLAIM, KG.source, "a claim needs a source (kg:source), an entity or the document"),
        (CLAIM, KG.about, "a claim is about exactly one situation (kg:about)"),
        (CLAIM, PROV.wasDerivedFrom, "a claim stands in exactly one document (prov:wasDerivedFrom)"),
        (CLAIM, KG.polarity, "a claim needs one kg:polarity, kg:positive or kg:negative"),
        (CLAIM, KG.certainty, "a claim needs one kg:certainty: kg:certain, kg:probable, kg:possible or kg:unspecified"),
        (CLAIM, KG.confidence, "a claim needs one kg:confidence, a decimal from 0 to 1"),
        (CLAIM, KG.evidence, "a claim needs exactly one sentence as its kg:evidence"),
        (CLAIM, KG.trigger, "a claim needs exactly one kg:trigger"),
        (CLAIM, KG.timeText, "a time needs its words, kg:timeText"),
        (iri(GONE), KG.status, "a situation needs one kg:status: Disputed, Asserted, Reported, Hedged or Negated"),
        (iri(GONE), RDFS.label, "a situation needs exactly one label"),
        (iri(VELHO.id), RDFS.label, "an entity needs exactly one label"),
        (iri(VELHO.id), KG.named, "an entity needs kg:named, true or false"),
        (iri(VELHO.id), KG.mention, "an entity needs a mention"),
        (EVIDENCE, NIF.anchorOf, "a quoted string needs exactly one nif:anchorOf"),
        (EVIDENCE, NIF.beginIndex, "nif:beginIndex must be one integer that is not negative"),
    ],
)
def test_what_is_missing_is_named(rdf: Graph, node: URIRef, predicate: URIRef, message: str) -> None:
    rdf.remove((node, predicate, None))
    assert f"{node}: {message}" in validate(rdf)


@pytest.mark.parametrize(
    ("node", "predicate", "value", "message"),
    [
        (CLAIM, KG.polarity, KG.maybe, "a claim needs one kg:polarity, kg:positive or kg:negative"),
        (CLAIM, KG.confidence, Literal("1.5", datatype=XSD.decimal), "a claim needs one kg:confidence"),
        (CLAIM, KG.place, PLACE, f"{PLACE}: what fills a role must be an entity or a situation"),
        (iri(VELHO.id), RDF.type, KG.Entity, "an entity needs one of the classes of entities, beside kg:Entity"),
        (EVIDENCE, NIF.endIndex, Literal(3), "nif:beginIndex must be less than nif:endIndex"),
        (EVIDENCE, NIF.anchorOf, Literal("other"), "nif:anchorOf must be the text between"),
        (CLAIM, KG.latest, Literal("2000-01-01", datatype=XSD.date), "kg:earliest is one xsd:date and not after"),
    ],
)
def test_what_is_wrong_is_named(rdf: Graph, node: URIRef, predicate: URIRef, value: URIRef, message: str) -> None:
    rdf.set((node, predicate, value))
    found = validate(rdf)
    assert any(message in line for line in found), found


@pytest.mark.parametrize("status", ["Asserted", "Reported", "Hedged", "Negated", "Disputed"])
def test_the_status_follows_from_the_claims(status: Status) -> None:
    situations = tuple(replace(s, status=status) for s in SITUATIONS)
    rdf = to_rdf(build(replace(KNOWLEDGE, situations=situations)))
    wrong = {s.id: s.status for s in SITUATIONS if s.status != status}
    found = validate(rdf)
    assert len(found) == len(wrong) > 0
    for ident, right in wrong.items():
        assert f"{iri(ident)}: kg:status does not follow from the claims: they make it {right}" in found
