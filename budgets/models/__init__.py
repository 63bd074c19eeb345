"""The stored models, one file per concept. Invariants are database constraints."""

from .classification import ClassificationEdition, Definition, EconomicCode, FunctionCode
from .drafts import Draft
from .extensions import Extension
from .notices import Notice
from .organisation import Department, District, Division, EarlierName, FiscalYear, Membership
from .publication import Annex, ApprovedContent, Publication, PublishedFile, Withdrawal
from .report import Report
from .review import ChecklistMark, Comment, Transition
from .rows import (
    AssetHolding,
    DutyItem,
    Explanation,
    LineItem,
    Passage,
    Post,
    ProcurementItem,
    Project,
    ProjectActivity,
    ProjectApplication,
    ProjectHistory,
    ReportRow,
    RestatedComparative,
    Rewording,
    ThreePublicDetail,
    WorkItem,
)
from .rules import RuleSetting, TextSetting, Waiver, WarningExplanation
from .submission import Submission
from .uploads import TableMemory, Upload
from .versions import SectionVersion

__all__ = [
    "Annex",
    "ApprovedContent",
    "AssetHolding",
    "ChecklistMark",
    "ClassificationEdition",
    "Comment",
    "Definition",
    "Department",
    "District",
    "Division",
    "Draft",
    "DutyItem",
    "EarlierName",
    "EconomicCode",
    "Explanation",
    "Extension",
    "FiscalYear",
    "FunctionCode",
    "LineItem",
    "Membership",
    "Notice",
    "Passage",
    "Post",
    "ProcurementItem",
    "Project",
    "ProjectActivity",
    "ProjectApplication",
    "ProjectHistory",
    "Publication",
    "PublishedFile",
    "Report",
    "ReportRow",
    "RestatedComparative",
    "Rewording",
    "RuleSetting",
    "SectionVersion",
    "Submission",
    "TableMemory",
    "TextSetting",
    "ThreePublicDetail",
    "Transition",
    "Upload",
    "Waiver",
    "WarningExplanation",
    "Withdrawal",
    "WorkItem",
]
