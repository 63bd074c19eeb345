"""PRJ-4: a new project has no past, and one that goes on has one."""

from dataclasses import replace

import pytest

from budgets.domain.address import Address
from budgets.domain.choices import HistoryMeasure, ProjectAttribute, ProjectType, ReportKind, Severity, Status
from budgets.domain.findings import CheckSettings
from budgets.domain.schema import History, HistoryEntry, Identity
from performance.checks.prj_4 import AttributeAgrees
from performance.domain.evaluation import Evaluation
from performance.domain.goals import Goal, Goals, Indicator
from tests.examples import archived, dossier, header, project, wan

NEW, CONTINUING = ProjectAttribute.NEW, ProjectAttribute.CONTINUING


def apartments(attribute, past=(None, None), last="/", type=ProjectType.PERENNIAL):
    """``past``: amounts of 2021 and 2022 in 万元, None for 未立项, or an empty tuple for unknown."""
    entries = tuple(
        HistoryEntry(year=2021 + i, measure=HistoryMeasure.BUDGET, amount=amount and wan(amount))
        for i, amount in enumerate(past)
    )
    indicator = Indicator(key="i", name="运营管理费", value_before_last="/", value_last=last)
    return project(
        "apartments",
        identity=Identity(name="人才工作经费", attribute=attribute, type=type),
        history=History(entries=entries),
        goals=Goals(goals=(Goal(key="g", indicators=(indicator,)),)),
    )


def found(report):
    return list(AttributeAgrees().run(report, CheckSettings()))


def test_a_project_marked_continuing_that_never_was():
    (finding,) = found(dossier(apartments(CONTINUING, last="41032.8元")))
    assert finding.severity == Severity.WARNING
    assert finding.address == Address("identity", field="attribute", project="apartments")
    assert (finding.expected, finding.actual) == ("新增性项目", "持续性项目")


def test_a_new_project_with_last_years_values():
    (finding,) = found(dossier(apartments(NEW, last="41032.8元")))
    assert (finding.expected, finding.actual) == ("持续性项目", "新增性项目")
    assert "如“运营管理费”" in finding.message


def test_a_new_project_with_a_past_budget():
    (finding,) = found(dossier(apartments(NEW, past=(None, "16"), last="16 万")))
    assert "2022 年却已有预算 16.00 万元" in finding.message


@pytest.mark.parametrize(
    "mended",
    [
        apartments(NEW),
        apartments(NEW, last=""),
        apartments(NEW, past=()),
        apartments(CONTINUING, past=(None, "16")),
        apartments(CONTINUING, past=("16", None)),
        apartments(CONTINUING, past=()),
        apartments(NEW, type=ProjectType.ONE_OFF),
        apartments(CONTINUING, past=(None, "200"), type=ProjectType.EXTENDED),
    ],
)
def test_what_agrees_or_is_unknown_is_silent(mended):
    assert found(dossier(mended)) == []


def test_continuing_and_one_off_exclude_each_other():
    (finding,) = found(dossier(apartments(CONTINUING, past=(None, "16"), type=ProjectType.ONE_OFF)))
    assert finding.address.on_page == Address("identity", field="type")


def test_the_first_year_extends_nothing():
    (finding,) = found(dossier(apartments(NEW, type=ProjectType.EXTENDED)))
    assert finding.address.on_page == Address("identity", field="type")
    assert finding.actual == "延续性项目"


def test_a_report_of_last_year_without_the_project_tells_that_it_is_new():
    last = dossier(header=header(2022), projects=())
    assert len(found(dossier(apartments(CONTINUING, past=()), earlier=(last,)))) == 1
    assert found(dossier(apartments(CONTINUING, past=()), earlier=(archived(2022, personnel="1"),))) == []


def test_archived_reports_are_as_published():
    report = dossier(apartments(CONTINUING))
    assert found(replace(report, header=header(status=Status.ARCHIVED))) == []


# --- the first year -----------------------------------------------------------------------------------


def said(causes, attribute=CONTINUING, type=ProjectType.PERENNIAL):
    """Final accounts of 2024 whose project says ``causes``."""
    owner = apartments(attribute, past=(), type=type)
    owner = replace(owner, parts={**owner.parts, Evaluation: Evaluation(causes=causes)})
    return dossier(owner, header=header(2024, "dongxihu_final_2024", kind=ReportKind.FINAL))


FIRST = "24年度为本项目运营首年，暂无历史数据。"


def test_a_first_year_that_is_ticked_as_going_on():
    """As 004: 运营首年, and 持续性 and 延续性 are ticked."""
    findings = found(said(FIRST, type=ProjectType.EXTENDED))
    assert [f.address.on_page for f in findings] == [
        Address("identity", field="attribute"),
        Address("identity", field="type"),
    ]
    assert all("“偏差大或目标未完成原因分析”写本年是首年" in f.message for f in findings)


@pytest.mark.parametrize(
    "causes",
    ["本年为驿站运营的首年", "项目实施第一年，经验不足", "2024 年为首年运营"],
)
def test_other_words_for_a_first_year(causes):
    (finding,) = found(said(causes))
    assert (finding.expected, finding.actual) == ("新增性项目", "持续性项目")


@pytest.mark.parametrize(
    "causes",
    ["2023 年为本项目运营首年", "23年度是运营首年", "去年是实施首年", "首年数据可供参考", "并非运营首年", ""],
)
def test_another_years_first_or_none(causes):
    assert found(said(causes, type=ProjectType.EXTENDED)) == []


def test_a_new_project_may_run_for_the_first_year():
    assert found(said(FIRST, NEW)) == []
