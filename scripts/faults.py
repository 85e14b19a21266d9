"""Kill a build and an update of a store at many random points, and look at what is left each time.

    python scripts/faults.py [TIMES] [SEED]

By default fifty times each. It ends at the first thing that is not as it should be: files that are neither the
old ones nor the new, a store that does not open, a document that was told to be done and is not there.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / "tests"), str(Path(__file__).parents[1])]

import faulty  # noqa: E402


def main(times: int, seed: int) -> None:
    """Kill, look, and print a line for each of the two."""
    for what in ("build", "update"):
        with tempfile.TemporaryDirectory() as folder:
            kills = faulty.many_kills(what, Path(folder), times, seed=seed)
        found = Counter("ended before" if kill.ended else f"killed, {kill.found} files" for kill in kills)
        words = ", ".join(f"{count} {name}" for name, count in sorted(found.items()))
        sys.stdout.write(f"{what}: {len(kills)} tries: {words}; the next run ended well each time\n")
        sys.stdout.flush()


if __name__ == "__main__":
    numbers = [int(each) for each in sys.argv[1:]]
    main(*(numbers + [50, 1][len(numbers) :]))
