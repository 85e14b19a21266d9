from __future__ import annotations

import pytest
from lxml import html

from kg.acquire import page_metadata
from kg.acquire.page_metadata import Stated

NOTHING = Stated(None, None, None, None, None)


def stated(head: str, body: str = "<p>Published on May 5, 2011 by Zoe Field. © 2012 Field News</p>") -> Stated:
    return page_metadata.stated(html.document_fromstring(f"<html><head>{head}</head><body>{body}</body></html>"))


def ld(json: str) -> str:
    return f'<script type="application/ld+json">{json}</script>'


def test_nothing_is_guessed_from_the_text() -> None:
    assert stated("") == NOTHING


@pytest.mark.parametrize(
    ("head", "field", "value"),
    [
        ("<title> A\n title </title>", "title", "A title"),
        ("<title>T</title><meta property='og:title' content='Better'>", "title", "Better"),
        ("<meta name='DC.Title' content='Of Dublin'>", "title", "Of Dublin"),
        ("<meta property='article:published_time' content='2019-03-04T23:00:00+02:00'>", "date", "2019-03-04"),
        ("<meta name='pubdate' content='20190304'>", "date", "2019-03-04"),
        ("<meta name='citation_publication_date' content='2019/3/4'>", "date", "2019-03-04"),
        ("<meta name='date' content='Mon, 4 Mar 2019 08:00:00 GMT'>", "date", "2019-03-04"),
        ("<meta name='date' content='March 4, 2019'>", "date", "2019-03-04"),
        ("<meta itemprop='datePublished' content='2019-03-04'>", "date", "2019-03-04"),
        ("<meta name='date' content='0000-00-00'>", "date", None),
        ("<meta name='date' content='9999-12-31'>", "date", None),
        ("<meta name='date' content='0001-01-01T00:00:00'>", "date", None),
        ("<meta name='date' content='2019'>", "date", None),
        ("<meta name='date' content='0'>", "date", None),
        ("<meta name='date' content='soon'><meta name='pubdate' content='2019-03-04'>", "date", "2019-03-04"),
        ("<meta property='article:modified_time' content='2019-03-04'>", "date", None),
        ("<meta name='author' content='by  Ana Velho'>", "author", "Ana Velho"),
        ("<meta name='author' content='Byron Lee'>", "author", "Byron Lee"),
        (
            "<meta name=author content=Ana><meta name=author content=Rui><meta name=author content=Ana>",
            "author",
            "Ana, Rui",
        ),
        ("<meta property='article:author' content='https://face.example/ana'>", "author", None),
        ("<meta name='author' content='" + "x" * 501 + "'>", "author", None),
        ("<meta property='og:site_name' content='Harbour Post'>", "publisher", "Harbour Post"),
        ("<meta name='dcterms:publisher' content='Harbour Post'>", "publisher", "Harbour Post"),
        ("<meta name='twitter:site' content='@post'>", "publisher", None),
        ("<link rel='canonical' href='https://post.example/a'>", "url", "https://post.example/a"),
        (
            "<base href='https://post.example/x/'><link rel='Canonical' href='a?b=1'>",
            "url",
            "https://post.example/x/a?b=1",
        ),
        (
            "<link rel='canonical' href='/a'><meta property='og:url' content='http://post.example/b'>",
            "url",
            "http://post.example/b",
        ),
        ("<link rel='canonical' href='javascript:alert(1)'>", "url", None),
        ("<link rel='canonical' href='https://post.example/a b'>", "url", None),
        ("<link rel='canonical' href='https://post.example/&quot;&gt;'>", "url", None),
        ("<link rel='canonical' href='https://[::1'>", "url", None),
        (ld('{"@type": "NewsArticle", "headline": "H"}'), "title", "H"),
        (
            ld('[{"@type": "WebSite", "headline": "No"}, {"@type": ["Thing", "BlogPosting"], "headline": "H"}]'),
            "title",
            "H",
        ),
        (ld('{"@graph": [1, {"@type": "Report", "datePublished": "2019-03-04"}]}'), "date", "2019-03-04"),
        (ld('{"@type": "NewsArticle", "author": "Ana Velho"}'), "author", "Ana Velho"),
        (ld('{"@type": "NewsArticle", "author": [{"name": "Ana"}, "Rui", 7, null]}'), "author", "Ana, Rui"),
        (
            ld('{"@graph": [{"@type": "Article", "publisher": {"@id": "#p"}}, {"@id": "#p", "name": "Post"}]}'),
            "publisher",
            "Post",
        ),
        (ld('{"@type": "NewsArticle", "publisher": {"@id": "#gone"}}'), "publisher", None),
        (ld('{"@type": "Product", "headline": "A kettle"}'), "title", None),
        (ld("{broken"), "title", None),
        (ld("[" * 100_000), "title", None),
        (ld(""), "title", None),
        ("<title>T</title>" + ld('{"@type": "NewsArticle", "headline": {"a": 1}}'), "title", "T"),
    ],
)
def test_what_a_page_states(head: str, field: str, value: str | None) -> None:
    assert getattr(stated(head), field) == value


def test_a_marked_day_counts_if_all_agree() -> None:
    once = "<time itemprop='datePublished' datetime='2019-03-04T10:00'>Monday</time>"
    assert stated("", once + once).date == "2019-03-04"
    assert stated("", "<time datetime='2019-03-04'>x</time>").date is None
    assert stated("", once + "<time pubdate datetime='2018-01-01'>x</time>").date is None


@pytest.mark.parametrize(
    ("canonical", "address", "url"),
    [
        (None, None, None),
        ("https://a.example/1", None, "https://a.example/1"),
        (None, "https://a.example/1", "https://a.example/1"),
        ("https://www.a.example/1", "https://amp.a.example/1?s=2", "https://www.a.example/1"),
        ("https://b.example/1", "https://a.example/1", "https://a.example/1"),
    ],
)
def test_a_page_is_not_believed_when_it_names_anothers_site(
    canonical: str | None, address: str | None, url: str | None
) -> None:
    assert page_metadata.settled(canonical, address) == url
