"""Reports far larger than any that was published, made by code, so that growth can be measured.

A report of ``n`` lines has ``n / 10`` projects of 8 lines (4 activities) and 20 indicators each, and
``n / 5`` lines of basic expenditure. What is spent is what comes in. Every project has texts of its own,
of words that all share, and every tenth project copies the 立项依据 of the one before. Its final accounts
spent it all, and evaluate every annual indicator.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import cycle, islice
from random import Random

from budgets.classification.editions import classification
from budgets.domain.choices import DepartmentKind, ReportKind
from budgets.domain.dossier import Dossier, Header, ProjectDossier
from budgets.domain.schema import (
    Activities,
    Activity,
    ActivityLine,
    Application,
    Expenditure,
    ExpenditureLine,
    Identity,
    Income,
    IncomeLine,
    ProcurementItem,
    ProjectProcurement,
)
from performance.domain.evaluation import Evaluation, IndicatorResult, Points
from performance.domain.goals import Goal, Goals, Horizon, Indicator

EDITION = "2024"
PROFILE = "dongxihu_2023"
FINAL_PROFILE = "dongxihu_final_2024"
YEAR = 2023
HALF, WHOLE = 1000, 2000
"""Lines of the two reports that growth is measured on: n and 2n."""

ACTIVITIES, LINES, INDICATORS = 4, 2, 20
"""A project's activities, the lines of each, and its indicators."""

COPIES = 10
"""One project in so many copies its 立项依据."""

WORDS = (
    "按照", "合同", "组织", "企业", "人才", "开展", "调研", "走访", "宣传", "政策", "服务", "平台", "维护", "设备",
    "采购", "培训", "交流", "对接", "活动", "评审", "资金", "发放", "管理", "公寓", "档案", "整理", "咨询", "审计",
    "绩效", "评价", "网络", "升级", "数据", "分析", "招聘", "园区", "社区", "党建", "安全", "保障",
)  # fmt: skip


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
        profile=PROFILE,
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


@cache
def accounts(lines: int) -> Dossier:
    """The final accounts of `report`."""
    budget = report(lines)
    return replace(
        budget,
        header=replace(budget.header, kind=ReportKind.FINAL, profile=FINAL_PROFILE),
        projects=tuple(_executed(project) for project in budget.projects),
        earlier=(),
        budget=budget,
    )


def _executed(project: ProjectDossier) -> ProjectDossier:
    results = tuple(
        IndicatorResult(key=i.key, actual=i.value.removeprefix("≥"), score=Points.read("2"))
        for goal in project.part(Goals).of(Horizon.ANNUAL)
        for i in goal.indicators
    )
    said = Evaluation(results=results, causes="年初目标均已完成。", measures="继续做好服务。")
    return replace(project, parts={**project.parts, Goals: Goals(), Evaluation: said})


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


def _phrase(number: int, words: int) -> str:
    """So many words, always the same ones for one ``number``."""
    chosen = Random(number)
    return "".join(chosen.choice(WORDS) for _ in range(words))


def _text(number: int, sentences: int) -> str:
    """Sentences of about 30 characters, each with a number that tells it from those of other projects."""
    seeds = (number * 100 + i for i in range(sentences))
    return "".join(f"{_phrase(seed, 6)}{seed}号{_phrase(seed + 50, 6)}。" for seed in seeds)


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
                basis=_text(number - 1 if number % COPIES == 0 else number, 8),
                plan=f"{_text(number + 10_000, 6)}全年举办“{_phrase(number, 2)}”交流会 {number % 9 + 1} 期。",
                purpose=_text(number + 20_000, 2),
                costing=f"{_text(number + 30_000, 2)}项目当年预算 20.00 万元。",
            ),
            Activities: Activities(
                activities=tuple(
                    Activity(
                        key=f"{key}-{i}",
                        name=f"第 {i} 项活动",
                        description=_text(number + 1_000 * (i + 40), 1),
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
            Goals: Goals(goals=tuple(_goal(number, key, horizon) for horizon in Horizon)),
        },
    )


def _goal(number: int, key: str, horizon: Horizon) -> Goal:
    """Half of the indicators have a name that every project has, half one of the project's own."""
    return Goal(
        key=f"{key}-{horizon.value}",
        horizon=horizon,
        name="做好服务",
        text=_text(number + 90_000, 2),
        indicators=tuple(
            Indicator(
                key=f"{key}-{horizon.value}-{i}",
                level1="产出指标",
                level2="数量指标" if i % 2 else "质量指标",
                name=f"{_phrase(i if i % 2 else number * 100 + i, 2)}数量",
                value_last=f"{number + i} 家",
                value=f"≥{number + i + 1} 家",
                basis="计划标准",
            )
            for i in range(INDICATORS // len(Horizon))
        ),
    )
