from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.acquire import charsets
from kg.acquire.documents import Refused

PAGE = '<html><head><meta charset="{}"></head><body>Peña - 東京</body></html>'


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_outranks_all_that_is_declared(mark: bytes, encoding: str) -> None:
    assert charsets.plain(mark + "Peña\r\n𝔘".encode(encoding), "windows-1252") == "Peña\r\n𝔘"
    assert charsets.markup(mark + PAGE.format("koi8-r").encode(encoding), "koi8-r") == (PAGE.format("koi8-r"), True)


@pytest.mark.parametrize(
    ("label", "encoding"),
    [("utf-8", "utf-8"), ("Shift_JIS", "shift_jis"), ("GBK", "gb18030"), ("utf-16", "utf-8"), ("UTF8", "utf-8")],
)
def test_a_page_is_in_the_charset_that_it_declares(label: str, encoding: str) -> None:
    page = PAGE.format(label).replace("ñ", "n")
    assert charsets.markup(page.encode(encoding)) == (page, True)


@pytest.mark.parametrize(
    "head",
    [
        "<meta http-equiv='Content-Type' content='text/html; charset=iso-8859-1'>",
        "<META CHARSET = ISO-8859-1>",
        '<?xml version="1.0" encoding="ISO-8859-1"?>',
    ],
)
def test_latin_1_is_what_browsers_take_it_for(head: str) -> None:
    text, intact = charsets.markup((head + "“Peña” – €").encode("windows-1252"))
    assert (text, intact) == (head + "“Peña” – €", True)


def test_what_the_server_declares_outranks_the_page() -> None:
    page = PAGE.format("utf-8").replace("東京", "")
    assert charsets.markup(page.encode("windows-1252"), "windows-1252") == (page, True)


def test_a_stray_byte_in_a_declared_charset_is_marked() -> None:
    text, intact = charsets.markup(b"<meta charset=utf-8><p>Pe\xf1a left.")
    assert not intact
    assert charsets.is_damaged(text)


@pytest.mark.parametrize("label", ["utf-7", "rot13", "zip", "unicode_escape", "x-user-defined", "no-such", "idna"])
def test_what_no_browser_knows_is_refused(label: str) -> None:
    with pytest.raises(Refused, match="not known"):
        charsets.markup(PAGE.format(label).encode())
    with pytest.raises(Refused, match="not known"):
        charsets.plain(b"He left.", label)


@pytest.mark.parametrize(
    ("data", "declared", "words"),
    [
        (b"He left.\nShe \xff stayed.", None, "line 2 is not UTF-8"),
        (b"He \xff left.", "utf-8", "byte 4 is not UTF-8, which"),
        (codecs.BOM_UTF16_LE + b"H\0e", None, "byte 5 is not UTF-16-LE"),
    ],
)
def test_a_text_that_is_not_what_it_says_is_refused(data: bytes, declared: str | None, words: str) -> None:
    with pytest.raises(Refused, match=words.replace(".", r"\.")):
        charsets.plain(data, declared)


def test_a_page_that_declares_nothing_is_utf_8_or_refused() -> None:
    with pytest.raises(Refused, match="declares no charset"):
        charsets.markup("<p>Peña left.".encode("latin-1"))


@given(st.binary(max_size=200), st.sampled_from([None, "utf-8", "latin-1", "shift_jis", "utf-7", "\n"]))
def test_any_bytes_are_a_text_or_refused(data: bytes, declared: str | None) -> None:
    for decode in (charsets.plain, charsets.markup):
        try:
            assert decode(data, declared) is not None
        except Refused as error:
            assert str(error).endswith(".")
