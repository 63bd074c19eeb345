"""Small hand-made dossiers: two projects of one department, with money, history and goals."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from budgets.domain.choices import (
    DepartmentKind,
    Disclosure,
    Flow,
    Fund,
    HistoryMeasure,
    ProjectCategory,
    ReportKind,
    Status,
    Use,
)
from budgets.domain.dossier import Classification, Dossier, Header, ProjectDossier
from budgets.domain.schema import (
    Activities,
    Activity,
    ActivityLine,
    Application,
    Basics,
    Duty,
    Expenditure,
    ExpenditureLine,
    History,
    HistoryEntry,
    Identity,
    Income,
    IncomeLine,
    ProcurementItem,
    ProjectProcurement,
    WorkItem,
)
from performance.domain.goals import Goal, Goals, Horizon, Indicator

CODES = Classification(
    function={"201": "一般公共服务支出", "2010350": "事业运行"},
    economic={
        "301": "工资福利支出",
        "30101": "基本工资",
        "302": "商品和服务支出",
        "30201": "办公费",
        "30214": "租赁费",
        "30227": "委托业务费",
    },
)


def wan(value: str) -> Decimal:
    """``value`` in 万元 as 元."""
    return Decimal(value) * 10000


def header(year: int = 2023, profile: str = "dongxihu_2023", **changes: Any) -> Header:
    return replace(
        Header(
            kind=ReportKind.BUDGET,
            year=year,
            profile=profile,
            district_code="420112",
            district_name="东西湖区",
            department_code="112001",
            department_name="企业和人才服务中心",
            department_kind=DepartmentKind.PUBLIC_ONE,
            edition="2023",
        ),
        **changes,
    )


def line(key: str, amount: str, **changes: Any) -> ActivityLine:
    return ActivityLine(
        **{"key": key, "amount": wan(amount), "function": "2010350", "economic": "30227", **changes}
    )


def indicator(key: str, level1: str, level2: str, name: str, value: str, **changes: Any) -> Indicator:
    return Indicator(key=key, level1=level1, level2=level2, name=name, value=value, **changes)


def complete_goals() -> Goals:
    """One goal of each horizon, with indicators of every kind."""
    return Goals(
        goals=(
            Goal(
                key="g1",
                horizon=Horizon.LONG_TERM,
                name="优化环境",
                text="长期把环境做好",
                until_year=2025,
                indicators=(
                    indicator("i1", "产出指标", "数量指标", "购买服务项数", "≥6/年", basis="历史数据"),
                    indicator("i2", "产出指标", "数量指标", "租赁服务器数量", "2/年"),
                    indicator("i3", "满意度指标", "服务对象满意度指标", "满意度", "≥95%"),
                ),
            ),
            Goal(
                key="g2",
                horizon=Horizon.ANNUAL,
                name="做好本年",
                text="本年工作顺利",
                indicators=(
                    indicator(
                        "i4", "成本指标", "经济成本指标", "服务费用", "不超过合同金额", value_last="22 万"
                    ),
                    indicator(
                        "i5",
                        "产出指标",
                        "数量指标",
                        "宣传次数",
                        "≥3次/年",
                        value_before_last="/",
                        value_last="6次",
                        content="做足宣传",
                        remark="跨年度",
                    ),
                    indicator("i6", "效益指标", "社会效益指标", "政策知晓率", "逐年提高"),
                ),
            ),
        )
    )


def project(key: str = "zhyw", **parts: Any) -> ProjectDossier:
    """综合业务: two activities of 10 + 5 and 24 万元; ``parts`` by lower-case type name replace its own."""
    own: dict[str, Any] = {
        "identity": Identity(name="综合业务", code="112001-3", start_year=2023, end_year=2023),
        "application": Application(
            authority="办公室",
            executing_unit="服务中心",
            leader="负责人",
            basis="依据职责",
            plan="全年实施",
            purpose="日常工作",
            costing="按合同测算",
            total_budget=wan("39"),
            change_reason="部分内容缩减",
        ),
        "history": History(
            entries=(
                HistoryEntry(year=2021),
                HistoryEntry(year=2022, measure=HistoryMeasure.BUDGET, amount=wan("128.3")),
            )
        ),
        "activities": Activities(
            activities=(
                Activity(
                    key="a1",
                    name="服务器租赁",
                    description="平台服务器",
                    basis="两台",
                    remark="续租",
                    lines=(
                        line("l1", "10", economic="30214"),
                        line("l2", "5", economic="30201", fund=Fund.OTHER),
                    ),
                ),
                Activity(key="a2", name="劳务外包", lines=(line("l3", "24", from_carry_over=True),)),
            )
        ),
        "procurement": ProjectProcurement(
            items=(ProcurementItem(key="p1", name="审计服务", quantity="1", amount=wan("5")),)
        ),
        "goals": complete_goals(),
    }
    return ProjectDossier(key, {type(part): part for part in {**own, **parts}.values()})


def withheld(key: str = "secret") -> ProjectDossier:
    """A project of 7 万元 that is not to be published."""
    return project(
        key,
        identity=Identity(name="涉密项目", disclosure=Disclosure.WITHHELD),
        activities=Activities(activities=(Activity(key=f"{key}a", lines=(line(f"{key}l", "7"),)),)),
    )


def operating(key: str = "xcx") -> ProjectDossier:
    """A project 其他运转类 of 2.5 万元 without an end."""
    return project(
        key,
        identity=Identity(name="小程序", category=ProjectCategory.OPERATING),
        application=Application(long_term=True),
        activities=Activities(activities=(Activity(key=f"{key}a", lines=(line(f"{key}l", "2.5"),)),)),
    )


def dossier(*projects: ProjectDossier, **changes: Any) -> Dossier:
    """2023: income 100, opening 30; basic 40 personnel + 8 operating; and ``projects``."""
    return replace(
        Dossier(
            header(),
            {
                Basics: Basics(
                    preparer="填报人",
                    phone="020-0000-0001",
                    duties=(Duty(key="d1", text="宣传政策"), Duty(key="d2", text="服务企业")),
                    tasks=(WorkItem(key="t1", title="优化体系", text="落实保障"),),
                ),
                Income: Income(
                    lines=(
                        IncomeLine(key="n1", amount=wan("100")),
                        IncomeLine(key="n2", flow=Flow.OPENING, amount=wan("30")),
                        IncomeLine(key="n3", fund=Fund.OTHER, amount=wan("10")),
                    )
                ),
                Expenditure: Expenditure(
                    lines=(
                        ExpenditureLine(key="e1", function="2010350", economic="30101", amount=wan("40")),
                        ExpenditureLine(key="e2", function="2010350", economic="30201", amount=wan("8")),
                    )
                ),
                Goals: complete_goals(),
            },
            projects,
            codes=CODES,
        ),
        **changes,
    )


def archived(year: int = 2022, **amounts: str) -> Dossier:
    """A year known only by its sums in 万元: ``personnel``, ``operating``, ``project``, ``unspecified``."""
    uses = {
        "personnel": (Use.BASIC, "301"),
        "operating": (Use.BASIC, "302"),
        "project": (Use.PROJECT, ""),
        "unspecified": (Use.UNSPECIFIED, ""),
    }
    return Dossier(
        header(year, status=Status.ARCHIVED),
        {
            Income: Income(lines=(IncomeLine(key="n", amount=sum(map(wan, amounts.values()), Decimal(0))),)),
            Expenditure: Expenditure(
                lines=tuple(
                    ExpenditureLine(key=name, use=uses[name][0], economic=uses[name][1], amount=wan(value))
                    for name, value in amounts.items()
                )
            ),
        },
        codes=CODES,
    )
