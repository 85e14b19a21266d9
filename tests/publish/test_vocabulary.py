from __future__ import annotations

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef

from kg.errors import VocabularyError
from kg.model import ENTITY_CLASSES, ROLES
from kg.publish.turtle import turtle
from kg.publish.vocabulary import KG, ONTOLOGY, SCHEMA, expand, ontology, situation_class, suggest, term, terms
from kg.rules import schema


@pytest.fixture(scope="module")
def graph() -> Graph:
    return ontology(schema.load())


def test_a_misspelt_term_is_an_error_and_no_new_term() -> None:
    assert term("agent") == URIRef("https://kg.example/ontology#agent")
    with pytest.raises(VocabularyError, match='"agnet" is no term of the vocabulary; did you mean "agent"'):
        term("agnet")
    with pytest.raises(VocabularyError, match=r'"xyzzy" is no term of the vocabulary\.$'):
        term("xyzzy")


def test_a_class_of_events_comes_from_the_rules() -> None:
    assert situation_class("Coup", ["Coup"]) == KG.Coup
    assert situation_class("Event", []) == KG.Event
    with pytest.raises(VocabularyError, match='"Cuop" is no class of events or states; did you mean "Coup"'):
        situation_class("Cuop", ["Coup"])


def test_suggestions_do_not_mind_case() -> None:
    assert suggest("tenure", ["Tenure"], prefix="kg:") == '; did you mean "kg:Tenure"?'
    assert suggest("nothing like it", ["Tenure"]) == "."


def test_the_terms_are_those_of_the_model() -> None:
    broader = {t.name: t.table.get("broader") for t in terms().values() if t.kind == "class"}
    for cls, above in ENTITY_CLASSES.items():
        assert broader[cls] == (above or "Entity")
    assert tuple(t.name for t in terms().values() if t.kind == "role") == ROLES


def test_what_ships_is_what_the_generator_gives(graph: Graph) -> None:
    assert ONTOLOGY.read_text(encoding="utf-8") == turtle(graph), "run python -m kg.publish.vocabulary"


def test_every_class_has_a_definition_and_every_event_class_an_example(graph: Graph) -> None:
    for cls in graph.subjects(RDF.type, OWL.Class):
        assert graph.value(cls, SKOS.definition)
    for cls in schema.load().classes:
        assert graph.value(KG[cls], SKOS.example)


def test_what_a_class_says_of_itself(graph: Graph) -> None:
    expulsion = KG.Expulsion
    assert (expulsion, RDFS.subClassOf, KG.Event) in graph
    assert (KG.Tenure, RDFS.subClassOf, KG.State) in graph
    assert (KG.Embassy, RDFS.subClassOf, KG.Organization) in graph
    assert (KG.Person, RDFS.subClassOf, SCHEMA.Person) in graph
    assert (expulsion, KG.hasRole, KG.origin) in graph
    assert str(graph.value(expulsion, KG.plover)) == "SANCTION"
    assert str(graph.value(KG.AsylumRequest, RDFS.label)) == "asylum request"


def test_nothing_follows_from_a_situation_but_that_it_is_spoken_of(graph: Graph) -> None:
    """Situations and roles are tied to other vocabularies by SKOS alone: what is denied must not be inferred."""
    situations = {KG.Situation, *graph.transitive_subjects(RDFS.subClassOf, KG.Situation)}
    for situation in situations:
        assert {above for above in graph.objects(situation, RDFS.subClassOf)} <= situations
    axioms = {RDFS.domain, RDFS.range, RDFS.subPropertyOf, OWL.equivalentProperty, OWL.equivalentClass, OWL.inverseOf}
    assert not axioms & set(graph.predicates())


def test_links_lead_to_known_vocabularies() -> None:
    assert expand("wdt:P39") == URIRef("http://www.wikidata.org/prop/direct/P39")
    assert expand("Person") == KG.Person
