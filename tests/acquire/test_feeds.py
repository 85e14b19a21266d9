from __future__ import annotations

import io
from datetime import date

import pytest

from kg.acquire import feeds, pages
from kg.acquire.documents import Found, Refused
from kg.model import Document, Failure

RSS = '<rss xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>{}</channel></rss>'
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><entry>{}</entry></feed>'


def extract(what: str, data: bytes, charset: str | None = None, /) -> Found:
    assert what == "fragment"
    return pages.fragment(data)


def read(xml: str | bytes) -> list[Document | Failure]:
    data = xml if isinstance(xml, bytes) else xml.encode()
    return list(feeds.read(io.BytesIO(data), "news.xml", "news", finish=lambda document: document, extract=extract))


def only(xml: str) -> Document:
    [document] = read(xml)
    assert isinstance(document, Document)
    return document


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ("<item><description>He left.</description></item>", "He left."),
        ("<item><description>&lt;p&gt;He &lt;b&gt;left&lt;/b&gt;.</description></item>", "He left."),
        ("<item><description>AT&amp;amp;T left.</description></item>", "AT&T left."),
        ("<item><description> \n</description><summary>He left.</summary></item>", "He left."),
        ("<item><description><![CDATA[He left. 1 < 2]]></description></item>", "He left. 1 < 2"),
    ],
)
def test_the_text_of_an_item(xml: str, text: str) -> None:
    assert only(RSS.format(xml)).text == text


def test_atoms_plain_text_is_plain() -> None:
    assert only(ATOM.format('<content type="text">He &lt;b&gt; left.</content>')).text == "He <b> left."


@pytest.mark.parametrize(
    ("xml", "field", "value"),
    [
        ("<title>A &amp;lt; B &lt;i&gt;C&lt;/i&gt;</title>", "title", "A < B C"),
        ("<title>\n</title>", "title", None),
        ("<pubDate>Mon, 4 Mar 2019 23:59:00 -0800</pubDate>", "date", date(2019, 3, 4)),
        ("<dc:date>2019-03-04T23:00:00Z</dc:date>", "date", date(2019, 3, 4)),
        ("<pubDate>soon</pubDate>", "date", None),
        ("<pubDate>Mon, 31 Feb 2019 00:00:00 GMT</pubDate>", "date", None),
        ("<pubDate>Fri, 31 Dec 9999 00:00:00 GMT</pubDate>", "date", None),
        ("<author>a@b.example (Ana Velho)</author>", "author", "Ana Velho"),
        ("<author>a@b.example</author>", "author", None),
        ("<author>Ana</author><dc:creator>Rui</dc:creator><dc:creator>Ana</dc:creator>", "author", "Ana, Rui"),
        ("<dc:publisher>Post</dc:publisher>", "publisher", "Post"),
        ("<link>javascript:alert(1)</link>", "url", None),
        ("<link> https://post.example/1 </link>", "url", "https://post.example/1"),
        ("<guid> g 1 </guid><link>https://post.example/1</link>", "id", "g 1"),
        ("<link>https://post.example/1</link>", "id", "https://post.example/1"),
        ("", "id", "news:1"),
    ],
)
def test_what_an_item_states(xml: str, field: str, value: object) -> None:
    assert getattr(only(RSS.format(f"<item><description>He left.</description>{xml}</item>")), field) == value


def test_rss_1_has_its_items_beside_the_channel() -> None:
    xml = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        "<channel><title>Post</title></channel>"
        "<item><title>A</title><description>He left.</description></item></rdf:RDF>"
    )
    assert (only(xml).publisher, only(xml).text) == ("Post", "He left.")


def test_an_item_without_text_is_a_failure_and_the_rest_is_read() -> None:
    bad, good = read(RSS.format("<item><title>A</title></item><item><description>He left.</description></item>"))
    assert bad == Failure("news.xml", "item 1: it has no text; leave it out.")
    assert isinstance(good, Document)


BOMB = '<!DOCTYPE rss [<!ENTITY a "He left. "><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("xml", "words"),
    [
        ("<rss><channel></channel></rss>", "no item"),
        ("<sitemap><item/></sitemap>", "neither RSS nor Atom, but <sitemap>"),
        ("<rss><channel>", "broken at line 1"),
        ("<rss>&nbsp;</rss>", "broken at line 1"),
        ("<rss>\n\x01</rss>", "broken at line 2"),
        (BOMB + RSS.format("<item><description>&b;</description></item>"), "declares entities"),
        ('<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss>&a;</rss>', "declares entities"),
        ("<rss>" + "<a>" * 100_000, "nested too deeply"),
        (b'<?xml version="1.0" encoding="no-such"?><rss/>', "encoding"),
        (b'<?xml version="1.0" encoding="shift_jis"?><rss/>', "encoding"),
        (b'<?xml version="1.0"?><rss>\xff</rss>', "broken"),
    ],
)
def test_xml_that_cannot_be_read_is_refused(xml: str | bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        read(xml)


def test_what_came_before_the_break_is_read() -> None:
    items = feeds.read(
        io.BytesIO(RSS.format("<item><description>He left.</description></item><item>").encode()),
        "news.xml",
        "news",
        finish=lambda document: document,
        extract=extract,
    )
    assert isinstance(next(items), Document)
    with pytest.raises(Refused, match="broken"):
        next(items)


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "utf-8-sig"])
def test_the_encoding_that_the_file_declares_is_used(encoding: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>' + RSS.format(
        "<item><description>José left.</description></item>"
    )
    [document] = read(xml.encode(encoding))
    assert isinstance(document, Document)
    assert document.text == "José left."
