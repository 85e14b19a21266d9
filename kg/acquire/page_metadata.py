"""What a page states about itself: JSON-LD, meta elements, the canonical link. Nothing is guessed from its text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin, urlsplit

from kg.acquire import dates

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MAX = 500
#: The names under which pages state a thing, the most telling first.
_META: dict[str, tuple[str, ...]] = {
    "title": ("og:title", "citation_title", "dc.title", "dcterms.title", "parsely-title", "headline", "twitter:title"),
    "date": (
        "article:published_time",
        "og:article:published_time",
        "og:published_time",
        "datepublished",
        "citation_publication_date",
        "citation_date",
        "dcterms.issued",
        "dc.date.issued",
        "dcterms.date",
        "dc.date",
        "parsely-pub-date",
        "sailthru.date",
        "pubdate",
        "publishdate",
        "publish_date",
        "publication_date",
        "date",
    ),
    "author": ("author", "article:author", "citation_author", "dcterms.creator", "dc.creator", "parsely-author", "byl"),
    "publisher": ("og:site_name", "citation_journal_title", "dcterms.publisher", "dc.publisher", "publisher"),
    "url": ("og:url",),
}
_ARTICLE = re.compile(r"(?:Article|Posting|Report)$")
_BY = re.compile(r"by\s+(?=\S)", re.IGNORECASE)

Json = dict[str, object]


class Stated(NamedTuple):
    """Each field as the page states it, or ``None``; ``date`` is YYYY-MM-DD."""

    title: str | None
    date: str | None
    author: str | None
    publisher: str | None
    url: str | None


def stated(tree: HtmlElement) -> Stated:
    """What a page states about itself, JSON-LD before meta elements, and those before the title."""
    article, by_id = _article(tree)
    meta = _meta(tree)
    return Stated(
        title=_first([article.get("headline"), *meta["title"], *_texts(tree, "//head//title")]),
        date=_date([article.get("datePublished"), *meta["date"], *_marked_dates(tree)]),
        author=_names(_named(article.get("author"), by_id)) or _names(meta["author"]),
        publisher=_names(_named(article.get("publisher"), by_id)) or _first(meta["publisher"]),
        url=_url(tree, meta["url"]),
    )


def _first(values: Iterable[object]) -> str | None:
    return next((line for value in values if (line := _line(value))), None)


def _line(value: object) -> str:
    """A value as one line of text; nothing if it is an address or no text."""
    words = " ".join(value.split()) if isinstance(value, str) else ""
    return "" if "://" in words or len(words) > _MAX else words


def _names(values: Iterable[object]) -> str | None:
    names = [_BY.sub("", line, count=1) if _BY.match(line) else line for value in values if (line := _line(value))]
    return ", ".join(dict.fromkeys(names)) or None


def _date(values: Iterable[object]) -> str | None:
    days = (dates.stated(value) for value in values if isinstance(value, str))
    return next((day.isoformat() for day in days if day), None)


# -- meta elements -------------------------------------------------------------------------


def _meta(tree: HtmlElement) -> dict[str, list[str]]:
    """The contents of meta elements by field, the most telling names first."""
    contents: dict[str, list[str]] = {}
    for element in tree.xpath("//meta[@content]"):
        for attribute in ("property", "name", "itemprop"):
            name = (element.get(attribute) or "").strip().lower().replace("dc:", "dc.").replace("dcterms:", "dcterms.")
            if name:
                contents.setdefault(name, []).append(element.get("content"))
    return {field: _of_one_name(contents, names, field) for field, names in _META.items()}


def _of_one_name(contents: dict[str, list[str]], names: Iterable[str], field: str) -> list[str]:
    found = [contents[name] for name in names if name in contents]
    if field == "author":  # several authors are several elements of one name
        return next((values for values in found if _names(values)), [])
    return [value for values in found for value in values]


def _texts(tree: HtmlElement, path: str) -> list[str]:
    return [element.text_content() for element in tree.xpath(path)[:1]]


def _marked_dates(tree: HtmlElement) -> list[str]:
    """The day that elements mark as the one of publication, if they agree: lists of links mark theirs too."""
    marked = tree.xpath("//time[@pubdate or @itemprop='datePublished']/@datetime")
    days = {day for value in marked if (day := dates.stated(str(value)))}
    return [day.isoformat() for day in days] if len(days) == 1 else []


def _url(tree: HtmlElement, meta: Iterable[str]) -> str | None:
    base = next(iter(tree.xpath("//base/@href")), "")
    canonical = tree.xpath("//link[translate(@rel, 'CANOIL', 'canoil')='canonical']/@href")
    for value in [*canonical, *meta]:
        if address := web_address(str(value), str(base)):
            return address
    return None


def web_address(value: str, base: str = "") -> str | None:
    """The absolute http(s) address that a link leads to; ``None`` if it is none, or not one that can be written."""
    try:
        address = urljoin(base, value.strip())
        parts = urlsplit(address)
    except ValueError:
        return None
    written = len(address) <= 2_000 and address.isprintable() and not any(c in address for c in ' <>"{}|\\^`')
    return address if written and parts.scheme in ("http", "https") and parts.hostname else None


# -- JSON-LD -------------------------------------------------------------------------------


def _article(tree: HtmlElement) -> tuple[Json, dict[str, Json]]:
    """The first article that the page's JSON-LD describes, and all of its nodes by their id."""
    nodes = [node for script in tree.xpath("//script[@type='application/ld+json']") for node in _nodes(script.text)]
    by_id = {str(node["@id"]): node for node in nodes if "@id" in node}
    return next((node for node in nodes if _is_article(node)), {}), by_id


def _nodes(written: str | None) -> Iterator[Json]:
    try:
        top = json.loads((written or "").strip(), strict=False)
    except (ValueError, RecursionError):
        return  # pages often get it wrong, and state the same in meta elements
    for node in top if isinstance(top, list) else [top]:
        if isinstance(node, dict):
            graph = node.get("@graph")
            yield from (one for one in graph if isinstance(one, dict)) if isinstance(graph, list) else (node,)


def _is_article(node: Json) -> bool:
    kinds = node.get("@type")
    return any(
        isinstance(kind, str) and _ARTICLE.search(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _named(value: object, by_id: dict[str, Json]) -> Iterator[object]:
    """The names of persons or organisations, which are texts, nodes, or pointers to nodes."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            node = one if "name" in one else by_id.get(str(one.get("@id")), {})
            yield node.get("name")
        else:
            yield one


def settled(canonical: str | None, address: str | None) -> str | None:
    """Where a page stands that was fetched from an address: what it says itself, if that is on the same site.

    A page may call itself what it likes, and is not believed when it names another's site.

    >>> settled("https://www.post.example/a", "https://m.post.example/a?x=1")
    'https://www.post.example/a'
    >>> settled("https://agency.example/a", "https://post.example/a")
    'https://post.example/a'
    """
    if canonical and address and _site(canonical) != _site(address):
        return address
    return canonical or address


def _site(address: str) -> str:
    return re.sub(r"^(?:www|m|mobile|amp)\.", "", urlsplit(address).hostname or "")
