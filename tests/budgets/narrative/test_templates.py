"""A clause with an unknown slot is not said."""

import pytest

from budgets.narrative.document import Kind, Value
from budgets.narrative.templates import fill, joined, slots_of

TOTAL = Value("3万元", Kind.AMOUNT)


def said(template, **slots):
    pieces = fill(template, slots)
    return None if pieces is None else "".join(p if isinstance(p, str) else p.text for p in pieces)


def test_slots_are_filled_with_values_words_and_pieces():
    assert (
        said("支出{total}{more}{end}", total=TOTAL, more=("，增加", TOTAL), end="。")
        == "支出3万元，增加3万元。"
    )


def test_a_clause_is_said_only_if_all_its_slots_are_known():
    template = "支出{total}[，{change}[，主要原因：{reason}]]。"
    assert (
        said(template, total=TOTAL, change="持平", reason="人员未变")
        == "支出3万元，持平，主要原因：人员未变。"
    )
    assert said(template, total=TOTAL, change="持平", reason=None) == "支出3万元，持平。"
    assert said(template, total=TOTAL, change=None, reason="人员未变") == "支出3万元。"


def test_a_sentence_with_an_unknown_slot_outside_of_clauses_is_not_said():
    assert said("支出{total}。", total=None) is None
    assert said("支出{total}。", total="") is None
    assert said("支出{total}。", total=()) is None


def test_wording_around_a_dropped_clause_is_one_piece():
    assert fill("甲[{no}]乙{total}", {"no": None, "total": TOTAL}) == ("甲乙", TOTAL)


@pytest.mark.parametrize("template", ["支出{total", "支出[，{total}", "支出]", "支出{合计}"])
def test_a_broken_template_is_refused(template):
    with pytest.raises((ValueError, IndexError)):
        fill(template, {"total": TOTAL})


def test_an_unknown_slot_is_an_error():
    with pytest.raises(KeyError):
        fill("支出{total}。", {})


def test_parts_are_joined_without_the_empty_ones():
    assert joined([TOTAL, None, "甲", ()], "，") == (TOTAL, "，甲")
    assert joined([None, ""]) is None


def test_the_slots_of_a_template():
    assert slots_of("支出{total}[，{change}]。") == {"total", "change"}
