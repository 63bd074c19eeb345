"""TXT-2: numbers and plans in words against the report."""

from dataclasses import replace

import pytest

from budgets.checks.txt_2 import WordsAgree
from budgets.domain.address import Address
from budgets.domain.choices import Fund, PostCategory, ReportKind, Severity, Status
from budgets.domain.findings import CheckSettings
from budgets.domain.schema import (
    Activities,
    Activity,
    Application,
    Basics,
    Expenditure,
    ExpenditureLine,
    Explanation,
    Explanations,
    History,
    HistoryEntry,
    Identity,
    Post,
    ProjectProcurement,
    Staffing,
    WorkItem,
)
from performance.domain.evaluation import Evaluation, IndicatorResult
from performance.domain.goals import Goals
from tests.examples import dossier, header, line, project, wan


def run(report):
    return list(WordsAgree().run(report, CheckSettings()))


def of_project(status=Status.DRAFT, **texts):
    """A project with 39 万元 this year, 56 last year, and 60 in total."""
    return run(
        dossier(
            project(
                identity=Identity(name="平台运行费"),
                application=Application(total_budget=wan("60"), **texts),
                history=History(entries=(HistoryEntry(year=2022, amount=wan("56")),)),
                goals=Goals(),
            ),
            parts={},
            header=header(status=status),
        )
    )


def test_an_upgrade_that_another_text_denies():
    (finding,) = of_project(
        purpose="更新升级企业和人才综合服务平台", change_reason="因 2023年无升级计划，仅维持运行"
    )
    assert finding.severity == Severity.WARNING
    assert finding.address == Address("application", field="purpose", project="zhyw")
    assert "“变动原因”却写“因2023年无升级计划”" in finding.message


@pytest.mark.parametrize(
    "texts",
    [
        {"purpose": "保障平台日常运行", "change_reason": "2023年无升级计划"},
        {"purpose": "更新升级服务平台", "change_reason": "本年页面升级"},
        {"purpose": "平台运维，不含升级", "change_reason": "2023年无升级计划"},
        {"plan": "上年已完成平台升级", "change_reason": "本年没有升级计划"},
        {"change_reason": "上年含平台升级，本年没有升级安排"},
    ],
)
def test_plans_that_agree_are_silent(texts):
    assert of_project(**texts) == []


@pytest.mark.parametrize(
    ("text", "expected", "actual"),
    [
        ("2022年 56万元。2023年 25万元。", "39", "25"),
        ("2022年预算 28 万元。", "56", "28"),
        ("项目总预算 25 万元", "60", "25"),
        ("本年预算安排 390,001 元", "39", "39.0001"),
    ],
)
def test_amounts_of_the_project(text, expected, actual):
    (finding,) = of_project(costing=text)
    assert finding.address.on_page == Address("application", field="costing")
    assert (finding.expected, finding.actual) == (wan(expected), wan(actual))
    assert finding.difference == wan(actual) - wan(expected)


@pytest.mark.parametrize(
    "text",
    [
        "2022年 56万元。2023年 39万元。",
        "项目总预算 60 万元",
        "本年预算约 40 万元",
        "2023年每人 10 万元",
        "2021年预算 20万元",
        "全年预算安排中 5 万元用于审计",
    ],
)
def test_amounts_that_agree_or_mean_something_else(text):
    assert of_project(costing=text) == []


def of_report(composition="", reason="", tasks=(), plan="", **staffing):
    post = Post(category=PostCategory.INSTITUTION, authorised=51, filled=40)
    lines = (ExpenditureLine(key="e", economic="30101", amount=wan("849.86")),)
    return run(
        dossier(
            project(identity=Identity(name="直通车"), application=Application(plan=plan), goals=Goals()),
            parts={
                Basics: Basics(
                    composition=composition,
                    tasks=tuple(WorkItem(key=f"t{i}", text=text) for i, text in enumerate(tasks)),
                ),
                Staffing: Staffing(posts=(post,)),
                Expenditure: Expenditure(lines=lines),
                Explanations: Explanations(reasons=(Explanation(figure="basic.personnel", text=reason),)),
            },
        )
    )


def test_persons_in_words():
    findings = of_report("共有编制 18 人。在职实有人数 13 人。")
    assert [(f.expected, f.actual) for f in findings] == [("51 人", "18 人"), ("40 人", "13 人")]
    assert of_report("共有编制 51 人，其中行政编制 0 人。在职实有 40 人。") == []
    assert of_report("上年在职 38 人，公益岗位 5 人。") == []


def test_headline_figures_in_words():
    (finding,) = of_report(reason="人员经费 850.86 万元")
    assert finding.address.on_page == Address("explanations", "basic.personnel", "text")
    assert (finding.expected, finding.actual) == (wan("849.86"), wan("850.86"))
    for agreeing in ("人员经费 849.9 万元", "上年人员经费 751.01 万元", "人员经费增加 98.85 万元"):
        assert of_report(reason=agreeing) == []


def test_projects_in_words():
    (finding,) = of_report("设置 12 个项目支出绩效目标")
    assert (finding.expected, finding.actual) == ("1 个", "12 个")


def test_how_often_one_brand_is_held():
    (finding,) = of_report(tasks=["今年举办“光合荟”活动 10 期"], plan="全年举办“光合荟”12 期")
    assert finding.address == Address("application", field="plan", project="zhyw")
    assert (finding.expected, finding.actual) == ("10 期", "12 期")


@pytest.mark.parametrize(
    "plan",
    [
        "全年举办“光合荟”10 期",
        "举办“光合荟”不少于 12 期",
        "累计举办“光合荟”活动 21 期",
        "举办“早餐会”12 期",
        "“光合荟”每月 1 期",
        "2022 年举办“光合荟”6 期",
    ],
)
def test_counts_that_agree_or_mean_something_else(plan):
    assert of_report(tasks=["今年举办“光合荟”活动 10 期"], plan=plan) == []


def test_archived_reports_are_as_published():
    assert of_project(Status.ARCHIVED, costing="项目总预算 25 万元") == []


# --- final accounts -----------------------------------------------------------------------------------


def accounts(result="", task="", spent="62.745", budget="65", basics="", other="", projects=1, **texts):
    """A project that spent ``spent`` of ``budget`` 万元, a 重点工作, and 913.59 of basic expenditure."""
    identity = Identity(name="企业人才活动经费")
    money = (line("l", spent, adjusted=wan(budget)), *([line("o", other, fund=Fund.OTHER)] if other else []))
    own = {
        "identity": identity,
        "application": Application(**texts),
        "activities": Activities(activities=(Activity(key="a", lines=money),)),
        "evaluation": Evaluation(results=(IndicatorResult(key="r", actual=result),)),
        "goals": Goals(),
        "procurement": ProjectProcurement(),
        "history": History(),
    }
    return dossier(
        *(project(f"p{number}", **own) for number in range(projects)),
        header=header(2024, "dongxihu_final_2024", kind=ReportKind.FINAL),
        parts={
            Basics: Basics(composition=basics, tasks=(WorkItem(key="t", result=task),)),
            Expenditure: Expenditure(lines=(ExpenditureLine(key="e", amount=wan("913.59")),)),
        },
    )


BRAND = {"plan": "举办“光合荟”交流对接活动。"}


def test_a_result_that_another_text_counts_otherwise():
    """As 004: the 自评表 has 12, the 重点工作 has 10."""
    (finding,) = run(accounts("已举办 12 期", "2024 年共举办“光合荟”活动 10 期。", **BRAND))
    assert finding.address == Address("results", "r", "actual", "p0")
    assert (finding.expected, finding.actual) == ("10 期", "12 期")


@pytest.mark.parametrize(
    ("result", "task", "plan"),
    [
        ("已举办 10 期", "举办“光合荟”10 期", "举办“光合荟”"),
        ("已举办 12 期", "举办“光合荟”10 期", "以“光合荟”为主举办活动"),
        ("已举办 12 期", "举办“光合荟”10 期", "举办“光合荟”“店小二”"),
        ("已举办 12 期", "举办“光合荟”10 期", "举办活动"),
        ("12 场", "举办“光合荟”10 期", "举办“光合荟”"),
        (">4 期", "举办“光合荟”10 期", "举办“光合荟”"),
        ("12 期/年", "举办“光合荟”10 期", "举办“光合荟”"),
        ("已举办 12 期", "举办“光合荟”二十一期", "举办“光合荟”"),
        ("已举办 12 期", "2023 年举办“光合荟”10 期", "举办“光合荟”"),
    ],
)
def test_results_that_agree_or_may_be_of_something_else(result, task, plan):
    assert run(accounts(result, task, plan=plan)) == []


@pytest.mark.parametrize(
    ("text", "expected", "actual"),
    [
        ("全年预算数为 60 万元", "65", "60"),
        ("执行数 60.2 万元", "62.745", "60.2"),
        ("2024 年支出决算 51 万元", "62.745", "51"),
        ("项目总预算 64 万元", "66", "64"),
    ],
)
def test_amounts_of_an_executed_project(text, expected, actual):
    (finding,) = run(accounts(purpose=text, total_budget=wan("66")))
    assert (finding.expected, finding.actual) == (wan(expected), wan(actual))


@pytest.mark.parametrize(
    "text",
    [
        "全年预算数为 65 万元，执行数为 62.75 万元",
        "执行数为 62.745 万元，其中财政拨款",
        "执行数 65.745 万元",
        "年初预算 65 万元",
        "2023 年执行数 40 万元",
        "2024 年 62.75 万元",
        "执行数约 60 万元",
        "项目总预算 64 万元",
    ],
)
def test_amounts_of_all_or_of_fiscal_money_that_agree(text):
    assert run(accounts(purpose=text, other="3")) == []


def test_the_initial_budget_is_a_budget_too():
    report = accounts(purpose="年初预算 70 万元")
    assert len(run(report)) == 1
    then = project(
        "p0", activities=Activities(activities=(Activity(key="a", lines=(line("l", "70"),)),)), goals=Goals()
    )
    assert run(replace(report, budget=dossier(then, parts={}))) == []


def test_headline_figures_of_final_accounts():
    (finding,) = run(accounts(basics="本年项目支出 60 万元"))
    assert (finding.expected, finding.actual) == (wan("62.745"), wan("60"))
    agreed = "项目支出 62.75 万元，基本支出决算 913.59 万元，项目支出预算 70 万元，项目支出 65.745 万元"
    assert run(accounts(basics=agreed, other="3")) == []


@pytest.mark.parametrize("text", ["全面开展自评，共涉及项目 5 个", "5 个项目开展绩效自评"])
def test_the_number_of_evaluated_projects(text):
    (finding,) = run(accounts(basics=text, projects=2))
    assert (finding.expected, finding.actual) == ("2 个", "5 个")
    assert run(accounts(basics=text, projects=5)) == []
