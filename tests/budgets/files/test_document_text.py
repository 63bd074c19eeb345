"""The words of a document are read, whatever it is made of; one that cannot be read says so."""

import pytest

from budgets.files.document_text import text_of
from tests.budgets.actions.test_annex import docx
from tests.pdf import pdf


def test_the_words_of_a_pdf():
    text = text_of(pdf("Secret Liaison Fund of the year"), "pdf")
    assert "Secret Liaison Fund" in text.words and text.is_whole


def test_a_word_that_is_cut_into_runs_is_one():
    body = "<w:p><w:r><w:t>专班</w:t></w:r><w:r><w:t>保障</w:t></w:r></w:p><w:t>甲&amp;乙</w:t>"
    text = text_of(docx({"word/document.xml": body.encode()}), "docx")
    assert "专班保障" in text.words and "甲&乙" in text.words and text.is_whole


@pytest.mark.parametrize(
    "part", ["word/footnotes.xml", "word/header1.xml", "word/comments.xml", "docProps/core.xml"]
)
def test_words_beside_the_text_are_read_too(part):
    assert "专班保障" in text_of(docx({part: "<x>专班保障</x>".encode()}), "docx").words


@pytest.mark.parametrize(
    "content",
    [
        '<x descr="专班保障"/>'.encode(),
        "<x><![CDATA[专班保障]]></x>".encode(),
        "<x>专班保障</x>".encode("utf-16"),
        "<x title='专班&#20445;&#38556;'/>".encode(),
    ],
    ids=["attribute", "cdata", "utf-16", "escaped"],
)
def test_words_are_read_however_they_are_written(content):
    assert "专班保障" in text_of(docx({"word/charts/chart1.xml": content}), "docx").words


def test_a_picture_may_say_anything():
    assert not text_of(
        docx({"word/document.xml": b"<x>a</x>", "word/media/image1.png": b"x"}), "docx"
    ).is_whole
    assert not text_of(pdf(""), "pdf").is_whole


def test_a_locked_pdf_is_unreadable_and_no_error():
    locked = pdf("words").replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt 9 0 R")
    locked = locked.replace(
        b"xref\n",
        b"9 0 obj\n<< /Filter /Standard /V 5 /R 6 /Length 256 /CF << /StdCF << /CFM /AESV3 >> >> "
        b"/StmF /StdCF /StrF /StdCF /O (" + b"o" * 48 + b") /U (" + b"u" * 48 + b") /P -4 >>\nendobj\nxref\n",
    )
    assert not text_of(locked, "pdf").is_whole
    assert not text_of(
        pdf("words").replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt << /Filter /Adobe.PubSec >>"), "pdf"
    ).is_whole


@pytest.mark.parametrize(
    ("content", "format"),
    [(b"%PDF-1.7\n%%EOF\n", "pdf"), (pdf("words")[:200], "pdf"), (docx()[:40], "docx"), (docx(), "docx")],
    ids=["empty pdf", "cut pdf", "cut docx", "docx without words"],
)
def test_a_document_without_readable_words(content, format):
    text = text_of(content, format)
    assert text.words is None and not text.is_whole
