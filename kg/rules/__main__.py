"""``python -m kg.rules``: check every rule file and say what is in them."""

import sys

from kg.errors import RulesError
from kg.rules import load


def main() -> int:
    """Load them all; 0 if all is well, 1 with the fault on standard error."""
    try:
        rules = load().events
    except RulesError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    frames = sum(len(c.frames) for c in rules.classes.values())
    triggers = sum(len(f.patterns) for c in rules.classes.values() for f in c.frames)
    sys.stdout.write(f"{len(rules.classes)} classes, {frames} frames, {triggers} triggers: all well formed\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
