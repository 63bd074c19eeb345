"""东西湖区 部门决算, as printed for 2024: tables 公开01–公开09 and the self-evaluation forms."""

from decimal import Decimal

from budgets.choices import PostCategory, Programme, ReportKind
from budgets.profiles import Profile, TableUse
from performance.schemes import Basis, Scheme, Weights

from . import checklist, common, final

CLASSES = (
    *("201", "202", "203", "204", "205", "206", "207", "208", "210", "211", "212", "213", "214"),
    *("215", "216", "217", "219", "220", "221", "222", "223", "224", "229", "231", "232", "234"),
)
"""The 26 functional 类 of the form: the edition without 预备费, 转移性支出 and 债务发行费用支出."""

CAPITAL = ("31002", "31003", "31007", "31013", "31022", "31099")
"""The 款 of 310 that the form lists."""

TABLES = (
    TableUse(
        path="budgets.tables.final.balance.build",
        key="F01",
        number="公开01表",
        title="收入支出决算总表",
        options={"classes": CLASSES},
    ),
    TableUse(path="budgets.tables.final.income.build", key="F02", number="公开02表", title="收入决算表"),
    TableUse(path="budgets.tables.final.expenditure.build", key="F03", number="公开03表", title="支出决算表"),
    TableUse(
        path="budgets.tables.final.fiscal_balance.build",
        key="F04",
        number="公开04表",
        title="财政拨款收入支出决算总表",
        options={"classes": CLASSES},
    ),
    TableUse(
        path="budgets.tables.final.fund_expenditure.build",
        key="F05",
        number="公开05表",
        title="一般公共预算财政拨款支出决算表",
        options={"fund": "general", "total": "小计"},
    ),
    TableUse(
        path="budgets.tables.final.general_basic.build",
        key="F06",
        number="公开06表",
        title="一般公共预算财政拨款基本支出决算明细表",
        options={"sections": {"310": CAPITAL}},
    ),
    TableUse(
        path="budgets.tables.final.government_fund.build",
        key="F07",
        number="公开07表",
        title="政府性基金预算财政拨款收入支出决算表",
    ),
    TableUse(
        path="budgets.tables.final.fund_expenditure.build",
        key="F08",
        number="公开08表",
        title="国有资本经营预算财政拨款支出决算表",
        options={"fund": "state_capital"},
    ),
    TableUse(
        path="budgets.tables.final.three_public.build",
        key="F09",
        number="公开09表",
        title="财政拨款“三公”经费支出决算表",
    ),
    TableUse(
        path="performance.tables.department_evaluation.build",
        key="E01",
        number="附件1",
        title="整体绩效自评表",
    ),
    TableUse(
        path="performance.tables.project_evaluation.build",
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
    posts=(
        PostCategory.ADMINISTRATIVE,
        PostCategory.INSTITUTION,
        PostCategory.CIVIL_SERVICE_MANAGED,
        PostCategory.QUOTA,
    ),
    asset_kinds=("一般公务用车",),
    sections=final.SECTIONS,
    project=final.PROJECT,
    project_form="E02",
    tables=TABLES,
    checks=final.CHECKS,
    blank_zero=True,
    checklist=checklist.FINAL,
    options={
        **common.OPTIONS,
        "department_label": "单位",
        "department_suffix": "本级",
        "evaluation": EVALUATION,
    },
)
