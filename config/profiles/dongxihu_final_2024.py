"""东西湖区 部门决算, as printed for 2024: tables 公开01–公开09 and the self-evaluation forms."""

from decimal import Decimal

import performance.tables.department_evaluation
import performance.tables.project_evaluation
from budgets.domain.choices import Programme, ReportKind
from budgets.domain.profile import Profile, TableSpec
from performance.domain.schemes import Basis, Scheme, Weights

from . import checklist, common, dongxihu_2023, final, narrative_dongxihu_final_2024

CLASSES = (
    *("201", "202", "203", "204", "205", "206", "207", "208", "210", "211", "212", "213", "214"),
    *("215", "216", "217", "219", "220", "221", "222", "223", "224", "229", "231", "232", "234"),
)
"""The 26 functional 类 of the form: the edition without 预备费, 转移性支出 and 债务发行费用支出."""

TABLES = (
    *final.tables(CLASSES),
    TableSpec(
        build=performance.tables.department_evaluation.build,
        form=performance.tables.department_evaluation.form,
        key="E01",
        number="附件1",
        title="整体绩效自评表",
    ),
    TableSpec(
        build=performance.tables.project_evaluation.build,
        form=performance.tables.project_evaluation.form,
        key="E02",
        number="附件2",
        title="项目绩效自评表",
    ),
)

EVALUATION = Scheme(
    department=Weights(
        execution=Decimal(20),
        goals=(Decimal(40), Decimal(40)),
        basis=Basis.INITIAL,
        money_label="部门整体支出总额",
    ),
    project=Weights(
        execution=Decimal(20),
        goals=(Decimal(80),),
        groups={
            "成本指标": Decimal(20),
            "产出指标": Decimal(20),
            "效益指标": Decimal(30),
            "满意度指标": Decimal(10),
        },
    ),
    programmes={Programme.DEPARTMENT: "部门预算项目", Programme.DISTRICT: "区直专项"},
)
"""20 + 40 + 40 for the department, 20 + 80 for a project with fixed weights of 一级指标."""

PROFILE = Profile(
    key="dongxihu_final_2024",
    title="东西湖区部门决算（2024 年起）",
    kind=ReportKind.FINAL,
    word="部门",
    posts=dongxihu_2023.PROFILE.posts,
    asset_kinds=dongxihu_2023.PROFILE.asset_kinds,
    sections=final.SECTIONS,
    project=final.PROJECT,
    editors=common.EDITORS,
    project_form="E02",
    tables=TABLES,
    checks=final.CHECKS,
    blank_zero=True,
    checklist=checklist.FINAL,
    narrative=narrative_dongxihu_final_2024.NARRATIVE,
    options={
        **common.OPTIONS,
        "department_label": "单位",
        "department_suffix": "本级",
        "evaluation": EVALUATION,
    },
)
