"""Changes of a report in words: every place is named as on the form."""

from __future__ import annotations

from copy import deepcopy

import pytest

from budgets.changes.wording import FieldChange, worded_changes
from budgets.storage.sections import project_parts, report_parts
from tests.samples import document

PARTS, PROJECT_PARTS = (
    {part.key: (part.title, part.type) for part in found("dongxihu_2023")}
    for found in (report_parts, project_parts)
)


def worded(change) -> list[FieldChange]:
    old = document()
    new = deepcopy(old)
    change(new)
    return worded_changes(old, new, PARTS, PROJECT_PARTS)


def project(data):
    return next(p for p in data["projects"] if p["identity"]["name"] == "综合业务")


def test_nothing_changed() -> None:
    assert worded(lambda data: None) == []


def test_an_amount_of_an_activity_reads_in_wan() -> None:
    activity = project(document())["activities"]["activities"][0]

    def change(data) -> None:
        project(data)["activities"]["activities"][0]["lines"][0]["amount"] = "123456.78"

    [found] = worded(change)
    assert found.place.startswith("项目 综合业务 › ") and found.place.endswith(" › 金额")
    assert f"项目活动 {activity['name']}" in found.place
    assert found.new == "12.345678 万元" and found.old.endswith(" 万元")


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (("identity", "attribute"), "new", "项目属性"),
        (("application", "long_term"), True, "总预算为长期"),
    ],
)
def test_terms_and_flags_read_as_on_the_form(path, value, words) -> None:
    def change(data) -> None:
        project(data)[path[0]][path[1]] = value

    [found] = worded(change)
    assert found.place.endswith(words) and found.new != str(value) and found.old != found.new


def test_rows_added_removed_and_moved() -> None:
    def change(data) -> None:
        del data["projects"][0]
        data["projects"].append({"key": "new", "identity": {"name": "新项目"}})
        data["basics"]["duties"].reverse()

    found = {change.place: change for change in worded(change)}
    assert found["项目 新项目"].old == "（无）" and found["项目 新项目"].new == "项目“新项目”"
    removed = document()["projects"][0]["identity"]["name"]
    assert found[f"项目 {removed}"].new == "（无）"
    assert any(f.new == "调整了顺序" and "部门职能" in f.place for f in found.values())


def test_a_whole_project_says_its_amount_and_how_much_is_in_it() -> None:
    def change(data) -> None:
        added = deepcopy(project(data))
        data["projects"].append({**added, "key": "new", "identity": {"name": "新项目"}})

    [found] = worded(change)
    assert found.new == (
        "项目“新项目”：75.00 万元，项目活动 11 条、明细 11 条、项目采购 4 条、绩效目标 2 条、绩效指标 28 条"
    )


def test_a_reason_is_called_by_its_figure_and_not_by_the_key_of_it() -> None:
    def change(data) -> None:
        data["explanations"]["reasons"] = [{"figure": "project", "text": "项目减少"}]

    def empty(data) -> None:
        data["explanations"]["reasons"] = []

    old, new = document(), document()
    empty(old), change(new)
    [found] = worded_changes(old, new, PARTS, PROJECT_PARTS)
    assert (found.place, found.new) == ("变动原因 项目支出", "变动原因 项目减少")


def test_a_part_that_was_left_out_and_a_line_called_by_its_subjects() -> None:
    def change(data) -> None:
        data["staffing"].update(retirees=99)
        data["expenditure"]["lines"][0]["remark"] = "调整"

    places = {f.place: f for f in worded(change)}
    assert next(f for p, f in places.items() if p.endswith("退休人员")).new == "99"
    line = document()["expenditure"]["lines"][0]
    assert any(f"{line['function']} {line['economic']}" in p and p.endswith("备注") for p in places)


def test_a_change_reads_on_one_line_and_shortened() -> None:
    change = FieldChange("单位构成", "一\n二", "三" * 9)
    assert change.brief(5).said == "单位构成：一 二 → 三三三三…"
    assert FieldChange("部门职能", "", "调整了顺序").said == "部门职能：调整了顺序"
