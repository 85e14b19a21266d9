"""HTML into the text of its story and what it states about itself.

``trafilatura`` finds the story: not the menus, banners, comments and lists of links around it. Its reading of
metadata is not used, since it guesses dates, authors and names of sites from the text; ``page_metadata`` is.
"""

from __future__ import annotations

import logging
import re

from kg.acquire import charsets, page_metadata
from kg.acquire.documents import Found, Refused

_ROOT = re.compile(r"<(?:html|body)[\s>]", re.IGNORECASE)
_SENTENCE = re.compile(r"""[.!?]["'”’)\]]*$""")
_HEAD = 10_000
_NO_STORY = "no story was found in the page; give its text as a .txt file or leave it out."
_DAMAGED = "the story holds bytes that are no characters of the page's charset; save the page as UTF-8."


def extract(data: bytes, *, charset: str | None = None) -> Found:
    """The story of a whole page. ``charset`` is what its server declared. Raises ``Refused``."""
    page, intact = charsets.markup(data, charset)
    found = _found(page)
    if not any(map(_SENTENCE.search, found.text.split("\n"))):
        raise Refused(_NO_STORY)  # a menu
    if not intact and (charsets.is_damaged(found.text) or charsets.is_damaged(found.title)):
        raise Refused(_DAMAGED)
    return found


def fragment(data: bytes) -> Found:
    """The text of a piece of HTML in UTF-8 that is all story, as feeds hold it. Raises ``Refused``."""
    return _found(f"<html><body><article>{data.decode('utf-8')}</article></body></html>")


def _found(page: str) -> Found:
    if "\0" in page:
        raise Refused("this is a binary file, not a page; leave it out.")
    tree = _tree(page)
    story = _story(page)
    if tree is None or not story:
        raise Refused(_NO_STORY)
    return Found(story, *page_metadata.stated(tree))


def _tree(page: str) -> object:
    from lxml import etree, html

    try:
        # comments and processing instructions have no place in what is stated
        parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        return html.document_fromstring(page.encode("utf-8", "surrogatepass"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def _story(page: str) -> str:
    """The paragraphs of the story, a blank line between them."""
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    whole = page if _ROOT.search(page[:_HEAD]) else f"<html><body>{page}</body></html>"
    # what is not clearly story stays out, since a banner must not become a claim; pages that are
    # laid out as tables have nothing clear in them, but what ends as a sentence does is no menu
    for precisely in (True, False):
        found = trafilatura.bare_extraction(
            whole, favor_precision=precisely, include_comments=False, include_tables=False, with_metadata=False
        )
        lines = [line.strip() for line in (getattr(found, "text", None) or "").split("\n")]
        if story := [line for line in lines if line and (precisely or _SENTENCE.search(line))]:
            return "\n\n".join(story)
    return ""
