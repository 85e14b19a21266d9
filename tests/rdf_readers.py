"""RDF text as statements that can be compared, by readers that know nothing of one another."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox
from rdflib import Dataset

#: Turtle, N-Quads or JSON-LD, by name, as each of the readers calls it.
NAMES = {"turtle": ox.RdfFormat.TURTLE, "nquads": ox.RdfFormat.N_QUADS, "jsonld": ox.RdfFormat.JSON_LD}
_RDFLIB = {"turtle": "turtle", "nquads": "nquads", "jsonld": "json-ld"}
_N3 = {"turtle": "text/turtle", "nquads": "application/n-quads"}
_HERE = Path(__file__).parent

Statements = frozenset[str]
ReadN3 = Callable[[str, str], Statements]


def by_oxigraph(text: str, kind: str) -> Statements:
    """All statements, whichever named graph they are in, with canonical names for blank nodes."""
    found = ox.Dataset(ox.Quad(*quad.triple) for quad in ox.parse(text.encode("utf-8"), format=NAMES[kind]))
    found.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return frozenset(map(str, found))


def by_rdflib(text: str, kind: str) -> Statements:
    return by_oxigraph(
        Dataset().parse(data=text.encode("utf-8"), format=_RDFLIB[kind]).serialize(format="nquads"), "nquads"
    )


def has_n3() -> bool:
    """Whether N3.js is there: ``npm ci --prefix tests`` installs it."""
    return shutil.which("node") is not None and (_HERE / "node_modules" / "n3").is_dir()


@contextmanager
def n3() -> Iterator[ReadN3]:
    """Reads with N3.js, which is written in another language by other people."""
    command = ["node", str(_HERE / "independent.mjs")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8") as process:
        asked, answered = process.stdin, process.stdout
        assert asked is not None and answered is not None

        def read(text: str, kind: str) -> Statements:
            asked.write(json.dumps({"format": _N3[kind], "text": text}) + "\n")
            asked.flush()
            answer = json.loads(answered.readline())
            assert "error" not in answer, answer["error"]
            return by_oxigraph(answer["quads"], "nquads")

        yield read
        asked.close()
