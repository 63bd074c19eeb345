"""An edited document beside the generated one: other words are taken, figures are not, and nothing is left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.files.docx_text import read_docx
from budgets.narrative.build import build_narrative
from budgets.narrative.document import Document, Kind
from budgets.narrative.edited import ADDED, DELETED, FIXED, NOT_OURS, TYPED, Edit, compare
from budgets.narrative.rewording import is_open, parse_wording
from budgets.renderers import docx
from tests.manuscripts import REPORTS, booklet

DOCUMENT = build_narrative(REPORTS["000"]())


def lines() -> tuple[str, ...]:
    return read_docx(docx.render(booklet("000").manuscript)).lines


LINES = lines()


def edited(*changes: tuple[str, str], document: Document = DOCUMENT) -> list[Edit]:
    """What is found after each first text was replaced by the second, once."""
    text = "\n".join(LINES)
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return compare(document, LINES, [line for line in text.split("\n") if line.strip()])


def test_the_same_is_no_change():
    assert edited() == []


def test_other_words_are_taken_with_their_figures():
    [edit] = edited(("编入部门预算", "纳入部门预算管理"))
    assert (edit.key, edit.problem) == ("balance.principle", "")
    assert edit.wording == "〔1〕的全部收入和支出都纳入部门预算管理。"
    sentence = DOCUMENT.sentence(edit.key)
    assert sentence and parse_wording(edit.wording, sentence) == edit.wording


def test_a_sentence_amid_others_is_found():
    [edit] = edited(("支出包括：基本支出967.43万元", "支出的构成如下：基本支出967.43万元"))
    assert edit.key == "balance.expenditure_items" and edit.wording.startswith("支出的构成如下：")
    assert "967" not in edit.wording


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("支出包括：基本支出967.43万元", "支出包括：基本支出976.43万元", "“967.43万元”改成了“976.43万元”"),
        ("支出包括：基本支出967.43万元", "支出包括：基本支出", "“967.43万元”没有了"),
        ("支出包括：基本支出967.43万元", "支出包括：基本支出1967.43万元", "“967.43万元”改成了“1967.43万元”"),
        ("支出包括：基本支出967.43万元", "支出包括：基本支出967.4万元", "“967.43万元”改成了“967.4万元”"),
    ],
)
def test_a_changed_figure_is_named_and_refused(old, new, told):
    [edit] = edited((old, new))
    assert edit.wording == "" and told in edit.problem


def test_a_figure_of_ones_own_is_refused():
    [edit] = edited(("编入部门预算", "编入部门预算（共3项）"))
    assert edit.wording == "" and "3" in edit.problem


@pytest.mark.parametrize(
    "clause",
    [
        *(
            "（其中叁仟元用于接待）",
            "（约三千二百万）",
            "（四分之三用于项目）",
            "（翻了一番）",
            "（过亿）",
            "（双倍于计划）",
        ),
        *("（同比下滑明显）", "（比上年缩水）", "（创新高）", "（同比收窄）"),
    ],
)
def test_no_figure_or_direction_is_said_in_words(clause):
    [edit] = edited(("编入部门预算", f"编入部门预算{clause}"))
    assert edit.problem and not edit.wording


def test_a_changed_direction_is_refused():
    sentence = next(s for s in DOCUMENT.sentences if "减少" in s.text and is_open(s))
    [edit, *_] = edited((sentence.text, sentence.text.replace("减少", "增加", 1)))
    assert edit.key == sentence.key and edit.problem


def test_what_was_added_deleted_or_is_not_the_departments_is_told():
    paragraph = next(line for line in LINES if line.startswith("武汉市东西湖区企业和人才服务中心的全部"))
    found = edited(
        (paragraph, f"本部门另有几句要说明的话，与别处都不相同。\n{paragraph}"),
        ("一、部门基本情况", "一、单位基本情况"),
    )
    assert [(edit.new[:5], edit.problem) for edit in found] == [
        ("一、单位基", NOT_OURS),
        ("本部门另有", ADDED),
    ]
    gone = next(line for line in LINES if line.startswith("（2）"))
    [edit] = edited((f"{gone}\n", ""))
    assert (edit.new, edit.problem) == ("", DELETED)
    fixed = next(sentence for sentence in DOCUMENT.sentences if sentence.is_fixed)
    [edit] = edited((fixed.text, fixed.text.replace("：", "是指", 1)))
    assert edit.problem == FIXED


def test_a_sentence_deleted_from_its_paragraph_is_told():
    sentence = DOCUMENT.sentence("balance.income_items")
    assert sentence
    [edit] = edited((sentence.text, ""))
    assert (edit.key, edit.problem) == (sentence.key, DELETED)


def test_the_number_of_an_item_is_not_the_departments():
    gone = next(line for line in LINES if line.startswith("（2）"))
    found = edited((gone, gone.replace("（2）", "（二）", 1)))
    assert [edit.problem for edit in found] == [NOT_OURS]


def test_the_text_of_a_list_is_not_the_bureaus():
    duty = next(line for line in LINES if line.startswith("（2）"))
    [edit] = edited((duty, duty.replace("。", "等。")))
    assert edit.problem == TYPED and edit.value is not None


def test_a_typed_text_is_changed_where_it_was_typed():
    item = next(s for s in DOCUMENT.sentences if any(value.kind is Kind.TEXT for value in s.values))
    value = next(value for value in item.values if value.kind is Kind.TEXT)
    found = edited((value.text, value.text + "等工作"))
    assert found and all(edit.problem or "等工作" in edit.new for edit in found)


@given(st.data())
def test_whatever_is_changed_something_is_told_and_no_figure_moves(data):
    """One random edit of the characters of a random line."""
    place = data.draw(st.integers(0, len(LINES) - 1))
    line = LINES[place]
    begin = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(begin, min(len(line), begin + 6)))
    put = data.draw(st.text(st.sampled_from("的和支出收入0123456789.%万元，。增减不〔〕 "), max_size=6))
    changed = (line[:begin] + put + line[end:]).strip()
    given = [*LINES[:place], *([changed] if changed else []), *LINES[place + 1 :]]
    found = compare(DOCUMENT, LINES, given)
    assert bool(found) == (given != list(LINES))
    for edit in found:
        assert bool(edit.wording) != bool(edit.problem)
        if edit.wording:
            sentence = DOCUMENT.sentence(edit.key)
            assert sentence and parse_wording(edit.wording, sentence) == edit.wording
