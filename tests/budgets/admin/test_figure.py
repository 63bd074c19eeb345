"""A figure opens the rows that it is the sum of, and takes comments."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from budgets.actions import comments
from budgets.actions.return_for_changes import return_for_changes
from budgets.admin.review.cell_labels import place_of, section_of_cell
from budgets.admin.review.tables import sheets as every_sheet
from budgets.domain.address import Address
from budgets.domain.ledger import Filter
from budgets.domain.money import to_unit
from budgets.domain.profile import build_tables
from budgets.domain.sheets import Lines
from budgets.renderers.html import cell_id
from budgets.storage.loading import load_dossier


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
            section = section_of_cell(cell, dossier)
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


def test_findings_stand_beside_the_figure_they_are_about(world, report, login) -> None:
    """On the form's own field, and on the sum that holds the row."""
    report.applications.filter(name="综合业务").update(total_budget="1.00")
    client = login(world.reviewer)
    sheet = next(
        each.sheet for each in every_sheet(load_dossier(report)) if each.section == "project:general-affairs"
    )
    key = next(
        k
        for k, c in sheet.cells.items()
        if isinstance(c.source, Address) and c.source.field == "total_budget"
    )
    page = client.get(figure(report, key))
    assert [judged.rule for judged in page.context["findings"]] == ["PRJ-2"] and "PRJ-2" in page.text
    assert not client.get(figure(report, "T02/total/total")).context["findings"]
    [cell] = [
        part
        for part in client.get(
            reverse("admin:budgets_report_change", args=[report.pk]) + "?tab=performance"
        ).text.split("<td")
        if f'id="{cell_id(key)}"' in part
    ]
    assert "has-error" in cell


def test_every_sum_of_every_table_opens_the_rows_that_make_it(report) -> None:
    """Also last year's figures, of that year; forms 13 and 14 included."""
    dossier, count = load_dossier(report), 0
    for sheet in (each.sheet for each in every_sheet(dossier)):
        for key, cell in sheet.cells.items():
            if isinstance(cell.source, Lines) and isinstance(cell.value, Decimal):
                year = dossier.year(cell.source.year or dossier.header.year)
                assert year is not None, key
                total = year.ledger.total(cell.source.filter)
                assert abs(to_unit(total, sheet.unit, 2) - cell.value) < Decimal("0.01"), key
                count += 1
    assert count > 200


def test_a_comment_on_a_figure_is_answered_where_it_is_entered(world, report, login) -> None:
    """From the figure to the section of the entry site, and the answer back to the figure."""
    key = "T05/total/total"
    client = login(world.reviewer)
    data = {"section": "expenditure", "target": key, "text": "为什么这么多"}
    client.post(reverse("admin:budgets_report_comment", args=[report.pk]), data)
    return_for_changes(report.pk, world.reviewer, report.changes, "请答复")
    thread = report.comments.get()
    department = login(world.preparer)
    page = department.get(reverse("entry:section", args=[report.pk, "expenditure"]))
    assert "为什么这么多" in page.text and thread.place in page.text
    assert "为什么这么多" not in department.get(reverse("entry:section", args=[report.pk, "income"])).text
    answer = department.post(reverse("entry:answer", args=[report.pk, thread.pk]), {"text": "新增人员"})
    assert answer["Location"].endswith(f"/expenditure/#comment-{thread.pk}")
    assert "新增人员" in client.get(figure(report, key)).text
