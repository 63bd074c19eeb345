"""The samples of 000 and 001 as they were printed, contradictions and all; and mended.

The samples are already printed so in their figures and indicators; put back here is what they had to leave
out to be reports. Texts are short ones of our own that say what the printed ones say; names and telephone
numbers are made up.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from budgets.choices import DepartmentKind, ProjectAttribute
from budgets.classification.editions import classification
from budgets.dossier import Dossier, ProjectDossier
from budgets.exchange.importing import check_document
from budgets.facts import (
    Activities,
    Activity,
    ActivityLine,
    Application,
    Expenditure,
    Explanations,
    Identity,
    Staffing,
)
from performance.goals import Goal, Goals, Indicator
from tests.printed import SAMPLES, extended, mended

Change = Callable[[Dossier], Dossier]


def read(department: str, year: int) -> dict[str, Any]:
    """A sample as JSON."""
    document: dict[str, Any] = json.loads(
        (SAMPLES / f"{department}_{year}_budget.json").read_text(encoding="utf-8")
    )
    return document


def sample(department: str, year: int, *earlier: int) -> Dossier:
    """A sample with its classification and the years before."""
    document = read(department, year)
    past = tuple(check_document(read(department, one)) for one in earlier)
    return replace(check_document(document), codes=classification(document["edition"]), earlier=past)


def dongxihu() -> Dossier:
    return sample("112001", 2023, 2022, 2021)


def wuchang() -> Dossier:
    return sample("344001", 2022, 2021)


def changed(report: Dossier, *changes: Change) -> Dossier:
    for change in changes:
        report = change(report)
    return report


# --- means ----------------------------------------------------------------------------------------


def header(**changes: Any) -> Change:
    return lambda report: replace(report, header=replace(report.header, **changes))


def part(cls: type, change: Callable[[Any], Any]) -> Change:
    """Another state of a part of the whole report."""
    return lambda report: replace(report, parts={**report.parts, cls: change(report.part(cls))})


def project_part(key: str, cls: type, change: Callable[[Any], Any]) -> Change:
    """Another state of a part of one project."""

    def one(project: ProjectDossier) -> ProjectDossier:
        if project.key != key:
            return project
        return replace(project, parts={**project.parts, cls: change(project.part(cls))})

    return lambda report: replace(report, projects=tuple(one(project) for project in report.projects))


def application(key: str, **changes: Any) -> Change:
    return project_part(key, Application, lambda said: replace(said, **changes))


def identity(key: str, **changes: Any) -> Change:
    return project_part(key, Identity, lambda said: replace(said, **changes))


def indicator(key: str, **changes: Any) -> Change:
    return lambda report: mended(report, key, **changes)


def another_indicator(after: str, **changes: Any) -> Change:
    return lambda report: extended(report, after, **changes)


def reason(figure: str, text: str) -> Change:
    """Another reason for the change of a headline figure."""

    def change(part: Explanations) -> Explanations:
        return replace(part, reasons=tuple(_said(one, figure, text) for one in part.reasons))

    return part(Explanations, change)


def _said(explanation: Any, figure: str, text: str) -> Any:
    return replace(explanation, text=text) if explanation.figure == figure else explanation


def activities(key: str, change: Callable[[Activity], Activity]) -> Change:
    return project_part(
        key, Activities, lambda all: replace(all, activities=tuple(change(one) for one in all.activities))
    )


def activity(key: str, which: str, **changes: Any) -> Change:
    return activities(key, lambda one: replace(one, **changes) if one.key == which else one)


def economic(code: str, *projects: str) -> Change:
    """The same economic class in every line of these projects."""

    def line(one: ActivityLine) -> ActivityLine:
        return replace(one, economic=code)

    def change(report: Dossier) -> Dossier:
        return changed(
            report,
            *(
                activities(key, lambda one: replace(one, lines=tuple(line(each) for each in one.lines)))
                for key in projects
            ),
        )

    return change


def basic_function(old: str, new: str) -> Change:
    """Basic expenditure under another function code."""

    def change(spent: Expenditure) -> Expenditure:
        lines = (replace(line, function=new) if line.function == old else line for line in spent.lines)
        return replace(spent, lines=tuple(lines))

    return part(Expenditure, change)


def filled(category: str, count: int) -> Change:
    """Another number of persons in post."""

    def change(staffing: Staffing) -> Staffing:
        posts = (
            replace(post, filled=count) if post.category == category else post for post in staffing.posts
        )
        return replace(staffing, posts=tuple(posts))

    return part(Staffing, change)


def unvalued(project: str) -> Change:
    """No indicator of the project has a value of an earlier year."""

    def row(one: Indicator) -> Indicator:
        return replace(one, value_last="/", value_before_last="/")

    def goal(one: Goal) -> Goal:
        return replace(one, indicators=tuple(row(each) for each in one.indicators))

    return project_part(
        project, Goals, lambda part: replace(part, goals=tuple(goal(one) for one in part.goals))
    )


# --- as printed -----------------------------------------------------------------------------------

BLANK_CLASS = (
    "environment-publicity", "general-affairs", "through-train", "policy-briefings", "auxiliary-staff",
)  # fmt: skip
"""Projects of 000 whose lines have no economic class: 15 of 28."""

GOVERNMENT_CLASS = (
    "service-platform", "talent-apartments", "archive-miniapp", "jinshan-talents", "study-course",
    "industry-academia", "needs-survey",
)  # fmt: skip
"""The others, which print the 502 of the government's classification under a name of the departments'."""


def printed_000() -> Dossier:
    report = dongxihu()
    copied = next(p for p in report.projects if p.key == "general-affairs").application.basis
    return changed(
        report,
        application("auxiliary-staff", basis=copied),
        application("service-platform", plan="更新升级综合服务平台。", change_reason="本年无升级计划。"),
        application("talent-apartments", phone="020-0000-002"),
        economic("", *BLANK_CLASS),
        economic("502", *GOVERNMENT_CLASS),
        header(department_kind=DepartmentKind.CIVIL_SERVICE_MANAGED),
        reason("basic.operating", "2023年公用经费减少。"),
    )


def printed_001() -> Dossier:
    return changed(
        wuchang(),
        reason("total", "人员增加 31.39 万元，智能系统增加 83.30 万元，服务基地增加 47.00 万元。"),
        reason("three_public", "比上年增加(减少)0 万元，没有公务用车。"),
        indicator("department-a01", value_last="2502家"),
    )


# --- mended ---------------------------------------------------------------------------------------

MENDED_VALUES_000: Mapping[str, str] = {
    "department-l1-02": "≥4期/年",
    "environment-publicity-l02": "≥4期/年",
    "environment-publicity-l05": "1200人",
    "industry-academia-l02": "≥4次/年",
    "industry-academia-a02": "≥4次/年",
    "needs-survey-l02": "≥50家",
    "needs-survey-a02": "≥50家",
    "talent-apartments-a03": "16.9万元",
}

REASONS_000: Mapping[str, str] = {
    "department-a1-02": "播出期数随合同减少",
    "department-a1-08": "期数减少，观看人数随之减少",
    "environment-publicity-a02": "播出期数随合同减少",
    "environment-publicity-a05": "期数减少，观看人数随之减少",
    "general-affairs-a06": "节假日不再值守",
    "general-affairs-a07": "部分设计改由本单位承担",
    "through-train-a02": "预算调减，场次相应减少",
    "policy-briefings-a06": "上年样本较少",
}
"""Why a target lies below last year's value: of these the catalogue wants a reason, not another target."""


def mended_000() -> Dossier:
    """000 without a contradiction."""
    return changed(
        dongxihu(),
        *(indicator(key, value=value) for key, value in MENDED_VALUES_000.items()),
        *(indicator(key, remark=why) for key, why in REASONS_000.items()),
        identity("talent-apartments", attribute=ProjectAttribute.NEW),
        unvalued("talent-apartments"),
        indicator("talent-apartments-a04", name="人才公寓套数"),
        application("industry-academia", authority="综合服务科", executing_unit="区企业和人才服务中心"),
        application("needs-survey", authority="综合服务科", executing_unit="区企业和人才服务中心"),
        application("policy-briefings", plan="“店小二”小分队上门宣讲，全年约 60 家中小微企业。"),
        activity("general-affairs", "general-affairs-servers", name="机房备份服务器租赁"),
        indicator("general-affairs-l04", name="委托事项数"),
        indicator("general-affairs-a04", name="委托事项数"),
        indicator("study-course-a03", value_last="1次", value_before_last="1次"),
        indicator("department-a1-01", value_last="24万元"),
        *(
            indicator(f"jinshan-talents-{row}", value_last="/", value_before_last="/")
            for row in ("a03", "a04", "a06")
        ),
        indicator("jinshan-talents-l05", level2="社会效益指标"),
        another_indicator(
            "auxiliary-staff-a03",
            level1="效益指标",
            level2="社会效益指标",
            name="群众办事便利程度",
            value="有所改善",
            value_last="有所改善",
        ),
    )


def mended_001() -> Dossier:
    """001 without a contradiction."""
    projects = ("enterprise-service", "intelligent-system", "service-base", "regional-development")
    return changed(
        wuchang(),
        *(application(key, phone="020-0000-0011") for key in projects),
        another_indicator(
            "regional-development-a01",
            level2="成本指标",
            name="政策兑现成本控制在预算之内",
            value="≤5000万元",
        ),
    )
