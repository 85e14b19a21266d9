"""Break rules and comparators on purpose, one at a time, in a copy of the tree, and see whether the tests notice.

    python scripts/mutate.py [WORDS]

``tests/mutants.toml`` says what is broken and which tests must notice; with WORDS, only what is about these.
It ends with status 1 if more than one in ten goes unnoticed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
_SHARE = 0.9
_COPIED = ("kg", "tests", "examples", "docs", "benchmarks", "scripts", "pyproject.toml", "README.md")


def main(words: str) -> int:
    """Print a line for each mutant, and the sum."""
    table = tomllib.loads((ROOT / "tests" / "mutants.toml").read_text(encoding="utf-8"))
    chosen = [mutant for mutant in table["mutants"] if words in mutant["what"]]
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder)
        _copy(tree)
        noticed = [_told(mutant, _noticed(mutant, tree)) for mutant in chosen]
    sys.stdout.write(f"{sum(noticed)} of {len(noticed)} noticed\n")
    return 0 if sum(noticed) >= _SHARE * len(noticed) else 1


def _copy(tree: Path) -> None:
    ignored = shutil.ignore_patterns("__pycache__", "node_modules", ".*")
    for name in _COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tree / name, ignore=ignored)
        else:
            shutil.copy(ROOT / name, tree / name)


def _noticed(mutant: dict[str, Any], tree: Path) -> bool:
    """Whether a test fails with the mutant in the tree. Raises ``ValueError`` if it does not fit any more."""
    place = tree / mutant["file"]
    whole = place.read_text(encoding="utf-8")
    if mutant["old"] not in whole:
        raise ValueError(f"{mutant['what']}: {mutant['file']} does not hold what is to be broken")
    place.write_text(whole.replace(mutant["old"], mutant["new"], 1), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *mutant["tests"]]
    env = {**os.environ, "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(command, cwd=tree, env=env, capture_output=True, text=True, check=False)
    finally:
        place.write_text(whole, encoding="utf-8")
    if done.returncode not in (0, 1):  # no test was run, or they cannot be: that notices nothing
        raise ValueError(f"{mutant['what']}: the tests cannot be run\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.returncode == 1


def _told(mutant: dict[str, Any], noticed: bool) -> bool:
    sys.stdout.write(f"{'noticed  ' if noticed else 'UNNOTICED'}  {mutant['what']} ({mutant['file']})\n")
    sys.stdout.flush()
    return noticed


if __name__ == "__main__":
    sys.exit(main(" ".join(sys.argv[1:])))
