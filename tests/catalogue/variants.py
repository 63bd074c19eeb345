"""The samples of 000, 001 and 004 as they were printed, contradictions and all; and mended.

The samples are already printed so in their figures and indicators; put back here is what they had to leave
out to be reports. Texts are short ones of our own that say what the printed ones say; names and telephone
numbers are made up.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from budgets.classification.editions import classification
from budgets.domain.choices import DepartmentKind, ProjectAttribute, ProjectType, Status
from budgets.domain.dossier import Dossier
from budgets.exchange.importing import check_document
from performance.domain.evaluation import Points
from tests.printed_samples import SAMPLES

from .edits import (
    activity,
    another_indicator,
    another_outcome,
    application,
    basic_function,
    budget,
    changed,
    economic,
    evaluation,
    explained,
    header,
    identity,
    income_function,
    indicator,
    outcome,
    reason,
    task,
    unvalued,
    weighed,
    without_opening,
)


def read(department: str, year: int, kind: str = "budget") -> dict[str, Any]:
    """A sample as JSON."""
    document: dict[str, Any] = json.loads(
        (SAMPLES / f"{department}_{year}_{kind}.json").read_text(encoding="utf-8")
    )
    return document


def sample(department: str, year: int, *earlier: int, kind: str = "budget") -> Dossier:
    """A sample with its classification and the years before; final accounts with the year's budget."""
    document = read(department, year, kind)
    codes = classification(document["edition"])
    past = tuple(archived(read(department, one, kind)) for one in earlier)
    budget = replace(archived(read(department, year)), codes=codes) if kind == "final" else None
    return replace(check_document(document), codes=codes, earlier=past, budget=budget)


def archived(document: dict[str, Any]) -> Dossier:
    report = check_document(document)
    return replace(report, header=replace(report.header, status=Status.ARCHIVED))


def dongxihu() -> Dossier:
    return sample("112001", 2023, 2022, 2021)


def wuchang() -> Dossier:
    return sample("344001", 2022, 2021)


def accounts() -> Dossier:
    """东西湖 2024 部门决算."""
    return sample("112001", 2024, 2023, kind="final")


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


def printed_004() -> Dossier:
    """Printed as 产出 are an effect and a row twice, which weigh with the outputs; marks are lost without a word."""
    return changed(
        accounts(),
        budget(
            indicator("department-a1-12", level1="产出指标"),
            indicator("archive-digitisation-a04", level2="社会效益指标"),
            another_indicator("archive-digitisation-a03"),
        ),
        weighed(**{"department-annual-1__2": "18", "department-annual-1__3": ""}),
        outcome("department-a1-10", reason=""),
        outcome("archive-digitisation-a03", "archive-digitisation", score=Points("5")),
        another_outcome("archive-digitisation-a03", "archive-digitisation", score=Points("5")),
        outcome("through-train-a06", "through-train", reason=""),
        outcome("through-train-a07", "through-train", reason=""),
        outcome("general-affairs-a01", "general-affairs", reason=""),
        evaluation("general-affairs", causes="年初目标基本完成。"),
        evaluation("talent-fund", execution_reason=""),
        identity("talent-fund", attribute=ProjectAttribute.CONTINUING, type=ProjectType.EXTENDED),
        identity("archive-digitisation", attribute=ProjectAttribute.CONTINUING),
        application("talent-fund", authority="区科技创新和人才服务中心", executing_unit="科创科"),
        task("task-8", result="2024 年共举办“光合荟”活动 10 期，企业人才活动经费支出 62.74 万元。"),
        outcome("through-train-a02", "through-train", actual="已举办 12 期"),
        application("through-train", plan="举办“光合荟”企业人才交流对接活动。"),
        reason("completion.2080506", ""),
        reason("completion.2101101", ""),
        without_opening(),
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


def mended_004() -> Dossier:
    """004 without a contradiction."""
    return changed(
        accounts(),
        income_function("2101101", "2101102"),
        basic_function("2101101", "2101102"),
        budget(basic_function("2101101", "2101102")),
        explained("completion.2101101", "completion.2101102"),
    )
