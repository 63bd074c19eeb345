"""The stored models, one file per concept. Invariants are database constraints."""

from .classification import ClassificationEdition, EconomicCode, FunctionCode
from .drafts import Draft
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
    Post,
    ProcurementItem,
    Project,
    ProjectActivity,
    ProjectApplication,
    ProjectHistory,
    ReportRow,
    RestatedComparative,
    ThreePublicDetail,
    WorkItem,
)
from .rules import RuleSetting, Waiver, WarningExplanation
from .submission import Submission
from .versions import SectionVersion

__all__ = [
    "Annex",
    "ApprovedContent",
    "AssetHolding",
    "ChecklistMark",
    "ClassificationEdition",
    "Comment",
    "Department",
    "District",
    "Division",
    "Draft",
    "DutyItem",
    "EarlierName",
    "EconomicCode",
    "Explanation",
    "FiscalYear",
    "FunctionCode",
    "LineItem",
    "Membership",
    "Notice",
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
    "RuleSetting",
    "SectionVersion",
    "Submission",
    "ThreePublicDetail",
    "Transition",
    "Waiver",
    "WarningExplanation",
    "Withdrawal",
    "WorkItem",
]
