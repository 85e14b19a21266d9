from __future__ import annotations

import datetime
import json

from kg.model import (
    Attribution,
    Claim,
    ClaimTime,
    Document,
    Entity,
    Filler,
    Furniture,
    Mention,
    Reading,
    Timex,
)
from kg.publish import coverage, notes

TEXT = "Envoy Ann Bo quit. She fled, police told the BBC on Monday. It rained. Why?"
READING = Reading(
    document=Document(id="x", text=TEXT, date=datetime.date(2019, 1, 3), furniture=(Furniture((0, 5), "byline"),)),
    entities=(
        Entity("e1", "Person", "Ann Bo", aliases=("Envoy Ann Bo",), named=True),
        Entity("e3", "NewsOutlet", "BBC", aliases=("the BBC",), named=True, country="GBR"),
    ),
    mentions=(Mention((0, 12), (6, 12), "e1", root=2, tokens=(0, 3), kind="name"),),
    times=(Timex((52, 58), "DATE", "2018-12-31"),),
    attributions=(Attribution((29, 35), "e2", (36, 40), ((19, 27),)), Attribution(None, None, (36, 40), ())),
    claims=(
        Claim(
            id="s1",
            cls="Escape",
            predicate="flee",
            trigger=(23, 27),
            sentence=(19, 59),
            roles={
                "topic": (Filler((13, 17), situation="s2"),),
                "agent": (Filler((19, 22), entity="e1"), Filler((0, 12), entity="e1")),
            },
            time=ClaimTime((52, 58), "Monday", "2018-12-31"),
            source="e2",
            relayed_by=("e3",),
            cue=(36, 40),
            rule="events.toml:Escape",
        ),
        Claim(id="s2", cls="Event", predicate="rain", trigger=(63, 69), sentence=(60, 70)),
    ),
    sentences=((0, 18), (19, 59), (60, 70), (71, 75)),
)


def test_a_reading_as_json() -> None:
    assert json.loads(notes.as_line(READING)) == {
        "id": "x",
        "text": TEXT,
        "date": "2019-01-03",
        "furniture": [{"span": [0, 5], "kind": "byline"}],
        "entities": [
            {
                "id": "e1",
                "class": "Person",
                "label": "Ann Bo",
                "aliases": ["Envoy Ann Bo"],
                "named": True,
                "country": None,
            },
            {
                "id": "e3",
                "class": "NewsOutlet",
                "label": "BBC",
                "aliases": ["the BBC"],
                "named": True,
                "country": "GBR",
            },
        ],
        "mentions": [{"span": [0, 12], "head": [6, 12], "entity": "e1"}],
        "times": [{"span": [52, 58], "type": "DATE", "value": "2018-12-31"}],
        "attributions": [
            {"source": [29, 35], "cue": [36, 40], "content": [[19, 27]]},
            {"source": None, "cue": [36, 40], "content": []},
        ],
        "situations": [
            {
                "id": "s1",
                "class": "Escape",
                "predicate": "flee",
                "plover": None,
                "trigger": [23, 27],
                "roles": {
                    "agent": [{"span": [19, 22], "entity": "e1"}, {"span": [0, 12], "entity": "e1"}],
                    "topic": [{"span": [13, 17], "situation": "s2"}],
                },
                "position": None,
                "kinship": None,
                "amount": None,
                "time": {"span": [52, 58], "edtf": "2018-12-31"},
                "polarity": "positive",
                "certainty": "certain",
                "confidence": 1.0,
                "source": "e2",
                "relayed_by": ["e3"],
                "cue": [36, 40],
                "rule": "events.toml:Escape",
            },
            {
                "id": "s2",
                "class": "Event",
                "predicate": "rain",
                "plover": None,
                "trigger": [63, 69],
                "roles": {},
                "position": None,
                "kinship": None,
                "amount": None,
                "time": None,
                "polarity": "positive",
                "certainty": "certain",
                "confidence": 1.0,
                "source": "doc",
                "relayed_by": [],
                "cue": None,
                "rule": "",
            },
        ],
    }


def test_a_line_is_one_line() -> None:
    assert "\n" not in notes.as_line(READING)


def test_coverage_tells_what_each_sentence_gave() -> None:
    found = coverage.sentences(READING)
    assert [(sentence.text, sentence.gave) for sentence in found] == [
        ("Envoy Ann Bo quit.", "none"),
        ("She fled, police told the BBC on Monday.", "classed"),
        ("It rained.", "plain"),
        ("Why?", "none"),
    ]
    tally = coverage.Tally(explain=True)
    assert list(tally.counting([READING])) == [READING]
    assert tally.in_words() == "Of 4 body sentences 1 gave a claim of a class, 1 plain events only, 2 nothing."
    assert tally.poor == [sentence for sentence in found if sentence.gave != "classed"]
