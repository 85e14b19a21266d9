"""Addresses of nodes, and text as RDF and XML can hold it."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

import pyoxigraph as ox

from kg.errors import InputError

BASE = "https://kg.example/id/"

_BROKEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

#: A percent sign that stands before no two hex digits.
_STRAY = re.compile("%(?![0-9A-Fa-f]{2})")

_RELATIVE = re.compile(r"(?!/)(?!(?:.*/)?\.{1,2}(?:/|#|\Z))[^:#]+(?:#.*)?\Z", re.DOTALL)


def check_base(base: str) -> None:
    """Raise ``InputError`` unless ``base`` is an absolute address that can go before a node's id."""
    parts = urlsplit(base)
    if not parts.scheme or not (parts.netloc or parts.path) or re.search(r'[\x00-\x20<>"{}|^`\\#]', base):
        raise InputError(f'"{base}" cannot stand before the addresses of nodes; give a web address such as {BASE}')


def address(ident: str, *, base: str = BASE) -> str:
    """The address of the node ``ident``.

    >>> address("entity/0a/0-4")
    'https://kg.example/id/entity/0a/0-4'
    """
    return base + quote(ident.encode("utf-8", "surrogatepass"), safe="/-._~")


def relative(iri: str, base: str) -> str | None:
    """What is left of ``iri`` below ``base``, if that alone leads back to it; ``base`` ends with a slash.

    >>> relative("https://kg.example/id/a/b", BASE), relative("https://kg.example/id/../b", BASE)
    ('a/b', None)
    """
    below = iri[len(base) :] if iri.startswith(base) and base.endswith("/") else ""
    return below if _RELATIVE.match(below) else None


def web_address(url: str) -> str | None:
    """A web address as an IRI; ``None`` for anything else.

    >>> web_address("https://news.example/a b"), web_address("javascript:alert(1)"), web_address("https://[news")
    ('https://news.example/a%20b', None, None)
    """
    cleaned = _STRAY.sub("%25", quote(visible(url), safe=":/?#[]@!$&'()*+,;=%-._~"))
    return cleaned if cleaned.startswith(("http://", "https://")) and _is_iri(cleaned) else None


def _is_iri(text: str) -> bool:
    """Whether every reader of RDF takes it for one: an address that is none would spoil the whole file."""
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True


def visible(text: str) -> str:
    """Characters that RDF or XML cannot hold, each as one that can be seen in its place.

    Control characters become their pictures (U+2400 and on), all others U+FFFD.

    >>> visible("a\\x00b\\ud800")
    'a␀b�'
    """
    return _BROKEN.sub(_picture, text)


def broken(text: str) -> int:
    """How many characters ``visible`` replaces."""
    return len(_BROKEN.findall(text))


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code == 0x7F:
        return "\u2421"
    return chr(0x2400 + code) if code < 0x20 else "\ufffd"
