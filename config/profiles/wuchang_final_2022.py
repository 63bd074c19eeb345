"""武昌区 部门决算 2022: the nine national tables, self-evaluation forms of another scheme, each in a report.

Assumed, for want of a published set: the list of functional 类 is the shorter one of 24 that some templates
have, taken to be the edition's without 预备费, 转移性支出, 债务还本, 债务发行费用 and 抗疫特别国债; the forms are
numbered after the tables, and come before the reports that wrap them.
"""

from decimal import Decimal

import performance.tables.department_evaluation
import performance.tables.evaluation_report
import performance.tables.project_evaluation
from budgets.domain.choices import Programme, ReportKind
from budgets.domain.profile import Profile, TableSpec
from performance.domain.schemes import Basis, Scheme, Weights

from . import checklist, common, final, narrative_wuchang_final_2022, wuchang_2022

CLASSES = (
    *("201", "202", "203", "204", "205", "206", "207", "208", "210", "211", "212", "213", "214"),
    *("215", "216", "217", "219", "220", "221", "222", "223", "224", "229", "232"),
)
"""24 functional 类."""

EVALUATION = Scheme(
    department=Weights(
        execution=Decimal(25),
        goals=(Decimal(25), Decimal(25), Decimal(25)),
        basis=Basis.ADJUSTED,
        money_label="部门整体支出总额",
    ),
    project=Weights(execution=Decimal(20), goals=(Decimal(80),)),
    programmes={
        Programme.DEPARTMENT: "部门预算项目",
        Programme.DISTRICT: "市直专项",
        Programme.TRANSFER: "市对下转移支付项目",
    },
    print_row_weights=True,
    wrapped=True,
)
"""25 + 3 × 25 for the department, 20 + 80 for a project; 一级指标 have no fixed weights, rows print theirs."""


TABLES = (
    *final.tables(CLASSES),
    TableSpec(
        build=performance.tables.department_evaluation.build,
        form=performance.tables.department_evaluation.form,
        key="E01",
        number="附表1",
        title="部门整体绩效自评表",
    ),
    TableSpec(
        build=performance.tables.project_evaluation.build,
        form=performance.tables.project_evaluation.form,
        key="E02",
        number="附表2",
        title="项目绩效自评表",
    ),
    TableSpec(
        build=performance.tables.evaluation_report.build,
        key="E03",
        number="附表3",
        title="绩效自评报告",
    ),
)

PROFILE = Profile(
    key="wuchang_final_2022",
    title="武昌区部门决算（2022 年起）",
    kind=ReportKind.FINAL,
    word="部门",
    posts=wuchang_2022.PROFILE.posts,
    asset_kinds=wuchang_2022.PROFILE.asset_kinds,
    sections=final.SECTIONS,
    project=final.PROJECT,
    editors=common.EDITORS,
    project_form="E02",
    tables=TABLES,
    checks=final.CHECKS,
    blank_zero=True,
    checklist=checklist.FINAL,
    narrative=narrative_wuchang_final_2022.NARRATIVE,
    options={
        **common.OPTIONS,
        "indicator_levels": wuchang_2022.PROFILE.options["indicator_levels"],
        "evaluation": EVALUATION,
    },
)
