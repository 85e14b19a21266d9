"""RSS and Atom into Documents, one an item, as the file is read."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO
from xml.etree.ElementTree import ParseError

from kg.acquire import dates, page_metadata
from kg.acquire.apart import Extract
from kg.acquire.documents import Finish, Found, Refused
from kg.model import Document, Failure

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ROOTS = ("rss", "rdf", "feed")
_ITEMS = ("item", "entry")
_MARKUP = re.compile(r"<[a-zA-Z/!]")
_IN_BRACKETS = re.compile(r"\S+@\S+\s*\(([^()]+)\)")
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_XHTML = "{http://www.w3.org/1999/xhtml}"


def read(stream: BinaryIO, name: str, stem: str, *, finish: Finish, extract: Extract) -> Iterator[Document | Failure]:
    """Each item's document, or why it has none; ids are the items' own, or ``STEM:NUMBER``.

    Raises ``Refused`` where the XML is broken, or is no feed: what came before has been read.
    """
    number = 0
    for item, publisher in _items(stream):
        number += 1
        try:
            yield finish(_document(item, f"{stem}:{number}", publisher, extract))
        except Refused as error:
            yield Failure(name, f"item {number}: {error}")
    if not number:
        raise Refused("the feed has no item; leave it out.")


def _items(stream: BinaryIO) -> Iterator[tuple[Element, str | None]]:
    """The items, each with the title of the feed as far as it is known by then."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    path: list[Element] = []
    title: str | None = None
    try:
        for event, node in iterparse(stream, ("start", "end"), forbid_entities=True, forbid_external=True):
            if event == "start":
                path.append(node)
                _check(path)
                continue
            path.pop()
            if _local(node) in _ITEMS and len(path) <= 2:
                yield node, title
                (path[-1] if path else node).clear()
            elif _local(node) == "title" and path and _local(path[-1]) in ("channel", "feed"):
                title = _line(node)
    except DefusedXmlException as error:
        raise Refused(
            "the XML declares entities or files to include, which are not followed; take them out."
        ) from error
    except ParseError as error:
        line, column = error.position
        raise Refused(f"the XML is broken at line {line}, column {column}; what comes after is not read.") from error
    except (ValueError, LookupError) as error:
        raise Refused("the XML is in an encoding that is not known; save it as UTF-8.") from error


def _check(path: list[Element]) -> None:
    if len(path) == 1 and _local(path[0]) not in _ROOTS:
        raise Refused(f"this XML is neither RSS nor Atom, but <{_local(path[0])[:40]}>; leave it out.")
    if len(path) > 500:
        raise Refused("the XML is nested too deeply; leave it out.")


def _local(node: Element) -> str:
    return node.tag.rpartition("}")[2].casefold()


def _line(node: Element | None) -> str | None:
    words = " ".join("".join(node.itertext()).split()) if node is not None else ""
    return words[:500] or None


def _child(item: Element, *names: str) -> Element | None:
    """The first child of the first of these names that has one with something in it."""
    for name in names:
        for node in item:
            if _local(node) == name and (_line(node) or node.get("href")):
                return node
    return None


def _document(item: Element, default_id: str, publisher: str | None, extract: Extract) -> Document:
    url = _link(item)
    found = _found(item, extract)
    day = dates.stated(_line(_child(item, "pubdate", "published", "date", "issued", "updated")) or "")
    return Document(
        id=_line(_child(item, "guid", "id")) or url or default_id,
        text=found.text,
        title=_title(item),
        date=day,
        publisher=_line(_child(item, "publisher")) or publisher,
        author=_author(item),
        url=url,
    )


def _title(item: Element) -> str | None:
    """The title as text: many feeds escape it twice."""
    words = html.unescape(re.sub(r"<[^<>]{0,200}>", "", _line(_child(item, "title")) or ""))
    return " ".join(words.split()) or None


def _link(item: Element) -> str | None:
    links = (node for node in item if _local(node) == "link" and node.get("rel", "alternate") == "alternate")
    written = (page_metadata.web_address(node.get("href") or _line(node) or "") for node in links)
    return next((address for address in written if address), None)


def _author(item: Element) -> str | None:
    """``dc:creator``, Atom's names, or the name in RSS's "mail (name)"; a mail alone is no name."""
    found = []
    for node in item:
        if _local(node) in ("creator", "author"):
            written = _line(_child(node, "name")) or (None if len(node) else _line(node)) or ""
            bracketed = _IN_BRACKETS.fullmatch(written)
            found.append(bracketed[1].strip() if bracketed else "" if "@" in written else written)
    return ", ".join(dict.fromkeys(name for name in found if name)) or None


def _found(item: Element, extract: Extract) -> Found:
    node = item.find(_CONTENT)
    if node is None or not _line(node):
        node = _child(item, "content", "description", "summary")
    if node is None:
        raise Refused("it has no text; leave it out.")
    written = _markup(node) if len(node) else "".join(node.itertext())
    if node.get("type") != "text" and (_MARKUP.search(written) or "&" in written):
        return extract("fragment", written.encode("utf-8", "replace"))
    return Found(written.strip())


def _markup(node: Element) -> str:
    """Atom's inline XHTML as text again."""
    from xml.etree.ElementTree import tostring

    for one in node.iter():
        one.tag = one.tag.replace(_XHTML, "")
    return "".join(tostring(child, encoding="unicode") for child in node)
