"""Packages as if pip had installed them, in a folder: for tests of plug-ins and of other pipelines."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path


def install(folder: Path, project: Path) -> Path:
    """Put the packages of a source tree into ``folder``, with the entry points that its ``pyproject.toml`` names."""
    described = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))
    for package in described["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]:
        shutil.copytree(project / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    about = described["project"]
    register(folder, about["name"], about["version"], about["entry-points"])
    return folder


def register(folder: Path, name: str, version: str, points: dict[str, dict[str, str]]) -> None:
    """Let a package of that name be known in ``folder``, with entry points: group -> name -> what it is."""
    info = folder / f"{name.replace('-', '_')}-{version}.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", encoding="utf-8")
    groups = [f"[{group}]\n" + "".join(f"{k} = {v}\n" for k, v in each.items()) for group, each in points.items()]
    (info / "entry_points.txt").write_text("\n".join(groups), encoding="utf-8")
