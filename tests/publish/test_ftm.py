from __future__ import annotations

import json
from typing import Any

import pytest
from hostile import HOSTILE, hostile
from knowledge import FLIGHT, GONE, KIN, KNOWLEDGE, LISBON, POST, RUI, SEARCH, VELHO

from kg.graph import build
from kg.model import ENTITY_CLASSES, Knowledge

pytest.importorskip("followthemoney", reason="the extra kg-news[ftm] is not installed")

from followthemoney import model
from followthemoney.exc import InvalidData

from kg.publish.ftm import ftm, identifier


def entities(knowledge: Knowledge = KNOWLEDGE) -> dict[str, dict[str, Any]]:
    found = [json.loads(line) for line in ftm(build(knowledge))]
    assert len({each["id"] for each in found}) == len(found)
    return {each["id"]: each for each in found}


def test_followthemoney_takes_every_entity_and_every_link_leads_somewhere() -> None:
    found = entities()
    for each in found.values():
        proxy = model.get_proxy(each)
        proxy.schema.validate(each)
        assert all(proxy.has(name) for name in proxy.schema.required)
        for prop, value in proxy.itervalues():
            assert prop.type.clean(value) == value
            if prop.type.name == "entity":
                target = model.get(found[value]["schema"])
                assert target is not None
                assert target.is_a(prop.range), (prop.name, found[value]["schema"])


def test_its_validation_can_fail() -> None:
    with pytest.raises(InvalidData):
        model.get("Occupancy").validate({"properties": {"holder": []}})


def test_a_tenure_is_a_position_and_its_occupancy() -> None:
    found = entities()
    occupancy = found[identifier(POST)]
    assert occupancy["schema"] == "Occupancy"
    assert occupancy["properties"]["holder"] == [identifier(VELHO.id)]
    [post] = occupancy["properties"]["post"]
    assert found[post]["properties"]["name"] == ["ambassador of Norland"]
    [proof] = occupancy["properties"]["proof"]
    assert found[proof]["schema"] == "Article"
    assert found[proof]["properties"]["publishedAt"] == ["2021-03-04"]


def test_an_event_has_time_place_and_sentence() -> None:
    event = entities()[identifier(GONE)]
    assert event["schema"] == "Event"
    assert event["properties"]["date"] == ["2021-03-01"]
    assert event["properties"]["location"] == ["Lisbon"]
    assert event["properties"]["involved"] == [identifier(VELHO.id)]
    assert len(event["properties"]["proof"]) == 2
    assert "The ambassador vanished two days before a summit." in event["properties"]["description"]


def test_kinship_is_said_of_the_relative() -> None:
    family = entities()[identifier(KIN)]["properties"]
    assert family["person"] == [identifier(RUI.id)]
    assert family["relative"] == [identifier(VELHO.id)]
    assert family["relationship"] == ["sibling"]


def test_what_is_not_asserted_is_left_out() -> None:
    found = entities()
    assert identifier(FLIGHT) not in found
    assert identifier(SEARCH) not in found


def test_mentions_name_their_document() -> None:
    found = entities()
    mentions = [each for each in found.values() if each["schema"] == "Mention"]
    of_velho = [m for m in mentions if m["properties"]["resolved"] == [identifier(VELHO.id)]]
    assert len(of_velho) == 2
    assert "Ana Velho" in of_velho[0]["properties"]["name"]
    assert found[identifier(LISBON.id)]["schema"] == "Address"


def test_every_class_of_entities_is_decided_on() -> None:
    from kg.publish.ftm import _SCHEMAS

    assert set(ENTITY_CLASSES) - set(_SCHEMAS) == {"Work", "Thing"}
    assert all(model.get(schema) for schema in _SCHEMAS.values())


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_gives_valid_entities(text: str) -> None:
    found = entities(hostile(text, text))
    for each in found.values():
        model.get_proxy(each)
    assert {"Article"} <= {each["schema"] for each in found.values()}
