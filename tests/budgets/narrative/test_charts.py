"""图: what they show are the figures of the tables and the text."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given

from budgets.domain.dossier import Dossier
from budgets.narrative.build import build_narrative
from budgets.narrative.charts import MOST_PROJECTS, page_charts
from budgets.narrative.document import Chart, Kind, Shape
from budgets.narrative.document_json import dump_chart, dump_document, load_chart, load_document
from budgets.narrative.sources import read
from tests.manuscripts import REPORTS
from tests.strategies import dossiers


def charts(report: Dossier) -> list[Chart]:
    return [*build_narrative(report).charts, *page_charts(report)]


def test_those_of_a_budget_in_their_order():
    found = list(build_narrative(REPORTS["000"]()).charts)
    assert [chart.caption for chart in found] == [
        "图1 收支预算总体变动情况",
        "图2 收入预算结构",
        "图3 支出预算结构",
        "图4 财政拨款收支预算总体变动情况",
    ]
    assert found[0].series == ("2022年", "2023年")
    assert [[amount.text for amount in mark.amounts if amount] for mark in found[0].marks] == [
        ["4787.76万元", "3073.53万元"]
    ] * 2


def test_those_of_final_accounts():
    found = list(build_narrative(REPORTS["004"]()).charts)
    assert [chart.title for chart in found] == [
        "收、支决算总计变动情况",
        "收入决算结构",
        "支出决算结构",
        "财政拨款收、支决算总计变动情况",
    ]
    assert [(mark.label, mark.share and mark.share.text) for mark in found[2].marks] == [
        ("基本支出", "82.1%"),
        ("项目支出", "17.9%"),
    ]


def test_what_a_reader_hears_has_every_amount():
    for name in REPORTS:
        for chart in charts(REPORTS[name]()):
            amounts = [amount.text for mark in chart.marks for amount in mark.amounts if amount]
            assert amounts and all(text in chart.alternative for text in amounts)
            assert all(mark.label in chart.alternative for mark in chart.marks)


def test_those_beyond_the_most_are_one_bar():
    report = REPORTS["000"]()
    many = [replace(report.projects[0], key=f"p{number}") for number in range(MOST_PROJECTS + 3)]
    report = replace(report, projects=tuple(many))
    found = next(chart for chart in page_charts(report) if chart.key == "page.projects")
    assert len(found.marks) == MOST_PROJECTS + 1
    assert found.marks[-1].label == "其余 3 个项目"
    shares = [mark.share.amount for mark in found.marks if mark.share]
    assert sum(Decimal(share) for share in shares) == pytest.approx(100, abs=0.1)


def test_two_years_are_no_chart_of_several():
    assert "page.years" in {chart.key for chart in page_charts(REPORTS["000"]())}
    alone = replace(REPORTS["000"](), earlier=())
    assert "page.years" not in {chart.key for chart in page_charts(alone)}
    totals = next(iter(build_narrative(alone).charts))
    assert totals.series == ("2023年",)


def test_nothing_is_drawn_of_nothing():
    report = REPORTS["000"]()
    empty = replace(report, parts={}, projects=(), earlier=())
    assert charts(empty) == []


@given(dossiers())
def test_every_amount_is_read_from_its_source_and_survives_json(report):
    document = build_narrative(report)
    for chart in charts(report):
        assert load_chart(dump_chart(chart)) == chart
        for mark in chart.marks:
            assert len(mark.amounts) == len(chart.series)
            for amount in mark.amounts:
                assert amount is None or (
                    amount.kind is Kind.AMOUNT and amount.amount == read(report, amount.source)
                )
        if chart.shape is Shape.BARS:
            assert all(mark.amounts[0] and mark.amounts[0].amount for mark in chart.marks)
    assert load_document(dump_document(document)) == document
