"""A figure opens the rows that it is the sum of, and takes comments."""

from __future__ import annotations

import pytest
from django.urls import reverse

from budgets.actions import comments
from budgets.admin.review.place import place_of, section_of
from budgets.ledger import Filter
from budgets.profiles import build_tables
from budgets.renderers.html import cell_id
from budgets.sections import load_dossier


def figure(report, key: str) -> str:
    return reverse("admin:budgets_report_figure", args=[report.pk]) + f"?cell={key}"


def lines(report, query: str) -> str:
    return reverse("admin:budgets_report_lines", args=[report.pk]) + f"?{query}"


def test_the_rows_add_up_to_the_figure(world, report, login) -> None:
    page = login(world.reviewer).get(figure(report, "T05/total/total"))
    rows = page.context["rows"]
    assert rows.total == sum(row.line.amount for row in rows.lines) == 30735300
    assert "3,073.53 万元" in page.text and cell_id("T05/total/total") in page.text


def test_every_figure_of_every_table_has_a_page_to_stand_on(report) -> None:
    """Each keyed cell has words for its place and a section to be corrected in."""
    dossier = load_dossier(report)
    sections = {"basics", "staffing", "income", "expenditure", "goals", "matters", "explanations"}
    count = 0
    for sheet in build_tables(dossier):
        for key, cell in list(sheet.cells.items())[::7]:
            count += 1
            assert place_of(sheet, key).startswith(sheet.name)
            section = section_of(cell, dossier)
            assert section in sections or dossier.project(section.removeprefix("project:")), key
    assert count > 200


def test_a_place_reads_like_the_table(report) -> None:
    sheets = {sheet.table: sheet for sheet in build_tables(load_dossier(report))}
    key = next(k for k in sheets["T05"].cells if k.startswith("T05/2010350/personnel"))
    place = place_of(sheets["T05"], key)
    assert "2010350" in place and "事业运行" in place and "人员经费" in place
    with pytest.raises(KeyError):
        place_of(sheets["T05"], "T05/nothing/total")


@pytest.mark.parametrize("key", ["", "T05", "T05/nothing/total", "T99/total/total", "../../etc"])
def test_a_figure_that_is_not_there(world, report, login, key) -> None:
    assert login(world.reviewer).get(figure(report, key)).status_code == 404


def test_lines_by_filter_and_year(world, report, login) -> None:
    client = login(world.reviewer)
    page = client.get(lines(report, Filter(economic=("30231",)).query()))
    assert page.context["rows"].total == 30000
    page = client.get(lines(report, "flow=expenditure&year=2022"))
    assert not page.context["rows"].known and "没有 2022 年的编报" in page.text


@pytest.mark.parametrize("query", ["flow=nothing", "table=1", "year=x&flow=income", "from_carry_over=2"])
def test_what_is_no_filter(world, report, login, query) -> None:
    assert login(world.reviewer).get(lines(report, query)).status_code == 404


def test_comments_on_the_figure_stand_on_its_page_and_mark_its_cell(world, report, login) -> None:
    comments.add(report, world.reviewer, "expenditure", "为什么这么多", "T05/total/total", "表5")
    client = login(world.reviewer)
    assert "为什么这么多" in client.get(figure(report, "T05/total/total")).text
    page = client.get(reverse("admin:budgets_report_change", args=[report.pk]) + "?tab=tables")
    [cell] = [part for part in page.text.split("<td") if f'id="{cell_id("T05/total/total")}"' in part]
    assert "has-comment" in cell
