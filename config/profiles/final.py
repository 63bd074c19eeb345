"""What profiles of final accounts (部门决算) have in common: their sections, tables and checks."""

from dataclasses import replace

import budgets.checks.bal_1
import budgets.checks.bal_3
import budgets.checks.car_1
import budgets.checks.car_2
import budgets.checks.cls_1
import budgets.checks.cls_2
import budgets.checks.cmp_1
import budgets.checks.con_1
import budgets.checks.dis_1
import budgets.checks.dis_2
import budgets.checks.dis_3
import budgets.checks.exe_2
import budgets.checks.fnd_1
import budgets.checks.opx_1
import budgets.checks.prc_1
import budgets.checks.prc_3
import budgets.checks.prj_5
import budgets.checks.stf_1
import budgets.checks.tpe_1
import budgets.checks.txt_1
import budgets.checks.txt_2
import budgets.checks.txt_3
import budgets.checks.var_1
import budgets.checks.var_2
import budgets.checks.xyr_1
import budgets.parts.procurement
import budgets.parts.project
import budgets.tables.final.balance
import budgets.tables.final.expenditure
import budgets.tables.final.fiscal_balance
import budgets.tables.final.fund_expenditure
import budgets.tables.final.general_basic
import budgets.tables.final.government_fund
import budgets.tables.final.income
import budgets.tables.final.three_public
import performance.checks.eva_1
import performance.checks.eva_2
import performance.checks.eva_3
import performance.checks.eva_4
import performance.checks.prf_7
import performance.checks.prj_4
import performance.parts.evaluation
import performance.parts.goals
from budgets.domain.profile import CheckSpec, SectionSpec, TableSpec

from . import common

_OF_A_BUDGET = {section.key: section for section in common.SECTIONS}


def _section(key: str, *, guidance: str, title: str = "") -> SectionSpec:
    """A section of the same parts as in a budget, under other words."""
    section = _OF_A_BUDGET[key]
    return replace(section, title=title or section.title, guidance=guidance)


SECTIONS = (
    _section(
        "basics",
        title="基本情况与重点工作",
        guidance="单位的联系方式、职能，以及本年重点工作的完成情况，用于决算公开说明。",
    ),
    _section(
        "staffing",
        guidance="年末编制数与在职实有数，用来核对人员经费。参公人员包含在事业编制内，合计不重复计算。",
    ),
    _section(
        "income",
        guidance="本年收入、年初结转及其调整、使用非财政拨款结余和结余分配，按功能分类到项填列。年末结转由系统算出，不用填写。",
    ),
    _section(
        "expenditure",
        guidance="人员经费与公用经费的全年预算数和决算数。年初预算取自已批复的预算，不用再填。",
    ),
    SectionSpec(
        key="evaluation",
        title="整体绩效自评",
        parts=(
            performance.parts.goals.department_goals,
            performance.parts.evaluation.department_evaluation,
        ),
        guidance="对照年初目标填写完成值。执行率、建议得分和总分由系统算出，得分不填即按建议得分计；目标取自预算，不用再填。",
        form="E01",
        required=True,
    ),
    _section(
        "matters",
        guidance="公用经费中的采购及授予中小企业的金额、年末资产，以及“三公”经费背后的数量，没有的可以不填。项目采购在各项目中填写。",
    ),
    _section(
        "explanations",
        title="变动与完成原因",
        guidance="与上年相比变化较大、与年初预算相差较大的数字，请说明为什么，而不是重复变化本身；原因随公开表公布。没有提示的可以不填。",
    ),
    _section(
        "statement",
        guidance="决算公开的文字由所填数据写出。其中没有、又需要向公众说明的内容在这里补充，没有的可以不填。",
    ),
)

PROJECT = SectionSpec(
    key="project",
    title="项目",
    parts=(
        budgets.parts.project.identity,
        budgets.parts.project.application,
        budgets.parts.project.activities,
        budgets.parts.procurement.project_procurement,
        performance.parts.goals.project_goals,
        performance.parts.evaluation.project_evaluation,
    ),
    guidance="项目的决算数和绩效自评。年初目标值取自预算，不用再填；得分不填即按建议得分计。",
    required=True,
)

CAPITAL = ("31002", "31003", "31007", "31013", "31022", "31099")
"""The 款 of 310 that the form lists."""


def tables(classes: tuple[str, ...]) -> tuple[TableSpec, ...]:
    """The nine national tables 公开01 to 公开09, over a locality's list of functional 类."""
    return (
        TableSpec(
            build=budgets.tables.final.balance.build,
            key="F01",
            number="公开01表",
            title="收入支出决算总表",
            options={"classes": classes},
        ),
        TableSpec(build=budgets.tables.final.income.build, key="F02", number="公开02表", title="收入决算表"),
        TableSpec(
            build=budgets.tables.final.expenditure.build, key="F03", number="公开03表", title="支出决算表"
        ),
        TableSpec(
            build=budgets.tables.final.fiscal_balance.build,
            key="F04",
            number="公开04表",
            title="财政拨款收入支出决算总表",
            options={"classes": classes},
        ),
        TableSpec(
            build=budgets.tables.final.fund_expenditure.build,
            key="F05",
            number="公开05表",
            title="一般公共预算财政拨款支出决算表",
            options={"fund": "general", "total": "小计"},
        ),
        TableSpec(
            build=budgets.tables.final.general_basic.build,
            key="F06",
            number="公开06表",
            title="一般公共预算财政拨款基本支出决算明细表",
            options={"sections": {"310": CAPITAL}},
        ),
        TableSpec(
            build=budgets.tables.final.government_fund.build,
            key="F07",
            number="公开07表",
            title="政府性基金预算财政拨款收入支出决算表",
        ),
        TableSpec(
            build=budgets.tables.final.fund_expenditure.build,
            key="F08",
            number="公开08表",
            title="国有资本经营预算财政拨款支出决算表",
            options={"fund": "state_capital"},
        ),
        TableSpec(
            build=budgets.tables.final.three_public.build,
            key="F09",
            number="公开09表",
            title="财政拨款“三公”经费支出决算表",
        ),
    )


CHECKS = (
    CheckSpec(check=budgets.checks.cmp_1.RequiredSections),
    CheckSpec(check=budgets.checks.bal_1.Balance),
    CheckSpec(check=budgets.checks.bal_3.IncomeScale),
    CheckSpec(check=performance.checks.prj_4.AttributeAgrees),
    CheckSpec(check=budgets.checks.prj_5.Responsible),
    CheckSpec(check=budgets.checks.cls_1.Classified),
    CheckSpec(check=budgets.checks.cls_2.FittingKind),
    CheckSpec(check=budgets.checks.stf_1.Establishment),
    CheckSpec(check=budgets.checks.tpe_1.ThreePublic),
    CheckSpec(check=budgets.checks.opx_1.AgencyOperatingCost),
    CheckSpec(check=budgets.checks.prc_1.ProcurementWithinBudget),
    CheckSpec(check=budgets.checks.prc_3.SmallEnterprises),
    CheckSpec(check=performance.checks.prf_7.Classified),
    CheckSpec(check=budgets.checks.var_1.ChangeExplained),
    CheckSpec(check=budgets.checks.var_2.ReasonSaysWhy),
    CheckSpec(check=budgets.checks.txt_1.Placeholders),
    CheckSpec(check=budgets.checks.txt_2.WordsAgree),
    CheckSpec(check=budgets.checks.txt_3.TextComplete),
    CheckSpec(check=budgets.checks.car_1.OpeningCarriedOver),
    CheckSpec(check=budgets.checks.car_2.ClosingBySubject),
    CheckSpec(check=budgets.checks.exe_2.PrintedOnce),
    CheckSpec(check=performance.checks.eva_1.WeightsAndScores),
    CheckSpec(check=performance.checks.eva_2.ScoreHasBasis),
    CheckSpec(check=performance.checks.eva_3.MissedWithCause),
    CheckSpec(check=performance.checks.eva_4.EverythingEvaluated),
    CheckSpec(check=budgets.checks.xyr_1.RestatedWithReason),
    CheckSpec(check=budgets.checks.fnd_1.FundFitsUse),
    CheckSpec(check=budgets.checks.con_1.Contacts),
    CheckSpec(check=budgets.checks.dis_1.WithheldAlike),
    CheckSpec(check=budgets.checks.dis_2.NothingGivenAway),
    CheckSpec(check=budgets.checks.dis_3.NotBySubtraction),
)
"""In the order of the catalogue.

What a plan is judged by is judged in the budget and not again here: PRJ-2, PRJ-6, PRJ-7, and the rules of
targets but PRF-7, since a form that prints them under the wrong heading is printed again. PRC-2 is left out
because final accounts publish no 政府购买服务.
"""
