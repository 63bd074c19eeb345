"""A chart as SVG and bitmap: complete, the same every time, and legible without colour."""

from __future__ import annotations

import re
import xml.etree.ElementTree as Xml

import pytest

from budgets.narrative.build import build_narrative
from budgets.narrative.charts import page_charts
from budgets.narrative.document import Chart, Kind, Mark, Shape, Value
from budgets.renderers import charts
from tests.manuscripts import REPORTS

HOSTILE = '</text><script>alert(1)</script>&"${x}'


def value(amount: int) -> Value:
    return Value(f"{amount}万元", Kind.AMOUNT, amount=amount)


def bars(*labels: str) -> Chart:
    marks = tuple(Mark(label, (value(number),)) for number, label in enumerate(labels, 1))
    return Chart("some.chart", "支出结构", Shape.BARS, ("金额",), marks)


def texts(drawn: str) -> list[str]:
    """The lines of text in the picture."""
    return [
        element.text or ""
        for element in Xml.fromstring(drawn).iter()
        if element.tag.endswith(("text", "tspan"))
    ]


@pytest.mark.parametrize("name", REPORTS)
def test_every_amount_stands_in_the_picture(name):
    report = REPORTS[name]()
    for chart in (*build_narrative(report).charts, *page_charts(report)):
        said = "".join(texts(charts.svg(chart)))
        for mark in chart.marks:
            assert all(amount.text.removesuffix("万元") in said for amount in mark.amounts if amount)


def test_the_same_chart_has_the_same_bytes():
    chart = bars("基本支出", "项目支出")
    first = charts.svg(chart), charts.png(chart)
    charts._svg.cache_clear()
    charts._png.cache_clear()
    assert (charts.svg(chart), charts.png(chart)) == first
    assert first[1].startswith(b"\x89PNG")


def test_equal_labels_are_two_bars():
    drawn = charts.svg(bars("专项", "专项"))
    assert texts(drawn).count("专项") == 2
    assert "1万元" in texts(drawn) and "2万元" in texts(drawn)


def test_a_label_is_text_whatever_it_looks_like():
    drawn = charts.svg(bars(HOSTILE, "datum.amount", "a|b\\n"))
    assert "<script" not in drawn
    Xml.fromstring(drawn)


def test_a_long_label_takes_two_lines_and_no_more():
    said = texts(charts.svg(bars("一二三四五六七八九十" * 3)))
    assert "一二三四五六七八九十" in said
    assert any(line.endswith("…") for line in said)


def test_negative_amounts_are_drawn():
    chart = bars("退回", "支出")
    marks = (Mark("退回", (value(-5),)), Mark("支出", (value(5),)))
    drawn = charts.svg(Chart(chart.key, chart.title, chart.shape, chart.series, marks))
    assert "-5万元" in texts(drawn) or "\u22125万元" in texts(drawn)


def test_nothing_within_needs_a_style_or_a_script():
    """Pages forbid both within the page."""
    drawn = charts.svg(bars("基本支出"))
    assert not re.search(r"<(script|style)|\sstyle=|\son\w+=|href=", drawn)


def test_last_year_is_lighter():
    def light(colour: str) -> int:
        return sum(int(colour[place : place + 2], 16) for place in (1, 3, 5))

    before, now = charts._COLOURS
    assert light(before) - light(now) > 200
