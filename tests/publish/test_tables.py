from __future__ import annotations

import csv
import datetime
import io
from dataclasses import replace
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from hostile import HOSTILE, hostile
from hypothesis import given
from hypothesis import strategies as st
from knowledge import CLAIMS, FIRST, KNOWLEDGE, WATCH

from kg.graph import build
from kg.publish.addresses import visible
from kg.publish.tables import COLUMNS, claims, claims_csv, claims_parquet, harmless, original


def rows(written: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written, newline="")))


def test_a_claim_is_a_row() -> None:
    found = rows("".join(claims_csv(build(KNOWLEDGE))))
    assert list(found[0]) == list(COLUMNS)
    assert len(found) == len(KNOWLEDGE.claims)
    relayed = next(row for row in found if row["source"] == "a diplomat")
    assert relayed["chain"] == "Farol"
    assert relayed["status"] == "Disputed"
    assert relayed["label"] == "Defection: Ana Velho – from Norland"
    assert relayed["document"] == "first.txt"
    assert relayed["title"] == "Envoy missing in Lisbon"
    assert relayed["date"] == "2021-03-04"
    assert FIRST.text[int(relayed["begin"]) : int(relayed["end"])] == relayed["sentence"]
    assert relayed["origin"] == ""
    warning = next(row for row in found if row["what"] == "Warning")
    assert (warning["who"], warning["recipient"]) == ("Portugal", "Norland")
    assert warning["topic"] == "Disappearance: Ana Velho – in Lisbon"
    gone = next(row for row in found if row["what"] == "Disappearance")
    assert (gone["who"], gone["where"], gone["when"], gone["edtf"]) == (
        "Ana Velho",
        "Lisbon",
        "on Monday",
        "2021-03-01",
    )


def test_those_who_relay_stand_in_their_order() -> None:
    relays = tuple(entity.id for entity in KNOWLEDGE.entities[:3])
    changed = replace(KNOWLEDGE, claims=tuple(replace(c, relayed_by=relays) for c in CLAIMS))
    assert {row["chain"] for row in claims(build(changed))} == {"Ana Velho > Norland > Portugal"}


def test_pandas_and_duckdb_read_the_same_from_both(tmp_path: Path) -> None:
    graph = build(KNOWLEDGE)
    (tmp_path / "claims.csv").write_bytes("".join(claims_csv(graph)).encode())
    (tmp_path / "claims.parquet").write_bytes(claims_parquet(graph))
    expected = [[row.get(name) for name in COLUMNS] for row in claims(graph)]
    frame = pd.read_parquet(tmp_path / "claims.parquet")
    assert list(frame.columns) == list(COLUMNS)
    assert [[_plain(cell) for cell in row] for row in frame.itertuples(index=False)] == expected
    from_csv = pd.read_csv(tmp_path / "claims.csv", dtype=str, keep_default_na=False)
    assert from_csv.to_numpy().tolist() == [["" if cell is None else str(cell) for cell in row] for row in expected]
    query = "SELECT who, what, confidence, date FROM '{}' ORDER BY claim"
    answers = [duckdb.sql(query.format(tmp_path / f"claims.{kind}")).fetchall() for kind in ("csv", "parquet")]
    assert answers[0] == answers[1]
    assert len(answers[0]) == len(KNOWLEDGE.claims)
    assert answers[0][0][3] == datetime.date(2021, 3, 4)


def _plain(cell: object) -> object:
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    return None if cell is None or cell != cell else cell


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_spreadsheet_could_run_is_harmless_and_comes_back(text: str) -> None:
    graph = build(hostile(text, text))
    row, _ = rows("".join(claims_csv(graph)))
    for name in ("sentence", "who", "title", "publisher", "cue", "amount"):
        assert row[name].lstrip(" ")[:1] not in tuple("=+-@\t\r\n")
        assert original(row[name]) == visible(text)


@given(st.text(max_size=6) | st.text("'=+-@ \t\n", max_size=6))
def test_harmless_takes_nothing_away(text: str) -> None:
    assert original(harmless(text)) == text
    assert harmless(text).lstrip()[:1] not in set("=+-@＝＋－＠")


@given(st.text(min_size=1, max_size=12))
def test_any_text_survives_in_both(text: str) -> None:
    graph = build(hostile(text, text))
    row, _ = rows("".join(claims_csv(graph)))
    frame, _ = pd.read_parquet(io.BytesIO(claims_parquet(graph))).to_dict("records")
    assert original(row["sentence"]) == frame["sentence"] == visible(text)
    assert original(row["who"]) == frame["who"] == visible(text)


def test_a_plain_event_has_its_predicate() -> None:
    [row] = [row for row in claims(build(KNOWLEDGE)) if row["situation"] == WATCH]
    assert (row["what"], row["predicate"]) == ("Event", "watch")
    assert "who" not in row
