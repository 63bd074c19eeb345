"""全区进度: every department of a year with state, deadline, total, change and findings."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ...domain.choices import TO_BE_SUBMITTED, UNSEEN_BY_BUREAU, Severity, Status
from ...domain.money import Unit, growth, to_unit
from ...domain.sheets import Cell, HeaderTree, Orientation, Role, Row, Sheet
from ...models import Department, Report
from ...permissions import AnyUser, AuthenticatedHttpRequest
from ..review.changes import FigureChange
from ..review.lookups import reports_of
from ..review.queue import QueueFigures, entries_of
from ..scope import administered
from .choice import Choice, choose, page, workbook

MISSING = "missing"
LATE = "late"

STATES = list(Status)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The progress of one department. ``entry`` has its figures; None before its first submission.

    ``department`` is its id. ``deadline`` is its own; ``is_extended`` if it is later than the year's (延期).
    """

    department: int
    code: str
    name: str
    report: Report | None
    entry: QueueFigures | None
    deadline: datetime.date | None
    is_extended: bool = False

    @property
    def status(self) -> str:
        return self.report.status if self.report else MISSING

    @property
    def state(self) -> str:
        return Status(self.report.status).label if self.report else "未建立"

    @property
    def days_left(self) -> int | None:
        """Days until it must be submitted, negative when late; None if it is submitted or has no deadline."""
        if self.deadline is None or (self.report and self.report.status not in TO_BE_SUBMITTED):
            return None
        return (self.deadline - timezone.localdate()).days

    @property
    def is_never_submitted(self) -> bool:
        return self.report is None or self.report.status in UNSEEN_BY_BUREAU

    @property
    def days_late(self) -> int:
        """Days past the deadline of submission, or past the twenty days for publication; 0 if in time."""
        publication = self.report.days_to_publish if self.report else None
        return max(0, *(-days for days in (self.days_left, publication) if days is not None), 0)

    @property
    def lateness(self) -> str:
        if not self.days_late:
            return ""
        what = "未公开" if self.status == Status.APPROVED else "未报送"
        return f"超期 {self.days_late} 天{what}"

    @property
    def total(self) -> FigureChange | None:
        return self.entry.total if self.entry else None

    @property
    def rate(self) -> Decimal | None:
        """Growth of the total against last year, in percent."""
        return growth(self.total.current, self.total.previous) if self.total and self.total.previous else None

    @property
    def errors(self) -> int:
        return self.entry.count(Severity.ERROR) if self.entry else 0

    @property
    def warnings(self) -> int:
        return self.entry.count(Severity.WARNING) if self.entry else 0

    @property
    def open_threads(self) -> int:
        return self.entry.open_threads if self.entry else 0

    @property
    def is_checked(self) -> bool:
        return self.entry is not None and self.status != Status.ARCHIVED


@dataclass(frozen=True)
class BoardColumn:
    """A column. ``rank`` returns the sort key of a row. Rows with None come last in either direction."""

    key: str
    title: str
    rank: Callable[[Standing], Any]
    is_number: bool = False


COLUMNS = (
    BoardColumn("department", "部门", lambda row: row.code),
    BoardColumn("state", "状态", lambda row: STATES.index(Status(row.report.status)) if row.report else -1),
    BoardColumn("deadline", "报送期限", lambda row: row.days_left, is_number=True),
    BoardColumn(
        "total", "支出总计（万元）", lambda row: row.total.current if row.total else None, is_number=True
    ),
    BoardColumn("change", "比上年", lambda row: row.rate, is_number=True),
    BoardColumn("findings", "校验与意见", lambda row: (row.errors, row.warnings) if row.is_checked else None),
    BoardColumn("late", "超期", lambda row: row.days_late or None),
)


def standings(user: AnyUser, choice: Choice) -> list[Standing]:
    """Every department of the district, by code, in a constant number of queries."""
    year = choice.fiscal_year
    departments = Department.objects.filter(district=choice.district).prefetch_related(
        "earlier_names", "extensions"
    )
    stored = Report.objects.filter(fiscal_year=year, kind=choice.kind).select_related("fiscal_year")
    seen = list(reports_of(user).filter(fiscal_year=year, kind=choice.kind))
    entries = entries_of(seen)
    reports = {report.department_id: report for report in (*stored, *seen)}
    return [
        Standing(
            department=department.pk,
            code=department.code,
            name=department.name_in(year.year),
            report=report,
            entry=entries.get(report.pk) if report else None,
            deadline=deadline,
            is_extended=deadline != choice.deadline,
        )
        for department in departments.order_by("code")
        for report in (reports.get(department.pk),)
        for deadline in (department.deadline_in(year, choice.kind),)
    ]


def in_order(rows: Iterable[Standing], sort: str) -> list[Standing]:
    """Sort by the column named ``sort``, descending with a minus in front; 404 for an unknown column."""
    column = next((column for column in COLUMNS if column.key == sort.removeprefix("-")), None)
    if column is None:
        raise Http404
    ranked = [(column.rank(row), row) for row in rows]
    known = [pair for pair in ranked if pair[0] is not None]
    known.sort(key=lambda pair: pair[0], reverse=sort.startswith("-"))
    return [row for _, row in known] + [row for rank, row in ranked if rank is None]


def in_state(rows: list[Standing], state: str) -> list[Standing]:
    """The rows in ``state``: a status, `MISSING` or `LATE`; all rows for an empty one."""
    if state == LATE:
        return [row for row in rows if row.days_late]
    return [row for row in rows if not state or row.status == state]


@require_safe
def board(request: AuthenticatedHttpRequest) -> HttpResponse:
    choice = choose(request)
    if choice is None:
        return page(request, "board.html", "全区进度", choice=None)
    rows = standings(request.user, choice)
    sort, state = request.GET.get("sort", "department"), request.GET.get("state", "")
    shown = in_order(in_state(rows, state), sort)
    return page(
        request,
        "board.html",
        "全区进度",
        choice=choice,
        rows=shown,
        states=_states(rows, choice, state, sort),
        columns=[_heading(column, choice, state, sort) for column in COLUMNS],
        sum=sum((row.total.current for row in shown if row.total), Decimal(0)),
        late=in_order(in_state(rows, LATE), "-late"),
        download=choice.query(state=state, sort=sort),
        administers=administered(request.user).contains(choice.district),
    )


@require_safe
def download(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Download the rows of the page, in its order, as a workbook."""
    choice = choose(request)
    if choice is None:
        raise Http404
    rows = in_state(standings(request.user, choice), request.GET.get("state", ""))
    sheet = as_sheet(in_order(rows, request.GET.get("sort", "department")), choice)
    return workbook([sheet], sheet.title, f"{choice.file_stem}-board")


def _states(rows: list[Standing], choice: Choice, chosen: str, sort: str) -> list[dict[str, Any]]:
    counts = Counter(row.status for row in rows)
    entries = [
        ("", "全部", len(rows)),
        (LATE, "超期", len(in_state(rows, LATE))),
        (MISSING, "未建立", counts[MISSING]),
        *((status.value, status.label, counts[status.value]) for status in Status),
    ]
    return [
        {
            "title": title,
            "count": count,
            "url": choice.query(state=key, sort=sort),
            "current": key == chosen,
        }
        for key, title, count in entries
        if count or key in ("", chosen)
    ]


def _heading(column: BoardColumn, choice: Choice, state: str, sort: str) -> dict[str, Any]:
    """A column's heading as a link that sorts by it, or reverses the order if it is sorted already."""
    direction = {column.key: "ascending", f"-{column.key}": "descending"}.get(sort, "")
    following = f"-{column.key}" if direction == "ascending" else column.key
    return {"column": column, "direction": direction, "url": choice.query(state=state, sort=following)}


def as_sheet(rows: Iterable[Standing], choice: Choice) -> Sheet:
    """The board as a table; amounts in 万元."""
    head = ["单位代码", "单位名称", "状态", "报送截止", "剩余天数", "支出总计", "上年", "比上年（%）"]
    rows = list(rows)
    total = sum((row.total.current for row in rows if row.total), Decimal(0))
    sums = Row(
        (
            Cell("合计", Role.LABEL, columns=5, scope="row"),
            _amount(total),
            *(Cell("") for _ in range(6)),
        ),
        total=True,
    )
    return Sheet(
        table="board",
        number="",
        title=f"{choice.title}编报进度",
        name="编报进度",
        department=f"区：{choice.district.name}",
        unit=Unit.WAN,
        widths=(5, 16, 5, 6, 5, 8, 8, 6, 4, 4, 4, 9),
        head=HeaderTree([*head, "错误", "提醒", "未结意见", "超期"]).rows(),
        body=(*(_row(row) for row in rows), sums),
        notes=("部门尚未报送的，只列状态。",),
        orientation=Orientation.LANDSCAPE,
    )


def _row(row: Standing) -> Row:
    def counted(number: int) -> Cell:
        return Cell(number, Role.COUNT) if row.is_checked else Cell("")

    return Row(
        (
            Cell(row.code, Role.CODE),
            Cell(row.name, Role.LABEL, scope="row"),
            Cell(row.state),
            Cell(f"{row.deadline or ''}{'（延期）' if row.is_extended else ''}"),
            Cell("" if row.days_left is None else row.days_left, Role.COUNT),
            _amount(row.total.current if row.total else None),
            _amount(row.total.previous if row.total else None),
            Cell("" if row.rate is None else row.rate, Role.PERCENT),
            counted(row.errors),
            counted(row.warnings),
            counted(row.open_threads),
            Cell(row.lateness),
        )
    )


def _amount(value: Decimal | None) -> Cell:
    return Cell("" if value is None else to_unit(value, Unit.WAN), Role.AMOUNT)
