"""The entries of the trail (留痕): their kinds, their lines, and the sources they come from."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from ..changes.wording import FieldChange
from ..domain.choices import Choices
from ..domain.transitions import Verb
from ..models import (
    District,
    Membership,
    Report,
)
from ..permissions import User, review_reports

MOST, LONGEST = 5, 60
"""The number of changes that a line on a page names, and the characters of each value."""

CELL = 30000
"""The most characters of a line in a file. A spreadsheet's cell takes 32,767."""


class Act(Choices):
    """Kinds of entries besides the verbs of reports."""

    SAVE = "save", "保存"
    COMMENT = "comment", "提出意见"
    ANSWER = "answer", "答复意见"
    MEMBERSHIP = "membership", "改人员与角色"
    ACCOUNT = "account", "改用户"
    DISTRICT = "district", "改区"
    DEPARTMENT = "department", "改部门"
    YEAR = "year", "改年度"
    EXTENSION = "extension", "改延期"
    RULE = "rule", "改校验规则设置"
    TEXT = "text", "改说明文字设置"
    LOGIN = "login", "登录"


VERBS: tuple[tuple[str, str], ...] = (*Verb.pairs(), *Act.pairs())
"""The kinds of entries that can be searched for."""


@dataclass(frozen=True, slots=True)
class TrailEntry:
    """One line. ``save`` is the version's id if fields were saved; ``report`` is the report's id, 0 for none.

    ``revision`` is the report's revision (版次) at that time, 0 for none. ``changes`` are the changed fields.
    """

    at: datetime.datetime
    who: str
    verb: str
    place: str
    text: str
    report: int = 0
    save: int = 0
    revision: int = 0
    changes: tuple[FieldChange, ...] = ()

    @property
    def version(self) -> str:
        return revision_name(self.revision) if self.revision else ""

    @property
    def brief(self) -> list[str]:
        """The first changes, for a page."""
        return [change.brief(LONGEST).said for change in self.changes[:MOST]]

    @property
    def more(self) -> int:
        """The number of changes that `brief` leaves out."""
        return max(0, len(self.changes) - MOST)

    @property
    def whole(self) -> str:
        """The whole text, for one cell of a file."""
        said = "；".join((self.text, *(change.brief(CELL).said for change in self.changes)))
        return said if len(said) <= CELL else f"{said[:CELL]}……（共 {len(self.changes)} 处改动）"


@dataclass(frozen=True, slots=True)
class Search:
    """The filters of a search. Blank and None do not filter. ``since`` and ``until`` are days, both inclusive."""

    department: str = ""
    person: str = ""
    verb: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class TrailScope:
    """The reports whose trail a person sees, and the districts whose configuration they see."""

    reports: QuerySet[Report]
    districts: QuerySet[District]

    @classmethod
    def of(cls, user: User, districts: QuerySet[District]) -> TrailScope:
        """The reports that ``user`` reviews, and the districts that they administer."""
        return cls(review_reports(user), districts)

    @property
    def members(self) -> QuerySet[Membership]:
        districts = self.districts
        return Membership.objects.filter(Q(district__in=districts) | Q(department__district__in=districts))


@dataclass(frozen=True, slots=True)
class TrailSource:
    """A source of entries: ``rows`` in scope, and lookups to search by; a lookup is empty if there is none.

    ``department`` looks up the department; ``username`` is used where rows name people only by their user name.
    """

    verbs: Mapping[str, Q]
    rows: Callable[[TrailScope], QuerySet[Any]]
    at: str
    user: str
    entries: Callable[[QuerySet[Any]], Iterable[tuple[int, TrailEntry]]]
    department: str = ""
    username: str = ""


def name_of(user: Any) -> str:
    return (user.get_full_name() or user.get_username()) if user else "系统"


def revision_name(revision: int) -> str:
    return f"第 {revision} 版"
