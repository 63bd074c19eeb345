"""A change between two versions of a section, in the words of the form."""

from __future__ import annotations

from budgets.compare import changes
from budgets.field_names import describe
from budgets.sections import project_parts, report_parts


def said(old: dict, new: dict) -> list[tuple[str, str, str]]:
    parts = (*report_parts("dongxihu_2023"), *project_parts("dongxihu_2023"))
    return [describe(parts, change, new) for change in changes(old, new)]


def test_a_field() -> None:
    assert said({"basics": {"phone": ""}}, {"basics": {"phone": "027"}}) == [
        ("基本情况 / 联系电话", "（空）", "027")
    ]


def test_a_choice_reads_as_its_label() -> None:
    old, new = ({"identity": {"category": value}} for value in ("operating", "specific"))
    assert said(old, new)[0][1:] == ("其他运转类项目", "特定目标类项目")


def test_a_row_reads_as_its_filled_fields_without_its_key() -> None:
    row = {"key": "k1", "title": "开展培训", "text": ""}
    [(place, old, new)] = said({"basics": {"tasks": []}}, {"basics": {"tasks": [row]}})
    assert (place, old, new) == ("基本情况 / 年度工作任务", "（空）", "任务：开展培训")


def test_a_field_of_a_row_is_placed_by_what_names_the_row() -> None:
    old, new = ({"basics": {"tasks": [{"key": "k1", "title": "开展培训", "text": t}]}} for t in "甲乙")
    assert said(old, new) == [("基本情况 / 年度工作任务 / 开展培训 / 内容", "甲", "乙")]
    old, new = ({"staffing": {"posts": [{"category": "quota", "filled": n}]}} for n in (1, 2))
    assert said(old, new)[0][0].endswith("员额编制 / 在职实有数")


def test_rows_in_another_order() -> None:
    rows = [{"key": "a", "text": "一"}, {"key": "b", "text": "二"}]
    assert said({"basics": {"duties": rows}}, {"basics": {"duties": rows[::-1]}}) == [
        ("基本情况 / 部门职能", "", "调整了顺序")
    ]


def test_a_part_that_the_profile_no_longer_has_is_named_by_its_key() -> None:
    assert said({"former": {"x": 1}}, {"former": {"x": 2}}) == [("former", "1", "2")]
