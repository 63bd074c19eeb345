"""长表: every figure of the tables once, exact, and nothing that the tables do not say."""

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgets.analysis.redaction import redact
from budgets.domain.choices import ReportKind
from budgets.domain.dossier import Dossier
from budgets.domain.money import Unit, to_unit
from budgets.domain.profile import build_tables
from budgets.domain.schema import Identity, Income, IncomeLine
from budgets.exchange.exporting import export
from budgets.exchange.tidy import FIGURES, HEADINGS, render
from budgets.renderers.values import FORMULA_STARTS, number
from budgets.storage.dossier_json import parse_dossier
from tests.examples import CODES, dossier, project, withheld
from tests.final_examples import final
from tests.sample_world import sample
from tests.strategies import dossiers, signed_amounts

SAMPLES = (
    ("112001", 2023, "budget"),
    ("112001", 2024, "budget"),
    ("112001", 2024, "final"),
    ("344001", 2022, "budget"),
)


BUDGETS = ("dongxihu_2023", "wuchang_2022")
FINALS = ("dongxihu_final_2024", "wuchang_final_2022")


def rows(report: Dossier, revision: int | None = 1) -> dict[str, dict[str, str]]:
    """The rows by the key of their cell."""
    content = render(report, build_tables(report), revision).decode("utf-8-sig")
    read = list(csv.DictReader(io.StringIO(content, newline="")))
    assert not read or tuple(read[0]) == HEADINGS
    found = {row["单元格"]: row for row in read}
    assert len(found) == len(read)
    return found


def assert_agrees(report: Dossier) -> None:
    """A row for each figure; amounts in 元 that are printed as the table prints them."""
    found, figures = rows(report), {}
    for sheet in build_tables(report):
        for key, cell in sheet.cells.items():
            if cell.role in FIGURES and number(cell) is not None:
                figures[key] = cell
                assert Decimal(found[key]["数值"]) == cell.value
                assert_exact(found[key], sheet.unit)
    assert found.keys() == figures.keys()


def assert_exact(row: dict[str, str], unit: Unit) -> None:
    if row["单位"] in ("", "%"):
        assert row["金额（元）"] == ""
    else:
        assert row["单位"] == unit.label
        amount, shown = Decimal(row["金额（元）"]), Decimal(row["数值"])
        assert shown in (to_unit(amount, unit), amount / unit.factor)


def test_a_row_says_whose_figure_it_is_and_where_it_stands():
    row = rows(dossier(project()), revision=3)["T05/2010350/personnel"]
    assert row == {
        "版次": "3",
        "年度": "2023",
        "部门代码": "112001",
        "部门": dossier().header.department_name,
        "种类": "部门预算",
        "表号": "表5",
        "表名": "2023年一般公共预算支出表",
        "行": "2010350 事业运行",
        "列": "基本支出/人员经费",
        "科目编码": "2010350",
        "科目名称": "事业运行",
        "金额（元）": "400000.00",
        "数值": "40.00",
        "单位": "万元",
        "单元格": "T05/2010350/personnel",
    }
    assert rows(dossier(), revision=None)["T01/total/income"]["版次"] == ""


def test_amounts_are_exact_where_the_printed_ones_are_rounded():
    lines = (IncomeLine(key="n1", amount=Decimal("1000049.99")), IncomeLine(key="n2", amount=Decimal("0.02")))
    report = dossier()
    report = Dossier(report.header, {**report.parts, Income: Income(lines=lines)}, codes=CODES)
    found = rows(report)
    income, closing = found["T01/total/income"], found["T01/closing/expenditure"]
    assert (income["数值"], income["金额（元）"]) == ("100.01", "1000050.01")
    assert closing["金额（元）"] == "520050.01", "no sum of lines of one kind"


@pytest.mark.parametrize("name", SAMPLES, ids=lambda name: "-".join(map(str, name)))
def test_every_figure_of_a_sample_has_its_row(name):
    assert_agrees(parse_dossier(sample(*name), CODES))


@settings(max_examples=30, deadline=None)
@given(
    st.one_of(
        *(dossiers(amount=signed_amounts, profile=profile) for profile in BUDGETS),
        *(dossiers(amount=signed_amounts, profile=profile, kind=ReportKind.FINAL) for profile in FINALS),
    )
)
def test_every_figure_of_any_report_has_its_row(report):
    assert_agrees(report)


def test_shares_and_scores_have_their_own_units():
    units = {row["单位"] for row in rows(parse_dossier(sample(year=2024, kind="final"), CODES)).values()}
    assert units == {"万元", "%", ""}


def test_no_text_is_a_formula():
    named = project(identity=Identity(name="=HYPERLINK(1)"))
    for row in rows(dossier(named)).values():
        texts = [value for name, value in row.items() if name not in ("金额（元）", "数值")]
        assert not [text for text in texts if text.startswith(FORMULA_STARTS)]
    assert any("'=HYPERLINK(1)" in row["表名"] for row in rows(dossier(named)).values())


def test_what_is_withheld_is_in_no_row():
    secret = withheld()
    report = redact(dossier(project(), secret))
    content = render(report, build_tables(report), 1).decode()
    assert secret.identity.name not in content and secret.key not in content
    assert rows(report)["T10/total/total"]["金额（元）"] == "460000.00"


def test_it_is_one_of_the_csv_files():
    report = final()
    files = list(export(report, ["csv"], revision=2))
    assert len(files) == len(build_tables(report)) + 1
    assert files[-1].name.endswith("-final-tidy.csv") and files[-1].format == "csv"
    assert files[-1].title.endswith("部门决算公开表数据（长表）")
    assert files[-1].content == render(report, build_tables(report), 2)
