"""Which sentences of two texts differ."""

from __future__ import annotations

from budgets.changes.sentences import SentenceChange, changed_sentences
from budgets.domain.schema import Staffing
from budgets.narrative.build import build_narrative
from budgets.narrative.document import Document, Heading, Listing, Paragraph, Sentence
from tests.examples import dossier


def text(**sentences: str) -> Document:
    said = tuple(Sentence(key, (words,)) for key, words in sentences.items())
    return Document("说明", (Heading("h", 1, "一、", "概况"), Paragraph("p", said)))


def test_by_key_in_the_order_of_the_new_text() -> None:
    changes = changed_sentences(text(a="甲。", b="乙。", c="丙。"), text(d="丁。", c="丙。", a="甲二。"))
    assert changes == [
        SentenceChange("d", "概况", None, "丁。"),
        SentenceChange("a", "概况", "甲。", "甲二。"),
        SentenceChange("b", "概况", "乙。", None),
    ]


def test_a_text_equals_itself() -> None:
    document = build_narrative(dossier())
    assert changed_sentences(document, document) == []


def test_another_number_of_an_item_is_no_change() -> None:
    items = tuple(Sentence(key, (key,)) for key in "ab")
    old, new = (Document("说明", (Listing("l", each),)) for each in (items, items[::-1]))
    assert changed_sentences(old, new) == []


def test_one_fact_changes_the_sentences_that_tell_of_it() -> None:
    one, seven = (dossier(parts={Staffing: Staffing(retirees=retirees)}) for retirees in (1, 7))
    [change] = changed_sentences(build_narrative(one), build_narrative(seven))
    assert change.key == "staffing.retired" and change.new is not None and "退休7人" in change.new
