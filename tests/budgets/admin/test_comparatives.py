"""变化 beside a last year that is known in part, to the 类 alone, or on another scope."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from budgets.actions.adopt import adopt
from budgets.domain.choices import Status
from budgets.models import Report, RestatedComparative

from .conftest import SAMPLE

NO_SUBJECT = "上年没有细分到本科目，不作比较"


def adopt_last_year(*lines: dict[str, str]) -> None:
    rows = [{"key": f"l{number}", **line} for number, line in enumerate(lines)]
    last = SAMPLE | {"year": 2022, "projects": [], "expenditure": {"lines": rows}}
    adopt(last | {"restated": {"figures": []}}, Status.ARCHIVED)


@pytest.fixture
def opened(world, report, login):
    def get(tab: str = "changes") -> Any:
        url = reverse("admin:budgets_report_change", args=[report.pk])
        return login(world.reviewer).get(url, {"tab": tab})

    RestatedComparative.objects.filter(report=report).delete()
    return get


def by_title(rows: list[Any]) -> dict[str, Any]:
    return {row.title: row for row in rows}


def test_of_a_total_and_a_part_only_the_total_has_a_change(report, opened) -> None:
    adopt_last_year({"use": "unspecified", "amount": "10000000"}, {"use": "basic", "amount": "50000"})
    page = opened()
    figures = by_title(page.context["figures"])
    assert [title for title, row in figures.items() if row.previous is not None] == ["支出总计"]
    assert figures["基本支出"].note == "数据不全，不作比较"
    for name in ("functions", "economics"):
        rows = page.context[name]
        assert all(row.previous is None and row.difference is None and not row.percent for row in rows)
        assert by_title(rows)["未细分"].note == "上年 1,005.00 万元没有细分到科目"
        assert {row.note for row in rows if row.title != "未细分"} == {NO_SUBJECT}
    assert "本年新增" not in page.text and "100.00%" not in page.text
    assert "↑ 205.82%" in page.text


def test_what_last_year_has_to_the_class_is_compared_by_class(report, opened) -> None:
    adopt_last_year(
        {"use": "basic", "economic": "301", "function": "2010350", "amount": "7510100"},
        {"use": "basic", "economic": "30231", "function": "2010350", "amount": "30000"},
    )
    economics = by_title(opened().context["economics"])
    group = economics["301 工资福利支出"]
    assert (group.current, group.previous, group.note) == (8498600, 7510100, "含所属科目")
    assert "economic=301" in group.query and "exact" not in group.query
    assert (economics["30101 基本工资"].previous, economics["30101 基本工资"].note) == (None, NO_SUBJECT)
    assert economics["30231 公务用车运行维护费"].previous == 30000
    assert economics["30201 办公费"].note == "本年新增"


def test_a_class_that_is_not_compared_counts_nothing_twice(report, opened) -> None:
    adopt_last_year(
        {"use": "basic", "economic": "301", "amount": "7510100"}, {"use": "basic", "amount": "30000"}
    )
    page = opened()
    economics = by_title(page.context["economics"])
    assert "301 工资福利支出" not in economics
    assert sum(row.current for row in economics.values()) == page.context["desk"].total.current


def test_a_restated_figure_stands_beside_the_published_one_with_its_reason(report, opened) -> None:
    adopt_last_year({"use": "basic", "economic": "30101", "function": "2010350", "amount": "8704600"})
    for figure, amount in (("basic", 8194500), ("total", 8194500)):
        RestatedComparative.objects.create(report=report, figure=figure, amount=amount, reason="一个科室划出")
    page = opened()
    basic = by_title(page.context["figures"])["基本支出"]
    assert (basic.previous, basic.published, basic.difference) == (8194500, 8704600, 1479800)
    assert basic.note == "上年数已调整：一个科室划出"
    lines = reverse("admin:budgets_report_lines", args=[report.pk])
    (row,) = [row for row in page.text.split("<tr>") if '<th scope="row">基本支出 <small>' in row]
    assert "<small>上年数已调整：一个科室划出</small>" in row
    assert ">819.45<br>" in row and f'公布 <a href="{lines}?flow=expenditure' in row and ">870.46</a>" in row
    assert "上年 819.45（按调整后口径，上年公布 870.46）" in page.text


def test_the_board_compares_with_what_the_review_compares_with(world, report, login, opened) -> None:
    adopt_last_year({"use": "unspecified", "amount": "10000000"})
    RestatedComparative.objects.create(report=report, figure="total", amount=61470600, reason="划出")
    board = login(world.reviewer).get(reverse("admin:budgets_report_board"), {"year": 2023})
    (row,) = [row for row in board.context["rows"] if row.report and row.report.pk == report.pk]
    assert str(row.rate) == "-50.00"
    assert Report.objects.get(pk=report.pk).status == Status.SUBMITTED
