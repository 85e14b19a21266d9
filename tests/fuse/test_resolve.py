"""Who is who across documents: the comparators on a table of pairs, clusters, vetoes, and what people judge."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.fuse import candidates, names
from kg.fuse.profiles import profiles
from kg.fuse.resolve import Resolved, resolve
from kg.model import Claim, Document, Entity, Filler, Judgement, Mention, Reading

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "who_is_who.toml").read_text(encoding="utf-8"))["case"]


def reading(name: str, *sides: dict[str, Any]) -> Reading:
    """A document that speaks of these entities, each with its company and its posts."""
    entities: list[Entity] = []
    claims: list[Claim] = []

    def add(side: dict[str, Any]) -> str:
        ident = f"e{len(entities)}"
        entities.append(
            Entity(
                ident,
                side["class"],
                side["name"],
                named=side.get("named", True),
                country=side.get("country"),
                gender=side.get("gender"),
                identifiers=tuple(side.get("identifiers", {}).items()),
            )
        )
        return ident

    for side in sides:
        agent = add(side)
        for position, whose in side.get("posts", ()):
            office = add({"class": "Country", "name": whose, "country": whose if whose.isupper() else None})
            roles = {
                "agent": (Filler((0, 1), entity=agent),),
                "represents": (Filler((0, 1), entity=office),),
            }
            claims.append(Claim(f"c{len(claims)}", "Tenure", "be", (0, 1), (0, 9), roles, position=position))
        for other in side.get("with", ()):
            add({"class": "Person", "name": other})
    mentions = tuple(
        Mention((n * 3, n * 3 + 2), (n * 3, n * 3 + 2), e.id, n, (n, n + 1), "name") for n, e in enumerate(entities)
    )
    return Reading(Document(name, "x" * 900), tuple(entities), mentions, (), (), tuple(claims), ())


def person(name: str, **more: Any) -> dict[str, Any]:
    return {"class": "Person", "name": name, **more}


def groups(found: Resolved) -> set[frozenset[str]]:
    """Which documents' entities became one, as document:name."""
    out: dict[str, set[str]] = {}
    for (key, ident), final in found.naming.items():
        out.setdefault(final, set()).add(f"{key}:{ident}")
    return {frozenset(group) for group in out.values()}


def ref(reading: Reading, nth: int = 0) -> str:
    begin, end = reading.mentions[nth].span
    return f"{reading.document.key}/{begin}-{end}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['a']['name']} | {case['b']['name']}")
def test_pairs(case: dict[str, Any]) -> None:
    one, other = reading("one", case["a"]), reading("other", case["b"])
    found = resolve([one, other])
    same = found.naming[one.document.key, "e0"] == found.naming[other.document.key, "e0"]
    assert same is case["same"], found.judgements


def test_the_order_of_the_documents_changes_no_cluster() -> None:
    read = [
        reading("a", person("Thae Yong Ho")),
        reading("b", person("Tae Yong-ho"), person("Ann Bo")),
        reading("c", person("Yong Ho Thae", country="PRK")),
        reading("d", person("Ann Bo", country="ITA")),
        reading("e", person("Ann Bo", country="FRA")),
    ]
    forwards = groups(resolve(read))
    assert len(forwards) == 3
    assert forwards & groups(resolve(read[::-1])) >= {max(forwards, key=len)}


def test_a_veto_between_two_members_keeps_their_clusters_apart() -> None:
    read = [
        reading("a", person("Ann Bo", country="ITA")),
        reading("b", person("Ann Bo")),
        reading("c", person("Ann Bo", country="FRA")),
    ]
    found = resolve(read)
    naming = [found.naming[r.document.key, "e0"] for r in read]
    assert naming[0] == naming[1] != naming[2]
    assert any("countries" in reason for judgement in found.judgements for reason in judgement.reasons)


def test_a_name_sounds_the_same_wherever_it_is_parted() -> None:
    read = [reading("a", person("Thae Yong Ho")), reading("b", person("Tae Yongho"))]
    (judgement,) = resolve(read).judgements
    assert judgement.same
    assert judgement.reasons == ("'Tae Yongho' is another spelling of 'Thae Yong Ho'",)


def test_every_join_and_every_veto_of_one_name_is_in_the_log() -> None:
    read = [reading("a", person("Thae Yong Ho")), reading("b", person("Tae Yong-ho")), reading("c", person("Li Na"))]
    (judgement,) = resolve(read).judgements
    assert (judgement.same, judgement.by, judgement.names) == (True, "rule", ("Thae Yong Ho", "Tae Yong-ho"))
    assert judgement.reasons == ("'Tae Yong-ho' is another spelling of 'Thae Yong Ho'",)
    assert (judgement.a, judgement.b) == (ref(read[0]), ref(read[1]))


def test_a_person_can_keep_apart_what_the_rules_join() -> None:
    read = [reading("a", person("Ann Bo")), reading("b", person("Ann Bo")), reading("c", person("Ann Bo"))]
    split = Judgement(ref(read[0]), ref(read[1]), same=False, by="person")
    found = resolve(read, [split])
    naming = [found.naming[r.document.key, "e0"] for r in read]
    assert naming[0] != naming[1]
    assert naming[2] in naming[:2]
    assert split in found.judgements


def test_a_person_can_join_what_the_rules_keep_apart() -> None:
    read = [reading("a", person("Ann Bo", gender="female")), reading("b", person("The Fox", gender="male"))]
    join = Judgement(ref(read[0]), ref(read[1]), same=True, by="person")
    assert len(resolve(read, [join]).entities) == 1
    assert len(resolve(read, [join, Judgement(ref(read[0]), ref(read[1]), same=False, by="person")]).entities) == 2


def test_a_judgement_about_documents_that_are_not_there_changes_nothing_and_is_kept() -> None:
    read = [reading("a", person("Ann Bo")), reading("b", person("Ann Bo"))]
    stale = Judgement("0" * 16 + "/0-2", ref(read[0]), same=False, by="person")
    found = resolve(read, [stale])
    assert len(found.entities) == 1
    assert stale in found.judgements


def test_the_rules_own_lines_of_an_earlier_build_are_not_taken_for_a_persons() -> None:
    read = [reading("a", person("Ann Bo")), reading("b", person("Ann Bo"))]
    old = Judgement(ref(read[0]), ref(read[1]), same=False, by="rule", score=0.0)
    assert len(resolve(read, [old]).entities) == 1


def test_a_large_block_is_compared_in_a_window_and_with_its_most_frequent_member() -> None:
    read = [reading(f"d{n}", person(f"Ann {chr(97 + n // 26)}{chr(97 + n % 26)}bo Xi")) for n in range(200)]
    known = profiles(read)
    compared = list(candidates.pairs(known))
    assert len(known) == 200
    assert len(compared) < 200 * 25
    assert len({(a.place, b.place) for a, b in compared}) == len(compared)
    assert all(a.place < b.place for a, b in compared)


NAMES = st.lists(st.text(alphabet="abcdeghkmnoqstuvwyzÁéñ-' ", min_size=1, max_size=9), min_size=1, max_size=4).map(
    " ".join
)


@given(NAMES, NAMES)
def test_comparators_are_symmetric_and_stay_between_0_and_1(a: str, b: str) -> None:
    for comparator in (*names.PEOPLE, *names.BODIES):
        one, other = comparator(a, b), comparator(b, a)
        assert (one and one.score) == (other and other.score)
        assert one is None or (0 < one.score <= 1 and one.reason)


@given(st.lists(st.tuples(NAMES, st.sampled_from([None, "ITA", "FRA"])), min_size=1, max_size=8))
def test_every_named_entity_has_one_home_and_no_cluster_has_two_countries(people: Sequence[tuple[str, Any]]) -> None:
    read = [reading(f"d{n}", person(name, country=country)) for n, (name, country) in enumerate(people)]
    found = resolve(read)
    assert set(found.naming) == {(r.document.key, "e0") for r in read}
    countries: dict[str, set[str]] = {}
    for r in read:
        entity = r.entities[0]
        if entity.country:
            countries.setdefault(found.naming[r.document.key, "e0"], set()).add(entity.country)
    assert all(len(found) == 1 for found in countries.values())
