from __future__ import annotations

import json
import re

import pytest
from hostile import HOSTILE, hostile
from hypothesis import given
from hypothesis import strategies as st
from knowledge import DIPLOMAT, KNOWLEDGE, VELHO
from markdown_it import MarkdownIt
from markdown_it.token import Token

from kg.graph import build
from kg.model import Knowledge
from kg.publish.addresses import visible
from kg.publish.dossiers import dossiers, escaped, file_name, file_names


def notes(knowledge: Knowledge = KNOWLEDGE) -> dict[str, str]:
    return {name: "".join(pieces) for name, pieces in dossiers(build(knowledge)).items()}


@pytest.fixture(scope="module")
def velho() -> str:
    return notes()["Ana Velho.md"]


def section(note: str, heading: str) -> str:
    return note.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def test_a_note_has_posts_deeds_and_who_says_so(velho: str) -> None:
    assert "**ambassador** to [[Portugal]] for [[Norland]] — *Asserted*" in section(velho, "Posts")
    deeds = section(velho, "What they did and were")
    assert "**Disappearance** in [[Lisbon]], 2021-03-01 — *Asserted*" in deeds
    assert "[[a diplomat]], as told by [[Farol]] (certain): “The daily Farol said she had defected" in deeds
    assert "[[Norland]] (denied, certain)" in deeds
    assert deeds.index("Disappearance") < deeds.index("Defection")
    assert "**sibling** of [[Rui Velho]]" in deeds


def test_a_source_has_what_it_said() -> None:
    said = section(notes()["a diplomat.md"], "What they said")
    assert said.strip().startswith("- **Defection: Ana Velho – from Norland** (certain): “The daily Farol said")


def test_the_other_side_of_a_deed_is_told_too() -> None:
    assert "**Warning** by [[Portugal]]" in section(notes()["Norland.md"], "What was done to them")


def test_names_are_kept_in_the_head(velho: str) -> None:
    assert velho.startswith('---\naliases: ["Velho", "The ambassador"]\ntags: ["kg/Person"]\nid: ')


def test_every_link_leads_to_a_note() -> None:
    found = notes()
    links = {link for note in found.values() for link in re.findall(r"\[\[([^]|]+)", note)}
    assert len(links) >= 8
    assert {f"{link}.md" for link in links} <= set(found)
    index = found["Index.md"]
    assert all(f"[[{name.removesuffix('.md')}]]" in index for name in found if name != "Index.md")
    assert "Envoy missing in Lisbon, The Harbour Post, 2021-03-04" in index
    assert "## What the sources do not agree on\n\n- Defection: Ana Velho" in index


@pytest.mark.parametrize(
    ("labels", "names"),
    [
        (["Kim", "kim", "KIM"], ["Kim", "kim 2", "KIM 3"]),
        (["Café", "Cafe\u0301"], ["Café", "Café 2"]),
        (["index", "INDEX 2"], ["index 2", "INDEX 2 2"]),
        (["con", "COM1.txt", "nul "], ["con_", "COM1.txt_", "nul_"]),
        (["...", "", "/"], ["unnamed", "unnamed 2", "unnamed 3"]),
        (["a" * 300, "a" * 301], ["a" * 120, "a" * 120 + " 2"]),
        (["x\u202egpj.exe", "a:b|c"], ["x gpj.exe", "a b c"]),
    ],
)
def test_names_of_files(labels: list[str], names: list[str]) -> None:
    assert list(file_names(enumerate_ids(labels)).values()) == names


def enumerate_ids(labels: list[str]) -> list[tuple[str, str]]:
    return [(str(n), label) for n, label in enumerate(labels)]


@given(st.lists(st.text(max_size=40) | st.sampled_from(HOSTILE), max_size=6))
def test_names_of_files_are_safe_everywhere(labels: list[str]) -> None:
    names = list(file_names(enumerate_ids(labels)).values())
    assert len({name.casefold() for name in names}) == len(labels)
    for name in names:
        assert 0 < len(f"{name}.md".encode()) < 200
        assert not set(name) & set('<>:"/\\|?*[]#^\n\r\t\0')
        assert name == name.strip(" .")
        assert file_name(name) == name or re.search(r" \d+\Z|_\Z", name)


PLAIN = {f"{each}_{end}" for each in ("bullet_list", "list_item", "paragraph") for end in ("open", "close")}
MARKUP = {"html_block", "html_inline", "link_open", "image", "fence", "code_block", "code_inline"}


def inline(tokens: list[Token]) -> list[Token]:
    return [child for token in tokens for child in (token, *(token.children or ()))]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_no_markup(text: str) -> None:
    check(text)


@given(st.text(min_size=1, max_size=15) | st.text("\\`*_[]<>#|~$!=&;-+1. \n", min_size=1, max_size=10))
def test_any_text_is_no_markup(text: str) -> None:
    check(text)


def check(text: str) -> None:
    parser = MarkdownIt("gfm-like", {"html": True, "linkify": False})
    for words in (text, f"{text} and more"):
        tokens = inline(parser.parse(f"- {escaped(words)}\n"))
        kinds = {token.type for token in tokens} - {"inline", "text", "text_special"}
        shown = "".join(token.content for token in tokens if token.type in {"text", "text_special"})
        assert shown.split() == visible(words).split()
        assert not kinds - PLAIN
    for name, note in notes(hostile(text, text)).items():
        kinds = {token.type for token in inline(parser.parse(note.split("\n---\n")[-1]))}
        assert not kinds & MARKUP, name
        if name != "Index.md":
            head = note.split("\n")
            assert json.loads(head[1].removeprefix("aliases: "))[0] == visible(text)
            assert head[4] == "---"


def test_who_takes_no_part_has_no_note() -> None:
    assert "a diplomat.md" in notes()
    assert DIPLOMAT.label == "a diplomat"
    graph = build(KNOWLEDGE)
    graph.remove_nodes_from([node for node, data in graph.nodes(data=True) if data["kind"] in {"claim", "situation"}])
    assert list(dossiers(graph)) == ["Index.md"]
    assert VELHO.id in graph
