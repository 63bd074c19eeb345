"""What budget profiles have in common: their sections, tables that all publish and checks that all run."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

import budgets.checks.bal_1
import budgets.checks.bal_3
import budgets.checks.cls_1
import budgets.checks.cls_2
import budgets.checks.cmp_1
import budgets.checks.con_1
import budgets.checks.dis_2
import budgets.checks.dis_3
import budgets.checks.fnd_1
import budgets.checks.opx_1
import budgets.checks.prc_1
import budgets.checks.prc_2
import budgets.checks.prj_2
import budgets.checks.prj_5
import budgets.checks.prj_6
import budgets.checks.stf_1
import budgets.checks.tpe_1
import budgets.checks.txt_1
import budgets.checks.txt_2
import budgets.checks.txt_3
import budgets.checks.var_1
import budgets.checks.var_2
import budgets.checks.xyr_1
import budgets.forms.assets
import budgets.forms.basics
import budgets.forms.expenditure
import budgets.forms.explanations
import budgets.forms.income
import budgets.forms.procurement
import budgets.forms.project
import budgets.forms.staffing
import budgets.forms.statement
import budgets.forms.three_public
import budgets.parts.assets
import budgets.parts.basics
import budgets.parts.expenditure
import budgets.parts.explanations
import budgets.parts.income
import budgets.parts.procurement
import budgets.parts.project
import budgets.parts.staffing
import budgets.parts.statement
import budgets.parts.three_public
import budgets.tables.balance
import budgets.tables.expenditure
import budgets.tables.fiscal_balance
import budgets.tables.fund_expenditure
import budgets.tables.general_basic
import budgets.tables.general_expenditure
import budgets.tables.income
import budgets.tables.three_public
import performance.analysis.project_record
import performance.checks.prf_1
import performance.checks.prf_2
import performance.checks.prf_3
import performance.checks.prf_4
import performance.checks.prf_5
import performance.checks.prf_6
import performance.checks.prf_7
import performance.checks.prf_8
import performance.checks.prj_4
import performance.checks.prj_7
import performance.forms.evaluation
import performance.forms.goals
import performance.parts.evaluation
import performance.parts.goals
from budgets.domain.findings import Check, CheckSettings
from budgets.domain.profile import CheckSpec, SectionSpec, TableSpec
from budgets.forms.editors import Editor
from budgets.parts.base import Part

OPTIONS = {"outcome": performance.analysis.project_record.outcome}
"""The options of every profile, also of final accounts."""

EDITORS: Mapping[Part[Any, Any], type[Editor]] = {
    budgets.parts.assets.assets: budgets.forms.assets.AssetsEditor,
    budgets.parts.basics.basics: budgets.forms.basics.BasicsEditor,
    budgets.parts.expenditure.expenditure: budgets.forms.expenditure.ExpenditureEditor,
    budgets.parts.explanations.explanations: budgets.forms.explanations.ExplanationsEditor,
    budgets.parts.explanations.restated: budgets.forms.explanations.RestatedEditor,
    budgets.parts.income.income: budgets.forms.income.IncomeEditor,
    budgets.parts.procurement.operating_procurement: budgets.forms.procurement.OperatingProcurementEditor,
    budgets.parts.procurement.project_procurement: budgets.forms.procurement.ProjectProcurementEditor,
    budgets.parts.project.identity: budgets.forms.project.IdentityEditor,
    budgets.parts.project.application: budgets.forms.project.ApplicationEditor,
    budgets.parts.project.history: budgets.forms.project.HistoryEditor,
    budgets.parts.project.activities: budgets.forms.project.ActivitiesEditor,
    budgets.parts.staffing.staffing: budgets.forms.staffing.StaffingEditor,
    budgets.parts.statement.statement: budgets.forms.statement.StatementEditor,
    budgets.parts.three_public.three_public: budgets.forms.three_public.ThreePublicEditor,
    performance.parts.evaluation.department_evaluation: performance.forms.evaluation.DepartmentEvaluationEditor,
    performance.parts.evaluation.project_evaluation: performance.forms.evaluation.ProjectEvaluationEditor,
    performance.parts.goals.department_goals: performance.forms.goals.DepartmentGoalsEditor,
    performance.parts.goals.project_goals: performance.forms.goals.ProjectGoalsEditor,
}
"""How each part is edited, in every profile."""

SECTIONS = (
    SectionSpec(
        key="basics",
        title="基本情况",
        parts=(budgets.parts.basics.basics,),
        guidance="单位的联系方式、职能和本年任务。职能与任务会原样进入整体绩效目标申报表，各项目都应能对应到其中。",
        required=True,
    ),
    SectionSpec(
        key="staffing",
        title="人员情况",
        parts=(budgets.parts.staffing.staffing,),
        guidance="编制数与在职实有数，用来核对人员经费。参公人员包含在事业编制内，合计不重复计算。",
        required=True,
    ),
    SectionSpec(
        key="income",
        title="收入与结转",
        parts=(budgets.parts.income.income,),
        guidance="本年各项收入和上年结转，收支总表、收入总表由这里算出。结转下年由系统算出，不用填写。",
        required=True,
    ),
    SectionSpec(
        key="expenditure",
        title="基本支出",
        parts=(budgets.parts.expenditure.expenditure,),
        guidance="人员经费与公用经费，按功能分类到项、经济分类到款填列。为专门任务安排的支出填在各项目中，不在这里。",
        required=True,
        then_projects=True,
    ),
    SectionSpec(
        key="goals",
        title="整体绩效目标",
        parts=(performance.parts.goals.department_goals,),
        guidance="整个部门要达到的长期目标、年度目标及其指标，年底据此自评。先填目标，再填衡量它的指标。",
        required=True,
    ),
    SectionSpec(
        key="matters",
        title="采购、资产与其他",
        parts=(
            budgets.parts.procurement.operating_procurement,
            budgets.parts.assets.assets,
            budgets.parts.three_public.three_public,
        ),
        guidance="公用经费中的采购、上年末资产，以及“三公”经费背后的数量，没有的可以不填。项目采购在各项目中填写。",
    ),
    SectionSpec(
        key="explanations",
        title="变动原因",
        parts=(budgets.parts.explanations.explanations, budgets.parts.explanations.restated),
        guidance="与上年相比变化较大的数字，请说明为什么，而不是重复变化本身；原因随公开表公布。没有提示的可以不填。",
    ),
    SectionSpec(
        key="statement",
        title="补充说明",
        parts=(budgets.parts.statement.statement,),
        guidance="公开说明由所填数据写出。其中没有、又需要向公众说明的内容在这里补充，没有的可以不填。",
    ),
)

PROJECT = SectionSpec(
    key="project",
    title="项目",
    parts=(
        budgets.parts.project.identity,
        budgets.parts.project.application,
        budgets.parts.project.history,
        budgets.parts.project.activities,
        budgets.parts.procurement.project_procurement,
        performance.parts.goals.project_goals,
    ),
    guidance=(
        "为什么做、怎样做、花多少、做到什么程度，一个项目一张申报表。"
        "金额只在支出明细中填，当年预算、资金来源和各张公开表由它算出。"
    ),
    required=True,
)

TABLES = (
    TableSpec(build=budgets.tables.balance.build, key="T01", number="表1", title="部门收支总表"),
    TableSpec(build=budgets.tables.income.build, key="T02", number="表2", title="部门收入总表"),
    TableSpec(build=budgets.tables.expenditure.build, key="T03", number="表3", title="部门支出总表"),
    TableSpec(build=budgets.tables.fiscal_balance.build, key="T04", number="表4", title="财政拨款收支总表"),
    TableSpec(
        build=budgets.tables.general_expenditure.build,
        key="T05",
        number="表5",
        title="一般公共预算支出表",
    ),
    TableSpec(
        build=budgets.tables.general_basic.build, key="T06", number="表6", title="一般公共预算基本支出表"
    ),
    TableSpec(
        build=budgets.tables.three_public.build,
        key="T07",
        number="表7",
        title="一般公共预算“三公”经费支出表",
    ),
    TableSpec(
        build=budgets.tables.fund_expenditure.build,
        key="T08",
        number="表8",
        title="政府性基金预算支出表",
        options={"fund": "government_fund"},
    ),
)
"""表1 to 表8, which every locality publishes and some number otherwise."""

CHECKS = (
    CheckSpec(check=budgets.checks.cmp_1.RequiredSections),
    CheckSpec(check=budgets.checks.bal_1.Balance),
    CheckSpec(check=budgets.checks.bal_3.IncomeScale),
    CheckSpec(check=budgets.checks.prj_2.TotalBudget),
    CheckSpec(check=performance.checks.prj_4.AttributeAgrees),
    CheckSpec(check=budgets.checks.prj_5.Responsible),
    CheckSpec(check=budgets.checks.prj_6.Duplicates),
    CheckSpec(check=performance.checks.prj_7.PastValues),
    CheckSpec(check=budgets.checks.cls_1.Classified),
    CheckSpec(check=budgets.checks.cls_2.FittingKind),
    CheckSpec(check=budgets.checks.stf_1.Establishment),
    CheckSpec(check=budgets.checks.tpe_1.ThreePublic),
    CheckSpec(check=budgets.checks.opx_1.AgencyOperatingCost),
    CheckSpec(check=budgets.checks.prc_1.ProcurementWithinBudget),
    CheckSpec(check=budgets.checks.prc_2.ServicePurchase),
    CheckSpec(check=performance.checks.prf_1.GoalsComplete),
    CheckSpec(check=performance.checks.prf_2.TargetDirection),
    CheckSpec(check=performance.checks.prf_3.OneValue),
    CheckSpec(check=performance.checks.prf_4.SensibleOrder),
    CheckSpec(check=performance.checks.prf_5.CostWithinBudget),
    CheckSpec(check=performance.checks.prf_6.RateHasBase),
    CheckSpec(check=performance.checks.prf_7.Classified),
    CheckSpec(check=performance.checks.prf_8.TargetLevel),
    CheckSpec(check=budgets.checks.var_1.ChangeExplained),
    CheckSpec(check=budgets.checks.var_2.ReasonSaysWhy),
    CheckSpec(check=budgets.checks.txt_1.Placeholders),
    CheckSpec(check=budgets.checks.txt_2.WordsAgree),
    CheckSpec(check=budgets.checks.txt_3.TextComplete),
    CheckSpec(check=budgets.checks.xyr_1.RestatedWithReason),
    CheckSpec(check=budgets.checks.fnd_1.FundFitsUse),
    CheckSpec(check=budgets.checks.con_1.Contacts),
    CheckSpec(check=budgets.checks.dis_2.NothingGivenAway),
    CheckSpec(check=budgets.checks.dis_3.NotBySubtraction),
)
"""In the order of the catalogue."""


def checks(
    settings: Mapping[type[Check], CheckSettings] | None = None, *, without: Collection[type[Check]] = ()
) -> tuple[CheckSpec, ...]:
    """`CHECKS` with a locality's own settings, and without what its forms cannot answer."""
    own = settings or {}
    return tuple(
        replace(use, settings=own.get(use.check, use.settings)) for use in CHECKS if use.check not in without
    )
