"""东西湖区 部门预算, as printed for 2023: fourteen tables, form A for projects, form C for the department."""

import budgets.checks.txt_1
import budgets.tables.fund_expenditure
import budgets.tables.procurement
import budgets.tables.projects
import budgets.tables.service_purchase
import performance.checks.prf_3
import performance.tables.department_goals
import performance.tables.project_application
from budgets.domain.choices import PostCategory, ReportKind, Severity
from budgets.domain.findings import CheckSettings
from budgets.domain.profile import Profile, TableSpec

from . import checklist, common, narrative_dongxihu_2023

PROFILE = Profile(
    key="dongxihu_2023",
    title="东西湖区部门预算（2023 年起）",
    kind=ReportKind.BUDGET,
    word="部门",
    posts=(
        PostCategory.ADMINISTRATIVE,
        PostCategory.INSTITUTION,
        PostCategory.CIVIL_SERVICE_MANAGED,
        PostCategory.QUOTA,
    ),
    asset_kinds=("一般公务用车",),
    sections=common.SECTIONS,
    project=common.PROJECT,
    editors=common.EDITORS,
    checklist=checklist.BUDGET,
    narrative=narrative_dongxihu_2023.NARRATIVE,
    project_form="T13",
    tables=(
        *common.TABLES,
        TableSpec(
            build=budgets.tables.fund_expenditure.build,
            key="T09",
            number="表9",
            title="国有资本经营预算支出表",
            options={"fund": "state_capital"},
        ),
        TableSpec(build=budgets.tables.projects.build, key="T10", number="表10", title="项目支出表"),
        TableSpec(build=budgets.tables.procurement.build, key="T11", number="表11", title="政府采购预算表"),
        TableSpec(
            build=budgets.tables.service_purchase.build, key="T12", number="表12", title="政府购买服务预算表"
        ),
        TableSpec(
            build=performance.tables.project_application.build,
            form=performance.tables.project_application.form,
            key="T13",
            number="表13",
            title="项目绩效目标申报表",
        ),
        TableSpec(
            build=performance.tables.department_goals.build,
            key="T14",
            number="表14",
            title="部门整体支出绩效目标申报表",
        ),
    ),
    options=common.OPTIONS,
    checks=common.checks(
        {
            # The set published for 2023 prints 宣传报道费用 of 2022 as 21万 for the department and 24万元 in the project.
            performance.checks.prf_3.OneValue: CheckSettings(severity=Severity.WARNING),
            # The set published for 2023 prints 人才公寓套数数; a slip of one character does not hold up a report.
            budgets.checks.txt_1.Placeholders: CheckSettings(options={"doubled_words": Severity.WARNING}),
        }
    ),
)
