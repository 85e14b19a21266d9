"""The word lists in ``kg/rules/`` that this stage goes by."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=4)
def load(name: str) -> dict[str, frozenset[str]]:
    """The lists of ``kg/rules/NAME.toml``, as they are written there."""
    data = tomllib.loads(files("kg").joinpath("rules", f"{name}.toml").read_text(encoding="utf-8"))
    return {key: frozenset(words) for key, words in data.items()}
