"""Processor time of reading, beside spaCy's own over the same texts with the same components.

    python benchmarks/reading.py [--copies 20] [--rounds 3] [--model NAME]

Both sides run in one process, in turns; the best round of each counts. What `kg annotate`
does is everything from the file to the line of JSON, but for the start of Python and the
loading of the model.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from time import process_time

from kg import pipeline
from kg.annotate import language
from kg.model import Failure
from kg.publish import notes

EXAMPLES = Path(__file__).parents[1] / "examples"


def main(arguments: Sequence[str] | None = None) -> float:
    """Print both times and their ratio; return the ratio."""
    parser = argparse.ArgumentParser(description="Processor time of reading beside spaCy's own.")
    parser.add_argument("--copies", type=int, default=20, help="how often each example is read")
    parser.add_argument("--rounds", type=int, default=3, help="how often each side is timed")
    parser.add_argument("--model", default=language.DEFAULT_MODEL, help="an installed spaCy pipeline")
    options = parser.parse_args(arguments)

    texts = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.txt"))] * options.copies
    words = sum(len(text.split()) for text in texts)
    nlp = language.load(options.model)
    with tempfile.TemporaryDirectory() as folder:
        rows = Path(folder) / "texts.jsonl"
        rows.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")

        def spacy_alone() -> None:
            for _ in nlp.pipe(texts):
                pass

        def annotate() -> None:
            for item in pipeline.readings([str(rows)], model=options.model):
                assert not isinstance(item, Failure), item
                notes.as_line(item)

        sides = {"spaCy nlp.pipe": spacy_alone, "kg annotate": annotate}
        best = _best(sides, options.rounds)
    ratio = best["kg annotate"] / best["spaCy nlp.pipe"]
    print(f"{len(texts)} texts, {words:,} words, {', '.join(nlp.pipe_names)}")
    for name, seconds in best.items():
        print(f"{name:<16}{seconds:8.2f} s{words / seconds:12,.0f} words/s")
    print(f"ratio{ratio:19.2f}")
    return ratio


def _best(sides: dict[str, Callable[[], None]], rounds: int) -> dict[str, float]:
    """The least processor time of each side, in seconds; a first round warms both up."""
    times: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(rounds + 1):
        for name, run in sides.items():
            start = process_time()
            run()
            times[name].append(process_time() - start)
    return {name: min(found[1:]) for name, found in times.items()}


if __name__ == "__main__":
    main()
