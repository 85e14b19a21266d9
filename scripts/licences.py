"""Write docs/licences.md: every package that ``pip install kg-news`` brings, and its licence, as its metadata says.

    python scripts/licences.py [--check]

``--check`` writes nothing, and ends with status 1 if the page is not as it would be written, or if a licence is
none of those that go with the MIT licence.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "licences.md"
#: Whoever uses or passes on software of the MIT licence may use these beside it.
_COMPATIBLE = re.compile(
    r"\b(?:MIT|BSD|Apache|ISC|PSF|Python Software Foundation|MPL|Mozilla|Unlicense|public domain|0BSD|CC0|Zlib|W3C)\b",
    re.I,
)
_HEAD = """\
# Licences

What `pip install kg-news` brings, with the licences that the packages state. All of them may be used together with
software of the MIT licence, which kg itself has. Packages of the Mozilla licence (MPL) keep theirs for their own files.
`python scripts/licences.py` writes this page from what is installed.

| package | licence |
| --- | --- |
"""


def main(check: bool) -> int:
    """Write or check the page."""
    found = dict(sorted((name, _licence(name)) for name in _needed("kg-news")))
    strange = {name: licence for name, licence in found.items() if not _COMPATIBLE.search(licence)}
    for name, licence in strange.items():
        sys.stderr.write(f"{name}: {licence or 'no licence is stated'}\n")
    text = _HEAD + "".join(f"| {name} | {licence} |\n" for name, licence in found.items())
    if not check:
        PAGE.write_text(text, encoding="utf-8")
    elif PAGE.read_text(encoding="utf-8") != text:
        sys.stderr.write("docs/licences.md is not up to date: run python scripts/licences.py\n")
        return 1
    return 1 if strange else 0


def _needed(start: str) -> Iterator[str]:
    """Every package that the project needs, and those that these need; extras and other systems' left out."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    waiting, seen = list(project["dependencies"]), {canonicalize_name(start)}
    while waiting:
        wanted = Requirement(waiting.pop())
        name = canonicalize_name(wanted.name)
        if name in seen or (wanted.marker and not wanted.marker.evaluate({"extra": ""})):
            continue
        seen.add(name)
        yield name
        waiting += metadata.requires(name) or []


def _licence(name: str) -> str:
    """The expression, the classifiers, or the first line of the text, whichever there is."""
    about = metadata.metadata(name)
    stated = about.get("License-Expression")
    if stated:
        return str(stated)
    classified = [
        each.rpartition(" :: ")[2] for each in about.get_all("Classifier") or [] if each.startswith("License")
    ]
    plain = [each for each in classified if each != "OSI Approved"]
    return ", ".join(plain) or str(about.get("License") or "").strip().partition("\n")[0] or _of_model(name)


def _of_model(name: str) -> str:
    """What the meta.json of a spaCy pipeline says."""
    files = [path for path in metadata.files(name) or [] if path.name == "meta.json"]
    return str(json.loads(files[0].read_text()).get("license", "")) if files else ""


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
