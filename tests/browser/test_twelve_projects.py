"""A whole budget entered as a department has it, in Excel: what is published is what the sample says.

The sample's document is laid out as sheets (`tests.department_workbook`), typed into an empty entry workbook and handed in;
one project's lists are copied from a sheet and pasted into its page instead.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.db import transaction
from playwright.sync_api import BrowserContext, Locator, expect

from budgets.actions.adopt import adopt
from budgets.domain.choices import Status
from budgets.domain.profile import build_tables
from budgets.exchange.exporting import export
from budgets.models import Report
from budgets.storage.loading import load_dossier
from tests.browser.walk import EntryDesk, look, sign_in
from tests.department_workbook import Typed, as_copied, fill_in, rows_of, tally
from tests.factories import make_report, make_world
from tests.published_cells import Published, count, differences
from tests.sample_world import sample

PASTED = "综合业务"
"""The project whose lists come by the clipboard."""

LONG_TERM = ("一级指标", "二级指标", "三级指标", "指标值", "指标值确定依据")
ANNUAL = (*LONG_TERM[:3], "前年指标值", "上年指标值", *LONG_TERM[3:])
ACTIVITIES = ("项目活动", "活动内容表述", "支出经济分类", "金额", "测算依据及说明")


@dataclass(frozen=True)
class Range:
    """What is copied of the sheet of ``tab`` and pasted into ``column`` of the sub-table's first row.

    ``titled``: with its heading; without, its columns are in the page's order.
    """

    region: str
    tab: str
    headings: tuple[str, ...]
    column: str
    titled: bool = True


RANGES = (
    Range("activities", "项目支出明细测算", ACTIVITIES, "name"),
    Range("long_term_indicators", "项目长期绩效指标", LONG_TERM, "level1", titled=False),
    Range("annual_indicators", "项目年度绩效指标", ANNUAL, "level1"),
)


@pytest.fixture
def report(live_server: Any) -> Report:
    """A year that is begun without anything, the two years before it archived."""
    world = make_world(2023)
    for year in (2021, 2022):
        adopt(sample(year=year), Status.ARCHIVED)
    return make_report(world)


@pytest.fixture
def wanted(report: Report) -> bytes:
    """The workbook of the sample, which is then gone again."""
    with transaction.atomic():
        [file] = export(load_dossier(adopt(sample(), Status.DRAFT)), ["xlsx"])
        transaction.set_rollback(True)
    return file.content


def test_twelve_projects_from_excel(
    live_server: Any,
    report: Report,
    wanted: bytes,
    new_context: Callable[..., BrowserContext],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    page = sign_in(new_context().new_page(), live_server.url, "preparer")
    page.get_by_role("link", name="2023 年部门预算").first.click()
    desk = EntryDesk(page)
    workbook = tmp_path / "填报.xlsx"
    typed = fill(take_home(desk), workbook)
    hand_in(desk, workbook)
    pasted = paste(desk)
    desk.open("校验与报送")
    expect(page.get_by_text("处错误，")).to_contain_text("0 处错误")
    assert list(differences(published(desk), wanted)) == []

    cells = count(build_tables(load_dossier(Report.objects.get(pk=report.pk))))
    with capsys.disabled():
        print(f"\n东西湖 2023, pasted {pasted.cells}:", *told(typed + pasted, cells), sep="\n  ")
    assert cells.figures + cells.texts > typed.cells + pasted.cells
    assert cells.figures - cells.zeros > typed.figures + pasted.figures


def take_home(desk: EntryDesk) -> Path:
    """The empty workbook."""
    desk.page.get_by_role("link", name="用 Excel 填报").first.click()
    return download(desk.page.get_by_role("link", name="空白工作簿"))


def download(link: Locator) -> Path:
    with link.page.expect_download() as started:
        link.click()
    return started.value.path()


def fill(empty: Path, to: Path) -> Typed:
    with empty.open("rb") as file:
        book = openpyxl.load_workbook(file)
    typed = fill_in(book, sample(), without={(copied.tab, PASTED) for copied in RANGES})
    book.save(to)
    return typed


def hand_in(desk: EntryDesk, workbook: Path) -> None:
    """Upload, look, confirm."""
    page = desk.page
    page.get_by_label("填好的工作簿").set_input_files(workbook)
    page.get_by_role("button", name="上传并查看改动").click()
    expect(page.get_by_role("heading", name="将要写入的改动")).to_be_visible()
    shown = page.get_by_role("region", name="将要写入的改动", exact=True)
    for project in sample()["projects"]:
        expect(shown).to_contain_text(project["identity"]["name"])
    look(page, "excel-1-preview")
    page.get_by_role("button", name="确认写入").click()
    expect(page.get_by_role("status").first).to_contain_text("新增 12 个项目")


def paste(desk: EntryDesk) -> Typed:
    """One project's lists, each from its sheet."""
    desk.open(PASTED)
    pasted = Typed()
    for copied in RANGES:
        rows = rows_of(sample(), copied.tab, PASTED)
        assert {heading for row in rows for heading, value in row.items() if value} <= set(copied.headings)
        table = desk.table(copied.region)
        table.paste(0, copied.column, as_copied(rows, copied.headings, titled=copied.titled))
        expect(table.rows.nth(len(rows) - 1)).to_be_attached()
        assert len(table.values("name")) == len(rows)
        pasted += sum(map(tally, rows), Typed())
    expect(desk.table("activities").sum()).to_have_text("75.00")
    look(desk.page, "excel-2-pasted")
    desk.save()
    return pasted


def published(desk: EntryDesk) -> bytes:
    """The workbook that the preview offers: what is published, as long as nothing is."""
    desk.open("公开表预览")
    return download(desk.page.get_by_role("link", name="下载 Excel")).read_bytes()


def told(typed: Typed, cells: Published) -> list[str]:
    content = cells.figures + cells.texts
    return [
        f"typed or pasted: {typed.cells} cells, {typed.figures} of them figures",
        f"published: {cells.all} cells, {cells.figures} of them figures ({cells.zeros} are 0), "
        f"{cells.texts} texts, {cells.headings} headings and labels",
        f"for each cell typed: {cells.all / typed.cells:.2f} cells, "
        f"{content / typed.cells:.2f} without headings and labels, {cells.figures / typed.cells:.2f} figures",
        f"for each figure typed: {cells.figures / typed.figures:.2f} figures, "
        f"{(cells.figures - cells.zeros) / typed.figures:.2f} without those that are 0",
    ]
