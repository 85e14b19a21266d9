"""Coverage-guided fuzzing with atheris (the extra ``fuzz``).

    python tests/fuzz/run.py readers|times|queries [SECONDS]

It begins with the kept corpus. What it finds is written into the folder where it runs, as ``crash-...``: mend it, and
put the file into ``tests/fuzz/corpus``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

with atheris.instrument_imports(include=["kg"]):
    import targets


def main(name: str, seconds: int) -> None:
    """Fuzz one target for so long. What libFuzzer finds on the way is not kept."""
    corpus = HERE / "corpus" / name
    options = [
        sys.argv[0],
        f"-max_total_time={seconds}",
        "-max_len=2000",
        "-timeout=20",
        "-rss_limit_mb=2000",
        "-seed=1",
    ]
    # -runs, not the corpus folder itself: what is found new would be written there
    import tempfile

    with tempfile.TemporaryDirectory() as found:
        atheris.Setup([*options, found, str(corpus)], targets.TARGETS[name])
        atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 20)
