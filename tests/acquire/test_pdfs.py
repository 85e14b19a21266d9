from __future__ import annotations

import io

import pytest
from fpdf import FPDF
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from kg.acquire import pdfs
from kg.acquire.documents import Found, Refused

LATIN = st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=40)


def pdf(text: str = "He left on Monday.", *, size: int = 12, **stated: str) -> bytes:
    document = FPDF()
    document.add_page()
    document.set_font("Helvetica", size=size)
    document.multi_cell(0, text=text)
    for name, value in stated.items():
        getattr(document, f"set_{name}")(value)
    return bytes(document.output())


def with_xmp(xmp: str) -> bytes:
    writer = PdfWriter(PdfReader(io.BytesIO(pdf())))
    writer.xmp_metadata = (
        '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' + xmp + "</rdf:RDF></x:xmpmeta>"
    ).encode()
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def extract(data: bytes, max_chars: int = 10_000) -> Found:
    return pdfs.extract(data, max_chars=max_chars)


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("Envoy leaves Oslo", True),
        ("2019: the year of the envoys", True),
        ("Microsoft Word - story.doc", False),
        ("story_final.docx", False),
        ("untitled", False),
        ("Document1", False),
        ("about:blank", False),
        ("https://post.example/a", False),
        ("1234-5", False),
        ("x" * 301, False),
    ],
)
def test_a_title_counts_unless_a_program_wrote_it(title: str, kept: bool) -> None:
    assert extract(pdf(title=title)).title == (title if kept else None)


@pytest.mark.parametrize(
    ("author", "kept"),
    [("Ana Velho", True), ("Ana Velho and Rui Sousa", True), ("Administrator", False), ("user1", False),
     ("ana@post.example", False), ("-", False), ("Unknown", False)],
)  # fmt: skip
def test_an_author_counts_unless_it_is_a_login(author: str, kept: bool) -> None:
    assert extract(pdf(author=author)).author == (author if kept else None)


@pytest.mark.parametrize(
    ("xmp", "day"),
    [
        ("<prism:publicationDate>2019-03-04</prism:publicationDate>", "2019-03-04"),
        ("<prism:coverDate>2019-03-04T10:00:00Z</prism:coverDate>", "2019-03-04"),
        ("<prism:publicationDate>soon</prism:publicationDate>", None),
        ("<prism:other>2019-03-04</prism:other>", None),
    ],
)
def test_the_day_of_publication_is_the_one_that_prism_states(xmp: str, day: str | None) -> None:
    prism = 'rdf:about="" xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/"'
    assert extract(with_xmp(f"<rdf:Description {prism}>{xmp}</rdf:Description>")).date == day


def test_broken_xmp_does_not_cost_the_text() -> None:
    assert extract(with_xmp("<rdf:Description")).text == "He left on Monday."


def test_the_day_on_which_the_file_was_made_is_not_taken() -> None:
    assert extract(pdf()).date is None


def test_a_locked_pdf_is_refused_and_one_that_opens_without_a_password_is_read() -> None:
    for password, opens in (("secret", False), ("", True)):
        writer = PdfWriter(PdfReader(io.BytesIO(pdf())))
        writer.encrypt(password, owner_password="owner", algorithm="RC4-128")
        out = io.BytesIO()
        writer.write(out)
        if opens:
            assert extract(out.getvalue()).text == "He left on Monday."
        else:
            with pytest.raises(Refused, match="password"):
                extract(out.getvalue())


def test_a_pdf_without_text_is_refused() -> None:
    document = FPDF()
    document.add_page()
    with pytest.raises(Refused, match="no text"):
        extract(bytes(document.output()))


@pytest.mark.parametrize("data", [b"%PDF-1.4", b"%PDF-1.7\n" + b"\xff" * 500, pdf()[:400]])
def test_a_broken_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(Refused, match=r"broken|no text"):
        extract(data)


def test_a_pdf_with_too_much_text_is_refused() -> None:
    with pytest.raises(Refused, match="longer than 50 characters"):
        extract(pdf("He left on Monday. " * 20), max_chars=50)


def test_a_heading_is_a_paragraph_of_its_own() -> None:
    document = FPDF()
    document.add_page()
    for size, text in ((24, "Envoy leaves"), (12, "The envoy left Oslo on Monday."), (8, "A note in small letters.")):
        document.set_font("Helvetica", size=size)
        document.cell(0, 8, text, new_x="LMARGIN", new_y="NEXT")
    assert extract(bytes(document.output())).text == (
        "Envoy leaves\n\nThe envoy left Oslo on Monday.\n\nA note in small letters."
    )


@given(st.lists(LATIN, min_size=1, max_size=4))
def test_the_words_of_a_page_come_out_as_they_are(lines: list[str]) -> None:
    words = "x " + " x ".join(lines) + " x"
    found = extract(pdf(words)).text.replace("\n\n", " ").replace("-", "").replace(" ", "")
    assert found == words.replace("-", "").replace(" ", "")
