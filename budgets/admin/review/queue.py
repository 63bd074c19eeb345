"""待审队列: the data of each report in the list, in a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.admin import SimpleListFilter
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from unfold.views import ChangeList

from ...domain.choices import WAITING_FOR_BUREAU, ReportKind, Severity, Status
from ...models import FiscalYear, Report
from ...review.validation import Judgement
from ...storage.loading import load_dossiers
from .changes import FigureChange, total_change
from .context import judgements

if TYPE_CHECKING:
    from django.contrib.admin.filters import _ListFilterChoices

    class QueuedReport(Report):
        """A report of the `Queue`."""

        entry: QueueFigures

        class Meta:
            proxy = True


SEEN_STATES = tuple(status for status in Status if status != Status.DRAFT)


@dataclass(frozen=True)
class QueueFigures:
    """Data derived from a report's figures. Nothing of it is stored."""

    total: FigureChange
    judgement: Judgement
    open_threads: int

    def count(self, severity: Severity) -> int:
        """Findings that are not waived."""
        return sum(j.severity == severity and not j.is_waived for j in self.judgement.findings)


def entries_of(reports: Sequence[Report]) -> dict[int, QueueFigures]:
    """Entries by report id."""
    dossiers = load_dossiers(reports)
    judged = judgements(reports, dossiers)
    threads = dict(
        Report.objects.filter(pk__in=dossiers)
        .order_by()
        .annotate(open=Count("comments", Q(comments__parent=None, comments__resolved_at=None)))
        .values_list("pk", "open")
    )
    return {
        pk: QueueFigures(total_change(dossier), judged[pk], threads[pk]) for pk, dossier in dossiers.items()
    }


class Queue(ChangeList):
    """The list, which adds the entries of the page's reports."""

    result_list: list[QueuedReport]

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        entries = entries_of(self.result_list)
        for report in self.result_list:
            report.entry = entries[report.pk]


class StateFilter(SimpleListFilter):
    """Filters by state. Without a choice, shows the reports that wait for the bureau."""

    title = "状态"
    parameter_name = "state"
    DEFAULT = "waiting"
    ALL = "all"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            (self.DEFAULT, "待处理"),
            *((status.value, status.label) for status in SEEN_STATES),
            (self.ALL, "全部"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Report]) -> QuerySet[Report]:
        return in_state(queryset, self.value() or self.DEFAULT)

    def choices(self, changelist: Any) -> Iterator[_ListFilterChoices]:
        for value, label in self.lookup_choices:
            yield {
                "selected": (self.value() or self.DEFAULT) == value,
                "query_string": changelist.get_query_string({self.parameter_name: value}),
                "display": label,
            }


def in_state(reports: QuerySet[Report], value: str) -> QuerySet[Report]:
    if value == StateFilter.ALL:
        return reports
    if value == StateFilter.DEFAULT:
        return reports.filter(status__in=WAITING_FOR_BUREAU)
    return reports.filter(status=value)


class YearFilter(SimpleListFilter):
    title = "年度"
    parameter_name = "year"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        years = FiscalYear.objects.filter(reports__in=model_admin.get_queryset(request))
        return [
            (str(year), f"{year} 年")
            for year in years.order_by("-year").values_list("year", flat=True).distinct()
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Report]) -> QuerySet[Report]:
        value = self.value() or ""
        return queryset.filter(fiscal_year__year=int(value)) if value.isdecimal() else queryset


def states(reports: QuerySet[Report], chosen: str, query: Any) -> list[dict[str, Any]]:
    """The states as links above the list, with the number of reports in each. ``query(state)`` is the address."""
    counts = dict(reports.order_by().values_list("status").annotate(Count("pk")))
    waiting = sum(counts.get(status, 0) for status in WAITING_FOR_BUREAU)
    entries = [
        (StateFilter.DEFAULT, "待处理", waiting),
        *((s.value, s.label, counts.get(s, 0)) for s in SEEN_STATES if counts.get(s)),
        (StateFilter.ALL, "全部", sum(counts.values())),
    ]
    return [
        {"title": title, "count": count, "url": query(value), "current": value == chosen}
        for value, title, count in entries
    ]


def kind_label(report: Report) -> str:
    return f"{report.year} 年{ReportKind(report.kind).label.removeprefix('部门')}"
