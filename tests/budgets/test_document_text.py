"""The words of a document are read, whatever it is made of; one that cannot be read says so."""

import pytest

from budgets.document_text import text_of
from tests.budgets.actions.test_narrative import docx
from tests.pdf import pdf


def test_the_words_of_a_pdf():
    assert "Secret Liaison Fund" in text_of(pdf("Secret Liaison Fund of the year"), "pdf")


def test_a_word_that_is_cut_into_runs_is_one():
    body = "<w:p><w:r><w:t>专班</w:t></w:r><w:r><w:t>保障</w:t></w:r></w:p><w:t>甲&amp;乙</w:t>"
    text = text_of(docx({"word/document.xml": body.encode()}), "docx")
    assert "专班保障" in text and "甲&乙" in text


@pytest.mark.parametrize(
    "part", ["word/footnotes.xml", "word/header1.xml", "word/comments.xml", "docProps/core.xml"]
)
def test_words_beside_the_text_are_read_too(part):
    assert "专班保障" in text_of(docx({part: "<x>专班保障</x>".encode()}), "docx")


@pytest.mark.parametrize(
    ("content", "format"),
    [(b"%PDF-1.7\n%%EOF\n", "pdf"), (pdf("words")[:200], "pdf"), (docx()[:40], "docx"), (docx(), "docx")],
    ids=["empty pdf", "cut pdf", "cut docx", "docx without words"],
)
def test_a_document_without_readable_words(content, format):
    assert text_of(content, format) is None
