"""Which plug-ins are installed: entry points of the groups ``kg.mentions`` and ``kg.claims``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from typing import Any

from kg.errors import PluginError
from kg.model import PluginKind


@dataclass(frozen=True, slots=True)
class Plugin:
    """A plug-in that is loaded: called with a document and its sentences, or with a reading."""

    name: str
    kind: PluginKind
    find: Callable[..., Any]


def names(kind: PluginKind) -> list[str]:
    """The names of those that are installed, sorted."""
    return sorted(metadata.entry_points(group=f"kg.{kind}").names)


def check(kind: PluginKind, name: str | None) -> None:
    """Raise ``PluginError`` unless there is exactly one of that name and it can be imported."""
    if name is not None:
        _maker(kind, name)


def load(kind: PluginKind, name: str | None) -> Plugin | None:
    """The plug-in of that name, made ready for use. Raises ``PluginError`` with the reason if it cannot be."""
    if name is None:
        return None
    maker = _maker(kind, name)
    try:
        find = maker()
    except (Exception, SystemExit) as error:
        raise PluginError(f"--{kind} {name}: the plug-in could not be started ({told(error)}).") from error
    if not callable(find):
        what = type(find).__name__
        raise PluginError(f"--{kind} {name}: the plug-in gives {what}, which cannot be called (docs/plugins.md).")
    return Plugin(name, kind, find)


def version(kind: PluginKind, name: str | None) -> str:
    """Which plug-in it is: its name with those and the versions of the packages that bring it."""
    if name is None:
        return ""
    packages = [p.dist for p in metadata.entry_points(group=f"kg.{kind}", name=name) if p.dist is not None]
    return " ".join([kind, name, *sorted(f"{package.name} {package.version}" for package in packages)])


def told(error: BaseException) -> str:
    """What went wrong, on one line that is not endless."""
    words = " ".join(str(error).split())
    return f"{type(error).__name__}: {words[:200]}" if words else type(error).__name__


def _maker(kind: PluginKind, name: str) -> Callable[[], object]:
    point = _point(kind, name)
    try:
        maker = point.load()
    except (Exception, SystemExit) as error:
        raise PluginError(f"--{kind} {name}: the plug-in {point.value} cannot be imported ({told(error)}).") from error
    if not callable(maker):
        raise PluginError(f"--{kind} {name}: {point.value} cannot be called; it has to make the plug-in.")
    return maker  # type: ignore[no-any-return]


def _point(kind: PluginKind, name: str) -> metadata.EntryPoint:
    found = {(p.value, p.dist.name if p.dist else ""): p for p in metadata.entry_points(group=f"kg.{kind}", name=name)}
    if not found:
        there = ", ".join(names(kind)) or "none"
        raise PluginError(f"--{kind} {name}: no such plug-in is installed (installed: {there}); see docs/plugins.md.")
    if len(found) > 1:
        owners = ", ".join(sorted(owner or value for value, owner in found))
        raise PluginError(f"--{kind} {name}: several packages bring a plug-in of that name ({owners}): uninstall one.")
    return next(iter(found.values()))
