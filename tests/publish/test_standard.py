from __future__ import annotations

from dataclasses import replace

import pytest
from hostile import HOSTILE, hostile
from knowledge import (
    CITIZEN,
    FIRST,
    FLIGHT,
    GONE,
    KIN,
    KNOWLEDGE,
    LISBON,
    NORLAND,
    PORTUGAL,
    POST,
    RUI,
    SECOND,
    SITUATIONS,
    VELHO,
    WARNING,
)
from rdflib import PROV, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef

from kg.graph import build
from kg.model import ENTITY_CLASSES, Knowledge
from kg.publish import rdf, standard
from kg.publish.rdf import BASE, iri
from kg.publish.vocabulary import ALL_PREFIXES, KG, SCHEMA

SEM, ORG = Namespace(ALL_PREFIXES["sem"]), Namespace(ALL_PREFIXES["org"])


def view(knowledge: Knowledge = KNOWLEDGE) -> Graph:
    return rdf.union(standard.statements(build(knowledge)))


def test_an_event_is_one_of_sem() -> None:
    found = view()
    gone = iri(GONE)
    assert (gone, RDF.type, SEM.Event) in found
    assert (gone, SEM.eventType, KG.Disappearance) in found
    assert (gone, SEM.hasActor, iri(VELHO.id)) in found
    assert (gone, SEM.hasPlace, iri(LISBON.id)) in found
    time = found.value(gone, SEM.hasTime)
    assert found.value(time, SEM.hasTimeStamp) == Literal("2021-03-01", datatype=XSD.date)
    assert found.value(time, RDFS.label) == Literal("on Monday")
    documents = {iri(f"document/{document.key}") for document in (FIRST, SECOND)}
    assert set(found.objects(gone, PROV.wasDerivedFrom)) == documents
    assert (iri(WARNING), SCHEMA.about, gone) in found


def test_a_tenure_is_a_membership_and_a_post_of_org() -> None:
    found = view()
    post = iri(POST)
    assert (post, RDF.type, ORG.Membership) in found
    assert (post, ORG.member, iri(VELHO.id)) in found
    assert (post, ORG.organization, iri(NORLAND.id)) in found
    held = found.value(iri(VELHO.id), ORG.holds)
    assert (held, RDF.type, ORG.Post) in found
    assert found.value(held, SKOS.prefLabel) == Literal("ambassador")
    assert (held, ORG.postIn, iri(NORLAND.id)) in found
    assert (held, SCHEMA.location, iri(PORTUGAL.id)) in found


def test_kinship_and_attributes_are_triples_that_say_where_they_come_from() -> None:
    found = view()
    assert (iri(VELHO.id), SCHEMA.sibling, iri(RUI.id)) in found
    assert (iri(VELHO.id), SCHEMA.nationality, iri(NORLAND.id)) in found
    for situation, predicate in ((KIN, SCHEMA.sibling), (CITIZEN, SCHEMA.nationality)):
        assert (iri(situation), RDF.type, RDF.Statement) in found
        assert found.value(iri(situation), RDF.predicate) == predicate
        assert found.value(iri(situation), PROV.wasDerivedFrom) == iri(f"document/{FIRST.key}")


@pytest.mark.parametrize("status", ["Disputed", "Reported", "Hedged", "Negated"])
def test_nothing_is_there_that_is_not_asserted(status: str) -> None:
    assert not list(view().triples((iri(FLIGHT), None, None)))
    assert not list(view().triples((None, None, iri(FLIGHT))))
    situations = tuple(replace(s, status=status) for s in SITUATIONS)  # type: ignore[arg-type]
    assert len(view(replace(KNOWLEDGE, situations=situations))) == 0


def test_who_has_no_part_in_it_is_left_out_and_the_rest_has_types_and_names() -> None:
    found = view()
    assert (iri(VELHO.id), RDF.type, SCHEMA.Person) in found
    assert found.value(iri(VELHO.id), SCHEMA.name) == Literal("Ana Velho")
    assert (iri(PORTUGAL.id), SCHEMA.sameAs, URIRef("http://www.wikidata.org/entity/Q45")) in found
    spoken_of = {node for node in found.objects() if str(node).startswith(f"{BASE}entity/")}
    described = {node for node in found.subjects(SCHEMA.name) if str(node).startswith(f"{BASE}entity/")}
    assert spoken_of == described
    assert len(described) < len(KNOWLEDGE.entities)


def test_no_own_term_but_the_class_of_an_event_is_used() -> None:
    own = [(p, o) for _, p, o in view() if str(p).startswith(KG) or str(o).startswith(KG)]
    assert own
    assert {p for p, _ in own} == {SEM.eventType}


def test_every_class_of_entities_has_a_type() -> None:
    assert set(standard._tables()["entities"]) == set(ENTITY_CLASSES) - {"Entity"}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_kept(text: str) -> None:
    found = view(hostile(text, text))
    assert Graph().parse(data=found.serialize(format="nt"), format="nt")
    assert len(list(found.triples((None, ORG.member, None)))) == 1
