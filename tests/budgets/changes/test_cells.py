"""Two revisions compared cell by cell."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings

from budgets.changes.cell_labels import CellLabels, Path
from budgets.changes.cells import CellChange, Difference, difference, load_difference
from budgets.changes.wording import FieldChange
from budgets.domain.profile import build_tables
from budgets.domain.schema import Expenditure, Identity
from budgets.domain.sheets import Cell
from performance.domain.goals import Goals
from tests.examples import dossier, operating, project
from tests.final_examples import final, spent
from tests.strategies import dossiers


@settings(max_examples=10)
@given(dossiers())
def test_nothing_differs_from_itself(report):
    assert difference(build_tables(report), build_tables(report)) == []


@settings(max_examples=10)
@given(dossiers(), dossiers())
def test_every_difference_is_one_of_the_cells(old, new):
    before = {key: cell for sheet in build_tables(old) for key, cell in sheet.cells.items()}
    after = {key: cell for sheet in build_tables(new) for key, cell in sheet.cells.items()}
    changes = difference(build_tables(old), build_tables(new))
    changed = {change.key for change in changes}
    assert len(changed) == len(changes)
    for key in before.keys() | after.keys():
        assert (key in changed) == (written(before.get(key)) != written(after.get(key)))


def written(cell: Cell | None) -> str:
    """Nothing is written in a cell that is empty, or not there."""
    return "" if cell is None or cell.value is None else str(cell.value)


def test_a_changed_amount_is_named_by_row_and_column():
    old = dossier(project())
    lines = old.part(Expenditure).lines
    more = (replace(lines[0], amount=Decimal("410000")), lines[1])
    new = replace(old, parts={**old.parts, Expenditure: Expenditure(lines=more)})
    changes = {change.key: change for change in difference(build_tables(old), build_tables(new))}
    assert changes["T03/2010350/basic"] == CellChange(
        "T03/2010350/basic", "表3 2023年部门支出总表", changes["T03/2010350/basic"].label, "48.00", "49.00"
    )
    assert changes["T03/2010350/basic"].label == "2010350 事业运行 › 基本支出"


def test_a_project_that_is_gone_or_new_has_no_value_on_the_other_side():
    old, new = dossier(project()), dossier(operating())
    changes = {change.key: change for change in difference(build_tables(old), build_tables(new))}
    assert (changes["T10/zhyw/total"].old, changes["T10/zhyw/total"].new) == ("39.00", None)
    assert (changes["T10/xcx/total"].old, changes["T10/xcx/total"].new) == (None, "2.50")


def test_a_changed_name_is_a_difference():
    old = dossier(project())
    new = dossier(
        project(identity=Identity(name="综合服务", code="112001-3", start_year=2023, end_year=2023))
    )
    values = [(change.old, change.new) for change in difference(build_tables(old), build_tables(new))]
    assert ("综合业务", "综合服务") in values


def test_a_row_of_a_form_is_named_by_what_it_says_and_not_by_its_values():
    old = dossier(project())
    goals = old.projects[0].part(Goals)
    annual = goals.goals[1]
    more = replace(annual.indicators[1], value="≥8次/年")
    changed = replace(annual, indicators=(annual.indicators[0], more, annual.indicators[2]))
    new = dossier(project(goals=Goals(goals=(goals.goals[0], changed))))
    (change,) = [c for c in difference(build_tables(old), build_tables(new)) if c.key.startswith("T13")]
    assert change.label == "产出指标 数量指标 宣传次数 › 预计当年实现"
    assert (change.old, change.new) == ("≥3次/年", "≥8次/年")


def test_what_was_frozen_in_either_format_is_read():
    cell = {"key": "T03/a/b", "table": "表3", "label": "甲·乙", "old": None, "new": "1.00"}
    assert load_difference([cell]) == Difference(cells=(CellChange(**cell),))
    whole = Difference((FieldChange("收入 › 金额", "1", "2"),), (CellChange(**cell),))
    assert load_difference(whole.dump()) == whole
    assert not load_difference([])


def test_what_tells_is_left_out():
    whole = Difference(
        (FieldChange("项目 甲 › 金额", "1", "2"), FieldChange("收入", "1", "2")),
        (CellChange("T13.k/x", "表13", "金额", "1", None), CellChange("T01/a/b", "表1", "合计", "1", "2")),
    )
    left = whole.without(lambda texts: any("甲" in text or "T13.k" in text for text in texts))
    assert [c.place for c in left.typed] == ["收入"] and [c.key for c in left.cells] == ["T01/a/b"]


def test_a_cell_of_a_table_with_two_sides_is_named_by_its_own_side():
    sheet = next(s for s in build_tables(dossier(project())) if s.table == "T04")
    labels = CellLabels(sheet)
    named = {labels.label(key) for key in sheet.cells}
    assert "一、本年支出 › 支出 合计" in named
    assert not any("本年收入 一、本年支出" in name for name in named)


def labels_of(table: str, report=None) -> CellLabels:
    sheets = build_tables(report or dossier(project()))
    return CellLabels(next(s for s in sheets if s.table.startswith(table)))


def test_the_path_of_a_cell_has_its_headings_one_by_one_and_its_subject():
    path = labels_of("T05").path("T05/2010350/personnel")
    assert path == Path(("2010350", "事业运行"), ("基本支出", "人员经费"), "2010350", "事业运行")
    assert labels_of("T05").path("T05/total/personnel") == Path(("合计",), ("基本支出", "人员经费"))


def test_the_code_of_a_unit_is_no_subject():
    path = labels_of("T02").path("T02/112001/total")
    assert (path.row[0], path.code, path.name) == ("112001", "", "")


def test_a_path_says_whole_what_a_label_shortens():
    name = "很长的名称" * 9
    long = project(identity=Identity(name=name))
    labels = labels_of("T10", dossier(long))
    assert name in labels.path("T10/zhyw/total").row
    assert name not in labels.label("T10/zhyw/total") and "…" in labels.label("T10/zhyw/total")


def test_a_path_leaves_out_the_number_of_the_column():
    labels = labels_of("F05", final(spent("2010350", "5")))
    path = labels.path("F05/2010350/total")
    assert path.column == ("本年支出", "小计") and path.code == "2010350"
    assert labels.label("F05/2010350/total").endswith("本年支出 小计 1")
