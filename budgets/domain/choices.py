"""The vocabulary of the field: every closed list of terms, with its Chinese label.

Pure. Values are stored and exchanged; labels are shown. The terms follow the glossary of the
statutory forms (部门预算编制、部门决算报表 of the Ministry of Finance).
"""

from __future__ import annotations

from enum import StrEnum


class Choices(StrEnum):
    """A string enumeration whose members carry a Chinese ``label``."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Choices:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def pairs(cls) -> list[tuple[str, str]]:
        """(value, label) pairs in the order of definition, as form and model fields take them."""
        return [(member.value, member.label) for member in cls]


class ReportKind(Choices):
    BUDGET = "budget", "部门预算"
    FINAL = "final", "部门决算"


class Status(Choices):
    DRAFT = "draft", "编制中"
    SUBMITTED = "submitted", "已报送"
    RETURNED = "returned", "已退回"
    REVIEWED = "reviewed", "初审通过"
    APPROVED = "approved", "已批复"
    PUBLISHED = "published", "已公开"
    CORRECTING = "correcting", "更正中"
    ARCHIVED = "archived", "历史"


class UploadState(Choices):
    """Of an uploaded workbook: shown, then taken once, and perhaps undone; or given up."""

    WAITING = "waiting", "待确认"
    TAKEN = "taken", "已写入"
    UNDONE = "undone", "已撤销"
    DROPPED = "dropped", "已放弃"


# Sets of states. Whoever asks in which states something holds, asks one of these.

EDITABLE = frozenset({Status.DRAFT, Status.RETURNED, Status.CORRECTING})
"""A department may change figures."""

TO_BE_SUBMITTED = (Status.DRAFT, Status.RETURNED)
"""The department has yet to submit, and a deadline runs."""

UNSEEN_BY_BUREAU = (Status.DRAFT,)
"""What a department has not yet submitted is its own."""

HANDED_BACK = (Status.RETURNED, Status.CORRECTING)
"""The department is changing what the bureau has already seen."""

UNDER_REVIEW = (Status.SUBMITTED, Status.REVIEWED)
"""A reviewer or an approver judges it."""

WAITING_FOR_BUREAU = (*UNDER_REVIEW, Status.APPROVED)
"""The bureau has to act; approved ones wait for their publication."""

WAIVABLE = (*UNDER_REVIEW, *HANDED_BACK)
"""Findings still matter to somebody; a draft is seen by the bureau after submission only."""

SOURCES_FIXED = (*UNDER_REVIEW, Status.APPROVED, Status.PUBLISHED)
"""A report reads of others what it read when it was submitted."""

ROWS_STAND = (*SOURCES_FIXED, Status.ARCHIVED)
"""The rows are not being changed. In the other states only what was published stands."""

ROWS_SETTLED = (Status.APPROVED, Status.ARCHIVED)
"""The rows stand for good although nothing is published."""

SETTLED = (Status.APPROVED, Status.PUBLISHED, Status.ARCHIVED)
"""Figures are neither being entered nor under review."""

BUDGET_STANDS = (*SETTLED, Status.CORRECTING)
"""Final accounts may start from a budget; of one that is being corrected, from what was published."""

FINISHED = (Status.PUBLISHED, Status.ARCHIVED)
"""Nobody has to act."""

ADOPTABLE = (Status.DRAFT, Status.ARCHIVED, Status.PUBLISHED)
"""A document may be imported as such."""

REPLACEABLE = (Status.DRAFT, Status.ARCHIVED)
"""An imported document may take the place of the report."""


class DepartmentKind(Choices):
    ADMINISTRATIVE = "administrative", "行政单位"
    CIVIL_SERVICE_MANAGED = "civil_service_managed", "参照公务员法管理事业单位"
    PUBLIC_ONE = "public_one", "公益一类事业单位"
    PUBLIC_TWO = "public_two", "公益二类事业单位"
    OTHER_INSTITUTION = "other_institution", "其他事业单位"


class Fund(Choices):
    """资金来源."""

    GENERAL = "general", "一般公共预算财政拨款"
    GOVERNMENT_FUND = "government_fund", "政府性基金预算财政拨款"
    STATE_CAPITAL = "state_capital", "国有资本经营预算财政拨款"
    SPECIAL_ACCOUNT = "special_account", "财政专户管理资金"
    OPERATING_INCOME = "operating_income", "事业收入"
    SUPERIOR = "superior", "上级补助收入"
    SUBORDINATE = "subordinate", "附属单位上缴收入"
    COMMERCIAL = "commercial", "事业单位经营收入"
    OTHER = "other", "其他收入"


FISCAL = (Fund.GENERAL, Fund.GOVERNMENT_FUND, Fund.STATE_CAPITAL)
"""财政拨款: the three budgets."""

OWN = (Fund.OPERATING_INCOME, Fund.SUPERIOR, Fund.SUBORDINATE, Fund.COMMERCIAL, Fund.OTHER)
"""单位资金."""


class Flow(Choices):
    OPENING = "opening", "年初结转"
    INCOME = "income", "本年收入"
    RESERVES = "reserves", "使用非财政拨款结余"
    EXPENDITURE = "expenditure", "支出"
    ALLOCATION = "allocation", "结余分配"


class Use(Choices):
    """What an expenditure is for."""

    BASIC = "basic", "基本支出"
    PROJECT = "project", "项目支出"
    COMMERCIAL = "commercial", "事业单位经营支出"
    REMITTED = "remitted", "上缴上级支出"
    SUBSIDY = "subsidy", "对附属单位补助支出"
    UNSPECIFIED = "unspecified", "未细分"


class PostCategory(Choices):
    """编制类别."""

    ADMINISTRATIVE = "administrative", "行政编制"
    INSTITUTION = "institution", "事业编制"
    CIVIL_SERVICE_MANAGED = "civil_service_managed", "其中：参照公务员法管理"
    LABOUR = "labour", "工勤编制"
    QUOTA = "quota", "员额编制"


class ProjectCategory(Choices):
    """支出项目类别."""

    OPERATING = "operating", "其他运转类项目"
    SPECIFIC = "specific", "特定目标类项目"


class ProjectAttribute(Choices):
    """项目属性."""

    CONTINUING = "continuing", "持续性项目"
    NEW = "new", "新增性项目"


class ProjectType(Choices):
    """项目类型."""

    PERENNIAL = "perennial", "常年性项目"
    EXTENDED = "extended", "延续性项目"
    ONE_OFF = "one_off", "一次性项目"


class Programme(Choices):
    """项目来源层级."""

    DEPARTMENT = "department", "部门预算项目"
    DISTRICT = "district", "区级专项"
    TRANSFER = "transfer", "上级转移支付项目"


class Disclosure(Choices):
    FULL = "full", "公开"
    WITHHELD = "withheld", "不予公开"


class HistoryMeasure(Choices):
    BUDGET = "budget", "预算"
    ADJUSTED = "adjusted", "调整预算"
    EXECUTED = "executed", "执行"
    FINAL = "final", "决算"


class ProcurementClass(Choices):
    GOODS = "goods", "货物"
    WORKS = "works", "工程"
    SERVICES = "services", "服务"


class ServiceCategory(Choices):
    """政府购买服务类别 (政府购买服务管理办法, 指导性目录)."""

    PUBLIC = "public", "基本公共服务"
    SOCIAL = "social", "社会管理性服务"
    INDUSTRY = "industry", "行业管理与协调性服务"
    TECHNICAL = "technical", "技术性服务"
    SUPPORT = "support", "政府履职所需辅助性服务"
    OTHER = "other", "其他"


class PassagePoint(Choices):
    """The points of the 说明 at which a department may add passages of its own."""

    OVERVIEW = "overview", "概况"
    WORK = "work", "年度工作"
    PERFORMANCE = "performance", "绩效综述"
    OTHER = "other", "其他需要说明的情况"


class Severity(Choices):
    ERROR = "error", "错误"
    WARNING = "warning", "提醒"
    INFO = "info", "提示"


class CodeLevel(Choices):
    CLASS = "class", "类"
    SECTION = "section", "款"
    ITEM = "item", "项"


class Role(Choices):
    """Roles: the first two are held in a department, the others in a district."""

    PREPARER = "preparer", "填报人"
    SUBMITTER = "submitter", "报送人"
    REVIEWER = "reviewer", "初审人"
    APPROVER = "approver", "批复人"
    ADMINISTRATOR = "administrator", "管理员"


DEPARTMENT_ROLES = (Role.PREPARER, Role.SUBMITTER)
DISTRICT_ROLES = (Role.REVIEWER, Role.APPROVER, Role.ADMINISTRATOR)

BUREAU = (Role.REVIEWER, Role.APPROVER)
"""Who judges reports in the finance bureau."""
