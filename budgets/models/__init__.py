"""What is stored, one file per concept. Invariants are database constraints."""

from .classification import ClassificationEdition, EconomicCode, FunctionCode
from .organisation import Department, District, EarlierName, FiscalYear, Membership, Section
from .publication import Attachment, Publication, PublishedFile
from .report import Report
from .review import Comment, Transition
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
    RestatedComparative,
    Row,
    ThreePublicDetail,
    WorkItem,
)
from .versions import SectionVersion

__all__ = [
    "AssetHolding",
    "Attachment",
    "ClassificationEdition",
    "Comment",
    "Department",
    "District",
    "DutyItem",
    "EarlierName",
    "EconomicCode",
    "Explanation",
    "FiscalYear",
    "FunctionCode",
    "LineItem",
    "Membership",
    "Post",
    "ProcurementItem",
    "Project",
    "ProjectActivity",
    "ProjectApplication",
    "ProjectHistory",
    "Publication",
    "PublishedFile",
    "Report",
    "RestatedComparative",
    "Row",
    "Section",
    "SectionVersion",
    "ThreePublicDetail",
    "Transition",
    "WorkItem",
]
