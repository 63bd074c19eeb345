"""What profiles of final accounts (部门决算) have in common: their sections and checks."""

from budgets.profiles import CheckUse, SectionUse

SECTIONS = (
    SectionUse(
        key="basics",
        title="基本情况与重点工作",
        parts=("budgets.parts.basics.basics",),
        guidance="单位的联系方式、职能，以及本年重点工作的完成情况。",
    ),
    SectionUse(
        key="staffing",
        title="人员情况",
        parts=("budgets.parts.staffing.staffing",),
        guidance="年末编制数与在职实有数。参公人员包含在事业编制内，合计不重复计算。",
    ),
    SectionUse(
        key="income",
        title="收入与结转",
        parts=("budgets.parts.income.income",),
        guidance="本年收入、年初结转及其调整、使用非财政拨款结余和结余分配，按功能分类到项填列。年末结转由系统算出，不用填写。",
    ),
    SectionUse(
        key="expenditure",
        title="基本支出",
        parts=("budgets.parts.expenditure.expenditure",),
        guidance="人员经费与公用经费的全年预算数和决算数。年初预算取自已批复的预算，不用再填。",
    ),
    SectionUse(
        key="evaluation",
        title="整体绩效自评",
        parts=(
            "performance.parts.goals.department_goals",
            "performance.parts.evaluation.department_evaluation",
        ),
        guidance="对照年初目标填写完成值。执行率、建议得分和总分由系统算出；目标取自预算，不用再填。",
    ),
    SectionUse(
        key="matters",
        title="采购、资产与其他",
        parts=(
            "budgets.parts.procurement.operating_procurement",
            "budgets.parts.assets.assets",
            "budgets.parts.three_public.three_public",
        ),
        guidance="公用经费中的采购及授予中小企业的金额、年末资产，以及“三公”经费背后的数量。项目采购在各项目中填写。",
    ),
    SectionUse(
        key="explanations",
        title="变动与完成原因",
        parts=("budgets.parts.explanations.explanations", "budgets.parts.explanations.restated"),
        guidance="与上年相比变化较大、与年初预算相差较大的数字，请说明为什么，而不是重复变化本身。",
    ),
)

PROJECT = SectionUse(
    key="project",
    title="项目",
    parts=(
        "budgets.parts.project.identity",
        "budgets.parts.project.application",
        "budgets.parts.project.activities",
        "budgets.parts.procurement.project_procurement",
        "performance.parts.goals.project_goals",
        "performance.parts.evaluation.project_evaluation",
    ),
    guidance="项目的决算数和绩效自评。年初目标值取自预算，不用再填。",
)

CHECKS: tuple[CheckUse, ...] = ()
