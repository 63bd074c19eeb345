"""The report as a file on a desk: its cover, and what each tab shows."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from budgets.actions import comments
from budgets.actions.adopt import adopt
from budgets.domain.choices import Status
from budgets.models import ProjectApplication
from tests.budgets.actions.transition_steps import meet_all_points

from .conftest import SAMPLE, put
from .test_scope import TABS


def address(report, tab: str = "") -> str:
    return reverse("admin:budgets_report_change", args=[report.pk]) + (f"?tab={tab}" if tab else "")


def test_the_cover_says_how_it_stands(world, report, login) -> None:
    comments.add(report, world.reviewer, "income", "请核对")
    text = login(world.reviewer).get(address(report)).text
    for words in ("2023 年部门预算", "已报送", "3,073.53", "上年无数据", "1 条", "已等 0 天"):
        assert words in text, words


def test_verbs_that_cannot_be_done_say_why(world, report, login) -> None:
    client = login(world.reviewer)
    assert "8 个尚未判断" in client.get(address(report)).text
    meet_all_points(report, world.reviewer)
    text = client.get(address(report)).text
    assert reverse("admin:budgets_report_verb", args=[report.pk, "pass"]) in text
    assert reverse("admin:budgets_report_verb", args=[report.pk, "approve"]) not in text
    assert "由批复人办理" in text
    assert "“初审通过”时可办理" in login(world.approver).get(address(report)).text


def test_changes_put_the_largest_first(world, report, login) -> None:
    page = login(world.reviewer).get(address(report, "changes"))
    sizes = [abs(c.difference if c.difference is not None else c.current) for c in page.context["projects"]]
    assert sizes == sorted(sizes, reverse=True) and len(sizes) >= 12


def test_changes_go_down_to_the_subjects(world, report, login) -> None:
    adopt(SAMPLE | {"year": 2022, "projects": []}, Status.DRAFT)
    page = login(world.reviewer).get(address(report, "changes"))
    for name in ("functions", "economics"):
        rows = page.context[name]
        assert sum(row.current for row in rows) == page.context["desk"].total.current
        sizes = [abs(row.difference) for row in rows]
        assert sizes == sorted(sizes, reverse=True) and sizes[0] > 0
    assert "本年新增" in {row.note for row in page.context["economics"]}
    lines = reverse("admin:budgets_report_lines", args=[report.pk])
    first = page.context["functions"][0]
    assert page.client.get(f"{lines}?{first.query}").context["rows"].total == first.current


def test_tables_and_forms_are_rendered_with_links(world, report, login) -> None:
    client = login(world.reviewer)
    page = client.get(address(report, "tables"))
    assert [s.sheet.table for s in page.context["shown"]] == [f"T{n:02}" for n in range(1, 13)]
    assert reverse("admin:budgets_report_figure", args=[report.pk]) + "?cell=T01%2F" in page.text
    page = client.get(address(report, "performance"))
    assert len(page.context["shown"]) == 13


def test_the_bureau_sees_a_withheld_projects_form(world, report, login) -> None:
    ProjectApplication.objects.filter(report=report, name="综合业务").update(disclosure="withheld")
    client = login(world.reviewer)
    page = client.get(address(report, "performance") + "&whole=1")
    assert [s.withheld for s in page.context["shown"]].count(True) == 1
    assert "综合业务" in page.text and "只供审核" in page.text
    for tab in ("tables", "text", "performance"):
        page = client.get(address(report, tab))
        assert "综合业务" not in page.text and "1 个项目不在其中" in page.text


def test_the_text_is_made_of_the_figures(world, report, login) -> None:
    said = login(world.reviewer).get(address(report, "text")).text
    assert '<span class="narrative-value is-amount">3073.53万元</span>' in said


def test_projects_add_up(world, report, login) -> None:
    page = login(world.reviewer).get(address(report, "projects"))
    assert len(page.context["rows"]) == 12
    assert "2,106.10" in page.text


def test_findings_stand_with_what_to_do(world, report, login) -> None:
    report.applications.filter(name="综合业务").update(total_budget="1.00")
    page = login(world.reviewer).get(address(report, "findings"))
    assert page.context["desk"].errors and "错误" in page.text


def test_the_trail_lists_who_did_what(world, report, login) -> None:
    text = login(world.reviewer).get(address(report, "trail")).text
    assert "载入" in text and "系统" in text


def test_a_report_under_change_says_so(world, report, login) -> None:
    put(report, Status.RETURNED)
    assert "部门正在修改" in login(world.reviewer).get(address(report)).text


def test_once_published_only_a_correction_is_offered(world, report, login) -> None:
    put(report, Status.PUBLISHED)
    offered = login(world.approver).get(address(report)).context["desk"].verbs
    assert [(o.verb.value, o.reason) for o in offered] == [("correct", "")]


@pytest.mark.parametrize("tab", TABS)
def test_queries_do_not_grow_with_what_is_in_it(world, report, login, tab) -> None:
    client = login(world.reviewer)
    client.get(address(report, tab))
    comments.add(report, world.reviewer, "income", "一", "T05/total/total", "表5")
    with CaptureQueriesContext(connection) as few:
        client.get(address(report, tab))
    for number in range(6):
        thread = comments.add(
            report, world.reviewer, "income", f"第{number}", f"T0{number + 1}/total/total", "表"
        )
        comments.answer(thread.pk, world.submitter, "答")
    with CaptureQueriesContext(connection) as more:
        client.get(address(report, tab))
    assert len(more) <= len(few) + 1 <= 55, "one more reads the answers"


def test_the_workbook_can_be_taken_along(world, report, login) -> None:
    answer = login(world.reviewer).get(reverse("admin:budgets_report_workbook", args=[report.pk]))
    assert answer.content[:2] == b"PK" and "112001-2023-budget.xlsx" in answer["Content-Disposition"]


def test_no_script_of_ours_is_inline(world, report, login) -> None:
    from pathlib import Path

    for template in (Path(__file__).parents[3] / "templates/admin").rglob("*.html"):
        text = template.read_text(encoding="utf-8")
        assert "<script" not in text and "style=" not in text and "onclick" not in text, template
