"""Claims into situations and entities, on readings made by hand."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from kg.fuse import fuse
from kg.fuse.posts import compatible_posts
from kg.fuse.status import status
from kg.model import Claim, ClaimTime, Document, Entity, Filler, Knowledge, Mention, Reading

TEXT = "Ann Bo fled. The escape of Bo stunned Oz. Oz denied that she fled. She is the envoy. She is the president."


def reading(
    claims: list[Claim], *, text: str = TEXT, name: str = "one", entities: tuple[Entity, ...] | None = None
) -> Reading:
    people = entities or (
        Entity("e1", "Person", "Ann Bo", named=True),
        Entity("e2", "Country", "Oz", named=True, country="AUS"),
        Entity("e3", "Group", "police"),
    )
    mentions = tuple(
        Mention((n * 2, n * 2 + 2), (n * 2, n * 2 + 2), e.id, n, (n, n + 1), "name") for n, e in enumerate(people)
    )
    return Reading(Document(name, text), people, mentions, (), (), tuple(claims), ((0, len(text)),))


def claim(n: int, cls: str, trigger: str, **changes: object) -> Claim:
    begin = TEXT.index(trigger)
    base = Claim(f"s{n}", cls, trigger, (begin, begin + len(trigger)), (0, len(TEXT)), rule="test verb «x»")
    return replace(base, **changes)  # type: ignore[arg-type]


def of(entity: str) -> tuple[Filler, ...]:
    return (Filler((0, 2), entity=entity),)


def statuses(knowledge: Knowledge) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for s in knowledge.situations:
        out.setdefault(s.cls, []).append(s.status)
    return out


def test_a_verb_and_a_noun_for_one_escape_are_one_situation() -> None:
    knowledge = fuse(
        [
            reading(
                [
                    claim(1, "Escape", "fled", roles={"agent": of("e1")}),
                    claim(2, "Escape", "escape", roles={"agent": of("e1")}, rule="x noun «escape»"),
                ]
            )
        ]
    )
    (situation,) = knowledge.situations
    assert len(situation.claims) == 2
    assert situation.merged_because == ("Escape with 1 participant in common",)


def test_other_participants_keep_situations_apart() -> None:
    knowledge = fuse(
        [
            reading(
                [
                    claim(1, "Escape", "fled", roles={"agent": of("e1")}),
                    claim(2, "Escape", "escape", roles={"agent": of("e3")}),
                ]
            )
        ]
    )
    assert len(knowledge.situations) == 2


def test_times_that_do_not_meet_keep_situations_apart() -> None:
    day = datetime.date
    times = [ClaimTime((0, 2), "x", str(y), day(y, 1, 1), day(y, 12, 31)) for y in (2016, 2018)]
    claims = [claim(n, "Escape", "fled", roles={"agent": of("e1")}, time=t) for n, t in enumerate(times)]
    assert len(fuse([reading(claims)]).situations) == 2


def test_contradicting_sources_make_it_disputed() -> None:
    knowledge = fuse(
        [
            reading(
                [
                    claim(1, "Escape", "fled", roles={"agent": of("e1")}),
                    claim(2, "Escape", "fled", roles={"agent": of("e1")}, source="e2", polarity="negative"),
                ]
            )
        ]
    )
    assert statuses(knowledge) == {"Escape": ["Disputed"]}


def test_what_only_a_source_adds_stays_on_its_claim() -> None:
    knowledge = fuse(
        [
            reading(
                [
                    claim(1, "Escape", "fled", roles={"agent": of("e1")}),
                    claim(2, "Escape", "fled", roles={"agent": of("e1"), "destination": of("e2")}, source="e3"),
                ]
            )
        ]
    )
    (situation,) = knowledge.situations
    assert situation.status == "Asserted"
    assert situation.roles.keys() == {"agent"}
    assert "destination" in knowledge.claims[1].roles


@pytest.mark.parametrize(
    ("voices", "expected"),
    [
        ([("doc", "positive", "certain")], "Asserted"),
        ([("e2", "positive", "certain")], "Reported"),
        ([("doc", "positive", "possible")], "Hedged"),
        ([("e2", "positive", "unspecified"), ("doc", "negative", "certain")], "Hedged"),
        ([("doc", "negative", "certain")], "Negated"),
        ([("e2", "positive", "certain"), ("e3", "negative", "certain")], "Disputed"),
        ([("e2", "positive", "certain"), ("e2", "negative", "certain")], "Reported"),
        ([("doc", "positive", "certain"), ("e3", "negative", "probable")], "Asserted"),
    ],
)
def test_status(voices: list[tuple[str, str, str]], expected: str) -> None:
    claims = [
        claim(n, "Escape", "fled", source=source, polarity=polarity, certainty=certainty)
        for n, (source, polarity, certainty) in enumerate(voices)
    ]
    assert status(claims)[0] == expected


def test_status_needs_a_claim() -> None:
    with pytest.raises(ValueError, match="at least one claim"):
        status([])


def test_one_post_in_two_wordings_is_one_tenure_and_another_post_is_not() -> None:
    claims = [
        claim(1, "Tenure", "envoy", roles={"agent": of("e1")}, position="acting ambassador", state=True),
        claim(2, "Tenure", "envoy", roles={"agent": of("e1")}, position="envoy", state=True),
        claim(3, "Tenure", "president", roles={"agent": of("e1")}, position="vice president", state=True),
    ]
    positions = [s.position for s in fuse([reading(claims)]).situations]
    assert positions == ["acting ambassador", "vice president"]


@pytest.mark.parametrize(
    ("a", "b", "one"),
    [
        ("ambassador", "acting envoy", True),
        ("deputy ambassador", "ambassador", False),
        ("minister", "foreign minister", True),
        ("prime minister", "minister", False),
        ("spokeswoman", "spokesperson", True),
        ("mayor", "judge", False),
        (None, "judge", True),
    ],
)
def test_wordings_of_posts(a: str | None, b: str | None, one: bool) -> None:
    assert compatible_posts(a, b) is one


def test_documents_share_named_entities_and_keep_the_first_id() -> None:
    first, second = reading([], name="one"), reading([], name="two", text="Ann Bo again, and Oz.")
    knowledge = fuse([first, second])
    labels = [e.label for e in knowledge.entities]
    assert labels == ["Ann Bo", "Oz"]
    assert all(e.id.startswith(f"entity/{first.document.key}/") for e in knowledge.entities)
    assert {m.document for m in knowledge.mentions[knowledge.entities[0].id]} == {
        first.document.key,
        second.document.key,
    }


def test_a_document_that_comes_twice_counts_once() -> None:
    one = reading([claim(1, "Escape", "fled", roles={"agent": of("e1")})])
    assert len(fuse([one, one]).claims) == 1


def test_an_unnamed_entity_is_kept_only_if_a_claim_speaks_of_it() -> None:
    labels = {e.label for e in fuse([reading([])]).entities}
    assert "police" not in labels
    spoken = fuse([reading([claim(1, "Escape", "fled", source="e3")])])
    assert "police" in {e.label for e in spoken.entities}


def test_a_situation_as_filler_is_followed_to_its_final_id() -> None:
    claims = [
        claim(1, "Escape", "fled", roles={"agent": of("e1")}),
        claim(2, "Denial", "denied", roles={"topic": (Filler((0, 2), situation="s1"),)}),
    ]
    knowledge = fuse([reading(claims)])
    escape, denial = knowledge.situations
    assert denial.roles["topic"] == (escape.id,)


@pytest.mark.parametrize(
    ("cls", "days", "one"),
    [("Visit", 3, True), ("Visit", 200, False), ("Visit", None, True), ("Defection", 2000, True)],
)
def test_what_happens_again_is_another_one_after_some_weeks(cls: str, days: int | None, one: bool) -> None:
    first = datetime.date(2020, 1, 1)
    dates = [first, None if days is None else first + datetime.timedelta(days=days)]
    readings = [
        replace(
            reading([claim(1, cls, "fled", roles={"agent": of("e1"), "destination": of("e2")})]),
            document=Document(str(n), TEXT, date=date),
        )
        for n, date in enumerate(dates)
    ]
    assert (len(fuse(readings).situations) == 1) is one


def test_one_known_time_makes_one_visit_whenever_it_is_told() -> None:
    day = datetime.date(2019, 5, 2)
    when = ClaimTime((0, 2), "x", day.isoformat(), day, day)
    visit = claim(1, "Visit", "fled", roles={"agent": of("e1"), "destination": of("e2")}, time=when)
    documents = [Document(str(year), TEXT, date=datetime.date(year, 6, 1)) for year in (2019, 2021)]
    assert len(fuse([replace(reading([visit]), document=document) for document in documents]).situations) == 1


def test_who_takes_part_in_very_many_situations_is_still_found_by_two_participants() -> None:
    crowd = tuple(Entity(f"p{n}", "Group", f"crew {n}") for n in range(150))
    people = (Entity("e2", "Country", "Oz", named=True, country="AUS"), *crowd)
    roles = [{"agent": of("e2"), "patient": of(person.id)} for person in (*crowd, crowd[0])]
    claims = [claim(n, "Expulsion", "fled", roles=filled) for n, filled in enumerate(roles)]
    knowledge = fuse([reading(claims, text="x" * 400, entities=people)])
    assert len(knowledge.situations) == 150


@pytest.mark.parametrize(("names", "one"), [(("a", "b"), False), (("a", "a"), True)])
def test_who_did_it_alone_makes_no_one_event_of_two_documents(names: tuple[str, str], one: bool) -> None:
    """Unless both, or neither, say to whom it was done: in one article the reader knows who is meant."""
    known = claim(1, "Abduction", "fled", roles={"agent": of("e2"), "patient": of("e1")})
    unsaid = claim(2, "Abduction", "escape", roles={"agent": of("e2")})
    if names[0] == names[1]:
        readings = [reading([known, unsaid])]
    else:
        readings = [reading([each], name=name) for each, name in zip((known, unsaid), names, strict=True)]
    assert (len(fuse(readings).situations) == 1) is one
