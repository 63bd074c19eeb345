"""Any grid of cells: reading never fails, every cell is taken or told, and amounts are exactly those of the sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from budgets.actions import projects
from budgets.domain.money import AnyUnit, Unit, parse_amount
from budgets.files.spreadsheet import Failed, Shown, Uncomputed
from budgets.forms.pasting import amount_as_written
from budgets.models import Report
from budgets.storage.loading import load_dossier
from budgets.workbook.book import StoredForms, Tab, make_tabs
from budgets.workbook.department_sheets import read_department_sheets
from budgets.workbook.detection import Grid, Target, find_tables
from budgets.workbook.placed import DepartmentTable
from budgets.workbook.reading import Raw, WorkbookCells, as_stored, cell_name
from budgets.workbook.records import Typed
from tests.factories import make_report, make_world

from .accounting import SheetTold, untold

pytestmark = pytest.mark.django_db

NAMES = ("综合业务", "设备更新")
ROUNDS = 6
"""The most times that questions are answered."""

HEADINGS = (
    *("项目名称", "活动", "内容", "经济分类", "科目编码", "科目名称", "功能分类", "资金来源"),
    *(
        "金额（元）",
        "金额",
        "预算数（万元）",
        "金额（美元）",
        "测算依据",
        "备注",
        "备注",
        "序号",
        "二级科室",
        "单价",
    ),
    *("品名", "数量", "采购类别", "目标名称", "目标说明", "一级指标", "三级指标", "指标值", "项目负责人"),
    *("起始年度", "项目总预算（元）", "职能", "资产类别", None, None),
)
TEXTS = (
    *(
        "合计",
        "小计",
        "支出合计",
        "其中：社保",
        "一、劳务费",
        "（一）印刷费",
        "去年实际",
        "差额",
        "注：见附件",
    ),
    *(
        "填表人：甲",
        "单位：万元",
        "项目名称：综合业务",
        "项目名称",
        "续表",
        "第1页",
        "1. 见附件",
        "劳务",
        "印刷",
        "持续性",
    ),
    *(
        "项目负责人",
        "项目负责人：王五",
        "立项依据",
        "起始年度",
        "2024年",
        "支出明细（千元）",
        "-",
        "无",
        " ",
        "\u200b",
    ),
)
SUBJECTS = ("30201", "30227", "30227-委托业务费", "[30202]印刷费", "委托业务费", "办公费", 30227, "A-17")
NUMBERS = (
    *(0, 1, 2, 3, 12, 30000.5, -5, 120000, 0.1, 1 / 3, "1,200.00", "(12)", "十二", "12 万元", 1e17, True),
    *(
        Shown(0.95, "95%"),
        Shown(100 / 3, "33.33", 2),
        Shown(1200, "1,200", 0),
        Failed("#N/A"),
        Uncomputed("A1+B1"),
    ),
)

texts, subjects = st.sampled_from(TEXTS), st.sampled_from(SUBJECTS)
numbers = st.sampled_from(NUMBERS)
blank = st.none()
cells: st.SearchStrategy[Raw] = st.one_of(blank, blank, texts, subjects, numbers, st.sampled_from(HEADINGS))


def _fitting(heading: str | None) -> st.SearchStrategy[Raw]:
    """Cells that may stand below a heading, and now and then others."""
    said = heading or ""
    if "金额" in said or "预算" in said or "数" in said or "价" in said:
        return st.one_of(numbers, numbers, numbers, blank)
    if "科目" in said or "分类" in said:
        return st.one_of(subjects, subjects, subjects, blank)
    if "项目名称" in said:
        return st.sampled_from((*NAMES, "新项目", None))
    return st.one_of(texts, blank, blank, numbers)


@st.composite
def tables(draw: st.DrawFn) -> list[list[Raw]]:
    """Headings with rows below, and lines around them."""
    headings = draw(st.lists(st.sampled_from(HEADINGS), min_size=2, max_size=7))
    fitting = [_fitting(heading) for heading in headings]
    row = st.one_of(st.tuples(*fitting), st.tuples(*fitting), st.lists(cells, max_size=7), st.just(()))
    lines = draw(st.lists(st.lists(texts, max_size=2), max_size=2))
    below = draw(st.lists(st.one_of(row, row, row, st.just(tuple(headings))), max_size=7))
    return [list(cells) for cells in (*lines, headings, *below)]


grids = st.one_of(
    st.lists(tables(), min_size=1, max_size=3).map(lambda several: [row for rows in several for row in rows]),
    st.lists(st.lists(cells, max_size=6), max_size=12),
)


@st.composite
def uploads(draw: st.DrawFn) -> WorkbookCells:
    names = draw(
        st.lists(st.sampled_from((*NAMES, "Sheet1", "明细（千元）")), min_size=1, max_size=2, unique=True)
    )
    tabs = {name: [_up_to_last(row) for row in draw(grids)] for name in names}
    merged = {name: dict(_merged(draw, rows)) for name, rows in tabs.items()}
    hidden = {name: frozenset(draw(st.sets(st.integers(1, 9), max_size=1))) for name in names}
    return WorkbookCells(None, tabs, merged, hidden_rows=hidden)


def _up_to_last(row: list[Raw]) -> list[Raw]:
    while row and row[-1] is None:
        row = row[:-1]
    return row


def _merged(draw: st.DrawFn, rows: list[list[Raw]]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """A merged cell down a column, as names are."""
    if len(rows) < 3 or draw(st.booleans()):
        return
    top, column = draw(st.integers(0, len(rows) - 2)), draw(st.integers(0, 3))
    for row in range(top, min(top + draw(st.integers(2, 3)), len(rows))):
        if row > top and column < len(rows[row]):
            rows[row][column] = None
        yield (row, column), (top, column)


@dataclass(repr=False)
class World:
    """A report with two projects, and the forms of its sections, made once."""

    report: Report
    forms: StoredForms
    tabs: list[Tab]

    def read(self, upload: WorkbookCells, answers: Mapping[str, str]) -> tuple[Typed, list[DepartmentTable]]:
        forms = StoredForms(self.report, self.forms.dossier, self.forms.unit)
        forms._forms.update(self.forms._forms)
        typed = Typed(forms.dossier, forms.unit, bases={}, adds=True)
        return typed, read_department_sheets(typed, forms, self.tabs, upload, list(upload.tabs), {}, answers)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        people = make_world()
        report = make_report(people)
        for name in NAMES:
            projects.add(report.pk, people.preparer, {"name": name})
        report = Report.objects.get(pk=report.pk)
        forms = StoredForms(report, load_dossier(report), Unit.YUAN)
        yield World(report, forms, make_tabs(forms))
        transaction.set_rollback(True)


@given(uploads(), st.randoms(use_true_random=False))
def test_every_cell_is_taken_or_told(world: World, upload: WorkbookCells, draw: Random) -> None:
    answers: dict[str, str] = {}
    for _ in range(ROUNDS):
        typed, told = world.read(upload, answers)
        open_ = [question for table in told for question in table.open]
        if not open_:
            break
        answers |= {q.name: draw.choice([value for value, _ in q.options] or [""]) for q in open_}
    else:
        return
    assert untold(upload, told) == [], [problem.message for problem in typed.problems]
    _compare_amounts(upload, told, typed)


def _compare_amounts(upload: WorkbookCells, told: Sequence[DepartmentTable], typed: Typed) -> None:
    """Every amount that is taken is that of its cell in the unit that the page tells."""
    refused = {problem.place for problem in typed.problems}
    rows = {(row.tab, row.number): row for lists in typed.lists.values() for r in lists.values() for row in r}
    for name in upload.tabs:
        sheet = SheetTold(upload, name, told)
        for area in sheet.areas:
            for at in sheet.taken_rows(area) if area.table.rows else ():
                row = rows.get((name, at + 1))
                assert row is not None or refused or not area.is_of_list, (name, at)
                for column in area.amounts if row else ():
                    field = area.answers[column]
                    if cell_name(name, at + 1, column + 1) not in refused:
                        cell = upload.tabs[name][at][column] if column < len(upload.tabs[name][at]) else None
                        assert amount(row.values[field], Unit.YUAN) == amount(cell, area.unit)


def amount(cell: Raw, unit: AnyUnit) -> Decimal:
    """What a cell says in 元; nothing is 0."""
    said = amount_as_written(as_stored(cell))
    if isinstance(cell, Shown) and cell.places == 2 and unit is Unit.YUAN:
        said = cell.text
    return parse_amount(said, unit) if said else Decimal(0)


@given(grids)
def test_tables_are_found_in_any_cells(world: World, rows: list[list[Raw]]) -> None:
    grid = Grid("综合业务", rows)
    targets = [Target.of(tab, 2024) for tab in world.tabs if tab.open and not tab.subjects]
    found = find_tables(grid, targets)
    taken = [row for table in found for row in (*table.over, *range(table.at, table.last + 1))]
    assert taken == sorted(set(taken))
    below = range(found[-1].last + 1 if found else 0, len(rows))
    assert {row for row in range(len(rows)) if grid.texts(row)} <= {*taken, *below}
