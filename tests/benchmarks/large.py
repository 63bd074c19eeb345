"""Reports far larger than any that was published, made by code, so that growth can be measured.

A report of ``n`` lines has ``n / 10`` projects of 8 lines (4 activities) and 20 indicators each, and
``n / 5`` lines of basic expenditure. What is spent is what comes in.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from itertools import cycle, islice

from budgets.choices import DepartmentKind, ReportKind
from budgets.classification.editions import classification
from budgets.dossier import (
    Activities,
    Activity,
    ActivityLine,
    Application,
    Dossier,
    Expenditure,
    ExpenditureLine,
    Header,
    Identity,
    Income,
    IncomeLine,
    ProcurementItem,
    ProjectDossier,
    ProjectProcurement,
)
from performance.goals import Goal, Goals, Horizon, Indicator

EDITION = "2024"
YEAR = 2023
HALF, WHOLE = 1000, 2000
"""Lines of the two reports that growth is measured on: n and 2n."""

ACTIVITIES, LINES, INDICATORS = 4, 2, 20
"""A project's activities, the lines of each, and its indicators."""


@cache
def report(lines: int, year: int = YEAR) -> Dossier:
    """A report of that many lines of expenditure, with the same report of the year before."""
    codes = classification(EDITION)
    basic = _basic(lines // 5)
    projects = tuple(_project(number, year) for number in range(lines // 10))
    spent = sum((line.amount for line in basic), Decimal(0)) + sum((p.amount for p in projects), Decimal(0))
    header = Header(
        kind=ReportKind.BUDGET,
        year=year,
        profile="dongxihu_2023",
        district_code="420112",
        district_name="东西湖区",
        department_code=f"bench-{lines}",
        department_name=f"{lines} 行单位",
        department_kind=DepartmentKind.PUBLIC_ONE,
        edition=EDITION,
    )
    return Dossier(
        header,
        {
            Income: Income(lines=(IncomeLine(key="income", amount=spent),)),
            Expenditure: Expenditure(lines=basic),
        },
        projects,
        earlier=(report(lines, year - 1),) if year == YEAR else (),
        codes=codes,
    )


def _subjects(prefix: str, length: int, count: int) -> list[str]:
    """``count`` codes of that length below ``prefix``, over and over if there are fewer."""
    codes = classification(EDITION)
    known = codes.function if length == 7 else codes.economic
    return list(islice(cycle(sorted(c for c in known if len(c) == length and c.startswith(prefix))), count))


def _basic(count: int) -> tuple[ExpenditureLine, ...]:
    pairs = zip(_subjects("2", 7, count), _subjects("30", 5, count), strict=True)
    return tuple(
        ExpenditureLine(
            key=f"basic-{i}", function=function, economic=economic, amount=Decimal(1000 + i).quantize(CENT)
        )
        for i, (function, economic) in enumerate(pairs)
    )


CENT = Decimal("0.01")


def _project(number: int, year: int) -> ProjectDossier:
    key = f"project-{number}"
    function = _subjects("2", 7, number + 1)[number]
    economic = _subjects("302", 5, ACTIVITIES * LINES)
    return ProjectDossier(
        key,
        {
            Identity: Identity(name=f"第 {number} 个项目", code=f"{number:06}", start_year=year),
            Application: Application(
                executing_unit="服务中心",
                leader="负责人",
                basis="依据部门职责。" * 20,
                plan="全年分四期实施。" * 20,
            ),
            Activities: Activities(
                activities=tuple(
                    Activity(
                        key=f"{key}-{i}",
                        name=f"第 {i} 项活动",
                        description="按合同采购服务，按季度结算。",
                        lines=tuple(
                            ActivityLine(
                                key=f"{key}-{i}-{j}",
                                function=function,
                                economic=economic[i * LINES + j],
                                amount=Decimal(10_000 * (i + 1) + j).quantize(CENT),
                            )
                            for j in range(LINES)
                        ),
                    )
                    for i in range(ACTIVITIES)
                )
            ),
            ProjectProcurement: ProjectProcurement(
                items=(
                    ProcurementItem(key=f"{key}-p", name="咨询服务", quantity="1", amount=Decimal("5000.00")),
                )
            ),
            Goals: Goals(goals=tuple(_goal(key, horizon) for horizon in Horizon)),
        },
    )


def _goal(key: str, horizon: Horizon) -> Goal:
    return Goal(
        key=f"{key}-{horizon.value}",
        horizon=horizon,
        name="做好服务",
        text="按计划完成全年工作。",
        indicators=tuple(
            Indicator(
                key=f"{key}-{horizon.value}-{i}",
                level1="产出指标",
                level2="数量指标" if i % 2 else "质量指标",
                name=f"第 {i} 项指标",
                value_last="≥80%",
                value="≥90%",
                basis="计划标准",
            )
            for i in range(INDICATORS // len(Horizon))
        ),
    )
