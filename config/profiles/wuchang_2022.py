"""武昌区 部门预算, as printed for 2022: eleven tables, form B in 元 for projects, form C for the department."""

from dataclasses import replace

import budgets.tables.projects
import performance.checks.prj_7
import performance.tables.department_goals
import performance.tables.project_application_b
from budgets.domain.choices import PostCategory, ReportKind
from budgets.domain.money import Unit
from budgets.domain.profile import Profile, TableSpec

from . import checklist, common, narrative_wuchang_2022

PROFILE = Profile(
    key="wuchang_2022",
    title="武昌区部门预算（2022 年起）",
    kind=ReportKind.BUDGET,
    word="部门",
    posts=(
        PostCategory.ADMINISTRATIVE,
        PostCategory.LABOUR,
        PostCategory.INSTITUTION,
        PostCategory.CIVIL_SERVICE_MANAGED,
    ),
    asset_kinds=("机要通信用车", "应急用车", "一般执法执勤用车", "特种专业技术用车", "业务用车"),
    sections=common.SECTIONS,
    project=common.PROJECT,
    editors=common.EDITORS,
    checklist=checklist.BUDGET,
    narrative=narrative_wuchang_2022.NARRATIVE,
    project_form="T10",
    tables=(
        *(
            replace(use, number=f"表{numeral}")
            for use, numeral in zip(common.TABLES, "一二三四五六七八", strict=True)
        ),
        TableSpec(
            build=performance.tables.department_goals.build,
            key="T09",
            number="表九",
            title="部门整体支出绩效目标表",
        ),
        TableSpec(
            build=performance.tables.project_application_b.build,
            form=performance.tables.project_application_b.form,
            key="T10",
            number="表十",
            title="武昌区部门预算项目申报表（含绩效目标）",
            unit=Unit.YUAN,
        ),
        TableSpec(build=budgets.tables.projects.build, key="T11", number="表十一", title="项目支出表"),
    ),
    # Form B has no columns for the indicators' past values.
    checks=common.checks(without=[performance.checks.prj_7.PastValues]),
    # Form B files 成本 under 产出, and 满意度 under 效益.
    options={
        **common.OPTIONS,
        "indicator_levels": {
            "产出指标": ("数量指标", "质量指标", "时效指标", "成本指标"),
            "效益指标": (
                "经济效益指标",
                "社会效益指标",
                "生态效益指标",
                "可持续影响指标",
                "社会公众或服务对象满意度指标",
            ),
        },
    },
)
