"""Whether a claim's confidence is worth something: how often claims are right, by quartile of confidence.

    python benchmarks/confidence.py FOLDER [--model NAME]

FOLDER holds articles that a careful reader has marked up, NAME.txt beside NAME.gold.json:

    {"date": "2020-05-13",
     "classes": ["Resignation", ...],
     "entities": [{"id": "e1", "name": "Ida Moe", "aliases": ["Moe"]}, ...],
     "situations": [
       {"class": "Resignation", "roles": {"agent": ["e1"]},
        "claims": [{"trigger": "resigned", "sentence": "Ida Moe resigned, the palace said.",
                    "source": "e2", "polarity": "positive", "certainty": "certain"}]}]}

A claim of one of the classes is right if a claim of the reader has its class, its sentence and a
word of its trigger, and the same source, polarity and certainty, and if each participant that it
names stands in the same role there. Participants are the same if they share a name.
"""

from __future__ import annotations

import argparse
import datetime
import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from kg import pipeline
from kg.annotate import language
from kg.model import DOCUMENT_SOURCE, Claim, Failure, Reading


class Judged(NamedTuple):
    """A claim, and whether it is right."""

    article: str
    claim: Claim
    right: bool


def main(arguments: Sequence[str] | None = None) -> tuple[float, float]:
    """Print the table; return the shares that are right above and below the median."""
    parser = argparse.ArgumentParser(description="How often claims are right, by quartile of their confidence.")
    parser.add_argument("folder", type=Path, help="NAME.txt and NAME.gold.json of each article")
    parser.add_argument("--model", default=language.DEFAULT_MODEL, help="an installed spaCy pipeline")
    options = parser.parse_args(arguments)
    judged = [j for path in sorted(options.folder.glob("*.gold.json")) for j in judge(path, options.model)]
    if not judged:
        parser.error(f"no claim to judge in {options.folder}: it needs NAME.txt and NAME.gold.json")
    ranked = sorted(judged, key=lambda j: -j.claim.confidence)
    print(f"{len(ranked)} claims, {share(ranked):.3f} right")
    for n, part in enumerate(filter(None, parts(ranked, 4)), start=1):
        span = f"{part[-1].claim.confidence:.2f} to {part[0].claim.confidence:.2f}"
        print(f"quartile {n}, confidence {span}: {share(part):.3f} of {len(part)} right")
    above, below = (share(part) for part in parts(ranked, 2))
    print(f"above the median {above:.3f}, below {below:.3f}")
    return above, below


def parts(ranked: Sequence[Judged], count: int) -> list[Sequence[Judged]]:
    """The claims in so many parts of about equal size; claims of one confidence are in order of text."""
    return [ranked[len(ranked) * n // count : len(ranked) * (n + 1) // count] for n in range(count)]


def share(judged: Sequence[Judged]) -> float:
    """The share that is right."""
    return sum(j.right for j in judged) / len(judged) if judged else 0.0


def judge(path: Path, model: str = language.DEFAULT_MODEL) -> Iterator[Judged]:
    """Every claim of the article whose class the reader has marked, in text order."""
    name = path.name.removesuffix(".gold.json")
    gold = json.loads(path.read_text(encoding="utf-8"))
    date = datetime.date.fromisoformat(gold["date"])
    for reading in pipeline.readings([str(path.with_name(f"{name}.txt"))], date=date, model=model):
        if isinstance(reading, Failure):
            raise SystemExit(f"{reading.document}: {reading.message}")
        offers = [(s, c) for s in gold["situations"] for c in s["claims"]]
        for claim in reading.claims:
            if claim.cls in gold["classes"] and not claim.background:
                yield Judged(name, claim, _is_right(claim, reading, gold, offers))


def _is_right(claim: Claim, reading: Reading, gold: dict[str, Any], offers: list[tuple[Any, Any]]) -> bool:
    """Whether one of the reader's claims says the same; each of them can stand for one claim only."""
    names = {e["id"]: {norm(x) for x in (e["name"], *e.get("aliases", []))} for e in gold["entities"]}
    ours = {e.id: {norm(x) for x in (e.label, *e.aliases)} for e in reading.entities}
    for n, (situation, wanted) in enumerate(offers):
        if _is_claim(claim, reading, situation, wanted):
            del offers[n]
            return (
                (claim.polarity, claim.certainty) == (wanted["polarity"], wanted["certainty"])
                and _is_source(claim, wanted["source"], ours, names)
                and all(
                    any(ours[f.entity] & names.get(x, set()) for x in situation["roles"].get(role, ()))
                    for role, f in claim.fillers()
                    if f.entity is not None
                )
            )
    return False


def _is_claim(claim: Claim, reading: Reading, situation: Any, wanted: Any) -> bool:
    text = reading.document.text
    return is_same(claim.cls, text[slice(*claim.sentence)], text[slice(*claim.trigger)], situation, wanted)


def is_same(cls: str | None, sentence: str, trigger: str, situation: Any, wanted: Any) -> bool:
    """Whether a claim of ours and one that a reader marked are of one class, in one sentence, of one word."""
    if situation["class"] != cls:
        return False
    ours, theirs = norm(sentence), norm(wanted["sentence"])
    words, others = norm(trigger).split(), norm(wanted["trigger"]).split()
    near = set(words) & set(others) or any(a[:5] == b[:5] for a in words for b in others if len(a) > 4 < len(b))
    return bool(ours and (ours in theirs or theirs in ours) and near)


def _is_source(claim: Claim, wanted: str, ours: dict[str, set[str]], names: dict[str, set[str]]) -> bool:
    if wanted == "doc" or claim.source == DOCUMENT_SOURCE:
        return wanted == claim.source == "doc"
    return bool(ours[claim.source] & names.get(wanted, set()))


def norm(text: str) -> str:
    """Case, accents, articles and punctuation folded away."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()
    words = re.sub(r"[^a-z0-9]+", " ", re.sub(r"[’']s\b", "", plain)).strip()
    return re.sub(r"^(the|a|an) ", "", words)


if __name__ == "__main__":
    main()
