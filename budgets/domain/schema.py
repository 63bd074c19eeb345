"""The facts of a report as frozen dataclasses: what a person types, part by part.

Pure. The same dataclasses are the exchange format (`budgets.exchange`), the content of section versions and
what a `budgets.domain.dossier.Dossier` holds; other apps' parts stand in theirs (`performance.domain.goals`). All amounts in
元. Sources: 部门预算编制表式, 项目申报表 (see the profiles).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated

from pydantic import ConfigDict

from .choices import (
    Disclosure,
    Flow,
    Fund,
    HistoryMeasure,
    PassagePoint,
    PostCategory,
    ProcurementClass,
    Programme,
    ProjectAttribute,
    ProjectCategory,
    ProjectType,
    ServiceCategory,
    Use,
)
from .money import ZERO
from .types import Amount, Code, Count, Key, Name, Text, Year, final_label, label, new_key

STRICT = ConfigDict(extra="forbid")


# --- whole-report parts ---------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Duty:
    """部门职能: one item."""

    __pydantic_config__ = STRICT
    key: Key = field(default_factory=new_key)
    text: Annotated[Text, label("职能")] = ""


@dataclass(frozen=True, kw_only=True)
class WorkItem:
    """年度工作任务 / 重点工作: one item."""

    __pydantic_config__ = STRICT
    key: Key = field(default_factory=new_key)
    title: Annotated[Name, label("任务")] = ""
    text: Annotated[Text, label("内容")] = ""
    result: Annotated[Text, final_label("完成情况")] = ""


@dataclass(frozen=True, kw_only=True)
class Basics:
    """基本情况: contact, duties and the year's tasks."""

    __pydantic_config__ = STRICT
    preparer: Annotated[Name, label("填报人")] = ""
    phone: Annotated[Name, label("联系电话")] = ""
    address: Annotated[Name, label("单位地址")] = ""
    postcode: Annotated[Name, label("邮政编码")] = ""
    composition: Annotated[Text, label("单位构成")] = ""
    duties: Annotated[tuple[Duty, ...], label("部门职能")] = ()
    tasks: Annotated[tuple[WorkItem, ...], label("年度工作任务")] = ()


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A passage that the department adds to the 说明. Each line is a paragraph."""

    __pydantic_config__ = STRICT
    key: Key = field(default_factory=new_key)
    point: Annotated[PassagePoint, label("位置")] = PassagePoint.OTHER
    text: Annotated[Text, label("补充的内容")] = ""


@dataclass(frozen=True, kw_only=True)
class Rewording:
    """The department's wording of one sentence of the 说明 (`budgets.narrative.rewording`).

    ``sentence`` is its key, ``original`` the wording that is replaced: elsewhere the new ``wording`` does not apply.
    Both have marks for the figures, ``〔1〕``.
    """

    __pydantic_config__ = STRICT
    key: Key = field(default_factory=new_key)
    sentence: Annotated[Name, label("句子")] = ""
    original: Annotated[Text, label("原来的写法")] = ""
    wording: Annotated[Text, label("改写")] = ""


@dataclass(frozen=True, kw_only=True)
class Statement:
    """说明文字: what the department adds to the generated text, and the wording it has given to sentences."""

    __pydantic_config__ = STRICT
    passages: Annotated[tuple[Passage, ...], label("补充段落")] = ()
    rewordings: Annotated[tuple[Rewording, ...], label("改写的句子")] = ()

    def rewording(self, sentence: str) -> Rewording | None:
        return next((each for each in self.rewordings if each.sentence == sentence), None)


@dataclass(frozen=True, kw_only=True)
class Post:
    """One 编制 category. Counts in persons."""

    __pydantic_config__ = STRICT
    category: Annotated[PostCategory, label("编制类别")]
    authorised: Annotated[Count, label("编制数")] = 0
    filled: Annotated[Count, label("在职实有数")] = 0


@dataclass(frozen=True, kw_only=True)
class Staffing:
    """人员情况. 参公 posts are among the 事业 ones, so totals leave them out."""

    __pydantic_config__ = STRICT
    posts: Annotated[tuple[Post, ...], label("编制与实有")] = ()
    honorary_retirees: Annotated[Count, label("离休人员")] = 0
    retirees: Annotated[Count, label("退休人员")] = 0

    def post(self, category: PostCategory) -> Post:
        return next((post for post in self.posts if post.category == category), Post(category=category))

    @property
    def authorised(self) -> int:
        return sum(p.authorised for p in self.posts if p.category != PostCategory.CIVIL_SERVICE_MANAGED)

    @property
    def filled(self) -> int:
        return sum(p.filled for p in self.posts if p.category != PostCategory.CIVIL_SERVICE_MANAGED)


@dataclass(frozen=True, kw_only=True)
class IncomeLine:
    """One line of 本年收入, 年初结转 or 使用非财政拨款结余; in final accounts also 结余分配."""

    __pydantic_config__ = STRICT
    key: Key = field(default_factory=new_key)
    flow: Annotated[Flow, label("类型")] = Flow.INCOME
    fund: Annotated[Fund, label("资金来源")] = Fund.GENERAL
    function: Annotated[Code, label("功能分类")] = ""
    amount: Annotated[Amount, label("金额")] = ZERO
    counterparty: Annotated[Name, label("往来单位")] = ""
    adjustment: Annotated[Name, final_label("年初结转调整")] = ""
    """The kind of adjustment of an opening, with its reason in ``remark``; empty for money that was carried
    over unadjusted. Only an adjustment may be negative."""
    remark: Annotated[Text, label("备注")] = ""


@dataclass(frozen=True, kw_only=True)
class Income:
    """收入与结转."""

    __pydantic_config__ = STRICT
    lines: Annotated[tuple[IncomeLine, ...], label("收入明细")] = ()


@dataclass(frozen=True, kw_only=True)
class ExpenditureLine:
    """One line of expenditure outside projects.

    ``use`` is project or unspecified in archived reports only, where no project is known. In final accounts
    ``amount`` is the 决算数 and ``adjusted`` the 全年预算数, where it is known.
    """

    __pydantic_config__ = STRICT
    key: Key = field(default_factory=new_key)
    use: Annotated[Use, label("支出类别")] = Use.BASIC
    fund: Annotated[Fund, label("资金来源")] = Fund.GENERAL
    from_carry_over: Annotated[bool, label("使用结转")] = False
    function: Annotated[Code, label("功能分类")] = ""
    economic: Annotated[Code, label("经济分类")] = ""
    adjusted: Annotated[Amount | None, final_label("全年预算数")] = None
    amount: Annotated[Amount, label("金额")] = ZERO
    counterparty: Annotated[Name, label("往来单位")] = ""
    remark: Annotated[Text, label("备注")] = ""


@dataclass(frozen=True, kw_only=True)
class Expenditure:
    """基本支出 and the uses that are no project."""

    __pydantic_config__ = STRICT
    lines: Annotated[tuple[ExpenditureLine, ...], label("支出明细")] = ()


@dataclass(frozen=True, kw_only=True)
class ProcurementItem:
    """政府采购: one item; in a project or, in `OperatingProcurement`, from operating cost."""

    __pydantic_config__ = STRICT
    key: Key = field(default_factory=new_key)
    name: Annotated[Name, label("品名")] = ""
    kind: Annotated[ProcurementClass, label("采购类别")] = ProcurementClass.SERVICES
    quantity: Annotated[Name, label("数量")] = ""
    fund: Annotated[Fund, label("资金来源")] = Fund.GENERAL
    amount: Annotated[Amount, label("金额")] = ZERO
    service_category: Annotated[ServiceCategory | None, label("政府购买服务类别")] = None
    sme_amount: Annotated[Amount, final_label("授予中小企业金额")] = ZERO
    micro_amount: Annotated[Amount, final_label("其中：授予小微企业金额")] = ZERO


@dataclass(frozen=True, kw_only=True)
class OperatingProcurement:
    """采购 paid from operating cost, in no project."""

    __pydantic_config__ = STRICT
    items: Annotated[tuple[ProcurementItem, ...], label("公用经费采购")] = ()


@dataclass(frozen=True, kw_only=True)
class AssetHolding:
    """国有资产占有使用: units held on 31 December, of the year before; in final accounts of the year itself."""

    __pydantic_config__ = STRICT
    key: Key = field(default_factory=new_key)
    kind: Annotated[Name, label("资产类别")] = ""
    quantity: Annotated[Count, label("数量")] = 0


@dataclass(frozen=True, kw_only=True)
class Assets:
    __pydantic_config__ = STRICT
    holdings: Annotated[tuple[AssetHolding, ...], label("国有资产")] = ()


@dataclass(frozen=True, kw_only=True)
class ThreePublicDetail:
    """What stands behind the “三公” amounts: counts and, in final accounts, how the fees split and what for.

    Vehicles held on 31 December. What of an item none of its kinds explains is 其他, and derived
    (`budgets.analysis.three_public`); so are domestic receptions (国内公务接待): all but those of foreign affairs.
    """

    __pydantic_config__ = STRICT
    overseas_groups: Annotated[Count, label("因公出国（境）团组数")] = 0
    overseas_persons: Annotated[Count, label("因公出国（境）人次")] = 0
    overseas_travel: Annotated[Amount, final_label("国际旅费")] = ZERO
    overseas_lodging: Annotated[Amount, final_label("住宿费")] = ZERO
    overseas_meals: Annotated[Amount, final_label("伙食补助费")] = ZERO
    overseas_training: Annotated[Amount, final_label("培训费")] = ZERO
    overseas_sundries: Annotated[Amount, final_label("公杂费")] = ZERO
    overseas_purpose: Annotated[Text, final_label("出国（境）事项")] = ""
    vehicles_bought: Annotated[Count, label("公务用车购置数")] = 0
    vehicles_held: Annotated[Count, label("公务用车保有量")] = 0
    running_fuel: Annotated[Amount, final_label("燃料费")] = ZERO
    running_repairs: Annotated[Amount, final_label("维修费")] = ZERO
    running_tolls: Annotated[Amount, final_label("过路过桥费")] = ZERO
    running_insurance: Annotated[Amount, final_label("保险费")] = ZERO
    running_safety: Annotated[Amount, final_label("安全奖励费用")] = ZERO
    running_purpose: Annotated[Text, final_label("车辆主要用途")] = ""
    receptions: Annotated[Count, label("公务接待批次")] = 0
    guests: Annotated[Count, label("公务接待人次")] = 0
    foreign_receptions: Annotated[Count, final_label("其中：外事接待批次")] = 0
    foreign_guests: Annotated[Count, final_label("其中：外事接待人次")] = 0
    foreign_reception: Annotated[Amount, final_label("其中：外事接待费")] = ZERO
    accompanying: Annotated[Count, final_label("陪同人次")] = 0
    reception_purpose: Annotated[Text, final_label("接待事项")] = ""


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """A reason, keyed to the derived figure that it explains (see `budgets.domain.figures`)."""

    __pydantic_config__ = STRICT
    figure: Annotated[str, label("指标")]
    text: Annotated[Text, label("变动原因")] = ""
    change: Annotated[Amount | None, label("写原因时的变动")] = None
    """The change of the figure, in 元, when the text was typed or confirmed; None where it was not recorded."""


@dataclass(frozen=True, kw_only=True)
class Explanations:
    __pydantic_config__ = STRICT
    reasons: Annotated[tuple[Explanation, ...], label("变动原因")] = ()

    def reason(self, figure: str) -> str:
        return next((e.text for e in self.reasons if e.figure == figure), "")

    def change(self, figure: str) -> Decimal | None:
        """The change that the reason was given for, in 元."""
        return next((e.change for e in self.reasons if e.figure == figure and e.text), None)


@dataclass(frozen=True, kw_only=True)
class RestatedFigure:
    """Last year's figure on this year's scope, with its reason; shown beside the published one."""

    __pydantic_config__ = STRICT
    figure: Annotated[str, label("指标")]
    amount: Annotated[Amount, label("调整后金额")] = ZERO
    reason: Annotated[Text, label("调整原因")] = ""


@dataclass(frozen=True, kw_only=True)
class RestatedComparatives:
    __pydantic_config__ = STRICT
    figures: Annotated[tuple[RestatedFigure, ...], label("上年数调整")] = ()


# --- parts of a project ---------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Identity:
    """What a project is, across years: one canonical name and category."""

    __pydantic_config__ = STRICT
    name: Annotated[Name, label("项目名称")] = ""
    code: Annotated[Name, label("项目编码")] = ""
    category: Annotated[ProjectCategory, label("支出项目类别")] = ProjectCategory.SPECIFIC
    attribute: Annotated[ProjectAttribute, label("项目属性")] = ProjectAttribute.CONTINUING
    type: Annotated[ProjectType, label("项目类型")] = ProjectType.PERENNIAL
    programme: Annotated[Programme, label("项目来源")] = Programme.DEPARTMENT
    start_year: Annotated[Year | None, label("起始年度")] = None
    end_year: Annotated[Year | None, label("终止年度")] = None
    disclosure: Annotated[Disclosure, label("公开方式")] = Disclosure.FULL


@dataclass(frozen=True, kw_only=True)
class Application:
    """项目申报: what the department says of a project in one year's report."""

    __pydantic_config__ = STRICT
    authority: Annotated[Name, label("项目主管部门")] = ""
    executing_unit: Annotated[Name, label("项目执行单位")] = ""
    leader: Annotated[Name, label("项目负责人")] = ""
    phone: Annotated[Name, label("联系电话")] = ""
    address: Annotated[Name, label("单位地址")] = ""
    postcode: Annotated[Name, label("邮政编码")] = ""
    basis: Annotated[Text, label("项目立项依据")] = ""
    plan: Annotated[Text, label("项目实施方案")] = ""
    purpose: Annotated[Text, label("主要支出方向和用途")] = ""
    costing: Annotated[Text, label("测算依据及说明")] = ""
    total_budget: Annotated[Amount | None, label("项目总预算")] = None
    long_term: Annotated[bool, label("总预算为长期")] = False
    change_reason: Annotated[Text, label("变动原因")] = ""
    function: Annotated[Code, label("默认功能分类")] = ""
    fund: Annotated[Fund, label("默认资金来源")] = Fund.GENERAL


@dataclass(frozen=True, kw_only=True)
class ActivityLine:
    """One amount of an activity."""

    __pydantic_config__ = STRICT
    key: Key = field(default_factory=new_key)
    fund: Annotated[Fund, label("资金来源")] = Fund.GENERAL
    from_carry_over: Annotated[bool, label("使用结转")] = False
    function: Annotated[Code, label("功能分类")] = ""
    economic: Annotated[Code, label("支出经济分类")] = ""
    adjusted: Annotated[Amount | None, final_label("全年预算数")] = None
    amount: Annotated[Amount, label("金额")] = ZERO


@dataclass(frozen=True, kw_only=True)
class Activity:
    """项目活动 / 子项目: a task and its 1..n lines."""

    __pydantic_config__ = STRICT
    key: Key = field(default_factory=new_key)
    name: Annotated[Name, label("项目活动")] = ""
    description: Annotated[Text, label("活动内容表述")] = ""
    basis: Annotated[Text, label("测算依据及说明")] = ""
    remark: Annotated[Text, label("备注")] = ""
    lines: Annotated[tuple[ActivityLine, ...], label("明细")] = ()

    @property
    def amount(self) -> Decimal:
        """元."""
        return sum((line.amount for line in self.lines), ZERO)


@dataclass(frozen=True, kw_only=True)
class Activities:
    """项目支出明细测算."""

    __pydantic_config__ = STRICT
    activities: Annotated[tuple[Activity, ...], label("项目活动")] = ()


@dataclass(frozen=True, kw_only=True)
class ProjectProcurement:
    """项目采购."""

    __pydantic_config__ = STRICT
    items: Annotated[tuple[ProcurementItem, ...], label("项目采购")] = ()


@dataclass(frozen=True, kw_only=True)
class HistoryEntry:
    """What a project had in an earlier year; ``amount`` None: 未立项. Printed years mix measures."""

    __pydantic_config__ = STRICT
    year: Annotated[Year, label("年度")]
    measure: Annotated[HistoryMeasure, label("口径")] = HistoryMeasure.BUDGET
    amount: Annotated[Amount | None, label("金额")] = None


@dataclass(frozen=True, kw_only=True)
class History:
    """前两年预算: only what no report of those years says; reports win (see `ProjectDossier.past`)."""

    __pydantic_config__ = STRICT
    entries: Annotated[tuple[HistoryEntry, ...], label("历年情况")] = ()
